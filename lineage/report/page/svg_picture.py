"""The lineage picture as inline SVG: what the template writes, letter for letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ... import config
from .. import phrases
from ..drawing import box_labels, clusters, layout, members
from .refs import Refs

# Room for an article's letter beside its name: 25 less what fonts of browsers are
# narrower than the one that widths are estimated for.
_LETTER_ROOM = 12.0
# A page of A4 is 184 mm between its margins: letters of 11 units are then 4 points high.
MAX_PRINTED = 1500.0


@dataclass(frozen=True)
class Text:
    """Words at a place; `style` is a class of the style sheet."""

    x: float
    y: float
    words: str
    style: str


@dataclass(frozen=True)
class Box:
    """One article, or several that are listed at `anchor`; `tag` is a letter or their number."""

    x: float
    y: float
    width: float
    height: float
    anchor: str
    tag: str
    colour: str
    texts: tuple[Text, ...]
    is_absent: bool = False
    n_members: int = 0


@dataclass(frozen=True)
class Line:
    """One kept edge, or several that are drawn as one."""

    path: str
    relation: str
    dash: str
    width: float
    head: str
    head_points: str
    circles: tuple[tuple[float, float], ...]
    label: Text
    title: str
    anchor: str


@dataclass(frozen=True)
class Rival:
    """A runner-up edge, drawn on request across the picture."""

    path: str
    title: str
    anchor: str


@dataclass(frozen=True)
class Sample:
    """One entry of the legend, drawn as `path`, `head_points` and `circles`."""

    relation: str
    dash: str
    head: str
    words: str


@dataclass(frozen=True)
class Picture:
    """The whole picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    rivals: tuple[Rival, ...]
    heads: tuple[Text, ...]
    samples: tuple[Sample, ...]
    has_absent: bool
    clusters: tuple[members.Listed, ...]

    @property
    def is_broad(self) -> bool:
        """Whether its words would be too small on paper, so that letters stand for them."""
        return self.width > MAX_PRINTED

    @property
    def n_articles(self) -> int:
        """How many articles are drawn, in boxes of their own or with others."""
        return sum(box.n_members or 1 for box in self.boxes)


def picture(
    tables: Mapping[str, pd.DataFrame],
    refs: Refs,
    anchors: Mapping[tuple[str, str], str],
    settings: config.TraceConfig,
    rivals: Mapping[tuple[str, str], str] | None = None,
) -> Picture:
    """Return the picture of a run.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles``, ``edges`` and ``sentences`` are used.
    refs : Refs
        All articles.
    anchors : mapping of (str, str) to str
        Where the page speaks of each edge.
    settings : TraceConfig
        From which p_direction on an edge has an arrowhead, and a filled one.
    rivals : mapping of (str, str) to str, optional
        Runner-up edges, and where the page speaks of each.

    Returns
    -------
    Picture
    """
    folded = clusters.fold(tables["articles"], tables["edges"], settings=settings)
    placed = layout.dag_layout(
        folded.articles, folded.edges, max_boxes=max(len(folded.articles), 1)
    )
    listed = members.listed(folded, tables["edges"], refs, anchors, room=_LETTER_ROOM)
    words = box_labels.box_texts(tables["articles"], tables["sentences"], room=_LETTER_ROOM)
    boxes = tuple(
        _cluster_box(box, listed[box.article_id])
        if box.article_id in listed
        else _box(box, words[box.article_id], refs)
        for box in placed.boxes
    )
    names = {name: one.name for name, one in listed.items()}
    lines = []
    for line in placed.lines:
        ends = (line.source_id, line.target_id)
        behind = folded.lines[ends]
        source, target = (names.get(end) or refs.of(end, "edges").letter for end in ends)
        look, relation = box_labels.lines_mark(behind, settings)
        title = f"{_hover(behind, look.label)}: {source} to {target}, {relation}"
        anchor = (
            next(listed[end].anchor for end in reversed(ends) if end in listed)
            if len(behind) > 1
            else anchors[str(behind[0].source_id), str(behind[0].target_id)]
        )
        lines.append(_line(line, look, relation, title, anchor))
    heads = tuple(Text(layout.MARGIN, band.y + 15, band.text, "band") for band in placed.bands)
    return Picture(
        placed.width,
        placed.height,
        boxes,
        tuple(lines),
        _rivals(placed.boxes, rivals or {}, refs, folded, names),
        heads,
        _samples(lines),
        any(box.is_absent for box in boxes),
        tuple(listed.values()),
    )


def _hover(behind: Sequence[Any], label: str) -> str:
    """Say a line's label, which a screen reader's name must have, and what it leaves out."""
    if len(behind) > 1:
        return label
    (edge,) = behind
    said = [
        label,
        f"related {phrases.probability(edge.p_link)}",
        f"direct {phrases.probability(edge.p_edge)}",
    ]
    alike = phrases.alike(edge.n_alike)
    if alike:
        said.append(f"source {alike}")
    said.append(f"source first {phrases.probability(edge.p_direction)}")
    return ", ".join(said)


def _box(box: layout.Box, words: box_labels.BoxText, refs: Refs) -> Box:
    ref = refs.of(box.article_id, "edges")
    # A file name tells a reader less than the title above it.
    foot = "" if ref.is_absent else phrases.when(ref.row.published_at, ref.row.published_precision)
    is_titled = not ref.is_absent and ref.label == phrases.one_line(str(ref.row.article_id))
    return Box(
        box.x,
        box.y,
        box.width,
        box.height,
        ref.anchor,
        ref.letter,
        ref.colour,
        _texts(
            box,
            words,
            is_titled=is_titled,
            foot=words.foot if ref.is_absent else foot or "no date",
        ),
        ref.is_absent,
    )


def _cluster_box(box: layout.Box, one: members.Listed) -> Box:
    return Box(
        box.x,
        box.y,
        box.width,
        box.height,
        one.anchor,
        phrases.whole(len(one.members)),
        "",
        _texts(box, one.words),
        n_members=len(one.members),
    )


def _texts(
    box: layout.Box, words: box_labels.BoxText, *, is_titled: bool = False, foot: str | None = None
) -> tuple[Text, ...]:
    """Set what a box says; of an article that is called by its title nothing above the title."""
    x = box.x + box_labels.PADDING
    # Letters stand on their base line, about a third of their height under the middle.
    y = box.middle - (1 + len(words.lines)) * box_labels.ROW_PX / 2 + 4
    texts = []
    if not is_titled or not words.lines:
        texts.append(Text(x, y, words.name, "name"))
    for line in words.lines:
        y += box_labels.ROW_PX
        texts.append(Text(x, y, line, "line"))
    texts.append(Text(x, y + box_labels.ROW_PX, words.foot if foot is None else foot, "foot"))
    return tuple(texts)


def _line(
    line: layout.Line, look: box_labels.LineMark, relation: str, title: str, anchor: str
) -> Line:
    end_x, end_y = line.points[-1]
    has_head = look.head in ("decided", "likely")
    drawn = layout.steps(line.points, end_x - box_labels.HEAD_LENGTH + 1 if has_head else end_x)
    path = " ".join(f"{name}{_corners(corners)}" for name, corners in drawn)
    back = end_x - box_labels.HEAD_LENGTH
    head = [
        (back, end_y - box_labels.HEAD_HALF),
        (end_x, end_y),
        (back, end_y + box_labels.HEAD_HALF),
    ]
    return Line(
        path,
        relation,
        _dash(look.stroke),
        round(look.width, 2),
        look.head,
        _corners(head) if has_head else "",
        () if has_head else (line.points[0], line.points[-1]),
        Text(line.label_x, line.label_y - 6, look.label, "label"),
        title,
        anchor,
    )


def _rivals(
    boxes: Sequence[layout.Box],
    rivals: Mapping[tuple[str, str], str],
    refs: Refs,
    folded: clusters.Folded,
    names: Mapping[str, str],
) -> tuple[Rival, ...]:
    """Draw each from the side of its source to the side of its target that faces it."""
    by_id = {box.article_id: box for box in boxes}
    drawn: dict[tuple[str, str], str] = {}
    for (source_id, target_id), anchor in rivals.items():
        ends = (folded.shown.get(source_id, ""), folded.shown.get(target_id, ""))
        if ends[0] != ends[1] and ends[0] in by_id and ends[1] in by_id:
            # Of several between two boxes the first is drawn; the page lists all.
            drawn.setdefault(ends, anchor)
    found = []
    for ends, anchor in drawn.items():
        source, target = (by_id[end] for end in ends)
        # A bow on the right of boxes in one layer, or from edge to edge between layers.
        x0 = source.x + source.width if source.layer <= target.layer else source.x
        x1 = target.x if source.layer < target.layer else target.x + target.width
        y0, y1 = source.middle + 14, target.middle + 14
        reach = max(60.0, abs(x1 - x0) / 2)
        out = reach if source.layer <= target.layer else -reach
        back = -reach if source.layer < target.layer else reach
        path = f"M{x0:.1f},{y0:.1f} C{_corners([(x0 + out, y0), (x1 + back, y1), (x1, y1)])}"
        said = [names.get(end) or refs.of(end, "edges").letter for end in ends]
        found.append(Rival(path, f"{said[0]} to {said[1]}: runner-up", anchor))
    return tuple(found)


def _corners(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def _dash(stroke: box_labels.Stroke) -> str:
    return " ".join(f"{length:g}" for length in stroke.dash)


def _samples(lines: Sequence[Line]) -> tuple[Sample, ...]:
    relations = {line.relation for line in lines}
    heads = {line.head for line in lines}
    samples = [
        Sample(relation, _dash(box_labels.STROKES[relation]), "none", meaning)
        for relation, meaning in box_labels.RELATION_MEANINGS.items()
        if relation in relations
    ]
    if "mixed" in relations:
        samples.append(Sample("mixed", "", "none", box_labels.MIXED_MEANING))
    samples += [
        Sample("any", "", head, meaning)
        for head, meaning in box_labels.HEAD_MEANINGS.items()
        if head in heads
    ]
    return tuple(samples)


def describe(picture: Picture) -> str:
    """Return the picture in one sentence, for those who cannot see it."""
    boxes = phrases.counted(picture.n_articles, "article")
    if picture.clusters:
        boxes += f" in {phrases.counted(len(picture.boxes), 'box', 'boxes')}"
    lines = phrases.counted(len(picture.lines), "line")
    return (
        f"Lineage of {boxes}, joined by {lines} from source to target; the edges are listed below."
    )
