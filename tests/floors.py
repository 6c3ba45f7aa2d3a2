"""What figures may not fall below: ``python -m tests.floors`` measures them all.

`floors.toml` has a table for each set of cases: the files that hold them, the hash of these, and
how much each figure has to be at least, or at most. A floor is of these cases alone: where they
change, `check` says so before it compares, and the floor is set anew (``--hashes`` prints the
hashes). Tests, the command and the figures in the documents have one scorer, `SCORERS`.
"""

import functools
import hashlib
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import lineage

from . import changed_facts, known, measured_borders, pages_score
from .credits import score as credits_score

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"


@dataclass(frozen=True)
class Floor:
    """How much a figure has to be, on which cases."""

    cases: str
    figure: str
    least: float
    most: float

    def is_held(self, value: float) -> bool:
        return self.least <= value <= self.most

    @property
    def asked(self) -> str:
        return f"at most {self.most}" if self.most < float("inf") else f"at least {self.least}"


@functools.cache
def _tables() -> Mapping[str, Mapping]:
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def names() -> list[str]:
    """Every set of cases."""
    return list(_tables())


def files(cases: str) -> list[Path]:
    """The files that hold the cases, none where they are not beside the project."""
    found = {path for pattern in _tables()[cases]["files"] for path in known.ROOT.glob(pattern)}
    return sorted(found)


def sha256(cases: str) -> str:
    """Hash of the cases: of the names and the bytes of their files."""
    made = hashlib.sha256()
    for path in files(cases):
        made.update(f"{path.name}\n".encode())
        made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


def floors(cases: str) -> Iterator[Floor]:
    """Every floor of a set of cases."""
    table = _tables()[cases]
    for figure, least in table.get("at_least", {}).items():
        yield Floor(cases, figure, least, float("inf"))
    for figure, most in table.get("at_most", {}).items():
        yield Floor(cases, figure, float("-inf"), most)


@functools.cache
def measured(cases: str) -> Mapping[str, float]:
    """The figures of a set of cases, measured once."""
    kind, _, part = cases.partition(" ")
    return SCORERS[kind](part)


def check(cases: str, *figures: str, measured_as: Mapping[str, float] | None = None) -> None:
    """Assert that the cases are those of the floors, and that each floor is held.

    Parameters
    ----------
    cases : str
        A table of `floors.toml`.
    *figures : str
        Only these; all of the table without.
    measured_as : mapping, optional
        The figures, where a test has measured them already.
    """
    found = sha256(cases)
    asked = _tables()[cases]["sha256"]
    assert found == asked, f"the cases of {cases!r} changed: measure anew, and set floors and hash"
    told = measured_as if measured_as is not None else measured(cases)
    wanted = [each for each in floors(cases) if not figures or each.figure in figures]
    assert {each.figure for each in wanted} >= set(figures), f"{cases!r} lacks one of {figures}"
    missed = [
        f"{cases}, {each.figure}: {told[each.figure]:.4f}, {each.asked}"
        for each in wanted
        if not each.is_held(told[each.figure])
    ]
    assert missed == [], "; ".join(missed)


def _borders(language: str) -> dict[str, float]:
    texts = measured_borders.paragraphs(language)
    counts = measured_borders.count(measured_borders.split_here, texts)
    return {"precision": counts.precision, "recall": counts.recall, "paragraphs": len(texts)}


def _changed_facts(half: str) -> dict[str, float]:
    pairs, found = changed_facts.read(half), changed_facts.score(half)
    missed = [fact for _, fact in found["missed"]]
    return {
        "pairs": len(pairs),
        "unchanged": sum(not pair.changes for pair in pairs) / len(pairs),
        "false": len({pair.child for pair, _ in found["false"]}) / len(pairs),
        "accused": len(found["accused"]),
        "contradictions_missed": sum(fact.grade == "contradicts" for fact in missed),
    }


def _credits(half: str) -> dict[str, float]:
    items = credits_score.read(half)
    precision, recall, _ = credits_score.f1(items)
    exact = {
        f"exact_{language}": credits_score.f1(
            [each for each in items if each.language == language], credits_score.is_exact
        )[2]
        for language in ("de", "fr")
    }
    return {"precision": precision, "recall": recall, **exact}


def _pages(half: str) -> dict[str, float]:
    made = pages_score.figures([pages_score.score(page) for page in pages_score.pages(half)])
    return {
        "roles": made.roles,
        "dates": made.dates,
        "authors": made.authors,
        "credits": made.credit_f1,
    }


def _seeds(_: str) -> dict[str, float]:
    return seeds_figures(lineage.trace(known.seeds()), known.gold())


def seeds_figures(result: lineage.Lineage, gold: Mapping) -> dict[str, float]:
    """Sentences of the post that have the source sentences, and the kind, of the truth."""
    rows = [
        (sources, kind, known.attributed(result, "000", prefix))
        for prefix, sources, kind in gold["attributions_of_000"]
    ]
    n_sources = n_kinds = 0
    for sources, kind, found in rows:
        got = set() if found is None else set(found["source_sentence"].dropna())
        want = {known.find_sentence(result, "001", each)["sentence_id"] for each in sources}
        n_sources += got == want
        n_kinds += found is not None and found["kind"].tolist() == [kind]
    return {"sources": n_sources, "kinds": n_kinds}


SCORERS: dict[str, Callable[[str], dict[str, float]]] = {
    "borders": _borders,
    "changed_facts": _changed_facts,
    "credits": _credits,
    "pages": _pages,
    "seeds": _seeds,
}


def main(arguments: list[str]) -> int:
    """Print each figure with its floor, and how many are missed."""
    n_missed = 0
    for cases in names():
        if not files(cases):
            print(f"{cases}: not beside the project")
            continue
        found = sha256(cases)
        if "--hashes" in arguments:
            print(f"{cases}: {found}")
            continue
        if found != _tables()[cases]["sha256"]:
            print(f"{cases}: other cases than those of the floors")
        for floor in floors(cases):
            value = measured(cases)[floor.figure]
            n_missed += not floor.is_held(value)
            said = "" if floor.is_held(value) else "  MISSED"
            print(f"{cases}, {floor.figure}: {value:.4f}, {floor.asked}{said}")
    return int(n_missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
