"""Pairs and readings of the report."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import phrases
from .refs import Ref, Refs

# Longer lists are cut, and say by how much; the CSV file of the table has all rows.
MAX_ROWS = 300
MAX_PLACES = 12

OUTCOME_TITLES = {
    "undecided": "Related, but not decided how: none of the three reaches one half",
    "independent": "Independent: same event, no reuse beyond quotes and stock phrases",
    "shared_source": "Common source: both go back to a third text, supplied or not",
    "derived": "One was made from the other, directly or through others",
    "unrelated": "No link found: nothing of each other, and too little to tell that they are about "
    "one event",
    "not_measured": "Not measured: in two languages, or in one that the sentence encoder does "
    "not know",
}


@dataclass(frozen=True)
class PairRow:
    """One pair of articles, worded."""

    a: Ref
    b: Ref
    p_derived: str
    p_shared_source: str
    p_independent: str
    shared_words: str
    a_in_b: str
    b_in_a: str


@dataclass(frozen=True)
class Outcome:
    """All pairs with one outcome."""

    title: str
    name: str
    rows: tuple[PairRow, ...]
    n_rows: int


@dataclass(frozen=True)
class Reading:
    """How one place reads in the target and in a candidate source."""

    text: str
    agrees: bool


@dataclass(frozen=True)
class Locus:
    """One place of a target where candidates differ; None where a candidate was not read."""

    number: int
    target_text: str
    readings: tuple[Reading | None, ...]


@dataclass(frozen=True)
class Readings:
    """All places of one target."""

    target: Ref
    candidates: tuple[Ref, ...]
    tallies: tuple[tuple[int, int], ...]
    loci: tuple[Locus, ...]
    n_loci: int


@dataclass(frozen=True)
class Place:
    """One place: how target, source and the other candidates read."""

    target: str
    source: str
    agrees: bool
    others: tuple[tuple[Ref, str], ...]


@dataclass(frozen=True)
class EdgeReadings:
    """Places that speak for and against one source of one target; long lists are cut."""

    places: tuple[Place, ...]
    n_for: int
    n_against: int


def by_edge(table: pd.DataFrame, refs: Refs) -> dict[tuple[str, str], EdgeReadings]:
    """Word the readings for each source and target: those for the source first.

    Parameters
    ----------
    table : DataFrame
        The readings table.
    refs : Refs
        All articles.

    Returns
    -------
    dict of (source_id, target_id) to EdgeReadings
    """
    at: dict[tuple[str, int], list[Any]] = {}
    for row in phrases.rows(table.sort_values(["target_id", "locus", "candidate_id"])):
        at.setdefault((str(row.target_id), int(row.locus)), []).append(row)
    order = {str(ref.row.article_id): number for number, ref in enumerate(refs)}
    found: dict[tuple[str, str], list[Place]] = {}
    for (target_id, _), rows in at.items():
        rows.sort(key=lambda row: order.get(str(row.candidate_id), -1))
        words = phrases.one_line(phrases.text_or(rows[0].target_text))
        for row in rows:
            others = tuple(
                (refs.of(other.candidate_id, "readings"), _candidate(other))
                for other in rows
                if other is not row and bool(other.agrees) != bool(row.agrees)
            )
            place = Place(words, _candidate(row), bool(row.agrees), others)
            found.setdefault((str(row.candidate_id), target_id), []).append(place)
    worded = {}
    for ends, places in found.items():
        n_for = sum(place.agrees for place in places)
        telling = sorted(places, key=lambda place: (not place.agrees, not place.others))
        half = MAX_PLACES // 2
        n_shown = max(half, MAX_PLACES - (len(places) - n_for))
        shown = telling[: min(n_for, n_shown)] + telling[n_for:][: MAX_PLACES - min(n_for, n_shown)]
        worded[ends] = EdgeReadings(tuple(shown), n_for, len(places) - n_for)
    return worded


def outcomes(relations: pd.DataFrame, refs: Refs) -> list[Outcome]:
    """Word the pairs, those that need a person first.

    Parameters
    ----------
    relations : DataFrame
        The relations table.
    refs : Refs
        All articles.

    Returns
    -------
    list of Outcome
        Outcomes without a pair are left out.
    """
    place = {ref.row.article_id: number for number, ref in enumerate(refs)}
    found = []
    for outcome, title in OUTCOME_TITLES.items():
        rows = phrases.rows(relations[relations["outcome"] == outcome])
        rows.sort(key=lambda row: sorted((place.get(row.a, -1), place.get(row.b, -1))))
        if rows:
            worded = tuple(_pair(row, refs, place) for row in rows[:MAX_ROWS])
            found.append(Outcome(title, outcome, worded, len(rows)))
    return found


def _pair(row: Any, refs: Refs, place: Mapping[str, int]) -> PairRow:
    a, b = refs.of(row.a, "relations"), refs.of(row.b, "relations")
    a_in_b, b_in_a = phrases.percent(row.containment_a), phrases.percent(row.containment_b)
    if place[row.b] < place[row.a]:
        a, b = b, a
        a_in_b, b_in_a = b_in_a, a_in_b
    return PairRow(
        a,
        b,
        phrases.probability(row.p_derived),
        phrases.probability(row.p_shared_source),
        phrases.probability(row.p_independent),
        phrases.whole(row.shared_words),
        a_in_b,
        b_in_a,
    )


def n_not_compared(articles: pd.DataFrame, relations: pd.DataFrame) -> int:
    """Return how many pairs of supplied texts, copies aside, have no row in the relations."""
    texts = articles[(articles["kind"] == "supplied") & articles["duplicate_of"].isna()]
    ids = set(texts["article_id"])
    rows = relations[relations["a"].isin(ids) & relations["b"].isin(ids)]
    return math.comb(len(ids), 2) - len(rows)


def readings(table: pd.DataFrame, refs: Refs) -> list[Readings]:
    """Word the readings: a row a place, a column a candidate.

    Parameters
    ----------
    table : DataFrame
        The readings table.
    refs : Refs
        All articles.

    Returns
    -------
    list of Readings
        One a target, in the order of the picture; the candidate that the target agrees
        with most often first.
    """
    by_target: dict[str, list[Any]] = {}
    for row in phrases.rows(table.sort_values(["target_id", "locus", "candidate_id"])):
        by_target.setdefault(row.target_id, []).append(row)
    for target_id in by_target:
        refs.of(target_id, "readings")
    found = []
    for ref in refs:
        rows = by_target.get(str(ref.row.article_id), [])
        if rows:
            found.append(_readings(ref, rows, refs))
    return found


def _readings(target: Ref, rows: list[Any], refs: Refs) -> Readings:
    place = {ref.row.article_id: number for number, ref in enumerate(refs)}
    agreed: dict[str, int] = {}
    measured: dict[str, int] = {}
    by_locus: dict[int, dict[str, Any]] = {}
    texts: dict[int, str] = {}
    for row in rows:
        refs.of(row.candidate_id, "readings")
        locus = int(row.locus)
        by_locus.setdefault(locus, {})[row.candidate_id] = row
        texts[locus] = phrases.one_line(phrases.text_or(row.target_text))
        measured[row.candidate_id] = measured.get(row.candidate_id, 0) + 1
        agreed[row.candidate_id] = agreed.get(row.candidate_id, 0) + int(row.agrees)
    order = sorted(measured, key=lambda candidate: (-agreed[candidate], place[candidate]))
    loci = [
        Locus(
            number + 1,
            texts[locus],
            tuple(_reading(by_locus[locus].get(candidate)) for candidate in order),
        )
        for number, locus in enumerate(sorted(by_locus)[:MAX_ROWS])
    ]
    return Readings(
        target,
        tuple(refs.of(candidate, "readings") for candidate in order),
        tuple((agreed[candidate], measured[candidate]) for candidate in order),
        tuple(loci),
        len(by_locus),
    )


def _reading(row: Any) -> Reading | None:
    return None if row is None else Reading(_candidate(row), bool(row.agrees))


def _candidate(row: Any) -> str:
    return phrases.one_line(phrases.text_or(row.candidate_text, "(lacks these words)"))
