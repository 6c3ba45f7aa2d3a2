"""What is measured of the texts of one story; docs/model.md defines every feature.

All features are dimensionless and of the order of one. A feature of an edge describes
"`target` was made from `source`", one of a root "no text here is older", one by root
"`target` was made from `source` in a story that began with `root`".
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..document import Document
from ..pairs import Pair
from . import changes, order, overlap

# Of the median text: below the first share nothing is verbatim, from here on all is.
VERBATIM_FROM, VERBATIM_RANGE = 0.25, 0.6
# Median text with nothing verbatim: closeness 0; all but identical texts: closeness 1.
CLOSENESS_OFFSET, CLOSENESS_SCALE = 1.02, 3.4
# Size of a story of the size that most have; `log(n / 8)` is then about zero.
USUAL_TEXTS = 8

# Each feature enters once for each of its bases: "verbatim" and "reworded" multiply it
# by the story's verbatim share and by one minus it, "any" by one, "closeness" by a
# number from -1 (nothing verbatim) to 1 (all but identical).
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
    "growth",
    "growth_by_spread",
    "degree",
    "side_inserted_words",
    "side_insertions",
    "side_length",
)
_DATED = ("later_day", "side_days")
_ROOT_BY_KIND = ("constant", "nearest_pairs")
_ROOT_BY_CLOSENESS = ("central", "nearest", "length")
_BY_ROOT = ("from_root", "from_root_in_large", "lost_words_return")

_KIND = ("verbatim", "reworded")
_CLOSE = ("any", "closeness")

EDGE_NAMES = (
    *(f"{name}|{basis}" for name in _STRUCTURE for basis in _KIND),
    *(f"{name}|{basis}" for name in _DIRECTION for basis in _CLOSE),
    *(f"{name}|any" for name in _DATED),
)
ROOT_NAMES = (
    *(f"{name}|{basis}" for name in _ROOT_BY_KIND for basis in _KIND),
    *(f"{name}|{basis}" for name in _ROOT_BY_CLOSENESS for basis in _CLOSE),
)
BY_ROOT_NAMES = tuple(f"{name}|{basis}" for name in _BY_ROOT for basis in _KIND)


@dataclass(frozen=True)
class Measures:
    """The plain numbers behind the features, as a reader can check them.

    Attributes
    ----------
    n_words : ndarray of shape (n,)
        Content words.
    words_contained, pairs_contained : ndarray of shape (n, n)
        Share of the column's words, and pairs of neighbouring words, that the row has.
    longest_run : ndarray of shape (n, n)
    inserted_words : ndarray of shape (n, n)
        ``[a, b]``: words in whole passages of `b` that stand at a place where `a` has
        nothing.
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
    words_contained: np.ndarray
    pairs_contained: np.ndarray
    longest_run: np.ndarray
    inserted_words: np.ndarray
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
    spread : float
        Standard deviation of the natural logarithm of the lengths.
    measures : Measures
    """

    edge: np.ndarray
    root: np.ndarray
    by_root: np.ndarray
    verbatim: float
    closeness: float
    spread: float
    measures: Measures

    @property
    def n(self) -> int:
        """Texts of the story."""
        return len(self.root)


def build(
    documents: Sequence[Document], pairs: Mapping[tuple[str, str], Pair] | None = None
) -> Features:
    """Measure a story.

    Parameters
    ----------
    documents : sequence of Document
        Two or more, in any order.
    pairs : mapping of (article_id, article_id) to Pair, optional
        Not read: a `Pair` keeps only the runs that cannot be chance, and the features
        need all of them.

    Returns
    -------
    Features
        Indices are those of `documents`.

    Notes
    -----
    Only content words count (`Document.aligned`). Work is done in order of
    `Document.key`, so that ties fall the same way whatever the order of input.
    """
    by_key = sorted(range(len(documents)), key=lambda k: documents[k].key)
    words = [[documents[k].words[i] for i in documents[k].aligned] for k in by_key]
    bits = [documents[k].bits[documents[k].aligned] for k in by_key]
    all_words = [documents[k].words for k in by_key]
    return _arrange(_build(words, bits, all_words), np.argsort(by_key))


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
        found.spread,
        Measures(**measures),
    )


def _build(
    words: Sequence[Sequence[str]],
    bits: Sequence[np.ndarray],
    all_words: Sequence[Sequence[str]],
) -> Features:
    n = len(words)
    numbered = overlap.number_words(words)
    singles, doubles = overlap.count_grams(numbered, 1), overlap.count_grams(numbered, 2)
    in_words, in_pairs = overlap.containment(singles), overlap.containment(doubles)
    weighted = overlap.weighted_jaccard(doubles)
    rare = overlap.share_rare_words(numbered, bits)
    changed = changes.compare(numbered)
    days = [changes.mentioned_days(each) for each in all_words]
    n_words = np.array([max(1, len(each)) for each in words], dtype=float)
    of_pairs = (in_pairs + in_pairs.T) / 2
    by_pairs = overlap.distance(of_pairs)
    by_words = overlap.distance((in_words + in_words.T) / 2)
    by_weight = overlap.distance(weighted)
    tree = order.adjacency(order.spanning_tree(_apart(by_pairs)), n)
    tree_of_words = order.adjacency(order.spanning_tree(_apart(by_words)), n)
    measures = Measures(
        n_words=n_words,
        words_contained=in_words,
        pairs_contained=in_pairs,
        longest_run=changed.longest_run,
        inserted_words=changed.inserted_words,
        common_between=overlap.common_between(doubles),
        last_day=np.array([changes.last_day(each) for each in days]),
        degree=tree.sum(axis=0),
        rank=np.argsort(np.argsort(_apart(by_pairs), axis=0, kind="stable"), axis=0),
    )
    verbatim, closeness = _verbatimness(changed.ratio)
    spread = float(np.log(n_words).std())
    scale = {
        "verbatim": verbatim,
        "reworded": 1 - verbatim,
        "any": 1.0,
        "closeness": 2 * closeness - 1,
    }
    structure = _path_features(by_pairs, by_weight, tree, tree_of_words)
    structure |= {
        "target_words_contained": overlap.log_share(in_words),
        "target_pairs_contained": overlap.log_share(in_pairs),
        "source_pairs_contained": overlap.log_share(in_pairs).T,
        "target_rare_contained": overlap.log_share(rare.contained),
        "longest_run": np.log1p(changed.longest_run),
        "constant": np.ones((n, n)),
    }
    structure |= _rank_features(
        overlap.distance(rare.jaccard), by_pairs, by_weight, overlap.held_by_few(singles)
    )
    direction = _direction_features(measures, changed, by_pairs, spread)
    direction["later_day"] = changes.later_days(days)
    root = {
        "constant": np.ones(n),
        "nearest_pairs": _off_diagonal(of_pairs).max(axis=1),
        "central": _standardise(_off_diagonal(weighted).sum(axis=0) / max(1, n - 1), 1e-6),
        "nearest": _standardise(
            -np.log(CLOSENESS_OFFSET - _off_diagonal(weighted).max(axis=1)), 0.1
        ),
        "length": np.log(n_words) - np.log(n_words).mean(),
    }
    return Features(
        _stack(structure | direction, EDGE_NAMES, scale, diagonals=((0, 1),)),
        _stack(root, ROOT_NAMES, scale),
        _stack(
            _by_root_features(measures.common_between),
            BY_ROOT_NAMES,
            scale,
            diagonals=((0, 2), (1, 2)),
        ),
        verbatim,
        closeness,
        spread,
        measures,
    )


def _verbatimness(ratio: np.ndarray) -> tuple[float, float]:
    """How much of the median text stands word for word in its nearest, on two scales."""
    nearest = float(np.median(np.where(np.eye(len(ratio), dtype=bool), -1.0, ratio).max(axis=1)))
    verbatim = float(np.clip((nearest - VERBATIM_FROM) / VERBATIM_RANGE, 0.0, 1.0))
    return verbatim, min(1.0, -math.log(CLOSENESS_OFFSET - nearest) / CLOSENESS_SCALE)


def _path_features(
    by_pairs: np.ndarray, by_weight: np.ndarray, tree: np.ndarray, tree_of_words: np.ndarray
) -> dict[str, np.ndarray]:
    n = len(by_pairs)
    path = order.shortest_path(by_pairs)
    # Squared, long steps cost more, and the path passes through what lies between.
    other = order.shortest_path(by_weight**2)
    along, along_other = (
        order.adjacency(list(itertools.pairwise(each)), n) for each in (path, other)
    )
    place = np.empty(n)
    place[path] = np.arange(n)
    gap = np.abs(place[None, :] - place[:, None])
    detour = overlap.log_ratio((by_pairs * along).sum() / 2, (by_pairs * tree).sum() / 2)
    on_path = along + along_other
    return {
        "on_path": on_path,
        "in_tree": tree + tree_of_words,
        "path_gap": np.log(np.maximum(1.0, gap)),
        # The path is longer than the tree by this much where the story branches.
        "on_path_detour": 3 * min(1.0, detour) * on_path,
    }


def _rank_features(
    by_rare: np.ndarray, by_pairs: np.ndarray, by_weight: np.ndarray, held_by_few: np.ndarray
) -> dict[str, np.ndarray]:
    to_rare, _ = _past_nearest(by_rare)
    to_weighted, _ = _past_nearest(by_weight)
    few = np.log1p(_off_diagonal(held_by_few))
    return {
        "rare_past_nearest_of_source": to_rare.T,
        "rare_past_nearest_of_target": to_rare,
        "rare_past_between": _past_between(by_rare),
        "pairs_past_between": _past_between(by_pairs),
        "weighted_past_nearest_of_target": to_weighted,
        "held_by_few": few - few.max(axis=0)[None, :],
    }


def _past_nearest(distances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    apart = _apart(distances)
    nearest = apart.min(axis=0)
    return np.log(np.where(np.isfinite(apart), apart, 1.0) / nearest[None, :]), nearest


def _past_between(distances: np.ndarray) -> np.ndarray:
    """``ln`` of a distance over the longer of two steps by way of the best third text."""
    apart = _apart(distances)
    by_way = np.maximum(apart[:, :, None], apart[None, :, :]).min(axis=1)
    known = np.isfinite(by_way) & np.isfinite(apart)
    return np.log(np.where(known, apart, 1.0) / np.where(known, by_way, 1.0))


def _direction_features(
    measures: Measures, changed: changes.Changes, by_pairs: np.ndarray, spread: float
) -> dict[str, np.ndarray]:
    lengths = np.log(measures.n_words)
    growth = lengths[None, :] - lengths[:, None]
    # nearer[a, b, c]: c is nearer to a than to b, so it stands on a's side of the edge.
    nearer = (by_pairs[:, None, :] < by_pairs[None, :, :]).astype(float)
    size = nearer.sum(axis=2)

    def mean_of_side(values: np.ndarray) -> np.ndarray:
        return (nearer @ values) / np.maximum(1.0, size)

    def across(values: np.ndarray) -> np.ndarray:
        """Mean of values[c, d] over c on the source's side and d on the target's."""
        summed = (nearer * np.matmul(nearer.transpose(1, 0, 2), values.T)).sum(axis=2)
        return summed / np.maximum(1.0, size * size.T)

    mean_length = mean_of_side(lengths)
    degree = np.log1p(measures.degree)
    dated = (measures.last_day > 0).astype(float)
    n_dated = nearer @ dated
    mean_day = (nearer @ measures.last_day) / np.maximum(1.0, n_dated)
    both_dated = (n_dated > 0) & (n_dated.T > 0)
    return {
        "growth": np.tanh(3 * growth),
        "growth_by_spread": growth * spread,
        "degree": degree[None, :] - degree[:, None],
        "side_length": np.tanh(mean_length.T - mean_length),
        "side_inserted_words": np.tanh(across(_net(changed.inserted_words))),
        "side_insertions": np.tanh(across(_net(changed.insertions))),
        "side_days": np.where(both_dated, np.tanh(2 * (mean_day.T - mean_day)), 0.0),
    }


def _by_root_features(common_between: np.ndarray) -> dict[str, np.ndarray]:
    n = len(common_between)
    from_root = np.zeros((n, n, n))
    from_root[np.arange(n), np.arange(n)] = 1.0
    return {
        "from_root": from_root,
        "from_root_in_large": from_root * math.log(max(2, n) / USUAL_TEXTS),
        "lost_words_return": np.log1p(common_between) * (1 - from_root),
    }


def _net(counts: np.ndarray) -> np.ndarray:
    """Difference of the two directions, on a logarithmic scale, with its sign."""
    apart = counts - counts.T
    return np.sign(apart) * np.log1p(np.abs(apart))


def _apart(distances: np.ndarray) -> np.ndarray:
    return np.where(np.eye(len(distances), dtype=bool), np.inf, distances)


def _off_diagonal(values: np.ndarray) -> np.ndarray:
    return np.where(np.eye(len(values), dtype=bool), 0.0, values)


def _standardise(values: np.ndarray, floor: float) -> np.ndarray:
    return (values - values.mean()) / (values.std() + floor)


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
