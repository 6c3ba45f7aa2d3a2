"""Pictures of changed facts: how many of each kind, and how they are graded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ... import tables as rules
from . import canvas, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From what cannot be true of both to what was only left out.
GRADES: Mapping[str, style.Look] = {
    "contradicts": style.Look("#d55e00", "", "white"),
    "rounded": style.Look("#e69f00", "", canvas.INK),
    "added": style.Look("#56b4e9", "///", canvas.INK),
    "omitted": style.Look("#ffffff", "", canvas.INK),
}
_ROW_INCHES = 0.3


def counts(facts: pd.DataFrame) -> pd.DataFrame:
    """Count changed facts by kind and grade.

    Parameters
    ----------
    facts : DataFrame
        The facts table.

    Returns
    -------
    DataFrame
        A row for each kind there is, in the order of the rules, a column for each grade.
    """
    counted = pd.crosstab(facts["kind"], facts["grade"])
    kinds = [kind for kind in rules.FACT_KINDS if kind in counted.index]
    return counted.reindex(index=kinds, columns=list(GRADES), fill_value=0)


def changed_facts(
    tables: Mapping[str, pd.DataFrame],
    ax: Axes | None = None,
    *,
    articles: Sequence[str] | None = None,
) -> Axes:
    """Draw how many facts changed, by kind and grade; see `plot.changed_facts`."""
    from matplotlib import ticker

    facts = tables["facts"]
    if articles is not None:
        supplied = set(tables["articles"]["article_id"])
        for article_id in articles:
            style.known(article_id, supplied)
        facts = facts[facts["target_id"].isin(list(articles))]
    drawn = counts(facts)
    ax = style.axes(ax, 1.35 + _ROW_INCHES * max(len(drawn), 2))
    if not len(drawn):
        return style.nothing(ax, "No changed facts.")
    left = pd.Series(0, index=drawn.index)
    there = [grade for grade in GRADES if drawn[grade].any()]
    for grade in there:
        look = GRADES[grade]
        bars = ax.barh(
            range(len(drawn)),
            drawn[grade],
            left=left,
            height=0.72,
            color=look.fill,
            edgecolor=style.BORDER,
            linewidth=0.5,
            label=grade,
        )
        for bar in bars:
            bar.set_hatch(look.hatch)
            bar.set_hatchcolor(style.HATCH)
        left += drawn[grade]
    ax.set_yticks(range(len(drawn)), list(drawn.index))
    ax.invert_yaxis()
    ax.xaxis.set_major_locator(ticker.MaxNLocator(integer=True))
    style.plain(ax, list(drawn.index), title="Facts that are not as in the source")
    ax.set_xlabel("facts of attributed sentences", fontsize=style.TEXT)
    style.legend(ax, [style.swatch(grade, GRADES[grade]) for grade in there], columns=4)
    return ax
