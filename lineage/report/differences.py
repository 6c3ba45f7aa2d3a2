"""Word differences between two texts: for the terminal and for the report."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..text import align, words
from . import phrases

KINDS = ("same", "only_a", "only_b", "changed")
MIN_WIDTH = 20

_RESET = "\x1b[0m"
# Crossed out and underlined as well, so that red and green need not be told apart.
_STYLES = {"removed": "\x1b[9;31m", "added": "\x1b[4;32m"}
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}


@dataclass(frozen=True)
class Segment:
    """A run of words that two texts share, or in which they differ.

    Attributes
    ----------
    kind : str
        ``same``, ``only_a``, ``only_b`` or ``changed`` (words of `a` stand where other
        words of `b` stand).
    a_start, a_end : int
        Half-open span in `a` as supplied, from the first word's start to the last
        word's end; empty, at the place where the words are lacking, for ``only_b``.
    b_start, b_end : int
        The same in `b`; empty for ``only_a``.
    """

    kind: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def word_differences(a: str, b: str) -> list[Segment]:
    """Compare two texts word by word.

    Words are compared in normalised form, so case, kinds of quotation marks and
    punctuation make no difference; the spans point at the texts as supplied.

    Parameters
    ----------
    a, b : str
        Usually the source and the text made from it.

    Returns
    -------
    list of Segment
        In order; every word of each text is in exactly one segment (two words that
        normalisation makes from one character share its place).
    """
    words_a, words_b = words.split_words(a), words.split_words(b)
    segments = []
    at_a = at_b = 0
    blocks = align.matching_blocks(words_a.words, words_b.words)
    closing = (len(words_a.words), len(words_b.words), 0)
    for start_a, start_b, n in [*blocks, closing]:
        if at_a < start_a or at_b < start_b:
            kind = "changed"
            if at_a == start_a:
                kind = "only_b"
            elif at_b == start_b:
                kind = "only_a"
            span_a, span_b = _span(words_a, at_a, start_a), _span(words_b, at_b, start_b)
            segments.append(Segment(kind, *span_a, *span_b))
        at_a, at_b = start_a + n, start_b + n
        if n > 0:
            span_a, span_b = _span(words_a, start_a, at_a), _span(words_b, start_b, at_b)
            segments.append(Segment("same", *span_a, *span_b))
    return segments


def _span(found: words.Words, first: int, after: int) -> tuple[int, int]:
    """Return the characters of words ``[first, after)``, or the empty place before `first`."""
    if first < after:
        return int(found.starts[first]), int(found.ends[after - 1])
    place = int(found.ends[first - 1]) if first > 0 else 0
    return place, place


def render_terminal(
    segments: Sequence[Segment], a: str, b: str, *, colour: bool, width: int
) -> str:
    """Set the differences for a terminal: `b` as it reads, with what it lacks of `a` put in.

    Parameters
    ----------
    segments : sequence of Segment
        From `word_differences(a, b)`.
    a, b : str
        The two texts.
    colour : bool
        Escape codes: words of `a` alone red and crossed out, words of `b` alone green
        and underlined. Without, as wdiff has it: ``[-removed-]`` and ``{+added+}``.
    width : int
        Columns of the terminal; at least `MIN_WIDTH` are used.

    Returns
    -------
    str
        Lines without a closing line break; control characters of the texts are
        replaced, so that a text cannot steer the terminal.
    """
    cells: list[tuple[str, str]] = []
    for text, style in runs(segments, a, b):
        opening, closing = _MARKS.get(style, ("", "")) if not colour else ("", "")
        cells.extend((letter, "mark") for letter in opening)
        cells.extend((letter, style) for letter in phrases.clean(text))
        cells.extend((letter, "mark") for letter in closing)
    lines: list[str] = []
    for paragraph in _paragraphs(cells):
        wrapped = _wrapped(paragraph, max(width, MIN_WIDTH))
        lines.extend(_painted(line, colour) for line in wrapped)
    return "\n".join(lines)


def runs(segments: Iterable[Segment], a: str, b: str) -> Iterator[tuple[str, str]]:
    """Return pieces of text with their style, in reading order: `b`, with what it lacks put in.

    Parameters
    ----------
    segments : iterable of Segment
        From `word_differences(a, b)`.
    a, b : str
        The two texts.

    Yields
    ------
    text, style : str
        The style is ``plain``, ``removed`` (words of `a` alone) or ``added``.
    """
    at_b = 0
    pending = ""
    for segment in segments:
        removed = a[segment.a_start : segment.a_end]
        if segment.kind == "only_a":
            # What follows in `b`, a full stop say, closes up to the words put in.
            yield (" " if at_b > 0 else ""), "plain"
            yield removed, "removed"
            pending = " "
            continue
        gap = b[at_b : segment.b_start]
        if not gap:
            yield pending, "plain"
        pending = ""
        yield gap, "plain"
        added = b[max(at_b, segment.b_start) : segment.b_end]
        at_b = max(at_b, segment.b_end)
        if segment.kind == "same":
            yield added, "plain"
            continue
        if segment.kind == "changed":
            yield removed, "removed"
            yield " ", "plain"
        yield added, "added"
    yield b[at_b:], "plain"


def _paragraphs(cells: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Cut at line breaks of `b`; white space becomes one space, blank lines become one."""
    paragraph: list[tuple[str, str]] = []
    n_blank = 1
    for letter, style in cells:
        if letter == "\n" and style != "removed":
            n_blank = 0 if paragraph else n_blank + 1
            if n_blank < 2:
                yield paragraph
            paragraph = []
        elif letter.isspace():
            if paragraph and paragraph[-1][0] != " ":
                paragraph.append((" ", style))
        else:
            paragraph.append((letter, style))
    if paragraph:
        yield paragraph


def _wrapped(cells: list[tuple[str, str]], width: int) -> list[list[tuple[str, str]]]:
    """Break at spaces; a word wider than the line, as in scripts without spaces, anywhere."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0
    for is_space, group in itertools.groupby(cells, key=lambda cell: cell[0] == " "):
        word = list(group)
        wide = sum(_columns(letter) for letter, _ in word)
        if is_space:
            lines[-1].extend(word)
            used += wide
            continue
        if used > 0 and used + wide > width and (wide <= width or used > width // 2):
            lines.append([])
            used = 0
        for cell in word:
            needed = _columns(cell[0])
            if used > 0 and used + needed > width:
                lines.append([])
                used = 0
            lines[-1].append(cell)
            used += needed
    for line in lines:
        while line and line[-1][0] == " ":
            line.pop()
    return lines


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def _painted(line: list[tuple[str, str]], colour: bool) -> str:
    """Join a line; each line opens and closes its own styles, so pagers cut it safely."""
    parts = []
    for style, group in itertools.groupby(line, key=lambda cell: cell[1]):
        text = "".join(letter for letter, _ in group)
        if colour and style in _STYLES:
            text = f"{_STYLES[style]}{text}{_RESET}"
        parts.append(text)
    return "".join(parts)
