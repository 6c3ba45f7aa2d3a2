"""Lines of a web page that say whom its article is from, where its main text lacks them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....page import author_lines, bylines, credits, outlets, source_lines
from . import page_authors, page_data, page_layout

# A longer line tells something.
_MAX_WORDS = 20
# Below the story further headlines come before the line of the sources.
_LINES_BELOW = 12
# Kinds of credit that a line gives by its form, whatever stands around it.
_KINDS = frozenset(("byline_agency", "contributed", "copyright", "release", "via_link"))


def with_credits(text: str, html: str, outlet: str | None) -> str:
    """Return the main text of a page, and below it the lines of its credits that it lacks.

    Parameters
    ----------
    text : str
        The main text.
    html : str
        The page, without what its reader does not see.
    outlet : str or None
        Who publishes it: its own name is no credit.

    Returns
    -------
    str
        As supplied where it lacks none: bylines with an agency ("By Jane Roe, AP"), "With files
        from AP", "jro/dpa", "SOURCE Ardent, Inc.". Nobody's picture, no lone name.
    """
    tree = page_data.parse(html)
    if tree is None:
        return text
    named = {each.name for each in credits.find_credits(text) if each.kind in (*_KINDS, "dateline")}
    for line in dict.fromkeys(_lines(page_layout.layout_of(tree))):
        if page_layout.letters(line) in page_layout.letters(text):
            continue
        longer = f"{text.rstrip()}\n{line}"
        start = len(longer) - len(line)
        found = credits.find_credits(longer, outlet=outlet)
        here = [each for each in found if each.start >= start and not each.is_own]
        new = {each.name for each in here if each.kind in _KINDS} - named
        if new and all(each.kind in (*_KINDS, "byline") for each in here):
            text, named = longer, named | new
    return text


def _lines(layout: page_layout.Layout) -> Iterator[str]:
    marked = page_authors.marked_lines(layout)
    shown = page_layout.lines_of(layout, n_below=_LINES_BELOW)
    for line in (*marked, *shown):
        is_photo = bylines.is_photo_line(line) and not (line in marked and _parted(line) != line)
        if len(line.split()) > _MAX_WORDS or is_photo:
            continue
        if line in marked or author_lines.has_lead(line) or source_lines.has_source_form(line):
            joined = re.sub(r"\s{0,60}\|\s{0,60}", " | ", line).strip(" |")
            yield _parted(joined) if line in marked else joined


def _parted(line: str) -> str:
    """A marked byline "Fulvio Serra / ANSA" as "Fulvio Serra, ANSA": it is of no picture."""
    pieces = re.split(r"\s{0,60}/\s{0,60}", line)
    people = [each for each in pieces if author_lines.person(each) is not None]
    publishers = [
        each for each in pieces if each not in people and outlets.look_up(each) is not None
    ]
    is_whole = people and publishers and len(people) + len(publishers) == len(pieces)
    return ", ".join((*people, *publishers)) if is_whole else line
