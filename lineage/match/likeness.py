"""What two texts have in common, as numbers that a fit can weigh."""

from __future__ import annotations

import bisect
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from . import background, match_settings
from .background import Background, Grams, Text

NAMES = (
    "words_language",
    "words",
    "words_most",
    "words_least",
    "names",
    "names_most",
    "names_least",
    "n_names",
    "numbers",
    "numbers_most",
    "n_numbers",
    "own_facts",
    "other_facts",
    "form",
    "facts",
    "pairs_language",
    "pairs",
    "pairs_most",
    "pairs_least",
    "runs_language",
    "runs",
    "longest_language",
    "longest",
    "covered_most",
    "covered_least",
    "quoted",
    "sentences_most",
    "sentences_least",
    "n_sentences",
    "best_sentence",
    "in_order",
    "n_words_least",
    "n_words_most",
)

# Bits of what two texts have in common, in a language as it is at large, and the unit in which the
# logarithm of one more than them is a feature.
UNITS: Mapping[str, float] = {
    "words_language": 10.0,
    "numbers": 10.0,
    "runs_language": 20.0,
    "sentences_most": 5.0,
}


@dataclass(frozen=True, eq=False)
class _Shared:
    """Which of two texts' grams both have, and what each weighs.

    ``met_*`` says that the other text has it, ``in_*`` that one of the two tells it besides.
    """

    in_a: np.ndarray
    in_b: np.ndarray
    met_a: np.ndarray
    met_b: np.ndarray
    place_b: np.ndarray
    bits_a: np.ndarray
    bits_b: np.ndarray

    @property
    def sum(self) -> float:
        return float(self.bits_a[self.in_a].sum())


def _share(
    a: Grams,
    b: Grams,
    n: int,
    most: float,
    usual: float,
    told: tuple[np.ndarray, np.ndarray] | None = None,
) -> _Shared:
    """Match grams; where `told` says so of either, what both only quote is not shared."""
    place = np.searchsorted(b.keys, a.keys)
    place[place == len(b.keys)] = 0
    met_a = b.keys[place] == a.keys if len(b.keys) > 0 else np.zeros(len(a.keys), dtype=bool)
    in_a = met_a
    if told is not None and len(b.keys) > 0:
        in_a = met_a & (told[0] | told[1][place])
    in_b, met_b = (np.zeros(len(b.keys), dtype=bool) for _ in range(2))
    in_b[place[in_a]] = True
    met_b[place[met_a]] = True
    bits = [
        np.maximum(background.surprise(each.language, each.n_texts - 1 - has, n, most) - usual, 0.0)
        for each, has in ((a, met_a), (b, met_b))
    ]
    return _Shared(in_a, in_b, met_a, met_b, place, bits[0], bits[1])


def measure(known: Background, first: int, second: int) -> np.ndarray:
    """Measure what two texts have in common.

    Parameters
    ----------
    known : Background
    first, second : int
        Indices of texts, in any order.

    Returns
    -------
    ndarray of shape (len(NAMES),), float64
    """
    a, b = sorted((known.texts[first], known.texts[second]), key=lambda each: each.key)
    found = (
        *_vocabulary(a, b, known.n),
        *_pairs(a, b, known.n),
        *_runs(a, b),
        *_answers(a, b, known.n),
        math.log(max(1, min(a.n_words, b.n_words))),
        math.log(max(1, max(a.n_words, b.n_words))),
    )
    return np.array(found, dtype=np.float64)


def shared_bits(features: np.ndarray) -> np.ndarray:
    """Add up what pairs have in common: rare words, numbers, runs of words, answering sentences.

    Parameters
    ----------
    features : ndarray of shape (n_pairs, len(NAMES))

    Returns
    -------
    ndarray of shape (n_pairs,), float64
        Bits; a word of a run counts in both.
    """
    found = [unit * np.expm1(features[:, NAMES.index(name)]) for name, unit in UNITS.items()]
    return np.sum(found, axis=0)


def _log(bits: float, unit: float) -> float:
    return math.log1p(bits / unit)


def _shares(common: float, one: float, other: float, least: float) -> tuple[float, float]:
    shares = common / max(least, one), common / max(least, other)
    return max(shares), min(shares)


def _vocabulary(a: Text, b: Text, n: int) -> tuple[float, ...]:
    one, other = a.vocabulary, b.vocabulary
    told = (a.word_told, b.word_told)
    both = _share(one, other, n, match_settings.MOST_WORD_BITS, match_settings.USUAL_BITS, told)
    has = both.in_a
    language = np.maximum(one.language - match_settings.BACKGROUND_COMMON_BITS, 0.0)
    plain = has & ~a.is_number
    share = _shares(both.sum, both.bits_a.sum(), both.bits_b.sum(), match_settings.LEAST_WORD_BITS)
    # What is a name in one text may stand in capitals in the other, or without any.
    name_a = a.is_name | (both.met_a & _taken(b.is_name, both))
    name_b = b.is_name.copy()
    if a.is_cased != b.is_cased:
        name_b[both.place_b[both.met_a & name_a]] = True
    n_names = int((has & name_a).sum())
    names = (
        int(a.is_name.sum()) if a.is_cased else int(name_a.sum()),
        int(name_b.sum()),
    )
    n_numbers = int((has & a.is_number).sum())
    numbers = int(a.is_number.sum()), int(b.is_number.sum())
    fact_a, fact_b = name_a | a.is_number, name_b | b.is_number
    own = (fact_a & ~both.met_a).sum(), (fact_b & ~both.met_b).sum()
    own_a, own_b = both.bits_a[fact_a & ~both.met_a], both.bits_b[fact_b & ~both.met_b]
    own_bits = min(own_a.sum(), own_b.sum())
    shared_bits = float(both.bits_a[has & fact_a].sum())
    apart = max(0.0, 1.0 - 3.0 * shared_bits / max(1.0, shared_bits + own_bits))
    return (
        _log(float(language[plain].sum()), UNITS["words_language"]),
        _log(float(both.bits_a[plain].sum()), 10.0),
        *share,
        _log(float(both.bits_a[has & name_a].sum()), 10.0),
        n_names / max(3, min(names)),
        n_names / max(3, *names),
        math.log1p(min(names)),
        _log(float(both.bits_a[has & a.is_number].sum()), UNITS["numbers"]),
        n_numbers / max(2, min(numbers)),
        math.log1p(min(numbers)),
        math.log1p(min(own)),
        _log(float(own_bits), 10.0) * apart,
        _form(a, b, both),
        _log(shared_bits, 10.0),
    )


def _form(a: Text, b: Text, both: _Shared) -> float:
    """How far two texts are one form filled in twice: the same phrases about other facts."""
    # What many texts have is part of the form.
    others = np.maximum(a.vocabulary.n_texts[both.in_a & a.is_fact] - 2, 0)
    shared = float((1.0 / (1.0 + others / match_settings.HALF_HOLDERS)).sum())
    own = min(int((a.is_fact & ~both.met_a).sum()), int((b.is_fact & ~both.met_b).sum()))
    apart = max(0.0, 1.0 - 2.0 * shared / max(1.0, shared + own)) * min(
        1.0, own / match_settings.FORM_FACTS
    )
    if apart == 0.0:
        return 0.0
    n_shared = len(np.intersect1d(a.pairs.keys, b.pairs.keys, assume_unique=True))
    phrases = n_shared / max(10, min(len(a.pairs.keys), len(b.pairs.keys)))
    return phrases * apart


def _taken(of_b: np.ndarray, both: _Shared) -> np.ndarray:
    return of_b[both.place_b] if len(of_b) > 0 else np.zeros(len(both.in_a), dtype=bool)


def _pairs(a: Text, b: Text, n: int) -> tuple[float, ...]:
    told = (a.pair_told, b.pair_told)
    both = _share(a.pairs, b.pairs, n, match_settings.MOST_PAIR_BITS, 0.0, told)
    language = np.minimum(a.pairs.language, match_settings.MOST_PAIR_BITS)
    return (
        _log(float(language[both.in_a].sum()), 20.0),
        _log(both.sum, 20.0),
        *_shares(both.sum, both.bits_a.sum(), both.bits_b.sum(), match_settings.LEAST_PAIR_BITS),
    )


def _runs(a: Text, b: Text) -> tuple[float, ...]:
    both = _share(a.runs, b.runs, 0, math.inf, 0.0)
    other_told = _taken(b.is_told, both)
    narrated = both.in_a & (a.is_told | other_told)
    everywhere = np.ones(len(a.runs.keys))
    few = 1.0 / (1.0 + np.maximum(a.runs.n_texts - 2, 0) / match_settings.HALF_HOLDERS)
    language, rare = _cover(a, narrated, everywhere), _cover(a, narrated, few)
    share = _shares(language.n_words, a.n_told, b.n_told, match_settings.LEAST_TOLD)
    return (
        _log(language.bits, UNITS["runs_language"]),
        _log(rare.bits, 20.0),
        _log(language.longest, 20.0),
        _log(rare.longest, 20.0),
        *(min(1.0, each) for each in share),
        _log(_cover(a, both.in_a & ~narrated, everywhere).bits, 20.0),
    )


@dataclass(frozen=True)
class _Cover:
    bits: float = 0.0
    longest: float = 0.0
    n_words: int = 0


def _cover(text: Text, runs: np.ndarray, weight: np.ndarray) -> _Cover:
    """Words of a text that lie in some of its runs, each by the best run that it is in."""
    if not runs.any():
        return _Cover()
    begins = np.where(runs[text.run_at], weight[text.run_at], 0.0)
    worth = np.zeros(text.n_words)
    for k in range(background.RUN):
        part = worth[k : k + len(begins)]
        np.maximum(part, begins, out=part)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (worth > 0).astype(int), [0]))))
    summed = np.concatenate(([0.0], np.cumsum(worth * text.bits)))
    longest = (summed[edges[1::2]] - summed[edges[::2]]).max()
    return _Cover(float(summed[-1]), float(longest), int((worth > 0).sum()))


def _answers(a: Text, b: Text, n: int) -> tuple[float, ...]:
    """Sentences that have rare words of a sentence of the other text, not both from a mouth."""
    both = _share(
        a.stems, b.stems, n, match_settings.MOST_WORD_BITS, match_settings.CHANCE_STEM_BITS
    )
    common = np.flatnonzero(both.in_a)
    if len(common) == 0 or len(a.sentences) == 0 or len(b.sentences) == 0:
        return (0.0,) * 5
    has_a, said_a = _incidence(a, common)
    has_b, said_b = _incidence(b, both.place_b[common])
    bits = both.bits_a[common]
    shared = (has_a * bits) @ has_b.T - (said_a * bits) @ said_b.T
    total_a = np.array([both.bits_a[each].sum() for each in a.sentences])
    total_b = np.array([both.bits_b[each].sum() for each in b.sentences])
    least = match_settings.LEAST_SENTENCE_BITS
    size = np.sqrt(np.maximum(total_a, least)[:, None] * np.maximum(total_b, least)[None, :])
    likeness = shared / size
    worth = np.maximum(shared - match_settings.CHANCE_BITS, 0.0) * likeness
    of_a, of_b = worth.max(axis=1), worth.max(axis=0)
    answered = likeness.max(axis=1) > match_settings.ANSWER_SHARE
    n_answered = int(answered.sum())
    in_order = _longest_increasing(likeness.argmax(axis=1)[answered])
    sums = sorted((float(of_a.sum()), float(of_b.sum())))
    return (
        _log(sums[1], UNITS["sentences_most"]),
        _log(sums[0], 5.0),
        n_answered / max(2, min(len(a.sentences), len(b.sentences))),
        _log(float(of_a.max()), 5.0),
        in_order - 2.0 * math.sqrt(n_answered)
        if n_answered >= match_settings.MIN_ANSWERED
        else 0.0,
    )


def _incidence(text: Text, stems: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which sentences have which stems, and where only as what somebody said."""
    column = np.full(len(text.stems.keys), -1, dtype=np.int64)
    column[stems] = np.arange(len(stems))
    has = np.zeros((len(text.sentences), len(stems)))
    said = np.zeros_like(has)
    told = text.sentences_told
    for row, (each, told_here) in enumerate(zip(text.sentences, told, strict=True)):
        at = column[each]
        there = at >= 0
        has[row, at[there]] = 1.0
        said[row, at[there]] = ~told_here[there]
    return has, said


def _longest_increasing(places: np.ndarray) -> int:
    best: list[int] = []
    for place in places.tolist():
        at = bisect.bisect_right(best, place)
        best[at : at + 1] = [place]
    return len(best)
