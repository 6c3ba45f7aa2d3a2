"""Texts that are the same to the letter: compared once, told for each."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import tables
from ..attribution import measures
from ..attribution.attributions import Attribution
from ..evidence import evidence_settings
from ..evidence.row import Evidence
from ..graph.edges import Edge
from ..graph.outcomes import PairOutcome
from ..page import publishers
from ..text import given_dates

# The same text to the letter by accident: never, for a text of more than a few words.
COPY_BITS = 40.0
# The direction of two texts of which nothing tells which was first.
UNKNOWN = 0.5


@dataclass(frozen=True)
class Copies:
    """What identical texts add to that which was found for the first of them.

    Attributes
    ----------
    edges : tuple of Edge
    outcomes : tuple of PairOutcome
    attributions : tuple of Attribution
    order : tuple of str
        Their ids, which come after all others.
    """

    edges: tuple[Edge, ...]
    outcomes: tuple[PairOutcome, ...]
    attributions: tuple[Attribution, ...]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """An article as far as its copies are concerned; `first` is the id of what it repeats."""

    article_id: str
    first: str | None
    outlet: str | None
    date: given_dates.ParsedDate | None
    n_chars: int
    n_words: int


def expand(
    table: pd.DataFrame,
    sentences: pd.DataFrame,
    edges: Sequence[Edge],
    outcomes: Sequence[PairOutcome],
    attributions: Sequence[Attribution],
) -> Copies:
    """Give each copy what was found for the text that it repeats.

    Two publishers with one text that has a parent took it from that parent each for
    themselves; otherwise the copy is drawn from the first text, with the direction
    left open unless dates tell it.

    Parameters
    ----------
    table : DataFrame
        The articles table with ``duplicate_of``.
    sentences : DataFrame
        The sentences table, copies included.
    edges : sequence of Edge
    outcomes : sequence of PairOutcome
    attributions : sequence of Attribution
        Of the texts that are not copies.

    Returns
    -------
    Copies
    """
    texts = {each.article_id: each for each in _texts(table)}
    copies = [(each, texts[each.first]) for each in texts.values() if each.first is not None]
    n_copies = Counter(first.article_id for _, first in copies)
    into: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.is_kept and edge.relation != "quote":
            into.setdefault(edge.target_id, []).append(edge)
    added: list[Edge] = []
    siblings: set[str] = set()
    for copy, first in copies:
        above = into.get(first.article_id, [])
        if above and _two_publishers(first, copy):
            siblings.add(copy.article_id)
            added += [dataclasses.replace(edge, target_id=copy.article_id) for edge in above]
        else:
            # As well from any other that is the same.
            added.append(_edge(copy, first, n_copies[first.article_id]))
    return Copies(
        tuple(added),
        tuple(_outcomes(copies, outcomes, siblings)),
        tuple(_attributions(copies, sentences, attributions, siblings)),
        tuple(copy.article_id for copy, _ in copies),
    )


def _texts(table: pd.DataFrame) -> list[_Text]:
    return [
        _Text(
            row["article_id"],
            row["duplicate_of"],
            row["outlet"],
            None
            if row["published_at"] is None
            else given_dates.ParsedDate(
                row["published_at"], row["published_precision"] or "second"
            ),
            len(row["text"]),
            int(row["n_words"]),
        )
        for row in tables.records(table)
    ]


def _two_publishers(first: _Text, copy: _Text) -> bool:
    if first.outlet is None or copy.outlet is None:
        return False
    return not publishers.same(first.outlet, copy.outlet)


def _edge(copy: _Text, first: _Text, n_alike: int) -> Edge:
    """Two texts that are the same to the letter: linked for sure, order unknown."""
    lag_s = None
    if first.date is not None and copy.date is not None:
        lag_s = given_dates.lag_s(first.date, copy.date)
    whole = 0, copy.n_chars
    evidence = [
        Evidence("same_text", "link", COPY_BITS, "the same text to the letter", whole, whole)
    ]
    p_direction = UNKNOWN
    if lag_s is not None and lag_s > 0:
        bits = evidence_settings.GIVEN_DATE_BITS
        p_direction = 1.0 / (1.0 + 2.0**-bits)
        said = f"date is {lag_s / 3600:.1f} hours earlier"
        evidence.append(Evidence("date", "direction", bits, said))
    return Edge(
        first.article_id,
        copy.article_id,
        "reprint",
        "kept",
        p_link=1.0,
        p_edge=1.0,
        p_direction=p_direction,
        n_alike=n_alike,
        coverage_target=1.0,
        coverage_source=1.0,
        lag_s=lag_s,
        evidence=tuple(evidence),
    )


def _outcomes(
    copies: Sequence[tuple[_Text, _Text]], outcomes: Sequence[PairOutcome], siblings: set[str]
) -> list[PairOutcome]:
    """Give each copy the outcomes of the text that it repeats, and one with that text."""
    groups: dict[str, list[str]] = {}
    n_words: dict[str, int] = {}
    for copy, first in copies:
        groups.setdefault(first.article_id, [first.article_id]).append(copy.article_id)
        n_words[first.article_id] = copy.n_words
    added = []
    for each in outcomes:
        for one in groups.get(each.a, [each.a]):
            for other in groups.get(each.b, [each.b]):
                if (one, other) != (each.a, each.b):
                    added.append(_of_two(each, one, other))
    for name, same in sorted(groups.items()):
        for k, one in enumerate(same):
            for other in same[k + 1 :]:
                derived = one == name and other not in siblings
                alike = PairOutcome(
                    one,
                    other,
                    "derived" if derived else "shared_source",
                    p_derived=1.0 if derived else 0.0,
                    p_shared_source=0.0 if derived else 1.0,
                    p_independent=0.0,
                    shared_words=n_words[name],
                    containment_a=1.0,
                    containment_b=1.0,
                )
                added.append(_of_two(alike, one, other))
    return added


def _of_two(each: PairOutcome, one: str, other: str) -> PairOutcome:
    """The same of two other texts, that of `a` first; ids are put in their order."""
    if one <= other:
        return dataclasses.replace(each, a=one, b=other)
    turned = each.containment_b, each.containment_a
    return dataclasses.replace(
        each, a=other, b=one, containment_a=turned[0], containment_b=turned[1]
    )


def _attributions(
    copies: Sequence[tuple[_Text, _Text]],
    sentences: pd.DataFrame,
    attributions: Sequence[Attribution],
    siblings: set[str],
) -> list[Attribution]:
    by_article = dict(tuple(sentences.groupby("article_id", sort=False)))
    of_text: dict[str, list[Attribution]] = {}
    for each in attributions:
        of_text.setdefault(each.target_id, []).append(each)
    added: list[Attribution] = []
    for copy, first in copies:
        named = copy.article_id
        if named not in by_article:
            continue
        here, there = by_article[named], by_article[first.article_id]
        if named in siblings:
            own = dict(zip(there["sentence_id"], here["sentence_id"], strict=True))
            added += [
                dataclasses.replace(
                    each, target_id=named, target_sentence=own[each.target_sentence]
                )
                for each in of_text.get(first.article_id, [])
            ]
            continue
        for mine, other in zip(here.itertuples(), there.itertuples(), strict=True):
            added.append(_attribution(named, first.article_id, mine, other))
    return added


def _attribution(copy: str, first: str, mine: Any, other: Any) -> Attribution:
    """A sentence that stands in the first text to the letter."""
    if mine.role in measures.SURROUNDING_ROLES:
        return Attribution(copy, mine.sentence_id, mine.start, mine.end, "boilerplate")
    return Attribution(
        copy,
        mine.sentence_id,
        mine.start,
        mine.end,
        "heading" if mine.role in measures.HEADINGS else "verbatim",
        source_id=first,
        source_sentence=other.sentence_id,
        source_start=other.start,
        source_end=other.end,
        lexical=1.0,
        confidence=1.0,
        facts=(),
    )
