"""How values are worded in pictures and pages; a missing value is never shown as zero."""

from __future__ import annotations

import collections
import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import pandas as pd

from .. import config
from ..graph import absent_sources

DASH = "–"
NOT_MEASURED = "not measured"
UNDECIDED = "direction not decided"
UNNAMED = absent_sources.UNNAMED_SAID
SETTINGS = config.TraceConfig()
UNNAMED_ID = absent_sources.UNNAMED_ID

# Wording of p_edge; below PROBABLY_FROM a kept edge is only a possibility.
VERY_PROBABLY_FROM = 0.95
PROBABLY_FROM = 0.6

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
# Controls but tab and line breaks, marks and overrides of direction, halves of surrogate
# pairs, and the two last code points, which XML forbids.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
# Widths in em of DejaVu Sans, rounded up; system fonts of browsers are narrower.
_THIN = frozenset("iIjl.,:;'|! ")
_NARROW = frozenset("()[]`tfr-/\\")
_BROAD = frozenset("mwMW@%QOGÆŒ…—<>+=&~#^")


def rows(frame: pd.DataFrame) -> list[Any]:
    """Return the rows of a table as named tuples of plain values, their columns as attributes."""
    names = tuple(str(name) for name in frame.columns)
    # Column by column: twice as fast as `itertuples`, and numbers are Python's own.
    missing: Any = pd.NA
    columns = [frame[name].to_numpy(dtype=object, na_value=missing).tolist() for name in names]
    return list(map(_row_type(names)._make, zip(*columns, strict=True)))


@functools.cache
def _row_type(names: tuple[str, ...]) -> Any:
    return collections.namedtuple("Row", names, rename=True)


def is_missing(value: Any) -> bool:
    """Whether a cell of a table has no value."""
    if value is None or value is pd.NA:
        return True
    return not isinstance(value, str | int) and bool(pd.isna(value))


def text_or(value: Any, otherwise: str = DASH) -> str:
    """Return the value as shown text, or `otherwise` where it is missing or blank."""
    if is_missing(value):
        return otherwise
    shown = clean(str(value))
    if shown.strip() == "":
        return otherwise
    return shown


def clean(text: str) -> str:
    """Replace what no page, picture or terminal may be sent, one character for one.

    Control characters (the escape character steers a terminal, a zero byte breaks
    XML), halves of surrogate pairs (no encoding has them) and marks that turn the
    direction of all text after them become U+FFFD, so offsets stay what they were.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Of the same length.
    """
    return _UNSAFE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return the text on one line, runs of white space as one space."""
    return " ".join(clean(text).split())


def percent(share: Any) -> str:
    """Word a share in [0, 1] in per cent; a small share never becomes 0 %."""
    if is_missing(share):
        return NOT_MEASURED
    value = float(share)
    if 0 < value < 0.005:
        return "<1 %"
    if 0.995 <= value < 1:
        return ">99 %"
    return f"{value * 100:.0f} %"


def probability(p: Any) -> str:
    """Word a probability with two digits; never as certain as 0 or 1 by rounding."""
    if is_missing(p):
        return NOT_MEASURED
    value = float(p)
    if 0 < value < 0.005:
        return "<0.01"
    if 0.995 <= value < 1:
        return ">0.99"
    return f"{value:.2f}"


def bits(weight: Any) -> str:
    """Word a weight in bits with its sign."""
    if is_missing(weight):
        return NOT_MEASURED
    value = round(float(weight), 1)
    if value == 0:
        return "0.0"
    sign = "+" if value > 0 else "−"
    return f"{sign}{abs(value):.1f}"


def whole(number: Any) -> str:
    """Word a count, thousands apart."""
    if is_missing(number):
        return NOT_MEASURED
    return f"{int(number):,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Word a count with its noun: ``1 edge``, ``3 edges``."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}"


def listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence does: ``one, two and three``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def when(at: Any, precision: Any) -> str:
    """Word a time no finer than it is known.

    Parameters
    ----------
    at : Timestamp or missing
        In UTC.
    precision : str or missing
        One of `tables.PRECISIONS`; missing counts as ``day``.

    Returns
    -------
    str
        Empty when there is no time.
    """
    if is_missing(at):
        return ""
    moment = pd.Timestamp(at)
    fineness = "day" if is_missing(precision) else str(precision)
    if fineness == "year":
        return f"{moment.year}"
    if fineness == "month":
        return f"{_MONTHS[moment.month - 1]} {moment.year}"
    day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    if fineness == "day":
        return day
    zone = "zone not known" if fineness == "local" else "UTC"
    return f"{day}, {moment.hour:02d}:{moment.minute:02d} {zone}"


def lag(seconds: Any) -> str:
    """Word how long after its source a target was published."""
    if is_missing(seconds):
        return NOT_MEASURED
    value = float(seconds)
    side = "later" if value >= 0 else "earlier"
    minutes = round(abs(value) / 60)
    if minutes == 0:
        return "same minute"
    if minutes < 120:
        return f"{minutes} min {side}"
    if minutes < 48 * 60:
        return f"{minutes / 60:.0f} h {side}"
    return f"{minutes / 1440:.0f} days {side}"


def likelihood(p_edge: Any) -> str:
    """Word how likely an edge is, as an adverb; no wording claims certainty."""
    if is_missing(p_edge):
        return "possibly"
    if float(p_edge) >= VERY_PROBABLY_FROM:
        return "very probably"
    if float(p_edge) >= PROBABLY_FROM:
        return "probably"
    return "possibly"


def direction(p_direction: Any, settings: config.TraceConfig = SETTINGS) -> str:
    """Word how sure the direction of an edge is."""
    if is_missing(p_direction) or float(p_direction) < settings.arrow:
        return UNDECIDED
    if float(p_direction) < settings.decided:
        return "likely"
    return "decided"


def spaced(name: Any) -> str:
    """Return a word of the tables as people write it: ``runner_up`` is ``runner-up``."""
    if is_missing(name):
        return DASH
    words = {"runner_up": "runner-up"}
    return words.get(str(name), clean(str(name)).replace("_", " "))


def width_em(text: str) -> float:
    """Estimate how wide a text is set, in em; an estimate that is rather too wide."""
    return sum(_character_em(character) for character in text)


def _character_em(character: str) -> float:
    if character in _THIN:
        return 0.34
    if character in _NARROW:
        return 0.42
    if character in _BROAD:
        return 0.98
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    if character.isupper():
        return 0.72
    return 0.63


def fit(text: str, width: float, n_lines: int = 1) -> list[str]:
    """Break a text into at most `n_lines` lines no wider than `width`; cut with an ellipsis.

    Parameters
    ----------
    text : str
        White space is where it may be broken.
    width : float
        In em.
    n_lines : int
        At least 1.

    Returns
    -------
    list of str
        One line at least, unless the text is blank.
    """
    words = one_line(text).split(" ")
    lines: list[str] = []
    while words and words != [""]:
        last = len(lines) == n_lines - 1
        line = words[0]
        taken = 1
        while taken < len(words) and width_em(f"{line} {words[taken]}") <= width:
            line = f"{line} {words[taken]}"
            taken += 1
        too_wide = width_em(line) > width
        if last and (taken < len(words) or too_wide):
            lines.append(_cut(" ".join(words), width))
            break
        if too_wide:
            head = _head(line, width)
            words = [line[len(head) :], *words[taken:]]
            lines.append(head)
            continue
        lines.append(line)
        words = words[taken:]
        if last:
            break
    return lines


def _head(text: str, width: float) -> str:
    used = 0.0
    for index, character in enumerate(text):
        used += _character_em(character)
        if used > width and index > 0:
            return text[:index]
    return text


def _cut(text: str, width: float) -> str:
    if width_em(text) <= width:
        return text
    return _head(text, width - _character_em("…")).rstrip() + "…"


def is_unnamed(article: Any) -> bool:
    """Whether a row of the articles table is an absent source that no text names."""
    return article.kind == "absent" and str(article.article_id).startswith(UNNAMED_ID)


def alike(n_alike: Any) -> str:
    """Word how many texts are the source with the same right; empty where it is one."""
    if is_missing(n_alike) or int(n_alike) <= 1:
        return ""
    return f"one of {int(n_alike)} texts that may each be the source"


def label(article: Any) -> str:
    """Return the name under which a row of the articles table is shown.

    The outlet; for an absent source without one the agency; or else the id.
    """
    if is_unnamed(article):
        return UNNAMED
    agency = article.origin_agency if article.kind == "absent" else None
    return one_line(text_or(article.outlet, text_or(agency, text_or(article.article_id))))


def name(article: Any) -> str:
    """Return the label with the id behind it where they differ: ``Reuters (001)``."""
    shown = label(article)
    article_id = one_line(text_or(article.article_id))
    if shown == article_id or article.kind == "absent":
        return shown
    return f"{shown} ({article_id})"
