"""Pairs of texts of which it is known whether they are relatives, measured for a fit."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
import math
import random
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
import pandas as pd

from ...graph import graph_settings, links
from ...io import articles
from ...match import background, candidates, document
from ..evaluation import cases as known
from . import material

# Of a larger case so many strangers, and so many edges, are measured as if alone in a folder:
# two texts are the most frequent question, and few cases are that small.
ALONE_FROM, MOST_ALONE = 10, 40
# Texts of different sets are put together, so many times, and cut to so many sentences, or not
# at all: whoever hands in a few texts asks first whether they have anything to do with each other.
# They are looked at beside a fit, and are in none: as its examples they cost distant relatives.
STRANGERS = "strangers"
N_STRANGERS = 600
STRANGE_TEXTS = (2, 2, 3, 6)
STRANGE_SENTENCES = (1, 2, 3, 5, 8, 20, 1000, 1000)
# A case without relatives counts this much more than one where all are: of the texts of the
# world few are relatives of each other, of the cases most.
STRANGERS_WEIGHT = 4.0


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """The pairs of a case.

    Attributes
    ----------
    set, name : str
        Of the case.
    n : int
        Texts.
    hashes : tuple of str
        Of the texts.
    pairs : ndarray of shape (n_pairs, 2), int64
    features : ndarray of shape (n_pairs, len(likeness.NAMES))
    is_linked, is_edge : ndarray of shape (n_pairs,), bool
    weight : ndarray of shape (n_pairs,), float64
        Zero where nothing is known of a pair.
    odds : float
        That a text of the case has a relative in it, see `fit_links.theta`.
    """

    set: str
    name: str
    n: int
    hashes: tuple[str, ...]
    pairs: np.ndarray
    features: np.ndarray
    is_linked: np.ndarray
    is_edge: np.ndarray
    weight: np.ndarray
    odds: float

    @functools.cached_property
    def terms(self) -> np.ndarray:
        """What weights are of, shape (n_pairs, len(links.TERMS))."""
        return links.terms(self.features)


def labels(case: known.Case) -> dict[frozenset[str], bool]:
    """Say of which pairs of a case it is known whether they are relatives.

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict of frozenset of two ids to bool
        Relatives: one was made from the other, or both from a third text.
    """
    linked = {frozenset(pair) for pair in (*case.edges, *case.siblings, *case.relatives)}
    every = {frozenset(pair) for pair in itertools.combinations(case.ids, 2)}
    if case.kind in ("pairs", "both"):
        apart = {frozenset(pair) for pair in (*case.independent, *case.unrelated)}
    elif case.kind == "collection" or not case.edges:
        apart = every - {frozenset(pair) for pair in case.doubtful}
    else:
        # Of two parts of a folder, and of two sources of one text, it is not known.
        apart = set()
    if case.kind != "collection":
        linked |= _with_ancestor(case)
    found = dict.fromkeys(apart, False) | dict.fromkeys(linked, True)
    return {pair: how for pair, how in found.items() if len(pair) == 2}


def _with_ancestor(case: known.Case) -> set[frozenset[str]]:
    graph = nx.DiGraph(case.edges)
    found: set[frozenset[str]] = set()
    for text in graph:
        family = {text, *nx.descendants(graph, text)}
        found |= {frozenset(pair) for pair in itertools.combinations(sorted(family), 2)}
    return found


def prepare(case: known.Case) -> list[Example]:
    """Measure the pairs of a case.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of Example
        The case; then pairs of it as if nothing else had been handed in. Empty where fewer than
        two different texts are left, or nothing is known of them.
    """
    if case.kind not in ("graph", "pairs", "both", "collection", "sources"):
        return []
    table = articles.prepare(case.frame())
    unique = table[table["duplicate_of"].isna()]
    if len(unique) < 2:
        return []
    documents = list(document.build(unique, document.sentence_table(unique)).values())
    originals = table["duplicate_of"].fillna(table["article_id"])
    return measure(case, documents, dict(zip(table["article_id"], originals, strict=True)))


def strangers(cases: Sequence[known.Case], seed: int, n_times: int = N_STRANGERS) -> list[Example]:
    """Put texts of different sets together, which have nothing to do with each other.

    Parameters
    ----------
    cases : sequence of Case
    seed : int
    n_times : int
        How often.

    Returns
    -------
    list of Example
        Of two texts and more, whole and cut; none where all cases are of one set.
    """
    chance = random.Random(seed)
    by_set: dict[str, list[known.Case]] = {}
    for case in cases:
        by_set.setdefault(case.set, []).append(case)
    wholes: dict[tuple[str, str], document.Document] = {}
    made: list[Example] = []
    for k in range(n_times if len(by_set) > 1 else 0):
        n = min(len(by_set), chance.choice(STRANGE_TEXTS))
        chosen = []
        for name in chance.sample(sorted(by_set), n):
            case = chance.choice(by_set[name])
            row = case.articles.iloc[chance.randrange(len(case.articles))]
            at = name, str(row["text"])
            if at not in wholes:
                (wholes[at],) = _compiled([at[1]])
            chosen.append(wholes[at])
        if material.any_alike([material.vocabulary([each]) for each in chosen]):
            continue
        cut = [_part(each, chance) for each in chosen]
        if len(set(cut)) < n:
            continue
        documents = _compiled(cut)
        pairs = np.array(list(itertools.combinations(range(n), 2)))
        features = links.measure(background.build(documents), pairs)
        hashes = tuple(hashlib.sha256(each.text.encode()).hexdigest() for each in chosen)
        none = np.zeros(len(pairs), dtype=bool)
        made.append(example(STRANGERS, str(k), hashes, pairs, features, none, none))
    return made


def _compiled(texts: Sequence[str]) -> list[document.Document]:
    rows = [{"article_id": f"{k:03}", "text": text} for k, text in enumerate(texts)]
    table = articles.prepare(pd.DataFrame(rows))
    built = document.build(table, document.sentence_table(table))
    return [built[row["article_id"]] for row in rows]


def _part(whole: document.Document, chance: random.Random) -> str:
    """Some sentences of a text in a row."""
    told = [at for at, role in enumerate(whole.roles) if role in document.BODY_ROLES]
    n = chance.choice(STRANGE_SENTENCES)
    if len(told) <= n:
        return whole.text
    first = chance.randrange(len(told) - n + 1)
    spans = [whole.sentence_span(at) for at in told[first : first + n]]
    return whole.text[spans[0][0] : spans[-1][1]]


def measure(
    case: known.Case, documents: Sequence[document.Document], same: Mapping[str, str]
) -> list[Example]:
    """Measure the pairs of a case whose texts are compiled.

    Parameters
    ----------
    case : Case
    documents : sequence of Document
        In order of key.
    same : mapping of str to str
        For each article the one that stands for it: itself, or its duplicate.

    Returns
    -------
    list of Example
        The case; then pairs of it as if nothing else had been handed in.
    """
    counted = background.build(documents)
    place = {each.article_id: k for k, each in enumerate(documents)}

    def ordered(pair: Iterable[str]) -> tuple[int, int]:
        first, second = sorted(place[same[name]] for name in pair)
        return first, second

    told = {
        ordered(pair): how
        for pair, how in sorted(labels(case).items(), key=lambda item: (item[1], sorted(item[0])))
    }
    edges = {ordered(pair) for pair in case.edges}
    looked = {tuple(pair) for pair in candidates.find(counted).tolist()}
    looked |= {pair for pair, how in told.items() if how}
    pairs = np.array(sorted(pair for pair in looked if pair in told and pair[0] != pair[1]))
    if len(pairs) == 0:
        return []
    features = links.measure(counted, pairs)
    hashes = [hashlib.sha256(each.text.encode()).hexdigest() for each in documents]
    is_linked = np.array([told[tuple(pair)] for pair in pairs.tolist()])
    is_edge = np.array([tuple(pair) in edges for pair in pairs.tolist()])
    found = [example(case.set, case.name, tuple(hashes), pairs, features, is_linked, is_edge)]
    if len(documents) <= ALONE_FROM:
        return found
    strangers = sorted(pair for pair, how in told.items() if not how)
    for first, second in [*_some(strangers), *_some(sorted(edges & told.keys()))]:
        both = np.array([[0, 1]])
        alone = background.build([documents[first], documents[second]])
        found.append(
            example(
                f"{case.set}, two alone",
                case.name,
                (hashes[first], hashes[second]),
                both,
                links.measure(alone, both),
                np.array([told[first, second]]),
                np.array([(first, second) in edges]),
            )
        )
    return found


def _some(pairs: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Take `MOST_ALONE` of them, evenly spread."""
    return pairs[:: max(1, math.ceil(len(pairs) / MOST_ALONE))]


def example(
    set_name: str,
    name: str,
    hashes: tuple[str, ...],
    pairs: np.ndarray,
    features: np.ndarray,
    is_linked: np.ndarray,
    is_edge: np.ndarray,
) -> Example:
    """Weigh the pairs of a case: a text counts once, through all its relatives together."""
    n = len(hashes)
    n_relatives = np.bincount(pairs[is_linked].ravel(), minlength=n)
    weight = np.ones(len(pairs))
    inverse = 1.0 / np.maximum(1, n_relatives)
    weight[is_linked] = inverse[pairs[is_linked]].mean(axis=1)
    # Distant relatives are told through those between; who made what from what has to show.
    weight[is_edge] *= 2.0
    n_known = len(np.unique(pairs))
    n_related = int((n_relatives > 0).sum())
    odds = (n_related + graph_settings.HELD_TEXTS) / (
        n_known - n_related + graph_settings.HELD_TEXTS
    )
    weight *= 1.0 + (STRANGERS_WEIGHT - 1.0) * (1.0 - n_related / n_known)
    return Example(set_name, name, n, hashes, pairs, features, is_linked, is_edge, weight, odds)
