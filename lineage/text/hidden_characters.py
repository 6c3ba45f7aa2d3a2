"""Characters that nobody sees and that carry something: where they stand, and what they are.

Zero-width characters, variation selectors and tags can hide a message or a mark in a text, and
`normalise` drops them. They are listed before that, with their places in the supplied text.
What scripts, emoji and typesetters need of the same characters is passed over.
"""

from __future__ import annotations

import difflib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ZERO_WIDTH, SELECTORS, TAGS = "zero-width characters", "variation selectors", "tag characters"
MIXED, C2PA = "hidden characters of several kinds", "C2PA text manifest"
KINDS = (ZERO_WIDTH, SELECTORS, TAGS, MIXED, C2PA)

_CLASSES = {
    ZERO_WIDTH: "\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff",
    SELECTORS: "\ufe00-\ufe0f\U000e0100-\U000e01ef",
    TAGS: "\U000e0001\U000e0020-\U000e007f",
}
_RUN = re.compile(f"[{''.join(_CLASSES.values())}]+")
_OF_KIND = {kind: re.compile(f"[{inside}]+") for kind, inside in _CLASSES.items()}
_BOM = "\ufeff"
_WORD_JOINER = "\u2060"
_JOINERS = ("\u200c", "\u200d")
# Where a joiner, or a space without width, is part of the spelling or shows where a line may
# break: Arabic and its kin, the scripts of India, Thai to Tibetan, Myanmar, Khmer, Mongolian.
_NEED_JOINERS = ((0x0600, 0x109F), (0x1780, 0x18AF), (0xA840, 0xABFF), (0xFB50, 0xFEFC))
_NEED_SPACES = ((0x0E00, 0x0EFF), (0x0F00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF))
_ALSO_EMOJI = frozenset("0123456789#*©®™‼⁉〰〽㊗㊙ℹⓂ")
# A flag of a part of a country: a black flag and its code in tags.
_FLAG = "\U0001f3f4"
_SKIN = ("\U0001f3fb", "\U0001f3ff")

# C2PA 2.3, appendix A.7: U+FEFF, and each byte of the wrapper as a variation selector: magic
# word, version, length of the manifest in four bytes, the manifest.
_MAGIC = b"C2PATXT\0"
_HEADER = 13
_ENTITY = re.compile(r"&(?:#[0-9]{3,7}|#[xX][0-9a-fA-F]{2,6}|\w{3,14});")
_RANGES = re.findall(r"(.)-(.)|(.)", "".join(_CLASSES.values()))
_HIDDEN = [
    code
    for first, last, only in _RANGES
    for code in range(ord(first or only), ord(last or only) + 1)
]
# From Han Extension G on, in the order of the hidden characters.
_VEIL = {code: 0x30000 + k for k, code in enumerate(_HIDDEN)}
_UNVEIL = {letter: code for code, letter in _VEIL.items()}
_STAND_INS = frozenset(map(chr, _UNVEIL))
# Fewer hidden characters, or of one kind only, may be in two texts by the habits of a program.
LEAST_SHARED = 8
LEAST_DISTINCT = 2
# Of a long sequence so many are compared.
MAX_COMPARED = 500


@dataclass(frozen=True)
class Mark:
    """A run of hidden characters.

    Attributes
    ----------
    start, end : int
        Half-open span in the supplied text.
    kind : str
        One of `KINDS`.
    characters : str
        As they stand there.
    is_whole : bool
        Of a C2PA text manifest: that none of it is missing. True for all others.
    """

    start: int
    end: int
    kind: str
    characters: str
    is_whole: bool = True

    @property
    def codes(self) -> str:
        """Its characters by how often they occur, as "U+200B 12, U+200D 3"."""
        counted = sorted(Counter(self.characters).items(), key=lambda each: (-each[1], each[0]))
        shown = [f"U+{ord(char):04X} {n}" for char, n in counted[:4]]
        return ", ".join(shown) + (", …" if len(counted) > len(shown) else "")


def find(text: str) -> tuple[Mark, ...]:
    """List the hidden characters of a text.

    Parameters
    ----------
    text : str
        As supplied.

    Returns
    -------
    tuple of Mark
        In order. Without a mark of byte order at the beginning, emoji and their variants, what
        scripts need, and single word joiners; soft hyphens and marks of direction are none.
    """
    if text.isascii():
        return ()
    return tuple(
        mark for match in _RUN.finditer(text) for mark in _marks(text, match.start(), match.end())
    )


def veil(page: str) -> str:
    """Put letters in the place of hidden characters, for readers of pages that drop them.

    Parameters
    ----------
    page : str
        HTML, with hidden characters as such or as entities.

    Returns
    -------
    str
        The page with stand-ins, which `unveil` takes back: letters of the rarest script that
        Unicode has. A page that has such letters itself is returned as it is.
    """
    if not _STAND_INS.isdisjoint(page):
        return page
    shown = _ENTITY.sub(_unescaped, page)
    for mark in reversed(find(shown)):
        veiled = mark.characters.translate(_VEIL)
        shown = f"{shown[: mark.start]}{veiled}{shown[mark.end :]}"
    return shown


def unveil(text: str) -> str:
    """Put hidden characters back where `veil` put letters."""
    return text if text.isascii() else text.translate(_UNVEIL)


def _unescaped(match: re.Match[str]) -> str:
    char = html.unescape(match.group())
    return char if _RUN.fullmatch(char) else match.group()


def rows(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """List the hidden characters of several texts.

    Parameters
    ----------
    texts : mapping of str to str
        Texts as supplied, by their ids.

    Returns
    -------
    list of dict
        One a mark: ``article_id``, ``start`` and ``end`` in the supplied text, ``kind``,
        ``n_characters``, ``characters`` (their codes and how many of each), ``is_whole``, and
        ``also_in``, the ids of the other texts that have the very same run, where it is long
        and varied enough to be no habit of a program.
    """
    found = [(name, mark) for name in sorted(texts) for mark in find(texts[name])]
    holders: dict[str, set[str]] = {}
    for name, mark in found:
        if _tells(mark.characters):
            holders.setdefault(mark.characters, set()).add(name)
    return [
        {
            "article_id": name,
            "start": mark.start,
            "end": mark.end,
            "kind": mark.kind,
            "n_characters": len(mark.characters),
            "characters": mark.codes,
            "is_whole": mark.is_whole,
            "also_in": sorted(holders.get(mark.characters, set()) - {name}),
        }
        for name, mark in found
    ]


def shared(one: Sequence[Mark], other: Sequence[Mark]) -> tuple[Mark, Mark, int] | None:
    """Find a sequence of hidden characters that two texts have in common.

    Parameters
    ----------
    one, other : sequence of Mark
        Of either text.

    Returns
    -------
    (Mark, Mark, int) or None
        The mark of each text in which the longest such sequence begins, and its characters:
        `LEAST_SHARED` at least, of `LEAST_DISTINCT` kinds. It may go on over several marks, as
        one that stands between words does.
    """
    if not one or not other:
        return None
    first, second = (
        "".join(mark.characters for mark in marks)[:MAX_COMPARED] for marks in (one, other)
    )
    whole = {mark.characters: mark for mark in other}
    for mark in sorted(one, key=lambda each: -len(each.characters)):
        if mark.characters in whole and _tells(mark.characters):
            return mark, whole[mark.characters], len(mark.characters)
    found = difflib.SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    if not _tells(first[found.a : found.a + found.size]):
        return None
    return _at(one, found.a), _at(other, found.b), found.size


def _tells(characters: str) -> bool:
    return len(characters) >= LEAST_SHARED and len(set(characters)) >= LEAST_DISTINCT


def _at(marks: Sequence[Mark], place: int) -> Mark:
    """The mark that holds a place in the characters of all of them."""
    for mark in marks:
        if place < len(mark.characters):
            return mark
        place -= len(mark.characters)
    return marks[-1]


def _marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Cut one run of hidden characters: into manifests, what is needed there, and the rest."""
    at = text.find(_BOM, start, end)
    while at >= 0:
        wrapper = _OF_KIND[SELECTORS].match(text, at + 1, end)
        data = b"" if wrapper is None else _bytes(wrapper.group())
        if wrapper is not None and data.startswith(_MAGIC):
            length = int.from_bytes(data[9:_HEADER], "big")
            is_whole = len(data) >= _HEADER and len(data) - _HEADER >= length
            if at > start:
                yield from _plain(text, start, at)
            yield Mark(at, wrapper.end(), C2PA, text[at : wrapper.end()], is_whole)
            start = wrapper.end()
        at = text.find(_BOM, at + 1, end)
    if start < end:
        yield from _plain(text, start, end)


def _bytes(selectors: str) -> bytes:
    codes = map(ord, selectors)
    return bytes(code - 0xFE00 if code < 0xE0100 else code - 0xE0100 + 16 for code in codes)


def _plain(text: str, start: int, end: int) -> Iterator[Mark]:
    if start == 0 and text[0] == _BOM:
        start = 1
    if start == end or _is_needed(text, start, end):
        return
    characters = text[start:end]
    kind = next((k for k, inside in _OF_KIND.items() if inside.fullmatch(characters)), MIXED)
    yield Mark(start, end, kind, characters)


def _is_needed(text: str, start: int, end: int) -> bool:
    """Whether hidden characters belong to the spelling of what stands around them."""
    before = text[start - 1] if start > 0 else ""
    after = text[end] if end < len(text) else ""
    hidden = text[start:end]
    if before == _FLAG and hidden.endswith("\U000e007f") and _OF_KIND[TAGS].fullmatch(hidden):
        return True
    rest = hidden
    if before and _OF_KIND[SELECTORS].match(rest) and _takes_selector(before, rest[0]):
        rest = rest[1:]
    if rest == "":
        return True
    if rest == "\u200d" and _is_emoji(before) and _is_emoji(after):
        return True
    if rest in _JOINERS:
        return _is_in(before, _NEED_JOINERS) or _is_in(after, _NEED_JOINERS)
    if rest == "\u200b":
        return _is_in(before, _NEED_SPACES) and _is_in(after, _NEED_SPACES)
    return rest == _WORD_JOINER


def _takes_selector(base: str, selector: str) -> bool:
    """Whether a character has variants that a selector chooses: emoji, signs, ideographs."""
    if unicodedata.category(base) in ("So", "Sm", "Sk") or base in _ALSO_EMOJI:
        return ord(selector) < 0xE0100
    code = ord(base)
    is_ideograph = unicodedata.name(base, "").startswith("CJK ")
    return is_ideograph or 0x1000 <= code <= 0x109F or 0xA840 <= code <= 0xA87F


def _is_emoji(char: str) -> bool:
    return char != "" and (
        unicodedata.category(char) == "So"
        or char in "♀♂⚕⚖✈❤"
        or _SKIN[0] <= char <= _SKIN[1]
        or char in _ALSO_EMOJI
    )


def _is_in(char: str, ranges: Sequence[tuple[int, int]]) -> bool:
    return char != "" and any(first <= ord(char) <= last for first, last in ranges)
