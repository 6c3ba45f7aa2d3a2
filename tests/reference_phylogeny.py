"""Slow and obvious twins of the model of a story's family tree, for tests alone."""

import itertools
import math
from collections import Counter

import numpy as np

from . import reference


def grams(words, size):
    return Counter(tuple(words[k : k + size]) for k in range(len(words) - size + 1))


def containment(texts, size):
    """Share of the column's n-grams that the row has."""
    counted = [grams(each, size) for each in texts]
    return np.array(
        [
            [sum((one & other).values()) / max(1, other.total()) for other in counted]
            for one in counted
        ]
    )


def weighted_jaccard(texts, size):
    counted = [grams(each, size) for each in texts]
    texts_with = Counter(gram for each in counted for gram in each)
    n = len(texts)
    idf = {gram: math.log((n + 1) / k) if n > 2 else 1.0 for gram, k in texts_with.items()}
    weigh = [sum(idf[gram] * k for gram, k in each.items()) for each in counted]
    found = np.zeros((n, n))
    for a, b in itertools.product(range(n), repeat=2):
        common = sum(idf[gram] * k for gram, k in (counted[a] & counted[b]).items())
        found[a, b] = common / max(1e-9, weigh[a] + weigh[b] - common)
    return found


def held_by_few(texts, size):
    has = [set(grams(each, size)) for each in texts]
    texts_with = Counter(gram for each in has for gram in each)
    return np.array(
        [
            [
                sum(1 / (texts_with[g] - 1) for g in sorted(one & other) if texts_with[g] > 1)
                for other in has
            ]
            for one in has
        ]
    )


def common_between(texts, size):
    has = [set(grams(each, size)) for each in texts]
    in_all = set.intersection(*has)
    return np.array(
        [[[len((r & b) - a - in_all) for b in has] for a in has] for r in has], dtype=float
    )


def shortest_path_length(distances):
    orders = itertools.permutations(range(len(distances)))
    return min(sum(distances[a, b] for a, b in itertools.pairwise(each)) for each in orders)


def spanning_tree_length(distances):
    n = len(distances)
    best = math.inf
    for edges in itertools.combinations(itertools.combinations(range(n), 2), n - 1):
        reached, before = {0}, 0
        while before != len(reached):
            before = len(reached)
            for a, b in edges:
                if a in reached or b in reached:
                    reached |= {a, b}
        if len(reached) == n:
            best = min(best, sum(distances[each] for each in edges))
    return best


def log_weight(scores, first, parents):
    """Log weight of one forest whose first root is `first`."""
    total = scores.root[first]
    for child, chosen in enumerate(parents):
        for source in chosen:
            total += scores.edge[source, child] + scores.by_root[first, source, child]
        if not chosen and child != first:
            total += scores.further_root[child]
    return total


def forests(n):
    """Every forest, once for each of its roots as the first."""
    options = [[(), *[(s,) for s in range(n) if s != child]] for child in range(n)]
    for parents in reference.all_graphs(n, options):
        for first in range(n):
            if not parents[first]:
                yield first, parents


def posterior(scores):
    """Log of the sum of all weights, probability of each edge and of each first root."""
    n = len(scores.root)
    every = [(log_weight(scores, first, parents), first, parents) for first, parents in forests(n)]
    log_total = np.logaddexp.reduce([weight for weight, *_ in every])
    edge, root = np.zeros((n, n)), np.zeros(n)
    for weight, first, parents in every:
        p = math.exp(weight - log_total)
        root[first] += p
        for child, chosen in enumerate(parents):
            for source in chosen:
                edge[source, child] += p
    return log_total, edge, root
