"""The file archive.json: which files make up an archive, replaced as a whole or not at all."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ... import __version__, errors
from ...match import word_runs

NAME = "archive.json"
FORMAT = "lineage archive"
# Counted up when what is on disk changes its meaning; `_MIGRATE` then knows the way from the one
# before.
VERSION = 1
# Version of an older format to what turns its values into those of the next one.
_MIGRATE: Mapping[int, Any] = {}


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table.

    Attributes
    ----------
    file : str
        Its name in the folder ``parts``.
    rows : int
    first, last : int
        Smallest and largest ``text_no`` in it.
    """

    file: str
    rows: int
    first: int
    last: int


@dataclass(frozen=True)
class Old:
    """A file that newer ones replaced, kept for readers that began before.

    Attributes
    ----------
    file : str
    since : float
        Seconds since 1970.
    """

    file: str
    since: float


@dataclass(frozen=True)
class Manifest:
    """What an archive is made of.

    Attributes
    ----------
    generation : int
        Counts the changes.
    next_text : int
        Number of the next text.
    parts : mapping of str to tuple of Part
        By table.
    old : tuple of Old
    unindexed : tuple of int
        Texts that were removed, and perhaps not yet from the index.
    marks : int
        `word_runs.VERSION` of what the index holds.
    stories_until : int
        Texts with smaller numbers have been put into stories.
    """

    generation: int = 0
    next_text: int = 1
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    old: tuple[Old, ...] = ()
    unindexed: tuple[int, ...] = ()
    marks: int = word_runs.VERSION
    stories_until: int = 1

    def rows(self, table: str) -> int:
        """Count the rows of a table."""
        return sum(each.rows for each in self.parts.get(table, ()))


def is_archive(folder: Path) -> bool:
    """Tell whether a folder holds an archive."""
    return (folder / NAME).is_file()


def read(folder: Path) -> Manifest:
    """Read what an archive is made of.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Manifest

    Raises
    ------
    ArchiveError
        If there is no archive, it is damaged, or its format is newer than this program.
    """
    path = folder / NAME
    try:
        values = json.loads(path.read_bytes())
    except FileNotFoundError:
        what = "no such folder" if not folder.exists() else "not an archive of lineage"
        raise errors.ArchiveError(
            f"{folder}: {what}; make one with lineage archive add {folder} TEXTS"
        ) from None
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise errors.ArchiveError(f"{path}: cannot be read: {reason}") from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise errors.ArchiveError(f"{path}: not an archive of lineage; name another folder")
    version = values.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise errors.ArchiveError(
            f"{folder}: format {version}, made by lineage {values.get('lineage')}; lineage "
            f"{__version__} reads formats up to {VERSION}: install a newer lineage"
        )
    while version < VERSION:
        values = _MIGRATE[version](values)
        version += 1
    try:
        return _from_dict(values)
    except (KeyError, TypeError) as error:
        raise errors.ArchiveError(f"{path}: damaged: {error}; restore it from a copy") from error


def write(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the one before; after a power cut it is the old or the new."""
    values = {"format": FORMAT, "version": VERSION, "lineage": __version__}
    values |= dataclasses.asdict(manifest)
    beside = folder / f"{NAME}.tmp"
    try:
        with beside.open("wb") as stream:
            stream.write(json.dumps(values, indent=1).encode())
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(folder / NAME)
    except OSError as error:
        raise errors.ArchiveError(
            f"{folder / NAME}: cannot be written: {error.strerror}; what was reported as stored "
            "is there, and adding the same again goes on from it"
        ) from error
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """See to it that names in a folder outlast a power cut, where the system can do so."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _from_dict(values: Mapping[str, Any]) -> Manifest:
    parts = {
        table: tuple(Part(**each) for each in listed) for table, listed in values["parts"].items()
    }
    return Manifest(
        generation=values["generation"],
        next_text=values["next_text"],
        parts=parts,
        old=tuple(Old(**each) for each in values["old"]),
        unindexed=tuple(values["unindexed"]),
        marks=values["marks"],
        stories_until=values["stories_until"],
    )
