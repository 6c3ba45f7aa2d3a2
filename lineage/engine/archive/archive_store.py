"""What an archive is on disk: opened, written to by one, seen by all in its last state."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ... import errors
from ...io.readers import problems, sources
from ...match import word_runs
from . import archive_settings, intake, manifest, parts, word_index, writer_lock
from .manifest import Manifest

Told = Callable[[intake.Added], None]


class Store:
    """The files of an archive; `archive.Archive` is what users see of it.

    Parameters
    ----------
    folder : path
    create : bool
        Make an empty one if nothing is there.
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

    def add_articles(
        self,
        articles: Iterable[sources.Article],
        *,
        told: Told | None = None,
        wrong: problems.Problems | None = None,
        doing: str = "add",
        stored: Callable[[intake.Stored], None] | None = None,
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
        stored : callable, optional
            Called with each batch that is on disk.

        Returns
        -------
        Added
        """
        notes = problems.Problems(skip_bad=True) if wrong is None else wrong
        total = intake.Added()
        with self.writing(doing) as writer:
            for batch in intake.batches(articles):
                made = intake.store(self._tables, batch, writer, notes)
                if made.counts.n_articles > 0:
                    self._commit(made.state)
                    writer.commit()
                    self._merge()
                total = total.plus(made.counts)
                if stored is not None:
                    stored(made)
                if told is not None:
                    told(total)
        return total

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
