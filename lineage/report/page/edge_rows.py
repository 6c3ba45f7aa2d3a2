"""Edges of the report: what was found, how sure it is, and the evidence for it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ... import config, tables
from .. import phrases, questions
from . import pair_rows
from .refs import Ref, Refs

BAR_WIDTH = 132.0
# Longer quotes are cut in the middle; the whole stands in the article below.
MAX_QUOTE = 280
_QUOTE_END = 80
# Bits that the whole width of a waterfall stands for at least.
MIN_SCALE = 4.0


@dataclass(frozen=True)
class Evidence:
    """One signal, worded."""

    signal: str
    says: str
    bits: str
    bar_x: float
    bar_width: float
    is_for: bool
    detail: str
    source: str | None
    target: str | None
    is_same: bool


@dataclass(frozen=True)
class Question:
    """What is asked of an edge, and the signals that answer it, as a waterfall.

    Attributes
    ----------
    title : str
    signals : tuple of Evidence
    zero : float
        Where the waterfall begins, in units of `BAR_WIDTH`.
    bits : str
        Sum of the signals.
    total_x, total_width : float
        Bar of the sum.
    is_for : bool
        Whether the sum is.
    probability : str
        What the sum comes to; empty for a pair without an edge.
    answer : str
        What that probability is of.
    """

    title: str
    signals: tuple[Evidence, ...]
    zero: float
    bits: str
    total_x: float
    total_width: float
    is_for: bool
    probability: str
    answer: str


@dataclass(frozen=True)
class Grouped:
    """Evidence by the question it is about; each question has a sum of its own.

    Attributes
    ----------
    questions : tuple of Question
    strongest_for, strongest_against : str
        In words; empty where nothing speaks so. What the sum over all texts adds is not
        among them: it points at no words.
    """

    questions: tuple[Question, ...]
    strongest_for: str = ""
    strongest_against: str = ""

    def __bool__(self) -> bool:
        return bool(self.questions)


@dataclass(frozen=True)
class Edge:
    """One edge, worded; one that the page has no room for is not listed, without evidence.

    `p_link`: the two are related. `p_edge`: one of them was made directly from the other, where
    texts that nothing tells apart count as one source (`alike` says of how many; else empty).
    `p_direction`: the source was first. `held_by`: the supplied text in which the words stand
    that the target credits to an absent source. `rank`: `p_edge` as a number. `p_turned`: 1 -
    `p_direction`; None for an absent source.
    """

    anchor: str
    source: Ref
    target: Ref
    claim: str
    relation: str
    status: str
    p_link: str
    p_edge: str
    alike: str
    p_direction: str
    direction: str
    is_decided: bool
    covered: str
    used: str
    lag: str
    evidence: Grouped
    n_signals: int
    readings: pair_rows.EdgeReadings | None
    is_listed: bool
    held_by: Ref | None = None
    rank: float = 0.0
    p_turned: float | None = None


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
        ``edges``, ``evidence``, ``readings`` and ``attributions`` are used.
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
    read = pair_rows.by_edge(tables["readings"], refs)
    rows_of: dict[tuple[str, str], list[Any]] = {}
    for row in phrases.rows(tables["evidence"]):
        rows_of.setdefault((row.source_id, row.target_id), []).append(row)
    place = {ref.row.article_id: number for number, ref in enumerate(refs)}

    def order(ends: tuple[str, str]) -> tuple[int, int]:
        return place.get(ends[1], -1), place.get(ends[0], -1)

    by_ends = {(row.source_id, row.target_id): row for row in phrases.rows(tables["edges"])}
    ordered = sorted(by_ends, key=order)
    listed = _listed([by_ends[ends] for ends in ordered], max_listed)
    sourced = _sourced(tables["attributions"])
    edges = []
    for number, ends in enumerate(ordered):
        signals = rows_of.pop(ends, [])
        is_listed = ends in listed
        edges.append(
            _edge(
                by_ends[ends],
                f"edge-{number + 1}",
                _evidence(signals if is_listed else [], refs, by_ends[ends]),
                len(signals),
                refs,
                settings,
                read.get(ends),
                is_listed,
                _held_by(by_ends[ends], signals, sourced, refs),
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
    readings: pair_rows.EdgeReadings | None,
    is_listed: bool,
    held_by: Ref | None,
) -> Edge:
    direction = phrases.direction(row.p_direction, settings)
    return Edge(
        anchor,
        refs.of(row.source_id, "edges"),
        refs.of(row.target_id, "edges"),
        _claim(row, direction),
        phrases.spaced(row.relation),
        str(row.status),
        phrases.probability(row.p_link),
        phrases.probability(row.p_edge),
        phrases.alike(row.n_alike),
        phrases.probability(row.p_direction),
        direction,
        direction != phrases.UNDECIDED,
        phrases.percent(row.coverage_target),
        phrases.percent(row.coverage_source),
        phrases.lag(row.lag_s),
        evidence,
        n_signals,
        readings,
        is_listed,
        held_by,
        _probability(row),
        _turned(row),
    )


def _turned(row: Any) -> float | None:
    if _is_absent(row.source_id) or phrases.is_missing(row.p_direction):
        return None
    return 1.0 - float(row.p_direction)


def _sourced(attributions: pd.DataFrame) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in phrases.rows(attributions[attributions["source_id"].notna()]):
        found.setdefault(str(row.target_id), []).append(row)
    return found


def _held_by(
    row: Any, signals: Sequence[Any], sourced: Mapping[str, Sequence[Any]], refs: Refs
) -> Ref | None:
    """Return the supplied text that has the words which the target credits to an absent source."""
    if row.relation != "quote" or not _is_absent(row.source_id):
        return None
    for signal in signals:
        if phrases.is_missing(signal.target_start):
            continue
        for each in sourced.get(str(row.target_id), ()):
            if each.target_start <= signal.target_start < each.target_end:
                source = refs.of(each.source_id, "attributions")
                return None if source.is_absent else source
    return None


def _is_absent(article_id: Any) -> bool:
    return str(article_id).startswith(tables.ABSENT_PREFIX)


def _claim(row: Any, direction: str) -> str:
    """Word what an edge says, to stand between target and source, or behind both."""
    is_quote = row.relation == "quote"
    if is_quote and _is_absent(row.source_id):
        return "credits"
    if row.status != "kept":
        return "has quoted words from" if is_quote else "made from"
    likelihood = phrases.likelihood(row.p_edge)
    if _is_absent(row.source_id):
        return f"{likelihood} goes back to"
    if direction == phrases.UNDECIDED:
        return f"one was {likelihood} made from the other; which came first is not decided"
    # That it is this way round has to be true as well.
    likelihood = phrases.likelihood(float(row.p_edge) * float(row.p_direction))
    if is_quote:
        return f"{likelihood} has quoted words from"
    return f"was {likelihood} made from"


def _evidence(rows: Sequence[Any], refs: Refs, edge: Any = None) -> Grouped:
    """Word signals; each bar of a question begins where the one before it ended."""
    asked: dict[str, list[Any]] = {}
    for about in questions.QUESTIONS:
        mine = sorted((row for row in rows if row.about == about), key=_order)
        if mine:
            asked[about] = mine
    sums = {
        about: [0.0, *itertools.accumulate(float(row.weight_bits) for row in mine)]
        for about, mine in asked.items()
    }
    # One scale for all questions of an edge; a lone weak signal is no wide bar.
    widest = max((max(each) - min(each) for each in sums.values()), default=0.0)
    scale = BAR_WIDTH / max(widest, MIN_SCALE)
    told = tuple(
        _question(about, mine, sums[about], scale, refs, edge) for about, mine in asked.items()
    )
    flat = [row for mine in asked.values() for row in mine]
    strong = sorted(
        (row for row in flat if row.signal not in questions.OF_THE_SUM),
        key=lambda row: -float(row.weight_bits),
    )
    return Grouped(
        told,
        _said(strong[0]) if strong and float(strong[0].weight_bits) > 0 else "",
        _said(strong[-1]) if strong and float(strong[-1].weight_bits) < 0 else "",
    )


def _question(
    about: str, rows: Sequence[Any], sums: Sequence[float], scale: float, refs: Refs, edge: Any
) -> Question:
    low, total = min(sums), sums[-1]
    p = questions.probability(about, edge, total)
    return Question(
        questions.QUESTIONS[about],
        tuple(
            _signal(row, bar, low, scale, refs)
            for row, bar in zip(rows, itertools.pairwise(sums), strict=True)
        ),
        round(-low * scale, 2),
        phrases.bits(total),
        round((min(0.0, total) - low) * scale, 2),
        round(abs(total) * scale, 2),
        total >= 0,
        "" if p is None else phrases.probability(p),
        questions.ANSWERS[about],
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
        questions.name(row.signal),
        questions.says(row.signal),
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
