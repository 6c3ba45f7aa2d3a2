"""The rows of the edges table: probabilities, coverage, what became of each candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from . import dag, solve
from .document import Document, lag_s
from .evidence import several
from .evidence.gather import PairEvidence
from .evidence.row import Evidence
from .text import houses

PairKey = tuple[str, str]

# A candidate within this many bits of the chosen parent is a runner-up even when it
# is not the next best.
RUNNER_UP_BITS = 3.0
# A pair below this probability of a link has no row among the edges.
LISTED_P_LINK = 0.3


def rows_of(
    documents: Sequence[Document],
    place: Mapping[str, int],
    found: Mapping[PairKey, PairEvidence],
    rows: Mapping[PairKey, list[Evidence]],
    solution: solve.Solution,
) -> list[dict[str, Any]]:
    """Write every linked pair as an edge: kept, runner-up, explained away or below threshold.

    Parameters
    ----------
    documents : sequence of Document
        Of one story, in order of key.
    place : mapping of str to int
        Index of each article in `documents`.
    found : mapping of (article_id, article_id) to PairEvidence
    rows : mapping of (source_id, target_id) to list of Evidence
        All evidence on both ways of drawing each pair.
    solution : Solution

    Returns
    -------
    list of dict
        Rows of the edges table.
    """
    parents, single, spread = solution.parents, solution.single, solution.spread
    chosen = {(s, t) for t, sources in enumerate(parents) for s in sources}
    above = dag.ancestors(parents)
    joined = spread.edge + spread.edge.T
    related = joined.sum(axis=0)
    made: list[dict[str, Any]] = []
    for (first, second), each in sorted(found.items(), key=lambda item: item[0]):
        a, b = place[first], place[second]
        if (b, a) in chosen:
            s, t = b, a
        elif (a, b) in chosen or a in above[b]:
            s, t = a, b
        elif b in above[a]:
            s, t = b, a
        else:
            s, t = (a, b) if single[a, b] >= single[b, a] else (b, a)
        if (s, t) not in chosen and each.p_link < LISTED_P_LINK:
            continue
        p_edge = float(min(1.0, joined[s, t]))
        p_direction = float(solution.p_direction[s, t])
        status = "explained_away"
        if (s, t) in chosen:
            second_parent = len(parents[t]) > 1 and joined[s, t] < solution.min_p_edge
            if second_parent:
                p_edge = each.p_link
            sure = max(p_edge, float(related[t])) if solution.together else p_edge
            status = "kept" if sure >= solution.min_p_edge else "below_threshold"
        elif each.p_link < solution.min_p_edge:
            status = "below_threshold"
        made.append(
            {
                "source": s,
                "target": t,
                "source_id": documents[s].article_id,
                "target_id": documents[t].article_id,
                "relation": relation(documents[s], documents[t], each, rows),
                "p_edge": p_edge,
                # The convention of the table: the direction drawn is the likelier one.
                "p_direction": max(p_direction, 0.5) if (s, t) in chosen else p_direction,
                "coverage_target": _coverage(each, documents[t]),
                "coverage_source": _coverage(each, documents[s]),
                "lag_s": lag_s(documents[s], documents[t]),
                "status": status,
            }
        )
    _mark_runners_up(documents, found, single, parents, above, made)
    for row in made:
        row["p_direction"] = max(0.5, row["p_direction"])
        listed = rows[row["source_id"], row["target_id"]]
        row["score_bits"] = float(sum(each.weight_bits for each in listed))
        del row["source"], row["target"]
    return made


def _mark_runners_up(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    single: np.ndarray,
    parents: tuple[tuple[int, ...], ...],
    above: Sequence[set[int]],
    made: list[dict[str, Any]],
) -> None:
    """Mark the next best parents of each text that has one."""
    by_pair = {frozenset((row["source"], row["target"])): row for row in made}
    for target, chosen in enumerate(parents):
        if not chosen:
            continue
        others = [
            (single[s, target], documents[s].key, s)
            for s in range(len(documents))
            if s != target
            and s not in chosen
            and target not in above[s]
            and frozenset((s, target)) in by_pair
            and by_pair[frozenset((s, target))]["status"] == "explained_away"
        ]
        others.sort(key=lambda each: (-each[0], each[1]))
        best = max(single[s, target] for s in chosen)
        for k, (score, _, s) in enumerate(others):
            row = by_pair[frozenset((s, target))]
            if row["source"] != s and not _may_turn(row, single, s, target):
                continue
            if k == 0 or best - score <= RUNNER_UP_BITS:
                row["status"] = "runner_up"
                if row["source"] != s:
                    _turn(row, documents)


def _may_turn(row: dict[str, Any], single: np.ndarray, source: int, target: int) -> bool:
    """A pair of siblings is a runner-up of the one whose score it suits better."""
    return bool(single[source, target] >= single[target, source])


def _turn(row: dict[str, Any], documents: Sequence[Document]) -> None:
    row["source"], row["target"] = row["target"], row["source"]
    row["source_id"] = documents[row["source"]].article_id
    row["target_id"] = documents[row["target"]].article_id
    row["coverage_target"], row["coverage_source"] = row["coverage_source"], row["coverage_target"]
    row["p_direction"] = 1.0 - row["p_direction"]
    row["lag_s"] = None if row["lag_s"] is None else -row["lag_s"]


def _coverage(each: PairEvidence, document: Document) -> float:
    """Share of the body that the other side accounts for, quotes included."""
    body = document.body
    total = int(body.sum())
    return float(several.explained_words(document, each)[body].sum() / total) if total else 0.0


def relation(
    source: Document,
    target: Document,
    each: PairEvidence,
    rows: Mapping[PairKey, list[Evidence]],
) -> str:
    """Name what was done to the source to make the target.

    Returns
    -------
    str
        One of `tables.RELATIONS`.
    """
    listed = rows[source.article_id, target.article_id]
    same_house = houses.are_one(source.outlet, target.outlet)
    answered = any(row.signal == "answered" and row.weight_bits > 0 for row in listed)
    unknown_house = source.outlet is None and target.outlet is None
    verbatim = each.pair.containment(target)
    if same_house or (answered and unknown_house and verbatim >= 0.5):
        return "update"
    own = target.body & ~target.quoted
    shared = each.pair.covered(target)
    if (
        verbatim < 0.3
        and each.content.most < 0.3
        and (shared & target.quoted).sum() > (shared & own).sum()
    ):
        return "quote"
    if verbatim >= 0.85 and each.pair.containment(source) >= 0.6:
        return "reprint"
    if verbatim >= 0.5:
        return "edit"
    return "rewrite"
