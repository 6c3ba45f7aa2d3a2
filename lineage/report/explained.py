"""Where an article and its sentences came from, as plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .. import errors, tables
from . import phrases

_EDGE = ("source_id", "target_id", "relation", "status", "p_link", "p_edge", "p_direction")
_MEASURES = ("kind", "lexical", "semantic", "confidence", "changed_facts")


def numbers(sentences: pd.DataFrame) -> dict[str, int]:
    """Return the number of each sentence in its text, counted from 1 as in the report.

    Parameters
    ----------
    sentences : DataFrame
        The sentences table.

    Returns
    -------
    dict of str to int
        By sentence_id.
    """
    places = (sentences["position"].astype(int) + 1).tolist()
    return dict(zip(sentences["sentence_id"].tolist(), places, strict=True))


def sentence(sentences: pd.DataFrame, article_id: str, number: int) -> Any:
    """Return one sentence of an article.

    Parameters
    ----------
    sentences : DataFrame
        The sentences table.
    article_id : str
    number : int
        Counted from 1.

    Returns
    -------
    row of the sentences table

    Raises
    ------
    UsageError
        If there is no such sentence.
    """
    mine = sentences[sentences["article_id"] == article_id]
    found = phrases.rows(mine[mine["position"] == number - 1])
    if not found:
        n = len(mine)
        there = (
            f"they are counted from 1 to {n}, as in the report"
            if n
            else "it has none, since its text was not supplied"
        )
        raise errors.UsageError(f"explain: {article_id} has no sentence {number}; {there}")
    return found[0]


def article(
    frames: Mapping[str, pd.DataFrame], article_id: str, number: int | None = None
) -> dict[str, Any]:
    """Return what is known of where an article came from.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of a run by name.
    article_id : str
        An id of the articles table.
    number : int, optional
        Only this sentence, counted from 1.

    Returns
    -------
    dict of str to object
        ``article``: its row without the text; ``edges``: those that lead to it, of every
        status, each with its evidence; ``sentences``: each with what it was made from.

    Raises
    ------
    UsageError
        If there is no such sentence.
    """
    places = numbers(frames["sentences"])
    words = {row.sentence_id: row.text for row in phrases.rows(frames["sentences"])}
    rows = frames["sentences"]
    mine = rows[rows["article_id"] == article_id].sort_values("position", kind="stable")
    if number is not None:
        wanted = sentence(rows, article_id, number)
        mine = mine[mine["sentence_id"] == wanted.sentence_id]
    made = frames["attributions"]
    sources: dict[str, list[dict[str, Any]]] = {}
    for row in tables.records(made[made["target_id"] == article_id]):
        sources.setdefault(row["target_sentence"], []).append(_source(row, places, words))
    about = frames["articles"]
    (said,) = tables.records(about[about["article_id"] == article_id].drop(columns="text"))
    return {
        "article": said,
        "edges": _edges(frames, article_id) if number is None else [],
        "sentences": [
            {
                "number": places[row["sentence_id"]],
                "role": row["role"],
                "start": row["start"],
                "end": row["end"],
                "text": row["text"],
                "sources": sources.get(row["sentence_id"], []),
            }
            for row in tables.records(mine)
        ],
    }


def _source(
    row: Mapping[str, Any], places: Mapping[str, int], words: Mapping[str, str]
) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _MEASURES},
        "start": row["target_start"],
        "end": row["target_end"],
        "source_id": row["source_id"],
        "source_number": places.get(row["source_sentence"]),
        "source_text": words.get(row["source_sentence"]),
        "origin_id": row["origin_id"],
        "origin_number": places.get(row["origin_sentence"]),
    }


def _edges(frames: Mapping[str, pd.DataFrame], article_id: str) -> list[dict[str, Any]]:
    edges, evidence = frames["edges"], frames["evidence"]
    signals: dict[str, list[dict[str, Any]]] = {}
    for row in tables.records(evidence[evidence["target_id"] == article_id]):
        signals.setdefault(row["source_id"], []).append(
            {name: row[name] for name in ("signal", "about", "weight_bits", "detail")}
        )
    return [
        {name: row[name] for name in _EDGE} | {"evidence": signals.get(row["source_id"], [])}
        for row in tables.records(edges[edges["target_id"] == article_id])
    ]
