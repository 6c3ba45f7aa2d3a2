"""From what a user hands in to the articles table."""

from __future__ import annotations

import dataclasses
import hashlib
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from .. import errors, tables
from ..page import printed_dates
from ..text import date_forms, words
from ..text.languages import detection
from . import columns

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
        Made from the hash of the text if it is not given.
    title, outlet, byline, url : str, optional
    language : str, optional
        A code such as ``en``; detected from the text if it is not given.
    published_at : str, datetime or Timestamp, optional
        When it was published, not when it was fetched.
    published_precision, published_source : str, optional
        How exact the date is (``day``, ``minute``, `tables.PRECISIONS`) and where it is from
        (``given``, ``page``), where something else than its form says so.

    Examples
    --------
    >>> from lineage import Article
    >>> report = Article("The bridge was shut on Monday.", outlet="The Gazette", language="en")
    >>> report.outlet
    'The Gazette'
    """

    text: str
    article_id: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    published_at: Any = None
    published_precision: str | None = None
    published_source: str | None = None


_GIVEN = tuple(field.name for field in dataclasses.fields(Article))


def prepare(
    articles: pd.DataFrame | Sequence[Article | Mapping[str, Any]],
    *,
    latest: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Check what was supplied and complete it to the articles table.

    Parameters
    ----------
    articles : DataFrame or sequence of Article or of mappings
        The columns of a frame and the keys of a mapping may have the names that they may have
        in a CSV file (``date``, ``content``, ``source``); one of them must be the text. Those
        that are nothing to the articles table are named in a warning; those that a trace fills
        in are filled in anew.
    latest : Timestamp, optional
        A date after it is taken for none.

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
    NothingToTraceError
        If there are no articles.

    Warns
    -----
    UserWarning
        If columns were not used, or a date cannot be read and was left out.
    """
    unused: list[str] = []
    rows = _rows(articles, unused)
    if unused:
        text = f"columns that were not used: {', '.join(dict.fromkeys(unused))}"
        warnings.warn(text, UserWarning, stacklevel=3)
    if not rows:
        raise errors.NothingToTraceError("no articles to trace: hand in two or more texts")
    undated: list[str] = []
    made = [_complete(row, number, latest, undated) for number, row in enumerate(rows)]
    if undated:
        more = f" (and {len(undated) - 1} more)" if len(undated) > 1 else ""
        warnings.warn(undated[0] + more, UserWarning, stacklevel=3)
    _name(made)
    frame = tables.build("articles", made)
    return _mark_duplicates(frame)


def _rows(
    articles: pd.DataFrame | Sequence[Article | Mapping[str, Any]], unused: list[str]
) -> list[dict[str, Any]]:
    if isinstance(articles, pd.DataFrame):
        return _of_frame(articles, unused)
    rows = []
    for number, each in enumerate(articles):
        if isinstance(each, Article):
            rows.append({name: getattr(each, name) for name in _GIVEN})
            continue
        if not isinstance(each, Mapping):
            raise errors.InputError(
                f"articles, item {number}: {type(each).__name__} is no article; pass a DataFrame, "
                "or a list of texts, lineage.Article, dicts or pathlib.Path"
            )
        try:
            rows.append(columns.of_object(each))
        except errors.InputError as error:
            raise errors.InputError(f"articles, item {number}: {error}") from error
        unused += columns.unused(each)
    return [row for row in rows if row.get("kind") != "absent"]


def _of_frame(frame: pd.DataFrame, unused: list[str]) -> list[dict[str, Any]]:
    names: list[Any] = list(frame.columns)
    spare: list[Any] = []
    if "text" in names:
        # In a file two columns that may be the text are refused; here one has its very name.
        spare = [
            name for name in names if name != "text" and columns.known([str(name)]) == {"text"}
        ]
        names = [name for name in names if name not in spare]
    try:
        found = columns.match(names)
    except errors.InputError as error:
        raise errors.InputError(f"articles: {error}") from error
    unused += [*map(str, spare), *columns.unused(names)]
    chosen = frame[[names[position] for position in found.values()]]
    chosen = chosen.set_axis(list(found), axis="columns")
    return [row for row in tables.records(chosen) if row.get("kind") != "absent"]


def _complete(
    row: Mapping[str, Any], number: int, latest: pd.Timestamp | None, undated: list[str]
) -> dict[str, Any]:
    named = row.get("article_id")
    where = f"articles, row {number}" + (f" ({named})" if named is not None else "")
    try:
        checked = columns.article(row, latest=latest)
    except errors.InputError as error:
        raise errors.InputError(f"{where}: {error}") from error
    if checked.problem is not None:
        undated.append(f"{where}: {checked.problem}")
    text = checked.row["text"]
    cut = words.split_words(text)
    if len(cut.words) == 0:
        raise errors.InputError(f"{where}: the text has no words; drop the row")
    made = checked.row | {
        "kind": "supplied",
        "text_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "n_words": len(cut.words),
        # What a user says of a text is kept, whatever its words look like.
        "language": checked.row.get("language") or detection.tell(text, cut),
    }
    return made if made["published_at"] is not None else made | _printed(made, latest)


def _printed(row: Mapping[str, Any], latest: pd.Timestamp | None) -> dict[str, Any]:
    """The date that a text prints itself, for one that was supplied without."""
    order = date_forms.order_of(row["language"])
    found = printed_dates.page_date(row["text"], order=order)
    if found is None or (latest is not None and found.at > latest):
        return {}
    return {
        "published_at": found.at,
        "published_precision": found.precision,
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
    first_row: dict[str, int] = {}
    for number, row in enumerate(made):
        named = row["article_id"]
        if named in first_row:
            raise errors.InputError(
                f"articles, row {number}: id {named!r} is that of row {first_row[named]} too; "
                "ids must differ"
            )
        first_row[named] = number
        if named.startswith(tables.ABSENT_PREFIX):
            raise errors.InputError(
                f"articles, row {number}: id {named!r} begins like that of an absent source "
                f"({tables.ABSENT_PREFIX}); choose another"
            )


def _mark_duplicates(frame: pd.DataFrame) -> pd.DataFrame:
    by = ["text_sha256", "published_at", "outlet", "title", "url", "byline", "article_id"]
    order = frame.sort_values(by, kind="stable", na_position="last")
    first = order.groupby("text_sha256", sort=False)["article_id"].transform("first")
    marked = first.where(first != order["article_id"], pd.NA).astype("string")
    frame["duplicate_of"] = marked.reindex(frame.index)
    return frame
