"""Rows of CSV and TSV files: RFC 4180 with the separators and quotes that programs really write."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ... import errors
from .. import columns
from . import problems

_SEPARATORS = (",", ";", "\t", "|")

# The largest limit that a C long holds everywhere; the standard one, 131072, is below the
# length of a long report with its comments.
_MAX_FIELD = 2**31 - 1

# A header is looked for in so much of the file.
_HEADER_CHARS = 65_536

# Spreadsheets write this line to say how the file is separated.
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

# csv.field_size_limit is one number for the whole process.
_LIMIT_LOCK = threading.Lock()


@dataclass(frozen=True)
class Record:
    """One row of a table of articles.

    Attributes
    ----------
    row : int
        Row in the file as a person sees it: a header is row 1, blank rows count.
    values : mapping of str to object
        Column of the articles table to value as read.
    """

    row: int
    values: Mapping[str, Any]


def records(
    text: str,
    file: str,
    found: problems.Problems,
    *,
    separators: tuple[str, ...] = _SEPARATORS,
    need: str = "text",
) -> Iterator[Record]:
    """Read the rows of a delimited file.

    The separator is the one under which the header has the most columns of the articles table.

    Parameters
    ----------
    text : str
        The whole file.
    file : str
        Its name in messages.
    found : Problems
        Told of rows that cannot be read, and of a file without the column `need`.
    separators : tuple of str
        The separators it may have, the likeliest first.
    need : str
        Column without which the file is of no use.

    Yields
    ------
    Record
        Rows with at least one filled cell.

    Raises
    ------
    InputError
        Unless bad parts are skipped.
    """
    text, first_row, separators = _sep_line(text, separators)
    separator = max(separators, key=lambda char: len(columns.known(_header(text, char))))
    rows = _parse(text, separator)
    if separator == "\t" and any(isinstance(row, csv.Error) for row in rows):
        # Many TSV files know no quoting: a quotation mark is a letter like others there.
        rows = _parse(text, separator, quoting=csv.QUOTE_NONE)
    header = rows[0] if rows else []
    if isinstance(header, csv.Error):
        found.reject(errors.InputError(f"the header cannot be read: {header}"), file, first_row)
        return
    try:
        positions = columns.match(header, need)
    except errors.InputError as error:
        found.reject(error, file)
        return
    for number, cells in enumerate(rows[1:], start=first_row + 1):
        if isinstance(cells, csv.Error):
            found.reject(_broken(cells), file, number)
        elif any(cell for cell in cells[len(header) :]):
            found.reject(
                errors.InputError(
                    f"{len(cells)} cells under a header of {len(header)}; "
                    "put cells that hold the separator in double quotes"
                ),
                file,
                number,
            )
        elif any(cells):
            yield Record(
                number,
                {name: cells[at] for name, at in positions.items() if at < len(cells)},
            )


def _broken(error: csv.Error) -> errors.InputError:
    if "end of data" in str(error):
        return errors.InputError(
            "a double quote is opened and never closed, so that the rest of the file is lost; "
            "close it, or double it if it is part of the text"
        )
    return errors.InputError(f"not CSV: {error}; double the double quotes inside a cell")


def is_table(text: str) -> bool:
    """Tell whether a text without a file name is a delimited table of articles.

    Its first line must name the text and at least one more column of the articles table, and
    nothing else may stand in it but short names, as prose hardly ever does.
    """
    text, _, separators = _sep_line(text, _SEPARATORS)
    for separator in separators:
        header = _header(text, separator)
        known = columns.known(header)
        if "text" in known and len(known) > 1 and all(_is_name(name) for name in header):
            return True
    return False


def _is_name(cell: str) -> bool:
    return len(cell.split()) <= 3


def _sep_line(text: str, separators: tuple[str, ...]) -> tuple[str, int, tuple[str, ...]]:
    said = _SEP_LINE.match(text)
    if said is None:
        return text, 1, separators
    return text[said.end() :], 2, (said.group(1),)


def _header(text: str, separator: str) -> list[str]:
    lines = io.StringIO(text[:_HEADER_CHARS], newline="")
    try:
        with any_length():
            return next(csv.reader(lines, delimiter=separator, strict=True), [])
    except csv.Error:
        return []


def _parse(
    text: str, separator: str, quoting: int = csv.QUOTE_MINIMAL
) -> list[list[str] | csv.Error]:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, quoting=quoting, strict=True)  # type: ignore[arg-type]
    rows: list[list[str] | csv.Error] = []
    with any_length():
        while True:
            try:
                rows.append(next(reader))
            except csv.Error as error:
                rows.append(error)
            except StopIteration:
                return rows


@contextlib.contextmanager
def any_length() -> Iterator[None]:
    """Let the fields that the csv module reads have any length, for the length of a block."""
    with _LIMIT_LOCK:
        before = csv.field_size_limit(_MAX_FIELD)
        try:
            yield
        finally:
            csv.field_size_limit(before)
