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

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from .. import errors
from . import layering, phrases

# All lengths are in units of the picture: pixels of the page, 0.72 points in print.
BOX_WIDTH = 224.0
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


@dataclass
class _Component:
    layers: list[list[int]] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)


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
    graph = _Graph(articles, edges)
    groups = graph.groups()
    return _arrange(graph, groups, max_boxes)


class _Graph:
    """Articles as numbers in an order that depends on their content alone."""

    def __init__(self, articles: pd.DataFrame, edges: pd.DataFrame) -> None:
        kept = edges[edges["status"] == "kept"]
        pairs = list(zip(kept["source_id"], kept["target_id"], strict=True))
        ends = {end for pair in pairs for end in pair}
        unknown = sorted(ends - set(articles["article_id"]))
        if unknown:
            raise errors.TableError(
                f"edges: no article {unknown[0]!r} among the articles; use tables of one run"
            )
        copies = articles["duplicate_of"].notna() & ~articles["article_id"].isin(ends)
        rows = phrases.rows(articles[~copies])
        content = {row.article_id: _content_key(row) for row in rows}
        children: dict[str, list[str]] = {}
        for source_id, target_id in pairs:
            children.setdefault(source_id, []).append(content[target_id])
        rows.sort(
            key=lambda row: (
                content[row.article_id],
                sorted(children.get(row.article_id, [])),
                row.article_id,
            )
        )
        self.ids = [row.article_id for row in rows]
        self.keys = [content[row.article_id] for row in rows]
        self.stories = [phrases.text_or(row.story_id, "") for row in rows]
        number = {article_id: index for index, article_id in enumerate(self.ids)}
        self.pairs = sorted((number[source], number[target]) for source, target in pairs)
        self.sources: list[list[int]] = [[] for _ in rows]
        self.targets: list[list[int]] = [[] for _ in rows]
        for source, target in self.pairs:
            self.sources[target].append(source)
            self.targets[source].append(target)

    def groups(self) -> list[tuple[str, list[_Component], list[int]]]:
        """Return stories, each with its components and its unconnected articles."""
        stories: dict[str, tuple[list[_Component], list[int]]] = {}
        for nodes in self._components():
            texts = [node for node in nodes if self.stories[node] != ""]
            story = self.stories[texts[0]] if texts else ""
            components, alone = stories.setdefault(story, ([], []))
            if len(nodes) == 1:
                alone.extend(nodes)
            else:
                components.append(_Component(self._layers(nodes), nodes))
        for components, _ in stories.values():
            components.sort(key=lambda component: (-len(component.nodes), component.nodes))
        listed = [(story, *parts) for story, parts in stories.items()]
        return sorted(listed, key=lambda group: (-_size(group), _first(group)))

    def _components(self) -> list[list[int]]:
        seen = [False] * len(self.ids)
        found = []
        for start in range(len(self.ids)):
            if seen[start]:
                continue
            seen[start] = True
            nodes = [start]
            for node in nodes:
                for other in (*self.sources[node], *self.targets[node]):
                    if not seen[other]:
                        seen[other] = True
                        nodes.append(other)
            found.append(sorted(nodes))
        return found

    def _layers(self, nodes: Sequence[int]) -> list[list[int]]:
        """Longest path from the oldest sources; a source stands close to its first target."""
        waiting = {node: len(self.sources[node]) for node in nodes}
        ready = [node for node in nodes if waiting[node] == 0]
        depth = dict.fromkeys(ready, 0)
        for node in ready:
            for target in self.targets[node]:
                depth[target] = max(depth.get(target, 0), depth[node] + 1)
                waiting[target] -= 1
                if waiting[target] == 0:
                    ready.append(target)
        if len(ready) < len(nodes):
            stuck = self.ids[next(node for node in nodes if waiting[node] > 0)]
            raise errors.TableError(
                f"edges: the kept edges run in a circle through {stuck!r}; trace the texts again"
            )
        for node in nodes:
            if not self.sources[node]:
                depth[node] = min(depth[target] for target in self.targets[node]) - 1
        layers: list[list[int]] = [[] for _ in range(max(depth.values()) + 1)]
        for node in nodes:
            layers[depth[node]].append(node)
        return layers


def _content_key(row: object) -> str:
    columns = (
        "kind",
        "text_sha256",
        "text",
        "outlet",
        "origin_agency",
        "title",
        "byline",
        "url",
        "published_at",
    )
    values = [phrases.text_or(getattr(row, column), "") for column in columns]
    return hashlib.sha256("\x1f".join(values).encode("utf-8")).hexdigest()


def _size(group: tuple[str, list[_Component], list[int]]) -> int:
    return sum(len(component.nodes) for component in group[1]) + len(group[2])


def _first(group: tuple[str, list[_Component], list[int]]) -> int:
    return min([component.nodes[0] for component in group[1]] + group[2])


def _arrange(
    graph: _Graph, groups: list[tuple[str, list[_Component], list[int]]], max_boxes: int
) -> Layout:
    n_layers = max((len(part.layers) for group in groups for part in group[1]), default=1)
    step = BOX_WIDTH + BOX_GAP
    columns = max(MIN_ALONE_COLUMNS, int((n_layers * (BOX_WIDTH + BEND + LABEL_RUN)) // step))
    boxes: list[Box] = []
    lines: list[Line] = []
    bands: list[Band] = []
    n_left_out = 0
    y = MARGIN
    stories = [group for group in groups if _size(group) > 1]
    for story, components, alone in stories:
        drawn = [_draw(graph, component) for component in components]
        budget = max_boxes - len(boxes)
        fitting: list[tuple[list[Box], list[Line]]] = []
        for part, part_lines in drawn:
            if len(part) > budget and (boxes or fitting):
                n_left_out += len(part)
                continue
            part, part_lines, cut = _cut(part, part_lines, budget)
            n_left_out += cut
            budget -= len(part)
            fitting.append((part, part_lines))
        shown_alone = alone[: max(budget, 0)]
        n_left_out += len(alone) - len(shown_alone)
        if not fitting and not shown_alone:
            continue
        top = y
        if len(stories) > 1:
            size = phrases.counted(_size((story, components, alone)), "article")
            title = f"Story {phrases.one_line(story)}: {size}" if story else size
            bands.append(Band(title, y, 0.0))
            y += BAND_HEAD
        for part, part_lines in fitting:
            moved = [replace(box, x=box.x + MARGIN, y=box.y + y) for box in part]
            boxes.extend(moved)
            lines.extend(_moved(line, MARGIN, y) for line in part_lines)
            y += _bottom(part, part_lines) + COMPONENT_GAP
        if len(stories) > 1:
            bands[-1] = replace(bands[-1], height=y - top - COMPONENT_GAP / 2)
        if shown_alone:
            text = "Not connected to another article of this story"
            y = _alone(graph, shown_alone, columns, text, y, boxes, bands)
        y += BAND_GAP - COMPONENT_GAP
    lonely = [node for group in groups if _size(group) == 1 for node in group[2]]
    shown = lonely[: max(max_boxes - len(boxes), 0)]
    n_left_out += len(lonely) - len(shown)
    if shown:
        y = _alone(graph, shown, columns, "Not connected to any other article", y, boxes, bands)
    width = max((box.x + box.width for box in boxes), default=BOX_WIDTH) + MARGIN
    height = max(_bottom(boxes, lines), BOX_HEIGHT) + MARGIN
    return Layout(tuple(boxes), tuple(lines), tuple(bands), width, height, n_left_out)


def _bottom(boxes: Sequence[Box], lines: Sequence[Line]) -> float:
    """Return the lowest height in use; a line can run below all boxes."""
    lowest = max((box.y + box.height for box in boxes), default=0.0)
    return max([lowest, *(y + LINE_GAP / 2 for line in lines for _, y in line.points)])


def _alone(
    graph: _Graph,
    nodes: Sequence[int],
    columns: int,
    text: str,
    y: float,
    boxes: list[Box],
    bands: list[Band],
) -> float:
    top = y
    y += BAND_HEAD
    for place, node in enumerate(nodes):
        row, column = divmod(place, columns)
        x = MARGIN + column * (BOX_WIDTH + BOX_GAP)
        box_y = y + row * (BOX_HEIGHT + BOX_GAP)
        boxes.append(Box(graph.ids[node], x, box_y, BOX_WIDTH, BOX_HEIGHT, 0))
    bottom = boxes[-1].y + BOX_HEIGHT
    bands.append(Band(text, top, bottom - top))
    return bottom + COMPONENT_GAP


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


def _draw(graph: _Graph, component: _Component) -> tuple[list[Box], list[Line]]:
    """Place one component with its upper left corner at the origin."""
    layers = [list(layer) for layer in component.layers]
    depth = {node: index for index, layer in enumerate(layers) for node in layer}
    inside = [pair for pair in graph.pairs if pair[0] in depth]
    left: dict[int, list[int]] = {node: [] for node in depth}
    right: dict[int, list[int]] = {node: [] for node in depth}
    routes: dict[tuple[int, int], list[int]] = {}
    # A line that crosses a layer is a chain of small places, numbered after the boxes.
    free = len(graph.ids)
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
            graph.ids[node],
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
        lines.append(Line(graph.ids[source], graph.ids[target], tuple(points), label_x, end_y))
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
