"""Feeds: the items of an RSS or Atom file as articles."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import Any

from ... import errors
from .. import extras
from . import problems
from .delimited import Record

_ROOT = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:(?:(?><!--.*?-->)|(?><\?.*?\?>)|(?><!DOCTYPE[^>\[]*+(?:"
    r"\[.*?\])?>))\s*+)*+"
    r"<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)

# What the root element is looked for in; stylesheets and comments may stand before it, and
# comments after it.
_HEAD_BYTES = 4096
_TAIL_BYTES = 4096
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)

# What a document says of its encoding, once it has another.
_DECLARED = re.compile(r"\A<\?xml[^>]*\?>\s*")

_MARKUP = ("text/html", "application/xhtml+xml")


def records(data: bytes, file: str, found: problems.Problems) -> Iterator[Record]:
    """Read the items of a feed, by feedparser.

    The text of an item is its content, or its summary where it has no content: a summary may be
    all that a feed has, and a trace is then one of summaries. Outlet is whom the item names as
    its source, else the feed's publisher or title. The date is that of publication; that of a
    change is not taken, for an original that was corrected later would look younger than its
    copies.

    Parameters
    ----------
    data : bytes
        The whole file, in the encoding that it declares.
    file : str
        Its name in messages.
    found : Problems
        Told of a file that is no feed. An item without text is left out and listed.

    Yields
    ------
    Record
        Its row is the number of the item, from 1.

    Raises
    ------
    MissingExtraError
        If feedparser or inscriptis is not installed.
    InputError
        Unless bad parts are skipped.
    """
    feedparser = extras.need("feedparser", "feeds", "reading feeds")
    extras.need("inscriptis", "feeds", "reading feeds")
    parsed = feedparser.parse(io.BytesIO(_in_bytes(data)))
    version = parsed.get("version", "")
    if not version and not parsed.entries:
        reason = parsed.get("bozo_exception", "no items")
        error = errors.InputError(f"not an RSS or Atom feed: {' '.join(str(reason).split())}")
        found.reject(error, file)
        return
    if _END.search(data.replace(b"\x00", b"")[-_TAIL_BYTES:]) is None:
        # The parser makes do; but an item that breaks off looks like one that was cut.
        found.reject(errors.InputError("the feed breaks off; fetch it again"), file)
    if not parsed.entries:
        found.reject(errors.InputError("a feed without items; fetch it again"), file)
    outlet = parsed.feed.get("publisher") or _plain(parsed.feed.get("title_detail"))
    for number, entry in enumerate(parsed.entries, start=1):
        values = _values(entry, outlet, version)
        if values["text"] is None:
            # Items of pictures and films have none.
            found.note("an item without a text", file, number)
            continue
        yield Record(number, values)


def is_feed(data: bytes) -> bool:
    """Tell whether a file is a feed, by its root element."""
    head = data[:_HEAD_BYTES]
    if b"\x00" in head:
        encoding = "utf-16-be" if head[:2] in (b"\xfe\xff", b"\x00<") else "utf-16-le"
        return _ROOT.match(head.decode(encoding, "replace").lstrip("\ufeff")) is not None
    return _ROOT.match(head.decode("utf-8", "replace").lstrip("\ufeff")) is not None


def _in_bytes(data: bytes) -> bytes:
    """As UTF-8 where a mark says UTF-16, which the parser passes over in a bare document."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    text = data.decode("utf-16", "replace")
    return _DECLARED.sub("", text, count=1).encode("utf-8")


def _values(entry: Any, outlet: str | None, version: str) -> dict[str, Any]:
    named = (entry.get("source") or {}).get("title")
    return {
        "text": _text(entry),
        "title": _plain(entry.get("title_detail")),
        "url": entry.get("link"),
        "byline": entry.get("author"),
        "outlet": named or outlet,
        "published_at": _published(entry, version),
    }


def _text(entry: Any) -> str | None:
    """The longest of an item's contents: a feed may give one text as plain and as HTML."""
    contents = [_plain(each, lines=True) for each in entry.get("content", [])]
    told = [each for each in contents if each]
    return max(told, key=len) if told else _plain(entry.get("summary_detail"), lines=True)


def _published(entry: Any, version: str) -> Any:
    # RSS has dates of publication only; the parser files that of Dublin Core under updates.
    keys = ("published", "updated") if not version.startswith("atom") else ("published",)
    return next((entry[key] for key in keys if entry.get(key)), None)


def _plain(detail: Any, *, lines: bool = False) -> str | None:
    """Take the markup off a value that is declared or recognised as HTML."""
    if not detail:
        return None
    value = str(detail.get("value") or "")
    if detail.get("type") in _MARKUP:
        value = _rendered(value)
    if lines:
        return value.strip() or None
    return " ".join(value.split()) or None


def _rendered(markup: str) -> str:
    inscriptis = extras.need("inscriptis", "feeds", "reading feeds")
    if not markup.strip():
        return ""
    text = str(inscriptis.get_text(markup))
    kept = [line.rstrip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
