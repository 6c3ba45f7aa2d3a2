"""Mark what stands around a story on any page: desk notes, notices, comments, other headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import words
from . import boilerplate, desk_notes, page_lines, reader_notices

# A consent dialog or a pitch is read on through so many lines that say nothing of their kind.
_MAX_GAP = 2
# Of the paragraphs of a text about cookies or subscriptions, more than this speak of them.
_MAX_INSIDE_SHARE = 0.15
# A heading of this story is short, and its words come back in what it heads.
_MIN_OTHER_WORDS, _MAX_OTHER_WORDS = 6, 22
_MIN_LONG_LETTERS = 5
_MAX_OTHER_LINES = 12
_SAID = re.compile(r"\b(?:said|added|told)\b")
_MAX_COMMON_SHARE = 0.2
_MIN_PROSE_ABOVE_COMMENTS = 2
# "The note reads:"; "Update:" is a label.
_MIN_WORDS_BEFORE_COLON = 3
# What a release says of its issuer and of its own forecasts stands below so much of its story.
_MIN_PROSE_ABOVE_ISSUER = 2
_ISSUER_LABEL = re.compile(
    r"\W*(?:(?i:about) (?:the )?(?=[A-Z0-9])(?P<en>.{2,60})|"
    r"(?i:über) (?:(?:die|den|das) )?(?=[A-ZÄÖÜ0-9])(?P<de>.{2,60})|"
    r"(?i:à propos) (?:de |d['’]|du |des |de l['’])(?P<fr>.{2,60}))\W*"
)
_FORECAST_LABEL = re.compile(
    r"\W*(?:(?:cautionary |important )?(?:note|statement|information|disclosure|language)s? "
    r"(?:regarding|on|about|concerning) forward[- ]looking (?:statements?|information)|"
    r"forward[- ]looking (?:statements?|information)|safe harbou?r(?: statement)?s?|"
    r"cautionary (?:note|statement)s?|zukunftsgerichtete aussagen)\W*",
    re.IGNORECASE,
)
_MAX_LABEL_WORDS = 10
# A heading such as "Press office" is one of a story where nobody can be reached below it.
_REACHED = re.compile(r"\S@\S|https?://|www\.|\d{3,}[-/ ]?\d{3,}|\d{3}-\d{4}")
_MAX_CONTACT_LINES = 8


def mark_desk_notes(page: page_lines.Layout) -> None:
    """Mark corrections, and lines that tell who worked on the text.

    Parameters
    ----------
    page : Layout
        Changed in place.
    """
    for i, line in enumerate(page.lines):
        if page.roles[i] is not None or _is_introduced(page, i):
            continue
        if desk_notes.is_correction(line.text):
            page.roles[i] = "correction"
        elif desk_notes.is_staff_credit(line.text):
            page.roles[i] = "credit"


def mark_desk_marks(page: page_lines.Layout) -> None:
    """Mark slugs and advisories above the story; below it end marks, initials and tags.

    Parameters
    ----------
    page : Layout
        Changed in place.
    """
    prose = [i for i in page.prose() if not boilerplate.is_appeal(page.lines[i].text)]
    if len(prose) == 0:
        return
    for i in range(prose[0] + 1):
        is_free = page.roles[i] in (None, "headline") and page.n_words[i] <= _MAX_OTHER_WORDS
        if is_free and desk_notes.is_desk_mark(page.lines[i].text, at_end=False):
            page.roles[i] = "credit"
    for i in range(len(page.lines) - 1, 0, -1):
        if page.roles[i] in ("headline", None):
            page.roles[i] = _role_below(page, i, prose) or page.roles[i]
        if i == prose[-1]:
            # Above it nothing is below the story, unless it is none of it.
            if page.roles[i] is None or len(prose) == 1:
                break
            prose.pop()


def _role_below(page: page_lines.Layout, i: int, prose: Sequence[int]) -> str | None:
    """Return the role of a line that would be a note below the story, or None."""
    line = page.lines[i].text
    is_below = i > prose[-1]
    if is_below and desk_notes.is_desk_mark(line, at_end=True):
        return "credit"
    if page.is_document:
        return None
    if (is_below or len(prose) > 1) and desk_notes.is_provenance(line):
        return "credit"
    if (is_below or len(prose) > 1) and reader_notices.is_broadcast(line):
        return "boilerplate"
    is_page = reader_notices.is_filing(line) or reader_notices.is_comment_form(line)
    return "boilerplate" if is_below and is_page else None


def mark_see_also(page: page_lines.Layout, first: int) -> None:
    """Mark lines below the first paragraph that are a label and the headline of another story.

    Parameters
    ----------
    page : Layout
        Changed in place.
    first : int
        The first paragraph of the story.
    """
    if page.is_document:
        return
    for i in range(first + 1, len(page.lines)):
        is_free = page.roles[i] is None and not _is_introduced(page, i)
        if is_free and reader_notices.is_see_also(page.lines[i].text):
            page.roles[i] = "boilerplate"


def mark_disclosures(page: page_lines.Layout) -> None:
    """Mark what authors declare of their money and what is told of them, under their labels.

    Parameters
    ----------
    page : Layout
        Changed in place.
    """
    for i in range(len(page.lines) - 1):
        below = i + 1
        if page.roles[i] is not None:
            continue
        if (
            reader_notices.is_bio_label(page.lines[i].text)
            and i > 0
            and boilerplate.has_end_mark(page.lines[below].text)
        ):
            page.roles[i] = page.roles[below] = "boilerplate"
        if not desk_notes.is_disclosure_label(page.lines[i].text):
            continue
        while below < len(page.lines) and desk_notes.is_disclosure(page.lines[below].text):
            page.roles[i] = page.roles[below] = "boilerplate"
            below += 1


def mark_release_end(page: page_lines.Layout) -> None:
    """Mark what a release says below its story of its issuer, its forecasts, whom to ask.

    Parameters
    ----------
    page : Layout
        Changed in place.
    """
    prose = page.prose()
    for i in range(len(page.lines) - 1):
        if sum(k < i for k in prose) < _MIN_PROSE_ABOVE_ISSUER or not _heads_end(page, i):
            continue
        page.roles[i] = "boilerplate"
        for below in range(i + 1, len(page.lines)):
            if page.roles[below] is not None:
                continue
            # Another heading ends what stands under this one, if it is not of the kind.
            is_short = not page.has_prose_form(below) and not boilerplate.has_end_mark(
                page.lines[below].text
            )
            if is_short and not _heads_end(page, below) and below < prose[-1]:
                break
            if not desk_notes.is_provenance(page.lines[below].text):
                page.roles[below] = "boilerplate"
        return


def _heads_end(page: page_lines.Layout, i: int) -> bool:
    """Say whether a line heads one of the parts with which a release ends."""
    line = page.lines[i].text
    if page.roles[i] is not None or page.n_words[i] > _MAX_LABEL_WORDS or i + 1 == len(page.lines):
        return False
    if _FORECAST_LABEL.fullmatch(line) is not None:
        return True
    if reader_notices.is_contact_label(line):
        below = page.lines[i + 1 : i + 1 + _MAX_CONTACT_LINES]
        return any(_REACHED.search(each.text) is not None for each in below)
    label = _ISSUER_LABEL.fullmatch(line)
    if label is None or boilerplate.has_end_mark(line.rstrip(":")):
        return False
    name = next(each for each in label.groups() if each is not None)
    # The paragraph below says who that is: "Founded in 1921, Quay Looms weaves ...".
    first_word = words.split_words(name).words[:1]
    named = words.split_words(page.lines[i + 1].text).words
    is_told = boilerplate.has_end_mark(page.lines[i + 1].text)
    return is_told and set(first_word) <= set(named[:_MAX_LABEL_WORDS])


def mark_notices(page: page_lines.Layout) -> None:
    """Mark what asks the reader for consent or for money, with the buttons below it.

    Parameters
    ----------
    page : Layout
        Changed in place.
    """
    found = {
        i
        for i, line in enumerate(page.lines)
        if page.roles[i] is None
        and reader_notices.is_notice(line.text)
        and not _is_introduced(page, i)
    }
    story = [i for i in page.prose() if i not in found]
    if len(story) == 0:
        return
    inside = {i for i in found if story[0] < i < story[-1] and page.is_prose(i)}
    if len(inside) > max(1, _MAX_INSIDE_SHARE * len(page.prose())):
        found -= inside
    for step in (1, -1):
        _read_on(page, found, step)
    for i in found:
        page.roles[i] = "boilerplate"


def _read_on(page: page_lines.Layout, found: set[int], step: int) -> None:
    for start in sorted(found):
        gap: list[int] = []
        i = start + step
        while 0 <= i < len(page.lines) and page.roles[i] is None and len(gap) <= _MAX_GAP:
            line = page.lines[i].text
            if i in found:
                break
            is_button = reader_notices.is_consent_button(line)
            to_reader = reader_notices.is_to_reader(line) and (
                not page.has_prose_form(i) or _is_outside(page, found, i)
            )
            if is_button or to_reader:
                found.update(gap, (i,))
                gap = []
            elif page.has_prose_form(i):
                break
            else:
                gap.append(i)
            i += step


def _is_outside(page: page_lines.Layout, found: set[int], i: int) -> bool:
    """Say whether all paragraphs on one side of a line are notices."""
    others = [k for k in page.prose() if k not in found and k != i]
    return len(others) > 0 and (i < others[0] or i > others[-1])


def mark_comments(page: page_lines.Layout) -> None:
    """Mark what readers wrote below the story, from their label or first name to the end.

    Parameters
    ----------
    page : Layout
        Changed in place.
    """
    start = _start_of_comments(page)
    if start is not None:
        for i in range(start, len(page.lines)):
            if page.roles[i] not in ("credit", "correction") or page.has_prose_form(i):
                page.roles[i] = "boilerplate"


def _start_of_comments(page: page_lines.Layout) -> int | None:
    prose = page.prose()
    labelled = [
        i for i, line in enumerate(page.lines) if reader_notices.is_comments_label(line.text)
    ]
    for i in labelled:
        if sum(k < i for k in prose) < _MIN_PROSE_ABOVE_COMMENTS or i + 1 == len(page.lines):
            continue
        if _are_comments(page, page.lines[i].text, i + 1):
            return i
    parts = [i for i, line in enumerate(page.lines) if reader_notices.is_comment_part(line.text)]
    # Without a label, a name with a time and the buttons below: one alone can be an entry of
    # a live blog.
    parts = [i for i in parts if sum(k < i for k in prose) >= _MIN_PROSE_ABOVE_COMMENTS]
    has_button = any(reader_notices.is_comment_button(page.lines[i].text) for i in parts)
    if len(parts) >= 2 and has_button and _are_comments(page, "", parts[0]):
        return parts[0]
    return None


def _are_comments(page: page_lines.Layout, label: str, first: int) -> bool:
    below = [page.lines[i].text for i in range(first, len(page.lines))]
    prose = [
        page.lines[i].text
        for i in range(first, len(page.lines))
        if boilerplate.has_end_mark(page.lines[i].text)
        and not reader_notices.is_comment_part(page.lines[i].text)
    ]
    return reader_notices.are_comments(label, below, prose)


def mark_other_headlines(page: page_lines.Layout) -> None:
    """Mark headlines of other stories between the paragraphs of this one and below it.

    Parameters
    ----------
    page : Layout
        Changed in place.
    """
    prose = page.prose()
    if page.is_document or len(prose) < 3:
        return
    told: set[str] = set()
    for i in prose:
        told.update(_long_words(page.lines[i].text))
    named = {word for line in page.lines[: prose[0]] for word in _long_words(line.text)}
    runs = _runs(page, prose[0])
    for i in range(prose[0] + 1, len(page.lines)):
        line = page.lines[i].text
        # A long list is one of the story.
        if runs[i] > _MAX_OTHER_LINES or _SAID.search(line) is not None:
            continue
        if page.roles[i] is not None or not _MIN_OTHER_WORDS <= page.n_words[i] <= _MAX_OTHER_WORDS:
            continue
        if boilerplate.has_end_mark(line) and not line.endswith("?"):
            continue
        if not line[0].isupper() or boilerplate.is_listed(line) or _is_introduced(page, i):
            continue
        found = _long_words(line)
        common = sum(word in told or word in named for word in found)
        if len(found) >= 3 and common <= _MAX_COMMON_SHARE * len(found):
            page.roles[i] = "boilerplate"


def _runs(page: page_lines.Layout, first: int) -> dict[int, int]:
    """Return of each line how many lines without the form of a paragraph follow each other."""
    found: dict[int, int] = {}
    run: list[int] = []
    for i in range(first, len(page.lines) + 1):
        if i < len(page.lines) and not page.has_prose_form(i):
            run.append(i)
            continue
        found.update(dict.fromkeys(run, len(run)))
        run = []
        found[i] = 0
    return found


def _long_words(line: str) -> set[str]:
    found = words.split_words(line).words
    # The stem of five letters is enough: "bridges", "bridge".
    return {word[:_MIN_LONG_LETTERS] for word in found if len(word) >= _MIN_LONG_LETTERS}


def _is_introduced(page: page_lines.Layout, i: int) -> bool:
    """Say whether the story announces a line: what stands below a colon is cited."""
    above = page.lines[i - 1].text if i > 0 else ""
    told = page.roles[i - 1] is None if i > 0 else False
    return (
        told
        and re.search(r"\w:\W*$", above) is not None
        and len(above.split()) >= _MIN_WORDS_BEFORE_COLON
    )


def is_cited_note(page: page_lines.Layout, i: int) -> bool:
    """Say whether a line is a note of some desk that the story cites, below a colon.

    Parameters
    ----------
    page : Layout
        As far as it is read.
    i : int
        Which of its lines.

    Returns
    -------
    bool
    """
    line = page.lines[i].text
    is_note = desk_notes.is_correction(line) or desk_notes.is_staff_credit(line)
    return is_note and _is_introduced(page, i)
