"""Reading very many articles: one after the other, without holding them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from ... import errors
from ..web import fetching
from . import decode, discover, divided, json_rows, parquet, problems, sources

# JSON lines are read in pieces of so many bytes, each to the end of its last line.
PIECE_BYTES = 16_000_000


class Stream:
    """Articles of files, folders, addresses and standard input, one after the other.

    Ids are left to whoever takes them: an article says in `names` what it could be called.
    JSON lines and Parquet are read piece by piece, other files one at a time as a whole.

    Parameters
    ----------
    paths : path or sequence of paths
        As for `read.read`, and so are the others.
    skip_bad : bool
    stdin : file object, optional
    divider : str, optional
    private_hosts : collection of str
    limits : Limits, optional

    Attributes
    ----------
    problems : Problems
        What was left out so far; whoever reads on may empty `problems.items`.
    n_sources : int
        Files and addresses that there are to read.

    Raises
    ------
    InputError
        If something cannot be used, unless `skip_bad`.

    Examples
    --------
    >>> from lineage.io.readers import stream
    >>> found = stream.Stream("data/harbour-crane/articles")
    >>> [article.names[0] for article in found][:2]
    ['halvane-evening-post', 'kestrel-network']
    """

    def __init__(
        self,
        paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
        *,
        skip_bad: bool = False,
        stdin: IO[Any] | None = None,
        divider: str | None = None,
        private_hosts: Collection[str] = (),
        limits: fetching.Limits | None = None,
    ) -> None:
        wanted = None if divider is None else divided.check(divider)
        session = fetching.Session(private_hosts, fetching.Limits() if limits is None else limits)
        self.problems = problems.Problems(skip_bad=skip_bad)
        self._reading = sources.Reading(self.problems, session, wanted)
        self._stdin = stdin
        listed = discover.find(paths, self.problems)
        self._sources = [source for source in listed if source.kind != "metadata"]
        self.n_sources = len(self._sources)
        for source in listed:
            if source.kind == "metadata" and source.path is not None:
                sources.load_metadata(source.path, source.shown, self._reading, whole=True)

    def __iter__(self) -> Iterator[sources.Article]:
        """Yield the articles, those of a folder in the order of their paths."""
        for source in self._sources:
            yield from self._of(source)
            # What was read is not kept: there may be millions.
            self._reading.files.clear()
            self._reading.fetched.clear()

    def _of(self, source: discover.Source) -> Iterator[sources.Article]:
        if source.path is not None and source.kind == "parquet":
            rows = parquet.records(source.path, source.shown, self.problems)
            return sources.of_rows(rows, source.shown, self._reading)
        if source.path is not None and source.kind == "jsonl" and _is_utf8(source.path):
            return self._lines(source.path, source.shown)
        return sources.read(source, self._reading, self._stdin)

    def _lines(self, path: Path, shown: str) -> Iterator[sources.Article]:
        first = 1
        with path.open("rb") as stream:
            while data := stream.read(PIECE_BYTES) + stream.readline():
                try:
                    text = decode.decode(data, label="utf-8").text
                except errors.InputError as error:
                    self.problems.reject(error, shown)
                    return
                rows = json_rows.lines(text, shown, self.problems, first=first)
                yield from sources.of_rows(rows, shown, self._reading)
                first += data.count(b"\n")


def _is_utf8(path: Path) -> bool:
    """Tell whether the beginning of a file is UTF-8, which JSON lines should be throughout."""
    try:
        with path.open("rb") as stream:
            data = stream.read(PIECE_BYTES // 16) + stream.readline()
        data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return b"\x00" not in data
