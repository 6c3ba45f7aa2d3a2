"""What is known of a family of texts, as numbers: one row for every edge and root that can be.

The nodes of a family are its texts and proposals of absent sources: the sources that its
texts name, and one that nobody names, behind all of them. docs/model.md defines every
feature.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..phylogeny import features

# --- features of an edge, after those of `phylogeny` --------------------------------------
# Evidence on the pair alone, in nats.
PAIR_NAMES = (
    "log_bayes",
    "explained_most",
    "explained_least",
    "narrated",
    "spoken",
    "cited",
    "quoted",
    "style_growth",
    "causes",
    "readings",
)
# In a family of two or three little of its structure can be seen, and what two texts share
# counts otherwise: these enter a second time, over the number of other texts.
SMALL_NAMES = (
    "constant|small",
    "log_bayes|small",
    "explained_most|small",
    "explained_least|small",
    "narrated|small",
    "spoken|small",
    "target_pairs_contained|small",
    "source_pairs_contained|small",
    "target_rare_contained|small",
    "longest_run|small",
)
# Of an edge from an absent source. It is as probable as the link of the text to its nearest
# relative, which hangs on no other edge, and these on top.
ABSENT_NAMES = (
    "absent|verbatim",
    "absent|reworded",
    "absent|rephrased",
    "absent_covered|verbatim",
    "absent_covered|reworded",
    "absent_closer|verbatim",
    "absent_closer|reworded",
    "absent_length",
    "absent_nearest",
    "absent_from_root",
    "absent|growing",
    "absent|small",
    "absent_both_lost|growing",
    "absent_both_lost|shrinking",
    "absent_publishers",
    "credited",
    "inherited",
)
EDGE_NAMES = (*features.EDGE_NAMES, *PAIR_NAMES, *SMALL_NAMES, *ABSENT_NAMES)
# --- features of a root, after those of `phylogeny` ---------------------------------------
ROOT_NAMES = (
    # Weights are kept by name: no feature of a root may be called like one of an edge.
    *(f"root_{name}" if name in EDGE_NAMES else name for name in features.ROOT_NAMES),
    "holds|verbatim",
    "holds|reworded",
    "unnamed|verbatim",
    "unnamed|reworded",
    "unnamed_size",
    "unnamed_pair",
    "unnamed_longest|growing",
    "unnamed_longest|shrinking",
    "unnamed_shortest|growing",
    "unnamed_central|verbatim",
    "unnamed_central|reworded",
    "unnamed_held|verbatim",
    "unnamed_held|reworded",
    "named",
)
BY_ROOT_NAMES = features.BY_ROOT_NAMES
FURTHER_NAMES = ("further|verbatim", "further|reworded", "further_named")
NAMES = (*EDGE_NAMES, *ROOT_NAMES, *BY_ROOT_NAMES, *FURTHER_NAMES)

N_STRUCTURE = len(features.EDGE_NAMES)
# What says that a text has a relative; what follows is of absent sources alone.
N_LINK = N_STRUCTURE + len(PAIR_NAMES) + len(SMALL_NAMES)
FROM_ROOT = EDGE_NAMES.index("absent_from_root")
# Features that change their sign with the direction of an edge.
TURNS = np.array(
    [
        name.split("|")[0] in {*features.DIRECTION_NAMES, "style_growth", "causes"}
        for name in EDGE_NAMES
    ]
)
# A share below one in fifty is like none.
LEAST_SHARE = 0.02
# Families are found with the whole price of a large collection; inside one it counts this much,
# or a family would fall apart beside strangers. In full, edge_f1 of the invented stories fell
# from .86 to .27 beside 10 to 640 of them (cross-validation); at this share it is .85, and at
# none the reports of one event look like relatives.
SIZE_SHARE = 0.15
# Texts of a family of the usual size.
USUAL_TEXTS = 8


@dataclass(frozen=True)
class Proposal:
    """A source that was not handed in.

    Attributes
    ----------
    name : str or None
        As credited; None for the one that nobody names.
    members : tuple of int
        Texts that may be made from it, ascending.
    credited : frozenset of int
        Those of them that name it.
    """

    name: str | None
    members: tuple[int, ...]
    credited: frozenset[int] = frozenset()


# Compared as objects: arrays have no truth.
@dataclass(frozen=True, eq=False)
class Design:
    """Features of every edge and root of a family of `n` texts and `m` proposals.

    Attributes
    ----------
    edge : ndarray of shape (n + m, n, len(EDGE_NAMES))
        ``[source, target]``.
    possible : ndarray of shape (n + m, n), bool
        Which edges can be.
    prior : ndarray of shape (n + m,)
        Log of the odds that a text was made from each node, before looking: from a certain text,
        or from a source that stands behind as many as are here; `SIZE_SHARE` of what the size
        of the collection says.
    root : ndarray of shape (n + m, len(ROOT_NAMES))
    by_root : ndarray of shape (n, n, n, len(BY_ROOT_NAMES))
        ``[root, source, target]``.
    kinds : ndarray of shape (2,)
        By how much the family is verbatim, and reworded.
    proposals : tuple of Proposal
        The unnamed one first, then the named ones.
    measured : Features
    n_others : int
        Texts of the collection that a text may be made from.
    """

    edge: np.ndarray
    possible: np.ndarray
    prior: np.ndarray
    root: np.ndarray
    by_root: np.ndarray
    kinds: np.ndarray
    proposals: tuple[Proposal, ...]
    measured: features.Features
    n_others: int

    @property
    def n(self) -> int:
        """Texts of the family."""
        return self.measured.n

    @property
    def n_named(self) -> int:
        """Proposals that have a name."""
        return len(self.proposals) - 1


@dataclass(frozen=True, eq=False)
class PairTerms:
    """What pairs of a family say on their own, in nats if not said otherwise; all (n, n).

    Attributes
    ----------
    log_bayes : ndarray
        That the two are linked; symmetric.
    explained_most, explained_least : ndarray
        Share of the narration of the better, and of the less, explained text that the other
        accounts for, word for word or by its rare words, in tenths above .3; symmetric.
    narrated : ndarray
        Log of the larger share of either text's own narration that stands in the other, against
        a usual one; symmetric.
    spoken : ndarray
        Share of the words in common runs that somebody said, in [0, 1]; symmetric.
    cited, quoted : ndarray
        One where either text names the publisher of the other, and where it puts the other's
        own narration in quotation marks; symmetric.
    growth, causes : ndarray
        ``[s, t]``: that `s` was there before `t`; the growth is antisymmetric, the causes are
        logs of twice a probability.
    readings : ndarray
        That `t` follows `s` and not another candidate.
    publishers : ndarray
        One where two publishers are known and are two, minus one where they are one; symmetric.
    """

    log_bayes: np.ndarray
    explained_most: np.ndarray
    explained_least: np.ndarray
    narrated: np.ndarray
    spoken: np.ndarray
    cited: np.ndarray
    quoted: np.ndarray
    growth: np.ndarray
    causes: np.ndarray
    readings: np.ndarray
    publishers: np.ndarray


def no_terms(n: int) -> PairTerms:
    """Terms of a family of which nothing but the words is known."""
    return PairTerms(*(np.zeros((n, n)) for _ in dataclasses.fields(PairTerms)))


def build(
    measured: features.Features,
    terms: PairTerms,
    proposals: Sequence[Proposal] = (),
    *,
    n_collection: int,
    theta: float = 1.0,
    growing: float = 0.5,
) -> Design:
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

    Returns
    -------
    Design
    """
    n = measured.n
    every = tuple(range(n))
    listed = (Proposal(None, every), *proposals)
    size = n + len(listed)
    kinds = np.array([measured.verbatim, 1 - measured.verbatim, measured.rephrased])
    edge = np.zeros((size, n, len(EDGE_NAMES)))
    edge[:n, :, :N_STRUCTURE] = measured.edge
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
    edge[:n, :, N_STRUCTURE : N_STRUCTURE + len(PAIR_NAMES)] = np.stack(stacked, axis=-1)
    edge[:n, :, N_STRUCTURE + len(PAIR_NAMES) : N_LINK] = _in_small(edge[:n], n)
    edge[every, every] = 0.0
    possible = np.zeros((size, n), dtype=bool)
    possible[:n] = ~np.eye(n, dtype=bool)
    for k, proposal in enumerate(listed):
        for t in proposal.members:
            possible[n + k, t] = True
            edge[n + k, t] = _from_absent(edge, measured, terms, proposal, t, kinds, growing)
    return Design(
        edge,
        possible,
        SIZE_SHARE * math.log(theta / max(1, n_collection - 1)) + _in_family(n, listed),
        _roots(measured, listed, kinds, growing),
        measured.by_root,
        kinds[:2],
        listed,
        measured,
        max(1, n_collection - 1),
    )


def _in_family(n: int, listed: Sequence[Proposal]) -> np.ndarray:
    """Log of how many ways there are to belong to the texts that a node stands for."""
    return np.log([1.0] * n + [max(1.0, len(each.members) - 1.0) for each in listed])


def _in_small(edge: np.ndarray, n: int) -> np.ndarray:
    """What counts otherwise in a small family, over the number of other texts."""
    columns = []
    for name in SMALL_NAMES:
        plain = name.split("|")[0]
        if plain in PAIR_NAMES:
            values = edge[:, :, EDGE_NAMES.index(plain)]
        else:
            # The two shares of a family add up to one.
            verbatim, reworded = f"{plain}|verbatim", f"{plain}|reworded"
            values = edge[:, :, EDGE_NAMES.index(verbatim)] + edge[:, :, EDGE_NAMES.index(reworded)]
        columns.append(values / (n - 1))
    return np.stack(columns, axis=-1)


def _from_absent(
    edge: np.ndarray,
    measured: features.Features,
    terms: PairTerms,
    proposal: Proposal,
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
    row[TURNS] = 0.0
    row[EDGE_NAMES.index("readings")] = 0.0
    best = max(LEAST_SHARE, float(np.delete(pairs[:, t], t).max()))
    union = max(LEAST_SHARE, float(measured.measures.shared_pairs[t]))
    gain = math.log(max(union, best) / best) if measured.n > 2 else 0.0
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
        "absent_both_lost|growing": lost * growing,
        "absent_both_lost|shrinking": lost * (1.0 - growing),
        "absent_publishers": float(terms.publishers[nearest, t]),
        "credited": float(t in proposal.credited),
        "inherited": float(proposal.name is not None and t not in proposal.credited),
    }
    for name, value in own.items():
        row[EDGE_NAMES.index(name)] = value
    return row


def _closer(pairs: np.ndarray, t: int) -> float:
    """How much nearer a text is to its nearest than to the others, in nats.

    Children of one source are all about as near to each other; a text and the one that it was
    made from are nearer.
    """
    if len(pairs) < 3:
        return 0.0
    alike = np.maximum(LEAST_SHARE, np.delete((pairs[:, t] + pairs[t]) / 2, t))
    ordered = np.sort(alike)
    return float(math.log(ordered[-1] / ordered[:-1].mean()))


def _roots(
    measured: features.Features, listed: Sequence[Proposal], kinds: np.ndarray, growing: float
) -> np.ndarray:
    n = measured.n
    root = np.zeros((n + len(listed), len(ROOT_NAMES)))
    root[:n, : len(features.ROOT_NAMES)] = measured.root
    held = np.log(measured.measures.held)
    root[:n, ROOT_NAMES.index("holds|verbatim")] = held * kinds[0]
    root[:n, ROOT_NAMES.index("holds|reworded")] = held * kinds[1]
    # A first text that is there stands out: by its length, in the middle of all, by having
    # what the others share.
    lengths = np.log(measured.measures.n_words)
    pairs = measured.measures.pairs_contained
    central = np.sort((pairs + pairs.T).sum(axis=0) - 2 * np.diag(pairs)) / (2 * (n - 1))
    stands_out = float(central[-1] - central[-2])
    for name, value in (
        ("unnamed|verbatim", kinds[0]),
        ("unnamed|reworded", kinds[1]),
        ("unnamed_size", math.log(n / USUAL_TEXTS)),
        ("unnamed_pair", float(n == 2)),
        ("unnamed_longest|growing", float(lengths.max() - lengths.mean()) * growing),
        ("unnamed_longest|shrinking", float(lengths.max() - lengths.mean()) * (1 - growing)),
        ("unnamed_shortest|growing", float(lengths.mean() - lengths.min()) * growing),
        ("unnamed_central|verbatim", stands_out * kinds[0]),
        ("unnamed_central|reworded", stands_out * kinds[1]),
        ("unnamed_held|verbatim", float(held.max()) * kinds[0]),
        ("unnamed_held|reworded", float(held.max()) * kinds[1]),
    ):
        root[n, ROOT_NAMES.index(name)] = value
    root[n + 1 :, ROOT_NAMES.index("named")] = 1.0
    return root


def without(design: Design, *names: str) -> Design:
    """Return the same family with some terms of its pairs left out.

    Parameters
    ----------
    design : Design
    *names : str
        Of `PAIR_NAMES`.

    Returns
    -------
    Design
    """
    edge = design.edge.copy()
    edge[:, :, [EDGE_NAMES.index(name) for name in names]] = 0.0
    return dataclasses.replace(design, edge=edge)
