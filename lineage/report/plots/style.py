"""How plots look: letters that print, colours that all eyes tell apart, names of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import errors
from .. import phrases
from ..drawing import layout
from . import canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# For `matplotlib.rc_context`. Type 42 keeps letters of a PDF as letters, which journals ask for
# and search finds; the salt and the missing dates make the same plot the same bytes.
SETTINGS: dict[Any, Any] = {
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "lineage",
    "savefig.dpi": 300,
    "text.usetex": False,
    "hatch.linewidth": 0.6,
}
_NO_DATE: Mapping[str, dict[str, Any]] = {
    ".pdf": {"CreationDate": None},
    ".svg": {"Date": None},
    ".png": {"Software": None},
}

# Points; small enough for two columns of A4, large enough to be read there.
SMALL = 7.0
TEXT = 8.0
TITLE = 9.5
# Inches: the width of a printed page between its margins.
PAGE = 7.2
# Rows of one plot; more cannot be read. What is left out is counted below it.
MAX_ROWS = 60
# Room for an article's name beside its row, in em.
NAME_EM = 18.0


@dataclass(frozen=True)
class Look:
    """Fill and hatch of a bar, and the colour of letters on it."""

    fill: str
    hatch: str
    ink: str


# From the source's own words (dark) to nobody's (white); beside the blues, colours of Okabe
# and Ito. Neighbours differ in lightness, so that a grey print tells them apart too.
KINDS: Mapping[str, Look] = {
    "verbatim": Look("#08415c", "", "white"),
    "edited": Look("#2a7fb8", "", "white"),
    "split": Look("#8cc1e8", "", canvas.INK),
    "fusion": Look("#009e73", "///", canvas.INK),
    "paraphrase": Look("#e69f00", "", canvas.INK),
    "quote": Look("#cc79a7", "...", canvas.INK),
    "heading": Look("#c4c9d0", "", canvas.INK),
    "new": Look("#ffffff", "", canvas.INK),
    "boilerplate": Look("#eceef0", "xxx", canvas.INK),
}
# Okabe and Ito's colours in the order in which sources get them; hatched when they come round.
SOURCES: Sequence[Look] = (
    Look("#0072b2", "", "white"),
    Look("#e69f00", "", canvas.INK),
    Look("#009e73", "", canvas.INK),
    Look("#cc79a7", "", canvas.INK),
    Look("#56b4e9", "", canvas.INK),
    Look("#d55e00", "", "white"),
    Look("#f0e442", "", canvas.INK),
)
_ROUNDS = ("", "///", "...", "xxx")
BORDER = "#5a6068"
HATCH = "#9aa0a8"


def source_look(number: int) -> Look:
    """Return the look of the so many-th source; after 28 they come round again."""
    look = SOURCES[number % len(SOURCES)]
    return Look(look.fill, _ROUNDS[number // len(SOURCES) % len(_ROUNDS)], look.ink)


def axes(ax: Axes | None, height: float, *, width: float = PAGE) -> Axes:
    """Return the given Axes, or those of a new figure of pyplot of so many inches."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.subplots(figsize=(width, height), facecolor="white", layout="constrained")[1]


def plain(
    ax: Axes, texts: Sequence[str], *, title: str = "", left: bool = True, pad: float = 6.0
) -> None:
    """Take away frame and ticks that tell nothing, and set a title."""
    for side in ("top", "right", *(() if left else ("left",))):
        ax.spines[side].set_visible(False)
    ax.tick_params(labelsize=TEXT, colors=canvas.INK, length=0)
    for tick_label in ax.get_yticklabels():
        tick_label.set(parse_math=False, family=canvas.families(texts))
    if title:
        ax.set_title(
            title,
            fontsize=TITLE,
            loc="left",
            color=canvas.INK,
            family=canvas.families([title]),
            parse_math=False,
            pad=pad,
        )


def nothing(ax: Axes, words: str) -> Axes:
    """Say that there is nothing to draw, and why."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, ha="center", va="center", transform=ax.transAxes, fontsize=TEXT)
    return ax


def note(ax: Axes, words: str, *, below: float = 24.0) -> None:
    """Write a line of small grey letters, so many points under the Axes."""
    ax.annotate(
        words,
        (0, 0),
        xycoords="axes fraction",
        xytext=(0, -below),
        textcoords="offset points",
        va="top",
        fontsize=SMALL,
        color=canvas.SOFT,
    )


def legend(ax: Axes, handles: Sequence[Any], *, below: float = 34.0, columns: int = 2) -> None:
    """Write a legend so many points under the Axes, however high they are."""
    from matplotlib import transforms

    if not handles:
        return
    moved = transforms.ScaledTranslation(0, -below / 72, canvas.figure_of(ax).dpi_scale_trans)
    made = ax.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=ax.transAxes + moved,
        borderaxespad=0,
        ncols=columns,
        frameon=False,
        fontsize=SMALL,
        handlelength=1.6,
        labelcolor=canvas.SOFT,
    )
    for words in made.get_texts():
        words.set(family=canvas.families([words.get_text()]), parse_math=False)


def swatch(label: str, look: Look) -> Any:
    """Return a legend's entry for a fill."""
    from matplotlib import patches

    made = patches.Patch(
        facecolor=look.fill, edgecolor=BORDER, linewidth=0.5, hatch=look.hatch, label=label
    )
    made.set_hatchcolor(HATCH)
    return made


def left_out(ax: Axes, n_left_out: int) -> None:
    """Say above the Axes how many articles there was no room for."""
    if n_left_out:
        said = f"{phrases.counted(n_left_out, 'more article')} not drawn (room for {MAX_ROWS})"
        ax.set_title(said, fontsize=SMALL, loc="right", color=canvas.SOFT)


def names(articles: pd.DataFrame, room: float = NAME_EM) -> dict[str, str]:
    """Return short names of articles: the outlet, and the id where outlets repeat.

    Parameters
    ----------
    articles : DataFrame
        The articles table.
    room : float
        In em; what is longer is cut.

    Returns
    -------
    dict of str to str
        By article_id.
    """
    rows = phrases.rows(articles)
    labels = [phrases.label(row) for row in rows]
    often = Counter(labels)
    found = {}
    for row, label in zip(rows, labels, strict=True):
        article_id = phrases.one_line(str(row.article_id))
        if often[label] > 1 and label != article_id:
            # The id tells the rows apart, so it is the outlet that is cut.
            tail = f" ({_ends(article_id, room * 0.6)})"
            label = _cut(label, room - phrases.width_em(tail)) + tail
        found[str(row.article_id)] = _cut(label, room)
    return found


def _cut(text: str, room: float) -> str:
    return phrases.fit(text, room)[0]


def _ends(text: str, room: float) -> str:
    """Cut a text in its middle: ids of one run often begin alike, or end alike."""
    keep = len(text)
    shown = text
    while phrases.width_em(shown) > room and keep > 2:
        keep -= 1
        shown = f"{text[: keep - keep // 2]}…{text[len(text) - keep // 2 :]}"
    return shown


def rows(tables: Mapping[str, pd.DataFrame], wanted: Sequence[str] | None) -> tuple[list[str], int]:
    """Return which supplied articles are drawn, and how many there is no room for.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles`` and ``edges`` are used.
    wanted : sequence of str, optional
        Ids, in the order in which to draw them; all but copies, if not given, in the
        order of the lineage picture.

    Returns
    -------
    ids : list of str
    n_left_out : int

    Raises
    ------
    UsageError
        If an id is not that of a supplied article.
    """
    articles = tables["articles"]
    supplied = set(articles.loc[articles["kind"] == "supplied", "article_id"])
    if wanted is None:
        placed = layout.dag_layout(articles, tables["edges"], max_boxes=max(len(articles), 1))
        ids = [article_id for article_id in placed.order if article_id in supplied]
        return ids[:MAX_ROWS], max(0, len(ids) - MAX_ROWS)
    for article_id in wanted:
        known(article_id, supplied)
    return list(wanted), 0


def known(article_id: str, supplied: set[str]) -> None:
    """Raise a UsageError unless the id is among those of supplied articles."""
    if article_id not in supplied:
        raise errors.UsageError(
            f"no supplied article {article_id!r} to draw; the column article_id of the articles "
            "table has their ids"
        )


def save(ax: Axes | Figure, path: Path, *, dpi: int = 300) -> None:
    """Write a figure for print; the same figure gives the same bytes.

    Parameters
    ----------
    ax : Axes or Figure
        The whole figure is written.
    path : Path
        Ends in .pdf, .svg, .png or what else matplotlib writes.
    dpi : int
        Of pixels, where there are any.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    figure = ax if isinstance(ax, Figure) else canvas.figure_of(ax)
    with mpl.rc_context(SETTINGS):
        figure.savefig(path, dpi=dpi, metadata=_NO_DATE.get(path.suffix.lower()))
