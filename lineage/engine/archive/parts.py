"""The tables of an archive: Parquet files that are never changed, read with DuckDB."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import errors
from . import archive_settings, manifest
from .manifest import Manifest, Old, Part

if TYPE_CHECKING:
    import duckdb

FOLDER = "parts"
# Table to its columns, in order, and their types in DuckDB. Times are UTC.
TABLES: dict[str, dict[str, str]] = {
    "texts": {
        "text_no": "BIGINT",
        "text_key": "BIGINT",
        "text_sha256": "VARCHAR",
        "n_words": "INTEGER",
        "text": "VARCHAR",
    },
    "articles": {
        "article_id": "VARCHAR",
        "article_key": "BIGINT",
        "text_no": "BIGINT",
        "text_sha256": "VARCHAR",
        "outlet": "VARCHAR",
        "byline": "VARCHAR",
        "title": "VARCHAR",
        "url": "VARCHAR",
        "published_at": "TIMESTAMP",
        "published_precision": "VARCHAR",
        "published_source": "VARCHAR",
        "language": "VARCHAR",
        "name": "VARCHAR",
        "file": "VARCHAR",
        "row": "BIGINT",
        "added_at": "TIMESTAMP",
    },
    # Texts that were weighed against each other, the smaller number first, in `text_no`.
    "pairs": {
        "text_no": "BIGINT",
        "other_no": "BIGINT",
        "log_bayes": "DOUBLE",
        "run_words": "INTEGER",
    },
    # Texts that have relatives, and the story that each is of.
    "stories": {"text_no": "BIGINT", "story_id": "VARCHAR"},
}


class Tables:
    """The tables of one state of an archive.

    Parameters
    ----------
    folder : Path
        The archive.
    state : Manifest
    """

    def __init__(self, folder: Path, state: Manifest) -> None:
        import duckdb

        self.folder = folder
        self._database = duckdb.connect()
        self._database.execute(f"SET memory_limit = '{archive_settings.MEMORY_LIMIT}'")
        self._database.execute(f"SET temp_directory = '{_quoted(folder / 'spilled')}'")
        self._database.execute("SET parquet_metadata_cache = true")
        # Files are written once and read a little at a time; the system keeps what is read often.
        self._database.execute("SET enable_external_file_cache = false")
        self.show(state)

    def show(self, state: Manifest) -> None:
        """Turn to another state of the archive."""
        self.state = state
        for table in TABLES:
            self._view(table)

    def _view(self, table: str) -> None:
        files = [str(self.folder / FOLDER / each.file) for each in self.state.parts.get(table, ())]
        if files:
            listed = ", ".join(f"'{_quoted(each)}'" for each in files)
            what = f"SELECT * FROM read_parquet([{listed}])"
        else:
            columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in TABLES[table].items())
            what = f"SELECT {columns} WHERE false"
        self._database.execute(f"CREATE OR REPLACE VIEW {table} AS {what}")

    def ask(self, query: str, **frames: pd.DataFrame) -> pd.DataFrame:
        """Answer an SQL query; `frames` are tables in it, by name.

        Raises
        ------
        ArchiveError
            If a file is gone or damaged.
        """
        import duckdb

        with self._joined(frames) as database:
            try:
                return database.execute(query).df()
            except (duckdb.IOException, duckdb.InvalidInputException) as error:
                raise errors.ArchiveError(
                    f"{self.folder}: a part is gone or damaged: {' '.join(str(error).split())}; "
                    "if texts were just removed, ask again, else restore the archive from a copy"
                ) from error

    def texts(self, numbers: Sequence[int]) -> pd.DataFrame:
        """Return some texts by their numbers: text_no, text_sha256, n_words, text."""
        wanted = sorted(set(numbers))
        # Only the files that can hold them: a number is in one file.
        found = []
        for part in self.state.parts.get("texts", ()):
            mine = [number for number in wanted if part.first <= number <= part.last]
            if mine:
                path = _quoted(self.folder / FOLDER / part.file)
                listed = ", ".join(map(str, mine))
                query = (
                    "SELECT text_no, text_sha256, n_words, text FROM "
                    f"read_parquet('{path}') WHERE text_no IN ({listed})"
                )
                found.append(self.ask(query))
        if not found:
            return self.ask("SELECT text_no, text_sha256, n_words, text FROM texts LIMIT 0")
        return pd.concat(found, ignore_index=True)

    def number_of(self, sha256: str) -> int | None:
        """Return the number of the text with this hash, None if there is none."""
        rows = self.ask(f"SELECT text_no, text_sha256 FROM texts WHERE text_key = {key_of(sha256)}")
        mine = rows.loc[rows["text_sha256"] == sha256, "text_no"]
        return int(mine.iloc[0]) if len(mine) > 0 else None

    @contextlib.contextmanager
    def _joined(self, frames: dict[str, pd.DataFrame]) -> Iterator[duckdb.DuckDBPyConnection]:
        for name, frame in frames.items():
            self._database.register(name, frame)
        try:
            yield self._database
        finally:
            for name in frames:
                self._database.unregister(name)

    def write(self, table: str, frame: pd.DataFrame) -> Part:
        """Write rows as a new file, which counts when a manifest names it."""
        columns = ", ".join(f"{name}::{kind} AS {name}" for name, kind in TABLES[table].items())
        with self._joined({"added": frame}):
            return self._copy(table, f"SELECT {columns} FROM added", self.state.generation + 1)

    def merge(self, table: str, which: Sequence[Part]) -> Part:
        """Write the rows of several files as one."""
        listed = ", ".join(f"'{_quoted(self.folder / FOLDER / each.file)}'" for each in which)
        # In the order of the files: sorting would hold all their texts.
        query = f"SELECT * FROM read_parquet([{listed}])"
        return self._copy(table, query, self.state.generation + 1)

    def without(self, table: str, part: Part, removed: pd.DataFrame, key: str) -> Part:
        """Write the rows of a file whose `key` is not among those removed, in a column of one."""
        path = _quoted(self.folder / FOLDER / part.file)
        (column,) = removed.columns
        query = (
            f"SELECT * FROM read_parquet('{path}') WHERE {key} NOT IN "
            f"(SELECT {column} FROM removed)"
        )
        with self._joined({"removed": removed}):
            return self._copy(table, query, self.state.generation + 1)

    def has_any(self, table: str, part: Part, removed: pd.DataFrame, key: str) -> bool:
        """Tell whether a file has rows that `without` would leave out."""
        path = _quoted(self.folder / FOLDER / part.file)
        (column,) = removed.columns
        query = (
            f"SELECT count(*) AS n FROM read_parquet('{path}') WHERE {key} IN "
            f"(SELECT {column} FROM removed)"
        )
        return int(self.ask(query, removed=removed)["n"].iloc[0]) > 0

    def export(self, query: str, path: Path) -> int:
        """Write the answer to a query as a Parquet file; return its number of rows."""
        beside = path.with_name(f".{path.name}.tmp")
        try:
            self._database.execute(
                f"COPY ({query}) TO '{_quoted(beside)}' (FORMAT parquet, COMPRESSION zstd)"
            )
            beside.replace(path)
        except Exception as error:
            beside.unlink(missing_ok=True)
            reason = " ".join(str(error).split())
            raise errors.UsageError(f"{path}: cannot be written: {reason}") from error
        counted = self.ask(f"SELECT count(*) AS n FROM read_parquet('{_quoted(path)}')")
        return int(counted["n"].iloc[0])

    def _copy(self, table: str, query: str, generation: int) -> Part:
        folder = self.folder / FOLDER
        number = 0
        while (folder / f"{table}-{generation:06d}-{number}.parquet").exists():
            number += 1
        path = folder / f"{table}-{generation:06d}-{number}.parquet"
        beside = path.with_suffix(".tmp")
        try:
            self._database.execute(
                f"COPY ({query}) TO '{_quoted(beside)}' (FORMAT parquet, COMPRESSION zstd, "
                f"ROW_GROUP_SIZE {archive_settings.GROUP_ROWS})"
            )
            found = self._database.execute(
                "SELECT count(*), min(text_no), max(text_no) "
                f"FROM read_parquet('{_quoted(beside)}')"
            ).fetchall()
            with beside.open("rb+") as stream:
                os.fsync(stream.fileno())
            beside.replace(path)
        except Exception as error:
            beside.unlink(missing_ok=True)
            raise errors.ArchiveError(
                f"{path}: cannot be written: {' '.join(str(error).split())}; what was stored "
                "before is there, and adding the same again goes on from it"
            ) from error
        rows, first, last = found[0]
        return Part(path.name, int(rows), int(first or 0), int(last or 0))


def key_of(name: str) -> int:
    """Return a number that stands for a name, so that millions can be looked through quickly."""
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def commit(folder: Path, state: Manifest) -> Manifest:
    """Make a state the one that readers find, and remove files that nobody reads any more.

    Parameters
    ----------
    folder : Path
        The archive.
    state : Manifest
        Its generation is counted up.

    Returns
    -------
    Manifest
        As written.
    """
    now = time.time()
    gone = [each for each in state.old if now - each.since > archive_settings.KEPT_S]
    kept = tuple(each for each in state.old if each not in gone)
    made = dataclasses.replace(state, generation=state.generation + 1, old=kept)
    manifest.sync_folder(folder / FOLDER)
    manifest.write(folder, made)
    for each in gone:
        _unlink(folder / FOLDER / each.file)
    return made


def erase(folder: Path, state: Manifest) -> Manifest:
    """Remove all files that newer ones replaced, whoever still reads them."""
    for each in state.old:
        _unlink(folder / FOLDER / each.file)
    return commit(folder, dataclasses.replace(state, old=()))


def replaced(state: Manifest, table: str, gone: Sequence[Part], made: Sequence[Part]) -> Manifest:
    """Put files of a table in the place of others, which stay on disk for readers."""
    now = time.time()
    parts = dict(state.parts)
    listed = [each for each in parts.get(table, ()) if each not in gone]
    new = [each for each in made if each.rows > 0]
    parts[table] = tuple(sorted([*listed, *new], key=lambda each: (each.first, each.file)))
    old = (*state.old, *(Old(each.file, now) for each in gone))
    return dataclasses.replace(state, parts=parts, old=old)


def too_many(state: Manifest, table: str) -> list[Part]:
    """Choose files of one size that are to become one; none if there are not enough of them."""
    of_size: dict[int, list[Part]] = {}
    for each in state.parts.get(table, ()):
        size, rows = 0, each.rows
        while rows >= archive_settings.MERGED_PARTS:
            size, rows = size + 1, rows // archive_settings.MERGED_PARTS
        of_size.setdefault(size, []).append(each)
    for size in sorted(of_size):
        found = of_size[size][: archive_settings.MERGED_PARTS]
        enough = len(found) == archive_settings.MERGED_PARTS
        if enough and sum(each.rows for each in found) <= archive_settings.MOST_PART_ROWS:
            return found
    return []


def tidy(folder: Path, state: Manifest) -> None:
    """Remove what a writer left that was stopped before its manifest named it."""
    named = {each.file for listed in state.parts.values() for each in listed}
    named |= {each.file for each in state.old}
    for path in (folder / FOLDER).iterdir():
        if path.name not in named:
            _unlink(path)


def _unlink(path: Path) -> None:
    # A file that is open cannot be removed on every system; it goes with a later change.
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _quoted(path: Any) -> str:
    return str(path).replace("'", "''")
