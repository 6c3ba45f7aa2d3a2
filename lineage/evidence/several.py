"""Evidence that only several texts together give: common sources, two sources, readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from .. import absent, readings
from ..document import Document
from ..pairs import Pair
from ..text import houses
from . import link, weights
from .gather import PairEvidence
from .row import Evidence

PairKey = tuple[str, str]
Rows = dict[PairKey, list[Evidence]]
Compared = tuple[Document, Document, Document, tuple[readings.Locus, ...]]

# Two texts less probably linked than this know nothing of each other.
STRANGER_P_LINK = 0.2
# Readings are compared among this many of the likeliest parents.
MAX_CANDIDATES = 3
# Two texts with less of each other than this are not two wordings of one text.
MIN_COMMON_TEXT = 0.5
# A text must have this much of each of two strangers to be made of both.
MIN_TWO_SOURCES_SHARE = 0.12


def edge_bits(listed: Sequence[Evidence]) -> float:
    """Bits for an edge: its link, the choice of this parent, and its share of the directions.

    Evidence of direction says how the probability of a link divides between the two
    ways of drawing it; it cannot make a link out of nothing. An edge whose direction
    is certain gains one bit over an undecided one, its reverse loses all.
    """
    link = sum(row.weight_bits for row in listed if row.about != "direction")
    return link + direction_share_bits(listed)


def direction_share_bits(listed: Sequence[Evidence]) -> float:
    """``log2`` of twice the probability of this direction given a link."""
    odds = sum(row.weight_bits for row in listed if row.about == "direction")
    return 1.0 - float(np.logaddexp2(0.0, -odds))


def add_common_sources(
    documents: Sequence[Document],
    origins: Sequence[absent.Origin],
    rows: Rows,
) -> None:
    """Add what an absent common source says about its clients: they did not copy each other."""
    by_id = {each.article_id: each for each in documents}
    for origin in origins:
        for source, target in sorted(rows):
            if source not in origin.members or target not in origin.members:
                continue
            one, other = by_id[source], by_id[target]
            if houses.are_one(one.outlet, other.outlet):
                continue
            if any(
                row.signal in _OWN_REASONS and row.weight_bits > 0 for row in rows[source, target]
            ):
                continue
            # The common source explains all that they share, so nothing is left of it.
            shared = sum(
                row.weight_bits
                for row in rows[source, target]
                if row.about != "direction" and row.weight_bits > 0
            )
            rows[source, target].append(
                Evidence(
                    "common_source",
                    "link",
                    weights.SIBLING_BITS - shared,
                    f"both have the text of {origin.name}, which explains what they share",
                )
            )


# Evidence that a client of an agency took the text from the other client after all.
_OWN_REASONS = frozenset({"credit", "quotes_narration"})


def add_two_sources(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    rows: Rows,
) -> None:
    """Tell a text made of two from two made of one: its sources know nothing of each other.

    Had both taken from the middle text, they would share what both took. Where the
    middle text has much in common with each, and they next to nothing with each other,
    it stands at the end of both arrows: a collider [1]_.

    References
    ----------
    .. [1] J. Pearl, "Causality", 2000, section 2.5 (v-structures).
    """
    strangers = {key for key, each in found.items() if each.p_link < STRANGER_P_LINK}
    linked: dict[str, list[str]] = {each.article_id: [] for each in documents}
    for (first, second), each in found.items():
        if each.p_link >= 0.5:
            linked[first].append(second)
            linked[second].append(first)
    best: dict[PairKey, tuple[float, str]] = {}
    for target in documents:
        near = sorted(linked[target.article_id], key=[d.article_id for d in documents].index)
        own = target.body & ~target.quoted
        for k, first in enumerate(near):
            for second in near[k + 1 :]:
                key = (first, second) if (first, second) in found else (second, first)
                if key not in strangers:
                    continue
                masks = [
                    explained_words(target, _by_id(found, each, target.article_id))[own] >= 0.5
                    for each in (first, second)
                ]
                both = float((masks[0] & masks[1]).mean())
                bits = weights.TWO_SOURCES_BITS * float(
                    np.log2((both + 0.05) / (found[key].content.most + 0.05))
                )
                if bits <= 0 or min(mask.mean() for mask in masks) < MIN_TWO_SOURCES_SHARE:
                    continue
                bits = min(bits, weights.TWO_SOURCES_MAX_BITS)
                for source, other in ((first, second), (second, first)):
                    if bits > best.get((source, target.article_id), (0.0, ""))[0]:
                        best[source, target.article_id] = (bits, other)
    for (source, made), (bits, other) in sorted(best.items()):
        said = Evidence(
            "two_sources",
            "direction",
            bits,
            f"has much of this text and of {other}, which were hardly made from each other",
        )
        rows[source, made].append(said)
        rows[made, source].append(said.reversed())


def _by_id(found: Mapping[PairKey, PairEvidence], one: str, other: str) -> PairEvidence:
    return found[one, other] if (one, other) in found else found[other, one]


def add_readings(
    documents: Sequence[Document],
    place: Mapping[str, int],
    found: Mapping[PairKey, PairEvidence],
    rows: Rows,
    compare: Callable[[Document, Document], Pair],
) -> list[Compared]:
    """Compare the likeliest parents of each text by its readings."""
    compared = []
    for target in documents:
        likely = sorted(
            (
                (edge_bits(rows[source.article_id, target.article_id]), source)
                for source in documents
                if source is not target
                and (source.article_id, target.article_id) in rows
                and between(found, source, target).p_link >= 0.5
            ),
            key=lambda each: (-each[0], each[1].key),
        )[:MAX_CANDIDATES]
        for k, (_, first) in enumerate(likely):
            for _, second in likely[k + 1 :]:
                common: Pair = compare(first, second)
                if max(common.containment_a, common.containment_b) < MIN_COMMON_TEXT:
                    continue  # not two wordings of one text
                with_first, with_second = (
                    between(found, first, target),
                    between(found, second, target),
                )
                loci = readings.compare(
                    target,
                    first,
                    second,
                    common,
                    with_first.pair,
                    with_second.pair,
                    with_first.match(target),
                    with_second.match(target),
                )
                if loci:
                    compared.append((target, first, second, tuple(loci)))
    # Agreement chooses between two sources. With a text made later from the child it is
    # only what that text kept; so it counts as far as both were there before the child.
    before = {key: 2.0 ** (direction_share_bits(listed) - 1.0) for key, listed in rows.items()}
    for target, first, second, taken in compared:
        both_before = (
            before[first.article_id, target.article_id]
            * before[second.article_id, target.article_id]
        )
        for candidate, sign in ((first, 1.0), (second, -1.0)):
            rows[candidate.article_id, target.article_id].append(
                _reading_evidence(
                    candidate, first if sign < 0 else second, taken, sign, both_before
                )
            )
    return compared


def _reading_evidence(
    candidate: Document,
    other: Document,
    loci: Sequence[readings.Locus],
    sign: float,
    both_before: float,
) -> Evidence:
    total = 0.0
    agreeing = []
    for each in loci:
        follows = each.follows_first == (sign > 0)
        worth = weights.SPELLING_READING_BITS if each.spelling else weights.READING_BITS
        total += worth if follows else -worth
        if follows:
            agreeing.append(each)
    # Halved, because the other candidate carries the same sum with the other sign.
    bits = max(-weights.READING_MAX_BITS, min(weights.READING_MAX_BITS, total)) / 2 * both_before
    shown = max(agreeing, key=lambda each: (not each.spelling, -each.target_span[0]), default=None)
    source_span = target_span = None
    if shown is not None:
        source_span = shown.first_span if sign > 0 else shown.second_span
        target_span = shown.target_span
    named = other.outlet or other.article_id
    return Evidence(
        "readings",
        "parent_choice",
        bits,
        f"reads with this text in {len(agreeing)} of {len(loci)} places where {named} differs",
        source_span,
        target_span,
    )


def key_of(one: Document, other: Document) -> PairKey:
    """Return the key of a pair, in whichever order its texts are asked for."""
    a, b = sorted((one, other), key=lambda each: each.key)
    return a.article_id, b.article_id


def between(found: Mapping[PairKey, PairEvidence], one: Document, other: Document) -> PairEvidence:
    """Return the evidence on a pair, in whichever order its ids are asked for."""
    return found[key_of(one, other)]


def p_link(found: Mapping[PairKey, PairEvidence], one: Document, other: Document) -> float:
    """Return how probable a link of a pair is, in whichever order its ids are asked for.

    A pair that was not compared shares too few rare words to be worth it: 0.
    """
    each = found.get(key_of(one, other))
    return 0.0 if each is None else each.p_link


def explained_words(target: Document, each: PairEvidence) -> np.ndarray:
    """How far each word of `target` is accounted for by the other side, in [0, 1]."""
    return link.worth(target, each.pair.covered(target), each.match(target))
