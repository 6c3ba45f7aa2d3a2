"""The story as a whole: when its texts appeared, who shares how much, what is absent and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...text import given_dates
from .. import phrases
from .refs import Ref, Refs

# More rows than this cannot be taken in; articles.csv and relations.csv have all.
MAX_MOMENTS = 100
MAX_MATRIX = 25
_SPAN_S = {
    "year": 365.25 * 86400,
    "month": 30.4 * 86400,
    "day": 86400.0,
    "local": given_dates.ZONES_APART.total_seconds(),
    "hour": 3600.0,
}
_RELIABILITY = {
    "given": "supplied with the text",
    "page": "printed on the page",
    "text": "worked out from the text",
}


@dataclass(frozen=True)
class Moment:
    """When one text appeared; x and width are per cent of the time line, None without a date."""

    ref: Ref
    when: str
    known: str
    x: float | None
    width: float
    is_given: bool


@dataclass(frozen=True)
class MatrixRow:
    """How much of one text is in each other: words and a step of shade from 0 to 5."""

    ref: Ref
    cells: tuple[tuple[str, int] | None, ...]


@dataclass(frozen=True)
class Matrix:
    """Shares of texts; a cell is None where a text meets itself."""

    refs: tuple[Ref, ...]
    rows: tuple[MatrixRow, ...]
    n_left_out: int


@dataclass(frozen=True)
class Absent:
    """A source that was not supplied, and why it is thought to exist."""

    ref: Ref
    reasons: tuple[tuple[Ref, str, str | None, str], ...]


def timeline(refs: Refs) -> list[Moment]:
    """Place the supplied texts in time, the undated last.

    Parameters
    ----------
    refs : Refs
        All articles.

    Returns
    -------
    list of Moment
    """
    texts = [ref for ref in refs if not ref.is_absent]
    dated = [ref for ref in texts if not phrases.is_missing(ref.row.published_at)]
    ends = []
    for ref in dated:
        start = pd.Timestamp(ref.row.published_at).timestamp()
        ends.append((start, start + _SPAN_S.get(phrases.text_or(ref.row.published_precision), 0.0)))
    first = min((start for start, _ in ends), default=0.0)
    last = max((end for _, end in ends), default=0.0)
    length = max(last - first, 1.0)
    moments = []
    for ref, (start, end) in sorted(zip(dated, ends, strict=True), key=lambda one: one[1][0]):
        source = phrases.text_or(ref.row.published_source)
        moments.append(
            Moment(
                ref,
                phrases.when(ref.row.published_at, ref.row.published_precision),
                _RELIABILITY.get(source, "not known"),
                round((start - first) / length * 100, 2),
                round((end - start) / length * 100, 2),
                source == "given",
            )
        )
    undated = [ref for ref in texts if phrases.is_missing(ref.row.published_at)]
    return moments + [Moment(ref, "no date", "not known", None, 0.0, False) for ref in undated]


def matrix(relations: pd.DataFrame, refs: Refs) -> Matrix | None:
    """Say how much of each text stands in each other.

    Parameters
    ----------
    relations : DataFrame
        The relations table.
    refs : Refs
        All articles.

    Returns
    -------
    Matrix or None
        Of the texts that share most, where there are more than fit; None for one text.
    """
    texts = [ref for ref in refs if not ref.is_absent and phrases.is_missing(ref.row.duplicate_of)]
    if len(texts) < 2:
        return None
    share: dict[tuple[str, str], Any] = {}
    most: dict[str, float] = {}
    for row in phrases.rows(relations):
        for one, other, value in (
            (row.a, row.b, row.containment_a),
            (row.b, row.a, row.containment_b),
        ):
            share[one, other] = value
            if not phrases.is_missing(value):
                for end in (one, other):
                    most[end] = max(most.get(end, 0.0), float(value))
    place = {str(ref.row.article_id): number for number, ref in enumerate(texts)}
    ranked = sorted(place, key=lambda name: (-most.get(name, 0.0), place[name]))
    chosen = set(ranked[:MAX_MATRIX])
    shown = tuple(ref for ref in texts if str(ref.row.article_id) in chosen)
    rows = tuple(
        MatrixRow(one, tuple(None if one is other else _cell(one, other, share) for other in shown))
        for one in shown
    )
    return Matrix(shown, rows, len(texts) - len(shown))


def _cell(one: Ref, other: Ref, share: Mapping[tuple[str, str], Any]) -> tuple[str, int]:
    value: Any = share.get((str(one.row.article_id), str(other.row.article_id)))
    if phrases.is_missing(value):
        return phrases.DASH, 0
    return phrases.percent(value), min(5, int(float(value) * 5 + 0.999))


def absent(evidence: pd.DataFrame, refs: Refs) -> list[Absent]:
    """List the absent sources with the evidence that they exist.

    Parameters
    ----------
    evidence : DataFrame
        The evidence table.
    refs : Refs
        All articles.

    Returns
    -------
    list of Absent
        Each reason: the text that gives it, what was seen, its words, bits.
    """
    by_source: dict[str, list[Any]] = {}
    for row in phrases.rows(evidence):
        by_source.setdefault(str(row.source_id), []).append(row)
    place = {str(ref.row.article_id): number for number, ref in enumerate(refs)}
    found = []
    for ref in refs:
        if not ref.is_absent:
            continue
        rows = by_source.get(str(ref.row.article_id), [])
        rows.sort(key=lambda row: (place.get(str(row.target_id), -1), -row.weight_bits, row.detail))
        reasons = tuple(
            (
                refs.of(row.target_id, "evidence"),
                phrases.one_line(phrases.text_or(row.detail)),
                refs.quote(row.target_id, row.target_start, row.target_end, "evidence"),
                phrases.bits(row.weight_bits),
            )
            for row in rows
            if row.about == "link" and row.weight_bits > 0
        )
        found.append(Absent(ref, reasons))
    return found
