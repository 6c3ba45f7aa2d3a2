"""Read lines that are a name and a day: "Martha Quill, 14 May 2021", "14.05.2021 | Jan Berg"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .. import errors
from ..text import given_dates
from . import author_lines

# A longer line tells something.
_MAX_LINE = 90
_MAX_PERSONS = 3
# What parts the name from the day.
_MARK = re.compile(r"\s*[,|•·;–—]\s*|\s+[-/]\s+")
# What begins the name of a place: "New Ostrell, 14 May 2021" has no author.
_PLACES = frozenset(
    "new san santa santo sankt saint st st. são los las bad den rio port porto puerto fort mount "
    "lake north south east west upper lower great little hong buenos tel cape abu addis kuala "
    "monte castel villa ober unter nieder neu alt isle île costa".split()
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Signed:
    """A line that says who wrote, and when.

    Attributes
    ----------
    persons : tuple of str
        In order.
    stated : Stated
        The day, and the time of day where it has one.
    """

    persons: tuple[str, ...]
    stated: given_dates.Stated


def read(line: str, *, order: str | None = None, language: str | None = None) -> Signed | None:
    """Read a line that is nothing but one or a few persons and a day, with a mark between them.

    Such a line is a byline only directly below a headline: elsewhere it may be of a picture.

    Parameters
    ----------
    line : str
        Without line ends.
    order : str, optional
        ``dmy`` or ``mdy``, where the language of the page tells what "03/04/2018" means.
    language : str, optional
        Code of the page's language.

    Returns
    -------
    Signed or None

    Examples
    --------
    >>> read("Martha Quill, 14 May 2021").persons
    ('Martha Quill',)
    >>> read("The mill burned, 14 May 2021") is None
    True
    """
    if len(line) > _MAX_LINE or _MARK.search(line) is None or line.rstrip().endswith((".", "?")):
        return None
    try:
        stated = given_dates.read_stated(line, order)
    except errors.DateError:
        return None
    if stated is None or stated.date.precision == "month":
        return None
    persons = author_lines.named(line, language=language, is_byline=True)
    if not 0 < len(persons) <= _MAX_PERSONS or any(_is_place(each) for each in persons):
        return None
    # Nothing else stands there, but for "by" and "and".
    known = {word for each in persons for word in _WORD.findall(each)}
    rest = [word for word in _WORD.findall(stated.rest) if word not in known]
    is_bare = all(word.islower() for word in rest[1:]) and len(rest) <= len(persons)
    is_led = not rest or author_lines.has_lead(line, language=language) or rest[0].islower()
    return Signed(persons, stated) if is_bare and is_led and _is_parted(line, persons) else None


def _is_place(name: str) -> bool:
    return name.split()[0].casefold() in _PLACES


def _is_parted(line: str, persons: tuple[str, ...]) -> bool:
    """Whether a mark stands between the names and the day, whichever is first."""
    first, last = line.find(persons[0]), line.rfind(persons[-1])
    if first < 0 or last < 0:
        return False
    before, after = line[:first], line[last + len(persons[-1]) :]
    has_day = [re.search(r"\d", side) is not None for side in (before, after)]
    if has_day == [False, True]:
        return _MARK.match(after) is not None
    return has_day == [True, False] and re.search(rf"(?:{_MARK.pattern})\D*$", before) is not None
