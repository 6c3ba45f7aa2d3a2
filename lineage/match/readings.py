"""Readings: where two possible parents differ, which wording the child follows.

The oldest tool of textual criticism. The two candidates are aligned with each other;
every place where they differ is a locus, and the sentence of the child that answers to
it shows the one reading, the other, or neither.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from .. import tables
from ..text import rarity
from . import match_settings
from .document import Document
from .pairs import Pair, SentenceMatch


@dataclass(frozen=True)
class Locus:
    """One place where two candidates differ and the child takes a side.

    Attributes
    ----------
    first_span, second_span : (int, int)
        The reading, with its context, in each candidate's supplied text.
    target_span : (int, int)
        The place in the child.
    follows_first : bool
        True if the child reads with the first candidate, False with the second.
    spelling : bool
        The two readings are one word in two spellings.
    """

    first_span: tuple[int, int]
    second_span: tuple[int, int]
    target_span: tuple[int, int]
    follows_first: bool
    spelling: bool


def compare(
    target: Document,
    first: Document,
    second: Document,
    between: Pair,
    to_first: Pair,
    to_second: Pair,
    match_first: SentenceMatch | None,
    match_second: SentenceMatch | None,
) -> list[Locus]:
    """List the places where the child follows one of two candidates.

    Parameters
    ----------
    target, first, second : Document
        The child and its two possible parents.
    between : Pair
        The candidates with each other.
    to_first, to_second : Pair
        The child with each candidate.
    match_first, match_second : SentenceMatch or None
        Sentences of the child matched to each candidate's.

    Returns
    -------
    list of Locus
        In order of the child.

    References
    ----------
    .. [1] P. Maas, "Textkritik", 1927, section 1 (readings and their agreement).
    """
    runs = between.runs(first)
    found: dict[tuple[int, int], Locus] = {}
    for (at, other, n), (after, other_after, _) in itertools.pairwise(runs):
        one, two = (int(at + n), int(after)), (int(other + n), int(other_after))
        if one[1] < one[0] or two[1] < two[0]:
            continue  # a moved run: no common place
        longest = max(one[1] - one[0], two[1] - two[0])
        if longest == 0 or longest > match_settings.MAX_READING_WORDS:
            continue
        locus = _locus(
            target, first, second, one, two, to_first, to_second, match_first, match_second
        )
        if locus is not None:
            found.setdefault(locus.target_span, locus)
    return [found[span] for span in sorted(found)]


def _locus(
    target: Document,
    first: Document,
    second: Document,
    one: tuple[int, int],
    two: tuple[int, int],
    to_first: Pair,
    to_second: Pair,
    match_first: SentenceMatch | None,
    match_second: SentenceMatch | None,
) -> Locus | None:
    words_one = set(first.words[one[0] : one[1]])
    words_two = set(second.words[two[0] : two[1]])
    only_one = words_one - words_two
    only_two = words_two - words_one
    asked = [(first, one, to_first, match_first), (second, two, to_second, match_second)]
    if one[0] == one[1]:
        asked.reverse()  # where nothing stands, nothing says which sentence it is
    sentence = _answering(target, *asked[0])
    if sentence is None:
        sentence = _answering(target, *asked[1])
    if sentence is None:
        return None
    inside = target.sentence_words[sentence]
    here = {target.words[i]: int(i) for i in reversed(inside)}
    hit_one = sorted(here[word] for word in only_one if word in here and _telling(word))
    hit_two = sorted(here[word] for word in only_two if word in here and _telling(word))
    if bool(hit_one) == bool(hit_two):
        return None
    if len(hit_one) + len(hit_two) and _elsewhere(
        first if hit_two else second,
        two if hit_one else one,
        {target.words[i] for i in (hit_one or hit_two)},
    ):
        return None
    hits = hit_one or hit_two
    low = max(int(inside[0]), hits[0] - match_settings.CONTEXT_WORDS)
    high = min(int(inside[-1]), hits[-1] + match_settings.CONTEXT_WORDS)
    spelling = bool(only_one and only_two) and (
        fuzz.ratio(" ".join(sorted(only_one)), " ".join(sorted(only_two)))
        >= match_settings.SPELLING_RATIO
    )
    return Locus(
        _with_context(first, one),
        _with_context(second, two),
        target.span(low, high - low + 1),
        bool(hit_one),
        spelling,
    )


def _telling(word: str) -> bool:
    """Articles and the like stand in every sentence."""
    return word[0].isdigit() or rarity.word_bits(word) > match_settings.READING_BITS


def _elsewhere(other: Document, place: tuple[int, int], words: set[str]) -> bool:
    """The other candidate has these words in the same sentence, a little further on."""
    last = len(other.words) - 1
    # An empty place lies between two words, which can be of two sentences.
    around = {min(place[0], last), max(0, place[0] - 1) if place[0] == place[1] else place[0]}
    near = {int(other.sentence_of[at]) for at in around} - {-1}
    return words <= {other.words[i] for sentence in near for i in other.sentence_words[sentence]}


def _answering(
    target: Document,
    candidate: Document,
    place: tuple[int, int],
    pair: Pair,
    match: SentenceMatch | None,
) -> int | None:
    """Index of the child's sentence that answers to a place of a candidate."""
    at = min(place[0], len(candidate.words) - 1)
    runs = pair.runs(candidate)
    for start, other, n in runs:
        if start <= at < start + n:
            found = int(target.sentence_of[other + at - start])
            return found if found >= 0 else None
    sentence = int(candidate.sentence_of[at])
    if sentence < 0:
        return None
    inside = candidate.sentence_words[sentence]
    low, high = int(inside[0]), int(inside[-1]) + 1
    beside: list[tuple[int, int]] = []
    for start, other, n in runs:
        # A run can begin in a sentence before and end in this one.
        begin, end = max(int(start), low), min(int(start + n), high)
        if begin >= end or n < match_settings.MIN_BESIDE_WORDS:
            continue
        nearest = begin if at < begin else end - 1
        there = int(target.sentence_of[other + nearest - start])
        if there >= 0:
            beside.append((abs(nearest - at), there))
    if beside:
        return min(beside)[1]
    if match is None:
        return None
    rows = np.flatnonzero(match.path == sentence)
    if len(rows) == 0:
        return None
    return int(rows[match.score[rows, sentence].argmax()])


def _with_context(document: Document, place: tuple[int, int]) -> tuple[int, int]:
    low = max(0, place[0] - match_settings.CONTEXT_WORDS)
    high = min(len(document.words), place[1] + match_settings.CONTEXT_WORDS)
    return document.span(low, high - low)


def table(
    compared: Sequence[tuple[Document, Document, Document, Sequence[Locus]]],
) -> pd.DataFrame:
    """Write loci as the readings table.

    Parameters
    ----------
    compared : sequence of (child, first candidate, second candidate, loci)

    Returns
    -------
    DataFrame
        The readings table: for each locus a row for each of the two candidates; loci are
        numbered from 0 for each child.
    """
    found = []
    numbered: dict[str, int] = {}
    for target, first, second, loci in compared:
        for each in loci:
            locus = numbered.get(target.article_id, 0)
            numbered[target.article_id] = locus + 1
            for candidate, span, agrees in (
                (first, each.first_span, each.follows_first),
                (second, each.second_span, not each.follows_first),
            ):
                found.append(
                    {
                        "target_id": target.article_id,
                        "locus": locus,
                        "target_text": target.text[slice(*each.target_span)],
                        "candidate_id": candidate.article_id,
                        "candidate_text": candidate.text[slice(*span)],
                        "agrees": agrees,
                    }
                )
    return tables.build("readings", found)
