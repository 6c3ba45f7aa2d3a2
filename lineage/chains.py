"""How surely two texts are related by way of others: chains of probable edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# A step less probable than this leads nowhere.
LEAST = 0.003


def related(joined: np.ndarray, parents: Sequence[Sequence[int]]) -> np.ndarray:
    """Return the largest product of edges on any way that can relate two texts.

    Parameters
    ----------
    joined : ndarray of shape (n, n)
        Probability that two texts are parent and child, symmetric.
    parents : sequence of sequence of int
        Drawn parents of each text.

    Returns
    -------
    ndarray of shape (n, n)
        Symmetric. A way leads up from the one text to a source and down to the other.
        Two parents of one text are not related by it [1]_.

    References
    ----------
    .. [1] J. Pearl, "Causality", 2000, section 1.2 (treks and colliders).
    """
    steps = joined.copy()
    merged = [(t, list(sources)) for t, sources in enumerate(parents) if len(sources) > 1]
    for t, sources in merged:
        # A text made from several is no source of these.
        steps[t, sources] = 0.0
    down = likeliest(steps)
    if not merged:
        return down
    best = np.zeros_like(down)
    for source in down:
        best = np.maximum(best, np.outer(source, source))
    return best


def likeliest(steps: np.ndarray) -> np.ndarray:
    """Return the largest product of steps on any way from one text to another.

    Parameters
    ----------
    steps : ndarray of shape (n, n)
        ``[s, t]``: probability of the step from `s` to `t`.

    Returns
    -------
    ndarray of shape (n, n)
        Zero where every way has a step less probable than `LEAST`, one on the diagonal.

    Notes
    -----
    Floyd's algorithm with products for sums, in every family of texts apart.

    References
    ----------
    .. [1] R. W. Floyd, "Algorithm 97: Shortest path", 1962.
    """
    best = np.zeros_like(steps)
    open_steps = np.where(steps >= LEAST, steps, 0.0)
    for family in _families((open_steps > 0) | (open_steps.T > 0)):
        inside = np.ix_(family, family)
        part = open_steps[inside]
        for k in range(len(family)):
            part = np.maximum(part, np.outer(part[:, k], part[k]))
        best[inside] = part
    np.fill_diagonal(best, 1.0)
    return best


def _families(linked: np.ndarray) -> list[list[int]]:
    """Places of the texts that hang together."""
    left = set(range(len(linked)))
    found = []
    while left:
        family, waiting = [], [min(left)]
        left.discard(waiting[0])
        while waiting:
            at = waiting.pop()
            family.append(at)
            near = [k for k in np.flatnonzero(linked[at]).tolist() if k in left]
            left.difference_update(near)
            waiting += near
        found.append(sorted(family))
    return found


__all__ = ["LEAST", "likeliest", "related"]
