"""Simple methods for many texts: shared runs of words, and sentences alike by their rare words."""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import itertools
import math
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...text import sentences
from . import cases

Pair = tuple[str, str]

# Runs of so many words that two texts share.
_N_RUN = 5
# Two texts are joined that share this part of the runs of the shorter one.
_MIN_RUNS = 0.2
# A sentence votes for the text of the sentence that is most like it, from this cosine on.
_MIN_COSINE = 0.4
# Votes that join two texts: one sentence can be a stock phrase.
_MIN_VOTES = 2
# Shorter sentences are bylines and cross-heads.
_MIN_WORDS = 4

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Split a text into lower-case runs of letters, digits and underscores."""
    return _WORD.findall(text.lower())


def in_order(case: cases.Case) -> list[tuple[str, str]]:
    """Return (article_id, text) in an order that ids and file do not decide."""
    return sorted(
        zip(case.ids, case.articles["text"], strict=True),
        key=lambda row: (hashlib.sha256(row[1].encode()).hexdigest(), row[0]),
    )


def shared_runs(case: cases.Case) -> list[Pair]:
    """Join each text to the one that shares most of its five-word runs, a fifth at least.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of (source_id, target_id)
        The longer text as the source.
    """
    texts = in_order(case)
    split = [words(text) for _, text in texts]
    runs = [set(zip(*(each[k:] for k in range(_N_RUN)), strict=False)) for each in split]
    having = collections.defaultdict(list)
    for k, each in enumerate(runs):
        for run in each:
            having[run].append(k)
    shared: collections.Counter[tuple[int, int]] = collections.Counter()
    for members in having.values():
        shared.update(itertools.combinations(members, 2))
    best: dict[int, tuple[float, int]] = {}
    for (one, other), n in sorted(shared.items()):
        share = n / min(len(runs[one]), len(runs[other]))
        for mine, theirs in ((one, other), (other, one)):
            if share >= _MIN_RUNS and share > best.get(mine, (0.0, -1))[0]:
                best[mine] = (share, theirs)
    joined = {(min(k, other), max(k, other)) for k, (_, other) in best.items()}
    return [
        (texts[a][0], texts[b][0]) if len(split[a]) >= len(split[b]) else (texts[b][0], texts[a][0])
        for a, b in sorted(joined)
    ]


@dataclasses.dataclass(frozen=True)
class _Nearest:
    """A sentence, the sentence of another text that is most like it, and how like.

    Sentences are ``(article_id, start, end)``.
    """

    sentence: tuple[str, int, int]
    like: tuple[str, int, int]
    cosine: float


def _nearest(case: cases.Case) -> list[_Nearest]:
    places, bags = [], []
    for article_id, text in in_order(case):
        for start, end in sentences.split_sentences(text):
            said = words(text[start:end])
            if len(said) >= _MIN_WORDS:
                places.append((article_id, start, end))
                bags.append(collections.Counter(said))
    holding, weights = _weighted(bags)
    numbers = {article_id: k for k, article_id in enumerate(case.ids)}
    text_of = np.array([numbers[article_id] for article_id, _, _ in places], dtype=int)
    made = []
    for k, bag in enumerate(bags):
        alike = np.zeros(len(bags))
        for word in sorted(bag):
            rows, values = holding[word]
            alike[rows] += weights[k][word] * values
        alike[text_of == text_of[k]] = 0.0
        best = int(alike.argmax())
        if alike[best] > 0:
            made.append(_Nearest(places[k], places[best], float(alike[best])))
    return made


def _weighted(
    bags: Sequence[collections.Counter[str]],
) -> tuple[dict[str, tuple[np.ndarray, np.ndarray]], list[dict[str, float]]]:
    """For each word its sentences and weights, for each sentence its words and weights."""
    n_with = collections.Counter(word for bag in bags for word in bag)
    weights = []
    for bag in bags:
        raw = {word: n * math.log(len(bags) / n_with[word]) for word, n in sorted(bag.items())}
        length = math.sqrt(sum(value**2 for value in raw.values())) or 1.0
        weights.append({word: value / length for word, value in raw.items()})
    rows: dict[str, list[int]] = {word: [] for word in n_with}
    for k, bag in enumerate(bags):
        for word in bag:
            rows[word].append(k)
    holding = {
        word: (np.array(at), np.array([weights[k][word] for k in at])) for word, at in rows.items()
    }
    return holding, weights


def sentence_votes(case: cases.Case) -> list[Pair]:
    """Join two texts of which two sentences are most alike, among all sentences of the case.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of (source_id, target_id)
        The source is the text with more such sentences.
    """
    votes = collections.Counter(
        (each.sentence[0], each.like[0]) for each in _nearest(case) if each.cosine >= _MIN_COSINE
    )
    return [
        (source, target)
        for (source, target), n in votes.items()
        if n >= _MIN_VOTES and (votes[target, source], target) <= (n, source)
    ]


def most_alike_sentences(case: cases.Case) -> pd.DataFrame:
    """Name for each sentence the one of another text that is most like it.

    Parameters
    ----------
    case : Case

    Returns
    -------
    DataFrame
        ``target_id``, ``target_start``, ``target_end``, ``source_id``, ``source_start``,
        ``source_end``, ``confidence`` (1: nothing is left out).
    """
    columns = [
        "target_id",
        "target_start",
        "target_end",
        "source_id",
        "source_start",
        "source_end",
    ]
    rows = [(*each.sentence, *each.like) for each in _nearest(case)]
    return pd.DataFrame(rows, columns=columns).assign(confidence=1.0)
