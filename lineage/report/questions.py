"""The questions that evidence answers, and what each of its signals is called and says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import phrases

# In the order in which a reader asks. Bits are added up for each, never over all: they answer
# different questions.
QUESTIONS: Mapping[str, str] = {
    "link": "are they related?",
    "direction": "which was first?",
    "parent_choice": "why this one?",
}
# What the probability beside each sum is of.
ANSWERS: Mapping[str, str] = {
    "link": "that the two are related",
    "direction": "that it was first",
    "parent_choice": "that it is this one, if the text was made from one of those here",
}
# Where a question's probability stands in the edges table; the choice has no column.
COLUMNS: Mapping[str, str] = {"link": "p_link", "direction": "p_direction"}


@dataclass(frozen=True)
class Signal:
    """What a signal is called, and what it says in a sentence."""

    name: str
    says: str


SIGNALS: Mapping[str, Signal] = {
    "prior": Signal("before looking", "How seldom one text of many is a relative of another."),
    "shared_wording": Signal("shared wording", "Words that stand in both in one run."),
    "shared_content": Signal("shared content", "What is told outside quotes is told in both."),
    "hidden_marks": Signal("hidden marks", "Characters that nobody sees are the same in both."),
    "overlap": Signal("overlap", "Rare words, names and runs of words that both have."),
    "passages": Signal("passages", "Passages of the text answer passages of the source."),
    "family": Signal("the other texts", "What the relatives of the two add to their link."),
    "absent_source": Signal("absent source", "Why a source that was not supplied is supposed."),
    "same_text": Signal("same text", "The two are equal to the letter."),
    "agency": Signal("agency", "An agency writes for others and seldom takes from them."),
    "two_sources": Signal("two sources", "The text has parts of two that share nothing else."),
    "credit": Signal("credit", "The text names the source as its own."),
    "credit_lost": Signal("lost credit", "The source has a credit line that the text lacks."),
    "date": Signal("date", "When each was published."),
    "later_date": Signal("later date", "The text tells of a later day than the source."),
    "later_hour": Signal("later hour", "The text tells of a later hour than the source."),
    "later_years": Signal("later years", "The last years and months that each mentions."),
    "answered": Signal("answered", "The source still waits for a reply that the text has."),
    "correction": Signal("correction", "The text corrects the source."),
    "developing": Signal("developing", "The source says that more is to follow."),
    "held_back": Signal("held back", "What anybody can write counts for so much and no more."),
    "digest": Signal("digest", "The text is a short version of the source."),
    "dressed": Signal("headings added", "Headings or captions were put into the shared text."),
    "own_reporting": Signal("own reporting", "Who tells a thing as their own came first."),
    "qualifier_lost": Signal("lost qualifier", "A doubt in the source became a fact in the text."),
    "quotes_narration": Signal("quotes narration", "The text quotes what the source tells."),
    "rounded": Signal("rounded", "Figures of the source are rounded in the text."),
    "tail_cut": Signal("cut at the end", "The text breaks off where the source goes on."),
    "told_indirectly": Signal("indirect speech", "Quotes of the source are reported in the text."),
    "extent": Signal("extent", "How much of either text is in the other, told in its language."),
    "growth": Signal("length", "Which is longer, in texts of this kind."),
    "style": Signal("style", "Whether texts in this style grow or shrink as they are passed on."),
    "inserted_blocks": Signal("passages put in", "Whole passages that only one of the two has."),
    "centre": Signal("centre", "Whoever has more near relatives is likelier to be their source."),
    "headings": Signal("headings", "How many headings each has."),
    "misspellings": Signal("misspellings", "Misspellings that were mended, or made."),
    "lost_words_return": Signal("lost words", "Words that a parent had lost seldom return."),
    "root_fan_out": Signal("first text", "How probable either is to be the first of all."),
    "whole_story": Signal("the whole story", "What all texts and edges say of who was first."),
    "readings": Signal("readings", "Whose wording the text follows where candidates differ."),
    "latest_before": Signal("last before", "The source is the last that was there before."),
    "neighbourhood": Signal("neighbourhood", "How many other texts lie nearer to it."),
    "other_candidates": Signal("other candidates", "What is left beside the other candidates."),
}  # fmt: skip
# What the sum over all texts adds: it points at no words, so it is nobody's strongest reason.
OF_THE_SUM = frozenset(
    {
        "prior",
        "family",
        "held_back",
        "whole_story",
        "neighbourhood",
        "other_candidates",
        "overlap",
    }
)


def name(signal: Any) -> str:
    """Return what a signal is called; one that is not known, by its own name."""
    known = SIGNALS.get(str(signal))
    return phrases.spaced(signal) if known is None else known.name


def says(signal: Any) -> str:
    """Return what a signal says, in a sentence; empty for one that is not known."""
    known = SIGNALS.get(str(signal))
    return "" if known is None else known.says


def probability(about: str, edge: Any, bits: float) -> float | None:
    """Return the probability that a question's evidence adds up to.

    Parameters
    ----------
    about : str
        One of `QUESTIONS`.
    edge : row of the edges table, or None
    bits : float
        Sum of the question's evidence: its log odds.

    Returns
    -------
    float or None
        The edge's own where the table has it; None for a pair without an edge.
    """
    if edge is None:
        return None
    if about in COLUMNS:
        value = getattr(edge, COLUMNS[about])
        return None if phrases.is_missing(value) else float(value)
    return float(1.0 / (1.0 + 2.0**-bits))
