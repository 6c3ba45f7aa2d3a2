"""What may be handed to `trace`: frames, articles, plain texts, texts by id, and paths."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

import pandas as pd

from .. import errors, tables
from .articles import Article
from .readers import read, read_result

One = Article | Mapping[str, Any] | str | os.PathLike[str]


@dataclasses.dataclass(frozen=True)
class Supplied:
    """What was handed in, ready for `articles.prepare`.

    Attributes
    ----------
    rows : DataFrame or list of Article or of mappings
    was_read : ReadResult or None
        Where files were read: which, and what was left out of them.
    """

    rows: pd.DataFrame | list[Article | Mapping[str, Any]]
    was_read: read_result.ReadResult | None = None


Texts = (
    pd.DataFrame
    | read_result.ReadResult
    | Sequence[One]
    | Mapping[str, One]
    | os.PathLike[str]
    | Supplied
)


def gather(texts: Any) -> Supplied:
    """Bring what was handed in to articles; read what was named by its path.

    Parameters
    ----------
    texts : DataFrame, ReadResult, sequence, mapping or path
        Or what this returned. A string is always a text and a `pathlib.Path` always a path,
        never the other way round. The keys of a mapping are ids.

    Returns
    -------
    Supplied

    Raises
    ------
    InputError
        If an item is nothing of this, or a file that is to have one id has several articles.
    UsageError
        If all there is is one string.

    Examples
    --------
    >>> from lineage.io import inputs
    >>> [each.text for each in inputs.gather(["One text.", "Another text."]).rows]
    ['One text.', 'Another text.']
    >>> [each.article_id for each in inputs.gather({"wire": "One.", "post": "Another."}).rows]
    ['wire', 'post']
    """
    if isinstance(texts, Supplied):
        return texts
    if isinstance(texts, read_result.ReadResult):
        return Supplied(texts.articles, texts)
    if isinstance(texts, pd.DataFrame):
        return Supplied(texts)
    if isinstance(texts, str):
        raise errors.UsageError(
            "a string is one text, and two are needed: give a list of texts; a file or folder is "
            "named by pathlib.Path, or read by lineage.read"
        )
    if isinstance(texts, os.PathLike):
        return _of_paths([texts])
    if isinstance(texts, Mapping):
        return _of_mapping(texts)
    items = list(texts)
    if items and all(isinstance(each, os.PathLike) for each in items):
        return _of_paths(items)
    return _of_items(items)


def _of_paths(paths: Sequence[os.PathLike[str]]) -> Supplied:
    found = read.read(paths)
    return Supplied(found.articles, found)


def _of_mapping(texts: Mapping[Any, Any]) -> Supplied:
    named: list[Any] = []
    opened: list[read_result.ReadResult] = []
    for key, each in texts.items():
        article_id = str(key)
        if isinstance(each, str):
            named.append(Article(each, article_id))
        elif isinstance(each, Article):
            named.append(dataclasses.replace(each, article_id=article_id))
        elif isinstance(each, os.PathLike):
            found = read.read(each)
            if len(found.articles) != 1:
                raise errors.InputError(
                    f"articles, item {article_id!r}: {PurePath(each)} has {len(found.articles)} "
                    "articles, and an id is for one; give a list of paths"
                )
            opened.append(found)
            named.append({**_rows(found)[0], "article_id": article_id})
        elif isinstance(each, Mapping):
            named.append({**each, "article_id": article_id})
        else:
            raise errors.InputError(
                f"articles, item {article_id!r}: a {type(each).__name__} is no text; by id go "
                "texts, pathlib.Path, lineage.Article or dicts"
            )
    return Supplied(named, read_result.joined(opened))


def _of_items(items: Sequence[Any]) -> Supplied:
    listed: list[Any] = []
    opened: list[read_result.ReadResult] = []
    for each in items:
        if isinstance(each, str):
            listed.append(Article(each))
        elif isinstance(each, os.PathLike):
            found = read.read(each)
            opened.append(found)
            listed += _rows(found)
        else:
            # `articles.prepare` says what is wrong with it, if anything is.
            listed.append(each)
    return Supplied(listed, read_result.joined(opened))


def _rows(found: read_result.ReadResult) -> list[dict[str, Any]]:
    return tables.records(found.articles)
