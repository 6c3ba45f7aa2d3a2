"""The stages on Apache Spark or Sail, by Spark Connect's DataFrame API alone."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import socket
import sys
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import errors
from ...io import columns, extras
from . import backend, text_records
from .backend import FrameFunction, Loaded, Schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

logger = logging.getLogger(__name__)

# Times reach the functions without a zone, as those of the session; and Spark alone would write
# them in a form that says no zone either.
_SET = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}
# Fixed width, so that days sort as strings.
_TIME = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS"

_PORT, _WAIT_S = 15_002, 10.0
# With one of them set, connections do not go straight to the server.
_PROXIES = ("grpc_proxy", "https_proxy", "http_proxy")


class SparkBackend:
    """An engine behind Spark Connect.

    Every table is written as Parquet and read back: nothing is computed twice, and a lost worker
    costs one stage at most.

    Parameters
    ----------
    session : SparkSession
    folder : str
        Where the tables of the run go; a place that all workers see.
    work : str
        Where what is only needed on the way goes.
    """

    name = "spark"

    def __init__(self, session: SparkSession, folder: str, work: str) -> None:
        self._session, self._folder, self._work = session, folder.rstrip("/"), work.rstrip("/")
        self._tables: set[str] = set()
        self._before = {name: session.conf.get(name, None) for name in _SET}
        for name, value in _SET.items():
            session.conf.set(name, value)

    def load(self, table: str, source: Any) -> Loaded:
        """Take Parquet files, by their places, or a data frame of the session or of pandas."""
        if isinstance(source, pd.DataFrame):
            strings = text_records.as_strings(source)
            self.give(table, strings, dict.fromkeys(strings.columns, "STRING"))
            return Loaded(tuple(strings.columns), tuple(columns.unused(source.columns)))
        frame = source
        if isinstance(source, str | os.PathLike):
            frame = self._session.read.parquet(str(source))
        elif isinstance(source, list | tuple):
            frame = self._session.read.parquet(*map(str, source))
        with told("reading the input"):
            names, kinds = frame.columns, dict(frame.dtypes)
        if len(names) == 0:
            # Sail says nothing of a place where nothing is.
            raise errors.InputError(f"{source}: no Parquet files there, as the cluster sees it")
        found = columns.match(names)
        chosen = [
            _as_string(frame, names[position], kinds[names[position]]).alias(column)
            for column, position in found.items()
        ]
        self._show(table, frame.select(*chosen))
        return Loaded(tuple(found), tuple(columns.unused(names)))

    def give(self, table: str, frame: pd.DataFrame, schema: Schema) -> None:
        """Make a small table of a frame."""
        self._show(table, self._session.createDataFrame(frame[list(schema)], _ddl(schema)))

    def make(self, table: str, query: str) -> None:
        """Make a table of a query, and keep it."""
        self._keep(table, self._session.sql(query))

    def map(self, table: str, query: str, function: FrameFunction, schema: Schema) -> None:
        """Make a table of what a function returns for the rows of a query."""
        found = self._session.sql(query).mapInPandas(_each(function), _ddl(schema))
        self._keep(table, found)

    def apply(
        self,
        table: str,
        query: str,
        by: Sequence[str],
        function: FrameFunction,
        schema: Schema,
    ) -> None:
        """Make a table of what a function returns for the rows of each group of a query."""
        grouped = self._session.sql(query).groupBy(*by)
        self._keep(table, grouped.applyInPandas(_one(function), _ddl(schema)))

    def ask(self, query: str) -> pd.DataFrame:
        """Return the few rows of a query."""
        with told("counting"):
            return self._session.sql(query).toPandas()

    def drop(self, *tables: str) -> None:
        """Forget tables that are not needed any more."""
        for table in tables:
            self._session.catalog.dropTempView(table)
            self._tables.discard(table)
            if Path(self._work, table).is_dir():
                shutil.rmtree(Path(self._work, table), ignore_errors=True)

    def write(self, name: str, query: str, function: FrameFunction, schema: Schema) -> None:
        """Write what a function returns for the rows of a query as a Parquet folder."""
        found = self._session.sql(query).mapInPandas(_each(function), _ddl(schema))
        with told(f"writing {name}"):
            found.write.mode("overwrite").parquet(f"{self._folder}/{name}")

    def close(self) -> None:
        """Forget the tables; files on the way go where this machine can reach them."""
        for table in sorted(self._tables):
            self._session.catalog.dropTempView(table)
        for name, value in self._before.items():
            if value is None:
                self._session.conf.unset(name)
            else:
                self._session.conf.set(name, value)
        if Path(self._work).is_dir():
            shutil.rmtree(self._work, ignore_errors=True)

    def _keep(self, table: str, frame: DataFrame) -> None:
        place = f"{self._work}/{table}"
        with told(table.removeprefix(backend.PREFIX)):
            frame.write.mode("overwrite").parquet(place)
        # With its schema, since a table without rows may have no file to read it from.
        self._show(table, self._session.read.schema(frame.schema).parquet(place))
        logger.info("%s: written", table)

    def _show(self, table: str, frame: DataFrame) -> None:
        frame.createOrReplaceTempView(table)
        self._tables.add(table)


@contextlib.contextmanager
def told(doing: str) -> Iterator[None]:
    """Turn what Spark says of a failure into an error of this package, on one line."""
    from pyspark.errors import PySparkException

    # A session that does not go through Spark Connect, as in some notebooks, has no gRPC.
    grpc = sys.modules.get("grpc")
    kinds = (PySparkException,) if grpc is None else (PySparkException, grpc.RpcError)
    try:
        yield
    except kinds as error:
        said = [line.strip() for line in str(error).splitlines() if line.strip()]
        if any("No module named 'lineage'" in line for line in said):
            advice = "the workers lack this package: install article-lineage there, same version"
            raise errors.EngineError(f"spark, {doing}: {advice}") from error
        # Of a traceback of a worker the last line tells; of anything else the first.
        is_traceback = any(line.startswith("Traceback") for line in said)
        line = (said[-1] if is_traceback else said[0]) if said else type(error).__name__
        raise errors.EngineError(f"spark, {doing}: {line}") from error


def connect(remote: str) -> SparkSession:
    """Open a session of Spark Connect.

    Parameters
    ----------
    remote : str
        Its address, ``sc://host:15002``.

    Returns
    -------
    SparkSession

    Raises
    ------
    MissingExtraError
        If the extra ``spark`` is not installed.
    EngineError
        If nobody answers.
    """
    sql = extras.need("pyspark.sql", "spark", "tracing on Spark")
    _knock(remote)
    with told(f"opening {remote}"):
        session: SparkSession = sql.SparkSession.builder.remote(remote).getOrCreate()
        # Until something is asked nobody knows whether somebody answers.
        logger.info("%s: Spark %s", remote, session.version)
    return session


def _knock(remote: str) -> None:
    """See whether somebody listens: the client itself asks for ten minutes before it gives up."""
    address = urllib.parse.urlsplit(remote)
    try:
        host, port = address.hostname, address.port or _PORT
    except ValueError:
        host, port = None, _PORT
    if address.scheme != "sc" or host is None:
        raise errors.UsageError(f"{remote}: no address of Spark Connect, sc://HOST:{_PORT}")
    if any(os.environ.get(name) for name in _PROXIES):
        return
    try:
        socket.create_connection((host, port), timeout=_WAIT_S).close()
    except OSError as error:
        raise errors.EngineError(
            f"{remote}: nobody answers ({error}); is the server on?"
        ) from error


def _ddl(schema: Schema) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in schema.items())


def _as_string(frame: DataFrame, own: str, kind: str) -> Any:
    from pyspark.sql import functions

    column = frame[own]
    if kind == "timestamp":
        return functions.concat(functions.date_format(column, _TIME), functions.lit("Z"))
    if kind == "timestamp_ntz":
        return functions.date_format(column, _TIME)
    return column if kind == "string" else column.cast("string")


def _each(
    function: FrameFunction,
) -> Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]:
    def over(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for frame in frames:
            if len(frame) > 0:
                yield function(frame)

    return over


def _one(function: FrameFunction) -> Callable[[pd.DataFrame], pd.DataFrame]:
    # Spark looks at the signature, and a partial has none that it takes.
    def over(frame: pd.DataFrame) -> pd.DataFrame:
        return function(frame)

    return over
