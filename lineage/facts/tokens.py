"""The words, numbers and marks of a sentence, with case and places, for finding facts in it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ..text import hyphens, normalise
from ..text.languages import detection
from . import fact_settings

# Initials with their stops, a word with its apostrophes, a number with its separators, or one mark.
_TOKEN = re.compile(
    r"(?!A\.M|P\.M)(?:[A-Z]\.){2,}|[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:\u00a0\u202f\u2009]\d+)*|[^\w\s]",
    re.UNICODE,
)
# All but these letters need nothing but quotation marks and dashes unified, one for one.
_ODD = re.compile(
    "[^\\x00-\\x7f\u00a0-\u00a7\u00a9\u00ab\u00ae-\u00b1\u00b6\u00b7\u00bb\u00bf-\u024f\u2009-\u200a\u2010-\u2015\u2018-\u201f\u2026\u202f\u20ac]"
)
_MARKS = str.maketrans("‘’‚‛“”„‟«»‐‑‒–—―", '\'\'\'\'""""""------')


@dataclass(frozen=True)
class Tokens:
    """A sentence in pieces.

    Attributes
    ----------
    text : str
        As supplied.
    raw : tuple of str
        Words, numbers and marks in order; case kept, quotation marks and dashes unified.
    low : tuple of str
        The same in small letters.
    spans : tuple of tuple of int
        Half-open spans in `text`.
    language : str
        Two letters; English where nothing tells.
    """

    text: str
    raw: tuple[str, ...]
    low: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    language: str

    def shown(self, first: int, after: int) -> str:
        """Return the supplied text of tokens ``[first, after)``, white space made single."""
        return " ".join(self.text[self.spans[first][0] : self.spans[after - 1][1]].split())


def split(text: str) -> Tokens:
    """Cut a sentence into words, numbers and marks.

    Parameters
    ----------
    text : str
        As supplied.

    Returns
    -------
    Tokens
    """
    if text.isascii():
        shown, places = text, None
    elif _ODD.search(text) is None:
        shown, places = text.translate(_MARKS), None
    else:
        places = normalise.visible(text)
        shown = places.text
    found = [(each.group(), each.span()) for each in _TOKEN.finditer(shown)]
    raw = tuple([word for word, _ in found])
    spans = tuple([span if places is None else places.to_source(*span) for _, span in found])
    divisions = dict(hyphens.find_divisions(text))
    if divisions:
        raw, spans = _undivided(raw, spans, divisions)
    low = tuple([word.lower() for word in raw])
    return Tokens(text, raw, low, spans, language(low))


def _undivided(
    raw: tuple[str, ...], spans: tuple[tuple[int, int], ...], divisions: dict[int, int]
) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Put words together that a hyphen at the end of a line divides."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    # Here stand the hyphen and the mark of quoted mail.
    gaps = {at for first, rest in divisions.items() for at in range(first, rest)}
    rests = set(divisions.values())
    for word, (start, end) in zip(raw, spans, strict=True):
        if start in gaps:
            continue
        if start in rests and words:
            words[-1] += word
            places[-1] = (places[-1][0], end)
        else:
            words.append(word)
            places.append((start, end))
    return tuple(words), tuple(places)


def language(low: tuple[str, ...]) -> str:
    """Return the code of the language of some words, by its function words; English in doubt.

    Parameters
    ----------
    low : tuple of str
        In small letters.

    Returns
    -------
    str
    """
    words = set(low)
    if len(words & detection.words("function_words", "en")) > fact_settings.ENOUGH_FUNCTION_WORDS:
        return "en"
    counts = {
        name: len(words & detection.words("function_words", name)) for name in detection.LISTED
    }
    most = max(counts.values())
    if most < fact_settings.MIN_FUNCTION_WORDS or counts["en"] == most:
        return "en"
    return next(name for name, count in counts.items() if count == most)


@functools.lru_cache(maxsize=100_000)
def is_word(token: str) -> bool:
    """Whether a token is made of letters."""
    return token[0].isalpha()


_PART = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_HALVES_OF_DAY = frozenset("a p m am pm".split())


def plain_words(tokens: Tokens, first: int, after: int) -> frozenset[str]:
    """Return the words of tokens ``[first, after)`` as `text.words` cuts a text into them.

    Without the letters of a.m. and p.m., which publishers write in many ways.
    """
    found = {part for word in tokens.low[first:after] for part in _PART.findall(word)}
    return frozenset(found - _HALVES_OF_DAY)
