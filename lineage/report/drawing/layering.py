"""Order and heights of the nodes of a layered drawing (Sugiyama's method).

Nodes are plain numbers whose order breaks every tie, so that the caller decides what
a drawing may depend on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np

_N_SWEEPS = 8


def ordered(
    layers: list[list[int]], left: dict[int, list[int]], right: dict[int, list[int]]
) -> list[list[int]]:
    """Order each layer by barycentres; of all sweeps keep the one with fewest crossings.

    Parameters
    ----------
    layers : list of list of int
        Nodes in an order that depends on content alone; ties keep it.
    left, right : dict of int to list of int
        Neighbours in the layer before and in the layer after.

    Returns
    -------
    list of list of int
    """
    best = [list(layer) for layer in layers]
    fewest = _crossings(best, right)
    current = [list(layer) for layer in layers]
    for sweep in range(_N_SWEEPS):
        if fewest == 0:
            break
        forward = sweep % 2 == 0
        beside = left if forward else right
        indices = range(1, len(current)) if forward else range(len(current) - 2, -1, -1)
        for index in indices:
            fixed = current[index - 1 if forward else index + 1]
            place = {node: position for position, node in enumerate(fixed)}
            current[index] = _by_barycentre(current[index], beside, place)
        crossings = _crossings(current, right)
        if crossings < fewest:
            fewest = crossings
            best = [list(layer) for layer in current]
    return best


def _by_barycentre(
    layer: list[int], beside: dict[int, list[int]], place: dict[int, int]
) -> list[int]:
    weights = {}
    for position, node in enumerate(layer):
        others = beside[node]
        # Without a neighbour on this side a node stays about where it is.
        share = (position + 0.5) / len(layer) * max(len(place), 1) - 0.5
        mean = sum(place[other] for other in others) / len(others) if others else share
        weights[node] = mean
    return sorted(layer, key=lambda node: weights[node])


def _crossings(layers: list[list[int]], right: dict[int, list[int]]) -> int:
    total = 0
    for here, there in itertools.pairwise(layers):
        place = {node: position for position, node in enumerate(there)}
        ends = [position for node in here for position in sorted(place[b] for b in right[node])]
        lengths = [len(right[node]) for node in here]
        owners = np.repeat(np.arange(len(here)), lengths)
        array = np.array(ends, dtype=int)
        for index in range(len(array)):
            total += int(((array[:index] > array[index]) & (owners[:index] < owners[index])).sum())
    return total


def middles(
    layers: list[list[int]],
    left: dict[int, list[int]],
    right: dict[int, list[int]],
    heights: dict[int, float],
    gap: float,
) -> dict[int, float]:
    """Place the middles of all nodes: each near its neighbours, none nearer than the gap.

    Parameters
    ----------
    layers : list of list of int
        Nodes in order.
    left, right : dict of int to list of int
        Neighbours in the layer before and in the layer after.
    heights : dict of int to float
        Height of each node.
    gap : float
        Space between two nodes of a layer.

    Returns
    -------
    dict of int to float
        Vertical coordinate of each middle; the least may be negative.
    """
    placed: dict[int, float] = {}
    for layer in layers:
        y = 0.0
        for node in layer:
            placed[node] = y + heights[node] / 2
            y += heights[node] + gap
    for sweep in range(_N_SWEEPS):
        order = range(len(layers)) if sweep % 2 == 0 else range(len(layers) - 1, -1, -1)
        for index in order:
            layer = layers[index]
            wanted = []
            for node in layer:
                others = [*left[node], *right[node]]
                wanted.append(sum(placed[other] for other in others) / len(others))
            for node, middle in zip(layer, _apart(layer, wanted, heights, gap), strict=True):
                placed[node] = middle
    return placed


def _apart(
    layer: Iterable[int], wanted: list[float], heights: dict[int, float], gap: float
) -> list[float]:
    """Least-squares places that keep order and gaps: pool adjacent violators."""
    offsets = []
    reach = 0.0
    for node in layer:
        offsets.append(reach + heights[node] / 2)
        reach += heights[node] + gap
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while blocks and blocks[-1][0] > mean:
            previous, n_previous = blocks.pop()
            mean = (previous * n_previous + mean * count) / (n_previous + count)
            count += n_previous
        blocks.append((mean, count))
    flat = [mean for mean, count in blocks for _ in range(count)]
    return [base + offset for base, offset in zip(flat, offsets, strict=True)]
