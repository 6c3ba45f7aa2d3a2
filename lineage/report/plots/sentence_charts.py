"""Pictures of whole texts by their sentences: how each was made, and from whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import phrases
from ..page import article_text, facts_to_check, refs
from . import canvas, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A share is written into its bar from here on.
_WRITTEN_FROM = 0.07
_ROW_INCHES = 0.3


def attribution_bars(
    tables: Mapping[str, pd.DataFrame],
    ax: Axes | None = None,
    *,
    articles: Sequence[str] | None = None,
) -> Axes:
    """Draw how much of each text is of which kind; see `plot.attribution_bars`."""
    ids, n_left_out = style.rows(tables, articles)
    shares = kind_shares(tables["attributions"])
    names = style.names(tables["articles"])
    ax = style.axes(ax, 1.35 + _ROW_INCHES * max(len(ids), 2))
    if not ids:
        return style.nothing(ax, "No articles to draw.")
    drawn = shares.reindex(index=ids, columns=list(style.KINDS), fill_value=0.0)
    there = [kind for kind in style.KINDS if (drawn[kind] > 0).any()]
    left = pd.Series(0.0, index=ids)
    for kind in there:
        look = style.KINDS[kind]
        widths = drawn[kind]
        bars = ax.barh(
            range(len(ids)),
            widths,
            left=left,
            height=0.72,
            color=look.fill,
            edgecolor=style.BORDER,
            linewidth=0.5,
            label=kind,
        )
        for bar, width in zip(bars, widths, strict=True):
            bar.set_hatch(look.hatch)
            bar.set_hatchcolor(style.HATCH)
            if width >= _WRITTEN_FROM:
                _write(ax, bar, f"{width:.0%}".replace("%", ""), look)
        left += widths
    for place, article_id in enumerate(ids):
        if article_id not in shares.index:
            ax.text(0.01, place, "not measured", va="center", fontsize=style.SMALL)
    ax.set_yticks(range(len(ids)), [names[article_id] for article_id in ids])
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    style.plain(ax, list(names.values()), title="How the sentences of each text were made")
    ax.set_xlabel("share of the text's characters in sentences", fontsize=style.TEXT)
    style.legend(ax, [style.swatch(kind, style.KINDS[kind]) for kind in there], columns=5)
    style.left_out(ax, n_left_out)
    return ax


def _write(ax: Axes, bar: Any, words: str, look: style.Look) -> None:
    written = ax.text(
        bar.get_x() + bar.get_width() / 2,
        bar.get_y() + bar.get_height() / 2,
        words,
        ha="center",
        va="center",
        fontsize=style.SMALL,
        color=look.ink,
    )
    if look.hatch:
        written.set_bbox({"facecolor": look.fill, "edgecolor": "none", "pad": 0.8})


def kind_shares(attributions: pd.DataFrame) -> pd.DataFrame:
    """Return which share of each text's attributed characters is of which kind.

    Parameters
    ----------
    attributions : DataFrame
        The attributions table.

    Returns
    -------
    DataFrame
        A row for each article_id that has attributions, a column for each kind there is;
        rows sum to 1. Characters with rows for two sources count once.
    """
    spans = attributions.drop_duplicates(["target_id", "target_start", "target_end"])
    sizes = (spans["target_end"] - spans["target_start"]).astype(float)
    summed = spans.assign(size=sizes).pivot_table(
        index="target_id", columns="kind", values="size", aggfunc="sum", fill_value=0.0
    )
    return summed.div(summed.sum(axis=1), axis=0)


@dataclass(frozen=True)
class Stripe:
    """A part of a sentence on the line of its article; start and end in characters."""

    start: int
    end: int
    source_id: str | None
    kind: str
    has_changed_facts: bool


def stripes(attributions: pd.DataFrame, article_id: str) -> list[Stripe]:
    """Return the parts of a text's sentences in the order of the text.

    Parameters
    ----------
    attributions : DataFrame
        The attributions table.
    article_id : str

    Returns
    -------
    list of Stripe
        Of rows with one span the first, as the table has them: by source.
    """
    mine = attributions[attributions["target_id"] == article_id]
    mine = mine.sort_values(["target_start", "source_id"], na_position="last", kind="stable")
    mine = mine.drop_duplicates(["target_start", "target_end"])
    return [
        Stripe(
            int(row.target_start),
            int(row.target_end),
            None if phrases.is_missing(row.source_id) else str(row.source_id),
            str(row.kind),
            not phrases.is_missing(row.changed_facts)
            and str(row.changed_facts) not in article_text.NO_CHANGE
            and facts_to_check.group(str(row.changed_facts)) != facts_to_check.GROUPS[2],
        )
        for row in phrases.rows(mine)
    ]


def sentence_barcode(
    tables: Mapping[str, pd.DataFrame],
    ax: Axes | None = None,
    *,
    articles: Sequence[str] | None = None,
) -> Axes:
    """Draw each text as a line of its sentences; see `plot.sentence_barcode`."""
    ids, n_left_out = style.rows(tables, articles)
    names = style.names(tables["articles"])
    lines = {article_id: stripes(tables["attributions"], article_id) for article_id in ids}
    sources = _sources(tables, lines)
    looks = {source_id: style.source_look(number) for number, source_id in enumerate(sources)}
    ax = style.axes(ax, 1.5 + 0.36 * max(len(ids), 2) + 0.2 * ((len(sources) + 3) // 2))
    if not ids:
        return style.nothing(ax, "No articles to draw.")
    longest = max((parts[-1].end for parts in lines.values() if parts), default=1)
    for place, article_id in enumerate(ids):
        for part in lines[article_id]:
            look = looks.get(part.source_id or "", _look_without_source(part.kind))
            _stripe(ax, place, part, look)
            is_wide = part.end - part.start > longest * 0.02
            if part.source_id is not None and is_wide:
                name = refs.letter(list(sources).index(part.source_id))
                _letter(ax, place, part, name, look)
    names_of_rows = [names[article_id] for article_id in ids]
    ax.set_yticks(range(len(ids)), names_of_rows)
    ax.set_ylim(len(ids) - 0.4, -0.6)
    ax.set_xlim(0, longest)
    style.plain(
        ax, names_of_rows, title="Each sentence in its place, coloured by its source", left=False
    )
    ax.set_xlabel("characters of the text as supplied", fontsize=style.TEXT)
    style.left_out(ax, n_left_out)
    _barcode_legend(ax, sources, names, looks, lines)
    return ax


def _sources(
    tables: Mapping[str, pd.DataFrame], lines: Mapping[str, Sequence[Stripe]]
) -> list[str]:
    """Return the sources in the order in which they get letters: those of most characters first."""
    sizes: dict[str, int] = {}
    order = {article_id: place for place, article_id in enumerate(style.rows(tables, None)[0])}
    for parts in lines.values():
        for part in parts:
            if part.source_id is not None:
                sizes[part.source_id] = sizes.get(part.source_id, 0) + part.end - part.start
    return sorted(sizes, key=lambda source: (-sizes[source], order.get(source, len(order)), source))


def _look_without_source(kind: str) -> style.Look:
    shown = kind if kind in ("boilerplate", "heading", "quote") else "new"
    return style.KINDS[shown]


def _stripe(ax: Axes, place: int, part: Stripe, look: style.Look) -> None:
    from matplotlib import patches

    drawn = patches.Rectangle(
        (part.start, place - 0.3),
        part.end - part.start,
        0.6,
        facecolor=look.fill,
        edgecolor="white" if part.source_id is not None else "#c4c9d0",
        linewidth=0.4,
        hatch=look.hatch,
    )
    drawn.set_hatchcolor(style.HATCH)
    ax.add_patch(drawn)
    if part.has_changed_facts:
        middle = (part.start + part.end) / 2
        ax.plot([middle], [place - 0.42], marker="v", markersize=3.5, color=canvas.INK)


def _letter(ax: Axes, place: int, part: Stripe, name: str, look: style.Look) -> None:
    written = ax.text(
        (part.start + part.end) / 2,
        place,
        name,
        ha="center",
        va="center_baseline",
        fontsize=style.SMALL,
        color=look.ink,
    )
    if look.hatch:
        written.set_bbox({"facecolor": look.fill, "edgecolor": "none", "pad": 0.8})


def _barcode_legend(
    ax: Axes,
    sources: Sequence[str],
    names: Mapping[str, str],
    looks: Mapping[str, style.Look],
    lines: Mapping[str, Sequence[Stripe]],
) -> None:
    from matplotlib import lines as mpl_lines

    parts = [part for each in lines.values() for part in each]
    entries = [
        (f"{refs.letter(number)}  {names.get(source, source)}", looks[source])
        for number, source in enumerate(sources)
    ]
    without = {part.kind for part in parts if part.source_id is None}
    meanings = {
        "quote": "quoted words without a source here",
        "heading": "heading",
        "boilerplate": "menus, notices and the like",
    }
    entries += [(said, style.KINDS[kind]) for kind, said in meanings.items() if kind in without]
    if without - set(meanings):
        entries.append(("found in no other text here", style.KINDS["new"]))
    handles = [style.swatch(said, look) for said, look in entries]
    if any(part.has_changed_facts for part in parts):
        handles.append(
            mpl_lines.Line2D(
                [],
                [],
                linestyle="",
                marker="v",
                markersize=3.5,
                color=canvas.INK,
                label="a fact differs from the source",
            )
        )
    style.legend(ax, handles)
