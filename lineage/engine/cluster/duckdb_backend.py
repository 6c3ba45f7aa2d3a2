"""The stages on one machine: DuckDB for the joins, processes for the functions."""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import functools
import multiprocessing
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import errors
from ...io import columns
from . import cluster_settings, text_records
from .backend import FrameFunction, Loaded, Schema

if TYPE_CHECKING:
    import duckdb

_KINDS = {"TIMESTAMP": "TIMESTAMP WITH TIME ZONE"}
_TIME = "%Y-%m-%dT%H:%M:%S.%f"


class DuckdbBackend:
    """DuckDB in a file of its own, which spills under a memory limit.

    Parameters
    ----------
    folder : path
        Where the tables of the run go.
    work : path
        Where what is only needed on the way goes; removed in the end.
    jobs : int
        Processes for the functions; 1 runs them here.
    memory_limit : str
        Of DuckDB: ``"4GB"``.
    """

    name = "local"

    def __init__(
        self,
        folder: str | os.PathLike[str],
        work: str | os.PathLike[str],
        jobs: int = 1,
        memory_limit: str = cluster_settings.MEMORY_LIMIT,
    ) -> None:
        import duckdb

        self._folder, self._work = Path(folder), Path(work)
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True)
        try:
            self._data = duckdb.connect(
                str(self._work / "tables.duckdb"), config={"memory_limit": memory_limit}
            )
        except duckdb.Error as error:
            shutil.rmtree(self._work)
            with contextlib.suppress(OSError):
                self._folder.rmdir()
            raise errors.UsageError(f"memory limit {memory_limit!r}: {error}") from error
        self._error: type[Exception] = duckdb.Error
        self._data.execute("SET TimeZone = 'UTC'")
        self._data.execute(f"SET temp_directory = '{_quoted(str(self._work / 'spilled'))}'")
        self._jobs = jobs
        self._pool: concurrent.futures.Executor | None = None

    def load(self, table: str, source: Any) -> Loaded:
        """Take Parquet files or folders of them, by their places, or a frame of pandas."""
        if isinstance(source, pd.DataFrame):
            strings = text_records.as_strings(source)
            self.give(table, strings, dict.fromkeys(strings.columns, "STRING"))
            return Loaded(tuple(strings.columns), tuple(columns.unused(source.columns)))
        places = [source] if isinstance(source, str | os.PathLike) else list(source)
        listed = ", ".join(f"'{_quoted(_pattern(each))}'" for each in places)
        rows = f"read_parquet([{listed}], union_by_name = true, hive_partitioning = true)"
        try:
            described = self._ask(f"DESCRIBE SELECT * FROM {rows}")
        except self._error as error:
            raise errors.InputError(f"{places[0]}: {str(error).splitlines()[0]}") from error
        names, kinds = described["column_name"].tolist(), described["column_type"].tolist()
        found = columns.match(names)
        if "TIMESTAMP_NS" in kinds:
            kinds = self._with_zones(names, kinds, listed)
        chosen = ", ".join(
            f"{_as_string(names[position], kinds[position])} AS {column}"
            for column, position in found.items()
        )
        self._data.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {chosen} FROM {rows}")
        return Loaded(tuple(found), tuple(columns.unused(names)))

    def give(self, table: str, frame: pd.DataFrame, schema: Schema) -> None:
        """Make a small table of a frame."""
        self._create(table, schema)
        self._insert(self._data, table, frame, schema)

    def make(self, table: str, query: str) -> None:
        """Make a table of a query, and keep it."""
        self._data.execute(f"CREATE OR REPLACE TABLE {table} AS {query}")

    def map(self, table: str, query: str, function: FrameFunction, schema: Schema) -> None:
        """Make a table of what a function returns for the rows of a query."""
        self._create(table, schema)
        for made in self._run(function, self._chunks(query)):
            self._insert(self._data, table, made, schema)

    def apply(
        self,
        table: str,
        query: str,
        by: Sequence[str],
        function: FrameFunction,
        schema: Schema,
    ) -> None:
        """Make a table of what a function returns for the rows of each group of a query."""
        self._create(table, schema)
        listed = list(by)
        grouped = self._groups(f"SELECT * FROM ({query}) ORDER BY {', '.join(by)}", listed)
        for made in self._run(
            functools.partial(_each_group, function=function, by=listed), grouped
        ):
            self._insert(self._data, table, made, schema)

    def ask(self, query: str) -> pd.DataFrame:
        """Return the few rows of a query."""
        return self._ask(query)

    def drop(self, *tables: str) -> None:
        """Forget tables that are not needed any more."""
        for table in tables:
            self._data.execute(f"DROP TABLE IF EXISTS {table}")

    def write(self, name: str, query: str, function: FrameFunction, schema: Schema) -> None:
        """Write what a function returns for the rows of a query as a Parquet folder."""
        table = f"written_{name}"
        self.map(table, query, function, schema)
        place = self._folder / name
        place.mkdir(parents=True, exist_ok=True)
        self._data.execute(
            f"COPY (SELECT * FROM {table}) TO '{_quoted(str(place / 'part-0.parquet'))}' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
        self.drop(table)

    def close(self) -> None:
        """Remove what was only needed on the way."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._data.close()
        shutil.rmtree(self._work, ignore_errors=True)

    def _ask(self, query: str) -> pd.DataFrame:
        return self._data.execute(query).df()

    def _with_zones(self, names: list[str], kinds: list[str], listed: str) -> list[str]:
        """Give times in nanoseconds the zone that their files say, which DuckDB 1 leaves out."""
        said = self._ask(
            f"SELECT DISTINCT name FROM parquet_schema([{listed}]) "
            "WHERE CAST(logical_type AS VARCHAR) LIKE '%isAdjustedToUTC=1%'"
        )["name"].tolist()
        zoned = "TIMESTAMP WITH TIME ZONE"
        return [
            zoned if name in said and kind == "TIMESTAMP_NS" else kind
            for name, kind in zip(names, kinds, strict=True)
        ]

    def _create(self, table: str, schema: Schema) -> None:
        listed = ", ".join(f'"{name}" {_KINDS.get(kind, kind)}' for name, kind in schema.items())
        self._data.execute(f"CREATE OR REPLACE TABLE {table} ({listed})")

    def _insert(
        self, to: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, schema: Schema
    ) -> None:
        if len(frame) == 0:
            return
        to.register("new_rows", frame)
        listed = ", ".join(
            f'CAST("{name}" AS {_KINDS.get(kind, kind)})' for name, kind in schema.items()
        )
        to.execute(f"INSERT INTO {table} SELECT {listed} FROM new_rows")
        to.unregister("new_rows")

    def _chunks(self, query: str) -> Iterator[pd.DataFrame]:
        with contextlib.closing(self._data.cursor()) as reader:
            found = reader.execute(query)
            while True:
                chunk = found.fetch_df_chunk(cluster_settings.CHUNK_ROWS // 2_048)
                if len(chunk) == 0:
                    return
                yield chunk

    def _groups(self, query: str, by: list[str]) -> Iterator[pd.DataFrame]:
        """Frames of whole groups each."""
        left: pd.DataFrame | None = None
        for chunk in self._chunks(query):
            rows = chunk if left is None else pd.concat([left, chunk], ignore_index=True)
            is_last = (rows[by] == rows[by].iloc[-1]).all(axis=1)
            left = rows[is_last]
            if not is_last.all():
                yield rows[~is_last]
        if left is not None:
            yield left

    def _run(
        self, function: FrameFunction, frames: Iterator[pd.DataFrame]
    ) -> Iterator[pd.DataFrame]:
        """Run a function over frames; what comes first goes first, and few wait."""
        if self._jobs <= 1:
            yield from map(function, frames)
            return
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = concurrent.futures.ProcessPoolExecutor(self._jobs, mp_context=context)
        waiting: collections.deque[concurrent.futures.Future[pd.DataFrame]] = collections.deque()
        for frame in frames:
            waiting.append(self._pool.submit(function, frame))
            while len(waiting) > 2 * self._jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _each_group(frame: pd.DataFrame, function: FrameFunction, by: list[str]) -> pd.DataFrame:
    made = [function(rows) for _, rows in frame.groupby(by, sort=True)]
    return pd.concat([each for each in made if len(each) > 0] or made, ignore_index=True)


def _pattern(place: str | os.PathLike[str]) -> str:
    path = Path(place)
    return str(path / "**" / "*.parquet") if path.is_dir() else str(path)


def _quoted(value: str) -> str:
    return value.replace("'", "''")


def _as_string(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if kind.startswith(("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")):
        # Of one that is in UTC already, though its type does not say so, nothing changes.
        at = f"CAST(CAST({column} AS TIMESTAMP WITH TIME ZONE) AT TIME ZONE 'UTC' AS TIMESTAMP)"
        return f"strftime({at}, '{_TIME}') || 'Z'"
    if kind.startswith("TIMESTAMP"):
        return f"strftime({column}, '{_TIME}')"
    return column if kind == "VARCHAR" else f"CAST({column} AS VARCHAR)"
