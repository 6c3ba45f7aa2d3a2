"""How two dates or times stand to each other, and which of a sentence changed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence, Set
from dataclasses import dataclass

from . import fact_settings, slots, times
from .grammar import Change

# "Aug. 18" and "Thursday", where no day of publication is known.
UNCLEAR = "unclear"
# Days of a sentence, and when its text came out.
Days = tuple[tuple[times.Day, ...], datetime.date | None]
# In which order pairs are looked for: what agrees leaves the rest to what does not.
_ORDER = (None, "same", "rounded", "contradicts", UNCLEAR)


@dataclass(frozen=True, eq=False)
class _Old:
    """A date or time of a source sentence, and which of the sources that is."""

    value: times.Day | times.Clock
    of: int
    published: datetime.date | None = None


def days(
    here: Days, there: Sequence[Days], known: Set[str], told: Set[str], *, is_foreign: bool
) -> list[Change]:
    """Say which dates came, went, or became others.

    Parameters
    ----------
    here : tuple
        Dates of the sentence, and when its text came out.
    there : sequence of tuple
        The same of each of those it was made from.
    known, told : set of str
        Words of the whole source text and of the whole target text.
    is_foreign : bool
        Whether the two are in two languages.

    Returns
    -------
    list of Change
    """
    mine, published = here
    lost = [_Old(day, of, at) for of, (listed, at) in enumerate(there) for day in listed]
    left = list(mine)
    changes = []
    for wanted in _ORDER:
        for became in list(left):
            for old in lost:
                was = old.value
                assert isinstance(was, times.Day)
                grade = grade_days(was, became, old.published, published)
                if grade != wanted or not _is_meant(grade, was, became, known, told):
                    continue
                left.remove(became)
                lost = [each for each in lost if each is not old and not _is_told(each, old)]
                if grade not in (None, UNCLEAR):
                    changes.append(_change("date", old, became, grade))
                break
    if is_foreign:
        # "Last year" is known in English alone.
        lost = [old for old in lost if getattr(old.value, "relative", None) is None]
    shown = {day.shown.lower() for day in mine}
    lost = [old for old in lost if old.value.shown.lower() not in shown]
    return changes + _alone("date", left, lost, known, told)


def clocks(
    mine: tuple[times.Clock, ...],
    there: Sequence[tuple[times.Clock, ...]],
    known: Set[str],
    told: Set[str],
) -> list[Change]:
    """Say which times of day came, went, or became others; see `days`.

    Parameters
    ----------
    mine : tuple of Clock
    there : sequence of tuple of Clock
    known, told : set of str

    Returns
    -------
    list of Change
    """
    lost = [_Old(clock, of) for of, listed in enumerate(there) for clock in listed]
    left = list(mine)
    changes = []
    for wanted in (None, "rounded", "contradicts"):
        for became in list(left):
            for old in lost:
                was = old.value
                assert isinstance(was, times.Clock)
                grade = grade_clocks(was, became)
                if grade != wanted or not _is_meant(grade, was, became, known, told):
                    continue
                left.remove(became)
                lost = [each for each in lost if each is not old]
                if grade is not None:
                    changes.append(_change("time", old, became, grade))
                break
    return changes + _alone("time", left, lost, known, told)


def _is_meant(
    grade: str | None,
    was: times.Day | times.Clock,
    became: times.Day | times.Clock,
    known: Set[str],
    told: Set[str],
) -> bool:
    """Whether two that differ are said of one thing, and are not both told elsewhere."""
    if grade != "contradicts":
        return True
    if not slots.is_one_thing(was.slot, became.slot):
        return False
    if was.words != became.words and (became.words <= known or was.words <= told):
        return slots.is_one_place(was.slot, became.slot)
    return True


def _is_told(one: _Old, other: _Old) -> bool:
    """Whether two source sentences tell the same day, which the sentence has once."""
    return one.of != other.of and one.value.shown == other.value.shown


def _alone(
    kind: str,
    left: Sequence[times.Day | times.Clock],
    lost: Sequence[_Old],
    known: Set[str],
    told: Set[str],
) -> list[Change]:
    changes = [
        Change(kind, None, each.shown, "added", None, each.span)
        for each in left
        if not each.words <= known
    ]
    once = {old.value.shown: old for old in reversed(lost)}
    changes += [
        _change(kind, old, None, "omitted")
        for old in reversed(once.values())
        if not old.value.words <= told
    ]
    return changes


def _change(kind: str, old: _Old, became: times.Day | times.Clock | None, grade: str) -> Change:
    was = old.value
    return Change(
        kind,
        was.shown,
        None if became is None else became.shown,
        grade,
        (old.of, *was.span),
        None if became is None else became.span,
    )


def grade_days(
    was: times.Day,
    became: times.Day,
    published_was: datetime.date | None,
    published_became: datetime.date | None,
) -> str | None:
    """Say how two dates stand to each other.

    Parameters
    ----------
    was, became : times.Day
    published_was, published_became : date or None
        When the texts came out.

    Returns
    -------
    str or None
        None for the same in another form; ``same`` where the days of publication tell
        so, ``rounded``, ``contradicts``, `UNCLEAR` where they cannot be compared.
    """
    if was.is_open or became.is_open:
        return UNCLEAR
    left, right = _stated(was), _stated(became)
    if _is_among(was, became) or _is_among(became, was):
        return None
    both = [(a, b) for a, b in zip(left, right, strict=True) if a is not None and b is not None]
    if was.relative == became.relative is not None and (
        published_was is None
        or published_became is None
        or _of(became.relative[0], published_was) == _of(became.relative[0], published_became)
    ):
        return None
    if both and was.relative is None and became.relative is None:
        if any(a != b for a, b in both):
            return "contradicts"
        if was.day is not None and became.day is not None:
            return None
        if was.weekday is not None and became.weekday is not None and left == right:
            return None
        return None if left == right else "rounded"
    first, second = _range(was, published_was), _range(became, published_became)
    if first is None or second is None:
        return UNCLEAR
    if first & second:
        return "same" if max(len(first), len(second)) <= fact_settings.FEW_DAYS else "rounded"
    return "contradicts"


def _is_among(one: times.Day, other: times.Day) -> bool:
    """Whether a day is one of several that another is told with."""
    return one.day in other.others and one.month == other.month


def _of(unit: str, day: datetime.date) -> tuple[int, ...]:
    """Which day, week, month or year a day is in."""
    if unit == "week":
        return day.isocalendar()[:2]
    return (day.year, day.month, day.day)[: {"year": 1, "month": 2, "day": 3}[unit]]


def _stated(day: times.Day) -> tuple[int | None, int | None, int | None, int | None]:
    weekday = day.weekday
    if weekday is None and day.year and day.month and day.day:
        try:
            weekday = datetime.date(day.year, day.month, day.day).weekday()
        except ValueError:
            weekday = None
    return day.year, day.month, day.day, weekday


def _range(day: times.Day, published: datetime.date | None) -> frozenset[datetime.date] | None:
    """The days that may be meant; None where nothing tells."""
    if day.relative is not None and published is not None:
        unit, n = day.relative
        if unit == "day":
            return frozenset([published + datetime.timedelta(days=n)])
        around = [published + datetime.timedelta(days=k) for k in range(-800, 800)]
        if unit == "year":
            return frozenset(each for each in around if each.year == published.year + n)
        if unit == "month":
            month = published.year * 12 + published.month + n
            return frozenset(each for each in around if each.year * 12 + each.month == month)
        week = published.isocalendar()[:2]
        shift = datetime.timedelta(weeks=n)
        return frozenset(each for each in around if (each - shift).isocalendar()[:2] == week)
    if day.weekday is not None and day.day is None and published is not None:
        near = [published + datetime.timedelta(days=k) for k in range(-6, 7)]
        return frozenset(each for each in near if each.weekday() == day.weekday)
    if day.month is None:
        return None
    years = [day.year] if day.year is not None else []
    if not years and published is not None:
        years = [published.year - 1, published.year, published.year + 1]
    found = set()
    for year in years:
        for number in [day.day] if day.day is not None else range(1, 32):
            try:
                found.add(datetime.date(year, day.month, number))
            except ValueError:
                continue
    if day.day is not None and day.year is None and published is not None and found:
        found = {min(found, key=lambda each: (abs(each - published), each))}
    return frozenset(found) or None


def grade_clocks(was: times.Clock, became: times.Clock) -> str | None:
    """Say how two times of day stand to each other: None, ``rounded`` or ``contradicts``."""
    span = (
        fact_settings.DAY_MINUTES
        if was.is_whole_day and became.is_whole_day
        else fact_settings.HALF_DAY
    )
    apart = (was.minutes - became.minutes) % span
    apart = min(apart, span - apart)
    told = {was.exactness, became.exactness}
    if apart == 0:
        return None
    return "rounded" if apart <= fact_settings.NEAR_MINUTES and told != {"exact"} else "contradicts"
