"""What an engine has to do: tables by name, queries, and functions over frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

# Column to its SQL type: BIGINT, INT, DOUBLE, BOOLEAN, STRING or TIMESTAMP (UTC).
Schema = Mapping[str, str]
FrameFunction = Callable[[pd.DataFrame], pd.DataFrame]

# All tables of a run have names that begin so: a session may have tables of its own.
PREFIX = "lineage_"


@dataclass(frozen=True)
class Loaded:
    """What was found in an input.

    Attributes
    ----------
    columns : tuple of str
        Columns of the articles table that it has.
    unused : tuple of str
        Columns that are nothing to the articles table.
    """

    columns: tuple[str, ...]
    unused: tuple[str, ...]


class Backend(Protocol):
    """An engine that runs the stages; tables are called by their names in SQL.

    The SQL is what DuckDB, Spark and Sail understand alike: whole numbers, strings, joins, sums,
    windows. No fraction is summed, since its last digit would hang on the order of the rows.
    """

    name: str

    def load(self, table: str, source: Any) -> Loaded:
        """Take an input as a table: columns of `columns.SUPPLIED`, all of them strings."""
        ...

    def give(self, table: str, frame: pd.DataFrame, schema: Schema) -> None:
        """Make a small table of a frame."""
        ...

    def make(self, table: str, query: str) -> None:
        """Make a table of a query, and keep it."""
        ...

    def map(self, table: str, query: str, function: FrameFunction, schema: Schema) -> None:
        """Make a table of what a function returns for the rows of a query, in any portions."""
        ...

    def apply(
        self,
        table: str,
        query: str,
        by: Sequence[str],
        function: FrameFunction,
        schema: Schema,
    ) -> None:
        """Make a table of what a function returns for the rows of each group of a query."""
        ...

    def ask(self, query: str) -> pd.DataFrame:
        """Return the few rows of a query."""
        ...

    def drop(self, *tables: str) -> None:
        """Forget tables that are not needed any more."""
        ...

    def write(self, name: str, query: str, function: FrameFunction, schema: Schema) -> None:
        """Write what a function returns for the rows of a query as the Parquet folder `name`."""
        ...

    def close(self) -> None:
        """Put away what was only needed on the way."""
        ...
