"""Pictures of a traced lineage for notebooks and scripts.

Each function draws one picture with matplotlib, on the Axes given as ``ax`` or on a new figure
of pyplot, and returns the Axes. Colours are told apart by colour-blind eyes, and nothing is said
by colour alone. `save` writes a figure for print.

The examples draw the run that `lineage trace data/harbour-crane/articles -o run` writes.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from . import errors
from .learn.evaluation import reliability as curves
from .report import phrases
from .report.plots import (
    dag_chart,
    evidence_charts,
    fact_charts,
    sentence_charts,
    style,
    time_charts,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE: Mapping[Any, Any] = style.SETTINGS
"""Settings of matplotlib under which `save` writes, for ``matplotlib.rc_context``."""


def dag(
    result: Any, ax: Axes | None = None, *, axis: Literal["generation", "time"] = "generation"
) -> Axes:
    """Draw who was made from whom.

    Parameters
    ----------
    result : Lineage
        Or any object with the tables as attributes.
    ax : Axes, optional
        Where to draw; without it a new pyplot figure of the fitting size.
    axis : {"generation", "time"}
        What runs from left to right: steps of derivation, each text a box, or the time of
        publication, each text a line of its own.

    Returns
    -------
    Axes
        Absent sources dashed or hollow; lines run from source to target. An arrowhead is
        drawn only where the direction is likely or decided.

    Raises
    ------
    TableError
        If the kept edges have a cycle or name an unknown article.
    UsageError
        If `axis` is neither, or ``time`` and no article has a date.

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> ax = lineage.plot.dag(result)
    >>> lineage.plot.save(ax, "dag.pdf")
    """
    settings = getattr(result, "settings", phrases.SETTINGS)
    if axis == "time":
        return time_charts.draw_dag(_tables(result), _axes(ax), settings=settings)
    if axis != "generation":
        raise errors.UsageError(f"dag: axis is {axis!r}; give 'generation' or 'time'")
    return dag_chart.draw_dag(_tables(result), _axes(ax), settings=settings, pyplot=True)


def timeline(result: Any, ax: Axes | None = None) -> Axes:
    """Draw when each text was published, and how well that is known.

    Parameters
    ----------
    result : Lineage
    ax : Axes, optional

    Returns
    -------
    Axes
        A line a text, in order of time. Filled: the date was given with the text; hollow: it
        was read from the page; diamond: inferred from the text. A bar is as long as the date
        is imprecise. Texts without a date stand right of the axis.

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> ax = lineage.plot.timeline(result)
    """
    return time_charts.draw_timeline(_tables(result), _axes(ax))


def attribution_bars(
    result: Any, articles: str | Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how much of each text is verbatim, edited, paraphrased, new and so on.

    Parameters
    ----------
    result : Lineage
    articles : str or sequence of str, optional
        Ids of supplied articles, in the order in which to draw them; the first 60 of the
        lineage picture, if not given.
    ax : Axes, optional

    Returns
    -------
    Axes
        A bar a text: shares of the characters that stand in sentences.

    Raises
    ------
    UsageError
        If an id is not that of a supplied article.

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> ax = lineage.plot.attribution_bars(result, ["ostrell-page", "tideline-post"])
    >>> len(ax.get_yticklabels())
    2
    """
    wanted = _wanted(articles, ax)
    return sentence_charts.attribution_bars(_tables(result), wanted.ax, articles=wanted.ids)


def changed_facts(
    result: Any, articles: str | Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many facts are not as in the source, by kind and grade.

    Parameters
    ----------
    result : Lineage
    articles : str or sequence of str, optional
        Ids of supplied articles whose facts are counted; all, if not given.
    ax : Axes, optional

    Returns
    -------
    Axes
        A bar a kind of fact, divided by grade.

    Raises
    ------
    UsageError
        If an id is not that of a supplied article.

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> ax = lineage.plot.changed_facts(result)
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['number', 'measure', 'date']
    """
    wanted = _wanted(articles, ax)
    return fact_charts.changed_facts(_tables(result), wanted.ax, articles=wanted.ids)


def sentence_barcode(
    result: Any, articles: str | Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw each text as a line of its sentences, coloured by the source of each.

    Parameters
    ----------
    result : Lineage
    articles : str or sequence of str, optional
        As for `attribution_bars`.
    ax : Axes, optional

    Returns
    -------
    Axes
        Sources have a letter besides their colour; a triangle marks a sentence in which a
        number, name, date or negation differs from its source.

    Raises
    ------
    UsageError
        If an id is not that of a supplied article.

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> ax = lineage.plot.sentence_barcode(result)
    >>> len(ax.get_yticklabels())
    8
    """
    wanted = _wanted(articles, ax)
    return sentence_charts.sentence_barcode(_tables(result), wanted.ax, articles=wanted.ids)


def share_matrix(result: Any, ax: Axes | None = None) -> Axes:
    """Draw who shares how much with whom, as a heat map.

    Parameters
    ----------
    result : Lineage
    ax : Axes, optional

    Returns
    -------
    Axes
        A cell is the share of its row's words that are found in its column's text;
        a hatched cell was not compared.

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> ax = lineage.plot.share_matrix(result)
    >>> len(ax.get_xticklabels()) == len(ax.get_yticklabels()) == 8
    True
    """
    return dag_chart.draw_shared(_tables(result), _axes(ax), pyplot=True)


def waterfall(result: Any, source_id: str, target_id: str, ax: Axes | None = None) -> Axes:
    """Draw the evidence of one edge in bits, signal by signal, question by question.

    Parameters
    ----------
    result : Lineage
    source_id, target_id : str
        An edge of any status.
    ax : Axes, optional

    Returns
    -------
    Axes
        Bits are added up for each question apart, with the probability that they come to.

    Raises
    ------
    UsageError
        If the edges table has no such edge.

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> ax = lineage.plot.waterfall(result, "meridian-first", "ostrell-page")
    >>> ax.get_xlabel()
    'bits for (right) and against (left); one bit doubles the odds'
    """
    return evidence_charts.waterfall(_tables(result), source_id, target_id, _axes(ax))


def stemma_readings(result: Any, target_id: str, ax: Axes | None = None) -> Axes:
    """Draw whose wording a text follows, place by place, where possible sources differ.

    Parameters
    ----------
    result : Lineage
    target_id : str
        A supplied article.
    ax : Axes, optional

    Returns
    -------
    Axes
        A row a possible source, best agreement first; a square: the text reads as that
        source does, a cross: it does not, nothing: that source says nothing there.

    Raises
    ------
    UsageError
        If it is no supplied article.

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> ax = lineage.plot.stemma_readings(result, "tideline-post")
    >>> len(ax.get_yticklabels())
    3
    """
    return evidence_charts.stemma_readings(_tables(result), target_id, _axes(ax))


def reliability(evaluation: Any, ax: Axes | None = None, *, measure: str = "p_direction") -> Axes:
    """Draw how often stated probabilities were right.

    Parameters
    ----------
    evaluation : Evaluation
        As `lineage.learn.evaluate.run` returns it.
    ax : Axes, optional
    measure : {"p_direction", "p_edge", "confidence"}

    Returns
    -------
    Axes
        A point a bin with its 95 percent interval and its count; on the dashed line what is
        stated is what is found.

    Raises
    ------
    UsageError
        If `measure` is none of these.

    Examples
    --------
    >>> import lineage
    >>> from lineage.learn import evaluate
    >>> evaluation = evaluate.run("data/harbour-crane", n_resamples=10)
    >>> ax = lineage.plot.reliability(evaluation)
    >>> ax.get_xlabel()
    'stated p_direction'
    """
    if measure not in curves.BORDERS:
        raise errors.UsageError(f"reliability: no measure {measure!r}; {', '.join(curves.BORDERS)}")
    ax = style.axes(_axes(ax), 4.2, width=5.0)
    drawn = curves.draw(evaluation.reliability, measure, ax)
    if drawn.get_legend_handles_labels()[0]:
        drawn.legend(loc="lower right", fontsize=style.SMALL, frameon=False)
    return drawn


def save(ax: Axes | Figure, path: str | os.PathLike[str], *, dpi: int = 300) -> None:
    """Write a figure for print: letters stay letters in PDF and SVG, pixels are fine.

    Parameters
    ----------
    ax : Axes or Figure
        The whole figure is written.
    path : path
        Ends in .pdf, .svg, .png or what else matplotlib writes. The same figure gives the
        same bytes.
    dpi : int, default 300

    Examples
    --------
    >>> import lineage
    >>> result = lineage.load("run")
    >>> lineage.plot.save(lineage.plot.timeline(result), "timeline.svg")
    """
    style.save(ax, Path(path), dpi=dpi)


@dataclass(frozen=True)
class _Wanted:
    """Which articles to draw, and where."""

    ids: Sequence[str] | None
    ax: Axes | None


def _wanted(articles: Any, ax: Any) -> _Wanted:
    """Take ids and Axes apart; until 0.1 the Axes were the second argument."""
    if hasattr(articles, "get_figure"):
        warnings.warn(
            "ids come before the Axes now: give ax=AXES", DeprecationWarning, stacklevel=3
        )
        articles, ax = None, articles
    ids = [articles] if isinstance(articles, str) else articles
    return _Wanted(None if ids is None else [str(each) for each in ids], _axes(ax))


def _axes(ax: Any) -> Any:
    if ax is not None and not hasattr(ax, "get_figure"):
        raise errors.UsageError(
            f"ax is {ax!r}, which is no Axes of matplotlib; ids of articles, where a picture takes "
            "them, come right after the result"
        )
    return ax


def _tables(result: Any) -> Mapping[str, pd.DataFrame]:
    names = ("articles", "sentences", "relations", "evidence", "readings", "attributions", "facts")
    found = {name: getattr(result, name) for name in names}
    # `edges` of a result are the kept ones.
    return {**found, "edges": getattr(result, "all_edges", result.edges)}
