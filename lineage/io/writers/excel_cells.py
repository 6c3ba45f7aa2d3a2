"""What Excel asks of a cell and of a CSV file: at most 32,767 characters, and a mark of UTF-8."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from .. import tables_csv
from . import attribution_exports

# Excel counts in UTF-16, where an emoji is two. In a CSV file it puts what is longer into the
# next row, and into all rows after it.
MAX_CELL = 32_767
# By which Excel knows UTF-8; without, it reads the letters of the system's own language.
MARK = b"\xef\xbb\xbf"

_CUT = " … (cut: more than a cell can hold)"


def cut(text: str, most: int = MAX_CELL) -> str:
    """Shorten a text to what a cell can hold, and say so in it.

    Parameters
    ----------
    text : str
    most : int
        In units of UTF-16, as Excel counts.

    Returns
    -------
    str
    """
    if 2 * len(text) <= most or len(_units(text)) <= 2 * most:
        return text
    room = 2 * (most - len(_CUT))
    # Half of a surrogate pair at the end is dropped.
    return _units(text)[:room].decode("utf-16-le", "ignore") + _CUT


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def to_csv(frame: pd.DataFrame) -> bytes:
    """Write any frame as CSV for Excel: with the mark of UTF-8, no cell too long.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    bytes
    """
    return MARK + attribution_exports.to_csv(_cut_cells(frame))


def write_csv(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write the tables of a run as CSV for Excel into a folder, which is made if need be.

    They are for reading: a text that was cut no longer has the words that other tables point at.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Tables by name.
    folder : Path
        Files of the same names in it are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        written = tables_csv.format_table(name, _cut_cells(frame))
        (folder / f"{name}.csv").write_bytes(MARK + written.encode("utf-8"))


def _cut_cells(frame: pd.DataFrame) -> pd.DataFrame:
    # An apostrophe may come in front of a cell, see `tables_csv.escape`.
    made = frame.copy()
    for name in frame.columns:
        if frame[name].dtype == "string":
            shown = frame[name].map(lambda text: cut(text, MAX_CELL - 1), na_action="ignore")
            made[name] = shown.astype("string")
    return made
