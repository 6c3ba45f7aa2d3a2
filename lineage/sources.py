"""Which sentences of its parents a sentence was made from."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import cover, similarity
from .document import BODY_ROLES, Document, once
from .pairs import Pair, SentenceMatch
from .text import rarity

# Roles that belong to the page and not to the story: they are nobody's words.
FURNITURE = frozenset({"boilerplate", "credit", "caption"})
HEADINGS = frozenset({"headline", "heading"})

# Match score from which a sentence was made from another. Among independent reports of
# one event the best match of a sentence is below .66 in 95 of 100.
MIN_SCORE = 0.66
# Where the sentences around it follow the same order, less is enough, unless there are
# numbers that the source sentence lacks: the next sentence of an update is often news.
MIN_SCORE_IN_ORDER = 0.58
ORDER_BONUS = 0.1
# A heading is a few words, and its match is a matter of one of them.
MIN_SCORE_HEADING = 0.8
# Words that another sentence has nearly as well are those of the whole story.
MIN_MARGIN_HEADING = 0.25
# Of a body sentence made from a heading; two headings are the same or they are not.
MIN_SCORE_FROM_HEADING = 1.2
VERBATIM_WEIGHT = 1.8
# All but the last word in one run: nothing is left for other sources.
SETTLED_SCORE = 1.74
# Among the many sentences of a long text some fit by accident.
MIN_FURTHER_SCORE = 0.6
# Where no single source is enough, several may be: this share of the rare words. Two
# sentences of an independent report reach it for 5 in 100 sentences.
MIN_COVER = 0.6
# A text of so few sentences that is linked was made of something; below this share not
# even its sentences can be told (of fused sentences 98 in 100 reach it).
FEW_SENTENCES = 2
MIN_COVER_OF_FEW = 0.35
# Most words in runs of equal words: not told in other words.
EDITED_SHARE = 0.5


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
    """

    document: Document
    pair: Pair
    match: SentenceMatch


@dataclass(frozen=True)
class Choice:
    """A source of a sentence, and what speaks for it.

    Attributes
    ----------
    parent, sentence : int
        Place among the parents, and of the sentence in that parent.
    margin : float
        See `cover.margins`.
    verbatim : float
        Share of the sentence's words that run verbatim in the source sentence.
    whole : float
        Share of the source sentence's words that are these.
    lexical, semantic, score : float
        As in `SentenceMatch`; `score` is what the choice was made by.
    """

    parent: int
    sentence: int
    margin: float
    verbatim: float
    whole: float
    lexical: float
    semantic: float
    score: float


def verbatim_shares(target: Document, parent: Parent) -> np.ndarray:
    """Share of each target sentence's words that run verbatim in each parent sentence.

    Returns
    -------
    ndarray of shape (n_target_sentences, n_parent_sentences)
    """
    counts = np.zeros((len(target.roles), len(parent.document.roles)))
    for start, other, n in parent.pair.runs(parent.document):
        there = parent.document.sentence_of[start : start + n]
        here = target.sentence_of[other : other + n]
        good = (there >= 0) & (here >= 0)
        np.add.at(counts, (here[good], there[good]), 1)
    return counts / _lengths(target)[:, None]


def path(target: Document, parent: Parent, verbatim: np.ndarray) -> np.ndarray:
    """Return the source sentence of each target sentence, keeping order.

    Parameters
    ----------
    target : Document
    parent : Parent
    verbatim : ndarray of shape (n_target_sentences, n_parent_sentences)
        From `verbatim_shares`.

    Returns
    -------
    ndarray of shape (n_target_sentences,), int64
        -1 for none. As `SentenceMatch.path`, with equal words counted for what they are.
    """
    score = np.maximum(parent.match.score, VERBATIM_WEIGHT * verbatim)
    return similarity.monotone_path(
        np.where(_told(target)[:, None] & _told(parent.document)[None, :], score, -1.0)
    )


@dataclass(frozen=True)
class _Options:
    """All sentences that a sentence could have been made from; one entry each."""

    parent: np.ndarray
    sentence: np.ndarray
    score: np.ndarray
    least: np.ndarray
    verbatim: np.ndarray
    whole: np.ndarray
    lexical: np.ndarray
    semantic: np.ndarray
    worth: np.ndarray


def choose(
    target: Document,
    index: int,
    role: str,
    parents: Sequence[Parent],
    verbatim: Sequence[np.ndarray],
    paths: Sequence[np.ndarray],
) -> list[Choice]:
    """Choose the few sentences that together explain a sentence.

    Parameters
    ----------
    target : Document
    index : int
        Of the sentence, which has a word and is no furniture.
    role : str
        Its role.
    parents : sequence of Parent
        The kept parents, best first.
    verbatim : sequence of ndarray
        For each parent, from `verbatim_shares`.
    paths : sequence of ndarray
        For each parent, from `path`.

    Returns
    -------
    list of Choice
        Best first, `cover.MAX_SOURCES` at most; empty where nothing is like it enough.
    """
    options = _options(target, index, role, parents, verbatim, paths)
    if not len(options.score):
        return []
    passing = options.score >= options.least
    if role in HEADINGS or float((options.score * passing).max()) >= SETTLED_SCORE:
        if not passing.any():
            return []
        best = int(np.where(passing, options.score, -np.inf).argmax())
        margin = float(options.score[best] - np.delete(options.score, best).max(initial=0.0))
        is_retold = role in HEADINGS and options.verbatim[best] < EDITED_SHARE
        if is_retold and margin < MIN_MARGIN_HEADING:
            return []
        return [_choice(options, best, margin)]
    stems = sorted(target.stems[index])
    bits = np.array([target.stem_weights[stem] for stem in stems])
    weights = bits / max(1.0, float(bits.sum()))
    # What the words of a family add is looked up for the likeliest only.
    rough = cover.COVER_WEIGHT * options.lexical + options.worth
    likely = np.argsort(-rough, kind="stable")[: 2 * cover.MAX_CANDIDATES]
    few = len(target.stems) <= FEW_SENTENCES
    tried = np.sort(likely if few else likely[options.score[likely] >= MIN_FURTHER_SCORE])
    if not len(tried):
        return []
    has = np.array(
        [
            _words_had(stems, parents[options.parent[k]].document, int(options.sentence[k]))
            for k in tried
        ]
    )
    worth = options.worth[tried]
    chosen = cover.choose(weights, has, worth)
    if not passing.any():
        covered = float(has[list(chosen)].max(axis=0) @ weights)
        if covered < (MIN_COVER_OF_FEW if few else MIN_COVER):
            return []
    apart = cover.margins(weights, has, worth, chosen)
    found = [
        _choice(options, int(tried[k]), margin) for k, margin in zip(chosen, apart, strict=True)
    ]
    return sorted(found, key=lambda each: (-each.score, each.parent, each.sentence))


def _choice(options: _Options, k: int, margin: float) -> Choice:
    return Choice(
        int(options.parent[k]),
        int(options.sentence[k]),
        margin,
        float(options.verbatim[k]),
        float(options.whole[k]),
        float(options.lexical[k]),
        float(options.semantic[k]),
        float(options.score[k]),
    )


def _options(
    target: Document,
    index: int,
    role: str,
    parents: Sequence[Parent],
    verbatim: Sequence[np.ndarray],
    paths: Sequence[np.ndarray],
) -> _Options:
    parts = []
    for number, parent in enumerate(parents):
        match, document = parent.match, parent.document
        usable = _usable(document)
        same = verbatim[number][index, usable]
        # A run of equal words is stronger than any similarity measured.
        score = np.maximum(match.score[index, usable], VERBATIM_WEIGHT * same)
        bonus = np.where(usable == paths[number][index], ORDER_BONUS, 0.0)
        has_numbers = _has_numbers(target, index, document)[usable]
        enough = np.where(has_numbers, MIN_SCORE_IN_ORDER, MIN_SCORE)
        least = np.where(bonus > 0, enough + bonus, MIN_SCORE)
        if role in HEADINGS:
            least = np.where(same < EDITED_SHARE, MIN_SCORE_HEADING, least)
        else:
            # A source's own heading is answered by headings, not by the body below it.
            least = np.where(
                _headings(document)[usable], np.maximum(least, MIN_SCORE_FROM_HEADING), least
            )
        semantic = match.semantic[index, usable]
        worth = (
            match.score[index, usable]
            - match.lexical[index, usable]
            + cover.PAIRS_WEIGHT * _pairs_had(target, index, document)[usable]
            - cover.PRICE
            + bonus
        )
        # What is no answer by itself is none in company.
        worth = np.where(least >= MIN_SCORE_FROM_HEADING, -1.0, worth)
        parts.append(
            (
                np.full(len(usable), number),
                usable,
                score + bonus,
                least,
                same,
                same * len(target.sentence_words[index]) / _lengths(document)[usable],
                match.lexical[index, usable],
                semantic,
                worth,
            )
        )
    if not parts:
        return _Options(*(np.zeros(0) for _ in range(9)))
    return _Options(*(np.concatenate(each) for each in zip(*parts, strict=True)))


@once
def _told(document: Document) -> np.ndarray:
    """Which sentences are of the story, headings apart."""
    return np.array([role in BODY_ROLES for role in document.roles], dtype=bool)


@once
def _usable(document: Document) -> np.ndarray:
    """Indices of the sentences that can be a source."""
    return np.array(
        [
            k
            for k, role in enumerate(document.roles)
            if role not in FURNITURE and len(document.sentence_words[k]) > 0
        ],
        dtype=np.int64,
    )


@once
def _lengths(document: Document) -> np.ndarray:
    """Words of each sentence, at least one."""
    return np.array([max(1, len(inside)) for inside in document.sentence_words])


@once
def _numbers(document: Document) -> list[frozenset[str]]:
    """Words with digits of each sentence."""
    return [
        frozenset(document.words[k] for k in inside if document.words[k][0].isdigit())
        for inside in document.sentence_words
    ]


def _has_numbers(target: Document, index: int, source: Document) -> np.ndarray:
    """Which source sentences have all the numbers of a sentence."""
    mine = _numbers(target)[index]
    return np.array([mine <= theirs for theirs in _numbers(source)], dtype=bool)


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


@once
def _families(document: Document) -> list[dict[str, list[str]]]:
    return [cover.families(sorted(stems)) for stems in document.stems]


def _pairs_had(target: Document, index: int, source: Document) -> np.ndarray:
    """Share of a sentence's word pairs that each source sentence has."""
    mine = _stem_pairs(target)[index]
    there = _sentences_with(source)
    counts = np.zeros(len(source.roles))
    for each in mine:
        for sentence in there.get(each, ()):
            counts[sentence] += 1
    return counts / max(1, len(mine))


def _words_had(stems: Sequence[str], source: Document, sentence: int) -> list[float]:
    there, beginnings = source.stems[sentence], _families(source)[sentence]
    return [cover.has_word(stem, there, beginnings) for stem in stems]
