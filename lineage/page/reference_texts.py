"""Tell documents, such as handbooks and encyclopedias, from pages of a site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import boilerplate, bylines, credits, reader_notices, time_lines

_TAG = re.compile(r"</?\w{1,60}[^<>]*>|\{\{|\]\(|^\{\||^\|-")
# Of lines that ask a reader for consent or money.
_MIN_NOTICES = 2
_MIN_MARKED_LINES, _MIN_LISTED_SHARE = 2, 0.2
_MIN_LIST_SHARE = 0.5

_TIME_LINE = re.compile(
    r"\W{0,60}(?:(?:(?:first |originally )?published|posted|updated|last (?:edited|updated"
    r"|modified))\b"
    r"[^.]{0,40}\d.{0,20}|updated \d{1,60} \w{1,60} ago|[—–-]{1,60} .{2,60}\(@\w{1,60}\).{0,30})",
    re.IGNORECASE,
)
_MAX_BESIDE_DATE_WORDS = 4
# Handbooks say too when somebody last looked through them.
_REVISED = re.compile(
    r"\W*(?:last (?:edited|updated|modified|reviewed|revised|changed)|revised|reviewed|effective|"
    r"valid|version|in force|adopted)\b",
    re.IGNORECASE,
)
# A page has the day it came out on and perhaps that of an update; a chronicle has more.
_MAX_DATED_LINES = 2
_MAX_HEAD_LINES = 20
# So few bullets, over so many paragraphs, sum a story up.
_MAX_SUMMARY, _MIN_TOLD = 6, 5
_AUTHOR_KINDS = ("byline", "byline_agency", "dateline")


def is_document(
    lines: Sequence[bylines.Line], outlet: str, found: Sequence[credits.Credit]
) -> bool:
    """Say whether lines are those of a document rather than of a page of a site.

    Handbooks and encyclopedias have marked headings, lists and tables, and the words of
    pages (privacy, contact, related) as their subject; a text without capitals has lost
    what the form of a line could tell. What an outlet signs or dates above a list is a page.

    Parameters
    ----------
    lines : sequence of Line
        The lines of a text.
    outlet : str
        As supplied with the article; empty where it is not known.
    found : sequence of Credit
        The credits of the text.

    Returns
    -------
    bool
    """
    shown = [line.text for line in lines]
    n_headings = sum(line.startswith("#") for line in shown)
    n_tags = sum(_TAG.search(line) is not None for line in shown)
    uncased = all(line == line.lower() for line in shown)
    if n_headings >= _MIN_MARKED_LINES or n_tags >= _MIN_MARKED_LINES or uncased:
        return True
    notes = [reader_notices.is_notice(line) for line in shown]
    if sum(notes) >= _MIN_NOTICES:
        return False
    # What a subscription offers is a list on a page.
    offers = notes.index(True) if any(notes) else len(shown)
    listed = [boilerplate.is_listed(line) and i < offers for i, line in enumerate(shown)]
    if sum(listed) < max(_MIN_MARKED_LINES, _MIN_LISTED_SHARE * len(lines)):
        return False
    if _is_summary(shown, listed):
        return False
    # What comes with the name of an outlet is a page of it, unless it is little but a list.
    if outlet != "" and sum(listed) < _MIN_LIST_SHARE * len(lines):
        return False
    if sum(is_dated(line) for line in shown) > _MAX_DATED_LINES:
        return True
    above = lines[: min(listed.index(True), _MAX_HEAD_LINES)]
    return not _is_headed(above, outlet, found)


def _is_summary(shown: Sequence[str], listed: Sequence[bool]) -> bool:
    """Say whether the only list of a text is a short one above its story."""
    first = listed.index(True)
    n_items = sum(listed)
    is_one = all(listed[first : first + n_items])
    below = shown[first + n_items :]
    n_told = sum(boilerplate.is_paragraph(line) for line in below)
    is_above = not any(boilerplate.is_paragraph(line) for line in shown[:first])
    return is_one and is_above and n_items <= _MAX_SUMMARY and n_told >= _MIN_TOLD


def _is_headed(head: Sequence[bylines.Line], outlet: str, found: Sequence[credits.Credit]) -> bool:
    """Say whether lines name the outlet, an author or the day, as those above a story do."""
    signed = [credit.start for credit in found if credit.kind in _AUTHOR_KINDS]
    return any(
        boilerplate.is_name_of(line.text, outlet)
        or any(line.start <= start < line.end for start in signed)
        or (_is_timed(line.text) and _REVISED.match(line.text) is None)
        or bylines.is_name_and_date(line.text)
        for line in head
    )


def _is_timed(line: str) -> bool:
    return is_dated(line) or time_lines.is_time_line(line)


def is_dated(line: str) -> bool:
    """Say whether a line says when its page came out: a date, a time, their labels."""
    n_words = len(line.split())
    if n_words > boilerplate.MIN_PROSE_WORDS + _MAX_BESIDE_DATE_WORDS:
        return False
    if _TIME_LINE.fullmatch(line) is not None or bylines.is_date_line(line):
        return True
    bar = re.search(r"\s[|·•]\s", line)
    if bar is None or boilerplate.has_end_mark(line):
        return False
    parts = (line[: bar.start()], line[bar.end() :])
    dated = [bylines.is_date_line(part) for part in parts]
    others = [part for part, is_date in zip(parts, dated, strict=True) if not is_date]
    return any(dated) and all(len(part.split()) <= _MAX_BESIDE_DATE_WORDS for part in others)
