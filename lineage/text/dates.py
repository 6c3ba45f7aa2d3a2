"""Find the dates that a text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from . import date_forms, given_dates

ParsedDate = given_dates.ParsedDate
parse_date = given_dates.parse_date


@dataclass(frozen=True)
class DateMention:
    """A date that stands in a text.

    Attributes
    ----------
    start, end : int
        Half-open span in the supplied text.
    at : Timestamp or None
        First moment of it, in UTC; None where nothing says the year.
    precision : str
        One of ``tables.PRECISIONS``.
    weekday : str or None
        English name of the weekday, where it is written.
    kind : str
        ``absolute``, ``no_year`` or ``weekday``.
    """

    start: int
    end: int
    at: pd.Timestamp | None
    precision: str
    weekday: str | None
    kind: str


_WEEKDAY = re.compile(rf"\b(?:{'|'.join(date_forms.WEEKDAYS)})\b")
_DIGIT = re.compile(r"\d")
# Any leap year: days without a year are kept in it until the year is known.
_SOME_YEAR = 2000


def find_dates(text: str, page: ParsedDate | None = None) -> list[DateMention]:
    """Find the dates that a text mentions.

    Full dates, months and years, days without a year ("Aug. 18") and weekdays. What can be
    read two ways ("03/04/2018") or does not exist is left out, as are "last month" and
    the like.

    Parameters
    ----------
    text : str
        The supplied text.
    page : ParsedDate, optional
        When the text was published: gives days without a year the year in which they are
        nearest.

    Returns
    -------
    list of DateMention
        In order, not overlapping.
    """
    # Only in text that lost its case is a month or weekday written small a name.
    is_cased = text != text.lower()
    searched = text if is_cased else text.title()
    if len(searched) != len(text):
        searched = text
    found = list(_candidates(searched))
    found.sort(key=lambda mention: (mention.start, -mention.end))
    mentions: list[DateMention] = []
    for mention in found:
        if len(mentions) == 0 or mention.start >= mentions[-1].end:
            mentions.append(_with_year(mention, page))
    return mentions


def _candidates(text: str) -> Iterator[DateMention]:
    for found in date_forms.days(text) if _DIGIT.search(text) is not None else ():
        precision = "year" if found.month is None else "month" if found.day is None else "day"
        try:
            at = pd.Timestamp(found.year or _SOME_YEAR, found.month or 1, found.day or 1, tz="UTC")
        except ValueError:
            continue
        kind = "no_year" if found.year is None else "absolute"
        yield DateMention(found.start, found.end, at, precision, found.weekday, kind)
    for match in _WEEKDAY.finditer(text):
        yield DateMention(*match.span(), None, "day", match.group(), "weekday")


def _with_year(mention: DateMention, page: ParsedDate | None) -> DateMention:
    if mention.kind != "no_year":
        return mention
    at = None
    if page is not None and mention.at is not None:
        candidates = []
        for year in (page.at.year - 1, page.at.year, page.at.year + 1):
            try:
                candidates.append(mention.at.replace(year=year))
            except ValueError:  # 29 February
                continue
        at = min(candidates, key=lambda moment: abs(moment - page.at), default=None)
    return DateMention(
        mention.start, mention.end, at, mention.precision, mention.weekday, mention.kind
    )
