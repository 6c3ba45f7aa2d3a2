"""The API described in OpenAPI 3.1, for programs that read such descriptions."""

from __future__ import annotations

from typing import Any

from .. import __version__
from ..io.writers import json_schema
from . import answers, pieces

VERSION = "3.1.0"

_SAYS = {
    "id": "Your name for it; in the tables of the answer it is article_id.",
    "text": "As published, with its line breaks.",
    "title": "Its headline.",
    "outlet": "Who published it.",
    "byline": "Who wrote it.",
    "url": "Where it was published; it is not fetched.",
    "language": "A code such as en; detected from the text if it is not given.",
    "published_at": "When it was published, in ISO 8601 or as it is printed.",
}
_PROBLEM = {
    "type": "object",
    "required": ["at", "problem"],
    "properties": {
        "at": {"type": ["integer", "null"], "description": "Place of the text, from 0."},
        "problem": {"type": "string"},
    },
}


def document(server: str, limits: pieces.Limits) -> dict[str, Any]:
    """Return the description.

    Parameters
    ----------
    server : str
        Address of the server, without a path.
    limits : Limits

    Returns
    -------
    dict
        OpenAPI 3.1; the tables as in the schema of `lineage export --to json`.

    Examples
    --------
    >>> from lineage.serve import openapi, pieces
    >>> list(openapi.document("http://127.0.0.1:8000", pieces.Limits())["paths"])
    ['/api/trace', '/api/openapi.json']
    """
    refused = {status: _error(said) for status, said in _REFUSALS.items()}
    return {
        "openapi": VERSION,
        "info": {
            "title": "lineage",
            "version": __version__,
            "summary": "Says which news texts were made from which.",
            "description": "Answered by `lineage serve` on this machine, one trace at a time. "
            "A trace ends when its connection is closed. Every claim points at characters of the "
            "texts as they were handed in: spans are half-open and count code points.",
        },
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": {
            "/api/trace": {
                "post": {
                    "operationId": "trace",
                    "summary": "Trace texts: which were made from which, and how many origins.",
                    "description": "How many independent origins? `n_origins`. Is a text wire "
                    "copy? `origin_agency` of its row in `articles` names the agency. What was it "
                    "made from? The rows of `edges` of which it is the `target_id`.",
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": _texts(limits)}},
                    },
                    "responses": {
                        "200": {
                            "description": "The verdict and the tables.",
                            "content": {"application/json": {"schema": _answer()}},
                        },
                        **refused,
                    },
                }
            },
            "/api/openapi.json": {
                "get": {
                    "operationId": "describe",
                    "summary": "This description.",
                    "responses": {
                        "200": {
                            "description": "OpenAPI 3.1.",
                            "content": {"application/json": {"schema": {"type": "object"}}},
                        },
                        "401": refused["401"],
                    },
                }
            },
        },
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token in the address that `lineage serve` prints.",
                }
            },
            "schemas": {name: _rows(name) for name in answers.TABLES},
        },
    }


def _rows(name: str) -> dict[str, Any]:
    """Describe a table as it is answered."""
    schema = json_schema.rows(name)
    columns = schema["items"]
    for column in answers.LEFT_OUT.get(name, ()):
        del columns["properties"][column]
        columns["required"].remove(column)
    return schema


_REFUSALS = {
    "401": "The token is missing or wrong.",
    "422": "The texts cannot be traced; `items` says what is wrong with which.",
    "500": "The trace failed.",
    "503": "Too many traces wait already; try again later.",
}


def _error(said: str) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["error", "items"],
        "properties": {
            "error": {"type": "string"},
            "items": {"type": "array", "items": _PROBLEM},
        },
    }
    kind = "text/plain" if said == _REFUSALS["401"] else "application/json"
    shape = {"type": "string"} if kind == "text/plain" else schema
    return {"description": said, "content": {kind: {"schema": shape}}}


def _texts(limits: pieces.Limits) -> dict[str, Any]:
    return {
        "type": "array",
        "minItems": 2,
        "maxItems": limits.max_texts,
        "items": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {
                name: {
                    "type": "string" if name == "text" else ["string", "null"],
                    "description": _SAYS[name],
                }
                for name in pieces.FIELDS
            },
        },
        "examples": [
            [
                {"id": "wire", "outlet": "Meridian", "text": "A crane fell ..."},
                {"id": "post", "text": "A crane fell ...", "published_at": "2026-03-02"},
            ]
        ],
    }


def _answer() -> dict[str, Any]:
    lines = {"type": "array", "items": {"type": "string"}}
    tables = {name: {"$ref": f"#/components/schemas/{name}"} for name in answers.TABLES}
    properties = {
        "verdict": {"type": "string", "description": "What was found, in one sentence."},
        "n_origins": {
            "type": "integer",
            "minimum": 0,
            "description": "Independent origins of the texts, as the report counts them.",
        },
        "uncertain": {**lines, "description": "What of it is uncertain."},
        "not_measured": {**lines, "description": "What was not measured: not the same as none."},
        "notes": {"type": "array", "items": _PROBLEM, "description": "Dates that were left out."},
        **tables,
    }
    return {"type": "object", "required": list(properties), "properties": properties}
