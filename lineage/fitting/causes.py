"""Count how often each cause of a direction is right on cases with a known lineage."""

from __future__ import annotations

import collections
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .. import articles, document, pairs
from ..evaluation import cases as known
from ..evidence import direction
from . import material

# A weight set by judgement counts like so many edges.
JUDGED_EDGES = 10.0
_COLUMNS = ("signal", "said_bits", "set", "right", "wrong")


def count(cases: Iterable[known.Case]) -> pd.DataFrame:
    """Ask every cause about every true edge.

    Parameters
    ----------
    cases : iterable of Case
        Those without edges are passed over, and those of single sentences, which are
        short and made from a report by their kind.

    Returns
    -------
    DataFrame
        ``signal``, ``said_bits`` (its weight; one signal can have several), ``set``,
        ``right`` and ``wrong`` (numbers of edges), in order of the first three. A signal
        that speaks for both directions of an edge counts for the one with more bits.
    """
    right: collections.Counter[tuple[str, float, str]] = collections.Counter()
    wrong: collections.Counter[tuple[str, float, str]] = collections.Counter()
    for case in cases:
        if not _has_edges(case):
            continue
        table = articles.prepare(case.frame())
        unique = table[table["duplicate_of"].isna()]
        documents = document.build(unique, document.sentence_table(table))
        for source, target in case.edges:
            if source not in documents or target not in documents:
                continue
            for signal, bits in _said(documents[source], documents[target]).items():
                counter = right if bits > 0 else wrong
                counter[signal, round(abs(bits), 2), case.set] += 1
    keys = sorted(right.keys() | wrong.keys())
    return pd.DataFrame([(*key, right[key], wrong[key]) for key in keys], columns=list(_COLUMNS))


def _has_edges(case: known.Case) -> bool:
    return bool(case.edges) and case.kind != "fusion"


def _said(source: document.Document, target: document.Document) -> dict[str, float]:
    """Bits of each signal for the true direction of an edge."""
    found: dict[str, float] = collections.defaultdict(float)
    for row in direction.signals(source, target, pairs.compare(source, target)):
        found[row.signal] += row.weight_bits
    return {signal: bits for signal, bits in found.items() if bits != 0}


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
    cross_validate, leave_genre_out, seed
        Nothing is fitted over sets: the table shows each set by itself.

    Returns
    -------
    dict
    """
    listed, hashes = material.prepared(paths, only, lambda case: [case] if _has_edges(case) else [])
    counted = count(listed)
    say(table(counted))
    about = material.about(hashes, len(listed), sum(len(case.articles) for case in listed))
    return {"counts": counted.to_dict("records"), "fitted_on": about}


__all__ = ["count", "counted_bits", "run", "table"]
