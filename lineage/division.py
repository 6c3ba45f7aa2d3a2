"""Dividing a fused sentence among the sentences it was made from."""

from __future__ import annotations

import itertools
import re

import numpy as np

from .document import Document

# A cut where a clause ends is worth as much as a word of so many bits: what joins two
# clauses ("and", "by") stands in either source.
CLAUSE_BITS = 3.0
_CLAUSE_MARK = re.compile(r"[,;:()–—]|\s-\s")
_JOINING = frozenset(
    "and but or while as after before because when where which who that since".split()
)


def divide(target: Document, index: int, hits: list[np.ndarray]) -> list[tuple[int, int]]:
    """Give each source of a sentence one unbroken part of it.

    Parameters
    ----------
    target : Document
    index : int
        Of the sentence.
    hits : list of ndarray of shape (n_words,)
        For each source what it has of the words of the sentence, in bits; no more sources
        than words.

    Returns
    -------
    list of (int, int)
        Characters of each source's part, in the order of `hits`; the parts do not overlap
        and cover every word.
    """
    start, end = (int(each) for each in target.spans[index])
    if len(hits) == 1:
        return [(start, end)]
    inside = target.sentence_words[index]
    order, cuts = best(np.array(hits), clause_bits(target, index))
    bounds = [0, *cuts, len(inside)]
    spans: list[tuple[int, int]] = [(0, 0)] * len(hits)
    for source, (first, after) in zip(order, itertools.pairwise(bounds), strict=True):
        low = start if first == 0 else int(target.starts[inside[first]])
        high = end if after == len(inside) else int(target.ends[inside[after - 1]])
        spans[source] = (low, high)
    return spans


def best(hits: np.ndarray, borders: np.ndarray) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Find the division that puts most under a source that has it.

    Parameters
    ----------
    hits : ndarray of shape (n_sources, n_words)
        Two sources or three, and no more than words.
    borders : ndarray of shape (n_words,)
        What a cut before each word is worth.

    Returns
    -------
    (tuple of int, tuple of int)
        The sources in order of their parts, and the word that each part but the first
        begins with. Of divisions equally good, the latest cut.

    Notes
    -----
    Every order and every cut is looked at, by sums of the words before.
    """
    n_sources, n_words = hits.shape
    before = np.concatenate([np.zeros((n_sources, 1)), hits.cumsum(axis=1)], axis=1)
    most = -np.inf
    found: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    for order in itertools.permutations(range(n_sources)):
        first, last = before[order[0]], before[order[-1], -1] - before[order[-1]]
        worth = borders - np.where(np.arange(n_words) == 0, np.inf, 0.0)
        if n_sources == 2:
            value = first[:-1] + last[:-1] + worth
            at: tuple[int, ...] = (n_words - 1 - int(value[::-1].argmax()),)
        else:
            middle = before[order[1]]
            value = (
                (first - middle)[:-1, None]
                + worth[:, None]
                + (middle + last)[None, :-1]
                + worth[None, :]
            )
            value[np.tril_indices(n_words)] = -np.inf
            flat = value.size - 1 - int(value.ravel()[::-1].argmax())
            at = divmod(flat, n_words)
        if value[at] > most:
            most, found = float(value[at]), (order, at)
    return found


def clause_bits(target: Document, index: int) -> np.ndarray:
    """What a cut before each word of a sentence is worth, for where clauses end.

    Parameters
    ----------
    target : Document
    index : int

    Returns
    -------
    ndarray of shape (n_words,)
    """
    inside = target.sentence_words[index]
    worth = np.zeros(len(inside))
    for place, (one, other) in enumerate(itertools.pairwise(inside.tolist()), start=1):
        between = target.text[target.ends[one] : target.starts[other]]
        if _CLAUSE_MARK.search(between) or target.words[other] in _JOINING:
            worth[place] = CLAUSE_BITS
    return worth
