"""The forms in which days, clock times and zones are written: the one place that knows them."""

from __future__ import annotations

import datetime
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import dateutil.parser
import dateutil.tz

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# An hour of the clock with or without its minutes, as one word.
HOUR = re.compile(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?")

_ZONE = re.compile(
    r"(?:,?\s*\(?(?:(?:GMT|UTC)\s?)?(?P<offset>[+-]\d{2}:?\d{2}|(?<=GMT|UTC)[+-]\d{1,2}"
    r"|(?<=\s)[+-]\d{2}(?![\d/-]))\b\)?(?:\s*\([^)]*\))?"
    r"|,?\s*\(?(?P<name>[A-Z]{1,4}|utc|gmt|(?:Eastern|Central|Mountain|Pacific)"
    r"(?=\s+(?:Standard\s+|Daylight\s+)?Time\b))\b\)?(?:\s+(?:Standard\s+|Daylight\s+)?Time\b)?)"
)
# Names that are also common words or verbs when written small.
_AMBIGUOUS_MONTHS = frozenset(("may", "march", "mar", "jan", "dec", "sept", "mai", "mei", "mars"))
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<mark>[/.-])\s?(?P<second>\d{1,2})(?P=mark)\s?"
    r"(?P<year>(?:1[6-9]|2[0-2])\d\d|\d\d)(?![\d/-]|\.\d)"
)
_BARE_CLOCK = re.compile(r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.,:%])")
_MAX_OFFSET_HOURS = 14
# What strptime makes of a year of two digits.
_CENTURY_FROM = 69


@dataclass(frozen=True)
class Day:
    """A day, month or year as it is written; what is not written is None.

    Attributes
    ----------
    start, end : int
        Half-open span in the text.
    year, month, day : int or None
        As written; such a day need not exist.
    weekday : str or None
        English name of the weekday beside it.
    is_range : bool
        Whether it is the first of several days, "3-5 March".
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    weekday: str | None = None
    is_range: bool = False


@dataclass(frozen=True)
class Clock:
    """A time of day as it is written.

    Attributes
    ----------
    start, end : int
        Half-open span in the text, the zone included.
    hour, minute, second : int or None
        On the 24-hour clock; an hour of 24 is the end of the day.
    half : str or None
        ``a`` or ``p`` where a.m. or p.m. is written.
    zone : tzinfo or None
        None where no zone is written, or one that could be several.
    """

    start: int
    end: int
    hour: int
    minute: int | None
    second: int | None
    half: str | None
    zone: datetime.tzinfo | None


def clocks(text: str) -> Iterator[Clock]:
    """Find times of day.

    Parameters
    ----------
    text : str

    Yields
    ------
    Clock
        In order, not overlapping.
    """
    for match in _clock().finditer(text):
        marks = ("mark", "minutes", "half", "clock", "noon")
        if all(match[mark] is None for mark in marks):
            continue
        hour = 12 if match["noon"] else int(match["hour"])
        half = match["half"].lower() if match["half"] else None
        if half is not None and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        minute = match["minute"] or match["minutes"]
        zone, end = None, match.end()
        named = _ZONE.match(text, end)
        if named is not None:
            offset = named["offset"]
            zone = zone_of(named["name"]) if offset is None else _offset(offset)
            end = end if zone is None else named.end()
        yield Clock(
            match.start(),
            end,
            hour,
            None if minute is None else int(minute),
            None if match["second"] is None else int(match["second"]),
            half,
            zone,
        )


def bare_clock(text: str, start: int) -> Clock | None:
    """Return a time such as "18.30" behind a date that stands alone, where nothing else says so."""
    match = _BARE_CLOCK.search(text, start)
    if match is None:
        return None
    return Clock(*match.span(), int(match["hour"]), int(match["minute"]), None, None, None)


@functools.lru_cache(maxsize=1)
def _clock() -> re.Pattern[str]:
    # What makes a number a time of day is a colon, "14h30", a.m. or p.m., "Uhr", "noon", or a
    # zone behind "18.30". A sign before it would make it an offset.
    zones = "|".join(name for name in _data()["zones"] if len(name) > 1)
    return re.compile(
        r"(?<![\d:.+/-])(?:(?P<hour>[01]?\d|2[0-4])"
        r"(?:(?P<mark>:|\s?h\s?)(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
        rf"|\.(?P<minutes>[0-5]\d)(?=\s?(?:[ap]\.?\s?m\b|uhr\b|uur\b|(?:{zones})\b)))?"
        r"(?:\s?(?P<half>[ap])(?:\.\s?m\.|\.?\s?m\b)|\s?(?P<clock>uhr|uur)\b)?"
        r"|(?:12\s)?(?P<noon>noon)\b)(?![\d:])",
        re.IGNORECASE,
    )


def _offset(written: str) -> datetime.tzinfo | None:
    digits = written[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    seconds = 3600 * hours + 60 * minutes
    if hours > _MAX_OFFSET_HOURS:
        return None
    return dateutil.tz.tzoffset(None, -seconds if written[0] == "-" else seconds)


def days(text: str) -> Iterator[Day]:
    """Find days, months and years in running text.

    Days with and without a year, months with a year, years after "in" or "since"; no number
    that could be read two ways, and no abbreviation but English ones.

    Parameters
    ----------
    text : str

    Yields
    ------
    Day
        In no order; they may overlap.
    """
    for pattern in _running():
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = parts.get("month")
            if month is not None and not month.isdigit():
                small = month.islower() and month in _AMBIGUOUS_MONTHS
                if small and (parts.get("year") is None or parts.get("day") is None):
                    continue
            start = match.start("year") if month is None else match.start()
            yield _day(match, start)


def days_alone(text: str, order: str | None = None) -> Iterator[Day]:
    """Find days, months and years in what is nothing but a date, as a cell or a dated line.

    As `days`, and abbreviated months of several languages, years of two digits after the name
    of a month, and numbers whose order is known.

    Parameters
    ----------
    text : str
    order : str or None
        ``dmy`` or ``mdy``: what "03/05/2021" means there; None where nothing tells.

    Yields
    ------
    Day
        The longest form first.
    """
    for pattern in _alone():
        for match in pattern.finditer(text):
            yield _day(match, match.start())
    for match in _NUMERIC.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        known = order
        if len(match["year"]) == 4 and (first > 12 or first == second):
            known = "dmy"
        elif len(match["year"]) == 4 and second > 12:
            known = "mdy"
        if known is not None:
            day, month = (first, second) if known == "dmy" else (second, first)
            yield Day(*match.span(), _year(match["year"]), month, day)


def two_ways(text: str) -> str | None:
    """Return the date in numbers that nothing tells how to read, if there is one."""
    match = _NUMERIC.search(text)
    return None if match is None else match.group()


def _day(match: re.Match[str], start: int) -> Day:
    parts = match.groupdict()
    month = parts.get("month")
    number = None
    if month is not None:
        number = int(month) if month.isdigit() else _month_numbers()[month.lower()]
    written = parts.get("weekday")
    weekday = next((name for name in WEEKDAYS if name[:3] == (written or "")[:3]), None)
    return Day(
        start,
        match.end(),
        _year(parts["year"]) if parts.get("year") else None,
        number,
        int(parts["day"]) if parts.get("day") else None,
        weekday,
        parts.get("until") is not None,
    )


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return year + (2000 if year < _CENTURY_FROM else 1900)


def order_of(language: str | None) -> str | None:
    """Return how a language writes a date in numbers: ``dmy``, ``mdy``, or None.

    Parameters
    ----------
    language : str or None
        A tag such as ``de`` or ``en-US``. English without a country is no answer.
    """
    if language is None:
        return None
    first, *rest = re.split(r"[-_]", language.strip().lower())
    country = next((part for part in rest if len(part) == 2), None)
    if first == "en":
        return None if country is None else _data()["english_orders"].get(country)
    if f"{first}-{country}" in _data()["not_day_first"]:
        return None
    return "dmy" if first in _data()["day_first"] else None


@functools.lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    path = importlib.resources.files(__package__) / "languages" / "dates.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)
def month_names() -> tuple[tuple[str, ...], ...]:
    """Return the names of each month, English first and in full as the second."""
    english = dateutil.parser.parserinfo.MONTHS
    return tuple((*known, *more) for known, more in zip(english, _data()["months"], strict=True))


@functools.lru_cache(maxsize=1)
def _month_numbers() -> dict[str, int]:
    every = zip(month_names(), _data()["short_months"], strict=True)
    return {
        name.lower(): number
        for number, (names, short) in enumerate(every, start=1)
        for name in (*names, *short)
    }


@functools.lru_cache(maxsize=1)
def fillers() -> re.Pattern[str]:
    """Return what stands around a day and a clock and says nothing: weekdays, "at", marks."""
    names = [name for names in _data()["weekdays"] for name in names]
    known = {*WEEKDAYS, *names, *_data()["short_weekdays"], *_data()["fillers"]}
    words = "|".join(sorted(map(re.escape, known), key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)|[\W_]+", re.IGNORECASE)


@functools.lru_cache(maxsize=1)
def labels() -> re.Pattern[str]:
    """Return the pattern of labels; the group that matched is the kind of date.

    ``published``, ``published_day_first``, ``changed`` or ``other``.
    """
    kinds = _data()["labels"]
    around = rf"(?:{'|'.join(kinds['around'])})"
    parts = []
    for kind in ("changed", "other", "published", "published_day_first"):
        names = sorted(map(re.escape, kinds[kind]), key=lambda name: (-len(name), name))
        parts.append(rf"(?P<{kind}>{'|'.join(names)})")
    return re.compile(
        rf"(?<![\w-])(?:{around}\s{{1,60}})?(?:{'|'.join(parts)})(?![\w-])(?:\s{{1,60}}{around}"
        rf"(?!\w))*\s{{0,60}}:?",
        re.IGNORECASE,
    )


def is_publication(label: re.Match[str]) -> bool:
    """Tell whether a label is that of a date of publication."""
    return (label.lastgroup or "").startswith("published")


def order_after(label: re.Match[str], order: str | None) -> str | None:
    """Return how a date in numbers is written after a label, whose language may tell."""
    return order or ("dmy" if label.lastgroup == "published_day_first" else None)


@functools.lru_cache(maxsize=256)
def zone_of(name: str) -> datetime.tzinfo | None:
    """Return the time zone of a printed name such as "ET", or None if it is not known."""
    known = _data()["zones"].get(name.upper())
    if known is None:
        return None
    if isinstance(known, str):
        return dateutil.tz.gettz(known)
    return dateutil.tz.tzoffset(name.upper(), int(known * 3600))


_END = r"(?![\w:]|[.,]\d)"


def _names(numbers: list[str]) -> str:
    longest_first = sorted(numbers, key=lambda name: (-len(name), name))
    return "|".join(f"{name}|{name.capitalize()}|{name.upper()}" for name in longest_first)


@functools.lru_cache(maxsize=1)
def _running() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{_names([name.lower() for names in month_names() for name in names])})"
    names = "|".join(rf"{day}|{day[:3]}|{day[:4]}|{day[:5]}" for day in WEEKDAYS)
    weekday = rf"(?:(?P<weekday>{names})\.?(?:\s+the)?,?\s+)?"
    day = r"(?P<day>[0-3]?\d)"
    year = r"(?P<year>(?:1[6-9]|2[0-2])\d\d)"
    ordinal = r"(?:st|nd|rd|th)?(?P<until>\s?[-–]\s?\d{1,2})?"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"\b{weekday}{month}\.?\s+{day}{ordinal}(?:,?\s+{year})?{_END}",
            rf"(?<![\d.,:-])\b{weekday}{day}{ordinal}\.?\s+(?:of\s+|de\s+)?{month}\b"
            rf"(?:\.?,?\s+(?:de\s+|del\s+)?{year})?(?!\w)",
            rf"\b{month}\.?,?\s+(?:of\s+|de\s+)?{year}{_END}",
            rf"\b{year}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
            rf"(?<![\d/.-])(?P<month>0?\d|1[012])/(?P<day>1[3-9]|2\d|3[01])/{year}{_END}",
            rf"(?<![\d/.-])(?P<day>1[3-9]|2\d|3[01])[/.](?P<month>0?\d|1[012])[/.]{year}{_END}",
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring)\s+{year}{_END}",
        )
    )


@functools.lru_cache(maxsize=1)
def _alone() -> tuple[re.Pattern[str], ...]:
    longest_first = sorted(_month_numbers(), key=lambda name: (-len(name), name))
    month = rf"(?<![^\W\d_])(?P<month>{'|'.join(longest_first)})(?![^\W\d_])\.?"
    day = r"(?<![\d:.])(?P<day>[0-3]?\d)(?![\d:])"
    ordinal = r"(?:st|nd|rd|th|er|[ºª])?(?P<until>\s?[-–]\s?\d{1,2}(?!\d)(?:st|nd|rd|th)?)?"
    year = r"(?P<year>(?:1[6-9]|2[0-2])\d\d)(?![\d:])"
    short = r"(?P<year>(?:1[6-9]|2[0-2])\d\d|\d\d)(?![\d:]|\s?[ap]\.?m\b)"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{day}{ordinal}\.?[\s,-]*(?:of\s+|de\s+)?{month}[\s,-]*(?:de\s+|del\s+)?{short}",
            rf"{month}[\s,-]+(?:the\s+)?{day}{ordinal}[\s,-]+{short}",
            rf"(?<!\d){year}[\s,-]+{month}[\s,-]+{day}{ordinal}",
            rf"(?<!\d){year}(?P<mark>[-/.])(?P<month>0?\d|1[012])(?P=mark)"
            r"(?P<day>[0-3]?\d)(?![\d/])",
            rf"(?<!\d){year}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?{day}\s?[日일]",
            rf"{month}[\s,-]+(?:of\s+|de\s+)?{year}",
        )
    )
