"""Which texts are relatives: how probable what two have in common is with a link and without.

The evidence on a pair and the prior are kept apart. `log_bayes` says how much more probable
the likeness of two texts is where one was made from the other, or both from a third, than
where they are strangers. The prior is paid once a text: the odds that it belongs to a family
of m others, against being alone, are ``m theta / (n - 1)`` in a collection of n.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..match import background, candidates, likeness
from ..match.background import Background
from ..match.document import Document
from ..weights import loader
from . import dag, graph_settings, matters

VERSION = 1
# Where the slope of a feature's weight may change.
KNOTS: Mapping[str, tuple[float, ...]] = {
    "words_language": (2.0, 3.0),
    "words": (2.0, 3.0),
    "words_most": (0.1, 0.3),
    "names": (1.0, 2.0),
    "names_most": (0.2, 0.5),
    "numbers": (0.7, 1.4),
    "numbers_most": (0.3,),
    "facts": (1.0, 2.0),
    "pairs_language": (2.0, 3.0),
    "pairs": (1.5, 2.5),
    "pairs_most": (0.1, 0.3),
    "runs_language": (1.0, 2.0),
    "runs": (1.0, 2.0),
    "longest_language": (1.0, 2.0),
    # Ten words in a row, and twenty.
    "longest": (1.0, 1.8),
    "covered_most": (0.2, 0.5),
    "sentences_most": (1.0, 2.0),
    "best_sentence": (1.0, 2.0),
    # Four hundred words: what a long text has more of cannot weaken a link.
    "n_words_most": (6.0,),
}
TERMS = tuple(
    name if k == 0 else f"{name}>{KNOTS[name][k - 1]:g}"
    for name in likeness.NAMES
    for k in range(1 + len(KNOTS.get(name, ())))
)


@dataclass(frozen=True)
class Model:
    """Weights of the terms, in nats.

    Attributes
    ----------
    constant : float
    slopes : ndarray of shape (len(TERMS),), float64
    fitted_on : mapping
        Hashes of the cases.
    """

    constant: float
    slopes: np.ndarray
    fitted_on: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Links:
    """Pairs of texts that were looked at, and what speaks for a link of each.

    Attributes
    ----------
    n : int
        Texts of the collection.
    a, b : ndarray of shape (n_pairs,), int64
        Indices of the two documents, ``a < b``; in ascending order.
    log_bayes : ndarray of shape (n_pairs,), float64
        In nats, without the prior.
    features : ndarray of shape (n_pairs, len(likeness.NAMES)), float64
    """

    n: int
    a: np.ndarray
    b: np.ndarray
    log_bayes: np.ndarray
    features: np.ndarray

    @property
    def by_pair(self) -> dict[tuple[int, int], float]:
        """`log_bayes` by the indices of the two texts, the smaller first."""
        pairs = zip(self.a.tolist(), self.b.tolist(), strict=True)
        return dict(zip(pairs, self.log_bayes.tolist(), strict=True))


@functools.cache
def load() -> Model:
    """Return the weights that ship with the package."""
    return from_dict(loader.read("links.json"), "links.json")


def from_dict(values: Mapping[str, Any], where: str) -> Model:
    """Make a model from the contents of a weights file.

    Parameters
    ----------
    values : mapping
        As `to_dict` writes them.
    where : str
        Name of the file, for messages.

    Returns
    -------
    Model

    Raises
    ------
    ConfigError
        If the version is another one, or a term is missing or unknown.
    """
    loader.check_version(values, VERSION, where)
    slopes = loader.named(values, "slopes", TERMS, where)
    return Model(float(values["constant"]), slopes, values["fitted_on"])


def to_dict(model: Model) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    slopes = zip(TERMS, model.slopes.tolist(), strict=True)
    return {
        "version": VERSION,
        "fitted_on": dict(model.fitted_on),
        "constant": round(model.constant, 5),
        "slopes": {name: round(slope, 5) for name, slope in slopes},
    }


def terms(features: np.ndarray) -> np.ndarray:
    """Cut features at their knots, so that each part has a weight of its own.

    Parameters
    ----------
    features : ndarray of shape (n_pairs, len(likeness.NAMES))

    Returns
    -------
    ndarray of shape (n_pairs, len(TERMS))
        The parts of a feature add up to it.
    """
    columns = []
    for name, values in zip(likeness.NAMES, features.T, strict=True):
        knots = (*KNOTS.get(name, ()), math.inf)
        columns.append(np.minimum(values, knots[0]))
        for low, high in itertools.pairwise(knots):
            columns.append(np.clip(values, low, high) - low)
    return np.stack(columns, axis=1)


def log_bayes(features: np.ndarray, model: Model | None = None) -> np.ndarray:
    """Weigh what pairs have in common.

    Parameters
    ----------
    features : ndarray of shape (n_pairs, len(likeness.NAMES))
    model : Model, optional
        The packaged one where left out.

    Returns
    -------
    ndarray of shape (n_pairs,), float64
        Nats for a link.
    """
    fitted = load() if model is None else model
    found = terms(features) @ fitted.slopes + fitted.constant
    most = graph_settings.NOTHING_NATS + graph_settings.BIT_NATS * likeness.shared_bits(features)
    return np.asarray(np.minimum(found, most))


def measure(known: Background, pairs: np.ndarray) -> np.ndarray:
    """Measure pairs of texts, shape (n_pairs, len(likeness.NAMES)); see `likeness.measure`."""
    found = [likeness.measure(known, first, second) for first, second in pairs.tolist()]
    return np.array(found, dtype=np.float64).reshape(len(pairs), len(likeness.NAMES))


def find(
    documents: Sequence[Document], model: Model | None = None, known: Background | None = None
) -> Links:
    """Weigh a link of all pairs that are worth a look.

    Parameters
    ----------
    documents : sequence of Document
        In any order.
    model : Model, optional
        The packaged one where left out.
    known : Background, optional
        Of these documents, if it was counted already.

    Returns
    -------
    Links
    """
    counted = background.build(documents) if known is None else known
    pairs = candidates.find(counted)
    features = measure(counted, pairs)
    weighed = log_bayes(features, model)
    return Links(counted.n, pairs[:, 0], pairs[:, 1], weighed, features)


def apart(links: Links, barred: Sequence[bool]) -> Links:
    """Take back what shared words say of pairs whose words cannot be compared.

    Parameters
    ----------
    links : Links
    barred : sequence of bool
        Of each pair, whether its texts are in two languages: they share names and numbers,
        which every text of an event has.

    Returns
    -------
    Links
        Such a pair is linked by its words only where much of the one stands in the other word
        for word.
    """
    covered = links.features[:, likeness.NAMES.index("covered_most")]
    nothing = np.asarray(barred, dtype=bool) & (covered < graph_settings.LEAST_COVERED_APART)
    weighed = np.where(
        nothing, np.minimum(links.log_bayes, graph_settings.NOTHING_NATS), links.log_bayes
    )
    return dataclasses.replace(links, log_bayes=weighed)


def theta(links: Links) -> float:
    """Estimate the odds that a text of this collection has a relative in it.

    Parameters
    ----------
    links : Links

    Returns
    -------
    float
        One in a collection that tells nothing about it.

    Notes
    -----
    A few rounds of expectation and maximisation: how many texts have a relative, given the
    odds; then the odds, as if `HELD_TEXTS` more had and as many had none.
    """
    odds = 1.0
    for _ in range(graph_settings.N_ROUNDS):
        weight = np.exp(np.minimum(links.log_bayes + _log_prior(odds, links.n), 50.0))
        joined = np.bincount(links.a, weight, links.n) + np.bincount(links.b, weight, links.n)
        related = float((joined / (1.0 + joined)).sum())
        odds = (related + graph_settings.HELD_TEXTS) / (
            links.n - related + graph_settings.HELD_TEXTS
        )
    return odds


def _log_prior(odds: float, n: int) -> float:
    return math.log(odds / max(1, n - 1))


def p_link(links: Links) -> np.ndarray:
    """Return the probability of a link of each pair by itself, shape (n_pairs,).

    Parameters
    ----------
    links : Links

    Returns
    -------
    ndarray of float64
        With the prior of a collection of this size.
    """
    log_odds = links.log_bayes + _log_prior(theta(links), links.n)
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -700.0, 700.0))))


def families(
    links: Links,
    *,
    least: float = graph_settings.LEAST_RELATED,
    given: Sequence[tuple[int, int]] = (),
    p: np.ndarray | None = None,
) -> list[list[int]]:
    """Join texts by probable links.

    Parameters
    ----------
    links : Links
    least : float
        Pairs of this probability and more are joined, and so is a text with a family to which
        it belongs as probably.
    given : sequence of (int, int)
        Pairs that are joined whatever the probability.
    p : ndarray of shape (n_pairs,), optional
        The probability of each pair, where it is not that in a collection of these texts.

    Returns
    -------
    list of list of int
        Indices of the texts of each family, ascending; families by their first text. A text
        without relatives is a family of its own.

    Notes
    -----
    A text is made from one of a family or from another, so that the odds that it belongs to the
    family are the sum of those of its pairs. A text that alone joins texts which have nothing of
    each other, such as a digest, makes no family of them, see `matters.apart`.
    """
    p = p_link(links) if p is None else p
    joined = p >= least
    probable = zip(links.a[joined].tolist(), links.b[joined].tolist(), strict=True)
    pairs = [*probable, *given]
    odds = p / np.maximum(1.0 - p, 1e-12)
    while True:
        found = dag.components(links.n, pairs)
        more = _belonging(links, odds, found, least / (1.0 - least))
        if not more:
            return matters.apart(found, pairs, links.by_pair, given)
        pairs += more


def _belonging(
    links: Links, odds: np.ndarray, found: Sequence[Sequence[int]], least: float
) -> list[tuple[int, int]]:
    """List texts that belong to a family which is not theirs, each with its first text."""
    family_of = np.zeros(links.n, dtype=np.int64)
    for group in found:
        family_of[list(group)] = group[0]
    apart = family_of[links.a] != family_of[links.b]
    a, b, weight = links.a[apart], links.b[apart], odds[apart]
    texts, families_of = np.concatenate((a, b)), family_of[np.concatenate((b, a))]
    keys, place = np.unique(texts * links.n + families_of, return_inverse=True)
    summed = np.bincount(place, np.concatenate((weight, weight)), len(keys))
    return [divmod(int(key), links.n) for key in keys[summed >= least]]
