"""What finds a text among very many: its rare words, and fingerprints of its runs of words."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..text import rarity, words
from . import match_settings

# What is made here is kept on disk by archives: whoever changes it, or the words of
# `words.split_words`, counts this up, and archives build their index anew.
VERSION = 1

_PRIME, _SHIFT = np.uint64(0x100000001B3), np.uint64(29)


@dataclass(frozen=True, eq=False)
class Marks:
    """What a text is found by.

    Attributes
    ----------
    rare : tuple of str
        Its rare words, sorted.
    runs : ndarray of shape (n_runs,), uint32
        Fingerprints of its runs of words, ascending, each once.
    n_words : int
    """

    rare: tuple[str, ...]
    runs: np.ndarray
    n_words: int


def marks(text: str) -> Marks:
    """Take from a text what it is found by among very many.

    Two texts that have `match_settings.SURE_RUN` words in a row in common have a fingerprint in
    common: of each window of runs, the one with the smallest hash is kept [1]_.

    Parameters
    ----------
    text : str
        As supplied.

    Returns
    -------
    Marks

    References
    ----------
    .. [1] S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for document
       fingerprinting", 2003.

    Examples
    --------
    >>> from lineage.match import word_runs
    >>> found = word_runs.marks("The harbour crane fell on Tuesday night, the port said.")
    >>> found.rare[:2]
    ('crane', 'fell')
    >>> found.n_words, len(found.runs)
    (10, 1)
    """
    cut = words.split_words(text).words
    return Marks(rare_words(cut), fingerprints(cut), len(cut))


def rare_words(cut: Sequence[str]) -> tuple[str, ...]:
    """Return the distinct rare words of a text, sorted.

    Parameters
    ----------
    cut : sequence of str
        Normalised words.

    Returns
    -------
    tuple of str
        By their rarity in English: what is rare there, and common in the language of the text,
        finds more than it should, and that is weighed by how many texts have it.

    Notes
    -----
    Stems would find one relative in a hundred more, at a third of the speed.
    """
    return tuple(sorted(filter(_is_rare, set(cut))))


def fingerprints(cut: Sequence[str]) -> np.ndarray:
    """Return the fingerprints of the runs of words of a text.

    Parameters
    ----------
    cut : sequence of str
        Normalised words.

    Returns
    -------
    ndarray of shape (n_runs,), uint32
        Ascending, each once; none of a text shorter than `match_settings.HASHED_RUN` words.
    """
    size = match_settings.HASHED_RUN
    length = len(cut) - size + 1
    if length <= 0:
        return np.zeros(0, dtype=np.uint32)
    of_words = np.fromiter(map(_hash, cut), dtype=np.uint64, count=len(cut))
    hashes = np.zeros(length, dtype=np.uint64)
    for k in range(size):
        hashes = hashes * _PRIME + of_words[k : k + length]
        hashes ^= hashes >> _SHIFT
    hashes *= _PRIME
    window = match_settings.SURE_RUN - size + 1
    if length <= window:
        kept = hashes.min(keepdims=True)
    else:
        kept = np.lib.stride_tricks.sliding_window_view(hashes, window).min(axis=1)
    return np.unique((kept >> np.uint64(32)).astype(np.uint32))


@functools.lru_cache(maxsize=200_000)
def _is_rare(word: str) -> bool:
    if word[0].isdigit():
        return len(word) >= match_settings.FINDING_DIGITS
    return rarity.word_bits(word) >= match_settings.FINDING_BITS


@functools.lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
