"""Numbers of a sentence: in digits or words, with units, money, per cent, and how exact."""

from __future__ import annotations

import dataclasses
from collections.abc import Set
from dataclasses import dataclass

from . import fact_settings, slots, units, values
from .tokens import Tokens, is_word, plain_words

# Of a year of our time.
_YEAR_DIGITS = 4

_LONGEST_BEFORE = max(map(len, units.BEFORE))
_STARTERS = frozenset(phrase[-1] for phrase in units.BEFORE)
YEARS = (1500, 2100)


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
    words : frozenset of str
        The number's own words, normalised, for looking it up elsewhere in a text.
    span : tuple of int
        Half-open, in the sentence.
    slot : Slot
        Where in its clause it stands.
    readings : tuple of (str, float, float)
        Dimension, least and most of everything that it can be: pounds of money or of weight,
        degrees of either scale, 40m for metres or millions.
    """

    kind: str
    dimension: str
    low: float
    high: float
    exactness: str
    unit: str
    shown: str
    words: frozenset[str]
    span: tuple[int, int]
    slot: slots.Slot
    readings: tuple[tuple[str, float, float], ...]

    @property
    def key(self) -> tuple[str, float, float]:
        """What two mentions of one number have in common."""
        return self.dimension, self.low, self.high


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
    spelled = values.spelled(tokens)
    found = []
    at = 0
    while at < len(tokens.low):
        if at in taken:
            at += 1
            continue
        value = values.value_at(tokens, at, spelled)
        if value is None:
            at += 1
            continue
        low, high, after, dimension = value
        quantity, after = _quantity(tokens, at, after, low, high, dimension)
        found.append(quantity)
        at = after
    return tuple(found)


def _quantity(
    tokens: Tokens, at: int, after: int, low: float, high: float, dimension: str
) -> tuple[Quantity, int]:
    first, kind, unit = at, "number", ""
    low_words = tokens.low
    words = plain_words(tokens, at, after)
    following = low_words[after] if after < len(low_words) else ""
    beyond = after + 1 if following == "-" else after
    unit_word = low_words[beyond] if beyond < len(low_words) else ""
    sign = values.sign_at(tokens, at - 1)
    code = low_words[at - 1] if at > 0 and low_words[at - 1] in units.CODES else None
    measure = units.unit_at(low_words, beyond) if dimension != "code" else None
    if following in ("c", "f") and tokens.raw[after].isupper() and values.touches(tokens, after):
        measure = units.unit_at(("degrees", following), 0)
        assert measure is not None
        measure = dataclasses.replace(measure, after=after + 1)
    readings: tuple[tuple[str, float, float], ...] = ()
    age = _age_after(tokens, at, after, low, dimension)
    if dimension == "percent":
        kind = "percent"
    elif sign is not None:
        first, kind, dimension, unit = at - 1, "money", sign, sign
        if (
            first > 0
            and values.touches(tokens, first)
            and low_words[first - 1] in units.WHOSE_DOLLARS
        ):
            first -= 1
    elif following in units.SIGNS and values.touches(tokens, after):
        kind, dimension, unit, after = "money", units.SIGNS[following], following, after + 1
    elif code is not None:
        first, kind, dimension = at - 1, "money", units.MONEY[code]
        unit = dimension
    elif following in units.PERCENT or low_words[after : after + 2] == ("per", "cent"):
        kind, dimension, unit = "percent", "percent", "%"
        after += 2 if following == "per" else 1
    elif low_words[after : after + 2] in (("percentage", "points"), ("percentage", "point")):
        kind, dimension, unit, after = "percent", "points", "points", after + 2
    elif age is not None:
        dimension, after = "age", age
        readings = (("age", low, high), ("count", low, high))
    elif unit_word in units.MONEY and dimension != "code":
        kind, dimension, after = "money", units.MONEY[unit_word], beyond + 1
        unit = dimension
        if unit_word in units.POUNDS:
            unit, factor = unit_word, units.UNITS["lb"][1]
            readings = ((dimension, low, high), ("mass", low * factor, high * factor))
    elif measure is not None:
        kind, unit = "measure", measure.name
        is_below = measure.readings[0][0] == "heat" and _is_below(tokens, at)
        if is_below:
            first, low, high = at - 1, -low, -high
        if measure.name == "m" and values.touches(tokens, beyond):
            readings = (("count", low * 1e6, high * 1e6),)
        counted = tuple(
            (name, (low - zero) * factor, (high - zero) * factor)
            for name, factor, zero in measure.readings
        )
        readings = (*counted, *readings)
        (dimension, low, high), after = counted[0], measure.after
        if low_words[after : after + 3] == values.AND_A_HALF:
            half = measure.readings[0][1] / 2
            low, high, after = low + half, high + half, after + 3
            readings = ()
    elif dimension == "" and _is_year(tokens, at, after, low):
        kind, dimension = "date", "year"
    dimension = dimension or "count"
    exactness, begins = exactness_before(low_words, first)
    return (
        Quantity(
            kind,
            dimension,
            low,
            high,
            exactness,
            unit,
            tokens.shown(begins, after),
            words,
            (tokens.spans[begins][0], tokens.spans[after - 1][1]),
            slots.find(tokens, begins, after),
            readings or ((dimension, low, high),),
        ),
        after,
    )


def _age_after(tokens: Tokens, at: int, after: int, value: float, dimension: str) -> int | None:
    """The token behind an age: "aged 31", "31 years old", "31-year-old", "the owner, 31,"."""
    low = tokens.low
    if dimension != "" or not 0 < value <= fact_settings.OLDEST or value % 1 != 0:
        return None
    rest = tuple(word for word in low[after : after + 6] if word != "-")
    if rest[:2] in (("year", "old"), ("year", "olds"), ("years", "old")):
        dashes = low[after : after + 4].count("-")
        return after + 2 + dashes
    if low[after : after + 3] == ("years", "of", "age"):
        return after + 3
    before = low[max(0, at - 3) : at]
    if before[-1:] in (("aged",), ("age",)) or before[-2:] == ("age", "of"):
        return after
    ends = low[after : after + 1]
    is_between = before[-1:] == (",",) and (ends in ((",",), (")",), (";",)))
    is_said_of = len(before) > 1 and is_word(before[-2]) and tokens.raw[at].isdigit()
    return after if is_between and is_said_of else None


def _is_below(tokens: Tokens, at: int) -> bool:
    """Whether a degree is below zero: "minus 4", "-4"."""
    if at == 0:
        return False
    is_dash = tokens.low[at - 1] == "-" and values.touches(tokens, at)
    return tokens.low[at - 1] == "minus" or (
        is_dash and (at == 1 or not values.touches(tokens, at - 1))
    )


def _is_year(tokens: Tokens, at: int, after: int, value: float) -> bool:
    written = tokens.raw[at]
    return (
        len(written) == _YEAR_DIGITS
        and written.isdigit()
        and after == at + 1
        and YEARS[0] <= value < YEARS[1]
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
