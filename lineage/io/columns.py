"""Columns of the articles table under the names that people give them, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import errors, tables
from ..text import date_forms, dates, placeholders

# What a reader can know of an article; the other columns are worked out later.
SUPPLIED = (
    "article_id",
    "outlet",
    "byline",
    "title",
    "url",
    "published_at",
    "published_precision",
    "published_source",
    "language",
    "text",
)

# A column's own name first. Case, spaces, hyphens and underscores make no difference.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "article_id": ("article_id", "id", "doc_id"),
    # The long ones are GDELT's.
    "outlet": ("outlet", "source", "publisher", "domain", "site", "source_common_name"),
    "byline": ("byline", "author", "authors"),
    "title": ("title", "headline"),
    "url": ("url", "link", "document_identifier"),
    "published_at": (
        "published_at",
        "date",
        "published",
        "pub_date",
        "datetime",
        "timestamp",
        "publish_date",
        "date_published",
        "published_date",
        "publication_date",
    ),
    "published_precision": ("published_precision",),
    "published_source": ("published_source",),
    "language": ("language", "lang"),
    "text": ("text", "body", "content", "article", "article_text", "full_text"),
    # Not handed on: tells rows of a written articles table that have no text by design.
    "kind": ("kind",),
    # Only in a metadata.csv: the text file that a row speaks of.
    "file": ("file", "filename", "file_name", "path"),
    # Only there too: how that file is to be decoded.
    "encoding": ("encoding", "charset"),
}

# By the column that a file must have, those that are nothing to it.
_FOREIGN: Mapping[str | None, tuple[str, ...]] = {
    "text": ("file", "encoding"),
    "file": ("text", "kind"),
    None: ("text", "file", "kind", "encoding"),
}

# In an error about columns, so many are named at most.
_MAX_NAMED = 12

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _fold(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


_BY_NAME = {_fold(name): column for column, names in SYNONYMS.items() for name in names}


def match(names: Sequence[object], need: str | None = "text") -> dict[str, int]:
    """Find the columns of the articles table among the columns of a file.

    A column's own name wins over its synonyms, so that renaming the one that is meant settles
    it. Only for the text itself nothing is taken for granted: two candidates are an error,
    because the wrong one (a teaser beside the full text) would give wrong results in silence.

    Parameters
    ----------
    names : sequence of objects
        The file's column names, in order; what is no string matches nothing.
    need : "text", "file" or None
        The column that must be among them: "text" in a table of articles, "file" in a
        metadata.csv, none in the head of a text file.

    Returns
    -------
    dict of str to int
        Column of the articles table to position in `names`.

    Raises
    ------
    InputError
        If two columns mean the same or `need` is missing; the message has no file.
    """
    found: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        column = _BY_NAME.get(_fold(name)) if isinstance(name, str) else None
        if column is not None and column not in _FOREIGN[need]:
            found.setdefault(column, []).append(position)
    if need is not None and need not in found:
        shown = ", ".join(str(name) for name in names[:_MAX_NAMED])
        more = ", ..." if len(names) > _MAX_NAMED else ""
        raise errors.InputError(
            f"no column {need!r} among: {one_line(shown)}{more}; "
            f"rename the one that holds it to {need!r}"
        )
    return {column: _one(column, names, positions) for column, positions in found.items()}


def known(names: Iterable[str]) -> set[str]:
    """Return the columns of the articles table that some of `names` mean."""
    return {_BY_NAME[_fold(name)] for name in names if _fold(name) in _BY_NAME}


def of_object(item: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the values of an object under the columns of the articles table.

    Parameters
    ----------
    item : mapping
        Name to value; a name without a value says nothing.

    Returns
    -------
    dict of str to object
        Column of the articles table to value as read.

    Raises
    ------
    InputError
        As for `match`.
    """
    names = [name for name in item if isinstance(name, str)]
    filled = [name for name in names if not is_missing(item[name], _BY_NAME.get(_fold(name)))]
    if "text" not in known(filled) and "text" in known(names):
        return {"text": None}
    return {column: item[filled[at]] for column, at in match(filled).items()}


def unused(names: Iterable[object]) -> list[str]:
    """Return those of `names` that are no columns of the articles table, under any name."""
    mine = {_fold(column) for column in tables.TABLES["articles"].columns} | {
        _fold(name) for name in _BY_NAME if _BY_NAME[name] not in _FOREIGN["text"]
    }
    return [str(name) for name in names if _fold(str(name)) not in mine]


def _one(column: str, names: Sequence[object], positions: list[int]) -> int:
    own = [position for position in positions if _fold(str(names[position])) == _fold(column)]
    if len(own) == 1 and column != "text":
        return own[0]
    if len(positions) > 1:
        first, second = (one_line(str(names[position])) for position in positions[:2])
        advice = "remove or rename one" if column == "text" else f"name one {column!r}"
        raise errors.InputError(f"columns {first!r} and {second!r} both mean {column}; {advice}")
    return positions[0]


@dataclass(frozen=True)
class Checked:
    """The values of one article, checked.

    Attributes
    ----------
    row : dict of str to object
        A value for each column of `SUPPLIED`; None where missing, `article_id` too.
    problem : str or None
        Why its date was left out, if one was given: on one line, without file and row.
    """

    row: dict[str, Any]
    problem: str | None = None


def article(
    values: Mapping[str, Any],
    *,
    published_source: str = "given",
    latest: pd.Timestamp | None = None,
) -> Checked:
    """Check the values of one article and bring them to the types of the articles table.

    Parameters
    ----------
    values : mapping of str to object
        Column of the articles table to value as read; absent, None, NaN, blank, and words such
        as NULL and n/a are missing.
    published_source : str
        Where a date comes from, if the values do not say it themselves.
    latest : Timestamp, optional
        A date after it is none: nothing is published before it is read.

    Returns
    -------
    Checked
        A date that cannot be read is a missing date and a problem, not an error.

    Raises
    ------
    InputError
        If the text is empty, or a value is of a kind that its column cannot hold. No message
        has file or row.
    """
    row: dict[str, Any] = dict.fromkeys(SUPPLIED)
    for column in ("article_id", "outlet", "byline", "title", "url", "language"):
        row[column] = _short(column, values.get(column))
    if row["article_id"] is not None and _CONTROL.search(row["article_id"]):
        raise errors.InputError(f"article_id {row['article_id']!r} has control characters")
    row["text"] = _text(values.get("text"))
    problem = None
    try:
        dated = published(values, published_source, latest)
    except errors.DateError as error:
        dated = published({}, published_source)
        problem = f"{error}; the text is taken without its date"
    return Checked(row | dated, problem)


def _text(value: Any) -> str:
    if is_missing(value, "text"):
        raise errors.InputError("the text is empty")
    if not isinstance(value, str):
        raise errors.InputError(f"the text is a {type(value).__name__}, not a text")
    if not any(char.isalnum() for char in value):
        raise errors.InputError("the text has no words")
    return _whole(value, "text")


def _short(column: str, value: Any) -> str | None:
    if is_missing(value, column):
        return None
    if isinstance(value, (list, tuple)):
        parts = [_short(column, item) for item in value]
        return "; ".join(part for part in parts if part is not None) or None
    if isinstance(value, float) and value.is_integer():
        # A column of whole numbers with a gap in it arrives as floats.
        value = int(value)
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise errors.InputError(f"{column} is a {type(value).__name__}, not a text")
    return _whole(str(value).strip(), column)


def _whole(value: str, column: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise errors.InputError(
            f"{column} has half of a surrogate pair at character {error.start}; write it anew"
        ) from error
    return value


def published(
    values: Mapping[str, Any], source: str = "given", latest: pd.Timestamp | None = None
) -> dict[str, Any]:
    """Read what the values of an article say of its date.

    Parameters
    ----------
    values : mapping of str to object
        Column of the articles table to value as read.
    source : str
        Where the date comes from, if the values do not say it themselves.
    latest : Timestamp, optional
        A date after it is none.

    Returns
    -------
    dict of str to object
        published_at, published_precision and published_source.

    Raises
    ------
    DateError
        If there is a date and it cannot be read; the message has no file or row.
    InputError
        If precision or source is not one of the words for it.
    """
    given = values.get("published_at")
    language = _short("language", values.get("language"))
    parsed = None
    if not is_missing(given, "published_at"):
        parsed = dates.parse_date(given, order=date_forms.order_of(language))
    precision = _word(values, "published_precision", tables.PRECISIONS)
    stated = _word(values, "published_source", tables.PUBLISHED_SOURCES)
    if parsed is None:
        return {"published_at": None, "published_precision": None, "published_source": "none"}
    at = parsed.at
    if precision is None or (parsed.precision == "local" and precision in _NEEDS_A_ZONE):
        precision = parsed.precision
    elif isinstance(given, pd.Timestamp) and given.tzinfo is not None:
        at = given.tz_convert("UTC").as_unit("ns")
    if latest is not None and at > latest:
        raise errors.DateError(f"date {at:%Y-%m-%d} lies in the future")
    return {
        "published_at": at,
        "published_precision": precision,
        "published_source": source if stated in (None, "none") else stated,
    }


_NEEDS_A_ZONE = ("second", "minute", "hour")


def _word(values: Mapping[str, Any], column: str, words: Sequence[str]) -> str | None:
    value = _short(column, values.get(column))
    if value is not None and value not in words:
        raise errors.InputError(f"{column} is {value!r}, not one of {', '.join(words)}")
    return value


def is_missing(value: Any, column: str | None = None) -> bool:
    """Tell whether a value says nothing: None, NA, NaN, NaT, blank, NULL, or an empty list.

    Parameters
    ----------
    value : object
    column : str, optional
        Column of the articles table, for words that say nothing in some columns only.

    Returns
    -------
    bool
    """
    if isinstance(value, str):
        return placeholders.is_placeholder(value, column or "")
    if isinstance(value, (list, tuple, dict, set)):
        return len(value) == 0
    return value is None or value is pd.NaT or (pd.api.types.is_scalar(value) and pd.isna(value))


def one_line(text: str) -> str:
    """Put a text on one line, as messages need it."""
    return " ".join(text.split())
