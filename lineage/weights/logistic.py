"""A probability as a weighted sum: what the fitted models of sentences and passages are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .. import errors

# Beyond these odds, in nats, a probability is as good as certain.
MOST = 30.0
DIGITS = 4


@dataclass(frozen=True, eq=False)
class Logistic:
    """Weights of named features.

    Attributes
    ----------
    names : tuple of str
    weights : ndarray of shape (n_features,)
    constant : float
    """

    names: tuple[str, ...]
    weights: np.ndarray
    constant: float

    def log_odds(self, features: np.ndarray) -> np.ndarray:
        """Return the log odds, in nats, of each row of features; shape (..., n_features)."""
        return np.clip(features @ self.weights + self.constant, -MOST, MOST)

    def p(self, features: np.ndarray) -> np.ndarray:
        """Return the probability of each row of features."""
        return probability(self.log_odds(features))


def probability(log_odds: np.ndarray) -> np.ndarray:
    """Return the probabilities of log odds in nats."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -MOST, MOST))))


def from_dict(values: Mapping[str, float], names: Sequence[str], where: str) -> Logistic:
    """Make a model from the contents of a weights file.

    Parameters
    ----------
    values : mapping of str to float
        As `to_dict` writes them.
    names : sequence of str
        The features that this program measures, in its order.
    where : str
        Name of the file, for messages.

    Raises
    ------
    ConfigError
        If a feature is missing or unknown.
    """
    odd = sorted(set(values) ^ {"constant", *names})
    if odd:
        raise errors.ConfigError(
            f"{where}: {', '.join(odd)} missing or unknown; fit the weights again"
        )
    weights = np.array([float(values[name]) for name in names])
    return Logistic(tuple(names), weights, float(values["constant"]))


def to_dict(model: Logistic) -> dict[str, float]:
    """Return what a weights file holds, as plain values."""
    numbers = zip(model.names, model.weights.tolist(), strict=True)
    return {
        **{name: round(value, DIGITS) for name, value in numbers},
        "constant": round(model.constant, DIGITS),
    }
