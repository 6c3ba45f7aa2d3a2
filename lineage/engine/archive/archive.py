"""An archive of texts on disk: made, added to, asked what it has."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import errors
from ...io.readers import problems, sources
from ...match import word_runs
from . import archive_settings, intake, manifest, parts, word_index, writer_lock
from .manifest import Manifest

if TYPE_CHECKING:
    from ...config import TraceConfig
    from . import lookup, removal

Told = Callable[[intake.Added], None]


class Archive:
    """A corpus on disk.

    Any number of processes may read it while one writes. What was stored is there whatever
    happens to the process that stores more.

    Parameters
    ----------
    folder : path
        Where it is.
    create : bool
        Make an empty one if nothing is there.

    Raises
    ------
    ArchiveError
        If it is missing, damaged, or of a newer format.

    Examples
    --------
    >>> import lineage
    >>> archive = lineage.Archive("my-archive", create=True)
    >>> added = archive.add("data/harbour-crane/articles")
    >>> added.n_articles, added.n_there
    (8, 0)
    >>> archive.add("data/harbour-crane/articles").n_there
    8
    """

    def __init__(self, folder: str | os.PathLike[str], *, create: bool = False) -> None:
        self.folder = Path(folder)
        if create and not manifest.is_archive(self.folder):
            self._create()
        self._tables = parts.Tables(self.folder, manifest.read(self.folder))
        self._index = word_index.WordIndex(self.folder)
        self._is_writing = False
        self._complete_if_free()

    def __repr__(self) -> str:
        state = self.state
        n = f"{state.rows('articles'):,} articles, {state.rows('texts'):,} texts"
        return f"<Archive {self.folder}: {n}>"

    @property
    def state(self) -> Manifest:
        """What the archive is made of, as it was last looked at."""
        return self._tables.state

    @property
    def tables(self) -> parts.Tables:
        """Its tables, as they are now."""
        self._refresh()
        return self._tables

    @property
    def index(self) -> word_index.WordIndex:
        """Its index, as it is now."""
        self._refresh()
        return self._index

    def add(
        self,
        paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
        *,
        skip_bad: bool = False,
        told: Told | None = None,
        **reading: Any,
    ) -> intake.Added:
        """Add what is read from files, folders, addresses or standard input.

        Parameters
        ----------
        paths : path or sequence of paths
            As for `lineage.read`.
        skip_bad : bool
            Leave out what cannot be used.
        told : callable, optional
            Called after each batch with the counts so far: what they count is on disk.
        **reading
            ``stdin``, ``divider``, ``private_hosts``, ``limits``, as for `lineage.read`.

        Returns
        -------
        Added

        Raises
        ------
        InputError
            If something cannot be used, unless `skip_bad`; what came before it is stored.
        ArchiveError
            If another process writes, or the disk is full.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> archive.add("data/harbour-crane/articles").n_read
        8
        """
        from ...io.readers import stream

        found = stream.Stream(paths, skip_bad=skip_bad, **reading)
        return self.add_articles(found, told=told, wrong=found.problems)

    def add_articles(
        self,
        articles: Iterable[sources.Article],
        *,
        told: Told | None = None,
        wrong: problems.Problems | None = None,
        doing: str = "add",
    ) -> intake.Added:
        """Add articles as readers yield them; see `add`.

        Parameters
        ----------
        articles : iterable of Article
            Taken batch by batch.
        told : callable, optional
        wrong : Problems, optional
            Of what cannot be stored.
        doing : str
            What for, as other writers are told.

        Returns
        -------
        Added
        """
        notes = problems.Problems(skip_bad=True) if wrong is None else wrong
        total = intake.Added()
        with self.writing(doing) as writer:
            for batch in intake.batches(articles):
                stored = intake.store(self._tables, batch, writer, notes)
                if stored.counts.n_articles > 0:
                    self._commit(stored.state)
                    writer.commit()
                    self._merge()
                total = total.plus(stored.counts)
                if told is not None:
                    told(total)
        return total

    def query(
        self,
        texts: Any,
        config: TraceConfig | None = None,
        encoder: str | object | None = None,
        *,
        progress: bool = False,
    ) -> lookup.Answer:
        """Find the relatives of texts, and trace the story of the texts and their relatives.

        Parameters
        ----------
        texts : DataFrame, sequence of Article or of dicts, or ReadResult
            As for `lineage.trace`; they are not added.
        config : TraceConfig, optional
        encoder : str or object with ``.encode``, optional
        progress : bool
            Show bars on standard error.

        Returns
        -------
        Answer

        Raises
        ------
        InputError
            If a text is unusable.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> post = lineage.read("data/harbour-crane/articles/tideline-post.txt")
        >>> answer = archive.query(post)
        >>> answer.candidates["article_id"].tolist()[:2]
        ['tideline-post', 'meridian-first']
        """
        from . import lookup

        tables, index = self.tables, self._index
        return lookup.ask(tables, index, texts, config, encoder, progress=progress)

    def info(self) -> dict[str, Any]:
        """Say what is in it.

        Returns
        -------
        dict of str to object

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> archive.info()["articles"]
        8
        """
        tables = self.tables
        counted = tables.ask(
            "SELECT count(*) AS n, count(DISTINCT outlet) AS outlets, min(published_at) AS first, "
            "max(published_at) AS last, max(added_at) AS added FROM articles"
        ).iloc[0]
        words = tables.ask("SELECT sum(n_words) AS n FROM texts")["n"].iloc[0]
        sizes = [path.stat().st_size for path in self.folder.rglob("*") if path.is_file()]
        state = tables.state
        return {
            "format": manifest.VERSION,
            "articles": state.rows("articles"),
            "texts": state.rows("texts"),
            "words": 0 if pd.isna(words) else int(words),
            "outlets": int(counted["outlets"]),
            "first": _day(counted["first"]),
            "last": _day(counted["last"]),
            "last_added": _day(counted["added"]),
            "indexed": self._index.n_texts,
            "bytes": sum(sizes),
        }

    def remove(self, ids: Sequence[str] = (), *, files: Sequence[str] = ()) -> removal.Removed:
        """Take articles out; texts that no other article has are erased.

        Parameters
        ----------
        ids : sequence of str
            Of articles.
        files : sequence of str
            Files, or folders, that articles were read from.

        Returns
        -------
        Removed

        Raises
        ------
        UsageError
            If one is not there; then nothing is removed.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("another-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> archive.remove(files=["data/harbour-crane/articles"]).n_articles
        8
        """
        from . import removal

        with self.writing("remove") as writer:
            gone = removal.chosen(self._tables, ids, files)
            state, counts = removal.without(self._tables, gone)
            self._commit(state)
            self._tables.show(parts.erase(self.folder, self.state))
            self._complete(writer)
        return counts

    def export(self, folder: str | os.PathLike[str]) -> dict[str, int]:
        """Write the articles with their texts, and the pairs, as Parquet files.

        Parameters
        ----------
        folder : path

        Returns
        -------
        dict of str to int
            File to its number of rows.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> archive.export("exported")
        {'articles.parquet': 8, 'pairs.parquet': 0}
        >>> len(lineage.read("exported/articles.parquet").articles)
        8
        """
        from . import archive_export

        return archive_export.write(self.tables, folder)

    @contextlib.contextmanager
    def writing(self, doing: str) -> Iterator[word_index.IndexWriter]:
        """Be the one that writes, for the length of a block; see `writer_lock.held`."""
        with writer_lock.held(self.folder, f"lineage archive {doing}"):
            self._refresh()
            parts.tidy(self.folder, self.state)
            word_index.remove_older(self.folder)
            writer = self._index.writer()
            self._is_writing = True
            try:
                self._complete(writer)
                yield writer
            finally:
                self._is_writing = False
                writer.close()
                self._index.reload()
                shutil.rmtree(self.folder / "spilled", ignore_errors=True)

    def commit(self, state: Manifest) -> None:
        """Make a state what readers find; for those that are `writing`."""
        self._commit(state)

    def _create(self) -> None:
        intake.check_target(self.folder)
        (self.folder / parts.FOLDER).mkdir(parents=True, exist_ok=True)
        with writer_lock.held(self.folder, "lineage archive add"):
            if not manifest.is_archive(self.folder):
                manifest.write(self.folder, Manifest())

    def _commit(self, state: Manifest) -> None:
        self._tables.show(parts.commit(self.folder, state))

    def _refresh(self) -> None:
        if self._is_writing:
            return
        state = manifest.read(self.folder)
        if state.generation != self.state.generation:
            self._tables.show(state)
            self._index.reload()

    def _merge(self) -> None:
        for table in parts.TABLES:
            while which := parts.too_many(self.state, table):
                part = self._tables.merge(table, which)
                self._commit(parts.replaced(self.state, table, which, (part,)))

    def _complete_if_free(self) -> None:
        """Complete an index that a killed process left behind, unless somebody writes."""
        if self._lags():
            with contextlib.suppress(errors.ArchiveError), self.writing("index"):
                pass

    def _lags(self) -> bool:
        state = self.state
        return bool(state.unindexed) or self._index.n_texts < state.rows("texts")

    def _complete(self, writer: word_index.IndexWriter) -> None:
        """Bring the index up to the tables."""
        if self.state.unindexed:
            writer.remove(self.state.unindexed)
            writer.commit()
            self._commit(dataclasses.replace(self.state, unindexed=()))
        self._index.reload()
        last = self._index.last
        while True:
            rows = self._tables.ask(
                f"SELECT text_no, text FROM texts WHERE text_no > {last} "
                f"ORDER BY text_no LIMIT {archive_settings.BATCH_TEXTS}"
            )
            if len(rows) == 0:
                break
            for number, text in zip(rows["text_no"].tolist(), rows["text"], strict=True):
                writer.add(number, word_runs.marks(text))
            writer.commit()
            last = int(rows["text_no"].max())
        self._index.reload()


def _day(value: Any) -> str | None:
    return None if pd.isna(value) else f"{value:%Y-%m-%d}"
