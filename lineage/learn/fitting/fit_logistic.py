"""Fit the weights of a `fit_logistic.Logistic`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from ...weights import logistic

# What it costs that a feature moves the log odds by one for each of its standard deviations.
PRICE = 1.0
# A feature that is the same in all rows has no weight.
MIN_SPREAD = 1e-9
MAX_STEPS = 60
SMALL_STEP = 1e-7


def fit(
    features: np.ndarray,
    right: np.ndarray,
    names: Sequence[str],
    weights: np.ndarray | None = None,
    *,
    price: float = PRICE,
    never_against: Collection[str] = (),
) -> logistic.Logistic:
    """Find the weights under which what was right is least surprising.

    Parameters
    ----------
    features : ndarray of shape (n, n_features)
    right : ndarray of shape (n,), bool
    names : sequence of str
        Of the features.
    weights : ndarray of shape (n,), optional
        How much each row counts; all alike where left out.
    price : float
        Of the square of each weight, half of it, in nats, features counted in standard
        deviations; the constant is free.
    never_against : collection of str
        Features of which more can only speak for it: what would weigh less than nothing
        weighs nothing.

    Returns
    -------
    Logistic

    References
    ----------
    .. [1] S. le Cessie, J. van Houwelingen, "Ridge estimators in logistic regression", 1992;
       solved by Newton's method.
    """
    found = _fit(features, right, names, weights, price)
    odd = [k for k, name in enumerate(names) if name in never_against and found.weights[k] < 0]
    while odd:
        worst = min(odd, key=lambda k: float(found.weights[k] * features[:, k].std()))
        features = np.where(np.arange(len(names)) == worst, 0.0, features)
        found = _fit(features, right, names, weights, price)
        odd = [k for k, name in enumerate(names) if name in never_against and found.weights[k] < 0]
    return found


def _fit(
    features: np.ndarray,
    right: np.ndarray,
    names: Sequence[str],
    weights: np.ndarray | None,
    price: float,
) -> logistic.Logistic:
    middle, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > MIN_SPREAD, spread, np.inf)
    given = np.column_stack([(features - middle) / spread, np.ones(len(features))])
    counts = np.ones(len(right)) if weights is None else weights
    ridge = np.full(given.shape[1], price)
    ridge[-1] = 1e-6
    found = np.zeros(given.shape[1])
    for _ in range(MAX_STEPS):
        p = logistic.probability(given @ found)
        slope = given.T @ (counts * (p - right)) + ridge * found
        curve = (given * (counts * p * (1 - p))[:, None]).T @ given + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        found = found - step
        if np.abs(step).max() < SMALL_STEP:
            break
    weight = found[:-1] / spread
    return logistic.Logistic(tuple(names), weight, float(found[-1] - weight @ middle))


def surprise(p: np.ndarray, right: np.ndarray) -> float:
    """Return the mean surprise, in nats, at what was right."""
    said = np.where(right, p, 1.0 - p)
    return float(-np.log(np.maximum(said, 1e-9)).mean())
