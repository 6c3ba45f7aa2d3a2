"""Signals of time: dates given and printed, days and hours told, corrections made."""

from __future__ import annotations

import numpy as np

from ..match.document import Document, once
from ..match.document import lag_s as seconds_between
from ..match.pairs import Pair
from ..page import publishers
from ..text import date_forms
from . import evidence_settings
from .row import Evidence

# "24:00" is no hour of its day.
_HOURS_A_DAY = 24


def earlier_date(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` was published before `target`."""
    lag_s = seconds_between(source, target)
    if lag_s is None or lag_s <= 0:
        return []
    given = source.published_source == "given" and target.published_source == "given"
    mixed = source.published_source != target.published_source
    full = evidence_settings.GIVEN_DATE_BITS if given else evidence_settings.PRINTED_DATE_BITS
    if mixed:
        full = evidence_settings.MIXED_DATE_BITS
    # Clocks of content systems differ by minutes; within them order is weak evidence.
    bits = full * min(1.0, 0.5 + lag_s / (2 * evidence_settings.CLOCK_SLACK_S))
    what = "given" if given else "printed"
    return [Evidence("date", "direction", bits, f"{what} date is {_spoken(lag_s)} earlier")]


def later_date_mentioned(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` knows of a day after the last one that `source` mentions."""
    days_source = [each.at for each in source.mentions if each.at is not None]
    fresh = [
        each
        for each in target.mentions
        if each.at is not None
        and each.precision == "day"
        and not covered_at(target, pair, each.start)
        and _content_at(target, each.start)
    ]
    if not days_source or not fresh:
        return []
    day, start, end = max((each.at, -each.start, each.end) for each in fresh if each.at is not None)
    ahead = (day - max(days_source)).days
    if ahead < 1 or ahead > evidence_settings.LATER_DATE_MAX_DAYS:
        return []
    return [
        Evidence(
            "later_date",
            "direction",
            evidence_settings.LATER_DATE_BITS,
            f"mentions a day {ahead} days after the other's latest",
            None,
            (-start, end),
        )
    ]


def later_clock_time(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` tells of an hour after the last one that `source` mentions, in new words.

    A live story is one day long; two texts with little in common can be of two days,
    where the hour of the clock says nothing.
    """
    if min(pair.containment_a, pair.containment_b) < evidence_settings.CLOCK_MIN_CONTAINMENT:
        return []
    told = [minute for minute, _ in _clock_times(source)]
    fresh = [
        (minute, span)
        for minute, span in _clock_times(target)
        if not covered_at(target, pair, span[0])
    ]
    if not told or not fresh:
        return []
    latest, span = max(fresh, key=lambda each: (each[0], -each[1][0]))
    ahead = latest - max(told)
    if ahead < evidence_settings.CLOCK_MIN_AHEAD_MINUTES:
        return []
    return [
        Evidence(
            "later_hour",
            "direction",
            evidence_settings.LATER_HOUR_BITS,
            f"mentions a time {ahead} minutes after the other's latest",
            None,
            span,
        )
    ]


def corrects(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` says that an earlier version had something wrong, and `source` does not."""
    if pair.containment(target) < evidence_settings.CORRECTS_MIN_CONTAINMENT:
        return []
    if "correction" not in target.roles or "correction" in source.roles:
        return []
    unknown = source.outlet is None and target.outlet is None
    if not unknown and not publishers.are_one(source.outlet, target.outlet):
        return []  # what it corrects is its own page
    start, end = target.spans[target.roles.index("correction")]
    return [
        Evidence(
            "correction",
            "direction",
            evidence_settings.CORRECTION_BITS,
            "has a correction note that the other lacks",
            None,
            (int(start), int(end)),
        )
    ]


@once
def _clock_times(document: Document) -> list[tuple[int, tuple[int, int]]]:
    """Hours of the clock in the body, as minutes of the day with their spans."""
    return [
        (60 * clock.hour + (clock.minute or 0), (clock.start, clock.end))
        for clock in date_forms.clocks(document.text)
        if clock.half is not None
        and clock.hour < _HOURS_A_DAY
        and _content_at(document, clock.start)
    ]


def _spoken(seconds: float) -> str:
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def covered_at(document: Document, pair: Pair, character: int) -> bool:
    """Whether the word at a character lies in a shared run."""
    word = int(np.searchsorted(document.starts, character))
    return word < len(document.words) and bool(pair.covered(document)[word])


def _content_at(document: Document, character: int) -> bool:
    word = int(np.searchsorted(document.starts, character))
    return word < len(document.words) and bool(document.body[word])
