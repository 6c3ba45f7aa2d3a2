"""What is taken from each text of a corpus at once: its row, checked, and what it is found by."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd

from ... import errors, tables
from ...io import columns
from ...match import word_runs
from .backend import Schema

ARTICLES: Schema = {
    "article_id": "STRING",
    "text_no": "BIGINT",
    "text_sha256": "STRING",
    "outlet": "STRING",
    "byline": "STRING",
    "title": "STRING",
    "url": "STRING",
    "published_at": "STRING",
    "published_precision": "STRING",
    "published_source": "STRING",
    "language": "STRING",
    "text": "STRING",
    "problem": "STRING",
}
MARKS: Schema = {"text_no": "BIGINT", "kind": "INT", "mark": "BIGINT"}
# Kinds of what a text is found by.
RUN, WORD = 0, 1

# What makes an article another one, though it has the same text and no id.
_TELLING = ("outlet", "url", "published_at")
_ID_DIGITS = 20
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
# How `backend.load` writes times that have a clock.
_STAMP_LENGTH = len("2020-01-01T00:00:00.000000")


def text_no(sha256: str) -> int:
    """Return the number of a text: the first 63 bits of its hash, so that both sort alike."""
    return int(sha256[:16], 16) >> 1


def as_strings(frame: pd.DataFrame) -> pd.DataFrame:
    """Bring a frame of articles to the form in which engines hand them to `clean`.

    Parameters
    ----------
    frame : DataFrame
        Columns as `columns.match` knows them.

    Returns
    -------
    DataFrame
        Columns of the articles table that it has, all of them strings or None.
    """
    names = list(frame.columns)
    found = columns.match(names)
    rows = tables.records(
        frame[[names[position] for position in found.values()]].set_axis(
            list(found), axis="columns"
        )
    )
    return pd.DataFrame(
        [{name: _string(value) for name, value in row.items()} for row in rows],
        columns=list(found),
        dtype="object",
    )


def _string(value: Any) -> str | None:
    if isinstance(value, pd.Timestamp):
        stamp = value if value.tzinfo is None else value.tz_convert("UTC")
        return stamp.strftime(_TIME if stamp.tzinfo is not None else _TIME.rstrip("Z"))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value)


def clean(frame: pd.DataFrame) -> pd.DataFrame:
    """Check rows as they were supplied; one that cannot be used has a problem and no number.

    Parameters
    ----------
    frame : DataFrame
        Some of `columns.SUPPLIED`, as strings.

    Returns
    -------
    DataFrame
        Columns of `ARTICLES`.
    """
    return frame_of(ARTICLES, [_checked(row) for row in tables.records(frame)])


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    try:
        checked = columns.article(row | {"published_at": _time(row.get("published_at"))})
    except errors.InputError as error:
        return {"article_id": None, "problem": str(error)}
    made = checked.row | {"problem": checked.problem}
    made["text_sha256"] = hashlib.sha256(made["text"].encode()).hexdigest()
    made["text_no"] = text_no(made["text_sha256"])
    at = made["published_at"]
    made["published_at"] = None if at is None else at.strftime(_TIME)
    if made["article_id"] is None:
        said = "\x00".join([made["text_sha256"], *(str(made[each]) for each in _TELLING)])
        made["article_id"] = hashlib.sha256(said.encode()).hexdigest()[:_ID_DIGITS]
    return made


def _time(value: Any) -> Any:
    """Turn a time that was a time in the corpus back into one; words stay words."""
    if not isinstance(value, str) or not _STAMP_LENGTH <= len(value) <= _STAMP_LENGTH + 1:
        return value
    try:
        return pd.Timestamp(value)
    except ValueError:
        return value


def marks(frame: pd.DataFrame) -> pd.DataFrame:
    """Take from texts what they are found by; see `word_runs.marks`.

    Parameters
    ----------
    frame : DataFrame
        text_no, text.

    Returns
    -------
    DataFrame
        A row a mark, columns of `MARKS`.
    """
    numbers, kinds, found = [], [], []
    for number, text in zip(frame["text_no"].tolist(), frame["text"], strict=True):
        made = word_runs.marks(text)
        n_runs, n_words = len(made.runs), len(made.rare)
        numbers.append(np.full(n_runs + n_words, number, dtype=np.int64))
        kinds.append(np.repeat(np.array([RUN, WORD], dtype=np.int32), [n_runs, n_words]))
        found.append(made.runs.astype(np.int64))
        found.append(np.array([_mark(word) for word in made.rare], dtype=np.int64))
    return pd.DataFrame(
        {
            "text_no": np.concatenate(numbers),
            "kind": np.concatenate(kinds),
            "mark": np.concatenate(found),
        }
    )


def _mark(word: str) -> int:
    digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def frame_of(schema: Schema, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Make a frame with the columns of a schema; what a row lacks is None."""
    kinds = {
        "BIGINT": "Int64",
        "INT": "Int32",
        "DOUBLE": "Float64",
        "BOOLEAN": "boolean",
        "STRING": "object",
        "BINARY": "object",
    }
    data = {}
    for name, kind in schema.items():
        values = [row.get(name) for row in rows]
        if kind == "TIMESTAMP":
            times: list[Any] = [pd.NaT if value is None else value for value in values]
            data[name] = pd.Series(pd.to_datetime(times, utc=True), dtype="datetime64[us, UTC]")
        else:
            data[name] = pd.Series(values, dtype=kinds[kind])
    return pd.DataFrame(data)
