"""Read the layout of one page: which lines are story, and which stand around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import words
from . import (
    author_names,
    boilerplate,
    bylines,
    captions,
    credits,
    desk_notes,
    headings,
    page_lines,
    printed_dates,
    reader_notices,
    reference_texts,
    signed_lines,
    staff_lines,
    surroundings,
    time_lines,
)

# Where the story has not begun after this many lines, it is a list and not a page.
_MAX_HEAD_LINES = 20
_MIN_HEADLINE_WORDS, _MAX_HEADLINE_WORDS = 5, 25
_MAX_BARE_TITLE_LINES = 2
_MAX_SECTION_WORDS, _MAX_PLACE_WORDS = 6, 3
_MAX_LINK_WORDS = 15
# So many lines that are no story, by their form alone, make a text a page of a site.
_MIN_SIGNS = 2
# Of the paragraphs of a text about cookies and subscriptions, more than this speak of them.
_MAX_PAGE_WORD_SHARE = 0.15
# A headline is cut or shortened on its way into the title, seldom more than that.
_MIN_TITLE_SHARE = 0.8

_STAFF_LINE = re.compile(
    r"(?!letters?\b).{0,40}\b(?:staff|correspondent|reporter|writer|editor|contributor)\b.{0,40}|"
    r"[\w ]{3,40} reports from [\w ]{2,30}",
    re.IGNORECASE,
)
_MAX_STAFF_WORDS, _MAX_BESIDE_AUTHOR_WORDS = 8, 4


def line_roles(
    text: str, title: str, outlet: str, found: Sequence[credits.Credit]
) -> list[str | None]:
    """Give each line of a text its role by its form and its place.

    Parameters
    ----------
    text : str
        The supplied text.
    title, outlet : str
        As supplied with the article; empty where they are not known.
    found : sequence of Credit
        The credits of the text.

    Returns
    -------
    list of str or None
        One of ``tables.ROLES`` for each of `page_lines.lines_of`; None for the story itself.
    """
    page = page_lines.Layout(text, title, outlet, found)
    _mark_titles(page)
    _mark_credits(page, text, found)
    surroundings.mark_desk_notes(page)
    if not page.is_document:
        surroundings.mark_notices(page)
        surroundings.mark_comments(page)
        surroundings.mark_disclosures(page)
        surroundings.mark_release_end(page)
    surroundings.mark_desk_marks(page)
    _mark_buttons(page)
    if page.is_site:
        _mark_closing(page)
    story = _story(page)
    if story is None:
        return page.roles
    first, last = story
    _mark_times(page, first, last)
    surroundings.mark_see_also(page, first)
    _mark_summary_label(page, first)
    _mark_head(page, first)
    _mark_repeated_headlines(page, first)
    if page.is_site:
        _mark_links(page)
        _mark_tail(page, last)
        captions.mark(page, first, last)
    surroundings.mark_other_headlines(page)
    headings.mark(page, first, last)
    return page.roles


def _mark_titles(page: page_lines.Layout) -> None:
    if len(page.title) == 0:
        return
    for i, line in enumerate(page.lines):
        if page.n_words[i] > 2 * _MAX_HEADLINE_WORDS:
            continue
        found = words.split_words(line.text).words
        shared = len(set(found) & set(page.title))
        longest = max(len(set(found)), len(set(page.title)))
        if longest > 0 and shared >= _MIN_TITLE_SHARE * longest:
            page.roles[i] = "headline"


def _mark_credits(page: page_lines.Layout, text: str, found: Sequence[credits.Credit]) -> None:
    photos = list(bylines.photo_spans(text, page.lines))
    for i, line in enumerate(page.lines):
        if page.roles[i] is not None:
            continue
        n_words = page.n_words[i]
        has_photo = any(line.start <= start < line.end for start, _ in photos)
        is_caption = has_photo or captions.has_label(line.text)
        if is_caption and n_words <= captions.MAX_WORDS and not page.is_document:
            page.roles[i] = "caption"
        elif (
            credits.is_credit(line, found)
            or reference_texts.is_dated(line.text)
            or desk_notes.is_rights_notice(line.text)
            or (_is_under_headline(page, i) and staff_lines.is_staff_line(line.text))
        ):
            page.roles[i] = "credit"
        elif n_words <= _MAX_STAFF_WORDS and _STAFF_LINE.fullmatch(line.text) is not None:
            above = page.roles[i - 1] if i > 0 else None
            starts = line.text[0].isupper() and not boilerplate.has_end_mark(line.text)
            if starts and (above == "credit" or i < _MAX_HEAD_LINES):
                page.roles[i] = "credit"


def _is_under_headline(page: page_lines.Layout, i: int) -> bool:
    """Say whether a line stands near the top below one that may be a headline, or below credits."""
    above = page.roles[i - 1] if i > 0 else None
    is_title = i > 0 and page.n_words[i - 1] >= _MIN_HEADLINE_WORDS and _is_title_form(page, i - 1)
    return 0 < i < _MAX_HEAD_LINES and (above in ("headline", "credit") or is_title)


def _mark_buttons(page: page_lines.Layout) -> None:
    """Mark what is boilerplate wherever it stands, and see whether this is a page of a site."""
    if page.is_document:
        return
    n_signs = 0
    last = max(page.prose(), default=len(page.lines))
    for i, line in enumerate(page.lines):
        if page.roles[i] is None:
            button = boilerplate.is_button(line.text)
            if button or boilerplate.is_masthead(line.text, page.outlet):
                page.roles[i] = "boilerplate"
        signs = (
            boilerplate.is_section,
            boilerplate.is_appeal,
            boilerplate.is_navigation,
            time_lines.is_time_line,
        )
        if page.roles[i] not in (None, "headline") or any(sign(line.text) for sign in signs):
            n_signs += 1
        elif i > last and boilerplate.is_list_label(line.text):
            # A list of links below the story has no other use.
            n_signs += _MIN_SIGNS
    page.is_site = n_signs >= _MIN_SIGNS


def _mark_closing(page: page_lines.Layout) -> None:
    """Mark what the outlet says of itself and asks for at the very end of its page."""
    names = [page.outlet, _name_above(page)]
    links = set(_links(page))
    found = []
    for i in range(len(page.lines) - 1, 0, -1):
        line = page.lines[i].text
        of_outlet = any(boilerplate.is_of_outlet(line, name) for name in names)
        if page.roles[i] is None and (of_outlet or boilerplate.is_closing(line)):
            found.append(i)
            continue
        signs = (boilerplate.is_appeal, boilerplate.is_section, boilerplate.is_navigation)
        is_sign = i in links or any(sign(line) for sign in signs)
        if page.roles[i] is None and not is_sign:
            break
    # Where nothing else is left, it is what the text is about.
    if any(page.is_prose(i) for i in range(len(page.lines)) if i not in found):
        for i in found:
            page.roles[i] = "boilerplate"


def _name_above(page: page_lines.Layout) -> str:
    """Return the name at the very top of a page, or nothing."""
    if len(page.lines) < 2 or page.roles[0] not in (None, "boilerplate"):
        return ""
    name = re.sub(r"\s{1,60}[\d.,]{1,60}$", "", page.lines[0].text)
    n_words = len(name.split())
    over_links = boilerplate.is_navigation(page.lines[1].text)
    if n_words > _MAX_SECTION_WORDS or not (over_links or (n_words > 1 and bylines.is_name(name))):
        return ""
    return name


def _story(page: page_lines.Layout) -> tuple[int, int] | None:
    """Return the first and the last paragraph of the story, or None if there is none."""
    prose = [i for i in range(len(page.lines)) if page.is_prose(i)]
    appeals = [i for i in prose if boilerplate.is_appeal(page.lines[i].text)]
    appeals = [i for i in appeals if not _goes_on(page, i)]
    story = [i for i in prose if i not in appeals]
    inside = [i for i in appeals if len(story) > 0 and story[0] < i < story[-1]]
    about_pages = len(inside) > max(1, _MAX_PAGE_WORD_SHARE * len(prose))
    if about_pages or len(story) == 0:
        story = prose
    page.is_site = page.is_site and not about_pages
    if len(story) == 0:
        return None
    for i in appeals:
        outside = page.is_site and (i < story[0] or i > story[-1])
        strong = not page.is_document and boilerplate.is_strong_appeal(page.lines[i].text)
        if outside or (strong and not about_pages):
            page.roles[i] = "boilerplate"
    return story[0], story[-1]


def _goes_on(page: page_lines.Layout, i: int) -> bool:
    """Say whether short sentences of the story follow a line that only has a word of pages."""
    if boilerplate.begins_appeal(page.lines[i].text):
        return False
    below = page.lines[i + 1].text if i + 1 < len(page.lines) else ""
    is_free = below != "" and page.roles[i + 1] is None
    return is_free and boilerplate.has_end_mark(below) and not boilerplate.is_appeal(below)


def _mark_times(page: page_lines.Layout, first: int, last: int) -> None:
    """Mark what is only a date or a time: above the story, and over the entries of a live page."""
    end = first if page.is_document else last
    for i in range(1, end):
        below = page.lines[i + 1].text
        if time_lines.is_label(page.lines[i].text) and time_lines.is_time_line(below):
            page.roles[i] = "credit"
        if page.roles[i] in (None, "headline") and time_lines.is_time_line(page.lines[i].text):
            page.roles[i] = "credit"
        # "Valdoria", and the time below it.
        is_free = page.roles[i] is None and page.n_words[i] <= _MAX_PLACE_WORDS
        is_free = is_free and re.search(r"[:\d]", page.lines[i].text) is None
        if is_free and time_lines.is_time_line(below) and bylines.is_name(page.lines[i].text):
            page.roles[i] = "credit"
    for i in range(0 if page.is_document else first):
        line = page.lines[i].text
        is_signed = signed_lines.read(line, order="dmy") is not None
        if page.roles[i] is None and (is_signed or printed_dates.is_place_and_day(line)):
            page.roles[i] = "credit"


def _mark_head(page: page_lines.Layout, first: int) -> None:
    asked = headings.questions(page)
    head = [i for i in range(first) if page.roles[i] is None and i not in asked]
    listed = [i for i in head if boilerplate.is_listed(page.lines[i].text)]
    if len(listed) > 0 and page.is_site and _is_summary(page, listed, first):
        _mark_head(page, listed[0])
        return
    if first > _MAX_HEAD_LINES or len(listed) > 0 or not page.is_site:
        # A document, a list, or a bare text: at most a title and a line below it.
        for i in range(min(first, _MAX_BARE_TITLE_LINES)):
            if page.roles[i] is not None or i in asked or not _is_title_form(page, i):
                break
            page.roles[i] = "headline"
        return
    for i in head:
        line = page.lines[i].text
        asks = boilerplate.is_appeal(line) and len(head) > 1
        if asks or boilerplate.is_navigation(line) or boilerplate.is_list_label(line):
            page.roles[i] = "boilerplate"
    head = [i for i in head if page.roles[i] is None and i not in asked]
    named = [i for i in range(first) if page.roles[i] == "headline"]
    if named:
        headline = named[0]
    else:
        long = [
            i for i in head if _is_title_form(page, i) and page.n_words[i] >= _MIN_HEADLINE_WORDS
        ]
        short = [i for i in head if _is_title_form(page, i)]
        if len(short) == 0:
            return
        # The headline of a page whose title is none of its lines was left out on the way.
        is_elsewhere = len(page.title) >= _MIN_HEADLINE_WORDS and len(long) == 0
        headline = long[0] if long else short[0]
        page.roles[headline] = "boilerplate" if is_elsewhere else "headline"
    # What stands above a headline that the title confirms is no part of the story.
    most = headings.MAX_WORDS if len(named) > 0 else _MAX_SECTION_WORDS
    for i in head:
        line = page.lines[i].text
        # "10 a.m." ends with a stop and is no sentence.
        is_dated = bylines.is_name_and_date(line)
        if page.roles[i] is not None or (boilerplate.has_end_mark(line) and not is_dated):
            continue
        if is_dated:
            page.roles[i] = "credit"
        elif i < headline:
            page.roles[i] = "boilerplate" if page.n_words[i] <= most else None
        elif _is_under_author(page, i) or _is_author(page, i, headline):
            page.roles[i] = "credit"
        elif boilerplate.is_section(line) or line.isdigit():
            page.roles[i] = "boilerplate"
        elif _is_title_form(page, i) and not headings.is_over_bullets(page, i, first):
            page.roles[i] = "headline"


def _mark_summary_label(page: page_lines.Layout, first: int) -> None:
    """Mark the label over bullets that sum the story up, above it or below its first words."""
    for i in range(1, min(first + 3, len(page.lines) - 1)):
        is_label = reader_notices.is_summary_label(page.lines[i].text)
        over_items = boilerplate.is_listed(page.lines[i + 1].text)
        if page.roles[i] is None and is_label and over_items:
            page.roles[i] = "boilerplate"


def _is_author(page: page_lines.Layout, i: int, headline: int) -> bool:
    """Say whether a name stands alone among the lines that say who wrote the text, and when."""
    line = page.lines[i].text
    if not bylines.is_person(line):
        return False
    dated = "credit" in page.roles[headline + 1 : i]
    return page.roles[i + 1] == "credit" or (dated and author_names.has_rare_name(line))


def _is_under_author(page: page_lines.Layout, i: int) -> bool:
    """Say whether a line names the paper or the office of the author in the line above."""
    line = page.lines[i].text
    above = page.lines[i - 1].text
    is_by = re.match(r"\W*(?:by|von|par)\b", above, re.IGNORECASE) is not None
    by = page.roles[i - 1] == "credit" and (is_by or bylines.is_person(above))
    return by and page.n_words[i] <= _MAX_BESIDE_AUTHOR_WORDS and bylines.is_name(line)


def _is_summary(page: page_lines.Layout, listed: Sequence[int], first: int) -> bool:
    """Say whether bullets sum the story up: below the headline, and then the story begins."""
    above = page.roles[listed[0] - 1] if listed[0] > 0 else None
    below = range(listed[0], first)
    between = [i for i in below if i not in listed and page.roles[i] in (None, "headline")]
    is_under_title = above in ("credit", "headline") or _is_title_form(page, listed[0] - 1)
    return is_under_title and len(between) == 0


def _mark_repeated_headlines(page: page_lines.Layout, first: int) -> None:
    wanted = {page.lines[i].text for i in range(first) if page.roles[i] == "headline"}
    for i, line in enumerate(page.lines):
        if line.text in wanted and page.roles[i] is None:
            page.roles[i] = "headline"


def _is_title_form(page: page_lines.Layout, i: int) -> bool:
    line = page.lines[i].text
    ends = boilerplate.has_end_mark(line) and not line.rstrip("\"'”’").endswith(("?", "!"))
    aside = line.startswith(("(", "`", "#", "*", "-"))
    return page.n_words[i] <= _MAX_HEADLINE_WORDS and not ends and not aside


def _mark_links(page: page_lines.Layout) -> None:
    for i in _links(page):
        page.roles[i] = "boilerplate"


def _links(page: page_lines.Layout) -> list[int]:
    """Return the labels of lists of links, the links below them, and appeals."""
    found = []
    under_label = False
    for i, line in enumerate(page.lines):
        if page.roles[i] == "headline":
            under_label = False
        elif page.roles[i] is None and boilerplate.is_list_label(line.text):
            found.append(i)
            under_label = True
        elif (not page.is_prose(i) and _asks_inside(page, i)) or (
            under_label and time_lines.is_time_line(line.text)
        ):
            found.append(i)
        elif under_label and page.roles[i] is None:
            under_label = page.n_words[i] <= _MAX_LINK_WORDS and (
                not line.text.endswith((".", '"', "”")) or boilerplate.is_listed(line.text)
            )
            if under_label:
                found.append(i)
    return found


def _asks_inside(page: page_lines.Layout, i: int) -> bool:
    line = page.lines[i].text
    if page.roles[i] is not None or boilerplate.is_listed(line) or line.startswith(('"', "“", "‘")):
        return False
    return boilerplate.is_appeal(line)


def _mark_tail(page: page_lines.Layout, last: int) -> None:
    seen = False
    for i in range(last + 1, len(page.lines)):
        line = page.lines[i].text
        if page.roles[i] in ("boilerplate", "credit"):
            seen = True
            continue
        if page.roles[i] is not None:
            continue
        listed = boilerplate.is_listed(line) and not seen
        asks = boilerplate.is_appeal(line) or boilerplate.is_section(line)
        if not listed and (asks or boilerplate.is_navigation(line)):
            page.roles[i] = "boilerplate"
            seen = True
        elif (
            seen
            and page.n_words[i] <= _MAX_LINK_WORDS
            and (not line.endswith((".", '"', "”")) or _is_between_buttons(page, i))
        ):
            page.roles[i] = "boilerplate"


def _is_between_buttons(page: page_lines.Layout, i: int) -> bool:
    """Say whether a line below the story stands directly between two that are no story."""
    below = page.lines[i + 1].text if i + 1 < len(page.lines) else ""
    is_button = below != "" and (page.roles[i + 1] == "boilerplate" or boilerplate.is_appeal(below))
    return page.roles[i - 1] == "boilerplate" and is_button
