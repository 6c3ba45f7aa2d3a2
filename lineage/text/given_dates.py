"""Read a date as it was given with an article."""

from __future__ import annotations

import datetime
import functools
import importlib.resources
import math
import numbers
import re
import tomllib
from dataclasses import dataclass
from typing import Any

import dateutil.parser
import dateutil.tz
import numpy as np
import pandas as pd

from .. import errors


@dataclass(frozen=True)
class ParsedDate:
    """A moment and how exactly it was stated.

    Attributes
    ----------
    at : Timestamp
        In UTC; parts that were not stated are the earliest possible.
    precision : str
        One of ``tables.PRECISIONS``.
    """

    at: pd.Timestamp
    precision: str


_MISSING = frozenset(("", "nan", "nat", "none", "null", "na", "n/a", "<na>", "-"))
_MAX_SHOWN = 60

# A number is an epoch by its size: seconds from 1973 to 5138, and the same span in
# milli-, micro- and nanoseconds. Smaller numbers can be a year or a day without dashes.
_EPOCHS = ((10**8, "s"), (10**11, "ms"), (10**14, "us"), (10**17, "ns"))
_MAX_EPOCH = 10**20
_YEARS = range(1677, 2262)  # what a Timestamp in nanoseconds holds in full

_ISO = re.compile(
    r"\d{4}(?P<month>-?\d{2}(?P<day>-?\d{2}(?P<hour>[T ]\d{2}(?P<minute>:?\d{2}"
    r"(?P<second>:?\d{2}(?:[.,]\d{1,9})?)?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_YEAR = re.compile(r"(?<![\d:])(?:1[6-9]|2[0-2])\d\d(?![\d:])")
_OFFSET = re.compile(r"(?:(?<=[\d ])[+-]\d{2}:?\d{2}|(?<=\b(?:GMT|UTC))[+-]\d{1,4})\b")
_CLOCK = re.compile(
    r"\b\d{1,2}(?P<minute>:\d{2}(?P<second>:\d{2}(?:\.\d+)?)?)?(?:\s*[ap]m\b|(?(minute)|(?!)))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:(?:first|last|originally)\s+)?"
    r"(?:posted|published|updated|modified|created|filed|issued|effective|released|"
    r"publication|date)"
    r"(?:\s+(?:on|at|date|time))?(?=\W)\s*[:|—–-]*\s*",
    re.IGNORECASE,
)


def parse_date(value: Any) -> ParsedDate | None:
    """Read a date as it was given with an article.

    ISO 8601, RFC 2822, seconds or milliseconds since 1970, dates written out ("July 16,
    2018 at 5:57 am ET"), and the objects of `datetime`, numpy and pandas. A time without
    a zone is taken as UTC.

    Parameters
    ----------
    value : object
        What stood in the cell.

    Returns
    -------
    ParsedDate or None
        None for a missing value.

    Raises
    ------
    DateError
        If something is there that is no date, or could be two: "03/04/2018". One line,
        without file and row.
    """
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
    if text.lower() in _MISSING:
        return None
    return _from_text(text)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "...")


def _utc(moment: Any, shown: str) -> pd.Timestamp:
    try:
        at = pd.Timestamp(moment)
        at = at.tz_localize("UTC") if at.tzinfo is None else at.tz_convert("UTC")
        return at.as_unit("ns")
    except (ValueError, OverflowError) as error:
        raise errors.DateError(f"date {shown} is out of range") from error


def _from_datetime(moment: np.datetime64 | datetime.datetime) -> ParsedDate | None:
    if pd.isna(moment):
        return None
    at = _utc(moment, str(moment))
    if isinstance(moment, np.datetime64):
        unit = np.datetime_data(moment.dtype)[0]
        coarse = {"Y": "year", "M": "month", "W": "day", "D": "day", "h": "hour", "m": "minute"}
        if unit in coarse:
            return ParsedDate(at, coarse[unit])
    # An object says nothing about what was written: midnight was most likely a day.
    local = pd.Timestamp(moment)
    if local == local.normalize():
        return ParsedDate(at, "day")
    exact = local.second != 0 or local.microsecond != 0 or local.nanosecond != 0
    return ParsedDate(at, "second" if exact else "minute")


def _from_number(number: float, shown: str) -> ParsedDate:
    if not math.isfinite(number) or number < 0 or number >= _MAX_EPOCH:
        raise errors.DateError(f"{shown} is no date: write it as 2018-07-16")
    if number >= _EPOCHS[0][0]:
        unit = [unit for least, unit in _EPOCHS if number >= least][-1]
        try:
            moment = pd.Timestamp(number, unit=unit)
        except (ValueError, OverflowError) as error:
            raise errors.DateError(f"date {shown} is out of range") from error
        return ParsedDate(_utc(moment, shown), "second")
    if number.is_integer() and number >= min(_YEARS):
        digits = str(int(number))
        if _ISO.fullmatch(digits) is not None and int(digits[:4]) in _YEARS:
            return _from_iso(digits)
    raise errors.DateError(f"{shown} is no date: write it as 2018-07-16")


def _from_iso(text: str) -> ParsedDate:
    match = _ISO.fullmatch(text)
    parts = match.groupdict() if match is not None else {}
    precision = "year"
    for part in ("month", "day", "hour", "minute", "second"):
        if parts.get(part) is not None:
            precision = part
    if precision == "month" and "-" not in text:
        text = f"{text[:4]}-{text[4:]}"  # which isoparse takes for a day of the century
    try:
        moment = dateutil.parser.isoparse(text.upper().replace(" ", "T", 1).replace(" ", ""))
    except ValueError as error:
        raise errors.DateError(f"date {_shown(text)} does not exist: {error}") from error
    return ParsedDate(_utc(moment, _shown(text)), precision)


def _from_text(text: str) -> ParsedDate:
    if re.fullmatch(r"\d+(?:\.\d+)?", text) is not None and _NUMERIC.fullmatch(text) is None:
        return _from_number(float(text), _shown(text))
    text = _LABEL.sub("", text) or text
    if _ISO.fullmatch(text) is not None:
        return _from_iso(text)
    tidy = _tidy(text)
    without_offset = _OFFSET.sub(" ", tidy)
    numeric = _NUMERIC.search(tidy)
    if numeric is not None:
        day, month = _order_of(numeric, text)
        tidy = _NUMERIC.sub(f"{numeric[4]}-{month:02d}-{day:02d}", tidy, count=1)
    elif _YEAR.search(without_offset) is None:
        raise errors.DateError(
            f"date {_shown(text)} has no year of four digits: write it as 2018-07-16"
        )
    first, second = (_parse(tidy, text, default) for default in _defaults())
    if first.year != second.year:
        raise errors.DateError(f"date {_shown(text)} has no year: write it as 2018-07-16")
    precision = "day"
    if first.month != second.month:
        first, precision = first.replace(month=1, day=1), "year"
    elif first.day != second.day:
        first, precision = first.replace(day=1), "month"
    clock = _CLOCK.search(without_offset)
    if clock is not None:
        precision = "second" if clock["second"] else "minute" if clock["minute"] else "hour"
    elif (first.hour, first.minute) != (0, 0):
        raise errors.DateError(f"date {_shown(text)} cannot be read: write it as 2018-07-16 05:57")
    return ParsedDate(_utc(first, _shown(text)), precision)


def _tidy(text: str) -> str:
    """Write dates and clock times the one way that dateutil knows."""
    tidy = re.sub(r"\b([ap])\.?\s?m\b\.?", r"\1m", text, flags=re.IGNORECASE)
    tidy = re.sub(r"\b(\d{1,2})\.(\d{2})(?=\s?[ap]m\b)", r"\1:\2", tidy, flags=re.IGNORECASE)
    tidy = re.sub(r"\b(\d{1,2})\s?h\s?(\d{2})\b", r"\1:\2", tidy)
    tidy = re.sub(r"\b(?:12 )?noon\b", "12:00", tidy, flags=re.IGNORECASE)
    tidy = re.sub(r"(\d{4})年(\d{1,2})月(\d{1,2})日", r"\1-\2-\3", tidy)
    # dateutil reads "GMT+2" the POSIX way round, as two hours west.
    tidy = re.sub(r"\b(?:GMT|UTC)\s?(?=[+-]\d)", "", tidy)
    return re.sub(r"\s*[—–|•·]\s*|\s+-\s+|[()\[\]]", " ", tidy)


def _order_of(match: re.Match[str], text: str) -> tuple[int, int]:
    """Return (day, month) of a date in numbers, or say why nobody can tell."""
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 2:
        raise errors.DateError(f"date {_shown(text)} has a year of two digits: write all four")
    if first <= 12 and second <= 12 and first != second:
        raise errors.DateError(
            f"date {_shown(text)} can be read two ways: write "
            f"{year}-{first:02d}-{second:02d} or {year}-{second:02d}-{first:02d}"
        )
    return (first, second) if first > 12 else (second, first)


def _defaults() -> tuple[datetime.datetime, datetime.datetime]:
    # Parts in which two readings with different defaults differ were not written. Both
    # have 31 days and leap days, so that neither makes a written part impossible.
    return datetime.datetime(2000, 1, 1), datetime.datetime(1996, 12, 31)


def _parse(tidy: str, text: str, default: datetime.datetime) -> datetime.datetime:
    def zone(name: str | None, offset: int | None) -> datetime.tzinfo | None:
        if offset is not None:
            return dateutil.tz.tzoffset(None, offset)
        if name is None:
            return None
        known = zone_of(name)
        if known is None:
            raise errors.DateError(
                f"date {_shown(text)}: time zone {name} is not known, write it as +02:00"
            )
        return known

    try:
        return dateutil.parser.parse(tidy, parserinfo=_names(), default=default, tzinfos=zone)
    except errors.DateError:
        raise
    except (ValueError, OverflowError) as error:
        raise errors.DateError(
            f"{_shown(text)} is no date or does not exist: write it as 2018-07-16"
        ) from error


@functools.lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    path = importlib.resources.files(__package__) / "data" / "dates.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)
def month_names() -> tuple[tuple[str, ...], ...]:
    """Return the names of each month, English first and in full as the second."""
    english = dateutil.parser.parserinfo.MONTHS
    return tuple((*known, *more) for known, more in zip(english, _data()["months"], strict=True))


@functools.lru_cache(maxsize=1)
def _names() -> dateutil.parser.parserinfo:
    class Names(dateutil.parser.parserinfo):
        MONTHS: Any = list(month_names())  # noqa: RUF012
        WEEKDAYS = [  # noqa: RUF012
            (*known, *more)
            for known, more in zip(
                dateutil.parser.parserinfo.WEEKDAYS, _data()["weekdays"], strict=True
            )
        ]
        JUMP = [*dateutil.parser.parserinfo.JUMP, *_data()["fillers"]]  # noqa: RUF012

    return Names()


@functools.lru_cache(maxsize=256)
def zone_of(name: str) -> datetime.tzinfo | None:
    """Return the time zone of a printed name such as "ET", or None if it is not known."""
    known = _data()["zones"].get(name.upper())
    if known is None:
        return None
    if isinstance(known, str):
        return dateutil.tz.gettz(known)
    return dateutil.tz.tzoffset(name.upper(), known * 3600)
