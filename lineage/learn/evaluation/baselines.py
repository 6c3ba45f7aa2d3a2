"""What simple methods reach on the same cases.

None of them looks at more than counts of words, and none abstains: what they get right a
tracer must be ahead of, and what they get wrong shows what its evidence is worth.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ...text import dates as given_dates
from . import cases, collection, counts, marked, outcome_scores, scoring, simple_matches

if TYPE_CHECKING:
    import networkx

Pair = tuple[str, str]
Counts = collections.Counter[tuple[str, str]]

# Two texts that share less than this part of their word pairs are not joined. Reports of one
# event by different people mostly stay below it, versions of one text above.
MIN_OVERLAP = 0.08


@dataclasses.dataclass(frozen=True)
class Baseline:
    """A simple method for one kind of case.

    Attributes
    ----------
    name, about : str
    kinds : tuple of str
        Of cases that it has an answer to.
    find : callable
        From a case to edges, for fusion cases to positions of sentences, for cases with
        marked sources to rows that name source sentences.
    needs_dates : bool
    """

    name: str
    about: str
    kinds: tuple[str, ...]
    find: Callable[[cases.Case], list[Pair] | list[int] | pd.DataFrame]
    needs_dates: bool = False


@dataclasses.dataclass(frozen=True)
class _Texts:
    """Texts of a case with their word pairs, in an order that ids and file do not decide."""

    ids: tuple[str, ...]
    pairs: dict[str, Counts]
    n_words: dict[str, int]

    def shared(self, a: str, b: str) -> int:
        return sum((self.pairs[a] & self.pairs[b]).values())

    def overlap(self, a: str, b: str) -> float:
        """Jaccard resemblance of the two bags of word pairs."""
        shared = self.shared(a, b)
        either = sum(self.pairs[a].values()) + sum(self.pairs[b].values()) - shared
        return shared / either if either else 0.0

    def containment(self, source: str, target: str) -> float:
        """Share of the target's word pairs that the source has."""
        return self.shared(source, target) / max(1, sum(self.pairs[target].values()))


def _texts(case: cases.Case) -> _Texts:
    split = {
        article_id: simple_matches.words(text) for article_id, text in simple_matches.in_order(case)
    }
    return _Texts(
        tuple(split),
        {each: collections.Counter(itertools.pairwise(split[each])) for each in split},
        {each: len(split[each]) for each in split},
    )


def overlap_tree(case: cases.Case, *, longest: bool) -> list[Pair]:
    """Join texts by the tree of greatest overlap and hang it on its longest or shortest text.

    Parameters
    ----------
    case : Case
    longest : bool
        Root of each part: its longest text, else its shortest.

    Returns
    -------
    list of (source_id, target_id)
    """
    import networkx

    texts = _texts(case)
    graph = networkx.Graph()
    graph.add_nodes_from(texts.ids)
    for a, b in itertools.combinations(texts.ids, 2):
        overlap = texts.overlap(a, b)
        if overlap >= MIN_OVERLAP:
            graph.add_edge(a, b, weight=1.0 - overlap)
    tree = networkx.minimum_spanning_tree(graph)
    edges: list[Pair] = []
    for part in networkx.connected_components(tree):
        members = [each for each in texts.ids if each in part]
        root = (max if longest else min)(members, key=lambda each: texts.n_words[each])
        edges += networkx.bfs_edges(tree, root)
    return edges


def _contained(texts: _Texts) -> networkx.DiGraph:
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(texts.ids)
    for source, target in itertools.permutations(texts.ids, 2):
        share = texts.containment(source, target)
        if share >= MIN_OVERLAP:
            graph.add_edge(source, target, weight=1.0 - share)
    return graph


def containment_arborescence(case: cases.Case) -> list[Pair]:
    """Choose for each text but one the text that contains most of it, without circles.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of (source_id, target_id)
        Edges of the minimum arborescence on 1 - containment; none where no single text
        reaches all others.

    References
    ----------
    J. Edmonds, "Optimum branchings", 1967.
    """
    import networkx

    graph = _contained(_texts(case))
    try:
        return list(networkx.minimum_spanning_arborescence(graph).edges)
    except networkx.NetworkXException:
        return []


def containment_forest(case: cases.Case) -> list[Pair]:
    """Do the same with as many roots as are needed.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of (source_id, target_id)
        A text hangs on another one wherever that shares enough with it.
    """
    import networkx

    graph = _contained(_texts(case))
    # No id of an article is a number.
    top = 0
    # Dearer than any edge, so that a text is a root only where it has to be.
    graph.add_edges_from([(top, each) for each in list(graph)], weight=2.0)
    found = networkx.minimum_spanning_arborescence(graph)
    return [edge for edge in found.edges if edge[0] != top]


def nearest_older(case: cases.Case) -> list[Pair]:
    """Hang each dated text on the older one that overlaps most with it.

    Parameters
    ----------
    case : Case
        With ``published_at``.

    Returns
    -------
    list of (source_id, target_id)
    """
    texts = _texts(case)
    at = {}
    for article_id, value in zip(case.ids, case.articles["published_at"], strict=True):
        parsed = None if pd.isna(value) else given_dates.parse_date(value)
        if parsed is not None:
            at[article_id] = parsed.at
    dated = [each for each in texts.ids if each in at]
    edges = []
    for target in dated:
        older = [each for each in dated if at[each] < at[target]]
        best = max(older, key=lambda each: texts.overlap(each, target), default=None)
        if best is not None and texts.overlap(best, target) >= MIN_OVERLAP:
            edges.append((best, target))
    return edges


def _sentence_words(case: cases.Case) -> tuple[list[set[str]], set[str], Callable[[str], float]]:
    text, fused = case.articles["text"].tolist()
    sentences = [set(simple_matches.words(text[start:end])) for start, end in case.spans]
    n_with = collections.Counter(word for each in sentences for word in each)

    def weight(word: str) -> float:
        return math.log((len(sentences) + 1) / (n_with[word] + 0.5)) if word in n_with else 0.0

    return sentences, set(simple_matches.words(fused)), weight


def rare_words(case: cases.Case) -> list[int]:
    """Choose the two sentences that share most with a fused one, rare words counting more."""
    sentences, fused, weight = _sentence_words(case)
    shares = [sum(sorted(map(weight, each & fused))) for each in sentences]
    return sorted(range(len(sentences)), key=lambda k: (-shares[k], k))[:2]


def rare_words_cover(case: cases.Case) -> list[int]:
    """Choose the sentence that shares most, then the one that shares most of the words left."""
    sentences, left, weight = _sentence_words(case)
    chosen: list[int] = []
    for _ in range(2):
        open_ones = [k for k in range(len(sentences)) if k not in chosen]
        if not open_ones:
            break
        best = max(open_ones, key=lambda k: (sum(sorted(map(weight, sentences[k] & left))), -k))
        chosen.append(best)
        left = left - sentences[best]
    return chosen


_GRAPHS = ("graph", "both")

BASELINES: tuple[Baseline, ...] = (
    Baseline(
        "overlap tree, longest root",
        "minimum spanning tree on the overlap of word pairs, longest text as root",
        _GRAPHS,
        functools.partial(overlap_tree, longest=True),
    ),
    Baseline(
        "overlap tree, shortest root",
        "the same tree, shortest text as root",
        _GRAPHS,
        functools.partial(overlap_tree, longest=False),
    ),
    Baseline(
        "containment arborescence",
        "minimum arborescence on containment of word pairs, one root",
        _GRAPHS,
        containment_arborescence,
    ),
    Baseline(
        "containment forest",
        "the same with as many roots as needed",
        _GRAPHS,
        containment_forest,
    ),
    Baseline(
        "nearest older text",
        "the older text that overlaps most, dates given",
        _GRAPHS,
        nearest_older,
        needs_dates=True,
    ),
    Baseline(
        "rare shared words",
        "the two sentences that share most, words weighted by rarity in the article",
        ("fusion",),
        rare_words,
    ),
    Baseline(
        "rare words left over",
        "two sentences chosen in turn for the words not yet covered",
        ("fusion",),
        rare_words_cover,
    ),
    Baseline(
        "shared runs of five words",
        "the text that shares most of them, a fifth of the shorter text's at least",
        ("collection",),
        simple_matches.shared_runs,
    ),
    Baseline(
        "votes of sentences",
        "two sentences of a text that are most alike to sentences of the other, by tf-idf",
        ("collection",),
        simple_matches.sentence_votes,
    ),
    Baseline(
        "most alike sentence",
        "the sentence of another text that is most alike by tf-idf",
        ("sources",),
        simple_matches.most_alike_sentences,
    ),
)

# What a guess reaches that says the same of every pair.
CONSTANT = "constant shares"


def score(case: cases.Case, *, dates: bool) -> dict[str, scoring.Scored]:
    """Score every simple method that has an answer to a case.

    Parameters
    ----------
    case : Case
    dates : bool
        Whether methods that use dates take part.

    Returns
    -------
    dict of str to Scored
        By the method's name.
    """
    made = {}
    for each in BASELINES:
        if case.kind not in each.kinds:
            continue
        if each.needs_dates and not (dates and "published_at" in case.articles):
            continue
        made[each.name] = _scored(case, each.find(case))
    return made


def _scored(case: cases.Case, found: Any) -> scoring.Scored:
    n = len(case.articles)
    if case.kind == "collection":
        parts = tuple(collection.score_edges(case, found))
        return scoring.Scored(case.set, case.name, n, counts.total(parts), parts=parts)
    if case.kind == "sources":
        sums = marked.score_sentences(case, found)
    elif case.kind == "fusion":
        sums = scoring.score_fusion(case, found)
    else:
        sums = scoring.score_edges(case, found)
    return scoring.Scored(case.set, case.name, n, sums)


def constant(scored: Sequence[scoring.Scored]) -> list[scoring.Scored]:
    """Score a guess that gives every labelled pair the shares of the outcomes in its set.

    Parameters
    ----------
    scored : sequence of Scored
        Cases of one set, by whatever method: only how many pairs are what is used.

    Returns
    -------
    list of Scored
        Of the cases with labelled pairs. The guess knows the set, which no tracer does.
    """
    with_pairs = [each for each in scored if each.counts.get("undecided.n", 0.0) > 0]
    total = counts.total(each.counts for each in with_pairs)
    n_true = {name: total[f"pair.{name}.true"] for name in outcome_scores.COLUMNS} if total else {}
    made = []
    for each in with_pairs:
        mine = {name: each.counts[f"pair.{name}.true"] for name in n_true}
        n = sum(mine.values())
        guessed = max(n_true, key=lambda name: n_true[name])
        share = {name: value / sum(n_true.values()) for name, value in n_true.items()}
        sums = {
            "undecided.sum": 0.0,
            "undecided.n": n,
            "log_loss.sum": -sum(n * math.log(share[name]) for name, n in mine.items() if n),
            "log_loss.n": n,
            "sure_wrong.sum": mine["shared_source"] * (share["derived"] >= outcome_scores.SURE),
            "sure_wrong.n": mine["shared_source"],
        }
        for name, value in mine.items():
            is_said = name == guessed
            sums |= {
                f"pair.{name}.true": value,
                f"pair.{name}.hit": value if is_said else 0.0,
                f"pair.{name}.found": n if is_said else 0.0,
            }
        made.append(scoring.Scored(each.set, each.name, each.n_articles, sums))
    return made
