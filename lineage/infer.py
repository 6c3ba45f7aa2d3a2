"""From the evidence of all pairs to the edges, relations and readings of a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import absent, dag, readings
from .config import TraceConfig
from .document import Document, lag_s
from .evidence import gather, link, weights
from .evidence.gather import PairEvidence
from .evidence.row import Evidence
from .pairs import Pair

PairKey = tuple[str, str]

# Two texts less probably linked than this know nothing of each other.
STRANGER_P_LINK = 0.2
# Readings are compared among this many of the likeliest parents.
MAX_CANDIDATES = 3
# A candidate within this many bits of the chosen parent is a runner-up even when it
# is not the next best.
RUNNER_UP_BITS = 3.0
# A pair below this probability of a link has no row among the edges.
LISTED_P_LINK = 0.3
# A second parent must account for this share of the body that the first does not, and
# the first for as much that the second does not.
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
    loci: tuple[tuple[Document, Document, Document, tuple[readings.Locus, ...]], ...]


def infer(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    compare: Any,
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
    _siblings(documents, origins, rows)
    _two_sources(documents, found, rows)
    loci = _weigh_readings(documents, place, found, rows, compare)
    n = len(documents)
    single = np.full((n, n), -np.inf)
    for (source, target), listed in rows.items():
        # Closeness chooses among relatives; it does not make relatives of strangers.
        if sum(row.weight_bits for row in listed if row.about == "link") >= 0:
            single[place[source], place[target]] = edge_bits(listed)
    root = np.zeros(n)
    member_of = _memberships(origins)
    for article, names in member_of.items():
        root[place[article]] = weights.ABSENT_BITS if names else 0.0
    double = _double_parents(documents, place, found, rows, single)
    problem = dag.Problem(single, root, double)
    parents = dag.choose_parents(problem, exact_up_to=config.exact_articles, seed=config.seed)
    spread = dag.marginals(single, root)
    edges = _edge_rows(documents, place, found, rows, single, parents, spread, config)
    kept = {(row["source_id"], row["target_id"]) for row in edges if row["status"] == "kept"}
    parents = tuple(
        tuple(p for p in chosen if (documents[p].article_id, documents[t].article_id) in kept)
        for t, chosen in enumerate(parents)
    )
    attached = {
        article: names
        for article, names in member_of.items()
        if names and not parents[place[article]]
    }
    listed_keys = {(row["source_id"], row["target_id"]) for row in edges}
    return Story(
        tuple(documents),
        parents,
        spread,
        {key: tuple(rows[key]) for key in sorted(listed_keys)},
        tuple(edges),
        tuple(origins),
        attached,
        tuple(loci),
    )


def _two_sources(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    rows: dict[PairKey, list[Evidence]],
) -> None:
    """Tell a text made of two from two made of one: its sources know nothing of each other.

    Had both taken from the middle text, they would share what both took. Where the
    middle text has much in common with each, and they next to nothing with each other,
    it stands at the end of both arrows: a collider [1]_.

    References
    ----------
    .. [1] J. Pearl, "Causality", 2000, section 2.5 (v-structures).
    """
    strangers = {key for key, each in found.items() if each.p_link < STRANGER_P_LINK}
    linked: dict[str, list[str]] = {each.article_id: [] for each in documents}
    for (first, second), each in found.items():
        if each.p_link >= 0.5:
            linked[first].append(second)
            linked[second].append(first)
    best: dict[PairKey, tuple[float, str]] = {}
    for target in documents:
        near = sorted(linked[target.article_id], key=[d.article_id for d in documents].index)
        own = target.body & ~target.quoted
        for k, first in enumerate(near):
            for second in near[k + 1 :]:
                key = (first, second) if (first, second) in found else (second, first)
                if key not in strangers:
                    continue
                masks = [
                    _explained_words(target, _by_id(found, each, target.article_id))[own] >= 0.5
                    for each in (first, second)
                ]
                both = float((masks[0] & masks[1]).mean())
                bits = weights.TWO_SOURCES_BITS * float(
                    np.log2((both + 0.05) / (found[key].content.most + 0.05))
                )
                if bits <= 0 or min(mask.mean() for mask in masks) < SECOND_PARENT_SHARE:
                    continue
                bits = min(bits, weights.TWO_SOURCES_MAX_BITS)
                for source, other in ((first, second), (second, first)):
                    if bits > best.get((source, target.article_id), (0.0, ""))[0]:
                        best[source, target.article_id] = (bits, other)
    for (source, target), (bits, other) in sorted(best.items()):
        said = Evidence(
            "two_sources",
            "direction",
            bits,
            f"has much of this text and of {other}, which have nothing of each other",
        )
        rows[source, target].append(said)
        rows[target, source].append(said.reversed())


def _by_id(found: Mapping[PairKey, PairEvidence], one: str, other: str) -> PairEvidence:
    return found[one, other] if (one, other) in found else found[other, one]


def edge_bits(listed: Sequence[Evidence]) -> float:
    """Bits for an edge: its link, the choice of this parent, and its share of the directions.

    Evidence of direction says how the probability of a link divides between the two
    ways of drawing it; it cannot make a link out of nothing. An edge whose direction
    is certain gains one bit over an undecided one, its reverse loses all.
    """
    link = sum(row.weight_bits for row in listed if row.about != "direction")
    return link + direction_share_bits(listed)


def direction_share_bits(listed: Sequence[Evidence]) -> float:
    """``log2`` of twice the probability of this direction given a link."""
    odds = sum(row.weight_bits for row in listed if row.about == "direction")
    return 1.0 - float(np.logaddexp2(0.0, -odds))


def _memberships(origins: Sequence[absent.Origin]) -> dict[str, tuple[str, ...]]:
    """Absent sources of each article: those whose own text nobody handed in."""
    found: dict[str, list[str]] = {}
    for origin in origins:
        if origin.holders:
            continue
        for article in origin.members:
            found.setdefault(article, []).append(origin.name)
    return {article: tuple(names) for article, names in found.items()}


def _siblings(
    documents: Sequence[Document],
    origins: Sequence[absent.Origin],
    rows: dict[PairKey, list[Evidence]],
) -> None:
    """Add what an absent common source says about its clients: they did not copy each other."""
    by_id = {each.article_id: each for each in documents}
    for origin in origins:
        for source, target in sorted(rows):
            if source not in origin.members or target not in origin.members:
                continue
            one, other = by_id[source], by_id[target]
            if one.outlet is not None and one.outlet == other.outlet:
                continue
            if any(
                row.signal in _OWN_REASONS and row.weight_bits > 0 for row in rows[source, target]
            ):
                continue
            # The common source explains all that they share, so nothing is left of it.
            shared = sum(
                row.weight_bits
                for row in rows[source, target]
                if row.about != "direction" and row.weight_bits > 0
            )
            rows[source, target].append(
                Evidence(
                    "common_source",
                    "link",
                    weights.SIBLING_BITS - shared,
                    f"both have the text of {origin.name}, which explains what they share",
                )
            )


# Evidence that a client of an agency took the text from the other client after all.
_OWN_REASONS = frozenset({"credit", "quotes_narration"})


def _weigh_readings(
    documents: Sequence[Document],
    place: Mapping[str, int],
    found: Mapping[PairKey, PairEvidence],
    rows: dict[PairKey, list[Evidence]],
    compare: Any,
) -> list[tuple[Document, Document, Document, tuple[readings.Locus, ...]]]:
    """Compare the likeliest parents of each text by its readings."""
    compared = []
    for target in documents:
        likely = sorted(
            (
                (edge_bits(rows[source.article_id, target.article_id]), source)
                for source in documents
                if source is not target
                and (source.article_id, target.article_id) in rows
                and _of(found, source, target).p_link >= 0.5
            ),
            key=lambda each: (-each[0], each[1].key),
        )[:MAX_CANDIDATES]
        for k, (_, first) in enumerate(likely):
            for _, second in likely[k + 1 :]:
                between: Pair = compare(first, second)
                if max(between.containment_a, between.containment_b) < 0.5:
                    continue  # not two wordings of one text
                with_first, with_second = _of(found, first, target), _of(found, second, target)
                loci = readings.compare(
                    target,
                    first,
                    second,
                    between,
                    with_first.pair,
                    with_second.pair,
                    with_first.match(target),
                    with_second.match(target),
                )
                if loci:
                    compared.append((target, first, second, tuple(loci)))
    # Agreement chooses between two sources. With a text made later from the child it is
    # only what that text kept; so it counts as far as both were there before the child.
    before = {key: 2.0 ** (direction_share_bits(listed) - 1.0) for key, listed in rows.items()}
    for target, first, second, loci in compared:
        both_before = (
            before[first.article_id, target.article_id]
            * before[second.article_id, target.article_id]
        )
        for candidate, sign in ((first, 1.0), (second, -1.0)):
            rows[candidate.article_id, target.article_id].append(
                _reading_evidence(candidate, first if sign < 0 else second, loci, sign, both_before)
            )
    return compared


def _reading_evidence(
    candidate: Document,
    other: Document,
    loci: Sequence[readings.Locus],
    sign: float,
    both_before: float,
) -> Evidence:
    total = 0.0
    agreeing = []
    for each in loci:
        follows = each.follows_first == (sign > 0)
        worth = weights.SPELLING_READING_BITS if each.spelling else weights.READING_BITS
        total += worth if follows else -worth
        if follows:
            agreeing.append(each)
    # Halved, because the other candidate carries the same sum with the other sign.
    bits = max(-weights.READING_MAX_BITS, min(weights.READING_MAX_BITS, total)) / 2 * both_before
    shown = max(agreeing, key=lambda each: (not each.spelling, -each.target_span[0]), default=None)
    source_span = target_span = None
    if shown is not None:
        source_span = shown.first_span if sign > 0 else shown.second_span
        target_span = shown.target_span
    named = other.outlet or other.article_id
    return Evidence(
        "readings",
        "parent_choice",
        bits,
        f"reads with this text in {len(agreeing)} of {len(loci)} places where {named} differs",
        source_span,
        target_span,
    )


def _of(found: Mapping[PairKey, PairEvidence], one: Document, other: Document) -> PairEvidence:
    a, b = sorted((one, other), key=lambda each: each.key)
    return found[a.article_id, b.article_id]


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
            worth[place[source], place[target]] = _explained_words(t, each)
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
                family = _of(found, documents[one], documents[other]).p_link >= STRANGER_P_LINK
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
        + direction_share_bits(listed)
        + choice
    )


def _explained_words(target: Document, each: PairEvidence) -> np.ndarray:
    return link.worth(target, each.pair.covered(target), each.match(target))


def _edge_rows(
    documents: Sequence[Document],
    place: Mapping[str, int],
    found: Mapping[PairKey, PairEvidence],
    rows: Mapping[PairKey, list[Evidence]],
    single: np.ndarray,
    parents: tuple[tuple[int, ...], ...],
    spread: dag.Marginals,
    config: TraceConfig,
) -> list[dict[str, Any]]:
    chosen = {(s, t) for t, sources in enumerate(parents) for s in sources}
    above = dag.ancestors(parents)
    joined = spread.edge + spread.edge.T
    related = joined.sum(axis=0)
    made = []
    for (first, second), each in sorted(found.items(), key=lambda item: item[0]):
        a, b = place[first], place[second]
        if (b, a) in chosen:
            s, t = b, a
        elif (a, b) in chosen or a in above[b]:
            s, t = a, b
        elif b in above[a]:
            s, t = b, a
        else:
            s, t = (a, b) if single[a, b] >= single[b, a] else (b, a)
        if (s, t) not in chosen and each.p_link < LISTED_P_LINK:
            continue
        p_edge = float(min(1.0, joined[s, t]))
        p_direction = float(spread.edge[s, t] / joined[s, t]) if joined[s, t] > 0 else 0.5
        status = "explained_away"
        if (s, t) in chosen:
            second_parent = len(parents[t]) > 1 and joined[s, t] < config.min_p_edge
            if second_parent:
                bits = sum(
                    row.weight_bits
                    for row in rows[documents[s].article_id, documents[t].article_id]
                    if row.about == "direction"
                )
                p_edge = each.p_link
                p_direction = 1.0 / (1.0 + 2.0**-bits)
            status = "kept" if max(p_edge, related[t]) >= config.min_p_edge else "below_threshold"
        elif each.p_link < config.min_p_edge:
            status = "below_threshold"
        made.append(
            {
                "source": s,
                "target": t,
                "source_id": documents[s].article_id,
                "target_id": documents[t].article_id,
                "relation": relation(documents[s], documents[t], each, rows),
                "p_edge": p_edge,
                # The convention of the table: the direction drawn is the likelier one.
                "p_direction": max(p_direction, 0.5) if (s, t) in chosen else p_direction,
                "coverage_target": _coverage(each, documents[t]),
                "coverage_source": _coverage(each, documents[s]),
                "lag_s": lag_s(documents[s], documents[t]),
                "status": status,
            }
        )
    _mark_runners_up(documents, found, single, parents, above, made)
    for row in made:
        row["p_direction"] = max(0.5, row["p_direction"])
        listed = rows[row["source_id"], row["target_id"]]
        row["score_bits"] = float(sum(each.weight_bits for each in listed))
        del row["source"], row["target"]
    return made


def _mark_runners_up(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    single: np.ndarray,
    parents: tuple[tuple[int, ...], ...],
    above: Sequence[set[int]],
    made: list[dict[str, Any]],
) -> None:
    """Mark the next best parents of each text that has one."""
    by_pair = {frozenset((row["source"], row["target"])): row for row in made}
    for target, chosen in enumerate(parents):
        if not chosen:
            continue
        others = [
            (single[s, target], documents[s].key, s)
            for s in range(len(documents))
            if s != target
            and s not in chosen
            and target not in above[s]
            and frozenset((s, target)) in by_pair
            and by_pair[frozenset((s, target))]["status"] == "explained_away"
        ]
        others.sort(key=lambda each: (-each[0], each[1]))
        best = max(single[s, target] for s in chosen)
        for k, (score, _, s) in enumerate(others):
            row = by_pair[frozenset((s, target))]
            if row["source"] != s and not _may_turn(row, single, s, target):
                continue
            if k == 0 or best - score <= RUNNER_UP_BITS:
                row["status"] = "runner_up"
                if row["source"] != s:
                    _turn(row, documents)


def _may_turn(row: dict[str, Any], single: np.ndarray, source: int, target: int) -> bool:
    """A pair of siblings is a runner-up of the one whose score it suits better."""
    return bool(single[source, target] >= single[target, source])


def _turn(row: dict[str, Any], documents: Sequence[Document]) -> None:
    row["source"], row["target"] = row["target"], row["source"]
    row["source_id"] = documents[row["source"]].article_id
    row["target_id"] = documents[row["target"]].article_id
    row["coverage_target"], row["coverage_source"] = row["coverage_source"], row["coverage_target"]
    row["p_direction"] = 1.0 - row["p_direction"]
    row["lag_s"] = None if row["lag_s"] is None else -row["lag_s"]


def _coverage(each: PairEvidence, document: Document) -> float:
    """Share of the body that the other side accounts for, quotes included."""
    body = document.body
    total = int(body.sum())
    return float(_explained_words(document, each)[body].sum() / total) if total else 0.0


def relation(
    source: Document,
    target: Document,
    each: PairEvidence,
    rows: Mapping[PairKey, list[Evidence]],
) -> str:
    """Name what was done to the source to make the target.

    Returns
    -------
    str
        One of `tables.RELATIONS`.
    """
    listed = rows[source.article_id, target.article_id]
    same_house = source.outlet is not None and source.outlet == target.outlet
    answered = any(row.signal == "answered" and row.weight_bits > 0 for row in listed)
    unknown_house = source.outlet is None and target.outlet is None
    verbatim = each.pair.containment(target)
    if same_house or (answered and unknown_house and verbatim >= 0.5):
        return "update"
    own = target.body & ~target.quoted
    shared = each.pair.covered(target)
    if (
        verbatim < 0.3
        and each.content.most < 0.3
        and (shared & target.quoted).sum() > (shared & own).sum()
    ):
        return "quote"
    if verbatim >= 0.85 and each.pair.containment(source) >= 0.6:
        return "reprint"
    if verbatim >= 0.5:
        return "edit"
    return "rewrite"


__all__ = ["Story", "gather", "infer", "relation"]
