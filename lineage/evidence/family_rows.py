"""Evidence that only several texts together give: readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ..match import readings
from ..match.document import Document
from ..match.pairs import Pair, SentenceMatch
from . import direction, evidence_settings, link
from .gather import PairEvidence, Screened
from .row import Evidence

PairKey = tuple[str, str]
Compared = tuple[Document, Document, Document, tuple[readings.Locus, ...]]


def direction_share_bits(listed: Sequence[Evidence]) -> float:
    """``log2`` of twice the probability of this direction given a link."""
    return 1.0 - float(np.logaddexp2(0.0, -direction.capped(listed)))


def readings_of(
    documents: Sequence[Document],
    pairs: Mapping[PairKey, Pair],
    rows: Mapping[PairKey, Sequence[Evidence]],
    matches: Mapping[PairKey, SentenceMatch],
) -> tuple[list[Compared], dict[PairKey, list[Evidence]]]:
    """Compare the likeliest parents of each text by its readings.

    Parameters
    ----------
    documents : sequence of Document
    pairs : mapping of (article_id, article_id) to Pair
        Compared ones, ids in order of key.
    rows : mapping of (source_id, target_id) to sequence of Evidence
        What is known of the direction of each pair.
    matches : mapping of (source_id, target_id) to SentenceMatch
        Sentences of the target matched to those of the source, as far as they were.

    Returns
    -------
    list of Compared
    dict of (source_id, target_id) to list of Evidence
        What agreement with the one candidate and not with another says.
    """
    compared: list[Compared] = []
    for target in documents:
        with_target = [
            (pairs[key_of(target, source)], source)
            for source in documents
            if source is not target and key_of(target, source) in pairs
        ]
        near = sorted(
            ((pair.containment_a + pair.containment_b, source) for pair, source in with_target),
            key=lambda each: (-each[0], each[1].key),
        )
        likely = [source for share, source in near if share > 0][: evidence_settings.MAX_CANDIDATES]
        for k, first in enumerate(likely):
            for second in likely[k + 1 :]:
                common = pairs.get(key_of(first, second))
                if common is None:
                    continue
                if (
                    max(common.containment_a, common.containment_b)
                    < evidence_settings.MIN_COMMON_TEXT
                ):
                    continue  # not two wordings of one text
                loci = readings.compare(
                    target,
                    first,
                    second,
                    common,
                    pairs[key_of(first, target)],
                    pairs[key_of(second, target)],
                    matches.get((first.article_id, target.article_id)),
                    matches.get((second.article_id, target.article_id)),
                )
                if loci:
                    compared.append((target, first, second, tuple(loci)))
    # Agreement chooses between two sources. With a text made later from the child it is
    # only what that text kept; so it counts as far as both were there before the child.
    before = {key: 2.0 ** (direction_share_bits(listed) - 1.0) for key, listed in rows.items()}
    found: dict[PairKey, list[Evidence]] = {}
    for target, first, second, taken in compared:
        ids = [(each.article_id, target.article_id) for each in (first, second)]
        both_before = before.get(ids[0], 0.5) * before.get(ids[1], 0.5)
        for key, candidate, other, sign in (
            (ids[0], first, second, 1.0),
            (ids[1], second, first, -1.0),
        ):
            said = _reading_evidence(candidate, other, taken, sign, both_before)
            found.setdefault(key, []).append(said)
    return compared, found


def two_sources(
    documents: Sequence[Document],
    screened: Mapping[PairKey, Screened],
    related: Callable[[Document, Document], bool] = lambda one, other: False,
) -> dict[PairKey, list[Evidence]]:
    """Tell a text made of two from two made of one: its sources know nothing of each other.

    Had both taken from the middle text, they would share what both took. Where the
    middle text has much in common with each, and they next to nothing with each other,
    it stands at the end of both arrows: a collider [1]_.

    Parameters
    ----------
    documents : sequence of Document
    screened : mapping of (article_id, article_id) to Screened
        What words say of each pair, ids in order of key.
    related : callable
        Whether two texts have rather something of each other than nothing. Two retellings of
        one text keep one part or another of it, and are relatives by what both keep: of these
        so much has to stand in common runs as counts in full.

    Returns
    -------
    dict of (source_id, target_id) to list of Evidence

    References
    ----------
    .. [1] J. Pearl, "Causality", 2000, section 2.5 (v-structures).
    """
    best: dict[PairKey, tuple[float, str]] = {}
    for target in documents:
        near = [
            each
            for each in documents
            if each is not target
            and key_of(each, target) in screened
            and screened[key_of(each, target)].content.most >= evidence_settings.MIN_LINKED_SHARE
        ]
        own = target.body & ~target.quoted
        for k, first in enumerate(near):
            for second in near[k + 1 :]:
                between_them = screened.get(key_of(first, second))
                common = 0.0 if between_them is None else between_them.content.most
                least = min(screened[key_of(each, target)].content.most for each in (first, second))
                if common >= evidence_settings.MAX_STRANGERS_SHARE * least or not own.any():
                    continue
                # Who retells keeps one part or another: two such look like this as well, but
                # for their words.
                if not all(_is_worded(screened[key_of(s, target)].pair) for s in (first, second)):
                    continue
                one, two = (
                    _explained(target, screened[key_of(each, target)])[own]
                    for each in (first, second)
                )
                alone = _least_alone(one, two)
                if alone < evidence_settings.MIN_TWO_SOURCES_SHARE:
                    continue
                if related(first, second):
                    # Two retellings of one text each keep a part of it, in words of their own.
                    runs = (
                        screened[key_of(each, target)].pair.covered(target)[own]
                        for each in (first, second)
                    )
                    if _least_alone(*runs) < evidence_settings.FULL_TWO_SOURCES_SHARE:
                        continue
                bits = evidence_settings.TWO_SOURCES_MAX_BITS * min(
                    1.0, alone / evidence_settings.FULL_TWO_SOURCES_SHARE
                )
                for source, other in ((first, second), (second, first)):
                    key = source.article_id, target.article_id
                    if bits > best.get(key, (0.0, ""))[0]:
                        best[key] = bits, other.outlet or "another text"
    found: dict[PairKey, list[Evidence]] = {}
    for (source_id, made), (bits, other_name) in sorted(best.items()):
        said = Evidence(
            "two_sources",
            "direction",
            bits,
            f"has parts of this text and of {other_name}, which share nothing with each other",
        )
        found.setdefault((source_id, made), []).append(said)
        found.setdefault((made, source_id), []).append(said.reversed())
    return found


def _least_alone(one: np.ndarray, two: np.ndarray) -> float:
    """Share of the words that one accounts for and the other does not, the smaller of both."""
    return min(float((one & ~two).mean()), float((two & ~one).mean()))


def _is_worded(pair: Pair) -> bool:
    return max(pair.unquoted_a, pair.unquoted_b) >= evidence_settings.MIN_WORDED_SHARE


def _explained(target: Document, each: Screened) -> np.ndarray:
    """Which words of a text the other side of a pair accounts for, by words alone."""
    match = each.match_a if target is each.pair.a else each.match_b
    return link.worth(target, each.pair.covered(target), match) >= evidence_settings.EXPLAINED


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
        worth = (
            evidence_settings.SPELLING_READING_BITS
            if each.spelling
            else evidence_settings.READING_BITS
        )
        total += worth if follows else -worth
        if follows:
            agreeing.append(each)
    # Halved, because the other candidate carries the same sum with the other sign.
    bits = (
        max(-evidence_settings.READING_MAX_BITS, min(evidence_settings.READING_MAX_BITS, total))
        / 2
        * both_before
    )
    shown = max(agreeing, key=lambda each: (not each.spelling, -each.target_span[0]), default=None)
    source_span = target_span = None
    if shown is not None:
        source_span = shown.first_span if sign > 0 else shown.second_span
        target_span = shown.target_span
    named = other.outlet or other.article_id
    if other.outlet == candidate.outlet:
        named = other.article_id
    return Evidence(
        "readings",
        "parent_choice",
        bits,
        f"agrees with this text in {len(agreeing)} of the {len(loci)} places where {named} differs",
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


def explained_words(target: Document, each: PairEvidence) -> np.ndarray:
    """How far each word of `target` is accounted for by the other side, in [0, 1]."""
    return link.worth(target, each.pair.covered(target), each.match(target))
