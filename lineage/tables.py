"""The tables that stages and users exchange: their columns, types and rules.

Every stage takes and returns pandas frames with exactly these columns, in this
order. A missing value is ``pd.NA`` (None in ``origin_agency``); times are UTC; offsets
are half-open and count characters (code points) of the text as supplied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import errors

# Names that callers look up in lists of names: there pd.NA raises ("boolean value of NA
# is ambiguous") where None is just another name that is not on the list.
_NAME = "object"
_STR, _INT, _FLOAT, _TIME, _BOOL = "string", "Int64", "Float64", "datetime64[ns, UTC]", "boolean"

ARTICLE_KINDS = ("supplied", "absent")
# How ids of absent sources begin; no supplied text may have such an id.
ABSENT_PREFIX = "absent:"
PUBLISHED_SOURCES = ("given", "page", "text", "none")
# "local": a clock time whose zone is not known, so that it is good to 14 hours.
PRECISIONS = ("second", "minute", "hour", "local", "day", "month", "year")
ROLES = tuple("headline heading body quote caption credit correction boilerplate".split())
OUTCOMES = ("derived", "shared_source", "independent", "undecided", "unrelated", "not_measured")
RELATIONS = ("reprint", "edit", "rewrite", "update", "quote")
STATUSES = ("kept", "runner_up", "explained_away", "below_threshold", "credited")
ABOUT = ("link", "direction", "parent_choice")
_KINDS = "number money percent measure date time name negation hedge speaker quote"
FACT_KINDS = tuple(_KINDS.split())
FACT_GRADES = ("rounded", "contradicts", "added", "omitted")
_ATTRIBUTED = "verbatim edited paraphrase fusion split quote heading boilerplate new"
ATTRIBUTION_KINDS = tuple(_ATTRIBUTED.split())


@dataclass(frozen=True)
class Table:
    """Columns of one table and what its values may be.

    Attributes
    ----------
    columns : mapping of str to str
        Column name to pandas dtype, in order.
    choices : mapping of str to tuple of str
        For columns with a fixed vocabulary, the words it has.
    required : tuple of str
        Columns that may not be missing in any row.
    sort_by : tuple of str
        The order of the rows as returned and as written.
    """

    columns: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    sort_by: tuple[str, ...]


TABLES: Mapping[str, Table] = {
    "articles": Table(
        {
            "article_id": _STR,
            "story_id": _STR,
            "kind": _STR,
            "outlet": _STR,
            "origin_agency": _NAME,
            "byline": _STR,
            "title": _STR,
            "url": _STR,
            "published_at": _TIME,
            "published_precision": _STR,
            "published_source": _STR,
            "language": _STR,
            "text": _STR,
            "text_sha256": _STR,
            "n_words": _INT,
            "duplicate_of": _STR,
        },
        {
            "kind": ARTICLE_KINDS,
            "published_source": PUBLISHED_SOURCES,
            "published_precision": PRECISIONS,
        },
        ("article_id", "kind"),
        ("article_id",),
    ),
    "sentences": Table(
        {
            "sentence_id": _STR,
            "article_id": _STR,
            "position": _INT,
            "start": _INT,
            "end": _INT,
            "text": _STR,
            "role": _STR,
        },
        {"role": ROLES},
        ("sentence_id", "article_id", "position", "start", "end", "text", "role"),
        ("article_id", "position"),
    ),
    "relations": Table(
        {
            "a": _STR,
            "b": _STR,
            "outcome": _STR,
            "p_derived": _FLOAT,
            "p_shared_source": _FLOAT,
            "p_independent": _FLOAT,
            "shared_words": _INT,
            "containment_a": _FLOAT,
            "containment_b": _FLOAT,
        },
        {"outcome": OUTCOMES},
        ("a", "b", "outcome"),
        ("a", "b"),
    ),
    "edges": Table(
        {
            "source_id": _STR,
            "target_id": _STR,
            "relation": _STR,
            "p_link": _FLOAT,
            "p_edge": _FLOAT,
            "n_alike": _INT,
            "p_direction": _FLOAT,
            "coverage_target": _FLOAT,
            "coverage_source": _FLOAT,
            "lag_s": _FLOAT,
            "score_bits": _FLOAT,
            "status": _STR,
        },
        {"relation": RELATIONS, "status": STATUSES},
        (
            "source_id",
            "target_id",
            "relation",
            "p_link",
            "p_edge",
            "n_alike",
            "p_direction",
            "score_bits",
            "status",
        ),
        ("source_id", "target_id"),
    ),
    "evidence": Table(
        {
            "source_id": _STR,
            "target_id": _STR,
            "signal": _STR,
            "about": _STR,
            "weight_bits": _FLOAT,
            "detail": _STR,
            "source_start": _INT,
            "source_end": _INT,
            "target_start": _INT,
            "target_end": _INT,
        },
        {"about": ABOUT},
        ("source_id", "target_id", "signal", "about", "weight_bits", "detail"),
        ("source_id", "target_id", "about", "signal", "source_start", "target_start", "detail"),
    ),
    "readings": Table(
        {
            "target_id": _STR,
            "locus": _INT,
            "target_text": _STR,
            "candidate_id": _STR,
            "candidate_text": _STR,
            "agrees": _BOOL,
        },
        {},
        ("target_id", "locus", "candidate_id", "agrees"),
        ("target_id", "locus", "candidate_id"),
    ),
    "attributions": Table(
        {
            "target_id": _STR,
            "target_sentence": _STR,
            "target_start": _INT,
            "target_end": _INT,
            "source_id": _STR,
            "source_sentence": _STR,
            "source_start": _INT,
            "source_end": _INT,
            "kind": _STR,
            "lexical": _FLOAT,
            "semantic": _FLOAT,
            "confidence": _FLOAT,
            "margin": _FLOAT,
            "changed_facts": _STR,
            "origin_id": _STR,
            "origin_sentence": _STR,
        },
        {"kind": ATTRIBUTION_KINDS},
        ("target_id", "target_sentence", "target_start", "target_end", "kind"),
        ("target_id", "target_start", "source_id", "source_start"),
    ),
    "facts": Table(
        {
            "target_id": _STR,
            "target_sentence": _STR,
            "target_start": _INT,
            "target_end": _INT,
            "target_value": _STR,
            "source_id": _STR,
            "source_sentence": _STR,
            "source_start": _INT,
            "source_end": _INT,
            "source_value": _STR,
            "kind": _STR,
            "grade": _STR,
        },
        {"kind": FACT_KINDS, "grade": FACT_GRADES},
        ("target_id", "target_sentence", "source_id", "source_sentence", "kind", "grade"),
        ("target_id", "target_sentence", "target_start", "source_id", "source_start", "kind"),
    ),
}


def empty(name: str) -> pd.DataFrame:
    """Return the table `name` without rows.

    Parameters
    ----------
    name : str
        A key of `TABLES`.

    Returns
    -------
    DataFrame of shape (0, n_columns)

    Raises
    ------
    TableError
        If there is no such table.
    """
    return build(name, [])


def build(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make the table `name` from rows; columns that a row lacks become missing.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    rows : iterable of mappings
        One mapping a row, keys are column names.

    Returns
    -------
    DataFrame of shape (n_rows, n_columns)
        Sorted as the table says, with a fresh index, not yet checked.

    Raises
    ------
    TableError
        If there is no such table, a row has a key that is no column, or a value
        does not fit its column's type.
    """
    table = _table(name)
    listed = list(rows)
    unknown = sorted({key for row in listed for key in row} - set(table.columns))
    if unknown:
        raise errors.TableError(f"table {name}: no column {', '.join(unknown)}")
    data = {}
    for column, dtype in table.columns.items():
        values = [row.get(column) for row in listed]
        data[column] = _series(name, column, values, dtype)
    return sort(name, pd.DataFrame(data, columns=list(table.columns)))


def _series(name: str, column: str, values: list[Any], dtype: str) -> pd.Series:
    try:
        if dtype == _TIME:
            times: list[Any] = [pd.NaT if is_missing(value) else value for value in values]
            return pd.Series(pd.to_datetime(times, utc=True), dtype=dtype)
        if dtype == _NAME:
            names = [None if value is None or value is pd.NA else str(value) for value in values]
            return pd.Series(names, dtype=_NAME)
        kept = [pd.NA if value is None else value for value in values]
        return pd.Series(kept, dtype=dtype)
    except (TypeError, ValueError) as error:
        raise errors.TableError(f"table {name}, column {column}: {error}") from error


def sort(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the rows of a table in the order that the table is returned and written in.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    frame : DataFrame
        With the columns of that table.

    Returns
    -------
    DataFrame
        The same rows with a fresh index; ties keep their order.
    """
    by = list(_table(name).sort_by)
    return frame.sort_values(by, kind="stable", na_position="first").reset_index(drop=True)


def coerce(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame the columns and types of table `name`; missing columns become missing values.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    frame : DataFrame
        With some of the table's columns and no others.

    Returns
    -------
    DataFrame
        Sorted as the table says, with a fresh index.

    Raises
    ------
    TableError
        If a column is unknown or a value does not fit its type.
    """
    table = _table(name)
    unknown = sorted(set(map(str, frame.columns)) - set(table.columns))
    if unknown:
        raise errors.TableError(f"table {name}: no column {', '.join(unknown)}")
    data = {}
    for column, dtype in table.columns.items():
        if column in frame.columns:
            values = frame[column].astype(object).where(frame[column].notna(), None).tolist()
        else:
            values = [None] * len(frame)
        data[column] = _series(name, column, values, dtype)
    return sort(name, pd.DataFrame(data, columns=list(table.columns)))


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` unchanged if it keeps the rules of table `name`.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    frame : DataFrame
        The table to check.

    Returns
    -------
    DataFrame
        The same object, so that a call can stand in a return.

    Raises
    ------
    TableError
        If columns, types, vocabulary or required values are not as the table says.
    """
    table = _table(name)
    if list(frame.columns) != list(table.columns):
        raise errors.TableError(
            f"table {name}: columns are {list(frame.columns)}, not {list(table.columns)}"
        )
    for column, dtype in table.columns.items():
        if str(frame[column].dtype) not in (dtype, dtype.replace("string", "str")):
            raise errors.TableError(
                f"table {name}, column {column}: type {frame[column].dtype}, not {dtype}"
            )
    for column in table.required:
        if frame[column].isna().any():
            row = int(frame[column].isna().to_numpy().argmax())
            raise errors.TableError(f"table {name}, row {row}: {column} is missing")
    for column, words in table.choices.items():
        wrong = frame.loc[frame[column].notna() & ~frame[column].isin(words), column]
        if len(wrong):
            raise errors.TableError(
                f"table {name}, row {wrong.index[0]}: {column} is {wrong.iloc[0]!r}, "
                f"not one of {', '.join(words)}"
            )
    return frame


def is_missing(value: object) -> bool:
    """Whether a cell has no value: None, ``pd.NA``, ``pd.NaT`` or not a number."""
    return value is None or value is pd.NA or value is pd.NaT or value != value


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain dicts, None for a missing value.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    list of dict
    """
    return [
        {str(name): None if is_missing(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _table(name: str) -> Table:
    if name not in TABLES:
        raise errors.TableError(f"no table {name!r}; there are {', '.join(TABLES)}")
    return TABLES[name]
