"""Edges of the report: what was found, how sure it is, and the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import config
from . import phrases
from .refs import Ref, Refs

BAR_WIDTH = 84.0
# Longer quotes are cut in the middle; the whole stands in the article below.
MAX_QUOTE = 280
_QUOTE_END = 80

ABOUT_MEANINGS = {
    "link": "are they linked?",
    "direction": "which came first?",
    "parent_choice": "why this source?",
}


@dataclass(frozen=True)
class Evidence:
    """One signal, worded."""

    signal: str
    bits: str
    bar_x: float
    bar_width: float
    is_for: bool
    detail: str
    source: str | None
    target: str | None


# Signals by the question they are about.
Grouped = tuple[tuple[str, tuple[Evidence, ...]], ...]


@dataclass(frozen=True)
class Edge:
    """One edge, worded."""

    anchor: str
    source: Ref
    target: Ref
    claim: str
    relation: str
    status: str
    p_edge: str
    p_direction: str
    direction: str
    is_decided: bool
    covered: str
    used: str
    lag: str
    score: str
    evidence: Grouped
    n_signals: int


@dataclass(frozen=True)
class PairEvidence:
    """Evidence about a pair that has no edge."""

    source: Ref
    target: Ref
    evidence: Grouped
    n_signals: int


def worded(
    tables: Mapping[str, pd.DataFrame], refs: Refs, settings: config.TraceConfig
) -> tuple[list[Edge], list[PairEvidence]]:
    """Word all edges, whatever their status, and the evidence about pairs without an edge.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``edges`` and ``evidence`` are used.
    refs : Refs
        All articles.
    settings : TraceConfig
        From which p_direction on a direction is likely, and decided.

    Returns
    -------
    edges : list of Edge
        By target and source in the order of the picture.
    others : list of PairEvidence

    Raises
    ------
    SpanError, TableError
        If a row of evidence points outside a text, or a row names an unknown article.
    """
    weights = tables["evidence"]["weight_bits"].abs()
    # The widest bar belongs to the strongest signal, and a lone weak one is no wide bar.
    scale = max(float(weights.max()) if len(weights) else 0.0, 4.0)
    rows_of: dict[tuple[str, str], list[Any]] = {}
    for row in phrases.rows(tables["evidence"]):
        rows_of.setdefault((row.source_id, row.target_id), []).append(row)
    place = {ref.row.article_id: number for number, ref in enumerate(refs)}

    def order(ends: tuple[str, str]) -> tuple[int, int]:
        return place.get(ends[1], -1), place.get(ends[0], -1)

    by_ends = {(row.source_id, row.target_id): row for row in phrases.rows(tables["edges"])}
    edges = []
    for number, ends in enumerate(sorted(by_ends, key=order)):
        signals = rows_of.pop(ends, [])
        evidence = _evidence(signals, refs, scale)
        anchor = f"edge-{number + 1}"
        edges.append(_edge(by_ends[ends], anchor, evidence, len(signals), refs, settings))
    others = [
        PairEvidence(
            refs.of(ends[0], "evidence"),
            refs.of(ends[1], "evidence"),
            _evidence(rows_of[ends], refs, scale),
            len(rows_of[ends]),
        )
        for ends in sorted(rows_of, key=order)
    ]
    return edges, others


def _edge(
    row: Any,
    anchor: str,
    evidence: Grouped,
    n_signals: int,
    refs: Refs,
    settings: config.TraceConfig,
) -> Edge:
    direction = phrases.direction(row.p_direction, settings)
    likelihood = phrases.likelihood(row.p_edge)
    claim = f"was {likelihood} made from"
    if row.relation == "quote":
        claim = f"{likelihood} draws on words of"
    if row.status != "kept":
        claim = "draws on words of" if row.relation == "quote" else "made from"
    elif direction == phrases.UNDECIDED:
        claim = f"{likelihood} belong together; which was made from which is not decided"
    return Edge(
        anchor,
        refs.of(row.source_id, "edges"),
        refs.of(row.target_id, "edges"),
        claim,
        phrases.spaced(row.relation),
        str(row.status),
        phrases.probability(row.p_edge),
        phrases.probability(row.p_direction),
        direction,
        direction != phrases.UNDECIDED,
        phrases.percent(row.coverage_target),
        phrases.percent(row.coverage_source),
        phrases.lag(row.lag_s),
        phrases.bits(row.score_bits),
        evidence,
        n_signals,
    )


def _evidence(rows: Sequence[Any], refs: Refs, scale: float) -> Grouped:
    groups = []
    for about, meaning in ABOUT_MEANINGS.items():
        found = [row for row in rows if row.about == about]
        if found:
            groups.append((meaning, tuple(_signals(found, refs, scale))))
    return tuple(groups)


def _signals(rows: Sequence[Any], refs: Refs, scale: float) -> list[Evidence]:
    """Word signals of one kind, the strongest first."""

    def order(row: Any) -> tuple[Any, ...]:
        starts = [
            -1 if phrases.is_missing(at) else int(at) for at in (row.source_start, row.target_start)
        ]
        return (-abs(row.weight_bits), row.signal, *starts, row.detail)

    found = []
    for row in sorted(rows, key=order):
        weight = float(row.weight_bits)
        length = min(abs(weight) / scale, 1.0) * BAR_WIDTH / 2
        middle = BAR_WIDTH / 2
        found.append(
            Evidence(
                phrases.spaced(row.signal),
                phrases.bits(weight),
                round(middle if weight >= 0 else middle - length, 2),
                round(length, 2),
                weight >= 0,
                phrases.one_line(phrases.text_or(row.detail)),
                _short(refs.quote(row.source_id, row.source_start, row.source_end, "evidence")),
                _short(refs.quote(row.target_id, row.target_start, row.target_end, "evidence")),
            )
        )
    return found


def _short(words: str | None) -> str | None:
    if words is None or len(words) <= MAX_QUOTE:
        return words
    # Cut between words, where there is a space within reach.
    head = words[: MAX_QUOTE - _QUOTE_END]
    head = head.rsplit(None, 1)[0] if any(letter.isspace() for letter in head[-30:]) else head
    tail = words[-_QUOTE_END:]
    tail = tail.split(None, 1)[1] if any(letter.isspace() for letter in tail[1:30]) else tail
    left_out = len(words) - len(head) - len(tail)
    return f"{head} […{left_out:,} characters…] {tail}"
