"""Split text into words, each with its place in the supplied text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from . import hyphens, normalise

# Every character is first replaced by the letter of its class, and words are runs of
# classes: one pass whatever the script.
_LETTER, _DIGIT, _UNSPACED, _MARK, _OTHER = "a", "0", "c", "m", " "
_WORD = re.compile(r"a[am]*|0+(?:[.,]0+)*|cm*")
# Scripts written without spaces, where a run of letters is a sentence rather than a
# word: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FE),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3FFFF),
)


@dataclass(frozen=True)
class Words:
    """The words of a text.

    Attributes
    ----------
    words : tuple of str
        In normalised form.
    starts, ends : ndarray of shape (n_words,), int32
        Half-open spans in the supplied text; they never decrease. Two words made from
        one character (a fraction) have the same span.
    """

    words: tuple[str, ...]
    starts: np.ndarray
    ends: np.ndarray


def split_words(text: str) -> Words:
    """Split `text` into runs of letters and runs of digits.

    Apostrophes and hyphens separate words ("so-called" is two); a point or comma between
    digits does not ("1,000" is one), and neither does a hyphen at the end of a line that divides
    a word. In scripts written without spaces each letter is a
    word.

    Parameters
    ----------
    text : str
        The supplied text, not normalised.

    Returns
    -------
    Words
    """
    normalised = normalise.normalise(text)
    shown = normalised.text
    classes = shown.translate({ord(char): _class_of(char) for char in set(shown)})
    spans = [match.span() for match in _WORD.finditer(classes)]
    if len(spans) == 0:
        nowhere = np.empty(0, dtype=np.int32)
        return Words((), nowhere, nowhere)
    bounds = np.array(spans, dtype=np.int64)
    starts = normalised.starts[bounds[:, 0]]
    ends = normalised.ends[bounds[:, 1] - 1]
    found = Words(tuple([shown[start:end] for start, end in spans]), starts, ends)
    divisions = dict(hyphens.find_divisions(text))
    return _undivided(found, divisions) if divisions else found


def _undivided(split: Words, divisions: dict[int, int]) -> Words:
    """Put words together that a line end divides."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word, start, end in zip(
        split.words, split.starts.tolist(), split.ends.tolist(), strict=True
    ):
        if parts and divisions.get(ends[-1]) == start:
            parts[-1] += word
            ends[-1] = end
        else:
            parts.append(word)
            starts.append(start)
            ends.append(end)
    return Words(tuple(parts), np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32))


def _class_of(char: str) -> str:
    if char in ".,":
        return char
    if char.isdecimal():
        return _DIGIT
    code = ord(char)
    if code > 127:
        if unicodedata.category(char).startswith("M"):
            return _MARK
        if char.isalnum() and any(first <= code <= last for first, last in _UNSPACED_RANGES):
            return _UNSPACED
    return _LETTER if char.isalnum() else _OTHER
