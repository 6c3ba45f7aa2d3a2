"""Which pairs of texts are worth a look: those that share what few texts have."""

from __future__ import annotations

import itertools

import numpy as np

from . import background, match_settings
from .background import Background


def find(known: Background) -> np.ndarray:
    """List the pairs of texts that are worth a look.

    Parameters
    ----------
    known : Background

    Returns
    -------
    ndarray of shape (n_pairs, 2), int64
        Indices of texts, the smaller one first; ascending. The number is linear in that of
        texts.
    """
    n = known.n
    if n <= match_settings.COMPARE_ALL:
        every = list(itertools.combinations(range(n), 2))
        return np.array(every, dtype=np.int64).reshape(-1, 2)
    scores = [_Holders(known, name) for name in ("stems", "pairs")]
    chosen: set[tuple[int, int]] = set()
    for k in range(n):
        weight = sum((each.shared_with(k) for each in scores), np.zeros(n))
        total = sum((each.totals for each in scores), np.zeros(n))
        weight[k] = 0.0
        share = weight / np.sqrt(np.maximum(total, 1.0))
        for score, most in (
            (weight, match_settings.BEST_BY_WEIGHT),
            (share, match_settings.BEST_BY_SHARE),
        ):
            best = _best(score, most, known)
            chosen.update((min(k, other), max(k, other)) for other in best)
    return np.array(sorted(chosen), dtype=np.int64).reshape(-1, 2)


def _best(score: np.ndarray, most: int, known: Background) -> list[int]:
    if len(score) > 4 * most:
        least = np.partition(score, -most)[-most]
        some = np.flatnonzero(score >= max(least, 1e-9))
    else:
        some = np.flatnonzero(score > 0)
    # Ties go by what the texts are, not by where they stand.
    ranked = sorted(some.tolist(), key=lambda k: (-score[k], known.texts[k].key))
    return ranked[:most]


class _Holders:
    """Who has each of the rarer words or pairs of words."""

    def __init__(self, known: Background, name: str) -> None:
        n = known.n
        limit = max(match_settings.LEAST_HOLDERS, int(match_settings.MOST_SHARE_OF_TEXTS * n))
        grams = [getattr(each, name) for each in known.texts]
        kept = [(each.n_texts > 1) & (each.n_texts <= limit) for each in grams]
        keys = np.concatenate([each.keys[k] for each, k in zip(grams, kept, strict=True)])
        owner = np.repeat(np.arange(n), [int(k.sum()) for k in kept])
        _, place = np.unique(keys, return_inverse=True)
        most = match_settings.MOST_WORD_BITS if name == "stems" else match_settings.MOST_PAIR_BITS
        worth = np.concatenate(
            [
                np.maximum(background.surprise(g.language[k], g.n_texts[k] - 2, n, most) - 3.0, 0.0)
                for g, k in zip(grams, kept, strict=True)
            ]
        )
        order = np.argsort(place, kind="stable")
        self._n = n
        self._owner = owner[order]
        self._ends = np.searchsorted(place[order], np.arange(len(keys) + 1))
        bounds = np.searchsorted(owner, np.arange(n + 1))
        self._own = [slice(bounds[k], bounds[k + 1]) for k in range(n)]
        self._place, self._worth = place, worth
        self.totals = np.bincount(owner, weights=worth, minlength=n)

    def shared_with(self, k: int) -> np.ndarray:
        place, worth = self._place[self._own[k]], self._worth[self._own[k]]
        first, last = self._ends[place], self._ends[place + 1]
        sizes = last - first
        at = np.repeat(first - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        at = at + np.arange(len(at))
        return np.bincount(self._owner[at], weights=np.repeat(worth, sizes), minlength=self._n)
