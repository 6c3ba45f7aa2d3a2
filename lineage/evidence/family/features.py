"""What is measured of the texts of one story; docs/model.md defines every feature.

All features are dimensionless and of the order of one. A feature of an edge describes
"`target` was made from `source`", one of a root "no text here is older", one by root
"`target` was made from `source` in a story that began with `root`".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...match.document import Document
from ...match.pairs import Pair
from .. import evidence_settings
from . import orders, overlap, pair_features, word_changes

# Each feature enters once for each of its bases: "verbatim" and "reworded" multiply it
# by the story's verbatim share and by one minus it, "any" by one, "closeness" by a
# number from -1 (nothing verbatim) to 1 (all but identical), "rephrased" by the share
# by which words were exchanged for words, "edited" by one minus that: editors mend
# misspellings, copyists make them.
_STRUCTURE = (
    "on_path",
    "in_tree",
    "path_gap",
    "on_path_detour",
    "target_words_contained",
    "target_pairs_contained",
    "source_pairs_contained",
    "target_rare_contained",
    "rare_past_nearest_of_source",
    "rare_past_nearest_of_target",
    "rare_past_between",
    "pairs_past_between",
    "weighted_past_nearest_of_target",
    "held_by_few",
    "longest_run",
    "constant",
)
_DIRECTION = (
    "growth_by_spread",
    "degree",
    "side_inserted_words",
    "side_insertions",
    "side_length",
)
_DIRECTION_BY_KIND = ("growth", "isolation", "inserted_words")
_EDITED = ("mended", "side_mended")
_DATED = ("later_day", "side_days")
_OF_VERBATIM = ("headings", "more_days", "recent_days")
# Lengths and insertions mean one thing in texts that are kept up to date and the opposite in
# texts that are passed on.
_BY_STYLE = (
    "growth",
    "inserted_words",
    "side_length",
    "side_inserted_words",
    "side_insertions",
    "isolation",
    "degree",
)
# Versions follow each other; customers of one source, or those who retell it, fan out.
_STRUCTURE_BY_STYLE = (
    "on_path",
    "in_tree",
    "path_gap",
    "target_pairs_contained",
    "source_pairs_contained",
    "rare_past_nearest_of_target",
    "pairs_past_between",
    "weighted_past_nearest_of_target",
    "held_by_few",
)
_ROOT_BY_STYLE = ("length", "central", "nearest")
_ROOT_BY_KIND = ("constant", "nearest_pairs")
_ROOT_BY_CLOSENESS = ("central", "nearest", "length")
_BY_ROOT = ("from_root", "from_root_in_large", "lost_words_return")

_KIND = ("verbatim", "reworded", "rephrased")
_CLOSE = ("any", "closeness", "rephrased")


def _named(names: Sequence[str], bases: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{name}|{basis}" for name in names for basis in bases)


EDGE_NAMES = (
    *_named(_STRUCTURE, _KIND),
    *_named(_DIRECTION, _CLOSE),
    *_named(_DIRECTION_BY_KIND, _KIND),
    *_named(_EDITED, ("edited",)),
    *_named(_DATED, ("any",)),
    *_named(_OF_VERBATIM, ("verbatim",)),
    *_named(_BY_STYLE, ("growing",)),
    *_named(_STRUCTURE_BY_STYLE, ("growing",)),
)
ROOT_NAMES = (
    *_named(_ROOT_BY_KIND, _KIND),
    *_named(_ROOT_BY_CLOSENESS, _CLOSE),
    *_named(_ROOT_BY_STYLE, ("growing",)),
)
BY_ROOT_NAMES = (*_named(_BY_ROOT, _KIND), *_named(_BY_ROOT, ("growing",)))
# Features of an edge that change their sign with its direction.
DIRECTION_NAMES = (*_DIRECTION, *_DIRECTION_BY_KIND, *_EDITED, *_DATED, *_OF_VERBATIM)


@dataclass(frozen=True)
class Measures:
    """The plain numbers behind the features, as a reader can check them.

    Attributes
    ----------
    n_words : ndarray of shape (n,)
        Content words.
    n_headings : ndarray of shape (n,)
        Headlines and headings.
    words_contained, pairs_contained : ndarray of shape (n, n)
        Share of the column's words, and pairs of neighbouring words, that the row has.
    shared_pairs : ndarray of shape (n,)
        Share of a text's distinct word pairs that any other text has.
    held : ndarray of shape (n,)
        Of the word pairs that two texts or more have, the share that this one has; above 0.
    longest_run : ndarray of shape (n, n)
    inserted_words : ndarray of shape (n, n)
        ``[a, b]``: words in whole passages of `b` that stand at a place where `a` has
        nothing.
    mended : ndarray of shape (n, n)
        ``[a, b]``: misspellings of `a` that `b` has mended, less those it made.
    common_between : ndarray of shape (n, n, n)
        ``[r, a, b]``: word pairs of `r` and `b` that `a` lacks.
    last_day : ndarray of shape (n,)
        Latest day mentioned, as a year with a fraction; 0 for none.
    degree : ndarray of shape (n,)
        Neighbours in the tree of least distances.
    rank : ndarray of shape (n, n)
        ``[a, b]``: how many texts are nearer to `b` than `a` is.
    """

    n_words: np.ndarray
    n_headings: np.ndarray
    words_contained: np.ndarray
    pairs_contained: np.ndarray
    shared_pairs: np.ndarray
    held: np.ndarray
    longest_run: np.ndarray
    inserted_words: np.ndarray
    mended: np.ndarray
    common_between: np.ndarray
    last_day: np.ndarray
    degree: np.ndarray
    rank: np.ndarray


@dataclass(frozen=True)
class Features:
    """Features of every possible edge and root of one story.

    Attributes
    ----------
    edge : ndarray of shape (n, n, len(EDGE_NAMES))
        ``[source, target]``.
    root : ndarray of shape (n, len(ROOT_NAMES))
    by_root : ndarray of shape (n, n, n, len(BY_ROOT_NAMES))
        ``[root, source, target]``.
    verbatim : float
        Share in [0, 1] by which the story counts as copied word for word.
    closeness : float
        In [0, 1]; tells near-identical texts apart where `verbatim` no longer does.
    rephrased : float
        Share in [0, 1] by which words were exchanged for words, not passages put in.
    spread : float
        Standard deviation of the natural logarithm of the lengths.
    measures : Measures
    """

    edge: np.ndarray
    root: np.ndarray
    by_root: np.ndarray
    verbatim: float
    closeness: float
    rephrased: float
    spread: float
    measures: Measures

    @property
    def n(self) -> int:
        """Texts of the story."""
        return len(self.root)


def build(
    documents: Sequence[Document],
    growing: float = 0.5,
    pairs: Mapping[tuple[str, str], Pair] | None = None,
) -> Features:
    """Measure a story.

    Parameters
    ----------
    documents : sequence of Document
        Two or more, in any order.
    growing : float, default 0.5
        How probably such texts grow as they are passed on, see `boxes.growth`.
    pairs : mapping of (article_id, article_id) to Pair, optional
        Those that were aligned before, ids in order of key; the others are aligned here.

    Returns
    -------
    Features
        Indices are those of `documents`.

    Notes
    -----
    Only content words count (`Document.aligned`); days count wherever they stand. Work
    is done in order of `Document.key`, so that ties fall the same way whatever the
    order of input. All runs of equal words are needed, so texts are aligned anew: a
    `Pair` keeps only those that cannot be chance.
    """
    by_key = sorted(range(len(documents)), key=lambda k: documents[k].key)
    texts = [documents[k] for k in by_key]
    words = [[each.words[i] for i in each.aligned] for each in texts]
    bits = [each.bits[each.aligned] for each in texts]
    days = [word_changes.mentioned_days(each.words) for each in texts]
    headings = [sum(role in _HEADINGS for role in each.roles) for each in texts]
    place = {each.article_id: k for k, each in enumerate(texts)}
    aligned = {
        (place[first], place[second]): pair.plain
        for (first, second), pair in (pairs or {}).items()
        if first in place and second in place
    }
    found = measure(words, bits, days, headings, growing, aligned)
    return _arrange(found, np.argsort(by_key))


_HEADINGS = frozenset({"headline", "heading"})


def _arrange(found: Features, places: np.ndarray) -> Features:
    """Put the texts at other places."""
    if (places == np.arange(len(places))).all():
        return found
    measures = {}
    for name, values in vars(found.measures).items():
        measures[name] = values[np.ix_(*[places] * values.ndim)]
    return Features(
        found.edge[np.ix_(places, places)],
        found.root[places],
        found.by_root[np.ix_(places, places, places)],
        found.verbatim,
        found.closeness,
        found.rephrased,
        found.spread,
        Measures(**measures),
    )


def measure(
    words: Sequence[Sequence[str]],
    bits: Sequence[np.ndarray],
    days: Sequence[frozenset[float]],
    headings: Sequence[int],
    growing: float = 0.5,
    aligned: Mapping[tuple[int, int], np.ndarray] | None = None,
) -> Features:
    """Measure a story of which words, days and headings are known.

    Parameters
    ----------
    words : sequence of sequence of str
        Normalised words of each text.
    bits : sequence of ndarray of float64
        Their rarity in the language.
    days : sequence of frozenset of float
        That each text mentions, see `word_changes.mentioned_days`.
    headings : sequence of int
        How many each text has.
    growing : float, default 0.5
        As in `build`.
    aligned : mapping of (int, int) to ndarray of shape (n_blocks, 3), optional
        See `word_changes.compare`.

    Returns
    -------
    Features
    """
    n = len(words)
    numbered = overlap.number_words(words)
    singles, doubles = overlap.count_grams(numbered, 1), overlap.count_grams(numbered, 2)
    in_words, in_pairs = overlap.containment(singles), overlap.containment(doubles)
    rare = overlap.share_rare_words(numbered, bits)
    changed = word_changes.compare(numbered, words, bits, aligned)
    distances = pair_features.Distances(
        pairs=overlap.distance((in_pairs + in_pairs.T) / 2),
        words=overlap.distance((in_words + in_words.T) / 2),
        weighted=overlap.distance(overlap.weighted_jaccard(doubles)),
        rare=overlap.distance(rare.jaccard),
    )
    by_pairs = pair_features.apart(distances.pairs)
    tree = orders.adjacency(orders.spanning_tree(by_pairs), n)
    measures = Measures(
        n_words=np.array([max(1, len(each)) for each in words], dtype=float),
        n_headings=np.array(headings, dtype=float),
        words_contained=in_words,
        pairs_contained=in_pairs,
        shared_pairs=overlap.shared_share(doubles, numbered),
        held=overlap.held(doubles),
        longest_run=changed.longest_run,
        inserted_words=changed.inserted_words,
        mended=changed.mended,
        common_between=overlap.common_between(doubles),
        last_day=np.array([word_changes.last_day(each) for each in days]),
        degree=tree.sum(axis=0),
        rank=np.argsort(np.argsort(by_pairs, axis=0, kind="stable"), axis=0),
    )
    verbatim, closeness = _verbatimness(changed.ratio)
    rephrased = _rephrased(changed.replaced, by_pairs) * _far_apart(changed.ratio)
    root = pair_features.root_features(distances, measures.n_words)
    edge = pair_features.path_features(distances, tree)
    edge |= {
        "target_words_contained": overlap.log_share(in_words),
        "target_pairs_contained": overlap.log_share(in_pairs),
        "source_pairs_contained": overlap.log_share(in_pairs).T,
        "target_rare_contained": overlap.log_share(rare.contained),
        "longest_run": np.log1p(changed.longest_run),
        "constant": np.ones((n, n)),
    }
    edge |= pair_features.rank_features(distances, overlap.held_by_few(singles))
    edge |= pair_features.direction_features(
        measures.n_words,
        measures.n_headings,
        measures.degree,
        root["nearest"],
        changed,
        distances.pairs,
    )
    edge |= pair_features.date_features(days, distances.pairs)
    scale = {
        "verbatim": verbatim,
        "reworded": 1 - verbatim,
        "rephrased": rephrased,
        "edited": 1 - rephrased,
        "any": 1.0,
        "closeness": 2 * closeness - 1,
        "growing": 2 * growing - 1,
    }
    by_root = pair_features.by_root_features(measures.common_between)
    return Features(
        _stack(edge, EDGE_NAMES, scale, diagonals=((0, 1),)),
        _stack(root, ROOT_NAMES, scale),
        _stack(by_root, BY_ROOT_NAMES, scale, diagonals=((0, 2), (1, 2))),
        verbatim,
        closeness,
        rephrased,
        float(np.log(measures.n_words).std()),
        measures,
    )


def _nearest_ratio(ratio: np.ndarray) -> float:
    """How much of the median text stands word for word in its nearest."""
    return float(np.median(np.where(np.eye(len(ratio), dtype=bool), -1.0, ratio).max(axis=1)))


def _verbatimness(ratio: np.ndarray) -> tuple[float, float]:
    """How much of the median text stands word for word in its nearest, on two scales."""
    nearest = _nearest_ratio(ratio)
    verbatim = (
        nearest - evidence_settings.FAMILY_VERBATIM_FROM
    ) / evidence_settings.FAMILY_VERBATIM_RANGE
    closeness = (
        -math.log(evidence_settings.FAMILY_CLOSENESS_OFFSET - nearest)
        / evidence_settings.FAMILY_CLOSENESS_SCALE
    )
    return float(np.clip(verbatim, 0.0, 1.0)), min(1.0, closeness)


def _far_apart(ratio: np.ndarray) -> float:
    """Whether the median text and its nearest differ in more than a word here and there."""
    nearest = _nearest_ratio(ratio)
    return min(1.0, (1.0 - nearest) / evidence_settings.REPHRASED_SHARE)


def _rephrased(replaced: np.ndarray, by_pairs: np.ndarray) -> float:
    """By how much the median text and its nearest differ in words put for words."""
    median = float(np.median(replaced[by_pairs.argmin(axis=0), np.arange(len(replaced))]))
    above = median - evidence_settings.FAMILY_REPHRASED_FROM
    return float(np.clip(above / evidence_settings.FAMILY_REPHRASED_RANGE, 0.0, 1.0))


def _stack(
    table: Mapping[str, np.ndarray],
    names: Sequence[str],
    scale: Mapping[str, float],
    diagonals: Sequence[tuple[int, int]] = (),
) -> np.ndarray:
    """One array with the named features last, nothing where a text meets itself."""
    columns = []
    for name in names:
        feature, basis = name.split("|")
        columns.append(table[feature] * scale[basis])
    found = np.stack(columns, axis=-1)
    every = np.arange(len(found))
    for first, second in diagonals:
        index: list[slice | np.ndarray] = [slice(None)] * found.ndim
        index[first] = index[second] = every
        found[tuple(index)] = 0.0
    return found
