"""How every sentence of a text compares with every sentence of one parent."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from ..match import similarity
from ..match.document import Document, once
from ..match.pairs import Pair, SentenceMatch
from ..text import rarity
from . import attribution_settings, source_sets

# Roles that belong to the page and not to the story: they are nobody's words.
SURROUNDING_ROLES = frozenset({"boilerplate", "credit", "caption", "correction"})
HEADINGS = frozenset({"headline", "heading"})


@dataclass(frozen=True)
class Parent:
    """One possible origin of a text's sentences.

    Attributes
    ----------
    document : Document
        The parent.
    pair : Pair
        Its word alignment with the child.
    match : SentenceMatch
        The child's sentences matched to its own.
    is_update : bool
        Whether the child is a later version of it by the same publisher.
    """

    document: Document
    pair: Pair
    match: SentenceMatch
    is_update: bool = False


@dataclass(frozen=True)
class Measured:
    """All sentences of a target against the usable ones of one parent.

    Attributes
    ----------
    usable : ndarray of shape (n_usable,), int64
        Sentences of the parent that can be a source.
    score, least : ndarray of shape (n_target, n_usable)
        What a choice is made by, and how much of it makes a source.
    verbatim, whole, lexical, semantic : ndarray of shape (n_target, n_usable)
        As in `Choice`.
    worth : ndarray of shape (n_target, n_usable)
        What a source is worth beyond the words that it covers.
    most_verbatim : ndarray of shape (n_target,)
        Share of each sentence that runs in any one sentence of the parent.
    in_order : ndarray of shape (n_target, n_usable), bool
        Pairs of sentences that stand in the order in which the texts go on.
    """

    usable: np.ndarray
    score: np.ndarray
    least: np.ndarray
    verbatim: np.ndarray
    whole: np.ndarray
    lexical: np.ndarray
    semantic: np.ndarray
    worth: np.ndarray
    most_verbatim: np.ndarray
    in_order: np.ndarray


def measure(
    target: Document, parent: Parent, fitted: source_sets.Weights | None = None
) -> Measured:
    """Measure every sentence of a text against those of one parent.

    Parameters
    ----------
    target : Document
    parent : Parent
    fitted : Weights, optional
        Of the cover; the packaged ones where left out.

    Returns
    -------
    Measured
    """
    by = source_sets.load() if fitted is None else fitted
    match, document = parent.match, parent.document
    places = usable(document)
    shares = _verbatim_shares(target, parent)
    same = shares[:, places]
    plain, lexical = match.score[:, places], match.lexical[:, places]
    # A run of equal words is stronger than any similarity measured.
    score = np.maximum(plain, attribution_settings.VERBATIM_WEIGHT * same)
    in_order = places[None, :] == _path(match, shares)[:, None]
    bonus = np.where(in_order, attribution_settings.ORDER_BONUS, 0.0)
    enough = np.where(
        _have_numbers(target, document)[:, places],
        attribution_settings.MIN_SCORE_IN_ORDER,
        attribution_settings.MIN_SCORE,
    )
    least = np.where(in_order, enough + bonus, attribution_settings.MIN_SCORE)
    # A source's own heading is answered by headings, not by the body below it.
    from_heading = np.where(
        _headings(document)[places],
        np.maximum(least, attribution_settings.MIN_SCORE_FROM_HEADING),
        least,
    )
    of_heading = np.where(
        same < attribution_settings.EDITED_SHARE, attribution_settings.MIN_SCORE_HEADING, least
    )
    least = np.where(_headings(target)[:, None], of_heading, from_heading)
    worth = plain - lexical + by.pairs * _pairs_had(target, document)[:, places] - by.price + bonus
    return Measured(
        places,
        score + bonus,
        least,
        same,
        same * _n_words(target)[:, None] / _lengths(document)[places],
        lexical,
        match.semantic[:, places],
        # What is no answer by itself is none in company.
        np.where(least >= attribution_settings.MIN_SCORE_FROM_HEADING, -1.0, worth),
        shares.max(axis=1, initial=0.0),
        in_order,
    )


def _verbatim_shares(target: Document, parent: Parent) -> np.ndarray:
    """Share of each target sentence's words that run verbatim in each parent sentence."""
    n_target, n_source = len(target.roles), len(parent.document.roles)
    if not len(parent.pair.blocks):
        return np.zeros((n_target, n_source))
    of_source, of_target, _ = parent.pair.words_of_runs(parent.document)
    there, here = parent.document.sentence_of[of_source], target.sentence_of[of_target]
    good = (there >= 0) & (here >= 0)
    counts = np.bincount(here[good] * n_source + there[good], minlength=n_target * n_source)
    return counts.reshape(n_target, n_source) / _lengths(target)[:, None]


def _path(match: SentenceMatch, shares: np.ndarray) -> np.ndarray:
    """The path of the match, with equal words counted for what they are."""
    same = attribution_settings.VERBATIM_WEIGHT * shares
    if not (match.may_match & (same > match.score)).any():
        return match.path
    score = np.maximum(match.score, same)
    return similarity.monotone_path(np.where(match.may_match, score, -1.0))


@once
def usable(document: Document) -> np.ndarray:
    """Indices of the sentences that can be a source."""
    return np.array(
        [
            k
            for k, role in enumerate(document.roles)
            if role not in SURROUNDING_ROLES and len(document.sentence_words[k]) > 0
        ],
        dtype=np.int64,
    )


@once
def _n_words(document: Document) -> np.ndarray:
    """Words of each sentence."""
    return np.array([len(inside) for inside in document.sentence_words])


@once
def _lengths(document: Document) -> np.ndarray:
    """Words of each sentence, at least one."""
    return np.maximum(1, _n_words(document))


@once
def _numbers(document: Document) -> list[frozenset[str]]:
    """Words with digits of each sentence."""
    return [
        frozenset(document.words[k] for k in inside if document.words[k][0].isdigit())
        for inside in document.sentence_words
    ]


def _have_numbers(target: Document, source: Document) -> np.ndarray:
    """Which source sentences have all the numbers of each sentence."""
    theirs = _numbers(source)
    having = np.ones((len(target.roles), len(source.roles)), dtype=bool)
    for row, mine in enumerate(_numbers(target)):
        if mine:
            having[row] = [mine <= each for each in theirs]
    return having


@once
def _headings(document: Document) -> np.ndarray:
    """Which sentences are headings."""
    return np.array([role in HEADINGS for role in document.roles], dtype=bool)


@once
def _stem_pairs(document: Document) -> list[frozenset[tuple[str, str]]]:
    """For every sentence its pairs of neighbouring stems."""
    stems = [rarity.stem(word) for word in document.words]
    return [
        frozenset((stems[i], stems[j]) for i, j in itertools.pairwise(inside.tolist()))
        for inside in document.sentence_words
    ]


@once
def _sentences_with(document: Document) -> dict[tuple[str, str], list[int]]:
    """The sentences that have a pair of neighbouring stems."""
    found: dict[tuple[str, str], list[int]] = {}
    for sentence, listed in enumerate(_stem_pairs(document)):
        for each in listed:
            found.setdefault(each, []).append(sentence)
    return found


def _pairs_had(target: Document, source: Document) -> np.ndarray:
    """Share of each sentence's word pairs that each source sentence has."""
    mine, theirs = _sentences_with(target), _sentences_with(source)
    counts = np.zeros((len(target.roles), len(source.roles)))
    for each in mine.keys() & theirs.keys():
        for row in mine[each]:
            for column in theirs[each]:
                counts[row, column] += 1
    n_pairs = [max(1, len(listed)) for listed in _stem_pairs(target)]
    return counts / np.array(n_pairs)[:, None]
