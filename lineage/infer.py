"""From the evidence of all pairs to the edges, relations and readings of a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import absent, dag, edges
from .config import TraceConfig
from .document import Document
from .evidence import several, weights
from .evidence.gather import PairEvidence
from .evidence.row import Evidence
from .pairs import Pair

PairKey = tuple[str, str]

# A second parent must account for this share of the body that the first does not, and
# the first for as much that the second does not; within one family, more.
SECOND_PARENT_SHARE = 0.12
SECOND_PARENT_FAMILY_SHARE = 0.3
SECOND_PARENT_BITS_PER_SHARE = 30.0
SECOND_PARENT_PRICE_BITS = 4.5


@dataclass(frozen=True)
class Story:
    """The outcome for one story.

    Attributes
    ----------
    documents : tuple of Document
        In order of key; indices below refer to it.
    parents : tuple of tuple of int
        Chosen parents among the supplied texts.
    marginals : Marginals
        Over all trees.
    evidence : mapping of (source_id, target_id) to tuple of Evidence
        Of every listed edge.
    edges : tuple of dict
        Rows of the edges table, coverage and lag included.
    origins : tuple of Origin
    attached : mapping of str to tuple of str
        For each article the names of its absent sources.
    loci : tuple
        ``(child, first, second, loci)``, the readings that were compared.
    """

    documents: tuple[Document, ...]
    parents: tuple[tuple[int, ...], ...]
    marginals: dag.Marginals
    evidence: Mapping[PairKey, tuple[Evidence, ...]]
    edges: tuple[dict[str, Any], ...]
    origins: tuple[absent.Origin, ...]
    attached: Mapping[str, tuple[str, ...]]
    loci: tuple[several.Compared, ...]


def infer(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    compare: Callable[[Document, Document], Pair],
    config: TraceConfig,
) -> Story:
    """Choose the parents of all texts of a story and list what speaks for them.

    Parameters
    ----------
    documents : sequence of Document
        In order of key.
    found : mapping of (article_id, article_id) to PairEvidence
        Compared pairs, ids in order of key.
    compare : callable
        Gives the Pair of two documents, for candidates that were not yet aligned.
    config : TraceConfig

    Returns
    -------
    Story
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    rows: dict[PairKey, list[Evidence]] = {}
    for (first, second), each in found.items():
        a, b = documents[place[first]], documents[place[second]]
        rows[first, second] = list(each.rows(a))
        rows[second, first] = list(each.rows(b))
    pairs = {key: each.pair for key, each in found.items()}
    origins = absent.find_origins(documents, pairs)
    several.add_common_sources(documents, origins, rows)
    several.add_two_sources(documents, found, rows)
    loci = several.add_readings(documents, place, found, rows, compare)
    n = len(documents)
    single = np.full((n, n), -np.inf)
    for (source, target), listed in rows.items():
        # Closeness chooses among relatives; it does not make relatives of strangers.
        if sum(row.weight_bits for row in listed if row.about == "link") >= 0:
            single[place[source], place[target]] = several.edge_bits(listed)
    root = np.zeros(n)
    member_of = _memberships(origins)
    for article, names in member_of.items():
        root[place[article]] = weights.ABSENT_BITS if names else 0.0
    double = _double_parents(documents, place, found, rows, single)
    problem = dag.Problem(single, root, double)
    parents = dag.choose_parents(problem, exact_up_to=config.exact_articles, seed=config.seed)
    spread = dag.marginals(single, root)
    drawn = edges.rows_of(documents, place, found, rows, single, parents, spread, config)
    kept = {(row["source_id"], row["target_id"]) for row in drawn if row["status"] == "kept"}
    parents = tuple(
        tuple(p for p in chosen if (documents[p].article_id, documents[t].article_id) in kept)
        for t, chosen in enumerate(parents)
    )
    attached = {
        article: names
        for article, names in member_of.items()
        if names and not parents[place[article]]
    }
    listed_keys = {(row["source_id"], row["target_id"]) for row in drawn}
    return Story(
        tuple(documents),
        parents,
        spread,
        {key: tuple(rows[key]) for key in sorted(listed_keys)},
        tuple(drawn),
        tuple(origins),
        attached,
        tuple(loci),
    )


def _memberships(origins: Sequence[absent.Origin]) -> dict[str, tuple[str, ...]]:
    """Absent sources of each article: those whose own text nobody handed in."""
    found: dict[str, list[str]] = {}
    for origin in origins:
        if origin.holders:
            continue
        for article in origin.members:
            found.setdefault(article, []).append(origin.name)
    return {article: tuple(names) for article, names in found.items()}


def _double_parents(
    documents: Sequence[Document],
    place: Mapping[str, int],
    found: Mapping[PairKey, PairEvidence],
    rows: Mapping[PairKey, list[Evidence]],
    single: np.ndarray,
) -> dict[tuple[int, int, int], float]:
    """Score every pair of parents that each account for something the other does not."""
    worth: dict[tuple[int, int], np.ndarray] = {}
    for (first, second), each in found.items():
        if each.p_link < 0.5 and each.content.most < 0.15:
            continue
        for source, target in ((first, second), (second, first)):
            t = documents[place[target]]
            worth[place[source], place[target]] = several.explained_words(t, each)
    double = {}
    for target in range(len(documents)):
        body = documents[target].body & ~documents[target].quoted
        total = max(1, int(body.sum()))
        sources = sorted(s for s, t in worth if t == target and single[s, target] > -np.inf)
        for k, one in enumerate(sources):
            for other in sources[k + 1 :]:
                in_one, in_other = worth[one, target][body], worth[other, target][body]
                only_one = float(np.maximum(in_one - in_other, 0).sum() / total)
                only_other = float(np.maximum(in_other - in_one, 0).sum() / total)
                # Two texts of one family share their differences with many: a second
                # parent within the family needs much more of its own.
                family = (
                    several.between(found, documents[one], documents[other]).p_link
                    >= several.STRANGER_P_LINK
                )
                least = SECOND_PARENT_FAMILY_SHARE if family else SECOND_PARENT_SHARE
                if min(only_one, only_other) < least:
                    continue
                double[target, one, other] = max(
                    single[first, target] + _further_bits(documents, rows, second, target, share)
                    for first, second, share in ((one, other, only_other), (other, one, only_one))
                )
    return double


def _further_bits(
    documents: Sequence[Document],
    rows: Mapping[PairKey, list[Evidence]],
    source: int,
    target: int,
    share: float,
) -> float:
    """Bits that a second parent adds by the share that it alone accounts for."""
    listed = rows[documents[source].article_id, documents[target].article_id]
    choice = sum(row.weight_bits for row in listed if row.about == "parent_choice")
    return (
        SECOND_PARENT_BITS_PER_SHARE * (share - SECOND_PARENT_SHARE)
        - SECOND_PARENT_PRICE_BITS
        + several.direction_share_bits(listed)
        + choice
    )
