"""What was found, in one plain sentence, and what of it is uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from . import edges, origins, passages, phrases
from .refs import Ref, Refs

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
# So many origins are named in the sentence; the story part of the page lists all.
MAX_NAMED = 3
# A kept edge below this is said to be uncertain, and so is a parent that was nearly another.
SURE = 0.9
RIVAL = 0.1
MAX_LINES = 8


def sentence(found: origins.Origins, n_texts: int) -> str:
    """Say how many origins the texts have and what became of each.

    Parameters
    ----------
    found : Origins
    n_texts : int
        Supplied texts.

    Returns
    -------
    str
        The numbers in it add up to `n_texts`.
    """
    if n_texts == 0:
        return "No text was handed in."
    if n_texts == 1:
        return "One text: there is nothing to compare it with."
    parts = []
    several = [origin for origin in found.shared if origin.texts]
    for origin in several[:MAX_NAMED]:
        parts.append(f"{_go_back(len(origin.texts))} to {_root(origin)}")
    rest = several[MAX_NAMED:]
    if rest:
        size = sum(len(origin.texts) for origin in rest)
        parts.append(f"{_go_back(size)} to {number(len(rest))} more")
    n_mixed = sum(len(mixed.texts) for mixed in found.mixed)
    if n_mixed:
        verb = "was" if n_mixed == 1 else "were"
        parts.append(f"{number(n_mixed)} {verb} put together from several of these")
    for texts, said in (
        (found.independent, "written independently"),
        (found.unrelated, "about something else"),
    ):
        if texts:
            verb = "was" if len(texts) == 1 else "were"
            if texts is found.unrelated:
                verb = "is" if len(texts) == 1 else "are"
            parts.append(f"{number(len(texts))} {verb} {said}")
    if found.open:
        parts.append(f"for {number(len(found.open))} it is not decided")
    texts_said = f"{number(n_texts).capitalize()} texts"
    origins_said = f"{number(found.n_origins)} {'origin' if found.n_origins == 1 else 'origins'}"
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    # A text whose pairs are open may share an origin with another after all.
    hedge = "up to" if found.open else "probably"
    return f"{texts_said}, {hedge} {origins_said}: {listed}."


def number(count: int) -> str:
    """Word a small number, write a large one in figures."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _go_back(count: int) -> str:
    return f"{number(count)} {'goes' if count == 1 else 'go'} back"


def _root(origin: origins.Origin) -> str:
    if origin.root is None:
        return "one source that was not handed in"
    name = origin.root.label
    if origin.root.is_absent:
        return f"one report of {name} that was not handed in"
    return (
        f"one report of {name}, itself among them" if len(origin.texts) > 1 else f"that of {name}"
    )


def uncertain(
    tables: Mapping[str, pd.DataFrame], refs: Refs, worded: Sequence[edges.Edge]
) -> tuple[str, ...]:
    """List what a reader should not rely on.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``edges``, ``relations`` and ``attributions`` are used.
    refs : Refs
        All articles.
    worded : sequence of Edge
        All edges, worded.

    Returns
    -------
    tuple of str
        One line each.
    """
    rows = {(row.source_id, row.target_id): row for row in phrases.rows(tables["edges"])}
    lines = []
    for edge in worded:
        row = rows[str(edge.source.row.article_id), str(edge.target.row.article_id)]
        lines += _of_edge(edge, row)
    shown = lines[:MAX_LINES]
    if len(lines) > len(shown):
        more = phrases.counted(len(lines) - len(shown), "more edge")
        shown.append(f"{more} with an uncertain link or direction: see the edges below.")
    undecided = tables["relations"]["outcome"] == "undecided"
    if undecided.any():
        said = phrases.counted(int(undecided.sum()), "pair")
        first = phrases.rows(tables["relations"][undecided])[:3]
        names = "; ".join(f"{_name(refs, row.a)} and {_name(refs, row.b)}" for row in first)
        dots = "; …" if int(undecided.sum()) > len(first) else ""
        shown.append(f"Whether they share anything is not decided for {said}: {names}{dots}.")
    sourced = tables["attributions"][tables["attributions"]["source_id"].notna()]
    doubtful = int((sourced["confidence"].fillna(0.0) < passages.DOUBTFUL_BELOW).sum())
    if doubtful:
        shown.append(
            f"The source of {doubtful:,} of {len(sourced):,} traced passages is doubtful "
            "(marked with a question mark)."
        )
    return tuple(shown)


def _name(refs: Refs, article_id: str) -> str:
    return refs.of(article_id, "relations").name


def _pair(source: Ref, target: Ref) -> str:
    return f"{target.letter} {target.name} from {source.letter} {source.name}"


def _of_edge(edge: edges.Edge, row: Any) -> list[str]:
    p_edge = row.p_edge
    pair = _pair(edge.source, edge.target)
    if edge.status == "runner_up" and not phrases.is_missing(p_edge) and float(p_edge) >= RIVAL:
        return [f"{pair} is another possible source (probability {edge.p_edge})."]
    if edge.status != "kept":
        return []
    said = []
    if not phrases.is_missing(p_edge) and float(p_edge) < SURE:
        said.append(f"the link has probability {edge.p_edge}")
    if not edge.is_decided:
        said.append("which came first is not decided")
    elif edge.direction == "likely":
        said.append(f"the direction is likely ({edge.p_direction}), not decided")
    lag = row.lag_s
    if not phrases.is_missing(lag) and float(lag) < 0:
        said.append(f"the dates say otherwise ({edge.lag})")
    return [f"{pair}: {'; '.join(said)}."] if said else []
