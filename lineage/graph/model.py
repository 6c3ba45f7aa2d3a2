"""The fitted model: from what is known of a family to the weights of its forests."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..evidence.family import features
from ..weights import loader
from . import design, forests, graph_settings

# What the weights file must say; another version needs another program.
VERSION = 3

# A family's place among those that the model was fitted on: closeness, spread of lengths,
# log of the number of texts, share rephrased and log of the median length, each over the
# width in which families are alike. Widths and the numbers below were chosen by
# cross-validation, that of the length and `HALF_TRUST` with sets left out in view as well.
PLACE_WIDTHS = (0.15, 0.2, 0.7, 0.25, 0.35)


@dataclass(frozen=True)
class Model:
    """Fitted weights.

    Attributes
    ----------
    weights : ndarray of shape (len(design.NAMES),)
        Nats per unit of each feature.
    temperature : float
        Factor on the log odds of a direction that the structure of a family tells.
    places : ndarray of shape (n_families, len(PLACE_WIDTHS))
        Of the fitted families, in units of `PLACE_WIDTHS`.
    fitted_on : mapping
        File names with their sha256, numbers of cases and texts.
    """

    weights: np.ndarray
    temperature: float
    places: np.ndarray
    fitted_on: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Weighed:
    """The weights of all forests of a family, for each choice of named sources.

    Attributes
    ----------
    active : tuple of tuple of int
        The named proposals of each choice, as places in `Design.proposals`.
    nodes : tuple of ndarray of int
        The nodes of each choice: texts, the unnamed source, the active ones.
    scores : tuple of Scores
        Of these nodes.
    spared : tuple of ndarray of int
        For each proposal of a choice, the unnamed one first, the member whose link it does
        not pay: a source of one child would be nobody.
    """

    active: tuple[tuple[int, ...], ...]
    nodes: tuple[np.ndarray, ...]
    scores: tuple[forests.Scores, ...]
    spared: tuple[np.ndarray, ...]


@functools.cache
def load() -> Model:
    """Return the model that ships with the package."""
    return from_dict(loader.read("family.json"), "family.json")


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
    loader.check_version(values, VERSION, where)
    return Model(
        weights=loader.named(values, "weights", design.NAMES, where),
        temperature=float(values["temperature"]),
        places=np.array(values["places"], dtype=float).reshape(-1, len(PLACE_WIDTHS)),
        fitted_on=values["fitted_on"],
    )


def to_dict(model: Model) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    return {
        "version": VERSION,
        "fitted_on": dict(model.fitted_on),
        "temperature": model.temperature,
        "weights": {
            name: round(float(x), 5) for name, x in zip(design.NAMES, model.weights, strict=True)
        },
        "places": [[round(float(x), 2) for x in row] for row in model.places],
    }


def split(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Cut a weight vector into those of edges, roots, edges by root, and further roots."""
    ends = np.cumsum((len(design.EDGE_NAMES), len(design.ROOT_NAMES), len(design.BY_ROOT_NAMES)))
    edge, root, by_root, further = np.split(weights, ends)
    return edge, root, by_root, further


def choices(family: design.Design) -> list[tuple[int, ...]]:
    """List the sets of named proposals that may be the sources there are.

    Parameters
    ----------
    family : Design

    Returns
    -------
    list of tuple of int
        Places in `Design.proposals`, the empty set first. Of more than `MAX_NAMED` those
        with the fewest members are always taken for there.
    """
    named = range(1, len(family.proposals))
    by_size = sorted(named, key=lambda k: (-len(family.proposals[k].members), k))
    open_ones, given = (
        by_size[: graph_settings.MAX_NAMED],
        tuple(by_size[graph_settings.MAX_NAMED :]),
    )
    return [
        tuple(sorted((*chosen, *given)))
        for size in range(len(open_ones) + 1)
        for chosen in itertools.combinations(open_ones, size)
    ]


def weigh(family: design.Design, weights: np.ndarray) -> Weighed:
    """Weigh all forests of a family.

    Parameters
    ----------
    family : Design
    weights : ndarray of shape (len(design.NAMES),)

    Returns
    -------
    Weighed
        In nats.
    """
    of_edge, of_root, of_by_root, of_further = split(weights)
    n = family.n
    edge = np.where(family.possible, family.edge @ of_edge + family.prior[:, None], -np.inf)
    root = family.root @ of_root
    by_root = family.by_root @ of_by_root
    link = np.where(
        family.possible,
        family.edge[:, :, : design.N_LINK] @ of_edge[: design.N_LINK] + family.prior[:, None],
        -np.inf,
    )
    spared = np.array([int(row.argmax()) for row in link[n:]], dtype=np.int64)
    nearest = link[n:][np.arange(len(spared)), spared]
    # A source that can have no child, by what is known, has no link to spare.
    back = np.where(np.isfinite(nearest), nearest, 0.0)
    further = np.concatenate((root[:n] + family.kinds @ of_further[:2], of_further[2] - back))
    first = np.concatenate((root[:n], root[n:] - back))
    made = []
    for active in choices(family):
        shown = np.array([0, *active], dtype=np.int64)
        nodes = np.concatenate((np.arange(n), n + shown))
        size = len(nodes)
        of_nodes = np.full((size, size), -np.inf)
        of_nodes[:, :n] = edge[nodes]
        under = np.zeros((size, size, size))
        under[:n, :n, :n] = by_root
        # The unnamed source is the first root or not there.
        under[:, n, :] = -np.inf
        under[n, n, :] = of_edge[design.FROM_ROOT]
        of_first, of_more = first[nodes], further[nodes].copy()
        of_more[n] = 0.0
        made.append((active, nodes, forests.Scores(of_nodes, of_first, of_more, under), shown))
    return Weighed(
        tuple(each[0] for each in made),
        tuple(each[1] for each in made),
        tuple(each[2] for each in made),
        tuple(spared[each[3]] for each in made),
    )


def place(found: features.Features) -> np.ndarray:
    """Return where a family stands among all, shape (5,), in units of `PLACE_WIDTHS`."""
    spread = min(found.spread, graph_settings.MAX_SPREAD)
    length = min(float(np.median(found.measures.n_words)), graph_settings.MAX_LENGTH)
    plain = (found.closeness, spread, math.log(found.n), found.rephrased, math.log(length))
    return np.array(plain) / PLACE_WIDTHS


def familiarity(found: features.Features, model: Model) -> float:
    """Count the fitted families that are like this one.

    Parameters
    ----------
    found : Features
    model : Model

    Returns
    -------
    float
        Sum of a Gaussian kernel over their places; near zero for an unseen kind.
    """
    apart = model.places - place(found)
    return float(np.exp(-0.5 * (apart**2).sum(axis=1)).sum())


def trust(found: features.Features, model: Model) -> float:
    """Return the factor that the log odds of a direction are worth in this family.

    What structure tells it tells by third texts: of two texts alone it tells nothing. Tried by
    hand on folds, the best factor on families of 2, 3, 4 to 5 and 6 to 9 texts was .3, 0, .7
    and .9.
    """
    near = familiarity(found, model)
    others = (found.n - 2) / max(1, found.n - 1)
    return model.temperature * others * near / (near + graph_settings.MODEL_HALF_TRUST)
