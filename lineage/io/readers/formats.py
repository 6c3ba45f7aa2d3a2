"""The formats that are read, one row a format: how it is known, and what reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import delimited, docx, feed, front_matter, json_rows, parquet, pdf, problems
from .html import web_page


@dataclass(frozen=True)
class Content:
    """One input, opened.

    Attributes
    ----------
    data : bytes
        All of it.
    text : str
        Its characters; empty for a format that is not read as such.
    file : str
        Its name in messages.
    found : Problems
        Is told of rows and files that cannot be read.
    url : str or None
        Where it is from, if that is known.
    latest : Timestamp or None
        No article was published after this.
    """

    data: bytes
    text: str
    file: str
    found: problems.Problems
    url: str | None = None
    latest: pd.Timestamp | None = None


@dataclass(frozen=True)
class Format:
    """One format: a new one is a module that reads it and a row of `TABLE`.

    Attributes
    ----------
    kind : str
        Its name, as in the table of files that were read.
    suffixes : tuple of str
        Ends of file names, in lower case, with the dot. A page that was fetched is kept under
        the first.
    sniff : callable or None
        Whether an input that has no suffix is of this format. None where that cannot be seen.
    read : callable
        Yields the articles; exactly one where `one_article`. Raises InputError without a file
        name, or tells `Content.found`.
    one_article : bool
        A file is an article: named after the file, described by a row of a metadata.csv.
        Otherwise it holds an article a row or item.
    characters : bool
        Read as characters. Otherwise the format itself says how its bytes are to be decoded.
    declares : bool
        The characters themselves may say in which encoding they are.
    dated_by : str
        `published_source` of a date that stands in the file itself.
    media_types : tuple of str
        What a server may call it.
    why_no_articles : callable or None
        Why a file of this suffix that lies in a folder holds no articles, or None where it does;
        for suffixes that say nothing of what a file is for.
    """

    kind: str
    suffixes: tuple[str, ...]
    sniff: Callable[[Content], bool] | None
    read: Callable[[Content], Iterator[delimited.Record]]
    one_article: bool = False
    characters: bool = True
    declares: bool = False
    dated_by: str = "given"
    media_types: tuple[str, ...] = ()
    why_no_articles: Callable[[Content], str | None] | None = None


def by_suffix(suffix: str) -> Format | None:
    """Look a format up by the end of a file's name, in any case."""
    return next((row for row in TABLE if suffix.lower() in row.suffixes), None)


def by_kind(kind: str) -> Format:
    """Look a format up by its name."""
    return next(row for row in TABLE if row.kind == kind)


def by_media_type(declared: str) -> Format | None:
    """Look a format up by what a server calls it: "text/html; charset=utf-8"."""
    name = declared.partition(";")[0].strip().casefold()
    return next((row for row in TABLE if name in row.media_types), None)


def suffixes() -> list[str]:
    """List the ends of all file names that are read, for messages."""
    return [suffix for row in TABLE for suffix in row.suffixes]


def sniff(content: Content, *, characters: bool) -> Format | None:
    """Tell the format of an input from its content.

    Parameters
    ----------
    content : Content
        With its text, if `characters`.
    characters : bool
        Ask the formats that are read as characters, or those that are not.

    Returns
    -------
    Format or None
        The first row of `TABLE` that knows it.
    """
    return next(
        (
            row
            for row in TABLE
            if row.characters == characters and row.sniff is not None and row.sniff(content)
        ),
        None,
    )


def _one(values: Mapping[str, Any]) -> Iterator[delimited.Record]:
    yield delimited.Record(1, values)


def _markdown(content: Content) -> Iterator[delimited.Record]:
    parted = front_matter.split(content.text)
    return _one({**parted.values, "text": parted.text})


def _why_json_is_not_read(content: Content) -> str | None:
    if json_rows.holds_articles(content.text):
        return None
    return "JSON, but no list of objects with a text"


def _why_xml_is_not_read(content: Content) -> str | None:
    return None if feed.is_feed(content.data) else "XML, but no feed"


# What no other format knows as its own is plain text.
PLAIN = Format(
    "text",
    (".txt",),
    sniff=None,
    read=lambda content: _one({"text": content.text}),
    one_article=True,
    media_types=("text/plain",),
)

# In this order content is asked, and suffixes are named in messages.
TABLE: tuple[Format, ...] = (
    PLAIN,
    Format("markdown", (".md", ".markdown"), sniff=None, read=_markdown, one_article=True),
    Format(
        "html",
        (".html", ".htm", ".xhtml"),
        sniff=lambda content: web_page.is_page(content.text),
        read=lambda content: _one(web_page.values(content.text, content.url, content.latest)),
        one_article=True,
        declares=True,
        dated_by="page",
        media_types=("text/html", "application/xhtml+xml"),
    ),
    Format(
        "json",
        (".json",),
        sniff=lambda content: json_rows.is_json(content.text),
        read=lambda content: json_rows.objects(content.text, content.file, content.found),
        media_types=("application/json",),
        why_no_articles=_why_json_is_not_read,
    ),
    Format(
        "jsonl",
        (".jsonl", ".ndjson"),
        sniff=lambda content: json_rows.is_lines(content.text),
        read=lambda content: json_rows.lines(content.text, content.file, content.found),
    ),
    Format(
        "csv",
        (".csv",),
        sniff=lambda content: delimited.is_table(content.text),
        read=lambda content: delimited.records(content.text, content.file, content.found),
        media_types=("text/csv",),
    ),
    Format(
        "tsv",
        (".tsv",),
        sniff=None,
        read=lambda content: delimited.records(
            content.text, content.file, content.found, separators=("\t",)
        ),
    ),
    Format(
        "parquet",
        (".parquet",),
        sniff=lambda content: content.data.startswith(b"PAR1"),
        read=lambda content: parquet.records(content.data, content.file, content.found),
        characters=False,
    ),
    Format(
        "docx",
        (".docx",),
        sniff=lambda content: docx.is_document(content.data),
        read=lambda content: _one(docx.values(content.data)),
        one_article=True,
        characters=False,
        media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ),
    Format(
        "pdf",
        (".pdf",),
        sniff=lambda content: content.data.startswith(b"%PDF-"),
        read=lambda content: _one(pdf.values(content.data)),
        one_article=True,
        characters=False,
        media_types=("application/pdf",),
    ),
    Format(
        "feed",
        (".xml", ".rss", ".atom"),
        sniff=lambda content: feed.is_feed(content.data),
        read=lambda content: feed.records(content.data, content.file, content.found),
        characters=False,
        media_types=("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        why_no_articles=_why_xml_is_not_read,
    ),
)
