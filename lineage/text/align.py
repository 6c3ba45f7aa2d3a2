"""Word alignment with the meaning of difflib, and what was moved.

The blocks are those of ``difflib.SequenceMatcher(None, a, b, autojunk=False)``:
the longest run of equal words first, then the same to its left and right [1]_.
A passage that changed places is lost to that recursion, so what it leaves over is
aligned again.

References
----------
.. [1] J. W. Ratcliff, D. E. Metzener, "Pattern matching: the gestalt approach",
   Dr. Dobb's Journal, 1988.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

try:
    from cydifflib import SequenceMatcher as _Matcher
except ImportError:  # pure Python gives the same blocks, 4 to 8 times slower
    from difflib import SequenceMatcher as _Matcher

# A moved run shorter than this is found between any two texts of one language:
# "in the case of", "said in a statement".
MIN_MOVED_WORDS = 5
# Each pass takes the longest runs; what changed places more often than this is
# confetti, not a moved passage.
MAX_MOVED_PASSES = 4


@dataclass(frozen=True)
class Alignment:
    """Runs of equal words between two texts, in order of the first.

    Attributes
    ----------
    blocks : ndarray of shape (n_blocks, 3), int64
        Start in the first text, start in the second, length; all in words. No two
        blocks share a word on either side.
    moved : ndarray of shape (n_blocks,), bool
        True where the run stands out of order (found after the first pass).
    plain : ndarray of shape (n_plain, 3), int64
        The runs of the first pass, as indices into the two sequences.
    """

    blocks: np.ndarray
    moved: np.ndarray
    plain: np.ndarray


def matching_blocks(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Return the runs of equal items that difflib finds, in order.

    Parameters
    ----------
    a, b : sequence of hashable
        Usually the normalised words of two texts.

    Returns
    -------
    list of (int, int, int)
        ``(i, j, n)``: ``a[i:i + n] == b[j:j + n]``; the closing dummy of difflib is
        left out. Empty when either side is.

    Notes
    -----
    ``autojunk`` is off: with it difflib drops every item that makes up more than
    1 % of a sequence of 200 or more, which for words means "the".
    """
    matcher = _Matcher(None, a, b, autojunk=False)
    return [(int(i), int(j), int(n)) for i, j, n in matcher.get_matching_blocks() if n > 0]


def align(
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    *,
    a_positions: np.ndarray | None = None,
    b_positions: np.ndarray | None = None,
) -> Alignment:
    """Align two word sequences, moved passages included.

    Parameters
    ----------
    a, b : sequence of hashable
        The words to align.
    a_positions, b_positions : ndarray of int, optional
        Where each word stands in its text, increasing; needed when words were left
        out (boilerplate), so that no run reaches across a gap. Positions are
        returned in place of indices.

    Returns
    -------
    Alignment
        Blocks in order of the first text.
    """
    where_a = np.arange(len(a)) if a_positions is None else np.asarray(a_positions)
    where_b = np.arange(len(b)) if b_positions is None else np.asarray(b_positions)
    first = matching_blocks(a, b)
    found = [(i, j, n, False) for i, j, n in first]
    for _ in range(MAX_MOVED_PASSES):
        moved = _moved_blocks(a, b, found)
        if not moved:
            break
        found += moved
    pieces = [
        piece
        for i, j, n, was_moved in found
        for piece in _unbroken(where_a[i : i + n], where_b[j : j + n], was_moved)
    ]
    pieces.sort()
    blocks = np.array([piece[:3] for piece in pieces], dtype=np.int64).reshape(-1, 3)
    plain = np.array(first, dtype=np.int64).reshape(-1, 3)
    return Alignment(blocks, np.array([piece[3] for piece in pieces], dtype=bool), plain)


def _moved_blocks(
    a: Sequence[Hashable], b: Sequence[Hashable], found: list[tuple[int, int, int, bool]]
) -> list[tuple[int, int, int, bool]]:
    """Align what is left over; a run may not reach across what was found before."""
    left_a = _left_over(len(a), [(i, n) for i, _, n, _ in found])
    left_b = _left_over(len(b), [(j, n) for _, j, n, _ in found])
    if len(left_a) < MIN_MOVED_WORDS or len(left_b) < MIN_MOVED_WORDS:
        return []
    again = matching_blocks([a[i] for i in left_a], [b[j] for j in left_b])
    moved = []
    for start_a, start_b, n in again:
        if n < MIN_MOVED_WORDS:
            continue
        in_a = left_a[start_a : start_a + n]
        in_b = left_b[start_b : start_b + n]
        moved += [piece for piece in _unbroken(in_a, in_b, True) if piece[2] >= MIN_MOVED_WORDS]
    return moved


def _left_over(length: int, taken: list[tuple[int, int]]) -> np.ndarray:
    free = np.ones(length, dtype=bool)
    for start, n in taken:
        free[start : start + n] = False
    return np.flatnonzero(free)


def _unbroken(
    in_a: np.ndarray, in_b: np.ndarray, was_moved: bool
) -> list[tuple[int, int, int, bool]]:
    """Cut a run wherever either side jumps."""
    last = len(in_a) - 1
    if in_a[last] - in_a[0] == last == in_b[last] - in_b[0]:
        return [(int(in_a[0]), int(in_b[0]), last + 1, was_moved)]
    jumps = (np.diff(in_a) != 1) | (np.diff(in_b) != 1)
    cuts = np.concatenate(([0], np.flatnonzero(jumps) + 1, [len(in_a)]))
    return [
        (int(in_a[start]), int(in_b[start]), int(end - start), was_moved)
        for start, end in itertools.pairwise(cuts)
    ]
