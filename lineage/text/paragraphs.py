"""Join the lines of hard-wrapped text to paragraphs, with their places in the supplied text."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import hyphens, words

_Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+")
# The mark of quoted mail, before each line.
_MAIL = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_BETWEEN_LINES = re.compile(rf"[ \t]{{0,60}}(?:{_LINE_END.pattern})(?:{_MAIL.pattern}|[ \t]*)")
_INDENT = re.compile(r"[ \t>]*")
_BULLET = re.compile(r"\s*(?:[-*+•‣▪·#|–—](?!\w)|[#|•‣▪·]|\d{1,3}[.)]\s|[a-z][.)]\s|\[[^\]]+\]:)")
_ENDED = re.compile(r"[.!?:;…。！？][\"'”’»)\]*_]*$")
# "Q: Who paid?", "LIND: Nobody."
_LISTING = re.compile(r"[;,(]")
_SPEAKER = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}:\s")

# Wider lines are paragraphs; columns of newspapers have some 20 to 45 characters.
_MIN_WIDTH, _MAX_WIDTH = 18, 120
# In so narrow a column a line is full by chance, so that more of them are asked for.
_NARROW = 40
# Programs that count the blank at the end of a line break one or two characters early; in print,
# letters are of different widths, and lines of as many letters are not of one length.
_SLACK, _PRINTED_SLACK = 2, 0.12
_MIN_SURE_WIDTH = 30
# Ragged lines happen in wrapped text too (a link that was cut later), but rarely.
_MIN_FULL_LINES = 0.9
# Of the lines of wrapped prose some 80 % begin with a small letter, in German 60 %; of lists,
# verse and headlines next to none.
_MIN_SMALL_STARTS = 0.4
_MIN_BROKEN, _MIN_BROKEN_NARROW = 2, 4
# Of paragraphs of two lines every other line breaks off; where hardly any does, none is wrapped.
_MIN_BROKEN_SHARE = 0.25
# Lines wider than the column, such as a paragraph that was never wrapped, are tried as such from
# the widest down, so many of them.
_MAX_WIDTHS_TRIED = 8
_MAX_HEADINGS, _MAX_HEADING_SHARE = 3, 0.5
# Less of a block is no column, but a chance likeness of a few lines.
_MIN_COLUMN_SHARE = 0.5
# Fewer capitalised words in a row are a name.
_MIN_TITLE_WORDS = 4


@dataclass(frozen=True)
class _Line:
    """One line: its place without the mark of quoted mail, and its words."""

    start: int
    end: int
    depth: int
    indent: int
    goes_on_a_word: bool
    text: str

    @property
    def width(self) -> int:
        return self.indent + len(self.text)

    @property
    def is_ended(self) -> bool:
        return _ENDED.search(self.text) is not None

    @property
    def is_small(self) -> bool:
        first = _WORD.search(self.text)
        return first is not None and first.start() < 2 and first.group()[0].islower()


def paragraphs(text: str) -> Iterator[_Span]:
    """Yield the spans of paragraphs: of lines, and of lines wrapped together.

    A line is a paragraph, except in text wrapped at a column: there it is read on where the next
    word would not have fitted into the column.

    Parameters
    ----------
    text : str
        The supplied text.

    Yields
    ------
    tuple of int
        Half-open span in `text`; lines without words are left out.
    """
    yield from _spans(text)


# Sentences, lines, roles and quotations of a text are each found in its paragraphs.
@functools.lru_cache(maxsize=4096)
def _spans(text: str) -> tuple[_Span, ...]:
    return tuple((lines[0].start, lines[-1].end) for lines in _joined(text))


def lines(text: str) -> Iterator[_Span]:
    """Yield the spans of lines; one whose last word is divided goes on in the next.

    Parameters
    ----------
    text : str
        The supplied text.

    Yields
    ------
    tuple of int
        Half-open span in `text`.
    """
    rests = {after for _, after in hyphens.find_divisions(text)}
    begun, ended = 0, 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        first = _INDENT.match(text, start, end)
        if first is None or first.end() not in rests:
            if ended > begun:
                yield begun, ended
            begun = start
        ended = end
    if ended > begun:
        yield begun, ended


def unwrapped_width(text: str) -> int:
    """Return the column at which a text was wrapped, 0 if its lines are paragraphs.

    Parameters
    ----------
    text : str
        The supplied text.

    Returns
    -------
    int
        In characters.
    """
    widths = [line.width for lines in _joined(text) if len(lines) > 1 for line in lines]
    return max(widths, default=0)


def on_one_line(text: str, start: int, end: int) -> str:
    """Return a paragraph as one line: line ends and marks of quoted mail are blanks.

    Parameters
    ----------
    text : str
        The supplied text.
    start, end : int
        Span of a paragraph.

    Returns
    -------
    str
        As long as the span, so that places in it are the same.
    """
    paragraph = text[start:end]
    if _LINE_END.search(paragraph) is None:
        return paragraph
    return _BETWEEN_LINES.sub(lambda match: " " * len(match.group()), paragraph)


def _joined(text: str) -> Iterator[list[_Line]]:
    blocks = [block for block in _blocks(text) if block]
    columns = [_column(block) for block in blocks]
    known = [column for column in columns if column is not None]
    # A short paragraph shows no column of its own, but has that of the text around it.
    common = max(known, default=None)
    for block, column in zip(blocks, columns, strict=True):
        if column is None and common is not None and _fits(block, common):
            column = common
        yield from _paragraphs_of(block, column)


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield runs of lines with nothing between them."""
    block: list[_Line] = []
    reached = 0
    rests = {after for _, after in hyphens.find_divisions(text)}
    for match in _LINE.finditer(text):
        start, end = match.span()
        marked = _MAIL.match(text, start, end)
        begun = start if marked is None else marked.end()
        shown = text[begun:end]
        indent = len(shown) - len(shown.lstrip())
        depth = 0 if marked is None else marked.group().count(">")
        line = _Line(begun, end, depth, indent, begun + indent in rests, shown.strip())
        n_ends = sum(1 for _ in _LINE_END.finditer(text, reached, start))
        is_worded = has_word(line.text)
        is_new = not (line.goes_on_a_word or len(block) == 0) and (
            n_ends > 1
            or depth != block[-1].depth
            or not is_worded
            or _BULLET.match(line.text) is not None
        )
        reached = end
        if is_new:
            yield block
            block = []
        if is_worded:
            block.append(line)
    yield block


@dataclass(frozen=True, order=True)
class _Column:
    """The width of a column in characters, and how far the ends of lines may be from it."""

    width: int
    slack: int

    def holds(self, lines: Iterable[_Line]) -> bool:
        return all(line.width <= self.width + self.slack for line in lines)

    def is_full(self, line: _Line, below: _Line, *, exactly: bool = False) -> bool:
        """Whether a line was broken because the next word did not fit."""
        slack = 0 if exactly else self.slack
        return line.width + 1 + len(below.text.split()[0]) > self.width - slack


def has_word(piece: str) -> bool:
    """Say whether there is a word; symbols that are letters once normalised, as circled, count."""
    if _WORD.search(piece) is not None:
        return True
    return not piece.isascii() and len(words.split_words(piece).words) > 0


def _column(block: Sequence[_Line]) -> _Column | None:
    """Return the column to which a block is wrapped, None if it is not."""
    widths = sorted({line.width for line in block}, reverse=True)
    tried = [width for width in widths if _MIN_WIDTH <= width <= _MAX_WIDTH][:_MAX_WIDTHS_TRIED]
    for width in tried:
        n_inside = sum(line.width <= width for line in block)
        if n_inside < _MIN_COLUMN_SHARE * len(block):
            break
        for slack in (_SLACK, round(_PRINTED_SLACK * width)):
            column = _Column(width, slack)
            if _is_wrapped(block, column):
                return column
    return None


def _is_wrapped(block: Sequence[_Line], column: _Column) -> bool:
    pairs = [pair for pair in itertools.pairwise(block) if column.holds(pair)]
    # Lines that break off inside a sentence tell; those that end one may be paragraphs, and a
    # short one before a capital may be a heading.
    open_ended = [pair for pair in pairs if not pair[0].is_ended]
    broken = [pair for pair in open_ended if pair[1].is_small or column.is_full(*pair)]
    n_headings = len(open_ended) - len(broken)
    if n_headings > max(_MAX_HEADINGS, _MAX_HEADING_SHARE * len(pairs)):
        return False
    n_full = sum(column.is_full(line, below) for line, below in broken)
    n_small = sum(below.is_small for _, below in broken)
    if len(broken) < _MIN_BROKEN_SHARE * len(pairs) or n_full < _MIN_FULL_LINES * len(broken):
        return False
    if not _is_cased(block):
        # Small letters tell nothing here; a list looks the same, but its last line has no stop.
        is_sure = column.width >= _NARROW and column.slack == _SLACK
        is_sure = is_sure and 2 * len(broken) >= len(pairs)
        return is_sure and len(broken) >= _MIN_BROKEN and block[-1].is_ended
    if len(broken) < (_MIN_BROKEN_NARROW if column.width < _NARROW else _MIN_BROKEN):
        # So few lines tell only if none is odd: one sentence, broken where the words did not fit.
        is_one = len(block) - 1 == len(broken) == n_small and column.slack == _SLACK
        fewest = _MIN_BROKEN if column.width < _NARROW else 1
        return column.width >= _MIN_SURE_WIDTH and is_one and fewest <= len(broken) <= n_full
    return n_small >= _MIN_SMALL_STARTS * len(broken)


def _is_cased(block: Iterable[_Line]) -> bool:
    return any(line.text != line.text.lower() for line in block)


def _fits(block: Sequence[_Line], column: _Column) -> bool:
    """Whether a block can be part of a text that is wrapped to a column known from the rest."""
    if not column.holds(block) or not _is_cased(block):
        return False
    broken = [pair for pair in itertools.pairwise(block) if not pair[0].is_ended]
    n_full = sum(column.is_full(line, below) for line, below in broken)
    return n_full >= _MIN_FULL_LINES * len(broken)


def _paragraphs_of(block: Sequence[_Line], column: _Column | None) -> Iterator[list[_Line]]:
    margin = _margin(block)
    is_cased = _is_cased(block)
    paragraph = [block[0]]
    for line, below in itertools.pairwise(block):
        joined = column is not None and _goes_on(line, below, column, margin, is_cased=is_cased)
        if joined or below.goes_on_a_word:
            paragraph.append(below)
        else:
            yield paragraph
            paragraph = [below]
    yield paragraph


def _margin(block: Sequence[_Line]) -> int:
    """Return the indent of most lines; -1 where a bullet has its own."""
    if _BULLET.match(block[0].text) is not None:
        return -1
    indents = [line.indent for line in block]
    return max(sorted(set(indents)), key=indents.count)


def _goes_on(line: _Line, below: _Line, column: _Column, margin: int, *, is_cased: bool) -> bool:
    if not column.holds((line, below)):
        return False
    if margin >= 0 and below.indent != margin and below.indent != line.indent:
        return False
    is_full = column.is_full(line, below)
    if line.is_ended:
        begins = below.text[0] in "([" or _SPEAKER.match(below.text) is not None
        return is_full and not begins
    if _is_title(line.text) and not below.is_small:
        return False
    if below.is_small:
        return is_full or is_cased
    # A line that had room for the next word is a heading or a byline.
    is_open = line.text.endswith(",") or column.slack > _SLACK
    return column.is_full(line, below, exactly=not is_open)


def _is_title(line: str) -> bool:
    """Whether the words of a line begin with capitals as those of a headline do."""
    all_words = _WORD.findall(line)
    long = [word for word in all_words if len(word) > 3]
    is_row = len(long) >= _MIN_TITLE_WORDS and all(word[0].isupper() for word in long)
    return is_row and not all_words[-1][0].islower() and _LISTING.search(line) is None
