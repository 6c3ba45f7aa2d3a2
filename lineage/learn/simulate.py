"""Stories with a known lineage: invented ones of any number, and those that a repository keeps.

Simulated stories come from templates and rewriting rules of this project. They hold code to
its promises (what was hidden, who copied whom, nothing lost at a million texts), and a figure on
them is never to be quoted as accuracy: a tracer that knows the rules would find them all.
"""

from __future__ import annotations

import csv
import functools
import itertools
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from .. import errors
from .evaluation import work
from .simulation import history, simulated_story

SEED = 1

# A process gets so many stories at a time: fewer than a second's work.
_N_PER_BATCH = 50

from_git = history.cases


def stories(n: int, *, seed: int = SEED, jobs: int = 1) -> Iterator[dict[str, Any]]:
    """Make stories with a known lineage.

    Parameters
    ----------
    n : int
        How many.
    seed : int
        Another seed, other stories.
    jobs : int, default 1
        Processes; the stories do not depend on their number.

    Yields
    ------
    dict
        A case as docs/cases.md describes it, of the set ``simulated``.

    Raises
    ------
    UsageError
        If `n` or `jobs` is below 1.
    """
    if n < 1:
        raise errors.UsageError(f"stories {n}: ask for one or more")
    batches = (range(first, min(first + _N_PER_BATCH, n)) for first in range(0, n, _N_PER_BATCH))
    for made in work.in_order(functools.partial(_batch, seed), batches, jobs=jobs):
        yield from made


def articles(n: int, *, seed: int = SEED, jobs: int = 1) -> Iterator[dict[str, Any]]:
    """Make stories until they have a number of articles in all; memory does not grow with it.

    Parameters
    ----------
    n : int
        Articles; a million take some minutes.
    seed, jobs : int
        As for `stories`, which these are the first of.

    Yields
    ------
    dict
        A case; the last one may lack its latest articles.

    Raises
    ------
    UsageError
        If `n` or `jobs` is below 1.
    """
    if n < 1:
        raise errors.UsageError(f"articles {n}: ask for one or more")
    batches = (range(first, first + _N_PER_BATCH) for first in itertools.count(0, _N_PER_BATCH))
    left = n
    index = 0
    for made in work.in_order(functools.partial(_batch, seed), batches, jobs=jobs):
        for case in made:
            if len(case["articles"]) > left:
                case = simulated_story.make(seed, index, most=left)
            yield case
            left -= len(case["articles"])
            index += 1
            if left == 0:
                return


def _batch(seed: int, numbers: range) -> list[dict[str, Any]]:
    return [simulated_story.make(seed, number) for number in numbers]


def rows(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Turn a case into articles, one row each, ids told apart across cases.

    Parameters
    ----------
    case : dict

    Yields
    ------
    dict
        The article's columns, with ``case``, ``set`` and ``parents`` (ids of rows) as
        its truth. `lineage.read` takes the columns that it knows and no others.
    """
    parents: dict[str, list[str]] = {}
    for source, target in case["edges"]:
        parents.setdefault(target, []).append(f"{case['case']}/{source}")
    for each in case["articles"]:
        article = {key: value for key, value in each.items() if key != "id"}
        yield {
            "article_id": f"{case['case']}/{each['id']}",
            **article,
            "set": case["set"],
            "case": case["case"],
            "parents": parents.get(each["id"], []),
        }


def write_lines(cases: Iterable[dict[str, Any]], stream: IO[str], *, flat: bool = False) -> None:
    """Write cases as JSON lines.

    Parameters
    ----------
    cases : iterable of dict
        Drawn one at a time.
    stream : text stream
    flat : bool, default False
        One line an article instead of one a case; see `rows`.
    """
    for case in cases:
        for each in rows(case) if flat else (case,):
            stream.write(json.dumps(each, ensure_ascii=False) + "\n")


def write_folders(cases: Iterable[dict[str, Any]], folder: str | os.PathLike[str]) -> None:
    """Write each case as a story folder: articles as text files, metadata.csv, truth.json.

    Parameters
    ----------
    cases : iterable of dict
    folder : path
        Made anew; written beside and renamed into place.

    Raises
    ------
    UsageError
        If something is there already.
    """
    place = Path(folder)
    if os.path.lexists(place):
        raise errors.UsageError(f"{place} is there already; name another folder")
    if not place.parent.is_dir():
        raise errors.UsageError(f"{place}: no folder {place.parent}; make it first")
    partial = place.with_name(f".{place.name}.{secrets.token_hex(4)}.partial")
    try:
        partial.mkdir()
        for case in cases:
            _write_folder(case, partial / _folder_name(case["case"]))
        partial.rename(place)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _folder_name(case: str) -> str:
    """A file system's view of a case's name."""
    return "".join(each if each.isalnum() or each in "-_." else "-" for each in case)


def _write_folder(case: dict[str, Any], folder: Path) -> None:
    (folder / "articles").mkdir(parents=True)
    columns = ("file", "title", "outlet", "published_at")
    with (folder / "articles" / "metadata.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, columns, restval="", extrasaction="ignore")
        table.writeheader()
        for each in case["articles"]:
            name = f"{each['id']}.txt"
            (folder / "articles" / name).write_text(each["text"], encoding="utf-8", newline="\n")
            table.writerow({**each, "file": name})
    truth = json.dumps(_truth(case), indent=1, ensure_ascii=False)
    (folder / "truth.json").write_text(truth + "\n", encoding="utf-8", newline="\n")


def _truth(case: dict[str, Any]) -> dict[str, Any]:
    outcomes = (
        ("siblings", "shared_source"),
        ("independent", "independent"),
        ("unrelated", "unrelated"),
    )
    related = [
        {"a": min(pair), "b": max(pair), "outcome": outcome}
        for key, outcome in outcomes
        for pair in case.get(key, ())
    ]
    done = {(source, target): each for source, target, each in case.get("operations", ())}
    truth: dict[str, Any] = {
        "about": f"{case['set']}, {case['case']}",
        "set": case["set"],
        "articles": {each["id"]: {} for each in case["articles"]},
        "edges": [
            {
                "source": source,
                "target": target,
                "operations": done.get((source, target), []),
            }
            for source, target in case["edges"]
        ],
    }
    if related:
        truth["relations"] = sorted(related, key=lambda each: (each["a"], each["b"]))
    if case.get("absent"):
        truth["absent_sources"] = case["absent"]
    return truth
