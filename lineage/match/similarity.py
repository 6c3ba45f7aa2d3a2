"""How alike two sentences are, by rare words and by meaning, and which answers which."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..text import rarity
from . import match_settings


def stem_weights(sides: Sequence[Sequence[frozenset[str]]]) -> dict[str, float]:
    """Weigh every stem by rarity in the language and among these sentences.

    Parameters
    ----------
    sides : sequence of sequences of frozenset of str
        Sentences as sets of stems, a sequence for each text.

    Returns
    -------
    dict of str to float
        Bits, at least `LEAST_BITS`. A stem that stands in many sentences of one text
        (the name of the person whom it is about) weighs less.

    References
    ----------
    .. [1] K. Sparck Jones, "A statistical interpretation of term specificity", 1972.
    """
    most: dict[str, int] = {}
    for sentences in sides:
        counted: dict[str, int] = {}
        for stems in sentences:
            for stem in stems:
                counted[stem] = counted.get(stem, 0) + 1
        for stem, count in counted.items():
            most[stem] = max(most.get(stem, 0), count)
    return {
        stem: max(
            match_settings.LEAST_BITS,
            min(rarity.word_bits(stem), match_settings.SIMILARITY_RARE_BITS)
            - match_settings.SIMILARITY_COMMON_BITS
            - math.log2(count),
        )
        for stem, count in most.items()
    }


@dataclass(frozen=True)
class Bags:
    """The sentences of a text as sets of stems, made ready for comparison.

    Attributes
    ----------
    listed : tuple of tuple of str
        The stems of each sentence in order of the alphabet.
    vocabulary : dict of str to int
        Every stem and its column.
    rows, columns : ndarray of shape (n_stems_of_sentences,), int64
        The sentence and the column of each stem in `listed`.
    """

    listed: tuple[tuple[str, ...], ...]
    vocabulary: dict[str, int]
    rows: np.ndarray
    columns: np.ndarray


def bags(sentences: Sequence[frozenset[str]]) -> Bags:
    """Make sentences ready for `overlap` and `totals`.

    Parameters
    ----------
    sentences : sequence of frozenset of str
        Sentences as sets of stems.

    Returns
    -------
    Bags
    """
    # Sorted, because a sum of floats depends on its order and that of a set on the run.
    listed = tuple(tuple(sorted(stems)) for stems in sentences)
    vocabulary = {stem: k for k, stem in enumerate(sorted(frozenset().union(*sentences)))}
    rows = [row for row, stems in enumerate(listed) for _ in stems]
    columns = [vocabulary[stem] for stems in listed for stem in stems]
    return Bags(
        listed, vocabulary, np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
    )


def overlap(target: Bags, source: Bags, weights: Mapping[str, float]) -> np.ndarray:
    """Weight of the stems that each pair of sentences shares.

    Parameters
    ----------
    target, source : Bags
    weights : mapping of str to float
        From `stem_weights`.

    Returns
    -------
    ndarray of shape (n_target, n_source), float64
        In bits.
    """
    common = sorted(target.vocabulary.keys() & source.vocabulary.keys())
    if not common:
        return np.zeros((len(target.listed), len(source.listed)))
    weighted = _incidence(target, common) * np.array([weights[stem] for stem in common])
    return weighted @ _incidence(source, common).T


def totals(sentences: Bags, weights: Mapping[str, float]) -> np.ndarray:
    """Weight of all stems of each sentence, at least one bit, shape (n_sentences,)."""
    return np.array([max(1.0, sum(map(weights.__getitem__, stems))) for stems in sentences.listed])


def _incidence(sentences: Bags, common: Sequence[str]) -> np.ndarray:
    place = np.full(len(sentences.vocabulary), -1, dtype=np.int64)
    place[[sentences.vocabulary[stem] for stem in common]] = np.arange(len(common))
    at = place[sentences.columns]
    known = at >= 0
    has = np.zeros((len(sentences.listed), len(common)))
    has[sentences.rows[known], at[known]] = 1.0
    return has


def joined_weights(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Return `stem_weights` of two texts together, from those of each.

    Parameters
    ----------
    one, other : mapping of str to float

    Returns
    -------
    dict of str to float
        A stem weighs what it does in the text where it is more common.
    """
    joined = dict(other)
    for stem, weight in one.items():
        known = joined.get(stem)
        if known is None or weight < known:
            joined[stem] = weight
    return joined


def monotone_path(score: np.ndarray) -> np.ndarray:
    """Assign to each target sentence one source sentence or none, keeping order.

    Parameters
    ----------
    score : ndarray of shape (n_target, n_source)
        How well each pair matches; `GAP_SCORE` is the score of no match.

    Returns
    -------
    ndarray of shape (n_target,), int64
        Index of the source sentence, -1 for none.

    Notes
    -----
    Viterbi search over the position in the source: several targets may take one source
    (a split), sources may be left out, and the path may jump back at `BACK_PRICE`, so
    that a swapped paragraph is found and a lone better-looking match elsewhere is not.
    A gap keeps the position.

    References
    ----------
    .. [1] R. Barzilay, N. Elhadad, "Sentence alignment for monolingual comparable
       corpora", EMNLP 2003.
    """
    n_target, n_source = score.shape
    if n_target == 0 or n_source == 0:
        return np.full(n_target, -1, dtype=np.int64)
    place = np.arange(n_source)
    # Row: where it goes; column: where it comes from.
    step = place[:, None] - place[None, :]
    price = np.where(
        step < 0, match_settings.BACK_PRICE, np.where(step > 1, match_settings.SKIP_PRICE, 0.0)
    )
    best = np.zeros(n_source)
    came_from = np.zeros((n_target, n_source), dtype=np.int64)
    matched = np.zeros((n_target, n_source), dtype=bool)
    for row in range(n_target):
        arrive = best[None, :] - price
        origin = arrive.argmax(axis=1)
        match = arrive[place, origin] + score[row]
        gap = best + match_settings.GAP_SCORE
        matched[row] = match > gap
        came_from[row] = np.where(matched[row], origin, place)
        best = np.where(matched[row], match, gap)
    path = np.full(n_target, -1, dtype=np.int64)
    at = int(best.argmax())
    for row in range(n_target - 1, -1, -1):
        if matched[row, at]:
            path[row] = at
        at = int(came_from[row, at])
    return path
