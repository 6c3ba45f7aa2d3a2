"""All evidence on one pair of texts, for the edge drawn either way."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..match.document import Document
from ..match.pairs import Pair, SentenceMatch, match_sentences
from . import direction, evidence_settings, hidden_marks, link
from .row import Evidence


class Vectors(Protocol):
    """Gives sentence vectors, NaN for sentences that were not asked for; None without any."""

    def __call__(self, document: Document, rows: np.ndarray | None = None) -> np.ndarray | None:
        """Return an array of shape (n_sentences, d) or None."""
        ...


class Meaning(Protocol):
    """What embeds sentences for a stage, without the stage knowing how."""

    @property
    def scale(self) -> tuple[float, float] | None:
        """Cosines of no match and of a full one across languages; None if it cannot tell."""
        ...

    def prepare(self, wanted: Iterable[tuple[Document, np.ndarray | None]]) -> None:
        """Embed sentences of several documents together."""
        ...

    def vectors(self, document: Document, rows: np.ndarray | None = None) -> np.ndarray | None:
        """Return the vectors as `Vectors` does."""
        ...


@dataclass(frozen=True)
class PairEvidence:
    """What speaks for and against a link of two documents, and for its direction.

    Attributes
    ----------
    pair : Pair
    content : Content
        How much of each side the other accounts for.
    match_a, match_b : SentenceMatch or None
        Sentences of `a` matched to those of `b`, and of `b` to those of `a`.
    forward, backward : tuple of Evidence
        For the edges ``a -> b`` and ``b -> a``.
    """

    pair: Pair
    content: link.Content
    match_a: SentenceMatch | None
    match_b: SentenceMatch | None
    forward: tuple[Evidence, ...]
    backward: tuple[Evidence, ...]

    def rows(self, source: Document) -> tuple[Evidence, ...]:
        """Evidence for the edge that starts at `source`."""
        return self.forward if source is self.pair.a else self.backward

    def match(self, target: Document) -> SentenceMatch | None:
        """Sentences of `target` matched to those of the other side."""
        return self.match_a if target is self.pair.a else self.match_b

    def explained(self, target: Document) -> float:
        """Share of `target`'s narration that the other side accounts for."""
        return self.content.explained_a if target is self.pair.a else self.content.explained_b

    @property
    def link_bits(self) -> float:
        """Bits for a link, whichever way."""
        return max(
            sum(row.weight_bits for row in rows if row.about == "link")
            for rows in (self.forward, self.backward)
        )

    def direction_bits(self, source: Document) -> float:
        """Bits for `source` being the older side."""
        return sum(row.weight_bits for row in self.rows(source) if row.about == "direction")

    @property
    def p_link(self) -> float:
        """Probability of a link."""
        return 1.0 / (1.0 + math.exp2(-max(-60.0, min(60.0, self.link_bits))))


@dataclass(frozen=True)
class Screened:
    """A pair whose words have been looked at, and whether its meaning has to be.

    Attributes
    ----------
    pair : Pair
    match_a, match_b : SentenceMatch or None
        Sentences matched by words alone; None where shared wording settles the link.
    open : bool
        Words alone leave the link open.
    together : bool
        Words alone, or meaning alone, show that the texts belong to one story.
    by_meaning : bool
        The texts are in two languages, and their sentences were matched by meaning.
    """

    pair: Pair
    match_a: SentenceMatch | None
    match_b: SentenceMatch | None
    open: bool
    together: bool
    by_meaning: bool = False

    @property
    def content(self) -> link.Content:
        """How much of each side the other accounts for, as far as was looked."""
        return _content(self.pair, self.match_a, self.match_b)


def screen(pair: Pair) -> Screened:
    """Match the sentences of a pair by their words where its runs leave the link open.

    Parameters
    ----------
    pair : Pair

    Returns
    -------
    Screened
    """
    if max(pair.unquoted_a, pair.unquoted_b) >= evidence_settings.SETTLED_SHARE:
        return Screened(pair, None, None, False, True)
    match_a = match_sentences(pair.b, pair.a, None, None)
    match_b = match_sentences(pair.a, pair.b, None, None)
    words_alone = _content(pair, match_a, match_b)
    most = words_alone.most
    return Screened(
        pair,
        match_a,
        match_b,
        most >= evidence_settings.SCREEN_CONTENT,
        most >= evidence_settings.STORY_CONTENT,
    )


def by_meaning(pair: Pair, match_a: SentenceMatch, match_b: SentenceMatch) -> Screened:
    """Screen a pair of texts in two languages, whose sentences were matched by meaning.

    Parameters
    ----------
    pair : Pair
    match_a, match_b : SentenceMatch

    Returns
    -------
    Screened
    """
    most = _content(pair, match_a, match_b).most
    return Screened(
        pair, match_a, match_b, True, most >= evidence_settings.STORY_CONTENT, by_meaning=True
    )


def gather(
    screened: Screened,
    vectors: Vectors,
    growing: float | None = None,
) -> PairEvidence:
    """Match the sentences of an open pair by meaning; weigh all signals.

    Parameters
    ----------
    screened : Screened
    vectors : callable
        Gives the sentence vectors of a document.
    growing : float, optional
        How probably texts of this kind grow as they are passed on, see `direction.signals`.

    Returns
    -------
    PairEvidence
    """
    pair, match_a, match_b = screened.pair, screened.match_a, screened.match_b
    if screened.open and not screened.by_meaning:
        of_a, of_b = vectors(pair.a), vectors(pair.b)
        match_a = match_sentences(pair.b, pair.a, of_b, of_a)
        match_b = match_sentences(pair.a, pair.b, of_a, of_b)
    content = _content(pair, match_a, match_b)
    similarity = link.two_gram_similarity(pair.a, pair.b)
    plausible = content.most >= evidence_settings.SCREEN_CONTENT or pair.shared_words > 0
    order = None
    if match_a is not None and match_b is not None:
        order = max(
            link.order_of_facts(pair.b, pair.a, pair.narrated(pair.a), match_a),
            link.order_of_facts(pair.a, pair.b, pair.narrated(pair.b), match_b),
        )
    both = []
    for source, target in ((pair.a, pair.b), (pair.b, pair.a)):
        rows = link.signals(
            source, target, pair, content, similarity, order, has_words=not screened.by_meaning
        )
        rows += hidden_marks.signals(source, target)
        if plausible:
            rows += direction.signals(source, target, pair, growing)
        both.append(tuple(row for row in rows if row.weight_bits != 0))
    return PairEvidence(pair, content, match_a, match_b, both[0], both[1])


def _content(
    pair: Pair, match_a: SentenceMatch | None, match_b: SentenceMatch | None
) -> link.Content:
    return link.Content(
        link.explained(pair.a, pair.narrated(pair.a), pair.covered_a, match_a),
        link.explained(pair.b, pair.narrated(pair.b), pair.covered_b, match_b),
    )


def bits(rows: tuple[Evidence, ...], about: str | None = None) -> float:
    """Sum of the weights, of one kind of evidence or of all."""
    return sum(row.weight_bits for row in rows if about is None or row.about == about)


__all__ = ["PairEvidence", "Vectors", "bits", "gather"]
