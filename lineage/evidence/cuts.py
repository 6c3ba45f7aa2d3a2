"""Signals of cutting and dressing: where a text stops, what it was gathered from, what frames it.

As in `direction`, each function says why `source` was there before `target`.
"""

from __future__ import annotations

import re

import numpy as np

from ..match.document import Document
from ..match.pairs import Pair
from . import evidence_settings, link
from .row import Evidence

# What closes a sentence, with quotation marks and brackets behind it; three dots leave it open.
_CLOSED = re.compile(r"(?<![.!?…])[.!?。！？]['\"’”»›)\]]*$")


def tail_cut(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` stops where `source` goes on."""
    source_body = np.flatnonzero(source.body)
    target_body = np.flatnonzero(target.body)
    runs = pair.runs(source)
    if len(source_body) == 0 or len(target_body) == 0 or len(runs) == 0:
        return []
    if pair.containment(target) < evidence_settings.TAIL_MIN_CONTAINMENT:
        return []
    last = runs[-1]
    reached = int(last[0] + last[2])
    tail = source_body[source_body >= max(reached, int((runs[:, 0] + runs[:, 2]).max()))]
    target_tail = target_body[target_body >= int(last[1] + last[2])]
    if (
        len(tail) < evidence_settings.MIN_TAIL_WORDS
        or len(target_tail) > evidence_settings.MAX_TAIL_LEFT
    ):
        return []
    # Broken off inside a sentence: no writer stops there, a length limit does. Who wrote a
    # shorter sentence, and closed it, was not broken off.
    broken = (
        not _is_closed(target, int(target_body[-1]))
        and reached < len(source.words)
        and source.sentence_of[reached] >= 0
        and source.sentence_of[reached] == source.sentence_of[reached - 1]
    )
    bits = evidence_settings.BROKEN_OFF_BITS if broken else evidence_settings.TAIL_CUT_BITS
    where = "inside a sentence" if broken else "at the end of a sentence"
    return [
        Evidence(
            "tail_cut",
            "direction",
            bits,
            f"breaks off {where}; the other goes on for {len(tail)} words",
            source.span(int(tail[0]), int(tail[-1] - tail[0] + 1)),
            target.span(int(last[1]), int(last[2])),
        )
    ]


def _is_closed(document: Document, word: int) -> bool:
    """Whether the sentence of a word ends as sentences do, and not in an ellipsis."""
    index = int(document.sentence_of[word])
    if index < 0:
        return False
    start, end = (int(each) for each in document.spans[index])
    return _CLOSED.search(document.text[start:end].rstrip()) is not None


def digest(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` is a few sentences, all of them gathered from places far apart in `source`.

    Somebody who sums up reads the whole; somebody who adds to a short text would have
    to scatter its sentences over a long one of his own.
    """
    if target.n_body > evidence_settings.DIGEST_MAX_LENGTH_SHARE * source.n_body:
        return []
    runs = pair.runs(source)
    if link.is_flash(target):
        if "credit" in target.roles:
            return []  # signed by who wrote it: an alert, with which a story begins
        body = np.flatnonzero(source.body)
        lead = (
            body[min(len(body) - 1, int(evidence_settings.LEAD_SHARE * len(body)))]
            if len(body)
            else 0
        )
        if len(runs) and int((runs[:, 0] + runs[:, 2]).max()) <= lead:
            return []  # the lead of a report is often the flash that it grew from
        said = f"a sentence or two, against a report of {source.n_body} words"
        return [Evidence("digest", "direction", evidence_settings.DIGEST_BITS, said)]
    if len(runs) == 0 or pair.containment(target) < evidence_settings.DIGEST_MIN_CONTAINMENT:
        return []
    first, last = int(runs[:, 0].min()), int((runs[:, 0] + runs[:, 2]).max())
    apart = (last - first) / max(1, target.n_body)
    bits = (
        evidence_settings.DIGEST_BITS
        if apart >= evidence_settings.DIGEST_MIN_SPREAD
        else evidence_settings.EXCERPT_BITS
    )
    return [
        Evidence(
            "digest",
            "direction",
            bits,
            f"its {target.n_body} words come from {last - first} of the other's {source.n_body}",
            source.span(first, last - first),
            None,
        )
    ]


def headings_added(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` has the shared text with headings or captions of a page put in."""
    if pair.containment(target) < evidence_settings.DRESSED_MIN_CONTAINMENT:
        return []

    def boilerplate(document: Document) -> list[int]:
        covered = pair.covered(document)
        return [
            k
            for k, role in enumerate(document.roles)
            if role in ("heading", "caption") and not covered[document.sentence_words[k]].any()
        ]

    added = boilerplate(target)
    if not added or boilerplate(source):
        return []
    start, end = target.spans[added[0]]
    return [
        Evidence(
            "headings_added",
            "direction",
            evidence_settings.DRESSED_BITS,
            f"{len(added)} heading or caption added to the shared text"
            if len(added) == 1
            else f"{len(added)} headings or captions added to the shared text",
            None,
            (int(start), int(end)),
        )
    ]


__all__ = ["digest", "headings_added", "tail_cut"]
