"""Orders of texts by likeness: the spanning tree and the shortest path through all."""

from __future__ import annotations

import numpy as np

from .. import evidence_settings

# Up to two texts stand in one order only, read from either end.
_ONE_WAY = 2


def spanning_tree(distances: np.ndarray) -> list[tuple[int, int]]:
    """Find the tree that connects all texts at the least total distance.

    Parameters
    ----------
    distances : ndarray of shape (n, n)
        Symmetric.

    Returns
    -------
    list of (int, int)
        Its n - 1 edges.

    References
    ----------
    .. [1] R. C. Prim, "Shortest connection networks and some generalizations", 1957.
    """
    n = len(distances)
    nearest = distances[0].astype(float)
    toward = np.zeros(n, dtype=np.int64)
    outside = np.ones(n, dtype=bool)
    outside[:1] = False
    edges = []
    for _ in range(n - 1):
        added = int(np.where(outside, nearest, np.inf).argmin())
        edges.append((int(toward[added]), added))
        outside[added] = False
        closer = distances[added] < nearest
        nearest = np.where(closer, distances[added], nearest)
        toward = np.where(closer, added, toward)
    return edges


def shortest_path(distances: np.ndarray) -> list[int]:
    """Order texts so that neighbours are as near as can be.

    Versions of one text written one after the other lie on such a path; texts that were
    all made from one do not.

    Parameters
    ----------
    distances : ndarray of shape (n, n)
        Symmetric, at least zero.

    Returns
    -------
    list of int
        Every text once. Exact up to `EXACT_PATH` texts, a local optimum beyond.

    References
    ----------
    .. [1] M. Held, R. M. Karp, "A dynamic programming approach to sequencing
       problems", 1962.
    .. [2] G. A. Croes, "A method for solving traveling-salesman problems", 1958 (2-opt).
    """
    n = len(distances)
    if n <= _ONE_WAY:
        return list(range(n))
    if n <= evidence_settings.EXACT_PATH:
        return _exact_path(distances)
    starts = range(0, n, max(1, n // evidence_settings.PATH_STARTS))
    found = [_untangle(_grow_path(distances, start), distances) for start in starts]
    return min(found, key=lambda path: length(path, distances))


def length(path: list[int], distances: np.ndarray) -> float:
    """Sum of the distances between neighbours on a path."""
    return float(distances[path[:-1], path[1:]].sum())


def adjacency(edges: list[tuple[int, int]], n: int) -> np.ndarray:
    """Return a symmetric 0/1 matrix of shape (n, n) with a one for each edge."""
    found = np.zeros((n, n))
    for a, b in edges:
        found[a, b] = found[b, a] = 1.0
    return found


def _exact_path(distances: np.ndarray) -> list[int]:
    n = len(distances)
    sets = np.arange(1 << n)
    size = np.array([int(each).bit_count() for each in sets])
    # cost[s, j]: shortest path through the texts of set s that ends at j.
    cost = np.full((1 << n, n), np.inf)
    before = np.full((1 << n, n), -1)
    single = np.arange(n)
    cost[1 << single, single] = 0.0
    for count in range(2, n + 1):
        of_size = sets[size == count]
        for last in range(n):
            ending = of_size[of_size >> last & 1 == 1]
            options = cost[ending ^ (1 << last)] + distances[:, last]
            best = options.argmin(axis=1)
            cost[ending, last] = options[np.arange(len(ending)), best]
            before[ending, last] = best
    left = (1 << n) - 1
    at = int(cost[left].argmin())
    path = [at]
    while before[left, at] >= 0:
        previous = int(before[left, at])
        left ^= 1 << at
        at = previous
        path.append(at)
    return path


def _grow_path(distances: np.ndarray, start: int) -> list[int]:
    """Put the nearest text left at either end."""
    path = [start]
    left = np.ones(len(distances), dtype=bool)
    left[start] = False
    while left.any():
        to_first = np.where(left, distances[path[0]], np.inf)
        to_last = np.where(left, distances[path[-1]], np.inf)
        if to_first.min() < to_last.min():
            added = int(to_first.argmin())
            path.insert(0, added)
        else:
            added = int(to_last.argmin())
            path.append(added)
        left[added] = False
    return path


def _untangle(path: list[int], distances: np.ndarray) -> list[int]:
    """Turn round the stretch that shortens the path most, until none does."""
    n = len(path)
    at = np.array(path)
    first, last = np.triu_indices(n, 1)
    while True:
        step = distances[at[:-1], at[1:]]
        # Turning first..last exchanges the steps into and out of the stretch.
        inward = np.concatenate(([0.0], step))
        outward = np.concatenate((step, [0.0]))
        into = np.where(first > 0, distances[at[first - 1], at[last]], 0.0)
        out_of = np.where(last < n - 1, distances[at[first], at[(last + 1) % n]], 0.0)
        gain = inward[first] + outward[last] - into - out_of
        best = int(gain.argmax())
        if gain[best] <= evidence_settings.LEAST_GAIN:
            return at.tolist()
        i, j = first[best], last[best]
        at[i : j + 1] = at[i : j + 1][::-1]
