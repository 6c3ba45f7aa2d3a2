"""Fit how sure a source sentence is, to traces of sentences of known sources."""

from __future__ import annotations

import collections
import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .. import attribute, encoders, errors, pipeline
from ..evaluation import cases as known
from ..evaluation import scoring
from . import material

logger = logging.getLogger(__name__)

# More than this is certainty.
MOST = 50.0


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """The source sentences named in a case.

    Attributes
    ----------
    case : Case
    margin : ndarray of shape (n_named,)
        By how much each is before the next best.
    right : ndarray of shape (n_named,), bool
    """

    case: known.Case
    margin: np.ndarray
    right: np.ndarray


def prepare(case: known.Case, encoder: str | object | None = None) -> Example | None:
    """Trace a case, and hold the source sentences named against the true ones.

    Parameters
    ----------
    case : Case
        A fused sentence, or a story with attributions; dates are shown.
    encoder : str or object with ``.encode``, optional
        As in `lineage.trace`.

    Returns
    -------
    Example or None
        None where none is named.
    """
    if case.kind != "fusion" and not case.attributions:
        return None
    traced = pipeline.trace(case.frame(dates=True), encoder=encoder)
    claims = [each for each in scoring.score(case, traced).claims if each.margin is not None]
    if not claims:
        return None
    return Example(
        case,
        np.maximum([each.margin or 0.0 for each in claims], 0.0),
        np.array([each.right for each in claims]),
    )


def fit(examples: Sequence[Example]) -> float:
    """Find the log odds per unit of margin under which what was right is least surprising.

    Parameters
    ----------
    examples : sequence of Example

    Returns
    -------
    float
        To a tenth. Without a margin the odds are even, so there is no constant. Every
        source sentence counts alike.

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
    signed = np.concatenate([np.where(each.right, each.margin, -each.margin) for each in examples])
    found = optimize.minimize_scalar(
        lambda slope: float(np.logaddexp(0.0, -slope * signed).sum()),
        bounds=(0.0, MOST),
        method="bounded",
    )
    logger.info("%s source sentences, %.2f per unit of margin", len(signed), found.x)
    return round(float(found.x), 1)


def stated(example: Example, slope: float) -> np.ndarray:
    """Return the confidence of each source sentence, as `attribute` states it."""
    return np.minimum(1.0 / (1.0 + np.exp(-slope * example.margin)), attribute.MAX_CONFIDENCE)


def row(told: Sequence[tuple[Example, float]], title: str) -> list[str]:
    """Return the cells of a row: title, then surprise and calibration error of each set."""
    cells = []
    for name in dict.fromkeys(each.case.set for each, _ in told):
        mine = [(each, slope) for each, slope in told if each.case.set == name]
        p = np.concatenate([stated(each, slope) for each, slope in mine])
        right = np.concatenate([each.right for each, _ in mine])
        surprise = -np.log(np.where(right, p, 1 - p)).mean()
        error = scoring.calibration_error(p.tolist(), right.tolist())
        cells.append(f"{surprise:.3f} / {error:.3f}")
    return [title, *cells]


def read(paths: Sequence[Path], only: Sequence[str] = ()) -> tuple[list[Example], dict[str, Any]]:
    """Trace the cases of all files and stories, and say which these are.

    Raises
    ------
    InputError
        If no source sentence of a known one is named.
    """
    encoder = encoders.load(None) or encoders.LEXICAL
    examples, hashes = material.prepared(
        paths, only, lambda case: [each for each in (prepare(case, encoder),) if each is not None]
    )
    if not examples:
        raise errors.InputError(
            "no cases of which the sources of sentences are known; see docs/cases.md"
        )
    n_texts = sum(len(each.case.articles) for each in examples)
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
    whole = fit(examples)
    rows = [
        row([(each, 0.0) for each in examples], "all of them even odds"),
        row([(each, whole) for each in examples], "on the sentences of the fit"),
    ]
    cases = [each.case for each in examples]
    if cross_validate:
        part = material.folds(cases, [material.vocabulary_of(case) for case in cases], seed)
        title = f"cross-validation, {material.N_FOLDS} folds of groups, seed {seed}"
        rows.append(row(_held_out(examples, part), title))
    if leave_genre_out:
        rows.append(row(_held_out(examples, [case.set for case in cases]), "leaving a set out"))
    n_of_set: collections.Counter[str] = collections.Counter()
    for each in examples:
        n_of_set[each.case.set] += len(each.right)
    head = " | ".join(f"{name} ({n} source sentences)" for name, n in n_of_set.items())
    lines = ["### Confidence of source sentences, log_loss / ece", "", f"| confidence | {head} |"]
    lines.append("| --- " * (len(n_of_set) + 1) + "|")
    lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    say("\n".join(lines) + "\n")
    say(f"{whole:g} per unit of margin")
    return {"version": attribute.CONFIDENCE_VERSION, "fitted_on": about, "per_margin": whole}


def _held_out(examples: Sequence[Example], part: Sequence[object]) -> list[tuple[Example, float]]:
    """Give each case the log odds of a fit without its part.

    Raises
    ------
    InputError
        If all cases are of one part.
    """
    fitted = material.held_out(part, lambda rest: fit([examples[k] for k in rest]))
    return [(each, fitted[at]) for each, at in zip(examples, part, strict=True)]
