"""Signals that have a cause: why the one text must have been there before the other.

Each function takes the two documents as source and target and returns evidence for
that direction only (never below zero bits); `signals` asks both ways round and turns
the signs. Weights are in `weights`.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from ..match.document import Document, once
from ..match.pairs import Pair
from ..page import credits, outlets, publishers
from ..text import rarity
from . import cuts, evidence_settings, places, retelling, time_signals
from .row import Evidence

# A text that still waits for somebody's answer.
_WAITING = re.compile(
    r"\b(?:did|do|does|had|has|have|could|were|was)\s*(?:not|n['’]t)\s+(?:immediately\s+|yet\s+|"
    r"return|respond|repl|answer|comment|reach|available|provide|give|offer|be\s+reached)"
    r"[^.\n]{0,80}?\b(?:respon\w*|repl\w*|comment\w*|request\w*|reach\w*|call\w*|message\w*|feedback|"
    r"statement|answer\w*)\b"
    r"|\b(?:could\s+not|couldn['’]t)\s+(?:immediately\s+)?be\s+reached\b"
    r"|\b(?:was|were)\s+not\s+immediately\s+available\b",
    re.IGNORECASE,
)
# A page that says of itself that it will be continued.
_TO_FOLLOW = re.compile(
    r"\bmore\s+(?:details?\s+|information\s+)?(?:to\s+follow|to\s+come|soon|shortly)\b"
    r"|\b(?:this\s+is\s+)?a\s+(?:breaking|developing)\s+(?:news\s+)?story\b"
    r"|\b(?:check\s+back|refresh\s+this\s+page)\s+for\s+(?:more|the\s+latest|updates)\b",
    re.IGNORECASE,
)
# Words by which a waiting sentence shows that others have answered since.
_REMAINDER = re.compile(r"\b(?:other|others|remaining|rest)\b", re.IGNORECASE)
# Who says a thing, and not whom the writer quotes with it: "he said the house", "she swore it".
_REPORTED = re.compile(
    r"\b(?:said|says|saying|told\s+\w+|added|adding)\s+that\b"
    r"|\b(?:he|she|they)\s+(?:\w+ly\s+)?(?:said|says|told|added|insisted|insists|swore|vowed|"
    r"claimed|claims|argued|warned|promised|admitted|joked|recalled)\b",
    re.IGNORECASE,
)

_TOLD = r"\b(?:told|spoke\s+to|spoke\s+with|interview\s+with)\s+(?:the\s+)?"

Signal = Callable[[Document, Document, Pair], list[Evidence]]


def credits_source(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` names the outlet of `source` as where it has this from."""
    if source.outlet is None:
        return []
    if target.outlet is not None and publishers.same(source.outlet, target.outlet):
        return []
    listed = [
        (
            credit.kind,
            Evidence(
                "credit",
                "direction",
                evidence_settings.CREDIT_BITS[credit.kind],
                f"credits {credit.name} ({credit.kind.replace('_', ' ')})",
                None,
                (credit.start, credit.end),
            ),
        )
        for credit in target.credits
        if credit.kind in evidence_settings.CREDIT_BITS
        and publishers.credits(credit.name, source.outlet)
    ]
    found = [
        _as_from_house(row, source, target, pair)
        if kind in evidence_settings.HOUSE_CREDITS
        else row
        for kind, row in listed
    ]
    told = re.compile(_TOLD + re.escape(source.outlet) + r"(?!\w)", re.IGNORECASE)
    for match in told.finditer(target.text):
        # "told CNN" is no credit, unless the words are CNN's own and CNN's page has them.
        if time_signals.covered_at(target, pair, match.start()):
            said = f"has an interview with {source.outlet}, in the words of {source.outlet}"
            found.append(
                Evidence(
                    "credit", "direction", evidence_settings.TOLD_BITS, said, None, match.span()
                )
            )
    # One credit line says it; that it is repeated does not say it twice.
    return sorted(found, key=lambda row: -row.weight_bits)[:1]


def credit_lost(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` carries the agency's dateline or desk line, `target` the body without it.

    A station or a paper puts its own name into the dateline of whatever it publishes, so
    that its name is missing elsewhere says nothing.
    """
    if pair.containment(target) < evidence_settings.CREDIT_LOST_MIN_CONTAINMENT:
        return []
    own = _agency_lines(source)
    if not own or _agency_lines(target):
        return []
    if source.outlet is not None and not any(
        publishers.same(credit.name, source.outlet) for credit in own
    ):
        return []
    first = own[0]
    found = Evidence(
        "credit_lost",
        "direction",
        evidence_settings.CREDIT_LOST_BITS,
        f"has a credit of {first.name} that the other lacks",
        (first.start, first.end),
        None,
    )
    return [_as_from_house(found, source, target, pair)]


def _as_from_house(row: Evidence, source: Document, target: Document, pair: Pair) -> Evidence:
    """What a credit of a publisher says of one of its pages.

    The page can be a later version than the one that was taken: passages that stand in the
    midst of the shared text, and of which the other has nothing, may have been put in since.
    """
    n_words = places.inserted_words(
        target, source, pair, evidence_settings.UPDATE_MIN_WORDS, evidence_settings.UPDATE_INSTEAD
    )
    share = n_words / max(1, source.n_body)
    kept = (
        1.0 - (share - evidence_settings.UPDATE_SHARE_FROM) / evidence_settings.UPDATE_SHARE_RANGE
    )
    if kept >= 1.0:
        return row
    said = f"{row.detail}, whose page has {n_words} more words in the middle of the shared text"
    bits = row.weight_bits * max(evidence_settings.UPDATE_LEAST_KEPT, kept)
    return dataclasses.replace(row, weight_bits=bits, detail=said)


def _agency_lines(document: Document) -> list[credits.Credit]:
    """Datelines, bylines and desk lines, without those in which a publisher names itself."""

    def is_own(credit: credits.Credit) -> bool:
        if credit.kind == "desk" or outlets.is_agency(credit.name):
            return False
        if credit.kind == "byline_agency" and not publishers.is_known(credit.name):
            return True  # a paper that its author writes for
        publisher = document.outlet
        return outlets.is_station(credit.name) or (
            publisher is not None and publishers.means(credit.name, publisher)
        )

    forms = evidence_settings.AGENCY_FORMS
    return [each for each in document.credits if each.kind in forms and not is_own(each)]


def agency_serves(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` is an agency's, `target` is not."""
    if source.outlet is None or target.outlet is None:
        return []
    names = publishers.canonical(source.outlet), publishers.canonical(target.outlet)
    if not outlets.is_agency(names[0]) or outlets.is_agency(names[1]):
        return []
    said = f"{source.outlet} is an agency, which writes for others"
    return [Evidence("agency", "direction", evidence_settings.AGENCY_BITS, said)]


def quotes_source(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`target` puts the other text's own narration between quotation marks."""
    # A text without quotation marks may have lost them: only what its writer tells counts then.
    told = ~source.quoted if source.quoted.any() else source.own_voice
    best: Evidence | None = None
    longest = 0
    for start, other, n in pair.runs(source):
        if n <= longest or n < evidence_settings.MIN_QUOTED_WORDS:
            continue
        quoted = target.quoted[other : other + n] & told[start : start + n]
        if quoted.sum() <= longest:
            continue
        first, length = places.longest_true(quoted)
        if length < evidence_settings.MIN_QUOTED_WORDS or length <= longest:
            continue
        sentence = int(source.sentence_of[int(start) + first])
        if sentence >= 0 and _REPORTED.search(source.text, *source.sentence_span(sentence)):
            continue  # somebody said it there too: it was reported, not told
        longest = length
        best = Evidence(
            "quotes_narration",
            "direction",
            evidence_settings.QUOTES_NARRATION_BITS,
            f"quotes {length} words that the other says in its own voice",
            source.span(int(start) + first, length),
            target.span(int(other) + first, length),
        )
    return [best] if best is not None else []


def answered(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` still waits for a reply that `target` has."""
    waiting = _waiting(source)
    if not waiting or pair.containment(target) < evidence_settings.ANSWER_MIN_CONTAINMENT:
        return []
    fresh = places.stretches(
        target.body & ~pair.covered(target), evidence_settings.MIN_ANSWER_WORDS
    )
    answers = [
        span
        for span in (target.span(first, n) for first, n in fresh)
        if target.reports_speech(*span)
    ]
    if not answers:
        return []
    for sentence in waiting:
        start, end = (int(each) for each in source.spans[sentence])
        same = places.counterpart(source, target, pair, sentence)
        still = None if same is None else target.sentence_span(same)
        if still is not None:
            words_there = target.text[still[0] : still[1]]
            words_here = source.text[start:end]
            if not _REMAINDER.search(words_there) or _REMAINDER.search(words_here):
                continue
            bits, detail = (
                evidence_settings.ANSWERED_BITS,
                "only the others had not replied yet",
            )
        elif _waiting(target):
            continue
        else:
            bits, detail = evidence_settings.ANSWERED_BITS * 0.6, "no longer waits for the reply"
        shown = _nearest(_words_of(source, sentence), target, answers) if still is None else still
        return [Evidence("answered", "direction", bits, detail, (start, end), shown)]
    return []


def developing(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """`source` says that more will follow, and `target` has more and does not say so."""
    note = _TO_FOLLOW.search(source.text)
    if note is None or _TO_FOLLOW.search(target.text) is not None:
        return []
    if pair.containment(source) < evidence_settings.DEVELOPING_MIN_CONTAINMENT:
        return []
    fresh = places.stretches(
        target.body & ~pair.covered(target), evidence_settings.MIN_ANSWER_WORDS
    )
    if not fresh:
        return []
    first, length = max(fresh, key=lambda each: each[1])
    return [
        Evidence(
            "developing",
            "direction",
            evidence_settings.DEVELOPING_BITS,
            "says that more will follow; the other has more",
            note.span(),
            target.span(first, length),
        )
    ]


def _words_of(document: Document, sentence: int) -> frozenset[str]:
    """Stems of a sentence that are no function words."""
    weights_of = document.stem_weights
    return frozenset(
        stem
        for stem in document.stems[sentence]
        if weights_of[stem] >= evidence_settings.MIN_TELLING_BITS
    )


def _nearest(
    wanted: frozenset[str], target: Document, spans: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The span with most of some stems, the first of equals: who had not replied says this."""

    def n_shared(span: tuple[int, int]) -> int:
        inside = (target.starts >= span[0]) & (target.ends <= span[1])
        return len({rarity.stem(target.words[k]) for k in np.flatnonzero(inside)} & wanted)

    return max(spans, key=n_shared)


@once
def _waiting(document: Document) -> list[int]:
    """Sentences of the story that wait for somebody's answer."""
    found = (
        places.sentence_at(document, each.start()) for each in _WAITING.finditer(document.text)
    )
    return [k for k in found if k is not None and document.roles[k] in ("body", "quote")]


SIGNALS: tuple[Signal, ...] = (
    credits_source,
    credit_lost,
    agency_serves,
    time_signals.earlier_date,
    quotes_source,
    answered,
    developing,
    cuts.tail_cut,
    time_signals.later_date_mentioned,
    time_signals.later_clock_time,
    time_signals.corrects,
    cuts.digest,
    cuts.headings_added,
    retelling.rounded,
    retelling.qualifier_lost,
    retelling.told_indirectly,
    retelling.own_reporting,
)


# What one author can write without effort: an outlet that is given, a date, a line of credit
# or of correction in the text, a promise of more.
DECLARED = frozenset(
    {"credit", "credit_lost", "agency", "date", "correction", "developing", "own_reporting"}
)


def signals(
    source: Document, target: Document, pair: Pair, growing: float | None = None
) -> list[Evidence]:
    """Gather all evidence on whether `source` was there before `target`.

    Parameters
    ----------
    source, target : Document
        The two sides of `pair`.
    pair : Pair
    growing : float, optional
        How probably texts of this kind grow as they are passed on, in [0, 1]; one half where
        left out. Some causes count less where they do, or the other way round.

    Returns
    -------
    list of Evidence
        ``about`` is ``direction``; what speaks for the other direction has a weight
        below zero.
    """
    p = 0.5 if growing is None else growing
    weighed = [_by_kind(row, p) for row in causes(source, target, pair)]
    return [row for row in weighed if row.weight_bits != 0]


def causes(source: Document, target: Document, pair: Pair) -> list[Evidence]:
    """Gather the same evidence with full weights, whatever the kind of the texts.

    Parameters
    ----------
    source, target : Document
        The two sides of `pair`.
    pair : Pair

    Returns
    -------
    list of Evidence
    """
    found: list[Evidence] = []
    for signal in SIGNALS:
        found += signal(source, target, pair)
        found += [row.reversed() for row in signal(target, source, pair)]
    return found


def _by_kind(row: Evidence, growing: float) -> Evidence:
    if row.signal not in evidence_settings.BY_KIND:
        return row
    shrinks, grows = evidence_settings.BY_KIND[row.signal]
    factor = (1 - growing) * shrinks + growing * grows
    return dataclasses.replace(row, weight_bits=factor * row.weight_bits)


def capped(rows: Iterable[Evidence]) -> float:
    """Add up evidence on a direction, with what anybody can write held in bounds.

    Parameters
    ----------
    rows : iterable of Evidence
        For one direction; what is not about direction is passed over.

    Returns
    -------
    float
        Bits; for the rows reversed the same with its sign turned. What is declared counts up
        to `evidence_settings.DECLARED_MAX_BITS` in all, less where the texts say the opposite,
        and never turns what they say beyond doubt into its contrary.
    """
    listed = [row for row in rows if row.about == "direction"]
    declared = math.fsum(row.weight_bits for row in listed if row.signal in DECLARED)
    told = math.fsum(row.weight_bits for row in listed if row.signal not in DECLARED)
    against = abs(told) if declared * told < 0 else 0.0
    left = evidence_settings.DECLARED_MAX_BITS - evidence_settings.DECLARED_LOST_PER_BIT * against
    most = min(evidence_settings.DECLARED_MAX_BITS, max(against, left))
    return told + max(-most, min(most, declared))
