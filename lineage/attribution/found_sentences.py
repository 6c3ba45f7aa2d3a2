"""What one text has for every sentence of another: how alike, in which words, how surely."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..match import pairs, similarity
from ..match.document import Document, once
from ..text import rarity
from . import attribution_settings, confidence, measures, source_sets


@dataclass(frozen=True, eq=False)
class Answers:
    """One text looked up in another.

    Attributes
    ----------
    target : Document
    parent : Parent
        The text that it is looked up in, with its alignment and matched sentences.
    measured : Measured
        All sentences of the target against those of the source that can be one.
    shared : ndarray of shape (n_target, n_usable)
        Bits of the stems that two sentences share, rare ones of the collection.
    target_bits : ndarray of shape (n_target,)
        Bits of all stems of each sentence, at least one.
    source_bits : ndarray of shape (n_usable,)
    run : ndarray of shape (n_target, n_usable)
        Bits of the longest run of equal words of narration.
    alone : ndarray of shape (n_target, n_usable)
        What each sentence is worth as the only source.
    """

    target: Document
    parent: measures.Parent
    measured: measures.Measured
    shared: np.ndarray
    target_bits: np.ndarray
    source_bits: np.ndarray
    run: np.ndarray
    alone: np.ndarray

    @property
    def source(self) -> Document:
        """The text that it is looked up in."""
        return self.parent.document

    @property
    def pair(self) -> pairs.Pair:
        """The word alignment of the two texts."""
        return self.parent.pair

    @functools.cached_property
    def column_of(self) -> dict[int, int]:
        """The column of each sentence of the source that can be one."""
        return {int(k): at for at, k in enumerate(self.measured.usable)}

    @functools.cached_property
    def told(self) -> np.ndarray:
        """Which sentences of the target can have a source, shape (n_target,), bool."""
        can = np.zeros(len(self.target.roles), dtype=bool)
        can[measures.usable(self.target)] = True
        return can if len(self.measured.usable) else np.zeros_like(can)

    @functools.cached_property
    def best(self) -> np.ndarray:
        """The column of the sentence that is worth most, shape (n_target,)."""
        if not len(self.measured.usable):
            return np.zeros(len(self.target.roles), dtype=np.int64)
        return np.asarray(self.alone.argmax(axis=1))

    @functools.cached_property
    def margin(self) -> np.ndarray:
        """By how much the best is before the next, or before none."""
        if not len(self.measured.usable):
            return np.zeros(len(self.target.roles))
        ordered = np.sort(self.alone, axis=1)
        second = ordered[:, -2] if ordered.shape[1] > 1 else np.zeros(len(ordered))
        return np.asarray(ordered[:, -1] - np.maximum(second, 0.0))

    @functools.cached_property
    def near(self) -> np.ndarray:
        """The sentences of the source that are worth most, shape (n_target, up to `N_NEAR`)."""
        ranked = np.argsort(-self.alone, axis=1, kind="stable")[:, : attribution_settings.N_NEAR]
        return np.asarray(self.measured.usable[ranked])

    @functools.cached_property
    def _of_best(self) -> np.ndarray:
        rows = np.flatnonzero(self.told)
        return self.features(rows, self.best[rows], self.margin[rows])

    @functools.cached_property
    def p_sentence(self) -> np.ndarray:
        """Probability that the best is the source, if the text was made from that text."""
        found = np.zeros(len(self.target.roles))
        if self.told.any():
            found[self.told] = confidence.load().sentence.p(self._of_best)
        return found

    @functools.cached_property
    def drawn(self) -> np.ndarray:
        """Log odds in nats that a sentence was drawn from the best; NaN where not looked for."""
        found = np.full(len(self.target.roles), np.nan)
        if self.told.any():
            found[self.told] = confidence.load().drawn.log_odds(self._of_best)
        return found

    @functools.cached_property
    def proof(self) -> np.ndarray:
        """Probability that a run of equal words of narration is no chance, by sentence."""
        if not len(self.measured.usable):
            return np.zeros(len(self.target.roles))
        return proof_of(self.run.max(axis=1))

    def features(
        self, rows: np.ndarray, columns: np.ndarray, margin: Sequence[float] | np.ndarray
    ) -> np.ndarray:
        """Return what `confidence` judges pairs of sentences by.

        Parameters
        ----------
        rows, columns : ndarray of shape (n_pairs,), int64
            The sentence of the target, and the place in `measured.usable`.
        margin : ndarray of shape (n_pairs,)
            By how much each is before the next in its place.

        Returns
        -------
        ndarray of shape (n_pairs, n_features)
        """
        measured, at = self.measured, (rows, columns)
        lexical, semantic, shared = measured.lexical[at], measured.semantic[at], self.shared[at]
        stands_for = self.parent.match.stands_for
        if stands_for is not None:
            instead = stands_for[rows, measured.usable[columns]]
            fewer = np.minimum(self.target_bits[rows], self.source_bits[columns])
            lexical, shared = np.maximum(lexical, instead), np.maximum(shared, instead * fewer)
        by_words = (
            attribution_settings.COSINE_OF_NONE
            + (attribution_settings.COSINE_OF_ALL - attribution_settings.COSINE_OF_NONE) * lexical
        )
        kinds = _kinds(self.target)[rows]
        return np.column_stack(
            [
                lexical,
                shared / self.target_bits[rows],
                shared / self.source_bits[columns],
                np.where(np.isnan(semantic), by_words, semantic),
                measured.verbatim[at],
                np.log1p(self.run[at] / attribution_settings.RUN_BITS),
                np.log1p(shared) / attribution_settings.LOG_BITS,
                measured.in_order[at].astype(float),
                np.maximum(np.asarray(margin, dtype=float), 0.0),
                np.log1p(self.target_bits[rows]) / attribution_settings.LOG_BITS,
                kinds,
            ]
        )


@dataclass(frozen=True, eq=False)
class Brief:
    """One text looked up in another by words alone, without what each pair of sentences has.

    A text is looked up in many others; few of them are ever named. The tables of the others
    would fill the memory, and are made again where one is asked for.

    Attributes
    ----------
    source, target : Document
    pair : Pair
    bits : mapping of str to float
        How rare each stem is.
    near : ndarray of shape (n_target, up to `N_NEAR`)
    drawn, proof : ndarray of shape (n_target,)
        As in `Answers`.
    """

    source: Document
    target: Document
    pair: pairs.Pair
    bits: Mapping[str, float]
    near: np.ndarray
    drawn: np.ndarray
    proof: np.ndarray

    @functools.cached_property
    def p_sentence(self) -> np.ndarray:
        """As in `Answers`; few are asked for."""
        return self.whole().p_sentence

    def whole(self) -> Answers:
        """Return the answers with all tables."""
        return by_words(self.source, self.target, self.pair, self.bits)


# What is known of one text looked up in another.
Found = Answers | Brief


def whole(found: Found) -> Answers:
    """Return answers with all tables."""
    return found.whole() if isinstance(found, Brief) else found


def brief(found: Answers, bits: Mapping[str, float]) -> Brief:
    """Leave out what each pair of sentences has.

    Parameters
    ----------
    found : Answers
        By words alone.
    bits : mapping of str to float
        What it was made with.

    Returns
    -------
    Brief
    """
    return Brief(
        found.parent.document,
        found.target,
        found.pair,
        bits,
        found.near,
        found.drawn,
        found.proof,
    )


def by_words(
    source: Document, target: Document, pair: pairs.Pair, bits: Mapping[str, float]
) -> Answers:
    """Look every sentence of a text up in another by words alone.

    Parameters
    ----------
    source, target : Document
    pair : Pair
        Their word alignment.
    bits : mapping of str to float
        How rare each stem is, see `sentence_index.weigh`.

    Returns
    -------
    Answers
    """
    match = pairs.match_sentences(source, target, None, None)
    return answer(target, measures.Parent(source, pair, match), bits)


def answer(target: Document, parent: measures.Parent, bits: Mapping[str, float]) -> Answers:
    """Look every sentence of a text up in another.

    Parameters
    ----------
    target : Document
    parent : Parent
        The other text.
    bits : mapping of str to float
        How rare each stem is, see `sentence_index.weigh`.

    Returns
    -------
    Answers
    """
    source = parent.document
    measured = measures.measure(target, parent)
    shared = similarity.overlap(target.bags, source.bags, bits)[:, measured.usable]
    by = source_sets.load()
    return Answers(
        target,
        parent,
        measured,
        shared,
        _weighed(target, bits).totals,
        _weighed(source, bits).totals[measured.usable],
        _longest_runs(target, parent, bits)[:, measured.usable],
        by.words * measured.lexical + measured.worth,
    )


def proof_of(run_bits: np.ndarray) -> np.ndarray:
    """Return the probability that a run of equal words of so many bits is no chance."""
    return np.asarray(
        1.0
        / (
            1.0
            + np.exp(
                -(run_bits - attribution_settings.PROOF_BITS)
                / attribution_settings.PROOF_SCALE_BITS
            )
        )
    )


def _longest_runs(
    target: Document, parent: measures.Parent, bits: Mapping[str, float]
) -> np.ndarray:
    """Bits of the longest run of narration in each pair of sentences."""
    source = parent.document
    longest = np.zeros((len(target.roles), len(source.roles)))
    if not len(parent.pair.blocks):
        return longest
    of_word = _weighed(target, bits).words * parent.pair.narrated(target)
    summed = np.concatenate(([0.0], np.cumsum(of_word)))
    of_source, of_target, run = parent.pair.words_of_runs(source)
    here, there = target.sentence_of[of_target], source.sentence_of[of_source]
    # A run that goes on into the next sentence is one in each.
    begins = np.ones(len(run), dtype=bool)
    begins[1:] = (np.diff(here) != 0) | (np.diff(there) != 0) | (np.diff(run) != 0)
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(run)) - 1
    worth = summed[of_target[last] + 1] - summed[of_target[first]]
    told = (here[first] >= 0) & (there[first] >= 0)
    np.maximum.at(longest, (here[first][told], there[first][told]), worth[told])
    return longest


@dataclass(eq=False)
class _Weighed:
    """What the words of a text weigh in a collection.

    Attributes
    ----------
    bits : mapping of str to float or None
        Of the stems: those that the others are for.
    words : ndarray of shape (n_words,)
    totals : ndarray of shape (n_sentences,)
    """

    bits: Mapping[str, float] | None
    words: np.ndarray
    totals: np.ndarray


def _weighed(document: Document, bits: Mapping[str, float]) -> _Weighed:
    """Weigh the words of a text once for each collection, not for each other text."""
    known = _last_weighed(document)
    if known.bits is not bits:
        known.words = np.array([bits[rarity.stem(word)] for word in document.words])
        known.totals = similarity.totals(document.bags, bits)
        known.bits = bits
    return known


@once
def _last_weighed(document: Document) -> _Weighed:
    return _Weighed(None, np.zeros(0), np.zeros(0))


@once
def _kinds(document: Document) -> np.ndarray:
    """Whether each sentence is a quote, a heading, short; shape (n_sentences, 3)."""
    return np.array(
        [
            (
                role == "quote",
                role in measures.HEADINGS,
                len(inside) < attribution_settings.FEW_WORDS,
            )
            for role, inside in zip(document.roles, document.sentence_words, strict=True)
        ],
        dtype=float,
    ).reshape(-1, 3)
