"""Signals that have a cause: why the one text must have been there before the other.

Each function takes the two documents as source and target and returns evidence for
that direction only (never below zero bits); `signals` asks both ways round and turns
the signs. Weights are in `weights`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from ..document import Document, once
from ..pairs import Pair
from ..text import credits, houses, outlets, rarity
from . import link, places, retelling, times, weights
from .row import Evidence

# A text that still waits for somebody's answer.
_WAITING = re.compile(
    r"\b(?:did|do|does|had|has|have|could|were|was)\s*(?:not|n['’]t)\s+(?:immediately\s+|yet\s+|"
    r"return|respond|repl|answer|comment|reach|available|provide|give|offer|be\s+reached)"
    r"[^.\n]{0,80}?\b(?:respon\w*|repl\w*|comment\w*|request\w*|reach\w*|call\w*|message\w*|feedback|"
    r"statement|answer\w*)\b"
    r"|\b(?:could\s+not|couldn['’]t)\s+(?:immediately\s+)?be\s+reached\b"
    r"|\b(?:was|were)\s+not\s+immediately\s+available\b",
    re.IGNORECASE,
)
# Words by which a waiting sentence shows that others have answered since.
_REMAINDER = re.compile(r"\b(?:other|others|remaining|rest)\b", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:said|says|saying|told|wrote|added|adding|confirmed|denied|replied|answered)\b",
    re.IGNORECASE,
)
# Who says a thing, and not whom the writer quotes with it: "he said the house", "she swore it".
_REPORTED = re.compile(
    r"\b(?:said|says|saying|told\s+\w+|added|adding)\s+that\b"
    r"|\b(?:he|she|they)\s+(?:\w+ly\s+)?(?:said|says|told|added|insisted|insists|swore|vowed|"
    r"claimed|claims|argued|warned|promised|admitted|joked|recalled)\b",
    re.IGNORECASE,
)
# A stem rarer than this is no function word.
MIN_TELLING_BITS = 6.0
# A stretch of new words shorter than this is wording, not an answer.
MIN_ANSWER_WORDS = 8
# A tail shorter than this is a credit or a last clause, not a cut.
MIN_TAIL_WORDS = 25
# Quoted words fewer than this can have been heard by anybody.
MIN_QUOTED_WORDS = 8

_TOLD = r"\b(?:told|spoke\s+to|spoke\s+with|interview\s+with)\s+(?:the\s+)?"

Signal = Callable[[Document, Document, Pair], list[Evidence]]


def credits_source(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` names the outlet of `source` as where it has this from."""
    if source.outlet is None:
        return []
    if target.outlet is not None and houses.same(source.outlet, target.outlet):
        return []
    found = [
        Evidence(
            "credit",
            "direction",
            weights.CREDIT_BITS[credit.kind],
            f"credits {credit.name} ({credit.kind.replace('_', ' ')})",
            None,
            (credit.start, credit.end),
        )
        for credit in target.credits
        if credit.kind in weights.CREDIT_BITS and houses.credits(credit.name, source.outlet)
    ]
    told = re.compile(_TOLD + re.escape(source.outlet) + r"(?!\w)", re.IGNORECASE)
    for match in told.finditer(target.text):
        # "told CNN" is no credit, unless the words are CNN's own and CNN's page has them.
        if times.covered_at(target, pair, match.start()):
            said = f"has an interview given to {source.outlet}, in its words"
            found.append(
                Evidence("credit", "direction", weights.TOLD_BITS, said, None, match.span())
            )
    # One credit line says it; that it is repeated does not say it twice.
    return sorted(found, key=lambda row: -row.weight_bits)[:1]


def credit_lost(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` carries the agency's dateline or desk line, `target` the body without it.

    A station or a paper puts its own name into the dateline of whatever it publishes, so
    that its name is missing elsewhere says nothing.
    """
    if pair.containment(target) < weights.CREDIT_LOST_MIN_CONTAINMENT:
        return []
    own = _agency_lines(source)
    if not own or _agency_lines(target):
        return []
    if source.outlet is not None and not any(
        houses.same(credit.name, source.outlet) for credit in own
    ):
        return []
    first = own[0]
    return [
        Evidence(
            "credit_lost",
            "direction",
            weights.CREDIT_LOST_BITS,
            f"carries the line of {first.name} that the other lacks",
            (first.start, first.end),
            None,
        )
    ]


def _agency_lines(document: Document) -> list[credits.Credit]:
    """Datelines, bylines and desk lines, without those in which a house names itself."""

    def is_own(credit: credits.Credit) -> bool:
        if credit.kind == "desk" or outlets.is_agency(credit.name):
            return False
        if credit.kind == "byline_agency" and not houses.is_known(credit.name):
            return True  # a paper that its author writes for
        house = document.outlet
        return outlets.is_station(credit.name) or (
            house is not None and houses.means(credit.name, house)
        )

    forms = weights.AGENCY_FORMS
    return [each for each in document.credits if each.kind in forms and not is_own(each)]


def quotes_source(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` puts the other text's own narration between quotation marks."""
    if not source.quoted.any():
        return []  # it lost its quotation marks, or never had any: nothing follows
    best: Evidence | None = None
    longest = 0
    for start, other, n in pair.runs(source):
        if n <= longest or n < MIN_QUOTED_WORDS:
            continue
        quoted = target.quoted[other : other + n] & ~source.quoted[start : start + n]
        if quoted.sum() <= longest:
            continue
        first, length = places.longest_true(quoted)
        if length < MIN_QUOTED_WORDS or length <= longest:
            continue
        sentence = int(source.sentence_of[int(start) + first])
        if sentence >= 0 and _REPORTED.search(source.text, *source.sentence_span(sentence)):
            continue  # somebody said it there too: it was reported, not told
        longest = length
        best = Evidence(
            "quotes_narration",
            "direction",
            weights.QUOTES_NARRATION_BITS,
            f"quotes {length} words that the other tells in its own voice",
            source.span(int(start) + first, length),
            target.span(int(other) + first, length),
        )
    return [best] if best is not None else []


def answered(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` still waits for a reply that `target` has."""
    waiting = _waiting(source)
    if not waiting or pair.containment(target) < weights.ANSWER_MIN_CONTAINMENT:
        return []
    fresh = places.stretches(target.body & ~pair.covered(target), MIN_ANSWER_WORDS)
    answers = [
        span
        for span in (target.span(first, n) for first, n in fresh)
        if _SPEECH.search(target.text[span[0] : span[1]])
    ]
    if not answers:
        return []
    for sentence in waiting:
        start, end = (int(each) for each in source.spans[sentence])
        same = places.counterpart(source, target, pair, sentence)
        still = None if same is None else target.sentence_span(same)
        if still is not None:
            words_there = target.text[still[0] : still[1]]
            words_here = source.text[start:end]
            if not _REMAINDER.search(words_there) or _REMAINDER.search(words_here):
                continue
            bits, detail = weights.ANSWERED_BITS, "only the others had not replied by then"
        elif _waiting(target):
            continue
        else:
            bits, detail = weights.ANSWERED_BITS * 0.6, "no longer waits for the reply"
        shown = _nearest(_words_of(source, sentence), target, answers) if still is None else still
        return [Evidence("answered", "direction", bits, detail, (start, end), shown)]
    return []


def _words_of(document: Document, sentence: int) -> frozenset[str]:
    """Stems of a sentence that are no function words."""
    weights_of = document.stem_weights
    return frozenset(
        stem for stem in document.stems[sentence] if weights_of[stem] >= MIN_TELLING_BITS
    )


def _nearest(
    wanted: frozenset[str], target: Document, spans: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The span with most of some stems, the first of equals: who had not replied says this."""

    def n_shared(span: tuple[int, int]) -> int:
        inside = (target.starts >= span[0]) & (target.ends <= span[1])
        return len({rarity.stem(target.words[k]) for k in np.flatnonzero(inside)} & wanted)

    return max(spans, key=n_shared)


@once
def _waiting(document: Document) -> list[int]:
    """Sentences of the story that wait for somebody's answer."""
    found = (
        places.sentence_at(document, each.start()) for each in _WAITING.finditer(document.text)
    )
    return [k for k in found if k is not None and document.roles[k] in ("body", "quote")]


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
        body = np.flatnonzero(source.body)
        lead = body[min(len(body) - 1, int(weights.LEAD_SHARE * len(body)))] if len(body) else 0
        if len(runs) and int((runs[:, 0] + runs[:, 2]).max()) <= lead:
            return []  # the lead of a report is often the flash that it grew from
        said = f"a sentence or two beside a report of {source.n_body} words"
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
            f"{target.n_body} words from a stretch of {last - first} of {source.n_body}",
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
            f"{len(added)} heading or caption put into the shared text"
            if len(added) == 1
            else f"{len(added)} headings or captions put into the shared text",
            None,
            (int(start), int(end)),
        )
    ]


SIGNALS: tuple[Signal, ...] = (
    credits_source,
    credit_lost,
    times.earlier_date,
    quotes_source,
    answered,
    tail_cut,
    times.later_date_mentioned,
    times.later_clock_time,
    times.corrects,
    digest,
    dressed,
    retelling.rounded,
    retelling.qualifier_lost,
    retelling.told_indirectly,
    retelling.own_reporting,
)


# Causes of which cases of every genre say the same, for texts of which nobody knows who
# published them. Where a text stops says nothing there: an encyclopedia article grows at its
# end, where a news text is cut (right for 7 edges of news of 7, for 17 of 98 of versions);
# a handbook's hours of the day are opening times; digits are added to reference works. That
# a short text sums up the long one stays, though versions say otherwise (2 of 26; retellings
# and news, 37 of 39): by itself it decides nothing.
GENRE_FREE_SIGNALS: tuple[Signal, ...] = (
    credits_source,
    credit_lost,
    times.earlier_date,
    quotes_source,
    answered,
    times.later_date_mentioned,
    times.corrects,
    digest,
    dressed,
)

# What the fitted model of a whole story does not see by itself.
VERSION_SIGNALS: tuple[Signal, ...] = (
    credits_source,
    times.earlier_date,
    quotes_source,
    answered,
    times.corrects,
)


def signals(
    source: Document, target: Document, pair: Pair, chosen: Sequence[Signal] = SIGNALS
) -> list[Evidence]:
    """Gather all evidence on whether `source` was there before `target`.

    Parameters
    ----------
    source, target : Document
        The two sides of `pair`.
    pair : Pair
    chosen : sequence of Signal, optional
        All of them where left out.

    Returns
    -------
    list of Evidence
        ``about`` is ``direction``; what speaks for the other direction has a weight
        below zero.
    """
    found = []
    for signal in chosen:
        found += signal(source, target, pair)
        found += [row.reversed() for row in signal(target, source, pair)]
    return found
