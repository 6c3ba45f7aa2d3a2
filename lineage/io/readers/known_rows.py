"""A file of what is known beforehand: rows of a, b and what, as CSV or TSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from ... import errors
from ...graph import known_facts
from . import decode, delimited

_SEPARATORS = (",", ";", "\t")


def read(path: str | Path) -> pd.DataFrame:
    """Read such a file.

    Parameters
    ----------
    path : path
        With a header that names the columns ``a``, ``b`` and ``what``; other columns are
        left out.

    Returns
    -------
    DataFrame
        These columns as text, empty cells missing. The index is the row as a person sees
        it: the header is row 1, blank rows count and are left out.

    Raises
    ------
    InputError
        If it cannot be read or lacks a column; the file is named.
    """
    place = Path(path)
    try:
        text = decode.decode(place.read_bytes()).text
    except OSError as error:
        raise errors.InputError(f"{place}: {error.strerror or error}") from error
    except errors.InputError as error:
        raise type(error)(f"{place}: {error}") from error
    with delimited.any_length():
        try:
            rows = max((_cells(text, each) for each in _SEPARATORS), key=_n_known)
        except csv.Error as error:
            raise errors.InputError(f"{place}: not CSV: {error}") from error
    header = _header(rows)
    missing = [name for name in known_facts.COLUMNS if name not in header]
    if missing:
        raise errors.InputError(
            f"{place}: no column {', '.join(missing)}; its first row must name a, b and what"
        )
    at = [header.index(name) for name in known_facts.COLUMNS]
    kept = {
        number: [cells[k].strip() if k < len(cells) else "" for k in at]
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    }
    frame = pd.DataFrame.from_dict(kept, orient="index", columns=list(known_facts.COLUMNS))
    return frame.astype("string").replace("", pd.NA)


def _cells(text: str, separator: str) -> list[list[str]]:
    # A blank line is a row without cells, so that numbers stay those of the file.
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def _header(rows: list[list[str]]) -> list[str]:
    return [cell.strip().casefold() for cell in rows[0]] if rows else []


def _n_known(rows: list[list[str]]) -> int:
    return sum(name in known_facts.COLUMNS for name in _header(rows))
