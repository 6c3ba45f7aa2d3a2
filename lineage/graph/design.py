"""What is known of a family of texts, as numbers: one row for every edge and root that can be.

The nodes of a family are its texts and proposals of absent sources: the sources that its
texts name, and one that nobody names, behind all of them. docs/model.md defines every
feature.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ..evidence.family import features

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
    "absent_size",
    "absent_others",
    "absent_both_lost|growing",
    "absent_both_lost|shrinking",
    "absent_publishers",
    "absent_named_here",
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
        or from a named source that stands behind as many as are here; `SIZE_SHARE` of what the
        size of the collection says.
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
