"""Fit the posterior of `graph` to cases with a known lineage; docs/model.md, section 3."""

from __future__ import annotations

import collections
import dataclasses
import math
import types
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from ... import errors
from ...config import TraceConfig
from ...graph import edges, graph_settings, model, posterior, training
from ...weights import logistic
from ..evaluation import cases as known
from ..evaluation import figures, scoring
from . import family_parts, kept, material

# Relative gain at which the fit of a fold ends; that of all cases goes on.
FOLD_TOLERANCE = 1e-5
TEMPERATURES = np.arange(0.5, 2.01, 0.1)
N_RESAMPLES = 200
# What a part of a case counts, beside the whole case.
PART_SHARES = {
    "whole": 1.5,
    "rootless": 0.1,
    "siblings": 0.8,
    "part": 0.3,
    "found": 1.0,
    "pasted": 0.5,
    "strangers": 0.3,
}
# Cases of news by several publishers are few, and are what users have.
LABELLED_SHARE = 3.0
_SHOWN = (
    "edge_f1",
    "undirected_f1",
    "direction_acc",
    "ece",
    "decided_acc",
    "decided_cov",
    "false_edge",
    "pair_f1",
    "log_loss",
    "sure_wrong",
)
# Of the drawn forests: the figures do not hang on more.
SEED = 0


def shares(examples: Sequence[family_parts.Example]) -> list[float]:
    """Weigh examples: all of a group alike, a group by the root of its number of texts."""
    n_examples = collections.Counter(each.group for each in examples)
    n_texts: collections.Counter[str] = collections.Counter()
    for each in examples:
        n_texts[each.group] += each.design.n
    return [
        3.0
        * PART_SHARES[each.part]
        * (LABELLED_SHARE if each.case.kind in ("pairs", "both") else 1.0)
        * math.sqrt(n_texts[each.group])
        / n_examples[each.group]
        / each.design.n
        for each in examples
    ]


def fit(
    examples: Sequence[family_parts.Example],
    *,
    start: np.ndarray | None = None,
    tolerance: float = graph_settings.TOLERANCE,
) -> model.Model:
    """Fit the weights to examples, see `training.fit`."""
    return training.fit(_families(examples), start=start, tolerance=tolerance)


def _families(examples: Sequence[family_parts.Example]) -> list[training.Family]:
    return [
        training.Family(each.design, each.true, share, related=bool(each.case.edges))
        for each, share in zip(examples, shares(examples), strict=True)
    ]


def folds(examples: Sequence[family_parts.Example], seed: int = material.SEED) -> list[int]:
    """Deal examples to folds: whatever shares a text is dealt together, and sets evenly."""
    sharing = nx.Graph()
    for each in examples:
        nx.add_path(sharing, sorted(each.texts))
    head = {text: min(part) for part in nx.connected_components(sharing) for text in part}
    group = [head[min(each.texts)] for each in examples]
    main: dict[str, str] = {}
    for name, each in zip(group, examples, strict=True):
        main.setdefault(name, each.case.set)
    chance = np.random.default_rng(seed)
    found: dict[str, int] = {}
    for name in sorted(set(main.values())):
        members = sorted(each for each, of_set in main.items() if of_set == name)
        for k, at in enumerate(chance.permutation(members).tolist()):
            found[at] = k % material.N_FOLDS
    return [found[each] for each in group]


def predict(
    example: family_parts.Example, fitted: model.Model, min_p_edge: float
) -> types.SimpleNamespace:
    """Tell of a case what the tracer would, as far as the posterior of its texts alone goes.

    Parameters
    ----------
    example : Example
    fitted : Model
    min_p_edge : float

    Returns
    -------
    SimpleNamespace
        With the frames ``edges``, ``relations`` and ``articles``.
    """
    return _told(example, posterior.infer(example.design, fitted, seed=SEED), min_p_edge)


def _told(
    example: family_parts.Example, said: posterior.Posterior, min_p_edge: float
) -> types.SimpleNamespace:
    ids, n = example.ids, example.design.n
    rows = [
        (ids[s], ids[t], float(said.edge[s, t]), float(max(0.5, said.direction[s, t])))
        for t, s in enumerate(said.drawn)
        if s >= 0 and edges.is_kept(said.edge[s, t], 1.0 - said.independent[s, t], min_p_edge)
    ]
    names = ("derived", "shared_source", "independent")
    related = []
    for a in range(n):
        for b in range(a + 1, n):
            p = (said.derived[a, b], said.shared[a, b], said.independent[a, b])
            best = names[int(np.argmax(p))]
            related.append((*sorted((ids[a], ids[b])), best, *(float(each) for each in p)))
    return types.SimpleNamespace(
        edges=pd.DataFrame(rows, columns=["source_id", "target_id", "p_edge", "p_direction"]),
        relations=pd.DataFrame(
            related,
            columns=["a", "b", "outcome", "p_derived", "p_shared_source", "p_independent"],
        ),
        articles=pd.DataFrame({"article_id": ids, "origin_agency": None}),
    )


def score(example: family_parts.Example, fitted: model.Model) -> scoring.Scored:
    """Score a whole case by the definitions of `evaluation`, its sentences and copies aside."""
    return _scored_as(example, predict(example, fitted, TraceConfig().min_p_edge))


def _scored_as(example: family_parts.Example, told: types.SimpleNamespace) -> scoring.Scored:
    there = set(example.ids)
    texts = example.case.articles

    def among(pairs: Sequence[known.Pair]) -> tuple[known.Pair, ...]:
        return tuple(pair for pair in pairs if there.issuperset(pair))

    case = dataclasses.replace(
        example.case,
        articles=texts[texts["article_id"].isin(there)],
        edges=among(example.case.edges),
        siblings=among(example.case.siblings),
        independent=among(example.case.independent),
        attributions=(),
        facts=(),
    )
    return scoring.score(case, told)


def held_out(
    examples: Sequence[family_parts.Example],
    part: Sequence[object],
    start: np.ndarray,
    besides: Sequence[family_parts.Example] = (),
) -> dict[object, model.Model]:
    """Fit for every part of the examples a model on all that share no text with it.

    Parameters
    ----------
    examples : sequence of Example
    part : sequence
        Part of each example.
    start : ndarray
        Weights to begin with, standardised.
    besides : sequence of Example
        Of texts of several parts, and of none themselves.

    Returns
    -------
    dict of part to Model

    Raises
    ------
    InputError
        If all known edges are in one part.
    """

    def without(rest: list[int]) -> model.Model:
        left = [*(examples[k] for k in rest), *besides]
        inside = set(range(len(examples))).difference(rest)
        texts = frozenset().union(*(examples[k].texts for k in inside))
        left = [each for each in left if not each.texts & texts]
        if not any(each.case.edges for each in left):
            raise errors.InputError(
                "all cases with edges are of one matter or set: nothing is left to fit without "
                "it; give cases on others too"
            )
        return fit(left, start=start, tolerance=FOLD_TOLERANCE)

    return material.held_out(part, without)


def temperature(
    examples: Sequence[family_parts.Example],
    part: Sequence[object],
    fitted: Mapping[object, model.Model],
) -> float:
    """Choose the factor on log odds under which held-out directions are least surprising.

    Parameters
    ----------
    examples : sequence of Example
    part : sequence
        Part of each example.
    fitted : mapping of part to Model
        Fitted without that part, of temperature one.

    Returns
    -------
    float
        Of `TEMPERATURES`; every set counts alike.
    """
    found: list[tuple[family_parts.Example, posterior.Posterior, np.ndarray, np.ndarray]] = []
    for each, name in zip(examples, part, strict=True):
        if each.part != "whole" or name not in fitted:
            continue
        # The log odds of a direction are linear in the factor.
        without, said = (
            posterior.infer(
                each.design, dataclasses.replace(fitted[name], temperature=factor), seed=SEED
            )
            for factor in (0.0, 1.0)
        )
        start = _log_odds(without.direction)
        found.append((each, said, start, _log_odds(said.direction) - start))
    least = TraceConfig().min_p_edge
    surprise = []
    for factor in TEMPERATURES:
        by_set: dict[str, list[float]] = collections.defaultdict(list)
        for each, said, start, slope in found:
            direction = logistic.probability(start + factor * slope)
            told = _told(each, dataclasses.replace(said, direction=direction), least)
            for bet in _scored_as(each, told).bets:
                p = min(max(bet.p_direction, 1e-12), 1 - 1e-12)
                by_set[each.case.set].append(-math.log(p if bet.right else 1 - p))
        surprise.append(np.mean([np.mean(listed) for listed in by_set.values()]))
    return round(float(TEMPERATURES[int(np.argmin(surprise))]), 2)


def _log_odds(p: np.ndarray) -> np.ndarray:
    inside = np.clip(p, 1e-12, 1.0 - 1e-12)
    return np.asarray(np.log(inside / (1.0 - inside)))


def table(scored: Sequence[scoring.Scored], title: str) -> str:
    """Lay out the figures of each set with their intervals, as a Markdown table."""
    found = figures.summarise(scored, n_resamples=N_RESAMPLES)
    lines = [f"### {title}", "", "| set | " + " | ".join(_SHOWN) + " |"]
    lines.append("| --- " * (len(_SHOWN) + 1) + "|")
    for name, rows in found.groupby("set", sort=False):
        by_figure = {row["figure"]: row for row in rows.to_dict("records")}
        cells = [_cell(by_figure.get(figure)) for figure in _SHOWN]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(row: Mapping[Any, Any] | None) -> str:
    if row is None:
        return ""
    shown = f"{row['value']:.3f}"
    return shown if np.isnan(row["low"]) else f"{shown} ({row['low']:.2f}-{row['high']:.2f})"


def read(
    paths: Sequence[Path],
    only: Sequence[str] = (),
    features: kept.Features = kept.NOWHERE,
) -> tuple[list[family_parts.Example], dict[str, Any]]:
    """Measure the cases of all files, and say which files they are.

    Parameters
    ----------
    paths : sequence of Path
    only : sequence of str
        Sets; all if empty.
    features : Features
        Where what is measured of cases is kept.

    Returns
    -------
    (list of Example, dict)

    Raises
    ------
    InputError
        If no case has edges that are all known.
    """
    examples, hashes = material.prepared(paths, only, family_parts.prepare, features)
    cases = [case for _, listed in material.read(paths, only) for case in listed]
    examples += family_parts.strangers(cases, material.SEED)
    if not any(each.case.edges for each in examples):
        raise errors.InputError(
            "no cases with a known graph of two or more texts; see docs/cases.md"
        )
    whole = [each for each in examples if each.part == "whole"]
    n_texts = sum(each.design.n for each in whole)
    return examples, material.about(hashes, len(whole), n_texts)


def run(
    paths: Sequence[Path],
    say: Callable[[str], None],
    *,
    only: Sequence[str] = (),
    cross_validate: bool = False,
    leave_genre_out: bool = False,
    seed: int = material.SEED,
    features: kept.Features = kept.NOWHERE,
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
    features : Features
        Where what is measured of cases is kept.

    Returns
    -------
    dict
    """
    examples, about = read(paths, only, features)
    whole = dataclasses.replace(fit(examples), fitted_on=about)
    start = training.standardised(_families(examples), whole)
    say(
        table(_scored(examples, ["all"] * len(examples), {"all": whole}), "On the cases of the fit")
    )
    # Put together of texts of several sets, they would make one matter of all cases.
    mixed = [each for each in examples if each.part == family_parts.STRANGERS]
    examples = [each for each in examples if each.part != family_parts.STRANGERS]
    if cross_validate:
        part = folds(examples, seed)
        apart = held_out(examples, part, start, mixed)
        factor = temperature(examples, part, apart)
        whole = dataclasses.replace(whole, temperature=factor)
        apart = {k: dataclasses.replace(v, temperature=factor) for k, v in apart.items()}
        title = f"Cross-validation, {material.N_FOLDS} folds, seed {seed}"
        say(table(_scored(examples, part, apart), title))
    if leave_genre_out:
        genre = [each.case.set for each in examples]
        without = held_out(examples, genre, start, mixed)
        without = {
            k: dataclasses.replace(v, temperature=whole.temperature) for k, v in without.items()
        }
        say(table(_scored(examples, genre, without), "Leaving a set out"))
    say(f"temperature {whole.temperature}")
    return model.to_dict(whole)


def _scored(
    examples: Sequence[family_parts.Example],
    part: Sequence[object],
    fitted: Mapping[object, model.Model],
) -> list[scoring.Scored]:
    return [
        score(each, fitted[at])
        for each, at in zip(examples, part, strict=True)
        if each.part == "whole"
    ]
