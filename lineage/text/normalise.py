"""Bring text to one form for comparison, keeping the way back to the supplied characters."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# Quotation marks and apostrophes of all styles, and dashes of all lengths, differ
# between house styles and never in meaning. Mapped before NFKC as well, which would
# make a space and an accent of U+00B4.
_SINGLE_QUOTES = "`´‘’‚‛′‵‹›ʹʻʼʽˈ＇"
_DOUBLE_QUOTES = "“”„‟″‶«»〝〞〟＂「」『』"
_DASHES = "‐‑‒–—―⁃−﹘﹣－"
# Characters that are not seen: soft hyphen, joiners, bidi marks, byte order mark,
# variation selectors, Hangul fillers, tags.
_UNSEEN_RANGES = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xE0000, 0xE0FFF),
)
_UNSEEN: dict[int, str | None] = {
    code: None for first, last in _UNSEEN_RANGES for code in range(first, last + 1)
}
_MARKS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **_UNSEEN,
}

# Letters of other scripts that cannot be told from a Latin one by eye. A lower-case
# letter may stand here only if its capital does too: case is folded afterwards, and
# normalising twice must change nothing.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜѴҺӀ" + "аеѕіјорсухԛԝѵһӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ονρ",
    "ABESIJKMHOPCTYXQWVHI" + "aesijopcyxqwvhl" + "ABEZHIKMNOPTYX" + "ovp",
)
_Image = Callable[[str], str]
_OTHER_SCRIPTS = re.compile(r"[\u0370-\u052f\u1f00-\u1fff]")
_WORD_WITH_OTHER_SCRIPT = re.compile(
    r"[\w\u0300-\u036f]{0,60}[\u0370-\u052f\u1f00-\u1fff][\w\u0300-\u036f]{0,60}"
)
# The ranges of Latin letters that are left after NFKC.
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0250-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff]")

# Letters that are no marks and yet join the one before them: Hangul vowels and finals,
# Kirat Rai vowel signs.
_JOINING_LETTERS = ((0x1160, 0x11FF), (0xD7B0, 0xD7FF), (0x16D60, 0x16D6F))


@dataclass(frozen=True)
class Normalised:
    """Text in one form, and where each of its characters came from.

    Attributes
    ----------
    text : str
        The normalised text.
    starts, ends : ndarray of shape (len(text),), int32
        Half-open span in the supplied text that each character was made from. Neither
        ever decreases; two characters made from one (an ellipsis) have the same span.
    n_source : int
        Length of the supplied text in characters.
    """

    text: str
    starts: np.ndarray
    ends: np.ndarray
    n_source: int

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the supplied text behind ``text[start:end]``."""
        if start < end:
            return int(self.starts[start]), int(self.ends[end - 1])
        at = int(self.starts[start]) if start < len(self.starts) else self.n_source
        return at, at


def normalise(text: str) -> Normalised:
    """Bring `text` to the form in which words are compared.

    Unicode NFKC and case folding [1]_; quotation marks, apostrophes and dashes unified;
    characters that cannot be seen dropped; Cyrillic and Greek letters that look like
    Latin ones folded where the rest of the word is Latin. Digits stay. Doing it twice
    changes nothing.

    Parameters
    ----------
    text : str
        Any text, lone surrogates included.

    Returns
    -------
    Normalised

    References
    ----------
    .. [1] The Unicode Standard, section 3.13, ``NFKC_Casefold``.
    """
    if text.isascii():
        places = np.arange(len(text) + 1, dtype=np.int32)
        return Normalised(text.lower().replace("`", "'"), places[:-1], places[1:], len(text))
    if _OTHER_SCRIPTS.search(text) is None:
        return _convert(text, _settle)
    # Look-alikes are told apart by case (capital Ve looks like B, small ve like nothing)
    # and word by word, so they come between the two steps.
    composed = _convert(text, _compose)
    folded = _WORD_WITH_OTHER_SCRIPT.sub(_fold_look_alikes, composed.text)
    settled = _convert(folded, _settle)
    starts = composed.starts[settled.starts]
    ends = composed.ends[settled.ends - 1]
    return Normalised(settled.text, starts, ends, len(text))


def visible(text: str) -> Normalised:
    """Bring `text` to the form of `normalise`, but for case, which it keeps.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Normalised
        Look-alike letters are folded one for one; so their places stay what they are.
    """
    composed = _convert(text, _compose)
    folded = _WORD_WITH_OTHER_SCRIPT.sub(_fold_look_alikes, composed.text)
    return Normalised(folded, composed.starts, composed.ends, composed.n_source)


def seen(text: str) -> str:
    """Return `text` as a reader sees it: nothing unseen in it, look-alike letters as Latin ones.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Quotation marks, dashes and case stay; places are those of no other text.
    """
    if text.isascii():
        return text
    shown = text.translate(_UNSEEN)
    if _OTHER_SCRIPTS.search(shown) is None:
        return shown
    return _WORD_WITH_OTHER_SCRIPT.sub(_fold_look_alikes, shown)


def _convert(text: str, image: _Image) -> Normalised:
    """Replace each unit of `text` (a character with the marks on it) by its image."""
    n_source = len(text)
    images = {ord(char): image(char) for char in set(text)}
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    places = np.arange(n_source, dtype=np.int32)
    unseen = [code for code, shown in images.items() if not shown]
    if unseen:
        # Dropped first: a mark joins the letter before an unseen character.
        kept = ~np.isin(codes, unseen)
        text = text.translate(dict.fromkeys(unseen))
        codes = codes[kept]
        places = places[kept]
    if len(text) == 0:
        return Normalised("", places, places, n_source)
    joining = [code for code in images if code > 127 and _joins(chr(code))]
    if joining:
        first = ~np.isin(codes, joining)
        first[:1] = True
        begins = np.flatnonzero(first)
        stops = np.append(begins[1:], len(text))
        units = [text[i:j] for i, j in zip(begins.tolist(), stops.tolist(), strict=True)]
        shown = [image(unit) for unit in units]
        lengths = np.fromiter(map(len, shown), dtype=np.int64, count=len(shown))
        starts = np.repeat(places[begins], lengths)
        ends = np.repeat(places[stops - 1] + 1, lengths)
        return Normalised("".join(shown), starts, ends, n_source)
    wide = {code: len(shown) for code, shown in images.items() if len(shown) > 1}
    if wide:
        lengths = np.ones(len(codes), dtype=np.int64)
        for code, length in wide.items():
            lengths[codes == code] = length
        places = np.repeat(places, lengths)
    return Normalised(text.translate(images), places, places + 1, n_source)


@functools.lru_cache(maxsize=1 << 16)
def _compose(unit: str) -> str:
    composed = unicodedata.normalize("NFKC", unit.translate(_MARKS))
    return unicodedata.normalize("NFKC", composed.translate(_MARKS))


@functools.lru_cache(maxsize=1 << 16)
def _settle(unit: str) -> str:
    settled = _compose(unit)
    while True:
        folded = _compose(settled.casefold())
        if folded == settled:
            return settled
        settled = folded


@functools.lru_cache(maxsize=1 << 16)
def _joins(char: str) -> bool:
    """Say whether NFKC may merge `char` with what stands before it."""
    leads = {char, unicodedata.normalize("NFKC", char)[0], unicodedata.normalize("NFKD", char)[0]}
    return any(
        unicodedata.category(lead).startswith("M")
        or any(first <= ord(lead) <= last for first, last in _JOINING_LETTERS)
        for lead in leads
    )


def _fold_look_alikes(match: re.Match[str]) -> str:
    word = match.group()
    folded = word.translate(_LOOK_ALIKES)
    # Only where nothing but look-alikes stands beside Latin letters: real Greek and
    # Cyrillic words have others.
    if _LATIN.search(word) is not None and _OTHER_SCRIPTS.search(folded) is None:
        return folded
    return word
