"""Taking articles out of an archive: its files are written anew without them."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ... import errors
from . import parts
from .manifest import Manifest


@dataclass(frozen=True)
class Removed:
    """What was taken out.

    Attributes
    ----------
    n_articles : int
    n_texts : int
        Texts that no article has any more; they are gone too.

    Examples
    --------
    >>> import lineage
    >>> archive = lineage.Archive("another-archive", create=True)
    >>> added = archive.add("data/harbour-crane/articles")
    >>> archive.remove(["tideline-post"])
    Removed(n_articles=1, n_texts=1)
    """

    n_articles: int
    n_texts: int


def chosen(tables: parts.Tables, ids: Sequence[str], files: Sequence[str]) -> pd.DataFrame:
    """Find the articles that are to go.

    Parameters
    ----------
    tables : Tables
    ids : sequence of str
    files : sequence of str
        Files that articles were read from, or folders: all that was read from below.

    Returns
    -------
    DataFrame
        article_id, text_no.

    Raises
    ------
    UsageError
        If an id or a file is not in the archive.
    """
    wanted = pd.DataFrame(
        {"article_key": [parts.key_of(name) for name in ids], "wanted": list(ids)}
    ).astype({"article_key": "int64", "wanted": "object"})
    found = [
        tables.ask(
            "SELECT article_id, text_no FROM articles JOIN wanted USING (article_key) "
            "WHERE article_id = wanted",
            wanted=wanted,
        )
    ]
    lacking = sorted(set(ids) - set(found[0]["article_id"]))
    if lacking:
        raise errors.UsageError(f"{tables.folder}: no article {lacking[0]!r}; nothing was removed")
    for file in files:
        place = os.path.abspath(file)
        mine = tables.ask(
            "SELECT article_id, text_no FROM articles, place "
            "WHERE file = p OR file = given OR starts_with(file, below)",
            place=pd.DataFrame({"p": [place], "given": [file], "below": [place + os.sep]}),
        )
        if len(mine) == 0:
            raise errors.UsageError(
                f"{tables.folder}: nothing was read from {file}; nothing was removed"
            )
        found.append(mine)
    return pd.concat(found, ignore_index=True).drop_duplicates()


def without(tables: parts.Tables, gone: pd.DataFrame) -> tuple[Manifest, Removed]:
    """Write the files of an archive that have some articles anew, without them.

    Parameters
    ----------
    tables : Tables
    gone : DataFrame
        As `chosen` gives it.

    Returns
    -------
    Manifest
        To be committed; its `unindexed` texts are to be taken out of the index.
    Removed
    """
    texts = tables.ask(
        "SELECT DISTINCT text_no FROM gone WHERE text_no NOT IN (SELECT text_no FROM articles "
        "WHERE article_id NOT IN (SELECT article_id FROM gone))",
        gone=gone,
    )
    state = tables.state
    articles = gone[["article_id"]]
    keys = [("articles", "article_id", articles), ("texts", "text_no", texts)]
    keys += [("pairs", "text_no", texts), ("pairs", "other_no", texts)]
    keys.append(("stories", "text_no", texts))
    for table, key, removed in keys:
        for part in state.parts.get(table, ()):
            if tables.has_any(table, part, removed, key):
                made = tables.without(table, part, removed, key)
                state = parts.replaced(state, table, (part,), (made,))
    numbers = tuple(sorted({*state.unindexed, *texts["text_no"].tolist()}))
    state = dataclasses.replace(state, unindexed=numbers)
    return state, Removed(len(gone), len(texts))
