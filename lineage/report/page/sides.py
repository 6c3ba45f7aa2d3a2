"""Both texts of an edge side by side: what the page's script sets, as plain numbers."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from .. import differences, phrases
from . import article_text
from .edge_rows import Edge
from .refs import Ref

STYLES = ("plain", "both", "removed", "added")
# Without traced sentences, runs of so many words are linked.
MIN_RUN = 4

# Length in characters, number of the link (0 for none), place in STYLES; one after another.
Side = list[int]


def data(edges: Iterable[Edge], attributions: pd.DataFrame) -> dict[str, Any]:
    """Return texts and pairs for the script.

    Parameters
    ----------
    edges : iterable of Edge
        Those to set side by side; edges of absent sources are left out.
    attributions : DataFrame
        The attributions table.

    Returns
    -------
    dict
        ``styles``; ``texts``: text by letter; ``pairs``: by the edge's anchor the letters
        and colours of source and target and, for each, lengths, links and styles of the
        pieces that it is made of, as one list of whole numbers.
    """
    traced: dict[tuple[str, str], list[Any]] = {}
    sourced = attributions[attributions["source_start"].notna()]
    for row in phrases.rows(sourced.sort_values(["target_start", "source_start", "source_end"])):
        traced.setdefault((str(row.source_id), str(row.target_id)), []).append(row)
    texts: dict[str, str] = {}
    pairs: dict[str, Any] = {}
    for edge in edges:
        source, target = _text(edge.source), _text(edge.target)
        if not edge.anchor or source is None or target is None:
            continue
        texts[edge.source.letter], texts[edge.target.letter] = source, target
        rows = traced.get((_id(edge.source), _id(edge.target)), [])
        left, right = _sides(source, target, rows)
        pairs[edge.anchor] = [
            edge.source.letter, edge.source.name, edge.source.colour, left,
            edge.target.letter, edge.target.name, right,
        ]  # fmt: skip
    return {"styles": list(STYLES), "texts": texts, "pairs": pairs}


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
        # Two parts of one sentence from the same sentence are one link.
        links = {key: n for n, key in enumerate(dict.fromkeys(map(_link, rows)), 1)}
        for row in rows:
            a, b, number = int(row.source_start), int(row.target_start), links[_link(row)]
            in_source, in_target = article_text.marked(
                source[a : int(row.source_end)],
                target[b : int(row.target_end)],
                edited=row.kind in article_text.NEAR_KINDS,
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


def _placed(
    slices: Iterable[article_text.Slice], at: int, number: int
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
