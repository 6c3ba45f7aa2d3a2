"""How changed facts are written in one cell of a table, and read back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .. import errors, tables

# In the order in which they are listed.
KINDS = tables.FACT_KINDS
# Of a pair of values: `same` needed a computation to see; `rounded` is less or more exact;
# `contradicts` cannot both be true of one thing. Of a quote:
# `shortened`, `altered` words, `introduced` (reported speech became direct), `reported`
# (direct speech became reported). One side alone: `added`, `omitted`.
GRADES = (
    "same",
    "rounded",
    "contradicts",
    "shortened",
    "altered",
    "introduced",
    "reported",
    "added",
    "omitted",
)
_OF_QUOTES = {
    "shortened": "same",
    "reported": "same",
    "introduced": "added",
    "altered": "rounded",
}
ALONE = ("added", "omitted")
# What is written where facts were compared and none differs.
NONE = "none"

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_BARE = r'(?!\s)(?:(?!, |; | -> | \()[^"\\])+'
_VALUE = rf"(?:{_QUOTED}|{_BARE})"
_PAIR = re.compile(
    rf"(?P<kind>[a-z]+) (?P<was>{_VALUE}) -> (?P<became>{_VALUE}) \((?P<grade>[a-z]+)\)"
)
_LIST = re.compile(
    rf"(?P<kind>[a-z]+) (?P<grade>{'|'.join(ALONE)}): (?P<values>{_VALUE}(?:, {_VALUE})*)"
)
_ITEM_END = re.compile(r"; |$")
_ONE_VALUE = re.compile(_VALUE)
# These stand for themselves; everything else is written as a JSON string.
_PLAIN = re.compile(rf"(?!(?:{'|'.join(ALONE)}):)(?![\s,]){_BARE}")


@dataclass(frozen=True)
class Change:
    """One fact that differs between a sentence and those it was made from.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    was, became : str or None
        The words of the source and of the sentence, as they stand there, white space
        made single; None where a side has none.
    grade : str
        One of `GRADES`.
    was_at : tuple of (int, int, int), or None
        The place of the source sentence among the sources, and the span of the words in it.
    became_at : tuple of int, or None
        The span of the words in the sentence.
    """

    kind: str
    was: str | None
    became: str | None
    grade: str
    was_at: tuple[int, int, int] | None = field(default=None, compare=False)
    became_at: tuple[int, int] | None = field(default=None, compare=False)


def grade_of(change: Change) -> str:
    """Say how a change is graded in the table of facts, where quotes have no grades of their own.

    Parameters
    ----------
    change : Change

    Returns
    -------
    str
        One of ``same``, ``rounded``, ``contradicts``, ``added``, ``omitted``. A quote that was
        cut, or told without quotation marks, is the same; words that got quotation marks
        were added, unless they stand in the source to the letter; a quote in other words is
        one told less exactly.
    """
    if change.grade == "introduced" and _letters(change.was) == _letters(change.became):
        return "same"
    return _OF_QUOTES.get(change.grade, change.grade)


def _letters(value: str | None) -> str:
    return "".join(char for char in (value or "").casefold() if char.isalnum())


def render(changes: Iterable[Change]) -> str:
    """Write changes as one line that people read and `parse` reads back.

    ``item; item; ...`` in order of `KINDS`, each item ``KIND WAS -> BECAME (GRADE)``,
    ``KIND added: VALUE, VALUE`` or ``KIND omitted: VALUE, VALUE``. A value that holds a
    quotation mark or what separates items and values stands between quotation marks, as
    in JSON; the words of a quote always do.

    Parameters
    ----------
    changes : iterable of Change

    Returns
    -------
    str
        `NONE` for no changes; for example
        ``number 640 -> 460 (contradicts); name added: Alder``.
    """
    listed = list(changes)
    items = []
    for kind in KINDS:
        mine = [each for each in listed if each.kind == kind]
        items += [
            f"{kind} {_shown(kind, each.was)} -> {_shown(kind, each.became)} ({each.grade})"
            for each in mine
            if each.grade not in ALONE
        ]
        for grade in ALONE:
            values = [
                _shown(kind, each.became if grade == "added" else each.was)
                for each in mine
                if each.grade == grade
            ]
            items += [f"{kind} {grade}: {', '.join(values)}"] if values else []
    return "; ".join(items) if items else NONE


def _shown(kind: str, value: str | None) -> str:
    words = " ".join((value or "").split())
    if kind != "quote" and _PLAIN.fullmatch(words) is not None and words[-1] not in ",;":
        return words
    return json.dumps(words, ensure_ascii=False)


def parse(text: str) -> list[Change]:
    """Read the line that `render` writes: the column `changed_facts` of a table.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Change
        In order; empty for `NONE` and for an empty text.

    Raises
    ------
    TableError
        If the text is not of that form.
    """
    if text in (NONE, ""):
        return []
    changes: list[Change] = []
    at = 0
    while at < len(text):
        found = _LIST.match(text, at) or _PAIR.match(text, at)
        end = None if found is None else _ITEM_END.match(text, found.end())
        if found is None or end is None or not _is_known(found):
            raise errors.TableError(
                f"changed_facts: cannot be read from {text[at : at + 40]!r} on; see `facts.parse`"
            )
        if found.re is _PAIR:
            was, became = _read(found["was"]), _read(found["became"])
            changes.append(Change(found["kind"], was, became, found["grade"]))
        else:
            for value in _ONE_VALUE.findall(found["values"]):
                word = _read(value.removeprefix(", "))
                is_new = found["grade"] == "added"
                sides = (None, word) if is_new else (word, None)
                changes.append(Change(found["kind"], sides[0], sides[1], found["grade"]))
        at = end.end()
    return changes


def _is_known(found: re.Match[str]) -> bool:
    return found["kind"] in KINDS and found["grade"] in GRADES


def _read(value: str) -> str:
    return str(json.loads(value)) if value.startswith('"') else value
