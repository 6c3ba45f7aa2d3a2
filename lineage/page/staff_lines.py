"""Read bylines of staff and agencies, without a person: "Staff and agencies", "Redaktion/dpa"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import author_lines, outlets, short_names

_MAX_WORDS = 8
# Who signs for a newsroom or for agencies, in any language that pages are read in.
_STAFF = re.compile(
    r"(?:\w*(?:redac|rédac|redak|redaz)\w+|staff|newsroom|agenc(?:y|ies|es|ias?)|agentur(?:en)?|"
    r"agenzi[ae]|persbureaus?|wires?|newswires?)",
    re.IGNORECASE,
)
# What stands beside it: "wire services", "combined reports", "news desk", "web team".
_BESIDE = re.compile(
    r"(?:services?|reports?|combined|news|web|online|desk|team|reporters?|writers?|bureau|press|"
    r"presse|stampa|prensa|files|material|by|from|of|the|our|von|vom|unserer|mit|der|die|par|la|"
    r"notre|avec|di|della|il|nostra|con|por|de|nuestra|door|onze|met|and|und|et|e|y|en|with)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
_DIGITS = re.compile(r"\d")


def is_staff_line(line: str) -> bool:
    """Say whether a line names staff or agencies, and no person, as who wrote a text.

    Parameters
    ----------
    line : str
        A line below a headline; a day and a time may stand beside the names.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_staff_line("Staff and agencies"), is_staff_line("Staff walk out")
    (True, False)
    """
    shown = author_lines.without_time(line)
    words = _WORD.findall(shown)
    if not 0 < len(words) <= _MAX_WORDS or _DIGITS.search(shown) or line.endswith((".", "?", "!")):
        return False
    names = {shown[start:end] for start, end, _ in _agencies(shown)}
    named = {word for name in names for word in _WORD.findall(name)}
    others = [word for word in words if word not in named]
    is_staff = [_STAFF.fullmatch(word) is not None for word in others]
    rest = [word for word, staff in zip(others, is_staff, strict=True) if not staff]
    return any(is_staff) and all(_BESIDE.fullmatch(word) is not None for word in rest)


def agencies(line: str) -> list[tuple[int, int, str]]:
    """Find the agencies that such a line names.

    Parameters
    ----------
    line : str
        For which `is_staff_line` is true.

    Returns
    -------
    list of (int, int, str)
        Half-open span in the line, and the usual name.

    Examples
    --------
    >>> agencies("Von Redaktion und dpa")
    [(18, 21, 'dpa')]
    """
    return list(_agencies(line))


def _agencies(line: str) -> Iterator[tuple[int, int, str]]:
    reached = 0
    for name in [*outlets.find_names(line, 0, len(line)), None]:
        stop = len(line) if name is None else name.start
        for word in _WORD.finditer(line, reached, stop):
            plain = word.group()
            if _STAFF.fullmatch(plain) or _BESIDE.fullmatch(plain):
                continue
            listed = short_names.in_mark(plain)
            if listed is not None:
                yield *word.span(), listed
        if name is not None:
            if name.is_agency and _STAFF.fullmatch(line[name.start : name.end]) is None:
                yield name.start, name.end, name.name
            reached = name.end
