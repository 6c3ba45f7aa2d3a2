"""Two sentences marked for a reader who compares them: what only one has, or what both have."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...text import words
from .. import differences, phrases

# So many words in a row that the other text has elsewhere were moved, not dropped.
_MOVED_RUN = 3


@dataclass(frozen=True)
class Slice:
    """Words in a comparison: ``plain``, ``both``, ``removed`` or ``added``."""

    text: str
    style: str


# An article's table and the two texts side by side mark the same sentences.
@functools.lru_cache(maxsize=4096)
def marked(
    source: str,
    target: str,
    *,
    edited: bool,
    texts: tuple[str, str] = ("", ""),
    beside: tuple[str, str] = ("", ""),
) -> tuple[tuple[Slice, ...], tuple[Slice, ...]]:
    """Mark two sentences for a reader who compares them.

    Parameters
    ----------
    source, target : str
        The sentences.
    edited : bool
        Mark what only one has (words taken out, words put in); otherwise what both have,
        which is the smaller part of a paraphrase.
    texts : tuple of str
        The whole texts that the two stand in. Words that the other sentence has in another
        place, and runs of three words and more that the other text has elsewhere, are not marked
        as taken out or put in.
    beside : tuple of str
        What else the target was made from, and what else was made from the source.

    Returns
    -------
    source, target : tuple of Slice
        Together the whole of each sentence.
    """
    segments = differences.word_differences(source, target)
    if not edited:
        same = [each for each in segments if each.kind == "same"]
        return (
            _sliced(source, [(each.a_start, each.a_end, "both") for each in same]),
            _sliced(target, [(each.b_start, each.b_end, "both") for each in same]),
        )
    apart = [each for each in segments if each.kind != "same"]
    out = [(each.a_start, each.a_end) for each in apart if each.a_start < each.a_end]
    new = [(each.b_start, each.b_end) for each in apart if each.b_start < each.b_end]
    return (
        _sliced(source, _only(source, out, _told(target, new), texts[1], beside[1], "removed")),
        _sliced(target, _only(target, new, _told(source, out), texts[0], beside[0], "added")),
    )


def _told(text: str, spans: Sequence[tuple[int, int]]) -> Counter[str]:
    return Counter(
        word for start, end in spans for word in words.split_words(text[start:end]).words
    )


def _only(
    text: str,
    spans: Sequence[tuple[int, int]],
    moved: Counter[str],
    other: str,
    beside: str,
    style: str,
) -> list[tuple[int, int, str]]:
    """Of spans that differ, return the words that the other does not have elsewhere."""
    left = moved.copy()
    elsewhere, parts = _joined(other), set(words.split_words(beside).words)
    found: list[tuple[int, int, str]] = []
    for start, end in spans:
        split = words.split_words(text[start:end])
        has = [False] * len(split.words)
        for first in range(len(split.words) - _MOVED_RUN + 1):
            run = " ".join(split.words[first : first + _MOVED_RUN])
            if f" {run} " in elsewhere:
                has[first : first + _MOVED_RUN] = [True] * _MOVED_RUN
        before = -1
        for place, word in enumerate(split.words):
            if has[place] or word in parts:
                continue
            if left[word] > 0:
                left[word] -= 1
                continue
            low, high = start + int(split.starts[place]), start + int(split.ends[place])
            if found and before == place - 1 and before >= 0:
                low = found.pop()[0]
            found.append((low, high, style))
            before = place
    return found


def grouped(rows: Sequence[Any]) -> dict[tuple[str, str], list[Any]]:
    """Return rows of the attributions table by the target's sentence and by the source's.

    Parameters
    ----------
    rows : sequence of rows
        Of one target.

    Returns
    -------
    dict of (source_id, sentence id) to list of rows
        Those without a source are left out.
    """
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        if not phrases.is_missing(row.source_start):
            source = str(row.source_id)
            for sentence in {str(row.target_sentence), str(row.source_sentence)}:
                found.setdefault((source, sentence), []).append(row)
    return found


def beside(
    row: Any, others: Mapping[tuple[str, str], Sequence[Any]], texts: tuple[str, str]
) -> tuple[str, str]:
    """Return the words of other source sentences of a sentence, and of others made from its source.

    Parameters
    ----------
    row : row of the attributions table
    others : mapping of (source_id, sentence id) to rows
        From `grouped`.
    texts : tuple of str
        The source and the target as supplied.

    Returns
    -------
    tuple of str
    """
    source = str(row.source_id)
    sources = [
        texts[0][int(other.source_start) : int(other.source_end)]
        for other in others.get((source, str(row.target_sentence)), ())
        if other is not row
    ]
    targets = [
        texts[1][int(other.target_start) : int(other.target_end)]
        for other in others.get((source, str(row.source_sentence)), ())
        if other is not row
    ]
    return " ".join(sources), " ".join(targets)


@functools.lru_cache(maxsize=64)
def _joined(text: str) -> str:
    return f" {' '.join(words.split_words(text).words)} " if text else ""


def _sliced(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[Slice, ...]:
    slices = []
    at = 0
    for start, end, style in spans:
        if end <= max(start, at):
            continue
        start = max(start, at)
        if at < start:
            slices.append(Slice(text[at:start], "plain"))
        slices.append(Slice(text[start:end], style))
        at = end
    if at < len(text):
        slices.append(Slice(text[at:], "plain"))
    return tuple(slices)
