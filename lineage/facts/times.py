"""Dates and clock times of a sentence, resolved by the day of publication where that is known."""

from __future__ import annotations

import dataclasses
import functools
import re
from dataclasses import dataclass

from ..text import date_forms
from ..text.languages import detection
from . import fact_settings, slots
from .numbers import exactness_before
from .tokens import Tokens, plain_words

# How days and hours are written: 25 / 12 / 2024 are five words; 09 is an hour of two digits.
_FIGURES, _MONTHS_A_YEAR, _NOON, _HOUR_DIGITS = 5, 12, 12, 2

_WEEKDAYS = detection.weekdays()
# Cut short they are words of their own, unless a full stop or comma follows.
_SHORT_DAYS = frozenset("mon tue tues wed thu thurs fri sat sun".split())
_RELATIVE = detection.relative_days()
# Days of the year that have a name of two words.
_FEASTS = {
    ("christmas", "day"): (12, 25),
    ("christmas", "eve"): (12, 24),
    ("boxing", "day"): (12, 26),
    ("new", "year's", "day"): (1, 1),
    ("new", "year's", "eve"): (12, 31),
}
_WITH = frozenset(("and", "to", "-", "or", "until", "through", "und", "bis"))
_PERIODS = frozenset(("week", "month", "year"))
_WHICH = {"this": 0, "last": -1, "next": 1}
# Months whose names are also verbs or common words when written small.
_AMBIGUOUS = frozenset("may march mar jan dec sept mai mei mars marzo".split())
_DAY = re.compile(r"(?:[12]?\d|3[01]|0[1-9])")
_YEAR = re.compile(r"(?:1[6-9]|2[0-2])\d\d")
_HOURS = {
    word: hour
    for hour, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
_BESIDE = {"before": "under", "after": "over"}


@dataclass(frozen=True)
class Day:
    """A date as it stands in a sentence; what it does not say is None.

    Attributes
    ----------
    year, month, day, weekday : int or None
        The weekday counts from Monday, 0.
    relative : tuple of (str, int) or None
        ``("day", -1)`` for yesterday, ``("year", 0)`` for this year.
    shown : str
        The supplied words.
    words : frozenset of str
        Its own words in small letters.
    others : frozenset of int
        Days of the same month that it is told with: 26 and 29 June.
    is_open : bool
        Whether it can be two days: 3/5/2024.
    span : tuple of int
        Half-open, in the sentence.
    slot : Slot
        Where in its clause it stands.
    """

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    relative: tuple[str, int] | None
    others: frozenset[int] = frozenset()
    is_open: bool = False
    shown: str = ""
    words: frozenset[str] = frozenset()
    span: tuple[int, int] = (0, 0)
    slot: slots.Slot = slots.NOWHERE


@dataclass(frozen=True)
class Clock:
    """A time of day; without a.m. or p.m. it is known up to half a day."""

    minutes: int
    is_whole_day: bool
    exactness: str
    shown: str
    words: frozenset[str]
    span: tuple[int, int]
    slot: slots.Slot


@functools.cache
def _months() -> dict[str, int]:
    return {
        name.lower(): number
        for number, names in enumerate(date_forms.month_names(), start=1)
        for name in names
    }


def find(tokens: Tokens) -> tuple[tuple[Day, ...], tuple[Clock, ...], frozenset[int]]:
    """Find dates and clock times.

    Parameters
    ----------
    tokens : Tokens

    Returns
    -------
    days : tuple of Day
    clocks : tuple of Clock
    taken : frozenset of int
        The tokens that they are made of.
    """
    days: list[Day] = []
    clocks: list[Clock] = []
    taken: set[int] = set()
    for at, word in enumerate(tokens.low):
        if at in taken:
            continue
        if word in _months():
            found = _dated(tokens, at)
        elif word in _WEEKDAYS:
            found = _weekday(tokens, at)
        elif (named := _feast(tokens, at) or _in_figures(tokens, at)) is not None:
            found = named
        elif word in _RELATIVE:
            relative = ("day", _RELATIVE[word])
            found = Day(None, None, None, None, relative), at, at + 1
        elif tokens.low[at : at + 2] == ("last", "night"):
            found = Day(None, None, None, None, ("day", -1)), at, at + 2
        elif word in _WHICH and tokens.low[at + 1 : at + 2] and tokens.low[at + 1] in _PERIODS:
            relative = (tokens.low[at + 1], _WHICH[word])
            found = Day(None, None, None, None, relative), at, at + 2
        else:
            clock = _clock(tokens, at)
            if clock is not None:
                clocks.append(clock[0])
                taken.update(range(at, clock[1]))
            continue
        if found is None:
            continue
        day, first, after = found
        if day.day is not None and day.month is not None:
            first, after, others = _told_with(tokens, first, after)
            day = dataclasses.replace(day, others=others)
        days.append(
            dataclasses.replace(
                day,
                shown=tokens.shown(first, after),
                words=plain_words(tokens, first, after),
                span=(tokens.spans[first][0], tokens.spans[after - 1][1]),
                slot=slots.find(tokens, first, after),
            )
        )
        taken.update(range(first, after))
    return tuple(days), tuple(clocks), frozenset(taken)


def _in_figures(tokens: Tokens, at: int) -> tuple[Day, int, int] | None:
    """Read 25/12/2024, which is 12/25/2024 elsewhere."""
    low = tokens.low[at : at + 5]
    if len(low) < _FIGURES or low[1] != low[3] or low[1] not in ("/", "-"):
        return None
    if not (_DAY.fullmatch(low[0]) and _DAY.fullmatch(low[2]) and _YEAR.fullmatch(low[4])):
        return None
    first, second, year = int(low[0]), int(low[2]), int(low[4])
    if min(first, second) > _MONTHS_A_YEAR:
        return None
    is_open = max(first, second) <= _MONTHS_A_YEAR and first != second
    month, day = min(first, second), max(first, second)
    if is_open:
        return Day(year, None, None, None, None, is_open=True), at, at + 5
    return Day(year, month, day, None, None), at, at + 5


def _told_with(tokens: Tokens, first: int, after: int) -> tuple[int, int, frozenset[int]]:
    """Other days that a date is told with, and where all of them stand: "26 to 29 June"."""
    low = tokens.low
    others: set[int] = set()
    # "At 10 and 12 June" has two days, "the 12, 10 June" has one.
    while first > 1 and low[first - 1] in _WITH and _DAY.fullmatch(low[first - 2]):
        others.add(int(low[first - 2]))
        first -= 2
    goes_on = low[after : after + 1] and low[after] in _WITH and after + 1 < len(low)
    if goes_on and _DAY.fullmatch(low[after + 1]) and low[first] in _months():
        others.add(int(low[after + 1]))
        after += 2
        if after + 1 < len(low) and low[after] == "," and _YEAR.fullmatch(low[after + 1]):
            after += 2
    return first, after, frozenset(others)


def _feast(tokens: Tokens, at: int) -> tuple[Day, int, int] | None:
    for words, (month, day) in _FEASTS.items():
        if tokens.low[at : at + len(words)] == words:
            return Day(None, month, day, None, None), at, at + len(words)
    return None


def _dated(tokens: Tokens, at: int) -> tuple[Day, int, int] | None:
    low = tokens.low
    name = low[at]
    first, after = at, at + 1
    if after < len(low) and low[after] == ".":
        after += 1
    day = year = None
    if after < len(low) and _DAY.fullmatch(low[after]) and not _goes_on(tokens, after):
        day, after = int(low[after]), after + 1
        if after < len(low) and low[after] in ("st", "nd", "rd", "th"):
            after += 1
    else:
        before = at - 1
        while before >= 0 and low[before] in (".", "of", "de", "st", "nd", "rd", "th"):
            before -= 1
        if (
            before >= 0
            and at - before <= fact_settings.NEAR_DAY_WORDS
            and _DAY.fullmatch(low[before])
        ):
            day, first = int(low[before]), before
    comma = after + (low[after : after + 1] in ((",",), ("de",), ("of",)))
    if comma < len(low) and _YEAR.fullmatch(low[comma]):
        year, after = int(low[comma]), comma + 1
    elif low[after : after + 2] == ("this", "year"):
        after += 2
    small = tokens.raw[at] == name and tokens.text != tokens.text.lower()
    if day is None and year is None and name in _AMBIGUOUS:
        is_in = at > 0 and low[at - 1] in ("in", "since", "until", "by", "last", "of", "im")
        if small or not is_in:
            return None
    weekday = None
    before = first - 1 - (low[first - 1 : first] == (",",))
    if before >= 0 and low[before] in _WEEKDAYS and day is not None:
        weekday, first = _WEEKDAYS[low[before]], before
    if day is None and low[after - 1] == ".":
        after -= 1
    return Day(year, _months()[name], day, weekday, None), first, after


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether the number there counts something else: "in May 12 people"."""
    return tokens.low[at - 1] != "." and tokens.low[at + 1 : at + 2] == (":",)


def _weekday(tokens: Tokens, at: int) -> tuple[Day, int, int] | None:
    word = tokens.low[at]
    if word in _SHORT_DAYS and tokens.low[at + 1 : at + 2] not in ((".",), (",",)):
        return None
    after = at + 1
    comma = after + (tokens.low[after : after + 1] in ((",",), (".",)))
    comma += tokens.low[comma : comma + 1] in ((",",), ("the",))
    day_first = comma < len(tokens.low) and (
        tokens.low[comma] in _months()
        or (
            _DAY.fullmatch(tokens.low[comma]) is not None
            and any(each in _months() for each in tokens.low[comma + 1 : comma + 4])
        )
    )
    if day_first:
        # It is part of the date that follows.
        return None
    return Day(None, None, None, _WEEKDAYS[word], None), at, after


def _clock(tokens: Tokens, at: int) -> tuple[Clock, int] | None:
    word = tokens.low[at]
    past = _past(tokens, at)
    if word in ("noon", "midday", "midnight"):
        minutes, after, whole = (0 if word == "midnight" else fact_settings.HALF_DAY), at + 1, True
    elif past is not None:
        minutes, after, whole = past
    else:
        spelled = _HOURS.get(word) if _half(tokens, at + 1) is not None else None
        read = date_forms.HOUR.fullmatch(word if spelled is None else str(spelled))
        if read is None:
            return None
        minutes, after, whole = int(read[1]) % 24 * 60 + int(read[2] or 0), at + 1, False
        half = _half(tokens, after)
        if half is not None and int(read[1]) <= _NOON:
            letter, after = half
            minutes = minutes % fact_settings.HALF_DAY + (
                fact_settings.HALF_DAY if letter == "p" else 0
            )
            whole = True
        elif tokens.low[after : after + 1] == ("uhr",):
            after, whole = after + 1, True
        elif ":" in word and read[2] is not None:
            whole = int(read[1]) > _NOON or (len(read[1]) == _HOUR_DIGITS and read[1][0] == "0")
        else:
            return None
    exactness, first = exactness_before(tokens.low, at)
    if exactness == "exact" and at > 0:
        exactness = _BESIDE.get(tokens.low[at - 1], exactness)
        first = at if exactness == "exact" else at - 1
    words = plain_words(tokens, at, after)
    shown = tokens.shown(first, after).removesuffix(",")
    start = tokens.spans[first][0]
    end = tokens.spans[after - 1][1] - (tokens.raw[after - 1] == ",")
    slot = slots.find(tokens, first, after)
    return Clock(minutes, whole, exactness, shown, words, (start, end), slot), after


# What a dial shows.
_CLOCK_HOURS = frozenset(map(str, range(1, 13)))


def _past(tokens: Tokens, at: int) -> tuple[int, int, bool] | None:
    """Read "half past six in the evening", "a quarter to nine": minutes, end, half of the day."""
    first = at + (tokens.low[at] == "a")
    apart: dict[tuple[str, ...], int] = {
        ("half", "past"): 30,
        ("quarter", "past"): 15,
        ("quarter", "to"): -15,
    }
    minutes = apart.get(tuple(tokens.low[first : first + 2]))
    after = first + 3
    hour = tokens.low[after - 1] if minutes is not None and after <= len(tokens.low) else ""
    known = _HOURS.get(hour, int(hour) if hour in _CLOCK_HOURS else None)
    if minutes is None or known is None:
        return None
    minutes += known * 60 % fact_settings.HALF_DAY
    half = _half(tokens, after)
    if half is None:
        return minutes % fact_settings.HALF_DAY, after, False
    letter, after = half
    return (
        (minutes + (fact_settings.HALF_DAY if letter == "p" else 0)) % (2 * fact_settings.HALF_DAY),
        after,
        True,
    )


def _half(tokens: Tokens, at: int) -> tuple[str, int] | None:
    rest = tokens.low[at : at + 4]
    if rest[:3] == ("in", "the", "morning"):
        return "a", at + 3
    if rest[:3] in (("in", "the", "afternoon"), ("in", "the", "evening")):
        return "p", at + 3
    if rest[:1] in (("am",), ("pm",)):
        return rest[0][0], at + 1
    if rest[:3] in (("a", ".", "m"), ("p", ".", "m")):
        return rest[0], at + 3 + (rest[3:] == (".",))
    return None
