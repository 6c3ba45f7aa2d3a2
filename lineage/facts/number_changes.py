"""How two numbers of one thing stand to each other, and which numbers of a sentence changed."""

from __future__ import annotations

from collections.abc import Sequence, Set

from . import fact_settings, numbers, slots, units
from .grammar import Change
from .numbers import Quantity

Side = tuple[Quantity, ...]


def compare(
    here: Side,
    there: Sequence[Side],
    known: Set[str],
    told: Set[str],
    *,
    is_foreign: bool,
) -> list[Change]:
    """Say which numbers came, went, or became others.

    Parameters
    ----------
    here : tuple of Quantity
        Of the sentence.
    there : sequence of tuple of Quantity
        Of each of those it was made from.
    known, told : set of str
        Words of the whole source text and of the whole target text.
    is_foreign : bool
        Whether the two are in two languages, of which no word is the same.

    Returns
    -------
    list of Change
    """
    gone = [_Found(each, of) for of, side in enumerate(there) for each in _once(side)]
    added = [_Found(each, None) for each in _once(here)]
    changes = []
    for grades in ((None, "same"), ("rounded",), ("contradicts",)):
        for was, became, found in _pairs(gone, added, known, told, grades, is_foreign=is_foreign):
            # What two sources both tell is in the sentence once.
            gone = [each for each in gone if each is not was and each.value.key != was.value.key]
            added.remove(became)
            if found is not None:
                changes.append(_change(was, became, found))
    every = [each for side in there for each in side]
    changes += [
        _change(None, each, "added")
        for each in added
        if not each.value.words <= known and not _is_there(each.value, every)
    ]
    once = {each.value.key: each for each in reversed(gone)}
    changes += [
        _change(each, None, "omitted")
        for each in reversed(once.values())
        if not each.value.words <= told and not _is_there(each.value, here)
    ]
    return changes


class _Found:
    """A number and the source sentence that it stands in."""

    def __init__(self, value: Quantity, of: int | None) -> None:
        self.value, self.of = value, of


def _change(was: _Found | None, became: _Found | None, grade: str) -> Change:
    value = (became or was).value  # type: ignore[union-attr]
    return Change(
        value.kind,
        None if was is None else was.value.shown,
        None if became is None else became.value.shown,
        grade,
        None if was is None else (was.of or 0, *was.value.span),
        None if became is None else became.value.span,
    )


def _once(side: Side) -> list[Quantity]:
    """Numbers of a sentence without conversions of one another: "18 miles (29 kilometres)"."""
    kept: list[Quantity] = []
    for each in side:
        is_converted = each.kind == "measure" and any(
            other.kind == "measure"
            and other.unit != each.unit
            and grade(other, each) in ("same", "rounded")
            for other in kept
        )
        if not is_converted and not any(each.key == other.key for other in kept):
            kept.append(each)
    return kept


def _is_there(one: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether a number is told on the other side too, with or without its unit."""
    if any(grade(each, one) in (None, "same") for each in others):
        return True
    return one.dimension in ("count", "year", "age") and any(one.low == each.low for each in others)


def _pairs(
    gone: Sequence[_Found],
    added: Sequence[_Found],
    known: Set[str],
    told: Set[str],
    grades: tuple[str | None, ...],
    *,
    is_foreign: bool,
) -> list[tuple[_Found, _Found, str | None]]:
    """Which number became which, of those that stand so to each other; the surest first."""
    options = []
    for i, old in enumerate(gone):
        for j, new in enumerate(added):
            was, became = old.value, new.value
            found = grade(was, became)
            if found not in grades:
                continue
            shared = len(was.slot.clause & became.slot.clause)
            if found == "contradicts":
                # What the other text says elsewhere may be where it is from.
                elsewhere = was.words != became.words and (
                    became.words <= known or was.words <= told
                )
                is_alone = all(
                    sum(each.value.dimension == one.dimension for each in side) == 1
                    for one, side in ((was, gone), (became, added))
                )
                if not _is_contradiction(
                    was, became, elsewhere=elsewhere, is_foreign=is_foreign, is_alone=is_alone
                ):
                    continue
            elif found == "rounded" and not slots.may_agree(was.slot, became.slot):
                continue
            options.append((-shared, i, j, found))
    pairs = []
    left, right = set(range(len(gone))), set(range(len(added)))
    for _, i, j, found in sorted(options, key=lambda option: option[:3]):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((gone[i], added[j], found))
    return sorted(pairs, key=lambda pair: pair[1].value.span)


def _is_contradiction(
    was: Quantity, became: Quantity, *, elsewhere: bool, is_foreign: bool, is_alone: bool
) -> bool:
    if was.dimension != became.dimension and not are_rivals(was, became):
        return False
    if (
        was.dimension == "rank"
        and min(was.low, became.low) < fact_settings.MIN_ORDINAL
        and elsewhere
    ):
        return False
    if is_foreign:
        # No word tells what is counted, so that both have to be the only numbers of their kind.
        return is_alone and not elsewhere
    if not slots.is_one_thing(was.slot, became.slot):
        return False
    return not elsewhere or slots.is_one_place(was.slot, became.slot)


def grade(was: Quantity, became: Quantity) -> str | None:
    """Say how two numbers stand to each other, if they are said of one thing.

    Parameters
    ----------
    was, became : Quantity

    Returns
    -------
    str or None
        None for the same; ``same`` where a unit had to be converted or one of them is only
        told as about or over, ``rounded``, ``contradicts``.
    """
    units_differ = was.kind == "measure" and _scale(was) != _scale(became)
    found = {
        _grade(
            was, became, one[1:], other[1:], units_differ=units_differ or was.kind != became.kind
        )
        for one in was.readings
        for other in became.readings
        if one[0] == other[0]
    }
    return next((each for each in (None, "same", "rounded") if each in found), "contradicts")


def _grade(
    was: Quantity,
    became: Quantity,
    first: tuple[float, float],
    second: tuple[float, float],
    *,
    units_differ: bool,
) -> str | None:
    if first == second:
        pair = {was.exactness, became.exactness}
        if pair == {"over", "under"}:
            return "contradicts"
        if "exact" in pair and len(pair) > 1:
            return "same"
        return "same" if units_differ else None
    if units_differ and first[0] * second[0] > 0:
        most = max(abs(first[0]), abs(second[0]))
        apart = abs(first[0] - second[0]) / most
        if apart <= fact_settings.SAME_SHARE or (
            apart <= fact_settings.CONVERTED_SHARE and _is_converted(was, became)
        ):
            return "same"
        # In degrees a share says nothing.
        if apart <= fact_settings.NEAR_SHARE and was.dimension != "heat":
            return "rounded"
    if was.dimension == "heat" and abs(first[0] - second[0]) <= 1:
        return "same"
    parts = was.dimension == became.dimension == "percent" and "" in (was.unit, became.unit)
    if parts and abs(first[0] - second[0]) <= fact_settings.NEAR_POINTS:
        return "rounded"
    for exact, rough in ((was, became), (became, was)):
        if _is_rounding(exact, rough):
            return "rounded"
    return "contradicts"


def _is_converted(was: Quantity, became: Quantity) -> bool:
    """Whether one of two measures, in the unit of the other, is it but for its last digit."""
    for exact, rough in ((was, became), (became, was)):
        value = _in_its_unit(rough, rough.low)
        step = _step(round(value, 6))
        if abs(_in_its_unit(rough, exact.low) - value) <= step / 2 * 1.01:
            return True
    return False


def _in_its_unit(quantity: Quantity, value: float) -> float:
    scale = _scale(quantity)
    return value if scale is None else value / scale[1]


def are_rivals(was: Quantity, became: Quantity) -> bool:
    """Whether one figure stands in two currencies, or in per cent and in percentage points.

    Parameters
    ----------
    was, became : Quantity

    Returns
    -------
    bool
    """
    if was.dimension == became.dimension or was.low != became.low:
        return False
    both = {was.kind, became.kind}
    return both == {"money"} or {was.dimension, became.dimension} == {"percent", "points"}


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
    is_year = all(numbers.YEARS[0] <= each.low <= numbers.YEARS[1] for each in (was, became))
    return "digits" if _is_rounding(was, became) and not is_year else None


def _scale(quantity: Quantity) -> tuple[str, float] | None:
    if quantity.kind == "money":
        return units.UNITS["lb"] if quantity.unit in units.POUNDS else None
    name, _, per = quantity.unit.partition("/")
    power, _, base = name.rpartition(" ")
    if base not in units.UNITS:
        return None
    dimension, factor = units.UNITS[base]
    if per:
        return "speed", factor / 1000
    if power:
        return ("area", factor**2) if power != "cubic" else ("volume", factor**3)
    return dimension, factor


def _is_rounding(exact: Quantity, coarse: Quantity) -> bool:
    if coarse.low < coarse.high:
        return coarse.low <= exact.low <= coarse.high
    if exact.low < exact.high or coarse.dimension in ("code", "year"):
        return False
    # Acres are rounded as acres, whatever they are in square metres.
    value, rough = (round(_in_its_unit(coarse, each.low), 6) for each in (exact, coarse))
    step = _step(rough)
    apart = value - rough
    if abs(apart) > fact_settings.MOST_ROUNDED * abs(rough):
        return False
    if step <= _step(value):
        return False
    if coarse.exactness == "over":
        return 0 <= apart < step
    if coarse.exactness == "under":
        return -step < apart <= 0
    if coarse.exactness == "about":
        return abs(apart) <= step / 2
    return abs(apart) <= step / 2 and (abs(rough) >= fact_settings.ROUND_FROM or value % 1 != 0)


def _step(value: float) -> float:
    """What its last digit that is not a trailing zero counts: 10 for 640, 0.1 for 3.1."""
    if value == 0:
        return 1.0
    step = 1.0
    while step < fact_settings.MOST_STEP and value % (step * 10) == 0:
        step *= 10
    scaled = value
    while (
        step <= 1
        and abs(scaled - round(scaled)) > fact_settings.EXACT
        and step > fact_settings.LEAST_STEP
    ):
        step /= 10
        scaled *= 10
    return step
