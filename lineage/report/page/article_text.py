"""An article as the page shows it: the supplied text, with what each part was made from."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...text import words
from .. import phrases
from . import facts_to_check, marked_words
from .refs import Ref, Refs

# Below this confidence a source is marked with a question mark.
DOUBTFUL_BELOW = 0.5
# Roles that are not the article's own text, shown in grey.
NOT_BODY = ("boilerplate", "caption", "credit", "correction")
SIGNS = {
    "verbatim": "=",
    "edited": "~",
    "paraphrase": "≈",
    "fusion": "+",
    "split": "/",
    "quote": "”",
    "heading": "#",
    "boilerplate": "",
    "new": "",
}
KIND_MEANINGS = {
    "verbatim": "same words",
    "edited": "same sentence, some words changed",
    "paraphrase": "same content, other words",
    "fusion": "one of two or more sentences put together",
    "split": "one of several sentences that one was cut into, words kept",
    "quote": "somebody's quoted words, which several reporters could have heard",
    "heading": "heading",
    "boilerplate": "menus, notices and the like",
    "new": "found in no other text here",
}
# Kinds whose few differences are marked; in the others the few words kept are.
NEAR_KINDS = ("verbatim", "edited", "quote")
# changed_facts where facts were compared and none differs.
NO_CHANGE = ("none", "")


@dataclass(frozen=True)
class Mark:
    """What stands behind a passage: whose words, how changed, how sure."""

    ref: Ref
    sign: str
    doubtful: bool
    href: str
    tip: str
    changed: str


@dataclass(frozen=True)
class Piece:
    """Characters of a sentence with one origin."""

    text: str
    colour: str
    kind: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Passage:
    """A sentence, or (role empty) what stands between two."""

    anchor: str
    role: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Compared:
    """One row of the sentence table; `group` is one of `facts_to_check.GROUPS`."""

    number: str
    target: tuple[marked_words.Slice, ...]
    source: tuple[marked_words.Slice, ...] | None
    ref: Ref
    href: str
    kind: str
    confidence: str
    lexical: str
    semantic: str
    changed: str
    is_changed: bool
    group: str
    origin: Ref | None
    is_quote: bool = False


@dataclass(frozen=True)
class Segment:
    """One sentence in the bar of an article; x and width are per cent of its letters."""

    x: float
    width: float
    ref: Ref | None
    kind: str
    anchor: str


@dataclass(frozen=True)
class Article:
    """Everything the page says about one article.

    Attributes
    ----------
    bar : tuple of Segment
    shares : tuple of (Ref or None, str, str)
        How much of its words came from each source, or, without one, is of which kind.
    """

    ref: Ref
    passages: tuple[Passage, ...]
    bar: tuple[Segment, ...]
    shares: tuple[tuple[Ref | None, str, str], ...]
    compared: tuple[Compared, ...]
    counts: tuple[tuple[str, int], ...]
    copy_of: Ref | None

    @property
    def tally(self) -> str:
        """How many traced passages are of which kind, source and change, for the page's filter."""
        kinds = Counter(
            (row.kind, row.ref.letter, row.is_changed, row.is_quote) for row in self.compared
        )
        return " ".join(
            f"{kind}/{letter}/{'changed' * is_changed}/{'said' * is_quote}:{number}"
            for (kind, letter, is_changed, is_quote), number in sorted(kinds.items())
        )


def article(
    ref: Ref,
    refs: Refs,
    cut: Sequence[Any],
    rows: Sequence[Any],
    anchors: Mapping[str, str],
) -> Article:
    """Return one article ready for the template.

    Parameters
    ----------
    ref : Ref
        The article.
    refs : Refs
        All articles.
    cut : sequence of rows
        Its rows of the sentences table, by position.
    rows : sequence of rows
        Its rows of the attributions table, by where they begin in it.
    anchors : mapping of str to str
        Anchor of every sentence of the run by sentence id.

    Returns
    -------
    Article

    Raises
    ------
    SpanError
        If a row points outside a text.
    TableError
        If a row names an unknown article.
    """
    for row in cut:
        refs.quote(row.article_id, row.start, row.end, "sentences")
    for row in rows:
        refs.quote(row.target_id, row.target_start, row.target_end, "attributions")
    passages: tuple[Passage, ...] = ()
    if not phrases.is_missing(ref.row.text):
        passages = tuple(_passages(str(ref.row.text), cut, rows, refs, anchors))
    numbers = {row.sentence_id: f"{place + 1}" for place, row in enumerate(cut)}
    others = marked_words.grouped(rows)
    quotes = {row.sentence_id for row in cut if row.role == "quote"}
    compared = tuple(
        _compared(row, others, refs, numbers, anchors, quotes)
        for row in rows
        if not phrases.is_missing(row.source_id)
    )
    kinds = [str(row.kind) for row in rows]
    copy_of = refs.maybe(ref.row.duplicate_of, "articles")
    counts = tuple((kind, kinds.count(kind)) for kind in KIND_MEANINGS if kind in kinds)
    bar = _bar(passages, rows, cut, refs, anchors)
    return Article(ref, passages, bar, _shares(rows, refs), compared, counts, copy_of)


def _bar(
    passages: Sequence[Passage],
    rows: Sequence[Any],
    cut: Sequence[Any],
    refs: Refs,
    anchors: Mapping[str, str],
) -> tuple[Segment, ...]:
    by_anchor = {anchors.get(row.sentence_id, ""): row for row in cut}
    found = []
    for passage in passages:
        if passage.role == "" or passage.anchor not in by_anchor:
            continue
        start = int(by_anchor[passage.anchor].start)
        for piece in passage.pieces:
            end = start + len(piece.text)
            length = len("".join(piece.text.split()))
            if length and piece.kind != "between":
                sources = [
                    row
                    for row in rows
                    if row.target_start <= start
                    and end <= row.target_end
                    and not phrases.is_missing(row.source_id)
                ]
                ref = refs.of(sources[0].source_id, "attributions") if sources else None
                found.append((length, ref, piece.kind, passage.anchor))
            start = end
    total = sum(length for length, *_ in found)
    bar = []
    at = 0
    for length, ref, kind, anchor in found:
        bar.append(
            Segment(round(at / total * 100, 2), round(length / total * 100, 2), ref, kind, anchor)
        )
        at += length
    return tuple(bar)


def _shares(rows: Sequence[Any], refs: Refs) -> tuple[tuple[Ref | None, str, str], ...]:
    """Sum up the words of all passages by source, as `lineage export --to shares-csv` does."""
    total: dict[tuple[str, str], int] = {}
    named: dict[str, Ref] = {}
    for row in rows:
        ref = refs.maybe(row.source_id, "attributions")
        if ref is not None:
            named[ref.letter] = ref
        told = refs.quote(row.target_id, row.target_start, row.target_end, "attributions") or ""
        key = ("", str(row.kind)) if ref is None else (ref.letter, "")
        total[key] = total.get(key, 0) + len(words.split_words(told).words)
    whole = sum(total.values())
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        (named.get(letter), kind, phrases.percent(number / whole))
        for (letter, kind), number in ranked
        if number
    )


def _passages(
    text: str, cut: Sequence[Any], rows: Sequence[Any], refs: Refs, anchors: Mapping[str, str]
) -> list[Passage]:
    shown = phrases.clean(text)
    found = []
    at = 0
    for sentence in cut:
        start, end = max(int(sentence.start), at), int(sentence.end)
        if start > at:
            found.append(_between(shown, at, start))
        inside = [row for row in rows if row.target_start < end and start < row.target_end]
        pieces = _pieces(shown, start, end, inside, refs, anchors)
        anchor = anchors.get(sentence.sentence_id, "")
        found.append(Passage(anchor, str(sentence.role), tuple(pieces)))
        at = max(end, at)
    if at < len(shown):
        found.append(_between(shown, at, len(shown)))
    return found


def _between(shown: str, start: int, end: int) -> Passage:
    return Passage("", "", (Piece(shown[start:end], "", "", ()),))


def _pieces(
    shown: str,
    start: int,
    end: int,
    rows: Sequence[Any],
    refs: Refs,
    anchors: Mapping[str, str],
) -> list[Piece]:
    borders = {start, end}
    for row in rows:
        borders |= {int(row.target_start), int(row.target_end)}
    places = sorted(place for place in borders if start <= place <= end)
    pieces = []
    for left, right in itertools.pairwise(places):
        covering = [row for row in rows if row.target_start <= left and right <= row.target_end]
        sourced = [row for row in covering if not phrases.is_missing(row.source_id)]
        ended = [row for row in sourced if min(int(row.target_end), end) == right]
        colour = refs.of(sourced[0].source_id, "attributions").colour if sourced else ""
        kind = str(covering[0].kind) if covering else "unattributed"
        if not covering and not any(letter.isalnum() for letter in shown[left:right]):
            # Spaces between two spans of one sentence: there is nothing to attribute.
            kind = "between"
        marks = tuple(_mark(row, refs, anchors) for row in ended)
        pieces.append(Piece(shown[left:right], colour, kind, marks))
    return pieces


def _mark(row: Any, refs: Refs, anchors: Mapping[str, str]) -> Mark:
    ref = refs.of(row.source_id, "attributions")
    doubtful = phrases.is_missing(row.confidence) or float(row.confidence) < DOUBTFUL_BELOW
    has_edge = bool(getattr(row, "has_edge", True))
    changed = changed_facts(row.changed_facts)
    tip = [
        f"From {ref.name}: {row.kind}, {KIND_MEANINGS[str(row.kind)]}",
        f"confidence {phrases.probability(row.confidence)}",
    ]
    if not has_edge:
        tip.append("it is in that text too, but no edge from there was kept")
    if changed:
        tip.append(f"changed facts: {changed}")
    origin = refs.maybe(row.origin_id, "attributions")
    if origin is not None and origin is not ref:
        tip.append(f"oldest text that has it: {origin.name}")
    return Mark(
        ref,
        SIGNS[str(row.kind)],
        doubtful or not has_edge,
        anchors.get(row.source_sentence, ref.anchor),
        "; ".join(tip) + ".",
        changed,
    )


def changed_facts(value: Any) -> str:
    """Return the facts that differ; empty where none does or none were compared."""
    shown = phrases.one_line(phrases.text_or(value, ""))
    return "" if shown in NO_CHANGE else shown


def _compared(
    row: Any,
    others: Mapping[tuple[str, str], Sequence[Any]],
    refs: Refs,
    numbers: Mapping[str, str],
    anchors: Mapping[str, str],
    quotes: Collection[str],
) -> Compared:
    ref = refs.of(row.source_id, "attributions")
    target = refs.quote(row.target_id, row.target_start, row.target_end, "attributions") or ""
    source = refs.quote(row.source_id, row.source_start, row.source_end, "attributions")
    target_slices: tuple[marked_words.Slice, ...] = (marked_words.Slice(target, "plain"),)
    source_slices: tuple[marked_words.Slice, ...] | None = None
    if source is not None:
        texts = (str(ref.row.text), str(refs.of(row.target_id, "attributions").row.text))
        source_slices, target_slices = marked_words.marked(
            source,
            target,
            edited=row.kind in NEAR_KINDS,
            texts=texts,
            beside=marked_words.beside(row, others, texts),
        )
    changed = changed_facts(row.changed_facts)
    is_changed = bool(changed)
    if not changed:
        changed = phrases.NOT_MEASURED if phrases.is_missing(row.changed_facts) else "none"
    return Compared(
        numbers.get(row.target_sentence, phrases.DASH),
        target_slices,
        source_slices,
        ref,
        anchors.get(row.source_sentence, ref.anchor),
        str(row.kind),
        phrases.probability(row.confidence),
        phrases.probability(row.lexical),
        phrases.probability(row.semantic),
        changed,
        is_changed,
        facts_to_check.group(row.changed_facts) if is_changed else facts_to_check.GROUPS[2],
        refs.maybe(row.origin_id, "attributions"),
        row.kind == "quote" or row.target_sentence in quotes,
    )
