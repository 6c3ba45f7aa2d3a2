"""Dividing a fused sentence among the sentences it was made from."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np

from .document import Document


def divide(target: Document, index: int, hits: list[np.ndarray]) -> list[tuple[int, int]]:
    """Give each source of a sentence one unbroken part of it.

    Parameters
    ----------
    target : Document
    index : int
        Of the sentence.
    hits : list of ndarray of shape (n_words,)
        For each source, which words of the sentence it has; no more sources than words.

    Returns
    -------
    list of (int, int)
        Characters of each source's part, in the order of `hits`; the parts do not overlap
        and cover every word.

    Notes
    -----
    The division that puts most words under a source that has them: dynamic programming
    over the word, the set of sources used so far and the current one.
    """
    start, end = (int(each) for each in target.spans[index])
    if len(hits) == 1:
        return [(start, end)]
    inside = target.sentence_words[index]
    n, k = len(inside), len(hits)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {
        (1 << s, s): (hits[s][0], [0]) for s in range(k)
    }
    for word in range(1, n):
        following: dict[tuple[int, int], tuple[float, list[int]]] = {}
        for (used, at), (value, cuts) in sorted(best.items()):
            stay = (value + hits[at][word], cuts)
            if (used, at) not in following or stay[0] > following[used, at][0]:
                following[used, at] = stay
            for s in range(k):
                if used >> s & 1:
                    continue
                key = (used | 1 << s, s)
                move = (value + hits[s][word], [*cuts, word])
                if key not in following or move[0] > following[key][0]:
                    following[key] = move
        best = following
    full = (1 << k) - 1
    finals = {at: best[full, at] for at in range(k) if (full, at) in best}
    last = max(finals, key=lambda at: (finals[at][0], -at))
    cuts = finals[last][1]
    order = _order_of(hits, cuts)
    borders = [start, *(int(target.starts[inside[cut]]) for cut in cuts[1:]), end]
    spans: list[tuple[int, int]] = [(0, 0)] * k
    for place, source in enumerate(order):
        low = borders[place]
        high = borders[place + 1]
        if place + 1 < k:
            high = int(target.ends[inside[cuts[place + 1] - 1]])
        spans[source] = (low, high)
    return spans


def _order_of(hits: list[np.ndarray], cuts: list[int]) -> list[int]:
    """Which source each part belongs to: the assignment with most hits."""
    n = len(hits[0])
    bounds = [*cuts, n]

    def value(order: Iterable[int]) -> float:
        return sum(
            float(hits[source][bounds[k] : bounds[k + 1]].sum()) for k, source in enumerate(order)
        )

    return list(max(itertools.permutations(range(len(hits))), key=value))
