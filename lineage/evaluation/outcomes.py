"""How each pair of a case's texts is truly related, and how probable the tracer called that."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pandas as pd

from . import cases, graphs

# Those that have a probability in the relations table, by its column.
COLUMNS = {
    "derived": "p_derived",
    "shared_source": "p_shared_source",
    "independent": "p_independent",
}


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
    closed = graphs.closure(case.edges, case.ids)
    if case.kind == "graph":
        labelled = _unsaid(case, closed)
    return labelled | {frozenset(pair): "derived" for pair in closed}


def _unsaid(case: cases.Case, closed: set[graphs.Pair]) -> dict[frozenset[str], str]:
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
