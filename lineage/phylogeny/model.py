"""The fitted model: from features to scores, probabilities and evidence."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import errors, packaged
from . import features, forests

# What the weights file must say; another version needs another program.
VERSION = 2

# A story's place among those that the model was fitted on: closeness, spread of lengths,
# log of the number of texts, share rephrased and log of the median length, each over the
# width in which stories are alike. Widths and the numbers below were chosen by
# cross-validation, that of the length and `HALF_TRUST` with sets left out in view as well.
PLACE_WIDTHS = (0.15, 0.2, 0.7, 0.25, 0.35)
# Lengths that differ more than this are not more unlike.
MAX_SPREAD = 1.0
# Nor are texts longer than this, in words: beyond, length tells the matter, not the kind.
MAX_LENGTH = 250.0
# With this many fitted stories of its kind a story's odds count half.
HALF_TRUST = 1.0


@dataclass(frozen=True)
class Model:
    """Fitted weights.

    Attributes
    ----------
    edge : ndarray of shape (len(EDGE_NAMES),)
        Nats per unit of each feature of an edge.
    root : ndarray of shape (len(ROOT_NAMES),)
    by_root : ndarray of shape (len(BY_ROOT_NAMES),)
    further_root : ndarray of shape (2,)
        Nats of each further root, in a verbatim and in a reworded story.
    temperature : float
        Factor on the log odds of a direction.
    min_p_edge : float
        An edge less probable than this is not drawn.
    places : ndarray of shape (n_stories, len(PLACE_WIDTHS))
        Of the fitted stories, in units of `PLACE_WIDTHS`.
    fitted_on : mapping
        File names with their sha256, numbers of cases and texts.
    """

    edge: np.ndarray
    root: np.ndarray
    by_root: np.ndarray
    further_root: np.ndarray
    temperature: float
    min_p_edge: float
    places: np.ndarray
    fitted_on: Mapping[str, Any]


@functools.cache
def load() -> Model:
    """Return the model that ships with the package."""
    return from_dict(packaged.read(__package__, "weights.json"), "weights.json")


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
    return Model(
        edge=_named(values, "edge", features.EDGE_NAMES, where),
        root=_named(values, "root", features.ROOT_NAMES, where),
        by_root=_named(values, "by_root", features.BY_ROOT_NAMES, where),
        further_root=_named(values, "further_root", ("verbatim", "reworded"), where),
        temperature=float(values["temperature"]),
        min_p_edge=float(values["min_p_edge"]),
        places=np.array(values["places"], dtype=float).reshape(-1, len(PLACE_WIDTHS)),
        fitted_on=values["fitted_on"],
    )


def _named(values: Mapping[str, Any], part: str, names: tuple[str, ...], where: str) -> np.ndarray:
    given = values.get(part, {})
    if set(given) != set(names):
        odd = ", ".join(sorted(set(given) ^ set(names)))
        raise errors.ConfigError(
            f"{where}: features of {part} do not fit this version: {odd}; fit the weights again"
        )
    return np.array([given[name] for name in names], dtype=float)


def to_dict(model: Model) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    return {
        "version": VERSION,
        "fitted_on": dict(model.fitted_on),
        "min_p_edge": model.min_p_edge,
        "temperature": model.temperature,
        "edge": _plain(features.EDGE_NAMES, model.edge),
        "root": _plain(features.ROOT_NAMES, model.root),
        "by_root": _plain(features.BY_ROOT_NAMES, model.by_root),
        "further_root": _plain(("verbatim", "reworded"), model.further_root),
        "places": [[round(float(x), 2) for x in row] for row in model.places],
    }


def _plain(names: tuple[str, ...], weights: np.ndarray) -> dict[str, float]:
    return {name: round(float(x), 5) for name, x in zip(names, weights, strict=True)}


def score(found: features.Features, model: Model | None = None) -> forests.Scores:
    """Weigh the features.

    Parameters
    ----------
    found : Features
    model : Model, optional
        The packaged one where left out.

    Returns
    -------
    Scores
        In nats.
    """
    fitted = load() if model is None else model
    root = found.root @ fitted.root
    further = fitted.further_root @ np.array([found.verbatim, 1 - found.verbatim])
    return forests.Scores(
        edge=found.edge @ fitted.edge,
        root=root,
        further_root=root + further,
        by_root=found.by_root @ fitted.by_root,
    )


def place(found: features.Features) -> np.ndarray:
    """Return where a story stands among all, shape (5,), in units of `PLACE_WIDTHS`."""
    spread = min(found.spread, MAX_SPREAD)
    length = min(float(np.median(found.measures.n_words)), MAX_LENGTH)
    plain = (found.closeness, spread, math.log(found.n), found.rephrased, math.log(length))
    return np.array(plain) / PLACE_WIDTHS


def familiarity(found: features.Features, model: Model | None = None) -> float:
    """Count the fitted stories that are like this one.

    Parameters
    ----------
    found : Features
    model : Model, optional

    Returns
    -------
    float
        Sum of a Gaussian kernel over their places; near zero for an unseen kind.
    """
    fitted = load() if model is None else model
    apart = fitted.places - place(found)
    return float(np.exp(-0.5 * (apart**2).sum(axis=1)).sum())


def p_direction(
    posterior: forests.Posterior, found: features.Features, model: Model | None = None
) -> np.ndarray:
    """Tell how sure the direction of each edge is, given that there is one.

    Parameters
    ----------
    posterior : Posterior
    found : Features
    model : Model, optional

    Returns
    -------
    ndarray of shape (n, n)
        ``[s, t]``: probability that `s` is the older one; with ``[t, s]`` it adds up to
        one. Close to one half in a story of a kind that the model has not seen.
    """
    return 1.0 / (1.0 + np.exp(-trust(found, model) * _log_odds(posterior)))


def trust(found: features.Features, model: Model | None = None) -> float:
    """Return the factor that the log odds of a direction are worth in this story."""
    fitted = load() if model is None else model
    near = familiarity(found, fitted)
    return fitted.temperature * near / (near + HALF_TRUST)


def _log_odds(posterior: forests.Posterior) -> np.ndarray:
    log_edge = np.log(np.maximum(posterior.edge, 1e-12))
    return log_edge - log_edge.T
