"""Fit the model of `phylogeny` to cases with a known lineage; docs/model.md, section 3."""

from __future__ import annotations

import collections
import dataclasses
import logging
import math
import types
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .. import articles, document, errors
from ..evaluation import cases as known
from ..evaluation import figures, scoring
from ..phylogeny import features, forests, likelihood, model, training
from . import material

logger = logging.getLogger(__name__)

# Relative gain at which the fit of a fold ends; that of all cases goes on.
FOLD_TOLERANCE = 1e-6
TEMPERATURES = np.arange(0.5, 2.01, 0.05)
# Of the edges decided in a set that the fit has not seen, this share has to be right.
LEAST_DECIDED_ACC = 0.7
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
    documents = list(document.build(unique, document.sentence_table(table)).values())
    ids = tuple(each.article_id for each in documents)
    place = {article_id: k for k, article_id in enumerate(ids)}
    edges = [(place[s], place[t]) for s, t in case.edges if s in place and t in place]
    return Example(
        case,
        ids,
        features.build(documents),
        likelihood.true_forest(edges, len(ids)),
        material.vocabulary(documents),
    )


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


def folds(examples: Sequence[Example], seed: int = material.SEED) -> list[int]:
    """Deal the cases to folds, those on one matter together, see `material.folds`."""
    return material.folds(
        [each.case for each in examples], [each.vocabulary for each in examples], seed
    )


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

    def without(rest: list[int]) -> model.Model:
        left = [examples[k] for k in rest]
        if not any(each.case.edges for each in left):
            raise errors.InputError(
                "all cases with edges are of one matter or set: nothing is left to fit without "
                "it; give cases on others too"
            )
        return fit(left, start=start, tolerance=FOLD_TOLERANCE)

    return material.held_out(part, without)


def temperature(
    examples: Sequence[Example],
    part: Sequence[object],
    fitted: Mapping[object, model.Model],
    unseen: Mapping[object, model.Model] | None = None,
) -> float:
    """Choose the factor on log odds under which held-out directions are least surprising.

    Parameters
    ----------
    examples : sequence of Example
    part : sequence
        Part of each case.
    fitted : mapping of part to Model
        Fitted without that part, of temperature one.
    unseen : mapping of set to Model, optional
        Fitted without that set, of temperature one. A factor under which too many
        of the edges decided there are wrong (`LEAST_DECIDED_ACC`) is out of the question.

    Returns
    -------
    float
        Of `TEMPERATURES`, the lowest where none will do; every set counts alike.
    """
    odds = _held_odds(examples, part, fitted)
    surprise = [
        np.mean([np.logaddexp(0.0, -factor * each).mean() for each in odds.values()])
        for factor in TEMPERATURES
    ]
    apart = _held_odds(examples, [each.case.set for each in examples], unseen or {})
    holds = [
        all(_decided_well(factor * each) for each in apart.values()) for factor in TEMPERATURES
    ]
    if not any(holds):
        logger.warning("under no temperature are decided edges of a set left out right enough")
        return round(float(TEMPERATURES[0]), 2)
    return round(float(TEMPERATURES[int(np.where(holds, surprise, np.inf).argmin())]), 2)


def _held_odds(
    examples: Sequence[Example], part: Sequence[object], fitted: Mapping[object, model.Model]
) -> dict[str, np.ndarray]:
    """Log odds of edges that a model draws unseen, by set; of the wrong ones below zero."""
    odds: dict[str, list[float]] = collections.defaultdict(list)
    for each, name in zip(examples, part, strict=True):
        if name not in fitted:
            continue
        for bet in score(each, fitted[name]).bets:
            p = min(max(bet.p_direction, 1e-12), 1 - 1e-12)
            sign = 1.0 if bet.right else -1.0
            odds[each.case.set].append(sign * math.log(p / (1 - p)))
    return {name: np.array(listed) for name, listed in odds.items()}


def _decided_well(odds: np.ndarray) -> bool:
    decided = np.abs(odds) >= math.log(scoring.DECIDED / (1 - scoring.DECIDED))
    return not decided.any() or float((odds[decided] > 0).mean()) >= LEAST_DECIDED_ACC


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


def read(paths: Sequence[Path], only: Sequence[str] = ()) -> tuple[list[Example], dict[str, Any]]:
    """Measure the cases of all files, and say which files they are.

    Parameters
    ----------
    paths : sequence of Path
    only : sequence of str
        Sets; all if empty.

    Returns
    -------
    (list of Example, dict)

    Raises
    ------
    InputError
        If no case has edges that are all known.
    """
    examples, hashes = material.prepared(
        paths, only, lambda case: [each for each in (prepare(case),) if each is not None]
    )
    if not any(each.case.edges for each in examples):
        raise errors.InputError(
            "no cases with a known graph of two or more texts; see docs/cases.md"
        )
    n_texts = sum(each.features.n for each in examples)
    return examples, material.about(hashes, len(examples), n_texts)


def run(
    paths: Sequence[Path],
    say: Callable[[str], None],
    *,
    only: Sequence[str] = (),
    cross_validate: bool = False,
    leave_genre_out: bool = False,
    seed: int = material.SEED,
) -> dict[str, Any]:
    """Fit, say what the fit reaches, and return what the weights file holds.

    Parameters
    ----------
    paths : sequence of Path
        Files of cases, or folders of them.
    say : callable
        Takes the tables.
    only : sequence of str
        Sets; all if empty.
    cross_validate, leave_genre_out : bool
        Whether figures on folds, and on sets, that a fit has not seen are said.
    seed : int
        Of the folds.

    Returns
    -------
    dict
    """
    examples, about = read(paths, only)
    whole = fit(examples)
    start = training.standardised(_stories(examples), whole)
    part = folds(examples, seed)
    apart = held_out(examples, part, start)
    genre = [each.case.set for each in examples]
    with_edges = {each.case.set for each in examples if each.case.edges}
    # Of one set alone nothing is left without it.
    without = held_out(examples, genre, start) if len(with_edges) > 1 or leave_genre_out else {}
    factor = temperature(examples, part, apart, without)
    whole = dataclasses.replace(whole, temperature=factor, fitted_on=about)
    say(table([score(each, whole) for each in examples], "On the cases of the fit"))
    if cross_validate:
        title = f"Cross-validation, {material.N_FOLDS} folds of groups, seed {seed}"
        say(table(_scored(examples, part, apart, factor), title))
    if leave_genre_out:
        say(table(_scored(examples, genre, without, factor), "Leaving a set out"))
    say(f"temperature {factor}; {int((start != 0).sum())} of {len(start)} weights not zero")
    return model.to_dict(whole)


def _scored(
    examples: Sequence[Example],
    part: Sequence[object],
    fitted: Mapping[object, model.Model],
    factor: float,
) -> list[scoring.Scored]:
    tempered = {k: dataclasses.replace(v, temperature=factor) for k, v in fitted.items()}
    return [score(each, tempered[at]) for each, at in zip(examples, part, strict=True)]
