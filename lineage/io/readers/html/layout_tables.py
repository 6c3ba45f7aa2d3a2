"""Web pages laid out by tables: cells that hold whole parts of a page become blocks of it."""

from __future__ import annotations

import re
from typing import Any

_TABLE = re.compile(r"<table\b", re.IGNORECASE)
# What a cell of a table of figures does not hold.
_BLOCKS = frozenset("h1 h2 h3 h4 h5 h6 article blockquote table".split())
_PARTS = frozenset("table tbody thead tfoot tr td th center".split())
_MIN_PARAGRAPHS = 2


def unfold(html: str) -> str:
    """Turn the tables that lay a page out into blocks, so that its parts are read apart.

    A table is one of layout if a cell of it holds a heading, another table, or several
    paragraphs. Tables of figures stay what they are.

    Parameters
    ----------
    html : str
        The page.

    Returns
    -------
    str
        The page as it was, if it has no such table.
    """
    if _TABLE.search(html) is None:
        return html
    from lxml import html as lxml_html

    try:
        page = lxml_html.document_fromstring(html)
    except (ValueError, AssertionError):
        # An encoding declared inside, or nothing at all: for the extraction to tell.
        return html
    laid_out = [table for table in page.iter("table") if _is_layout(table)]
    if len(laid_out) == 0:
        return html
    for table in laid_out:
        for part in [table, *_parts_of(table)]:
            part.tag = "div"
    return str(lxml_html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>"))


def _is_layout(table: Any) -> bool:
    for cell in _parts_of(table):
        if cell.tag not in ("td", "th"):
            continue
        inside = [element.tag for element in cell.iterdescendants() if isinstance(element.tag, str)]
        if inside.count("p") >= _MIN_PARAGRAPHS or not _BLOCKS.isdisjoint(inside):
            return True
    return False


def _parts_of(table: Any) -> list[Any]:
    """Return the rows and cells of a table, those of tables inside it aside."""
    found: list[Any] = []
    waiting = list(table)
    while waiting:
        element = waiting.pop()
        if element.tag in _PARTS and element.tag != "table":
            found.append(element)
            waiting.extend(element)
    return found
