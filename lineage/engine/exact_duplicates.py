"""Texts that are the same to the letter: compared once, told for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import tables
from ..attribution import measures
from ..evidence import evidence_settings
from ..page import publishers
from ..text import given_dates

Row = dict[str, Any]

# The same text to the letter by accident: never, for a text of more than a few words.
COPY_BITS = 40.0
# The direction of two texts of which nothing tells which was first.
UNKNOWN = 0.5


@dataclass(frozen=True)
class Copies:
    """Rows that identical texts add to the tables.

    Attributes
    ----------
    edges, evidence, relations, attributions : list of dict
    order : list of str
        Their ids, which come after all others.
    """

    edges: list[Row]
    evidence: list[Row]
    relations: list[Row]
    attributions: list[Row]
    order: list[str]


def expand(
    table: pd.DataFrame,
    sentences: pd.DataFrame,
    edges: Sequence[Mapping[str, Any]],
    evidence: Sequence[Mapping[str, Any]],
    relations: Sequence[Mapping[str, Any]],
    attributions: Sequence[Mapping[str, Any]],
) -> Copies:
    """Give each copy what was found for the text that it repeats.

    Two publishers with one text that has a parent took it from that parent each for
    themselves; otherwise the copy is drawn from the first text, with the direction
    left open unless dates tell it.

    Parameters
    ----------
    table : DataFrame
        The articles table with ``duplicate_of``.
    sentences : DataFrame
        The sentences table, copies included.
    edges, evidence, relations, attributions : sequence of rows
        Of the texts that are not copies.

    Returns
    -------
    Copies
    """
    listed = tables.records(table)
    copies = [row for row in listed if row["duplicate_of"] is not None]
    first_of = {row["article_id"]: row for row in listed}
    made = Copies([], [], [], [], [row["article_id"] for row in copies])
    siblings: set[str] = set()
    n_copies = Counter(row["duplicate_of"] for row in copies)
    for row in copies:
        first = first_of[row["duplicate_of"]]
        above = [
            each
            for each in edges
            if each["target_id"] == first["article_id"]
            and each["status"] == "kept"
            and each["relation"] != "quote"
        ]
        copy = row["article_id"]
        if above and _two_publishers(first, row):
            siblings.add(copy)
            parents = {each["source_id"] for each in above}
            made.edges.extend({**each, "target_id": copy} for each in above)
            made.evidence.extend(
                {**each, "target_id": copy}
                for each in evidence
                if each["target_id"] == first["article_id"] and each["source_id"] in parents
            )
        else:
            # As well from any other that is the same.
            made.edges.append(_edge(row, first, n_copies[row["duplicate_of"]]))
            made.evidence.extend(_evidence(row, made.edges[-1]))
    made.relations.extend(_relations(copies, relations, siblings))
    made.attributions.extend(_attributions(copies, sentences, attributions, siblings))
    return made


def _two_publishers(first: Mapping[str, Any], copy: Mapping[str, Any]) -> bool:
    known = first["outlet"] is not None and copy["outlet"] is not None
    return known and not publishers.same(first["outlet"], copy["outlet"])


def _edge(row: Mapping[str, Any], first: Mapping[str, Any], n_alike: int) -> Row:
    """Two texts that are the same to the letter: linked for sure, order unknown."""
    lag = _lag_s(first, row)
    bits = evidence_settings.GIVEN_DATE_BITS if lag is not None and lag > 0 else 0.0
    return {
        "source_id": row["duplicate_of"],
        "target_id": row["article_id"],
        "relation": "reprint",
        "p_link": 1.0,
        "p_edge": 1.0,
        "n_alike": n_alike,
        "p_direction": 1.0 / (1.0 + 2.0**-bits),
        "coverage_target": 1.0,
        "coverage_source": 1.0,
        "lag_s": lag,
        "score_bits": COPY_BITS + bits,
        "status": "kept",
    }


def _lag_s(first: Mapping[str, Any], row: Mapping[str, Any]) -> float | None:
    if first["published_at"] is None or row["published_at"] is None:
        return None
    early, late = (
        given_dates.ParsedDate(each["published_at"], each["published_precision"] or "second")
        for each in (first, row)
    )
    return given_dates.lag_s(early, late)


def _evidence(row: Mapping[str, Any], edge: Mapping[str, Any]) -> list[Row]:
    same = {
        "source_id": row["duplicate_of"],
        "target_id": row["article_id"],
        "signal": "same_text",
        "about": "link",
        "weight_bits": COPY_BITS,
        "detail": "the same text to the letter",
        "source_start": 0,
        "source_end": len(row["text"]),
        "target_start": 0,
        "target_end": len(row["text"]),
    }
    if edge["p_direction"] == UNKNOWN:
        return [same]
    date = {
        "source_id": row["duplicate_of"],
        "target_id": row["article_id"],
        "signal": "date",
        "about": "direction",
        "weight_bits": evidence_settings.GIVEN_DATE_BITS,
        "detail": f"date is {edge['lag_s'] / 3600:.1f} hours earlier",
    }
    return [same, date]


def _relations(
    copies: Sequence[Mapping[str, Any]],
    relations: Sequence[Mapping[str, Any]],
    siblings: set[str],
) -> list[Row]:
    """Give each copy the relations of the text that it repeats, and one to that text."""
    groups: dict[str, list[str]] = {}
    n_words: dict[str, int] = {}
    for row in copies:
        first = row["duplicate_of"]
        groups.setdefault(first, [first]).append(row["article_id"])
        n_words[first] = int(row["n_words"])
    rows = []
    for row in relations:
        for one in groups.get(row["a"], [row["a"]]):
            for other in groups.get(row["b"], [row["b"]]):
                if (one, other) != (row["a"], row["b"]):
                    rows.append(_turned(dict(row), one, other))
    for first, same in sorted(groups.items()):
        for k, one in enumerate(same):
            for other in same[k + 1 :]:
                derived = one == first and other not in siblings
                made: Row = {
                    "outcome": "derived" if derived else "shared_source",
                    "p_derived": 1.0 if derived else 0.0,
                    "p_shared_source": 0.0 if derived else 1.0,
                    "p_independent": 0.0,
                    "shared_words": n_words[first],
                    "containment_a": 1.0,
                    "containment_b": 1.0,
                }
                rows.append(_turned(made, one, other))
    return rows


def _turned(row: Row, one: str, other: str) -> Row:
    row["a"], row["b"] = one, other
    if one > other:
        row["a"], row["b"] = other, one
        row["containment_a"], row["containment_b"] = row["containment_b"], row["containment_a"]
    return row


def _attributions(
    copies: Sequence[Mapping[str, Any]],
    sentences: pd.DataFrame,
    attributions: Sequence[Mapping[str, Any]],
    siblings: set[str],
) -> list[Row]:
    by_article = dict(tuple(sentences.groupby("article_id", sort=False)))
    rows: list[Row] = []
    for copy in copies:
        named, first = copy["article_id"], copy["duplicate_of"]
        if named not in by_article:
            continue
        here = by_article[named]
        if named in siblings:
            there = by_article[first]["sentence_id"]
            own = dict(zip(there, here["sentence_id"], strict=True))
            rows += [
                {**row, "target_id": named, "target_sentence": own[row["target_sentence"]]}
                for row in attributions
                if row["target_id"] == first
            ]
            continue
        for mine, other in zip(here.itertuples(), by_article[first].itertuples(), strict=True):
            rows.append(_attribution(named, first, mine, other))
    return rows


def _attribution(copy: str, first: str, mine: Any, other: Any) -> Row:
    row: Row = {
        "target_id": copy,
        "target_sentence": mine.sentence_id,
        "target_start": mine.start,
        "target_end": mine.end,
        "kind": "boilerplate",
    }
    if mine.role in measures.FURNITURE:
        return row
    return row | {
        "source_id": first,
        "source_sentence": other.sentence_id,
        "source_start": other.start,
        "source_end": other.end,
        "kind": "heading" if mine.role in measures.HEADINGS else "verbatim",
        "lexical": 1.0,
        "confidence": 1.0,
        "changed_facts": "none",
    }
