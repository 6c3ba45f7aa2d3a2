"""What marks a text as made from others: what they have of it, and whom it names for it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..match.document import BODY_ROLES, Document, once
from ..page import outlets
from ..weights import logistic
from . import attribution_settings

# Source and target, by their places.
Pair = tuple[int, int]

# Credits that say where a text is from, and not whom it has something from.
_OF_THE_HOUSE = ("dateline", "byline_agency", "copyright", "contributed", "call_sign")
_OF_OTHERS = ("reported", "quoted", "told", "via_link", "release", "attributed")
_ARTICLE = re.compile(r"^the\s+")
# Who digests names whoever has it, and most are on no list: "per Mashable", "reports NPR",
# "Quartz notes". Of a report that was "to" or "for" somebody nobody is the source.
_NAME = rf"(?P<name>{outlets.CAPITALISED}(?:\s+(?:(?:of|and|&)\s+)?{outlets.CAPITALISED}){{0,3}})"
_CUES = (
    re.compile(rf"\b(?:[Pp]er|reports|notes)\s{{1,60}}(?:the\s{{1,60}})?{_NAME}"),
    re.compile(rf"{_NAME}\s{{1,60}}(?:reports|notes)\b(?!\s{{1,60}}(?:to|for)\b)"),
)

# What is measured of a source and a target, see `measure`.
FEATURES = (
    "explained",
    "linked",
    "together",
    "together_of_source",
    "n_sources",
    "n_texts",
    "length",
    "cited",
    "n_cited",
    "n_cited_of_source",
)
# Of these more can only speak for a source.
NEVER_AGAINST = ("explained", "linked", "together", "cited", "n_cited")


@dataclass(frozen=True)
class Cited:
    """Whom a text names in its story for what they reported, its own publisher left out.

    Attributes
    ----------
    n_names : int
        Different ones.
    share : float
        Of the sentences of the body those that name one.
    """

    n_names: int
    share: float


@once
def cited(document: Document) -> Cited:
    """Count whom a text names for what it tells.

    Who makes a text from several others says of whom he has what; who reports names
    witnesses. A name is on the list of outlets or has the form of one, or stands where the
    text says who reported or noted something, or who was told.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Cited
    """
    own = {_bare(each.name) for each in document.credits if each.kind in _OF_THE_HOUSE}
    own |= {_bare(each) for each in (document.outlet, document.origin_agency) if each is not None}
    lines = [(each.start, each.end) for each in document.credits if each.kind not in _OF_OTHERS]
    starts, ends = np.asarray(document.spans).reshape(-1, 2).T
    names, sentences = set(), set()
    for name, at in _named(document):
        bare = _bare(name)
        if bare in own or any(start <= at < end for start, end in lines):
            continue
        k = int(np.searchsorted(starts, at, side="right")) - 1
        if k >= 0 and at < ends[k] and document.roles[k] in BODY_ROLES:
            names.add(bare)
            sentences.add(k)
    # "The Times" is the New York Times once that was named.
    whole = {
        name
        for name in names
        if not any(name != each and f" {name} " in f" {each} " for each in names)
    }
    return Cited(len(whole), len(sentences) / max(1, int(body(document).sum())))


def _named(document: Document) -> Iterator[tuple[str, int]]:
    """Yield the names of others in a text, and where each stands."""
    text = document.text
    for credit in document.credits:
        if credit.kind in ("reported", "quoted", "told"):
            yield credit.name, credit.start
    for name in outlets.find_names(text, 0, len(text)):
        yield name.name, name.start
    for cue in _CUES:
        for match in cue.finditer(text):
            if outlets.may_be_media(match["name"]):
                yield outlets.canonical(match["name"]) or match["name"], match.start("name")


def _bare(name: str) -> str:
    return _ARTICLE.sub("", name.casefold())


@once
def body(document: Document) -> np.ndarray:
    """Which sentences are of the story itself, shape (n_sentences,), bool."""
    return np.array(
        [
            role in BODY_ROLES and len(inside) > 0
            for role, inside in zip(document.roles, document.sentence_words, strict=True)
        ],
        dtype=bool,
    )


def measure(
    documents: Sequence[Document],
    drawn: Mapping[Pair, np.ndarray],
    log_bayes: Mapping[Pair, float],
) -> tuple[list[Pair], np.ndarray]:
    """Measure what tells that one text was made from another, and from others besides.

    Parameters
    ----------
    documents : sequence of Document
        The whole collection.
    drawn : mapping of (source, target) to ndarray of shape (n_sentences of the target's body,)
        Log odds in nats that each sentence was drawn from there.
    log_bayes : mapping of (int, int) to float
        Evidence of the links, in nats, the smaller place first.

    Returns
    -------
    (list of (source, target), ndarray of shape (n_pairs, n_features))
        Ascending; features as in `FEATURES`. ``explained`` is how much of the target the
        source has, ``together`` how much more of a text all others have than any of them
        alone, ``length`` how much longer the target is, ``cited`` and ``n_cited`` see `Cited`.
        What a source has that the target lacks enters by its length alone.
    """
    alone = {
        key: logistic.probability(np.nan_to_num(each, nan=attribution_settings.NOTHING))
        for key, each in drawn.items()
    }
    of_target: dict[int, list[int]] = {}
    for s, t in sorted(alone):
        of_target.setdefault(t, []).append(s)
    together = {t: _together([alone[s, t] for s in listed]) for t, listed in of_target.items()}
    keys = sorted(alone)
    rows = []
    for s, t in keys:
        linked = log_bayes.get((min(s, t), max(s, t)), attribution_settings.LEAST_LINK_NATS)
        share = float(alone[s, t].mean()) if len(alone[s, t]) else 0.0
        of_source, of_this = cited(documents[s]), cited(documents[t])
        rows.append(
            [
                math.log(share + attribution_settings.LEAST_DRAWN_SHARE),
                min(
                    max(linked, attribution_settings.LEAST_LINK_NATS),
                    attribution_settings.MOST_LINK_NATS,
                ),
                together[t],
                together.get(s, 0.0),
                math.log1p(len(of_target[t])),
                math.log(len(documents)),
                math.log((1 + len(documents[t].words)) / (1 + len(documents[s].words))),
                math.log(
                    min(of_this.share, attribution_settings.MOST_CITED)
                    + attribution_settings.LEAST_CITED
                ),
                min(of_this.n_names, attribution_settings.MOST_NAMES),
                min(of_source.n_names, attribution_settings.MOST_NAMES),
            ]
        )
    return keys, np.array(rows, dtype=float).reshape(len(keys), len(FEATURES))


def _together(listed: Sequence[np.ndarray]) -> float:
    """Return how much more of a text all others have than any of them alone."""
    every = np.stack(listed)
    if every.shape[1] == 0:
        return 0.0
    return float(every.max(axis=0).mean() - every.mean(axis=1).max())


__all__ = ["FEATURES", "NEVER_AGAINST", "Cited", "body", "cited", "measure"]
