"""Precision and recall of credits on sentences and heads of pages with the truth marked.

``python tests/credits/score.py`` prints both halves. `seen.txt` was open while the rules
were made; `kept.txt` was written before them and is no place to look for what to mend.

An item begins with ``# language`` and, where a house published it, ``| house``. A credit is
marked ``{covers:house|name as it stands}``, a release and what somebody told by ``release``
and ``attributed``. A credit found is right where its name overlaps
the marked one, the house is the same and it covers the same; `span_f1` asks for the name to
the letter instead, whatever it covers.
"""

from __future__ import annotations

import pathlib
import re
import sys
from dataclasses import dataclass

from lineage.page import credits

FOLDER = pathlib.Path(__file__).parent
HALVES = ("seen", "kept")
_MARK = re.compile(r"\{(?P<covers>\w+):(?P<house>[^|{}]+)\|(?P<name>[^{}]+)\}")
# Persons, stations and who delivers a page are no part of this count.
_LEFT_OUT = ("byline", "desk", "call_sign", "distributor")


@dataclass(frozen=True)
class Marked:
    """A credit, as marked or as found."""

    covers: str
    house: str
    start: int
    end: int


@dataclass(frozen=True)
class Item:
    """A sentence or the head of a page, with its credits."""

    language: str
    outlet: str | None
    text: str
    truth: tuple[Marked, ...]


def read(half: str) -> list[Item]:
    """Read the items of one half."""
    found = []
    for block in re.split(r"^# ", (FOLDER / f"{half}.txt").read_text("utf-8"), flags=re.M)[1:]:
        head, marked = block.split("\n", 1)
        language, _, outlet = (part.strip() for part in head.partition("|"))
        text, truth, reached = "", [], 0
        for match in _MARK.finditer(marked):
            text += marked[reached : match.start()]
            start = len(text)
            text += match["name"]
            truth.append(Marked(match["covers"], match["house"], start, len(text)))
            reached = match.end()
        text += marked[reached:]
        found.append(Item(language, outlet or None, text, tuple(truth)))
    return found


def found_in(item: Item) -> list[Marked]:
    """Find the credits of an item, those that count."""
    return [
        Marked(_label(each), each.name, each.name_start, each.name_end)
        for each in credits.find_credits(item.text, outlet=item.outlet)
        if each.kind not in _LEFT_OUT
    ]


def _label(found: credits.Credit) -> str:
    """What is marked: what a credit covers, or that it is a release and not an outlet."""
    of_release = found.kind in ("release", "attributed") and not found.is_own
    return found.kind if of_release else found.covers


def is_right(one: Marked, other: Marked) -> bool:
    """Whether a credit found is the marked one."""
    meet = one.start < other.end and other.start < one.end
    return meet and one.covers == other.covers and one.house == other.house


def is_exact(one: Marked, other: Marked) -> bool:
    """Whether the name is found to the letter."""
    return (one.start, one.end, one.house) == (other.start, other.end, other.house)


def f1(items: list[Item], same=is_right) -> tuple[float, float, float]:
    """Precision, recall and F1 of the credits of some items."""
    n_found = n_truth = n_right = n_recalled = 0
    for item in items:
        found = found_in(item)
        n_found += len(found)
        n_truth += len(item.truth)
        n_right += sum(any(same(each, true) for true in item.truth) for each in found)
        n_recalled += sum(any(same(true, each) for each in found) for true in item.truth)
    precision = n_right / n_found if n_found else 1.0
    recall = n_recalled / n_truth if n_truth else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _wrong(item: Item) -> list[str]:
    found = found_in(item)
    missed = [each for each in item.truth if not any(is_right(each, one) for one in found)]
    extra = [each for each in found if not any(is_right(each, one) for one in item.truth)]
    said = [f"  missed {each.covers} {each.house}" for each in missed]
    said += [
        f"  extra  {each.covers} {each.house} ({item.text[each.start : each.end]})"
        for each in extra
    ]
    return said


def main(names: list[str]) -> None:
    """Print the figures of both halves; with ``--wrong``, what is wrong in the seen one."""
    print(f"{'half':6s}{'lang':6s}{'items':>6s}{'prec':>8s}{'recall':>8s}{'F1':>8s}{'span F1':>9s}")
    for half in HALVES:
        items = read(half)
        for language in ("en", "de", "fr", "all"):
            some = [each for each in items if language in (each.language, "all")]
            precision, recall, score = f1(some)
            exact = f1(some, is_exact)[2]
            print(
                f"{half:6s}{language:6s}{len(some):6d}{precision:8.3f}{recall:8.3f}"
                f"{score:8.3f}{exact:9.3f}"
            )
    if "--wrong" in names:
        for item in read("seen"):
            said = _wrong(item)
            if said:
                print(f"{item.language}: {item.text.strip()}", *said, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
