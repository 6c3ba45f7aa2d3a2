"""From the pieces of a request to articles: what each is, and what is wrong with which."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from .. import errors, tables
from ..io import columns
from ..io.readers import metadata, read, read_result
from ..io.web import fetching
from . import pieces

_NOT_IN_NAMES = re.compile(r"[^\w.,()' -]+")
# Names of files may have 255 bytes, and a letter up to four of them.
_MAX_NAME = 60


@dataclass
class HandedIn:
    """The articles of a request, as they are read.

    Attributes
    ----------
    names : list of str
        What each piece is called in the record of the run.
    complaints : list of Complaint
        Pieces that cannot be used; nothing is traced then.
    notes : list of Complaint
        What else is to be told of a piece: a date that cannot be read, rows left out.
    """

    names: list[str]
    complaints: list[pieces.Complaint] = field(default_factory=list)
    notes: list[pieces.Complaint] = field(default_factory=list)
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _files: list[pd.DataFrame] = field(default_factory=list)
    _pages: dict[str, bytes] = field(default_factory=dict)

    @property
    def n_articles(self) -> int:
        """How many articles were read."""
        return len(self._rows)

    def add(self, row: dict[str, Any]) -> None:
        """Take an article; a name that is taken gets a number."""
        name, number = row["article_id"], 1
        while row["article_id"] in self._ids:
            number += 1
            row["article_id"] = f"{name}-{number}"
        if name is not None:
            self._ids.add(row["article_id"])
        self._rows.append(row)

    def add_read(self, found: read_result.ReadResult, files: pd.DataFrame) -> None:
        """Take what was read from a file or from the web."""
        for row in tables.records(found.articles):
            self.add(row)
        self._files.append(files)
        self._pages.update(found.pages)

    def result(self) -> read_result.ReadResult:
        """Return all of it as a reading, for the trace."""
        articles = pd.DataFrame(self._rows, columns=list(columns.SUPPLIED))
        said = [(self.names[each.at or 0], None, each.problem) for each in self.notes]
        problems = pd.DataFrame(said, columns=["file", "row", "problem"])
        files = pd.concat(self._files) if self._files else pd.DataFrame()
        return read_result.ReadResult(articles, problems, files, self._pages)


def gather(
    handed: Sequence[Mapping[str, Any]],
    folder: Path,
    *,
    private_hosts: Collection[str] = (),
    tell: Callable[[str, int, int], object] | None = None,
) -> HandedIn:
    """Read the pieces of a request.

    Parameters
    ----------
    handed : sequence of mappings
        As `pieces.texts` and `pieces.mixed` return them.
    folder : Path
        Empty; files are laid down here, to be read by the readers that read all files.
    private_hosts : collection of str
        See `read.read`.
    tell : callable, optional
        Told how far it got, as by `pipeline.trace`.

    Returns
    -------
    HandedIn
    """
    found = HandedIn([_name(at, piece) for at, piece in enumerate(handed)])
    latest = pd.Timestamp.now(tz="UTC") + pd.Timedelta(days=1)
    # Files first: what lies beside a metadata.csv is described by it.
    laid = _lay_down(handed, folder)
    is_described = any(path.name.lower() == metadata.NAME for path in laid.values())
    addresses: dict[str, int] = {}
    for at, piece in enumerate(handed):
        if tell is not None:
            tell("reading", at, len(handed))
        if piece["kind"] == "text":
            _read_text(at, piece, found, latest)
        elif piece["kind"] == "file":
            if not (is_described and len(laid) > 1 and laid[at].name.lower() == metadata.NAME):
                _read_file(at, piece["name"], laid[at], found)
        elif not fetching.is_address(piece["address"]):
            said = "a web address begins with http:// or https://; correct it"
            found.complaints.append(pieces.Complaint(at, said))
        else:
            addresses.setdefault(piece["address"], at)
    if addresses:
        # Together, so that a site is asked no faster than it likes to be.
        _read_addresses(addresses, found, private_hosts)
    return found


def _name(at: int, piece: Mapping[str, Any]) -> str:
    return str(piece.get("id") or piece.get("name") or piece.get("address") or f"item {at}")


def _read_text(at: int, piece: Mapping[str, Any], found: HandedIn, latest: pd.Timestamp) -> None:
    text = piece["text"].strip()
    if fetching.is_address(text) and len(text.split()) == 1:
        said = "this is a web address and no text; add it as an address, or paste the page's text"
        found.complaints.append(pieces.Complaint(at, said))
        return
    values = {**piece, "article_id": piece.get("id")}
    try:
        checked = columns.article(values, latest=latest)
    except errors.InputError as error:
        found.complaints.append(pieces.Complaint(at, str(error)))
        return
    if checked.problem is not None:
        found.notes.append(pieces.Complaint(at, checked.problem))
    found.add(dict(checked.row))


def _lay_down(handed: Sequence[Mapping[str, Any]], folder: Path) -> dict[int, Path]:
    laid: dict[int, Path] = {}
    for at, piece in enumerate(handed):
        if piece["kind"] != "file":
            continue
        path = folder / _file_name(piece["name"])
        if path.exists():
            # Two files of one name, from two folders of the user's.
            path = folder / str(at) / path.name
            path.parent.mkdir()
        path.write_bytes(base64.b64decode(piece["data"]))
        laid[at] = path
    return laid


def _file_name(name: str) -> str:
    """Make the name of a file that a browser handed in one that no system takes for a path."""
    last = re.split(r"[/\\]", name)[-1]
    safe = _NOT_IN_NAMES.sub("_", last).strip(" .") or "text"
    stem, dot, suffix = safe.rpartition(".")
    if not dot:
        return safe[:_MAX_NAME]
    return f"{stem[:_MAX_NAME] or 'text'}.{suffix[:_MAX_NAME]}"


def _read_file(at: int, name: str, path: Path, found: HandedIn) -> None:
    try:
        was_read = read.read(path, skip_bad=True)
    except errors.LineageError as error:
        found.complaints.append(pieces.Complaint(at, str(error)))
        return
    _take(at, was_read, was_read.problems, len(was_read.articles), found)
    found.add_read(was_read, was_read.files.assign(file=name))


def _read_addresses(
    addresses: Mapping[str, int], found: HandedIn, private_hosts: Collection[str]
) -> None:
    try:
        was_read = read.read(list(addresses), skip_bad=True, private_hosts=private_hosts)
    except errors.LineageError as error:
        found.complaints += [pieces.Complaint(at, str(error)) for at in addresses.values()]
        return
    counts = dict(zip(was_read.files["file"], was_read.files["n_articles"], strict=True))
    for address, at in addresses.items():
        told = was_read.problems[was_read.problems["file"] == address]
        _take(at, was_read, told, int(counts.get(address, 0)), found)
    found.add_read(was_read, was_read.files)


def _take(
    at: int,
    was_read: read_result.ReadResult,
    problems: pd.DataFrame,
    n_articles: int,
    found: HandedIn,
) -> None:
    """Note what is wrong with a file or page; it is a complaint where nothing could be read."""
    said = [
        str(row["problem"]) if row["row"] is None else f"row {row['row']}: {row['problem']}"
        for row in tables.records(problems)
    ]
    if n_articles == 0:
        words = said[0] if said else "no text was found in it; paste the text instead"
        found.complaints.append(pieces.Complaint(at, words))
    else:
        found.notes += [pieces.Complaint(at, each) for each in said]
