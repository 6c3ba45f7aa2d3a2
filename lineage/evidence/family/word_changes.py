"""How two texts of a story differ word by word, and which days they mention."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...text import align, rarity
from .. import evidence_settings

# How dates are written.
_YEAR_DIGITS, _DAY_DIGITS, _MONTHS_A_YEAR, _MOST_DAYS = 4, 2, 12, 31

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
MONTHS = {name: k for k, name in enumerate(_MONTHS)}


@dataclass(frozen=True)
class Changes:
    """Word differences of all pairs, from the blocks of difflib.

    Attributes
    ----------
    ratio : ndarray of shape (n, n)
        Twice the words in shared runs of `MIN_RUN_WORDS` or more, over the words of
        both; symmetric.
    longest_run : ndarray of shape (n, n)
        Words; symmetric.
    insertions : ndarray of shape (n, n)
        ``[a, b]``: places where `b` has words and `a` has nothing instead.
    inserted_words : ndarray of shape (n, n)
        ``[a, b]``: words in those of `BLOCK_WORDS` or more.
    replaced : ndarray of shape (n, n)
        Of the words that one of the two has alone, the share that stands where the
        other has as many of its own; symmetric. Whoever edits puts passages in and takes
        them out; whoever rephrases puts words in the place of words.
    mended : ndarray of shape (n, n)
        ``[a, b]``: misspelt words of `a` that stand correctly in `b`, less those that it
        is the other way round with; antisymmetric.
    """

    ratio: np.ndarray
    longest_run: np.ndarray
    insertions: np.ndarray
    inserted_words: np.ndarray
    replaced: np.ndarray
    mended: np.ndarray


def compare(
    numbered: Sequence[np.ndarray],
    words: Sequence[Sequence[str]] = (),
    bits: Sequence[np.ndarray] = (),
    aligned: Mapping[tuple[int, int], np.ndarray] | None = None,
) -> Changes:
    """Align the words of every two texts.

    Parameters
    ----------
    numbered : sequence of ndarray of int64
        Words as numbers.
    words : sequence of sequence of str, optional
        The same words; misspellings are not counted without.
    bits : sequence of ndarray of float64, optional
        Their rarity in the language.
    aligned : mapping of (int, int) to ndarray of shape (n_blocks, 3), optional
        Runs of equal words of texts that were aligned before, the smaller index first.

    Returns
    -------
    Changes
    """
    n = len(numbered)
    ratio, longest = np.zeros((n, n)), np.zeros((n, n))
    insertions, inserted, replaced = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    mended = np.zeros((n, n))
    n_misspelt = n_different = 0
    texts = [each.tolist() for each in numbered]
    for a, b in itertools.combinations(range(n), 2):
        blocks = (aligned or {}).get((a, b))
        if blocks is None:
            found = align.matching_blocks(texts[a], texts[b])
            blocks = np.array(found, dtype=np.int64).reshape(-1, 3)
        runs = blocks[:, 2]
        copied = int(runs[runs >= evidence_settings.MIN_RUN_WORDS].sum())
        ratio[a, b] = ratio[b, a] = 2 * copied / max(1, len(texts[a]) + len(texts[b]))
        longest[a, b] = longest[b, a] = runs.max(initial=0)
        # What stands before each block on either side, and after the last one.
        ends = np.concatenate((np.zeros((1, 2), np.int64), blocks[:, :2] + blocks[:, 2:]))
        starts = np.concatenate((blocks[:, :2], [[len(texts[a]), len(texts[b])]]))
        gap_a, gap_b = (starts - ends).T
        only_b, only_a = gap_b[gap_a == 0], gap_a[gap_b == 0]
        insertions[a, b], insertions[b, a] = (only_b > 0).sum(), (only_a > 0).sum()
        inserted[a, b] = only_b[only_b >= evidence_settings.BLOCK_WORDS].sum()
        inserted[b, a] = only_a[only_a >= evidence_settings.BLOCK_WORDS].sum()
        exchanged = 2 * np.minimum(gap_a, gap_b).sum()
        replaced[a, b] = replaced[b, a] = exchanged / max(1, (gap_a + gap_b).sum())
        if words and _is_listed(bits[a]) and _is_listed(bits[b]):
            places = [
                (i + k, j + k)
                for (i, j), size, other in zip(ends.tolist(), gap_a, gap_b, strict=True)
                if size == other and size <= evidence_settings.MISSPELLED_GAP
                for k in range(size)
            ]
            signs = [
                _mended(words[a][i], words[b][j], float(bits[a][i]), float(bits[b][j]))
                for i, j in places
            ]
            mended[a, b], mended[b, a] = sum(signs), -sum(signs)
            n_misspelt += 2 * sum(map(abs, signs))
            n_different += int((gap_a + gap_b).sum())
    if n_misspelt > evidence_settings.MAX_MISSPELLED_SHARE * n_different:
        mended[:] = 0.0
    return Changes(ratio, longest, insertions, inserted, replaced, mended)


def _is_listed(bits: np.ndarray) -> bool:
    """Whether the frequency list knows the language of a text."""
    return (
        float(np.mean(bits >= rarity.UNLISTED_BITS)) <= evidence_settings.MAX_UNLISTED
        if len(bits)
        else False
    )


def _mended(word: str, other: str, bits: float, other_bits: float) -> int:
    """One where `word` is a misspelling of `other`, minus one the other way round."""
    sign = 1
    if bits < other_bits:
        word, other, bits, other_bits, sign = other, word, other_bits, bits, -1
    if bits < rarity.UNLISTED_BITS or other_bits >= evidence_settings.KNOWN_BITS:
        return 0
    if min(len(word), len(other)) < evidence_settings.MISSPELLED_LETTERS or other[0].isdigit():
        return 0
    if _edits(word, other) > evidence_settings.MISSPELLED_EDITS or rarity.stem(word) == rarity.stem(
        other
    ):
        return 0  # another form of the word is no misspelling
    return sign


def _edits(word: str, other: str) -> int:
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(word, other, score_cutoff=evidence_settings.MISSPELLED_EDITS))


def mentioned_days(words: Sequence[str]) -> frozenset[float]:
    """Find the years that a text mentions, with month and day where they stand with it.

    Parameters
    ----------
    words : sequence of str
        In normalised form.

    Returns
    -------
    frozenset of float
        Years; a month adds twelfths and a day of the month one four-hundredth each.
        A bare year is smaller than any day in it.
    """
    found = set()
    for k, word in enumerate(words):
        if len(word) != _YEAR_DIGITS or not (word.isascii() and word.isdigit()):
            continue
        year = int(word)
        if evidence_settings.FIRST_YEAR <= year <= evidence_settings.LAST_YEAR:
            found.add(year + _within_year(words, k))
    return frozenset(found)


def _within_year(words: Sequence[str], at: int) -> float:
    before = [words[at - k] if at >= k else "" for k in (1, 2)]
    if before[0] in MONTHS:  # "March 2018", "3 March 2018"
        return MONTHS[before[0]] / 12 + _day(before[1]) / 400
    if before[1] in MONTHS and _day(before[0]) > 0:  # "March 3, 2018"
        return MONTHS[before[1]] / 12 + _day(before[0]) / 400
    after = [*words[at + 1 : at + 3], "", ""][:2]
    if (
        len(after[0]) == _DAY_DIGITS and after[0].isdigit() and 1 <= int(after[0]) <= _MONTHS_A_YEAR
    ):  # 2018-03-03
        return (int(after[0]) - 1) / 12 + _day(after[1]) / 400
    return 0.0


def _day(word: str) -> int:
    day = int(word) if word.isascii() and word.isdigit() and len(word) <= _DAY_DIGITS else 0
    return day if day <= _MOST_DAYS else 0


def last_day(days: frozenset[float]) -> float:
    """Return the latest of the days; 0.0 when none is mentioned."""
    return max(days, default=0.0)


def fresh_days(days: Sequence[frozenset[float]]) -> np.ndarray:
    """Count the days that one text mentions and another does not.

    Parameters
    ----------
    days : sequence of frozenset of float
        Of each text.

    Returns
    -------
    ndarray of shape (n, n)
        ``[a, b]``: days of `b` that `a` lacks.
    """
    return np.array([[len(other - own) for other in days] for own in days], dtype=float)


def recent_days(days: Sequence[frozenset[float]]) -> np.ndarray:
    """Count the days that a text mentions of the last years that any text mentions.

    Parameters
    ----------
    days : sequence of frozenset of float
        Of each text.

    Returns
    -------
    ndarray of shape (n,)
    """
    last = max((last_day(each) for each in days), default=0.0)
    return np.array(
        [sum(day > last - evidence_settings.RECENT_YEARS for day in each) for each in days],
        dtype=float,
    )


def later_days(days: Sequence[frozenset[float]]) -> np.ndarray:
    """Tell for which pairs the one text mentions a day after any that the other does.

    Parameters
    ----------
    days : sequence of frozenset of float
        Of each text.

    Returns
    -------
    ndarray of shape (n, n)
        ``[a, b]``: one where `b` mentions a day after the last of `a`, minus one where
        it is the other way round; zero where either mentions none.
    """
    last = np.array([last_day(each) for each in days])
    known = last > 0
    apart = np.sign(last[None, :] - last[:, None])
    return np.where(known[:, None] & known[None, :], apart, 0.0)
