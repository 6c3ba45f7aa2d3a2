"""Forests drawn at random, each with its probability, and who is above whom in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import forests, graph_settings


@dataclass(frozen=True, eq=False)
class Drawn:
    """Different forests and how often each was drawn.

    Attributes
    ----------
    parents : ndarray of shape (n_forests, n_nodes), int
        -1 for none.
    share : ndarray of shape (n_forests,)
        Adds up to one.
    n_drawn : int
        How many were drawn in all.
    """

    parents: np.ndarray
    share: np.ndarray
    n_drawn: int


@dataclass(frozen=True, eq=False)
class Kinship:
    """Who is related to whom, summed over drawn forests; arrays of shape (n, n).

    Attributes
    ----------
    above : ndarray
        ``[s, t]``: `s` is an ancestor of `t`.
    derived : ndarray
        Either is an ancestor of the other; symmetric.
    shared : ndarray
        They have a common ancestor, and neither is made from the other; symmetric.
    """

    above: np.ndarray
    derived: np.ndarray
    shared: np.ndarray


def draw(
    scores: Sequence[forests.Scores],
    posteriors: Sequence[forests.Posterior],
    nodes: Sequence[np.ndarray],
    n_nodes: int,
    seed: int,
) -> Drawn:
    """Draw forests by their probability.

    Parameters
    ----------
    scores : sequence of Scores
        Of each choice of nodes.
    posteriors : sequence of Posterior
        Of the same.
    nodes : sequence of ndarray of int
        The nodes of each choice among all.
    n_nodes : int
    seed : int

    Returns
    -------
    Drawn
        Nodes that a choice leaves out have no parent and no child.

    Notes
    -----
    One node after the other chooses its parent by its probability given what was chosen
    before [1]_; the inverse of the Laplacian follows by one rank at a time. Equal beginnings
    are kept once, with how often they were drawn.

    References
    ----------
    .. [1] V. G. Kulkarni, "Generating random combinatorial objects", Journal of Algorithms
       11, 1990.
    """
    random = np.random.default_rng(seed)
    n_drawn = int(
        np.clip(
            graph_settings.SAMPLING_HELD // n_nodes**2,
            graph_settings.LEAST_DRAWN,
            graph_settings.N_DRAWN,
        )
    )
    totals = np.array([each.log_total for each in posteriors])
    of_choice = _deal(np.array([n_drawn]), np.exp(totals - totals.max())[None], random)[0]
    parents, counts = [], []
    for score, posterior, among, wanted in zip(scores, posteriors, nodes, of_choice, strict=True):
        of_root = np.asarray(posterior.root, dtype=float)[None]
        for root, times in enumerate(_deal(np.array([wanted]), of_root, random)[0]):
            if times == 0:
                continue
            found, often = _under_root(score, root, int(times), random)
            whole = np.full((len(found), n_nodes), -1)
            whole[:, among] = np.where(found >= 0, among[found], -1)
            parents.append(whole)
            counts.append(often)
    return Drawn(np.concatenate(parents), np.concatenate(counts) / n_drawn, n_drawn)


def _deal(counts: np.ndarray, weight: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Deal draws to what may be chosen: to each its share of them, but for one at most.

    Systematic sampling: the chances of each row are laid end to end and struck at equal
    distances from a start drawn at random [1]_. What is expected is that of independent draws.

    Parameters
    ----------
    counts : ndarray of shape (n_rows,), int
        Draws of each row.
    weight : ndarray of shape (n_rows, n_choices)
        Chances, in proportion.
    random : Generator

    Returns
    -------
    ndarray of shape (n_rows, n_choices), int
        Rows add up to `counts`.

    Notes
    -----
    Independent draws of two choices of one half would miss their share of 10,000 by 50 (one
    standard error), and a difference in the last digit of a chance, as between two processors,
    would change all that is drawn after it; here it moves one draw.

    References
    ----------
    .. [1] J. Carpenter, P. Clifford, P. Fearnhead, "Improved particle filter for nonlinear
       problems", IEE Proceedings 146, 1999.
    """
    reached = np.cumsum(weight, axis=1)
    whole = reached[:, -1:]
    start = random.random((len(counts), 1))
    struck = np.ceil(reached / whole * counts[:, None] - start).astype(np.int64)
    # The last that may be chosen gets what rounding would leave.
    struck = np.where(reached < whole, struck, counts[:, None])
    return np.diff(np.maximum(struck, 0), axis=1, prepend=0)


def _under_root(
    scores: forests.Scores, root: int, times: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    size = len(scores.root)
    every = np.arange(size)
    logs = scores.edge + scores.by_root[root]
    logs[every, every] = -np.inf
    logs[:, root] = -np.inf
    alone = scores.further_root.copy()
    alone[root] = 0.0
    highest = np.maximum(logs.max(axis=0), alone)
    weight = np.exp(logs - highest)
    weight[weight < graph_settings.SAMPLING_LEAST_WEIGHT] = 0.0
    rooted = np.maximum(np.exp(alone - highest), graph_settings.SAMPLING_LEAST_WEIGHT)
    inverse = np.linalg.inv(np.diag(rooted + weight.sum(axis=0)) - weight)[None]
    parents, counts = np.full((1, size), -1), np.array([times])
    # The surest first, so that few beginnings differ.
    sure = np.maximum(weight.max(axis=0), rooted) / (weight.sum(axis=0) + rooted)
    for t in np.argsort(-sure, kind="stable"):
        if t == root:
            continue
        own = inverse[:, t, t]
        p = np.empty((len(parents), size + 1))
        p[:, :size] = weight[:, t] * (own[:, None] - inverse[:, t, :])
        p[:, t] = 0.0
        p[:, size] = rooted[t] * own
        p = np.clip(p, 0.0, None)
        split = _deal(counts, p, random)
        at, chosen = np.nonzero(split)
        counts = split[at, chosen]
        before = inverse[at]
        parents = parents[at]
        parents[:, t] = np.where(chosen < size, chosen, -1)
        # The column of `t` becomes that of the chosen parent alone [Sherman-Morrison].
        of_parent = np.where(
            (chosen < size)[:, None],
            before[np.arange(len(at)), :, np.minimum(chosen, size - 1)],
            0.0,
        )
        moved = before[:, :, t] - of_parent
        scale = moved[:, t].copy()
        moved[:, t] -= 1.0
        inverse = before - moved[:, :, None] * (before[:, t, :] / scale[:, None])[:, None, :]
    return parents, counts


def kinship(drawn: Drawn, n: int) -> Kinship:
    """Tell who is above whom.

    Parameters
    ----------
    drawn : Drawn
    n : int
        Texts, which are the first nodes.

    Returns
    -------
    Kinship
    """
    n_nodes = drawn.parents.shape[1]
    above, derived, shared = (np.zeros((n, n)) for _ in range(3))
    at_once = max(1, graph_settings.AT_ONCE // n_nodes**2)
    for start in range(0, len(drawn.share), at_once):
        part = slice(start, start + at_once)
        line, share = lines(drawn.parents[part]), drawn.share[part]
        over = line[:, :n, :n].copy()
        over[:, np.arange(n), np.arange(n)] = 0.0
        either = np.maximum(over, over.transpose(0, 2, 1))
        common = np.matmul(line[:, :, :n].transpose(0, 2, 1), line[:, :, :n]) > 0
        above += np.einsum("k,kst->st", share, over)
        derived += np.einsum("k,kst->st", share, either)
        shared += np.einsum("k,kst->st", share, common & (either == 0))
    np.fill_diagonal(shared, 0.0)
    return Kinship(above, derived, shared)


def lines(parents: np.ndarray) -> np.ndarray:
    """Tell who is above whom in each of several forests.

    Parameters
    ----------
    parents : ndarray of shape (n_forests, n_nodes), int

    Returns
    -------
    ndarray of shape (n_forests, n_nodes, n_nodes), float32
        ``[k, s, t]``: one where in forest `k`, `s` is `t` or above it.
    """
    n_forests, n_nodes = parents.shape
    line = np.zeros((n_forests, n_nodes, n_nodes), dtype=np.float32)
    line[:, np.arange(n_nodes), np.arange(n_nodes)] = 1.0
    at, child = np.nonzero(parents >= 0)
    line[at, parents[at, child], child] = 1.0
    length = 1
    while length < n_nodes:
        longer = (np.matmul(line, line) > 0).astype(np.float32)
        if (longer == line).all():
            break
        line, length = longer, 2 * length
    return line
