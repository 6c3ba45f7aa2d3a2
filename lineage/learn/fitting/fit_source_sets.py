"""Fit what makes a set of source sentences worth choosing, to sentences of known sources."""

from __future__ import annotations

import collections
import dataclasses
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ... import errors
from ...attribution import source_sets
from ..evaluation import baselines, edge_scores
from . import known_sentences as known
from . import material

logger = logging.getLogger(__name__)

# What each weight may be, see `material.climb`.
GRID = {
    "words": (0.8, 1.0, 1.2, 1.4, 1.6, 2.0, 2.6),
    "pairs": (0.2, 0.3, 0.4, 0.5, 0.6, 0.8),
    "price": (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45),
    "gain_of_two": (0.06, 0.08, 0.1, 0.12, 0.14, 0.16),
    "gain_of_three": (0.14, 0.18, 0.22, 0.26, 0.3),
}
START = source_sets.Weights(1.2, 0.4, 0.3, 0.12, 0.22, {})


class Search:
    """Scores of weights on sentences, each combination worked out once.

    Parameters
    ----------
    sentences : sequence of Sentence
    """

    def __init__(self, sentences: Sequence[known.Sentence]) -> None:
        self._sentences = sentences
        self._known: dict[tuple[float, ...], np.ndarray] = {}

    def scores(self, weights: source_sets.Weights) -> np.ndarray:
        """F1 of the source sentences of each sentence, shape (n_sentences,)."""
        key = (*_numbers(weights).values(),)
        if key not in self._known:
            self._known[key] = np.array(
                [edge_scores.f1(each.named(weights), each.true) for each in self._sentences]
            )
        return self._known[key]

    def fit(self, kept: Sequence[int]) -> source_sets.Weights:
        """Find the weights that name most sources of some of the sentences.

        Parameters
        ----------
        kept : sequence of int
            Their places; all sets of cases count alike.

        Returns
        -------
        Weights
            Those of `GRID` under which F1 is highest, each in its turn, see `material.climb`.
        """
        found = material.climb(START, GRID, lambda each: self.mean(each, kept))
        logger.info("%s: F1 %.4f", _numbers(found), self.mean(found, kept))
        return found

    def mean(self, weights: source_sets.Weights, kept: Sequence[int]) -> float:
        """Mean F1 of the sentences at some places, all sets of cases alike."""
        return float(np.mean(list(self.by_set(self.scores(weights), kept).values())))

    def by_set(self, scores: np.ndarray, kept: Sequence[int]) -> dict[str, float]:
        """Mean of the scores at some places, for every set of cases."""
        found: dict[str, list[float]] = collections.defaultdict(list)
        for k in kept:
            found[self._sentences[k].case.set].append(float(scores[k]))
        return {name: float(np.mean(listed)) for name, listed in found.items()}


def _numbers(weights: source_sets.Weights) -> dict[str, float]:
    values = dataclasses.asdict(weights)
    return {name: value for name, value in values.items() if name != "fitted_on"}


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
    sentences, about = known.read(paths, only)
    if not sentences:
        raise errors.InputError("no sentences of which the sources are known; see docs/cases.md")
    search = Search(sentences)
    every = range(len(sentences))
    whole = dataclasses.replace(search.fit(every), fitted_on=about)
    rows = {
        **_simple(sentences),
        "shipped weights": search.by_set(search.scores(source_sets.load()), every),
        "on the sentences of the fit": search.by_set(search.scores(whole), every),
    }
    cases = [each.case for each in sentences]
    if cross_validate:
        part = material.folds(cases, [each.vocabulary for each in sentences], seed)
        rows[f"cross-validation, {material.N_FOLDS} folds of groups, seed {seed}"] = _held_out(
            search, part
        )
    if leave_genre_out:
        rows["leaving a set out"] = _held_out(search, [case.set for case in cases])
    say(_table(rows, sentences))
    say(", ".join(f"{name} {value:g}" for name, value in _numbers(whole).items()))
    return source_sets.to_dict(whole)


def _held_out(search: Search, part: Sequence[object]) -> dict[str, float]:
    """Mean F1 of each set by weights fitted without the part that a sentence is in.

    Raises
    ------
    InputError
        If all sentences are of one part.
    """
    fitted = material.held_out(part, search.fit)
    scores = np.array([search.scores(fitted[at])[k] for k, at in enumerate(part)])
    return search.by_set(scores, range(len(part)))


def _simple(sentences: Sequence[known.Sentence]) -> dict[str, dict[str, float]]:
    """What simple methods name of fused sentences."""
    found: dict[str, dict[str, list[float]]] = {}
    for each in sentences:
        for method, scored in baselines.score(each.case, dates=False).items():
            value = scored.counts.get("fusion_f1.sum")
            if value is not None:
                found.setdefault(method, {}).setdefault(each.case.set, []).append(value)
    return {
        method: {name: float(np.mean(listed)) for name, listed in of_set.items()}
        for method, of_set in found.items()
    }


def _table(rows: Mapping[str, Mapping[str, float]], sentences: Sequence[known.Sentence]) -> str:
    n_of_set = collections.Counter(each.case.set for each in sentences)
    head = " | ".join(f"{name} ({n} sentences)" for name, n in n_of_set.items())
    lines = ["### Source sentences, F1", "", f"| weights | {head} |"]
    lines.append("| --- " * (len(n_of_set) + 1) + "|")
    for title, values in rows.items():
        cells = [f"{values[name]:.3f}" if name in values else "" for name in n_of_set]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
