"""Attributions as tables that read without the others: a row a span, a sentence, a share."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from ... import errors, tables
from ...graph import origin_groups
from ...text import words
from .. import extras, tables_csv

_STR, _INT, _FLOAT = "string", "Int64", "Float64"
# Columns of each table with their types; README.md tells what they mean.
SPANS: Mapping[str, str] = {
    "article": _STR,
    "article_outlet": _STR,
    "sentence": _INT,
    "role": _STR,
    "words": _STR,
    "words_start": _INT,
    "words_end": _INT,
    "kind": _STR,
    "source": _STR,
    "source_outlet": _STR,
    "source_sentence": _INT,
    "source_words": _STR,
    "source_start": _INT,
    "source_end": _INT,
    "same_words": _FLOAT,
    "same_meaning": _FLOAT,
    "confidence": _FLOAT,
    "margin": _FLOAT,
    "changed_facts": _STR,
    "origin": _STR,
    "origin_outlet": _STR,
    "origin_sentence": _INT,
    "origin_words": _STR,
}
_SENTENCE: Mapping[str, str] = {
    "article": _STR,
    "article_outlet": _STR,
    "sentence": _INT,
    "role": _STR,
    "text": _STR,
    "text_start": _INT,
    "text_end": _INT,
    "kind": _STR,
    "n_sources": _INT,
    "changed_facts": _STR,
}
_SOURCE: Mapping[str, str] = {
    "source": _STR,
    "outlet": _STR,
    "sentence": _INT,
    "words": _STR,
    "confidence": _FLOAT,
}
# So many sources have columns of their own, more where a sentence has more.
MIN_SOURCES = 3
SHARES: Mapping[str, str] = {
    "article": _STR,
    "article_outlet": _STR,
    "source": _STR,
    "source_outlet": _STR,
    "kind": _STR,
    "n_sentences": _INT,
    "n_words": _INT,
    "share_of_words": _FLOAT,
}
ORIGINS: Mapping[str, str] = {
    "story": _STR,
    "n_articles": _INT,
    "n_origins": _INT,
    "n_absent_origins": _INT,
    "origins": _STR,
}


def spans(frames: Mapping[str, pd.DataFrame], article: str | None = None) -> pd.DataFrame:
    """Return the long form: a row for each span of words with one source.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of a run by name.
    article : str, optional
        Only this article.

    Returns
    -------
    DataFrame
        Columns of `SPANS`, in order of article and text. Sentences are counted from 0.

    Raises
    ------
    UsageError
        If there is no such article.
    """
    texts, outlets = _articles(frames, article)
    places = {row["sentence_id"]: row for row in tables.records(frames["sentences"])}
    rows = []
    for row in tables.records(frames["attributions"]):
        target, source, origin = row["target_id"], row["source_id"], row["origin_id"]
        if article is not None and target != article:
            continue
        mine = places[row["target_sentence"]]
        theirs = places.get(row["source_sentence"], {})
        oldest = places.get(row["origin_sentence"], {})
        shown = None
        if source is not None and row["source_start"] is not None:
            shown = texts[source][row["source_start"] : row["source_end"]]
        rows.append(
            {
                "article": target,
                "article_outlet": outlets.get(target),
                "sentence": mine["position"],
                "role": mine["role"],
                "words": texts[target][row["target_start"] : row["target_end"]],
                "words_start": row["target_start"],
                "words_end": row["target_end"],
                "kind": row["kind"],
                "source": source,
                "source_outlet": outlets.get(source),
                "source_sentence": theirs.get("position"),
                "source_words": shown,
                "source_start": row["source_start"],
                "source_end": row["source_end"],
                "same_words": row["lexical"],
                "same_meaning": row["semantic"],
                "confidence": row["confidence"],
                "margin": row["margin"],
                "changed_facts": row["changed_facts"],
                "origin": origin,
                "origin_outlet": outlets.get(origin),
                "origin_sentence": oldest.get("position"),
                "origin_words": oldest.get("text"),
            }
        )
    return _frame(rows, SPANS)


def sentences(frames: Mapping[str, pd.DataFrame], article: str | None = None) -> pd.DataFrame:
    """Return the wide form: a row for each sentence, its sources side by side.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of a run by name.
    article : str, optional
        Only this article.

    Returns
    -------
    DataFrame
        ``source_1``, ``source_1_outlet``, ``source_1_sentence``, ``source_1_words`` and
        ``source_1_confidence``, and so on for the second and third source.

    Raises
    ------
    UsageError
        If there is no such article.
    """
    _, outlets = _articles(frames, article)
    by_sentence: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in tables.records(spans(frames, article)):
        by_sentence.setdefault((row["article"], row["sentence"]), []).append(row)
    counts = [len(_sourced(each)) for each in by_sentence.values()]
    n_sources = max([MIN_SOURCES, *counts])
    columns = dict(_SENTENCE)
    for number in range(1, n_sources + 1):
        columns |= {_numbered(number, name): dtype for name, dtype in _SOURCE.items()}
    rows = []
    for sentence in tables.records(frames["sentences"]):
        parts = by_sentence.get((sentence["article_id"], sentence["position"]), [])
        if not parts:
            continue
        sourced = _sourced(parts)
        row = {
            "article": sentence["article_id"],
            "article_outlet": outlets.get(sentence["article_id"]),
            "sentence": sentence["position"],
            "role": sentence["role"],
            "text": sentence["text"],
            "text_start": sentence["start"],
            "text_end": sentence["end"],
            "kind": parts[0]["kind"],
            "n_sources": len(sourced),
            "changed_facts": parts[0]["changed_facts"],
        }
        for number, part in enumerate(sourced, start=1):
            row |= {
                _numbered(number, "source"): part["source"],
                _numbered(number, "outlet"): part["source_outlet"],
                _numbered(number, "sentence"): part["source_sentence"],
                _numbered(number, "words"): part["source_words"],
                _numbered(number, "confidence"): part["confidence"],
            }
        rows.append(row)
    return _frame(rows, columns)


def _sourced(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first part of each source sentence."""
    first: dict[tuple[str, int | None], dict[str, Any]] = {}
    for part in parts:
        if part["source"] is not None:
            first.setdefault((part["source"], part["source_sentence"]), part)
    return list(first.values())


def _numbered(number: int, name: str) -> str:
    return f"source_{number}" if name == "source" else f"source_{number}_{name}"


def shares(frames: Mapping[str, pd.DataFrame], article: str | None = None) -> pd.DataFrame:
    """Return how much of each article has which source, and in which way.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of a run by name.
    article : str, optional
        Only this article.

    Returns
    -------
    DataFrame
        Columns of `SHARES`; the shares of one article add up to 1. Words without a
        source have rows with an empty `source`.

    Raises
    ------
    UsageError
        If there is no such article.
    """
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    totals: dict[str, int] = {}
    for row in tables.records(spans(frames, article)):
        row["n_words"] = len(words.split_words(row["words"]).words)
        totals[row["article"]] = totals.get(row["article"], 0) + row["n_words"]
        groups.setdefault((row["article"], row["source"] or "", row["kind"]), []).append(row)
    rows = []
    for (name, source, kind), parts in sorted(groups.items()):
        n_words = sum(part["n_words"] for part in parts)
        rows.append(
            {
                "article": name,
                "article_outlet": parts[0]["article_outlet"],
                "source": source or None,
                "source_outlet": parts[0]["source_outlet"],
                "kind": kind,
                "n_sentences": len({part["sentence"] for part in parts}),
                "n_words": n_words,
                "share_of_words": round(n_words / totals[name], 4) if totals[name] else None,
            }
        )
    return _frame(rows, SHARES)


def origins(frames: Mapping[str, pd.DataFrame], article: str | None = None) -> pd.DataFrame:
    """Return how many independent origins each story has.

    Counted as the report counts them (`graph.origin_groups`): an origin is an article, supplied or
    absent, that no kept edge leads to, quotations aside; two that probably go back to a source
    that nobody supplied are one. Each counts for the story of its first report, so that the
    column adds up to the number in the report.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of a run by name.
    article : str, optional
        Only the story of this article.

    Returns
    -------
    DataFrame
        Columns of `ORIGINS`; `n_articles` counts the supplied ones.

    Raises
    ------
    UsageError
        If there is no such article.
    """
    _articles(frames, article)
    articles = {row["article_id"]: row for row in tables.records(frames["articles"])}
    of_story: dict[str, list[origin_groups.Group]] = {}
    for group in origin_groups.find(frames).groups:
        of_story.setdefault(_story(group, articles), []).append(group)
    stories: dict[str, list[dict[str, Any]]] = {}
    for row in articles.values():
        stories.setdefault(row["story_id"] or "", []).append(row)
    rows = []
    for story, members in sorted(stories.items()):
        if article is not None and all(row["article_id"] != article for row in members):
            continue
        groups = of_story.get(story, [])
        rows.append(
            {
                "story": story or None,
                "n_articles": sum(row["kind"] == "supplied" for row in members),
                "n_origins": len(groups),
                "n_absent_origins": sum(_is_absent(group, articles) for group in groups),
                "origins": ", ".join(" + ".join(group.roots) for group in groups),
            }
        )
    return _frame(rows, ORIGINS)


def _story(group: origin_groups.Group, articles: Mapping[str, dict[str, Any]]) -> str:
    """Return the story of an origin: that of its first report, or else of what was made from it."""
    told = [articles[name]["story_id"] for name in (*group.roots, *group.texts)]
    return next((story for story in told if story), "")


def _is_absent(group: origin_groups.Group, articles: Mapping[str, dict[str, Any]]) -> bool:
    return len(group.roots) > 1 or articles[group.name]["kind"] == "absent"


# What `lineage export` calls them.
TABLES: Mapping[str, Callable[[Mapping[str, pd.DataFrame], str | None], pd.DataFrame]] = {
    "spans": spans,
    "sentences": sentences,
    "shares": shares,
    "origins": origins,
}


def _articles(
    frames: Mapping[str, pd.DataFrame], article: str | None
) -> tuple[dict[str, str], dict[str | None, str | None]]:
    rows = tables.records(frames["articles"])
    names = [row["article_id"] for row in rows]
    if article is not None and article not in names:
        raise errors.UsageError(
            f"export: no article {article!r} in the run; there are {', '.join(names[:20])}"
        )
    texts = {row["article_id"]: row["text"] or "" for row in rows}
    outlets: dict[str | None, str | None] = {row["article_id"]: row["outlet"] for row in rows}
    return texts, outlets


def _frame(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    data = {
        name: pd.Series(
            [pd.NA if row.get(name) is None else row[name] for row in rows], dtype=dtype
        )
        for name, dtype in columns.items()
    }
    return pd.DataFrame(data, columns=list(columns))


def to_csv(frame: pd.DataFrame) -> bytes:
    """Write a frame as CSV: RFC 4180, UTF-8, line feeds, an empty cell for a missing value.

    A text that a spreadsheet would run as a formula has an apostrophe in front, as in the
    tables of a run; `tables_csv.unescape` takes it away.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    bytes
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in tables.records(frame):
        writer.writerow(
            [tables_csv.escape(cell) if isinstance(cell, str) else cell for cell in row.values()]
        )
    return stream.getvalue().encode("utf-8", "backslashreplace")


def to_jsonl(frame: pd.DataFrame) -> bytes:
    """Write a frame as JSON lines: an object a row, null for a missing value.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    bytes
    """
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in tables.records(frame)]
    # Half of a surrogate pair becomes the escape that JSON has for it.
    return "".join(lines).encode("utf-8", "backslashreplace")


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Write a frame as Parquet.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    bytes

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    """
    arrow = extras.need("pyarrow", "parquet", "writing parquet")
    parquet = extras.need("pyarrow.parquet", "parquet", "writing parquet")
    stream = io.BytesIO()
    parquet.write_table(arrow.Table.from_pandas(frame, preserve_index=False), stream)
    return stream.getvalue()
