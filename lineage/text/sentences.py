"""Split text into sentences, with their places in the supplied text."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence

from . import hyphens, paragraphs, stops, words

_Span = tuple[int, int]

# What stands between the cells of a table that was laid out as a line.
_CELL_END = re.compile(r"\t\s*|\s\|\s+|\s\|$")
# A cell of so many words is told, and no score or name; a bar stands in headlines as well.
_MIN_WORDS_BY_TAB, _MIN_WORDS_BY_BAR = 4, 12
_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?=\s|$)|[。！？]")
# Prose has a sentence mark every 15 to 30 words; a text with fewer than one in a hundred
# lost its punctuation, whatever the odd mark left in it says.
_MAX_WORDS_PER_MARK = 100

_GAP = re.compile(r"\s{2,}")
# How far a border found by alignment may be from the gap that it means.
_MAX_SNAP = 4
# A typical sentence of news prose, and how freely lengths vary around it (of the
# natural logarithm); used only to choose among gaps in text without marks.
_TYPICAL_WORDS, _SPREAD = 22, 0.6
# A fragment of fewer words is a list item or an aside between commas.
_MIN_FRAGMENT_WORDS = 4
# Costs are in the same unit as a length that is off by that many spreads, squared.
_SHORT_FRAGMENT_COST, _CONTINUATION_COST, _OPENING_GAIN = 2.0, 3.0, 1.0
# fmt: off
_CONTINUATIONS = frozenset((
    "and", "or", "nor", "which", "who", "whose", "whom", "where", "when", "that", "than",
    "because", "said", "says", "told", "asked", "with", "without",
))
_OPENINGS = frozenset((
    "the", "a", "an", "he", "she", "it", "they", "we", "i", "in", "on", "there", "this", "these",
    "those", "but",
))
# fmt: on
# Between two borders, more words than this are several sentences that no relative has.
_MAX_WORDS_BETWEEN_BORDERS = 2 * _TYPICAL_WORDS


def has_sentence_marks(text: str) -> bool:
    """Say whether sentences of `text` are marked by punctuation.

    Parameters
    ----------
    text : str
        The supplied text.

    Returns
    -------
    bool
        False for a text that lost its punctuation, and for one without words.
    """
    n_marks = sum(1 for _ in _MARK.finditer(text))
    if n_marks == 0:
        return False
    n_words = sum(1 for _ in _WORD.finditer(text))
    return n_words > 0 and n_marks * _MAX_WORDS_PER_MARK >= n_words


def split_sentences(text: str, borders: Sequence[int] = ()) -> list[_Span]:
    """Split `text` into sentences.

    A line is a paragraph, except in text wrapped at a column, whose lines are read on;
    inside a paragraph the words around each mark decide. Text without sentence marks is
    split at runs of two or more spaces: at those that give sentences of usual lengths, or
    where `borders` says.

    Parameters
    ----------
    text : str
        The supplied text.
    borders : sequence of int
        Positions in `text` at which a sentence of a relative begins or ends. Used only
        where the text has no sentence marks of its own; moved to a gap between words
        that is near, and left out if they would cut a word. Long stretches between two
        borders are split as if there were none.

    Returns
    -------
    list of tuple of int
        Half-open spans in `text`, in order, without white space around them, never
        overlapping; every word is in one.
    """
    spans: list[_Span] = []
    if has_sentence_marks(text):
        for start, end in paragraphs.paragraphs(text):
            spans.extend(_split_marked(text, start, end))
    else:
        inside = {at for span in hyphens.find_divisions(text) for at in range(span[0], span[1] + 1)}
        cuts = sorted({_snap(text, border) for border in borders} - {0, len(text)} - inside)
        for start, end in paragraphs.lines(text):
            spans.extend(_split_unmarked(text, start, end, cuts))
    return spans


def _strip(text: str, start: int, end: int) -> _Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _split_marked(text: str, start: int, end: int) -> Iterator[_Span]:
    paragraph = paragraphs.on_one_line(text, start, end)
    starts = {0, *stops.sentence_starts(paragraph), *_cell_starts(paragraph)}
    bounds = [*sorted(starts - {len(paragraph)}), len(paragraph)]
    begun = bounds[0]
    for cut, following in zip(bounds[1:], [*bounds[2:], len(paragraph)], strict=True):
        # A piece without a word belongs to the sentence beside it.
        if not paragraphs.has_word(paragraph[begun:cut]):
            continue
        if cut < following and not paragraphs.has_word(paragraph[cut:following]):
            continue
        first, last = _strip(paragraph, begun, cut)
        yield start + first, start + last
        begun = cut


def _cell_starts(paragraph: str) -> Iterator[int]:
    """Yield where cells of a table begin that hold whole sentences."""
    ends = list(_CELL_END.finditer(paragraph))
    begins = [0, *(match.end() for match in ends)]
    stops_at = [*(match.start() for match in ends), len(paragraph)]
    counts = [
        len(_WORD.findall(paragraph, begun, stop))
        for begun, stop in zip(begins, stops_at, strict=True)
    ]
    for i, match in enumerate(ends):
        fewest = _MIN_WORDS_BY_TAB if match.group()[0] == "\t" else _MIN_WORDS_BY_BAR
        if max(counts[i : i + 2]) >= fewest:
            yield match.end()


def _split_unmarked(text: str, start: int, end: int, cuts: list[int]) -> Iterator[_Span]:
    inside = [cut for cut in cuts if start < cut < end]
    for begun, stop in zip([start, *inside], [*inside, end], strict=True):
        n_words = sum(1 for _ in _WORD.finditer(text, begun, stop))
        if not paragraphs.has_word(text[begun:stop]):
            continue
        if len(inside) > 0 and n_words <= _MAX_WORDS_BETWEEN_BORDERS:
            yield _strip(text, begun, stop)
        else:
            yield from _split_at_gaps(text, begun, stop)


def _snap(text: str, border: int) -> int:
    """Return where `border` means to split: a gap near by, itself, or 0 for nowhere."""
    low, high = max(0, border - _MAX_SNAP), min(len(text), border + _MAX_SNAP)
    for gap in (_GAP, re.compile(r"\s")):
        found = [match.end() for match in gap.finditer(text, low, high)]
        if found:
            return min(found, key=lambda at: (abs(at - border), at))
    inside_word = 0 < border < len(text) and text[border - 1 : border + 1].isalnum()
    return 0 if inside_word else border


def _split_at_gaps(text: str, start: int, end: int) -> Iterator[_Span]:
    """Choose the gaps that make sentences of usual lengths (shortest path)."""
    gaps = [match.end() for match in _GAP.finditer(text, start, end)]
    divided = {after for _, after in hyphens.find_divisions(text[start:end])}
    bounds = [start, *(gap for gap in gaps if gap - start not in divided), end]
    split = [
        (span, words.split_words(text[slice(*span)]).words) for span in itertools.pairwise(bounds)
    ]
    fragments = [span for span, found in split if found]
    fragment_words = [found for _, found in split if found]
    counts = [len(found) for found in fragment_words]
    n = len(fragments)
    best = [0.0] + [math.inf] * n
    previous = [0] * (n + 1)
    for j in range(1, n + 1):
        total = 0
        for i in range(j - 1, -1, -1):
            total += counts[i]
            cost = best[i] + ((math.log(total / _TYPICAL_WORDS)) / _SPREAD) ** 2
            if i > 0:
                cost += _cost_of_break(fragment_words[i - 1], fragment_words[i])
            if cost < best[j]:
                best[j], previous[j] = cost, i
            if total > 6 * _TYPICAL_WORDS:
                break
    stops = [n]
    while stops[-1] > 0:
        stops.append(previous[stops[-1]])
    stops.reverse()
    for i, j in itertools.pairwise(stops):
        yield _strip(text, fragments[i][0], fragments[j - 1][1])


def _cost_of_break(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    cost = 0.0
    if min(len(left), len(right)) < _MIN_FRAGMENT_WORDS:
        cost += _SHORT_FRAGMENT_COST
    # Also after an initial ("u s  cities") and before a participle.
    if right[0] in _CONTINUATIONS or right[0].endswith("ing") or len(left[-1]) == 1:
        cost += _CONTINUATION_COST
    if right[0] in _OPENINGS:
        cost -= _OPENING_GAIN
    return cost
