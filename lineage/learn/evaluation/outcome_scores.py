"""How each pair of a case's texts is truly related, and how probable the tracer called that."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from . import cases, counts, edge_scores

# Those that have a probability in the relations table, by its column.
COLUMNS = {
    "derived": "p_derived",
    "shared_source": "p_shared_source",
    "independent": "p_independent",
}


# What a pair without a row is taken to be said to be: nothing in common was found.
_UNSAID = {"derived": 0.005, "shared_source": 0.005, "independent": 0.99}

# From this `p_derived` on, siblings are surely called what they are not.
SURE = 0.8

# An outcome is the most probable one if no other is more probable by more than rounding.
_ROUNDING = 0.001
# No answer costs more than this probability of the truth would.
_LEAST = 1e-6


def known(case: cases.Case) -> dict[frozenset[str], str]:
    """Say of each pair of which it is known how it is related.

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict of frozenset of two ids to str
        ``derived`` on one line of descent; ``shared_source`` with a common source;
        ``independent`` with neither, pairs about different things among them. In a case
        with all its edges, texts that no edge joins to each other by any way are left
        out: both can go back to a text that is not in the case. Without any edge, all are
        independent reports.
    """
    labelled = {frozenset(pair): "shared_source" for pair in case.siblings}
    labelled |= {frozenset(pair): "independent" for pair in (*case.independent, *case.unrelated)}
    if case.kind == "pairs":
        return labelled | {frozenset(pair): "derived" for pair in case.edges}
    if case.kind not in ("graph", "both"):
        return {}
    closed = edge_scores.closure(case.edges, case.ids)
    if case.kind == "graph":
        labelled = _unsaid(case, closed)
    return labelled | {frozenset(pair): "derived" for pair in closed}


def _unsaid(case: cases.Case, closed: set[edge_scores.Pair]) -> dict[frozenset[str], str]:
    """Pairs off the lines of descent, as the edges tell."""
    above: dict[str, set[str]] = {each: set() for each in case.ids}
    for source, target in closed:
        above[target].add(source)
    found = {}
    for one, other in itertools.combinations(case.ids, 2):
        if above[one] & above[other]:
            found[frozenset((one, other))] = "shared_source"
        elif not case.edges:
            found[frozenset((one, other))] = "independent"
    return found


def stated(case: cases.Case, relations: pd.DataFrame) -> dict[str, list[tuple[float, bool]]]:
    """List the probabilities of pairs of which the truth is known, and whether they are so.

    Parameters
    ----------
    case : Case
    relations : DataFrame
        The relations table. Pairs without a row were not compared and are left out.

    Returns
    -------
    dict of str to list of (float, bool)
        For each outcome in `COLUMNS`; empty where the table has no probabilities.
    """
    found: dict[str, list[tuple[float, bool]]] = {name: [] for name in COLUMNS}
    if not {"a", "b", *COLUMNS.values()} <= set(relations.columns):
        return found
    truth: Mapping[frozenset[str], str] = known(case)
    for row in relations.to_dict("records"):
        true = truth.get(frozenset((row["a"], row["b"])))
        if true is None or pd.isna(row["p_derived"]):
            continue
        for name, column in COLUMNS.items():
            found[name].append((float(row[column]), name == true))
    return found


def score(case: cases.Case, result: Any) -> dict[str, float]:
    """Count what a trace says of labelled pairs.

    Parameters
    ----------
    case : Case
        Of kind ``pairs`` or ``both``.
    result : object
        With the frames ``relations`` and ``edges``.

    Returns
    -------
    dict of str to float
    """
    said = {
        frozenset((a, b)): outcome
        for a, b, outcome in zip(
            result.relations["a"],
            result.relations["b"],
            result.relations["outcome"],
            strict=True,
        )
    }
    labels = _labels(case)
    told = [(true, _class(said.get(frozenset(pair)))) for pair, true in labels]
    sums: dict[str, float] = {}
    for name in COLUMNS:
        sums[f"pair.{name}.hit"] = float(sum(true == found == name for true, found in told))
        sums[f"pair.{name}.true"] = float(sum(true == name for true, _ in told))
        sums[f"pair.{name}.found"] = float(sum(found == name for _, found in told))
    sums |= counts.mean("undecided", [found == "undecided" for _, found in told])
    if {"a", "b", *COLUMNS.values()} <= set(result.relations.columns):
        sums |= _surprise(labels, told, result.relations)
    kept = set(zip(result.edges["source_id"], result.edges["target_id"], strict=True))
    sums |= counts.mean(
        "edge_direction_acc",
        [pair in kept for pair in case.edges if pair in kept or (pair[1], pair[0]) in kept],
    )
    joined = edge_scores.undirected(kept)
    sums |= counts.mean("sibling_edge", [frozenset(pair) in joined for pair in case.siblings])
    sums |= counts.mean(
        "independent_edge", [frozenset(pair) in joined for pair in case.independent]
    )
    sums |= counts.mean(
        "unrelated_acc",
        [said.get(frozenset(pair), "unrelated") == "unrelated" for pair in case.unrelated],
    )
    return sums


def _labels(case: cases.Case) -> list[tuple[edge_scores.Pair, str]]:
    # With every edge known, so is every pair of a text and one further down.
    above = edge_scores.closure(case.edges, case.ids) if case.kind == "both" else case.edges
    return [
        *((pair, "derived") for pair in above),
        *((pair, "shared_source") for pair in case.siblings),
        *((pair, "independent") for pair in case.independent),
    ]


def _class(outcome: str | None) -> str:
    """The outcome as one of the three labels, or undecided; no row is no connection."""
    return "independent" if outcome is None or outcome == "unrelated" else outcome


def _surprise(
    labels: Sequence[tuple[edge_scores.Pair, str]],
    told: Sequence[tuple[str, str]],
    relations: pd.DataFrame,
) -> dict[str, float]:
    stated = {frozenset((row["a"], row["b"])): row for row in relations.to_dict("records")}
    losses, odd, sure = [], [], []
    for (pair, true), (_, found) in zip(labels, told, strict=True):
        row = stated.get(frozenset(pair))
        p = _UNSAID
        if row is not None and not pd.isna(row[COLUMNS[true]]):
            p = {name: float(row[column]) for name, column in COLUMNS.items()}
        losses.append(-math.log(max(p[true], _LEAST)))
        if true == "shared_source":
            sure.append(p["derived"] >= SURE)
        if found in p:
            odd.append(p[found] < max(p.values()) - _ROUNDING)
    return (
        counts.mean("log_loss", losses)
        | counts.mean("sure_wrong", sure)
        | counts.mean("incoherent", odd)
    )
