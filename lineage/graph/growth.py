"""Whether texts of a kind grow or shrink as they are passed on, and what this says of two of them.

Handbooks, encyclopedias and papers are kept up to date, and grow; news is cut and retold, and
shrinks. Nearly all that length and insertions say of a direction turns its sign between
the two, so it counts by how well the style of the texts tells which it is, and not at all
where no known texts are written like them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..evidence import places
from ..match import pairs
from ..match.document import Document
from ..match.pairs import Pair
from ..weights import loader
from . import graph_settings
from .wording import STYLE_NAMES, polish, style

# What the weights file must say; another version needs another program.
VERSION = 1


# What a pair holds, each with its sign; see `measure`.
MEASURE_NAMES = ("length", "inserted", "polish")

# Each weight belongs to a measure in one kind of texts.
WEIGHT_NAMES = (
    "length|growing",
    "length|cut",
    "length|retold",
    "inserted|growing",
    "inserted|shrinking",
    "polish|shrinking",
)


@dataclass(frozen=True)
class Model:
    """Fitted weights.

    Attributes
    ----------
    mean, spread : ndarray of shape (len(STYLE_NAMES),)
        Of the styles of the fitted pairs.
    style : ndarray of shape (len(STYLE_NAMES),)
        Nats for growing of each standard deviation of style.
    constant : float
    places : ndarray of shape (n_families, len(STYLE_NAMES))
        Styles of the fitted families, in standard deviations.
    weights : ndarray of shape (len(WEIGHT_NAMES),)
        Nats of each measure.
    fitted_on : mapping
        File names with their sha256, numbers of cases and texts.
    """

    mean: np.ndarray
    spread: np.ndarray
    style: np.ndarray
    constant: float
    places: np.ndarray
    weights: np.ndarray
    fitted_on: Mapping[str, Any]


@functools.cache
def load() -> Model:
    """Return the model that ships with the package."""
    return from_dict(loader.read("growth.json"), "growth.json")


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
        If the version is another one, or a name is missing or unknown.
    """
    loader.check_version(values, VERSION, where)
    return Model(
        mean=loader.named(values, "mean", STYLE_NAMES, where),
        spread=loader.named(values, "spread", STYLE_NAMES, where),
        style=loader.named(values, "style", STYLE_NAMES, where),
        constant=float(values["constant"]),
        places=np.array(values["places"], dtype=float).reshape(-1, len(STYLE_NAMES)),
        weights=loader.named(values, "weights", WEIGHT_NAMES, where),
        fitted_on=values["fitted_on"],
    )


def to_dict(model: Model) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    return {
        "version": VERSION,
        "fitted_on": dict(model.fitted_on),
        "constant": round(model.constant, 5),
        "mean": _plain(STYLE_NAMES, model.mean),
        "spread": _plain(STYLE_NAMES, model.spread),
        "style": _plain(STYLE_NAMES, model.style),
        "weights": _plain(WEIGHT_NAMES, model.weights),
        "places": [[round(float(x), 2) for x in row] for row in model.places],
    }


def _plain(names: Sequence[str], values: np.ndarray) -> dict[str, float]:
    return {name: round(float(x), 5) for name, x in zip(names, values, strict=True)}


def p_growing(style: np.ndarray, model: Model | None = None) -> float:
    """Tell how probably texts of a style grow as they are passed on.

    Parameters
    ----------
    style : ndarray of shape (len(STYLE_NAMES),)
    model : Model, optional
        The packaged one where left out.

    Returns
    -------
    float
        In [0, 1]; one half where no fitted texts are written like them.
    """
    fitted = load() if model is None else model
    place = standardise(style, fitted)
    odds = float(place @ fitted.style) + fitted.constant
    known = trust(place, fitted.places)
    return 0.5 + known * (_logistic(odds) - 0.5)


def standardise(style: np.ndarray, model: Model) -> np.ndarray:
    """Return a style in standard deviations, within bounds."""
    return np.asarray(
        np.clip(
            (style - model.mean) / model.spread, -graph_settings.MAX_STYLE, graph_settings.MAX_STYLE
        )
    )


def trust(place: np.ndarray, places: np.ndarray) -> float:
    """Return by how much a style is known, in [0, 1]: a kernel over the fitted families.

    Parameters
    ----------
    place : ndarray of shape (len(STYLE_NAMES),)
        In standard deviations.
    places : ndarray of shape (n_families, len(STYLE_NAMES))

    Returns
    -------
    float
    """
    apart = ((places - place) ** 2).mean(axis=1)
    near = float(np.exp(-0.5 * apart / graph_settings.LIKE_STYLE**2).sum())
    return near / (near + graph_settings.GROWTH_HALF_TRUST)


@dataclass(frozen=True)
class Measured:
    """What differs between the two texts of a pair.

    Attributes
    ----------
    values : ndarray of shape (len(MEASURE_NAMES),)
        Each changes its sign with the direction.
    verbatim : float
        Share in [0, 1] by which the pair counts as copied word for word.
    """

    values: np.ndarray
    verbatim: float


def measure(source: Document, target: Document, pair: Pair) -> Measured:
    """Measure what speaks for a direction in one kind of texts, and against it in the other.

    Parameters
    ----------
    source, target : Document
        The two sides of `pair`.
    pair : Pair

    Returns
    -------
    Measured
        ``length``, from -1 to 1: above zero where `target` is longer. ``inserted``: words in
        whole insertions of `target` beyond those of `source`, on a logarithmic scale.
        ``polish``: `target` is reworded at the same length in longer words and with more commas.
    """
    # Measured one way and turned, so that both ways agree to the last digit.
    found = _measured(pair)
    return found if source is pair.a else Measured(-found.values, found.verbatim)


@functools.lru_cache(maxsize=4)
def _measured(pair: Pair) -> Measured:
    growth = math.log(max(1, len(pair.b.aligned)) / max(1, len(pair.a.aligned)))
    shared = (pair.containment_a + pair.containment_b) / 2
    verbatim = min(
        1.0,
        max(
            0.0,
            (shared - graph_settings.GROWTH_VERBATIM_FROM) / graph_settings.GROWTH_VERBATIM_RANGE,
        ),
    )
    at_length = (1.0 - verbatim) * math.exp(-abs(growth) / graph_settings.POLISH_LENGTH)
    letters, commas = (
        other - own for own, other in zip(polish(pair.a), polish(pair.b), strict=True)
    )
    values = (
        math.tanh(growth / graph_settings.LENGTH_SCALE),
        _inserted(pair) * min(1.0, abs(growth) / graph_settings.SAME_LENGTH),
        at_length
        * (
            math.tanh(letters / graph_settings.POLISH_LETTERS)
            + math.tanh(commas / graph_settings.POLISH_COMMAS)
        ),
    )
    return Measured(np.array(values), verbatim)


def _inserted(pair: Pair) -> float:
    """Words at places where the other text has none, `b` less `a`, on a logarithmic scale."""
    net = places.inserted_words(pair.a, pair.b, pair) - places.inserted_words(pair.b, pair.a, pair)
    bounded = max(-graph_settings.MAX_INSERTED, min(graph_settings.MAX_INSERTED, net))
    return math.copysign(math.log1p(abs(bounded)) / graph_settings.INSERTED_SCALE, bounded)


def log_odds(
    source: Document,
    target: Document,
    pair: Pair | None = None,
    growing: float | None = None,
    model: Model | None = None,
) -> float:
    """Weigh by their lengths whether one text was there before the other.

    Parameters
    ----------
    source, target : Document
    pair : Pair, optional
        Their alignment; made anew where left out.
    growing : float, optional
        `p_growing` of their family; that of the two texts where left out.
    model : Model, optional
        The packaged one where left out.

    Returns
    -------
    float
        Nats for `source` before `target`; the other way round the same with its sign
        turned. Zero for verbatim texts of one length, and where `growing` is one half.
    """
    fitted = load() if model is None else model
    sides = pairs.compare(source, target) if pair is None else pair
    if growing is None:
        growing = p_growing(style((source, target)), fitted)
    return weigh(measure(source, target, sides), growing, fitted)


def weigh(measured: Measured, growing: float, model: Model) -> float:
    """Return the log odds of a direction by what was measured, in nats and within `cap`."""
    found = float(bases(measured, growing) @ model.weights)
    most = cap(growing, measured.verbatim)
    return max(-most, min(most, found))


def bases(measured: Measured, growing: float) -> np.ndarray:
    """Return the measures as `WEIGHT_NAMES` has them, by the kind of texts that they count in.

    Parameters
    ----------
    measured : Measured
    growing : float
        In [0, 1].

    Returns
    -------
    ndarray of shape (len(WEIGHT_NAMES),)
    """
    up, down = max(0.0, 2 * growing - 1), max(0.0, 1 - 2 * growing)
    length, inserted, polish = measured.values
    cut, retold = down * measured.verbatim, down * (1 - measured.verbatim)
    added = inserted if length * inserted >= 0 else graph_settings.AGAINST_LENGTH * inserted
    return np.array(
        [length * up, length * cut, length * retold, added * up, inserted * down, polish * down]
    )


def cap(growing: float, verbatim: float) -> float:
    """Return the most that a pair may say, in nats.

    Parameters
    ----------
    growing : float
        `p_growing`.
    verbatim : float
        As in `Measured`.

    Returns
    -------
    float
    """
    shrinking = verbatim * _odds(graph_settings.MAX_P_CUT) + (1 - verbatim) * _odds(
        graph_settings.MAX_P_RETOLD
    )
    return growing * _odds(graph_settings.MAX_P_GROWING) + (1 - growing) * shrinking


def _odds(p: float) -> float:
    return math.log(p / (1 - p))


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds))))


__all__ = [
    "STYLE_NAMES",
    "WEIGHT_NAMES",
    "Measured",
    "Model",
    "bases",
    "cap",
    "from_dict",
    "load",
    "log_odds",
    "measure",
    "p_growing",
    "standardise",
    "style",
    "to_dict",
    "trust",
    "weigh",
]
