"""Edges between texts of two languages, whose sentences were compared by meaning.

The weights of a family are fitted to texts of one language, whose words can be compared. Which
text of another language a text was made from is chosen here, beside the families: by how much of
it that text has, by what says who was first, and so that nothing goes back to itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..evidence import direction as causes
from ..evidence import evidence_settings, gather
from ..evidence.row import Evidence
from ..match.document import Document
from . import dag, edges, graph_settings

PairKey = tuple[str, str]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Across:
    """What is found across languages.

    Attributes
    ----------
    joins : tuple of Edge
        By target.
    outcomes : mapping of (article_id, article_id) to (float, float, float)
        Of every pair that was compared by meaning: one from the other, of a common source,
        neither.
    """

    joins: tuple[edges.Edge, ...]
    outcomes: Mapping[PairKey, tuple[float, float, float]]


@dataclass(frozen=True)
class _Candidate:
    """One text as the source of one of another language."""

    source: int
    target: int
    p_link: float
    bits: float
    direction: tuple[Evidence, ...]
    p_direction: float


def find(
    documents: Sequence[Document],
    found: Mapping[PairKey, gather.PairEvidence],
    compared: Collection[PairKey],
    parents: Sequence[Sequence[int]],
    min_p_edge: float,
    barred: Collection[Pair] = (),
) -> Across:
    """Choose the sources of texts among those of other languages.

    Parameters
    ----------
    documents : sequence of Document
    found : mapping of (article_id, article_id) to PairEvidence
    compared : collection of (article_id, article_id)
        Pairs whose sentences were matched by meaning, and that are of two families.
    parents : sequence of sequence of int
        Of each text, in its own family: who has one takes none of another language.
    min_p_edge : float
    barred : collection of (source, target)
        Of which it is known that the one is not above the other.

    Returns
    -------
    Across
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    listed: dict[Pair, _Candidate] = {}
    for key in sorted(compared):
        each = found[key]
        for source, target in ((each.pair.a, each.pair.b), (each.pair.b, each.pair.a)):
            at = place[source.article_id], place[target.article_id]
            edge = _weigh(at, source, target, each)
            if edge is not None and not parents[at[1]] and at not in barred:
                listed[at] = edge
    chosen = _choose(documents, listed, parents, barred)
    joins = []
    for (s, t), edge in sorted(chosen.items(), key=lambda item: item[0][::-1]):
        rivals = [each.bits for each in listed.values() if each.target == t]
        share = 1.0 / sum(2.0 ** max(-60.0, min(60.0, bits - edge.bits)) for bits in rivals)
        if edges.is_kept(edge.p_link * share, edge.p_link, min_p_edge):
            pair = found[_key(documents[s], documents[t], found)]
            joins.append(_tell(edge, share, documents, pair))
    grown = [list(each) for each in parents]
    for join in joins:
        grown[place[join.target_id]].append(place[join.source_id])
    return Across(tuple(joins), _outcomes(place, found, compared, grown))


def _weigh(
    at: Pair, source: Document, target: Document, pair: gather.PairEvidence
) -> _Candidate | None:
    """What speaks for an edge; None where it cannot be one."""
    if pair.p_link < graph_settings.LEAST_LINKED:
        return None
    most = graph_settings.MOST_WORDS_RATIO * source.n_body / max(1, target.n_body)
    covered, covers = min(most, pair.explained(target)), pair.explained(source)
    if covered < graph_settings.LEAST_COVERED:
        return None
    extent = Evidence(
        "extent",
        "direction",
        graph_settings.EXTENT_BITS * (covered - covers),
        f"{covered:.0%} of it is in the other language's text, {covers:.0%} the other way round",
    )
    rows = pair.rows(source)
    declared = [row for row in rows if row.about == "direction"]
    # What is declared is held in bounds, so that the rows are scaled to what they count.
    total = sum(row.weight_bits for row in declared)
    counted = causes.capped(declared)
    if declared and abs(total - counted) > graph_settings.NO_BITS:
        declared = [Evidence("date", "direction", counted, "what says who was first, together")]
    told = (*declared, extent)
    bits = sum(row.weight_bits for row in told)
    p_direction = 1.0 / (1.0 + 2.0**-bits)
    if p_direction < graph_settings.LEAST_P_DIRECTION:
        return None
    # Of two sources the one that has more of the text: what it is made from is wholly in it.
    link = sum(row.weight_bits for row in rows if row.about == "link")
    lacking = evidence_settings.ACROSS_BITS * (pair.content.most - covered)
    return _Candidate(*at, pair.p_link, link - lacking + bits, told, p_direction)


def _choose(
    documents: Sequence[Document],
    listed: Mapping[Pair, _Candidate],
    parents: Sequence[Sequence[int]],
    barred: Collection[Pair],
) -> dict[Pair, _Candidate]:
    """Choose at most one source a text, so that all together are likeliest and none is a circle."""
    import networkx

    order = sorted(range(len(documents)), key=lambda k: documents[k].key)
    rank = {k: place for place, k in enumerate(order)}
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(len(documents)))
    for s, t in sorted(listed, key=lambda key: (rank[key[0]], rank[key[1]])):
        if listed[s, t].bits > 0:
            graph.add_edge(rank[s], rank[t], weight=listed[s, t].bits)
    best = networkx.maximum_branching(graph, attr="weight")
    wanted = sorted(
        ((order[s], order[t]) for s, t in best.edges),
        key=lambda key: (-listed[key].bits, rank[key[0]], rank[key[1]]),
    )
    grown = [list(each) for each in parents]
    chosen = {}
    for s, t in wanted:
        above = dag.ancestors(tuple(tuple(each) for each in grown))
        if t in above[s]:
            continue  # it would close a circle with the edges of the families
        grown[t].append(s)
        then = dag.ancestors(tuple(tuple(each) for each in grown))
        if any(one in then[other] for one, other in barred):
            grown[t].pop()
            continue
        chosen[s, t] = listed[s, t]
    return chosen


def _tell(
    edge: _Candidate, share: float, documents: Sequence[Document], pair: gather.PairEvidence
) -> edges.Edge:
    """Draw an edge, with what speaks for it."""
    source, target = documents[edge.source], documents[edge.target]
    link = [row for row in pair.rows(source) if row.about == "link"]
    rest = edges.log2_odds(edge.p_link, graph_settings.MAX_BITS) - sum(
        row.weight_bits for row in link
    )
    bounds = [Evidence("family", "link", rest, "held within bounds")]
    return edges.between(
        source,
        target,
        pair,
        "kept",
        p_link=edge.p_link,
        p_edge=edge.p_link * share,
        p_direction=max(0.5, edge.p_direction),
        evidence=(*link, *(bounds if abs(rest) > graph_settings.NO_BITS else ()), *edge.direction),
    )


def _outcomes(
    place: Mapping[str, int],
    found: Mapping[PairKey, gather.PairEvidence],
    compared: Collection[PairKey],
    parents: Sequence[Sequence[int]],
) -> dict[PairKey, tuple[float, float, float]]:
    """How the pairs are related by the edges, as probably as their meaning says."""
    above = dag.ancestors(tuple(tuple(each) for each in parents))
    told = {}
    for key in compared:
        a, b = place[key[0]], place[key[1]]
        p = found[key].p_link
        if a in above[b] or b in above[a]:
            told[key] = (p, 0.0, 1.0 - p)
        elif above[a] & above[b]:
            told[key] = (0.0, p, 1.0 - p)
        else:
            told[key] = (p / 2, p / 2, 1.0 - p)
    return told


def _key(one: Document, other: Document, found: Mapping[PairKey, gather.PairEvidence]) -> PairKey:
    key = one.article_id, other.article_id
    return key if key in found else key[::-1]
