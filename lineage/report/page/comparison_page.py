"""The word difference of two texts as one page that needs no network and prints."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...text import words
from .. import differences, phrases


@dataclass(frozen=True)
class Piece:
    """Words of one style: ``plain``, ``removed`` or ``added``."""

    text: str
    style: str


def page(older: Any, newer: Any, verdict: Sequence[str]) -> str:
    """Set the difference of two texts as a page.

    Words of the older text alone are struck through, words of the newer alone are
    underlined, on paper too, so that colour is never alone.

    Parameters
    ----------
    older, newer : row of the articles table
        The likelier source first.
    verdict : sequence of str
        Lines that say what was found; see `explanations.pair`.

    Returns
    -------
    str
        HTML, one file without references to others.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("lineage.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    segments = differences.word_differences(older.text, newer.text)
    counts = {kind: [0, 0] for kind in differences.KINDS}
    for each in segments:
        counts[each.kind][0] += _n_words(older.text[each.a_start : each.a_end])
        counts[each.kind][1] += _n_words(newer.text[each.b_start : each.b_end])
    return environment.get_template("comparison.html").render(
        older=phrases.name(older),
        newer=phrases.name(newer),
        older_when=phrases.when(older.published_at, older.published_precision),
        newer_when=phrases.when(newer.published_at, newer.published_precision),
        older_words=phrases.whole(_n_words(older.text)),
        newer_words=phrases.whole(_n_words(newer.text)),
        same=phrases.whole(counts["same"][1]),
        removed=phrases.whole(counts["only_a"][0] + counts["changed"][0]),
        added=phrases.whole(counts["only_b"][1] + counts["changed"][1]),
        verdict=[phrases.clean(line) for line in verdict],
        paragraphs=list(_paragraphs(differences.runs(segments, older.text, newer.text))),
    )


def _n_words(text: str) -> int:
    return len(words.split_words(text).words)


def _paragraphs(runs: Iterator[tuple[str, str]]) -> Iterator[list[Piece]]:
    """Cut at the line breaks of the newer text; runs of one style become one piece."""
    paragraph: list[tuple[str, str]] = []
    for text, style in runs:
        lines = [text] if style == "removed" else text.split("\n")
        for number, line in enumerate(lines):
            if number > 0 and paragraph:
                yield _pieces(paragraph)
                paragraph = []
            shown = phrases.clean(" ".join(line.split("\n")))
            if shown and (shown.strip() or paragraph):
                paragraph.append((shown, style))
    if paragraph:
        yield _pieces(paragraph)


def _pieces(runs: Sequence[tuple[str, str]]) -> list[Piece]:
    return [
        Piece("".join(text for text, _ in group), style)
        for style, group in itertools.groupby(runs, key=lambda run: run[1])
    ]
