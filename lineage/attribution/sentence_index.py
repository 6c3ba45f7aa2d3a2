"""Every sentence of a collection, and which others are likeliest to be its source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..match.document import Document
from ..text import rarity
from . import attribution_settings, measures


@dataclass(frozen=True, eq=False)
class SentenceIndex:
    """All sentences of a collection that can be a source or have one.

    Attributes
    ----------
    documents : tuple of Document
    text_of : ndarray of shape (n_sentences,), int64
        Place of the text of each.
    place_of : ndarray of shape (n_sentences,), int64
        Its place in the text.
    bits : dict of str to float
        How rare each stem is, in the language and in this collection; see `weigh`.
    totals : ndarray of shape (n_sentences,)
        Bits of all stems of each, at least one.
    stems : tuple of tuple of int
        Numbers of the stems of each, the rarest first.
    stem_bits : ndarray of shape (n_stems,)
        `bits` by the number of the stem.
    postings : tuple of ndarray
        For each stem the sentences that have it.
    """

    documents: tuple[Document, ...]
    text_of: np.ndarray
    place_of: np.ndarray
    bits: dict[str, float]
    totals: np.ndarray
    stems: tuple[tuple[int, ...], ...]
    stem_bits: np.ndarray
    postings: tuple[np.ndarray, ...]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs of sentences of two texts, by numbers in the index.

    Attributes
    ----------
    target, source : ndarray of shape (n_pairs,), int64
        Ascending by target, for each target the best source first.
    score : ndarray of shape (n_pairs,), float64
    """

    target: np.ndarray
    source: np.ndarray
    score: np.ndarray


def build(documents: Sequence[Document]) -> SentenceIndex:
    """List the sentences of a collection by their words.

    Parameters
    ----------
    documents : sequence of Document

    Returns
    -------
    SentenceIndex
        What belongs to the page and not to the story is left out.
    """
    text_of, place_of = [], []
    for at, document in enumerate(documents):
        for k in measures.usable(document).tolist():
            text_of.append(at)
            place_of.append(k)
    told = [documents[at].stems[k] for at, k in zip(text_of, place_of, strict=True)]
    every = [(stems, at) for at, document in enumerate(documents) for stems in document.stems]
    bits = weigh([stems for stems, _ in every], [at for _, at in every])
    number = {stem: k for k, stem in enumerate(bits)}
    listed: list[list[int]] = [[] for _ in number]
    rows: list[tuple[int, ...]] = []
    of_number = np.array(list(bits.values()))
    for row, stems in enumerate(told):
        numbers = sorted((number[stem] for stem in stems), key=lambda k: (-of_number[k], k))
        rows.append(tuple(numbers))
        for k in numbers:
            listed[k].append(row)
    totals = np.array([max(1.0, float(of_number[list(numbers)].sum())) for numbers in rows])
    return SentenceIndex(
        tuple(documents),
        np.array(text_of, dtype=np.int64),
        np.array(place_of, dtype=np.int64),
        bits,
        totals,
        tuple(rows),
        of_number,
        tuple(np.array(each, dtype=np.int64) for each in listed),
    )


def weigh(told: Sequence[frozenset[str]], text_of: Sequence[int]) -> dict[str, float]:
    """Say how rare each stem is in the language and in a collection.

    Parameters
    ----------
    told : sequence of frozenset of str
        Sentences as sets of stems.
    text_of : sequence of int
        The text of each.

    Returns
    -------
    dict of str to float
        Bits, in order of the alphabet: ``-log2`` of the share of sentences that have it, the
        two texts left out that have it most. So words that only two texts share are as rare
        as in the language, however few texts there are, and those of a form are common.
    """
    n_of: dict[str, dict[int, int]] = {}
    for stems, at in zip(told, text_of, strict=True):
        for stem in stems:
            in_text = n_of.setdefault(stem, {})
            in_text[at] = in_text.get(at, 0) + 1
    n_all = len(told)
    found = {}
    for stem in sorted(n_of):
        counts = sorted(n_of[stem].values())
        elsewhere = sum(counts[:-2])
        # A stem is no word, but about as common.
        in_language = 1.0 - math.exp(
            -attribution_settings.USUAL_LENGTH * 2.0 ** -rarity.word_bits(stem)
        )
        share = (elsewhere + attribution_settings.LANGUAGE_SENTENCES * in_language) / (
            n_all + attribution_settings.LANGUAGE_SENTENCES
        )
        found[stem] = min(
            attribution_settings.MAX_BITS,
            max(attribution_settings.SENTENCE_INDEX_MIN_BITS, -math.log2(share)),
        )
    return found


def by_words(index: SentenceIndex, n_best: int = attribution_settings.N_CANDIDATES) -> Candidates:
    """Find for each sentence those of other texts with most of its rare words.

    Parameters
    ----------
    index : SentenceIndex
    n_best : int

    Returns
    -------
    Candidates
        The score is the share of the sentence's bits that the other has, and half the share
        of the other's bits.
    """
    n = len(index.totals)
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for row, numbers in enumerate(index.stems):
        lists = [index.postings[k] for k in numbers[: attribution_settings.N_LOOKED_UP]]
        sizes = [len(each) for each in lists]
        kept = [k for k, size in enumerate(sizes) if 1 < size <= attribution_settings.MAX_POSTINGS]
        if not kept:
            found.append((_NONE, np.zeros(0)))
            continue
        weights = np.repeat(index.stem_bits[[numbers[k] for k in kept]], [sizes[k] for k in kept])
        shared = np.bincount(np.concatenate([lists[k] for k in kept]), weights, n)
        others = np.flatnonzero(shared)
        others = others[index.text_of[others] != index.text_of[row]]
        had = shared[others]
        alike = (
            had / index.totals[row] + attribution_settings.TAKEN_WEIGHT * had / index.totals[others]
        )
        found.append(_best(others, alike, n_best, attribution_settings.MIN_ALIKE))
    return _candidates(found)


_NONE = np.zeros(0, dtype=np.int64)


def _best(
    others: np.ndarray, score: np.ndarray, n_best: int, least: float
) -> tuple[np.ndarray, np.ndarray]:
    enough = score >= least
    others, score = others[enough], score[enough]
    if len(others) > n_best:
        # Of those alike none may be lost by chance: the cut is made by score and number.
        edge = np.partition(score, len(score) - n_best)[len(score) - n_best]
        near = score >= edge
        others, score = others[near], score[near]
    order = np.lexsort((others, -score))[:n_best]
    return others[order], score[order]


def _candidates(found: Sequence[tuple[np.ndarray, np.ndarray]]) -> Candidates:
    counts = [len(others) for others, _ in found]
    none: list[np.ndarray] = [_NONE]
    return Candidates(
        np.repeat(np.arange(len(found)), counts),
        np.concatenate([others for others, _ in found] or none),
        np.concatenate([score for _, score in found] or [np.zeros(0)]),
    )


__all__ = ["Candidates", "SentenceIndex", "build", "by_words", "weigh"]
