"""All sentences of a collection: looked up in all its texts, and attributed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from ..attribution import attribute, candidate_sources, found_sentences, sentence_index
from ..attribution.attributions import Attribution
from ..evidence import family_rows
from ..evidence.gather import Meaning, PairEvidence
from ..graph import graph_settings
from ..graph.edges import Edge
from ..graph.family_edges import Solved, Story
from ..match import pairs
from ..match.document import Document

PairKey = tuple[str, str]
Pair = tuple[int, int]


class Inferred(Protocol):
    """What a trace knows before it writes its tables, see `infer.Inferred`."""

    @property
    def sentences(self) -> pd.DataFrame:
        """The sentences table."""
        ...

    @property
    def documents(self) -> Sequence[Document]:
        """Of the texts that are not duplicates."""
        ...

    @property
    def pairs(self) -> Mapping[PairKey, PairEvidence]:
        """Every compared pair."""
        ...

    @property
    def stories(self) -> Sequence[Story]:
        """The families."""
        ...

    @property
    def joins(self) -> Sequence[Edge]:
        """Edges between families."""
        ...

    @property
    def looked_up(self) -> Mapping[Pair, found_sentences.Found]:
        """Texts looked up in each other, by place."""
        ...

    @property
    def p_from(self) -> np.ndarray:
        """That one text drew on another, see `candidate_sources.Belief`."""
        ...

    @property
    def unmeasured(self) -> frozenset[PairKey]:
        """Compared pairs of which words cannot show that there is no link."""
        ...

    @property
    def across(self) -> Mapping[PairKey, tuple[float, float, float]]:
        """How pairs of two languages are related, see `across_languages.Across`."""
        ...

    @property
    def p_link(self) -> Mapping[PairKey, float]:
        """Of the compared pairs, on their own."""
        ...


def look_up(
    documents: Sequence[Document],
    parents: Sequence[Sequence[int]],
    compare: Callable[[Document, Document], pairs.Pair],
    meaning: Meaning,
    log_bayes: Mapping[Pair, float] | None = None,
) -> tuple[dict[Pair, found_sentences.Found], frozenset[Pair]]:
    """Look the sentences of every text up in its parents and wherever else they may stand.

    Parameters
    ----------
    documents : sequence of Document
    parents : sequence of sequence of int
        Of each text.
    compare : callable
        Aligns two documents.
    meaning : Meaning
        Embeds the sentences that words leave open.
    log_bayes : mapping of (int, int) to float, optional
        See `left_open.choose`.

    Returns
    -------
    found : dict of (source, target) to Found
        Both ways of each pair.
    no_room : frozenset of (source, target)
        See `candidate_sources.look_up`.
    """
    index = sentence_index.build(documents)
    wanted = candidate_sources.worth_a_look(index, sentence_index.by_words(index))
    kept = [(parent, child) for child, listed in enumerate(parents) for parent in listed]
    for source, target in [*wanted, *kept]:
        wanted.setdefault((source, target), 0.0)
        wanted.setdefault((target, source), 0.0)
    wanted |= dict.fromkeys(kept, np.inf)
    return candidate_sources.look_up(
        documents, index.bits, wanted, compare, meaning, log_bayes=log_bayes
    )


def p_from(
    documents: Sequence[Document], solved: Sequence[Solved], further: Mapping[Pair, float]
) -> np.ndarray:
    """Tell how probable it is that one text drew on another, by families and by passages.

    Parameters
    ----------
    documents : sequence of Document
    solved : sequence of Solved
    further : mapping of (source, target) to float

    Returns
    -------
    ndarray of shape (n, n)
        ``[s, t]``: that `t` drew on `s`.
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    found = np.zeros((len(documents), len(documents)))
    for each in solved:
        if each.said is not None:
            at = [place[document.article_id] for document in each.documents]
            found[np.ix_(at, at)] = each.said.above
    for (s, t), p in further.items():
        found[s, t] = 1.0 - (1.0 - found[s, t]) * (1.0 - p)
    return found


def edges_of(inferred: Inferred) -> list[Edge]:
    """List the edges between texts that were handed in, inside families and between them.

    Parameters
    ----------
    inferred : Inferred

    Returns
    -------
    list of Edge
    """
    return [edge for story in inferred.stories for edge in story.edges] + list(inferred.joins)


def attribute_all(
    inferred: Inferred, absent_edges: Sequence[Edge]
) -> tuple[list[Attribution], list[str]]:
    """Attribute the sentences of all texts.

    Parameters
    ----------
    inferred : Inferred
    absent_edges : sequence of Edge
        From absent sources.

    Returns
    -------
    (list of Attribution, list of str)
        What `attribute.with_origins` takes: the attributions and the order of the texts.
    """
    documents = inferred.documents
    place = {each.article_id: k for k, each in enumerate(documents)}
    parents: list[list[int]] = [[] for _ in documents]
    kept = [edge for edge in edges_of(inferred) if edge.is_kept]
    for edge in sorted(kept, key=lambda edge: -edge.p_edge):
        parents[place[edge.target_id]].append(place[edge.source_id])
    updates = frozenset(
        (place[edge.source_id], place[edge.target_id]) for edge in kept if edge.relation == "update"
    )
    # Of a text of few words no direction is surer than this without a cause.
    first = frozenset(
        place[edge.source_id] for edge in kept if edge.p_direction > graph_settings.MAX_P_OF_FLASH
    )
    rank = candidate_sources.order_of(documents, inferred.p_from, parents)
    belief = candidate_sources.Belief(
        inferred.p_from, rank, tuple(tuple(p) for p in parents), updates, first
    )
    witnessed = _witnessed(documents, place, inferred.pairs, absent_edges)
    return candidate_sources.attribute_collection(documents, inferred.looked_up, belief, witnessed)


def _witnessed(
    documents: Sequence[Document],
    place: Mapping[str, int],
    found: Mapping[PairKey, PairEvidence],
    absent_edges: Sequence[Edge],
) -> dict[int, list[attribute.Witnessed]]:
    """What siblings show of the absent sources of each text."""
    clients: dict[str, list[str]] = {}
    for edge in absent_edges:
        if edge.relation == "reprint":
            clients.setdefault(edge.source_id, []).append(edge.target_id)
    shown: dict[int, list[attribute.Witnessed]] = {}
    for source_id, listed in sorted(clients.items()):
        for article in listed:
            target = documents[place[article]]
            covered = np.zeros(len(target.words), dtype=bool)
            for sibling in listed:
                key = family_rows.key_of(documents[place[sibling]], target)
                if sibling != article and key in found:
                    covered |= found[key].pair.covered(target)
            shown.setdefault(place[article], []).append(attribute.Witnessed(source_id, covered))
    return shown
