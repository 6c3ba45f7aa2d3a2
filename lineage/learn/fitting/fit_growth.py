"""Fit what lengths say of a direction to pairs of texts with a known lineage; docs/model.md."""

from __future__ import annotations

import collections
import dataclasses
import logging
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ... import errors
from ...graph import growth
from ...io import articles
from ...match import document, pairs
from ..evaluation import cases as known
from ..evaluation import scoring
from . import kept, material

logger = logging.getLogger(__name__)

# Price of a weight, by its square: of standardised style, and of a measure.
L2_STYLE = 5.0
L2_MEASURE = 1.0
# What a set counts in all: so much for the root of its number of cases.
SET_SHARE = 5.0
# A set of which the longer text of a pair is the later one in more than this share grows,
# one of which it is so in less than the rest shrinks; between them it does neither.
GROWS_FROM = 0.6
N_BINS = 10


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """The pairs of a case of which one text is an ancestor of the other.

    Attributes
    ----------
    case : Case
    styles : ndarray of shape (n_pairs, len(STYLE_NAMES))
    family : ndarray of shape (len(STYLE_NAMES),)
        Style of all texts.
    measured : tuple of Measured
        In the true direction.
    direct : ndarray of shape (n_pairs,), bool
        Whether the one was made from the other without a step between.
    texts : frozenset of str
        Hashes of the texts.
    vocabulary : frozenset of str
        Rare words of the texts.
    """

    case: known.Case
    styles: np.ndarray
    family: np.ndarray
    measured: tuple[growth.Measured, ...]
    direct: np.ndarray
    texts: frozenset[str]
    vocabulary: frozenset[str]

    @property
    def lengths(self) -> np.ndarray:
        """Bounded log ratio of the lengths of each pair, above zero where it grew."""
        return np.array([each.values[0] for each in self.measured])


def prepare(case: known.Case) -> Example | None:
    """Measure the pairs of a case.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Example or None
        None without edges, and of single sentences.
    """
    if not case.edges or case.kind == "fusion":
        return None
    table = articles.prepare(case.frame())
    unique = table[table["duplicate_of"].isna()]
    documents = document.build(unique, document.sentence_table(table))
    edges = {each for each in case.edges if documents.keys() >= set(each)}
    ordered = sorted(_ancestry(edges))
    if not ordered:
        return None
    measured = []
    styles = []
    for names in ordered:
        source, target = (documents[name] for name in names)
        measured.append(growth.measure(source, target, pairs.compare(source, target)))
        styles.append(growth.style((source, target)))
    return Example(
        case,
        np.array(styles),
        growth.style(list(documents.values())),
        tuple(measured),
        np.array([names in edges for names in ordered]),
        frozenset(unique["text_sha256"]),
        material.vocabulary(documents.values()),
    )


def _ancestry(edges: set[known.Pair]) -> set[known.Pair]:
    """Every text with each of its descendants."""
    found = set(edges)
    while True:
        further = {(a, d) for a, b in found for c, d in edges if b == c} - found
        if not further:
            return found
        found |= further


def weigh(examples: Sequence[Example]) -> list[np.ndarray]:
    """Weigh pairs: those of a case alike, cases of a set alike, a set by the root of its cases."""
    n_cases = collections.Counter(each.case.set for each in examples)
    return [
        np.full(
            len(each.measured),
            SET_SHARE / math.sqrt(n_cases[each.case.set]) / len(each.measured),
        )
        for each in examples
    ]


def fit(examples: Sequence[Example]) -> growth.Model:
    """Fit the style of growing texts, and then what the measures of a pair say in each kind.

    Parameters
    ----------
    examples : sequence of Example

    Returns
    -------
    Model

    Notes
    -----
    The measures are weighed with the probability of growing that styles fitted on other
    folds give, as they will be met.
    """
    weights = weigh(examples)
    whole = _fit_style(examples, weights)
    growing: list[np.ndarray] = [np.zeros(0)] * len(examples)
    part = folds(examples)
    for name in sorted(set(part)):
        rest = [k for k, at in enumerate(part) if at != name]
        apart = whole
        if rest:
            apart = _fit_style([examples[k] for k in rest], [weights[k] for k in rest])
        for k, at in enumerate(part):
            if at == name:
                growing[k] = _p_growing(examples[k], apart)
    rows = np.array(
        [
            growth.bases(measured, p)
            for each, listed in zip(examples, growing, strict=True)
            for measured, p in zip(each.measured, listed, strict=True)
        ]
    )
    share = np.concatenate(weights)

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        odds = rows @ found
        slope = rows.T @ (-share / (1.0 + np.exp(odds)))
        price = 0.5 * L2_MEASURE * float(found @ found)
        return float(share @ np.logaddexp(0.0, -odds)) + price, slope + L2_MEASURE * found

    return dataclasses.replace(whole, weights=_minimise(loss, rows.shape[1]))


def _p_growing(example: Example, model: growth.Model) -> np.ndarray:
    return np.array([growth.p_growing(each, model) for each in example.styles])


def _fit_style(examples: Sequence[Example], weights: Sequence[np.ndarray]) -> growth.Model:
    """Tell growing sets by their style: a ridge logistic regression on labels of sets."""
    styles = np.concatenate([each.styles for each in examples])
    share = np.concatenate(weights)
    mean = np.average(styles, axis=0, weights=share)
    spread = np.sqrt(np.average((styles - mean) ** 2, axis=0, weights=share)) + 1e-6
    n_style = styles.shape[1]
    model = growth.Model(
        mean, spread, np.zeros(n_style), 0.0, np.zeros((0, n_style)), np.zeros(0), {}
    )
    rows = np.column_stack((growth.standardise(styles, model), np.ones(len(styles))))
    label = _labels(examples, weights)
    true = np.concatenate([np.full(len(each.measured), label[each.case.set]) for each in examples])
    price = np.append(np.full(n_style, L2_STYLE), 0.0)

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        odds = rows @ found
        slope = rows.T @ (share * (1.0 / (1.0 + np.exp(-odds)) - true))
        value = float(share @ (np.logaddexp(0.0, odds) - true * odds))
        return value + 0.5 * float(price @ found**2), slope + price * found

    found = _minimise(loss, n_style + 1)
    places = growth.standardise(np.array([each.family for each in examples]), model)
    return dataclasses.replace(model, style=found[:-1], constant=float(found[-1]), places=places)


def _labels(examples: Sequence[Example], weights: Sequence[np.ndarray]) -> dict[str, float]:
    """One for a set whose texts grow, zero for one whose texts shrink, one half for neither."""
    grown: dict[str, float] = collections.defaultdict(float)
    changed: dict[str, float] = collections.defaultdict(float)
    for each, share in zip(examples, weights, strict=True):
        told = share * np.abs(each.lengths)
        grown[each.case.set] += float(told @ (each.lengths > 0))
        changed[each.case.set] += float(told.sum())
    found = {}
    for name, total in changed.items():
        rate = grown[name] / total if total > 0 else 0.5
        found[name] = 1.0 if rate > GROWS_FROM else 0.0 if rate < 1 - GROWS_FROM else 0.5
    return found


def _minimise(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], n_weights: int) -> np.ndarray:
    try:
        from scipy import optimize
    except ImportError:
        raise errors.MissingExtraError(
            "fitting needs scipy: pip install 'article-lineage[fit]'"
        ) from None
    found = optimize.minimize(loss, np.zeros(n_weights), jac=True, method="L-BFGS-B")
    return np.asarray(found.x)


def folds(examples: Sequence[Example], seed: int = material.SEED) -> list[int]:
    """Deal the cases to folds, those on one matter or with a text in common together.

    Parameters
    ----------
    examples : sequence of Example
    seed : int

    Returns
    -------
    list of int
    """
    dealt = material.folds(
        [each.case for each in examples], [each.vocabulary for each in examples], seed
    )
    held: dict[str, int] = {}
    found = []
    for each, at in zip(examples, dealt, strict=True):
        # A text that another set has too stays where it was first dealt to.
        known_at = [held[text] for text in sorted(each.texts) if text in held]
        fold = known_at[0] if known_at else at
        held.update(dict.fromkeys(each.texts, fold))
        found.append(fold)
    return found


def held_out(examples: Sequence[Example], part: Sequence[object]) -> list[list[float]]:
    """Give the log odds of each pair by a fit without its part, and all that shares a text with it.

    Parameters
    ----------
    examples : sequence of Example
    part : sequence
        Fold or set of each.

    Returns
    -------
    list of list of float
        For the true direction, in the order of the pairs.
    """

    def without(rest: list[int]) -> growth.Model:
        inside = set(rest)
        out = [each.texts for k, each in enumerate(examples) if k not in inside]
        seen = frozenset().union(*out)
        return fit([examples[k] for k in rest if not examples[k].texts & seen])

    fitted = material.held_out(part, without)
    return [odds(each, fitted[at]) for each, at in zip(examples, part, strict=True)]


def odds(example: Example, model: growth.Model) -> list[float]:
    """Return the log odds of the true direction of each pair."""
    return [
        growth.weigh(measured, growth.p_growing(each, model), model)
        for measured, each in zip(example.measured, example.styles, strict=True)
    ]


def table(examples: Sequence[Example], said: Sequence[Sequence[float]], title: str) -> str:
    """Lay out how often directions are right, a row for each set, as a Markdown table.

    Parameters
    ----------
    examples : sequence of Example
    said : sequence of sequence of float
        Log odds of the true direction of each pair.
    title : str

    Returns
    -------
    str
        ``right`` and ``longer first`` are means over cases, ties counting half; ``surprise``
        is in nats; ``ece`` and what is decided are of direct edges, pooled.
    """
    lines = [
        f"### {title}",
        "",
        "| set | pairs | right | longer first | surprise | ece | decided | decided right |",
        "| --- " * 8 + "|",
    ]
    by_set: dict[str, list[int]] = {}
    for k, each in enumerate(examples):
        by_set.setdefault(each.case.set, []).append(k)
    for name, places in by_set.items():
        right = np.mean([_right(np.array(said[k])) for k in places])
        longer = np.mean([_right(-examples[k].lengths) for k in places])
        surprise = np.mean([np.logaddexp(0.0, -np.array(said[k])).mean() for k in places])
        direct = np.concatenate([np.array(said[k])[examples[k].direct] for k in places])
        sure = 1.0 / (1.0 + np.exp(-np.abs(direct)))
        decided = sure >= scoring.DECIDED
        shown = f"{np.mean(direct[decided] > 0):.3f}" if decided.any() else ""
        n_pairs = sum(len(said[k]) for k in places)
        lines.append(
            f"| {name} | {n_pairs} | {right:.3f} | {longer:.3f} | {surprise:.3f} "
            f"| {_ece(direct, sure):.3f} | {np.mean(decided):.3f} | {shown} |"
        )
    return "\n".join(lines) + "\n"


def _right(odds: np.ndarray) -> float:
    return float(np.mean(np.where(odds == 0, 0.5, odds > 0)))


def _ece(odds: np.ndarray, sure: np.ndarray) -> float:
    """Expected calibration error of the probability of the likelier direction."""
    bins = np.minimum((sure * N_BINS).astype(int), N_BINS - 1)
    right = np.where(odds == 0, 0.5, odds > 0)
    gaps = [abs(float(np.sum(sure[bins == k] - right[bins == k]))) for k in range(N_BINS)]
    return sum(gaps) / max(1, len(odds))


def run(
    paths: Sequence[Path],
    say: Callable[[str], None],
    *,
    only: Sequence[str] = (),
    cross_validate: bool = False,
    leave_genre_out: bool = False,
    seed: int = material.SEED,
    features: kept.Features = kept.NOWHERE,
) -> dict[str, Any]:
    """Fit, say what the fit reaches, and return what the weights file holds.

    Parameters
    ----------
    paths : sequence of Path
        Files of cases, or folders of them.
    say : callable
        Takes the tables.
    only : sequence of str
        Sets; all if empty.
    cross_validate, leave_genre_out : bool
        Whether figures on folds, and on sets, that a fit has not seen are said.
    seed : int
        Of the folds.
    features : Features
        Where what is measured of cases is kept.

    Returns
    -------
    dict

    Raises
    ------
    InputError
        If no case has edges.
    """
    examples, hashes = material.prepared(
        paths, only, lambda case: [each for each in (prepare(case),) if each is not None], features
    )
    if not examples:
        raise errors.InputError("no cases with edges; see docs/cases.md")
    n_texts = sum(len(each.texts) for each in examples)
    about = material.about(hashes, len(examples), n_texts)
    whole = dataclasses.replace(fit(examples), fitted_on=about)
    say(table(examples, [odds(each, whole) for each in examples], "On the cases of the fit"))
    if cross_validate:
        title = f"Cross-validation, {material.N_FOLDS} folds of groups, seed {seed}"
        say(table(examples, held_out(examples, folds(examples, seed)), title))
    if leave_genre_out:
        genre = [each.case.set for each in examples]
        say(table(examples, held_out(examples, genre), "Leaving a set out"))
    return growth.to_dict(whole)
