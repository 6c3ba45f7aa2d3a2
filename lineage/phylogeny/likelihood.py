"""How well weights explain a story whose lineage is known, and how to change them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from . import features, forests

N_EDGE = len(features.EDGE_NAMES)
N_ROOT = len(features.ROOT_NAMES)
N_BY_ROOT = len(features.BY_ROOT_NAMES)
N_FURTHER = 2
N_WEIGHTS = N_EDGE + N_ROOT + N_BY_ROOT + N_FURTHER


@dataclass(frozen=True)
class Forest:
    """A true lineage in which every text has one parent at most.

    Attributes
    ----------
    parents : tuple of int
        Of each text; -1 for none.
    first_root : int
        Of the roots, the one with the most texts below it.
    """

    parents: tuple[int, ...]
    first_root: int


def true_forest(edges: Iterable[tuple[int, int]], n: int) -> Forest:
    """Take the first listed parent of each text.

    Parameters
    ----------
    edges : iterable of (source, target)
        Acyclic.
    n : int
        Number of texts.

    Returns
    -------
    Forest
    """
    parents = [-1] * n
    for source, target in edges:
        if parents[target] < 0:
            parents[target] = source
    below = [0] * n
    for text in range(n):
        at = text
        while at >= 0:
            below[at] += 1
            at = parents[at]
    roots = [text for text in range(n) if parents[text] < 0]
    children = np.bincount([at for at in parents if at >= 0], minlength=n)
    first = max(roots, key=lambda text: (below[text], children[text], -text))
    return Forest(tuple(parents), first)


def split(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Cut a weight vector into those of edges, roots, edges by root, and further roots."""
    ends = np.cumsum((N_EDGE, N_ROOT, N_BY_ROOT))
    edge, root, by_root, further = np.split(weights, ends)
    return edge, root, by_root, further


def negative_log(
    found: features.Features, true: Forest, weights: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return minus the log probability of the true forest, and its gradient.

    Parameters
    ----------
    found : Features
    true : Forest
    weights : ndarray of shape (N_WEIGHTS,)

    Returns
    -------
    (float, ndarray of shape (N_WEIGHTS,))
        In nats; the gradient is expected minus true sums of the features.
    """
    edge, root, by_root, further = split(weights)
    kinds = np.array([found.verbatim, 1 - found.verbatim])
    root_score = found.root @ root
    scores = forests.Scores(
        edge=found.edge @ edge,
        root=root_score,
        further_root=root_score + kinds @ further,
        by_root=found.by_root @ by_root,
    )
    posterior = forests.infer(scores)
    first = true.first_root
    value = posterior.log_total - scores.root[first]
    edge_off = posterior.edge.copy()
    by_root_off = posterior.edge_by_root * posterior.root[:, None, None]
    root_off = posterior.root.copy()
    further_off = posterior.root @ posterior.further_by_root
    root_off[first] -= 1.0
    for target, source in enumerate(true.parents):
        if source >= 0:
            value -= scores.edge[source, target] + scores.by_root[first, source, target]
            edge_off[source, target] -= 1.0
            by_root_off[first, source, target] -= 1.0
        elif target != first:
            value -= scores.further_root[target]
            further_off[target] -= 1.0
    gradient = np.concatenate(
        (
            edge_off.ravel() @ found.edge.reshape(-1, N_EDGE),
            (root_off + further_off) @ found.root,
            by_root_off.ravel() @ found.by_root.reshape(-1, N_BY_ROOT),
            further_off.sum() * kinds,
        )
    )
    return float(value), gradient


def scale(stories: Sequence[features.Features], shares: Sequence[float]) -> np.ndarray:
    """Return the root mean square of each feature, shape (N_WEIGHTS,).

    Parameters
    ----------
    stories : sequence of Features
    shares : sequence of float
        Weight of each story.

    Returns
    -------
    ndarray
        Further roots are not scaled: one.
    """
    squares = np.zeros(N_WEIGHTS - N_FURTHER)
    for found, share in zip(stories, shares, strict=True):
        apart = ~np.eye(found.n, dtype=bool)
        squares += share * np.concatenate(
            (
                (found.edge[apart] ** 2).mean(axis=0),
                (found.root**2).mean(axis=0),
                (found.by_root.reshape(-1, N_BY_ROOT) ** 2).mean(axis=0),
            )
        )
    spread = np.sqrt(squares / np.sum(shares)) + 1e-6
    return np.concatenate((spread, np.ones(N_FURTHER)))
