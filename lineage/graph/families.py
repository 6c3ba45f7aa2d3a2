"""From the texts of a family, compared in pairs, to the design of its forests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..evidence import family_rows
from ..evidence.family import features
from ..evidence.gather import Screened
from ..evidence.row import Evidence
from ..match.document import Document
from ..match.pairs import Pair, SentenceMatch
from . import absent_sources, arrangement, design, pair_terms
from . import growth as style

PairKey = tuple[str, str]


# What the word of a user says of how texts change: nearly all.
GIVEN: Mapping[str, float] = {"kept_up": 0.98, "passed_on": 0.02}


@dataclass(frozen=True, eq=False)
class Family:
    """A family of texts and what is known of it.

    Attributes
    ----------
    documents : tuple of Document
        In order of key; indices refer to it.
    rows : mapping of (source_id, target_id) to tuple of Evidence
        On every compared pair, drawn either way.
    origins : tuple of Origin
        Sources that the texts name.
    loci : tuple of (target, first, second, loci)
        Readings that were compared.
    design : Design
    """

    documents: tuple[Document, ...]
    rows: Mapping[PairKey, Sequence[Evidence]]
    origins: tuple[absent_sources.Origin, ...]
    loci: tuple[family_rows.Compared, ...]
    design: design.Design


def measure(
    documents: Sequence[Document],
    pairs: Mapping[PairKey, Pair],
    screened: Mapping[PairKey, Screened],
    rows: Mapping[PairKey, Sequence[Evidence]],
    log_bayes: np.ndarray,
    matches: Mapping[PairKey, SentenceMatch] | None = None,
    *,
    n_collection: int,
    theta: float = 1.0,
    whole: str | None = None,
) -> Family:
    """Measure a family.

    Parameters
    ----------
    documents : sequence of Document
        Two or more, in order of key.
    pairs : mapping of (article_id, article_id) to Pair
        Compared ones, ids in order of key.
    screened : mapping of (article_id, article_id) to Screened
        What words alone say of each of them.
    rows : mapping of (source_id, target_id) to sequence of Evidence
    log_bayes : ndarray of shape (n, n)
        See `design.PairTerms`.
    matches : mapping of (source_id, target_id) to SentenceMatch, optional
        See `family_rows.readings_of`.
    n_collection : int
        Texts handed in together.
    theta : float
        See `arrangement.build`.
    whole : str or None
        ``kept_up`` or ``passed_on``, where that is known of the texts.

    Returns
    -------
    Family
    """
    origins = tuple(absent_sources.find_origins(documents, pairs))
    loci, agreeing = family_rows.readings_of(documents, pairs, rows, matches or {})
    place = {each.article_id: k for k, each in enumerate(documents)}

    def related(one: Document, other: Document) -> bool:
        return bool(log_bayes[place[one.article_id], place[other.article_id]] > 0)

    merged = family_rows.two_sources(documents, screened, related)
    every = {
        key: [*listed, *merged.get(key, ()), *agreeing.get(key, ())] for key, listed in rows.items()
    }
    contents = {key: each.content for key, each in screened.items()}
    growing = GIVEN.get(whole or "", style.p_growing(style.style(documents)))
    lengths = _growth(documents, pairs, growing)
    built = arrangement.build(
        features.build(documents, growing, pairs),
        pair_terms.of_pairs(documents, pairs, contents, every, log_bayes, lengths),
        proposals(documents, origins),
        n_collection=n_collection,
        theta=theta,
        growing=growing,
        named_here=named_here(documents, origins),
    )
    return Family(tuple(documents), every, origins, tuple(loci), built)


def _growth(
    documents: Sequence[Document], pairs: Mapping[PairKey, Pair], growing: float
) -> np.ndarray:
    """Log odds that a text was there before another, by their lengths and style."""
    place = {each.article_id: k for k, each in enumerate(documents)}
    found = np.zeros((len(documents), len(documents)))
    for (first, second), pair in pairs.items():
        a, b = place[first], place[second]
        odds = style.log_odds(documents[a], documents[b], pair, growing)
        # Half of it for the one direction, half against the other.
        found[a, b], found[b, a] = odds / 2, -odds / 2
    return found


def proposals(
    documents: Sequence[Document], origins: Sequence[absent_sources.Origin]
) -> tuple[design.Proposal, ...]:
    """List the named sources that may be the parent of several texts.

    Parameters
    ----------
    documents : sequence of Document
    origins : sequence of Origin

    Returns
    -------
    tuple of Proposal
        Of those whose own text nobody handed in, and that two texts or more may go back to.
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    return tuple(
        design.Proposal(
            origin.name,
            tuple(sorted(place[each] for each in origin.members)),
            frozenset(place[each] for each in origin.credited),
        )
        for origin in origins
        if not origin.holders and len(origin.members) > 1
    )


def named_here(
    documents: Sequence[Document], origins: Sequence[absent_sources.Origin]
) -> frozenset[int]:
    """List the texts that name a source for the whole of them of which another text is here.

    Parameters
    ----------
    documents : sequence of Document
    origins : sequence of Origin

    Returns
    -------
    frozenset of int
        Places of the texts.
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    return frozenset(
        place[each]
        for origin in origins
        for each in origin.credited.difference(origin.holders)
        if origin.holders
    )
