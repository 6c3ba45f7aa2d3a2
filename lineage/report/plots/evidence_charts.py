"""Pictures of what speaks for an edge: bits that add up, and readings that agree or differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ... import errors
from .. import phrases, questions
from . import canvas, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's blue and vermilion: told apart by all eyes; the sign is written too.
FOR, AGAINST, TOTAL = "#0072b2", "#d55e00", "#4a4f57"
# So many columns of readings can be told apart on a printed page, and so many be labelled.
_MAX_LOCI, _MAX_WORDED = 80, 24
_WORDS_EM = 16.0


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall, in bits."""

    about: str
    signal: str
    bits: float
    start: float
    n_rows: int


def waterfall_steps(evidence: pd.DataFrame) -> list[Step]:
    """Return the bars of an edge's evidence: one a signal, heaviest first within its question.

    Parameters
    ----------
    evidence : DataFrame
        The evidence table's rows of one edge.

    Returns
    -------
    list of Step
        Each starts where the one before it ends, the first of each question at 0: bits of
        two questions are never added up.
    """
    order = {about: place for place, about in enumerate(questions.QUESTIONS)}
    summed: dict[tuple[str, str], list[float]] = {}
    for row in phrases.rows(evidence):
        summed.setdefault((str(row.about), str(row.signal)), []).append(float(row.weight_bits))
    found = [(about, signal, sum(bits), len(bits)) for (about, signal), bits in summed.items()]
    found.sort(key=lambda each: (order[each[0]], -abs(each[2]), each[1]))
    steps: list[Step] = []
    reached = 0.0
    for about, signal, bits, n_rows in found:
        if steps and steps[-1].about != about:
            reached = 0.0
        steps.append(Step(about, signal, bits, reached, n_rows))
        reached += bits
    return steps


def waterfall(
    tables: Mapping[str, pd.DataFrame], source_id: str, target_id: str, ax: Axes | None = None
) -> Axes:
    """Draw the evidence of one edge in bits; see `plot.waterfall`."""
    edge = _edge(tables["edges"], source_id, target_id)
    evidence = tables["evidence"]
    mine = evidence[(evidence["source_id"] == source_id) & (evidence["target_id"] == target_id)]
    steps = waterfall_steps(mine)
    bars = [bar for about in questions.QUESTIONS for bar in _bars(steps, about, edge)]
    ax = style.axes(ax, 1.2 + 0.26 * len(bars))
    names = style.names(tables["articles"], 24.0)
    title = f"{names[source_id]} → {names[target_id]}"
    if not bars:
        return style.nothing(ax, f"{title}\nNo evidence is listed for this edge.")
    for place, bar in enumerate(bars):
        end = bar.start + bar.bits
        colour = TOTAL if bar.is_sum else FOR if bar.bits >= 0 else AGAINST
        ax.barh(place, bar.bits, left=bar.start, height=0.66, color=colour)
        if not bar.is_sum:
            ax.plot([end, end], [place - 0.33, place + 1.33], color=canvas.SOFT, linewidth=0.6)
        _beside(ax, place, max(bar.start, end), bar.words, bold=bar.is_sum)
    labels = [bar.label for bar in bars]
    ax.set_yticks(range(len(bars)), labels)
    for label, bar in zip(ax.get_yticklabels(), bars, strict=True):
        label.set_fontweight("bold" if bar.is_sum else "normal")
    ax.invert_yaxis()
    reach = [bar.start for bar in bars] + [bar.start + bar.bits for bar in bars]
    room = (max(reach) - min(reach)) * 0.14
    ax.set_xlim(min(*reach, 0.0) - room * 0.2, max(reach) + room * 1.6)
    ax.axvline(0, color=canvas.SOFT, linewidth=0.8, zorder=0)
    style.plain(ax, labels, title=title, left=False, pad=15)
    ax.set_xlabel("bits for (right) and against (left); one bit doubles the odds")
    ax.xaxis.label.set_fontsize(style.TEXT)
    _questions(ax, bars)
    _verdict(ax, edge)
    return ax


@dataclass(frozen=True)
class _Bar:
    """A signal, or what the signals of one question come to."""

    about: str
    label: str
    bits: float
    start: float
    words: str
    is_sum: bool = False


def _bars(steps: list[Step], about: str, edge: object) -> list[_Bar]:
    """Return the bars of one question, its sum with the probability that it comes to."""
    mine = [step for step in steps if step.about == about]
    if not mine:
        return []
    bars = [
        _Bar(
            about,
            questions.name(step.signal) + (f" ({step.n_rows} places)" if step.n_rows > 1 else ""),
            step.bits,
            step.start,
            phrases.bits(step.bits),
        )
        for step in mine
    ]
    total = mine[-1].start + mine[-1].bits
    p = phrases.probability(questions.probability(about, edge, total))
    words = f"{phrases.bits(total)}, p {p}"
    return [*bars, _Bar(about, "together", total, 0.0, words, is_sum=True)]


def _edge(edges: pd.DataFrame, source_id: str, target_id: str) -> object:
    found = edges[(edges["source_id"] == source_id) & (edges["target_id"] == target_id)]
    if found.empty:
        raise errors.UsageError(
            f"no edge {source_id!r} -> {target_id!r}; the columns source_id and target_id of the "
            "edges table have those there are"
        )
    return next(found.itertuples(index=False))


def _beside(ax: Axes, place: int, x: float, words: str, *, bold: bool = False) -> None:
    ax.annotate(
        words,
        (x, place),
        xytext=(3, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL,
        weight="bold" if bold else "normal",
        color=canvas.INK,
    )


def _questions(ax: Axes, bars: list[_Bar]) -> None:
    """Shade the bars of every second question and name the question at the right."""
    first = 0
    for number, (about, said) in enumerate(questions.QUESTIONS.items()):
        n_bars = sum(bar.about == about for bar in bars)
        if n_bars == 0:
            continue
        if number % 2 == 0:
            ax.axhspan(first - 0.5, first + n_bars - 0.5, color="#f1f3f5", zorder=-1)
        ax.annotate(
            "\n".join(said.rsplit(" ", 1)),
            (1, first + (n_bars - 1) / 2),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=style.SMALL,
            color=canvas.SOFT,
        )
        first += n_bars


def _verdict(ax: Axes, edge: object) -> None:
    said = [
        phrases.spaced(getattr(edge, "relation", None)),
        f"related {phrases.probability(getattr(edge, 'p_link', None))}",
        f"direct {phrases.probability(getattr(edge, 'p_edge', None))}",
        f"source first {phrases.probability(getattr(edge, 'p_direction', None))}",
        phrases.alike(getattr(edge, "n_alike", None)),
        phrases.spaced(getattr(edge, "status", None)),
    ]
    # Between the title, which makes room for it, and the first bar.
    ax.annotate(
        " · ".join(part for part in said if part),
        (0, 1),
        xycoords="axes fraction",
        xytext=(0, 3),
        textcoords="offset points",
        fontsize=style.SMALL,
        color=canvas.SOFT,
    )


def stemma_readings(
    tables: Mapping[str, pd.DataFrame], target_id: str, ax: Axes | None = None
) -> Axes:
    """Draw whose wording a text follows, place by place; see `plot.stemma_readings`."""
    articles = tables["articles"]
    style.known(target_id, set(articles.loc[articles["kind"] == "supplied", "article_id"]))
    readings = tables["readings"]
    mine = readings[readings["target_id"] == target_id]
    names = style.names(articles)
    title = f"Whose wording {names[target_id]} follows"
    rates = mine.groupby("candidate_id")["agrees"].agg(["mean", "sum", "size"]).reset_index()
    rates = rates.sort_values(["mean", "size", "candidate_id"], ascending=[False, False, True])
    n_all = mine["locus"].nunique()
    loci = sorted(mine["locus"].unique())[:_MAX_LOCI]
    is_worded = len(loci) <= _MAX_WORDED
    ax = style.axes(ax, (2.9 if is_worded else 1.5) + 0.3 * max(len(rates), 1))
    if mine.empty:
        return style.nothing(ax, f"{title}\nNo place where possible sources differ was found.")
    column = {locus: place for place, locus in enumerate(loci)}
    row_of = {candidate: place for place, candidate in enumerate(rates["candidate_id"])}
    for agrees, marker, fill, label in (
        (True, "s", FOR, "same reading as the text"),
        (False, "x", AGAINST, "another reading"),
    ):
        part = mine[(mine["agrees"] == agrees) & mine["locus"].isin(loci)]
        ax.scatter(
            part["locus"].map(column),
            part["candidate_id"].map(row_of),
            marker=marker,
            color=fill,
            s=20 if len(loci) <= 40 else 9,
            linewidths=1.1,
            label=label,
        )
    for place, rate in enumerate(rates.itertuples(index=False)):
        ax.annotate(
            f"{rate.sum} of {rate.size}",
            (1, place),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=style.SMALL,
            color=canvas.INK,
        )
    shown = [names[candidate] for candidate in rates["candidate_id"]]
    ax.set_yticks(range(len(rates)), shown)
    ax.set_ylim(len(rates) - 0.4, -0.6)
    ax.set_xlim(-0.7, len(loci) - 0.3)
    style.plain(ax, [*shown, title], title=title, left=False)
    _places(ax, mine, loci, is_worded)
    if n_all > len(loci):
        ax.set_title(f"first {len(loci)} of {n_all} places", fontsize=style.SMALL, loc="right")
    handles, _ = ax.get_legend_handles_labels()
    style.legend(ax, handles, below=118.0 if is_worded else 34.0)
    return ax


def _places(ax: Axes, mine: pd.DataFrame, loci: list[int], is_worded: bool) -> None:
    if not is_worded:
        ax.set_xticks([])
        ax.set_xlabel("places where sources differ, in the order of the text")
        ax.xaxis.label.set_fontsize(style.TEXT)
        return
    first = mine.drop_duplicates("locus").set_index("locus")["target_text"]
    words = [phrases.fit(phrases.text_or(first.get(locus)), _WORDS_EM)[0] for locus in loci]
    ax.set_xticks(range(len(loci)), words)
    for tick_label in ax.get_xticklabels():
        tick_label.set(
            rotation=50,
            ha="right",
            rotation_mode="anchor",
            fontsize=style.SMALL,
            parse_math=False,
            family=canvas.families(words),
        )
