"""Both texts of an edge side by side: what the page's script sets, as plain numbers."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from .. import differences, phrases
from . import article_text, marked_words
from .edge_rows import Edge
from .refs import Ref

STYLES = ("plain", "both", "removed", "added")
# Without traced sentences, runs of so many words are linked.
MIN_RUN = 4

# Length in characters, number of the link (0 for none), place in STYLES; one after another.
Side = list[int]


def data(
    edges: Iterable[Edge],
    attributions: pd.DataFrame,
    more: Iterable[Ref] = (),
    pairs_of: Iterable[tuple[Ref, Ref]] = (),
    quoted: Collection[str] = (),
) -> dict[str, Any]:
    """Return texts and pairs for the script.

    Parameters
    ----------
    edges : iterable of Edge
        Those to set side by side; edges of absent sources are left out.
    attributions : DataFrame
        The attributions table.
    more : iterable of Ref
        Texts to be compared with any other on the page.
    pairs_of : iterable of (Ref, Ref)
        Source and target of sentences that were traced without an edge.
    quoted : collection of str
        Ids of sentences that are quoted words.

    Returns
    -------
    dict
        ``styles``; ``texts``: text by letter; ``names``: name by letter; ``pairs``: by the
        edge's anchor the letters and the colour of source and target and, for each, lengths,
        links and styles of the pieces that it is made of, as one list of whole numbers, and the
        links that are quoted words.
    """
    traced: dict[tuple[str, str], list[Any]] = {}
    sourced = attributions[attributions["source_start"].notna()]
    for row in phrases.rows(sourced.sort_values(["target_start", "source_start", "source_end"])):
        traced.setdefault((str(row.source_id), str(row.target_id)), []).append(row)
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    pairs: dict[str, Any] = {}
    listed = [(edge.anchor, edge.source, edge.target) for edge in edges if edge.anchor]
    drawn = {(source.letter, target.letter) for _, source, target in listed}
    listed += [
        (f"pair-{source.letter}-{target.letter}", source, target)
        for source, target in pairs_of
        if (source.letter, target.letter) not in drawn
    ]
    for ref in [*more, *(ref for _, *ends in listed for ref in ends)]:
        text = _text(ref)
        if text is not None:
            texts[ref.letter], names[ref.letter] = text, ref.name
    for anchor, source, target in listed:
        if source.letter not in texts or target.letter not in texts:
            continue
        rows = traced.get((_id(source), _id(target)), [])
        left, right = _sides(texts[source.letter], texts[target.letter], rows)
        links = _links(rows)
        quotes = sorted(
            {
                links[_link(row)]
                for row in rows
                if row.kind == "quote" or row.target_sentence in quoted
            }
        )
        pairs[anchor] = [
            source.letter, source.name, source.colour, left,
            target.letter, target.name, right, quotes,
        ]  # fmt: skip
    return {"styles": list(STYLES), "texts": texts, "names": names, "pairs": pairs}


def script_json(value: Mapping[str, Any]) -> str:
    """Write JSON that stands inside a script element, whatever texts are in it."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return written


def _id(ref: Ref) -> str:
    return str(ref.row.article_id)


def _text(ref: Ref) -> str | None:
    return None if phrases.is_missing(ref.row.text) else phrases.clean(str(ref.row.text))


def _sides(source: str, target: str, rows: Sequence[Any]) -> tuple[Side, Side]:
    left: list[tuple[int, int, int, str]] = []
    right: list[tuple[int, int, int, str]] = []
    if rows:
        links, others = _links(rows), marked_words.grouped(rows)
        for row in rows:
            a, b, number = int(row.source_start), int(row.target_start), links[_link(row)]
            in_source, in_target = marked_words.marked(
                source[a : int(row.source_end)],
                target[b : int(row.target_end)],
                edited=row.kind in article_text.NEAR_KINDS,
                texts=(source, target),
                beside=marked_words.beside(row, others, (source, target)),
            )
            left += _placed(in_source, a, number)
            right += _placed(in_target, b, number)
        left = _joined(left)
    else:
        number = 0
        for segment in differences.word_differences(source, target):
            words = len(source[segment.a_start : segment.a_end].split())
            if segment.kind == "same" and words >= MIN_RUN:
                number += 1
                left.append((segment.a_start, segment.a_end, number, "both"))
                right.append((segment.b_start, segment.b_end, number, "both"))
    return _flat(left, len(source)), _flat(right, len(target))


def _links(rows: Sequence[Any]) -> dict[tuple[str, int], int]:
    """Number the links: two parts of one sentence from the same sentence are one."""
    return {key: n for n, key in enumerate(dict.fromkeys(map(_link, rows)), 1)}


def _placed(
    slices: Iterable[marked_words.Slice], at: int, number: int
) -> list[tuple[int, int, int, str]]:
    placed = []
    for part in slices:
        placed.append((at, at + len(part.text), number, part.style))
        at += len(part.text)
    return placed


def _link(row: Any) -> tuple[str, int]:
    return str(row.target_sentence), int(row.source_start)


def _number(span: tuple[int, int, int, str]) -> int:
    return span[2]


def _joined(spans: list[tuple[int, int, int, str]]) -> list[tuple[int, int, int, str]]:
    """Of one link, show what any of its parts has."""
    found: list[tuple[int, int, int, str]] = []
    for number, mine in itertools.groupby(sorted(spans, key=_number), key=_number):
        listed = list(mine)
        borders = sorted({place for start, end, *_ in listed for place in (start, end)})
        for start, end in itertools.pairwise(borders):
            styles = {style for low, high, _, style in listed if low <= start and end <= high}
            found.append(
                (start, end, number, min(styles, key=lambda style: (style == "plain", style)))
            )
    return found


def _flat(spans: list[tuple[int, int, int, str]], length: int) -> Side:
    """Fill the gaps; where two sentences were made from the same words, the first has them."""
    flat: Side = []
    at = 0
    for start, end, number, style in sorted(spans):
        start = max(start, at)
        if end <= start:
            continue
        if at < start:
            flat += [start - at, 0, 0]
        flat += [end - start, number, STYLES.index(style)]
        at = end
    if at < length:
        flat += [length - at, 0, 0]
    return flat
