"""Texts made from several others, whose source sentences annotators marked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import pandas as pd

from . import cases, counts, labels, sentence_scores

# Where a text stands: its id and half-open characters.
Place = tuple[str, int, int]


@dataclasses.dataclass(frozen=True)
class Told:
    """What was said of the marked sentences of a case.

    Attributes
    ----------
    sums : dict of str to float
    claims : tuple of Claim
        Source sentences named for them, whatever their confidence.
    """

    sums: dict[str, float]
    claims: tuple[sentence_scores.Claim, ...]


def score(case: cases.Case, result: Any) -> Told:
    """Hold a trace against the marks.

    Parameters
    ----------
    case : Case
        Of kind ``sources``.
    result : object
        With the frames ``edges`` and ``attributions``.

    Returns
    -------
    Told
    """
    ids = set(case.ids)
    pairs = zip(result.edges["source_id"], result.edges["target_id"], strict=True)
    kept = [(source, target) for source, target in pairs if {source, target} <= ids]
    sums = score_edges(case, kept) | score_sentences(case, result.attributions)
    return Told(sums, _claims(case, result.attributions))


def score_edges(case: cases.Case, found: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Count the edges of the texts that were made from others.

    Parameters
    ----------
    case : Case
    found : iterable of (source_id, target_id)

    Returns
    -------
    dict of str to float
    """
    true, drawn = set(case.edges), set(found)
    made = {target for _, target in true}
    return {
        "sources.found": float(len(drawn & true)),
        "sources.wanted": float(len(true)),
        "sources.drawn": float(sum(source in made or target in made for source, target in drawn)),
    }


def score_sentences(case: cases.Case, attributions: pd.DataFrame) -> dict[str, float]:
    """Count the marked sentences whose source is named, and the sources named for them.

    Parameters
    ----------
    case : Case
    attributions : DataFrame
        ``target_id``, ``target_start``, ``target_end``, ``source_id``, ``source_start``,
        ``source_end``, ``confidence``.

    Returns
    -------
    dict of str to float
    """
    named = _with_source(attributions)
    named = named[sentence_scores.is_named(named)]
    hits, texts, rows = [], [], []
    for place, gold in _marks(case).items():
        mine = _of(named, place)
        good = [_is_marked(row, gold) for row in mine.to_dict("records")]
        hits.append(any(good))
        texts.append(bool(set(mine["source_id"]) & {mark.source_id for mark in gold}))
        rows += good
    return counts.mean("hit", hits) | counts.mean("right_doc", texts) | counts.mean("row_p", rows)


def _claims(case: cases.Case, attributions: pd.DataFrame) -> tuple[sentence_scores.Claim, ...]:
    named = _with_source(attributions)
    named = named[named["confidence"].notna()]
    return tuple(
        sentence_scores.claim(str(row["target_sentence"]), row, _is_marked(row, gold))
        for place, gold in _marks(case).items()
        for row in _of(named, place).to_dict("records")
    )


def _marks(case: cases.Case) -> dict[Place, list[labels.Mark]]:
    made: dict[Place, list[labels.Mark]] = {}
    for mark in case.marks:
        made.setdefault((mark.target_id, mark.target_start, mark.target_end), []).append(mark)
    return made


def _with_source(attributions: pd.DataFrame) -> pd.DataFrame:
    return attributions[attributions["source_id"].notna() & attributions["source_start"].notna()]


def _of(rows: pd.DataFrame, place: Place) -> pd.DataFrame:
    target, start, end = place
    return rows[
        (rows["target_id"] == target) & (rows["target_start"] < end) & (rows["target_end"] > start)
    ]


def _is_marked(row: Any, gold: Iterable[labels.Mark]) -> bool:
    return any(
        mark.source_id == row["source_id"]
        and row["source_start"] < mark.source_end
        and row["source_end"] > mark.source_start
        for mark in gold
    )
