"""Which files to read: named ones, those of a folder, and what is passed over there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ... import errors
from .. import run_folder
from ..web import fetching, kept_pages
from . import file_bytes, formats, metadata, problems

STANDARD_INPUT = "-"

# So many files of unknown type are named when a folder has no others.
_MAX_NAMED = 3


@dataclass(frozen=True)
class Source:
    """One file to read.

    Attributes
    ----------
    path : Path or None
        Where it is; None for standard input and for what is fetched from the web.
    shown : str
        As the user knows it.
    relative : str
        Within the folder that was named, with forward slashes; the name of a file that was
        named itself.
    kind : str or None
        That of one of the `formats`, "metadata", or None where the content has to tell.
    folder : Path or None
        The folder that was named and that this was found in; None for a file that was named.
    address : str or None
        The web address that was named.
    """

    path: Path | None
    shown: str
    relative: str
    kind: str | None
    folder: Path | None = None
    address: str | None = None


def find(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]], found: problems.Problems
) -> list[Source]:
    """List the files that the paths stand for.

    Files come as named, those of a folder sorted by their path in it; a file that is reached
    twice is listed once. In a folder, all depths are read; hidden files and folders are passed
    over, and these are passed over and noted: files of unknown type, a README, and folders that
    hold a run of this program. A file that is named is never passed over.

    Parameters
    ----------
    paths : path or sequence of paths
        Files, folders, web addresses, "-" for standard input.
    found : Problems
        Told of paths that do not exist and of what is passed over.

    Returns
    -------
    list of Source

    Raises
    ------
    UsageError
        If no path is given.
    InputError
        If a path does not exist or a folder has nothing to read, unless bad parts are skipped.
    """
    named = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    if not named:
        raise errors.UsageError("no input given; name files or folders, or - for standard input")
    sources: list[Source] = []
    for item in named:
        try:
            sources += _of_path(os.fspath(item), found)
        except errors.InputError as error:
            found.reject(error, _clean(os.fspath(item)))
    return _once(sources)


def _of_path(item: str, found: problems.Problems) -> list[Source]:
    if item == STANDARD_INPUT:
        return [Source(None, "standard input", "stdin", None)]
    if fetching.is_address(item):
        url = fetching.check(item)
        return [Source(None, _clean(item), kept_pages.name_of(url), None, address=url)]
    path = Path(item)
    if path.is_dir():
        return _of_folder(path, found)
    if not path.exists():
        raise errors.InputError("no such file or folder; correct the path")
    other = file_bytes.what_else(path)
    if other is not None:
        raise errors.InputError(f"{other}, not a file; save what it gives as a file")
    suffix = path.suffix.lower()
    if suffix and formats.by_suffix(suffix) is None:
        known = ", ".join(formats.suffixes())
        raise errors.InputError(f"files of type {suffix} are not read; there are {known}")
    return [Source(path, _clean(item), _clean(path.name), _kind(path))]


def _of_folder(folder: Path, found: problems.Problems) -> list[Source]:
    if run_folder.is_run_folder(folder):
        raise errors.InputError("the result of a run, not texts; name the folder of the texts")
    sources: list[Source] = []
    unknown: list[Source] = []
    for path in _walk(folder, found):
        source = _found(path, folder)
        if source.kind is None:
            unknown.append(source)
        else:
            sources.append(source)
    if not any(source.kind != "metadata" for source in sources):
        names = ", ".join(source.relative for source in unknown[:_MAX_NAMED])
        more = ", ..." if len(unknown) > _MAX_NAMED else ""
        there = f"; there are only {names}{more}" if unknown else ""
        raise errors.InputError(f"nothing to read in this folder{there}")
    for source in unknown:
        found.note(_why_not(source), source.shown)
    return sources


def _walk(folder: Path, found: problems.Problems) -> list[Path]:
    files: list[Path] = []

    def unreadable(error: OSError) -> None:
        reason = errors.InputError(f"cannot be listed: {error.strerror}")
        found.reject(reason, _clean(str(error.filename)))

    for top, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(top)
        for name in list(folders):
            if name.startswith("."):
                folders.remove(name)
            elif run_folder.is_run_folder(here / name):
                folders.remove(name)
                found.note("not read: the result of a run", _clean(str(here / name)))
            elif (here / name).is_symlink():
                found.note(
                    "not read: a link to a folder; name it on its own", _clean(str(here / name))
                )
        for name in names:
            if name.startswith("."):
                continue
            why_not = _why_no_file(here / name, folder)
            if why_not is None:
                files.append(here / name)
            else:
                found.note(f"not read: {why_not}", _clean(str(here / name)))
    return sorted(files, key=lambda path: path.relative_to(folder).as_posix())


def _why_no_file(path: Path, folder: Path) -> str | None:
    """Say why an entry of a folder is not read, whatever its name; None if it may be."""
    try:
        other = file_bytes.what_else(path)
    except OSError:
        # A link to nowhere is told where it is opened.
        return None
    if other is not None:
        return f"{other}, not a file"
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        return "a link that leaves the folder; name it on its own"
    return None


def _found(path: Path, folder: Path) -> Source:
    kind = _kind(path)
    if path.name.lower() == metadata.NAME:
        kind = "metadata"
    elif _is_readme(path):
        kind = None
    relative = path.relative_to(folder).as_posix()
    return Source(path, _clean(str(path)), _clean(relative), kind, folder)


def _kind(path: Path) -> str | None:
    known = formats.by_suffix(path.suffix)
    return None if known is None else known.kind


def _clean(name: str) -> str:
    """Make a file name fit for ids, tables and messages, which are UTF-8 on one line."""
    valid = os.fsencode(name).decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in valid)


def _why_not(source: Source) -> str:
    path = PurePath(source.relative)
    if _is_readme(path):
        return "not read: a README; name it on its own if it is an article"
    if not path.suffix:
        return "not read: no file type; name it on its own, or call it .txt"
    return f"not read: files of type {path.suffix.lower()}; save its text as .txt"


def _is_readme(path: PurePath) -> bool:
    return path.stem.lower() == "readme"


def _once(sources: list[Source]) -> list[Source]:
    seen: dict[object, Source] = {}
    for source in sources:
        place = source.address or STANDARD_INPUT
        if source.path is not None:
            place = os.path.realpath(source.path)
        seen.setdefault(place, source)
    return list(seen.values())
