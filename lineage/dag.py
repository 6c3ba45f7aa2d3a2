"""The acyclic graph that best explains all texts of a story together.

Every possible parent set of a text has a score in bits; the graph's score is their
sum. Small stories are solved exactly, larger ones by local search from the best tree.
How sure an edge is comes from the sum over all trees, not from the best one alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

# Odds beyond 2^40 are certainty, and larger powers would drown the rest in rounding.
MAX_BITS = 40.0
# A start is a random order of the texts; the best tree is always one more start.
LOCAL_SEARCH_STARTS = 4
MAX_ROUNDS = 50

# (child, parent, parent) -> bits; the parents in ascending order.
Doubles = Mapping[tuple[int, int, int], float]


@dataclass(frozen=True)
class Marginals:
    """How probable each edge is when every tree counts by its weight.

    Attributes
    ----------
    edge : ndarray of shape (n, n)
        ``edge[s, t]``: probability that `s` is the parent of `t`.
    root : ndarray of shape (n,)
        Probability that a text has no parent among the others. Columns of `edge` and
        `root` add up to one.
    """

    edge: np.ndarray
    root: np.ndarray


def marginals(single: np.ndarray, root: np.ndarray) -> Marginals:
    """Sum over all forests of trees by the matrix-tree theorem.

    Parameters
    ----------
    single : ndarray of shape (n, n)
        Bits for `s` being the parent of `t`; ``-inf`` where it cannot be.
    root : ndarray of shape (n,)
        Bits for having no parent among the others.

    Returns
    -------
    Marginals

    References
    ----------
    .. [1] T. Koo, A. Globerson, X. Carreras, M. Collins, "Structured prediction models
       via the matrix-tree theorem", EMNLP 2007, section 3 (multi-root).
    """
    n = len(root)
    if n == 0:
        return Marginals(np.zeros((0, 0)), np.zeros(0))
    bits = np.where(np.eye(n, dtype=bool), -np.inf, np.asarray(single, dtype=float))
    # Each column is one choice; scaling it changes no probability.
    highest = np.maximum(bits.max(axis=0), root)
    weight = np.exp2(np.clip(bits - highest, -np.inf, 0.0))
    weight[bits - highest < -MAX_BITS] = 0.0
    at_root = np.exp2(np.maximum(root - highest, -MAX_BITS))
    laplacian = np.diag(at_root + weight.sum(axis=0)) - weight
    inverse = np.linalg.inv(laplacian)
    own = np.diag(inverse)
    edge = np.clip(weight * (own[None, :] - inverse.T), 0.0, 1.0)
    rooted = np.clip(at_root * own, 0.0, 1.0)
    total = edge.sum(axis=0) + rooted
    return Marginals(edge / total, rooted / total)


@dataclass(frozen=True)
class Problem:
    """What each text gains from each set of parents.

    Attributes
    ----------
    single : ndarray of shape (n, n)
        Bits for `s` as the only parent of `t`; ``-inf`` where it cannot be.
    root : ndarray of shape (n,)
        Bits for no parent among the texts.
    double : mapping of (int, int, int) to float
        ``(t, s1, s2)`` with ``s1 < s2``: bits for both as parents of `t`. Sets that are
        not listed cannot be.
    """

    single: np.ndarray
    root: np.ndarray
    double: Doubles

    def score(self, parents: tuple[tuple[int, ...], ...]) -> float:
        """Return the bits of a whole graph, parents of each text in ascending order."""
        return sum(self._gain(child, chosen) for child, chosen in enumerate(parents))

    def _gain(self, child: int, chosen: tuple[int, ...]) -> float:
        if len(chosen) == 0:
            return float(self.root[child])
        if len(chosen) == 1:
            return float(self.single[chosen[0], child])
        one, other = chosen
        return float(self.double.get((child, one, other), -np.inf))

    def options(self, child: int) -> list[tuple[float, tuple[int, ...]]]:
        """Return every parent set of a text with its bits, best first."""
        found: list[tuple[float, tuple[int, ...]]] = [(float(self.root[child]), ())]
        found += [
            (float(self.single[source, child]), (source,))
            for source in range(len(self.root))
            if source != child and self.single[source, child] > -np.inf
        ]
        found += [
            (bits, (one, other)) for (at, one, other), bits in self.double.items() if at == child
        ]
        return sorted(found, key=lambda each: (-each[0], each[1]))


def choose_parents(problem: Problem, *, exact_up_to: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """Choose the parents of all texts together, without a cycle.

    Parameters
    ----------
    problem : Problem
    exact_up_to : int
        Solve exactly up to this many texts, by local search beyond.
    seed : int
        Of the local search.

    Returns
    -------
    tuple of tuple of int
        The parents of each text, ascending.
    """
    if len(problem.root) <= exact_up_to:
        return solve_exactly(problem)
    return search_locally(problem, seed=seed)


def solve_exactly(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Find the best graph by dynamic programming over sets of texts.

    Parameters
    ----------
    problem : Problem
        Of n texts; takes ``n * 2**n`` steps.

    Returns
    -------
    tuple of tuple of int

    References
    ----------
    .. [1] T. Silander, P. Myllymaki, "A simple approach for finding the globally
       optimal Bayesian network structure", UAI 2006.
    """
    n = len(problem.root)
    options = [problem.options(child) for child in range(n)]
    masks = [[sum(1 << p for p in chosen) for _, chosen in each] for each in options]
    best = np.full(1 << n, -np.inf)
    best[0] = 0.0
    last: list[tuple[int, tuple[int, ...]]] = [(-1, ())] * (1 << n)
    for placed in range(1 << n):
        for child in range(n):
            if placed >> child & 1:
                continue
            # The first option whose parents are all placed is the best such one.
            for (bits, chosen), mask in zip(options[child], masks[child], strict=True):
                if mask & ~placed:
                    continue
                after = placed | 1 << child
                if best[placed] + bits > best[after]:
                    best[after] = best[placed] + bits
                    last[after] = (child, chosen)
                break
    parents: list[tuple[int, ...]] = [()] * n
    placed = (1 << n) - 1
    while placed:
        child, chosen = last[placed]
        parents[child] = chosen
        placed &= ~(1 << child)
    return tuple(parents)


def search_locally(problem: Problem, *, seed: int) -> tuple[tuple[int, ...], ...]:
    """Improve the order of the best tree, and random orders, by moving one text at a time.

    Parameters
    ----------
    problem : Problem
    seed : int
        Of the random starts.

    Returns
    -------
    tuple of tuple of int

    Notes
    -----
    Once the texts are in an order, each takes its best parents among those before it,
    independently of the others; so the search is over orders [1]_. Without texts of two
    parents the best tree is the optimum, and nothing is searched [2]_.

    References
    ----------
    .. [1] M. Teyssier, D. Koller, "Ordering-based search: a simple and effective
       algorithm for learning Bayesian networks", UAI 2005.
    .. [2] J. Edmonds, "Optimum branchings", 1967.
    """
    tree = best_tree(problem)
    if not problem.double:
        return tree
    random = np.random.default_rng(seed)
    n = len(problem.root)
    options = [problem.options(child) for child in range(n)]
    starts = [_topological(tree)]
    starts += [random.permutation(n).tolist() for _ in range(LOCAL_SEARCH_STARTS)]
    found = [_climb(options, start) for start in starts]
    return max(found, key=lambda each: (problem.score(each), [tuple(-p for p in q) for q in each]))


def best_tree(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Find the best graph in which no text has two parents.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    tuple of tuple of int

    References
    ----------
    .. [1] J. Edmonds, "Optimum branchings", 1967.
    """
    n = len(problem.root)
    # Contraction needs one root: node n stands for "no parent among the texts".
    weight = np.full((n + 1, n), -np.inf)
    weight[:n] = np.where(np.eye(n, dtype=bool), -np.inf, problem.single)
    weight[n] = problem.root
    chosen = _arborescence(weight)
    return tuple(() if parent == n else (int(parent),) for parent in chosen)


def _arborescence(weight: np.ndarray) -> np.ndarray:
    """Chu-Liu/Edmonds on a dense matrix whose last row is the root."""
    n = weight.shape[1]
    parent = weight.argmax(axis=0)
    cycle = _find_cycle(parent, n)
    if cycle is None:
        return parent
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    held = weight[parent[cycle], cycle]
    # The contracted node comes after the outside ones, the root stays last.
    rows = np.concatenate((outside, [n]))
    smaller = np.full((len(outside) + 2, len(outside) + 1), -np.inf)
    smaller[: len(outside), : len(outside)] = weight[np.ix_(outside, outside)]
    smaller[-1, : len(outside)] = weight[n, outside]
    leaving = weight[np.ix_(cycle, outside)]
    smaller[len(outside), : len(outside)] = leaving.max(axis=0) if len(outside) else []
    entering = weight[np.ix_(rows, cycle)] - held[None, :]
    gain = entering.max(axis=1)
    smaller[: len(outside), -1] = gain[:-1]
    smaller[-1, -1] = gain[-1]
    solved = _arborescence(smaller)
    result = parent.copy()
    for k, node in enumerate(outside):
        up = solved[k]
        if up == len(outside):
            result[node] = cycle[int(leaving[:, k].argmax())]
        else:
            result[node] = n if up == len(outside) + 1 else outside[up]
    up = solved[-1]
    row = len(rows) - 1 if up == len(outside) + 1 else up
    entered = int(entering[row].argmax())
    result[cycle[entered]] = rows[row]
    return result


def _find_cycle(parent: np.ndarray, root: int) -> np.ndarray | None:
    state = np.zeros(len(parent), dtype=np.int8)
    for start in range(len(parent)):
        path = []
        at = start
        while at != root and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(parent[at])
        if at != root and state[at] == 1:
            return np.array(path[path.index(at) :])
        state[path] = 2
    return None


Options = list[list[tuple[float, tuple[int, ...]]]]


def _topological(parents: tuple[tuple[int, ...], ...]) -> list[int]:
    above = ancestors(parents)
    return sorted(range(len(parents)), key=lambda at: (len(above[at]), at))


def _best_among(options: Options, child: int, before: set[int]) -> tuple[float, tuple[int, ...]]:
    return next(each for each in options[child] if before.issuperset(each[1]))


def _climb(options: Options, order: list[int]) -> tuple[tuple[int, ...], ...]:
    """Move one text to a better place in the order until nothing gains."""
    n = len(order)
    for _ in range(MAX_ROUNDS):
        improved = False
        for child in range(n):
            rest = [at for at in order if at != child]
            gains = _gain_by_place(options, rest, child)
            here = order.index(child)
            best = max(range(n), key=lambda place: (gains[place], -abs(place - here), -place))
            if gains[best] > gains[here] + 1e-9:
                order = [*rest[:best], child, *rest[best:]]
                improved = True
        if not improved:
            break
    parents: list[tuple[int, ...]] = [()] * n
    before: set[int] = set()
    for at in order:
        parents[at] = _best_among(options, at, before)[1]
        before.add(at)
    return tuple(parents)


def _gain_by_place(options: Options, rest: list[int], child: int) -> list[float]:
    """Score of the order with `child` put before the k-th of the others, up to a constant."""
    before: set[int] = set()
    own, without, with_child = [], [], []
    for at in rest:
        own.append(_best_among(options, child, before)[0])
        without.append(_best_among(options, at, before)[0])
        with_child.append(_best_among(options, at, before | {child})[0])
        before.add(at)
    own.append(_best_among(options, child, before)[0])
    # Those before `child` cannot have it as a parent, those after it can.
    until = np.concatenate(([0.0], np.cumsum(without)))
    after = np.concatenate((np.cumsum(with_child[::-1])[::-1], [0.0]))
    return [float(each) for each in until + after + np.array(own)]


def ancestors(parents: tuple[tuple[int, ...], ...]) -> list[set[int]]:
    """Return for each text all texts above it.

    Parameters
    ----------
    parents : tuple of tuple of int
        An acyclic choice.

    Returns
    -------
    list of set of int
    """
    above: list[set[int] | None] = [None] * len(parents)

    def climb(at: int) -> set[int]:
        known = above[at]
        if known is None:
            known = set(itertools.chain(parents[at], *(climb(p) for p in parents[at])))
            above[at] = known
        return known

    return [climb(at) for at in range(len(parents))]
