"""Fit the probabilities of a pair's outcomes to cases with a known lineage."""

from __future__ import annotations

import collections
import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .. import encoders, errors, outcomes, pipeline
from ..evaluation import cases as known
from ..evaluation import outcomes as truths
from ..evaluation import scoring
from . import material

logger = logging.getLogger(__name__)

# Price of a standardised weight, by its square: what was set by judgement is left as far
# as cases ask. Chosen by cross-validation.
L2 = 5.0
# What a set counts in all, in units of that price.
SET_SHARE = 300.0
MAX_ROUNDS = 1000


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """The pairs of a case of which it is known how they are related.

    Attributes
    ----------
    case : Case
    pairs : Pairs
    true : ndarray of shape (n_pairs,), int
        Places in `outcomes.OUTCOMES`.
    n_texts : int
    vocabulary : frozenset of str
        Rare words of its texts.
    """

    case: known.Case
    pairs: outcomes.Pairs
    true: np.ndarray
    n_texts: int
    vocabulary: frozenset[str]


def prepare(case: known.Case, encoder: str | object | None = None) -> Example | None:
    """Trace a case up to its graph, and measure its pairs.

    Parameters
    ----------
    case : Case
    encoder : str or object with ``.encode``, optional
        As in `lineage.trace`.

    Returns
    -------
    Example or None
        None where nothing is known of any pair.
    """
    truth = truths.known(case)
    if not truth:
        return None
    found = pipeline.infer_stories(case.frame(), encoder=encoder)
    measured = outcomes.measure(found.pairs, found.stories)
    kept = [k for k, key in enumerate(measured.keys) if frozenset(key) in truth]
    if not kept:
        return None
    return Example(
        case,
        _take(measured, kept),
        np.array([outcomes.OUTCOMES.index(truth[frozenset(measured.keys[k])]) for k in kept]),
        len(found.documents),
        material.vocabulary(found.documents),
    )


def _take(pairs: outcomes.Pairs, kept: Sequence[int]) -> outcomes.Pairs:
    return outcomes.Pairs(
        tuple(pairs.keys[k] for k in kept),
        tuple(pairs.drawn[k] for k in kept),
        pairs.features[kept],
        pairs.prior[kept],
    )


def shares(examples: Sequence[Example]) -> np.ndarray:
    """Weigh pairs: all sets alike, a case of a set by the root of its number of pairs.

    Parameters
    ----------
    examples : sequence of Example

    Returns
    -------
    ndarray of shape (n_pairs_of_all,)
    """
    of_set: dict[str, float] = collections.defaultdict(float)
    for each in examples:
        of_set[each.case.set] += len(each.true) ** 0.5
    return np.concatenate(
        [
            np.full(len(each.true), SET_SHARE / of_set[each.case.set] / len(each.true) ** 0.5)
            for each in examples
        ]
    )


def fit(examples: Sequence[Example]) -> outcomes.Model:
    """Find the weights under which the true outcomes are most probable, at a price.

    Parameters
    ----------
    examples : sequence of Example

    Returns
    -------
    Model
        A multinomial logistic model around `Pairs.prior`.

    Raises
    ------
    MissingExtraError
        If scipy is not installed.
    """
    try:
        from scipy import optimize
    except ImportError:
        raise errors.MissingExtraError(
            "fitting needs scipy: pip install 'article-lineage[fit]'"
        ) from None
    share = shares(examples)
    features = np.concatenate([each.pairs.features for each in examples])
    prior = np.concatenate([each.pairs.prior for each in examples])
    true = np.concatenate([each.true for each in examples])
    middle, scale = _standard(features, share)
    standard = (features - middle) / scale
    rows = np.arange(len(true))

    def objective(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(-1, len(outcomes.OUTCOMES))
        logs = prior + standard @ weights
        logs = logs - logs.max(axis=1, keepdims=True)
        p = np.exp(logs)
        total = p.sum(axis=1, keepdims=True)
        loss = -(share * (logs[rows, true] - np.log(total[:, 0]))).sum()
        error = p / total
        error[rows, true] -= 1.0
        slope = standard.T @ (share[:, None] * error) + L2 * weights
        return float(loss + L2 * (weights**2).sum() / 2), slope.ravel()

    found = optimize.minimize(
        objective,
        np.zeros(standard.shape[1] * len(outcomes.OUTCOMES)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": MAX_ROUNDS, "gtol": 1e-4},
    )
    logger.info("%s after %s rounds, objective %.3f", found.message, found.nit, found.fun)
    weights = found.x.reshape(-1, len(outcomes.OUTCOMES)) / scale[:, None]
    weights[0] -= middle @ weights
    return outcomes.Model(weights, {})


def _standard(features: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Middle and spread of each feature; the constant, the first, is left as it is."""
    middle = np.average(features, axis=0, weights=share)
    scale = np.sqrt(np.average((features - middle) ** 2, axis=0, weights=share))
    middle[0], scale[0] = 0.0, 1.0
    # What is the same everywhere has no spread but that of rounding.
    return middle, np.where(scale > 1e-9, scale, 1.0)


def held_out(
    examples: Sequence[Example], part: Sequence[object]
) -> list[tuple[Example, np.ndarray]]:
    """Give each case the probabilities of a model fitted without its part.

    Returns
    -------
    list of (Example, ndarray of shape (n_pairs, 3))

    Raises
    ------
    InputError
        If all cases are of one part.
    """
    fitted = material.held_out(part, lambda rest: fit([examples[k] for k in rest]))
    return [
        (each, outcomes.probabilities(each.pairs, fitted[at]))
        for each, at in zip(examples, part, strict=True)
    ]


def table(told: Sequence[tuple[Example, np.ndarray]], title: str) -> str:
    """Lay out surprise and calibration of each set, beside the constants before the fit.

    Parameters
    ----------
    told : sequence of (Example, ndarray of shape (n_pairs, 3))
    title : str

    Returns
    -------
    str
        A Markdown table; in brackets what the constants reach. Pairs of a set are pooled.
    """
    named = [f"{name}_ece" for name in outcomes.OUTCOMES]
    lines = [f"### {title}", "", f"| set | pairs | log_loss | {' | '.join(named)} |"]
    lines.append("| --- " * (len(named) + 3) + "|")
    unfitted = outcomes.Model(np.zeros((len(outcomes.FEATURES), len(outcomes.OUTCOMES))), {})
    rows: dict[str, list[tuple[float, float]]] = {}
    counts: collections.Counter[str] = collections.Counter()
    for name in dict.fromkeys(each.case.set for each, _ in told):
        mine = [(each, p) for each, p in told if each.case.set == name]
        true = np.concatenate([each.true for each, _ in mine])
        p = np.concatenate([p for _, p in mine])
        before = np.concatenate([outcomes.probabilities(each.pairs, unfitted) for each, _ in mine])
        counts[name] = len(true)
        rows[name] = list(zip(_figures(p, true), _figures(before, true), strict=True))
    means = np.mean(list(rows.values()), axis=0)
    rows["mean of sets"] = [(float(after), float(before)) for after, before in means]
    counts["mean of sets"] = sum(counts.values())
    for name, cells in rows.items():
        shown = " | ".join(f"{after:.3f} ({before:.3f})" for after, before in cells)
        lines.append(f"| {name} | {counts[name]} | {shown} |")
    return "\n".join(lines) + "\n"


def _figures(p: np.ndarray, true: np.ndarray) -> list[float]:
    """Mean surprise in nats, and calibration error of each outcome."""
    surprise = -np.log(np.maximum(p[np.arange(len(true)), true], 1e-12)).mean()
    return [
        float(surprise),
        *(scoring.calibration_error(p[:, k], true == k) for k in range(p.shape[1])),
    ]


def read(paths: Sequence[Path], only: Sequence[str] = ()) -> tuple[list[Example], dict[str, Any]]:
    """Measure the cases of all files, and say which files they are.

    Raises
    ------
    InputError
        If nothing is known of any pair.
    """
    encoder = encoders.load(None) or encoders.LEXICAL
    examples, hashes = material.prepared(
        paths, only, lambda case: [each for each in (prepare(case, encoder),) if each is not None]
    )
    if not examples:
        raise errors.InputError(
            "no cases of which it is known how two texts are related; see docs/cases.md"
        )
    n_texts = sum(each.n_texts for each in examples)
    return examples, material.about(hashes, len(examples), n_texts)


def run(
    paths: Sequence[Path],
    say: Callable[[str], None],
    *,
    only: Sequence[str] = (),
    cross_validate: bool = False,
    leave_genre_out: bool = False,
    seed: int = material.SEED,
) -> dict[str, Any]:
    """Fit, say what the fit reaches, and return what the weights file holds; see `stories.run`."""
    examples, about = read(paths, only)
    whole = dataclasses.replace(fit(examples), fitted_on=about)
    on_these = [(each, outcomes.probabilities(each.pairs, whole)) for each in examples]
    say(table(on_these, "On the cases of the fit (before it)"))
    if cross_validate:
        part = material.folds(
            [each.case for each in examples], [each.vocabulary for each in examples], seed
        )
        title = (
            f"Cross-validation, {material.N_FOLDS} folds of groups, seed {seed} (before the fit)"
        )
        say(table(held_out(examples, part), title))
    if leave_genre_out:
        genre = [each.case.set for each in examples]
        say(table(held_out(examples, genre), "Leaving a set out (before the fit)"))
    return outcomes.to_dict(whole)
