"""How well weights explain a family whose lineage is known, and how to change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import design, forests, model

N_WEIGHTS = len(design.NAMES)


@dataclass(frozen=True)
class Forest:
    """A true lineage in which every text has one parent at most.

    Attributes
    ----------
    parents : tuple of int
        Of each text: another text, a proposal (counted on from the texts), or -1 for none.
    first_root : int
        Of the roots, the one with the most texts below it.
    """

    parents: tuple[int, ...]
    first_root: int


def true_forest(parents: Sequence[int], n_nodes: int) -> Forest:
    """Find the first root of a lineage.

    Parameters
    ----------
    parents : sequence of int
        Of each text, -1 for none; acyclic.
    n_nodes : int
        Texts and proposals.

    Returns
    -------
    Forest
    """
    n = len(parents)
    below = [0] * n_nodes
    for text in range(n):
        at = text
        while at >= 0:
            below[at] += 1
            at = parents[at] if at < n else -1
    children = np.bincount([at for at in parents if at >= 0], minlength=n_nodes)
    roots = [text for text in range(n) if parents[text] < 0]
    roots += [node for node in range(n, n_nodes) if children[node] > 0]
    # The unnamed source is there as the first root only.
    first = max(roots, key=lambda at: (at == n and children[at] > 0, below[at], children[at], -at))
    return Forest(tuple(parents), first)


def negative_log(
    family: design.Design, true: Forest, weights: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return minus the log probability of the true forest, and its gradient.

    Parameters
    ----------
    family : Design
    true : Forest
    weights : ndarray of shape (N_WEIGHTS,)

    Returns
    -------
    (float, ndarray of shape (N_WEIGHTS,))
        In nats; the gradient is expected minus true sums of the features.
    """
    n, size = family.n, len(family.possible)
    weighed = model.weigh(family, weights)
    posteriors = [forests.infer(each) for each in weighed.scores]
    totals = np.array([each.log_total for each in posteriors])
    total = float(np.logaddexp.reduce(totals))
    counts = _Counts(family)
    for nodes, spared, posterior, share in zip(
        weighed.nodes, weighed.spared, posteriors, np.exp(totals - total), strict=True
    ):
        counts.add(nodes, spared, posterior, float(share))
    wanted = sorted({at - n for at in true.parents if at > n})
    chosen = weighed.active.index(tuple(wanted))
    nodes, scores = weighed.nodes[chosen], weighed.scores[chosen]
    place = np.full(size, -1)
    place[nodes] = np.arange(len(nodes))
    exact = _one_forest(true, place, len(nodes), n)
    counts.add(nodes, weighed.spared[chosen], exact, -1.0)
    return total - _log_weight(scores, exact), counts.gradient()


def _one_forest(true: Forest, place: np.ndarray, size: int, n: int) -> forests.Posterior:
    """Write one forest as if it had all the probability."""
    edge, by_root = np.zeros((size, size)), np.zeros((size, size, size))
    root, further = np.zeros(size), np.zeros((size, size))
    first = int(place[true.first_root])
    root[first] = 1.0
    without = set(range(size)) - {first}
    for text, parent in enumerate(true.parents):
        if parent >= 0:
            by_root[first, place[parent], text] = edge[place[parent], text] = 1.0
            without.discard(text)
    further[first, sorted(without)] = 1.0
    return forests.Posterior(root, edge, by_root, root + further[first], further, 0.0)


def _log_weight(scores: forests.Scores, one: forests.Posterior) -> float:
    first = int(one.root.argmax())
    source, target = np.nonzero(one.edge)
    weight = scores.root[first] + scores.edge[source, target].sum()
    weight += scores.by_root[first, source, target].sum()
    return float(weight + one.further_by_root[first] @ scores.further_root)


class _Counts:
    """Expected sums of features: how often each edge and root is there."""

    def __init__(self, family: design.Design) -> None:
        self._family = family
        n, size = family.n, len(family.possible)
        self._edge = np.zeros((size, n))
        self._link = np.zeros((size, n))
        self._root = np.zeros(size)
        self._by_root = np.zeros((n, n, n))
        self._further = np.zeros(3)
        self._from_root = 0.0

    def add(
        self, nodes: np.ndarray, spared: np.ndarray, found: forests.Posterior, share: float
    ) -> None:
        """Count one choice of sources with its share."""
        n = self._family.n
        self._edge[nodes] += share * found.edge[:, :n]
        self._by_root += share * found.root[:n, None, None] * found.edge_by_root[:n, :n, :n]
        self._from_root += share * found.root[n] * found.edge_by_root[n, n, :n].sum()
        further = share * (found.root @ found.further_by_root)
        self._root[:n] += share * found.root[:n] + further[:n]
        self._root[nodes[n:]] += share * found.root[n:]
        self._further[:2] += further[:n].sum() * self._family.kinds
        self._further[2] += further[n + 1 :].sum()
        # What a proposal does not pay: as the first root, and named ones as a further one.
        there = share * found.root[n:]
        there[1:] += further[n + 1 :]
        self._link[nodes[n:], spared] -= there

    def gradient(self) -> np.ndarray:
        """Return the sums in the order of the weights."""
        family = self._family
        edge = np.einsum("st,stk->k", self._edge, family.edge)
        edge[: design.N_LINK] += np.einsum(
            "st,stk->k", self._link, family.edge[:, :, : design.N_LINK]
        )
        edge[design.FROM_ROOT] += self._from_root
        return np.concatenate(
            (
                edge,
                self._root @ family.root,
                np.einsum("rst,rstk->k", self._by_root, family.by_root),
                self._further,
            )
        )


class Batch:
    """Families of one number of texts, without named sources, weighed together.

    Most known families are of two, three or four texts; one by one they would take ten times
    as long.

    Parameters
    ----------
    families : sequence of Design
    true : sequence of Forest
    share : sequence of float
        How much each counts.
    """

    def __init__(
        self,
        families: Sequence[design.Design],
        true: Sequence[Forest],
        share: Sequence[float],
    ) -> None:
        self._n = n = families[0].n
        self._edge = np.stack([each.edge for each in families])
        self._impossible = np.where(np.stack([each.possible for each in families]), 0.0, -np.inf)
        self._prior = np.array([each.prior for each in families])
        self._root = np.stack([each.root for each in families])
        self._by_root = np.stack([each.by_root for each in families])
        self._kinds = np.stack([each.kinds for each in families])
        self._share = np.array(share)
        shape = (len(families), n + 1, n + 1)
        self._true_edge, self._true_root = np.zeros(shape), np.zeros(shape[:2])
        self._true_further = np.zeros(shape[:2])
        self._true_first = np.array([each.first_root for each in true])
        for k, each in enumerate(true):
            self._true_root[k, each.first_root] = 1.0
            for text, parent in enumerate(each.parents):
                if parent >= 0:
                    self._true_edge[k, parent, text] = 1.0
                elif text != each.first_root:
                    self._true_further[k, text] = 1.0

    def negative_log(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the sum of `negative_log` over the families, by their shares."""
        n, many = self._n, len(self._share)
        of_edge, of_root, of_by_root, of_further = model.split(weights)
        plain = self._edge @ of_edge + self._prior[:, :, None] + self._impossible
        links = self._edge[:, n, :, : design.N_LINK]
        linked = links @ of_edge[: design.N_LINK] + self._prior[:, n, None] + self._impossible[:, n]
        spared = linked.argmax(axis=1)
        root = self._root @ of_root
        root[:, n] -= linked[np.arange(many), spared]
        further = root.copy()
        further[:, :n] += (self._kinds @ of_further[:2])[:, None]
        further[:, n] = 0.0
        edge = np.full((many, n + 1, n + 1), -np.inf)
        edge[:, :, :n] = plain
        by_root = np.zeros((many, n + 1, n + 1, n + 1))
        by_root[:, :n, :n, :n] = self._by_root @ of_by_root
        by_root[:, :, n, :] = -np.inf
        by_root[:, n, n, :] = of_edge[design.FROM_ROOT]
        found = forests.infer_many(edge, root, further, by_root)
        at = np.arange(many)
        under = by_root[at, self._true_first]
        there = self._true_edge > 0
        true = root[at, self._true_first] + (self._true_further * further).sum(axis=1)
        true += np.where(there, edge + under, 0.0).sum(axis=(1, 2))
        value = float(self._share @ (found.log_total - true))
        share = self._share
        edge_off = (found.edge - self._true_edge)[:, :, :n] * share[:, None, None]
        joint = found.root[:, :, None, None] * found.edge_by_root
        joint[at, self._true_first] -= self._true_edge
        joint *= share[:, None, None, None]
        further_off = (found.root[:, None, :] @ found.further_by_root)[:, 0] - self._true_further
        further_off *= share[:, None]
        root_off = (found.root - self._true_root) * share[:, None]
        of_texts = root_off.copy()
        of_texts[:, :n] += further_off[:, :n]
        gradient_edge = np.einsum("fst,fstk->k", edge_off, self._edge)
        gradient_edge[: design.N_LINK] -= np.einsum("f,fk->k", root_off[:, n], links[at, spared])
        gradient_edge[design.FROM_ROOT] += joint[:, n, n, :n].sum()
        gradient = np.concatenate(
            (
                gradient_edge,
                np.einsum("fr,frk->k", of_texts, self._root),
                np.einsum("frst,frstk->k", joint[:, :n, :n, :n], self._by_root),
                further_off[:, :n].sum(axis=1) @ self._kinds,
                [0.0],
            )
        )
        return value, gradient


def scale(families: Sequence[design.Design], shares: Sequence[float]) -> np.ndarray:
    """Return the root mean square of each feature that comes from `phylogeny`.

    Parameters
    ----------
    families : sequence of Design
    shares : sequence of float
        Weight of each family.

    Returns
    -------
    ndarray of shape (N_WEIGHTS,)
        One for all others, which have a unit of their own.
    """
    found = np.ones(N_WEIGHTS)
    structure = design.N_STRUCTURE
    n_root = len(family_root_names())
    at_root = len(design.EDGE_NAMES)
    at_by_root = at_root + len(design.ROOT_NAMES)
    at_further = at_by_root + len(design.BY_ROOT_NAMES)
    edge, root = np.zeros(structure), np.zeros(n_root)
    by_root = np.zeros(len(design.BY_ROOT_NAMES))
    for family, share in zip(families, shares, strict=True):
        n = family.n
        apart = ~np.eye(n, dtype=bool)
        edge += share * (family.edge[:n, :, :structure][apart] ** 2).mean(axis=0)
        root += share * (family.root[:n, :n_root] ** 2).mean(axis=0)
        by_root += share * (family.by_root**2).mean(axis=(0, 1, 2))
    total = np.sum(shares)
    found[:structure] = np.sqrt(edge / total) + 1e-6
    found[at_root : at_root + n_root] = np.sqrt(root / total) + 1e-6
    found[at_by_root:at_further] = np.sqrt(by_root / total) + 1e-6
    return found


def family_root_names() -> tuple[str, ...]:
    """Features of the root that are measured of texts, and have no unit of their own."""
    return design.ROOT_NAMES[: design.ROOT_NAMES.index("holds|verbatim")]
