"""Weights that make true forests probable: penalised maximum likelihood."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .. import errors
from . import features, likelihood, model

logger = logging.getLogger(__name__)

# Price of a standardised weight: in proportion to its size, so that most become zero
# [1]_, and to its square. What tells a direction is dearer, since the sign of a
# direction turns with the genre. Chosen by cross-validation.
L1, L1_DIRECTION, L2 = 0.4, 0.52, 1.2
# Below this a weight is zero; the price is rounded off on the same scale.
LEAST_WEIGHT = 0.02
ROUNDED = 1e-2
# Half of the F1 that is reached, the threshold that maximises F1 [2]_.
MIN_P_EDGE = 0.45
MAX_ROUNDS = 300
# Relative gain at which a fit ends.
TOLERANCE = 1e-8
# Features of a root that say where a direction starts.
_OF_DIRECTION = frozenset((*features.DIRECTION_NAMES, "central", "nearest", "length"))


@dataclass(frozen=True, eq=False)
class Story:
    """A story with a known lineage.

    Attributes
    ----------
    features : Features
    true : Forest
    share : float
        How much it counts.
    related : bool
        Whether there is an edge: independent reports do not make a kind familiar.
    """

    features: features.Features
    true: likelihood.Forest
    share: float
    related: bool


def fit(
    stories: Sequence[Story], *, start: np.ndarray | None = None, tolerance: float = TOLERANCE
) -> model.Model:
    """Find the weights that make the true forests most probable, at a price.

    Parameters
    ----------
    stories : sequence of Story
    start : ndarray of shape (N_WEIGHTS,), optional
        Standardised weights to start from; the optimum does not depend on them.
    tolerance : float
        Relative gain at which to stop.

    Returns
    -------
    Model
        Of temperature one.

    Raises
    ------
    MissingExtraError
        If scipy is not installed.

    References
    ----------
    .. [1] R. Tibshirani, "Regression shrinkage and selection via the lasso", 1996.
    .. [2] Z. Lipton, C. Elkan, B. Naryanaswamy, "Optimal thresholding of classifiers to
       maximize F1 measure", 2014.
    """
    try:
        from scipy import optimize
    except ImportError:
        raise errors.MissingExtraError(
            "fitting needs scipy: pip install 'article-lineage[fit]'"
        ) from None
    scale = _scale(stories)
    price = _price()

    def objective(standard: np.ndarray) -> tuple[float, np.ndarray]:
        smooth = np.sqrt(standard**2 + ROUNDED**2)
        value = price @ smooth + 0.5 * L2 * (standard @ standard)
        gradient = price * standard / smooth + L2 * standard
        weights = standard / scale
        for each in stories:
            loss, slope = likelihood.negative_log(each.features, each.true, weights)
            value += each.share * loss
            gradient = gradient + each.share * slope / scale
        return float(value), gradient

    found = optimize.minimize(
        objective,
        np.zeros(likelihood.N_WEIGHTS) if start is None else start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": MAX_ROUNDS, "maxcor": 30, "ftol": tolerance, "gtol": 1e-4},
    )
    logger.info("%s after %s rounds, objective %.3f", found.message, found.nit, found.fun)
    kept = np.where((np.abs(found.x) < LEAST_WEIGHT) & (price > 0), 0.0, found.x)
    edge, root, by_root, further = likelihood.split(kept / scale)
    return model.Model(
        edge=edge,
        root=root,
        by_root=by_root,
        further_root=further,
        temperature=1.0,
        min_p_edge=MIN_P_EDGE,
        places=np.array([model.place(each.features) for each in stories if each.related]),
        fitted_on={},
    )


def standardised(stories: Sequence[Story], fitted: model.Model) -> np.ndarray:
    """Return a model's weights in units of the spread of their features.

    Parameters
    ----------
    stories : sequence of Story
    fitted : Model

    Returns
    -------
    ndarray of shape (N_WEIGHTS,)
    """
    raw = np.concatenate((fitted.edge, fitted.root, fitted.by_root, fitted.further_root))
    return np.asarray(raw * _scale(stories))


def _scale(stories: Sequence[Story]) -> np.ndarray:
    return likelihood.scale([each.features for each in stories], [each.share for each in stories])


def _price() -> np.ndarray:
    named = (*features.EDGE_NAMES, *features.ROOT_NAMES)
    listed = [L1_DIRECTION if name.split("|")[0] in _OF_DIRECTION else L1 for name in named]
    listed += [L1] * likelihood.N_BY_ROOT + [0.0] * likelihood.N_FURTHER
    return np.array(listed)
