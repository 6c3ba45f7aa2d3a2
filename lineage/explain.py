"""A run in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from . import errors
from .result import Lineage

# Of the words that a signal points at; the offsets lead to the rest.
QUOTE_CHARS = 90


def article(result: Lineage, article_id: str, position: int | None = None) -> Iterator[str]:
    """Tell where an article came from, and its sentences.

    Parameters
    ----------
    result : Lineage
    article_id : str
    position : int, optional
        Only this sentence, counted from 0.

    Yields
    ------
    str
        Lines.

    Raises
    ------
    UsageError
        If there is no such article or sentence.
    """
    known = result.articles.set_index("article_id")
    if article_id not in known.index:
        raise errors.UsageError(
            f"explain: no article {article_id!r} in the run; there are {', '.join(known.index)}"
        )
    if position is not None:
        yield from _sentence(result, article_id, position)
        return
    row = known.loc[article_id]
    yield f"{article_id}  {_or_dash(row['outlet'])}  {_or_dash(row['title'])}"
    if not pd.isna(row["origin_agency"]):
        yield f"  origin agency: {row['origin_agency']}"
    edges = result.all_edges[result.all_edges["target_id"] == article_id]
    if len(edges) == 0:
        yield "  made from none of the supplied texts, as far as can be seen"
    for status in ("kept", "runner_up", "explained_away", "below_threshold"):
        for edge in edges[edges["status"] == status].itertuples():
            yield from edge_lines(result, edge)
    yield ""
    rows = result.attributions[result.attributions["target_id"] == article_id]
    for each in rows.itertuples():
        yield _one_line(result, each)


def edge_lines(result: Lineage, edge: Any) -> Iterator[str]:
    """Tell one edge and its evidence.

    Parameters
    ----------
    result : Lineage
    edge : row of the edges table

    Yields
    ------
    str
    """
    yield (
        f"  {edge.status.replace('_', ' ')}: from {edge.source_id} ({edge.relation}), "
        f"edge {edge.p_edge:.0%}, direction {edge.p_direction:.0%}"
        + ("" if edge.p_direction >= 0.9 else " (not decided)")
        + f", {edge.score_bits:+.1f} bits"
    )
    texts = result.articles.set_index("article_id")["text"]
    rows = result.evidence[
        (result.evidence["source_id"] == edge.source_id)
        & (result.evidence["target_id"] == edge.target_id)
    ]
    for row in rows.itertuples():
        yield f"    {row.weight_bits:+6.1f}  {row.about:13}  {row.signal}: {row.detail}"
        for who, start, end in (
            (row.source_id, row.source_start, row.source_end),
            (row.target_id, row.target_start, row.target_end),
        ):
            if not pd.isna(start):
                words = " ".join(texts[who][int(start) : int(end)].split())
                cut = words if len(words) <= QUOTE_CHARS else words[: QUOTE_CHARS - 1] + "…"
                yield f"            {who} [{start}:{end}] “{cut}”"


def _sentence(result: Lineage, article_id: str, position: int) -> Iterator[str]:
    mine = result.sentences[result.sentences["article_id"] == article_id]
    found = mine[mine["position"] == position]
    if len(found) == 0:
        raise errors.UsageError(
            f"explain: {article_id} has no sentence {position}; it has 0 to {len(mine) - 1}"
        )
    sentence = found.iloc[0]
    yield f"{article_id}, sentence {position} ({sentence['role']}):"
    yield f"  {' '.join(sentence['text'].split())}"
    rows = result.attributions[result.attributions["target_sentence"] == sentence["sentence_id"]]
    texts = result.sentences.set_index("sentence_id")["text"]
    for row in rows.itertuples():
        if pd.isna(row.source_id):
            yield f"  {row.kind}: from none of its sources"
            continue
        yield (
            f"  {row.kind} of {row.source_id}"
            + _measure("words", row.lexical)
            + _measure("meaning", row.semantic)
            + _measure("confidence", row.confidence)
        )
        if not pd.isna(row.source_sentence):
            yield f"    {' '.join(texts[row.source_sentence].split())}"
        if not pd.isna(row.changed_facts) and row.changed_facts != "none":
            yield f"    changed: {row.changed_facts}"
        if not pd.isna(row.origin_id) and row.origin_id != row.source_id:
            yield f"    first in {row.origin_id}"


def _measure(name: str, value: Any) -> str:
    return f", {name} not measured" if pd.isna(value) else f", {name} {value:.2f}"


def _one_line(result: Lineage, row: Any) -> str:
    text = result.articles.set_index("article_id")["text"][row.target_id]
    words = " ".join(text[row.target_start : row.target_end].split())
    cut = words if len(words) <= 60 else words[:59] + "…"
    source = "-" if pd.isna(row.source_id) else str(row.source_id)
    if not pd.isna(row.source_sentence):
        source = str(row.source_sentence)
    changed = "" if pd.isna(row.changed_facts) or row.changed_facts == "none" else "  !"
    return f"  {row.kind:11} {source:24} {cut}{changed}"


def pair(result: Lineage) -> Iterator[str]:
    """Tell the outcome of a trace of two texts, with its evidence.

    Parameters
    ----------
    result : Lineage
        Of two supplied articles.

    Yields
    ------
    str
    """
    row = result.relations.iloc[0]
    yield f"{row['a']} and {row['b']}: {_VERDICTS[row['outcome']]}"
    yield (
        f"  probability that one was made from the other {row['p_derived']:.0%}, that both have a "
        f"common source {row['p_shared_source']:.0%}, that neither {row['p_independent']:.0%}"
    )
    shared = "not measured" if pd.isna(row["shared_words"]) else row["shared_words"]
    yield (
        f"  shared words: {shared}; {row['containment_a']:.0%} of {row['a']}, "
        f"{row['containment_b']:.0%} of {row['b']}"
    )
    for edge in result.all_edges.itertuples():
        yield from edge_lines(result, edge)
    for line in result.run["not_measured"]:
        yield f"  not measured: {line}"


_VERDICTS = {
    "derived": "one was probably made from the other",
    "shared_source": "both probably have a common source that is not among them",
    "independent": "two reports of one event, no reuse found beyond quotes and stock phrases",
    "undecided": "undecided",
    "unrelated": "not about the same event",
}


def in_order(result: Lineage, texts: pd.DataFrame) -> tuple[Any, Any]:
    """Return the rows of two articles, the likelier source first.

    Parameters
    ----------
    result : Lineage
    texts : DataFrame
        Two rows of the articles table.

    Returns
    -------
    (namedtuple, namedtuple)
    """
    rows = {row.article_id: row for row in texts.itertuples()}
    first, second = sorted(rows)
    between = result.all_edges[result.all_edges["source_id"].isin(rows)]
    if len(between) and between["source_id"].iloc[0] == second:
        first, second = second, first
    return rows[first], rows[second]


def _or_dash(value: Any) -> str:
    return "-" if pd.isna(value) else str(value)
