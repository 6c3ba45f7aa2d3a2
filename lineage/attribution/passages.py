"""Further parents: texts that passages of a text were drawn from, whatever its other parents."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..match.document import Document
from ..weights import loader, logistic
from . import attribution_settings, digests, found_sentences

# Source and target, by their places.
Pair = tuple[int, int]

VERSION = 2
FILE = "passages.json"


@dataclass(frozen=True)
class Passage:
    """Sentences of a text that follow each other and were drawn from one other text.

    Attributes
    ----------
    sentences : tuple of (int, int)
        Sentence of the target, and the sentence of the source that it answers to.
    n_words : int
        Of the target's sentences.
    p : float
        Probability that it was drawn from there: that not all of its sentences are chance.
    """

    sentences: tuple[tuple[int, int], ...]
    n_words: int
    p: float


@dataclass(frozen=True)
class Further:
    """A text that passages of another were drawn from.

    Attributes
    ----------
    p : float
        Probability that the target drew on the source.
    passages : tuple of Passage
        In order of the target; what speaks for it.
    """

    p: float
    passages: tuple[Passage, ...]


@functools.cache
def load() -> logistic.Logistic:
    """Return the weights that ship with the package."""
    values = loader.read(FILE)
    loader.check_version(values, VERSION, FILE)
    return logistic.from_dict(values["weights"], digests.FEATURES, FILE)


def to_dict(weights: logistic.Logistic, fitted_on: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    return {
        "version": VERSION,
        "fitted_on": dict(fitted_on),
        "weights": logistic.to_dict(weights),
    }


def further(
    documents: Sequence[Document],
    found: Mapping[Pair, found_sentences.Found],
    log_bayes: Mapping[Pair, float],
    parents: Sequence[Sequence[int]] | None = None,
    *,
    weights: logistic.Logistic | None = None,
) -> dict[Pair, Further]:
    """Say of every pair of texts how probable it is that passages of one are from the other.

    Parameters
    ----------
    documents : sequence of Document
        The whole collection.
    found : mapping of (source, target) to Found
        Texts looked up in each other, both ways.
    log_bayes : mapping of (int, int) to float
        Evidence of the links, in nats, the smaller place first.
    parents : sequence of sequence of int, optional
        Parents of each text that are known. What these have counts for no other: a version
        before the last has all that the last has.
    weights : Logistic, optional
        The packaged ones where left out.

    Returns
    -------
    dict of (source, target) to Further
        Of the pairs in `found`; for known parents as if they were not known.
    """
    by = load() if weights is None else weights
    rows = [digests.body(each) for each in documents]
    drawn = drawn_of(documents, found)
    keys, measured = digests.measure(documents, drawn, log_bayes)
    p = by.p(measured) if keys else np.zeros(0)
    made = {}
    for (s, t), each in zip(keys, p.tolist(), strict=True):
        known = [k for k in (parents[t] if parents is not None else ()) if k != s]
        left = left_of(drawn[s, t], [drawn[k, t] for k in known if (k, t) in drawn])
        made[s, t] = Further(each * left, _passages(found[s, t], rows[t]))
    return made


def drawn_of(
    documents: Sequence[Document], found: Mapping[Pair, found_sentences.Found]
) -> dict[Pair, np.ndarray]:
    """Return for each pair the log odds of the target's sentences of the story itself."""
    rows = [digests.body(each) for each in documents]
    return {(s, t): each.drawn[rows[t]] for (s, t), each in found.items()}


def left_of(drawn: np.ndarray, known: Sequence[np.ndarray]) -> float:
    """Return the probability that a source gave a sentence that the known parents did not.

    Parameters
    ----------
    drawn : ndarray of shape (n_sentences,)
        Log odds in nats that each sentence was drawn from the source.
    known : sequence of ndarray of shape (n_sentences,)
        The same of the parents that are known.

    Returns
    -------
    float
        That not all of its sentences are chance, or the known parents'.
    """
    p = logistic.probability(np.nan_to_num(drawn, nan=attribution_settings.NOTHING))
    theirs = [
        logistic.probability(np.nan_to_num(each, nan=attribution_settings.NOTHING))
        for each in known
    ]
    most = np.max(theirs, axis=0) if theirs else np.zeros(len(p))
    return 1.0 - float(np.prod(1.0 - np.maximum(p - most, 0.0)))


def _passages(found: found_sentences.Found, body: np.ndarray) -> tuple[Passage, ...]:
    """Cut a text into the runs of sentences that are from the source, the surest if many."""
    odds = np.where(
        body,
        np.nan_to_num(found.drawn, nan=attribution_settings.NOTHING),
        attribution_settings.NOTHING,
    )
    runs: list[list[int]] = []
    for k in np.flatnonzero(odds > attribution_settings.IN_PASSAGE).tolist():
        if runs and k - runs[-1][-1] <= attribution_settings.MAX_GAP + 1:
            runs[-1].append(k)
        else:
            runs.append([k])
    made = []
    for run in runs:
        p = 1.0 - float(np.prod(1.0 - logistic.probability(odds[run])))
        pairs = tuple((k, int(found.near[k, 0])) for k in run)
        n_words = sum(len(found.target.sentence_words[k]) for k in run)
        made.append(Passage(pairs, n_words, p))
    surest = sorted(made, key=lambda each: (-each.p, each.sentences))[
        : attribution_settings.MAX_PASSAGES
    ]
    return tuple(sorted(surest, key=lambda each: each.sentences))


__all__ = [
    "Further",
    "Passage",
    "drawn_of",
    "further",
    "left_of",
    "load",
    "to_dict",
]
