"""Engines that trace a corpus: what users see of this room."""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import __version__, errors
from ...config import TraceConfig
from . import (
    candidate_joins,
    cluster_settings,
    corpus_steps,
    duckdb_backend,
    family_joins,
    spark_backend,
    star_pairs,
)
from .backend import PREFIX as T
from .backend import Backend

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

logger = logging.getLogger(__name__)

RUN_FILE = "run.json"
_WORK = "work"
_OWN = (*corpus_steps.WRITTEN, _WORK)


@dataclass(frozen=True)
class CorpusRun:
    """What a corpus came to.

    Attributes
    ----------
    folder : str
        Where the tables are, a folder of Parquet files each.
    run : dict
        What run.json holds: version, settings, counts, limits that were hit.

    Examples
    --------
    >>> import lineage
    >>> corpus = lineage.read("data/harbour-crane/articles").articles
    >>> settings = lineage.TraceConfig(encoder="lexical")
    >>> run = lineage.LocalEngine().trace(corpus, "one-more-run", settings)
    >>> run.run["counts"]["articles_in_families"], run.run["limits_hit"]
    (5, [])
    """

    folder: str
    run: dict[str, Any]

    def __repr__(self) -> str:
        counts = self.run["counts"]
        return (
            f"<CorpusRun {self.folder}: {counts['articles']:,} articles, "
            f"{counts['families']:,} families, {counts['edges']:,} edges>"
        )


class SparkEngine:
    """Traces a corpus on Apache Spark, or on Sail, through Spark Connect.

    Needs the extra ``spark``; the workers need this package in the same version.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
        A Spark Connect session.

    Examples
    --------
    Sail in this process stands in for a cluster here:

    >>> import lineage
    >>> from pyspark.sql import SparkSession
    >>> from pysail.spark import SparkConnectServer
    >>> server = SparkConnectServer()
    >>> server.start()
    >>> host, port = server.listening_address
    >>> session = SparkSession.builder.remote(f"sc://{host}:{port}").getOrCreate()
    >>> corpus = lineage.read("data/harbour-crane/articles").articles
    >>> settings = lineage.TraceConfig(encoder="lexical")
    >>> lineage.SparkEngine(session).trace(corpus, "another-run", settings)
    <CorpusRun another-run: 8 articles, 1 families, 6 edges>
    >>> session.stop()
    >>> server.stop()
    """

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def trace(
        self,
        articles: str | Sequence[str] | DataFrame | pd.DataFrame,
        folder: str | os.PathLike[str],
        config: TraceConfig | None = None,
    ) -> CorpusRun:
        """Trace all families of a corpus.

        Parameters
        ----------
        articles : path, sequence of paths, or DataFrame
            Parquet files or folders of them, as the cluster sees them; or a frame of the
            session, or of pandas. Columns as `lineage.read` takes them; one must be the text.
        folder : path
            Where the tables go, as the cluster sees it.
        config : TraceConfig, optional

        Returns
        -------
        CorpusRun

        Raises
        ------
        InputError
            If the columns do not fit.
        NothingToTraceError
            If there are fewer than two articles.
        """
        place = os.fspath(folder)
        _check_target(place)
        engine = spark_backend.SparkBackend(self._session, place, f"{place.rstrip('/')}/{_WORK}")
        return _trace(engine, articles, place, config)


class LocalEngine:
    """Traces a corpus on one machine: the same stages over DuckDB, in processes.

    Parameters
    ----------
    jobs : int
        Processes. With more than one, a script needs ``if __name__ == "__main__":``.
    memory_limit : str
        Of DuckDB; what needs more is spilled to disk. Each process takes some 400 MB beside.

    Examples
    --------
    >>> import lineage
    >>> corpus = lineage.read("data/harbour-crane/articles").articles
    >>> settings = lineage.TraceConfig(encoder="lexical")
    >>> lineage.LocalEngine().trace(corpus, "corpus-run", settings)
    <CorpusRun corpus-run: 8 articles, 1 families, 6 edges>
    """

    def __init__(self, jobs: int = 1, memory_limit: str = cluster_settings.MEMORY_LIMIT) -> None:
        if jobs < 1:
            raise errors.UsageError(f"jobs: {jobs} is not a number from 1")
        self._jobs, self._memory_limit = jobs, memory_limit

    def trace(
        self,
        articles: str | os.PathLike[str] | Sequence[str] | pd.DataFrame,
        folder: str | os.PathLike[str],
        config: TraceConfig | None = None,
    ) -> CorpusRun:
        """Trace all families of a corpus; see `SparkEngine.trace`.

        Parameters
        ----------
        articles : path, sequence of paths, or DataFrame
        folder : path
        config : TraceConfig, optional

        Returns
        -------
        CorpusRun
        """
        place = os.fspath(folder)
        _check_target(place)
        engine = duckdb_backend.DuckdbBackend(
            place, Path(place) / _WORK, self._jobs, self._memory_limit
        )
        return _trace(engine, articles, place, config)


def _check_target(place: str) -> None:
    """Refuse a folder of something else, where this machine can see it; clear a half run.

    A run that was killed has no run.json, and nothing but tables.
    """
    path = Path(place)
    held = {each.name for each in path.iterdir()} if path.is_dir() else set()
    if path.is_file() or held - set(_OWN):
        raise errors.UsageError(f"{place}: not empty, so it is left alone; name another folder")
    _clear(path)


def _clear(path: Path) -> None:
    """Remove the tables of a run that was not finished, where this machine can see them."""
    for name in _OWN:
        shutil.rmtree(path / name, ignore_errors=True)
    with contextlib.suppress(OSError):
        path.rmdir()


def _trace(engine: Backend, articles: Any, place: str, config: TraceConfig | None) -> CorpusRun:
    settings = config if config is not None else TraceConfig()
    try:
        loaded = engine.load(f"{T}supplied", articles)
        counts = corpus_steps.articles(engine)
        if counts["articles"] < 2:
            raise errors.NothingToTraceError(
                f"{counts['articles']} article to trace: two or more are needed; add texts"
            )
        found = candidate_joins.find(engine)
        engine.apply(
            f"{T}weighed",
            f"SELECT * FROM {T}blocks",
            ("block", "chunk"),
            functools.partial(star_pairs.weigh, n_texts=found.n_texts),
            star_pairs.PAIRS,
        )
        # Of a pair that was weighed from both sides what speaks for it more.
        engine.make(
            f"{T}pairs",
            "SELECT one, other, max(nats) AS nats, max(p_link) AS p_link, max(odds) AS odds, "
            f"max(run_words) AS run_words FROM {T}weighed GROUP BY one, other",
        )
        limits = [*found.limits, *family_joins.find(engine)]
        limits += corpus_steps.trace(engine, settings)
        written = corpus_steps.write(engine)
    except BaseException:
        engine.close()
        _clear(Path(place))
        raise
    engine.close()
    run = {
        "lineage": __version__,
        "engine": engine.name,
        "config": settings.to_dict(),
        "counts": counts | {"texts": found.n_texts, "candidates": found.n_candidates} | written,
        "columns": list(loaded.columns),
        "columns_not_used": list(loaded.unused),
        "limits_hit": limits,
    }
    if Path(place).is_dir():
        text = json.dumps(run, indent=2, ensure_ascii=False) + "\n"
        (Path(place) / RUN_FILE).write_text(text, encoding="utf-8")
    return CorpusRun(place, run)
