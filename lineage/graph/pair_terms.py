"""What pairs of a family say on their own, from the evidence on them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from ..evidence import family_rows
from ..evidence.link import Content
from ..evidence.row import Evidence
from ..match.document import Document
from ..match.pairs import Pair
from ..page import publishers
from . import design, graph_settings

PairKey = tuple[str, str]

# Signals of a direction that are signs of a link as well, whichever way they point.
CITED, QUOTED = "credit", "quotes_narration"


def of_pairs(
    documents: Sequence[Document],
    pairs: Mapping[PairKey, Pair],
    contents: Mapping[PairKey, Content],
    rows: Mapping[PairKey, Sequence[Evidence]],
    log_bayes: np.ndarray,
    growth: np.ndarray,
) -> design.PairTerms:
    """Add up the evidence on every pair of a family.

    Parameters
    ----------
    documents : sequence of Document
    pairs : mapping of (article_id, article_id) to Pair
    contents : mapping of (article_id, article_id) to Content
        What either side of a pair accounts for by words alone.
    rows : mapping of (source_id, target_id) to sequence of Evidence
    log_bayes, growth : ndarray of shape (n, n)
        See `design.PairTerms`.

    Returns
    -------
    PairTerms
    """
    n = len(documents)
    place = {each.article_id: k for k, each in enumerate(documents)}
    narrated, spoken = (np.zeros((n, n)) for _ in range(2))
    # Texts that were not compared have nothing of each other that is worth it.
    most, least = (_tenths(0.0) * (1.0 - np.eye(n)) for _ in range(2))
    for (first, second), pair in pairs.items():
        a, b = place[first], place[second]
        share = max(pair.unquoted_a, pair.unquoted_b)
        narrated[a, b] = narrated[b, a] = math.log(
            (share + graph_settings.LEAST_NARRATED_SHARE) / graph_settings.USUAL_NARRATED_SHARE
        )
        spoken[a, b] = spoken[b, a] = _spoken(pair)
        shares = contents[first, second]
        most[a, b] = most[b, a] = _tenths(shares.most)
        least[a, b] = least[b, a] = _tenths(min(shares.explained_a, shares.explained_b))
    causes, readings, one_publisher, cited, quoted = (np.zeros((n, n)) for _ in range(5))
    for s, source in enumerate(documents):
        for t, target in enumerate(documents):
            if s != t and source.outlet is not None and target.outlet is not None:
                one_publisher[s, t] = -1.0 if publishers.same(source.outlet, target.outlet) else 1.0
            listed = rows.get((source.article_id, target.article_id), ()) if s != t else ()
            if not listed:
                continue
            signals = {row.signal for row in listed}
            cited[s, t] = cited[t, s] = float(CITED in signals)
            quoted[s, t] = quoted[t, s] = float(QUOTED in signals)
            causes[s, t] = family_rows.direction_share_bits(listed) * math.log(2)
            readings[s, t] = math.log(2) * sum(
                row.weight_bits for row in listed if row.signal == "readings"
            )
    return design.PairTerms(
        log_bayes,
        most,
        least,
        narrated,
        spoken,
        cited,
        quoted,
        growth,
        causes,
        readings,
        one_publisher,
    )


def _tenths(share: float) -> float:
    """By how many tenths a share is above a usual one."""
    return 10.0 * (share - graph_settings.USUAL_NARRATED_SHARE)


def _spoken(pair: Pair) -> float:
    """Share of the body words in common runs that somebody said, on the side with the less."""
    shares = []
    for side in (pair.a, pair.b):
        covered = pair.covered(side) & side.body
        total = int(covered.sum())
        told = int((covered & pair.narrated(side)).sum())
        shares.append((total - told) / (total + graph_settings.FEW_WORDS))
    return min(shares)
