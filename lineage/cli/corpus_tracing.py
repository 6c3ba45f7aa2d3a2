"""What `lineage trace --engine` does: a corpus traced on one machine or on a cluster."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import errors
from ..config import TraceConfig
from . import options

if TYPE_CHECKING:
    from ..engine.cluster.engines import CorpusRun

ENGINES = ("local", "spark")


def trace(
    paths: list[str],
    folder: str,
    settings: TraceConfig,
    *,
    engine: str,
    remote: str | None,
    jobs: int | None,
    memory: str | None,
    quiet: bool,
    reading: dict[str, Any],
) -> None:
    """Trace a corpus, and say what it came to.

    Parameters
    ----------
    paths : list of str
        Parquet as the engine sees it, or anything that `lineage.read` knows.
    folder : str
    settings : TraceConfig
    engine : str
        One of `ENGINES`.
    remote : str or None
        Address of Spark Connect.
    jobs : int or None
        Processes; one for each processor where left out.
    memory : str or None
        Limit of DuckDB.
    quiet : bool
    reading : dict
        Options of `options.read`.
    """
    from ..engine.cluster import cluster_settings, engines, spark_backend

    if engine not in ENGINES:
        raise errors.UsageError(f"trace --engine {engine}: one of {', '.join(ENGINES)}")
    if engine == "local":
        if remote is not None:
            raise errors.UsageError("trace --remote: it goes with --engine spark")
        limit = cluster_settings.MEMORY_LIMIT if memory is None else memory
        articles = _articles(paths, quiet, reading)
        workers = jobs if jobs is not None else os.cpu_count() or 1
        run = engines.LocalEngine(workers, limit).trace(articles, folder, settings)
    else:
        if remote is None:
            raise errors.UsageError("trace --engine spark: say where, --remote sc://HOST:15002")
        if jobs is not None or memory is not None:
            raise errors.UsageError("trace --jobs, --memory: they go with --engine local")
        articles = _articles(paths, quiet, reading)
        # It warns at every turn that it does not know pandas 3; the tests do.
        warnings.filterwarnings("ignore", module="pyspark")
        session = spark_backend.connect(remote)
        run = engines.SparkEngine(session).trace(articles, folder, settings)
    if not quiet:
        for line in summary(run):
            print(line)


def _articles(paths: list[str], quiet: bool, reading: dict[str, Any]) -> Any:
    """Leave Parquet to the engine; read here what is no Parquet."""
    if all(_is_left(path) for path in paths):
        return paths
    return options.read(paths, quiet=quiet, **reading).articles


def _is_left(path: str) -> bool:
    place = Path(path)
    if not place.exists():
        # In a store that only the cluster sees; or nowhere, and the engine says so.
        return not path.startswith(("http://", "https://")) and path != "-"
    if place.is_dir():
        return next(place.rglob("*.parquet"), None) is not None
    return place.suffix == ".parquet"


def summary(run: CorpusRun) -> Iterator[str]:
    """Tell a run in a few lines.

    Parameters
    ----------
    run : CorpusRun

    Yields
    ------
    str
    """
    counts = run.run["counts"]
    yield (
        f"{counts['articles']:,} articles, {counts['families']:,} families of "
        f"{counts['articles_in_families']:,} articles, {counts['edges']:,} edges"
    )
    if counts["left_out"]:
        yield f"left out: {counts['left_out']:,} rows; the table problems says why"
    for line in run.run["limits_hit"]:
        yield f"limit: {line}"
    yield f"tables: {run.folder}"
