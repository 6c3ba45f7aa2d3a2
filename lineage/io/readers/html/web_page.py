"""Web pages: main text, title, date and outlet."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from .... import errors
from ....text import hidden_characters
from . import (
    layout_tables,
    missed_lines,
    old_markup,
    page_authors,
    page_credits,
    page_data,
    page_dates,
    page_parts,
    page_view,
)

# What a page says of its address: on a page that reprints another, it may be the other's.
_OWN_ADDRESS = re.compile(
    r"<(?:link|meta)\b[^>]*[\"'\s=](?:canonical|og:url|twitter:url)\b[^>]*>", re.IGNORECASE
)


def values(text: str, url: str | None = None, latest: pd.Timestamp | None = None) -> dict[str, Any]:
    """Extract the article from a web page by trafilatura, date and authors by modules of our own.

    Comments are left out, and what a browser would not show. Only a date of publication that the
    page states is taken, no guess and no date of a change: it will count as evidence of direction.

    Parameters
    ----------
    text : str
        The HTML.
    url : str, optional
        Where it is from, if that is known: then what the page says of its address is left
        aside, and a page that names no outlet is its host's.
    latest : Timestamp, optional
        A date after it is none.

    Returns
    -------
    dict of str to object
        Column of the articles table to value as found; None where the page does not say it.
        The text is as extracted: offsets count its characters, not those of the HTML. What is
        to be told of words that a browser does not show stands under ``unread``.

    Raises
    ------
    InputError
        If no main text is found; the message has no file.
    """
    import trafilatura

    renewed = old_markup.renew(text)
    seen = page_view.view(renewed)
    own = seen.html if url is None else _OWN_ADDRESS.sub("", seen.html)
    story = layout_tables.unfold(page_parts.strip(own))
    # trafilatura drops what is not seen, before anybody could list it.
    found: Any = trafilatura.bare_extraction(
        hidden_characters.veil(story), url=url, include_comments=False
    )
    if found is None or not found.text:
        raise errors.InputError("no main text found in the page; save its text as .txt")
    # What stands around the story names its outlet.
    said = trafilatura.extract_metadata(
        hidden_characters.veil(layout_tables.unfold(own)),
        default_url=url,
        # Its date is not taken: it may be one of a change, a comment or an address.
        date_config={"extensive_search": False},
        extensive=False,
    )
    title = page_data.headline(own) or (
        None if said.title is None else hidden_characters.unveil(said.title)
    )
    outlet = said.sitename or said.hostname or _site_name(own)
    dated = page_dates.published(renewed, latest)
    if dated.date is None and renewed != text:
        # Old pages have the day in a column of its own, beside the story.
        dated = page_dates.published(text, latest)
    whole = missed_lines.put_back(story, hidden_characters.unveil(found.text), title or "")
    return {
        "title": title,
        "byline": "; ".join(page_authors.authors(own, outlet)) or None,
        "outlet": outlet,
        "url": said.url if url is None else url,
        "published_at": dated.unread if dated.date is None else dated.date,
        "text": page_credits.with_credits(whole, own, outlet),
        "unread": seen.unread,
    }


def _site_name(html: str) -> str | None:
    tree = page_data.parse(html)
    return None if tree is None else page_data.site_name(tree)


def is_page(text: str) -> bool:
    """Tell whether a text without a file name is a web page."""
    return (
        re.match(
            r"\s*+(?:<\?xml[^>]*+>\s*+)?(?>(?:<!--.*?-->\s*+)*)<(?:!doctype html|html)\b",
            text,
            re.IGNORECASE | re.DOTALL,
        )
        is not None
    )
