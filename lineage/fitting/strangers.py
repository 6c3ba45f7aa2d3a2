"""Count how little texts have of each other that were made from each other, and that were not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .. import articles, document, kin, pairs
from ..evaluation import cases as known
from ..evaluation import outcomes as truths
from ..evidence import gather
from . import material

# Shares that are tried.
SHARES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
_COLUMNS = ("set", "truth", "n_words", "in_common")


def measure(cases: Iterable[known.Case]) -> pd.DataFrame:
    """Measure all true edges and all pairs that are known to be independent.

    Parameters
    ----------
    cases : iterable of Case
        Without sentences and answers, which are short by their kind.

    Returns
    -------
    DataFrame
        ``set``, ``truth`` (``edge`` or ``independent``), ``n_words`` of the shorter text
        and ``in_common``, as `kin` measures them, a row for each pair.
    """
    rows = []
    for case in cases:
        independent = {pair for pair, how in truths.known(case).items() if how == "independent"}
        told = {frozenset(edge): "edge" for edge in case.edges}
        told |= dict.fromkeys(independent, "independent")
        table = articles.prepare(case.frame())
        unique = table[table["duplicate_of"].isna()]
        documents = document.build(unique, document.sentence_table(table))
        for pair, truth in sorted(told.items(), key=lambda item: sorted(item[0])):
            if not pair <= documents.keys():
                continue
            one, other = (documents[name] for name in sorted(pair))
            each = gather.screen(pairs.compare(one, other))
            rows.append((case.set, truth, kin.n_words(each), kin.in_common(each)))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def table(measured: pd.DataFrame) -> str:
    """Lay out which part of the pairs has less in common than each of `SHARES`.

    Parameters
    ----------
    measured : DataFrame
        From `measure`.

    Returns
    -------
    str
        A Markdown table; a row for each set and truth, texts that are too short for reports
        apart.
    """
    lines = [
        "| set | pairs | words | number | " + " | ".join(f"below {at}" for at in SHARES) + " |",
        "| --- | --- | --- | ---: |" + " ---: |" * len(SHARES),
    ]
    least = kin.REPORT_MIN_WORDS
    length = (measured["n_words"] < least).map({False: f"{least} or more", True: "fewer"})
    for (name, truth, words), rows in measured.groupby(["set", "truth", length], sort=True):
        below = [f"{(rows['in_common'] < at).mean():.3f}" for at in SHARES]
        lines.append(f"| {name} | {truth} | {words} | {len(rows)} | " + " | ".join(below) + " |")
    return "\n".join(lines) + "\n"


def run(
    paths: Sequence[Path],
    say: Callable[[str], None],
    *,
    only: Sequence[str] = (),
    cross_validate: bool = False,
    leave_genre_out: bool = False,
    seed: int = material.SEED,
) -> dict[str, Any]:
    """Measure, say the table, and return what a file of the measures holds.

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
    kinds = ("graph", "pairs", "both")
    listed, hashes = material.prepared(
        paths, only, lambda case: [case] if case.kind in kinds else []
    )
    measured = measure(listed)
    say(table(measured))
    about = material.about(hashes, len(listed), sum(len(case.articles) for case in listed))
    return {"pairs": measured.to_dict("records"), "fitted_on": about}


__all__ = ["SHARES", "measure", "run", "table"]
