"""Where a run goes if nobody says where, and how it is opened."""

from __future__ import annotations

import datetime
import os
import re
import sys
from pathlib import Path
from urllib import parse

# Of a folder's name, which most file systems end at 255 bytes.
MAX_STEM = 60
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")


def stem(name: str, otherwise: str) -> str:
    """Make a part of a file's name that every system takes.

    Parameters
    ----------
    name : str
        Any words.
    otherwise : str
        Returned where nothing is left of them.

    Returns
    -------
    str
        Letters, digits, dots, hyphens and underscores; no device of Windows.

    Examples
    --------
    >>> from lineage.cli import run_places
    >>> run_places.stem("Is it true? / part 2", "article"), run_places.stem("CON", "article")
    ('Is-it-true-part-2', 'CON-')
    """
    kept = re.sub(r"[^\w.-]+", "-", name).strip(".-")[:MAX_STEM].rstrip(".-") or otherwise
    return f"{kept}-" if _DEVICES.match(kept.partition(".")[0]) else kept


def free_folder(paths: list[str], day: datetime.date, *, beside: Path | None = None) -> Path:
    """Name a run folder after what is traced, and never one that is there.

    Parameters
    ----------
    paths : list of str
        As typed: files, folders, addresses, ``-``.
    day : date
    beside : Path, optional
        Where it is to be; the current folder, if not given.

    Returns
    -------
    Path
        ``lineage-wire-2026-11-27``; ``-2`` and so on behind it where that is taken.
    """
    first = paths[0]
    if first == "-":
        said = "pasted"
    elif "://" in first:
        said = parse.urlsplit(first).hostname or "web"
    else:
        said = Path(os.path.abspath(first)).stem
    name = f"lineage-{stem(said, 'texts')}-{day.isoformat()}"
    folder = (beside or Path()) / name
    number = 2
    while os.path.lexists(folder):
        folder, number = folder.with_name(f"{name}-{number}"), number + 1
    return folder


def open_page(page: Path) -> None:
    """Show a page in the browser, or say that there is none.

    Parameters
    ----------
    page : Path
    """
    import webbrowser

    if not webbrowser.open(page.resolve().as_uri()):
        print(f"lineage: no browser can be opened here; open {page} in one", file=sys.stderr)
