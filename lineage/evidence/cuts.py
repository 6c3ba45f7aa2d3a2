"""Signals of cutting and dressing: where a text stops, what it was gathered from, what frames it.

As in `direction`, each function says why `source` was there before `target`.
"""

from __future__ import annotations

import numpy as np

from ..match.document import Document
from ..match.pairs import Pair
from . import link, weights
from .row import Evidence

# A tail shorter than this is a credit or a last clause, not a cut.
MIN_TAIL_WORDS = 25


def tail_cut(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` stops where `source` goes on."""
    source_body = np.flatnonzero(source.body)
    target_body = np.flatnonzero(target.body)
    runs = pair.runs(source)
    if len(source_body) == 0 or len(target_body) == 0 or len(runs) == 0:
        return []
    if pair.containment(target) < weights.TAIL_MIN_CONTAINMENT:
        return []
    last = runs[-1]
    reached = int(last[0] + last[2])
    tail = source_body[source_body >= max(reached, int((runs[:, 0] + runs[:, 2]).max()))]
    target_tail = target_body[target_body >= int(last[1] + last[2])]
    if len(tail) < MIN_TAIL_WORDS or len(target_tail) > 3:
        return []
    # Broken off inside a sentence: no writer stops there, a length limit does.
    broken = (
        reached < len(source.words)
        and source.sentence_of[reached] >= 0
        and source.sentence_of[reached] == source.sentence_of[reached - 1]
    )
    bits = weights.BROKEN_OFF_BITS if broken else weights.TAIL_CUT_BITS
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


def digest(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` is a few sentences, all of them gathered from places far apart in `source`.

    Somebody who sums up reads the whole; somebody who adds to a short text would have
    to scatter its sentences over a long one of his own.
    """
    if target.n_body > weights.DIGEST_MAX_LENGTH_SHARE * source.n_body:
        return []
    runs = pair.runs(source)
    if link.is_flash(target):
        if "credit" in target.roles:
            return []  # signed by who wrote it: an alert, with which a story begins
        body = np.flatnonzero(source.body)
        lead = body[min(len(body) - 1, int(weights.LEAD_SHARE * len(body)))] if len(body) else 0
        if len(runs) and int((runs[:, 0] + runs[:, 2]).max()) <= lead:
            return []  # the lead of a report is often the flash that it grew from
        said = f"a sentence or two, against a report of {source.n_body} words"
        return [Evidence("digest", "direction", weights.DIGEST_BITS, said)]
    if len(runs) == 0 or pair.containment(target) < weights.DIGEST_MIN_CONTAINMENT:
        return []
    first, last = int(runs[:, 0].min()), int((runs[:, 0] + runs[:, 2]).max())
    apart = (last - first) / max(1, target.n_body)
    bits = weights.DIGEST_BITS if apart >= weights.DIGEST_MIN_SPREAD else weights.EXCERPT_BITS
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


def dressed(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` has the shared text with headings or captions of a page put in."""
    if pair.containment(target) < weights.DRESSED_MIN_CONTAINMENT:
        return []

    def furniture(document: Document) -> list[int]:
        covered = pair.covered(document)
        return [
            k
            for k, role in enumerate(document.roles)
            if role in ("heading", "caption") and not covered[document.sentence_words[k]].any()
        ]

    added = furniture(target)
    if not added or furniture(source):
        return []
    start, end = target.spans[added[0]]
    return [
        Evidence(
            "dressed",
            "direction",
            weights.DRESSED_BITS,
            f"{len(added)} heading or caption added to the shared text"
            if len(added) == 1
            else f"{len(added)} headings or captions added to the shared text",
            None,
            (int(start), int(end)),
        )
    ]


__all__ = ["digest", "dressed", "tail_cut"]
