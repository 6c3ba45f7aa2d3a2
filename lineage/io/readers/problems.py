"""What is wrong with an input: raised at once, or collected when bad parts are skipped."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ... import errors

logger = logging.getLogger(__name__)

COLUMNS = {"file": "string", "row": "Int64", "problem": "string"}


@dataclass(frozen=True)
class Problem:
    """One part of the input that was not read.

    Attributes
    ----------
    file : str
        The file as the user knows it.
    row : int or None
        Row in that file as a person sees it (a header is row 1); None for the whole file.
    problem : str
        What is wrong and what to do about it.
    """

    file: str
    row: int | None
    problem: str


class Problems:
    """The problems of one reading.

    Parameters
    ----------
    skip_bad : bool
        Collect problems (True) or raise the first one (False).
    """

    def __init__(self, *, skip_bad: bool) -> None:
        self.skip_bad = skip_bad
        self.items: list[Problem] = []

    def reject(
        self, error: errors.InputError | errors.MissingExtraError, file: str, row: int | None = None
    ) -> None:
        """Leave a part of the input out because of `error`, or raise it with its place.

        Raises
        ------
        InputError or MissingExtraError
            Of the class of `error`, unless bad parts are skipped.
        """
        if not self.skip_bad:
            where = place(file, row)
            raise type(error)(
                f"{where}: {error} (skip_bad=True goes on without)",
                typed=f"{where}: {error.for_command_line} (--skip-bad goes on without)",
            ) from error
        self.note(str(error), file, row)

    def note(self, problem: str, file: str, row: int | None = None) -> None:
        """List a part that is not read and that is no reason to stop either."""
        logger.info("%s: %s", place(file, row), problem)
        self.items.append(Problem(file, row, problem))

    def frame(self) -> pd.DataFrame:
        """Return the problems in the order they were met: columns file, row, problem."""
        return frame(self.items, COLUMNS)


def frame(items: Sequence[object], columns: dict[str, str]) -> pd.DataFrame:
    """Make a frame from objects that have an attribute for each column.

    Parameters
    ----------
    items : sequence of objects
        One a row.
    columns : dict of str to str
        Column name, which is the attribute's name, to pandas dtype.

    Returns
    -------
    DataFrame of shape (n_items, n_columns)
    """
    data = {
        name: pd.Series([getattr(item, name) for item in items], dtype=dtype)
        for name, dtype in columns.items()
    }
    return pd.DataFrame(data, columns=list(columns))


def place(file: str, row: int | None = None) -> str:
    """Say where: the file, and the row if there is one, on one line."""
    shown = file if file.isprintable() else ascii(file)
    return shown if row is None else f"{shown}, row {row}"
