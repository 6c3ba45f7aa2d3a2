"""Places that signals point at: stretches of words, sentences, and their counterparts."""

from __future__ import annotations

import itertools

import numpy as np

from ..match.document import Document
from ..match.pairs import Pair
from . import evidence_settings


def longest_true(flags: np.ndarray) -> tuple[int, int]:
    """Find the longest run of True.

    Parameters
    ----------
    flags : ndarray of bool

    Returns
    -------
    (int, int)
        Its first place and length, the first of several; zeros where nothing is true.
    """
    best = (0, 0)
    for first, length in stretches(flags, 1):
        if length > best[1]:
            best = (first, length)
    return best


def stretches(flags: np.ndarray, least: int) -> list[tuple[int, int]]:
    """Find the runs of True.

    Parameters
    ----------
    flags : ndarray of bool
    least : int
        Shorter runs are left out.

    Returns
    -------
    list of (int, int)
        First place and length of each, in order.
    """
    edges = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [
        (int(start), int(end - start))
        for start, end in zip(starts, ends, strict=True)
        if end - start >= least
    ]


def sentence_at(document: Document, character: int) -> int | None:
    """Return the index of the sentence that a character stands in, None for none.

    Parameters
    ----------
    document : Document
    character : int
        Place in the supplied text.

    Returns
    -------
    int or None
    """
    index = int(np.searchsorted(document.spans[:, 0], character, side="right")) - 1
    if index < 0 or character >= document.spans[index, 1]:
        return None
    return index


def counterpart(source: Document, target: Document, pair: Pair, sentence: int) -> int | None:
    """Find the target sentence that shares most words with a source sentence.

    Parameters
    ----------
    source, target : Document
        The two sides of `pair`.
    pair : Pair
    sentence : int
        Index in `source`.

    Returns
    -------
    int or None
        Index in `target`; None where none shares `MIN_SAME_SENTENCE` of its words.
    """
    inside = np.zeros(len(source.words), dtype=bool)
    inside[source.sentence_words[sentence]] = True
    counts: dict[int, int] = {}
    for start, other, n in pair.runs(source):
        hit = np.flatnonzero(inside[start : start + n])
        for k in hit:
            there = int(target.sentence_of[other + k])
            counts[there] = counts.get(there, 0) + 1
    counts.pop(-1, None)
    if not counts:
        return None
    best = max(counts, key=lambda each: (counts[each], -each))
    if counts[best] < evidence_settings.MIN_SAME_SENTENCE * len(source.sentence_words[sentence]):
        return None
    return best


def inserted_words(
    source: Document, target: Document, pair: Pair, least: int = 1, instead: int = 0
) -> int:
    """Count the words of `target` between shared runs where `source` has none of its own.

    Parameters
    ----------
    source, target : Document
        The two sides of `pair`.
    pair : Pair
    least : int
        Fewer words at one place are not counted.
    instead : int
        So many words of `source` at the place are still none.

    Returns
    -------
    int
    """
    # What was moved is not new at its new place.
    new_there = target.content & ~pair.covered(target)
    new_here = source.content & ~pair.covered(source)
    runs = pair.blocks[~pair.moved]
    if source is not pair.a:
        runs = runs[:, [1, 0, 2]]
    total = 0
    for (here, there, n), (next_here, next_there, _) in itertools.pairwise(runs.tolist()):
        if int(new_here[here + n : next_here].sum()) <= instead:
            n_words = int(new_there[there + n : next_there].sum())
            total += n_words if n_words >= least else 0
    return total


__all__ = ["counterpart", "inserted_words", "longest_true", "sentence_at", "stretches"]
