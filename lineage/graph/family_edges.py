"""From the evidence on the pairs of a family to its edges, with what speaks for each."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..config import TraceConfig
from ..evidence import family_rows
from ..evidence.gather import PairEvidence
from ..match.document import Document
from . import (
    absent_sources,
    constraints,
    directions,
    edges,
    families,
    graph_settings,
    known_facts,
    mark_bits,
    model,
    posterior,
    signals,
)

PairKey = tuple[str, str]


@dataclass(frozen=True)
class Absent:
    """An absent source behind a text.

    Attributes
    ----------
    name : str or None
        None for one that nobody names.
    p : float
        That the text was made from it.
    """

    name: str | None
    p: float


@dataclass(frozen=True, eq=False)
class Story:
    """The outcome for one family of texts.

    Attributes
    ----------
    documents : tuple of Document
        In order of key; indices below refer to it.
    parents : tuple of tuple of int
        Kept parents among the supplied texts.
    edges : tuple of Edge
        Every listed one.
    origins : tuple of Origin
    attached : mapping of str to tuple of Absent
        For each article its absent sources.
    loci : tuple
        ``(child, first, second, loci)``, the readings that were compared.
    above, derived, shared : ndarray of shape (n, n)
        Probabilities, see `posterior.Posterior`.
    """

    documents: tuple[Document, ...]
    parents: tuple[tuple[int, ...], ...]
    edges: tuple[edges.Edge, ...]
    origins: tuple[absent_sources.Origin, ...]
    attached: Mapping[str, tuple[Absent, ...]]
    loci: tuple[family_rows.Compared, ...]
    above: np.ndarray
    derived: np.ndarray
    shared: np.ndarray

    def outcomes(self, at: int, there: int) -> tuple[float, float, float]:
        """How probable it is of two texts: one from the other, of a common source, neither."""
        # A share counted of drawn forests can fall below zero by a rounding error.
        derived = min(max(float(self.derived[at, there]), 0.0), 1.0)
        shared = min(max(float(self.shared[at, there]), 0.0), 1.0 - derived)
        return derived, shared, max(0.0, 1.0 - derived - shared)


@dataclass(frozen=True, eq=False)
class Solved:
    """A family and the sum over its forests.

    Attributes
    ----------
    documents : tuple of Document
        In order of key; indices below refer to it.
    family : Family or None
        None for a text without relatives.
    said : Posterior or None
    direction : ndarray of shape (n, n)
        ``[s, t]``: that `s` was there first, given that one of the two was made from the other.
    drawn : tuple of tuple of int
        Parents of each text, kept or not, without a circle.
    parents : tuple of tuple of int
        Those that are kept.
    """

    documents: tuple[Document, ...]
    family: families.Family | None
    said: posterior.Posterior | None
    direction: np.ndarray
    drawn: tuple[tuple[int, ...], ...]
    parents: tuple[tuple[int, ...], ...]


def alone(document: Document) -> Solved:
    """Return a family of one."""
    return Solved((document,), None, None, np.full((1, 1), 0.5), ((),), ((),))


def solve(
    family: families.Family, config: TraceConfig, given: known_facts.Known = known_facts.NOTHING
) -> Solved:
    """Sum over all forests of a family and choose the parents of its texts.

    Parameters
    ----------
    family : Family
        Of two texts or more.
    config : TraceConfig
    given : Known
        By the places of the family's texts.

    Returns
    -------
    Solved
    """
    documents = family.documents
    seed = _seed(documents, config.seed)
    said = posterior.infer(family.design, model.load(), seed=seed, given=given)
    direction = directions.open_against_dates(documents, directions.open_of_flashes(family, said))
    direction = directions.second_sources(family, said.drawn, direction)
    # What is known is so, whatever the dates and the causes.
    direction = directions.as_known(said.drawn, constraints.settle(direction, given), given)
    said = directions.apart(said, direction, given)
    drawn = directions.turned(said.drawn, direction)
    parents = tuple(
        tuple(
            s
            for s in each
            if edges.is_kept(said.edge[s, t], 1.0 - said.independent[s, t], config.min_p_edge)
        )
        for t, each in enumerate(drawn)
    )
    return Solved(documents, family, said, direction, drawn, parents)


def tell(
    solved: Solved,
    found: Mapping[PairKey, PairEvidence],
    further: Mapping[tuple[int, int], float],
    config: TraceConfig,
) -> Story:
    """List the edges of a family, with what speaks for them.

    Parameters
    ----------
    solved : Solved
    found : mapping of (article_id, article_id) to PairEvidence
        Compared pairs, ids in order of key.
    further : mapping of (source, target) to float
        Further parents and their probability, by place.
    config : TraceConfig

    Returns
    -------
    Story
    """
    documents, family, said = solved.documents, solved.family, solved.said
    if family is None or said is None:
        return _of_one(documents[0])
    drawn = [list(each) for each in solved.drawn]
    derived = said.derived.copy()
    for (s, t), p in sorted(further.items()):
        derived[s, t] = derived[t, s] = 1.0 - (1.0 - derived[s, t]) * (1.0 - p)
        if s not in drawn[t]:
            drawn[t].append(s)
    shared = np.minimum(said.shared, 1.0 - derived)
    derived, shared = mark_bits.strengthen(documents, family.rows, derived, shared)
    listed = edges.of_family(
        documents,
        found,
        said,
        solved.direction,
        derived + shared,
        drawn,
        further,
        config.min_p_edge,
    )
    kept = {edge.key for edge in listed if edge.is_kept}
    names = [each.article_id for each in documents]
    parents = tuple(
        tuple(s for s in each if (names[s], names[t]) in kept) for t, each in enumerate(drawn)
    )
    reasons = signals.explain(family, model.load(), said, listed)
    return Story(
        documents,
        parents,
        tuple(dataclasses.replace(edge, evidence=reasons[edge.key]) for edge in listed),
        family.origins,
        _attached(family, said, parents),
        family.loci,
        said.above,
        derived,
        shared,
    )


def _of_one(document: Document) -> Story:
    origins = absent_sources.find_origins([document], {})
    named = _credited(document, origins)
    nothing = np.zeros((1, 1))
    return Story(
        (document,),
        ((),),
        (),
        tuple(origins),
        {document.article_id: named} if named else {},
        (),
        nothing,
        nothing,
        nothing,
    )


def _seed(documents: Sequence[Document], seed: int) -> int:
    """A number for a family: the same whatever the order, the ids and the white space."""
    words = sorted(" ".join(each.words) for each in documents)
    digest = hashlib.sha256("\n".join((str(seed), *words)).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def _attached(
    family: families.Family, said: posterior.Posterior, parents: Sequence[Sequence[int]]
) -> dict[str, tuple[Absent, ...]]:
    """Absent sources of the texts that have no parent among the supplied ones."""
    n = len(family.documents)
    found: dict[str, tuple[Absent, ...]] = {}
    for t, document in enumerate(family.documents):
        if parents[t]:
            continue
        node = n + int(said.parent[n:, t].argmax())
        name = family.design.proposals[node - n].name
        if name is None and (own := _credited(document, family.origins, by_itself=True)):
            # Whom the text names for all of it is who nobody else names.
            found[document.article_id] = own
        elif said.parent[node, t] >= (
            graph_settings.LEAST_P_UNNAMED if name is None else graph_settings.LEAST_P_ABSENT
        ):
            found[document.article_id] = (Absent(name, float(said.parent[node, t])),)
        elif named := _credited(document, family.origins):
            found[document.article_id] = named
    return found


def _credited(
    document: Document, origins: Sequence[absent_sources.Origin], by_itself: bool = False
) -> tuple[Absent, ...]:
    """The absent sources of a text's credits, its own ones alone or those of its relatives too."""
    return tuple(
        Absent(each.name, graph_settings.CREDITED_P)
        for each in origins
        if not each.holders
        and document.article_id in each.members
        and (not by_itself or document.article_id in each.credited)
    )
