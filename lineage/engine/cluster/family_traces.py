"""Every family of a corpus traced as an ordinary story, and its tables packed for the way."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pandas as pd

from ... import config, errors, tables
from ...io import columns
from .. import pipeline
from .backend import Schema
from .text_records import frame_of

TRACED: Schema = {"family_id": "STRING", "name": "STRING", "rows": "STRING"}
FAMILIES: Schema = {
    "family_id": "STRING",
    "n_articles": "BIGINT",
    "n_texts": "BIGINT",
    "n_outlets": "BIGINT",
    "n_traced": "BIGINT",
    "n_edges": "BIGINT",
    "first": "TIMESTAMP",
    "last": "TIMESTAMP",
    "title": "STRING",
    "limits_hit": "STRING",
    "problem": "STRING",
}
FAMILY = "families"
_KINDS = {"string": "STRING", "object": "STRING", "Int64": "BIGINT", "Float64": "DOUBLE"}
_KINDS |= {"boolean": "BOOLEAN", "datetime64[ns, UTC]": "TIMESTAMP"}


def schema_of(table: str) -> Schema:
    """Return the columns of a table of all families: those of a trace, after the family."""
    if table == FAMILY:
        return FAMILIES
    kinds = tables.TABLES[table].columns
    return {"family_id": "STRING"} | {name: _KINDS[kind] for name, kind in kinds.items()}


def family_id(family: int) -> str:
    """Name a family by the beginning of the smallest hash of its texts."""
    return f"story-{family >> 3:015x}"


def trace(frame: pd.DataFrame, settings: dict[str, Any]) -> pd.DataFrame:
    """Trace one family.

    Parameters
    ----------
    frame : DataFrame
        Its articles, and of the family n_articles, n_texts, n_outlets in each row.
    settings : dict
        Of `config.TraceConfig`.

    Returns
    -------
    DataFrame
        A row a table, columns of `TRACED`; rows are JSON, since tables differ in their columns.
    """
    held = frame.sort_values(["published_at", "text_sha256", "article_id"], na_position="last")
    rows = tables.records(held)
    name = family_id(int(rows[0]["family"]))
    told: dict[str, Any] = {
        "family_id": name,
        "n_articles": int(rows[0]["n_articles"]),
        "n_texts": int(rows[0]["n_texts"]),
        "n_outlets": int(rows[0]["n_outlets"]),
        "n_traced": len(rows),
        "title": next((row["title"] for row in rows if row["title"] is not None), None),
    }
    dates = [row["published_at"] for row in rows if row["published_at"] is not None]
    told |= {"first": min(dates, default=None), "last": max(dates, default=None)}
    limits = []
    if told["n_traced"] < told["n_articles"]:
        limits.append(f"{told['n_articles'] - told['n_traced']:,} articles are not traced")
    made: dict[str, list[dict[str, Any]]] = {}
    try:
        with warnings.catch_warnings():
            # Of dates that are left out; they are in the table of what was left out.
            warnings.simplefilter("ignore", UserWarning)
            result = pipeline.trace(_articles(rows), config.from_dict(settings))
    except errors.LineageError as error:
        told["problem"] = str(error)
    else:
        made = {each: tables.records(table) for each, table in result.frames.items()}
        told["n_edges"] = len(result.edges)
        limits += result.run["limits_hit"]
    told["limits_hit"] = "; ".join(limits) or None
    made[FAMILY] = [told]
    packed = [
        {"family_id": name, "name": each, "rows": json.dumps(listed, default=_plain)}
        for each, listed in sorted(made.items())
    ]
    return frame_of(TRACED, packed)


def _articles(rows: list[dict[str, Any]]) -> pd.DataFrame:
    kept = [{name: row[name] for name in columns.SUPPLIED} for row in rows]
    for row in kept:
        at = row["published_at"]
        row["published_at"] = None if at is None else pd.Timestamp(at)
    return pd.DataFrame(kept, columns=list(columns.SUPPLIED), dtype="object")


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value.item()


def unpack(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Turn packed rows of one table back into the table.

    Parameters
    ----------
    frame : DataFrame
        Columns of `TRACED`.
    table : str

    Returns
    -------
    DataFrame
        Columns of `schema_of`.
    """
    rows = []
    for name, packed in zip(frame["family_id"], frame["rows"], strict=True):
        rows += [{"family_id": name, **row} for row in json.loads(packed)]
    return frame_of(schema_of(table), rows)
