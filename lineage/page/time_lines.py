"""Tell lines that are nothing but a date or a time, by their words alone."""

from __future__ import annotations

import re

from ..text import date_forms

# In three languages.
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
_MONTH = (
    r"(?:jan|feb|fév|mar|mär|apr|avr|may|mai|jun|juin|jul|juil|aug|aoû|sep|oct|okt|nov|dec|dez|déc)"
    r"[^\W\d_]*"
)
_MAX_CHARS = 140
_CLOCK_OR_DAY = re.compile(
    r"\d{1,2}[:.h]\d{2}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\bago\b|\b(?:yester|to)day\b|\bgestern\b|"
    rf"\bheute\b|\bil y a\b|\bvor \w{{1,60}} \w{{1,60}}|\b\d{{1,2}}\.?\s{_MONTH}|{_MONTH}\.?\s"
    rf"\d{{1,2}}\b",
    re.IGNORECASE,
)


def is_time_line(line: str) -> bool:
    """Say whether a line has only words of a date or a time: "Tuesday 5 March, 18:30, UK".

    Parameters
    ----------
    line : str
        A line of a page.

    Returns
    -------
    bool
        Which moment is meant, and whether it is that of publication, is not asked.
    """
    found = re.findall(r"[^\s,|/·•:;()–—-]+", line)
    if len(found) == 0 or len(line) > _MAX_CHARS:
        return False
    if _CLOCK_OR_DAY.search(line) is None:
        return _is_all_date(line)
    return _is_all_date(line) or all(
        _TIME_WORD.fullmatch(word) is not None or re.fullmatch(r"[\d.h]+", word) is not None
        for word in found
    )


def _is_all_date(line: str) -> bool:
    """Whether nothing is left of a line without its dates, clocks and what they are of."""
    spans = [(each.start, each.end) for each in date_forms.days_alone(line, "dmy")]
    if len(spans) == 0:
        return False
    spans += [(each.start, each.end) for each in date_forms.clocks(line)]
    bare = list(line)
    for start, end in spans:
        bare[start:end] = " " * (end - start)
    rest = date_forms.labels().sub(" ", "".join(bare))
    return re.search(r"\w", date_forms.fillers().sub(" ", rest)) is None


def is_label(line: str) -> bool:
    """Say whether a line announces a time that stands below it: "Published"."""
    return date_forms.labels().fullmatch(line) is not None
