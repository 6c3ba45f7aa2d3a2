"""Attributions as W3C Web Annotations, so that other tools can find the words claimed."""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ... import tables
from . import attribution_exports, export

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# So many characters before and after the words are given, to find them where text moved.
AROUND = 32


def to_json(frames: Mapping[str, pd.DataFrame], article: str | None = None) -> str:
    """Write each attribution that has a source sentence as an annotation [1]_.

    The target is the words of the article; the bodies are the kind, the facts that
    changed, where any did, and the words of the source. Both sides have a
    TextQuoteSelector and a TextPositionSelector, which counts characters of the text as
    it was supplied. A text is named by its address, or by ``urn:x-lineage:`` and its id
    where it has none.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of a run by name.
    article : str, optional
        Only this article.

    Returns
    -------
    str
        JSON-LD: an AnnotationCollection with one page.

    Raises
    ------
    UsageError
        If there is no such article.

    References
    ----------
    .. [1] Web Annotation Data Model, W3C Recommendation, 23 February 2017.
    """
    articles = {row["article_id"]: row for row in tables.records(frames["articles"])}
    items = []
    for row in tables.records(attribution_exports.spans(frames, article)):
        if row["source_words"] is None:
            continue
        mine, theirs = articles[row["article"]], articles[row["source"]]
        bodies: list[dict[str, Any]] = [
            {"type": "TextualBody", "purpose": "tagging", "value": row["kind"]}
        ]
        if row["changed_facts"] not in (None, "none"):
            bodies.append(
                {
                    "type": "TextualBody",
                    "purpose": "commenting",
                    "format": "text/plain",
                    "value": f"changed facts: {row['changed_facts']}",
                }
            )
        bodies.append(
            {"purpose": "linking", **_place(theirs, row["source_start"], row["source_end"])}
        )
        items.append(
            {
                "id": f"{_urn(row['article'])}:{row['words_start']}-{row['words_end']}",
                "type": "Annotation",
                "motivation": "linking",
                "body": bodies,
                "target": _place(mine, row["words_start"], row["words_end"]),
            }
        )
    name = "urn:x-lineage:attributions" if article is None else f"{_urn(article)}:attributions"
    page = {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return export.dump(
        {
            "@context": CONTEXT,
            "id": name,
            "type": "AnnotationCollection",
            "label": "Where sentences came from",
            "total": len(items),
            "first": page,
        }
    )


def _urn(article_id: str) -> str:
    return f"urn:x-lineage:{urllib.parse.quote(article_id.encode('utf-8', 'replace'), safe='')}"


def _place(article: Mapping[str, Any], start: int, end: int) -> dict[str, Any]:
    text = article["text"]
    url = article["url"] or ""
    is_link = url.startswith(("http://", "https://")) and " " not in url
    return {
        "type": "SpecificResource",
        "source": url if is_link else _urn(article["article_id"]),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }
