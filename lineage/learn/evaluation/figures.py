"""Figures of a set of cases, each with a bootstrap interval over cases."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from . import counts as named_sums
from . import scoring

SEED = 20170803
N_RESAMPLES = 1000
# Narrow enough to compare two figures by: one in ten draws lies beyond either end.
LEVEL = 0.8

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
        "false_per_100",
        "sure_false",
        "false_sources",
        "sure_wrong",
        "log_loss",
        "incoherent",
    }
)

COLUMNS = {
    "set": "string",
    "figure": "string",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "n_cases": "int64",
    "n": "int64",
    "unit": "string",
}

# Sums by name, each an array with one number a resample.
Sums = Callable[[str], np.ndarray]


@dataclasses.dataclass(frozen=True)
class Figure:
    """A figure, what it says, and how it follows from sums over cases.

    Attributes
    ----------
    name, about : str
    unit : str
        What `behind` counts.
    value : callable
        From sums to values, NaN where the figure has nothing to stand on.
    behind : callable
        From sums to how many edges, pairs or sentences the figure stands on.
    has : callable
        Whether one case adds to it, from the case's counts.
    """

    name: str
    about: str
    unit: str
    value: Callable[[Sums], np.ndarray]
    behind: Callable[[Sums], np.ndarray]
    has: Callable[[Mapping[str, float]], bool]


def _ratio(name: str, about: str, unit: str) -> Figure:
    def value(sums: Sums) -> np.ndarray:
        return _divide(sums(f"{name}.sum"), sums(f"{name}.n"))

    def behind(sums: Sums) -> np.ndarray:
        # Where a case's mean is what is averaged, what it was made from is counted beside it.
        of = sums(f"{name}.of")
        return np.where(of > 0, of, sums(f"{name}.n"))

    return Figure(name, about, unit, value, behind, lambda has: has.get(f"{name}.n", 0.0) > 0)


def _share(
    name: str, about: str, unit: str, above: str, below: str, *, scale: float = 1.0
) -> Figure:
    """Build a figure that is one sum over another; of nothing it says nothing."""

    def value(sums: Sums) -> np.ndarray:
        return scale * _divide(sums(above), sums(below))

    def behind(sums: Sums) -> np.ndarray:
        return sums(below)

    return Figure(name, about, unit, value, behind, lambda has: has.get(below, 0.0) > 0)


def _edge_p(name: str, about: str) -> Figure:
    """Build the share of true edges, 0 of none, where some were to be found."""
    of_some = _share(name, about, "edges", "sources.found", "sources.drawn")

    def value(sums: Sums) -> np.ndarray:
        return np.nan_to_num(of_some.value(sums))

    return dataclasses.replace(of_some, value=value, has=lambda has: "sources.wanted" in has)


def _either(first: Figure, second: Figure) -> Figure:
    """Let a figure of one kind of case be another's sum in the other kind."""

    def value(sums: Sums) -> np.ndarray:
        mine = first.value(sums)
        return np.where(np.isnan(mine), second.value(sums), mine)

    def behind(sums: Sums) -> np.ndarray:
        return np.where(np.isnan(first.value(sums)), second.behind(sums), first.behind(sums))

    return dataclasses.replace(
        first,
        value=value,
        behind=behind,
        has=lambda counts: first.has(counts) or second.has(counts),
    )


def _harmonic(name: str, about: str, unit: str, hit: str, drawn: str, found: str) -> Figure:
    """Build the F1 of a share of what was drawn and a share of what was wanted."""

    def value(sums: Sums) -> np.ndarray:
        precision = _divide(sums(hit), sums(drawn))
        wanted = sums(f"{found.partition('.')[0]}.wanted")
        recall = _divide(sums(found), wanted)
        either = precision + recall
        # NaN is not above 0: nothing drawn, or nothing to find.
        return np.where(either > 0, _divide(2 * precision * recall, either), 0.0)

    room = found.partition(".")[0]

    def behind(sums: Sums) -> np.ndarray:
        return sums(f"{room}.wanted")

    return Figure(name, about, unit, value, behind, lambda has: f"{room}.wanted" in has)


def _calibration(name: str, about: str, unit: str) -> Figure:
    bins = range(named_sums.N_BINS)

    def value(sums: Sums) -> np.ndarray:
        off = [np.abs(sums(f"{name}.{k}.p") - sums(f"{name}.{k}.right")) for k in bins]
        return _divide(np.sum(off, axis=0), behind(sums))

    def behind(sums: Sums) -> np.ndarray:
        return np.asarray(sum(sums(f"{name}.{k}.n") for k in bins))

    return Figure(
        name,
        about,
        unit,
        value,
        behind,
        lambda counts: any(key.startswith(f"{name}.") for key in counts),
    )


def _class_f1(name: str) -> Callable[[Sums], np.ndarray]:
    def value(sums: Sums) -> np.ndarray:
        true = sums(f"pair.{name}.true")
        # Of an outcome that no pair has there is nothing to be right about.
        shared = 2 * sums(f"pair.{name}.hit")
        return np.where(true > 0, _divide(shared, true + sums(f"pair.{name}.found")), np.nan)

    return value


def _has_pairs(counts: Mapping[str, float]) -> bool:
    return counts.get("undecided.n", 0.0) > 0


def _pair_f1(sums: Sums) -> np.ndarray:
    each = np.array([_class_f1(name)(sums) for name in scoring.PAIR_CLASSES])
    n_there = (~np.isnan(each)).sum(axis=0)
    return _divide(np.nansum(each, axis=0), n_there)


def _all_pairs(sums: Sums) -> np.ndarray:
    return sums("undecided.n")


def _pairs_of_class(name: str) -> Figure:
    def behind(sums: Sums) -> np.ndarray:
        return sums(f"pair.{name}.true")

    return Figure(
        f"{name}_f1",
        f"labelled pairs: {name}, F1",
        "pairs",
        _class_f1(name),
        behind,
        _has_pairs,
    )


def _divide(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


FIGURES: tuple[Figure, ...] = (
    _either(
        _ratio("edge_f1", "directed edges between supplied texts, F1", "edges"),
        _harmonic("edge_f1", "", "edges", "sources.found", "sources.drawn", "sources.found"),
    ),
    _either(
        _ratio(
            "direction_acc",
            "pairs of ancestor and descendant, of those put in either order",
            "pairs",
        ),
        _share("direction_acc", "", "pairs", "links.order.sum", "links.order.n"),
    ),
    _ratio("undirected_f1", "edges with their direction dropped, F1", "edges"),
    _ratio("ancestry_f1", "pairs of ancestor and descendant, F1", "pairs"),
    _ratio("false_edge", "pairs of independent reports that were given an edge", "pairs"),
    _share(
        "false_per_100",
        "kept edges between texts that are no relatives, for 100 texts",
        "texts",
        "links.false",
        "links.texts",
        scale=100.0,
    ),
    _share(
        "sure_false",
        "the same with p_edge of 0.9 or more",
        "texts",
        "links.sure_false",
        "links.sure_texts",
        scale=100.0,
    ),
    _share("link_p", "kept edges that join relatives", "edges", "links.hit", "links.kept"),
    _share("link_r", "true edges that were found", "edges", "links.found", "links.wanted"),
    _harmonic("link_f1", "F1 of the two", "edges", "links.hit", "links.kept", "links.found"),
    _ratio(
        "false_sources",
        "sentences with a source in a text that is no relative, for 100 sentences of body",
        "sentences",
    ),
    _ratio("story_p", "pairs of one story that are relatives, reports of one event aside", "pairs"),
    _ratio("hit", "marked sentences for which a marked source sentence is named", "sentences"),
    _ratio("right_doc", "marked sentences for which a marked source text is named", "sentences"),
    _ratio("row_p", "source sentences named for marked ones that are marked", "sentences"),
    _edge_p("edge_p", "edges of digests that are true"),
    _share("edge_r", "true sources of digests found", "edges", "sources.found", "sources.wanted"),
    _calibration("ece", "expected calibration error of p_direction, ten bins, pooled", "edges"),
    _ratio(
        "decided_acc",
        "kept edges with p_direction of 0.9 or more that point the right way",
        "edges",
    ),
    _ratio("decided_cov", "kept edges that are so decided", "edges"),
    _calibration("edge_ece", "expected calibration error of p_edge, ten bins, pooled", "edges"),
    *(
        _calibration(
            f"{name}_ece",
            f"expected calibration error of p_{name}, ten bins, pooled over pairs",
            "pairs",
        )
        for name in scoring.PAIR_CLASSES
    ),
    _ratio("phylo_roots", "text phylogeny: roots, shared by all", "cases"),
    _ratio("phylo_edges", "text phylogeny: edges", "cases"),
    _ratio("phylo_leaves", "text phylogeny: leaves", "cases"),
    _ratio("phylo_ancestry", "text phylogeny: ancestry", "cases"),
    Figure(
        "pair_f1",
        "labelled pairs, F1, mean of the outcomes that occur",
        "pairs",
        _pair_f1,
        _all_pairs,
        _has_pairs,
    ),
    *(_pairs_of_class(name) for name in scoring.PAIR_CLASSES),
    _ratio("log_loss", "mean surprise at the true outcome of a labelled pair, in nats", "pairs"),
    _ratio("sure_wrong", "labelled siblings with p_derived of 0.8 or more", "pairs"),
    _ratio("incoherent", "labelled pairs whose outcome is not the most probable one", "pairs"),
    _ratio("origin_acc", "origin agency: AP, AFP, Reuters or none of them", "texts"),
    _ratio("undecided", "labelled pairs called undecided", "pairs"),
    _ratio("edge_direction_acc", "labelled edges found that point the right way", "edges"),
    _ratio("sibling_edge", "labelled siblings that were given an edge", "pairs"),
    _ratio("independent_edge", "labelled independent pairs that were given an edge", "pairs"),
    _ratio("unrelated_acc", "labelled unrelated pairs called so, or not listed", "pairs"),
    _ratio("derived_acc", "made from the source or not: answers told right", "answers"),
    *(_ratio(f"{level}_acc", f"the same, level {level}", "answers") for level in scoring.LEVELS),
    _ratio("fusion_p", "source sentences of a fused sentence, precision", "sentences"),
    _ratio("fusion_r", "the same, recall", "sentences"),
    _ratio("fusion_f1", "the same, F1", "sentences"),
    _ratio("attribution_acc", "sentences whose source sentences are named exactly", "sentences"),
    _ratio("kind_acc", "sentences whose kind is the one that a reader gave them", "sentences"),
    _ratio("span_acc", "words of fused sentences under the sentence that they come from", "words"),
    _ratio("fact_acc", "changed facts and quotes that are told, with kind and grade", "facts"),
    _calibration(
        "confidence_ece",
        "expected calibration error of the confidence of source sentences",
        "sentences",
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
        ``set``, ``figure``, ``value``, ``low``, ``high`` (80 percent, percentile
        bootstrap over cases; missing with one case, unless its sums are known text by
        text, when texts are drawn), ``n_cases`` that add to the figure, and ``n``, how
        many of its ``unit`` (edges, pairs, sentences) it stands on.

    Notes
    -----
    Cases are drawn, not pairs or edges: those of one case are not independent of each
    other.
    """
    sets = list(dict.fromkeys(each.set for each in scored))
    rows = []
    for name in sets:
        rows += _figures(name, [each for each in scored if each.set == name], n_resamples, seed)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _figures(
    name: str, members: Sequence[scoring.Scored], n_resamples: int, seed: int
) -> list[dict[str, object]]:
    cases = [each.counts for each in members]
    drawn_from = cases if len(cases) > 1 else list(members[0].parts)
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    own = _totals(cases, np.ones((1, len(cases))))
    n = len(drawn_from)
    drawn = None
    if n > 1:
        drawn = _totals(drawn_from, rng.multinomial(n, np.full(n, 1 / n), size=n_resamples))
    rows: list[dict[str, object]] = []
    for figure in FIGURES:
        n_cases = sum(figure.has(counts) for counts in cases)
        if n_cases == 0:
            continue
        (value,) = figure.value(own)
        if np.isnan(value):
            continue
        low, high = (np.nan, np.nan)
        if drawn is not None and (n_cases > 1 or n > len(cases)):
            low, high = _interval(figure.value(drawn))
        rows.append(
            {
                "set": name,
                "figure": figure.name,
                "value": float(value),
                "low": low,
                "high": high,
                "n_cases": n_cases,
                "n": round(float(figure.behind(own)[0])),
                "unit": figure.unit,
            }
        )
    return rows


def _totals(members: Sequence[Mapping[str, float]], weights: np.ndarray) -> Sums:
    """Sums over members, each counted as often as a row of weights says."""
    columns = sorted({key for counts in members for key in counts})
    table = np.array([[counts.get(key, 0.0) for key in columns] for counts in members])
    at = {key: position for position, key in enumerate(columns)}
    totals = weights.astype(float) @ table.reshape(len(members), len(columns))

    def sums(key: str) -> np.ndarray:
        return totals[:, at[key]] if key in at else np.zeros(len(totals))

    return sums


def _interval(values: np.ndarray) -> tuple[float, float]:
    stood = values[~np.isnan(values)]
    if len(stood) == 0:
        return np.nan, np.nan
    low, high = np.quantile(stood, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
