"""What a fit is made from: files of cases with their hashes, and cases dealt to folds by matter."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ... import errors
from ...io import articles
from ...match import document, event_words, match_settings
from ...match.document import Document
from ..evaluation import cases as known
from . import kept

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

logger = logging.getLogger(__name__)

Example = TypeVar("Example")
Fitted = TypeVar("Fitted")
Weights = TypeVar("Weights", bound="DataclassInstance")

N_FOLDS = 5
N_ROUNDS = 3
SEED = 0
# Cases that share this much of the rarer vocabulary tell of one thing.
SAME_MATTER = 0.3


def files(paths: Sequence[Path]) -> list[Path]:
    """List the files of cases and the story folders among paths, those of a folder by name."""
    listed = []
    for path in paths:
        if path.is_dir() and not (path / known.TRUTH_FILE).is_file():
            stories = [each.parent for each in path.glob(f"*/{known.TRUTH_FILE}")]
            listed += sorted([*path.glob("*.jsonl"), *stories])
        else:
            listed.append(path)
    return listed


def read(
    paths: Sequence[Path], only: Sequence[str] = ()
) -> Iterator[tuple[Path, list[known.Case]]]:
    """Read the cases of each file, of some sets or of all.

    Parameters
    ----------
    paths : sequence of Path
        Files of JSON lines, story folders, or folders of either.
    only : sequence of str
        Sets; all if empty.

    Yields
    ------
    (Path, list of Case)
    """
    for path in files(paths):
        yield path, [case for case in known.read([path]) if not only or case.set in only]


def prepared(
    paths: Sequence[Path],
    only: Sequence[str],
    prepare: Callable[[known.Case], Sequence[Example]],
    features: kept.Features = kept.NOWHERE,
) -> tuple[list[Example], dict[str, str]]:
    """Make examples of the cases of all files.

    Parameters
    ----------
    paths, only
        As in `read`.
    prepare : callable
        Gives the examples of a case, none where it has nothing to fit.
    features : Features
        Where they are kept.

    Returns
    -------
    (list, dict of str to str)
        The examples, and the hashes of the files that gave some.
    """
    found: list[Example] = []
    hashes = {}
    for path, listed in read(paths, only):
        made = [each for case in listed for each in features.of(case, prepare)]
        if made:
            hashes[path.name] = digest(path)
            found += made
            logger.info("%s: %s examples", path, len(made))
    return found, hashes


def held_out(part: Sequence[object], fit: Callable[[list[int]], Fitted]) -> dict[object, Fitted]:
    """Fit for every part of the examples on all the others.

    Parameters
    ----------
    part : sequence
        Part of each example: its fold, or its set.
    fit : callable
        Takes the places of the examples to fit to.

    Returns
    -------
    dict of part to what `fit` gave

    Raises
    ------
    InputError
        If all examples are of one part.
    """
    if len(set(part)) < 2:
        raise errors.InputError(
            f"all cases are of one matter or set ({part[0]}): nothing is left to fit without "
            "it; give cases on others too"
        )
    found = {}
    for name in dict.fromkeys(part):
        rest = [k for k, at in enumerate(part) if at != name]
        logger.info("fitting without %s: %s examples", name, len(rest))
        found[name] = fit(rest)
    return found


def climb(
    start: Weights, grid: Mapping[str, Sequence[float]], worth: Callable[[Weights], float]
) -> Weights:
    """Change one weight after the other for the better, `N_ROUNDS` times.

    Parameters
    ----------
    start : dataclass
        Weights to begin with.
    grid : mapping of str to sequence of float
        What each may be, in the order in which they are tried.
    worth : callable
        Takes weights.

    Returns
    -------
    dataclass
        Of values worth the same to six places the one nearest to `start`.
    """
    found = start
    for _ in range(N_ROUNDS):
        for name, values in grid.items():
            changes: list[dict[str, Any]] = [{name: value} for value in values]
            tried = [dataclasses.replace(found, **each) for each in changes]
            near = [-abs(value - getattr(start, name)) for value in values]
            reached = [round(worth(each), 6) for each in tried]
            found = tried[max(range(len(tried)), key=lambda k: (reached[k], near[k]))]
    return found


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or of the names and bytes in a folder, in hex."""
    if not path.is_dir():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for each in sorted(each for each in path.rglob("*") if each.is_file()):
        name = each.relative_to(path).as_posix()
        whole.update(f"{name}\0{hashlib.sha256(each.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def about(hashes: Mapping[str, str], n_cases: int, n_texts: int) -> dict[str, Any]:
    """Return what a weights file says of the cases that it was fitted on."""
    return {"sha256": dict(hashes), "n_cases": n_cases, "n_texts": n_texts}


def vocabulary(documents: Iterable[Document]) -> frozenset[str]:
    """Return the rare words of some texts."""
    return frozenset().union(*(event_words.rare_words(each) for each in documents))


def vocabulary_of(case: known.Case) -> frozenset[str]:
    """Return the rare words of a case that needs no trace."""
    table = articles.prepare(case.frame())
    unique = table[table["duplicate_of"].isna()]
    return vocabulary(document.build(unique, document.sentence_table(table)).values())


def groups(cases: Sequence[known.Case], vocabularies: Sequence[frozenset[str]]) -> list[int]:
    """Number cases so that those on the same matter have one number.

    Parameters
    ----------
    cases : sequence of Case
    vocabularies : sequence of frozenset of str
        Rare words of each case's texts.

    Returns
    -------
    list of int
        Two cases of a set are on the same matter when they share `SAME_MATTER` of the
        smaller rare vocabulary, or when their names begin alike up to a colon.
    """
    group = list(range(len(cases)))

    def top(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    for k, one in enumerate(cases):
        for other_k, other in enumerate(cases[:k]):
            if one.set != other.set:
                continue
            if _named_alike(one, other) or _share(vocabularies[k], vocabularies[other_k]):
                group[top(k)] = top(other_k)
    return [top(k) for k in range(len(cases))]


def any_alike(vocabularies: Sequence[frozenset[str]]) -> bool:
    """Whether two of several texts or cases tell of one thing, by their rare words."""
    return any(_share(one, other) for one, other in itertools.combinations(vocabularies, 2))


def _named_alike(one: known.Case, other: known.Case) -> bool:
    begin, colon, _ = one.name.partition(":")
    return bool(colon) and other.name.startswith(begin + colon)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    fewer = min(len(one), len(other))
    return shared >= match_settings.MIN_SHARED_RARE and shared >= SAME_MATTER * fewer


def folds(
    cases: Sequence[known.Case], vocabularies: Sequence[frozenset[str]], seed: int = SEED
) -> list[int]:
    """Deal the groups of every set to `N_FOLDS` folds, in a random order."""
    group = groups(cases, vocabularies)
    random = np.random.default_rng(seed)
    found: dict[int, int] = {}
    for name in dict.fromkeys(case.set for case in cases):
        members = sorted(
            {g for g, case in zip(group, cases, strict=True) if case.set == name},
            key=lambda g: cases[g].name,
        )
        for k, g in enumerate(random.permutation(members).tolist()):
            found[g] = k % N_FOLDS
    return [found[g] for g in group]
