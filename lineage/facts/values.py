"""Values of numbers as they are written: in digits, in words, as shares, with thousands."""

from __future__ import annotations

import functools
import re

import text_to_num

from . import fact_settings, units
from .tokens import Tokens, is_word

_DECADES = {
    name: float(10 * number)
    for number, name in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), start=2
    )
}
_SCALE_WORDS = frozenset((word,) for word in units.SCALES)
_DENOMINATORS = frozenset("2 3 4 5 8 10 16 32 64".split())
_JOINS = frozenset(("and", "-", "und", "et", "y", "e"))
_BEFORE_RANKS = frozenset("the a an his her its their our".split())
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
# No English writer has three zeros behind the point.
_ROUND_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.000)+")
_SPACE_GROUPS = re.compile(r"\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
# "An hour and a half", "two metres and a half".
AND_A_HALF = ("and", "a", "half")


class _Word(str):
    __slots__ = ()

    def text(self) -> str:
        return str(self)

    def nt_separated(self, previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def spelled(tokens: Tokens) -> dict[int, tuple[float, int, str]]:
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
            if (
                each.is_ordinal
                and each.value < fact_settings.MIN_ORDINAL
                and not _is_counted(low, start, stop)
            ):
                continue
            if alone and (word in units.VAGUE or word in units.SCALES or each.value == 1):
                continue
            found[start] = (float(each.value), stop, "rank" if each.is_ordinal else "")
    return found


def _is_counted(low: tuple[str, ...], start: int, stop: int) -> bool:
    before = low[start - 1] if start > 0 else ""
    behind = low[stop] if stop < len(low) else ""
    return before in _BEFORE_RANKS and is_word(behind or ".") and behind not in ("of", "time")


@functools.lru_cache(maxsize=100_000)
def _is_number_word(word: str, language: str) -> bool:
    # "o" is said for zero.
    if len(word) == 1 or not is_word(word):
        return False
    return bool(text_to_num.alpha2digit(word, language, threshold=0) != word)


def value_at(
    tokens: Tokens, at: int, spelled: dict[int, tuple[float, int, str]]
) -> tuple[float, float, int, str] | None:
    """Least, most, the token after, and the dimension where the form tells it."""
    low, word = tokens.low, tokens.low[at]
    if low[at : at + 3] == ("half", "a", "dozen"):
        return 6.0, 6.0, at + 3, ""
    if low[at : at + 3] == ("half", "of", "a") and low[at + 3 : at + 4] in _SCALE_WORDS:
        half = units.SCALES[low[at + 3]] / 2
        return half, half, at + 4, ""
    if low[at : at + 2] in (("half", "a"), ("half", "an")) and at + 2 < len(low):
        if low[at + 2] in units.SCALES:
            half = units.SCALES[low[at + 2]] / 2
            return half, half, at + 3, ""
        if low[at + 2] in units.ALONE:
            return 0.5, 0.5, at + 2, ""
    in_all = _in_all(low, at, spelled)
    if in_all is not None:
        return in_all[0], in_all[0], in_all[1], "percent"
    if word in ("a", "an", "one") and at + 1 < len(low) and _is_one_unit(low, at + 1):
        return 1.0, 1.0, at + 1, ""
    if word in units.COUNTS_OF_PARTS or word == "half":
        part = units.share_at(low, at)
        if part is not None:
            return part[0], part[0], part[1], "percent"
    if at in spelled:
        value, after, dimension = spelled[at]
        value, after = _scaled(tokens, value, after)
        return value, value, after, dimension
    if word in ("a", "an") and low[at + 2 : at + 5] == AND_A_HALF and low[at + 1] in units.UNITS:
        return 1.0, 1.0, at + 1, ""
    if word in ("a", "one") and low[at + 1 : at + 2] and low[at + 1] in ("dozen", *units.SCALES):
        value = 12.0 if low[at + 1] == "dozen" else units.SCALES[low[at + 1]]
        if low[at + 1] != "k":
            return value, value, at + 2, ""
    if word in units.VAGUE:
        least, most = units.VAGUE[word]
        return least, most, at + 1, ""
    if word in _DECADES:
        return _DECADES[word], _DECADES[word], at + 1, "decade"
    if word[0].isdigit():
        fraction = _fraction(tokens, at)
        if fraction is not None:
            return fraction[0], fraction[0], fraction[1], ""
        read = _digits(word, tokens.language)
        tail = low[at + 1 : at + 2] + (
            low[at + 2 : at + 3] if low[at + 1 : at + 2] == ("'",) else ()
        )
        if read is not None and tail[-1:] == ("s",) and touches(tokens, at + len(tail)):
            return read % 100, read % 100, at + 1 + len(tail), "decade"
        if read is None:
            code = float(sum(ord(char) * 131**k for k, char in enumerate(word)))
            return code, code, at + 1, "code"
        if low[at + 1 : at + 2] in (("st",), ("nd",), ("rd",), ("th",)) and touches(tokens, at + 1):
            return read, read, at + 2, "rank"
        value, after = _scaled(tokens, read, at + 1)
        return value, value, after, ""
    return None


def _in_all(
    low: tuple[str, ...], at: int, spelled: dict[int, tuple[float, int, str]]
) -> tuple[float, int] | None:
    """Read "one in ten jobs" as a share in per cent, and the token behind it."""
    if low[at] not in ("one", "1") or low[at + 1 : at + 2] != ("in",) or at + 3 >= len(low):
        return None
    if at + 2 in spelled:
        many, after, dimension = spelled[at + 2]
    elif low[at + 2].isdigit():
        many, after, dimension = float(low[at + 2]), at + 3, ""
    else:
        return None
    if (
        dimension != ""
        or not fact_settings.LEAST_IN_SHARE <= many <= fact_settings.MOST_IN_SHARE
        or after >= len(low)
    ):
        return None
    return (100 / many, after) if is_word(low[after]) else None


def _is_one_unit(low: tuple[str, ...], at: int) -> bool:
    """Whether "a" before that word makes a measure: "a mile", "a foot of snow"."""
    is_some = low[at] in units.ALONE_BEFORE_OF and low[at + 1 : at + 2] == ("of",)
    return low[at] in units.ALONE or is_some


def _fraction(tokens: Tokens, at: int) -> tuple[float, int] | None:
    """Read "6-3/16" and "3/16", and the token behind it."""
    low = tokens.low
    whole, first = 0.0, at
    if low[at + 1 : at + 2] == ("-",) and low[at + 3 : at + 4] == ("/",) and low[at].isdigit():
        whole, first = float(low[at]), at + 2
    over, under = low[first : first + 1], low[first + 2 : first + 3]
    if low[first + 1 : first + 2] != ("/",) or not under or not over[0].isdigit():
        return None
    if under[0] not in _DENOMINATORS or int(over[0]) >= int(under[0]):
        return None
    if low[first + 3 : first + 4] == ("/",):
        return None
    return whole + int(over[0]) / int(under[0]), first + 3


def _digits(word: str, language: str) -> float | None:
    if _ROUND_POINT_GROUPS.fullmatch(word):
        return float(word.replace(".", ""))
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
        if word in units.SCALES and (len(word) > 1 or touches(tokens, after)):
            return value * units.SCALES[word], after + 1
        if word == "dozen" and value < fact_settings.MOST_DOZENS:
            return value * 12, after + 1
        behind = tokens.low[after + 1] if after + 1 < len(tokens.low) else ""
        is_money = sign_at(tokens, after - 2) is not None or behind in units.MONEY
        if word == "m" and touches(tokens, after) and is_money:
            return value * 1e6, after + 1
    return value, after


def touches(tokens: Tokens, at: int) -> bool:
    """Whether nothing stands between a token and the one before it."""
    return tokens.spans[at - 1][1] == tokens.spans[at][0]


def sign_at(tokens: Tokens, at: int) -> str | None:
    """Return the currency whose sign a token is, if it is one."""
    return units.SIGNS.get(tokens.raw[at]) if at >= 0 else None
