"""Features of edges and roots, before they are multiplied by their bases; docs/model.md."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .. import evidence_settings
from . import orders, overlap, word_changes

# Dimensions of what is known of pairs; one dimension is of single texts.
_PAIRWISE = 2

Table = dict[str, np.ndarray]


@dataclass(frozen=True)
class Distances:
    """Three distances of texts, each one minus a similarity in [0, 1].

    Attributes
    ----------
    pairs : ndarray of shape (n, n)
        By pairs of neighbouring words: mean of the two containments.
    words : ndarray of shape (n, n)
        By words: the same.
    weighted : ndarray of shape (n, n)
        By pairs of words, rare ones weighted more: Jaccard.
    rare : ndarray of shape (n, n)
        By distinct words weighted by their rarity in the language: Jaccard.
    """

    pairs: np.ndarray
    words: np.ndarray
    weighted: np.ndarray
    rare: np.ndarray


def path_features(distances: Distances, tree: np.ndarray) -> Table:
    """Whether an edge lies on the path through all texts, and in the tree.

    Parameters
    ----------
    distances : Distances
    tree : ndarray of shape (n, n)
        Adjacency of the spanning tree by pairs of words.

    Returns
    -------
    dict of str to ndarray of shape (n, n)
    """
    n = len(tree)
    path = orders.shortest_path(distances.pairs)
    # Squared, long steps cost more, and the path passes through what lies between.
    other = orders.shortest_path(distances.weighted**2)
    along, along_other = (
        orders.adjacency(list(itertools.pairwise(each)), n) for each in (path, other)
    )
    tree_of_words = orders.adjacency(orders.spanning_tree(apart(distances.words)), n)
    place = np.empty(n)
    place[path] = np.arange(n)
    gap = np.abs(place[None, :] - place[:, None])
    # The path is longer than the tree by this much where the story branches.
    detour = overlap.log_ratio(
        (distances.pairs * along).sum() / 2, (distances.pairs * tree).sum() / 2
    )
    on_path = along + along_other
    return {
        "on_path": on_path,
        "in_tree": tree + tree_of_words,
        "path_gap": np.log(np.maximum(1.0, gap)),
        "on_path_detour": 3 * min(1.0, detour) * on_path,
    }


def rank_features(distances: Distances, held_by_few: np.ndarray) -> Table:
    """How far an edge is beyond the nearest text of either end, or beyond a way round.

    Parameters
    ----------
    distances : Distances
    held_by_few : ndarray of shape (n, n)
        See `overlap.held_by_few`.

    Returns
    -------
    dict of str to ndarray of shape (n, n)
    """
    past_rare = _past_nearest(distances.rare)
    few = np.log1p(off_diagonal(held_by_few))
    return {
        "rare_past_nearest_of_source": past_rare.T,
        "rare_past_nearest_of_target": past_rare,
        "rare_past_between": _past_between(distances.rare),
        "pairs_past_between": _past_between(distances.pairs),
        "weighted_past_nearest_of_target": _past_nearest(distances.weighted),
        "held_by_few": few - few.max(axis=0)[None, :],
    }


def _past_nearest(distances: np.ndarray) -> np.ndarray:
    others = apart(distances)
    nearest = others.min(axis=0)
    return np.log(np.where(np.isfinite(others), others, 1.0) / nearest[None, :])


def _past_between(distances: np.ndarray) -> np.ndarray:
    """``ln`` of a distance over the longer of two steps by way of the best third text."""
    others = apart(distances)
    by_way = np.maximum(others[:, :, None], others[None, :, :]).min(axis=1)
    known = np.isfinite(by_way) & np.isfinite(others)
    return np.log(np.where(known, others, 1.0) / np.where(known, by_way, 1.0))


def direction_features(
    n_words: np.ndarray,
    n_headings: np.ndarray,
    degree: np.ndarray,
    nearest: np.ndarray,
    changed: word_changes.Changes,
    by_pairs: np.ndarray,
) -> Table:
    """What differs between the two ends of an edge, and between their sides of the story.

    Every feature changes its sign with the direction of the edge.

    Parameters
    ----------
    n_words, n_headings : ndarray of shape (n,)
        Of each text.
    degree : ndarray of shape (n,)
        In the spanning tree.
    nearest : ndarray of shape (n,)
        Standardised closeness of each text to its nearest.
    changed : Changes
    by_pairs : ndarray of shape (n, n)
        Distances.

    Returns
    -------
    dict of str to ndarray of shape (n, n)
    """
    lengths = np.log(n_words)
    growth = difference(lengths)
    mean_length = mean_of_side(nearer(by_pairs), lengths)
    return {
        "growth": growth,
        "growth_by_spread": growth * float(lengths.std()),
        "degree": difference(np.log1p(degree)),
        "isolation": difference(nearest),
        "headings": np.tanh(difference(n_headings)),
        "inserted_words": np.tanh(net(changed.inserted_words) / 2),
        "mended": np.tanh(changed.mended / 2),
        "side_mended": np.tanh(2 * _across(by_pairs, changed.mended)),
        "side_length": np.tanh(difference(mean_length)),
        "side_inserted_words": np.tanh(_across(by_pairs, net(changed.inserted_words))),
        "side_insertions": np.tanh(_across(by_pairs, net(changed.insertions))),
    }


def date_features(days: Sequence[frozenset[float]], by_pairs: np.ndarray) -> Table:
    """Which end of an edge, and which side of the story, knows of later days.

    Parameters
    ----------
    days : sequence of frozenset of float
        Mentioned by each text, see `word_changes.mentioned_days`.
    by_pairs : ndarray of shape (n, n)
        Distances.

    Returns
    -------
    dict of str to ndarray of shape (n, n)
        Antisymmetric.
    """
    last = np.array([word_changes.last_day(each) for each in days])
    dated = (last > 0).astype(float)
    side = nearer(by_pairs)
    n_dated = side @ dated
    mean_day = (side @ last) / np.maximum(1.0, n_dated)
    both_dated = (n_dated > 0) & (n_dated.T > 0)
    return {
        "later_day": word_changes.later_days(days),
        "more_days": np.tanh(net(word_changes.fresh_days(days))),
        "recent_days": np.tanh(difference(np.log1p(word_changes.recent_days(days)))),
        "side_days": np.where(both_dated, np.tanh(2 * (mean_day.T - mean_day)), 0.0),
    }


def root_features(distances: Distances, n_words: np.ndarray) -> Table:
    """Where a text stands among all: long, central, close to another.

    Parameters
    ----------
    distances : Distances
    n_words : ndarray of shape (n,)

    Returns
    -------
    dict of str to ndarray of shape (n,)
    """
    n = len(n_words)
    weighted = off_diagonal(1 - distances.weighted)
    lengths = np.log(n_words)
    return {
        "constant": np.ones(n),
        "nearest_pairs": off_diagonal(1 - distances.pairs).max(axis=1),
        "central": standardise(
            weighted.sum(axis=0) / max(1, n - 1), evidence_settings.CENTRAL_SPREAD
        ),
        "nearest": standardise(
            -np.log(evidence_settings.PAIR_FEATURES_MAX_NEAREST - weighted.max(axis=1)), 0.1
        ),
        "length": lengths - lengths.mean(),
    }


def by_root_features(common_between: np.ndarray) -> Table:
    """What an edge says about where the story began.

    Parameters
    ----------
    common_between : ndarray of shape (n, n, n)
        See `overlap.common_between`.

    Returns
    -------
    dict of str to ndarray of shape (n, n, n)
        ``[root, source, target]``.
    """
    n = len(common_between)
    from_root = np.zeros((n, n, n))
    from_root[np.arange(n), np.arange(n)] = 1.0
    return {
        "from_root": from_root,
        "from_root_in_large": from_root * math.log(max(2, n) / evidence_settings.USUAL_TEXTS),
        "lost_words_return": np.log1p(common_between) * (1 - from_root),
    }


def nearer(distances: np.ndarray) -> np.ndarray:
    """Return ``[a, b, c]``: one where `c` is nearer to `a` than to `b`, on its side."""
    return (distances[:, None, :] < distances[None, :, :]).astype(float)


def mean_of_side(side: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return ``[a, b]``: mean over the texts on the side of `a` of the edge between them."""
    return (side @ values) / np.maximum(1.0, side.sum(axis=2))


def _across(distances: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Mean of ``values[c, d]`` over `c` on the source's side and `d` on the target's."""
    side = nearer(distances)
    size = side.sum(axis=2)
    summed = (side * np.matmul(side.transpose(1, 0, 2), values.T)).sum(axis=2)
    return summed / np.maximum(1.0, size * size.T)


def difference(values: np.ndarray) -> np.ndarray:
    """Target minus source, of values of texts (n,) or of sides (n, n)."""
    return values.T - values if values.ndim == _PAIRWISE else values[None, :] - values[:, None]


def net(counts: np.ndarray) -> np.ndarray:
    """Difference of the two directions, on a logarithmic scale, with its sign."""
    more = counts - counts.T
    return np.sign(more) * np.log1p(np.abs(more))


def apart(distances: np.ndarray) -> np.ndarray:
    """Distances with infinity on the diagonal."""
    return np.where(np.eye(len(distances), dtype=bool), np.inf, distances)


def off_diagonal(values: np.ndarray) -> np.ndarray:
    """Values with zero on the diagonal."""
    return np.where(np.eye(len(values), dtype=bool), 0.0, values)


def standardise(values: np.ndarray, floor: float) -> np.ndarray:
    """Subtract the mean, divide by the standard deviation and a little."""
    return (values - values.mean()) / (values.std() + floor)
