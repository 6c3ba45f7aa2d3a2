"""What is said of where a sentence is from: a record for each part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .. import facts

# How a sentence was made.
ReuseType = Literal[
    "verbatim",
    "edited",
    "paraphrase",
    "fusion",
    "split",
    "quote",
    "heading",
    "boilerplate",
    "new",
]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a sentence beside that of its source, each at its words.

    Attributes
    ----------
    change : Change
    source_id, source_sentence : str or None
        Where it is from: of the sentence or of one beside it.
    target_span, source_span : (int, int) or None
        In the texts; None on the side that lacks it.
    """

    change: facts.Change
    source_id: str | None
    source_sentence: str | None
    target_span: Span | None = None
    source_span: Span | None = None

    @property
    def grade(self) -> str:
        """How far it changed, see `facts.grade_of`."""
        return facts.grade_of(self.change)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where one part of a sentence is from.

    Attributes
    ----------
    target_id, target_sentence : str
    target_start, target_end : int
        The part, in the text.
    kind : ReuseType
    source_id, source_sentence : str or None
        Without a sentence the source is absent, without an id there is none.
    source_start, source_end : int or None
    lexical, semantic : float or None
        How much is alike in words and in meaning; None where it was not measured.
    confidence : float or None
        Probability that it is from there.
    margin : float or None
        By how much more it is alike than the next best.
    facts : tuple of Fact or None
        Those that are not told in the same words; None where none were compared.
    origin_id, origin_sentence : str or None
        The oldest text that has it.
    """

    target_id: str
    target_sentence: str
    target_start: int
    target_end: int
    kind: ReuseType
    source_id: str | None = None
    source_sentence: str | None = None
    source_start: int | None = None
    source_end: int | None = None
    lexical: float | None = None
    semantic: float | None = None
    confidence: float | None = None
    margin: float | None = None
    facts: tuple[Fact, ...] | None = None
    origin_id: str | None = None
    origin_sentence: str | None = None
