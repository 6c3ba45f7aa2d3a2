"""Find the dates that a text mentions, and the one that its page prints."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from .. import errors
from . import given_dates

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


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b")
_DIGIT = re.compile(r"\d")
# Names that are also common words or verbs when written small.
_AMBIGUOUS_MONTHS = frozenset(("may", "march", "mar", "jan", "dec", "sept", "mai", "mei", "mars"))

# A page says when it was published above its first paragraph; a line with a label of its
# own can also stand at the very end.
_HEAD_LINES, _LABELLED_LINES, _TAIL_LINES = 15, 30, 5
_MAX_LINE = 140
_MIN_PROSE_WORDS = 20
# A byline beside the date; more words are a sentence.
_MAX_BYLINE_WORDS, _MAX_LABELLED_WORDS = 5, 8
_LABEL = re.compile(
    r"\b(?:(?:first|last|originally)\s+)?(?P<label>posted|published|updated|modified|created|"
    r"filed|issued|effective|released|publication|date)(?:\s+(?:on|at|date|time))?\b\s*:?",
    re.IGNORECASE,
)
_LATER_LABELS = frozenset(("updated", "modified"))
# Inside a line only these belong to the page; "X posted at ..." is the date of X.
_INNER_LABELS = frozenset(("published", "updated"))
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2}(?::\d{2})?)?\s*[ap]\.?\s?m\b\.?|\b\d{1,2}:\d{2}(?::\d{2})?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\s*\(?([A-Za-z]{1,4}|[+-]\d{2}:?\d{2})\b\)?")
_TRIFLES = re.compile(r"\b(?:at|on|edition|monday|tuesday|wednesday|thursday|friday)\b|\W+", re.I)


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


def page_date(text: str) -> ParsedDate | None:
    """Read the date of publication that a page prints.

    A line such as "Posted: 3:14 AM, July 16, 2018" or a date on its own above the first
    paragraph; never a date inside a sentence. Where several are printed, the first one
    that is labelled as publication, then one without a label, then an update. A clock time
    without a zone could be half a day off, so that only its day is kept.

    Parameters
    ----------
    text : str
        The supplied text.

    Returns
    -------
    ParsedDate or None
        None if the page prints none.
    """
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if re.search(r"\w", line) is not None]
    published: list[ParsedDate] = []
    plain: list[ParsedDate] = []
    updated: list[ParsedDate] = []
    in_head = True
    for i, line in enumerate(lines):
        words = len(line.split())
        if words >= _MIN_PROSE_WORDS and line[-1] in ".!?\"”'":
            in_head = False
        near_edge = i < _LABELLED_LINES or i >= len(lines) - _TAIL_LINES
        if len(line) > _MAX_LINE or not near_edge or "@" in line:
            continue
        above = lines[i - 1] if i > 0 else ""
        labels = list(_LABEL.finditer(line))
        alone = _LABEL.fullmatch(above)
        first = labels[0] if labels else None
        if first is not None:
            leads = _TRIFLES.sub("", line[: first.start()]) == ""
            inner = first["label"].lower() in _INNER_LABELS and i < _HEAD_LINES
            if not leads and not inner:
                continue
            target, at = _target(first, published, updated), first.end()
        elif in_head and i < _HEAD_LINES and "@" not in above:
            target, at = plain if alone is None else _target(alone, published, updated), 0
        else:
            continue
        stop = labels[1].start() if len(labels) > 1 else len(line)
        is_labelled = target is not plain or alone is not None
        read = _read_line(line, at, stop, is_labelled)
        if read is not None:
            target.append(read)
    return next(iter([*published, *plain, *updated]), None)


def _target(
    label: re.Match[str], published: list[ParsedDate], updated: list[ParsedDate]
) -> list[ParsedDate]:
    return updated if label["label"].lower() in _LATER_LABELS else published


def _read_line(line: str, at: int, stop: int, is_labelled: bool) -> ParsedDate | None:
    """Read ``line[at:stop]`` if it is a date, a time, and next to nothing else."""
    segment = line[at:stop]
    day = next(
        (m for m in find_dates(segment) if m.kind == "absolute" and m.precision == "day"), None
    )
    if day is None:
        return None
    rest = segment[: day.start] + " | " + segment[day.end :]
    stated = segment[day.start : day.end]
    clock = _CLOCK.search(rest)
    has_zone = False
    if clock is not None:
        zone = _ZONE.match(rest, clock.end())
        end = clock.end()
        stated = f"{stated} {clock.group()}"
        if zone is not None and (given_dates.zone_of(zone[1]) or not zone[1].isalpha()):
            stated = f"{stated} {zone[1]}"
            has_zone = True
            end = zone.end()
        rest = rest[: clock.start()] + " | " + rest[end:]
    left_over = [word for word in (_TRIFLES.sub(" ", line[:at] + rest)).split() if word]
    if is_labelled:
        fits = len(left_over) <= _MAX_LABELLED_WORDS and not line.endswith(("?", "!"))
    else:
        has_byline = re.match(r"by\s", line, re.IGNORECASE) is not None
        beside = line[: at + day.start].rstrip().endswith("|") and line[0].isupper()
        fits = len(left_over) <= (_MAX_BYLINE_WORDS if has_byline or beside else 0)
    if not fits:
        return None
    try:
        read = parse_date(stated)
    except errors.DateError:
        return None
    if read is None or has_zone or clock is None:
        return read
    return ParsedDate(read.at.normalize(), "day")


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


# Any leap year: days without a year are kept in it until the year is known.
_SOME_YEAR = 2000


def _candidates(text: str) -> Iterator[DateMention]:
    patterns, numbers = _patterns()
    for pattern in patterns if _DIGIT.search(text) is not None else ():
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = parts.get("month")
            if month is not None and not month.isdigit():
                small = month.islower() and month in _AMBIGUOUS_MONTHS
                if small and (parts.get("year") is None or parts.get("day") is None):
                    continue
                number = numbers[month.lower()]
            else:
                number = int(month) if month is not None else 1
            precision = "day" if parts.get("day") else "month" if month is not None else "year"
            year = int(parts["year"]) if parts.get("year") else _SOME_YEAR
            try:
                at = pd.Timestamp(year, number, int(parts.get("day") or 1), tz="UTC")
            except ValueError:
                continue
            kind = "absolute" if parts.get("year") else "no_year"
            start = match.start("year") if precision == "year" else match.start()
            written = parts.get("weekday")
            weekday = next((name for name in _WEEKDAYS if name[:3] == (written or "")[:3]), None)
            yield DateMention(start, match.end(), at, precision, weekday, kind)
    for match in _WEEKDAY.finditer(text):
        yield DateMention(*match.span(), None, "day", match.group(), "weekday")


@functools.lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], ...], dict[str, int]]:
    numbers = {
        name.lower(): number
        for number, names in enumerate(given_dates.month_names(), start=1)
        for name in names
    }
    longest_first = sorted(numbers, key=lambda name: (-len(name), name))
    spelled = [f"{name}|{name.capitalize()}|{name.upper()}" for name in longest_first]
    month = rf"(?P<month>{'|'.join(spelled)})"
    names = "|".join(rf"{day}|{day[:3]}|{day[:4]}|{day[:5]}" for day in _WEEKDAYS)
    weekday = rf"(?:(?P<weekday>{names})\.?(?:\s+the)?,?\s+)?"
    day = r"(?P<day>[0-3]?\d)"
    year = r"(?P<year>(?:1[6-9]|2[0-2])\d\d)"
    end = r"(?![\w:]|[.,]\d)"
    ordinal = r"(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{1,2})?"
    return (
        tuple(
            map(
                re.compile,
                (
                    rf"\b{weekday}{month}\.?\s+{day}{ordinal}(?:,?\s+{year})?{end}",
                    rf"(?<![\d.,:-])\b{weekday}{day}{ordinal}\.?\s+(?:of\s+|de\s+)?{month}\b"
                    rf"(?:\.?,?\s+(?:de\s+|del\s+)?{year})?(?!\w)",
                    rf"\b{month}\.?,?\s+(?:of\s+|de\s+)?{year}{end}",
                    rf"\b{year}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
                    rf"(?<![\d/.-])(?P<month>0?\d|1[012])/(?P<day>1[3-9]|2\d|3[01])/{year}{end}",
                    rf"(?<![\d/.-])(?P<day>1[3-9]|2\d|3[01])[/.](?P<month>0?\d|1[012])[/.]{year}{end}",
                    rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring)\s+{year}{end}",
                ),
            )
        ),
        numbers,
    )
