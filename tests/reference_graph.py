"""Slow and obvious twins of the posterior of a family, for tests alone."""

import itertools
import math
from collections import Counter

import numpy as np

from . import reference_phylogeny


def drawn_forests(scores, nodes, n_nodes):
    """Log weight of every forest of one choice of nodes, by the parents of all nodes."""
    found = []
    for first, parents in reference_phylogeny.forests(len(scores.root)):
        weight = reference_phylogeny.log_weight(scores, first, parents)
        whole = [-1] * n_nodes
        for child, chosen in enumerate(parents):
            if chosen:
                whole[nodes[child]] = int(nodes[chosen[0]])
        if weight > -math.inf:
            found.append((weight, tuple(whole)))
    return found


def log_weights(scores):
    """Log weight of every forest, by its first root and the parents of its nodes."""
    return {
        (first, tuple(chosen[0] if chosen else -1 for chosen in parents)): (
            reference_phylogeny.log_weight(scores, first, parents)
        )
        for first, parents in reference_phylogeny.forests(len(scores.root))
    }


def shares(choices, n_nodes):
    """Probability of every forest over several choices of ``(scores, nodes)``."""
    every = [each for choice in choices for each in drawn_forests(*choice, n_nodes)]
    log_total = np.logaddexp.reduce([weight for weight, _ in every])
    found = Counter()
    for weight, parents in every:
        found[parents] += math.exp(weight - log_total)
    return found


def line(parents, at):
    """A node and all that is above it."""
    found = [at]
    while parents[found[-1]] >= 0:
        found.append(parents[found[-1]])
    return found


def kinship(forests, n):
    """Who is above whom, derived and of a common source, by walking up each forest."""
    above, derived, shared = (np.zeros((n, n)) for _ in range(3))
    for parents, share in forests.items():
        lines = [line(parents, at) for at in range(n)]
        over = np.zeros((n, n), dtype=bool)
        for s, t in itertools.permutations(range(n), 2):
            over[s, t] = s in lines[t]
        for s, t in itertools.permutations(range(n), 2):
            is_derived = over[s, t] or over[t, s]
            above[s, t] += share * over[s, t]
            derived[s, t] += share * is_derived
            shared[s, t] += share * (not is_derived and bool(set(lines[s]) & set(lines[t])))
    return above, derived, shared
