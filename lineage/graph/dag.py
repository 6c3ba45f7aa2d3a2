"""The best tree of a family, and who is above whom in a graph."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np


def best_tree(single: np.ndarray, root: np.ndarray) -> tuple[int, ...]:
    """Find the heaviest forest.

    Parameters
    ----------
    single : ndarray of shape (n, n)
        Worth of `s` being the parent of `t`; ``-inf`` where it cannot be.
    root : ndarray of shape (n,)
        Worth of having no parent.

    Returns
    -------
    tuple of int
        The parent of each node, -1 for none.

    References
    ----------
    .. [1] J. Edmonds, "Optimum branchings", 1967.
    """
    n = len(root)
    # Contraction needs one root: node n stands for "no parent".
    weight = np.full((n + 1, n), -np.inf)
    weight[:n] = np.where(np.eye(n, dtype=bool), -np.inf, single)
    weight[n] = root
    chosen = _arborescence(weight)
    return tuple(-1 if parent == n else int(parent) for parent in chosen)


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


def components(n: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Join what hangs together.

    Parameters
    ----------
    n : int
    pairs : iterable of (int, int)
        Joined ones of 0 to n - 1, in any order.

    Returns
    -------
    list of list of int
        Ascending, and by their first.
    """
    import networkx

    graph = networkx.empty_graph(n)
    graph.add_edges_from(pairs)
    return sorted(sorted(each) for each in networkx.connected_components(graph))
