"""Arrange what is known of a family of texts into the features of its edges and roots.

docs/model.md, section 3, defines every feature.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from ..evidence.family import features
from . import design, graph_settings

# What says that a text follows another, and not something behind both.
_OF_THE_OTHER = ("readings", "cited", "quoted")


def build(
    measured: features.Features,
    terms: design.PairTerms,
    proposals: Sequence[design.Proposal] = (),
    *,
    n_collection: int,
    theta: float = 1.0,
    growing: float = 0.5,
    named_here: Collection[int] = (),
) -> design.Design:
    """Arrange what is known of a family.

    Parameters
    ----------
    measured : Features
        Of two texts or more.
    terms : PairTerms
    proposals : sequence of Proposal
        Absent sources with a name.
    n_collection : int
        Texts handed in together, members of other families among them.
    theta : float, default 1
        Texts that one text is expected to be made from, before looking.
    growing : float, default 0.5
        How probably such texts grow as they are passed on.
    named_here : collection of int
        Texts that name a source for the whole of them of which a text is in the family.

    Returns
    -------
    Design
    """
    n = measured.n
    every = tuple(range(n))
    listed = (design.Proposal(None, every), *proposals)
    size = n + len(listed)
    kinds = np.array([measured.verbatim, 1 - measured.verbatim, measured.rephrased])
    edge = np.zeros((size, n, len(design.EDGE_NAMES)))
    edge[:n, :, : design.N_STRUCTURE] = measured.edge
    stacked = (
        terms.log_bayes,
        terms.explained_most,
        terms.explained_least,
        terms.narrated,
        terms.spoken,
        terms.cited,
        terms.quoted,
        terms.growth,
        terms.causes,
        terms.readings,
    )
    edge[:n, :, design.N_STRUCTURE : design.N_STRUCTURE + len(design.PAIR_NAMES)] = np.stack(
        stacked, axis=-1
    )
    edge[:n, :, design.N_STRUCTURE + len(design.PAIR_NAMES) : design.N_LINK] = _in_small(
        edge[:n], n
    )
    edge[every, every] = 0.0
    possible = np.zeros((size, n), dtype=bool)
    possible[:n] = ~np.eye(n, dtype=bool)
    for k, proposal in enumerate(listed):
        for t in proposal.members:
            possible[n + k, t] = True
            edge[n + k, t] = _from_absent(edge, measured, terms, proposal, t, kinds, growing)
            if proposal.name is None:
                named = design.EDGE_NAMES.index("absent_named_here")
                edge[n + k, t, named] = float(t in named_here)
    return design.Design(
        edge,
        possible,
        graph_settings.SIZE_SHARE * math.log(theta / max(1, n_collection - 1))
        + _in_family(n, listed),
        _roots(measured, listed, kinds, growing),
        measured.by_root,
        kinds[:2],
        listed,
        measured,
        max(1, n_collection - 1),
    )


def _in_family(n: int, listed: Sequence[design.Proposal]) -> np.ndarray:
    """Log of how many ways there are to belong to the texts that a node stands for.

    One for a source that nobody names: what the size of a family says of that is fitted.
    """
    named = [max(1.0, len(each.members) - 1.0) if each.name else 1.0 for each in listed]
    return np.log([1.0] * n + named)


def _in_small(edge: np.ndarray, n: int) -> np.ndarray:
    """What counts otherwise in a small family, over the number of other texts."""
    columns = []
    for name in design.SMALL_NAMES:
        plain = name.split("|")[0]
        if plain in design.PAIR_NAMES:
            values = edge[:, :, design.EDGE_NAMES.index(plain)]
        else:
            # The two shares of a family add up to one.
            verbatim, reworded = f"{plain}|verbatim", f"{plain}|reworded"
            values = (
                edge[:, :, design.EDGE_NAMES.index(verbatim)]
                + edge[:, :, design.EDGE_NAMES.index(reworded)]
            )
        columns.append(values / (n - 1))
    return np.stack(columns, axis=-1)


def _from_absent(
    edge: np.ndarray,
    measured: features.Features,
    terms: design.PairTerms,
    proposal: design.Proposal,
    t: int,
    kinds: np.ndarray,
    growing: float,
) -> np.ndarray:
    """Features of the edge from an absent source to a text."""
    pairs = measured.measures.pairs_contained
    others = [s for s in proposal.members if s != t] or [s for s in range(measured.n) if s != t]
    alike = terms.log_bayes[others, t] + (pairs[others, t] + pairs[t, others]) / 2
    nearest = others[int(alike.argmax())]
    row = (edge[nearest, t] + edge[t, nearest]) / 2
    row[design.TURNS] = 0.0
    for name in _OF_THE_OTHER:
        row[design.EDGE_NAMES.index(name)] = 0.0
    best = max(graph_settings.LEAST_SHARE, float(np.delete(pairs[:, t], t).max()))
    union = max(graph_settings.LEAST_SHARE, float(measured.measures.shared_pairs[t]))
    gain = math.log(max(union, best) / best) if measured.n > graph_settings.PAIR else 0.0
    closer = _closer(pairs, t)
    lengths = np.log(measured.measures.n_words)
    # What either has alone: customers of one source each leave out and add.
    lost = 1.0 - max(float(pairs[nearest, t]), float(pairs[t, nearest]))
    own = {
        "absent|verbatim": kinds[0],
        "absent|reworded": kinds[1],
        "absent|rephrased": kinds[2],
        "absent_covered|verbatim": gain * kinds[0],
        "absent_covered|reworded": gain * kinds[1],
        "absent_closer|verbatim": closer * kinds[0],
        "absent_closer|reworded": closer * kinds[1],
        "absent_length": abs(float(lengths[t] - lengths.mean())),
        "absent_nearest": math.log(best),
        "absent|growing": 2.0 * growing - 1.0,
        "absent|small": 1.0 / (measured.n - 1),
        "absent_size": math.log(measured.n - 1) if proposal.name is None else 0.0,
        "absent_others": _others(terms.log_bayes, t) if proposal.name is None else 0.0,
        "absent_both_lost|growing": lost * growing,
        "absent_both_lost|shrinking": lost * (1.0 - growing),
        "absent_publishers": float(terms.publishers[nearest, t]),
        "credited": float(t in proposal.credited),
        "inherited": float(proposal.name is not None and t not in proposal.credited),
    }
    for name, value in own.items():
        row[design.EDGE_NAMES.index(name)] = value
    return row


def _closer(pairs: np.ndarray, t: int) -> float:
    """How much nearer a text is to its nearest than to the others, in nats.

    Children of one source are all about as near to each other; a text and the one that it was
    made from are nearer.
    """
    if len(pairs) <= graph_settings.PAIR:
        return 0.0
    alike = np.maximum(graph_settings.LEAST_SHARE, np.delete((pairs[:, t] + pairs[t]) / 2, t))
    ordered = np.sort(alike)
    return float(math.log(ordered[-1] / ordered[:-1].mean()))


def _others(log_bayes: np.ndarray, t: int) -> float:
    """How well a text is linked to the others of its family, its nearest aside; 0 is well.

    All that go back to one source have something of each other.
    """
    linked = np.sort(np.delete(log_bayes[:, t], t))[:-1]
    if len(linked) == 0:
        return 0.0
    return float(np.clip(linked / graph_settings.WELL_LINKED, -1.0, 1.0).mean() - 1.0)


def _roots(
    measured: features.Features,
    listed: Sequence[design.Proposal],
    kinds: np.ndarray,
    growing: float,
) -> np.ndarray:
    n = measured.n
    root = np.zeros((n + len(listed), len(design.ROOT_NAMES)))
    root[:n, : len(features.ROOT_NAMES)] = measured.root
    held = np.log(measured.measures.held)
    root[:n, design.ROOT_NAMES.index("holds|verbatim")] = held * kinds[0]
    root[:n, design.ROOT_NAMES.index("holds|reworded")] = held * kinds[1]
    # A first text that is there stands out: by its length, in the middle of all, by having
    # what the others share.
    lengths = np.log(measured.measures.n_words)
    pairs = measured.measures.pairs_contained
    central = np.sort((pairs + pairs.T).sum(axis=0) - 2 * np.diag(pairs)) / (2 * (n - 1))
    stands_out = float(central[-1] - central[-2])
    for name, value in (
        ("unnamed|verbatim", kinds[0]),
        ("unnamed|reworded", kinds[1]),
        ("unnamed_size", math.log(n / graph_settings.USUAL_TEXTS)),
        ("unnamed_pair", float(n == graph_settings.PAIR)),
        ("unnamed_longest|growing", float(lengths.max() - lengths.mean()) * growing),
        ("unnamed_longest|shrinking", float(lengths.max() - lengths.mean()) * (1 - growing)),
        ("unnamed_shortest|growing", float(lengths.mean() - lengths.min()) * growing),
        ("unnamed_central|verbatim", stands_out * kinds[0]),
        ("unnamed_central|reworded", stands_out * kinds[1]),
        ("unnamed_held|verbatim", float(held.max()) * kinds[0]),
        ("unnamed_held|reworded", float(held.max()) * kinds[1]),
    ):
        root[n, design.ROOT_NAMES.index(name)] = value
    root[n + 1 :, design.ROOT_NAMES.index("named")] = 1.0
    return root
