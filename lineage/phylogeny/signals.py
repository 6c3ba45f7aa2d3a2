"""What the fitted model says of one edge, as evidence with numbers a reader can check."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..evidence.row import Evidence
from . import features, forests, model

_NATS_PER_BIT = math.log(2.0)
# A signal smaller than this changes nothing that is shown.
_SHOWN_BITS = 0.005
# Which features make up which signal, by the name before the bar; what is left over is
# the neighbourhood.
_OVERLAP = (
    "target_words_contained",
    "target_pairs_contained",
    "source_pairs_contained",
    "target_rare_contained",
    "held_by_few",
    "longest_run",
    "constant",
)
_DIRECTION = {
    "growth": ("growth", "growth_by_spread", "side_length"),
    "inserted_blocks": ("inserted_words", "side_inserted_words", "side_insertions"),
    "later_years": ("later_day", "more_days", "recent_days", "side_days"),
    "centre": ("degree", "isolation"),
    "headings": ("headings",),
    "misspellings": ("mended", "side_mended"),
}
_BY_ROOT = {
    "lost_words_return": ("lost_words_return",),
    "root_fan_out": ("from_root", "from_root_in_large"),
}


@dataclass(frozen=True)
class Weighed:
    """Signals of all edges of a story, in bits.

    Attributes
    ----------
    found : Features
    posterior : Posterior
    link : ndarray of shape (n, n)
        ``[source, target]``: what the two share, against `target` having no parent here.
    parent_choice : ndarray of shape (n, n)
        How they lie to each other among all texts.
    direction : dict of str to ndarray of shape (n, n)
        By signal; what speaks for an edge speaks as much against its reverse.
    """

    found: features.Features
    posterior: forests.Posterior
    link: np.ndarray
    parent_choice: np.ndarray
    direction: dict[str, np.ndarray]

    def rows(self, source: int, target: int) -> list[Evidence]:
        """List the signals of one edge.

        Parameters
        ----------
        source, target : int
            Indices of the story's texts.

        Returns
        -------
        list of Evidence
            Those that weigh anything.
        """
        edge = source, target
        measures = self.found.measures
        shared = float(measures.words_contained[edge])
        longest = int(measures.longest_run[edge])
        nearer = int(measures.rank[edge])
        listed = [
            Evidence(
                "overlap",
                "link",
                float(self.link[edge]),
                f"{shared:.0%} of the words are in the other; longest run {longest}",
            ),
            Evidence(
                "neighbourhood",
                "parent_choice",
                float(self.parent_choice[edge]),
                f"{nearer} of {self.found.n - 2} other texts are nearer to it",
            ),
        ]
        for signal, bits in self.direction.items():
            said = _DETAILS[signal](self, source, target)
            listed.append(Evidence(signal, "direction", float(bits[edge]), said))
        return [row for row in listed if abs(row.weight_bits) >= _SHOWN_BITS]


def weigh(
    found: features.Features, scores: forests.Scores, posterior: forests.Posterior
) -> Weighed:
    """Add up the model's features of every edge to a few named signals.

    Parameters
    ----------
    found : Features
    scores : Scores
    posterior : Posterior
        Where the root is uncertain, what depends on it is averaged.

    Returns
    -------
    Weighed
    """
    fitted = model.load()
    plain = [name.split("|")[0] for name in features.EDGE_NAMES]
    grouped = {*_OVERLAP, *(name for names in _DIRECTION.values() for name in names)}
    rest = [name for name in plain if name not in grouped]
    without = scores.further_root[None, :] / _NATS_PER_BIT
    direction = {
        signal: _antisymmetric(_bits(found.edge, fitted.edge, plain, names))
        for signal, names in _DIRECTION.items()
    }
    plain_by_root = [name.split("|")[0] for name in features.BY_ROOT_NAMES]
    for signal, names in _BY_ROOT.items():
        under_each = _bits(found.by_root, fitted.by_root, plain_by_root, names)
        direction[signal] = _antisymmetric(np.einsum("r,rst->st", posterior.root, under_each))
    return Weighed(
        found,
        posterior,
        _bits(found.edge, fitted.edge, plain, _OVERLAP) - without,
        _bits(found.edge, fitted.edge, plain, rest),
        direction,
    )


def _bits(
    values: np.ndarray, weights: np.ndarray, plain: Sequence[str], names: Sequence[str]
) -> np.ndarray:
    chosen = np.array([name in names for name in plain])
    return np.asarray(values[..., chosen] @ weights[chosen] / _NATS_PER_BIT)


def _antisymmetric(bits: np.ndarray) -> np.ndarray:
    return (bits - bits.T) / 2


def _growth(weighed: Weighed, source: int, target: int) -> str:
    n_words = weighed.found.measures.n_words
    longer = int(n_words[target] - n_words[source])
    return f"{abs(longer)} words {'longer' if longer >= 0 else 'shorter'}"


def _inserted(weighed: Weighed, source: int, target: int) -> str:
    inserted = weighed.found.measures.inserted_words
    new, gone = int(inserted[source, target]), int(inserted[target, source])
    return f"{new} words in whole passages are new, {gone} are gone"


def _later(weighed: Weighed, source: int, target: int) -> str:
    last = weighed.found.measures.last_day
    return f"last mentions {_said(last[target])}, the other {_said(last[source])}"


def _said(day: float) -> str:
    """Year and, where it is known, month of a day as `changes` counts them."""
    if day <= 0:
        return "no year"
    year = int(day)
    month = int((day - year) * 12 + 1e-6) + 1
    return str(year) if day == year else f"{year}-{month:02}"


def _centre(weighed: Weighed, source: int, target: int) -> str:
    degree = weighed.found.measures.degree
    return (
        f"{int(degree[source])} neighbours in the tree of least distances, "
        f"the other {int(degree[target])}"
    )


def _headings(weighed: Weighed, source: int, target: int) -> str:
    n_headings = weighed.found.measures.n_headings
    return f"{int(n_headings[target])} headings, the other {int(n_headings[source])}"


def _misspellings(weighed: Weighed, source: int, target: int) -> str:
    mended = int(weighed.found.measures.mended[source, target])
    if mended == 0:
        return "of the texts on its side more misspellings are mended, or fewer"
    return f"{abs(mended)} misspellings {'mended' if mended > 0 else 'made'} on balance"


def _returning(weighed: Weighed, source: int, target: int) -> str:
    first = int(weighed.posterior.root.argmax())
    between = weighed.found.measures.common_between[first]
    return (
        f"has {int(between[source, target])} word pairs of the likeliest first text that the "
        f"source lacks; the other way round {int(between[target, source])}"
    )


def _fan_out(weighed: Weighed, source: int, target: int) -> str:
    root = weighed.posterior.root
    return f"the source is the first text with p {root[source]:.2f}, the other {root[target]:.2f}"


_DETAILS = {
    "growth": _growth,
    "inserted_blocks": _inserted,
    "later_years": _later,
    "centre": _centre,
    "headings": _headings,
    "misspellings": _misspellings,
    "lost_words_return": _returning,
    "root_fan_out": _fan_out,
}
