"""The rows of the edges table: probabilities, coverage, what became of each candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..evidence import family_rows
from ..evidence.gather import PairEvidence
from ..match.document import Document, lag_s
from ..page import publishers
from . import posterior

PairKey = tuple[str, str]

# A candidate within this factor of the chosen parent is a runner-up even when it is not the
# next best.
RUNNER_UP_ODDS = 8.0
# A pair below this probability of a link has no row among the edges.
LISTED_P_LINK = 0.3
# A text that has this much of another word for word was edited, or updated by its publisher.
EDIT_SHARE = 0.5
# With this much of it, and this much of the other in it, it was reprinted.
REPRINT_SHARE, REPRINT_SOURCE_SHARE = 0.85, 0.6
# With less in common than this, the quoted words are what was taken.
QUOTE_SHARE = 0.3


def rows_of(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    said: posterior.Posterior,
    direction: np.ndarray,
    p_link: np.ndarray,
    parents: Sequence[Sequence[int]],
    further: Mapping[tuple[int, int], float],
    min_p_edge: float,
) -> list[dict[str, Any]]:
    """Write every linked pair as an edge: kept, runner-up, explained away or below threshold.

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
    list of dict
        Rows of the edges table, without ``score_bits``.
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    chosen = {(s, t) for t, sources in enumerate(parents) for s in sources}
    made = []
    for first, second in sorted(found):
        if first not in place or second not in place:
            continue
        a, b = place[first], place[second]
        s, t = _oriented(a, b, chosen, said.above, direction)
        p_edge = max(float(said.edge[s, t]), further.get((s, t), 0.0))
        linked = float(p_link[s, t])
        if (s, t) not in chosen and linked < LISTED_P_LINK:
            continue
        status = "explained_away"
        if (s, t) in chosen:
            is_drawn = is_kept(p_edge, linked, min_p_edge)
            status = "kept" if is_drawn else "below_threshold"
        elif linked < min_p_edge:
            status = "below_threshold"
        each = found[first, second]
        made.append(
            {
                "source": s,
                "target": t,
                "source_id": documents[s].article_id,
                "target_id": documents[t].article_id,
                "relation": relation(documents[s], documents[t], each),
                "p_link": linked,
                "p_edge": p_edge,
                "n_alike": said.n_alike[t] if said.drawn[t] == s else 1,
                # The convention of the table: the direction drawn is the likelier one.
                "p_direction": _direction(s, t, direction, further),
                "coverage_target": coverage(each, documents[t]),
                "coverage_source": coverage(each, documents[s]),
                "lag_s": lag_s(documents[s], documents[t]),
                "status": status,
            }
        )
    _mark_runners_up(said, parents, made)
    return made


def is_kept(p_edge: float, p_link: float, min_p_edge: float) -> bool:
    """Say whether an edge is drawn: never where the two more probably have nothing of each other.

    On folds this takes a third of the edges between independent reports away (.026 to .017 of
    their pairs), and no true one.
    """
    return p_edge >= min_p_edge and p_edge + p_link >= 1.0


def _direction(
    s: int, t: int, direction: np.ndarray, further: Mapping[tuple[int, int], float]
) -> float:
    """Of a further parent: by the passages that each of two has of the other."""
    there, back = further.get((s, t)), further.get((t, s), 0.0)
    if there is None:
        return max(0.5, float(direction[s, t]))
    return max(0.5, there / (there + back))


def _oriented(
    a: int, b: int, chosen: set[tuple[int, int]], above: np.ndarray, direction: np.ndarray
) -> tuple[int, int]:
    """Which way a pair is drawn: as chosen, else as it is more probable."""
    if (a, b) in chosen:
        return a, b
    if (b, a) in chosen:
        return b, a
    forward = (float(above[a, b]), float(direction[a, b]))
    backward = (float(above[b, a]), float(direction[b, a]))
    return (a, b) if forward >= backward else (b, a)


def _mark_runners_up(
    said: posterior.Posterior, parents: Sequence[Sequence[int]], made: list[dict[str, Any]]
) -> None:
    """Mark the next best parents of each text that has one."""
    for target, chosen in enumerate(parents):
        if not chosen:
            continue
        best = max(float(said.parent[s, target]) for s in chosen)
        others = [
            row for row in made if row["target"] == target and row["status"] == "explained_away"
        ]
        others.sort(key=lambda row: (-said.parent[row["source"], target], row["source"]))
        for k, row in enumerate(others):
            if k == 0 or said.parent[row["source"], target] * RUNNER_UP_ODDS >= best:
                row["status"] = "runner_up"


def coverage(each: PairEvidence, document: Document) -> float:
    """Return the share of the body that the other side accounts for, quotes included."""
    body = document.body
    total = int(body.sum())
    return float(family_rows.explained_words(document, each)[body].sum() / total) if total else 0.0


def relation(source: Document, target: Document, each: PairEvidence) -> str:
    """Name what was done to the source to make the target.

    Returns
    -------
    str
        One of `tables.RELATIONS`.
    """
    rows = each.rows(source)
    same_house = publishers.are_one(source.outlet, target.outlet)
    answered = any(row.signal == "answered" and row.weight_bits > 0 for row in rows)
    unknown_house = source.outlet is None and target.outlet is None
    verbatim = each.pair.containment(target)
    if same_house or (answered and unknown_house and verbatim >= EDIT_SHARE):
        return "update"
    own = target.body & ~target.quoted
    shared = each.pair.covered(target)
    if (
        verbatim < QUOTE_SHARE
        and each.content.most < QUOTE_SHARE
        and (shared & target.quoted).sum() > (shared & own).sum()
    ):
        return "quote"
    if verbatim >= REPRINT_SHARE and each.pair.containment(source) >= REPRINT_SOURCE_SHARE:
        return "reprint"
    return "edit" if verbatim >= EDIT_SHARE else "rewrite"


def log2_odds(p: float, most: float) -> float:
    """Return the log odds of a probability in bits, held within `most` bits."""
    inside = min(max(p, 2.0 ** (-most)), 1.0 - 2.0 ** (-most))
    return float(np.log2(inside / (1.0 - inside)))
