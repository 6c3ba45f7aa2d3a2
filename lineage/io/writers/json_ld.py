"""The lineage as schema.org's NewsArticle with isBasedOn, in JSON-LD for web pages and crawlers."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ... import config, errors, tables

# Inline, so that no reader needs a network to know what the words mean.
CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "url": {"@type": "@id"},
    "isBasedOn": {"@type": "@id"},
    "citation": {"@type": "@id"},
}
ARTICLE = "urn:lineage:article:"
# How much of an ISO time is known.
_LENGTHS = {"year": 4, "month": 7, "day": 10}


def to_json_ld(
    articles: pd.DataFrame,
    edges: pd.DataFrame,
    *,
    arrow: float = config.TraceConfig.arrow,
) -> str:
    """Describe articles and what they are based on.

    Parameters
    ----------
    articles : DataFrame
        The articles table. A supplied one is a ``NewsArticle``, an absent source a
        ``CreativeWork``.
    edges : DataFrame
        Rows of the edges table. The target ``isBasedOn`` the source; it has it in
        ``citation`` where only quoted words were taken.
    arrow : float
        An edge with a smaller `p_direction` is left out: schema.org has no word for a doubt.

    Returns
    -------
    str
        ``{"@context": {...}, "@graph": [...]}``, safe inside a ``script`` element.

    Raises
    ------
    TableError
        If an edge names an article that is not there.
    """
    graph = {
        str(row["article_id"]): _node(row)
        for row in tables.records(tables.sort("articles", articles))
    }
    for row in tables.records(tables.sort("edges", edges)):
        source_id, target_id = row["source_id"], row["target_id"]
        for end in (source_id, target_id):
            if end not in graph:
                raise errors.TableError(f"edge {source_id} -> {target_id}: no article {end!r}")
        if row["p_direction"] >= arrow:
            name = "citation" if row["relation"] == "quote" else "isBasedOn"
            graph[target_id].setdefault(name, []).append(graph[source_id]["@id"])
    made = {"@context": CONTEXT, "@graph": list(graph.values())}
    written = json.dumps(made, ensure_ascii=False, indent=1)
    # "</script>" in a headline would end the element that holds this.
    written = written.replace("<", "\\u003c")
    return written.encode("utf-8", "replace").decode("utf-8") + "\n"


def _node(row: Mapping[str, Any]) -> dict[str, Any]:
    is_absent = row["kind"] == "absent"
    publisher = row["outlet"] or (row["origin_agency"] if is_absent else None)
    node = {
        "@id": ARTICLE + urllib.parse.quote(row["article_id"], safe="", errors="surrogatepass"),
        "@type": "CreativeWork" if is_absent else "NewsArticle",
        "identifier": row["article_id"],
        "headline": row["title"],
        "url": _web_address(row["url"]),
        "publisher": _named("Organization", publisher),
        "author": _authors(row["byline"]),
        "datePublished": _date(row["published_at"], row["published_precision"]),
        "inLanguage": row["language"],
        "wordCount": row["n_words"],
        "description": "not supplied" if is_absent else None,
    }
    return {name: value for name, value in node.items() if value is not None}


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return None if name is None else {"@type": kind, "name": name}


def _authors(byline: str | None) -> list[dict[str, str]] | dict[str, str] | None:
    """One person, or a list of them."""
    if byline is None:
        return None
    people = [{"@type": "Person", "name": each} for each in byline.split("; ")]
    return people if len(people) > 1 else _named("Person", byline)


def _web_address(url: str | None) -> str | None:
    """Return an address that a reader may follow; javascript: is none."""
    is_web = url is not None and url.lower().startswith(("http://", "https://"))
    return url if is_web else None


def _date(at: Any, precision: str | None) -> str | None:
    if at is None:
        return None
    said = pd.Timestamp(at).tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%SZ")
    if precision == "local":
        return said.removesuffix("Z")
    length = _LENGTHS.get(precision or "day")
    return said if length is None else said[:length]
