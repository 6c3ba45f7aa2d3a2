"""Fit the model of `phylogeny` to cases with a known lineage.

``python -m lineage.fit CASES -o weights.json`` writes the weights file;
``--cross-validate`` and ``--leave-genre-out`` print what the same procedure reaches on
cases that a fit has not seen. docs/model.md describes the procedure.
"""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import json
import logging
import math
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import typer

from . import articles, candidates, document, errors, tables
from .evaluation import cases as known
from .evaluation import figures, scoring, work
from .phylogeny import features, forests, likelihood, model, training
from .text import roles, sentences

logger = logging.getLogger(__name__)

N_FOLDS = 5
SEED = 0
# Relative gain at which the fit of a fold ends; that of all cases goes on.
FOLD_TOLERANCE = 1e-6
TEMPERATURES = np.arange(0.5, 2.01, 0.05)
# Cases that share this much of the rarer vocabulary tell of one thing.
SAME_MATTER = 0.3
N_RESAMPLES = 200
# No lineage among them: what a familiar story is, they do not tell.
_SHOWN = ("edge_f1", "undirected_f1", "direction_acc", "ece", "decided_acc", "decided_cov")


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """A case ready for the fit.

    Attributes
    ----------
    case : Case
    ids : tuple of str
        Article ids in the order of the features.
    features : Features
    true : Forest
    vocabulary : frozenset of str
        Rare words of its texts.
    """

    case: known.Case
    ids: tuple[str, ...]
    features: features.Features
    true: likelihood.Forest
    vocabulary: frozenset[str]


def prepare(case: known.Case) -> Example | None:
    """Measure a case.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Example or None
        None where fewer than two different texts are left, or not every edge is known.
    """
    if case.kind != "graph":
        return None
    table = articles.prepare(case.frame())
    unique = table[table["duplicate_of"].isna()]
    if len(unique) < 2:
        return None
    documents = list(document.build(unique, _sentences(table)).values())
    ids = tuple(each.article_id for each in documents)
    place = {article_id: k for k, article_id in enumerate(ids)}
    edges = [(place[s], place[t]) for s, t in case.edges if s in place and t in place]
    return Example(
        case,
        ids,
        features.build(documents),
        likelihood.true_forest(edges, len(ids)),
        frozenset().union(*(candidates.rare_words(each) for each in documents)),
    )


def _sentences(table: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            "sentence_id": f"{article_id}:{position}",
            "article_id": article_id,
            "position": position,
            "start": start,
            "end": end,
            "text": text[start:end],
            "role": "body",
        }
        for article_id, text in zip(table["article_id"], table["text"], strict=True)
        for position, (start, end) in enumerate(sentences.split_sentences(text))
    ]
    return tables.sort("sentences", roles.assign_roles(tables.build("sentences", rows), table))


def shares(examples: Sequence[Example]) -> list[float]:
    """Weigh cases: all of a set alike, a set by the root of its number of texts."""
    n_cases = collections.Counter(each.case.set for each in examples)
    n_texts: collections.Counter[str] = collections.Counter()
    for each in examples:
        n_texts[each.case.set] += each.features.n
    return [
        3.0 * math.sqrt(n_texts[each.case.set]) / n_cases[each.case.set] / each.features.n
        for each in examples
    ]


def fit(
    examples: Sequence[Example],
    *,
    start: np.ndarray | None = None,
    tolerance: float = training.TOLERANCE,
) -> model.Model:
    """Fit the weights to cases, see `training.fit`."""
    stories = _stories(examples)
    return training.fit(stories, start=start, tolerance=tolerance)


def _stories(examples: Sequence[Example]) -> list[training.Story]:
    return [
        training.Story(each.features, each.true, share, related=bool(each.case.edges))
        for each, share in zip(examples, shares(examples), strict=True)
    ]


def groups(examples: Sequence[Example]) -> list[int]:
    """Number cases so that those on the same matter have one number.

    Parameters
    ----------
    examples : sequence of Example

    Returns
    -------
    list of int
        Two cases of a set are on the same matter when they share `SAME_MATTER` of the
        smaller rare vocabulary, or when their names begin alike up to a colon.
    """
    group = list(range(len(examples)))

    def top(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    for k, one in enumerate(examples):
        for other_k, other in enumerate(examples[:k]):
            if one.case.set == other.case.set and _same_matter(one, other):
                group[top(k)] = top(other_k)
    return [top(k) for k in range(len(examples))]


def _same_matter(one: Example, other: Example) -> bool:
    begin, colon, _ = one.case.name.partition(":")
    if colon and other.case.name.startswith(begin + colon):
        return True
    shared = len(one.vocabulary & other.vocabulary)
    fewer = min(len(one.vocabulary), len(other.vocabulary))
    return shared >= candidates.MIN_SHARED_RARE and shared >= SAME_MATTER * fewer


def folds(examples: Sequence[Example], seed: int = SEED) -> list[int]:
    """Deal the groups of every set to `N_FOLDS` folds, in a random order."""
    group = groups(examples)
    random = np.random.default_rng(seed)
    found: dict[int, int] = {}
    for name in dict.fromkeys(each.case.set for each in examples):
        members = sorted(
            {g for g, each in zip(group, examples, strict=True) if each.case.set == name},
            key=lambda g: examples[g].case.name,
        )
        for k, g in enumerate(random.permutation(members).tolist()):
            found[g] = k % N_FOLDS
    return [found[g] for g in group]


def predict(example: Example, fitted: model.Model) -> pd.DataFrame:
    """Draw the edges of a case as the tracer would, without evidence of other kinds.

    Parameters
    ----------
    example : Example
    fitted : Model

    Returns
    -------
    DataFrame
        ``source_id``, ``target_id``, ``p_edge``, ``p_direction``.
    """
    posterior = forests.infer(model.score(example.features, fitted))
    direction = model.p_direction(posterior, example.features, fitted)
    joined = posterior.edge + posterior.edge.T
    rows = [
        (example.ids[s], example.ids[t], min(1.0, float(joined[s, t])), float(direction[s, t]))
        for s, t in forests.decode(posterior)
        if joined[s, t] >= fitted.min_p_edge
    ]
    return pd.DataFrame(rows, columns=["source_id", "target_id", "p_edge", "p_direction"])


def score(example: Example, fitted: model.Model) -> scoring.Scored:
    """Score the edges drawn for a case by the definitions of `evaluation`."""
    return scoring.score(example.case, types.SimpleNamespace(edges=predict(example, fitted)))


def held_out(
    examples: Sequence[Example], part: Sequence[object], start: np.ndarray | None = None
) -> dict[object, model.Model]:
    """Fit for every part of the cases a model on all the others.

    Raises
    ------
    InputError
        If all known edges are in one part.
    """
    found = {}
    for name in dict.fromkeys(part):
        rest = [each for each, at in zip(examples, part, strict=True) if at != name]
        if not any(each.case.edges for each in rest):
            raise errors.InputError(
                f"all cases with edges are of one matter or set ({name}): nothing is left to fit "
                "without it; give cases on others too"
            )
        logger.info("fitting without %s: %s cases", name, len(rest))
        found[name] = fit(rest, start=start, tolerance=FOLD_TOLERANCE)
    return found


def temperature(
    examples: Sequence[Example], part: Sequence[object], fitted: Mapping[object, model.Model]
) -> float:
    """Choose the factor on log odds under which held-out directions are least surprising.

    Parameters
    ----------
    examples : sequence of Example
    part : sequence
        Part of each case.
    fitted : mapping of part to Model
        Fitted without that part, of temperature one.

    Returns
    -------
    float
        Of `TEMPERATURES`; every set counts alike.
    """
    odds: dict[str, list[float]] = collections.defaultdict(list)
    for each, name in zip(examples, part, strict=True):
        for bet in score(each, fitted[name]).bets:
            p = min(max(bet.p_direction, 1e-12), 1 - 1e-12)
            sign = 1.0 if bet.right else -1.0
            odds[each.case.set].append(sign * math.log(p / (1 - p)))
    surprise = [
        np.mean([np.logaddexp(0.0, -factor * np.array(each)).mean() for each in odds.values()])
        for factor in TEMPERATURES
    ]
    return round(float(TEMPERATURES[int(np.argmin(surprise))]), 2)


def table(scored: Sequence[scoring.Scored], title: str) -> str:
    """Lay out the figures of each set with their intervals, as a Markdown table."""
    found = figures.summarise(scored, n_resamples=N_RESAMPLES)
    lines = [f"### {title}", "", "| set | " + " | ".join(_SHOWN) + " | false_edge |"]
    lines.append("| --- " * (len(_SHOWN) + 2) + "|")
    for name, rows in found.groupby("set", sort=False):
        by_figure = {row["figure"]: row for row in rows.to_dict("records")}
        cells = [_cell(by_figure.get(figure)) for figure in (*_SHOWN, "false_edge")]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(row: Mapping[Any, Any] | None) -> str:
    if row is None:
        return ""
    shown = f"{row['value']:.3f}"
    return shown if np.isnan(row["low"]) else f"{shown} ({row['low']:.2f}-{row['high']:.2f})"


def _files(paths: Sequence[Path]) -> list[Path]:
    listed = []
    for path in paths:
        listed += sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return listed


def _read(paths: Sequence[Path], only: Sequence[str]) -> tuple[list[Example], dict[str, Any]]:
    """Measure the cases of all files, and say which files they are."""
    examples: list[Example] = []
    hashes = {}
    for path in _files(paths):
        listed = [case for case in known.read([path]) if not only or case.set in only]
        made = [each for each in map(prepare, listed) if each is not None]
        if made:
            hashes[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
            examples += made
            logger.info("%s: %s cases", path, len(made))
    if not any(each.case.edges for each in examples):
        raise errors.InputError(
            "no cases with a known graph of two or more texts; see docs/cases.md"
        )
    texts = sum(each.features.n for each in examples)
    return examples, {"sha256": hashes, "n_cases": len(examples), "n_texts": texts}


def main(
    cases: Annotated[list[Path], typer.Argument(help="Files of cases, or folders of them.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Weights file.")] = None,
    only: Annotated[list[str] | None, typer.Option("--set", help="Only this set.")] = None,
    cross_validate: Annotated[
        bool, typer.Option(help="Print figures on folds that a fit has not seen.")
    ] = False,
    leave_genre_out: Annotated[
        bool, typer.Option(help="Print figures on sets that a fit has not seen.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of the folds.")] = SEED,
) -> None:
    """Fit the model of stories without publishers to cases with a known lineage."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples, about = _read(cases, only or ())
    whole = fit(examples)
    start = training.standardised(_stories(examples), whole)
    part = folds(examples, seed)
    apart = held_out(examples, part, start)
    factor = temperature(examples, part, apart)
    whole = dataclasses.replace(whole, temperature=factor, fitted_on=about)
    typer.echo(table([score(each, whole) for each in examples], "On the cases of the fit"))
    if cross_validate:
        tempered = {k: dataclasses.replace(v, temperature=factor) for k, v in apart.items()}
        scored = [score(each, tempered[at]) for each, at in zip(examples, part, strict=True)]
        typer.echo(table(scored, f"Cross-validation, {N_FOLDS} folds of groups, seed {seed}"))
    if leave_genre_out:
        genre = [each.case.set for each in examples]
        without = held_out(examples, genre, start)
        tempered = {k: dataclasses.replace(v, temperature=factor) for k, v in without.items()}
        scored = [score(each, tempered[at]) for each, at in zip(examples, genre, strict=True)]
        typer.echo(table(scored, "Leaving a set out"))
    typer.echo(f"temperature {factor}; {int((start != 0).sum())} of {len(start)} weights not zero")
    if output is not None:
        with work.whole_file(output) as partial:
            text = json.dumps(model.to_dict(whole), indent=1) + "\n"
            partial.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    typer.run(main)
