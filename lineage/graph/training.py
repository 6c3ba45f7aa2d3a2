"""Weights that make true forests probable: penalised maximum likelihood."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .. import errors
from ..evidence.family import features
from . import design, graph_settings, likelihood, model

logger = logging.getLogger(__name__)

# Where weights start, in nats: evidence of pairs counts for what it says, and who names a
# source in a byline or dateline has it from there (four bits, two where it is not said). Who
# credits or quotes a text has seen it (two bits). Who names a source for the text as a whole has
# it from that source and not from one that nobody names (four bits).
START: Mapping[str, float] = {
    "log_bayes": 0.5,
    "explained_most": 0.5,
    "narrated": 0.3,
    "spoken": -1.0,
    "cited": 1.4,
    "quoted": 1.4,
    "style_growth": 1.0,
    "causes": 1.0,
    "readings": 0.5,
    "credited": 2.8,
    "inherited": 1.4,
    "absent_named_here": -2.8,
}
# Features of a root that say where a direction starts.
_OF_DIRECTION = frozenset((*features.DIRECTION_NAMES, "central", "nearest", "length"))
_MEASURED = frozenset(
    (
        *features.EDGE_NAMES,
        *design.ROOT_NAMES[: len(features.ROOT_NAMES)],
        *features.BY_ROOT_NAMES,
    )
)


@dataclass(frozen=True, eq=False)
class Family:
    """A family with a known lineage.

    Attributes
    ----------
    design : Design
    true : Forest
    share : float
        How much it counts.
    related : bool
        Whether there is an edge: independent reports do not make a kind familiar.
    """

    design: design.Design
    true: likelihood.Forest
    share: float
    related: bool


def fit(
    families: Sequence[Family],
    *,
    start: np.ndarray | None = None,
    tolerance: float = graph_settings.TOLERANCE,
) -> model.Model:
    """Find the weights that make the true forests most probable, at a price.

    Parameters
    ----------
    families : sequence of Family
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
    """
    try:
        from scipy import optimize
    except ImportError:
        raise errors.MissingExtraError(
            "fitting needs scipy: pip install 'article-lineage[fit]'"
        ) from None
    scale = _scale(families)
    price = _price()
    batches, single = _batches(families)
    origin = np.array([START.get(name, 0.0) for name in design.NAMES])

    def objective(standard: np.ndarray) -> tuple[float, np.ndarray]:
        off = standard - origin
        smooth = np.sqrt(off**2 + graph_settings.ROUNDED**2)
        value = price @ smooth + 0.5 * graph_settings.L2 * (off @ off)
        gradient = price * off / smooth + graph_settings.L2 * off
        weights = standard / scale
        for batch in batches:
            loss, slope = batch.negative_log(weights)
            value += loss
            gradient = gradient + slope / scale
        for each in single:
            loss, slope = likelihood.negative_log(each.design, each.true, weights)
            value += each.share * loss
            gradient = gradient + each.share * slope / scale
        return float(value), gradient

    found = optimize.minimize(
        objective,
        origin if start is None else start,
        jac=True,
        method="L-BFGS-B",
        options={
            "maxiter": graph_settings.MAX_ROUNDS,
            "maxcor": 30,
            "ftol": tolerance,
            "gtol": 1e-4,
        },
    )
    logger.info("%s after %s rounds, objective %.3f", found.message, found.nit, found.fun)
    kept = np.where(
        (np.abs(found.x - origin) < graph_settings.TRAINING_LEAST_WEIGHT) & (price > 0),
        origin,
        found.x,
    )
    return model.Model(
        weights=kept / scale,
        temperature=1.0,
        places=np.array([model.place(each.design.measured) for each in families if each.related]),
        fitted_on={},
    )


def _batches(families: Sequence[Family]) -> tuple[list[likelihood.Batch], list[Family]]:
    """Put families of one size together, those with named sources aside."""
    single = [each for each in families if each.design.n_named > 0]
    by_size: dict[int, list[Family]] = {}
    for each in families:
        if each.design.n_named == 0:
            by_size.setdefault(each.design.n, []).append(each)
    batches = []
    for n, listed in sorted(by_size.items()):
        at_once = max(1, graph_settings.TRAINING_HELD // (n + 1) ** 4)
        for start in range(0, len(listed), at_once):
            part = listed[start : start + at_once]
            batches.append(
                likelihood.Batch(
                    [each.design for each in part],
                    [each.true for each in part],
                    [each.share for each in part],
                )
            )
    return batches, single


def standardised(families: Sequence[Family], fitted: model.Model) -> np.ndarray:
    """Return a model's weights in units of the spread of their features.

    Parameters
    ----------
    families : sequence of Family
    fitted : Model

    Returns
    -------
    ndarray of shape (N_WEIGHTS,)
    """
    return np.asarray(fitted.weights * _scale(families))


def _scale(families: Sequence[Family]) -> np.ndarray:
    return likelihood.scale([each.design for each in families], [each.share for each in families])


def _price() -> np.ndarray:
    listed = []
    for name in design.NAMES:
        if name in design.FURTHER_NAMES or name in design.PAIR_NAMES:
            listed.append(0.0)
        elif name.split("|")[0] in _OF_DIRECTION:
            listed.append(graph_settings.L1_DIRECTION)
        else:
            listed.append(graph_settings.L1 if name in _MEASURED else graph_settings.L1_ABSENT)
    return np.array(listed)
