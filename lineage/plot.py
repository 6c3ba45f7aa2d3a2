"""Pictures of a traced lineage for notebooks and scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from .report import charts

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def dag(result: Any, ax: Axes | None = None) -> Axes:
    """Draw who was made from whom.

    Parameters
    ----------
    result : Lineage
        Or any object with the tables as attributes.
    ax : Axes, optional
        Where to draw; without it a new pyplot figure of the fitting size.

    Returns
    -------
    Axes
        Supplied articles as boxes, absent sources dashed; lines run from source to
        target. An arrowhead is drawn only where the direction is likely or decided.

    Raises
    ------
    TableError
        If the kept edges have a cycle or name an unknown article.

    Examples
    --------
    >>> result = lineage.trace(articles)  # doctest: +SKIP
    >>> lineage.plot.dag(result).figure.savefig("dag.png")  # doctest: +SKIP
    """
    return charts.draw_dag(_tables(result), ax, pyplot=True)


def shared(result: Any, ax: Axes | None = None) -> Axes:
    """Draw who shares how much with whom, as a heat map.

    Parameters
    ----------
    result : Lineage
        Or any object with the tables as attributes.
    ax : Axes, optional
        Where to draw; without it a new pyplot figure of the fitting size.

    Returns
    -------
    Axes
        A cell is the share of its row's words that are found in its column's text;
        a hatched cell was not compared.
    """
    return charts.draw_shared(_tables(result), ax, pyplot=True)


def _tables(result: Any) -> Mapping[str, pd.DataFrame]:
    # `edges` of a result are the kept ones, which is all that is drawn.
    names = ("articles", "sentences", "edges", "relations")
    return {name: getattr(result, name) for name in names}
