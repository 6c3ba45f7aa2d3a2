"""Where the boxes and lines of a lineage picture stand; used by matplotlib and by the page.

Layers run from left (sources) to right (what was made from them). Lines that cross a
layer get a place of their own in it, layers are ordered by barycentres [1]_, and
heights are the least-squares ones that keep boxes apart (isotonic regression), so
that nothing overlaps. No step looks at ids or at the order of rows.

References
----------
.. [1] K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of
   hierarchical system structures", 1981.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from .. import phrases
from . import boxes, layering

# All lengths are in units of the picture: pixels of the page, 0.72 points in print.
BOX_WIDTH = 244.0
BOX_HEIGHT = 82.0
BOX_GAP = 22.0
# Between layers: first the lines bend, then they run level with room for a label.
BEND = 64.0
LABEL_RUN = 112.0
# Lines into one box are this far apart, so that their labels stand clear.
PORT_GAP = 24.0
LINE_GAP = 26.0
MARGIN = 24.0
BAND_HEAD = 30.0
BAND_GAP = 26.0
COMPONENT_GAP = 30.0
MIN_ALONE_COLUMNS = 3
# More boxes than this cannot be read in one picture; what is left out is counted.
MAX_BOXES = 150


@dataclass(frozen=True)
class Box:
    """One article in the picture; x and y are its upper left corner."""

    article_id: str
    x: float
    y: float
    width: float
    height: float
    layer: int

    @property
    def middle(self) -> float:
        """Height of the box's middle."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Line:
    """One edge: waypoints that take turns to be reached by a bend and by a level run."""

    source_id: str
    target_id: str
    points: tuple[tuple[float, float], ...]
    label_x: float
    label_y: float


Step = tuple[str, tuple[tuple[float, float], ...]]


def steps(points: Sequence[tuple[float, float]], end_x: float) -> list[Step]:
    """Return how to draw a line through waypoints: bends as cubic curves, level runs straight.

    Parameters
    ----------
    points : sequence of (float, float)
        As in `Line`.
    end_x : float
        Where to stop instead of at the last waypoint, to leave room for a head.

    Returns
    -------
    list of (str, tuple of (float, float))
        ``M``, ``C`` and ``L`` of SVG paths with absolute coordinates.
    """
    x0, y0 = points[0]
    drawn: list[Step] = [("M", ((x0, y0),))]
    stops = [*points[1:-1], (end_x, points[-1][1])]
    for place, (x, y) in enumerate(stops):
        if place % 2 == 0 and y != y0:
            middle = (x0 + x) / 2
            drawn.append(("C", ((middle, y0), (middle, y), (x, y))))
        else:
            drawn.append(("L", ((x, y),)))
        x0, y0 = x, y
    return drawn


@dataclass(frozen=True)
class Band:
    """A part of the picture with a heading: a story, or what stands alone."""

    text: str
    y: float
    height: float


@dataclass(frozen=True)
class Layout:
    """The picture: boxes in reading order, lines, bands and the size of it all.

    Attributes
    ----------
    boxes : tuple of Box
        By story, component, layer and height; `order` is their ids.
    lines : tuple of Line
        Kept edges between the boxes.
    bands : tuple of Band
        Headings; none where one story is all there is.
    width, height : float
        Of the picture.
    n_left_out : int
        Articles not drawn because there were more than fit.
    """

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    bands: tuple[Band, ...]
    width: float
    height: float
    n_left_out: int = 0

    @property
    def order(self) -> tuple[str, ...]:
        """Ids of the articles in reading order."""
        return tuple(box.article_id for box in self.boxes)


def dag_layout(
    articles: pd.DataFrame, edges: pd.DataFrame, *, max_boxes: int = MAX_BOXES
) -> Layout:
    """Lay out articles and kept edges.

    Identical copies of an article that have no edge of their own are not drawn (the
    box of the article they repeat names them).

    Parameters
    ----------
    articles : DataFrame
        The articles table.
    edges : DataFrame
        The edges table; rows with another status than ``kept`` are left out.
    max_boxes : int
        How many articles to draw at most; whole components first, larger ones first.

    Returns
    -------
    Layout
        The same for the same texts, whatever their ids and the order of the rows.

    Raises
    ------
    TableError
        If an edge names an article that is not in the table or the edges have a cycle.
    """
    numbered = boxes.Graph(articles, edges)
    return _arrange(numbered, numbered.story_list(), max_boxes)


class _Sheet:
    """A picture while it is being filled, from top to bottom."""

    def __init__(self, numbered: boxes.Graph, columns: int, max_boxes: int) -> None:
        self.numbered = numbered
        self.columns = columns
        self.max_boxes = max_boxes
        self.boxes: list[Box] = []
        self.lines: list[Line] = []
        self.bands: list[Band] = []
        self.n_left_out = 0
        self.y = MARGIN

    @property
    def room(self) -> int:
        """How many more boxes fit."""
        return self.max_boxes - len(self.boxes)

    def add_story(self, story: boxes.Story, *, headed: bool) -> None:
        top, n_before, n_bands = self.y, len(self.boxes), len(self.bands)
        if headed:
            self.bands.append(Band(self._title(story), top, 0.0))
            self.y += BAND_HEAD
        for component in story.components:
            self._add_component(component)
        if headed:
            self.bands[-1] = replace(self.bands[-1], height=self.y - top)
        self.add_alone(story.alone, "Not connected to another article of this story")
        if len(self.boxes) == n_before:
            # Nothing of it fitted: no heading over nothing.
            self.bands = self.bands[:n_bands]
            self.y = top
        else:
            self.y += BAND_GAP - COMPONENT_GAP

    def _title(self, story: boxes.Story) -> str:
        nodes = [node for component in story.components for node in component.nodes]
        texts = [node for node in nodes + story.alone if not self.numbered.is_absent[node]]
        size = phrases.counted(len(texts), "article")
        return f"Story {phrases.one_line(story.name)}: {size}" if story.name else size

    def _add_component(self, component: boxes.Component) -> None:
        boxes, lines = _draw(self.numbered, component)
        if len(boxes) > self.room and self.boxes:
            self.n_left_out += len(boxes)
            return
        boxes, lines, n_cut = _cut(boxes, lines, self.room)
        self.n_left_out += n_cut
        self.boxes += [replace(box, x=box.x + MARGIN, y=box.y + self.y) for box in boxes]
        self.lines += [_moved(line, MARGIN, self.y) for line in lines]
        self.y += _bottom(boxes, lines) + COMPONENT_GAP

    def add_alone(self, nodes: Sequence[int], heading: str) -> None:
        shown = nodes[: max(self.room, 0)]
        self.n_left_out += len(nodes) - len(shown)
        if not shown:
            return
        top = self.y
        for place, node in enumerate(shown):
            row, column = divmod(place, self.columns)
            x = MARGIN + column * (BOX_WIDTH + BOX_GAP)
            y = top + BAND_HEAD + row * (BOX_HEIGHT + BOX_GAP)
            self.boxes.append(Box(self.numbered.ids[node], x, y, BOX_WIDTH, BOX_HEIGHT, 0))
        bottom = self.boxes[-1].y + BOX_HEIGHT
        self.bands.append(Band(heading, top, bottom - top))
        self.y = bottom + COMPONENT_GAP

    def layout(self) -> Layout:
        width = max((box.x + box.width for box in self.boxes), default=BOX_WIDTH) + MARGIN
        height = max(_bottom(self.boxes, self.lines), BOX_HEIGHT) + MARGIN
        return Layout(
            tuple(self.boxes),
            tuple(self.lines),
            tuple(self.bands),
            width,
            height,
            self.n_left_out,
        )


def _arrange(numbered: boxes.Graph, stories: Sequence[boxes.Story], max_boxes: int) -> Layout:
    layers = [len(part.layers) for story in stories for part in story.components]
    wide = max(layers, default=1) * (BOX_WIDTH + BEND + LABEL_RUN)
    columns = max(MIN_ALONE_COLUMNS, int(wide // (BOX_WIDTH + BOX_GAP)))
    sheet = _Sheet(numbered, columns, max_boxes)
    several = [story for story in stories if story.size > 1]
    for story in several:
        sheet.add_story(story, headed=len(several) > 1)
    lonely = [node for story in stories if story.size == 1 for node in story.alone]
    sheet.add_alone(lonely, "Not connected to any other article")
    return sheet.layout()


def _bottom(boxes: Sequence[Box], lines: Sequence[Line]) -> float:
    """Return the lowest height in use; a line can run below all boxes."""
    lowest = max((box.y + box.height for box in boxes), default=0.0)
    return max([lowest, *(y + LINE_GAP / 2 for line in lines for _, y in line.points)])


def _cut(boxes: list[Box], lines: list[Line], budget: int) -> tuple[list[Box], list[Line], int]:
    """Keep the boxes with the most lines where one component alone is too large."""
    if len(boxes) <= budget:
        return boxes, lines, 0
    degree: dict[str, int] = {}
    for line in lines:
        for end in (line.source_id, line.target_id):
            degree[end] = degree.get(end, 0) + 1
    ranked = sorted(range(len(boxes)), key=lambda i: (-degree[boxes[i].article_id], i))
    chosen = set(ranked[:budget])
    kept = [box for i, box in enumerate(boxes) if i in chosen]
    ids = {box.article_id for box in kept}
    inside = [line for line in lines if line.source_id in ids and line.target_id in ids]
    return kept, inside, len(boxes) - len(kept)


def _moved(line: Line, dx: float, dy: float) -> Line:
    points = tuple((x + dx, y + dy) for x, y in line.points)
    return replace(line, points=points, label_x=line.label_x + dx, label_y=line.label_y + dy)


def _draw(numbered: boxes.Graph, component: boxes.Component) -> tuple[list[Box], list[Line]]:
    """Place one component with its upper left corner at the origin."""
    layers = [list(layer) for layer in component.layers]
    depth = {node: index for index, layer in enumerate(layers) for node in layer}
    inside = [pair for pair in numbered.pairs if pair[0] in depth]
    left: dict[int, list[int]] = {node: [] for node in depth}
    right: dict[int, list[int]] = {node: [] for node in depth}
    routes: dict[tuple[int, int], list[int]] = {}
    # A line that crosses a layer is a chain of small places, numbered after the boxes.
    free = len(numbered.ids)
    for source, target in inside:
        chain = [source]
        for layer in range(depth[source] + 1, depth[target]):
            layers[layer].append(free)
            left[free], right[free] = [], []
            chain.append(free)
            free += 1
        chain.append(target)
        routes[source, target] = chain
        for a, b in itertools.pairwise(chain):
            right[a].append(b)
            left[b].append(a)
    layers = layering.ordered(layers, left, right)
    heights = {
        node: max(BOX_HEIGHT, PORT_GAP * len(left[node]) + 16)
        if node in depth
        else LINE_GAP - BOX_GAP
        for layer in layers
        for node in layer
    }
    middles = layering.middles(layers, left, right, heights, BOX_GAP)
    top = min(middles[node] - heights[node] / 2 for node in middles)
    step = BOX_WIDTH + BEND + LABEL_RUN
    column = {node: index for index, layer in enumerate(layers) for node in layer}
    boxes = [
        Box(
            numbered.ids[node],
            index * step,
            middles[node] - heights[node] / 2 - top,
            BOX_WIDTH,
            heights[node],
            index,
        )
        for index, layer in enumerate(layers)
        for node in layer
        if node in depth
    ]
    outs = {node: _ports(node, right, middles, 12.0) for node in depth}
    ins = {node: _ports(node, left, middles, PORT_GAP) for node in depth}
    lines = []
    for (source, target), chain in routes.items():
        points = [(column[source] * step + BOX_WIDTH, outs[source][chain[1]] - top)]
        for previous, node in itertools.pairwise(chain):
            x = column[node] * step
            y = (ins[target][previous] if node == target else middles[node]) - top
            points.append((x - LABEL_RUN, y))
            points.append((x if node == target else x + BOX_WIDTH, y))
        end_x, end_y = points[-1]
        label_x = end_x - LABEL_RUN / 2 - 4
        lines.append(
            Line(numbered.ids[source], numbered.ids[target], tuple(points), label_x, end_y)
        )
    return boxes, lines


def _ports(
    node: int, beside: dict[int, list[int]], middles: dict[int, float], gap: float
) -> dict[int, float]:
    """Heights at which the lines to the neighbours leave a box, in the neighbours' order."""
    others = sorted(beside[node], key=lambda other: (middles[other], other))
    first = middles[node] - gap * (len(others) - 1) / 2
    if gap < PORT_GAP and len(others) > 1:
        gap = min(gap, (BOX_HEIGHT - 20) / (len(others) - 1))
        first = middles[node] - gap * (len(others) - 1) / 2
    return {other: first + gap * place for place, other in enumerate(others)}
