"""Signals of retelling: what a writer does to another's sentences, and not the reverse.

As in `direction`, each function says why `source` was there before `target`.
"""

from __future__ import annotations

import functools
import re

import numpy as np

from .. import facts
from ..match.document import Document
from ..match.pairs import Pair
from ..page import publishers
from ..text import words
from . import evidence_settings, places
from .row import Evidence

# Who spoke to the outlet itself.
_TOLD = r"\b(?:told|spoke\s+to|spoke\s+with|interview\s+with|asked\s+by)\s+(?:the\s+)?"


def rounded(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` has a number of `source` in round figures: 1,287 becomes about 1,300.

    Detail that was lost does not come back by itself.
    """
    found = _lost(source, target, pair, "digits")
    if found is None or _lost(target, source, pair, "digits") is not None:
        return []  # rounding both ways is two writers, each with figures of his own
    was, became, here, there = found
    said = f"{became} where the other has {was}"
    return [Evidence("rounded", "direction", evidence_settings.ROUNDED_BITS, said, here, there)]


def qualifier_lost(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` states as exact what `source` gives as about, nearly or up to.

    Who retells drops the small words first; who adds one would need another source.
    """
    found = _lost(source, target, pair, "qualifier")
    if found is None or _lost(target, source, pair, "qualifier") is not None:
        return []
    was, became, here, there = found
    said = f"{became} where the other has {was}"
    bits = evidence_settings.QUALIFIER_LOST_BITS
    return [Evidence("qualifier_lost", "direction", bits, said, here, there)]


def _lost(
    source: Document, target: Document, pair: Pair, what: str
) -> tuple[str, str, tuple[int, int], tuple[int, int]] | None:
    """The first number of `source` that lost this, what it became, and both sentences."""
    for here, there, change in _changes(source, target, pair):
        if facts.lost(change) == what:
            assert change.was is not None
            assert change.became is not None
            spans = source.sentence_span(here), target.sentence_span(there)
            return change.was, change.became, *spans
    return None


def told_indirectly(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` tells in its own voice, turned, what `source` has as somebody's words.

    Who has the words of a speaker can turn them into reported speech; from reported
    speech nobody gets the words back. A text that merely lost its quotation marks has
    them unchanged, and says nothing.
    """
    for here, there, change in _changes(source, target, pair):
        if change.kind != "quote" or change.grade != "reported":
            continue
        assert change.was is not None
        assert change.became is not None
        if words.split_words(change.was).words != words.split_words(change.became).words:
            return [
                Evidence(
                    "told_indirectly",
                    "direction",
                    evidence_settings.TOLD_INDIRECTLY_BITS,
                    "reports as narration what somebody is quoted as saying in the other",
                    source.sentence_span(here),
                    target.sentence_span(there),
                )
            ]
    return []


def own_reporting(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` has, inside the shared text, a new block that somebody told its own outlet.

    New text between shared sentences can be put in here or cut out there; words given to
    the outlet that prints them were put in.
    """
    if target.outlet is None or pair.containment(source) < evidence_settings.OWN_MIN_CONTAINMENT:
        return []
    if publishers.are_one(source.outlet, target.outlet):
        return []  # an earlier version may have had it too
    told = re.compile(_TOLD + re.escape(target.outlet) + r"(?!\w)", re.IGNORECASE)
    covered = pair.covered(target)
    for first, length in places.stretches(
        target.body & ~covered, evidence_settings.MIN_BLOCK_WORDS
    ):
        before, after = covered[:first], covered[first + length :]
        if not before.any() or not after.any():
            continue
        span = target.span(first, length)
        said = told.search(target.text, *span)
        if said is not None and told.search(source.text) is None:
            shown = f"{length} words inside the shared text, said to {target.outlet} itself"
            return [
                Evidence(
                    "own_reporting",
                    "direction",
                    evidence_settings.OWN_REPORTING_BITS,
                    shown,
                    None,
                    span,
                )
            ]
    return []


# Several signals ask one after the other about one pair, each both ways round.
@functools.lru_cache(maxsize=2)
def _changes(
    source: Document, target: Document, pair: Pair
) -> tuple[tuple[int, int, facts.Change], ...]:
    """Facts that changed in sentences that both texts have, in words that are not all the same."""
    covered = pair.covered(source)
    found = []
    for sentence, inside in enumerate(source.sentence_words):
        if source.roles[sentence] not in ("body", "quote") or len(inside) == 0:
            continue
        share = float(np.mean(covered[inside]))
        if not evidence_settings.MIN_SAME_SENTENCE <= share < 1.0:
            continue
        there = places.counterpart(source, target, pair, sentence)
        if there is not None:
            changes = facts.compare(_text(target, there), [_text(source, sentence)])
            found += [(sentence, there, change) for change in changes]
    return tuple(found)


def _text(document: Document, sentence: int) -> str:
    start, end = document.sentence_span(sentence)
    return document.text[start:end]


__all__ = ["own_reporting", "qualifier_lost", "rounded", "told_indirectly"]
