"""The JSON Schema of `lineage export --to json`, made from the rules of the tables."""

from __future__ import annotations

from typing import Any

from ... import tables

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "object": {"type": "string"},
    "Int64": {"type": "integer"},
    "Float64": {"type": "number"},
    "boolean": {"type": "boolean"},
    "datetime64[ns, UTC]": {"type": "string", "format": "date-time"},
}
_SHARES = ("p_link", "p_edge", "p_derived", "p_shared_source", "p_independent", "confidence")
_COUNTS = ("n_words", "position", "shared_words", "locus")


def schema() -> dict[str, Any]:
    """Return the schema of what `export.to_json` writes.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12: every table with its columns, their types, fixed
        vocabularies and bounds, and whether a value may be missing (null).
    """
    return {
        "$schema": DIALECT,
        "title": "A lineage: which news texts were made from which",
        "description": "Written by `lineage export RUN --to json`. Spans are half-open and count "
        "characters of the text as supplied; times are UTC; null is a missing value.",
        "type": "object",
        "required": ["run", "tables"],
        "additionalProperties": False,
        "properties": {
            "run": {
                "type": "object",
                "description": "How the run came about; the same as run.json.",
            },
            "tables": {
                "type": "object",
                "required": list(tables.TABLES),
                "additionalProperties": False,
                "properties": {name: rows(name) for name in tables.TABLES},
            },
        },
    }


def rows(name: str) -> dict[str, Any]:
    """Return the schema of one table: a list of rows, each with all columns.

    Parameters
    ----------
    name : str
        One of `tables.TABLES`.

    Returns
    -------
    dict

    Examples
    --------
    >>> from lineage.io.writers import json_schema
    >>> json_schema.rows("edges")["items"]["properties"]["p_edge"]
    {'type': 'number', 'minimum': 0, 'maximum': 1}
    """
    table = tables.TABLES[name]
    return {
        "type": "array",
        "items": {
            "type": "object",
            "required": list(table.columns),
            "additionalProperties": False,
            "properties": {
                column: _value(column, dtype, table) for column, dtype in table.columns.items()
            },
        },
    }


def _value(column: str, dtype: str, table: tables.Table) -> dict[str, Any]:
    value = dict(_TYPES[dtype])
    if column in table.choices:
        value["enum"] = list(table.choices[column])
    if column in _SHARES:
        value.update(minimum=0, maximum=1)
    if column == "p_direction":
        value.update(minimum=0.5, maximum=1)
    if column == "n_alike":
        value["minimum"] = 1
    if column in _COUNTS or column.endswith(("start", "end")):
        value["minimum"] = 0
    if column not in table.required:
        value["type"] = [value["type"], "null"]
        if "enum" in value:
            value["enum"] = [*value["enum"], None]
    return value
