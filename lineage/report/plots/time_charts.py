"""Pictures over time: when each text was published, and who was made from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import config, errors
from ...text import given_dates
from .. import phrases
from ..drawing import box_labels, boxes, layout
from . import canvas, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Units of the picture, as in `layout`.
_TIME_WIDTH = 520.0
_NAMES_EM = 24.0
_ROW = 30.0
_TOP = 40.0
_DOT = 5.0
_STEP_UNDATED = 46.0
_ASIDE = 11.0
_N_ASIDE = 3
_PAD = 16.0
_FOOT = 54.0
# Lines into one article end at heights of their own, so far apart and in all.
_APART = 9.0
_SPREAD = 20.0
_LENGTHS = {
    "local": given_dates.ZONES_APART,
    "day": pd.Timedelta(days=1),
    "month": pd.Timedelta(days=30),
    "year": pd.Timedelta(days=365),
}
_SOURCES = {
    "given": "filled: date given with the text",
    "page": "hollow: date read from the page",
    "text": "diamond: date inferred from the text",
}


@dataclass(frozen=True)
class Row:
    """One article: its place from the left, and its own line of the picture."""

    article_id: str
    x: float
    place: int
    is_dated: bool


@dataclass(frozen=True)
class Chart:
    """Where all articles stand; `left` and `right` bound the time axis, in units of the picture."""

    rows: tuple[Row, ...]
    left: float
    right: float
    first: pd.Timestamp
    last: pd.Timestamp

    def x_of(self, at: pd.Timestamp) -> float:
        """Return where a time stands."""
        return self.left + (at - self.first) / (self.last - self.first) * (self.right - self.left)


def arrange(articles: pd.DataFrame, edges: pd.DataFrame, *, by_time: bool = False) -> Chart:
    """Give each article a line of its own, below the source it has most of.

    Parameters
    ----------
    articles, edges : DataFrame
        The tables; kept edges are used.
    by_time : bool
        Order lines by time alone instead.

    Returns
    -------
    Chart
        Sources without a date stand left of the time axis, other undated texts right of
        it. The same for the same texts, whatever their ids.

    Raises
    ------
    UsageError
        If no article has a date.
    """
    numbered = boxes.Graph(articles, edges)
    by_id = {str(row.article_id): row for row in phrases.rows(articles)}
    times = [by_id[article_id].published_at for article_id in numbered.ids]
    dated = [at for at in times if not phrases.is_missing(at)]
    if not dated:
        raise errors.UsageError(
            "no article has a date to put on an axis of time; draw the dag by generation"
        )
    first, last = min(dated), max(dated)
    margin = max((last - first) * 0.03, pd.Timedelta(minutes=30))
    first, last = first - margin, last + margin
    before, after = _undated_steps(numbered, times)
    left = layout.MARGIN + _PAD + _STEP_UNDATED * max(before.values(), default=0)
    right = left + _TIME_WIDTH
    chart = Chart((), left, right, first, last)
    order = _by_time(times) if by_time else _in_trees(numbered, times, edges)
    rows = []
    beside: Counter[float] = Counter()
    for place, node in enumerate(order):
        if node in before:
            x = left - _STEP_UNDATED * before[node]
        elif node in after:
            x = right + _STEP_UNDATED * after[node]
        else:
            x = chart.x_of(times[node])
        if phrases.is_missing(times[node]) and numbered.targets[node]:
            # Without a time they would stand below each other, one's lines through the next.
            beside[x] += 1
            x += _ASIDE * ((beside[x] - 1) % _N_ASIDE)
        rows.append(Row(numbered.ids[node], x, place, not phrases.is_missing(times[node])))
    return Chart(tuple(rows), left, right, first, last)


def _undated_steps(
    numbered: boxes.Graph, times: Sequence[Any]
) -> tuple[dict[int, int], dict[int, int]]:
    """Steps left of the time axis for undated sources of dated texts, right of it for the rest."""
    undated = {node for node, at in enumerate(times) if phrases.is_missing(at)}
    before: dict[int, int] = {}

    def steps_before(node: int) -> int:
        if node not in undated:
            return 0
        if node not in before:
            found = [steps_before(target) for target in numbered.targets[node]]
            dated = [steps for steps in found if steps >= 0]
            before[node] = 1 + max(dated) if dated else -1
        return before[node]

    after: dict[int, int] = {}

    def steps_after(node: int) -> int:
        if node not in undated or before[node] > 0:
            return 0
        if node not in after:
            sources = [steps_after(source) for source in numbered.sources[node]]
            after[node] = 1 + max(sources, default=0)
        return after[node]

    for node in sorted(undated):
        steps_before(node)
    for node in sorted(undated):
        steps_after(node)
    return {node: steps for node, steps in before.items() if steps > 0}, after


def _by_time(times: Sequence[Any]) -> list[int]:
    far = pd.Timestamp.max.tz_localize("UTC")
    return sorted(
        range(len(times)), key=lambda node: far if phrases.is_missing(times[node]) else times[node]
    )


def _in_trees(numbered: boxes.Graph, times: Sequence[Any], edges: pd.DataFrame) -> list[int]:
    """Preorder of the forest of main sources: a trunk crosses only lines of what came of it."""
    rows = canvas.kept_rows(edges)
    far = pd.Timestamp.max.tz_localize("UTC")

    def weight(source: int, target: int) -> tuple[float, float, int]:
        row = rows[numbered.ids[source], numbered.ids[target]]
        covered = 0.0 if phrases.is_missing(row.coverage_target) else float(row.coverage_target)
        return (covered, float(row.p_edge), -source)

    children: dict[int, list[int]] = {node: [] for node in range(len(times))}
    roots = []
    for node in range(len(times)):
        sources = numbered.sources[node]
        if sources:
            main = max(sources, key=lambda source: weight(source, node))
            children[main].append(node)
        else:
            roots.append(node)

    # A source that is nobody's main one stands directly above what it is a source of.
    guests: dict[int, list[int]] = {node: [] for node in range(len(times))}
    for node in list(roots):
        if numbered.targets[node] and not children[node]:
            roots.remove(node)
            guests[min(numbered.targets[node])].append(node)

    def moment(node: int) -> pd.Timestamp:
        own = times[node]
        if not phrases.is_missing(own):
            return pd.Timestamp(own)
        return min((moment(child) for child in children[node]), default=far)

    order = []
    waiting = sorted(roots, key=lambda node: (moment(node), node), reverse=True)
    while waiting:
        node = waiting.pop()
        order += [*guests[node], node]
        waiting += sorted(children[node], key=lambda each: (moment(each), each), reverse=True)
    return order


def draw_dag(
    tables: Mapping[str, pd.DataFrame],
    ax: Axes | None = None,
    *,
    settings: config.TraceConfig = phrases.SETTINGS,
) -> Axes:
    """Draw kept edges over time; see `plot.dag`."""
    chart = arrange(tables["articles"], tables["edges"])
    return _draw(tables, chart, ax, settings, with_edges=True)


def draw_timeline(tables: Mapping[str, pd.DataFrame], ax: Axes | None = None) -> Axes:
    """Draw when each text was published and how that is known; see `plot.timeline`."""
    articles = tables["articles"]
    supplied = articles[articles["kind"] == "supplied"]
    if supplied["published_at"].isna().all():
        return style.nothing(style.axes(ax, 1.6), "No article has a date.")
    ids = set(supplied["article_id"])
    edges = tables["edges"]
    inside = edges[edges["source_id"].isin(ids) & edges["target_id"].isin(ids)]
    chart = arrange(supplied, inside, by_time=True)
    return _draw(tables, chart, ax, phrases.SETTINGS, with_edges=False)


def _draw(
    tables: Mapping[str, pd.DataFrame],
    chart: Chart,
    ax: Axes | None,
    settings: config.TraceConfig,
    *,
    with_edges: bool,
) -> Axes:
    by_id = {str(row.article_id): row for row in phrases.rows(tables["articles"])}
    names = style.names(tables["articles"], _NAMES_EM)
    said = {row.article_id: _said(by_id[row.article_id], names) for row in chart.rows}
    right = max(
        row.x + _PAD + phrases.width_em(said[row.article_id]) * box_labels.TEXT_PX
        for row in chart.rows
    )
    width = max(right, chart.right) + layout.MARGIN
    bottom = _TOP + _ROW * len(chart.rows)
    kept = canvas.kept_rows(tables["edges"]) if with_edges else {}
    looks = {ends: box_labels.line_mark(row, settings) for ends, row in kept.items()}
    relations = [str(row.relation) for row in kept.values()]
    legend = canvas.legend_rows(looks.values(), relations, False, width)
    how = {str(by_id[row.article_id].published_source) for row in chart.rows if row.is_dated}
    notes = [" · ".join(text for source, text in _SOURCES.items() if source in how)]
    notes[0] += " · bar: the date is known to the day, or less precisely"
    places = {row.article_id: row for row in chart.rows}
    if any(_is_bow(places[source], places[target]) for source, target in kept):
        notes.append("A curved line: the target is no later, or by too little to draw.")
    height = bottom + _FOOT + canvas.LEGEND_ROW * (len(legend) + len(notes)) + 10
    if ax is None:
        ax = canvas.new_axes(width, height, pyplot=True)
    board = canvas.Canvas(ax, width, height, said.values())
    _time_axis(board, chart, bottom)
    heights = _heights(kept, places)
    for ends in sorted(kept, key=lambda ends: -abs(places[ends[1]].place - places[ends[0]].place)):
        _edge(board, places[ends[0]], places[ends[1]], looks[ends], heights[ends])
    for row in chart.rows:
        _article(board, chart, row, by_id[row.article_id], said[row.article_id])
    y = bottom + _FOOT
    for entries in legend:
        board.legend_row(entries, y)
        y += canvas.LEGEND_ROW
    for note in notes:
        board.text(layout.MARGIN, y, note, px=box_labels.LABEL_PX, colour=canvas.SOFT)
        y += canvas.LEGEND_ROW
    return ax


def _said(row: Any, names: Mapping[str, str]) -> str:
    name = names[str(row.article_id)]
    if row.kind == "absent":
        return f"{name}: not supplied"
    date = phrases.when(row.published_at, row.published_precision)
    return f"{name} · {date or 'no date'}"


def _y(row: Row) -> float:
    return _TOP + _ROW * (row.place + 0.5)


def _time_axis(board: canvas.Canvas, chart: Chart, bottom: float) -> None:
    from matplotlib import dates

    locator = dates.AutoDateLocator(minticks=3, maxticks=6, tz="UTC")
    formatter = dates.ConciseDateFormatter(locator, tz="UTC")
    ticks = [
        tick
        for tick in locator.tick_values(chart.first.to_pydatetime(), chart.last.to_pydatetime())
        if chart.first <= pd.Timestamp(dates.num2date(tick)) <= chart.last
    ]
    board.ax.plot(
        [chart.left, chart.right], [bottom, bottom], color=canvas.INK, linewidth=board.points
    )
    for tick, words in zip(ticks, formatter.format_ticks(ticks), strict=True):
        x = chart.x_of(pd.Timestamp(dates.num2date(tick)))
        board.ax.plot([x, x], [_TOP, bottom], color="#e3e6ea", linewidth=board.points, zorder=0)
        board.text(x, bottom + 12, words, px=box_labels.LABEL_PX, colour=canvas.SOFT, ha="center")
    offset = formatter.get_offset()
    said = f"published, UTC ({offset})" if offset else "published, UTC"
    board.text(chart.left, bottom + 28, said, px=box_labels.LABEL_PX, colour=canvas.SOFT)
    undated = [row for row in chart.rows if not row.is_dated]
    for is_left, x in ((True, chart.left), (False, chart.right)):
        mine = [row.x for row in undated if (row.x < chart.left) == is_left]
        if not mine:
            continue
        board.ax.plot(
            [x, x], [_TOP - 8, bottom], color=canvas.BORDER, linewidth=board.points, linestyle=":"
        )
        board.text(
            x - 6 if is_left else x + 6,
            _TOP - 16,
            "no date",
            px=box_labels.LABEL_PX,
            colour=canvas.SOFT,
            ha="right" if is_left else "left",
        )


def _heights(
    kept: Iterable[tuple[str, str]], places: Mapping[str, Row]
) -> dict[tuple[str, str], float]:
    """Return where each line ends: those into one article one below the other."""
    into: dict[str, list[str]] = {}
    for source, target in kept:
        into.setdefault(target, []).append(source)
    heights = {}
    for target, sources in into.items():
        apart = min(_APART, _SPREAD / max(len(sources) - 1, 1))
        for number, source in enumerate(sorted(sources, key=lambda one: places[one].place)):
            offset = (number - (len(sources) - 1) / 2) * apart
            heights[source, target] = _y(places[target]) + offset
    return heights


def _edge(
    board: canvas.Canvas, source: Row, target: Row, look: box_labels.LineMark, height: float
) -> None:
    """Down the source's trunk, then level to the target; a bow where time runs backwards."""
    x0, y0, x1 = source.x, _y(source), target.x - _DOT - 1
    is_bow = _is_bow(source, target)
    trunk = min(x0, x1) - 2.5 * box_labels.HEAD_LENGTH if is_bow else x0
    # Grey: a trunk is that of all lines of its source, whatever their relations.
    grey = {"color": canvas.BORDER, "linewidth": 1.2 * board.points, "zorder": 1}
    if is_bow:
        board.ax.plot([trunk, x0], [y0, y0], **grey)
    board.ax.plot([trunk, trunk], [y0, height], **grey)
    board.stroke(
        ((trunk, height), (trunk, height), (x1, height)), look.stroke, look.width, look.head
    )


def _is_bow(source: Row, target: Row) -> bool:
    """Whether there is no room for a line that runs from left to right."""
    return target.x - _DOT - source.x < box_labels.HEAD_LENGTH + 5


def _article(board: canvas.Canvas, chart: Chart, row: Row, article: Any, words: str) -> None:
    y = _y(row)
    length = _LENGTHS.get(str(article.published_precision))
    if row.is_dated and length is not None:
        end = min(chart.x_of(article.published_at + length), chart.right)
        board.ax.plot(
            [row.x, end],
            [y + 10, y + 10],
            color=canvas.BORDER,
            linewidth=2.5 * board.points,
            solid_capstyle="butt",
        )
    is_given = str(article.published_source) == "given" and article.kind != "absent"
    board.ax.plot(
        [row.x],
        [y],
        marker="D" if str(article.published_source) == "text" else "o",
        markersize=2 * _DOT * board.points,
        markerfacecolor=canvas.INK if is_given else "white",
        markeredgecolor=canvas.INK if row.is_dated else canvas.BORDER,
        markeredgewidth=1.4 * board.points,
        zorder=6,
    )
    # A halo would do too, but it turns letters into outlines.
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.8 * board.points}
    board.text(row.x + _PAD - 4, y, words, bbox=ground)
