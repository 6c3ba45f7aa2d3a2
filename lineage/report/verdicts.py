"""What a trace says of two texts, in one sentence and in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import config
from . import phrases

# Outcomes by which two texts have something of each other.
RELATED = ("derived", "shared_source", "undecided")

SAID = {
    "derived": "one was probably made from the other",
    "shared_source": "both probably go back to a source that was not supplied",
    "independent": "two reports of one event, with no reuse beyond quotes and stock phrases",
    "undecided": "related, but it is not decided whether one was made from the other or both "
    "from a text that was not supplied",
    "unrelated": "no link found: no words of one in the other, and too little to tell that they "
    "are about one event",
    "not_measured": "not measured: in these languages words alone do not show whether the two are "
    "related",
}


@dataclass(frozen=True)
class Verdict:
    """How two texts are related.

    Attributes
    ----------
    a, b : str
        Ids of the two texts.
    outcome : str
        One of `tables.OUTCOMES`.
    said : str
        The same as a sentence, with the direction where there is one.
    p_derived, p_shared_source, p_independent : float or None
        None where it was not measured.
    shared_words : int or None
    containment_a, containment_b : float or None
        Share of the words of each that the other has.
    source_id, target_id : str or None
        If one was made from the other, which came first; None where no edge was weighed.
    relation : str or None
        How the target was made: ``reprint``, ``edit``, ``rewrite``, ``update``, ``quote``.
    p_edge, p_direction : float or None
        That one was made directly from the other, and that it was made this way round.
    direction : str or None
        ``decided``, ``likely`` or ``not decided``.

    Examples
    --------
    >>> import lineage
    >>> wire = "The old bridge was shut on Monday after engineers found cracks in two pylons."
    >>> found = lineage.compare(wire, "Engineers found cracks. " + wire, encoder="lexical")
    >>> found.verdict.is_related
    True
    """

    a: str
    b: str
    outcome: str
    said: str
    p_derived: float | None
    p_shared_source: float | None
    p_independent: float | None
    shared_words: int | None
    containment_a: float | None
    containment_b: float | None
    source_id: str | None
    target_id: str | None
    relation: str | None
    p_edge: float | None
    p_direction: float | None
    direction: str | None

    @property
    def is_related(self) -> bool:
        """Whether there is a relation to report."""
        return self.outcome in RELATED

    @property
    def is_measured(self) -> bool:
        """Whether there is an answer at all."""
        return self.outcome != "not_measured"


def of_pair(
    frames: Mapping[str, pd.DataFrame], settings: config.TraceConfig = phrases.SETTINGS
) -> Verdict:
    """Say how the two texts of a trace are related.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The tables of a trace of two texts.
    settings : TraceConfig
        From which `p_direction` on a direction is likely, and decided.

    Returns
    -------
    Verdict
    """
    row = phrases.rows(frames["relations"])[0]
    edge = _edge(frames["edges"], {row.a, row.b})
    # Of two reports apart, an edge that was weighed and refused says nothing.
    if row.outcome not in ("derived", "undecided"):
        edge = None
    direction = None if edge is None else _direction(edge, settings)
    return Verdict(
        a=str(row.a),
        b=str(row.b),
        outcome=str(row.outcome),
        said=_sentence(row, edge, direction),
        p_derived=_value(row.p_derived),
        p_shared_source=_value(row.p_shared_source),
        p_independent=_value(row.p_independent),
        shared_words=_value(row.shared_words),
        containment_a=_value(row.containment_a),
        containment_b=_value(row.containment_b),
        source_id=None if edge is None else str(edge.source_id),
        target_id=None if edge is None else str(edge.target_id),
        relation=None if edge is None else str(edge.relation),
        p_edge=None if edge is None else _value(edge.p_edge),
        p_direction=None if edge is None else _value(edge.p_direction),
        direction=direction,
    )


def _edge(edges: pd.DataFrame, ends: set[str]) -> Any:
    """The edge between the two: both ways round may be listed."""
    inside = edges["source_id"].isin(ends) & edges["target_id"].isin(ends)
    mine = edges[inside].assign(is_kept=edges["status"] == "kept")
    best = mine.sort_values(["is_kept", "p_edge", "p_direction"], ascending=False, kind="stable")
    return next(iter(phrases.rows(best.head(1))), None)


def _direction(edge: Any, settings: config.TraceConfig) -> str:
    said = phrases.direction(edge.p_direction, settings)
    return "not decided" if said == phrases.UNDECIDED else said


def _sentence(row: Any, edge: Any, direction: str | None) -> str:
    if edge is None:
        return SAID[row.outcome]
    source, target = phrases.one_line(edge.source_id), phrases.one_line(edge.target_id)
    p = phrases.probability(edge.p_direction)
    if row.outcome == "undecided":
        return f"{SAID['undecided']}; if one was, {target} from {source} (came first: {p})"
    if direction == "decided":
        return f"{target} was probably made from {source} (came first: {p}, decided)"
    if direction == "likely":
        return f"{target} was probably made from {source} (came first: {p}, likely)"
    return f"{SAID['derived']}; which came first is not decided ({source}: {p})"


def _value(cell: Any) -> Any:
    return None if phrases.is_missing(cell) else cell
