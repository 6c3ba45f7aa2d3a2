"""Slow and obvious twins of the fast code, for tests alone."""

import itertools
import math


def all_graphs(n, options):
    """Every acyclic choice of one parent set for each node."""
    for chosen in itertools.product(*options):
        if acyclic(chosen):
            yield chosen


def acyclic(parents):
    left = set(range(len(parents)))
    while left:
        free = {at for at in left if not left.intersection(parents[at])}
        if not free:
            return False
        left -= free
    return True


def best_forest(single, root):
    """Worth of the heaviest forest, by listing all."""
    n = len(root)
    options = [[(), *[(s,) for s in range(n) if s != child]] for child in range(n)]
    return max(
        sum(
            single[chosen[0], child] if chosen else root[child]
            for child, chosen in enumerate(parents)
        )
        for parents in all_graphs(n, options)
    )


def path_score(score, path, prices):
    """What a path through the sentences is worth; it may start at any sentence."""
    n_source = score.shape[1]
    starts = [_path_score(score, path, prices, start) for start in range(n_source)]
    return max(starts)


def _path_score(score, path, prices, start):
    total, at = 0.0, start
    for row, to in enumerate(path):
        if to == -1:
            total += prices.GAP_SCORE
            continue
        if to < at:
            total -= prices.BACK_PRICE
        elif to > at + 1:
            total -= prices.SKIP_PRICE
        total += score[row, to]
        at = to
    return total


def cover(weights, has, worth, *, price_of_words, least_gain):
    """Every set of up to three sources, weighed one by one."""

    def covered(members):
        best = [max((has[m][k] for m in members), default=0.0) for k in range(len(weights))]
        return sum(w * b for w, b in zip(weights, best, strict=True))

    found, most = (), -math.inf
    for size in (1, 2, 3):
        for members in itertools.combinations(range(len(worth)), size):
            gains = [
                covered(members) - covered([other for other in members if other != m])
                for m in members
            ]
            if size > 1 and min(gains) < least_gain[size]:
                continue
            value = price_of_words * covered(members) + sum(worth[m] for m in members)
            if value > most + 1e-9:
                found, most = members, value
    return found


def division(hits, cuts):
    """The most that giving each word to a source is worth, where every source has a word."""
    n_words = len(cuts)
    return max(
        division_worth(hits, cuts, given)
        for given in itertools.product(range(len(hits)), repeat=n_words)
        if len(set(given)) == len(hits)
    )


def division_worth(hits, cuts, given):
    """Word by word: what its source has of it, and what running on or cutting is worth."""
    total = hits[given[0]][0]
    for word in range(1, len(cuts)):
        total += hits[given[word]][word]
        total += cuts[word] if given[word - 1] != given[word] else 0
    return total


def phrase(more, has, order):
    """Of all contiguous words the part worth most: its worth, and how many it has."""
    new = [more[stem] if stem not in order[:k] else 0.0 for k, stem in enumerate(order)]
    parts = [(0.0, 0, 0, 0)]
    for start in range(len(order)):
        for end in range(start + 1, len(order) + 1):
            n_words = sum(has[stem] > 0 for stem in order[start:end])
            parts.append((sum(new[start:end]), -end, start, n_words))
    worth, _, _, n_words = max(part for part in parts if part[0] > 0 or part == parts[0])
    return worth, n_words
