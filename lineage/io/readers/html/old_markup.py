"""Web pages of the time before style sheets: headlines by size of font, paragraphs by line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ....page import boilerplate
from . import page_data, page_layout

# Pages of this kind set type by element; later ones leave that to style sheets.
_OLD = re.compile(r"<font\b|<center\b|<td\b[^>]*\b(?:bgcolor|valign|width)\s*=", re.IGNORECASE)
_BREAKS = re.compile(r"(?:<br\s*/?>\s*(?:&nbsp;\s*)*){2,}", re.IGNORECASE)
_FONTS = frozenset(("font", "big"))
_BOLD = frozenset(("b", "strong"))
# The text of a page is of size 3; a headline is larger.
_TEXT_SIZE, _MIN_SIZE = 3, 4
_MIN_WORDS, _MAX_WORDS = 3, 20
# So many words of prose stand below a headline, in the same cell or on the same page.
_MIN_PROSE = 40
# A column beside the story has fewer words than this share of it.
_MAX_COLUMN_SHARE = 0.25
_CELLS = ("td", "th", "div", "body")
_MAX_NAVIGATION_WORDS = 40
_MIN_LINKED_SHARE = 0.5
_BLOCKS = frozenset("p div table ul ol h1 h2 h3 h4 h5 h6 hr center blockquote".split())


def renew(html: str) -> str:
    """Give a page without style sheets the elements that a later one would have.

    A headline that only its size tells becomes one of the first level, two line ends in a row
    begin a paragraph, and a table or a line that is nothing but a row of links is named so.

    Parameters
    ----------
    html : str
        The page.

    Returns
    -------
    str
        The page as it was, if it is not of this kind or has a heading of the first level.
    """
    if _OLD.search(html) is None:
        return html
    parted = _BREAKS.sub("<p>", html)
    tree = page_data.parse(parted)
    if tree is None or next(tree.iter("h1"), None) is not None:
        return html
    from lxml import html as lxml_html

    rows = list(_navigation(tree))
    for row in rows:
        for part in row.iter("table", "tbody", "tr", "td", "th"):
            part.tag = "div"
        row.tag = "nav"
    headline = None if next(tree.iter("h2"), None) is not None else _headline(tree)
    if headline is not None:
        headline.tag = "h1"
        _set_columns_apart(headline)
    if headline is None and not rows and parted == html:
        return html
    # Letters that are set for several paragraphs make them no line.
    for font in list(tree.iter(*_FONTS)):
        if any(each.tag in _BLOCKS for each in font.iterdescendants()):
            font.drop_tag()
    return str(lxml_html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))


def _navigation(tree: Any) -> Iterator[Any]:
    """Yield tables that are nothing but a row of links: "Home | News | Sport"."""
    for table in tree.iter("table"):
        text = " ".join(" ".join(table.itertext()).split())
        n_words = len(text.split())
        if not 0 < n_words <= _MAX_NAVIGATION_WORDS or next(table.iter("p"), None) is not None:
            continue
        linked = sum(len(" ".join(link.itertext()).split()) for link in table.iter("a"))
        is_row = boilerplate.is_navigation(text) or len(list(table.iter("tr"))) == 1
        n_links = sum(1 for _ in table.iter("a"))
        if is_row and n_links > 1 and linked >= _MIN_LINKED_SHARE * n_words:
            yield table


def _headline(tree: Any) -> Any:
    """The line in the largest letters over the prose of a page, or None."""
    title = page_layout.letters(" ".join(each.text or "" for each in tree.iter("title")))
    found = []
    for element in tree.iter(*_FONTS, *_BOLD):
        size = _size(element)
        text = " ".join(" ".join(element.itertext()).split())
        is_outer = not any(_is_same(each, text) for each in element.iterancestors())
        if size < _MIN_SIZE or not is_outer or not _is_title(element, text):
            continue
        cell = next((each for each in element.iterancestors() if each.tag in _CELLS), None)
        if cell is None or _n_words(cell) - len(text.split()) < _MIN_PROSE:
            continue
        in_title = page_layout.letters(text) in title
        # Of two of one size the first is the headline; of two cells the one with the story.
        found.append(((in_title, size), element))
    best = max((rank for rank, _ in found), default=None)
    return next((element for rank, element in found if rank == best), None)


def _set_columns_apart(headline: Any) -> None:
    """Name the narrow columns beside the cell that holds the headline and its story."""
    cell = next(headline.iterancestors("td", "th"), None)
    row = None if cell is None else cell.getparent()
    if row is None or row.tag != "tr" or next(row.iterancestors("table"), None) is None:
        return
    n_words = _n_words(cell)
    for other in row:
        if other is not cell and _n_words(other) < _MAX_COLUMN_SHARE * n_words:
            other.tag = "aside"
    table = next(row.iterancestors("table"))
    rows = [*table.findall("tr"), *table.findall("tbody/tr")]
    cells = [each for each_row in rows for each in each_row if each.tag in ("td", "th")]
    for part in (table, *table.findall("tbody"), *rows, *cells):
        part.tag = "div"


def _is_same(above: Any, text: str) -> bool:
    """Whether an element above sets nothing but the same words."""
    return above.tag in (*_FONTS, *_BOLD) and " ".join(" ".join(above.itertext()).split()) == text


def _is_title(element: Any, text: str) -> bool:
    n_words = len(text.split())
    inside = {each.tag for each in element.iterdescendants() if isinstance(each.tag, str)}
    if not _MIN_WORDS <= n_words <= _MAX_WORDS or not inside.isdisjoint((*_BLOCKS, "a", "br")):
        return False
    in_link = next(element.iterancestors("a"), None) is not None
    return not in_link and not text.endswith((".", ":", ";", ",")) and _is_line(element)


def _is_line(element: Any) -> bool:
    """Whether nothing stands beside an element in its line."""
    top = element
    while top.getparent() is not None and page_layout.is_inline(top.getparent()):
        if (top.getparent().text or "").strip() and top.getparent().index(top) == 0:
            return False
        top = top.getparent()
    before = top.getprevious()
    if before is not None and page_layout.is_inline(before):
        return False
    lead = (before.tail if before is not None else top.getparent().text) or ""
    after = (top.tail or "").strip()
    return lead.strip() == "" and after == ""


def _size(element: Any) -> int:
    """The size of the letters of an element, of 1 to 7, by itself or what is around or in it."""
    near = [element, *element.iterancestors(*_FONTS), *element.iter(*_FONTS)]
    sizes = [_read_size(each) for each in near]
    return max((each for each in sizes if each is not None), default=_TEXT_SIZE)


def _read_size(element: Any) -> int | None:
    if element.tag == "big":
        return _TEXT_SIZE + 1
    match = re.fullmatch(r"([+-]?)(\d+)", str(element.get("size") or "").strip())
    if match is None:
        return None
    number = int(match[2])
    return _TEXT_SIZE + int(f"{match[1]}{number}") if match[1] else number


def _n_words(element: Any) -> int:
    return len(" ".join(element.itertext()).split())
