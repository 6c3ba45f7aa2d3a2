"""The folder that holds a run: written beside its place and renamed into it, or not at all."""

from __future__ import annotations

import json
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from .. import config, errors, tables
from . import run_checks, tables_csv
from .writers import export

logger = logging.getLogger(__name__)

RUN_FILE = "run.json"
GRAPHML_FILE = "lineage.graphml"
DOT_FILE = "lineage.dot"
# What was fetched from the web, to be read again in its place; see `kept_pages`.
PAGES_FOLDER = "pages"

# The table without which a folder with a run.json is somebody else's.
_MAIN_TABLE = "articles"


@dataclass(frozen=True)
class RunFolder:
    """A run as read back.

    Attributes
    ----------
    frames : dict of str to DataFrame
        All tables of `tables.TABLES` by name, checked.
    run : dict
        What run.json holds, but for what it says of the files beside it.
    pages : dict of str to bytes
        File name to content: pages that were fetched from the web. Empty if there are none.
    """

    frames: dict[str, pd.DataFrame]
    run: dict[str, Any]
    pages: dict[str, bytes]


def is_run_folder(folder: Path) -> bool:
    """Tell whether a folder holds a run, by its run.json and its articles table."""
    return (folder / RUN_FILE).is_file() and (folder / f"{_MAIN_TABLE}.csv").is_file()


def check_target(folder: str | os.PathLike[str], *, overwrite: bool = False) -> None:
    """See to it that a run can be written to a folder, before the work is done.

    Parameters
    ----------
    folder : path
        Where the run shall be.
    overwrite : bool
        Whether a run that is there may be replaced.

    Raises
    ------
    UsageError
        If something is there that is no run, or a run that may not be replaced.
    """
    place = Path(folder)
    if not os.path.lexists(place):
        return
    if not place.is_dir():
        raise errors.UsageError(f"{place}: a file is in the way; name another folder")
    if is_run_folder(place):
        if not overwrite:
            first, last = f"{place}: holds a run already; replace it with", "or name another folder"
            raise errors.UsageError(
                f"{first} overwrite=True {last}", typed=f"{first} --overwrite {last}"
            )
    elif any(place.iterdir()):
        raise errors.UsageError(
            f"{place}: not empty and not a run of lineage, so it is left alone; name another folder"
        )


def write(
    folder: str | os.PathLike[str],
    frames: Mapping[str, pd.DataFrame],
    run: Mapping[str, Any],
    *,
    extras: Callable[[Path], None] | None = None,
    overwrite: bool = False,
    arrow: float = config.TraceConfig.arrow,
    pages: Mapping[str, bytes] | None = None,
) -> None:
    """Write a run: run.json, a CSV file a table, and the kept edges as GraphML and DOT.

    All is written into a hidden folder beside and renamed into place when it is complete; on any
    exception, an interruption too, what was there before is there again and nothing else.

    Parameters
    ----------
    folder : path
        Where the run shall be; folders above it are made.
    frames : mapping of str to DataFrame
        All tables of `tables.TABLES` by name.
    run : mapping
        What run.json shall hold.
    extras : callable, optional
        Called with the hidden folder when the tables are written, to add pictures and pages.
    overwrite : bool
        Replace a run that is there.
    arrow : float
        An edge with a smaller `p_direction` is drawn without an arrowhead.
    pages : mapping of str to bytes, optional
        Files of the folder `pages`, by name.

    Raises
    ------
    UsageError
        If the place is taken; see `check_target`.
    TableError
        If a table is missing or does not keep its rules.
    """
    check_target(folder, overwrite=overwrite)
    # Beside the folder itself, where the name is a link to it.
    place = Path(folder).resolve()
    beside = place.with_name(f".lineage-{secrets.token_hex(8)}.tmp")
    aside = place.with_name(f".lineage-{secrets.token_hex(8)}.tmp")
    try:
        _make(beside)
        _fill(beside, frames, run, arrow)
        for name, data in (pages or {}).items():
            (beside / PAGES_FOLDER).mkdir(exist_ok=True)
            (beside / PAGES_FOLDER / name).write_bytes(data)
        if extras is not None:
            extras(beside)
        # The work may have taken long enough for something else to take the place.
        check_target(place, overwrite=overwrite)
        if place.exists():
            place.rename(aside)
        beside.rename(place)
    except BaseException:
        if aside.exists() and not place.exists():
            aside.rename(place)
        raise
    finally:
        for left in (beside, aside):
            _remove(left)


def read(folder: str | os.PathLike[str]) -> RunFolder:
    """Read a run that `write` wrote.

    Parameters
    ----------
    folder : path
        The run.

    Returns
    -------
    RunFolder

    Raises
    ------
    InputError
        If a file is missing or damaged, was changed since, was written by a newer version, or
        says what cannot be; the message names it.
    TableError
        If a table has other columns or values than it should.
    """
    place = Path(folder)
    if not place.is_dir():
        raise errors.InputError(f"{place}: no such folder; name the folder of a run")
    path = place / RUN_FILE
    try:
        run = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise errors.InputError(f"{path}: the file is missing; is {place} a run?") from error
    except (OSError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise errors.InputError(f"{path}: cannot be read: {reason}") from error
    if not isinstance(run, dict):
        raise errors.InputError(f"{path}: not a JSON object; write the run again")
    run_checks.refuse_newer(run, path)
    run_checks.refuse_changed(run, place)
    frames = {name: tables_csv.read(place / f"{name}.csv", name) for name in tables.TABLES}
    run_checks.refuse_impossible(frames, place)
    kept = sorted((place / PAGES_FOLDER).glob("*"))
    pages = {each.name: each.read_bytes() for each in kept}
    return RunFolder(frames, run_checks.as_traced(run), pages)


def _make(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
    except OSError as error:
        raise errors.UsageError(
            f"{folder.parent}: cannot be written to: {error.strerror}; name another folder"
        ) from error


def _remove(folder: Path) -> None:
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except BaseException:
        # Interrupted while tidying up: what is left would stay for ever.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if folder.exists():
        logger.warning("%s: cannot be removed; remove it by hand", folder)


def _fill(
    folder: Path, frames: Mapping[str, pd.DataFrame], run: Mapping[str, Any], arrow: float
) -> None:
    lacking = [name for name in tables.TABLES if name not in frames]
    if lacking:
        raise errors.TableError(f"no table {', '.join(lacking)} to write")
    for name in tables.TABLES:
        checked = tables.check(name, frames[name])
        tables_csv.write(folder / f"{name}.csv", name, tables.sort(name, checked))
    edges = frames["edges"]
    drawn = export.graph(frames["articles"], edges[edges["status"] == "kept"])
    export.write_graphml(drawn, folder / GRAPHML_FILE)
    export.write_dot(drawn, folder / DOT_FILE, arrow=arrow)
    said = {**run, **run_checks.described(folder, frames)}
    (folder / RUN_FILE).write_bytes(export.dump(said).encode("utf-8"))
