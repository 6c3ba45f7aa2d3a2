"""Tell the headings within a story, by their form and by what stands below them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from . import boilerplate, bylines, page_lines, surroundings

MAX_WORDS = 12
# Over a list or a table a line may be a part of it: headings there are short.
_MAX_ITEMS_HEADING_WORDS = 6
_MIN_ITEMS = 3
# Of a paragraph as newspapers have them, however short.
_MIN_TOLD_WORDS = 8
# "SALVO: So why not just take the bees out?": in a transcript, no heading.
_SPEAKER = re.compile(
    r"(?!(?:WATCH|READ|SEE|LISTEN|MORE|RELATED|PHOTOS?|VIDEO|UPDATE)\b)[A-Z][A-ZÀ-Þ .'’-]{1,40}:\s"
)
# Whom a question of an interview is put to; a heading asks nobody.
_ADDRESSED = re.compile(
    r"\b(?:[Yy]ou|[Yy]our|Sie|Ihr\w*|Ihnen|du|dein\w*|[Vv]ous|[Vv]otre|[Vv]os|tu|usted|lei|Lei)\b"
)
_MIN_QUESTIONS = 3
_FULL_STOP = re.compile(r"[.!?][\"'”’»“«)]*$")


def mark(page: page_lines.Layout, first: int, last: int) -> None:
    """Mark short lines over paragraphs, lists and tables; and a name that stands as one would.

    Parameters
    ----------
    page : Layout
        As far as it is read; changed in place.
    first, last : int
        The first and the last paragraph of the story.
    """
    asked = questions(page)
    speakers = sum(_SPEAKER.match(line.text) is not None for line in page.lines)
    for i in range(len(page.lines)):
        line = page.lines[i].text
        if page.roles[i] is not None or i in asked:
            continue
        if line.startswith("#"):
            page.roles[i] = "heading" if i > 0 else "headline"
            continue
        if i == 0 or page.n_words[i] > MAX_WORDS:
            continue
        ends = boilerplate.has_end_mark(line) and not line.endswith("?")
        if surroundings.is_cited_note(page, i):
            continue
        opens_quote = line[0] in "\"“‘'(" and line[-1] not in "'’\"”"
        if ends or opens_quote or boilerplate.is_listed(line) or line.startswith("|"):
            continue
        if speakers > 1 and _SPEAKER.match(line) is not None:
            continue
        if is_over_bullets(page, i, first) or _is_over_items(page, i, first):
            page.roles[i] = "heading"
            continue
        if _is_name_under_head(page, i, first):
            page.roles[i] = "credit"
            continue
        if _is_over_short(page, i, first):
            page.roles[i] = "heading"
            continue
        if not first < i < last:
            continue
        below = next((j for j in range(i + 1, len(page.lines)) if page.roles[j] is None), None)
        # Lines without an end above it: a list, or verse.
        above_is_short = (
            page.roles[i - 1] is None
            and not page.is_prose(i - 1)
            and not boilerplate.is_table_row(page.lines[i - 1].text)
            and (page.is_document or not boilerplate.has_end_mark(page.lines[i - 1].text))
        )
        if below is not None and page.is_prose(below) and not above_is_short:
            page.roles[i] = "heading"


def questions(page: page_lines.Layout) -> set[int]:
    """Return the questions of an interview: short lines that ask somebody who then answers.

    Parameters
    ----------
    page : Layout

    Returns
    -------
    set of int
        Empty where too few lines ask, as in a story with questions for headings.
    """
    found = {
        i
        for i, line in enumerate(page.lines[:-1])
        if line.text.endswith("?") and page.roles[i] is None and page.has_prose_form(i + 1)
    }
    asked = sum(_ADDRESSED.search(page.lines[i].text) is not None for i in found)
    return found if len(found) >= _MIN_QUESTIONS and 2 * asked >= len(found) else set()


def _is_over_items(page: page_lines.Layout, i: int, first: int) -> bool:
    """Say whether a short line between a paragraph and a list or a table heads what is below."""
    below = [line.text for line in page.lines[i + 1 :]]
    if page.is_document or not first < i or not page.is_prose(i - 1):
        return False
    n_items = _n_leading(boilerplate.is_listed, below)
    # A line over fewer, or with nothing below them, may be one of them that lost its bullet.
    told = n_items < len(below) and boilerplate.is_paragraph(below[n_items])
    is_over = _n_leading(boilerplate.is_table_row, below) > 1 or (n_items >= _MIN_ITEMS and told)
    ended = _FULL_STOP.search(page.lines[i - 1].text) is not None
    few = page.n_words[i] <= _MAX_ITEMS_HEADING_WORDS and page.lines[i].text[0].isupper()
    return is_over and ended and few


def _is_over_short(page: page_lines.Layout, i: int, first: int) -> bool:
    """Say whether a short line stands between sentences where no paragraph is long any more."""
    if page.is_document or i <= first or page.n_words[i] > _MAX_ITEMS_HEADING_WORDS:
        return False
    if i + 1 >= len(page.lines) or page.roles[i - 1] is not None or page.roles[i + 1] is not None:
        return False
    above, below = page.lines[i - 1].text, page.lines[i + 1].text
    told = _FULL_STOP.search(above) is not None and _FULL_STOP.search(below) is not None
    few = min(page.n_words[i - 1], page.n_words[i + 1])
    return told and few >= _MIN_TOLD_WORDS and page.lines[i].text[0].isupper()


def _n_leading(form: Callable[[str], bool], lines: Sequence[str]) -> int:
    return sum(1 for _ in itertools.takewhile(form, lines))


def _is_name_under_head(page: page_lines.Layout, i: int, first: int) -> bool:
    """Say whether a name stands between the summary of a page and its first words."""
    summary = page.roles[i - 1] is None and page.roles[i - 2] == "headline" if i > 1 else False
    below = page.is_prose(i + 1) if i + 1 < len(page.lines) else False
    return (
        page.is_site
        and i == first + 1
        and summary
        and below
        and bylines.is_person(page.lines[i].text)
    )


def is_over_bullets(page: page_lines.Layout, i: int, first: int) -> bool:
    """Say whether a short line heads bullets that tell a part of the story.

    Bullets that are no whole sentences are so headed by a question only.

    Parameters
    ----------
    page : Layout
    i : int
        Which of its lines.
    first : int
        The first paragraph of the story.

    Returns
    -------
    bool
    """
    below = next((j for j in range(i + 1, len(page.lines)) if page.roles[j] is None), None)
    if below is None:
        return False
    item, above = page.lines[below].text, page.lines[i - 1].text
    asks = not page.is_document and page.lines[i].text.endswith("?")
    if not boilerplate.is_told(item) and not (asks and boilerplate.is_listed(item)):
        return False
    if page.roles[i - 1] == "credit":
        return True
    ends_part = (
        page.roles[i - 1] is not None or boilerplate.is_listed(above) or page.is_prose(i - 1)
    )
    return first < i and ends_part
