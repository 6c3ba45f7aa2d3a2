"""From the evidence on the pairs of a family to its edges, with what speaks for each."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..config import TraceConfig
from ..evidence import direction as causes
from ..evidence import family_rows, link
from ..evidence.gather import PairEvidence
from ..evidence.row import Evidence
from ..match.document import Document, lag_s
from . import (
    absent_sources,
    constraints,
    dag,
    edges,
    families,
    known_facts,
    mark_bits,
    model,
    posterior,
    signals,
)

PairKey = tuple[str, str]

# Of an edge against the dates given: whatever speaks for it, the text may go back to an
# older one of the same publisher that is not here, so its direction is left open.
MAX_P_AGAINST_DATES = 0.75
# Dates given that are nearer than this are no objection: clocks and corrections.
MIN_AGAINST_DATES_S = 3600.0
# Below this the direction of a drawn edge is held to be the other one.
UNTURNED = 0.45
# From so many bits on causes speak against the way in which an edge is drawn.
TURNING_BITS = 2.0
# Of a text of a sentence or two without a cause of as many bits no direction is surer than this.
FLASH_CAUSE_BITS = 2.0
MAX_P_OF_FLASH = 0.75
# A named absent source that is as probable as this stands behind a text.
LEAST_P_ABSENT = 0.5


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
    evidence : mapping of (source_id, target_id) to tuple of Evidence
        Of every listed edge.
    edges : tuple of dict
        Rows of the edges table, coverage and lag included.
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
    evidence: Mapping[PairKey, tuple[Evidence, ...]]
    edges: tuple[dict[str, Any], ...]
    origins: tuple[absent_sources.Origin, ...]
    attached: Mapping[str, tuple[Absent, ...]]
    loci: tuple[family_rows.Compared, ...]
    above: np.ndarray
    derived: np.ndarray
    shared: np.ndarray

    def outcomes(self, at: int, there: int) -> tuple[float, float, float]:
        """How probable it is of two texts: one from the other, of a common source, neither."""
        derived, shared = float(self.derived[at, there]), float(self.shared[at, there])
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
    direction = _open_against_dates(documents, _open_of_flashes(family, said))
    direction = _second_sources(family, said.drawn, direction)
    # What is known is so, whatever the dates and the causes.
    direction = _as_known(said.drawn, constraints.settle(direction, given), given)
    said = _apart(said, direction, given)
    drawn = _turned(said.drawn, direction)
    parents = tuple(
        tuple(
            s
            for s in each
            if edges.is_kept(said.edge[s, t], 1.0 - said.independent[s, t], config.min_p_edge)
        )
        for t, each in enumerate(drawn)
    )
    return Solved(documents, family, said, direction, drawn, parents)


def _second_sources(
    family: families.Family, drawn: Sequence[int], direction: np.ndarray
) -> np.ndarray:
    """Let causes, and nothing else, turn a drawn edge.

    In a tree a text has one parent, so that its second source is drawn below it: the sum over
    trees then says little of which of these two was first. Where causes do not speak against an
    edge, a direction that is doubted more than the sum doubts it is left open.
    """
    found = direction.copy()
    ids = [each.article_id for each in family.documents]
    for t, s in enumerate(drawn):
        if s < 0:
            continue
        bits = causes.capped(family.rows.get((ids[s], ids[t]), ()))
        if bits <= -TURNING_BITS:
            found[s, t] = min(found[s, t], 1.0 / (1.0 + 2.0**-bits))
            found[t, s] = 1.0 - found[s, t]
        elif found[s, t] < UNTURNED:
            found[s, t] = found[t, s] = 0.5
    return found


def _as_known(drawn: Sequence[int], direction: np.ndarray, given: known_facts.Known) -> np.ndarray:
    """Leave the direction of a drawn edge open where what is known would not hold if it turned."""
    if not given:
        return direction
    found = direction.copy()
    lines = dag.ancestors(tuple((s,) if s >= 0 else () for s in drawn))
    below = [{k for k, line in enumerate(lines) if t == k or t in line} for t in range(len(drawn))]
    for t, s in enumerate(drawn):
        if s < 0 or direction[s, t] >= UNTURNED:
            continue
        kept = any(s in below[one] and other in below[t] for one, other in given.made_from)
        kept |= any(below[t].intersection(pair) for pair in given.same_source)
        # Turned, it would put the text and what goes with it above its parent.
        rest = below[s] - below[t]
        kept |= any(one in below[t] and other in rest for one, other in given.barred)
        if kept:
            found[s, t] = found[t, s] = 0.5
    return found


def _apart(
    said: posterior.Posterior, direction: np.ndarray, given: known_facts.Known = known_facts.NOTHING
) -> posterior.Posterior:
    """Take back what the sum over trees says by way of edges that are drawn turned.

    What stands above or beside the second source of a text only through that text has
    nothing to do with it, unless it is known to have.
    """
    above, derived, shared = said.above.copy(), said.derived.copy(), said.shared.copy()
    tree = tuple((s,) if s >= 0 else () for s in said.drawn)
    lines = dag.ancestors(tree)
    for t, s in enumerate(said.drawn):
        if s < 0 or direction[s, t] >= UNTURNED:
            continue
        keep = float(direction[s, t])
        below = [k for k in range(len(tree)) if k == t or t in lines[k]]
        others = [k for k in range(len(tree)) if k not in below and k != s]
        # Only where the edge was in the forest was it the way.
        left = 1.0 - (1.0 - keep) * float(said.parent[s, t])
        for found in (derived, shared):
            found[np.ix_(below, others)] *= left
            found[np.ix_(others, below)] *= left
        above[np.ix_([s, *others], below)] *= left
        edge = float(derived[s, t])
        for k in below:
            if k != t:
                # What was made from the one as well is beside it now.
                moved = float(derived[k, s]) * (1.0 - left)
                derived[k, s] = derived[s, k] = float(derived[k, s]) - moved
                shared[k, s] = shared[s, k] = float(shared[k, s]) + moved
        above[t, s] = max(above[t, s], edge * (1.0 - keep))
    for one, other in (*given.made_from, *given.same_source):
        for found, as_said in ((above, said.above), (derived, said.derived), (shared, said.shared)):
            found[one, other], found[other, one] = as_said[one, other], as_said[other, one]
    return dataclasses.replace(said, above=above, derived=derived, shared=shared)


def _turned(drawn: Sequence[int], direction: np.ndarray) -> tuple[tuple[int, ...], ...]:
    """Turn the edges that all that is known of their direction speaks against.

    In a tree a text has one parent, so that the second source of a text stands below it, if
    anywhere.
    """
    parents: list[list[int]] = [[] for _ in drawn]
    for t, s in enumerate(drawn):
        if s >= 0 and direction[s, t] >= UNTURNED:
            parents[t].insert(0, s)
        elif s >= 0:
            parents[s].append(t)
    return tuple(tuple(each) for each in parents)


def tell(
    solved: Solved,
    found: Mapping[PairKey, PairEvidence],
    further: Mapping[tuple[int, int], float],
    config: TraceConfig,
) -> Story:
    """Write the edges of a family and list what speaks for them.

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
    rows = edges.rows_of(
        documents,
        found,
        said,
        solved.direction,
        derived + shared,
        drawn,
        further,
        config.min_p_edge,
    )
    kept = {(row["source"], row["target"]) for row in rows if row["status"] == "kept"}
    parents = tuple(tuple(s for s in each if (s, t) in kept) for t, each in enumerate(drawn))
    reasons = signals.explain(family, model.load(), said, rows)
    for row in rows:
        listed = reasons[row["source_id"], row["target_id"]]
        row["score_bits"] = float(sum(each.weight_bits for each in listed))
        del row["source"], row["target"]
    return Story(
        documents,
        parents,
        reasons,
        tuple(rows),
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
        {},
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


def _open_of_flashes(family: families.Family, said: posterior.Posterior) -> np.ndarray:
    """Let no direction of a text of a sentence or two be decided without a cause.

    The structure of a family says little of it: it may be the first report of all, or a
    summary of the last.
    """
    found = said.direction.copy()
    flashes = [link.is_flash(each) for each in family.documents]
    for s, source in enumerate(family.documents):
        for t, target in enumerate(family.documents):
            if s == t or not (flashes[s] or flashes[t]):
                continue
            listed = family.rows.get((source.article_id, target.article_id), ())
            if abs(causes.capped(listed)) < FLASH_CAUSE_BITS:
                found[s, t] = min(max(found[s, t], 1.0 - MAX_P_OF_FLASH), MAX_P_OF_FLASH)
    return found


def _open_against_dates(documents: Sequence[Document], direction: np.ndarray) -> np.ndarray:
    """Let no edge be certain that goes from a later to an earlier text by the dates given."""
    found = direction.copy()
    for s, source in enumerate(documents):
        for t, target in enumerate(documents):
            lag = lag_s(source, target)
            given = source.published_source == target.published_source == "given"
            if lag is not None and lag <= -MIN_AGAINST_DATES_S and given:
                found[s, t] = min(found[s, t], MAX_P_AGAINST_DATES)
                found[t, s] = 1.0 - found[s, t]
    return found


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
            absent_sources.LEAST_P_UNNAMED if name is None else LEAST_P_ABSENT
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
        Absent(each.name, absent_sources.CREDITED_P)
        for each in origins
        if not each.holders
        and document.article_id in each.members
        and (not by_itself or document.article_id in each.credited)
    )
