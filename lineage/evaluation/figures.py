"""Figures of a set of cases, each with a bootstrap interval over cases."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from . import scoring

SEED = 20170803
N_RESAMPLES = 1000
LEVEL = 0.95

# Of these, less is better: a floor is a ceiling.
LOWER_IS_BETTER = frozenset(
    {
        "false_edge",
        "ece",
        "edge_ece",
        "derived_ece",
        "shared_source_ece",
        "independent_ece",
        "confidence_ece",
        "undecided",
        "sibling_edge",
        "independent_edge",
    }
)

COLUMNS = {
    "set": "string",
    "figure": "string",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "n_cases": "int64",
}

# Sums by name, each an array with one number a resample.
Sums = Callable[[str], np.ndarray]


@dataclasses.dataclass(frozen=True)
class Figure:
    """A figure, what it says, and how it follows from sums over cases.

    Attributes
    ----------
    name, about : str
    value : callable
        From sums to values, NaN where the figure has nothing to stand on.
    has : callable
        Whether one case adds to it, from the case's counts.
    """

    name: str
    about: str
    value: Callable[[Sums], np.ndarray]
    has: Callable[[Mapping[str, float]], bool]


def _ratio(name: str, about: str) -> Figure:
    def value(sums: Sums) -> np.ndarray:
        return _divide(sums(f"{name}.sum"), sums(f"{name}.n"))

    return Figure(name, about, value, lambda counts: counts.get(f"{name}.n", 0.0) > 0)


def _calibration(name: str, about: str) -> Figure:
    def value(sums: Sums) -> np.ndarray:
        bins = range(scoring.N_BINS)
        off = [np.abs(sums(f"{name}.{k}.p") - sums(f"{name}.{k}.right")) for k in bins]
        n = sum(sums(f"{name}.{k}.n") for k in bins)
        return _divide(np.sum(off, axis=0), np.asarray(n))

    return Figure(name, about, value, lambda counts: any(k.startswith(f"{name}.") for k in counts))


def _class_f1(name: str) -> Callable[[Sums], np.ndarray]:
    def value(sums: Sums) -> np.ndarray:
        both = sums(f"pair.{name}.true") + sums(f"pair.{name}.found")
        shared = 2 * sums(f"pair.{name}.hit")
        return np.where(both > 0, _divide(shared, both), 1.0)

    return value


def _has_pairs(counts: Mapping[str, float]) -> bool:
    return counts.get("undecided.n", 0.0) > 0


def _pair_f1(sums: Sums) -> np.ndarray:
    return np.asarray(np.mean([_class_f1(name)(sums) for name in scoring.PAIR_CLASSES], axis=0))


def _divide(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


FIGURES: tuple[Figure, ...] = (
    _ratio("edge_f1", "directed edges between supplied texts, F1, mean over cases"),
    _ratio("direction_acc", "pairs of ancestor and descendant, of those put in either order"),
    _ratio("undirected_f1", "edges with their direction dropped, F1, mean over cases"),
    _ratio("ancestry_f1", "pairs of ancestor and descendant, F1, mean over cases"),
    _ratio("false_edge", "pairs of independent reports that were given an edge"),
    _calibration("ece", "expected calibration error of p_direction, ten bins, pooled"),
    _ratio("decided_acc", "kept edges with p_direction of 0.9 or more that point the right way"),
    _ratio("decided_cov", "kept edges that are so decided"),
    _calibration("edge_ece", "expected calibration error of p_edge, ten bins, pooled"),
    *(
        _calibration(
            f"{name}_ece", f"expected calibration error of p_{name}, ten bins, pooled over pairs"
        )
        for name in scoring.PAIR_CLASSES
    ),
    _ratio("phylo_roots", "text phylogeny: roots, shared by all"),
    _ratio("phylo_edges", "text phylogeny: edges"),
    _ratio("phylo_leaves", "text phylogeny: leaves"),
    _ratio("phylo_ancestry", "text phylogeny: ancestry"),
    Figure("pair_f1", "labelled pairs, F1, mean of the three outcomes", _pair_f1, _has_pairs),
    *(
        Figure(f"{name}_f1", f"labelled pairs: {name}, F1", _class_f1(name), _has_pairs)
        for name in scoring.PAIR_CLASSES
    ),
    _ratio("origin_acc", "origin agency: AP, AFP, Reuters or none of them"),
    _ratio("undecided", "labelled pairs called undecided"),
    _ratio("edge_direction_acc", "labelled edges found that point the right way"),
    _ratio("sibling_edge", "labelled siblings that were given an edge"),
    _ratio("independent_edge", "labelled independent pairs that were given an edge"),
    _ratio("unrelated_acc", "labelled unrelated pairs called so, or not listed"),
    _ratio("derived_acc", "made from the source or not: answers told right"),
    *(_ratio(f"{level}_acc", f"the same, level {level}") for level in scoring.LEVELS),
    _ratio("fusion_p", "source sentences of a fused sentence, precision"),
    _ratio("fusion_r", "the same, recall"),
    _ratio("fusion_f1", "the same, F1"),
    _ratio("attribution_acc", "sentences whose source sentences are named exactly"),
    _ratio("kind_acc", "sentences whose kind is the one that a reader gave them"),
    _ratio("span_acc", "words of fused sentences under the sentence that they come from"),
    _ratio("fact_acc", "changed facts and quotes that are told, with kind and grade"),
    _calibration(
        "confidence_ece", "expected calibration error of the confidence of source sentences"
    ),
)

BY_NAME = {each.name: each for each in FIGURES}


def summarise(
    scored: Sequence[scoring.Scored],
    *,
    n_resamples: int = N_RESAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Compute every figure of every set, with its interval.

    Parameters
    ----------
    scored : sequence of Scored
        Cases of any number of sets.
    n_resamples : int
        How many times cases are drawn with replacement.
    seed : int
        Of the draws; each set has its own stream, so that a set's intervals do not
        depend on the other sets.

    Returns
    -------
    DataFrame
        ``set``, ``figure``, ``value``, ``low``, ``high`` (95 percent, percentile
        bootstrap over cases; missing with one case), ``n_cases`` that add to the figure.

    Notes
    -----
    Cases are drawn, not pairs or edges: those of one case are not independent of each
    other.
    """
    sets = list(dict.fromkeys(each.set for each in scored))
    rows = []
    for name in sets:
        members = [each.counts for each in scored if each.set == name]
        rows += _figures(name, members, n_resamples, seed)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _figures(
    name: str, members: Sequence[Mapping[str, float]], n_resamples: int, seed: int
) -> list[dict[str, object]]:
    columns = sorted({key for counts in members for key in counts})
    table = np.array([[counts.get(key, 0.0) for key in columns] for counts in members])
    at = {key: position for position, key in enumerate(columns)}
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    n = len(members)
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=n_resamples)
    # Row 0 is the sample itself.
    weights = np.vstack([np.ones((1, n)), drawn]).astype(float)
    totals = weights @ table.reshape(n, len(columns))

    def sums(key: str) -> np.ndarray:
        return totals[:, at[key]] if key in at else np.zeros(len(totals))

    rows: list[dict[str, object]] = []
    for figure in FIGURES:
        n_cases = sum(figure.has(counts) for counts in members)
        if n_cases == 0:
            continue
        values = figure.value(sums)
        if np.isnan(values[0]):
            continue
        low, high = _interval(values[1:]) if n_cases > 1 else (np.nan, np.nan)
        rows.append(
            {
                "set": name,
                "figure": figure.name,
                "value": float(values[0]),
                "low": low,
                "high": high,
                "n_cases": n_cases,
            }
        )
    return rows


def _interval(values: np.ndarray) -> tuple[float, float]:
    stood = values[~np.isnan(values)]
    if len(stood) == 0:
        return np.nan, np.nan
    low, high = np.quantile(stood, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
