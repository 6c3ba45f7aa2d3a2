"""A lineage as notebooks show it: counts, a small picture and the first edges, as HTML."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from .. import config
from . import phrases
from .drawing import box_labels, clusters, layout, members
from .plots import canvas

# More boxes are no longer a small picture, and more edges no longer the first ones.
MAX_BOXES = 24
MAX_EDGES = 10
_WIDTH = 760


def render(tables: Mapping[str, pd.DataFrame], settings: config.TraceConfig) -> str:
    """Return a lineage as a piece of HTML that needs no style sheet, script or network.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables of a run.
    settings : TraceConfig
        From which p_direction on an edge has an arrowhead, and a filled one.

    Returns
    -------
    str
        Every word from an article is escaped.
    """
    articles = tables["articles"]
    kept = list(canvas.kept_rows(tables["edges"]).values())
    supplied = int((articles["kind"] == "supplied").sum())
    absent = len(articles) - supplied
    counts = [
        phrases.counted(supplied, "article"),
        phrases.counted(absent, "absent source"),
        phrases.counted(len(kept), "edge"),
    ]
    parts = [
        '<div style="background:#fff;color:#1c1e21;padding:8px;font-family:sans-serif">',
        f"<p><strong>Lineage</strong>: {', '.join(counts)}</p>",
        picture(tables, settings),
        _edges(articles, kept, settings),
        "</div>",
    ]
    return "\n".join(part for part in parts if part)


def picture(tables: Mapping[str, pd.DataFrame], settings: config.TraceConfig) -> str:
    """Return the lineage picture as inline SVG.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles``, ``edges`` and ``sentences`` are used.
    settings : TraceConfig
        As for `render`.

    Returns
    -------
    str
        Of more than `MAX_BOXES` articles, some are drawn as one box.
    """
    articles = tables["articles"]
    folded = clusters.fold(articles, tables["edges"], max_boxes=MAX_BOXES, settings=settings)
    placed = layout.dag_layout(
        folded.articles, folded.edges, max_boxes=max(len(folded.articles), 1)
    )
    if not placed.boxes:
        return ""
    words = box_labels.box_texts(articles, tables["sentences"])
    words |= members.box_texts(folded, articles)
    width = min(_WIDTH, round(placed.width))
    said = f"Lineage of {phrases.counted(len(folded.shown), 'article')}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{said}" width="{width}" '
        f'viewBox="0 0 {placed.width:.0f} {placed.height:.0f}" '
        'style="max-width:100%;font-family:sans-serif">'
    ]
    for line in placed.lines:
        look, relation = box_labels.lines_mark(
            folded.lines[line.source_id, line.target_id], settings
        )
        parts += _line(line, look, relation)
    parts += [
        _text(layout.MARGIN, band.y + 15, band.text, box_labels.HEAD_PX, canvas.SOFT, bold=True)
        for band in placed.bands
    ]
    for box in placed.boxes:
        parts += _box(box, words[box.article_id], is_stack=box.article_id in folded.clusters)
    parts.append("</svg>")
    return "\n".join(parts)


def _text(
    x: float, y: float, words: str, px: float, colour: str, *, bold: bool = False, anchor: str = ""
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    middle = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{px:g}" fill="{colour}"{weight}{middle}>'
        f"{html.escape(words)}</text>"
    )


def _line(line: layout.Line, look: box_labels.LineMark, relation: str) -> list[str]:
    end_x, end_y = line.points[-1]
    has_head = look.head in ("decided", "likely")
    drawn = layout.steps(line.points, end_x - box_labels.HEAD_LENGTH + 1 if has_head else end_x)
    path = " ".join(
        name + " ".join(f"{x:.1f},{y:.1f}" for x, y in corners) for name, corners in drawn
    )
    dash = " ".join(f"{length:g}" for length in look.stroke.dash)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    colour = look.stroke.colour
    parts = [
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{look.width:.2f}"{dashed}>'
        f"<title>{html.escape(relation)}</title></path>"
    ]
    if has_head:
        back = end_x - box_labels.HEAD_LENGTH
        corners = (
            f"{back:.1f},{end_y - box_labels.HEAD_HALF:.1f} {end_x:.1f},{end_y:.1f} "
            f"{back:.1f},{end_y + box_labels.HEAD_HALF:.1f}"
        )
        fill = colour if look.head == "decided" else "#fff"
        parts.append(f'<polygon points="{corners}" fill="{fill}" stroke="{colour}"/>')
    else:
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{box_labels.CIRCLE:g}" fill="#fff" '
            f'stroke="{colour}"/>'
            for x, y in (line.points[0], line.points[-1])
        ]
    label_y = line.label_y - 6
    parts.append(
        _text(line.label_x, label_y, look.label, box_labels.LABEL_PX, canvas.INK, anchor="middle")
    )
    return parts


def _box(box: layout.Box, words: box_labels.BoxText, *, is_stack: bool) -> list[str]:
    dashed = ' stroke-dasharray="4 3"' if words.is_absent else ""
    fill = canvas.ABSENT_FILL if words.is_absent else "#fff"
    x = box.x + box_labels.PADDING
    y = box.middle - (1 + len(words.lines)) * box_labels.ROW_PX / 2 + 4
    parts = [
        f'<rect x="{box.x + aside:.1f}" y="{box.y + aside:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" rx="9" fill="{fill}" stroke="{canvas.BORDER}"{dashed}/>'
        for aside in ((7, 0) if is_stack else (0,))
    ]
    parts.append(_text(x, y, words.name, box_labels.NAME_PX, canvas.INK, bold=True))
    for line in words.lines:
        y += box_labels.ROW_PX
        parts.append(_text(x, y, line, box_labels.TEXT_PX, canvas.INK))
    parts.append(_text(x, y + box_labels.ROW_PX, words.foot, box_labels.LABEL_PX, canvas.SOFT))
    return parts


def _edges(articles: pd.DataFrame, kept: Sequence[Any], settings: config.TraceConfig) -> str:
    if not kept:
        return "<p>No article was found to be made from another.</p>"
    names = {str(row.article_id): phrases.name(row) for row in phrases.rows(articles)}
    heads = ("source", "target", "relation", "related", "direct", "which came first")
    rows = ["<table><thead><tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr></thead>"]
    rows.append("<tbody>")
    ordered = sorted(kept, key=lambda row: (str(row.target_id), str(row.source_id)))
    for row in phrases.rows(pd.DataFrame(ordered))[:MAX_EDGES]:
        direction = phrases.direction(row.p_direction, settings)
        cells = (
            names[row.source_id],
            names[row.target_id],
            phrases.spaced(row.relation),
            phrases.probability(row.p_link),
            _direct(row),
            f"{direction.replace('direction ', '')} ({phrases.probability(row.p_direction)})",
        )
        rows.append(
            "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells) + "</tr>"
        )
    rows.append("</tbody></table>")
    if len(kept) > MAX_EDGES:
        rows.append(f"<p>and {len(kept) - MAX_EDGES} more, in .edges</p>")
    return "\n".join(rows)


def _direct(row: Any) -> str:
    alike = phrases.alike(row.n_alike)
    return phrases.probability(row.p_edge) + (f" ({alike})" if alike else "")
