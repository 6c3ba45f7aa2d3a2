"""Which dates and clock times of a sentence changed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence, Set
from dataclasses import dataclass

from . import slots, times
from .grammar import Change

# Days of a sentence, and when its text came out.
Days = tuple[tuple[times.Day, ...], datetime.date | None]
# In which order pairs are looked for: what agrees leaves the rest to what does not.
_ORDER = (None, "same", "rounded", "contradicts", times.UNCLEAR)


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
                grade = times.grade_days(was, became, old.published, published)
                if grade != wanted or not _is_meant(grade, was, became, known, told):
                    continue
                left.remove(became)
                lost = [each for each in lost if each is not old and not _is_told(each, old)]
                if grade not in (None, times.UNCLEAR):
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
                grade = times.grade_clocks(was, became)
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
