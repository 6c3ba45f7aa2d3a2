"""In which texts the sentences of a text are looked up, and what is found there."""

from __future__ import annotations

import dataclasses
import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..evidence import link, translation
from ..evidence.gather import Meaning
from ..match import pairs
from ..match.document import Document
from . import attribute, attribution_settings, found_sentences, left_open, measures, sentence_index
from .attributions import Attribution

# Source and target, by their places.
Pair = tuple[int, int]
Compare = Callable[[Document, Document], pairs.Pair]


@dataclass(frozen=True, eq=False)
class Belief:
    """What is believed of the texts of a collection before their sentences are attributed.

    Attributes
    ----------
    p_from : ndarray of shape (n, n)
        ``[s, t]``: that `t` drew on `s`, whatever else it drew on.
    rank : ndarray of shape (n,)
        The order in which the texts came about: no text names one of a higher rank, and
        parents rank before their children.
    parents : tuple of tuple of int
        Kept parents of each text, best first.
    updates : frozenset of (int, int)
        Source and target of kept edges that are updates.
    first : frozenset of int
        Texts that a cause, be they as short as they may, has told to be before their child.
    """

    p_from: np.ndarray
    rank: np.ndarray
    parents: tuple[tuple[int, ...], ...]
    updates: frozenset[Pair] = frozenset()
    first: frozenset[int] = frozenset()


def worth_a_look(
    index: sentence_index.SentenceIndex,
    candidates: sentence_index.Candidates,
    *,
    per_text: int = attribution_settings.MAX_TEXTS,
    min_bits: float = attribution_settings.CANDIDATE_SOURCES_MIN_BITS,
) -> dict[Pair, float]:
    """Find the pairs of texts of which one may have sentences of the other.

    Parameters
    ----------
    index : SentenceIndex
    candidates : Candidates
        From `sentence_index.by_words`.
    per_text : int
        Texts that each is looked up in, at most.
    min_bits : float

    Returns
    -------
    dict of (source, target) to float
        Bits of all sentences of the target that the source has, beyond chance.
    """
    n = len(index.documents)
    bits = np.maximum(
        _shared_bits(index, candidates) * candidates.score - attribution_settings.CHANCE_BITS, 0.0
    )
    keys = index.text_of[candidates.target] * n + index.text_of[candidates.source]
    texts, place = np.unique(keys, return_inverse=True)
    summed = np.bincount(place, bits, len(texts))
    if len(texts) > attribution_settings.N_FREE:
        enough = min(min_bits, float(np.sort(summed)[-attribution_settings.N_FREE]))
        texts, summed = texts[summed >= enough], summed[summed >= enough]
    of_target: dict[int, list[tuple[float, int]]] = {}
    for key, worth in zip(texts.tolist(), summed.tolist(), strict=True):
        of_target.setdefault(key // n, []).append((-worth, key % n))
    return {
        (source, target): -worth
        for target, listed in sorted(of_target.items())
        for worth, source in sorted(listed)[:per_text]
    }


def _shared_bits(
    index: sentence_index.SentenceIndex, candidates: sentence_index.Candidates
) -> np.ndarray:
    of_target, of_source = index.totals[candidates.target], index.totals[candidates.source]
    return np.asarray(
        candidates.score / (1.0 / of_target + attribution_settings.TAKEN_WEIGHT / of_source)
    )


def look_up(
    documents: Sequence[Document],
    bits: Mapping[str, float],
    wanted: Mapping[Pair, float],
    compare: Compare,
    meaning: Meaning,
    *,
    log_bayes: Mapping[Pair, float] | None = None,
    max_embedded: int = attribution_settings.MAX_EMBEDDED,
    least_p: float = attribution_settings.LEAST_P_BY_WORDS,
) -> tuple[dict[Pair, found_sentences.Found], frozenset[Pair]]:
    """Look the sentences of texts up in others: all by words, few of them by meaning.

    Parameters
    ----------
    documents : sequence of Document
    bits : mapping of str to float
        Rarity of the stems, see `sentence_index.weigh`.
    wanted : mapping of (source, target) to float
        Which texts in which; infinite for parents, which are always looked up by meaning.
    compare : callable
        Aligns two documents.
    meaning : Meaning
        Embeds the sentences that words leave open.
    log_bayes : mapping of (int, int) to float, optional
    max_embedded : int
    least_p : float
        See `left_open.choose`.

    Returns
    -------
    found : dict of (source, target) to Found
        With all tables where meaning was asked.
    no_room : frozenset of (source, target)
        Pairs left to words because `max_embedded` was reached.
    """
    aligned: dict[Pair, pairs.Pair] = {}
    found: dict[Pair, found_sentences.Found] = {}
    for s, t in sorted(wanted):
        either = min(s, t), max(s, t)
        if either not in aligned:
            aligned[either] = compare(documents[s], documents[t])
        by_words = found_sentences.by_words(documents[s], documents[t], aligned[either], bits)
        found[s, t] = found_sentences.brief(by_words, bits)
    chosen = left_open.choose(
        documents,
        found,
        wanted,
        log_bayes or {},
        max_embedded=max_embedded,
        least_p=least_p,
    )
    asked = [np.zeros(len(each.roles), dtype=bool) for each in documents]
    for (s, t), (of_source, of_target) in chosen.rows.items():
        asked[s] |= of_source
        asked[t] |= of_target
    meaning.prepare(
        (document, rows) for document, rows in zip(documents, asked, strict=True) if rows.any()
    )
    for (s, t), (of_source, of_target) in chosen.rows.items():
        source, target = documents[s], documents[t]
        vectors = meaning.vectors(source, of_source), meaning.vectors(target, of_target)
        if meaning.scale is not None and translation.are_apart(source, target):
            match = translation.match(source, target, *vectors, meaning.scale)
        else:
            match = pairs.match_sentences(source, target, *vectors)
        parent = measures.Parent(source, aligned[min(s, t), max(s, t)], match)
        found[s, t] = found_sentences.answer(target, parent, bits)
    return found, chosen.no_room


def first_factor(
    found: found_sentences.Found, p_from: float, parents: Sequence[found_sentences.Found] = ()
) -> np.ndarray:
    """Return how probable it is that a text drew on another, for each of its sentences.

    Parameters
    ----------
    found : Found
    p_from : float
        What is believed of the two texts.
    parents : sequence of Found
        The same text looked up in its other parents: what these have as well is no proof.

    Returns
    -------
    ndarray of shape (n_target,)
        Raised where a long run of narration stands in both, whatever else they have.
    """
    proof = found.proof
    for each in parents:
        proof = proof * (1.0 - np.maximum(each.proof, each.p_sentence))
    return np.asarray(1.0 - (1.0 - p_from) * (1.0 - proof))


def may_name(belief: Belief, source: int, target: int) -> bool:
    """Whether sentences of one text may be said to be from the other.

    Parameters
    ----------
    belief : Belief
    source, target : int

    Returns
    -------
    bool
        Of two texts never both: so no sentence goes back to itself.
    """
    is_kept = source in belief.parents[target]
    return is_kept or (
        target not in belief.parents[source] and belief.rank[source] < belief.rank[target]
    )


def order_of(
    documents: Sequence[Document], p_from: np.ndarray, parents: Sequence[Sequence[int]]
) -> np.ndarray:
    """Put texts in an order in which parents come first, then those on which others drew.

    Parameters
    ----------
    documents : sequence of Document
    p_from : ndarray of shape (n, n)
        As in `Belief`.
    parents : sequence of sequence of int

    Returns
    -------
    ndarray of shape (n,), int64
        The rank of each text. Of texts of which nothing is known the order is that of
        their keys, so that neither ids nor input order matter.
    """
    n = len(documents)
    drew = p_from.sum(axis=0) - p_from.sum(axis=1)
    waits = [len(set(each)) for each in parents]
    children: list[list[int]] = [[] for _ in range(n)]
    for child, listed in enumerate(parents):
        for parent in sorted(set(listed)):
            children[parent].append(child)
    free = [(float(drew[k]), documents[k].key, k) for k in range(n) if waits[k] == 0]
    heapq.heapify(free)
    rank = np.zeros(n, dtype=np.int64)
    for place in range(n):
        _, _, at = heapq.heappop(free)
        rank[at] = place
        for child in children[at]:
            waits[child] -= 1
            if waits[child] == 0:
                heapq.heappush(free, (float(drew[child]), documents[child].key, child))
    return rank


def attribute_collection(
    documents: Sequence[Document],
    found: Mapping[Pair, found_sentences.Found],
    belief: Belief,
    absent: Mapping[int, Sequence[attribute.Witnessed]] | None = None,
) -> tuple[list[Attribution], list[str]]:
    """Attribute the sentences of all texts of a collection.

    Parameters
    ----------
    documents : sequence of Document
    found : mapping of (source, target) to Found
        From `look_up`: the kept parents of each text, and what is worth a look.
    belief : Belief
    absent : mapping of int to sequence of Witnessed, optional
        Absent sources behind a text, by its place, and what siblings show of them.

    Returns
    -------
    (list of Attribution, list of str)
        What `attribute.with_origins` takes: the attributions and the order of the texts.
    """
    belief = _short_last(documents, found, belief)
    order = sorted(range(len(documents)), key=lambda at: (float(belief.rank[at]), at))
    above = _ancestors(belief.parents)
    looked_in: dict[int, list[int]] = {}
    for s, t in sorted(found):
        looked_in.setdefault(t, []).append(s)
    attributed: list[Attribution] = []
    for at in order:
        sources = [s for s in looked_in.get(at, ()) if may_name(belief, s, at)]
        kept = [s for s in belief.parents[at] if s in sources]
        more = [s for s in sources if s not in kept]
        more.sort(key=lambda s: (-float(belief.p_from[s, at]), documents[s].key))
        if not kept and link.is_flash(documents[at]):
            kept = _nearest(documents, found, more, at)
        weighed = {s: _p_from(found, belief, s, at, kept) for s in dict.fromkeys((*kept, *more))}
        # The confidence of a sentence is no greater than that of its text.
        made = [
            _source(found, belief, (s, at), p_from, s in kept)
            for s, p_from in weighed.items()
            if s in kept or p_from.max(initial=0.0) >= attribution_settings.MIN_CONFIDENCE
        ]
        behind = (absent or {}).get(at, ())
        apart = [s for s in looked_in.get(at, ()) if s not in above[at] and at not in above[s]]
        heard = _heard([found[s, at] for s in apart])
        attributed += attribute.attribute(documents[at], made, behind, heard)
    return attributed, [documents[at].article_id for at in order]


def _ancestors(parents: Sequence[Sequence[int]]) -> list[set[int]]:
    """Return for each text all texts above it."""
    import networkx

    graph = networkx.empty_graph(len(parents), create_using=networkx.DiGraph)
    graph.add_edges_from((above, at) for at, listed in enumerate(parents) for above in listed)
    return [networkx.ancestors(graph, at) for at in range(len(parents))]


def _heard(apart: Sequence[found_sentences.Found]) -> np.ndarray | None:
    """Words that a text has too which neither it was made from nor was made from it."""
    heard = None
    for each in apart:
        covered = each.pair.covered(each.target)
        heard = covered if heard is None else heard | covered
    return heard


def _short_last(
    documents: Sequence[Document], found: Mapping[Pair, found_sentences.Found], belief: Belief
) -> Belief:
    """Rank texts of a sentence or two that nothing else is known of behind all others.

    They are too short to say from where they are, or which came first; still a reader wants
    to see where in the others their words stand, and not the other way round.
    """
    moved: set[int] = set()
    rank = np.array(belief.rank, dtype=float)
    last = float(rank.max(initial=0.0)) + 1.0
    for at, document in enumerate(documents):
        if belief.parents[at] or at in belief.first or not link.is_flash(document):
            continue
        into = max((belief.p_from[s, t] for s, t in found if t == at), default=0.0)
        from_it = max((belief.p_from[s, t] for s, t in found if s == at), default=0.0)
        if (
            from_it
            < attribution_settings.SURELY_FIRST * into
            + attribution_settings.CANDIDATE_SOURCES_UNDECIDED
        ):
            rank[at] += last
            moved.add(at)
    parents = tuple(tuple(p for p in listed if p not in moved) for listed in belief.parents)
    return dataclasses.replace(belief, rank=rank, parents=parents)


def _nearest(
    documents: Sequence[Document],
    found: Mapping[Pair, found_sentences.Found],
    among: Sequence[int],
    at: int,
) -> list[int]:
    """The text that has most of a text of few words."""
    near = [
        (-float(np.nan_to_num(found[s, at].p_sentence).sum()), documents[s].key, s)
        for s in among
        if not link.is_flash(documents[s])
    ]
    return [min(near)[2]] if near else []


def _p_from(
    found: Mapping[Pair, found_sentences.Found],
    belief: Belief,
    source: int,
    target: int,
    kept: Sequence[int],
) -> np.ndarray:
    others = [] if source in kept else [found[k, target] for k in kept]
    return first_factor(found[source, target], float(belief.p_from[source, target]), others)


def _source(
    found: Mapping[Pair, found_sentences.Found],
    belief: Belief,
    key: Pair,
    p_from: np.ndarray,
    is_kept: bool,
) -> attribute.Source:
    each = found_sentences.whole(found[key])
    if key in belief.updates:
        parent = dataclasses.replace(each.parent, is_update=True)
        each = dataclasses.replace(each, parent=parent)
    return attribute.Source(each, p_from, is_kept)


__all__ = [
    "Belief",
    "attribute_collection",
    "first_factor",
    "look_up",
    "may_name",
    "order_of",
    "worth_a_look",
]
