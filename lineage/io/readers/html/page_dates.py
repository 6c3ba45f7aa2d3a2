"""The date of publication that the markup of a web page states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .... import errors
from ....page import printed_dates, signed_lines
from ....text import date_forms, given_dates
from . import page_data, page_layout, page_state

# Names of meta elements, the surest first, without marks and in small letters.
_META = (
    "articlepublishedtime ogarticlepublishedtime ogpublishedtime articlepublished datepublished "
    "articledatepublished publishedtime publishedat publishdate publisheddate pubdate "
    "publicationdate parselypubdate sailthrudate dcdateissued dctermsissued "
    "citationpublicationdate citationonlinedate rnewsdatepublished originalpublicationdate "
    "dateissued articleoriginaldate "
    "cxenseparserecspublishtime btpubdate dcdatepublished dctermsdatepublished".split()
)
# So near below the headline a name with a day is the byline.
_MAX_LINES_TO_NAME = 4
# A date of something: of publication where no other is stated.
_LOOSE_META = frozenset(("date", "dcdate", "dctermsdate", "citationdate", "dccreated"))


@dataclass(frozen=True)
class Found:
    """What a page says of its date.

    Attributes
    ----------
    date : ParsedDate or None
    unread : str or None
        A date of publication that is stated and cannot be read, where no other can.
    """

    date: given_dates.ParsedDate | None
    unread: str | None = None


def published(text: str, latest: pd.Timestamp | None = None) -> Found:
    """Read when a page was published, from what its markup says of its article.

    In this order: the article in JSON-LD, meta elements, microdata and the like, what its scripts
    hold of its headline, the page in JSON-LD, lines and ``time`` elements above the story. Never
    a date of a change, of the site, of a comment, of a list beside the story or in an address: it
    will count as evidence of direction. What cannot be read, or lies in the future, is passed over
    for the next.

    Parameters
    ----------
    text : str
        The HTML.
    latest : Timestamp, optional
        A date after it is none.

    Returns
    -------
    Found

    Raises
    ------
    MissingExtraError
        If lxml, which trafilatura brings, is not installed.
    """
    tree = page_data.parse(text)
    if tree is None:
        return Found(None)
    order = _order(tree)
    unread = None
    for value in _stated(tree, order):
        try:
            date = given_dates.parse_date(value, order=order)
        except errors.DateError:
            unread = str(value) if unread is None else unread
            continue
        if date is not None and (latest is None or date.at <= latest):
            return Found(date)
    return Found(None, unread)


def _order(tree: Any) -> str | None:
    """How the language of the page writes dates in numbers; two that differ settle nothing."""
    tags = [tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang")]
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("http-equiv") or "").lower()
        if name in ("og:locale", "content-language"):
            tags.append(meta.get("content"))
    orders = {date_forms.order_of(tag) for tag in tags if tag} - {None}
    return orders.pop() if len(orders) == 1 else None


def _stated(tree: Any, order: str | None) -> Iterator[Any]:
    """Every date of publication that is stated, the surest first."""
    nodes = page_data.nodes_of(tree)
    yield from _of_articles(page_data.of_kind(nodes, 0), tree)
    names = page_data.meta_of(tree)
    for wanted in _META:
        yield from (value for name, value in names if name == wanted and value)
    layout = page_layout.layout_of(tree)
    micro = sorted(_microdata(tree, layout), key=lambda each: each[0])
    yield from (value for _, value in micro)
    yield from page_state.published(tree)
    for node in page_data.of_kind(nodes, 1):
        yield from page_data.values_of(node.get("datePublished"))
    labelled, plain = _lines(layout, order)
    yield from labelled
    yield from (value for name, value in names if name in _LOOSE_META and value)
    yield from plain


def _of_articles(articles: list[dict[str, Any]], tree: Any) -> Iterator[Any]:
    """The dates of the page's article; of several, of the one that has its headline or address."""
    own = page_data.own_articles(articles, tree)
    values = [
        value
        for node in own or articles
        for value in page_data.values_of(node.get("datePublished"))
    ]
    if own or len({_moment(value) for value in values}) == 1:
        yield from values


def _moment(value: Any) -> Any:
    """A date as a moment, so that one moment in two zones counts once."""
    try:
        return given_dates.parse_date(value)
    except errors.DateError:
        return value


def _microdata(tree: Any, layout: page_layout.Layout) -> Iterator[tuple[int, Any]]:
    """Dates of publication of microdata, RDFa and hNews, with how sure they are."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        names = re.split(
            r"[\s:]+", f"{element.get('itemprop') or ''} {element.get('property') or ''}"
        )
        classes = (element.get("class") or "").split()
        if "datePublished" in names:
            rank = _scope(element)
        elif (
            "dt-published" in classes
            or (element.tag == "time" and element.get("pubdate") is not None)
            or (element.tag in ("time", "abbr") and "published" in classes)
        ):
            rank = 1
        else:
            continue
        if rank is not None and not page_layout.is_aside(element, layout):
            yield rank, page_layout.value_of(element)


def _scope(element: Any) -> int | None:
    """How sure a property is by the type of the item that has it; None for somebody else's."""
    for above in element.iterancestors():
        types = above.get("itemtype") or above.get("typeof")
        if types is not None:
            return page_layout.kind_of(types.split())
    return 1


def _lines(layout: page_layout.Layout, order: str | None) -> tuple[list[Any], list[Any]]:
    """The labelled and the bare dates of the lines around the headline."""
    lines = page_layout.lines_of(layout)
    labelled, plain = printed_dates.read_lines(lines, order)
    if not labelled and not plain:
        plain = list(_signed(layout, order))
    if len({each.day for each in plain}) > 1:
        plain = []
    plain.sort(key=lambda each: not each.has_clock)
    return [each.date for each in labelled], [each.date for each in plain]


def _signed(layout: page_layout.Layout, order: str | None) -> Iterator[given_dates.Stated]:
    """Yield the days beside the author's name directly below the headline."""
    if layout.headline is None:
        return
    for line in page_layout.lines_below(layout)[:_MAX_LINES_TO_NAME]:
        if len(line.split()) >= page_layout.MIN_PROSE_WORDS:
            return
        signed = signed_lines.read(line, order=order)
        if signed is not None:
            yield signed.stated
