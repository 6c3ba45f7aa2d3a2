"""Signals of a link: that two texts share more than the event they tell."""

from __future__ import annotations

import bisect
import itertools
import math
from dataclasses import dataclass

import numpy as np

from ..match.document import BODY_ROLES, Document, once
from ..match.pairs import Pair, SentenceMatch
from ..page import publishers
from . import evidence_settings
from .row import Evidence


@dataclass(frozen=True)
class Content:
    """How much of each side the other accounts for, verbatim or in other words.

    Attributes
    ----------
    explained_a, explained_b : float
        Share of the body outside quotation marks, in [0, 1].
    """

    explained_a: float
    explained_b: float

    @property
    def most(self) -> float:
        """The side that is explained better: a cut text is wholly in its source."""
        return max(self.explained_a, self.explained_b)


def explained(
    target: Document, own: np.ndarray, covered: np.ndarray, match: SentenceMatch | None
) -> float:
    """Share of `target`'s own narration that is shared verbatim or by content.

    Parameters
    ----------
    target : Document
    own : ndarray of shape (n_words,), bool
        Body words in the text's own voice; what somebody said does not count, because
        several reporters hear the same sentence.
    covered : ndarray of shape (n_words,), bool
        Words that lie in a shared run.
    match : SentenceMatch or None
        Its sentences matched to the other side; None when not measured.

    Returns
    -------
    float
        In [0, 1]; lower when little narration stands between many quotes, because then
        a few introducing words decide.
    """
    total = int(own.sum())
    if total == 0:
        return 0.0
    said = int(target.body.sum()) - total
    share = float(worth(target, covered, match)[own].sum() / total)
    return share * total / (total + evidence_settings.SPOKEN_DISCOUNT * said)


def worth(target: Document, covered: np.ndarray, match: SentenceMatch | None) -> np.ndarray:
    """How far each word of `target` is accounted for, verbatim or by a sentence's content.

    Parameters
    ----------
    target : Document
    covered : ndarray of shape (n_words,), bool
    match : SentenceMatch or None

    Returns
    -------
    ndarray of shape (n_words,), float64
        In [0, 1].
    """
    found = covered.astype(float)
    if match is None:
        return found
    reach = evidence_settings.CONTENT_SCORE_FULL - evidence_settings.CONTENT_SCORE_NONE
    for row in np.flatnonzero(match.path >= 0):
        score = match.score[row, match.path[row]]
        strength = min(max((score - evidence_settings.CONTENT_SCORE_NONE) / reach, 0.0), 1.0)
        inside = target.sentence_words[row]
        found[inside] = np.maximum(found[inside], strength)
    if is_flash(target):
        # One or two sentences sum up a text, each from one or two places of it.
        reach = evidence_settings.FLASH_SHARE_FULL - evidence_settings.FLASH_SHARE_NONE
        for told in [k for k, role in enumerate(target.roles) if role in BODY_ROLES]:
            share = match.of_two[told]
            if np.isnan(share):
                continue
            strength = (float(share) - evidence_settings.FLASH_SHARE_NONE) / reach
            inside = target.sentence_words[told]
            found[inside] = np.maximum(found[inside], min(max(strength, 0.0), 1.0))
    return found


def is_flash(document: Document) -> bool:
    """Whether a text has no more than a sentence or two."""
    return sum(role in BODY_ROLES for role in document.roles) <= evidence_settings.FLASH_SENTENCES


def order_of_facts(
    source: Document, target: Document, own: np.ndarray, match: SentenceMatch
) -> tuple[float, int, int]:
    """How many more facts are in the same order than chance would put there.

    Parameters
    ----------
    source, target : Document
    own : ndarray of shape (n_words,), bool
        Words of `target` in its own voice; sentences that mostly cite are left out.
    match : SentenceMatch
        Sentences of `target` matched to those of `source`.

    Returns
    -------
    (float, int, int)
        Length of the longest increasing run of matches less its expectation in random
        order, about two square roots of their number [1]_; that length; that number.

    References
    ----------
    .. [1] D. Aldous, P. Diaconis, "Longest increasing subsequences", Bulletin of the
       AMS, 1999.
    """
    told = [k for k, role in enumerate(source.roles) if role in BODY_ROLES]
    best: list[int] = []
    n_matched = 0
    for row, role in enumerate(target.roles):
        inside = target.sentence_words[row]
        if role not in BODY_ROLES or not told or not len(inside):
            continue
        if own[inside].mean() < evidence_settings.MIN_OWN_SHARE:
            continue
        scores = match.score[row, told]
        if scores.max() < evidence_settings.ORDER_MIN_SCORE:
            continue
        n_matched += 1
        place = told[int(scores.argmax())]
        at = bisect.bisect_right(best, place)
        best[at : at + 1] = [place]
    return len(best) - 2.0 * math.sqrt(n_matched), len(best), n_matched


def two_gram_similarity(first: Document, second: Document) -> float:
    """Jaccard similarity of the multisets of word pairs of the content words.

    Parameters
    ----------
    first, second : Document

    Returns
    -------
    float
        In [0, 1].

    References
    ----------
    .. [1] A. Z. Broder, "On the resemblance and containment of documents", 1997.
    """
    one, other = _two_grams(first), _two_grams(second)
    shared = sum(min(count, other[gram]) for gram, count in one.items() if gram in other)
    union = sum(one.values()) + sum(other.values()) - shared
    return shared / union if union else 0.0


@once
def _two_grams(document: Document) -> dict[tuple[str, str], int]:
    words = [document.words[i] for i in document.aligned]
    counts: dict[tuple[str, str], int] = {}
    for gram in itertools.pairwise(words):
        counts[gram] = counts.get(gram, 0) + 1
    return counts


def signals(
    source: Document,
    target: Document,
    pair: Pair,
    content: Content,
    similarity: float,
    order: tuple[float, int, int] | None = None,
    *,
    has_words: bool = True,
) -> list[Evidence]:
    """Gather the evidence that the two texts are relatives at all, and how close.

    Parameters
    ----------
    source, target : Document
    pair : Pair
    content : Content
        What each side explains of the other.
    similarity : float
        From `two_gram_similarity`.
    order : tuple, optional
        From `order_of_facts`; None when the words had settled the link.
    has_words : bool, default True
        Whether the two can share words: texts in two languages cannot, and that they do
        not says nothing.

    Returns
    -------
    list of Evidence
        ``about`` is ``link`` or ``parent_choice``.
    """
    found = [
        Evidence(
            "prior",
            "link",
            evidence_settings.PRIOR_BITS,
            "most texts about one event are unrelated",
        )
    ]
    if has_words:
        found += _wording(source, target, pair)
    if order is not None:
        surplus, in_order, n_matched = order
        bits = evidence_settings.ORDER_BITS * surplus
        if surplus < 0 and n_matched < evidence_settings.ORDER_MIN_FACTS:
            bits = 0.0  # two or three facts are in some order
        bits = max(
            -evidence_settings.ORDER_LEAST_BITS, min(evidence_settings.ORDER_MOST_BITS, bits)
        )
        found.append(
            Evidence(
                "order_of_facts",
                "link",
                bits,
                f"{in_order} of {n_matched} facts are in the same order",
            )
        )
    whole = max(pair.containment_a, pair.containment_b)
    if whole > evidence_settings.WHOLE_FROM:
        reach = min(
            1.0,
            (whole - evidence_settings.WHOLE_FROM)
            / (evidence_settings.WHOLE_FULL - evidence_settings.WHOLE_FROM),
        )
        found.append(
            Evidence(
                "whole_text",
                "link",
                evidence_settings.WHOLE_BITS * reach,
                f"{whole:.0%} of one text, quotes included, is in the other word for word",
            )
        )
    found.append(
        Evidence(
            "shared_content",
            "link",
            (evidence_settings.CONTENT_BITS if has_words else evidence_settings.ACROSS_BITS)
            * content.most,
            _told_in_both(pair, content),
        )
    )
    if has_words:
        found.append(
            Evidence(
                "closeness",
                "parent_choice",
                evidence_settings.CLOSENESS_BITS
                * (similarity - evidence_settings.CLOSENESS_NEUTRAL),
                f"{similarity:.0%} of all word pairs are common to both",
            )
        )
    names = [credit for credit in target.credits if credit.kind in evidence_settings.CREDIT_BITS]
    publisher = source.outlet
    if publisher is not None:
        names = [each for each in names if publishers.credits(each.name, publisher)]
    if publisher is not None and len(names) > 0:
        credit = names[0]
        found.append(
            Evidence(
                "credited",
                "link",
                evidence_settings.CREDIT_LINK_BITS,
                f"names {credit.name}",
                None,
                (credit.start, credit.end),
            )
        )
    return found


def _told_in_both(pair: Pair, content: Content) -> str:
    one, other = pair.a, pair.b
    if content.explained_b > content.explained_a:
        one, other = other, one
    named = [each.outlet or "" for each in (one, other)]
    if not all(named) or named[0] == named[1]:
        named = ["one text", "the other"]
    return f"{content.most:.0%} of what {named[0]} says outside quotes is also in {named[1]}"


def _wording(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """Shared runs outside quotes; the longest are quoted, with their part of the bits."""
    share = max(pair.unquoted_a, pair.unquoted_b)
    bits = evidence_settings.WORDING_BITS * math.log2(
        (share + evidence_settings.WORDING_FLOOR) / evidence_settings.WORDING_NEUTRAL
    )
    if is_flash(source) or is_flash(target):
        bits = max(bits, 0.0)  # too short for a run of words to be missed
    runs = [run for run in pair.runs(source) if target.body[run[1]] and not target.quoted[run[1]]]
    runs.sort(key=lambda run: (-run[2], run[1]))
    quoted = runs[: evidence_settings.MAX_QUOTED_RUNS]
    if not quoted:
        return [
            Evidence(
                "shared_wording", "link", bits, f"{share:.0%} of one text outside quotes is shared"
            )
        ]
    total = sum(int(run[2]) for run in quoted)
    return [
        Evidence(
            "shared_wording",
            "link",
            bits * int(n) / total,
            f"{n} {'word' if n == 1 else 'words'} in a row; {share:.0%} outside quotes is shared",
            source.span(int(start), int(n)),
            target.span(int(other), int(n)),
        )
        for start, other, n in quoted
    ]
