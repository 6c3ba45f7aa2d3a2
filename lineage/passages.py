"""Further parents: texts that passages of a text were drawn from, whatever its other parents."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import answers, logistic, packaged
from .document import BODY_ROLES, Document

# Source and target, by their places.
Pair = tuple[int, int]

VERSION = 1
FILE = "passages.json"
# Log odds of a sentence that nothing answers.
NOTHING = -6.0
N_TOP = 3
MAX_PASSAGES = 6
# A sentence belongs to a passage when it was drawn from there as likely as not.
IN_PASSAGE = 0.0
# So many sentences of a passage may be from elsewhere.
MAX_GAP = 1

# Of these more can only speak for a source.
NEVER_AGAINST = (
    "top_three",
    "sum",
    "back_top_three",
    "back_sum",
    "own",
    "leads",
    "together",
    "first",
)
# What is measured of a source and a target, see `measure`.
FEATURES = (
    "top_three",
    "sum",
    "length",
    "back_top_three",
    "back_sum",
    "n_sources",
    "own",
    "leads",
    "n_texts",
    "together",
    "together_of_source",
    "first",
)


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
    values = packaged.read(__package__, FILE)
    packaged.check_version(values, VERSION, FILE)
    return logistic.from_dict(values["weights"], FEATURES, FILE)


def to_dict(weights: logistic.Logistic, fitted_on: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    return {
        "version": VERSION,
        "fitted_on": dict(fitted_on),
        "weights": logistic.to_dict(weights),
    }


def further(
    documents: Sequence[Document],
    found: Mapping[Pair, answers.Found],
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
    rows = [_body(each) for each in documents]
    drawn = drawn_of(documents, found)
    keys, measured = measure(drawn, len(documents))
    p = by.p(measured) if keys else np.zeros(0)
    made = {}
    for (s, t), each in zip(keys, p.tolist(), strict=True):
        known = [k for k in (parents[t] if parents is not None else ()) if k != s]
        left = left_of(drawn[s, t], [drawn[k, t] for k in known if (k, t) in drawn])
        made[s, t] = Further(each * left, _passages(found[s, t], rows[t]))
    return made


def drawn_of(
    documents: Sequence[Document], found: Mapping[Pair, answers.Found]
) -> dict[Pair, np.ndarray]:
    """Return for each pair the log odds of the target's sentences of the story itself."""
    rows = [_body(each) for each in documents]
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
    p = logistic.probability(np.nan_to_num(drawn, nan=NOTHING))
    theirs = [logistic.probability(np.nan_to_num(each, nan=NOTHING)) for each in known]
    most = np.max(theirs, axis=0) if theirs else np.zeros(len(p))
    return 1.0 - float(np.prod(1.0 - np.maximum(p - most, 0.0)))


def measure(
    drawn: Mapping[Pair, np.ndarray],
    n_texts: int,
) -> tuple[list[Pair], np.ndarray]:
    """Measure what the sentences of each two texts tell of a source.

    Parameters
    ----------
    drawn : mapping of (source, target) to ndarray of shape (n_sentences of the target,)
        Log odds in nats that each sentence of the body was drawn from there.
    n_texts : int
        In the collection.

    Returns
    -------
    (list of (source, target), ndarray of shape (n_pairs, n_features))
        Ascending; features as in `FEATURES`. ``top_three`` are log odds of the best
        sentences, ``sum`` what is drawn of all, ``back`` the same of the source in the target,
        ``own`` the sentences that no other source has, ``together`` how much more of a text
        all others have than any of them alone, ``leads`` and ``first`` whether more of the
        target is covered than of its source, and than of any other that it is near. What a
        source has that the target lacks enters nowhere.
    """
    alone = {
        key: logistic.probability(np.nan_to_num(each, nan=NOTHING)) for key, each in drawn.items()
    }
    of_target: dict[int, list[int]] = {}
    for s, t in sorted(alone):
        of_target.setdefault(t, []).append(s)
    covers = {t: _cover([alone[s, t] for s in listed]) for t, listed in of_target.items()}
    nothing = _cover([])
    keys = sorted(alone)
    rows = []
    for s, t in keys:
        left = alone[s, t]
        back = alone.get((t, s), np.zeros(0))
        here, there = covers[t], covers.get(s, nothing)
        near = [covers[k].share if k in covers else 0.0 for k in of_target[t]]
        others = np.where(here.whose == of_target[t].index(s), here.second, here.most)
        rows.append(
            [
                _top(left),
                math.log1p(float(left.sum())),
                math.log1p(len(left)),
                _top(back),
                math.log1p(float(back.sum())),
                math.log1p(len(of_target[t])),
                float(np.maximum(left - others, 0.0).sum()),
                float(here.share > there.share),
                math.log(n_texts),
                here.together,
                there.together,
                float(here.share >= max(near)),
            ]
        )
    return keys, np.array(rows, dtype=float).reshape(len(keys), len(FEATURES))


@dataclass(frozen=True, eq=False)
class _Cover:
    """What all others together have of a text.

    Attributes
    ----------
    most, second : ndarray of shape (n_sentences,)
        The greatest probability of each sentence, and the next.
    whose : ndarray of shape (n_sentences,), int64
        Which of the others has the greatest.
    share : float
        Mean of the greatest.
    together : float
        How much more that is than the mean of any alone.
    """

    most: np.ndarray
    second: np.ndarray
    whose: np.ndarray
    share: float
    together: float


def _cover(listed: Sequence[np.ndarray]) -> _Cover:
    if not listed or not len(listed[0]):
        return _Cover(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64), 0.0, 0.0)
    every = np.stack(listed)
    ordered = np.sort(every, axis=0)
    second = ordered[-2] if len(listed) > 1 else np.zeros(every.shape[1])
    share = float(ordered[-1].mean())
    return _Cover(
        ordered[-1],
        second,
        np.asarray(every.argmax(axis=0)),
        share,
        share - float(every.mean(axis=1).max()),
    )


def _top(p: np.ndarray) -> float:
    """Return the mean log odds of the most probable sentences."""
    if not len(p):
        return NOTHING
    inside = np.clip(np.sort(p)[::-1][:N_TOP], 1e-9, 1.0 - 1e-9)
    odds = np.maximum(np.log(inside) - np.log1p(-inside), NOTHING)
    return (float(odds.sum()) + NOTHING * (N_TOP - len(inside))) / N_TOP


def _body(document: Document) -> np.ndarray:
    """Sentences of the story itself."""
    return np.array(
        [
            role in BODY_ROLES and len(inside) > 0
            for role, inside in zip(document.roles, document.sentence_words, strict=True)
        ],
        dtype=bool,
    )


def _passages(found: answers.Found, body: np.ndarray) -> tuple[Passage, ...]:
    """Cut a text into the runs of sentences that are from the source, the surest if many."""
    odds = np.where(body, np.nan_to_num(found.drawn, nan=NOTHING), NOTHING)
    runs: list[list[int]] = []
    for k in np.flatnonzero(odds > IN_PASSAGE).tolist():
        if runs and k - runs[-1][-1] <= MAX_GAP + 1:
            runs[-1].append(k)
        else:
            runs.append([k])
    made = []
    for run in runs:
        p = 1.0 - float(np.prod(1.0 - logistic.probability(odds[run])))
        pairs = tuple((k, int(found.near[k, 0])) for k in run)
        n_words = sum(len(found.target.sentence_words[k]) for k in run)
        made.append(Passage(pairs, n_words, p))
    surest = sorted(made, key=lambda each: (-each.p, each.sentences))[:MAX_PASSAGES]
    return tuple(sorted(surest, key=lambda each: each.sentences))


__all__ = [
    "FEATURES",
    "NEVER_AGAINST",
    "Further",
    "Passage",
    "drawn_of",
    "further",
    "left_of",
    "load",
    "measure",
    "to_dict",
]
