"""Web pages: main text, title, date and outlet."""

from __future__ import annotations

import re
from typing import Any

from .. import errors
from . import extras, page_view

# With a time of day where the page has one; htmldate fills in midnight where it has none.
_DATE_FORMAT = "%Y-%m-%dT%H:%M:%S%z"
_MIDNIGHT = re.compile(r"T00:00:00(?:[+-]\d{4})?$")

# Where a page keeps the date of its last change, which must not pass for its publication: an
# original that was corrected later would look younger than its copies.
_CHANGED_META = re.compile(r"<meta\b[^>]*(?:modified|updated|revised)[^>]*>", re.IGNORECASE)
_CHANGED_JSON = re.compile(r'("dateModified"\s*:\s*")[^"]*"')


# What a page says of its address: on a page that reprints another, it may be the other's.
_OWN_ADDRESS = re.compile(
    r"<(?:link|meta)\b[^>]*[\"'\s=](?:canonical|og:url|twitter:url)\b[^>]*>", re.IGNORECASE
)


def values(text: str, url: str | None = None) -> dict[str, Any]:
    """Extract the article from a web page, by trafilatura.

    Comments are left out, and what a browser would not show. Only a date of publication that the
    page states is taken, no guess and no date of a change: it will count as evidence of direction.

    Parameters
    ----------
    text : str
        The HTML.
    url : str, optional
        Where it is from, if that is known: then what the page says of its address is left
        aside, and a page that names no outlet is its host's.

    Returns
    -------
    dict of str to object
        Column of the articles table to value as found; None where the page does not say it.
        The text is as extracted: offsets count its characters, not those of the HTML. What is
        to be told of words that a browser does not show stands under ``unread``.

    Raises
    ------
    MissingExtraError
        If trafilatura is not installed.
    InputError
        If no main text is found; the message has no file.
    """
    trafilatura = extras.need("trafilatura", "html", "reading web pages")
    seen = page_view.view(text)
    text = seen.html
    unchanged = _CHANGED_JSON.sub(r'\1"', _CHANGED_META.sub("", text))
    if url is not None:
        unchanged = _OWN_ADDRESS.sub("", unchanged)
    found = trafilatura.bare_extraction(
        unchanged,
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={
            "outputformat": _DATE_FORMAT,
            "extensive_search": False,
            "original_date": True,
        },
    )
    if found is None or not found.text:
        raise errors.InputError("no main text found in the page; save its text as .txt")
    return {
        "title": found.title,
        "byline": found.author,
        "outlet": found.sitename or found.hostname,
        "url": found.url if url is None else url,
        "published_at": None if found.date is None else _MIDNIGHT.sub("", found.date),
        "text": found.text,
        "unread": seen.unread,
    }


def is_page(text: str) -> bool:
    """Tell whether a text without a file name is a web page."""
    return (
        re.match(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b",
            text,
            re.IGNORECASE | re.DOTALL,
        )
        is not None
    )
