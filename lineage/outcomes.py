"""How each pair of texts is related: one made from the other, a common source, or neither."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import articles, candidates, chains, dag, errors, lookup, packaged
from .infer import PairKey, Story

# Columns of the probabilities, in this order.
OUTCOMES = ("derived", "shared_source", "independent")
# What is measured of a pair: see `measure`. In a story left to the model of versions
# each has a second weight of its own, since its probabilities of edges mean other things.
MEASURED = (
    "constant",
    "link",
    "explained",
    "contained_more",
    "contained_less",
    "edge",
    "chain",
    "related",
)
FEATURES = (*MEASURED, *(f"{name}|versions" for name in MEASURED))
# Before the fit: of a link, what falls to the outcome that the graph shows, and what to
# the other; where it shows neither, both alike.
DRAWN_SHARE = 0.9
# No probability is further from the certain one when its log odds are taken.
LEAST = chains.LEAST
# What the weights file must say; another version needs another program.
VERSION = 1


@dataclass(frozen=True)
class Model:
    """Fitted weights.

    Attributes
    ----------
    weights : ndarray of shape (len(FEATURES), 3)
        What a unit of a feature adds to the log of each of `OUTCOMES`.
    fitted_on : mapping
        File names with their sha256, numbers of cases and texts.
    """

    weights: np.ndarray
    fitted_on: Mapping[str, Any]


@dataclass(frozen=True)
class Pairs:
    """What is known of the pairs of a trace, one entry each.

    Attributes
    ----------
    keys : tuple of (str, str)
        Article ids.
    drawn : tuple of str or None
        What the graph says: ``derived``, ``shared_source``, or None where it joins them
        in neither way.
    features : ndarray of shape (n_pairs, len(FEATURES))
    prior : ndarray of shape (n_pairs, 3)
        Log of what is to be expected of each of `OUTCOMES` before the features speak.
    """

    keys: tuple[PairKey, ...]
    drawn: tuple[str | None, ...]
    features: np.ndarray
    prior: np.ndarray


@functools.cache
def load() -> Model:
    """Return the model that ships with the package."""
    return from_dict(packaged.read(__package__, "outcomes.json"), "outcomes.json")


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
        If the version is another one, or a feature is missing or unknown.
    """
    packaged.check_version(values, VERSION, where)
    columns = []
    for outcome in OUTCOMES:
        given = values.get("weights", {}).get(outcome, {})
        if set(given) != set(FEATURES):
            odd = ", ".join(sorted(set(given) ^ set(FEATURES)))
            raise errors.ConfigError(
                f"{where}: features of {outcome} do not fit this version: {odd}; "
                "fit the weights again"
            )
        columns.append([float(given[name]) for name in FEATURES])
    return Model(np.array(columns).T, values["fitted_on"])


def to_dict(model: Model) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    return {
        "version": VERSION,
        "fitted_on": dict(model.fitted_on),
        "weights": {
            outcome: {
                name: round(float(x), 4)
                for name, x in zip(FEATURES, model.weights[:, k], strict=True)
            }
            for k, outcome in enumerate(OUTCOMES)
        },
    }


def measure(found: Mapping[PairKey, Any], stories: Sequence[Story]) -> Pairs:
    """Measure the pairs of a trace.

    Parameters
    ----------
    found : mapping of (article_id, article_id) to PairEvidence
        Every compared pair.
    stories : sequence of Story
        Their outcomes.

    Returns
    -------
    Pairs
        In the order of `found`.

    Notes
    -----
    ``link`` are the log odds of a link by the evidence on the pair alone; ``explained``
    the share of the better explained text that the other accounts for; ``contained_more``
    and ``contained_less`` the two shares of words in common runs. From the probabilities
    of all edges of the story come, as log odds, ``edge`` (the two are parent and child),
    ``chain`` (the likeliest chain of edges between the two holds) and ``related`` (that
    of the two which has fewer edges to expect has one).
    """
    above = _above(stories)
    placed = {
        document.article_id: (k, at)
        for k, story in enumerate(stories)
        for at, document in enumerate(story.documents)
    }
    spread = [_Spread(story) for story in stories]
    drawn: list[str | None] = []
    features, prior = [], []
    for (first, second), each in found.items():
        (one, at), (other, there) = placed[first], placed[second]
        of_story = spread[one].between(at, there) if one == other else (0.0, 0.0, 0.0)
        contained = (each.pair.containment_a, each.pair.containment_b)
        row = [
            1.0,
            log_odds(each.p_link),
            each.content.most,
            max(contained),
            min(contained),
            *(log_odds(p) for p in of_story),
        ]
        as_versions = one == other and spread[one].as_versions
        features.append([*row, *(row if as_versions else [0.0] * len(row))])
        drawn.append(_drawn(first, second, above))
        prior.append(_prior(each.p_link, drawn[-1]))
    return Pairs(
        tuple(found),
        tuple(drawn),
        np.array(features).reshape(-1, len(FEATURES)),
        np.array(prior).reshape(-1, len(OUTCOMES)),
    )


def probabilities(pairs: Pairs, model: Model | None = None) -> np.ndarray:
    """Tell how probable each outcome of each pair is.

    Parameters
    ----------
    pairs : Pairs
    model : Model, optional
        The packaged one where left out.

    Returns
    -------
    ndarray of shape (n_pairs, 3)
        Columns as `OUTCOMES`; rows add up to one.
    """
    fitted = load() if model is None else model
    logs = pairs.prior + pairs.features @ fitted.weights
    shares = np.exp(logs - logs.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def relations(found: Mapping[PairKey, Any], stories: Sequence[Story]) -> list[dict[str, Any]]:
    """Write the rows of the relations table.

    Parameters
    ----------
    found : mapping of (article_id, article_id) to PairEvidence
        Every compared pair.
    stories : sequence of Story

    Returns
    -------
    list of dict
        What the graph draws is the outcome; where it joins two texts in no way, they are
        independent or unrelated if that is the most probable, else undecided.
    """
    shown = _shown(found, stories)
    above = _above(stories)
    pairs = measure(found, stories)
    rows = []
    for (first, second), drawn, p in zip(
        pairs.keys, pairs.drawn, probabilities(pairs).tolist(), strict=True
    ):
        each = found[first, second]
        a, b = sorted((first, second))
        outcome = drawn
        if outcome is None:
            alike = _same_event(first, second, found, above)
            outcome = "independent" if alike else "unrelated"
            open_end = outcome == "independent" and frozenset((a, b)) in shown
            if p[2] < max(p) or open_end:
                outcome = "undecided"
        forward = each.pair.a.article_id == a
        rows.append(
            {
                "a": a,
                "b": b,
                "outcome": outcome,
                "p_derived": p[0],
                "p_shared_source": p[1],
                "p_independent": p[2],
                "shared_words": each.pair.shared_words,
                "containment_a": each.pair.containment_a if forward else each.pair.containment_b,
                "containment_b": each.pair.containment_b if forward else each.pair.containment_a,
            }
        )
    return rows


def _same_event(
    first: str, second: str, found: Mapping[PairKey, Any], above: Mapping[str, set[str]]
) -> bool:
    """Whether two texts, or any that they were made from, share enough to tell of one event.

    A short retelling has lost most of the names by which the event is known.
    """
    for one in (first, *sorted(above[first])):
        for other in (second, *sorted(above[second])):
            each = found.get((one, other)) or found.get((other, one))
            if each is not None and candidates.same_event(each.pair.a, each.pair.b):
                return True
    return False


def log_odds(p: float) -> float:
    """Natural log odds of a probability, held at `LEAST` and its complement."""
    inside = min(max(p, LEAST), 1.0 - LEAST)
    return math.log(inside / (1.0 - inside))


def _prior(p_link: float, drawn: str | None) -> list[float]:
    share = {"derived": DRAWN_SHARE, "shared_source": 1.0 - DRAWN_SHARE, None: 0.5}[drawn]
    linked = min(max(p_link, LEAST), 1.0 - LEAST)
    expected = (share * linked, (1.0 - share) * linked, 1.0 - linked)
    return [math.log(max(p, LEAST)) for p in expected]


def _above(stories: Sequence[Story]) -> dict[str, set[str]]:
    """All texts above each text, absent sources among them."""
    found: dict[str, set[str]] = {}
    for story in stories:
        ids = [each.article_id for each in story.documents]
        for at, places in enumerate(dag.ancestors(story.parents)):
            found[ids[at]] = {ids[p] for p in places}
            found[ids[at]] |= {
                f"{articles.ABSENT_PREFIX}{name}"
                for k in (at, *places)
                for name in story.attached.get(ids[k], ())
            }
    return found


def _drawn(first: str, second: str, above: Mapping[str, set[str]]) -> str | None:
    if first in above[second] or second in above[first]:
        return "derived"
    return "shared_source" if above[first] & above[second] else None


def _shown(found: Mapping[PairKey, Any], stories: Sequence[Story]) -> set[frozenset[str]]:
    """Pairs without an edge in which sentences of the one are shown in the other."""
    return {
        frozenset((story.documents[k].article_id, target.article_id))
        for story in stories
        for at, target in enumerate(story.documents)
        if not story.parents[at]
        for k in lookup.sources_of(story, at, found)
    }


class _Spread:
    """What the probabilities of a story's edges say of two of its texts."""

    def __init__(self, story: Story) -> None:
        self.as_versions = story.as_versions
        edge = np.clip(np.nan_to_num(story.marginals.edge), 0.0, 1.0)
        self._joined = np.minimum(edge + edge.T, 1.0)
        self._chain = chains.related(self._joined, story.parents)
        self._any = np.minimum(self._joined.sum(axis=0), 1.0)

    def between(self, at: int, there: int) -> tuple[float, float, float]:
        """Probability of an edge, of a chain of them, and of any edge of the lonelier one."""
        return (
            float(self._joined[at, there]),
            float(self._chain[at, there]),
            float(min(self._any[at], self._any[there])),
        )


__all__ = [
    "FEATURES",
    "OUTCOMES",
    "Model",
    "Pairs",
    "from_dict",
    "load",
    "measure",
    "probabilities",
    "relations",
    "to_dict",
]
