"""Fit how sure a source sentence is, to sentences of known sources and of independent reports."""

from __future__ import annotations

import collections
import dataclasses
import itertools
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ... import errors
from ...attribution import (
    attribution_settings,
    candidate_sources,
    confidence,
    found_sentences,
    sentence_index,
)
from ...io import articles
from ...match import document, encoders, pairs
from ...match.document import Document
from ...weights import logistic as models
from ..evaluation import cases as known
from ..evaluation import scoring, sentence_scores
from . import fit_logistic, material

logger = logging.getLogger(__name__)

# Places of a text and of a sentence in it.
Place = tuple[int, int]
# Sentences of a case that are embedded at most.
MOST = 6000


class Meaning:
    """Embeds sentences for a fit; nothing in lexical mode."""

    def __init__(self, encoder: str | object | None) -> None:
        found = encoders.load(encoder)
        self._encoder = None if found is None else encoders.CachedEncoder(found)

    @property
    def scale(self) -> None:
        """Weights are fitted to texts of one language."""
        return None

    def prepare(self, wanted: Iterable[tuple[Document, np.ndarray | None]]) -> None:
        """Embed sentences of several documents together."""
        if self._encoder is not None:
            listed = [text for each, rows in wanted for text in _texts(each, rows)]
            self._encoder.encode(listed)

    def vectors(self, document: Document, rows: np.ndarray | None = None) -> np.ndarray | None:
        """Return the vectors of some sentences, NaN for the others."""
        if self._encoder is None:
            return None
        found = self._encoder.encode(_texts(document, rows))
        made = np.full((len(document.roles), found.shape[1]), np.nan, dtype=np.float32)
        made[slice(None) if rows is None else rows] = found
        return made


def _texts(document: Document, rows: np.ndarray | None) -> list[str]:
    texts: list[str] = document.sentences["text"].tolist()
    return texts if rows is None else [texts[k] for k in np.flatnonzero(rows)]


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """The likeliest source sentences in the texts of a case.

    Attributes
    ----------
    case : Case
    features : ndarray of shape (n, n_features)
        Of each sentence and the best one of a text, see `fit_confidence.FEATURES`.
    right : ndarray of shape (n,), bool
        Whether it is the source.
    is_made : bool
        Whether the texts were made from those: else all are reports for themselves.
    vocabulary : frozenset of str
        Rare words of the texts of the case.
    """

    case: known.Case
    features: np.ndarray
    right: np.ndarray
    is_made: bool
    vocabulary: frozenset[str]


@dataclasses.dataclass(frozen=True, eq=False)
class Opened:
    """A case whose texts were looked up in each other.

    Attributes
    ----------
    documents : tuple of Document
    sentences : DataFrame
    found : dict of (source, target) to Answers
    true : dict of (int, int) to set of (int, int)
        For each text and sentence of which the sources are known, the texts and sentences
        that it was made from.
    """

    documents: tuple[Document, ...]
    sentences: pd.DataFrame
    found: dict[candidate_sources.Pair, found_sentences.Answers]
    true: dict[Place, set[Place]]


def is_apart(case: known.Case) -> bool:
    """Whether nothing in a case was made from anything else in it."""
    return case.kind == "graph" and not case.edges and len(case.articles) > 1


def opened(case: known.Case, meaning: Meaning) -> Opened:
    """Look the texts of a case up in those that they were made from, or all in all.

    Parameters
    ----------
    case : Case
    meaning : Meaning

    Returns
    -------
    Opened
    """
    table = articles.prepare(case.frame())
    unique = table[table["duplicate_of"].isna()]
    sentences = document.sentence_table(table)
    documents = tuple(document.build(unique, sentences).values())
    place = {each.article_id: k for k, each in enumerate(documents)}
    keys = [(place[s], place[t]) for s, t in case.edges if s in place and t in place]
    if is_apart(case):
        keys = list(itertools.permutations(range(len(documents)), 2))
    index = sentence_index.build(documents)
    wanted = dict.fromkeys(keys, 1.0)
    # Meaning is to be fitted too, so that none of it may be left out.
    looked_up, _ = candidate_sources.look_up(
        documents, index.bits, wanted, pairs.compare, meaning, max_embedded=MOST, least_p=0.0
    )
    found = {key: found_sentences.whole(each) for key, each in looked_up.items()}
    find = sentence_scores.finder(sentences)
    return Opened(documents, sentences, found, dict(_truth(case, documents, place, find)))


def _truth(
    case: known.Case,
    documents: Sequence[Document],
    place: dict[str, int],
    find: Callable[[str, str], str | None],
) -> Iterator[tuple[Place, set[Place]]]:
    if case.kind == "fusion":
        at, there = place[known.TARGET], place[known.SOURCE]
        spans = [case.spans[k] for k in sorted(case.fused_from)]
        true = {(there, k) for low, high in spans for k in _within(documents[there], low, high)}
        for k in range(len(documents[at].roles)):
            yield (at, k), true
    marked: dict[Place, set[Place]] = {}
    for mark in case.marks:
        if mark.target_id not in place or mark.source_id not in place:
            continue
        at, there = place[mark.target_id], place[mark.source_id]
        true = {(there, k) for k in _within(documents[there], mark.source_start, mark.source_end)}
        for k in _within(documents[at], mark.target_start, mark.target_end):
            marked.setdefault((at, k), set()).update(true)
    yield from marked.items()
    where = {
        name: (at, k)
        for at, each in enumerate(documents)
        for k, name in enumerate(each.sentence_ids)
    }
    for told in case.attributions:
        named = where.get(find(told.target_id, told.sentence) or "")
        if named is not None:
            named_sources = [find(source, prefix) or "" for source, prefix in told.sources]
            yield named, {where[name] for name in named_sources if name in where}


def _within(document: Document, start: int, end: int) -> list[int]:
    return [k for k, (low, high) in enumerate(document.spans) if low < end and high > start]


def prepare(case: known.Case, meaning: Meaning) -> Example | None:
    """Look a case up, and hold the best sentence of each text against the true ones.

    Parameters
    ----------
    case : Case
        A fused sentence, a case with marks or attributions, or reports without an edge.
    meaning : Meaning

    Returns
    -------
    Example or None
        None where nothing is known of sentences.
    """
    apart = is_apart(case)
    if case.kind != "fusion" and not case.attributions and not case.marks and not apart:
        return None
    looked = opened(case, meaning)
    rows, right = [], []
    for (source, target), each in sorted(looked.found.items()):
        told = [
            k
            for k in np.flatnonzero(each.told).tolist()
            if (apart and looked.documents[target].roles[k] in document.BODY_ROLES)
            or (target, k) in looked.true
        ]
        if not told:
            continue
        best = each.best[told]
        rows.append(each.features(np.array(told), best, each.margin[told]))
        named = each.measured.usable[best].tolist()
        right += [
            (source, there) in looked.true.get((target, k), ())
            for k, there in zip(told, named, strict=True)
        ]
    if not rows:
        return None
    vocabulary = material.vocabulary(looked.documents)
    return Example(case, np.concatenate(rows), np.array(right, bool), not apart, vocabulary)


def fit(examples: Sequence[Example]) -> confidence.Weights:
    """Find the weights under which what was right is least surprising.

    Parameters
    ----------
    examples : sequence of Example

    Returns
    -------
    Weights
        Every sentence counts alike; for `drawn` those of reports together as much as the
        others together.
    """
    made = [each for each in examples if each.is_made]
    apart = [each for each in examples if not each.is_made]
    features = np.concatenate([each.features for each in made])
    right = np.concatenate([each.right for each in made])
    sentence = fit_logistic.fit(features, right, confidence.FEATURES)
    chance = [each.features for each in apart]
    n_chance = sum(len(each) for each in chance)
    counts = np.repeat([1.0, len(right) / max(1, n_chance)], [len(right), n_chance])
    drawn = fit_logistic.fit(
        np.concatenate([features, *chance]),
        np.concatenate([right, np.zeros(n_chance, dtype=bool)]),
        confidence.FEATURES,
        counts,
    )
    logger.info("%s sentences of known sources, %s of reports apart", len(right), n_chance)
    return confidence.Weights(sentence, drawn, {})


def row(
    told: Sequence[tuple[Example, confidence.Weights]], title: str, even: bool = False
) -> list[str]:
    """Return the cells of a row: title, then surprise and calibration error of each set."""
    cells = []
    for name in dict.fromkeys(each.case.set for each, _ in told if each.is_made):
        mine = [(each, by) for each, by in told if each.case.set == name and each.is_made]
        p = np.concatenate([by.sentence.p(each.features) for each, by in mine])
        p = np.full(len(p), 0.5) if even else np.minimum(p, attribution_settings.MAX_CONFIDENCE)
        right = np.concatenate([each.right for each, _ in mine])
        error = scoring.calibration_error(p.tolist(), right.tolist())
        cells.append(f"{fit_logistic.surprise(p, right):.3f} / {error:.3f}")
    return [title, *cells]


def read(
    paths: Sequence[Path], only: Sequence[str] = (), encoder: str | object | None = None
) -> tuple[list[Example], dict[str, Any]]:
    """Look up the cases of all files and stories, and say which these are.

    Raises
    ------
    InputError
        If no source sentence is known.
    """
    meaning = Meaning(encoder)
    examples, hashes = material.prepared(
        paths, only, lambda case: [each for each in (prepare(case, meaning),) if each is not None]
    )
    if not any(each.is_made for each in examples):
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
    whole = dataclasses.replace(fit(examples), fitted_on=about)
    rows = [
        row([(each, whole) for each in examples], "all of them even odds", even=True),
        row([(each, whole) for each in examples], "on the sentences of the fit"),
    ]
    cases = [each.case for each in examples]
    if cross_validate:
        part = material.folds(cases, [each.vocabulary for each in examples], seed)
        title = f"cross-validation, {material.N_FOLDS} folds of groups, seed {seed}"
        rows.append(row(_held_out(examples, part), title))
    if leave_genre_out:
        rows.append(row(_held_out(examples, [case.set for case in cases]), "leaving a set out"))
    n_of_set: collections.Counter[str] = collections.Counter()
    for each in examples:
        if each.is_made:
            n_of_set[each.case.set] += len(each.right)
    head = " | ".join(f"{name} ({n} sentences)" for name, n in n_of_set.items())
    lines = ["### Confidence of source sentences, log_loss / ece", "", f"| confidence | {head} |"]
    lines.append("| --- " * (len(n_of_set) + 1) + "|")
    lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    say("\n".join(lines) + "\n")
    for name in ("sentence", "drawn"):
        model: models.Logistic = getattr(whole, name)
        numbers = models.to_dict(model)
        say(f"{name}: " + ", ".join(f"{key} {value:g}" for key, value in numbers.items()))
    return confidence.to_dict(whole)


def _held_out(
    examples: Sequence[Example], part: Sequence[object]
) -> list[tuple[Example, confidence.Weights]]:
    """Give each case the weights of a fit without its part.

    Raises
    ------
    InputError
        If all cases are of one part.
    """
    if len({at for each, at in zip(examples, part, strict=True) if each.is_made}) < 2:
        raise errors.InputError(
            f"all cases are of one matter or set ({part[0]}): nothing is left to fit without "
            "it; give cases on others too"
        )
    fitted = material.held_out(part, lambda rest: fit([examples[k] for k in rest]))
    return [(each, fitted[at]) for each, at in zip(examples, part, strict=True)]
