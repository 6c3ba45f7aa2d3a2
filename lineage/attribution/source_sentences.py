"""Which sentences of its parents a sentence was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..match.document import Document, once
from ..text import rarity
from . import attribution_settings, measures, source_sets


@dataclass(frozen=True)
class Choice:
    """A source of a sentence, and what speaks for it.

    Attributes
    ----------
    parent, sentence : int
        Place among the parents, and of the sentence in that parent.
    margin : float
        See `source_sets.margins`.
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


def _options(index: int, measured: Sequence[measures.Measured]) -> _Options:
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
    parents: Sequence[measures.Parent],
    measured: Sequence[measures.Measured],
    fitted: source_sets.Weights | None = None,
    prior: np.ndarray | None = None,
    *,
    is_open: bool = False,
) -> list[Choice]:
    """Choose the few sentences that together explain a sentence.

    Parameters
    ----------
    target : Document
    index : int
        Of the sentence, which has a word and is not of the page around the story.
    role : str
        Its role.
    parents : sequence of Parent
        The kept parents, best first.
    measured : sequence of Measured
        For each parent, from `measure`.
    fitted : Weights, optional
        Those that it was measured by.
    prior : ndarray of shape (n_parents,), optional
        Probability that the text was made from each; certain where left out.
    is_open : bool
        Whether the best are chosen however little they explain: whoever asks knows how sure
        they must be. Of headings and their like only what is alike enough, all the same.

    Returns
    -------
    list of Choice
        Best first, three at most; empty where nothing is like it enough.
    """
    by = source_sets.load() if fitted is None else fitted
    options = _options(index, measured)
    if not len(options.score):
        return []
    doubt = np.zeros(len(options.score))
    if prior is not None:
        doubt = (
            attribution_settings.PRIOR_WORTH
            * np.log(np.maximum(prior, attribution_settings.MIN_PRIOR))
        )[options.parent]
    passing = options.score >= options.least
    if (
        role in measures.HEADINGS
        or float((options.score * passing).max()) >= attribution_settings.SETTLED_SCORE
    ):
        if not passing.any():
            return []
        best = int(np.where(passing, options.score + doubt, -np.inf).argmax())
        others = options.parent == options.parent[best]
        others[best] = False
        margin = float(options.score[best] - options.score[others].max(initial=0.0))
        is_retold = (
            role in measures.HEADINGS and options.verbatim[best] < attribution_settings.EDITED_SHARE
        )
        if is_retold and margin < attribution_settings.MIN_MARGIN_HEADING:
            return []
        return [_choice(options, best, margin)]
    stems = sorted(target.stems[index])
    bits = np.array([target.stem_weights[stem] for stem in stems])
    weights = bits / max(1.0, float(bits.sum()))
    # What the words of a family add is looked up for the likeliest only.
    full_worth = options.worth + doubt
    rough = by.words * options.lexical + full_worth
    likely = np.argsort(-rough, kind="stable")[: 2 * attribution_settings.MAX_CANDIDATES]
    few = len(target.stems) <= attribution_settings.FEW_SENTENCES
    strong = options.score >= (
        attribution_settings.MIN_OPEN_SCORE if is_open else attribution_settings.MIN_FURTHER_SCORE
    )
    tried = np.sort(likely if few else likely[strong[likely]])
    if not len(tried):
        return []

    def words_of(places: np.ndarray) -> np.ndarray:
        from_whom = zip(options.parent[places], options.sentence[places], strict=True)
        return np.array([_words_had(stems, parents[p].document, int(k)) for p, k in from_whom])

    has = words_of(tried)
    chosen = source_sets.choose(weights, has, full_worth[tried], by)
    weak = likely[~strong[likely] & (options.lexical[likely] >= attribution_settings.PHRASE_SHARE)]
    if passing.any() and not few and len(weak):
        place = {stem: k for k, stem in enumerate(stems)}
        order = [place[rarity.stem(target.words[k])] for k in target.sentence_words[index]]
        theirs = words_of(weak)
        more = (theirs - has[list(chosen)].max(axis=0)) * weights
        telling = rarity.bits(stems) >= attribution_settings.FUNCTION_BITS
        phrases = [phrase(*each, order) for each in zip(more, theirs * telling, strict=True)]
        of_phrase = [
            share >= attribution_settings.PHRASE_SHARE and n >= attribution_settings.PHRASE_WORDS
            for share, n in phrases
        ]
        if any(of_phrase):
            tried, has = np.append(tried, weak[of_phrase]), np.vstack([has, theirs[of_phrase]])
            chosen = source_sets.choose(weights, has, full_worth[tried], by)
    worth = full_worth[tried]
    if not passing.any() and not is_open:
        covered = float(has[list(chosen)].max(axis=0) @ weights)
        if covered < (
            attribution_settings.MIN_COVER_OF_FEW if few else attribution_settings.MIN_COVER
        ):
            return []
    apart = source_sets.margins(weights, has, worth, chosen, options.parent[tried])
    found = [
        _choice(options, int(tried[k]), margin) for k, margin in zip(chosen, apart, strict=True)
    ]
    if len(found) == 1 and parents[found[0].parent].is_update and _is_news(found[0]):
        return []
    return sorted(found, key=lambda each: (-each.score, each.parent, each.sentence))


def _is_news(choice: Choice) -> bool:
    """Whether a sentence of an update tells something new of what the source sentence is about."""
    is_kept = (
        choice.verbatim >= attribution_settings.EDITED_SHARE
        or choice.lexical >= attribution_settings.MIN_UPDATE_WORDS
    )
    return not is_kept and choice.semantic < attribution_settings.MIN_UPDATE_MEANING


def phrase(more: np.ndarray, has: np.ndarray, order: Sequence[int]) -> tuple[float, int]:
    """Find the part of a sentence that speaks most for a further source.

    Parameters
    ----------
    more : ndarray of shape (n_stems,)
        Worth of each stem that it has and the better sources lack, below zero for one that
        they have and it lacks. A stem counts where it stands first.
    has : ndarray of shape (n_stems,)
        Above zero for stems that it has and that count.
    order : sequence of int
        The stem of each word of the sentence.

    Returns
    -------
    (float, int)
        Worth of the contiguous words that are worth most, and how many of them count. Of
        parts worth the same the one that ends first, of these the shortest.

    References
    ----------
    .. [1] J. Bentley, "Programming pearls: algorithm design techniques", CACM 27, 1984
       (the contiguous part of largest sum).
    """
    most = worth = 0.0
    n_most = n_words = 0
    told: set[int] = set()
    for stem in order:
        worth += 0.0 if stem in told else float(more[stem])
        told.add(stem)
        n_words += int(has[stem] > 0)
        if worth <= 0:
            worth, n_words = 0.0, 0
        elif worth > most:
            most, n_most = worth, n_words
    return most, n_most


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
def _families(document: Document) -> list[dict[str, list[str]]]:
    return [source_sets.families(sorted(stems)) for stems in document.stems]


def _words_had(stems: Sequence[str], source: Document, sentence: int) -> list[float]:
    there, beginnings = source.stems[sentence], _families(source)[sentence]
    return [source_sets.has_word(stem, there, beginnings) for stem in stems]
