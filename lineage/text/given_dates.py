"""Read a date as it was given with an article, and say which of two came first."""

from __future__ import annotations

import datetime
import math
import numbers
import re
from dataclasses import dataclass
from typing import Any

import dateutil.parser
import numpy as np
import pandas as pd

from .. import errors
from . import date_forms, placeholders


@dataclass(frozen=True)
class ParsedDate:
    """A moment and how exactly it was stated.

    Attributes
    ----------
    at : Timestamp
        In UTC; parts that were not stated are the earliest possible. Of a time without a zone
        and of a day, what the clock and the calendar of the place showed.
    precision : str
        One of ``tables.PRECISIONS``.
    """

    at: pd.Timestamp
    precision: str


# Places on earth are at most so many hours from UTC: a time without a zone is no better known.
ZONES_APART = pd.Timedelta(hours=14)

_MAX_SHOWN = 60

# A number is an epoch by its size: seconds from 1973 to 5138, and the same span in
# milli-, micro- and nanoseconds. Smaller numbers can be a year or a day without dashes.
_EPOCHS = ((10**8, "s"), (10**11, "ms"), (10**14, "us"), (10**17, "ns"))
_MAX_EPOCH = 10**20
_YEARS = range(1677, 2262)  # what a Timestamp in nanoseconds holds in full

# Times written as one number, 20210503143000. As milliseconds since 1970 they would lie in 1976
# or after 2286. With seconds they are stamps of archives and databases, which keep UTC.
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)?")

_COMPACT_DIGITS = 14

_ISO = re.compile(
    r"\d{4}(?P<month>-?\d{2}(?P<day>-?\d{2}(?P<hour>[T ]\d{2}(?P<minute>:?\d{2}"
    r"(?P<second>:?\d{2}(?:[.,]\d{1,9})?)?)?\s?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?",
    re.IGNORECASE,
)
_PRECISE = ("second", "minute", "hour")
# What may stand behind a time: a zone that nobody knows, and the place of one that is written.
_ODD_ZONE = re.compile(r"\s*\(?[A-Z]{2,5}\b\)?")
_PLACE = re.compile(r"(?<=[\dZ])\[[A-Za-z_/+-]+\]$")
# ISO 8601 as careless programs write it: "2021-05-03T9:15:00 GMT", "/Date(1620033300000)/".
_ONE_DIGIT_HOUR = re.compile(r"(?<=^\d{4}-\d\d-\d\dT)(?=\d:)")
_ISO_ZONE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:[\d:.]+)\s?(?:GMT|UTC)")
_DOT_NET = re.compile(r"/Date\((\d+)(?:[+-]\d{4})?\)/")
# No time, but what a computer writes where there is none.
_NO_TIME = pd.Timestamp(0, tz="UTC")


def parse_date(value: Any, *, order: str | None = None) -> ParsedDate | None:
    """Read a date as it was given with an article.

    ISO 8601, RFC 2822, seconds or milliseconds since 1970, 20210503143000, dates written out
    ("July 16, 2018 at 5:57 am ET"), and the objects of `datetime`, numpy and pandas. Midnight
    is taken for a day without a time.

    Parameters
    ----------
    value : object
        What stood in the cell.
    order : str, optional
        ``dmy`` or ``mdy``, where the language of the page tells what "03/04/2018" means.

    Returns
    -------
    ParsedDate or None
        None for a missing value. Precision ``local`` for a time whose zone is not known.

    Raises
    ------
    DateError
        If something is there that is no date, could be two ("03/04/2018"), or is said to be
        the date of a change. One line, without file and row.
    """
    if isinstance(value, ParsedDate):
        return value
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, np.bool_)):
        raise errors.DateError(f"{value!r} is no date: leave it empty or write 2018-07-16")
    if isinstance(value, (np.datetime64, datetime.datetime)):
        return _from_datetime(value)
    if isinstance(value, datetime.date):
        return ParsedDate(_utc(value, str(value)), "day")
    if isinstance(value, numbers.Real):
        return None if math.isnan(value) else _from_number(float(value), repr(value))
    if not isinstance(value, str):
        raise errors.DateError(f"a {type(value).__name__} is no date: write it as 2018-07-16")
    text = " ".join(value.split())
    if placeholders.is_placeholder(text, "published_at"):
        return None
    return _from_text(text, order)


def lag_s(first: ParsedDate, second: ParsedDate) -> float | None:
    """Seconds from one moment to another, where it is sure which came first.

    Parameters
    ----------
    first, second : ParsedDate

    Returns
    -------
    float or None
        Below zero when `second` came first; None where they are not precise enough to tell: a
        day covers all its hours, and a time without a zone says nothing within 14 hours.
    """
    apart = (second.at - first.at).total_seconds()
    if apart == 0:
        exact = first.precision == second.precision and first.precision in ("second", "minute")
        return 0.0 if exact else None
    early, late = (first, second) if apart > 0 else (second, first)
    until = early.at + _LASTS[early.precision]
    is_local = "local" in (early.precision, late.precision)
    if late.at < until + (ZONES_APART if is_local else pd.Timedelta(0)):
        return None
    return apart


_LASTS = {
    "second": pd.DateOffset(seconds=0),
    "minute": pd.DateOffset(minutes=0),
    "local": pd.DateOffset(minutes=0),
    "hour": pd.DateOffset(hours=1),
    "day": pd.DateOffset(days=1),
    "month": pd.DateOffset(months=1),
    "year": pd.DateOffset(years=1),
}


def _shown(text: str) -> str:
    return repr(text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "...")


def _utc(moment: Any, shown: str) -> pd.Timestamp:
    try:
        at = pd.Timestamp(moment)
        at = at.tz_localize("UTC") if at.tzinfo is None else at.tz_convert("UTC")
        return at.as_unit("ns")
    except (ValueError, OverflowError) as error:
        raise errors.DateError(f"date {shown} is out of range") from error


def _timed(moment: Any, precision: str, shown: str) -> ParsedDate:
    """Give a moment the precision that it deserves: midnight is a day, no zone is ``local``."""
    at = _utc(moment, shown)
    local = pd.Timestamp(moment)
    if at == _NO_TIME:
        raise errors.DateError(f"date {shown} is what computers write for no date")
    if local == local.normalize():
        return ParsedDate(_utc(local.tz_localize(None), shown), "day")
    if local.tzinfo is None:
        return ParsedDate(at, "local")
    return ParsedDate(at, precision)


def _from_datetime(moment: np.datetime64 | datetime.datetime) -> ParsedDate | None:
    if pd.isna(moment):
        return None
    shown = str(moment)
    at = _utc(moment, shown)
    if isinstance(moment, np.datetime64):
        unit = np.datetime_data(moment.dtype)[0]
        coarse = {"Y": "year", "M": "month", "W": "day", "D": "day"}
        if unit in coarse:
            return ParsedDate(at, coarse[unit])
    exact = at.second != 0 or at.microsecond != 0 or at.nanosecond != 0
    return _timed(moment, "second" if exact else "minute", shown)


def _from_number(number: float, shown: str) -> ParsedDate:
    if not math.isfinite(number) or number < 0 or number >= _MAX_EPOCH:
        raise errors.DateError(f"{shown} is no date: write it as 2018-07-16")
    compact = _from_compact(f"{number:.0f}") if number.is_integer() else None
    if compact is not None:
        return compact
    if number >= _EPOCHS[0][0]:
        unit = [unit for least, unit in _EPOCHS if number >= least][-1]
        try:
            moment = pd.Timestamp(number, unit=unit)
        except (ValueError, OverflowError) as error:
            raise errors.DateError(f"date {shown} is out of range") from error
        return _timed(_utc(moment, shown), "second", shown)
    if number.is_integer() and number >= min(_YEARS):
        digits = str(int(number))
        if _ISO.fullmatch(digits) is not None and int(digits[:4]) in _YEARS:
            return _from_iso(digits)
    raise errors.DateError(f"{shown} is no date: write it as 2018-07-16")


def _from_compact(digits: str) -> ParsedDate | None:
    match = _COMPACT.fullmatch(digits)
    if match is None:
        return None
    try:
        moment = pd.Timestamp(
            datetime.datetime.strptime(digits.ljust(_COMPACT_DIGITS, "0"), "%Y%m%d%H%M%S")
        )
    except ValueError:
        return None
    if match[6] is None:
        return _timed(moment, "minute", digits)
    return _timed(moment.tz_localize("UTC"), "second", digits)


def _from_iso(text: str) -> ParsedDate:
    match = _ISO.fullmatch(text)
    parts = match.groupdict() if match is not None else {}
    precision = "year"
    for part in ("month", "day", *reversed(_PRECISE)):
        if parts.get(part) is not None:
            precision = part
    if precision == "month" and "-" not in text:
        text = f"{text[:4]}-{text[4:]}"  # which isoparse takes for a day of the century
    written = text.upper()
    written = written if "T" in written else written.replace(" ", "T", 1)
    written = written.replace(" ", "")
    try:
        if re.search(r"T24(?::?00)*(?![:\d])", written):
            # The end of a day, which is next day's midnight: the day is what was meant.
            written, precision = written[: written.index("T")], "day"
        moment = dateutil.parser.isoparse(written)
    except ValueError as error:
        raise errors.DateError(f"date {_shown(text)} does not exist: {error}") from error
    if precision in _PRECISE:
        return _timed(moment, precision, _shown(text))
    return ParsedDate(_utc(moment, _shown(text)), precision)


def _from_text(text: str, order: str | None) -> ParsedDate:
    text = _ONE_DIGIT_HOUR.sub("0", _PLACE.sub("", text))
    careless = _DOT_NET.fullmatch(text)
    text = careless[1] if careless is not None else text
    zoned = _ISO_ZONE.fullmatch(text)
    text = f"{zoned[1]}Z" if zoned is not None else text
    if re.fullmatch(r"\d+(?:\.\d+)?(?:e\+?\d\d?)?", text) is not None:
        return _from_number(float(text), _shown(text))
    label = date_forms.labels().match(text)
    if label is not None and label.end() < len(text):
        if not date_forms.is_publication(label):
            raise errors.DateError(f"date {_shown(text)} is not that of publication")
        text = text[label.end() :].strip(" :|—–-")
        order = date_forms.order_after(label, order)
    if _ISO.fullmatch(text) is not None:
        return _from_iso(text)
    found = read_stated(text, order)
    if found is not None and re.search(r"\w", found.rest) is None:
        return found.date
    raise errors.DateError(_why_not(text, order))


DAY_HERE = "\0"


@dataclass(frozen=True)
class Stated:
    """A date that was read from a line, and what else stands there.

    Attributes
    ----------
    date : ParsedDate
    day : date
        The day as written, whatever the zone.
    rest : str
        The line without the clock and what says nothing: `DAY_HERE` stands for the day, and
        ``|`` for a mark that parts a line.
    has_clock : bool
    """

    date: ParsedDate
    day: datetime.date
    rest: str
    has_clock: bool


def read_stated(text: str, order: str | None = None) -> Stated | None:
    """Read the day in a line, and the time of day beside it.

    Parameters
    ----------
    text : str
        One line.
    order : str, optional
        As for `parse_date`.

    Returns
    -------
    Stated or None
        None where there is no day that exists, or the first of a range.

    Raises
    ------
    DateError
        If it is out of range.
    """
    clock = next(date_forms.clocks(text), None)
    apart = text
    if clock is not None:
        if re.search(r"uhr\b", text[clock.start : clock.end], re.IGNORECASE) is not None:
            order = order or "dmy"
        odd = _ODD_ZONE.match(text, clock.end)
        end = clock.end if odd is None else odd.end()
        apart = text[: clock.start] + " " * (end - clock.start) + text[end:]
    day = next(iter(date_forms.days_alone(apart, order)), None)
    if day is None or day.is_range or day.year is None:
        return None
    if clock is None:
        clock = date_forms.bare_clock(apart, day.end)
        if clock is not None:
            apart = apart[: clock.start] + " " * (clock.end - clock.start) + apart[clock.end :]
    sides = (apart[: day.start], apart[day.end :])
    rest = DAY_HERE.join(date_forms.fillers().sub(_mark, side) for side in sides)
    try:
        moment = datetime.datetime(day.year, day.month or 1, day.day or 1)
        if clock is None or day.day is None or clock.hour == 24:
            precision = "month" if day.day is None else "day"
            read = ParsedDate(_utc(moment, _shown(text)), precision)
        else:
            moment = moment.replace(
                hour=clock.hour,
                minute=clock.minute or 0,
                second=clock.second or 0,
                tzinfo=clock.zone,
            )
            finest = "hour" if clock.minute is None else "minute"
            finest = finest if clock.second is None else "second"
            read = _timed(moment, finest, _shown(text))
    except ValueError:
        return None
    return Stated(read, moment.date(), rest, clock is not None)


def _mark(filler: re.Match[str]) -> str:
    return "|" if any(mark in filler[0] for mark in "|/·•—–") else " "


def _why_not(text: str, order: str | None) -> str:
    numeric = date_forms.two_ways(text)
    if numeric is not None and order is None:
        parts = re.split(r"[/.-]\s?", numeric)
        if len(parts[2]) == 2:
            return f"date {_shown(text)} has a year of two digits: write all four"
        if int(parts[0]) <= 12 and int(parts[1]) <= 12 and parts[0] != parts[1]:
            first, second, year = int(parts[0]), int(parts[1]), parts[2]
            return (
                f"date {_shown(text)} can be read two ways: write "
                f"{year}-{first:02d}-{second:02d} or {year}-{second:02d}-{first:02d}"
            )
    if re.search(r"(?<!\d)\d{4}(?!\d)", text) is None:
        return f"date {_shown(text)} has no year of four digits: write it as 2018-07-16"
    return f"{_shown(text)} is no date or does not exist: write it as 2018-07-16"
