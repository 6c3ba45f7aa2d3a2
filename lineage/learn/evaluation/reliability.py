"""How often a stated probability was right, bin by bin, with intervals and a picture."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import cases

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A drawn direction is at least as likely as its opposite, so its ten bins share [0.5, 1].
BORDERS = {
    "p_direction": np.linspace(0.5, 1.0, 11),
    "p_edge": np.linspace(0.0, 1.0, 11),
    "confidence": np.linspace(0.0, 1.0, 11),
}
TITLES = {
    "p_direction": "Direction: kept edges whose pair is truly ordered",
    "p_edge": "Link: listed edges, either direction",
    "confidence": "Sentences: source sentences named",
}
ALL = "all"

# 95 percent of a normal distribution lie so many standard deviations around its mean.
_Z = 1.959963984540054

COLUMNS = {
    "measure": "string",
    "set": "string",
    "low": "float64",
    "high": "float64",
    "n": "int64",
    "stated": "float64",
    "right": "float64",
    "right_low": "float64",
    "right_high": "float64",
}

_SETTINGS: dict[Any, Any] = {"svg.hashsalt": "lineage", "svg.fonttype": "none"}
_DPI = 120
_INK = "#22303c"
_FAINT = "#b9c2cc"
_BAR = "#1f5a96"
# Told apart in print and by most colour-blind readers.
_MUTED = ("#e0a458", "#7fb69e", "#b48ead", "#d08770", "#8fa7bf", "#a3a86b", "#c9a0a0", "#9aa0a6")

# A single set's point on fewer predictions than this moves too much to be drawn.
_N_STEADY = 10


@dataclasses.dataclass(frozen=True)
class Interval:
    """Bounds of a share."""

    low: float
    high: float


def wilson(n_right: float, n: int) -> Interval:
    """Return the 95 percent score interval of a share.

    Parameters
    ----------
    n_right : float
        How many were right, in [0, n].
    n : int
        Of how many; at least 1.

    Returns
    -------
    Interval
        In [0, 1], and never of length 0: one right answer of one says little.

    Notes
    -----
    Takes answers as independent. Edges of one story are not quite, so the truth is
    somewhat wider.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22, 1927.
    """
    share = n_right / n
    scale = 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / scale
    half = _Z / scale * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def curve(stated: pd.Series, right: pd.Series, measure: str) -> pd.DataFrame:
    """Bin stated probabilities and count how often they were right.

    Parameters
    ----------
    stated : Series of float
        Probabilities.
    right : Series of bool
        Whether what they speak of is so.
    measure : str
        A key of `BORDERS`.

    Returns
    -------
    DataFrame
        One row a bin that is not empty: ``low``, ``high``, ``n``, ``stated`` (their
        mean), ``right`` (share), ``right_low``, ``right_high`` (Wilson).
    """
    borders = BORDERS[measure]
    p = stated.to_numpy(dtype=float)
    truth = right.to_numpy(dtype=float)
    # The last bin is closed: a stated 1.0 belongs to it.
    at = np.clip(np.searchsorted(borders, p, side="right") - 1, 0, len(borders) - 2)
    rows = []
    for k in np.unique(at):
        inside = at == k
        n, n_right = int(inside.sum()), float(truth[inside].sum())
        bounds = wilson(n_right, n)
        rows.append(
            {
                "low": borders[k],
                "high": borders[k + 1],
                "n": n,
                "stated": float(p[inside].mean()),
                "right": n_right / n,
                "right_low": bounds.low,
                "right_high": bounds.high,
            }
        )
    return pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in ("measure", "set")])


def table(bets: pd.DataFrame, edges: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the curves of all probabilities, for each set and for all sets together.

    Parameters
    ----------
    bets : DataFrame
        ``set``, ``p_direction``, ``right``.
    edges : DataFrame
        ``set``, ``p_edge``, ``linked``.
    claims : DataFrame
        ``set``, ``confidence``, ``right``.

    Returns
    -------
    DataFrame
        `COLUMNS`. Simulated cases have a curve of their own and no part in ``all``.
    """
    made = []
    for measure, frame, truth in (
        ("p_direction", bets, "right"),
        ("p_edge", edges, "linked"),
        ("confidence", claims, "right"),
    ):
        pooled = frame[frame["set"] != cases.SIMULATED]
        parts = [(ALL, pooled), *((str(name), part) for name, part in frame.groupby("set"))]
        for name, part in parts:
            if len(part):
                found = curve(part[measure], part[truth], measure)
                made.append(found.assign(measure=measure, set=name))
    if not made:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    return pd.concat(made, ignore_index=True)[list(COLUMNS)].astype(COLUMNS)


def draw(curves: pd.DataFrame, measure: str, ax: Axes) -> Axes:
    """Draw a reliability curve with its intervals, and under it how many predictions it has.

    Parameters
    ----------
    curves : DataFrame
        As `table` returns.
    measure : str
        A key of `BORDERS`.
    ax : Axes

    Returns
    -------
    Axes
    """
    borders = BORDERS[measure]
    first, last = float(borders[0]), float(borders[-1])
    said = "all sets, 95 % interval, with counts"
    mine = curves[curves["measure"] == measure]
    pooled = mine[mine["set"] == ALL]
    if len(pooled) == 0 and len(mine):
        pooled, said = mine[mine["set"] == cases.SIMULATED], "simulated: no accuracy"
    ax.plot([first, last], [first, last], color=_FAINT, linewidth=1, linestyle="--", zorder=1)
    # One colour a set, whatever the measure.
    colours = dict(zip(sorted(set(curves["set"]) - {ALL, cases.SIMULATED}), _MUTED, strict=False))
    for name, part in mine[mine["set"].isin(list(colours))].groupby("set"):
        steady = part[part["n"] >= _N_STEADY]
        colour = colours[str(name)]
        ax.plot(steady["stated"], steady["right"], color=colour, linewidth=1, label=str(name))
    if len(pooled):
        off = np.vstack(
            [
                pooled["right"] - pooled["right_low"],
                pooled["right_high"] - pooled["right"],
            ]
        )
        ax.errorbar(
            pooled["stated"],
            pooled["right"],
            # Rounding can leave a hair below zero where all were right.
            yerr=np.maximum(off, 0.0),
            color=_BAR,
            marker="o",
            markersize=4,
            capsize=3,
            linewidth=1.5,
            zorder=3,
            label=said,
        )
        for row in pooled.to_dict("records"):
            ax.annotate(
                f"{row['n']}",
                (row["stated"], row["right_low"]),
                xytext=(0, -9),
                textcoords="offset points",
                fontsize=7,
                ha="center",
                color=_INK,
            )
    ax.set_xlim(first - 0.02, last + 0.02)
    ax.set_ylim(-0.08, 1.04)
    ax.set_xlabel(f"stated {measure}")
    ax.set_ylabel("share that was right")
    ax.set_title(TITLES[measure], fontsize=9, loc="left")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def figure(curves: pd.DataFrame) -> Figure:
    """Return a figure with the curves side by side, made without pyplot."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_SETTINGS):
        made = Figure(figsize=(14.4, 4.4), dpi=_DPI, layout="constrained")
        FigureCanvasAgg(made)
        axes = made.subplots(1, len(BORDERS))
        for ax, measure in zip(axes, BORDERS, strict=True):
            draw(curves, measure, ax)
        # All of them show the same sets in the same colours.
        shown = {
            label: handle
            for ax in axes
            for handle, label in zip(*ax.get_legend_handles_labels(), strict=True)
        }
        if shown:
            made.legend(
                list(shown.values()),
                list(shown),
                loc="outside lower center",
                ncols=5,
                fontsize=7,
                frameon=False,
            )
    return made


def save(curves: pd.DataFrame, path: Path) -> None:
    """Write the figure; the same curves give the same bytes.

    Parameters
    ----------
    curves : DataFrame
        As `table` returns.
    path : Path
        Ends in .png, .svg or .pdf.
    """
    import matplotlib

    plain = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {"Software": None}}
    with matplotlib.rc_context(_SETTINGS):
        figure(curves).savefig(
            path, format=path.suffix[1:].lower(), metadata=plain.get(path.suffix.lower())
        )
