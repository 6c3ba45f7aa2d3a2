"""Signals that have a cause: why the one text must have been there before the other.

Each function takes the two documents as source and target and returns evidence for
that direction only (never below zero bits); `signals` asks both ways round and turns
the signs. Weights are in `weights`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from ..document import Document
from ..document import lag_s as seconds_between
from ..pairs import Pair
from ..text import houses
from . import weights
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
# A stretch of new words shorter than this is wording, not an answer.
MIN_ANSWER_WORDS = 8
# A tail shorter than this is a credit or a last clause, not a cut.
MIN_TAIL_WORDS = 25
# Quoted words fewer than this can have been heard by anybody.
MIN_QUOTED_WORDS = 8

_CLOCK = re.compile(r"\b(1[0-2]|0?[1-9])(?:[.:]([0-5]\d))?\s?([ap])\.?m\b", re.IGNORECASE)
_CORRECTION = re.compile(
    r"\b(?:an\s+)?(?:earlier|previous)\s+versions?\s+of\s+this|\bthis\s+(?:article|story|report|"
    r"page)\s+(?:was|has\s+been)\s+(?:amended|corrected)|\bcorrection\s*:",
    re.IGNORECASE,
)

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
        if credit.kind in weights.CREDIT_BITS and houses.same(credit.name, source.outlet)
    ]
    told = re.compile(_TOLD + re.escape(source.outlet), re.IGNORECASE)
    for match in told.finditer(target.text):
        # "told CNN" is no credit, unless the words are CNN's own and CNN's page has them.
        if _covered_at(target, pair, match.start()):
            said = f"has an interview given to {source.outlet}, in its words"
            found.append(
                Evidence("credit", "direction", weights.TOLD_BITS, said, None, match.span())
            )
    # One credit line says it; that it is repeated does not say it twice.
    return sorted(found, key=lambda row: -row.weight_bits)[:1]


def credit_lost(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` carries the agency's dateline or desk line, `target` the body without it."""
    if pair.containment(target) < weights.CREDIT_LOST_MIN_CONTAINMENT:
        return []
    own = [credit for credit in source.credits if credit.kind in weights.AGENCY_FORMS]
    if not own or any(credit.kind in weights.AGENCY_FORMS for credit in target.credits):
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


def earlier_date(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` was published before `target`."""
    lag_s = seconds_between(source, target)
    if lag_s is None or lag_s <= 0:
        return []
    given = source.published_source == "given" and target.published_source == "given"
    mixed = source.published_source != target.published_source
    full = weights.GIVEN_DATE_BITS if given else weights.PRINTED_DATE_BITS
    if mixed:
        full = weights.MIXED_DATE_BITS
    # Clocks of content systems differ by minutes; within them order is weak evidence.
    bits = full * min(1.0, 0.5 + lag_s / (2 * weights.CLOCK_SLACK_S))
    what = "given" if given else "printed"
    return [Evidence("date", "direction", bits, f"{what} date is {_spoken(lag_s)} earlier")]


def quotes_source(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` puts the other text's own narration between quotation marks."""
    if not source.quoted.any():
        return []  # it lost its quotation marks, or never had any: nothing follows
    best: Evidence | None = None
    longest = 0
    for start, other, n in pair.runs(source):
        quoted = target.quoted[other : other + n] & ~source.quoted[start : start + n]
        first, length = _longest_true(quoted)
        if length < MIN_QUOTED_WORDS or length <= longest:
            continue
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
    covered = pair.covered(target)
    fresh = _stretches(target.body & ~covered, MIN_ANSWER_WORDS)
    answers = [
        span
        for span in (target.span(first, n) for first, n in fresh)
        if _SPEECH.search(target.text[span[0] : span[1]])
    ]
    if not answers:
        return []
    waiting_target = [each.group() for each in _WAITING.finditer(target.text)]
    for match in _WAITING.finditer(source.text):
        sentence = _sentence_at(source, match.start())
        if sentence is None or source.roles[sentence] not in ("body", "quote"):
            continue
        if pair.containment(target) < weights.ANSWER_MIN_CONTAINMENT:
            continue
        span = tuple(int(each) for each in source.spans[sentence])
        still = _counterpart(source, target, pair, sentence)
        if still is not None:
            words_there = target.text[still[0] : still[1]]
            words_here = source.text[span[0] : span[1]]
            if not _REMAINDER.search(words_there) or _REMAINDER.search(words_here):
                continue
            bits, detail = weights.ANSWERED_BITS, "only the others had not replied by then"
        elif waiting_target:
            continue
        else:
            bits, detail = weights.ANSWERED_BITS * 0.6, "no longer waits for the reply"
        return [
            Evidence("answered", "direction", bits, detail, (span[0], span[1]), still or answers[0])
        ]
    return []


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


def later_date_mentioned(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` knows of a day after the last one that `source` mentions."""
    days_source = [each.at for each in source.mentions if each.at is not None]
    fresh = [
        each
        for each in target.mentions
        if each.at is not None
        and each.precision == "day"
        and not _covered_at(target, pair, each.start)
        and _content_at(target, each.start)
    ]
    if not days_source or not fresh:
        return []
    latest = max(fresh, key=lambda each: (each.at, -each.start))
    ahead = (latest.at - max(days_source)).days
    if ahead < 1 or ahead > weights.LATER_DATE_MAX_DAYS:
        return []
    return [
        Evidence(
            "later_date",
            "direction",
            weights.LATER_DATE_BITS,
            f"mentions a day {ahead} days after the other's last",
            None,
            (latest.start, latest.end),
        )
    ]


def later_clock_time(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` tells of an hour after the last one that `source` mentions, in new words.

    A live story is one day long; two texts with little in common can be of two days,
    where the hour of the clock says nothing.
    """
    if min(pair.containment_a, pair.containment_b) < weights.CLOCK_MIN_CONTAINMENT:
        return []
    told = [minute for minute, _ in _clock_times(source)]
    fresh = [
        (minute, span)
        for minute, span in _clock_times(target)
        if not _covered_at(target, pair, span[0])
    ]
    if not told or not fresh:
        return []
    latest, span = max(fresh, key=lambda each: (each[0], -each[1][0]))
    ahead = latest - max(told)
    if ahead < weights.CLOCK_MIN_AHEAD_MINUTES:
        return []
    return [
        Evidence(
            "later_hour",
            "direction",
            weights.LATER_HOUR_BITS,
            f"tells of an hour {ahead} minutes after the other's last",
            None,
            span,
        )
    ]


def corrects(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` says that an earlier version had something wrong, and `source` does not."""
    if pair.containment(target) < weights.CORRECTS_MIN_CONTAINMENT:
        return []
    note = _CORRECTION.search(target.text)
    if note is None or _CORRECTION.search(source.text) is not None:
        return []
    if source.outlet != target.outlet:
        return []  # what it corrects is its own page
    return [
        Evidence(
            "correction",
            "direction",
            weights.CORRECTION_BITS,
            "carries a correction note that the other lacks",
            None,
            note.span(),
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
            f"{len(added)} headings or captions put into the shared text",
            None,
            (int(start), int(end)),
        )
    ]


SIGNALS: tuple[Signal, ...] = (
    credits_source,
    credit_lost,
    earlier_date,
    quotes_source,
    answered,
    tail_cut,
    later_date_mentioned,
    later_clock_time,
    corrects,
    dressed,
)


def signals(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """Gather all evidence on whether `source` was there before `target`.

    Parameters
    ----------
    source, target : Document
        The two sides of `pair`.
    pair : Pair

    Returns
    -------
    list of Evidence
        ``about`` is ``direction``; what speaks for the other direction has a weight
        below zero.
    """
    found = []
    for signal in SIGNALS:
        found += signal(source, target, pair)
        found += [row.reversed() for row in signal(target, source, pair)]
    return found


def _clock_times(document: Document) -> list[tuple[int, tuple[int, int]]]:
    """Hours of the clock in the body, as minutes of the day with their spans."""
    found = []
    for match in _CLOCK.finditer(document.text):
        if _content_at(document, match.start()):
            hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
            found.append((60 * hour + int(match[2] or 0), match.span()))
    return found


def _spoken(seconds: float) -> str:
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _longest_true(flags: np.ndarray) -> tuple[int, int]:
    best = (0, 0)
    for first, length in _stretches(flags, 1):
        if length > best[1]:
            best = (first, length)
    return best


def _stretches(flags: np.ndarray, least: int) -> list[tuple[int, int]]:
    """Runs of True as (first, length), those of `least` or more."""
    edges = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [
        (int(start), int(end - start))
        for start, end in zip(starts, ends, strict=True)
        if end - start >= least
    ]


def _sentence_at(document: Document, character: int) -> int | None:
    index = int(np.searchsorted(document.spans[:, 0], character, side="right")) - 1
    if index < 0 or character >= document.spans[index, 1]:
        return None
    return index


def _covered_at(document: Document, pair: Pair, character: int) -> bool:
    word = int(np.searchsorted(document.starts, character))
    return word < len(document.words) and bool(pair.covered(document)[word])


def _content_at(document: Document, character: int) -> bool:
    word = int(np.searchsorted(document.starts, character))
    return word < len(document.words) and bool(document.body[word])


def _counterpart(
    source: Document, target: Document, pair: Pair, sentence: int
) -> tuple[int, int] | None:
    """Span of the target sentence that shares most words with a source sentence."""
    inside = np.zeros(len(source.words), dtype=bool)
    inside[source.sentence_words[sentence]] = True
    counts: dict[int, int] = {}
    for start, other, n in pair.runs(source):
        hit = np.flatnonzero(inside[start : start + n])
        for k in hit:
            there = int(target.sentence_of[other + k])
            counts[there] = counts.get(there, 0) + 1
    counts.pop(-1, None)
    if not counts:
        return None
    best = max(counts, key=lambda each: (counts[each], -each))
    if counts[best] < 0.4 * len(source.sentence_words[sentence]):
        return None
    start, end = target.spans[best]
    return int(start), int(end)
