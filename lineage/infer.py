"""From the evidence of all pairs to the edges, relations and readings of a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import absent, dag, edges, solve
from .config import TraceConfig
from .document import Document
from .evidence import several
from .evidence.gather import PairEvidence
from .evidence.row import Evidence
from .pairs import Pair

PairKey = tuple[str, str]


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
    as_versions : bool
        Whether the fitted model chose the parents.
    """

    documents: tuple[Document, ...]
    parents: tuple[tuple[int, ...], ...]
    marginals: dag.Marginals
    evidence: Mapping[PairKey, tuple[Evidence, ...]]
    edges: tuple[dict[str, Any], ...]
    origins: tuple[absent.Origin, ...]
    attached: Mapping[str, tuple[str, ...]]
    loci: tuple[several.Compared, ...]
    as_versions: bool


def infer(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    compare: Callable[[Document, Document], Pair],
    config: TraceConfig,
    *,
    as_versions: bool,
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
    as_versions : bool
        Let the fitted model choose; see `solve`.

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
    member_of = _memberships(origins)
    loci: list[several.Compared] = []
    if as_versions:
        solution = solve.as_versions(documents, found, rows, config)
    else:
        # Among versions two far ends of a chain look like strangers.
        several.add_two_sources(documents, found, rows)
        loci = several.add_readings(documents, place, found, rows, compare)
        has_absent = [bool(member_of.get(each.article_id)) for each in documents]
        solution = solve.by_causes(documents, found, rows, has_absent, config)
    parents = solution.parents
    drawn = edges.rows_of(documents, place, found, rows, solution)
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
        solution.spread,
        {key: tuple(rows[key]) for key in sorted(listed_keys)},
        tuple(drawn),
        tuple(origins),
        attached,
        tuple(loci),
        as_versions,
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
