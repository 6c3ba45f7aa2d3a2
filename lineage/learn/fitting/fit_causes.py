"""Count how often each cause of a direction is right, and fit what it counts in which texts."""

from __future__ import annotations

import collections
import dataclasses
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ...evidence import direction, evidence_settings
from ...graph import growth
from ...io import articles
from ...match import document, pairs
from ..evaluation import cases as known
from . import material

# A weight set by judgement counts like so many edges.
JUDGED_EDGES = 10.0
# The factors in use count like so much information about each of them, in nats.
FACTOR_PRICE = 10.0
N_STEPS = 50
_COLUMNS = ("signal", "said_bits", "set", "right", "wrong")


@dataclasses.dataclass(frozen=True)
class Edge:
    """What is said of one true edge.

    Attributes
    ----------
    set : str
    said : mapping of str to float
        Bits of each signal for the true direction, at full weight.
    growing : float
        `fit_growth.p_growing` of the family.
    odds : float
        Nats of `fit_growth.log_odds` for the true direction.
    """

    set: str
    said: Mapping[str, float]
    growing: float
    odds: float


def ask(cases: Iterable[known.Case]) -> list[Edge]:
    """Ask every cause about every true edge.

    Parameters
    ----------
    cases : iterable of Case
        Those without edges are passed over, and those of single sentences, which are
        short and made from a report by their kind.

    Returns
    -------
    list of Edge
    """
    found = []
    for case in cases:
        if not _has_edges(case):
            continue
        table = articles.prepare(case.frame())
        unique = table[table["duplicate_of"].isna()]
        documents = document.build(unique, document.sentence_table(table))
        growing = growth.p_growing(growth.style(list(documents.values())))
        for names in case.edges:
            if documents.keys() >= set(names):
                source, target = (documents[name] for name in names)
                pair = pairs.compare(source, target)
                odds = growth.log_odds(source, target, pair, growing)
                found.append(Edge(case.set, _said(source, target, pair), growing, odds))
    return found


def count(edges: Iterable[Edge]) -> pd.DataFrame:
    """Count how often each cause is right.

    Parameters
    ----------
    edges : iterable of Edge

    Returns
    -------
    DataFrame
        ``signal``, ``said_bits`` (its full weight; one signal can have several), ``set``,
        ``right`` and ``wrong`` (numbers of edges), in order of the first three. A signal
        that speaks for both directions of an edge counts for the one with more bits.
    """
    right: collections.Counter[tuple[str, float, str]] = collections.Counter()
    wrong: collections.Counter[tuple[str, float, str]] = collections.Counter()
    for edge in edges:
        for signal, bits in edge.said.items():
            counter = right if bits > 0 else wrong
            counter[signal, round(abs(bits), 2), edge.set] += 1
    keys = sorted(right.keys() | wrong.keys())
    return pd.DataFrame([(*key, right[key], wrong[key]) for key in keys], columns=list(_COLUMNS))


def _has_edges(case: known.Case) -> bool:
    return bool(case.edges) and case.kind != "fusion"


def _said(
    source: document.Document, target: document.Document, pair: pairs.Pair
) -> dict[str, float]:
    """Bits of each signal for the true direction of an edge."""
    found: dict[str, float] = collections.defaultdict(float)
    for row in direction.causes(source, target, pair):
        found[row.signal] += row.weight_bits
    return {signal: bits for signal, bits in found.items() if bits != 0}


def factors(edges: Sequence[Edge]) -> pd.DataFrame:
    """Fit what each cause counts where texts shrink, and where they grow.

    Parameters
    ----------
    edges : sequence of Edge

    Returns
    -------
    DataFrame
        ``signal``, ``n_edges``, ``shrinking``, ``growing``: factors on its full weight; those
        in use (`evidence_settings.BY_KIND`) where cases say nothing. What lengths say is known
        before.
    """
    names = sorted({signal for edge in edges for signal in edge.said})
    rows, odds = _design(edges, names)
    start = np.array([evidence_settings.BY_KIND.get(name, (1.0, 1.0)) for name in names]).T.ravel()
    found = start.copy()
    # Newton's method; the price makes the surprise strictly convex.
    for _ in range(N_STEPS):
        wrong = 1.0 / (1.0 + np.exp(odds + rows @ found))
        slope = FACTOR_PRICE * (found - start) - rows.T @ wrong
        bent = rows.T @ (rows * (wrong * (1 - wrong))[:, None])
        found = found - np.linalg.solve(bent + FACTOR_PRICE * np.eye(len(found)), slope)
    n_edges = [sum(name in edge.said for edge in edges) for name in names]
    shrinking, growing = found.reshape(2, -1)
    return pd.DataFrame(
        {"signal": names, "n_edges": n_edges, "shrinking": shrinking, "growing": growing}
    )


def surprise(edges: Sequence[Edge], fitted: pd.DataFrame) -> float:
    """Return the mean surprise of the true directions, in nats, lengths and causes together.

    Parameters
    ----------
    edges : sequence of Edge
    fitted : DataFrame
        From `factors`; a signal that it lacks counts as in use.

    Returns
    -------
    float
    """
    names = sorted({signal for edge in edges for signal in edge.said})
    rows, odds = _design(edges, names)
    by_name = {
        row["signal"]: (row["shrinking"], row["growing"]) for row in fitted.to_dict("records")
    }
    in_use = [by_name.get(name, evidence_settings.BY_KIND.get(name, (1.0, 1.0))) for name in names]
    found = np.array(in_use, dtype=float).reshape(-1, 2).T.ravel()
    return float(np.logaddexp(0.0, -(odds + rows @ found)).mean())


def _design(edges: Sequence[Edge], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Nats of each signal as far as texts shrink, and as far as they grow; odds by lengths."""
    said = np.array([[edge.said.get(name, 0.0) for name in names] for edge in edges])
    nats = said.reshape(len(edges), len(names)) * math.log(2)
    growing = np.array([edge.growing for edge in edges])[:, None]
    rows = np.column_stack((nats * (1 - growing), nats * growing))
    return rows, np.array([edge.odds for edge in edges])


def counted_bits(said_bits: float, right: float, wrong: float) -> float:
    """Return the weight of a cause by its judged weight and by what was counted.

    Parameters
    ----------
    said_bits : float
        As judged.
    right, wrong : float
        Numbers of edges.

    Returns
    -------
    float
        Log2 odds of being right: the mean of a beta distribution with `JUDGED_EDGES` edges
        of the judged odds before any was counted.
    """
    judged = JUDGED_EDGES / (1.0 + 2.0**-said_bits)
    return math.log2((right + judged) / (wrong + JUDGED_EDGES - judged))


def table(counted: pd.DataFrame) -> str:
    """Lay out the counts, a row for each signal and weight, as a Markdown table.

    Parameters
    ----------
    counted : DataFrame
        From `count`.

    Returns
    -------
    str
        Cells ``right/wrong`` of each set, and the bits by them, each set with the judged
        weight before it: a cause that holds has them above zero in every genre.
    """
    names = list(dict.fromkeys(sorted(counted["set"])))
    lines = [
        "| signal | bits | " + " | ".join(names) + " |",
        "| --- | ---: |" + " --- |" * len(names),
    ]
    by_weight: dict[tuple[str, float], dict[str, Any]] = {}
    for row in counted.to_dict("records"):
        by_weight.setdefault((row["signal"], row["said_bits"]), {})[row["set"]] = row
    for (signal, bits), by_set in sorted(by_weight.items()):
        cells = [_cell(bits, by_set.get(name)) for name in names]
        lines.append(f"| {signal} | {bits:.1f} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(said_bits: float, row: Mapping[Any, Any] | None) -> str:
    if row is None:
        return ""
    bits = counted_bits(said_bits, row["right"], row["wrong"])
    return f"{row['right']}/{row['wrong']} ({bits:+.1f})"


def run(
    paths: Sequence[Path],
    say: Callable[[str], None],
    *,
    only: Sequence[str] = (),
    cross_validate: bool = False,
    leave_genre_out: bool = False,
    seed: int = material.SEED,
) -> dict[str, Any]:
    """Count, say the table, and return what a file of counts holds.

    Parameters
    ----------
    paths : sequence of Path
        Files of cases, or folders of them.
    say : callable
        Takes the table.
    only : sequence of str
        Sets; all if empty.
    cross_validate, seed
        Nothing is dealt to folds: the table of counts shows each set by itself.
    leave_genre_out : bool
        Whether the surprise in each set with factors fitted without it is said.

    Returns
    -------
    dict
    """
    listed, hashes = material.prepared(paths, only, lambda case: [case] if _has_edges(case) else [])
    edges = ask(listed)
    counted = count(edges)
    say(table(counted))
    fitted = factors(edges)
    say(_factor_table(fitted))
    if leave_genre_out:
        say(_left_out(edges))
    about = material.about(hashes, len(listed), sum(len(case.articles) for case in listed))
    return {
        "counts": counted.to_dict("records"),
        "factors": fitted.round(2).to_dict("records"),
        "fitted_on": about,
    }


def _factor_table(fitted: pd.DataFrame) -> str:
    lines = [
        "| signal | edges | shrinking | growing | in use |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    for row in fitted.to_dict("records"):
        shrinks, grows = evidence_settings.BY_KIND.get(row["signal"], (1.0, 1.0))
        lines.append(
            f"| {row['signal']} | {row['n_edges']} | {row['shrinking']:.2f} | {row['growing']:.2f} "
            f"| {shrinks:.2f}, {grows:.2f} |"
        )
    return "\n".join(lines) + "\n"


def _left_out(edges: Sequence[Edge]) -> str:
    """Surprise in each set: lengths alone, with full weights, as in use, and fitted without it."""
    lines = [
        "| set | edges | lengths alone | full weights | in use | fitted on the other sets |",
        "| --- " * 6 + "|",
    ]
    for name in dict.fromkeys(edge.set for edge in edges):
        inside = [edge for edge in edges if edge.set == name]
        rest = [edge for edge in edges if edge.set != name]
        signals = sorted({signal for edge in edges for signal in edge.said})
        alone, full = (
            surprise(inside, pd.DataFrame({"signal": signals, "shrinking": x, "growing": x}))
            for x in (0.0, 1.0)
        )
        in_use = surprise(inside, pd.DataFrame(columns=["signal"]))
        without = surprise(inside, factors(rest)) if rest else in_use
        lines.append(
            f"| {name} | {len(inside)} | {alone:.3f} | {full:.3f} | {in_use:.3f} | {without:.3f} |"
        )
    return "\n".join(lines) + "\n"


__all__ = ["Edge", "ask", "count", "counted_bits", "factors", "run", "surprise", "table"]
