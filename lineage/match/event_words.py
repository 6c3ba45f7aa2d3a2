"""Which pairs of texts are worth a look."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence

from . import match_settings
from .document import Document, once

PairKey = tuple[str, str]


def all_pairs(documents: Sequence[Document]) -> list[PairKey]:
    """Return every pair of ids, in order of key.

    Parameters
    ----------
    documents : sequence of Document
        In order of key.

    Returns
    -------
    list of (str, str)
    """
    return list(itertools.combinations([each.article_id for each in documents], 2))


def by_shared_words(documents: Sequence[Document], *, per_article: int) -> list[PairKey]:
    """Return for each text the texts that share most rare words with it.

    Parameters
    ----------
    documents : sequence of Document
        In order of key.
    per_article : int
        How many an article brings in, best first; a pair may be brought in by either
        side, so an article can end up in more.

    Returns
    -------
    list of (str, str)
        Ids in order of key; memory is linear in their number.

    References
    ----------
    .. [1] S. Robertson, H. Zaragoza, "The probabilistic relevance framework: BM25 and
       beyond", 2009.
    """
    rare = [rare_words(each) for each in documents]
    frequency = Counter(word for words in rare for word in words)
    n = len(documents)
    # A word in more than a third of all texts separates nothing and costs most time.
    limit = max(10, n // 3)
    holders: dict[str, list[int]] = {}
    for k, words in enumerate(rare):
        for word in sorted(words):
            if frequency[word] <= limit:
                holders.setdefault(word, []).append(k)
    chosen: set[tuple[int, int]] = set()
    for k, words in enumerate(rare):
        scores: dict[int, float] = {}
        for word in sorted(words):
            weight = math.log2(1 + n / frequency[word])
            for other in holders.get(word, ()):
                if other != k:
                    scores[other] = scores.get(other, 0.0) + weight
        ranked = [other for _, other in sorted((-score, other) for other, score in scores.items())]
        chosen.update((min(k, other), max(k, other)) for other in ranked[:per_article])
    ids = [each.article_id for each in documents]
    return [(ids[first], ids[second]) for first, second in sorted(chosen)]


@once
def rare_words(document: Document) -> frozenset[str]:
    """Return the distinct rare words of a text's content, numbers excluded."""
    return frozenset(
        document.words[i]
        for i in document.aligned
        if document.bits[i] >= match_settings.EVENT_WORDS_RARE_BITS
        and not document.words[i][0].isdigit()
    )


def same_event(first: Document, second: Document) -> bool:
    """Whether two texts share enough rare words to tell of one event.

    Parameters
    ----------
    first, second : Document

    Returns
    -------
    bool
    """
    one, other = rare_words(first), rare_words(second)
    shared = len(one & other)
    fewer = min(len(one), len(other))
    return (
        shared >= match_settings.MIN_SHARED_RARE
        and shared >= match_settings.MIN_SHARED_SHARE * fewer
    )
