"""The content of one input, by its kind: what it says of its article, or its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from . import delimited, docx, feed, front_matter, json_rows, parquet, pdf, problems
from .html import web_page


def values(
    kind: str, text: str, data: bytes, url: str | None, latest: pd.Timestamp | None = None
) -> dict[str, Any]:
    """Read an input that is one article.

    Parameters
    ----------
    kind : str
        One of `discover.SINGLE`.
    text : str
        Its characters; empty for the kinds that are not read as such.
    data : bytes
        Its bytes.
    url : str or None
        Where it is from, if that is known.
    latest : Timestamp, optional
        A date after it is none.

    Returns
    -------
    dict of str to object
        Column of the articles table to value.

    Raises
    ------
    InputError
        If it cannot be used; the message has no file.
    """
    if kind == "html":
        return web_page.values(text, url, latest)
    if kind == "docx":
        return docx.values(data)
    if kind == "pdf":
        return pdf.values(data)
    if kind == "markdown":
        parted = front_matter.split(text)
        return {**parted.values, "text": parted.text}
    return {"text": text}


def records(
    kind: str, text: str, data: bytes, file: str, found: problems.Problems
) -> Iterator[delimited.Record]:
    """Read an input that has an article a row or item.

    Parameters
    ----------
    kind : str
        One of `discover.KINDS` that is not in `discover.SINGLE`.
    text : str
        Its characters; empty for the kinds that are not read as such.
    data : bytes
        Its bytes.
    file : str
        Its name in messages.
    found : Problems
        Told of what cannot be read.

    Returns
    -------
    iterator of Record

    Raises
    ------
    InputError
        Unless bad parts are skipped.
    """
    if kind == "csv":
        return delimited.records(text, file, found)
    if kind == "tsv":
        return delimited.records(text, file, found, separators=("\t",))
    if kind == "jsonl":
        return json_rows.lines(text, file, found)
    if kind == "json":
        return json_rows.objects(text, file, found)
    if kind == "feed":
        return feed.records(data, file, found)
    return parquet.records(data, file, found)
