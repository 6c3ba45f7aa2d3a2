"""Edges of the report: what was found, how sure it is, and the evidence for it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import config
from . import pairs, phrases
from .refs import Ref, Refs

BAR_WIDTH = 132.0
# Longer quotes are cut in the middle; the whole stands in the article below.
MAX_QUOTE = 280
_QUOTE_END = 80
# Bits that the whole width of a waterfall stands for at least.
MIN_SCALE = 4.0

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
    is_same: bool


@dataclass(frozen=True)
class Grouped:
    """Signals by the question they are about, as a waterfall.

    Attributes
    ----------
    groups : tuple of (str, tuple of Evidence)
    zero : float
        Where the waterfall begins, in units of `BAR_WIDTH`.
    total_x, total_width : float
        Bar of the sum.
    strongest_for, strongest_against : str
        In words; empty where nothing speaks so.
    """

    groups: tuple[tuple[str, tuple[Evidence, ...]], ...]
    zero: float = 0.0
    total_x: float = 0.0
    total_width: float = 0.0
    strongest_for: str = ""
    strongest_against: str = ""

    def __bool__(self) -> bool:
        return bool(self.groups)


@dataclass(frozen=True)
class Edge:
    """One edge, worded; one that the page has no room for is not listed, without evidence."""

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
    readings: pairs.EdgeReadings | None
    is_listed: bool


@dataclass(frozen=True)
class PairEvidence:
    """Evidence about a pair that has no edge."""

    source: Ref
    target: Ref
    evidence: Grouped
    n_signals: int


def worded(
    tables: Mapping[str, pd.DataFrame],
    refs: Refs,
    settings: config.TraceConfig,
    *,
    max_listed: int | None = None,
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
    max_listed : int, optional
        Of each status but ``kept`` the so many likeliest edges are listed, and so many
        pairs without an edge; all, if not given.

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
    read = pairs.by_edge(tables["readings"], refs)
    rows_of: dict[tuple[str, str], list[Any]] = {}
    for row in phrases.rows(tables["evidence"]):
        rows_of.setdefault((row.source_id, row.target_id), []).append(row)
    place = {ref.row.article_id: number for number, ref in enumerate(refs)}

    def order(ends: tuple[str, str]) -> tuple[int, int]:
        return place.get(ends[1], -1), place.get(ends[0], -1)

    by_ends = {(row.source_id, row.target_id): row for row in phrases.rows(tables["edges"])}
    ordered = sorted(by_ends, key=order)
    listed = _listed([by_ends[ends] for ends in ordered], max_listed)
    edges = []
    for number, ends in enumerate(ordered):
        signals = rows_of.pop(ends, [])
        is_listed = ends in listed
        edges.append(
            _edge(
                by_ends[ends],
                f"edge-{number + 1}",
                _evidence(signals if is_listed else [], refs),
                len(signals),
                refs,
                settings,
                read.get(ends),
                is_listed,
            )
        )
    others = [
        PairEvidence(
            refs.of(ends[0], "evidence"),
            refs.of(ends[1], "evidence"),
            _evidence(rows_of[ends] if max_listed is None or number < max_listed else [], refs),
            len(rows_of[ends]),
        )
        for number, ends in enumerate(sorted(rows_of, key=order))
    ]
    return edges, others


def _listed(rows: Sequence[Any], most: int | None) -> set[tuple[str, str]]:
    """Choose the edges to list: all that were kept, of the others the likeliest."""
    by_status: dict[str, list[Any]] = {}
    for row in rows:
        by_status.setdefault(str(row.status), []).append(row)
    chosen = set()
    for status, group in by_status.items():
        if status != "kept" and most is not None:
            group = sorted(group, key=lambda row: -_probability(row))[:most]
        chosen |= {(row.source_id, row.target_id) for row in group}
    return chosen


def _probability(row: Any) -> float:
    return 0.0 if phrases.is_missing(row.p_edge) else float(row.p_edge)


def _edge(
    row: Any,
    anchor: str,
    evidence: Grouped,
    n_signals: int,
    refs: Refs,
    settings: config.TraceConfig,
    readings: pairs.EdgeReadings | None,
    is_listed: bool,
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
        readings,
        is_listed,
    )


def _evidence(rows: Sequence[Any], refs: Refs) -> Grouped:
    """Word signals; each bar of the waterfall begins where the one before it ended."""
    if not rows:
        return Grouped(())
    ordered = {
        meaning: sorted((row for row in rows if row.about == about), key=_order)
        for about, meaning in ABOUT_MEANINGS.items()
    }
    flat = [row for group in ordered.values() for row in group]
    sums = [0.0]
    for row in flat:
        sums.append(sums[-1] + float(row.weight_bits))
    low, high = min(sums), max(sums)
    # A lone weak signal is no wide bar.
    scale = BAR_WIDTH / max(high - low, MIN_SCALE)
    bars = itertools.pairwise(sums)
    groups = tuple(
        (meaning, tuple(_signal(row, next(bars), low, scale, refs) for row in group))
        for meaning, group in ordered.items()
        if group
    )
    strong = sorted(flat, key=lambda row: -float(row.weight_bits))
    return Grouped(
        groups,
        round(-low * scale, 2),
        round((min(0.0, sums[-1]) - low) * scale, 2),
        round(abs(sums[-1]) * scale, 2),
        _said(strong[0]) if float(strong[0].weight_bits) > 0 else "",
        _said(strong[-1]) if float(strong[-1].weight_bits) < 0 else "",
    )


def _said(row: Any) -> str:
    return f"{phrases.one_line(phrases.text_or(row.detail))} ({phrases.bits(row.weight_bits)} bits)"


def _order(row: Any) -> tuple[Any, ...]:
    """What is known before looking comes first, then the strongest."""
    starts = [
        -1 if phrases.is_missing(at) else int(at) for at in (row.source_start, row.target_start)
    ]
    return (row.signal != "prior", -abs(row.weight_bits), row.signal, *starts, row.detail)


def _signal(row: Any, bar: tuple[float, float], low: float, scale: float, refs: Refs) -> Evidence:
    weight = float(row.weight_bits)
    source = refs.quote(row.source_id, row.source_start, row.source_end, "evidence")
    target = refs.quote(row.target_id, row.target_start, row.target_end, "evidence")
    is_same = (
        source is not None
        and target is not None
        and phrases.one_line(source) == phrases.one_line(target)
    )
    return Evidence(
        phrases.spaced(row.signal),
        phrases.bits(weight),
        round((min(bar) - low) * scale, 2),
        round(abs(weight) * scale, 2),
        weight >= 0,
        phrases.one_line(phrases.text_or(row.detail)),
        _short(source),
        _short(target),
        is_same,
    )


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
