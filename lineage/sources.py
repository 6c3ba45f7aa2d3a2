"""Which sentences of its parents a sentence was made from."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import cover, similarity
from .document import Document, once
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
# Words that another sentence has nearly as well are those of the whole story. Chosen on nine
# headings of known source: right ones are ahead by .27 and more, four of six wrong ones by less.
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


def measure(target: Document, parent: Parent, fitted: cover.Weights | None = None) -> Measured:
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
    by = cover.load() if fitted is None else fitted
    match, document = parent.match, parent.document
    usable = _usable(document)
    shares = _verbatim_shares(target, parent)
    same = shares[:, usable]
    plain, lexical = match.score[:, usable], match.lexical[:, usable]
    # A run of equal words is stronger than any similarity measured.
    score = np.maximum(plain, VERBATIM_WEIGHT * same)
    in_order = usable[None, :] == _path(match, shares)[:, None]
    bonus = np.where(in_order, ORDER_BONUS, 0.0)
    enough = np.where(_have_numbers(target, document)[:, usable], MIN_SCORE_IN_ORDER, MIN_SCORE)
    least = np.where(in_order, enough + bonus, MIN_SCORE)
    # A source's own heading is answered by headings, not by the body below it.
    from_heading = np.where(
        _headings(document)[usable], np.maximum(least, MIN_SCORE_FROM_HEADING), least
    )
    of_heading = np.where(same < EDITED_SHARE, MIN_SCORE_HEADING, least)
    least = np.where(_headings(target)[:, None], of_heading, from_heading)
    worth = plain - lexical + by.pairs * _pairs_had(target, document)[:, usable] - by.price + bonus
    return Measured(
        usable,
        score + bonus,
        least,
        same,
        same * _n_words(target)[:, None] / _lengths(document)[usable],
        lexical,
        match.semantic[:, usable],
        # What is no answer by itself is none in company.
        np.where(least >= MIN_SCORE_FROM_HEADING, -1.0, worth),
        shares.max(axis=1, initial=0.0),
    )


def _verbatim_shares(target: Document, parent: Parent) -> np.ndarray:
    """Share of each target sentence's words that run verbatim in each parent sentence."""
    n_target, n_source = len(target.roles), len(parent.document.roles)
    counts = np.zeros(n_target * n_source)
    for start, other, n in parent.pair.runs(parent.document).tolist():
        there = parent.document.sentence_of[start : start + n]
        here = target.sentence_of[other : other + n]
        good = (there >= 0) & (here >= 0)
        np.add.at(counts, here[good] * n_source + there[good], 1)
    return counts.reshape(n_target, n_source) / _lengths(target)[:, None]


def _path(match: SentenceMatch, shares: np.ndarray) -> np.ndarray:
    """The path of the match, with equal words counted for what they are."""
    same = VERBATIM_WEIGHT * shares
    if not (match.may_match & (same > match.score)).any():
        return match.path
    score = np.maximum(match.score, same)
    return similarity.monotone_path(np.where(match.may_match, score, -1.0))


@dataclass(frozen=True)
class _Options:
    """All sentences that one sentence could have been made from; one entry each."""

    parent: np.ndarray
    sentence: np.ndarray
    score: np.ndarray
    least: np.ndarray
    verbatim: np.ndarray
    whole: np.ndarray
    lexical: np.ndarray
    semantic: np.ndarray
    worth: np.ndarray


def _options(index: int, measured: Sequence[Measured]) -> _Options:
    parts = [
        (
            np.full(len(each.usable), number),
            each.usable,
            each.score[index],
            each.least[index],
            each.verbatim[index],
            each.whole[index],
            each.lexical[index],
            each.semantic[index],
            each.worth[index],
        )
        for number, each in enumerate(measured)
    ]
    if len(parts) == 1:
        return _Options(*parts[0])
    if not parts:
        return _Options(*(np.zeros(0) for _ in range(9)))
    return _Options(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def choose(
    target: Document,
    index: int,
    role: str,
    parents: Sequence[Parent],
    measured: Sequence[Measured],
    fitted: cover.Weights | None = None,
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
    measured : sequence of Measured
        For each parent, from `measure`.
    fitted : Weights, optional
        Those that it was measured by.

    Returns
    -------
    list of Choice
        Best first, three at most; empty where nothing is like it enough.
    """
    by = cover.load() if fitted is None else fitted
    options = _options(index, measured)
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
    rough = by.words * options.lexical + options.worth
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
    chosen = cover.choose(weights, has, worth, by)
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


@once
def _families(document: Document) -> list[dict[str, list[str]]]:
    return [cover.families(sorted(stems)) for stems in document.stems]


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


def _words_had(stems: Sequence[str], source: Document, sentence: int) -> list[float]:
    there, beginnings = source.stems[sentence], _families(source)[sentence]
    return [cover.has_word(stem, there, beginnings) for stem in stems]
