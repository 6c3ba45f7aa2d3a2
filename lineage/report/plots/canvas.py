"""Drawing in units of the picture on a matplotlib Axes: letters, lines, boxes, legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ... import errors
from .. import phrases
from ..drawing import box_labels, layout

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1c1e21"
SOFT = "#5a6068"
BORDER = "#8a9099"
ABSENT_FILL = "#f4f2ec"

# At this many units of a picture an inch is full, so letters are 8 to 10 points.
UNITS_PER_INCH = 100.0
# No side of a file may be longer; larger pictures are set smaller.
MAX_INCHES = 80.0
LEGEND_ROW = 22.0

_LEGEND_SAMPLE = 36.0
# Tried in this order for letters that matplotlib's own font lacks.
_OTHER_FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Source Han Sans",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "Hiragino Sans",
    "Arial Unicode MS",
    "Noto Sans",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Thai",
    "Noto Sans Hebrew",
    "Noto Sans Arabic",
)
# DejaVu Sans has Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic; beyond that it is patchy.
_DEJAVU_REACH = 0x0700


@dataclass(frozen=True)
class Entry:
    """One entry of a legend: a line as drawn, or the border of an absent source."""

    text: str
    stroke: box_labels.Stroke | None
    head: str | None


def inches(width: float, height: float) -> tuple[float, float]:
    """Return the size at which a picture of so many units is drawn."""
    shrink = min(1.0, MAX_INCHES * UNITS_PER_INCH / max(width, height))
    return width / UNITS_PER_INCH * shrink, height / UNITS_PER_INCH * shrink


def new_axes(
    width: float,
    height: float,
    rectangle: tuple[float, float, float, float] = (0, 0, 1, 1),
    *,
    pyplot: bool = False,
) -> Axes:
    """Return Axes on a new figure of so many units; unless asked to, apart from pyplot."""
    if pyplot:
        from matplotlib import pyplot as plt

        return plt.figure(figsize=inches(width, height), facecolor="white").add_axes(rectangle)
    from matplotlib.backends import backend_agg
    from matplotlib.figure import Figure

    figure = Figure(figsize=inches(width, height), facecolor="white")
    backend_agg.FigureCanvasAgg(figure)
    return figure.add_axes(rectangle)


def figure_of(ax: Axes) -> Figure:
    """Return the figure that Axes stand on, subfigures aside."""
    from matplotlib.figure import Figure

    figure = ax.figure.figure
    if not isinstance(figure, Figure):
        raise errors.UsageError("the Axes to draw on belong to no figure; take one of a figure")
    return figure


def families(texts: Iterable[str]) -> list[str]:
    """Return the fonts to set texts in: matplotlib's own, and others that letters need."""
    from matplotlib import font_manager

    if max((ord(letter) for text in texts for letter in text), default=0) < _DEJAVU_REACH:
        return ["DejaVu Sans"]
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return ["DejaVu Sans", *(name for name in _OTHER_FONTS if name in installed)]


class Canvas:
    """An Axes whose data are units of the picture, y downwards.

    Parameters
    ----------
    ax : Axes
        Emptied of ticks and frame.
    width, height : float
        Of the picture; it is centred in the Axes and never distorted.
    texts : iterable of str
        Everything that will be written, to choose fonts by.
    """

    def __init__(self, ax: Axes, width: float, height: float, texts: Iterable[str]) -> None:
        self.ax = ax
        ax.set_axis_off()
        ax.set_xlim(0, width)
        ax.set_ylim(height, 0)
        ax.set_aspect("equal")
        figure_width, figure_height = figure_of(ax).get_size_inches()
        place = ax.get_position()
        self.points = 72 * min(
            figure_width * place.width / width, figure_height * place.height / height
        )
        self._families = families(texts)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        px: float = box_labels.TEXT_PX,
        colour: str = INK,
        bold: bool = False,
        ha: str = "left",
        **more: Any,
    ) -> None:
        """Write words with their middle at height y."""
        self.ax.text(
            x,
            y,
            words,
            fontsize=px * self.points,
            color=colour,
            weight="bold" if bold else "normal",
            ha=ha,
            va="center_baseline",
            family=self._families,
            parse_math=False,
            zorder=5,
            **more,
        )

    def box(self, box: layout.Box, words: box_labels.BoxText, *, is_stack: bool = False) -> None:
        """Draw an article, or several as a stack."""
        from matplotlib import patches

        for aside in (7.0, 0.0) if is_stack else (0.0,):
            self.ax.add_patch(
                patches.FancyBboxPatch(
                    (box.x + aside, box.y + aside),
                    box.width,
                    box.height,
                    boxstyle="round,pad=0,rounding_size=9",
                    facecolor=ABSENT_FILL if words.is_absent else "white",
                    edgecolor=BORDER,
                    linewidth=1.3 * self.points,
                    linestyle=(0, (4, 3)) if words.is_absent else "solid",
                    zorder=3,
                )
            )
        x = box.x + box_labels.PADDING
        rows = 2 + len(words.lines)
        y = box.middle - (rows - 1) * box_labels.ROW_PX / 2
        self.text(x, y, words.name, px=box_labels.NAME_PX, bold=True)
        for line in words.lines:
            y += box_labels.ROW_PX
            self.text(x, y, line)
        self.text(x, y + box_labels.ROW_PX, words.foot, px=box_labels.LABEL_PX, colour=SOFT)

    def line(self, line: layout.Line, mark: box_labels.LineMark) -> None:
        """Draw an edge with its label above its last run."""
        self.stroke(line.points, mark.stroke, mark.width, mark.head)
        self.text(line.label_x, line.label_y - 9, mark.label, px=box_labels.LABEL_PX, ha="center")

    def stroke(
        self,
        points: Sequence[tuple[float, float]],
        stroke: box_labels.Stroke,
        width: float,
        head: str,
    ) -> None:
        """Draw a line through waypoints, which take turns as in `page_lines.Line`, and its head."""
        from matplotlib import patches, path

        end_x, end_y = points[-1]
        has_head = head in ("decided", "likely")
        last = end_x - box_labels.HEAD_LENGTH + 1 if has_head else end_x
        names = {"M": path.Path.MOVETO, "L": path.Path.LINETO, "C": path.Path.CURVE4}
        drawn = layout.steps(points, last)
        vertices = [corner for _, corners in drawn for corner in corners]
        codes = [names[name] for name, corners in drawn for _ in corners]
        dash: Any = "solid"
        if stroke.dash:
            # matplotlib scales dashes by the line's width.
            dash = (0, tuple(length / width for length in stroke.dash))
        self.ax.add_patch(
            patches.PathPatch(
                path.Path(vertices, codes),
                fill=False,
                edgecolor=stroke.colour,
                linewidth=width * self.points,
                linestyle=dash,
                capstyle="butt",
                zorder=2,
            )
        )
        if head == "undecided":
            for x, y in (points[0], points[-1]):
                self._circle(x, y, stroke.colour)
        if not has_head:
            return
        corners = [
            (end_x - box_labels.HEAD_LENGTH, end_y - box_labels.HEAD_HALF),
            (end_x, end_y),
            (end_x - box_labels.HEAD_LENGTH, end_y + box_labels.HEAD_HALF),
        ]
        self.ax.add_patch(
            patches.Polygon(
                corners,
                facecolor=stroke.colour if head == "decided" else "white",
                edgecolor=stroke.colour,
                linewidth=1.2 * self.points,
                zorder=4,
            )
        )

    def _circle(self, x: float, y: float, colour: str) -> None:
        from matplotlib import patches

        self.ax.add_patch(
            patches.Circle(
                (x, y),
                box_labels.CIRCLE,
                facecolor="white",
                edgecolor=colour,
                linewidth=1.4 * self.points,
                zorder=4,
            )
        )

    def legend_row(self, entries: Sequence[Entry], y: float) -> None:
        """Draw one row of a legend."""
        from matplotlib import patches

        x = layout.MARGIN
        for entry in entries:
            if entry.stroke is not None and entry.head is not None:
                ends = ((x, y), (x, y), (x + _LEGEND_SAMPLE, y))
                self.stroke(ends, entry.stroke, 2.2, entry.head)
            elif entry.stroke is not None:
                ends = ((x, y), (x, y), (x + _LEGEND_SAMPLE, y))
                self.stroke(ends, entry.stroke, 2.4, "none")
            else:
                self.ax.add_patch(
                    patches.FancyBboxPatch(
                        (x, y - 7),
                        _LEGEND_SAMPLE,
                        14,
                        boxstyle="round,pad=0,rounding_size=4",
                        facecolor=ABSENT_FILL,
                        edgecolor=BORDER,
                        linewidth=1.2 * self.points,
                        linestyle=(0, (4, 3)),
                    )
                )
            self.text(x + _LEGEND_SAMPLE + 8, y, entry.text, px=box_labels.LABEL_PX, colour=SOFT)
            x += _entry_width(entry)


def _entry_width(entry: Entry) -> float:
    return _LEGEND_SAMPLE + 8 + phrases.width_em(entry.text) * box_labels.LABEL_PX + 18


def legend_rows(
    found: Iterable[box_labels.LineMark], relations: Iterable[str], has_absent: bool, width: float
) -> list[list[Entry]]:
    """Return the legend of what a picture has, broken into rows no wider than the picture.

    Parameters
    ----------
    found : iterable of LineMark
        Looks of the lines drawn.
    relations : iterable of str
        Relations of the lines drawn.
    has_absent : bool
        Whether an absent source is drawn.
    width : float
        Of the picture.

    Returns
    -------
    list of list of Entry
    """
    there = set(relations)
    heads = {mark.head for mark in found}
    entries = [
        Entry(meaning, box_labels.STROKES[relation], None)
        for relation, meaning in box_labels.RELATION_MEANINGS.items()
        if relation in there
    ]
    if "mixed" in there:
        entries.append(Entry(box_labels.MIXED_MEANING, box_labels.MIXED, None))
    grey = box_labels.Stroke(SOFT, SOFT, ())
    entries += [
        Entry(meaning, grey, head)
        for head, meaning in box_labels.HEAD_MEANINGS.items()
        if head in heads
    ]
    if has_absent:
        entries.append(Entry("absent source: not supplied", None, None))
    rows: list[list[Entry]] = []
    used = width
    for entry in entries:
        wide = _entry_width(entry)
        if used + wide > width - 2 * layout.MARGIN:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += wide
    return rows


def kept_rows(edges: Any) -> Mapping[tuple[str, str], Any]:
    """Return the kept rows of the edges table by their ends."""
    kept = edges[edges["status"] == "kept"]
    return {(row.source_id, row.target_id): row for row in phrases.rows(kept)}
