"""From what a user hands in to the articles table."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from typing import Any

import pandas as pd

from . import errors, tables
from .text import dates, languages, words

# Of the hash that stands for a missing id: 12 hexadecimal digits collide once in ten
# million texts.
ID_DIGITS = 12


@dataclasses.dataclass(frozen=True)
class Article:
    """One text with what is known of it.

    Attributes
    ----------
    text : str
        As published, with its line breaks.
    article_id : str, optional
        Made from the text's hash where absent.
    title, outlet, byline, url : str, optional
    language : str, optional
        Code such as ``en``; told from the text where absent.
    published_at : str, datetime or Timestamp, optional
        When it was published, not when it was fetched.
    """

    text: str
    article_id: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    published_at: Any = None


_GIVEN = tuple(field.name for field in dataclasses.fields(Article))


def prepare(articles: pd.DataFrame | Sequence[Article]) -> pd.DataFrame:
    """Check what was handed in and complete it to the articles table.

    Parameters
    ----------
    articles : DataFrame or sequence of Article
        A frame needs the column ``text``; columns that the articles table does not
        have are ignored, those that a trace fills in are filled in anew.

    Returns
    -------
    DataFrame
        The articles table, ``kind`` supplied throughout. Of texts that are the same to
        the letter, all but the first by date, outlet and title are marked in
        ``duplicate_of``.

    Raises
    ------
    InputError
        If ``text`` is missing or empty, or an id stands twice; the row is named.
    DateError
        If a date cannot be read as one.
    NothingToTraceError
        If there are no articles.
    """
    rows = _rows(articles)
    if not rows:
        raise errors.NothingToTraceError("no articles to trace: hand in two or more texts")
    made = [_complete(row, number) for number, row in enumerate(rows)]
    _name(made)
    frame = tables.build("articles", made)
    return _mark_duplicates(frame)


def _rows(articles: pd.DataFrame | Sequence[Article]) -> list[dict[str, Any]]:
    if isinstance(articles, pd.DataFrame):
        if "text" not in articles.columns:
            raise errors.InputError(
                "articles: no column 'text'; there are " + ", ".join(map(str, articles.columns))
            )
        known = [name for name in (*_GIVEN, *_READ) if name in articles.columns]
        return tables.records(articles[known])
    rows = []
    for number, each in enumerate(articles):
        if not isinstance(each, Article):
            raise errors.InputError(
                f"articles, item {number}: {type(each).__name__} is no Article; "
                "pass a DataFrame or a list of lineage.Article"
            )
        rows.append({name: getattr(each, name) for name in _GIVEN})
    return rows


# Written by the readers, so that a date is not read twice.
_READ = ("published_precision", "published_source")


def _complete(row: dict[str, Any], number: int) -> dict[str, Any]:
    text = row.get("text")
    named = row.get("article_id")
    where = f"articles, row {number}" + (f" ({named})" if named is not None else "")
    if not isinstance(text, str):
        raise errors.InputError(f"{where}: text is {type(text).__name__}, not str; drop the row")
    cut = words.split_words(text)
    if len(cut.words) == 0:
        raise errors.InputError(f"{where}: the text has no words; drop the row")
    try:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as error:
        raise errors.InputError(
            f"{where}: character {error.start} is half a surrogate pair; decode the text again"
        ) from None
    made = {name: row.get(name) for name in _GIVEN} | {
        "kind": "supplied",
        "text_sha256": digest,
        "n_words": len(cut.words),
        # What a user says of a text is kept, whatever its words look like.
        "language": row.get("language") or languages.tell(text, cut),
        "published_source": "none",
    }
    return made | _published(row, text, where)


def _published(row: dict[str, Any], text: str, where: str) -> dict[str, Any]:
    given = row.get("published_at")
    if given is not None:
        precision = row.get("published_precision")
        source = row.get("published_source") or "given"
        if isinstance(given, pd.Timestamp) and precision is not None:
            return {
                "published_at": given,
                "published_precision": precision,
                "published_source": source,
            }
        try:
            parsed = dates.parse_date(given)
        except errors.DateError as error:
            raise errors.DateError(f"{where}: {error}") from error
        if parsed is not None:
            return {
                "published_at": parsed.at,
                "published_precision": parsed.precision,
                "published_source": source,
            }
    printed = dates.page_date(text)
    if printed is None:
        return {"published_at": None, "published_precision": None, "published_source": "none"}
    return {
        "published_at": printed.at,
        "published_precision": printed.precision,
        "published_source": "text",
    }


def _name(made: list[dict[str, Any]]) -> None:
    """Give ids to rows without one, and refuse one that stands twice."""
    counted: dict[str, int] = {}
    for row in made:
        if row["article_id"] is None:
            stem = row["text_sha256"][:ID_DIGITS]
            counted[stem] = counted.get(stem, 0) + 1
            row["article_id"] = stem if counted[stem] == 1 else f"{stem}-{counted[stem]}"
        else:
            row["article_id"] = str(row["article_id"])
    first_row: dict[str, int] = {}
    for number, row in enumerate(made):
        named = row["article_id"]
        if named in first_row:
            raise errors.InputError(
                f"articles, row {number}: id {named!r} is that of row {first_row[named]} too; "
                "ids must differ"
            )
        first_row[named] = number
        if named.startswith(ABSENT_PREFIX):
            raise errors.InputError(
                f"articles, row {number}: id {named!r} begins like that of an absent source "
                f"({ABSENT_PREFIX}); choose another"
            )


ABSENT_PREFIX = "absent:"


def _mark_duplicates(frame: pd.DataFrame) -> pd.DataFrame:
    by = ["text_sha256", "published_at", "outlet", "title", "url", "byline", "article_id"]
    order = frame.sort_values(by, kind="stable", na_position="last")
    first = order.groupby("text_sha256", sort=False)["article_id"].transform("first")
    marked = first.where(first != order["article_id"], pd.NA).astype("string")
    frame["duplicate_of"] = marked.reindex(frame.index)
    return frame
