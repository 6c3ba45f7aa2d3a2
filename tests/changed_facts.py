"""What is told of changed facts, against pairs of sentences of which the truth is known.

``python tests/changed_facts.py`` prints, for each half of the set, how many sentences have a
fact that did not change, and how many of the facts that changed were missed;
``-v`` lists both.
"""

from __future__ import annotations

import dataclasses
import datetime
import pathlib
import re
import sys
from dataclasses import dataclass, field

from lineage import facts
from lineage.text import words

FOLDER = pathlib.Path(__file__).parent / "changed_facts"
HALVES = ("open", "kept")


@dataclass(frozen=True)
class Fact:
    """A changed fact as the truth has it: how it is graded, and words of it on both sides."""

    kind: str
    grade: str
    was: str
    became: str


@dataclass
class Pair:
    """A sentence, those it was made from, what else both texts say, and what changed."""

    child: str
    sources: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    days: tuple[datetime.date | None, datetime.date | None] = (None, None)
    changes: list[Fact] = field(default_factory=list)
    allowed: list[Fact] = field(default_factory=list)


def read(half: str) -> list[Pair]:
    """Read the pairs of a half of the set."""
    pairs: list[Pair] = []
    for line in (FOLDER / f"{half}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        key, _, value = line.partition(": ")
        if key == "child":
            pairs.append(Pair(value))
        elif key == "days":
            was, became = map(datetime.date.fromisoformat, value.split(" | "))
            pairs[-1].days = (was, became)
        elif key in ("change", "may"):
            kind, grade, both = value.split(" ", 2)
            was, _, became = both.partition(">")
            fact = Fact(kind, grade, was.strip(), became.strip())
            (pairs[-1].changes if key == "change" else pairs[-1].allowed).append(fact)
        else:
            {"from": pairs[-1].sources, "beside": pairs[-1].beside,
             "elsewhere": pairs[-1].elsewhere}[key].append(value)  # fmt: skip
    return pairs


def told(pair: Pair) -> list[facts.Change]:
    """What the program tells of a pair, without what is the same."""
    found = facts.compare(
        facts.Sentence(pair.child, pair.days[1]),
        [facts.Sentence(each, pair.days[0]) for each in pair.sources],
        known_elsewhere=_words([*pair.sources, *pair.elsewhere]),
        told_elsewhere=_words([pair.child, *pair.beside]),
    )
    graded = [dataclasses.replace(each, grade=facts.grade_of(each)) for each in found]
    return [each for each in graded if each.grade != "same"]


def _words(texts: list[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words.split_words(text).words)


def is_meant(fact: Fact, change: facts.Change) -> bool:
    """Whether a change that was told is one of the truth."""
    # A denial on one side alone is told as one that came or went.
    is_denied = fact.kind == change.kind == "negation"
    if not is_denied and fact.grade != change.grade:
        return False
    if is_denied:
        return True
    if fact.grade != "added" and not _overlap(fact.was, change.was):
        return False
    return fact.grade == "omitted" or _overlap(fact.became, change.became)


def _overlap(one: str, other: str | None) -> bool:
    both = [set(re.findall(r"[\w.,]*\w", (each or "").lower())) for each in (one, other)]
    return bool(both[0] & both[1])


def score(half: str) -> dict[str, list[tuple[Pair, object]]]:
    """False and missed changes of a half of the set, each with its pair."""
    found: dict[str, list[tuple[Pair, object]]] = {"false": [], "missed": [], "accused": []}
    for pair in read(half):
        listed = told(pair)
        meant = [*pair.changes, *pair.allowed]
        wrong = [each for each in listed if not any(is_meant(fact, each) for fact in meant)]
        found["false"] += [(pair, each) for each in wrong]
        found["accused"] += [(pair, each) for each in wrong if each.grade == "contradicts"]
        found["missed"] += [
            (pair, fact)
            for fact in pair.changes
            if not any(is_meant(fact, each) for each in listed)
        ]
    return found


def rates(half: str) -> str:
    """One line of figures."""
    pairs = read(half)
    found = score(half)
    n_facts = sum(len(pair.changes) for pair in pairs)
    n_grave = sum(fact.grade == "contradicts" for pair in pairs for fact in pair.changes)
    missed_grave = sum(fact.grade == "contradicts" for _, fact in found["missed"])
    n_false = len({pair.child for pair, _ in found["false"]})
    n_accused = len({pair.child for pair, _ in found["accused"]})
    return (
        f"{half}: {len(pairs)} sentences, {n_false} with a false change "
        f"({n_accused} called contradicts); {len(found['missed'])} of {n_facts} changes missed "
        f"({missed_grave} of {n_grave} that contradict)"
    )


if __name__ == "__main__":
    for name in HALVES:
        print(rates(name))
    if "-v" in sys.argv:
        for name in HALVES[: 2 if "--kept" in sys.argv else 1]:
            for what, listed in score(name).items():
                for pair, each in listed:
                    print(
                        f"{name} {what}: {each}\n    {pair.child}\n    {' / '.join(pair.sources)}"
                    )
