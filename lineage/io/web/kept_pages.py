"""Fetched pages, kept in the run as a folder that can be read again in their place."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib import parse

from ..readers import formats, metadata
from . import fetching

_COLUMNS = ("file", "article_id", "url", "encoding", "requested", "fetched_at", "sha256")

_SLUG_CHARS = 60
# Two pages of one name are told apart by so many hex digits of the hash of their addresses.
_HASH_DIGITS = 8


@dataclass(frozen=True)
class Kept:
    """A page, the kind that it turned out to be, and the id of the article it holds.

    Attributes
    ----------
    page : web.Page
    kind : str
        That of one of the `formats`.
    article_id : str or None
        None where it holds several articles.
    """

    page: fetching.Page
    kind: str
    article_id: str | None


def name_of(url: str) -> str:
    """The last word of an address, or its host: a name that a person recognises.

    Parameters
    ----------
    url : str
        http or https.

    Returns
    -------
    str
        Letters, digits, dots, hyphens and underscores.
    """
    parts = parse.urlsplit(url)
    words = [part for part in parse.unquote(parts.path).split("/") if part]
    last = re.sub(r"\.(?:x?html?|php|aspx?|pdf|docx|txt|md)$", "", words[-1]) if words else ""
    slug = re.sub(r"[^\w.-]+", "-", last).strip("-.")[:_SLUG_CHARS]
    return slug or str(parts.hostname)


def files(pages: Sequence[Kept]) -> dict[str, bytes]:
    """Make the files of the folder.

    Parameters
    ----------
    pages : sequence of Kept
        In any order.

    Returns
    -------
    dict of str to bytes
        File name to content: the pages to the byte, and a metadata.csv with where each is from,
        so that reading the folder gives the same articles. Empty if there are no pages.
    """
    if not pages:
        return {}
    made: dict[str, bytes] = {}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each in sorted(pages, key=lambda kept: kept.page.address):
        page = each.page
        digest = hashlib.sha256(page.address.encode("utf-8")).hexdigest()[:_HASH_DIGITS]
        suffix = formats.by_kind(each.kind).suffixes[0]
        name = f"{name_of(page.url)}-{digest}{suffix}"
        made[name] = page.data
        row = (
            *(name, each.article_id, page.url, page.encoding, page.address, page.fetched_at),
            hashlib.sha256(page.data).hexdigest(),
        )
        writer.writerow(["" if value is None else value for value in row])
    made[metadata.NAME] = text.getvalue().encode("utf-8")
    return made
