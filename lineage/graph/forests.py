"""All forests of a story at once, and the best of them.

Under a first root ``r`` the log weight of an edge is ``edge + by_root[r]``, that of a
further root (a text whose parent is not there) ``further_root``; the first root itself
weighs ``root[r]``. A forest has the product of its weights, and the sum over all
forests with root ``r`` is a determinant [1]_.

References
----------
.. [1] W. T. Tutte, "The dissection of equilateral triangles into equilateral
   triangles", 1948; T. Koo, A. Globerson, X. Carreras, M. Collins, "Structured
   prediction models via the matrix-tree theorem", EMNLP 2007.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import graph_settings


@dataclass(frozen=True)
class Scores:
    """Log weights in nats.

    Attributes
    ----------
    edge : ndarray of shape (n, n)
        ``[source, target]``, whatever the root.
    root : ndarray of shape (n,)
        Of being the first root.
    further_root : ndarray of shape (n,)
        Of being another one.
    by_root : ndarray of shape (n, n, n)
        ``[root, source, target]``, added to `edge` under that root.
    """

    edge: np.ndarray
    root: np.ndarray
    further_root: np.ndarray
    by_root: np.ndarray


@dataclass(frozen=True)
class Posterior:
    """Probabilities, summed over all forests.

    Attributes
    ----------
    root : ndarray of shape (n,)
        Of being the first root; sums to one.
    edge : ndarray of shape (n, n)
        That `source` is the parent of `target`.
    edge_by_root : ndarray of shape (n, n, n)
        The same, given the first root.
    no_parent : ndarray of shape (n,)
        Of being the first root or another; with the column of `edge` it sums to one.
    further_by_root : ndarray of shape (n, n)
        ``[root, text]``: of being a further root, given the first.
    log_total : float
        Log of the summed weight of all forests.
    """

    root: np.ndarray
    edge: np.ndarray
    edge_by_root: np.ndarray
    no_parent: np.ndarray
    further_by_root: np.ndarray
    log_total: float


def infer(scores: Scores, extra_edge: np.ndarray | float = 0.0) -> Posterior:
    """Sum over all forests, one determinant a root.

    Parameters
    ----------
    scores : Scores
    extra_edge : ndarray of shape (n, n), default 0
        Log weights in nats to add to the edges: evidence that the scores do not know.

    Returns
    -------
    Posterior
    """
    found = infer_many(
        (scores.edge + extra_edge)[None],
        scores.root[None],
        scores.further_root[None],
        scores.by_root[None],
    )
    return Posterior(
        root=found.root[0],
        edge=found.edge[0],
        edge_by_root=found.edge_by_root[0],
        no_parent=found.no_parent[0],
        further_by_root=found.further_by_root[0],
        log_total=float(found.log_total[0]),
    )


@dataclass(frozen=True)
class Posteriors:
    """Those of several families of one size: `Posterior` with an axis of families first."""

    root: np.ndarray
    edge: np.ndarray
    edge_by_root: np.ndarray
    no_parent: np.ndarray
    further_by_root: np.ndarray
    log_total: np.ndarray


def infer_many(
    edge: np.ndarray, root: np.ndarray, further_root: np.ndarray, by_root: np.ndarray
) -> Posteriors:
    """Sum over all forests of several families of one size.

    Parameters
    ----------
    edge : ndarray of shape (n_families, n, n)
    root, further_root : ndarray of shape (n_families, n)
    by_root : ndarray of shape (n_families, n, n, n)
        As in `Scores`.

    Returns
    -------
    Posteriors
    """
    n_families, n = root.shape
    every = np.arange(n)
    weight = edge[:, None] + by_root
    weight[:, :, every, every] = -np.inf
    # Each column is one choice of the target; scaling it changes no probability.
    highest = np.maximum(weight.max(axis=2), further_root[:, None, :])
    scaled = np.exp(np.maximum(weight - highest[:, :, None, :], graph_settings.FLOOR_NATS))
    scaled[~np.isfinite(weight)] = 0.0
    rooted = np.exp(np.maximum(further_root[:, None, :] - highest, graph_settings.FLOOR_NATS))
    # The root has no parent and nothing to choose.
    highest[:, every, every] = 0.0
    scaled[:, every, :, every] = 0.0
    rooted[:, every, every] = 1.0
    log_weight = root + highest.sum(axis=2)
    flat, flat_rooted = scaled.reshape(-1, n, n), rooted.reshape(-1, n)
    roots = np.tile(every, n_families)
    of_edge, of_root = np.zeros_like(flat), np.zeros_like(flat_rooted)
    log_det = np.zeros(len(roots))
    at_once = max(1, graph_settings.FORESTS_HELD // n**3)
    for start in range(0, len(roots), at_once):
        part = slice(start, start + at_once)
        found = _eliminate(flat[part], flat_rooted[part], roots[part])
        log_det[part], of_edge[part], of_root[part] = found
    log_weight = log_weight + log_det.reshape(n_families, n)
    log_total = np.logaddexp.reduce(log_weight, axis=1)
    share = np.exp(log_weight - log_total[:, None])
    edge_by_root = of_edge.reshape(n_families, n, n, n)
    further_by_root = of_root.reshape(n_families, n, n)
    return Posteriors(
        root=share,
        edge=np.einsum("fr,frst->fst", share, edge_by_root),
        edge_by_root=edge_by_root,
        no_parent=share + np.einsum("fr,frt->ft", share, further_by_root),
        further_by_root=further_by_root,
        log_total=log_total,
    )


def _eliminate(
    edge: np.ndarray, rooted: np.ndarray, roots: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log determinant and marginals of the forests under each root.

    Texts are taken out one by one: whoever had the text as its parent now has the
    text's own parents. Only positive numbers are added [1]_, so two texts that are all
    but the same, each the other's one believable parent, cost no accuracy; an inverse
    of the matrix would lose every digit there.

    Parameters
    ----------
    edge : ndarray of shape (n_roots, n, n)
        Relative weights, ``[root, source, target]``.
    rooted : ndarray of shape (n_roots, n)
        Relative weight of having no parent.
    roots : ndarray of shape (n_roots,)
        The first root of each slice.

    Returns
    -------
    log_det : ndarray of shape (n_roots,)
    of_edge : ndarray of shape (n_roots, n, n)
    of_root : ndarray of shape (n_roots, n)
        Derivatives of `log_det` by the logs of the weights: the marginals.

    References
    ----------
    .. [1] W. K. Grassmann, M. I. Taksar, D. P. Heyman, "Regenerative analysis and
       steady state distributions for Markov chains", 1985.
    """
    n = edge.shape[1]
    slices = np.arange(len(roots))
    from_root = edge[slices, roots]
    left = edge.copy()
    left[slices, roots] = 0.0
    out = rooted + from_root
    log_det = np.zeros(len(roots))
    steps = []
    for _ in range(n):
        # The first of those left goes; its parents stand in its column.
        parents, children = left[:, 1:, 0], left[:, 0, 1:]
        total = out[:, 0] + parents.sum(axis=1)
        log_det += np.log(total)
        share, share_out = parents / total[:, None], out[:, 0] / total
        direct, direct_out = left[:, 1:, 1:], out[:, 1:]
        by_way = share[:, :, None] * children[:, None, :]
        # Being one's own ancestor is no choice.
        by_way[:, np.arange(by_way.shape[1]), np.arange(by_way.shape[1])] = 0.0
        by_way_out = share_out[:, None] * children
        left, out = direct + by_way, direct_out + by_way_out
        steps.append((share, share_out, by_way, by_way_out, left, out))
    of_edge = np.zeros((len(roots), 0, 0))
    of_out = np.zeros((len(roots), 0))
    for share, share_out, by_way, by_way_out, after, after_out in reversed(steps):
        through = of_edge * _ratio(by_way, after)
        through_out = of_out * _ratio(by_way_out, after_out)
        to_children = through.sum(axis=1) + through_out
        free = 1.0 - to_children.sum(axis=1)
        m = after.shape[1] + 1
        grown, grown_out = np.zeros((len(roots), m, m)), np.zeros((len(roots), m))
        grown[:, 1:, 1:] = of_edge - through
        grown[:, 0, 1:] = to_children
        grown[:, 1:, 0] = share * free[:, None] + through.sum(axis=2)
        grown_out[:, 1:] = of_out - through_out
        grown_out[:, 0] = share_out * free + through_out.sum(axis=1)
        of_edge, of_out = grown, grown_out
    # What left the story went to the first root or to none.
    from_first = of_out * _ratio(from_root, rooted + from_root)
    of_edge[slices, roots] = from_first
    of_root = of_out - from_first
    of_root[slices, roots] = 0.0
    return log_det, np.clip(of_edge, 0.0, 1.0), np.clip(of_root, 0.0, 1.0)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
