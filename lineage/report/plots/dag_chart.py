"""Pictures of a lineage with matplotlib: who was made from whom, and who shares words.

Files are drawn without pyplot, so a program's own figures and settings stay as they
are, and the same tables give the same bytes.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ... import config
from .. import phrases
from ..drawing import box_labels, clusters, layout, members
from . import canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

dag_layout = layout.dag_layout

logger = logging.getLogger(__name__)

DPI = 120
MAX_ANNOTATED = 20
MAX_ROWS = 150
MIN_WIDTH = 600.0

_MAX_LABEL_EM = 17.0

_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "lineage",
    "svg.fonttype": "none",
    "text.usetex": False,
    "hatch.linewidth": 0.6,
    "hatch.color": "#b9bec6",
}


def warm_up() -> None:
    """Import what drawing needs, so that it is there when the tables are."""
    from matplotlib import figure, font_manager, patches  # noqa: F401
    from matplotlib.backends import backend_agg, backend_svg  # noqa: F401


def draw_dag(
    tables: Mapping[str, pd.DataFrame],
    ax: Axes | None = None,
    *,
    settings: config.TraceConfig = phrases.SETTINGS,
    pyplot: bool = False,
) -> Axes:
    """Draw the lineage: articles as boxes, kept edges from source to target.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles`` and ``edges`` are used, and ``sentences`` where it is there.
    ax : Axes, optional
        Where to draw; it is emptied of ticks and given the picture's limits. Without
        it a figure of the fitting size is made.
    settings : TraceConfig
        From which p_direction on an edge has an arrowhead, and a filled one.
    pyplot : bool
        Whether that figure is one of pyplot's, which a notebook shows.

    Returns
    -------
    Axes

    Raises
    ------
    TableError
        If an edge names an unknown article or the kept edges have a cycle.

    Notes
    -----
    Label of a line: share of the target's words that the source accounts for, and p_edge.
    Its width: that share. Colour and dash: relation. A filled head: direction decided;
    hollow: likely; circles at both ends and no head: not decided.
    """
    folded = clusters.fold(tables["articles"], tables["edges"], settings=settings)
    placed = layout.dag_layout(
        folded.articles, folded.edges, max_boxes=max(len(folded.articles), 1)
    )
    texts = box_labels.box_texts(tables["articles"], tables.get("sentences"))
    texts |= members.box_texts(folded, tables["articles"])
    marked = {
        line: box_labels.lines_mark(folded.lines[line.source_id, line.target_id], settings)
        for line in placed.lines
    }
    looks = {line: look for line, (look, _) in marked.items()}
    relations = [relation for _, relation in marked.values()]
    has_absent = any(texts[box.article_id].is_absent for box in placed.boxes)
    width = max(placed.width, MIN_WIDTH)
    legend = canvas.legend_rows(looks.values(), relations, has_absent, width)
    notes = _dag_notes(placed, len(folded.clusters))
    height = placed.height + canvas.LEGEND_ROW * (len(legend) + len(notes)) + 14
    if ax is None:
        ax = canvas.new_axes(width, height, pyplot=pyplot)
    words = [part for text in texts.values() for part in (text.name, *text.lines, text.foot)]
    board = canvas.Canvas(ax, width, height, words)
    for band in placed.bands:
        y = band.y + 10
        board.text(
            layout.MARGIN, y, band.text, px=box_labels.HEAD_PX, colour=canvas.SOFT, bold=True
        )
    for line, look in looks.items():
        board.line(line, look)
    for box in placed.boxes:
        board.box(box, texts[box.article_id], is_stack=box.article_id in folded.clusters)
    y = placed.height + canvas.LEGEND_ROW / 2
    for row in legend:
        board.legend_row(row, y)
        y += canvas.LEGEND_ROW
    for note in notes:
        board.text(layout.MARGIN, y, note, px=box_labels.LABEL_PX, colour=canvas.SOFT)
        y += canvas.LEGEND_ROW
    return ax


def _dag_notes(placed: layout.Layout, n_clusters: int) -> list[str]:
    notes = []
    if not placed.boxes:
        notes.append("No articles to draw.")
    if placed.boxes and not placed.lines:
        notes.append("No article was found to be made from another.")
    if placed.lines:
        notes.append(
            "On a line: share of the target's words that the source accounts for · "
            "probability that it is direct (thicker line: larger share)"
        )
    if n_clusters:
        notes.append(
            "A box behind another: texts made in the same way, drawn as one; the report lists them"
        )
    return notes


def draw_shared(
    tables: Mapping[str, pd.DataFrame], ax: Axes | None = None, *, pyplot: bool = False
) -> Axes:
    """Draw who shares how much with whom, as a heat map.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles``, ``edges`` and ``relations`` are used.
    ax : Axes, optional
        Where to draw. Without it a figure of the fitting size is made.
    pyplot : bool
        Whether that figure is one of pyplot's, which a notebook shows.

    Returns
    -------
    Axes
        Row: an article; column: another; value: share of the row's words that are
        found in the column's text. A hatched cell was not compared; a framed one
        belongs to a kept edge (row made from column).
    """
    from matplotlib import patches

    rows, shares, n_left_out = shared_words(tables)
    n_rows = len(rows)
    names = [_short_name(row) for row in rows]
    cell = 48.0 if n_rows <= MAX_ANNOTATED else max(9.0, 960.0 / n_rows)
    px = (
        box_labels.TEXT_PX
        if n_rows <= MAX_ANNOTATED
        else max(5.0, min(box_labels.TEXT_PX, cell * 0.8))
    )
    label_room = max((phrases.width_em(name) for name in names), default=10.0) * px + 14
    edge = max(cell * n_rows, 150.0)
    left, bottom, top, right = label_room + 34, label_room * 0.62 + 50, 58.0, 110.0
    width = max(left + edge + right, 470.0)
    height = bottom + edge + top
    if ax is None:
        rectangle = (left / width, bottom / height, edge / width, edge / height)
        ax = canvas.new_axes(width, height, rectangle, pyplot=pyplot)
        points = 72 * canvas.inches(width, height)[0] / width
    else:
        place = ax.get_position()
        inches = canvas.figure_of(ax).get_size_inches()
        room = min(inches[0] * place.width, inches[1] * place.height)
        points = min(0.8, 72 * room / edge)
    if n_rows < 2:
        ax.set_axis_off()
        ax.text(0.5, 0.5, "Nothing to compare:\nfewer than two texts", ha="center", va="center")
        return ax
    ax.patch.set_facecolor("#f1f2f4")
    ax.patch.set_hatch("////")
    masked = np.ma.masked_invalid(shares)
    mesh = ax.pcolormesh(masked, cmap="Blues", vmin=0, vmax=1, rasterized=n_rows > 40)
    ax.set_aspect("equal")
    ax.invert_yaxis()
    families = canvas.families(names)
    for axis, turn in ((ax.xaxis, 40), (ax.yaxis, 0)):
        axis.set_ticks(np.arange(n_rows) + 0.5, names)
        for tick_label in axis.get_ticklabels():
            tick_label.set(fontsize=px * points, parse_math=False, family=families, rotation=turn)
            if turn:
                tick_label.set(ha="right", rotation_mode="anchor")
    ax.tick_params(length=0, colors=canvas.INK)
    ax.set_title(
        "Share of the row's words that are\nfound in the column's text",
        fontsize=box_labels.HEAD_PX * points,
        loc="left",
        color=canvas.INK,
    )
    for corner in range(n_rows):
        ax.add_patch(patches.Rectangle((corner, corner), 1, 1, facecolor="white", linewidth=0))
    if n_rows <= MAX_ANNOTATED:
        _annotate(ax, shares, px * points)
    _frame_kept(ax, tables["edges"], [row.article_id for row in rows], points)
    bar = ax.figure.colorbar(mesh, ax=ax, cax=ax.inset_axes((1 + 18 / edge, 0, 14 / edge, 1)))
    bar.set_ticks([0, 0.25, 0.5, 0.75, 1], labels=["0 %", "25 %", "50 %", "75 %", "100 %"])
    bar.ax.tick_params(labelsize=box_labels.LABEL_PX * points)
    bar.outline.set_visible(False)
    notes = ["framed: kept edge, row made from column", "hatched: not compared"]
    if n_left_out:
        notes.append(
            f"{phrases.counted(n_left_out, 'more article')} not drawn (room for {MAX_ROWS})"
        )
    ax.text(
        (12 - left) / edge,
        (12 - bottom) / edge,
        "  ·  ".join(notes),
        transform=ax.transAxes,
        fontsize=box_labels.LABEL_PX * points,
        color=canvas.SOFT,
    )
    return ax


def _short_name(row: Any) -> str:
    """Cut a name to the room of a row label; the id stays, as it tells rows apart."""
    name = phrases.name(row)
    label = phrases.label(row)
    tail = name[len(label) :]
    if phrases.width_em(tail) > _MAX_LABEL_EM / 2:
        return phrases.fit(name, _MAX_LABEL_EM)[0]
    return phrases.fit(label, _MAX_LABEL_EM - phrases.width_em(tail))[0] + tail


def _annotate(ax: Axes, shares: np.ndarray, size: float) -> None:
    for row, column in zip(*np.nonzero(np.isfinite(shares)), strict=True):
        share = shares[row, column]
        ax.text(
            column + 0.5,
            row + 0.5,
            phrases.percent(share).replace(" %", ""),
            ha="center",
            va="center_baseline",
            fontsize=size,
            color="white" if share > 0.55 else canvas.INK,
        )


def _frame_kept(ax: Axes, edges: pd.DataFrame, order: list[str], points: float) -> None:
    from matplotlib import patches

    number = {article_id: place for place, article_id in enumerate(order)}
    for source_id, target_id in sorted(canvas.kept_rows(edges)):
        if source_id not in number or target_id not in number:
            continue
        corner = (number[source_id] + 0.04, number[target_id] + 0.04)
        frame = patches.Rectangle(
            corner, 0.92, 0.92, fill=False, edgecolor=canvas.INK, linewidth=1.8 * points
        )
        ax.add_patch(frame)


def shared_words(tables: Mapping[str, pd.DataFrame]) -> tuple[list[Any], np.ndarray, int]:
    """Return the rows of the heat map, its values and how many articles it lacks.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles``, ``edges`` and ``relations`` are used.

    Returns
    -------
    rows : list of rows of the articles table
        Supplied articles, copies left out, in the order of the lineage picture.
    shares : ndarray of shape (n, n)
        Share of the row's words found in the column's text; NaN where not measured.
    n_left_out : int
        Articles above `MAX_ROWS`.
    """
    articles = tables["articles"]
    order = layout.dag_layout(articles, tables["edges"], max_boxes=len(articles)).order
    by_id = {row.article_id: row for row in phrases.rows(articles)}
    rows = [by_id[article_id] for article_id in order if by_id[article_id].kind == "supplied"]
    n_left_out = max(len(rows) - MAX_ROWS, 0)
    rows = rows[:MAX_ROWS]
    number = {row.article_id: place for place, row in enumerate(rows)}
    shares = np.full((len(rows), len(rows)), np.nan)
    for pair in phrases.rows(tables["relations"]):
        a, b = number.get(pair.a), number.get(pair.b)
        if a is None or b is None:
            continue
        if not phrases.is_missing(pair.containment_a):
            shares[a, b] = pair.containment_a
        if not phrases.is_missing(pair.containment_b):
            shares[b, a] = pair.containment_b
    return rows, shares, n_left_out


def write_figures(
    tables: Mapping[str, pd.DataFrame],
    folder: Path,
    *,
    settings: config.TraceConfig = phrases.SETTINGS,
) -> list[Path]:
    """Write ``dag`` and ``shared``, each as PNG and SVG.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables of a run.
    folder : Path
        Made if it is not there.
    settings : TraceConfig
        From which p_direction on an edge has an arrowhead, and a filled one.

    Returns
    -------
    list of Path
        The four files.
    """
    import matplotlib as mpl

    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(_SETTINGS), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        axes = {"dag": draw_dag(tables, settings=settings), "shared": draw_shared(tables)}
        written = [path for name, ax in axes.items() for path in _save(ax, folder / name)]
    lacking = [warning for warning in caught if "missing from" in str(warning.message)]
    if lacking:
        logger.warning(
            "pictures: letters that no installed font has are drawn as boxes; install a font with "
            "them, as Noto Sans CJK"
        )
    for warning in caught:
        if warning not in lacking:
            warnings.warn_explicit(
                warning.message, warning.category, warning.filename, warning.lineno
            )
    return written


def _save(ax: Axes, stem: Path) -> list[Path]:
    figure = canvas.figure_of(ax)
    drawing, pixels = stem.with_suffix(".svg"), stem.with_suffix(".png")
    figure.savefig(pixels, dpi=DPI)
    # A date would make every run's file another.
    figure.savefig(drawing, dpi=DPI, metadata={"Date": None})
    return [pixels, drawing]
