"""Families that only one text holds together: a digest of reports on matters of their own."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from . import dag, graph_settings

Pair = tuple[int, int]


class Linked(Protocol):
    """What is known of the pairs of a collection, see `links.Links`."""

    @property
    def a(self) -> np.ndarray:
        """The one text of each pair."""
        ...

    @property
    def b(self) -> np.ndarray:
        """The other."""
        ...

    @property
    def log_bayes(self) -> np.ndarray:
        """What speaks for their link, in nats."""
        ...


def apart(
    families: Sequence[Sequence[int]],
    joined: Sequence[Pair],
    links: Linked,
    given: Sequence[Pair] = (),
) -> list[list[int]]:
    """Part families that hang together by one text of several matters.

    Parameters
    ----------
    families : sequence of sequence of int
        Indices of the texts of each.
    joined : sequence of (int, int)
        Pairs that made them families.
    links : Links
        Of all compared pairs.
    given : sequence of (int, int)
        Pairs that are not parted.

    Returns
    -------
    list of list of int
        Ascending, and by their first. The text between the matters stays with one that is a
        family without it and to which it is linked far better than to the others; else it is a
        family of its own. What it drew on is then found by its passages.

    Notes
    -----
    All that go back to one source have something of each other, but for what each left out. A
    digest of three reports is linked to each of them, and they have nothing in common: in a tree
    of the four it could have one of them for a parent, and a source behind all four would be
    likelier than that they have nothing to do with each other.
    """
    import networkx

    nats = {
        (int(a), int(b)): float(value)
        for a, b, value in zip(links.a, links.b, links.log_bayes, strict=True)
    }
    made: list[list[int]] = []
    for family in families:
        graph = networkx.empty_graph(0)
        graph.add_nodes_from(family)
        inside = set(family)
        graph.add_edges_from(pair for pair in joined if inside.issuperset(pair))
        graph.add_edges_from(pair for pair in given if inside.issuperset(pair))
        cut = set()
        for text in sorted(networkx.articulation_points(graph)):
            cut |= _cut(text, graph, nats, given)
        graph.remove_edges_from(cut)
        made += [sorted(part) for part in networkx.connected_components(graph)]
    return sorted(made)


def is_between(
    text: int, others: Sequence[int], p_link: Mapping[Pair, float], nats: Mapping[Pair, float]
) -> bool:
    """Whether a text is linked to each of several texts that have nothing of each other.

    Parameters
    ----------
    text : int
    others : sequence of int
    p_link : mapping of (int, int) to float
        Of the compared pairs, the smaller index first.
    nats : mapping of (int, int) to float
        What speaks for their links.

    Returns
    -------
    bool
        False for fewer than two.
    """
    linked = [p_link.get((min(text, each), max(text, each)), 0.0) for each in others]
    shared = [_nats(nats, *pair) for pair in itertools.combinations(others, 2)]
    return (
        len(others) > 1
        and min(linked) >= graph_settings.LEAST_RELATED
        and max(shared) <= graph_settings.NOTHING_SHARED_NATS
    )


def _cut(text: int, graph: Any, nats: Mapping[Pair, float], given: Sequence[Pair]) -> set[Pair]:
    """Pairs by which one text joins matters of which none has anything of another."""
    import networkx

    rest = graph.subgraph([each for each in graph if each != text])
    parts = [sorted(part) for part in networkx.connected_components(rest)]
    related = [
        (i, k)
        for i, one in enumerate(parts)
        for k in range(i + 1, len(parts))
        if max(_nats(nats, a, b) for a in one for b in parts[k])
        > graph_settings.NOTHING_SHARED_NATS
    ]
    matters = [
        [p for k in group for p in parts[k]] for group in dag.components(len(parts), related)
    ]
    if len(matters) == 1 or any(text in pair for pair in given):
        return set()
    best = [max(_nats(nats, text, each) for each in matter) for matter in matters]
    first, second = np.argsort(best)[::-1][:2]
    is_main = best[first] >= graph_settings.MAIN_MATTER * best[second]
    kept = first if is_main and len(matters[first]) > 1 else None
    return {
        (text, each)
        for k, matter in enumerate(matters)
        if k != kept
        for each in matter
        if graph.has_edge(text, each)
    }


def _nats(nats: Mapping[Pair, float], one: int, other: int) -> float:
    """What speaks for a link; of two that were not compared nothing does."""
    return nats.get((min(one, other), max(one, other)), -np.inf)
