"""What an editor on deadline sees first: one number, what to check, passages, what may be wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...text import align, rarity, words
from .. import phrases
from . import article_text, content_counts, marked_words
from .content_counts import Counted
from .edge_rows import Edge
from .refs import Ref, Refs

N_PASSAGES = 3
# So many contradictions are shown; the sentence tables have all.
MAX_CONTRADICTIONS = 3
# Characters to either side of a fact that contradicts.
_AROUND = 70
# Runs of so many words in a row seldom come about by chance.
_LONG_RUN = 4
# Another explanation that is less probable than this is not told.
_WORTH_TELLING = 0.05
# Passages that several reporters could have, or that say nothing.
_NOT_TELLING = ("quote", *content_counts.NOT_CONTENT)


@dataclass(frozen=True)
class Side:
    """Words of one text: what stands before, the fact or passage itself, what stands after."""

    ref: Ref
    href: str
    slices: tuple[marked_words.Slice, ...]


@dataclass(frozen=True)
class Contradiction:
    """A fact that a text has otherwise than its source; `is_lead`: the text asked about first."""

    kind: str
    target: Side
    source: Side
    is_lead: bool


@dataclass(frozen=True)
class Passage:
    """Words of a text beside those of its source."""

    kind: str
    target: Side
    source: Side


@dataclass(frozen=True)
class Credit:
    """Sources that a text credits for words which another text here has."""

    target: Ref
    held_by: Ref
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class FirstScreen:
    """What the page begins with, below the verdict.

    Attributes
    ----------
    lead : Ref or None
        The text that a reader will ask about: of those with content of another the one with
        most to check, then the one with most from its source.
    counted : Counted or None
        Its sentences and its main source.
    number : str
        The same in words.
    counts : dict of (source_id, target_id) to Counted
    contradictions : tuple of Contradiction
    n_contradictions : int
        All of them.
    credits : tuple of Credit
        What texts credit to others for words which another text here has.
    passages : tuple of Passage
    wrong : tuple of str
        Other explanations of what the lead text and its source have in common.
    """

    lead: Ref | None
    counted: Counted | None
    number: str
    counts: Mapping[tuple[str, str], Counted]
    contradictions: tuple[Contradiction, ...]
    n_contradictions: int
    credits: tuple[Credit, ...]
    passages: tuple[Passage, ...]
    wrong: tuple[str, ...]


def find(
    tables: Mapping[str, pd.DataFrame],
    refs: Refs,
    kept: Sequence[Edge],
    anchors: Mapping[str, str],
) -> FirstScreen:
    """Choose what to show first.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``attributions``, ``facts`` and ``relations`` are used.
    refs : Refs
        All articles.
    kept : sequence of Edge
        Kept edges, worded.
    anchors : mapping of str to str
        Anchor of every sentence of the page by sentence id.

    Returns
    -------
    FirstScreen
    """
    counts = content_counts.find(tables, refs)
    rows = [row for row in phrases.rows(tables["facts"]) if row.grade == "contradicts"]
    credits = _credits(kept)
    counted = _main(counts, kept, rows, credits, refs)
    if counted is None:
        return FirstScreen(None, None, "", counts, (), 0, credits, (), ())
    lead = counted.target
    place = {_id(ref): number for number, ref in enumerate(refs)}
    updates = {(_id(edge.source), _id(edge.target)) for edge in kept if edge.relation == "update"}
    rows.sort(
        key=lambda row: (
            (row.source_id, row.target_id) in updates,
            row.target_id != _id(lead),
            place.get(str(row.target_id), -1),
            0 if phrases.is_missing(row.target_start) else int(row.target_start),
        )
    )
    told = (_contradiction(row, lead, refs, anchors, updates) for row in rows)
    shown = [one for one in told if one is not None]
    # What is only possibly so is not said as if it were.
    is_from = any(
        edge.is_decided
        and "possibly" not in edge.claim
        and edge.source is counted.source
        and edge.target is lead
        for edge in kept
    )
    return FirstScreen(
        lead,
        counted,
        counted.sentence(is_from=is_from),
        counts,
        tuple(shown[:MAX_CONTRADICTIONS]),
        len(shown),
        credits,
        tuple(_passages(tables["attributions"], counted, refs, anchors)),
        _wrong(tables, counted, refs, kept),
    )


def _id(ref: Ref) -> str:
    return str(ref.row.article_id)


def _credits(kept: Sequence[Edge]) -> tuple[Credit, ...]:
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in kept:
        if edge.held_by is not None:
            found.setdefault((edge.target.letter, edge.held_by.letter), []).append(edge)
    return tuple(
        Credit(edges[0].target, edges[0].held_by, tuple(edges))
        for edges in found.values()
        if edges[0].held_by is not None
    )


def _main(
    counts: Mapping[tuple[str, str], Counted],
    kept: Sequence[Edge],
    contradictions: Sequence[Any],
    credits: Sequence[Credit],
    refs: Refs,
) -> Counted | None:
    """Choose the text that a reader will ask about, and the source that it has most from."""
    edges = {(_id(edge.source), _id(edge.target)): edge for edge in kept}
    turned = {(target, source) for (source, target), edge in edges.items() if edge.is_decided}
    place = {_id(ref): number for number, ref in enumerate(refs)}

    def rank(ends: tuple[str, str]) -> tuple[Any, ...]:
        one, target = counts[ends], ends[1]
        to_check = sum(row.target_id == target for row in contradictions)
        to_check += sum(each.target is one.target for each in credits)
        edge = edges.get(ends)
        is_update = edge is not None and edge.relation == "update"
        return (
            ends not in turned,
            edge is not None,
            not is_update,
            to_check,
            one.n_from / max(one.n_sentences, 1),
            -place[target],
            -place[ends[0]],
        )

    found = [ends for ends, one in counts.items() if one.n_from]
    return counts[max(found, key=rank)] if found else None


def _contradiction(
    row: Any,
    lead: Ref,
    refs: Refs,
    anchors: Mapping[str, str],
    updates: Collection[tuple[str, str]],
) -> Contradiction | None:
    sides = []
    for who, sentence, start, end in (
        (row.target_id, row.target_sentence, row.target_start, row.target_end),
        (row.source_id, row.source_sentence, row.source_start, row.source_end),
    ):
        ref = refs.of(who, "facts")
        if refs.quote(who, start, end, "facts") is None:
            return None
        text = phrases.clean(str(ref.row.text))
        slices = tuple(_around(text, int(start), int(end)))
        sides.append(Side(ref, anchors.get(sentence, ref.anchor), slices))
    kind = phrases.spaced(row.kind)
    if (row.source_id, row.target_id) in updates:
        kind = f"{kind}, in an update"
    target, source = sides
    return Contradiction(kind, target, source, row.target_id == _id(lead))


def _around(text: str, start: int, end: int) -> Iterator[marked_words.Slice]:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    before = before.rsplit("\n", 1)[-1]
    after = after.split("\n", 1)[0]
    if start > _AROUND and len(before) == _AROUND:
        before = "… " + before.split(" ", 1)[-1]
    if end + _AROUND < len(text) and len(after) == _AROUND:
        after = after.rsplit(" ", 1)[0] + " …"
    for part, style in ((before, "plain"), (text[start:end], "both"), (after, "plain")):
        if part:
            yield marked_words.Slice(part, style)


def _passages(
    attributions: pd.DataFrame, counted: Counted, refs: Refs, anchors: Mapping[str, str]
) -> list[Passage]:
    """Choose the passages that tell most, in the order of the text."""
    mine = attributions[
        (attributions["target_id"] == _id(counted.target))
        & (attributions["source_id"] == _id(counted.source))
        & attributions["source_start"].notna()
        & ~attributions["kind"].isin(_NOT_TELLING)
    ]
    best: dict[str, tuple[float, int, Any]] = {}
    for row in phrases.rows(mine):
        if phrases.is_missing(row.confidence) or row.confidence < article_text.DOUBTFUL_BELOW:
            continue
        told = (_worth(row, refs), -int(row.target_start), row)
        sentence = str(row.target_sentence)
        if sentence not in best or told[:2] > best[sentence][:2]:
            best[sentence] = told
    # One source sentence is shown once.
    chosen: dict[str, Any] = {}
    for _, _, row in sorted(best.values(), key=lambda told: told[:2], reverse=True):
        chosen.setdefault(str(row.source_sentence), row)
    listed = sorted(list(chosen.values())[:N_PASSAGES], key=lambda row: int(row.target_start))
    return [_passage(row, refs, anchors) for row in listed]


def _worth(row: Any, refs: Refs) -> float:
    """Bits of the rare words that both have, those of long runs twice."""
    source = refs.quote(row.source_id, row.source_start, row.source_end, "attributions") or ""
    target = refs.quote(row.target_id, row.target_start, row.target_end, "attributions") or ""
    ours, theirs = words.split_words(target).words, words.split_words(source).words
    language = refs.of(row.target_id, "attributions").row.language
    code = None if phrases.is_missing(language) else str(language)[:2]
    worth = float(rarity.bits(set(ours) & set(theirs), code).sum())
    for start, _, n in align.matching_blocks(ours, theirs):
        if n >= _LONG_RUN:
            worth += float(rarity.bits(ours[start : start + n], code).sum())
    return round(worth, 6)


def _passage(row: Any, refs: Refs, anchors: Mapping[str, str]) -> Passage:
    source = refs.of(row.source_id, "attributions")
    target = refs.of(row.target_id, "attributions")
    there = refs.quote(row.source_id, row.source_start, row.source_end, "attributions") or ""
    here = refs.quote(row.target_id, row.target_start, row.target_end, "attributions") or ""
    in_source, in_target = marked_words.marked(
        there,
        here,
        edited=row.kind in article_text.NEAR_KINDS,
        texts=(str(source.row.text), str(target.row.text)),
    )
    return Passage(
        str(row.kind),
        Side(target, anchors.get(row.target_sentence, target.anchor), in_target),
        Side(source, anchors.get(row.source_sentence, source.anchor), in_source),
    )


def _wrong(
    tables: Mapping[str, pd.DataFrame], counted: Counted, refs: Refs, kept: Sequence[Edge]
) -> tuple[str, ...]:
    """Tell what else may explain what the two have in common, the likeliest first."""
    ends = {_id(counted.source), _id(counted.target)}
    rows = [row for row in phrases.rows(tables["relations"]) if {row.a, row.b} == ends]
    if not rows or phrases.is_missing(rows[0].p_shared_source):
        return ()
    row = rows[0]
    edge = next((one for one in kept if {_id(one.source), _id(one.target)} == ends), None)
    pair = f"{counted.target.letter} and {counted.source.letter}"
    n_texts = sum(not ref.is_absent for ref in refs)
    third = "a text that is not here" if n_texts == len(ends) else "another text, here or not"
    if edge is None:
        said = [(row.p_derived, f"one of {pair} may have been made from the other all the same")]
        if row.outcome != "shared_source":
            said.append((row.p_shared_source, f"{pair} may both go back to {third}"))
    else:
        said = [(row.p_shared_source, f"{pair} may both go back to {third}")]
        if edge.is_decided and not phrases.is_missing(edge.p_turned):
            words_said = f"{counted.source.letter} may have been made from {counted.target.letter}"
            said.append((edge.p_turned, f"{words_said}, if one of them was made from the other"))
    said.append((row.p_independent, f"{pair} may have nothing from each other or a common source"))
    worth = [(float(p), words_said) for p, words_said in said if float(p) >= _WORTH_TELLING]
    worth.sort(key=lambda told: -told[0])
    return tuple(
        f"{words_said[0].upper()}{words_said[1:]}: probability {phrases.probability(p)}."
        for p, words_said in worth
    )
