"""What a user knows of a lineage beforehand: its table, checked, as pairs of places."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from .. import errors, tables

COLUMNS = ("a", "b", "what")

# What may be said of two texts, and of all of them.
PAIRS = ("from", "not_from", "before", "same_source")
WHOLE = ("kept_up", "passed_on")

# (the place of the one text, the place of the other) in the list of article ids
Pair = tuple[int, int]


@dataclasses.dataclass(frozen=True)
class Known:
    """What is known beforehand, by the places of the texts in a list of article ids.

    Attributes
    ----------
    made_from, not_made_from : tuple of (source, target)
        The target was made from the source, was not made from it.
    before : tuple of (earlier, later)
    same_source : tuple of (one, other)
        Both go back to a third text, neither to the other; the lower place first.
    whole : str or None
        Of all texts: ``kept_up`` (versions of one text, kept up to date) or ``passed_on``
        (retold from one to the next).

    All pairs are sorted and stand once.
    """

    made_from: tuple[Pair, ...] = ()
    not_made_from: tuple[Pair, ...] = ()
    before: tuple[Pair, ...] = ()
    same_source: tuple[Pair, ...] = ()
    whole: str | None = None

    def __bool__(self) -> bool:
        return self != NOTHING

    def rows(self, ids: Sequence[str]) -> list[dict[str, str | None]]:
        """Say the same as rows of a, b and what, for ``run.json``.

        Parameters
        ----------
        ids : sequence of str
            The list that the places are of.

        Returns
        -------
        list of dict
        """
        told: list[tuple[str | None, str | None, str]] = [
            *((ids[target], ids[source], "from") for source, target in self.made_from),
            *((ids[target], ids[source], "not_from") for source, target in self.not_made_from),
            *((ids[earlier], ids[later], "before") for earlier, later in self.before),
            *((ids[one], ids[other], "same_source") for one, other in self.same_source),
        ]
        if self.whole is not None:
            told.append((None, None, self.whole))
        return [dict(zip(COLUMNS, each, strict=True)) for each in told]

    def among(self, places: Sequence[int]) -> Known:
        """Return what is said of some of the texts only.

        Parameters
        ----------
        places : sequence of int
            Of these texts in the list of article ids.

        Returns
        -------
        Known
            By the places in `places`.
        """
        return self.moved({place: k for k, place in enumerate(places)})

    def moved(self, at: Mapping[int, int]) -> Known:
        """Return the same by other places.

        Parameters
        ----------
        at : mapping of int to int
            The new place of each text; two texts of one place are one, and what is said of
            places that are not there is left out.

        Returns
        -------
        Known
        """

        def move(listed: Sequence[Pair]) -> tuple[Pair, ...]:
            there = ((at[a], at[b]) for a, b in listed if a in at and b in at)
            return tuple(sorted({(a, b) for a, b in there if a != b}))

        same = {(min(pair), max(pair)) for pair in move(self.same_source)}
        return Known(
            move(self.made_from),
            move(self.not_made_from),
            move(self.before),
            tuple(sorted(same)),
            self.whole,
        )

    @property
    def barred(self) -> frozenset[Pair]:
        """Pairs of which the first is not above the second, by whatever way."""
        turned = ((b, a) for a, b in (*self.made_from, *self.before, *self.same_source))
        return frozenset((*turned, *self.not_made_from, *self.same_source))

    @property
    def joined(self) -> tuple[Pair, ...]:
        """Pairs of texts that are relatives."""
        return (*self.made_from, *self.same_source)


NOTHING = Known()


@dataclasses.dataclass(frozen=True)
class _Step:
    """One text is older than another, and the row that says so."""

    earlier: int
    later: int
    row: object
    is_made_from: bool


def parse(frame: pd.DataFrame | None, ids: Sequence[str], *, where: str = "known") -> Known:
    """Check what a user says of texts and bring it into the form that the model reads.

    Parameters
    ----------
    frame : DataFrame or None
        Columns ``a``, ``b``, ``what``; others are ignored. ``from``: a was made from b.
        ``not_from``: a was not made from b. ``before``: a is older than b.
        ``same_source``: both go back to a third text. ``kept_up`` and ``passed_on`` speak
        of all texts, with a and b empty.
    ids : sequence of str
        Article ids; places in a `Known` are places in it.
    where : str
        What a message calls the table. Rows are called by the frame's index.

    Returns
    -------
    Known
        The same for rows in any order.

    Raises
    ------
    InputError
        If a column is missing, a row cannot be read or names a text that is not there, or
        rows contradict each other; the rows are named.
    """
    if frame is None:
        return NOTHING
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise errors.InputError(f"{where}: no column {', '.join(missing)}; it needs a, b and what")
    at = {article_id: place for place, article_id in enumerate(ids)}
    said: dict[str, dict[Pair, object]] = {name: {} for name in PAIRS}
    whole: dict[str, object] = {}
    for row, values in zip(frame.index, frame[list(COLUMNS)].to_dict("records"), strict=True):
        here = f"{where}, row {row}"
        what = _cell(values["what"])
        if what in WHOLE:
            _check_is_whole(values, what, here)
            whole.setdefault(what, row)
        elif what in PAIRS:
            said[what].setdefault(_places(values, at, here), row)
        else:
            told = "what is missing" if what is None else f"what is {what!r}"
            raise errors.InputError(f"{here}: {told}, not one of {', '.join(PAIRS + WHOLE)}")
    if len(whole) > 1:
        raise errors.InputError(
            f"{where}, {_rows(whole.values())}: texts are kept_up or passed_on, not both; drop one"
        )
    _check_agree(said, ids, where)
    return Known(
        made_from=tuple(sorted((b, a) for a, b in said["from"])),
        not_made_from=tuple(sorted((b, a) for a, b in said["not_from"])),
        before=tuple(sorted(said["before"])),
        same_source=tuple(sorted({(min(pair), max(pair)) for pair in said["same_source"]})),
        whole=next(iter(whole), None),
    )


def _cell(value: Any) -> str | None:
    if tables.is_missing(value) or not str(value).strip():
        return None
    return str(value).strip()


def _check_is_whole(values: Mapping[Any, Any], what: str, here: str) -> None:
    for side in ("a", "b"):
        if _cell(values[side]) is not None:
            raise errors.InputError(f"{here}: {what} is said of all texts; leave a and b empty")


def _places(values: Mapping[Any, Any], at: Mapping[str, int], here: str) -> Pair:
    places = []
    for side in ("a", "b"):
        article_id = _cell(values[side])
        if article_id is None:
            raise errors.InputError(f"{here}: {side} is missing; fill in an article id")
        if article_id not in at:
            raise errors.InputError(f"{here}: no article {article_id!r}; correct {side}")
        places.append(at[article_id])
    one, other = places
    if one == other:
        raise errors.InputError(f"{here}: a and b are one text; name two")
    return one, other


def _check_agree(said: Mapping[str, Mapping[Pair, object]], ids: Sequence[str], where: str) -> None:
    steps = [_Step(b, a, row, True) for (a, b), row in said["from"].items()]
    steps += [_Step(a, b, row, False) for (a, b), row in said["before"].items()]
    for step in steps:
        back = _path(steps, step.later, step.earlier)
        if back is not None:
            circle = [ids[each.earlier] for each in (step, *back)]
            first = circle.index(min(circle))
            circle = [*circle[first:], *circle[:first]]
            raise errors.InputError(
                f"{where}, {_rows(each.row for each in (step, *back))}: in a circle, "
                f"{' before '.join([*circle, circle[0]])}; drop one"
            )
    made = [step for step in steps if step.is_made_from]
    for pair, row in said["not_from"].items():
        if pair in said["from"]:
            rows = _rows((said["from"][pair], row))
            raise errors.InputError(f"{where}, {rows}: from and not_from of one pair; drop one")
    for (one, other), row in said["same_source"].items():
        for source, target in ((one, other), (other, one)):
            down = _path(made, source, target)
            if down is not None:
                raise errors.InputError(
                    f"{where}, {_rows((row, *(each.row for each in down)))}: {ids[target]} goes "
                    f"back to {ids[source]}, so no third text is their source; drop one"
                )


def _path(steps: Iterable[_Step], start: int, end: int) -> list[_Step] | None:
    """The fewest steps that lead from one text to another; None if none do."""
    leaving: dict[int, list[_Step]] = {}
    for step in steps:
        leaving.setdefault(step.earlier, []).append(step)
    reached: dict[int, list[_Step]] = {start: []}
    waiting = collections.deque([start])
    while waiting:
        at = waiting.popleft()
        if at == end:
            return reached[at]
        for step in leaving.get(at, ()):
            if step.later not in reached:
                reached[step.later] = [*reached[at], step]
                waiting.append(step.later)
    return None


def _rows(rows: Iterable[object]) -> str:
    named = sorted(dict.fromkeys(rows), key=lambda row: (len(str(row)), str(row)))
    shown = [str(row) for row in named]
    if len(shown) == 1:
        return f"row {shown[0]}"
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}"
