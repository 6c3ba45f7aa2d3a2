"""What a reading gives: the articles, what is wrong with the rest, and which files were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class ReadResult:
    """What was read and what was not.

    Attributes
    ----------
    articles : DataFrame
        Columns `columns.SUPPLIED` of the articles table, in that table's order and types, sorted
        by article_id.
    problems : DataFrame
        file, row (missing for a whole file), problem: what was left out, dates that cannot be
        read, and the files of a folder that are of no type that is read.
    files : DataFrame
        file, kind, sha256 (of the bytes), n_articles, encoding (missing where the format says
        it), in the order of reading.
    pages : mapping of str to bytes
        Files of a folder with the pages that were fetched from the web, see `kept_pages.files`;
        `Lineage.save` writes it into the run, and reading that folder gives the same articles.

    Examples
    --------
    >>> import lineage
    >>> found = lineage.read("data/harbour-crane/articles")
    >>> len(found.articles), len(found.problems)
    (8, 0)
    """

    articles: pd.DataFrame
    problems: pd.DataFrame
    files: pd.DataFrame
    pages: Mapping[str, bytes] = field(default_factory=dict)
