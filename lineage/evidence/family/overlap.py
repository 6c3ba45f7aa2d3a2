"""What the texts of a story have in common, counted for all pairs at once.

Word n-grams become columns of a matrix with one row a text, so that every measure is
a few array operations in place of a loop over pairs of counters.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .. import evidence_settings

# Two texts say nothing of which words are common among many.
_TOO_FEW = 2


@dataclass(frozen=True)
class Grams:
    """Word n-grams of all texts.

    Attributes
    ----------
    counts : ndarray of shape (n, n_shared), float32
        How often each text has each n-gram, for the n-grams that two or more texts have.
    texts_with : ndarray of shape (n_shared,), float64
        How many texts have it.
    totals : ndarray of shape (n,), float64
        All n-grams of each text, repetitions counted; at least one.
    alone_weight : ndarray of shape (n,), float64
        Summed `idf` of the n-grams that this text alone has.
    idf : ndarray of shape (n_shared,), float64
        ``ln((n + 1) / texts_with)``.
    """

    counts: np.ndarray
    texts_with: np.ndarray
    totals: np.ndarray
    alone_weight: np.ndarray
    idf: np.ndarray


def number_words(texts: Sequence[Sequence[str]]) -> list[np.ndarray]:
    """Give every distinct word a number.

    Parameters
    ----------
    texts : sequence of sequence of str

    Returns
    -------
    list of ndarray of int64
        One array a text; numbers count up from zero in order of first appearance.
    """
    known: dict[str, int] = {}
    return [
        np.array([known.setdefault(word, len(known)) for word in words], dtype=np.int64)
        for words in texts
    ]


def count_grams(numbered: Sequence[np.ndarray], size: int) -> Grams:
    """Count the n-grams of every text.

    Parameters
    ----------
    numbered : sequence of ndarray of int64
        Words as numbers, see `number_words`.
    size : int
        Words an n-gram.

    Returns
    -------
    Grams
    """
    n = len(numbered)
    n_words = 1 + max((int(each.max()) for each in numbered if len(each)), default=0)
    keys = [_gram_keys(each, size, n_words) for each in numbered]
    owner = np.repeat(np.arange(n), [len(each) for each in keys])
    distinct, column = np.unique(np.concatenate(keys), return_inverse=True)
    cells, times = np.unique(owner * max(1, len(distinct)) + column, return_counts=True)
    rows, columns = np.divmod(cells, max(1, len(distinct)))
    texts_with = np.bincount(columns, minlength=len(distinct)).astype(float)
    # With two texts everything shared is in all of them, and rarity means nothing.
    idf = np.log((n + 1) / texts_with) if n > _TOO_FEW else np.ones(len(distinct))
    shared = texts_with > 1
    place = np.cumsum(shared) - 1
    counts = np.zeros((n, int(shared.sum())), dtype=np.float32)
    kept = shared[columns]
    counts[rows[kept], place[columns[kept]]] = times[kept]
    alone = np.bincount(rows[~kept], weights=(idf[columns] * times)[~kept], minlength=n)
    totals = np.maximum(1, [len(each) for each in keys]).astype(float)
    return Grams(counts, texts_with[shared], totals, alone, idf[shared])


def _gram_keys(words: np.ndarray, size: int, n_words: int) -> np.ndarray:
    length = max(0, len(words) - size + 1)
    keys = np.zeros(length, dtype=np.int64)
    for k in range(size):
        keys = keys * n_words + words[k : k + length]
    return keys


def shared_weight(grams: Grams, weight: np.ndarray | None = None) -> np.ndarray:
    """Sum over n-grams the smaller of two texts' counts.

    Parameters
    ----------
    grams : Grams
    weight : ndarray of shape (n_shared,), optional
        Of each n-gram; one for all where left out.

    Returns
    -------
    ndarray of shape (n, n), float64
        Symmetric; the diagonal is each text with itself.
    """
    n, n_shared = grams.counts.shape
    found = np.zeros((n, n))
    for start in range(0, n_shared, evidence_settings.BLOCK):
        block = grams.counts[:, start : start + evidence_settings.BLOCK]
        worth = (
            np.ones(block.shape[1])
            if weight is None
            else weight[start : start + evidence_settings.BLOCK]
        )
        for k in range(n):
            found[k, : k + 1] += np.minimum(block[: k + 1], block[k]) @ worth
    return np.tril(found) + np.tril(found, -1).T


def containment(grams: Grams) -> np.ndarray:
    """Return the share of the column's n-grams that the row has, shape (n, n).

    References
    ----------
    .. [1] A. Z. Broder, "On the resemblance and containment of documents", 1997.
    """
    return shared_weight(grams) / grams.totals[None, :]


def weighted_jaccard(grams: Grams) -> np.ndarray:
    """Return the resemblance of texts, n-grams weighted by `idf`, shape (n, n)."""
    common = shared_weight(grams, grams.idf)
    own = grams.counts @ grams.idf + grams.alone_weight
    either = own[:, None] + own[None, :] - common
    return common / np.maximum(1e-9, either)


def held_by_few(grams: Grams) -> np.ndarray:
    """Sum over the n-grams of two texts one over the number of other texts that have it."""
    has = (grams.counts > 0).astype(float)
    return (has / (grams.texts_with - 1)) @ has.T


def shared_share(pairs: Grams, numbered: Sequence[np.ndarray]) -> np.ndarray:
    """Return the share of each text's distinct word pairs that any other has, shape (n,)."""
    distinct = [
        len(set(zip(each[:-1].tolist(), each[1:].tolist(), strict=True))) for each in numbered
    ]
    return (pairs.counts > 0).sum(axis=1) / np.maximum(1, distinct)


def held(grams: Grams) -> np.ndarray:
    """Return the share that each text has of the n-grams that two or more have, shape (n,).

    One is added to both counts, so that the share is above zero.
    """
    return ((grams.counts > 0).sum(axis=1) + 1.0) / (grams.counts.shape[1] + 1.0)


def common_between(grams: Grams) -> np.ndarray:
    """Count for three texts the n-grams of the first and the third that the second lacks.

    Parameters
    ----------
    grams : Grams

    Returns
    -------
    ndarray of shape (n, n, n), float64
        ``[r, a, b]``: n-grams in `r` and `b`, not in `a`. Those that every text has are
        left out, and so are those that one text alone has.
    """
    n = len(grams.totals)
    has = grams.counts[:, grams.texts_with < n] > 0
    # Versions of one text have few patterns of who has what: count each pattern once.
    patterns, times = np.unique(np.packbits(has, axis=0), axis=1, return_counts=True)
    has = np.unpackbits(patterns, axis=0, count=n).astype(np.float32)
    counted = has * times.astype(np.float32)
    both = counted @ has.T
    all_three = np.stack([(counted * row) @ has.T for row in has])
    return (both[:, None, :] - all_three).astype(float)


@dataclass(frozen=True)
class RareWords:
    """What texts share of their rarer words.

    Attributes
    ----------
    contained : ndarray of shape (n, n)
        Share of the column's distinct words, by weight, that the row has.
    jaccard : ndarray of shape (n, n)
        Shared weight over the weight of either.
    """

    contained: np.ndarray
    jaccard: np.ndarray


def share_rare_words(numbered: Sequence[np.ndarray], bits: Sequence[np.ndarray]) -> RareWords:
    """Compare vocabularies, every distinct word weighted by its rarity in the language.

    Parameters
    ----------
    numbered : sequence of ndarray of int64
        Words as numbers.
    bits : sequence of ndarray of float64
        Rarity of the same words; a word counts by what it has above
        `COMMON_WORD_BITS`.

    Returns
    -------
    RareWords
    """
    n_words = 1 + max((int(each.max()) for each in numbered if len(each)), default=0)
    weight = np.zeros(n_words)
    has = np.zeros((len(numbered), n_words))
    for k, (each, rarity) in enumerate(zip(numbered, bits, strict=True)):
        weight[each] = np.maximum(0.0, rarity - evidence_settings.COMMON_WORD_BITS)
        has[k, each] = 1.0
    common = (has * weight) @ has.T
    own = np.maximum(1e-9, has @ weight)
    either = np.maximum(1e-9, own[:, None] + own[None, :] - common)
    return RareWords(common / own[None, :], common / either)


def log_share(share: np.ndarray) -> np.ndarray:
    """Return the natural logarithm of a share; below one in fifty all are alike."""
    return np.log(np.clip(share, 0.02, 1.0))


def distance(similarity: np.ndarray) -> np.ndarray:
    """Return one minus a similarity, zero on the diagonal.

    Two texts are never closer than .002, or ratios of distances would blow up between
    texts that differ in one word.
    """
    found = np.clip(1.0 - similarity, 0.002, 1.0)
    np.fill_diagonal(found, 0.0)
    return found


def log_ratio(numerator: float, denominator: float) -> float:
    """Return ``ln`` of a ratio of path lengths, each a little above zero."""
    return math.log((numerator + 0.02) / (denominator + 0.02))
