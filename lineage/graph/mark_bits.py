"""What hidden marks add to a link that the readable text shows, and never more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..evidence import hidden_marks
from ..evidence.row import Evidence
from ..match.document import Document
from . import graph_settings

PairKey = tuple[str, str]


def strengthen(
    documents: Sequence[Document],
    rows: Mapping[PairKey, Sequence[Evidence]],
    derived: np.ndarray,
    shared: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Make links of texts with the same hidden marks surer.

    Parameters
    ----------
    documents : sequence of Document
    rows : mapping of (source_id, target_id) to sequence of Evidence
    derived, shared : ndarray of shape (n, n)
        That the one was made from the other, and that both are from a third, by their words.

    Returns
    -------
    (ndarray, ndarray)
        The same where there are no marks. Elsewhere both grow by one factor, which leaves it
        to the words whether the one was made from the other.
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    bits = {
        (place[one], place[other]): row.weight_bits
        for (one, other), listed in rows.items()
        for row in listed
        if row.signal == hidden_marks.SIGNAL
    }
    if not bits:
        return derived, shared
    derived, shared = derived.copy(), shared.copy()
    for at, added in bits.items():
        linked = float(derived[at] + shared[at])
        if graph_settings.LEAST_READABLE <= linked < 1.0:
            odds = linked / (1.0 - linked) * 2.0**added
            factor = odds / (1.0 + odds) / linked
            derived[at] *= factor
            shared[at] *= factor
    return derived, shared
