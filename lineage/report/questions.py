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
    "direction": "which came first?",
    "parent_choice": "why this one?",
}
# What the probability beside each sum is of.
ANSWERS: Mapping[str, str] = {
    "link": "that the two are related",
    "direction": "that it came first",
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
    "prior": Signal("prior odds", "How rarely one text among many is related to another."),
    "shared_wording": Signal("shared wording", "Runs of words that are in both."),
    "shared_content": Signal("shared content", "What both say outside quotes."),
    "hidden_marks": Signal("hidden marks", "Both have the same invisible characters."),
    "overlap": Signal("overlap", "Rare words, names and runs of words that both have."),
    "passages": Signal("passages", "Passages of the text correspond to passages of the source."),
    "family": Signal("the other texts", "What the texts related to the two add to their link."),
    "absent_source": Signal("absent source", "Why a source that was not supplied is assumed."),
    "same_text": Signal("same text", "The two are identical, character for character."),
    "agency": Signal("agency", "An agency writes for others and seldom copies them."),
    "two_sources": Signal("two sources", "It has parts of two texts that share nothing else."),
    "credit": Signal("credit", "The text credits the source."),
    "credit_lost": Signal("lost credit", "The source has a credit line that the text lacks."),
    "date": Signal("date", "When each was published."),
    "later_date": Signal("later date", "The text mentions a later day than the source."),
    "later_hour": Signal("later hour", "The text mentions a later hour than the source."),
    "later_years": Signal("later years", "The latest years and months that each mentions."),
    "answered": Signal("answered", "The source still awaits a reply that the text has."),
    "correction": Signal("correction", "The text corrects the source."),
    "developing": Signal("developing", "The source says that more is to follow."),
    "held_back": Signal("held back", "What anybody can write counts up to a limit only."),
    "digest": Signal("digest", "The text is a short version of the source."),
    "headings_added": Signal("headings added", "Headings or captions were added."),
    "own_reporting": Signal("own reporting", "The outlet that reported it itself came first."),
    "qualifier_lost": Signal("lost qualifier", "A doubt in the source became a fact in the text."),
    "quotes_narration": Signal("quotes narration", "The text quotes the source's own words."),
    "rounded": Signal("rounded", "Figures in the source are rounded in the text."),
    "tail_cut": Signal("cut at the end", "The text stops where the source goes on."),
    "told_indirectly": Signal("indirect speech", "Quotes in the source became indirect speech."),
    "extent": Signal("extent", "How much of either text is in the other, in the other language."),
    "growth": Signal("length", "Which is longer, among texts of this kind."),
    "style": Signal("style", "Whether texts in this style grow or shrink as they are passed on."),
    "inserted_blocks": Signal("inserted passages", "Whole passages that only one of the two has."),
    "centre": Signal("centre", "A text with more close relatives is likelier to be their source."),
    "headings": Signal("headings", "How many headings each has."),
    "misspellings": Signal("misspellings", "Misspellings that were corrected, or introduced."),
    "lost_words_return": Signal("lost words", "Words that a parent had lost seldom return."),
    "root_fan_out": Signal("first text", "How probable it is that either is the first of all."),
    "whole_story": Signal("the whole story", "What all texts and edges together say about it."),
    "readings": Signal("readings", "Whose wording the text follows where the candidates differ."),
    "latest_before": Signal("last before", "The source is the last version before the text."),
    "neighbourhood": Signal("neighbourhood", "How many other texts are closer to it."),
    "other_candidates": Signal("other candidates", "How it compares with the other candidates."),
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
