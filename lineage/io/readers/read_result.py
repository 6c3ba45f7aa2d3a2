"""What a reading gives: the articles, what is wrong with the rest, and which files were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

import pandas as pd

from ... import tables
from ..articles import Article


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
    >>> len(found), len(found.problems)
    (8, 0)

    It goes through its articles:

    >>> [article.article_id for article in found if "crane" in article.text][-1]
    'tideline-post'
    """

    articles: pd.DataFrame
    problems: pd.DataFrame
    files: pd.DataFrame
    pages: Mapping[str, bytes] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        """Go through the articles, as records."""
        names = [each.name for each in fields(Article)]
        for row in tables.records(self.articles):
            yield Article(**{name: row[name] for name in names})


def joined(found: Sequence[ReadResult]) -> ReadResult | None:
    """Put several readings together.

    Parameters
    ----------
    found : sequence of ReadResult

    Returns
    -------
    ReadResult or None
        None where nothing was read. The pages have one file for all that were fetched, so that
        only those of a single reading are kept.
    """
    if len(found) <= 1:
        return next(iter(found), None)
    return ReadResult(
        pd.concat([each.articles for each in found], ignore_index=True),
        pd.concat([each.problems for each in found], ignore_index=True),
        pd.concat([each.files for each in found], ignore_index=True),
    )
