"""Numbers of a sentence: in digits or words, with units, money, per cent, and how exact."""

from __future__ import annotations

import functools
import re
from collections.abc import Set
from dataclasses import dataclass

import text_to_num

from ..text import rarity
from . import units
from .tokens import Tokens, is_word, plain_words

_LONGEST_BEFORE = max(map(len, units.BEFORE))
_STARTERS = frozenset(phrase[-1] for phrase in units.BEFORE)
_SMALL = frozenset(
    "a an the of to in on at and or for from by with was were is are be been it its that this "
    "there than had has have who which more about some as not out their his her other".split()
)
_JOINS = frozenset(("and", "-", "und", "et", "y", "e"))
# "An hour and a half", "two metres and a half".
_AND_A_HALF = ("and", "a", "half")
# "First" and "third" are mostly adverbs, "second" a unit.
MIN_ORDINAL = 4
_HEAD_WORDS = 3
_CONTEXT_WORDS = 4
_YEARS = (1500, 2100)
# Smaller whole numbers are counted and not rounded, unless a word says so.
_ROUND_FROM = 100
# A measure in another unit is the same up to this share, and rounded up to that one.
_SAME_SHARE = 0.01
_NEAR_SHARE = 0.1
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_SPACE_GROUPS = re.compile(r"\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Quantity:
    """A number as it stands in a sentence.

    Attributes
    ----------
    kind : str
        ``number``, ``money``, ``percent``, ``measure``, or ``date`` for a year.
    dimension : str
        Only numbers of one dimension can be compared: a currency, a physical dimension,
        ``count``, ``percent``, ``year``, ``code`` (a version, a score).
    low, high : float
        Equal but for "dozens" and the like.
    exactness : str
        ``exact``, ``about``, ``over``, ``under``.
    unit : str
        As written, in small letters; empty for none.
    shown : str
        The supplied words.
    heads : frozenset of str
        Stems of the words that tell what is counted.
    context : frozenset of str
        Stems of the words around.
    words : frozenset of str
        The number's own words, normalised, for looking it up elsewhere in a text.
    """

    kind: str
    dimension: str
    low: float
    high: float
    exactness: str
    unit: str
    shown: str
    heads: frozenset[str]
    context: frozenset[str]
    words: frozenset[str]

    @property
    def key(self) -> tuple[str, float, float]:
        """What two mentions of one number have in common."""
        return self.dimension, self.low, self.high


class _Word(str):
    __slots__ = ()

    def text(self) -> str:
        return str(self)

    def nt_separated(self, previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def find(tokens: Tokens, taken: Set[int] = frozenset()) -> tuple[Quantity, ...]:
    """Find the numbers of a sentence.

    Parameters
    ----------
    tokens : Tokens
    taken : set of int
        Tokens that belong to dates and times.

    Returns
    -------
    tuple of Quantity
        In order. A lone "one" is mostly a pronoun and left out, as are "first",
        "second" and "third".
    """
    spelled = _spelled(tokens)
    found = []
    at = 0
    while at < len(tokens.low):
        if at in taken:
            at += 1
            continue
        value = _value_at(tokens, at, spelled)
        if value is None:
            at += 1
            continue
        low, high, after, dimension = value
        quantity, after = _quantity(tokens, at, after, low, high, dimension)
        found.append(quantity)
        at = after
    return tuple(found)


def _spelled(tokens: Tokens) -> dict[int, tuple[float, int, str]]:
    """Value, end and dimension of each number in words, by the token where it starts."""
    low, language = tokens.low, tokens.language
    places = [at for at, word in enumerate(low) if _is_number_word(word, language)]
    found = {}
    at = 0
    while at < len(places):
        # A run of number words, joined by "and" and hyphens.
        end = at
        while end + 1 < len(places) and all(
            word in _JOINS for word in low[places[end] + 1 : places[end + 1]]
        ):
            end += 1
        first, after = places[at], places[end] + 1
        at = end + 1
        for each in text_to_num.find_numbers(
            [_Word(word) for word in low[first:after]], language, threshold=0
        ):
            start, stop = first + each.start, first + each.end
            word = low[start]
            alone = stop - start == 1
            if each.is_ordinal and each.value < MIN_ORDINAL:
                continue
            if alone and (word in units.VAGUE or word in units.SCALES or each.value == 1):
                continue
            found[start] = (float(each.value), stop, "rank" if each.is_ordinal else "")
    return found


@functools.lru_cache(maxsize=100_000)
def _is_number_word(word: str, language: str) -> bool:
    # "o" is said for zero.
    if len(word) == 1 or not is_word(word):
        return False
    return bool(text_to_num.alpha2digit(word, language, threshold=0) != word)


def _value_at(
    tokens: Tokens, at: int, spelled: dict[int, tuple[float, int, str]]
) -> tuple[float, float, int, str] | None:
    """Least, most, the token after, and the dimension where the form tells it."""
    low, word = tokens.low, tokens.low[at]
    if low[at : at + 3] == ("half", "a", "dozen"):
        return 6.0, 6.0, at + 3, ""
    if word in units.COUNTS_OF_PARTS or word == "half":
        part = units.share_at(low, at)
        if part is not None:
            return part[0], part[0], part[1], "percent"
    if at in spelled:
        value, after, dimension = spelled[at]
        value, after = _scaled(tokens, value, after)
        return value, value, after, dimension
    if word in ("a", "an") and low[at + 2 : at + 5] == _AND_A_HALF and low[at + 1] in units.UNITS:
        return 1.0, 1.0, at + 1, ""
    if word in ("a", "one") and low[at + 1 : at + 2] and low[at + 1] in ("dozen", *units.SCALES):
        value = 12.0 if low[at + 1] == "dozen" else units.SCALES[low[at + 1]]
        if low[at + 1] != "k":
            return value, value, at + 2, ""
    if word in units.VAGUE:
        least, most = units.VAGUE[word]
        return least, most, at + 1, ""
    if word[0].isdigit():
        read = _digits(word, tokens.language)
        if read is None:
            code = float(sum(ord(char) * 131**k for k, char in enumerate(word)))
            return code, code, at + 1, "code"
        if low[at + 1 : at + 2] in (("st",), ("nd",), ("rd",), ("th",)) and _touches(
            tokens, at + 1
        ):
            return read, read, at + 2, "rank"
        value, after = _scaled(tokens, read, at + 1)
        return value, value, after, ""
    return None


def _digits(word: str, language: str) -> float | None:
    if _SPACE_GROUPS.fullmatch(word):
        return float(re.sub(r"\s", "", word))
    if language != "en":
        if _POINT_GROUPS.fullmatch(word):
            return float(word.replace(".", "").replace(",", "."))
        word = word.replace(",", ".") if word.count(",") == 1 else word
    if _COMMA_GROUPS.fullmatch(word):
        return float(word.replace(",", ""))
    return float(word) if _PLAIN.fullmatch(word) else None


def _scaled(tokens: Tokens, value: float, after: int) -> tuple[float, int]:
    if after < len(tokens.low):
        word = tokens.low[after]
        if word in units.SCALES and (len(word) > 1 or _touches(tokens, after)):
            return value * units.SCALES[word], after + 1
        if word == "m" and _touches(tokens, after) and _sign_before(tokens, after - 2) is not None:
            return value * 1e6, after + 1
    return value, after


def _touches(tokens: Tokens, at: int) -> bool:
    return tokens.spans[at - 1][1] == tokens.spans[at][0]


def _sign_before(tokens: Tokens, at: int) -> str | None:
    return units.SIGNS.get(tokens.raw[at]) if at >= 0 else None


def _quantity(
    tokens: Tokens, at: int, after: int, low: float, high: float, dimension: str
) -> tuple[Quantity, int]:
    first, kind, unit, heads_from = at, "number", "", after
    words = plain_words(tokens, at, after)
    following = tokens.low[after] if after < len(tokens.low) else ""
    beyond = after + 1 if following == "-" else after
    unit_word = tokens.low[beyond] if beyond < len(tokens.low) else ""
    sign = _sign_before(tokens, at - 1)
    if dimension == "percent":
        kind = "percent"
    elif sign is not None:
        first, kind, dimension, unit = at - 1, "money", sign, sign
    elif following in units.PERCENT or tokens.low[after : after + 2] == ("per", "cent"):
        kind, dimension, unit = "percent", "percent", "%"
        after += 2 if following == "per" else 1
    elif unit_word in units.MONEY and dimension != "code":
        kind, dimension, after = "money", units.MONEY[unit_word], beyond + 1
        unit = dimension
    elif unit_word in units.UNITS and dimension != "code":
        kind, unit = "measure", unit_word
        dimension, factor = units.UNITS[unit_word]
        low, high, after = low * factor, high * factor, beyond + 1
        if tokens.low[after : after + 3] == _AND_A_HALF:
            low, high, after = low + factor / 2, high + factor / 2, after + 3
    elif dimension == "" and _is_year(tokens, at, after, low):
        kind, dimension = "date", "year"
    dimension = dimension or "count"
    exactness, first = exactness_before(tokens.low, first)
    heads = _stems(tokens, range(heads_from, len(tokens.low)), _HEAD_WORDS)
    before = _stems(tokens, range(first - 1, -1, -1), _CONTEXT_WORDS)
    shown = tokens.shown(first, after)
    around = heads | before
    return (
        Quantity(kind, dimension, low, high, exactness, unit, shown, heads, around, words),
        after,
    )


def _is_year(tokens: Tokens, at: int, after: int, value: float) -> bool:
    written = tokens.raw[at]
    return (
        len(written) == 4
        and written.isdigit()
        and after == at + 1
        and _YEARS[0] <= value < _YEARS[1]
        and at > 0
        and tokens.low[at - 1]
        in ("in", "since", "until", "of", "from", "by", "during", "-", "seit")
    )


def exactness_before(low: tuple[str, ...], first: int) -> tuple[str, int]:
    """Read how exact the number at `first` is told, and the token where that begins."""
    if first > 0 and low[first - 1] in _STARTERS:
        for length in range(min(_LONGEST_BEFORE, first), 0, -1):
            said = units.BEFORE.get(low[first - length : first])
            if said is not None:
                return said, first - length
    return "exact", first


def _stems(tokens: Tokens, places: range, most: int) -> frozenset[str]:
    found: list[str] = []
    for place in places:
        word = tokens.low[place]
        # "74 passengers and nine crew": the passengers are what the other number counts.
        if word in (",", ";", ".", ":", '"', "(", ")", "and", "or", "und", "oder"):
            break
        if is_word(word) and word not in _SMALL:
            found.append(rarity.stem(word))
            if len(found) == most:
                break
    return frozenset(found)


def grade(was: Quantity, became: Quantity) -> str | None:
    """Say how two numbers of one dimension stand to each other.

    Parameters
    ----------
    was, became : Quantity

    Returns
    -------
    str or None
        None for the same; ``same`` where units had to be converted, ``rounded``,
        ``contradicts``.
    """
    units_differ = was.kind == "measure" and _scale(was) != _scale(became)
    if was.low == became.low and was.high == became.high:
        pair = {was.exactness, became.exactness}
        if pair == {"over", "under"}:
            return "contradicts"
        if "exact" in pair and len(pair) > 1:
            return "rounded"
        return "same" if units_differ else None
    if units_differ and was.low > 0:
        apart = abs(was.low - became.low) / max(was.low, became.low)
        if apart <= _SAME_SHARE:
            return "same"
        if apart <= _NEAR_SHARE:
            return "rounded"
    for exact, coarse in ((was, became), (became, was)):
        if _is_rounding(exact, coarse):
            return "rounded"
    return "contradicts"


def lost(was: Quantity, became: Quantity) -> str | None:
    """Say what a number lost on the way.

    Parameters
    ----------
    was, became : Quantity

    Returns
    -------
    str or None
        ``digits`` for 1,287 that became 1,300 or over 1,200; ``qualifier`` for about 150
        that became 150; None for nothing, and for what became more exact.
    """
    if (was.low, was.high) == (became.low, became.high):
        is_lost = was.exactness != "exact" and became.exactness == "exact"
        return "qualifier" if is_lost else None
    # A number that may be a year is another year.
    is_year = all(_YEARS[0] <= each.low <= _YEARS[1] for each in (was, became))
    return "digits" if _is_rounding(was, became) and not is_year else None


def _scale(quantity: Quantity) -> tuple[str, float] | None:
    return units.UNITS.get(quantity.unit)


def _is_rounding(exact: Quantity, coarse: Quantity) -> bool:
    if coarse.low < coarse.high:
        return coarse.low <= exact.low <= coarse.high
    if exact.low < exact.high or coarse.dimension in ("code", "year"):
        return False
    step = _step(coarse.low)
    apart = exact.low - coarse.low
    if step <= _step(exact.low):
        return False
    if coarse.exactness == "over":
        return 0 <= apart < step
    if coarse.exactness == "under":
        return -step < apart <= 0
    if coarse.exactness == "about":
        return abs(apart) <= step / 2
    return abs(apart) <= step / 2 and (abs(coarse.low) >= _ROUND_FROM or exact.low % 1 != 0)


def _step(value: float) -> float:
    """What its last digit that is not a trailing zero counts: 10 for 640, 0.1 for 3.1."""
    if value == 0:
        return 1.0
    step = 1.0
    while step < 1e15 and value % (step * 10) == 0:
        step *= 10
    scaled = value
    while step <= 1 and abs(scaled - round(scaled)) > 1e-9 and step > 1e-6:
        step /= 10
        scaled *= 10
    return step
