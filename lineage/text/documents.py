"""Tell documents, such as handbooks and encyclopedias, from pages of a site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import bylines, credits, furniture, notices

_TAG = re.compile(r"</?\w+[^<>]*>|\{\{|\]\(|^\{\||^\|-")
_MIN_MARKED_LINES, _MIN_LISTED_SHARE = 2, 0.2

_TIME_LINE = re.compile(
    r"\W*(?:(?:(?:first |originally )?published|posted|updated|last (?:edited|updated|modified))\b"
    r"[^.]{0,40}\d.{0,20}|updated \d+ \w+ ago|[—–-]+ .{2,60}\(@\w+\).{0,30})",
    re.IGNORECASE,
)
# Words of a line that is nothing but a time, in three languages.
_TIME_WORD = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|h|hrs?|[ap]m?|\.)?|[ap]\.?m\.?|uhr|noon|midnight|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\.?|may|mai|mär\w{0,3}|märz|juin|"
    r"juillet|août|févr?\w*|avril|okt\w{0,5}|dez\w{0,6}|déc\w{0,6}|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|(?:utc|gmt|bst|ist|uk|mes?z|ce?s?t|[ecmp][sd]?t)(?:[+-]\d+)?|local|time|"
    r"(?:first|originally|last|re)?published|posted|updated|issued|modified|created|edited|"
    r"revised|filed|released|date|first|last|originally|on|at|of|the|and|"
    r"veröffentlicht|aktualisiert|stand|am|um|vom|publié|mis|jour|modifié|le|à|"
    r"ago|hours?|minutes?|mins?|days?|weeks?|yesterday|today|gestern|heute|hier|vor|stunden?|"
    r"an?|one|two|three|il|y|heures?",
    re.IGNORECASE,
)
_CLOCK_OR_DAY = re.compile(
    r"\d{1,2}[:.h]\d{2}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\bago\b|\b(?:yester|to)day\b|\bgestern\b|"
    r"\bheute\b|\bil y a\b|\bvor \w+ \w+|\b\d{1,2}\.?\s[^\W\d_]{3,}|[^\W\d_]{3,}\.?\s\d{1,2}\b",
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
    # What a subscription offers is a list on a page.
    offers = next((i for i, line in enumerate(shown) if notices.is_notice(line)), len(shown))
    listed = [furniture.is_listed(line) and i < offers for i, line in enumerate(shown)]
    if sum(listed) < max(_MIN_MARKED_LINES, _MIN_LISTED_SHARE * len(lines)):
        return False
    if sum(is_dated(line) for line in shown) > _MAX_DATED_LINES:
        return True
    above = lines[: min(listed.index(True), _MAX_HEAD_LINES)]
    return not _is_headed(above, outlet, found)


def _is_headed(head: Sequence[bylines.Line], outlet: str, found: Sequence[credits.Credit]) -> bool:
    """Say whether lines name the outlet, an author or the day, as those above a story do."""
    signed = [credit.start for credit in found if credit.kind in _AUTHOR_KINDS]
    return any(
        furniture.is_name_of(line.text, outlet)
        or any(line.start <= start < line.end for start in signed)
        or (is_dated(line.text) and _REVISED.match(line.text) is None)
        or bylines.is_name_and_date(line.text)
        for line in head
    )


def is_time_line(line: str) -> bool:
    """Say whether a line has only words of a date or a time: "Tuesday 5 March, 18:30, UK"."""
    found = re.findall(r"[^\s,|/·•:;()–—-]+", line)
    if len(found) == 0 or _CLOCK_OR_DAY.search(line) is None:
        return False
    return all(
        _TIME_WORD.fullmatch(word) is not None or re.fullmatch(r"[\d.h]+", word) is not None
        for word in found
    )


def is_dated(line: str) -> bool:
    """Say whether a line says when its page came out: a date, a time, their labels."""
    n_words = len(line.split())
    if n_words > furniture.MIN_PROSE_WORDS + _MAX_BESIDE_DATE_WORDS:
        return False
    if _TIME_LINE.fullmatch(line) is not None or bylines.is_date_line(line):
        return True
    bar = re.search(r"\s[|·•]\s", line)
    if bar is None or furniture.has_end_mark(line):
        return False
    parts = (line[: bar.start()], line[bar.end() :])
    dated = [bylines.is_date_line(part) for part in parts]
    others = [part for part, is_date in zip(parts, dated, strict=True) if not is_date]
    return any(dated) and all(len(part.split()) <= _MAX_BESIDE_DATE_WORDS for part in others)
