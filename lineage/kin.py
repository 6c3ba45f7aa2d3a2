"""Which texts of a story can be relatives at all, where nothing is known of their publishers.

The fitted model asks which text was made from which, and takes it for granted that most
were. Closeness chooses among relatives; it does not make relatives of strangers: so
strangers are told first, by what two texts have of each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from .document import Document
from .evidence.link import Content
from .pairs import Pair

PairKey = tuple[str, str]

# Two texts that have less than this of each other are strangers, see docs/accuracy.md: so
# have 90 of 100 independent reports of one event, and of texts of a hundred words that were
# made from each other 2 of 100, nearly all of them wholly replaced.
STRANGERS_SHARE = 0.2
# Retellings of fewer words may keep nothing that can be matched.
STRANGERS_MIN_WORDS = 30
# A text of fewer words that has nothing of any other is no report by another hand yet.
REPORT_MIN_WORDS = 100
# Where the median text and its nearest have this much of each other on the mean, or the one
# has this much of the other, the story is one of versions, strangers or not. Stories of
# reports stay below .76 and .94.
COPIES_SHARE = 0.8
WHOLE_COPIES_SHARE = 0.95


class Compared(Protocol):
    """A pair of texts and what each accounts for of the other."""

    @property
    def pair(self) -> Pair:
        """The alignment."""
        ...

    @property
    def content(self) -> Content:
        """Shares explained verbatim or by content."""
        ...


def are_strangers(each: Compared) -> bool:
    """Whether two texts are long enough to judge, and have next to nothing of each other.

    Parameters
    ----------
    each : Compared

    Returns
    -------
    bool
    """
    if n_words(each) < STRANGERS_MIN_WORDS:
        return False
    return in_common(each) < STRANGERS_SHARE


def n_words(each: Compared) -> int:
    """Return the number of content words of the shorter of two texts."""
    return min(len(each.pair.a.aligned), len(each.pair.b.aligned))


def in_common(each: Compared) -> float:
    """Return the largest share of a text that the other of two has.

    Of its narration in the same or other words, or of its body word for word, in [0, 1].
    """
    return max(each.content.most, each.pair.containment_a, each.pair.containment_b)


def parts(
    documents: Sequence[Document], compared: Mapping[PairKey, Compared]
) -> tuple[tuple[int, ...], ...]:
    """Divide a story where only strangers face each other.

    Parameters
    ----------
    documents : sequence of Document
        In order of key.
    compared : mapping of (article_id, article_id) to Compared
        All pairs.

    Returns
    -------
    tuple of tuple of int
        Indices of the texts that are joined by pairs that are no strangers, through
        others as well; each ascending, the parts by their first text.
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    part = list(range(len(documents)))
    for (first, second), each in compared.items():
        one, other = sorted((part[place[first]], part[place[second]]))
        if one != other and not are_strangers(each):
            part = [one if at == other else at for at in part]
    return tuple(tuple(k for k, at in enumerate(part) if at == name) for name in sorted(set(part)))


def are_reports(documents: Sequence[Document], compared: Mapping[PairKey, Compared]) -> bool:
    """Whether a story holds reports by several hands, and not only versions of one text.

    Parameters
    ----------
    documents : sequence of Document
        In order of key.
    compared : mapping of (article_id, article_id) to Compared
        All pairs.

    Returns
    -------
    bool
        True where a text is a stranger to all others, long enough to be a report, and most
        of the others are no copies.
    """
    alone = [documents[part[0]] for part in parts(documents, compared) if len(part) == 1]
    if all(len(each.aligned) < REPORT_MIN_WORDS for each in alone):
        return False
    mutual = dict.fromkeys((each.article_id for each in documents), 0.0)
    whole = dict(mutual)
    for key, each in compared.items():
        shares = (each.pair.containment_a, each.pair.containment_b)
        for name in key:
            mutual[name] = max(mutual[name], sum(shares) / 2)
            whole[name] = max(whole[name], *shares)
    return (
        float(np.median(list(mutual.values()))) < COPIES_SHARE
        and float(np.median(list(whole.values()))) < WHOLE_COPIES_SHARE
    )
