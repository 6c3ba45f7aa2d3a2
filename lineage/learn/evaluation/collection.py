"""Many texts with few relatives among them: what is joined that should not be, and what is found.

Every count belongs to one text (an edge to its target, half of a pair to either), so that a set of
one case has its interval by drawing texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from . import cases, counts, edge_scores, sentence_scores

# From this `p_edge` on a false edge is a sure one.
SURE = 0.9

# Rows of these kinds do not say that a sentence was taken from another text.
_NO_SOURCE = ("quote", "heading", "boilerplate", "new")

# An edge, with its `p_edge` where the method states one.
Edge = tuple[str, str, float | None]
# A text and sums that belong to it.
Owned = tuple[str, dict[str, float]]


class _Pairs:
    """The pairs of a case by what they may be."""

    def __init__(self, case: cases.Case) -> None:
        self.direct = edge_scores.undirected(case.edges)
        self.relatives = self.direct | edge_scores.undirected(case.relatives)
        self.doubtful = edge_scores.undirected(case.doubtful) - self.relatives
        # A story may be as wide as an event.
        self.neutral = (self.doubtful | edge_scores.undirected(case.same_event)) - self.relatives


def score(case: cases.Case, result: Any) -> list[dict[str, float]]:
    """Count what a trace says of a collection.

    Parameters
    ----------
    case : Case
        Of kind ``collection``.
    result : object
        With the frames ``edges``, ``articles``, ``sentences`` and ``attributions``.

    Returns
    -------
    list of dict of str to float
        Sums, one dict a text.
    """
    kept = [edge for edge in _edges(result.edges) if {edge[0], edge[1]} <= set(case.ids)]
    owned = [
        *_linked(case, kept, states_p=True),
        *_false_sources(case, result.attributions, result.sentences),
        *_stories(case, result.articles),
    ]
    return _by_text(case, owned)


def score_edges(case: cases.Case, found: Iterable[tuple[str, str]]) -> list[dict[str, float]]:
    """Count the edges of a method that states no probability and no source of a sentence.

    Parameters
    ----------
    case : Case
        Of kind ``collection``.
    found : iterable of (source_id, target_id)

    Returns
    -------
    list of dict of str to float
    """
    return _by_text(case, _linked(case, ((*pair, None) for pair in found), states_p=False))


def _by_text(case: cases.Case, owned: Iterable[Owned]) -> list[dict[str, float]]:
    made: dict[str, list[Mapping[str, float]]] = {each: [] for each in case.ids}
    for text, sums in owned:
        made[text].append(sums)
    return [counts.total(each) for each in made.values()]


def _edges(frame: pd.DataFrame) -> list[Edge]:
    stated = frame["p_edge"] if "p_edge" in frame else [None] * len(frame)
    return [
        (str(source), str(target), None if pd.isna(p) else float(p))
        for source, target, p in zip(frame["source_id"], frame["target_id"], stated, strict=True)
    ]


def _linked(case: cases.Case, kept: Iterable[Edge], *, states_p: bool) -> Iterator[Owned]:
    pairs, true = _Pairs(case), set(case.edges)
    listed = list(kept)
    for text in case.ids:
        yield text, {"links.texts": 1.0, "links.wanted": 0.0, "links.found": 0.0}
    joined = edge_scores.undirected((source, target) for source, target, _ in listed)
    wanted: dict[frozenset[str], str] = {}
    for source, target in case.edges:
        wanted.setdefault(frozenset((source, target)), target)
    for pair, target in wanted.items():
        yield target, {"links.wanted": 1.0, "links.found": float(pair in joined)}
    for source, target, p in listed:
        pair = frozenset((source, target))
        if pair in pairs.direct:
            yield target, counts.mean("links.order", [float((source, target) in true)])
        if pair in pairs.doubtful:
            continue
        is_false = pair not in pairs.relatives
        yield (
            target,
            {
                "links.kept": 1.0,
                "links.hit": float(not is_false),
                "links.false": float(is_false),
            },
        )
        if p is not None:
            yield target, {"links.sure_false": float(is_false and p >= SURE)}
    if states_p:
        for text in case.ids:
            yield text, {"links.sure_texts": 1.0}


def _false_sources(
    case: cases.Case, attributions: pd.DataFrame, sentences: pd.DataFrame
) -> Iterator[Owned]:
    pairs, ids = _Pairs(case), set(case.ids)
    named = attributions[
        attributions["source_id"].notna()
        & ~attributions["kind"].isin(_NO_SOURCE)
        & sentence_scores.is_named(attributions)
    ]
    lent = {
        (sentence, target)
        for sentence, source, target in zip(
            named["target_sentence"], named["source_id"], named["target_id"], strict=True
        )
        if source in ids and frozenset((source, target)) not in pairs.relatives | pairs.doubtful
    }
    for _, target in lent:
        yield target, {"false_sources.sum": 100.0}
    body = sentences.loc[sentences["role"] == "body", "article_id"]
    for text, n in body.value_counts().items():
        yield str(text), {"false_sources.n": float(n)}


def _stories(case: cases.Case, articles: pd.DataFrame) -> Iterator[Owned]:
    pairs = _Pairs(case)
    supplied = articles[articles["kind"] == "supplied"]
    for _, members in supplied.groupby("story_id")["article_id"]:
        for one, other in itertools.combinations(members, 2):
            pair = frozenset((one, other))
            if pair in pairs.neutral:
                continue
            half = {"story_p.sum": (pair in pairs.relatives) / 2, "story_p.n": 0.5}
            yield one, half
            yield other, half
