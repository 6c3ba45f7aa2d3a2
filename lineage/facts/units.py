"""Words that go with numbers: scales, currencies, units of measure, how exact."""

from __future__ import annotations

SCALES = {
    **dict.fromkeys(("thousand", "tausend", "k"), 1e3),
    **dict.fromkeys(("million", "millions", "millionen", "mio", "mn", "mln"), 1e6),
    **dict.fromkeys(("billion", "billions", "milliarde", "milliarden", "mrd", "bn"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 1e12),
}
SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy"}
MONEY = {
    **dict.fromkeys(("dollar", "dollars", "usd"), "usd"),
    **dict.fromkeys(("euro", "euros", "eur"), "eur"),
    **dict.fromkeys(("pound", "pounds", "gbp", "quid"), "gbp"),
    **dict.fromkeys(("yen", "jpy"), "jpy"),
}
PERCENT = frozenset("% percent pct prozent".split())
# Unit to what it measures and how many of the first unit of that kind it is.
UNITS: dict[str, tuple[str, float]] = {
    name: (dimension, factor)
    for dimension, factor, names in (
        ("length", 1.0, "m metre metres meter meters"),
        ("length", 1000.0, "km kilometre kilometres kilometer kilometers"),
        ("length", 0.01, "cm centimetre centimetres centimeter centimeters"),
        ("length", 0.001, "mm millimetre millimetres millimeter millimeters"),
        ("length", 0.3048, "ft foot feet"),
        ("length", 0.0254, "inch inches"),
        ("length", 0.9144, "yard yards"),
        ("length", 1609.344, "mile miles"),
        ("mass", 1.0, "kg kilo kilos kilogram kilograms kilogramm"),
        ("mass", 0.001, "gram grams"),
        ("mass", 1000.0, "tonne tonnes tonnen"),
        ("mass", 907.18474, "ton tons"),
        ("mass", 0.45359237, "lb lbs"),
        ("volume", 1.0, "litre litres liter liters"),
        ("volume", 3.785411784, "gallon gallons"),
        ("area", 1.0, "hectare hectares hektar"),
        ("area", 0.40468564, "acre acres"),
        ("speed", 1.0, "kph kmh"),
        ("speed", 1.609344, "mph"),
        ("duration", 1.0, "second seconds sekunden"),
        ("duration", 60.0, "minute minutes minuten"),
        ("duration", 3600.0, "hour hours stunden"),
        ("duration", 86400.0, "day days tage tagen"),
        ("duration", 604800.0, "week weeks wochen"),
    )
    for name in names.split()
}
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
        return (50.0, at + 1) if low[at + 1 : at + 2] in (("of",), ("the",)) else None
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
