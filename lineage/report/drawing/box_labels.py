"""What boxes and lines of a lineage picture say and look like, in matplotlib and on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ... import config
from ...graph import absent_sources
from .. import phrases
from . import layout

NAME_PX = 13.5
TEXT_PX = 11.5
LABEL_PX = 11.0
HEAD_PX = 13.0
PADDING = 11.0
ROW_PX = 17.0
HEAD_LENGTH = 11.0
HEAD_HALF = 5.0
CIRCLE = 4.0


@dataclass(frozen=True)
class Stroke:
    """Colour (on white, on black) and dash of a relation; the dash alone tells them apart."""

    colour: str
    on_black: str
    dash: tuple[float, ...]


# Okabe and Ito's colours, darkened and lightened to a contrast of 3:1 and more.
STROKES = {
    "reprint": Stroke("#0072b2", "#56b4e9", ()),
    "edit": Stroke("#00805e", "#2fc79d", (9.0, 3.5)),
    "rewrite": Stroke("#c14a00", "#f0924c", (5.0, 3.0)),
    "update": Stroke("#a8457f", "#e08fbf", (10.0, 3.0, 2.0, 3.0)),
    "quote": Stroke("#555555", "#b0b5bb", (2.0, 3.0)),
}
# What stands for edges of several relations.
MIXED = Stroke("#5a6068", "#a9b0b8", ())
MIXED_MEANING = "edges of several kinds, drawn as one"
# Least sure first.
_HEADS = ("undecided", "likely", "decided")
RELATION_MEANINGS = {
    "reprint": "reprint: same text, house style",
    "edit": "edit: cut or lightly changed",
    "rewrite": "rewrite: other words",
    "update": "update: later version",
    "quote": "quote: quoted words only",
}
# What stands for a missing title: the best of these that an article has.
_OPENING_ROLES = ("headline", "body", "quote", "heading")
_N_OPENING_WORDS = 14
HEAD_MEANINGS = {
    "decided": "filled arrow: direction decided",
    "likely": "hollow arrow: direction likely",
    "undecided": "circles: direction not decided",
}


@dataclass(frozen=True)
class BoxText:
    """Words of one box, already cut to its width."""

    name: str
    lines: tuple[str, ...]
    foot: str
    is_absent: bool


@dataclass(frozen=True)
class LineMark:
    """Look and label of one line."""

    stroke: Stroke
    width: float
    head: str
    label: str


def box_texts(
    articles: pd.DataFrame, sentences: pd.DataFrame | None = None, *, room: float = 0.0
) -> dict[str, BoxText]:
    """Return what each article's box says.

    Parameters
    ----------
    articles : DataFrame
        The articles table.
    sentences : DataFrame, optional
        The sentences table; of an article without a title the headline or the first
        sentence of its body is shown, rather than what the page begins with.
    room : float
        Width kept free beside the name, in units of the picture.

    Returns
    -------
    dict of str to BoxText
        By article id.
    """
    copies: dict[str, list[str]] = {}
    repeated = articles[articles["duplicate_of"].notna()]
    for row in phrases.rows(repeated.sort_values("article_id")):
        copies.setdefault(str(row.duplicate_of), []).append(str(row.article_id))
    opening = {} if sentences is None else openings(sentences)
    inner = layout.BOX_WIDTH - 2 * PADDING
    return {
        row.article_id: _box_text(
            row,
            copies.get(row.article_id, []),
            first_words(opening.get(row.article_id, row.text)),
            inner,
            room,
        )
        for row in phrases.rows(articles)
    }


def openings(sentences: pd.DataFrame) -> dict[str, str]:
    """Return by article id its headline or, where none was found, its first sentence."""
    ranks = {role: rank for rank, role in enumerate(_OPENING_ROLES)}
    told = sentences[sentences["role"].isin(ranks)]
    ranked = told.assign(rank=told["role"].map(ranks).astype(int))
    ranked = ranked.sort_values(["article_id", "rank", "position"], kind="stable")
    first = ranked.drop_duplicates("article_id")
    return dict(zip(first["article_id"], first["text"], strict=True))


def _box_text(row: Any, copies: list[str], opening: str, inner: float, room: float) -> BoxText:
    is_absent = row.kind == "absent"
    # Bold letters are about 8 per cent wider.
    label = absent_sources.UNNAMED if phrases.is_unnamed(row) else phrases.label(row)
    shown = phrases.fit(label, (inner - room) / NAME_PX / 1.08)
    name = shown[0] if shown else phrases.DASH
    title = phrases.text_or(row.title, opening)
    if is_absent:
        title = phrases.text_or(row.title, _absent_title(row))
    n_lines = 1 if copies else 2
    lines = phrases.fit(title, inner / TEXT_PX, n_lines)
    if copies:
        lines += phrases.fit(f"same text: {', '.join(copies)}", inner / TEXT_PX)
    if is_absent:
        foot = "not supplied"
    else:
        date = phrases.when(row.published_at, row.published_precision)
        foot = date or "no date"
        article_id = phrases.one_line(str(row.article_id))
        if phrases.label(row) != article_id:
            rest = inner / TEXT_PX - phrases.width_em(f" · {foot}")
            foot = f"{phrases.fit(article_id, rest)[0]} · {foot}"
    return BoxText(name, tuple(lines), foot, is_absent)


def _absent_title(row: Any) -> str:
    return phrases.UNNAMED if phrases.is_unnamed(row) else "absent source"


def first_words(text: Any, n_words: int = _N_OPENING_WORDS) -> str:
    """Return the beginning of a text, to stand for a missing title; empty where there is none."""
    if phrases.is_missing(text):
        return ""
    words = re.findall(r"\S+", str(text)[:400])
    if not words:
        return ""
    more = " …" if len(words) > n_words else ""
    return f"“{' '.join(words[:n_words])}{more}”"


def line_mark(edge: Any, settings: config.TraceConfig = phrases.SETTINGS) -> LineMark:
    """Return look and label of an edge.

    Parameters
    ----------
    edge : row of the edges table
    settings : TraceConfig
        From which p_direction on an edge has an arrowhead, and a filled one.

    Returns
    -------
    LineMark
        The label is the share of the target that the source accounts for, and p_edge.
    """
    share = 0.0
    covered = phrases.DASH
    if not phrases.is_missing(edge.coverage_target):
        share = float(edge.coverage_target)
        covered = phrases.percent(share)
    p = phrases.DASH if phrases.is_missing(edge.p_edge) else phrases.probability(edge.p_edge)
    stroke = STROKES.get(str(edge.relation), STROKES["quote"])
    return LineMark(
        stroke, 1.2 + 3.3 * share, head_of(edge.p_direction, settings), f"{covered} · p {p}"
    )


def lines_mark(
    edges: Sequence[Any], settings: config.TraceConfig = phrases.SETTINGS
) -> tuple[LineMark, str]:
    """Return look and relation of a line that stands for one edge or several.

    Parameters
    ----------
    edges : sequence of rows of the edges table
    settings : TraceConfig
        As for `line_mark`.

    Returns
    -------
    LineMark
        As wide as they are on average; it ends as the least sure of them.
    relation : str
        ``mixed`` where they have several.
    """
    looks = [line_mark(edge, settings) for edge in edges]
    relations = {str(edge.relation) for edge in edges}
    relation = relations.pop() if len(relations) == 1 else "mixed"
    if len(edges) == 1:
        return looks[0], relation
    head = min((look.head for look in looks), key=_HEADS.index)
    width = sum(look.width for look in looks) / len(looks)
    stroke = STROKES.get(relation, MIXED)
    return LineMark(stroke, width, head, phrases.counted(len(edges), "edge")), relation


def head_of(p_direction: Any, settings: config.TraceConfig = phrases.SETTINGS) -> str:
    """Return how a line ends: ``decided``, ``likely`` or ``undecided``."""
    worded = phrases.direction(p_direction, settings)
    return "undecided" if worded == phrases.UNDECIDED else worded
