"""Edges between texts: probabilities, coverage, what became of each candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..evidence import family_rows
from ..evidence.gather import PairEvidence
from ..evidence.row import Evidence
from ..match.document import Document, lag_s
from ..page import publishers
from . import graph_settings, posterior

PairKey = tuple[str, str]
PairAt = tuple[int, int]
# What was done to the source to make the target.
Relation = Literal["reprint", "edit", "rewrite", "update", "quote"]
# What became of a candidate.
Status = Literal["kept", "runner_up", "explained_away", "below_threshold", "credited"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One text as a source of another, and what speaks for it.

    Attributes
    ----------
    source_id, target_id : str
        Article ids; the source may be absent.
    relation : Relation
    status : Status
    p_link : float
        That the two have anything of each other.
    p_edge : float
        That one of the two was made from the other.
    p_direction : float
        The direction drawn, given the edge.
    n_alike : int
        Texts that nothing tells from the source, itself counted.
    coverage_target, coverage_source : float or None
        Share of the body of each that the other accounts for; None where there is no text.
    lag_s : float or None
        From the date of the source to that of the target.
    evidence : tuple of Evidence
    """

    source_id: str
    target_id: str
    relation: Relation
    status: Status
    p_link: float
    p_edge: float
    p_direction: float
    n_alike: int = 1
    coverage_target: float | None = None
    coverage_source: float | None = None
    lag_s: float | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> PairKey:
        """Ids of the source and of the target."""
        return self.source_id, self.target_id

    @property
    def is_kept(self) -> bool:
        """Whether it is drawn."""
        return self.status == "kept"

    @property
    def score_bits(self) -> float:
        """All of its evidence together."""
        return float(sum(each.weight_bits for each in self.evidence))


def between(
    source: Document,
    target: Document,
    pair: PairEvidence,
    status: Status,
    *,
    p_link: float,
    p_edge: float,
    p_direction: float,
    n_alike: int = 1,
    evidence: Sequence[Evidence] = (),
) -> Edge:
    """Draw an edge between two texts that were handed in.

    Parameters
    ----------
    source, target : Document
    pair : PairEvidence
        What the two have in common.
    status : Status
    p_link, p_edge, p_direction, n_alike, evidence
        As in `Edge`.

    Returns
    -------
    Edge
    """
    return Edge(
        source.article_id,
        target.article_id,
        relation(source, target, pair),
        status,
        p_link,
        p_edge,
        p_direction,
        n_alike,
        coverage(pair, target),
        coverage(pair, source),
        lag_s(source, target),
        tuple(evidence),
    )


def of_family(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    said: posterior.Posterior,
    direction: np.ndarray,
    p_link: np.ndarray,
    parents: Sequence[Sequence[int]],
    further: Mapping[PairAt, float],
    min_p_edge: float,
) -> list[Edge]:
    """List every linked pair as an edge: kept, runner-up, explained away or below threshold.

    Parameters
    ----------
    documents : sequence of Document
        Of one family, in order of key.
    found : mapping of (article_id, article_id) to PairEvidence
    said : Posterior
    direction : ndarray of shape (n, n)
        ``[s, t]``: that `s` was there first, given that one of the two was made from the other.
    p_link : ndarray of shape (n, n)
        That two texts have anything of each other; symmetric.
    parents : sequence of sequence of int
        Of each text, further ones after the first.
    further : mapping of (source, target) to float
        Probability that a further parent is one.
    min_p_edge : float
        From this probability on an edge is kept.

    Returns
    -------
    list of Edge
        Without evidence, see `signals.explain`.
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    chosen = {(s, t) for t, sources in enumerate(parents) for s in sources}
    p_edge: dict[PairAt, float] = {}
    status: dict[PairAt, Status] = {}
    pair_of: dict[PairAt, PairEvidence] = {}
    for first, second in sorted(found):
        if first not in place or second not in place:
            continue
        a, b = place[first], place[second]
        s, t = _oriented(a, b, chosen, said.above, direction)
        linked = float(p_link[s, t])
        if (s, t) not in chosen and linked < graph_settings.LISTED_P_LINK:
            continue
        pair_of[s, t] = found[first, second]
        p_edge[s, t] = max(float(said.edge[s, t]), further.get((s, t), 0.0))
        if (s, t) in chosen:
            is_drawn = is_kept(p_edge[s, t], linked, min_p_edge)
            status[s, t] = "kept" if is_drawn else "below_threshold"
        else:
            status[s, t] = "below_threshold" if linked < min_p_edge else "explained_away"
    for each in _runners_up(said, parents, status):
        status[each] = "runner_up"
    return [
        between(
            documents[s],
            documents[t],
            pair,
            status[s, t],
            p_link=float(p_link[s, t]),
            p_edge=p_edge[s, t],
            # The convention of the table: the direction drawn is the likelier one.
            p_direction=_direction(s, t, direction, further),
            n_alike=said.n_alike[t] if said.drawn[t] == s else 1,
        )
        for (s, t), pair in pair_of.items()
    ]


def is_kept(p_edge: float, p_link: float, min_p_edge: float) -> bool:
    """Say whether an edge is drawn: never where the two more probably have nothing of each other.

    On folds this takes a third of the edges between independent reports away (.026 to .017 of
    their pairs), and no true one.
    """
    return p_edge >= min_p_edge and p_edge + p_link >= 1.0


def _direction(s: int, t: int, direction: np.ndarray, further: Mapping[PairAt, float]) -> float:
    """Of a further parent: by the passages that each of two has of the other."""
    there, back = further.get((s, t)), further.get((t, s), 0.0)
    if there is None:
        return max(0.5, float(direction[s, t]))
    return max(0.5, there / (there + back))


def _oriented(
    a: int, b: int, chosen: set[PairAt], above: np.ndarray, direction: np.ndarray
) -> PairAt:
    """Which way a pair is drawn: as chosen, else as it is more probable."""
    if (a, b) in chosen:
        return a, b
    if (b, a) in chosen:
        return b, a
    forward = (float(above[a, b]), float(direction[a, b]))
    backward = (float(above[b, a]), float(direction[b, a]))
    return (a, b) if forward >= backward else (b, a)


def _runners_up(
    said: posterior.Posterior, parents: Sequence[Sequence[int]], status: Mapping[PairAt, Status]
) -> list[PairAt]:
    """The next best parents of each text that has one."""
    explained_away: dict[int, list[int]] = {}
    for (s, t), became in status.items():
        if became == "explained_away":
            explained_away.setdefault(t, []).append(s)
    next_best = []
    for target, chosen in enumerate(parents):
        if not chosen:
            continue
        best = max(float(said.parent[s, target]) for s in chosen)
        others = sorted(explained_away.get(target, ()), key=lambda s: (-said.parent[s, target], s))
        next_best += [
            (s, target)
            for k, s in enumerate(others)
            if k == 0 or said.parent[s, target] * graph_settings.RUNNER_UP_ODDS >= best
        ]
    return next_best


def coverage(each: PairEvidence, document: Document) -> float:
    """Return the share of the body that the other side accounts for, quotes included."""
    body = document.body
    total = int(body.sum())
    return float(family_rows.explained_words(document, each)[body].sum() / total) if total else 0.0


def relation(source: Document, target: Document, each: PairEvidence) -> Relation:
    """Name what was done to the source to make the target.

    Returns
    -------
    Relation
    """
    rows = each.rows(source)
    same_house = publishers.are_one(source.outlet, target.outlet)
    answered = any(row.signal == "answered" and row.weight_bits > 0 for row in rows)
    unknown_house = source.outlet is None and target.outlet is None
    verbatim = each.pair.containment(target)
    if same_house or (answered and unknown_house and verbatim >= graph_settings.EDIT_SHARE):
        return "update"
    own = target.body & ~target.quoted
    shared = each.pair.covered(target)
    if (
        verbatim < graph_settings.QUOTE_SHARE
        and each.content.most < graph_settings.QUOTE_SHARE
        and (shared & target.quoted).sum() > (shared & own).sum()
    ):
        return "quote"
    if (
        verbatim >= graph_settings.REPRINT_SHARE
        and each.pair.containment(source) >= graph_settings.REPRINT_SOURCE_SHARE
    ):
        return "reprint"
    return "edit" if verbatim >= graph_settings.EDIT_SHARE else "rewrite"


def by_share(verbatim: float) -> Relation:
    """Name what was done to a source that is not here, by what its texts have of each other.

    Parameters
    ----------
    verbatim : float
        Share of the text that stands word for word in another.

    Returns
    -------
    Relation
    """
    if verbatim >= graph_settings.REPRINT_SHARE:
        return "reprint"
    return "edit" if verbatim >= graph_settings.EDIT_SHARE else "rewrite"


def log2_odds(p: float, most: float) -> float:
    """Return the log odds of a probability in bits, held within `most` bits."""
    inside = min(max(p, 2.0 ** (-most)), 1.0 - 2.0 ** (-most))
    return float(np.log2(inside / (1.0 - inside)))
