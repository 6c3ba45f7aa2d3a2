"""Families that only one text holds together: a digest of reports on matters of their own."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from . import graph_settings

Pair = tuple[int, int]


def apart(
    families: Sequence[Sequence[int]],
    joined: Sequence[Pair],
    nats: Mapping[Pair, float],
    given: Sequence[Pair] = (),
) -> list[list[int]]:
    """Part families that hang together by one text of several matters.

    Parameters
    ----------
    families : sequence of sequence of int
        Indices of the texts of each.
    joined : sequence of (int, int)
        Pairs that made them families.
    nats : mapping of (int, int) to float
        What speaks for the link of each compared pair, the smaller index first.
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

    family_of = {text: k for k, family in enumerate(families) for text in family}
    by_links, by_anything = networkx.empty_graph(0), networkx.empty_graph(0)
    by_links.add_nodes_from(family_of)
    by_links.add_edges_from((*joined, *given))
    # Texts that have something of each other are of one matter, whether they are relatives or not.
    by_anything.add_edges_from(by_links.edges)
    by_anything.add_edges_from(
        pair
        for pair, value in nats.items()
        if value > graph_settings.NOTHING_SHARED_NATS and family_of[pair[0]] == family_of[pair[1]]
    )
    known = {text for pair in given for text in pair}
    cut: set[Pair] = set()
    for text in sorted(set(networkx.articulation_points(by_anything)) - known):
        family = [each for each in families[family_of[text]] if each != text]
        matters = list(networkx.connected_components(by_anything.subgraph(family)))
        apart_from = set(family) - _main(text, matters, nats)
        cut |= {(text, each) for each in apart_from if by_links.has_edge(text, each)}
    by_links.remove_edges_from(cut)
    return sorted(sorted(part) for part in networkx.connected_components(by_links))


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


def _main(text: int, matters: Sequence[set[int]], nats: Mapping[Pair, float]) -> set[int]:
    """The matter that a text is of, whatever it has of the others; empty if there is none."""
    linked = [max(_nats(nats, text, each) for each in matter) for matter in matters]
    first, second = np.argsort(linked)[::-1][:2]
    is_main = linked[first] >= graph_settings.MAIN_MATTER * linked[second]
    return matters[first] if is_main and len(matters[first]) > 1 else set()


def _nats(nats: Mapping[Pair, float], one: int, other: int) -> float:
    """What speaks for a link; of two that were not compared nothing does."""
    return nats.get((min(one, other), max(one, other)), -np.inf)
