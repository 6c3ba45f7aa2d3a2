"""Dividing a fused sentence among the sentences it was made from."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..match.document import Document
from ..text import rarity
from ..weights import loader
from . import attribution_settings

# Where a clause may end. Behind quoted words there is most often who said them.
_CLAUSE_MARK = re.compile(r"[,;:()–—]|\s-\s")
_QUOTATION_MARK = re.compile('["“”„«»]')
# What is set into a clause, and how it ends; behind a comma only with such a word.
_DASH = re.compile(r"[–—]|\s-\s")
_INSETS = ((re.compile(r"\("), re.compile(r"\)")), (_DASH, _DASH))
_COMMA = re.compile(",")
_INSET_WORDS = frozenset("which who whose whom where with like unlike".split())
# A word that joins clauses, or is as frequent as this (the, of, was), belongs to what follows.
_JOINING = frozenset(
    "and but or while as after before because when where which who whose whom that since though "
    "although until if".split()
)
VERSION = 1


@dataclass(frozen=True)
class Weights:
    """What a segmentation is worth, in bits, fitted by `learn.fitting.fit_segmentation`.

    Attributes
    ----------
    cut : float
        Price of each cut.
    mark : float
        Of a cut behind a mark that can end a clause.
    binding : float
        Price of a cut behind a word that belongs to what follows.
    fitted_on : mapping
        Names of stories with their sha256, numbers of cases and sentences.
    """

    cut: float
    mark: float
    binding: float
    fitted_on: Mapping[str, Any]


NUMBERS = ("cut", "mark", "binding")


@functools.cache
def load() -> Weights:
    """Return the weights that ship with the package."""
    return from_dict(loader.read("segmentation.json"), "segmentation.json")


def from_dict(values: Mapping[str, Any], where: str) -> Weights:
    """Make weights from the contents of a weights file, see `loader.numbers`."""
    return Weights(**loader.numbers(values, VERSION, NUMBERS, where), fitted_on=values["fitted_on"])


def to_dict(weights: Weights) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    numbers = {name: round(float(getattr(weights, name)), 4) for name in NUMBERS}
    return {"version": VERSION, "fitted_on": dict(weights.fitted_on), **numbers}


def divide(
    target: Document,
    index: int,
    sources: Sequence[tuple[Document, int]],
    fitted: Weights | None = None,
) -> list[list[tuple[int, int]]]:
    """Give each word of a sentence to one of its sources.

    Parameters
    ----------
    target : Document
    index : int
        Of the sentence.
    sources : sequence of (Document, int)
        Documents and sentences in them, three at most and no more than words.
    fitted : Weights, optional
        The packaged ones where left out.

    Returns
    -------
    list of list of (int, int)
        Characters of each source's parts, in order of the text and of `sources`. The parts
        do not overlap and cover every word; a source that another is set into has several.
    """
    start, end = (int(each) for each in target.spans[index])
    if len(sources) == 1:
        return [[(start, end)]]
    by = load() if fitted is None else fitted
    inside = target.sentence_words[index].tolist()
    order, cuts = chain(target, index, by)
    words = [target.words[inside[k]] for k in order]
    stems = [rarity.stem(word) for word in words]
    # What joins two clauses stands in every text.
    worth = [
        0.0 if word in _JOINING else target.stem_weights[stem]
        for word, stem in zip(words, stems, strict=True)
    ]
    has = [[stem in document.stems[sentence] for stem in stems] for document, sentence in sources]
    of_word = dict(zip(order, best(np.array(has) * np.array(worth), cuts), strict=True))
    found: list[list[tuple[int, int]]] = [[] for _ in sources]
    at = 0
    for source, part in itertools.groupby(of_word[k] for k in range(len(inside))):
        after = at + len(list(part))
        low = start if at == 0 else int(target.starts[inside[at]])
        high = end if after == len(inside) else int(target.ends[inside[after - 1]])
        found[source].append((low, high))
        at = after
    return found


def best(hits: np.ndarray, cuts: np.ndarray) -> list[int]:
    """Find the segmentation that puts most under a source that has it.

    Parameters
    ----------
    hits : ndarray of shape (n_sources, n_words)
        What each source has of each word; no more sources than words.
    cuts : ndarray of shape (n_words,)
        What a cut before each word is worth.

    Returns
    -------
    list of int
        The source of each word; every source has one. Of divisions equally good, one with
        early cuts.

    References
    ----------
    .. [1] A. Viterbi, "Error bounds for convolutional codes and an asymptotically optimum
       decoding algorithm", IEEE Trans. Inf. Theory 13, 1967. The states are the sources with
       the set of those that have had a word.
    """
    n_sources, n_words = hits.shape
    had, worth = hits.T.tolist(), cuts.tolist()
    value = {(1 << source, source): had[0][source] for source in range(n_sources)}
    before: list[dict[tuple[int, int], tuple[int, int]]] = []
    for word in range(1, n_words):
        # Staying comes first, and is left only for what is worth more: so cuts are early.
        found = {state: value[state] + had[word][state[1]] for state in value}
        back = {state: state for state in value}
        for (seen, source), so_far in value.items():
            for other in range(n_sources):
                state = seen | 1 << other, other
                reached = so_far + worth[word] + had[word][other]
                if other != source and reached > found.get(state, -np.inf):
                    found[state], back[state] = reached, (seen, source)
        value = found
        before.append(back)
    every = (1 << n_sources) - 1
    state = max(((every, source) for source in range(n_sources)), key=lambda each: value[each])
    path = [state]
    for back in reversed(before):
        path.append(back[path[-1]])
    return [source for _, source in reversed(path)]


def chain(target: Document, index: int, by: Weights) -> tuple[list[int], np.ndarray]:
    """Put the words of a sentence in a row in which a clause runs on behind what is set into it.

    Parameters
    ----------
    target : Document
    index : int
    by : Weights

    Returns
    -------
    order : list of int
        The places of the words, those of insets last.
    cuts : ndarray of shape (n_words,)
        What a cut before each word in that order is worth, by where clauses and phrases end.
    """
    inside = target.sentence_words[index].tolist()
    said = [target.words[k] for k in inside]
    between = itertools.pairwise(inside)
    gaps = ["", *(target.text[target.ends[one] : target.starts[other]] for one, other in between)]
    apart = _insets(gaps, said)
    begins = {start for start, _ in apart}
    within = [place for start, end in apart for place in range(start, end)]
    order = [place for place in range(len(said)) if place not in within] + within
    cuts = np.full(len(said), -by.cut)
    for at, (one, other) in enumerate(itertools.pairwise(order), start=1):
        if other in begins:
            cuts[at] += by.mark + attribution_settings.INSET_BITS
        elif _ends_clause(gaps[other]):
            cuts[at] += by.mark
        elif (
            said[one] in _JOINING or rarity.word_bits(said[one]) < attribution_settings.BINDING_BITS
        ):
            cuts[at] -= by.binding
    return order, cuts


def _ends_clause(gap: str) -> bool:
    return bool(_CLAUSE_MARK.search(gap)) and not _QUOTATION_MARK.search(gap)


def _insets(gaps: Sequence[str], said: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the first word of each inset and of the one behind it."""
    found: list[tuple[int, int]] = []
    for place in range(1, len(said)):
        # The mark that ends one begins no other.
        if found and place <= found[-1][1]:
            continue
        pairs: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = _INSETS
        if said[place] in _INSET_WORDS:
            pairs = (*_INSETS, (_COMMA, _COMMA))
        for opening, closing in pairs:
            ends = (k for k in range(place + 1, len(said)) if closing.search(gaps[k]))
            end = next(ends, None) if opening.search(gaps[place]) else None
            if end is not None:
                found.append((place, end))
                break
    return found
