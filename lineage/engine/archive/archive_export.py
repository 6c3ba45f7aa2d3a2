"""An archive as plain Parquet files, for other programs and for another archive."""

from __future__ import annotations

import os
from pathlib import Path

from ... import errors
from . import parts

_ARTICLES = """
    SELECT a.article_id, a.outlet, a.byline, a.title, a.url,
        strftime(a.published_at, '%Y-%m-%dT%H:%M:%SZ') AS published_at,
        a.published_precision, a.published_source, a.language, s.story_id, t.n_words,
        t.text_sha256, a.file, a.added_at, t.text
    FROM articles a JOIN texts t USING (text_no) LEFT JOIN stories s USING (text_no)
    ORDER BY a.article_id
"""
_PAIRS = """
    SELECT one.text_sha256 AS text_sha256, other.text_sha256 AS other_sha256, p.log_bayes,
        p.run_words
    FROM pairs p JOIN texts one ON one.text_no = p.text_no
    JOIN texts other ON other.text_no = p.other_no
    ORDER BY 1, 2
"""


def write(tables: parts.Tables, folder: str | os.PathLike[str]) -> dict[str, int]:
    """Write articles and weighed pairs of an archive as Parquet files.

    Parameters
    ----------
    tables : Tables
    folder : path
        Made if it is not there; files of the same names are replaced.

    Returns
    -------
    dict of str to int
        File to its number of rows: articles.parquet, which `lineage.read` reads, and
        pairs.parquet, texts by their hashes.

    Raises
    ------
    UsageError
        If the folder cannot be written to.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.UsageError(f"{place}: cannot be made: {error.strerror}") from error
    queries = {"articles.parquet": _ARTICLES, "pairs.parquet": _PAIRS}
    return {name: tables.export(query, place / name) for name, query in queries.items()}
