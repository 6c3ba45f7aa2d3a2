"""Comparison of two sets of edges over the same texts."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

Pair = tuple[str, str]
T = TypeVar("T")


def f1(found: Collection[object], true: Collection[object]) -> float:
    """Harmonic mean of precision and recall of a set.

    Parameters
    ----------
    found, true : collection
        Compared as sets.

    Returns
    -------
    float
        In [0, 1]. Finding nothing is precise only where there is nothing to find.
    """
    found, true = set(found), set(true)
    n_hits = len(found & true)
    precision = n_hits / len(found) if found else float(not true)
    recall = n_hits / len(true) if true else float(not found)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def closure(edges: Iterable[Pair], ids: Sequence[str] = ()) -> set[Pair]:
    """Return every (ancestor, descendant) pair of a graph.

    Parameters
    ----------
    edges : iterable of (source_id, target_id)
    ids : sequence of str
        Nodes, those without an edge too.

    Returns
    -------
    set of (str, str)
        Never a node with itself, even where the edges run in a circle.
    """
    children: dict[str, list[str]] = {each: [] for each in ids}
    for source, target in edges:
        children.setdefault(source, []).append(target)
        children.setdefault(target, [])
    reached = set()
    for top in children:
        seen: set[str] = set()
        waiting = list(children[top])
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += children[at]
        reached |= {(top, below) for below in seen - {top}}
    return reached


def undirected(edges: Iterable[Pair]) -> set[frozenset[str]]:
    """Return the pairs that edges join, their direction dropped."""
    return {frozenset(each) for each in edges}


@dataclasses.dataclass(frozen=True)
class Phylogeny:
    """Agreement of two forests, each part in [0, 1]."""

    roots: float
    edges: float
    leaves: float
    ancestry: float


def phylogeny(found: Collection[Pair], true: Collection[Pair], ids: Sequence[str]) -> Phylogeny:
    """Compare two lineages as text phylogeny does: roots, edges, leaves, ancestry [1]_.

    Parameters
    ----------
    found, true : collection of (source_id, target_id)
    ids : sequence of str
        All texts of the case.

    Returns
    -------
    Phylogeny
        Of each part, what both have divided by what either has; 1 where neither has
        any. The same measure for every part, because a lineage may have several roots
        and a text two parents; for two trees of one root, ``roots`` is 1 or 0.

    References
    ----------
    .. [1] G. D. Marmerola, M. A. Oikawa, Z. Dias, S. Goldenstein, A. Rocha, "On the
       Reconstruction of Text Phylogeny Trees: Evaluation and Analysis of Textual
       Relationships", PLOS ONE 11(12), 2016.
    """
    return Phylogeny(
        roots=_overlap(_roots(found, ids), _roots(true, ids)),
        edges=_overlap(set(found), set(true)),
        leaves=_overlap(_leaves(found, ids), _leaves(true, ids)),
        ancestry=_overlap(closure(found, ids), closure(true, ids)),
    )


def _roots(edges: Iterable[Pair], ids: Sequence[str]) -> set[str]:
    return set(ids) - {target for _, target in edges}


def _leaves(edges: Iterable[Pair], ids: Sequence[str]) -> set[str]:
    return set(ids) - {source for source, _ in edges}


def _overlap(mine: set[T], theirs: set[T]) -> float:
    either = len(mine | theirs)
    return len(mine & theirs) / either if either else 1.0
