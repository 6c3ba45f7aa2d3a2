"""What an input is that comes without a file type, and whether a file holds articles at all."""

from __future__ import annotations

from . import delimited, docx, feed, json_rows
from .html import web_page


def kind_of_bytes(data: bytes) -> str | None:
    """Tell the kinds that are not read as characters.

    Parameters
    ----------
    data : bytes
        The whole input.

    Returns
    -------
    str or None
        One of `discover.BINARY`, or None where the characters have to tell.
    """
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"PK\x03\x04") and docx.is_document(data):
        return "docx"
    if feed.is_feed(data):
        return "feed"
    return None


def kind_of_text(text: str) -> str:
    """Tell the kinds that are read as characters; what is nothing else is a plain text.

    Parameters
    ----------
    text : str
        The whole input.

    Returns
    -------
    str
        A value of `discover.KINDS`.
    """
    if web_page.is_page(text):
        return "html"
    if json_rows.is_json(text):
        return "json"
    if json_rows.is_lines(text):
        return "jsonl"
    if delimited.is_table(text):
        return "csv"
    return "text"


def why_no_articles(kind: str | None, text: str, data: bytes) -> str | None:
    """Tell why a file of a folder is passed over: its type says nothing of what it is for.

    Parameters
    ----------
    kind : str or None
        By its name.
    text : str
        Its characters, empty for the kinds in `discover.BINARY`.
    data : bytes
        Its bytes.

    Returns
    -------
    str or None
        None if it is meant as articles.
    """
    if kind == "json" and not json_rows.holds_articles(text):
        return "JSON, but no list of objects with a text"
    if kind == "feed" and not feed.is_feed(data):
        return "XML, but no feed"
    return None
