"""Words that go with numbers: scales, currencies, units of measure, how exact."""

from __future__ import annotations

from dataclasses import dataclass

SCALES = {
    **dict.fromkeys(("thousand", "tausend", "k"), 1e3),
    **dict.fromkeys(("million", "millions", "millionen", "mio", "mn", "mln"), 1e6),
    **dict.fromkeys(("billion", "billions", "milliarde", "milliarden", "mrd", "bn"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 1e12),
}
SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy"}
# What stands before the sign of a dollar and tells whose it is.
WHOSE_DOLLARS = frozenset("us usa a au c ca can hk nz s".split())
MONEY = {
    **dict.fromkeys(("dollar", "dollars", "usd"), "usd"),
    **dict.fromkeys(("euro", "euros", "eur"), "eur"),
    **dict.fromkeys(("pound", "pounds", "gbp", "quid"), "gbp"),
    **dict.fromkeys(("yen", "jpy"), "jpy"),
    **dict.fromkeys(("franc", "francs", "chf"), "franc"),
    **dict.fromkeys(("crown", "crowns", "krona", "kronor", "krone", "kroner"), "crown"),
    **dict.fromkeys(("sek", "nok", "dkk"), "crown"),
    **dict.fromkeys(("rupee", "rupees", "inr"), "rupee"),
    **dict.fromkeys(("rouble", "roubles", "ruble", "rubles", "rub"), "rouble"),
    **dict.fromkeys(("yuan", "renminbi", "cny", "rmb"), "yuan"),
    **dict.fromkeys(("peso", "pesos"), "peso"),
    **dict.fromkeys(("zloty", "zlotys", "pln"), "zloty"),
    **dict.fromkeys(("lira", "liras"), "lira"),
    **dict.fromkeys(("shekel", "shekels"), "shekel"),
    **dict.fromkeys(("dinar", "dinars"), "dinar"),
    **dict.fromkeys(("riyal", "riyals", "rial", "rials"), "riyal"),
    **dict.fromkeys(("rand", "zar"), "rand"),
}
# Written before the number: "EUR 30 million".
CODES = frozenset("usd eur gbp jpy chf sek nok dkk inr rub cny rmb pln zar".split())
PERCENT = frozenset("% percent pct prozent".split())
# Unit to what it measures and how many of the first unit of that kind it is. Tons are told
# as tonnes and the reverse.
UNITS: dict[str, tuple[str, float]] = {
    name: (dimension, factor)
    for dimension, factor, names in (
        ("length", 1.0, "m metre metres meter meters"),
        ("length", 1000.0, "km kilometre kilometres kilometer kilometers kms"),
        ("length", 0.01, "cm centimetre centimetres centimeter centimeters"),
        ("length", 0.001, "mm millimetre millimetres millimeter millimeters"),
        ("length", 0.3048, "ft foot feet"),
        ("length", 0.0254, "inch inches"),
        ("length", 0.9144, "yard yards"),
        ("length", 1609.344, "mile miles"),
        ("mass", 1.0, "kg kilo kilos kilogram kilograms kilogramm"),
        ("mass", 0.001, "gram grams"),
        ("mass", 1000.0, "tonne tonnes tonnen ton tons"),
        ("mass", 0.45359237, "lb lbs"),
        ("mass", 0.028349523, "ounce ounces oz"),
        ("volume", 0.001, "litre litres liter liters"),
        ("volume", 0.003785411784, "gallon gallons"),
        ("area", 1e4, "hectare hectares hektar ha"),
        ("area", 4046.8564, "acre acres"),
        ("speed", 1.0, "kph kmh"),
        ("speed", 1.609344, "mph"),
        ("duration", 1.0, "second seconds sekunden"),
        ("duration", 60.0, "minute minutes minuten"),
        ("duration", 3600.0, "hour hours stunden"),
        ("duration", 86400.0, "day days tage tagen"),
        ("duration", 604800.0, "week weeks wochen"),
        ("duration", 1209600.0, "fortnight fortnights"),
        ("duration", 2629800.0, "month months monate monaten"),
        ("duration", 31557600.0, "year years jahre jahren"),
        ("duration", 315576000.0, "decade decades"),
    )
    for name in names.split()
}
# These are pounds of money unless what they are compared with is weighed.
POUNDS = frozenset(("pound", "pounds"))
# With "a" before them they are a measure, whatever follows; "a foot" is one before "of".
ALONE = frozenset(
    "mile kilometre kilometer metre meter tonne ton kilo kilogram hectare acre litre liter gallon "
    "inch".split()
)
ALONE_BEFORE_OF = frozenset("foot yard pound".split())
_POWERS = {"square": ("area", 2), "sq": ("area", 2), "cubic": ("volume", 3)}
_DEGREES = frozenset("degree degrees ° grad".split())
_SCALES_OF_HEAT = {"celsius": "c", "centigrade": "c", "c": "c", "fahrenheit": "f", "f": "f"}


@dataclass(frozen=True)
class Unit:
    """A unit as it stands in a sentence.

    Attributes
    ----------
    name : str
        As written.
    readings : tuple of (str, float, float)
        What it measures, how many of the first unit of that kind it is, and from where that
        counts: several where the words leave it open.
    after : int
        The token behind it.
    """

    name: str
    readings: tuple[tuple[str, float, float], ...]
    after: int


def unit_at(low: tuple[str, ...], at: int) -> Unit | None:
    """Read the unit of measure that begins at a token.

    Parameters
    ----------
    low : tuple of str
        Tokens of a sentence in small letters.
    at : int

    Returns
    -------
    Unit or None
    """
    word = low[at] if at < len(low) else ""
    if word in _DEGREES or word in ("celsius", "fahrenheit"):
        return _degrees(low, at)
    if word in _POWERS and at + 1 < len(low) and low[at + 1] in UNITS:
        dimension, power = _POWERS[word]
        base, factor = UNITS[low[at + 1]]
        if base == "length":
            return Unit(f"{word} {low[at + 1]}", ((dimension, factor**power, 0.0),), at + 2)
    if word not in UNITS:
        return None
    dimension, factor = UNITS[word]
    if dimension == "length" and low[at + 1 : at + 3] in _PER_HOUR:
        return Unit(f"{word}/h", (("speed", factor / 1000, 0.0),), at + 3)
    return Unit(word, ((dimension, factor, 0.0),), at + 1)


_PER_HOUR = frozenset((("per", "hour"), ("an", "hour"), ("/", "h"), ("/", "hr"), ("a", "hour")))


def _degrees(low: tuple[str, ...], at: int) -> Unit:
    after = at + (low[at] in _DEGREES)
    scale = _SCALES_OF_HEAT.get(low[after]) if after < len(low) else None
    celsius, fahrenheit = ("heat", 1.0, 0.0), ("heat", 5 / 9, 32.0)
    if scale is None:
        return Unit("degrees", (celsius, fahrenheit), after)
    return Unit(scale, (celsius if scale == "c" else fahrenheit,), after + 1)


# "A third of" and the like, in per cent.
PARTS = {
    "half": 50.0,
    "third": 100 / 3,
    "thirds": 100 / 3,
    "quarter": 25.0,
    "quarters": 25.0,
    "fifth": 20.0,
    "fifths": 20.0,
    "tenth": 10.0,
    "tenths": 10.0,
}
COUNTS_OF_PARTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
# What can stand behind "a fifth" where it is a share.
_BEHIND_SHARES = frozenset(
    "of in on to and or by from since over this last while but as at with for when after before "
    "between than".split()
)
# Numbers that leave open how many: least and most.
VAGUE = {
    "dozens": (24.0, 99.0),
    "scores": (40.0, 199.0),
    "hundreds": (200.0, 999.0),
    "thousands": (2e3, 9999.0),
    "millions": (2e6, 999e6),
}
# How exact: what stands before a number, longest first.
BEFORE = {
    ("more", "than"): "over",
    ("at", "least"): "over",
    ("upwards", "of"): "over",
    ("no", "fewer", "than"): "over",
    ("not", "less", "than"): "over",
    ("no", "less", "than"): "over",
    ("not", "more", "than"): "under",
    ("just", "over"): "over",
    ("well", "over"): "over",
    ("over",): "over",
    ("above",): "over",
    ("less", "than"): "under",
    ("fewer", "than"): "under",
    ("no", "more", "than"): "under",
    ("up", "to"): "under",
    ("as", "much", "as"): "under",
    ("as", "many", "as"): "under",
    ("at", "most"): "under",
    ("just", "under"): "under",
    ("just", "before"): "under",
    ("under",): "under",
    ("below",): "under",
    ("nearly",): "under",
    ("almost",): "under",
    ("fast",): "under",
    ("about",): "about",
    ("around",): "about",
    ("roughly",): "about",
    ("approximately",): "about",
    ("some",): "about",
    ("circa",): "about",
    ("close", "to"): "about",
    ("an", "estimated"): "about",
    ("rund",): "about",
    ("etwa",): "about",
    ("knapp",): "under",
    ("mehr", "als"): "over",
}


def share_at(low: tuple[str, ...], at: int) -> tuple[float, int] | None:
    """Read a share such as "two thirds" or "a fifth of".

    Parameters
    ----------
    low : tuple of str
        Tokens of a sentence in small letters.
    at : int
        One of `COUNTS_OF_PARTS`, or "half".

    Returns
    -------
    (float, int) or None
        In per cent, and the token behind it; None where it is no share.
    """
    if low[at] == "half":
        is_share = low[at + 1 : at + 2] in (("of",), ("the",))
        return (50.0, at + 1) if is_share else None
    after = at + 1 + (low[at + 1 : at + 2] == ("-",))
    if after >= len(low) or low[after] not in PARTS:
        return None
    follows = low[after + 1] if after + 1 < len(low) else "."
    if low[after] == "half" or (low[after] == "quarters" and low[at] != "three"):
        # "Two metres and a half", "for two quarters".
        is_share = follows == "of"
    else:
        # Not "a fifth man".
        many = low[after].endswith("s")
        is_share = many or follows in _BEHIND_SHARES or not follows[0].isalnum()
    if not is_share:
        return None
    return COUNTS_OF_PARTS[low[at]] * PARTS[low[after]], after + 1
