"""One case against one trace: the counts that every figure is made from.

A case is reduced to named sums. Figures are ratios of these sums over cases (see
figures.py), so that a bootstrap over cases is a weighting of sums and nothing is traced twice.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from . import cases, collection, counts, edge_scores, marked, outcome_scores, sentence_scores

Pair = tuple[str, str]

DECIDED = 0.9

PAIR_CLASSES = tuple(outcome_scores.COLUMNS)
LEVELS = ("cut", "light", "heavy", "non")

# The agencies that origins are told apart by; any other name, and none, is one class.
WIRES = ("AP", "AFP", "Reuters")
UNCLEAR = "unclear"


@dataclasses.dataclass(frozen=True)
class Bet:
    """A predicted edge whose pair is truly ordered."""

    source_id: str
    target_id: str
    p_direction: float
    right: bool


@dataclasses.dataclass(frozen=True)
class ListedEdge:
    """An edge of any status, with what is true of its pair."""

    source_id: str
    target_id: str
    p_edge: float
    p_direction: float
    status: str
    linked: bool
    right: bool


@dataclasses.dataclass(frozen=True)
class Scored:
    """A case's sums and single predictions.

    ``parts`` are the same sums text by text, where each belongs to one.
    """

    set: str
    name: str
    n_articles: int
    counts: Mapping[str, float]
    bets: tuple[Bet, ...] = ()
    listed: tuple[ListedEdge, ...] = ()
    claims: tuple[sentence_scores.Claim, ...] = ()
    seconds: float = 0.0
    parts: tuple[Mapping[str, float], ...] = ()


def calibration_error(stated: Iterable[float], right: Iterable[bool]) -> float:
    """Return the expected calibration error over ten equal bins; at least one probability."""
    sums = counts.bins("", zip(stated, right, strict=True))
    bins = range(counts.N_BINS)
    off = sum(abs(sums.get(f".{k}.p", 0.0) - sums.get(f".{k}.right", 0.0)) for k in bins)
    return off / sum(sums.get(f".{k}.n", 0.0) for k in bins)


def score(case: cases.Case, result: Any, *, seconds: float = 0.0) -> Scored:
    """Score what a tracer said about a case.

    Parameters
    ----------
    case : Case
    result : object
        With the frames ``edges`` (kept ones), ``relations``, ``articles`` and
        ``attributions``, as many as a case of its kind needs, as `lineage.trace` returns
        them; ``all_edges`` and ``sentences`` are used where present.
    seconds : float
        What the trace took.

    Returns
    -------
    Scored
    """
    sums: dict[str, float] = {}
    parts: list[dict[str, float]] = []
    bets: tuple[Bet, ...] = ()
    listed: tuple[ListedEdge, ...] = ()
    claims: tuple[sentence_scores.Claim, ...] = ()
    if case.kind == "fusion":
        claims = _fused_claims(case, result.attributions)
        sums |= score_fusion(case, _fused(case, result.attributions))
    elif case.kind == "answers":
        sums |= _answers(case, supplied(result.edges, case))
    else:
        kept = supplied(result.edges, case)
        if case.kind in ("graph", "both"):
            sums |= score_edges(case, pairs_of(kept))
            bets = _bets(case, kept)
            listed = _listed(case, supplied(getattr(result, "all_edges", result.edges), case))
            sums |= _direction(bets) | _existence(listed)
        if case.kind in ("pairs", "both"):
            sums |= outcome_scores.score(case, result) | _origins(case, result.articles)
        if case.kind == "collection":
            parts = collection.score(case, result)
            sums |= counts.total(parts)
            bets = _bets(case, kept)
            sums |= _direction(bets)
        if case.kind == "sources":
            marks = marked.score(case, result)
            sums |= marks.sums
            claims += marks.claims
        relations = getattr(result, "relations", None)
        if relations is not None:
            for name, stated in outcome_scores.stated(case, relations).items():
                sums |= counts.bins(f"{name}_ece", stated)
    if case.attributions:
        told = sentence_scores.compare(case, result)
        sums |= counts.mean("attribution_acc", told.sources) | counts.mean("kind_acc", told.kinds)
        sums |= counts.mean("span_acc", told.words) | counts.mean("fact_acc", told.facts)
        claims += tuple(told.claims)
    sums |= counts.bins("confidence_ece", [(each.confidence, each.right) for each in claims])
    return Scored(
        case.set,
        case.name,
        len(case.articles),
        sums,
        bets,
        listed,
        claims,
        seconds,
        tuple(parts),
    )


def supplied(edges: pd.DataFrame, case: cases.Case) -> pd.DataFrame:
    """Return the edges between texts of the case, those of absent sources left out."""
    ids = set(case.ids)
    return edges[edges["source_id"].isin(ids) & edges["target_id"].isin(ids)]


def pairs_of(edges: pd.DataFrame) -> list[Pair]:
    """Return (source_id, target_id) of each row."""
    return list(zip(edges["source_id"], edges["target_id"], strict=True))


def score_edges(case: cases.Case, found: Iterable[Pair]) -> dict[str, float]:
    """Sums for the figures of a graph: edges, their direction, ancestry, phylogeny.

    Parameters
    ----------
    case : Case
        Of kind ``graph`` or ``both``.
    found : iterable of (source_id, target_id)

    Returns
    -------
    dict of str to float
        For a case without edges, the share of its pairs that were given one, doubtful
        ones aside; nothing for a single text.
    """
    ids = case.ids
    true, found = set(case.edges), set(found)
    n_pairs = len(ids) * (len(ids) - 1) // 2
    if not true:
        if n_pairs == 0:
            return {}
        doubtful = edge_scores.undirected(case.doubtful)
        n_judged = n_pairs - len(doubtful)
        n_false = len(edge_scores.undirected(found) - doubtful)
        return counts.mean("false_edge", [n_false / max(1, n_judged)], of=n_judged)
    above, above_found = edge_scores.closure(true, ids), edge_scores.closure(found, ids)
    ordered = [
        pair in above_found
        for pair in above
        if pair in above_found or (pair[1], pair[0]) in above_found
    ]
    joined, truly_joined = edge_scores.undirected(found), edge_scores.undirected(true)
    sums = counts.mean("edge_f1", [edge_scores.f1(found, true)], of=len(true))
    sums |= counts.mean(
        "undirected_f1", [edge_scores.f1(joined, truly_joined)], of=len(truly_joined)
    )
    sums |= counts.mean("ancestry_f1", [edge_scores.f1(above_found, above)], of=len(above))
    if ordered:
        sums |= counts.mean("direction_acc", [sum(ordered) / len(ordered)], of=len(ordered))
    shares = dataclasses.asdict(edge_scores.phylogeny(found, true, ids))
    for part, share in shares.items():
        sums |= counts.mean(f"phylo_{part}", [share])
    return sums


def score_fusion(case: cases.Case, found: Iterable[int]) -> dict[str, float]:
    """Sums for the figures of a fused sentence.

    Parameters
    ----------
    case : Case
        Of kind ``fusion``.
    found : iterable of int
        Positions of the source sentences that it is said to be made from.

    Returns
    -------
    dict of str to float
    """
    found, true = set(found), case.fused_from
    n_hits = len(found & true)
    return (
        counts.mean("fusion_p", [n_hits / len(found) if found else 0.0])
        | counts.mean("fusion_r", [n_hits / len(true)])
        | counts.mean("fusion_f1", [edge_scores.f1(found, true)])
    )


def _bets(case: cases.Case, kept: pd.DataFrame) -> tuple[Bet, ...]:
    above = edge_scores.closure(case.edges, case.ids)
    rows = zip(kept["source_id"], kept["target_id"], kept["p_direction"], strict=True)
    return tuple(
        Bet(source, target, float(p), (source, target) in above)
        for source, target, p in rows
        if (source, target) in above or (target, source) in above
    )


def _listed(case: cases.Case, edges: pd.DataFrame) -> tuple[ListedEdge, ...]:
    true, joined = set(case.edges), edge_scores.undirected(case.edges)
    made = []
    for row in edges.to_dict("records"):
        source, target = row["source_id"], row["target_id"]
        p_edge = row.get("p_edge")
        if p_edge is None or pd.isna(p_edge):
            continue
        made.append(
            ListedEdge(
                source,
                target,
                float(p_edge),
                float(row["p_direction"]),
                str(row.get("status", "kept")),
                frozenset((source, target)) in joined,
                (source, target) in true,
            )
        )
    return tuple(made)


def _direction(bets: Sequence[Bet]) -> dict[str, float]:
    sums = counts.bins("ece", [(each.p_direction, each.right) for each in bets])
    decided = [each.right for each in bets if each.p_direction >= DECIDED]
    sums |= counts.mean("decided_acc", decided)
    sums |= {"decided_cov.sum": float(len(decided)), "decided_cov.n": float(len(bets))}
    return sums


def _existence(listed: Sequence[ListedEdge]) -> dict[str, float]:
    return counts.bins("edge_ece", [(each.p_edge, each.linked) for each in listed])


def _origins(case: cases.Case, articles: pd.DataFrame) -> dict[str, float]:
    agencies = {
        article_id: agency
        for article_id, agency in zip(
            articles["article_id"], articles["origin_agency"], strict=True
        )
        if isinstance(agency, str) and agency in WIRES
    }
    return counts.mean(
        "origin_acc",
        [
            agencies.get(article_id) == (origin if origin in WIRES else None)
            for article_id, origin in case.origins.items()
            if origin != UNCLEAR
        ],
    )


def _answers(case: cases.Case, kept: pd.DataFrame) -> dict[str, float]:
    right = (len(kept) > 0) != (case.level == "non")
    sums = counts.mean("derived_acc", [right]) | counts.mean(f"{case.level}_acc", [right])
    if case.edges and len(kept):
        sums |= counts.mean("edge_direction_acc", [pairs_of(kept)[0] in case.edges])
    return sums


def _fused(case: cases.Case, attributions: pd.DataFrame) -> set[int]:
    mine = attributions[
        (attributions["target_id"] == cases.TARGET) & (attributions["source_id"] == cases.SOURCE)
    ]
    claimed = list(zip(mine["source_start"], mine["source_end"], strict=True))
    return {
        position
        for position, (start, end) in enumerate(case.spans)
        if any(begin < end and stop > start for begin, stop in claimed)
    }


def _fused_claims(
    case: cases.Case, attributions: pd.DataFrame
) -> tuple[sentence_scores.Claim, ...]:
    mine = attributions[
        (attributions["target_id"] == cases.TARGET) & (attributions["source_id"] == cases.SOURCE)
    ].drop_duplicates(["target_sentence", "source_start", "source_end"])
    true = [case.spans[position] for position in sorted(case.fused_from)]
    return tuple(
        sentence_scores.claim(
            row["target_sentence"],
            row,
            any(begin < row["source_end"] and stop > row["source_start"] for begin, stop in true),
        )
        for row in mine.to_dict("records")
    )
