"""What the tables have as the next best source of a text, for a reader who rules one out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .content_counts import Counted
from .edge_rows import Edge

# In this order a source that was not kept is the next best.
_STATUSES = ("kept", "runner_up", "explained_away", "below_threshold")
_SAID = {
    "kept": "kept beside it",
    "runner_up": "a runner-up",
    "explained_away": "explained away by other edges",
    "below_threshold": "too weak to keep",
}


def words(
    kept: Sequence[Edge], worded: Sequence[Edge], counts: Mapping[tuple[str, str], Counted]
) -> dict[str, str]:
    """Say of each kept edge which source would be the next best.

    Parameters
    ----------
    kept : sequence of Edge
        Those that may be ruled out.
    worded : sequence of Edge
        All edges.
    counts : mapping of (source_id, target_id) to Counted
        Sentences by source.

    Returns
    -------
    dict of str to str
        A sentence by anchor of the edge.
    """
    by_target: dict[str, list[Edge]] = {}
    for edge in worded:
        if edge.status in _STATUSES and edge.relation != "quote":
            by_target.setdefault(_id(edge.target), []).append(edge)
    return {edge.anchor: _next(edge, by_target.get(_id(edge.target), []), counts) for edge in kept}


def _id(ref: Any) -> str:
    return str(ref.row.article_id)


def _next(edge: Edge, candidates: Sequence[Edge], counts: Mapping[tuple[str, str], Counted]) -> str:
    others = [one for one in candidates if one.source is not edge.source]
    if not others:
        return f"The tables have no other source of {edge.target.letter}."
    best = min(others, key=lambda one: (_STATUSES.index(one.status), -one.rank))
    counted = counts.get((_id(best.source), _id(edge.target)))
    traced = f"; {counted.said}" if counted is not None and counted.n_from else ""
    return (
        f"Next best in the tables: {best.source.letter} {best.source.name}, related {best.p_link}, "
        f"direct {best.p_edge} ({_SAID[best.status]}){traced}."
    )
