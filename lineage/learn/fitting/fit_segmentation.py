"""Fit what a segmentation of a fused sentence is worth, to sentences whose parts are known."""

from __future__ import annotations

import collections
import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ... import errors
from ...attribution import segmentation
from ...io import articles
from ...match import document
from ...match.document import Document
from ..evaluation import cases as known
from ..evaluation import sentence_scores
from . import material

logger = logging.getLogger(__name__)

# What each weight may be, in bits; see `material.climb`.
GRID = {
    "cut": (6.0, 8.0, 10.0, 12.0, 15.0, 18.0, 22.0),
    "mark": (2.0, 4.0, 6.0, 8.0, 10.0),
    "binding": (0.0, 4.0, 6.0, 8.0, 10.0),
}
START = segmentation.Weights(15.0, 6.0, 6.0, {})


@dataclasses.dataclass(frozen=True, eq=False)
class Sentence:
    """A fused sentence of which it is known what each word comes from.

    Attributes
    ----------
    case : Case
    target : Document
    index : int
        Of the sentence.
    sources : tuple of (Document, int)
        What it was made from.
    true : ndarray of shape (n_words,), int64
        Place in `sources` of each word of the sentence.
    """

    case: known.Case
    target: Document
    index: int
    sources: tuple[tuple[Document, int], ...]
    true: np.ndarray

    def right(self, weights: segmentation.Weights) -> float:
        """Share of the words that stand under their source by some weights."""
        parts = segmentation.divide(self.target, self.index, self.sources, weights)
        starts = self.target.starts[self.target.sentence_words[self.index]]
        found = np.full(len(starts), -1)
        for source, spans in enumerate(parts):
            for low, high in spans:
                found[(low <= starts) & (starts < high)] = source
        return float((found == self.true).mean())


def prepare(case: known.Case) -> list[Sentence]:
    """List the fused sentences of a case whose parts are known.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of Sentence
        Those that the program takes for one sentence, with sources that it does so too.
    """
    listed = [each for each in case.attributions if each.parts]
    if not listed:
        return []
    table = articles.prepare(case.frame())
    unique = table[table["duplicate_of"].isna()]
    sentences = document.sentence_table(table)
    documents = document.build(unique, sentences)
    find = sentence_scores.finder(sentences)

    def place(article: str, beginning: str) -> tuple[Document, int] | None:
        name = find(article, beginning)
        ids = documents[article].sentence_ids
        return None if name is None else (documents[article], ids.index(name))

    made = []
    for each in listed:
        target = place(each.target_id, each.sentence)
        sources = [place(*source) for source in each.sources]
        if target is None or None in sources:
            continue
        made.append(
            Sentence(
                case,
                *target,
                tuple(source for source in sources if source is not None),
                _true(*target, each.parts),
            )
        )
    return made


def _true(target: Document, index: int, parts: Sequence[tuple[str, int]]) -> np.ndarray:
    starts = target.starts[target.sentence_words[index]]
    true = np.full(len(starts), -1)
    for low, high, source in sentence_scores.places(
        parts, target.text, int(target.spans[index][0])
    ):
        true[(low <= starts) & (starts < high)] = source
    return true


class Search:
    """Shares of words that stand under their source, each combination worked out once.

    Parameters
    ----------
    sentences : sequence of Sentence
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._known: dict[tuple[float, ...], np.ndarray] = {}

    def scores(self, weights: segmentation.Weights) -> np.ndarray:
        """Share of the words of each sentence, shape (n_sentences,)."""
        bare = tuple(getattr(weights, name) for name in segmentation.NUMBERS)
        if bare not in self._known:
            self._known[bare] = np.array([each.right(weights) for each in self._sentences])
        return self._known[bare]

    def fit(self, kept: Sequence[int]) -> segmentation.Weights:
        """Find the weights under which most words of some sentences are right.

        Parameters
        ----------
        kept : sequence of int
            Their places; all sentences count alike.

        Returns
        -------
        Weights
            See `material.climb`.
        """
        places = list(kept)
        found = material.climb(START, GRID, lambda each: float(self.scores(each)[places].mean()))
        logger.info("%s: %.4f", found, self.scores(found)[places].mean())
        return found


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
    sentences, hashes = material.prepared(paths, only, prepare)
    if not sentences:
        raise errors.InputError("no fused sentences of known parts; see data/README.md")
    cases = [each.case for each in sentences]
    n_cases = len({(case.set, case.name) for case in cases})
    about = material.about(hashes, n_cases, len(sentences))
    search = Search(sentences)
    whole = dataclasses.replace(search.fit(range(len(sentences))), fitted_on=about)
    rows = {
        "weights to start from": search.scores(START),
        "shipped weights": search.scores(segmentation.load()),
        "on the sentences of the fit": search.scores(whole),
    }
    if cross_validate:
        part: Sequence[object] = material.folds(
            cases, [material.vocabulary_of(case) for case in cases], seed
        )
        rows[f"cross-validation, {material.N_FOLDS} folds of stories, seed {seed}"] = _held_out(
            search, part
        )
    if leave_genre_out:
        rows["leaving a set out"] = _held_out(search, [case.set for case in cases])
    say(_table(rows, sentences))
    say(", ".join(f"{name} {getattr(whole, name):g}" for name in segmentation.NUMBERS))
    return segmentation.to_dict(whole)


def _held_out(search: Search, part: Sequence[object]) -> np.ndarray:
    """Shares by weights fitted without the part that a sentence is in.

    Raises
    ------
    InputError
        If all sentences are of one part.
    """
    fitted = material.held_out(part, search.fit)
    return np.array([search.scores(fitted[at])[k] for k, at in enumerate(part)])


def _table(rows: dict[str, np.ndarray], sentences: Sequence[Sentence]) -> str:
    names = [each.case.name for each in sentences]
    n_of_case = collections.Counter(names)
    head = " | ".join(f"{name} ({n})" for name, n in n_of_case.items())
    lines = ["### Words of fused sentences under their source", "", f"| weights | all | {head} |"]
    lines.append("| --- " * (len(n_of_case) + 2) + "|")
    for title, scores in rows.items():
        cells = [scores, *(scores[[at == name for at in names]] for name in n_of_case)]
        lines.append(
            f"| {title} | "
            + " | ".join(f"{each.mean():.3f}, whole {np.sum(each == 1)}" for each in cells)
            + " |"
        )
    return "\n".join(lines) + "\n"
