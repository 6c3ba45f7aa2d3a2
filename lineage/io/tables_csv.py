"""The tables as CSV: RFC 4180, UTF-8, line feeds, exact in both directions.

A missing value is an empty cell. A spreadsheet would run a text that starts with ``=`` and its
like as a formula; such a cell gets an apostrophe in front, which spreadsheets take for "what
follows is text", and so does a text that could be mistaken for an escaped one. The empty text,
which would look like a missing one, is escaped the same way: a lone apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from .. import errors, tables
from .readers import delimited

# What spreadsheets take for the start of a formula (OWASP, "CSV Injection"): the four signs, also
# in full width, as East Asian editions read them, and tab and line ends, behind which some
# programs look for one. Blanks and marks of no width in front are looked through, as import
# dialogues trim them.
_RISKY = re.compile(r"'*(?:[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]|\Z)")

_QUOTED = re.compile(r'[",\r\n]')


def escape(text: str) -> str:
    """Make a text harmless in a spreadsheet.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text, with an apostrophe in front if a spreadsheet would run it, if it is empty, or if
        it looks like a text that has been escaped. `unescape` gives the text back.
    """
    return f"'{text}" if _RISKY.match(text) else text


def unescape(cell: str) -> str:
    """Undo `escape`.

    Parameters
    ----------
    cell : str
        What `escape` returned.

    Returns
    -------
    str
        What it was given.
    """
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def write(path: Path, name: str, frame: pd.DataFrame) -> None:
    """Write a table to a CSV file.

    Parameters
    ----------
    path : Path
        The file; what is there is replaced.
    name : str
        A key of `tables.TABLES`.
    frame : DataFrame
        That table; its rows are written in the order they have.

    Raises
    ------
    TableError
        If the frame does not keep the rules of the table, or a text in it cannot be written as
        UTF-8.
    """
    path.write_bytes(format_table(name, frame).encode("utf-8"))


def read(path: Path, name: str) -> pd.DataFrame:
    """Read a table from a CSV file that `write` wrote.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        A key of `tables.TABLES`.

    Returns
    -------
    DataFrame
        Checked, and sorted as the table says.

    Raises
    ------
    InputError
        If the file is not there or is not UTF-8.
    TableError
        If columns or values are not those of the table; the message names file and row.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise errors.InputError(f"{path}: the file is missing; write the run again") from error
    except OSError as error:
        raise errors.InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise errors.InputError(f"{path}: not UTF-8 at byte {error.start}") from error
    return parse_table(name, text, str(path))


def format_table(name: str, frame: pd.DataFrame) -> str:
    """Write a table as CSV text, with a header.

    Parameters
    ----------
    name : str
        A key of `tables.TABLES`.
    frame : DataFrame
        That table; its rows are written in the order they have.

    Returns
    -------
    str

    Raises
    ------
    TableError
        If the frame does not keep the rules of the table, or a text in it cannot be written as
        UTF-8.
    """
    tables.check(name, frame)
    columns = [_cells(name, column, frame[column]) for column in frame.columns]
    lines = [",".join(frame.columns), *map(",".join, zip(*columns, strict=True))]
    return "\n".join(lines) + "\n"


def parse_table(name: str, text: str, file: str) -> pd.DataFrame:
    """Read a table from CSV text.

    Parameters
    ----------
    name : str
        A key of `tables.TABLES`.
    text : str
        What `format_table` returned.
    file : str
        Where it is from, for messages.

    Returns
    -------
    DataFrame
        Checked, and sorted as the table says.

    Raises
    ------
    TableError
        If columns or values are not those of the table; the message names file and row.
    """
    expected = list(tables.empty(name).columns)
    rows = _rows(text, file)
    header = rows[0] if rows else []
    if sorted(header) != sorted(expected):
        lacking = [column for column in expected if column not in header]
        beyond = [column for column in header if column not in expected]
        wrong = f"lacks {', '.join(lacking)}" if lacking else f"has {', '.join(beyond)} too"
        raise errors.TableError(f"{file}: not the table {name}: {wrong}; write the run again")
    for number, cells in enumerate(rows[1:], start=2):
        if len(cells) != len(header):
            raise errors.TableError(
                f"{file}, row {number}: {len(cells)} cells under a header of {len(header)}"
            )
    data = {
        column: _values(name, column, [cells[at] for cells in rows[1:]], file)
        for at, column in enumerate(header)
    }
    try:
        return tables.check(name, tables.coerce(name, pd.DataFrame(data, dtype=object)))
    except errors.TableError as error:
        raise errors.TableError(f"{file}: {error}") from error


def _rows(text: str, file: str) -> list[list[str]]:
    rows: list[list[str]] = []
    with delimited.any_length():
        try:
            for cells in csv.reader(io.StringIO(text, newline=""), strict=True):
                rows.append(cells)
        except csv.Error as error:
            raise errors.TableError(f"{file}, row {len(rows) + 1}: not CSV: {error}") from error
    return rows


def _cells(name: str, column: str, values: pd.Series) -> list[str]:
    form = _FORMS[tables.TABLES[name].columns[column]][0]
    missing = values.isna().tolist()
    cells = [
        "" if gone else form(value)
        for value, gone in zip(values.astype(object).tolist(), missing, strict=True)
    ]
    for row, cell in enumerate(cells):
        try:
            cell.encode("utf-8")
        except UnicodeEncodeError as error:
            raise errors.TableError(
                f"table {name}, row {row}: {column} has half of a surrogate pair at character "
                f"{error.start}, which UTF-8 cannot hold; replace it"
            ) from error
    return cells


def _values(name: str, column: str, cells: list[str], file: str) -> list[Any]:
    parse = _FORMS[tables.TABLES[name].columns[column]][1]
    values = []
    for number, cell in enumerate(cells, start=2):
        try:
            values.append(None if cell == "" else parse(cell))
        except ValueError as error:
            raise errors.TableError(
                f"{file}, row {number}: {column} is {cell!r}, which does not fit the column"
            ) from error
    return values


def _text_cell(text: str) -> str:
    cell = escape(text)
    if _QUOTED.search(cell) is None:
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def iso_time(time: pd.Timestamp) -> str:
    """Write a time as ISO 8601 in UTC with a Z, to the nanosecond if it has them."""
    return time.tz_convert("UTC").isoformat().replace("+00:00", "Z")


def _truth(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(cell)
    return cell == "true"


# For each type of column, how a value is written and how it is read.
_FORMS: dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    "string": (_text_cell, unescape),
    "object": (_text_cell, unescape),
    "Int64": (lambda value: str(int(value)), int),
    "Float64": (lambda value: "" if value != value else repr(float(value)), float),
    "boolean": (lambda value: "true" if value else "false", _truth),
    "datetime64[ns, UTC]": (iso_time, pd.Timestamp),
}
