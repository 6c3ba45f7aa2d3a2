"""Which texts of an archive are relatives: candidates found by words, decided by the link."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...evidence import translation
from ...graph import graph_settings, links
from ...io import articles
from ...match import background, document
from ...match.document import Document
from ...match.word_runs import Marks
from ...text import align
from . import archive_settings, word_index


@dataclass(frozen=True)
class Candidate:
    """A text of the archive that another text may be related to.

    Attributes
    ----------
    text_no : int
    words, runs : float
        BM25 of the rare words, and of the fingerprints of runs, that the two share.
    """

    text_no: int
    words: float
    runs: float


def candidates(index: word_index.WordIndex, marks: Marks) -> list[Candidate]:
    """Find the texts that share the rarest words and runs of words with a text.

    Parameters
    ----------
    index : WordIndex
    marks : Marks
        Of the text.

    Returns
    -------
    list of Candidate
        The best by runs and the best by words in turns; a text that is in the archive finds
        itself. No text that shares `match_settings.SURE_RUN` words in a row is missed, as long as
        no more than `archive_settings.BEST_BY_RUNS` do.
    """
    by_runs = index.by_runs(marks.runs, archive_settings.BEST_BY_RUNS)
    by_words = index.by_words(marks.rare, archive_settings.BEST_BY_WORDS)
    runs = {each.text_no: each.score for each in by_runs}
    words = {each.text_no: each.score for each in by_words}
    # A run of words that few texts have tells as much as many rare words: neither waits for the
    # other.
    turns = itertools.chain(*itertools.zip_longest(by_runs, by_words))
    order = dict.fromkeys(each.text_no for each in turns if each is not None)
    return [Candidate(number, words.get(number, 0.0), runs.get(number, 0.0)) for number in order]


def nearest(
    index: word_index.WordIndex,
    marks: Marks,
    text_no: int | None = None,
    *,
    if_promising: bool = False,
) -> list[Candidate]:
    """Find the candidates of a text that are to be cut into sentences and weighed.

    Parameters
    ----------
    index : WordIndex
    marks : Marks
        Of the text.
    text_no : int, optional
        Its number, if it is in the archive: it is no candidate of its own.
    if_promising : bool
        None at all unless one of them shares a run of words, or of its rare words a share.

    Returns
    -------
    list of Candidate
        Best first, of which `archive_settings.WEIGHED_TEXTS` are for weighing. Those that are no
        relatives are what a relative is told from.
    """
    found = [each for each in candidates(index, marks) if each.text_no != text_no]
    if if_promising:
        least = archive_settings.PROMISING_SHARE * index.own_score(marks.rare)
        if not any(each.runs > 0 or each.words >= least for each in found):
            return []
    return found


def documents(frame: pd.DataFrame) -> list[Document]:
    """Cut texts into sentences with roles; columns as `articles.prepare` takes them."""
    table = articles.prepare(frame)
    unique = table[table["duplicate_of"].isna()]
    return list(document.build(unique, document.sentence_table(unique)).values())


def weigh(texts: Sequence[Document], pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """Weigh what pairs of texts have in common, by the model that decides links in every trace.

    Parameters
    ----------
    texts : sequence of Document
    pairs : sequence of (int, int)
        Places in `texts`.

    Returns
    -------
    ndarray of shape (n_pairs,), float64
        Nats for a link, without the prior.
    """
    if len(pairs) == 0:
        return np.zeros(0)
    known = background.build(texts)
    places = np.array(pairs, dtype=np.int64)
    features = links.measure(known, places)
    found = links.Links(len(texts), places[:, 0], places[:, 1], links.log_bayes(features), features)
    barred = [translation.are_apart(texts[a], texts[b]) for a, b in pairs]
    return links.apart(found, barred).log_bayes


def p_link(log_bayes: float, n_texts: int) -> float:
    """Probability of a link in an archive of `n_texts`, where each has about one relative."""
    strangers = min(n_texts, archive_settings.NEAR_TEXTS)
    log_odds = log_bayes - math.log(max(1, strangers - 1))
    return 1.0 / (1.0 + math.exp(-min(max(log_odds, -500.0), 500.0)))


def family(
    of: int, odds: Mapping[tuple[int, int], float], least: float = graph_settings.LEAST_RELATED
) -> set[int]:
    """Collect the texts that belong to the family of one.

    Parameters
    ----------
    of : int
        The text.
    odds : mapping of (int, int) to float
        For a link, of each pair, the smaller first.
    least : float
        Probability from which on a text belongs to a family.

    Returns
    -------
    set of int
        With the text itself. As in `links.families` a text belongs to a family with the sum of
        the odds of its pairs, since it was made from one of the family or from another.
    """
    found = {of}
    while True:
        summed: dict[int, float] = {}
        for (a, b), each in odds.items():
            if (a in found) != (b in found):
                outside = b if a in found else a
                summed[outside] = summed.get(outside, 0.0) + each
        more = {text for text, each in summed.items() if each >= least / (1.0 - least)}
        if not more:
            return found
        found |= more


def longest_run(one: Document, other: Document) -> int:
    """Count the words of the longest run that two texts have in common."""
    blocks = align.matching_blocks(one.words, other.words)
    return max((n for _, _, n in blocks), default=0)
