"""Reading one source: open it, tell its format, and yield its articles one by one."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import IO, Any

import pandas as pd

from ... import errors
from .. import columns
from ..web import fetching
from . import decode, delimited, discover, divided, file_bytes, formats, metadata, problems


@dataclass(frozen=True)
class File:
    """One file that was read."""

    file: str
    kind: str
    sha256: str
    n_articles: int
    encoding: str | None


@dataclass(frozen=True)
class Article:
    """An article, where it stands, and the ids it could have if it is given none."""

    values: dict[str, Any]
    file: str
    row: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Opened:
    """An input whose format is known; its encoding where it was decoded, its page if fetched."""

    row: formats.Format
    content: formats.Content
    encoding: str | None
    page: fetching.Page | None


@dataclass
class Reading:
    """What several sources have in common, and what they have told so far."""

    found: problems.Problems
    session: fetching.Session
    divider: str | None = None
    # Nothing is published after it was read; a day for clocks and zones.
    latest: pd.Timestamp = field(
        default_factory=lambda: pd.Timestamp.now(tz="UTC") + pd.Timedelta(days=1)
    )
    files: list[File] = field(default_factory=list)
    # Folder to the metadata.csv in it, None where there is none.
    metadata: dict[Path, metadata.Metadata | None] = field(default_factory=dict)
    # What was fetched, the kind that it turned out to be, and its articles.
    fetched: list[tuple[fetching.Page, str, list[Article]]] = field(default_factory=list)


def read(source: discover.Source, reading: Reading, stdin: IO[Any] | None) -> Iterator[Article]:
    """Yield the articles of one source; what is wrong with it is told to the reading.

    Parameters
    ----------
    source : Source
    reading : Reading
        Gets a row of its files when the last article has been taken.
    stdin : file object or None
        Instead of the process's standard input.

    Yields
    ------
    Article
    """
    try:
        yield from _of_format(source, reading, stdin)
    except errors.MissingExtraError as error:
        # One Word file is no reason to leave out the folder that it is in.
        reading.found.reject(error, source.shown)


def _of_format(
    source: discover.Source, reading: Reading, stdin: IO[Any] | None
) -> Iterator[Article]:
    try:
        opened = _open(source, reading, stdin)
    except errors.InputError as error:
        reading.found.reject(error, source.shown)
        return
    row, content = opened.row, opened.content
    why_not = None
    if source.folder is not None and row.why_no_articles is not None:
        why_not = row.why_no_articles(content)
    if why_not is not None:
        reading.found.note(f"not read: {why_not}", source.shown)
        return
    if row is formats.PLAIN and _is_divided(content.text, source, reading):
        found = of_rows(_pieces(content.text, source, reading), source.shown, reading)
    elif row.one_article:
        found = _single(opened, source, reading)
    else:
        found = of_rows(row.read(content), source.shown, reading)
    n_articles = 0
    fetched: list[Article] = []
    for article in found:
        n_articles += 1
        if opened.page is not None:
            fetched.append(article)
        yield article
    if opened.page is not None:
        reading.fetched.append((opened.page, row.kind, fetched))
    digest = hashlib.sha256(content.data).hexdigest()
    reading.files.append(File(source.shown, row.kind, digest, n_articles, opened.encoding))


def _open(source: discover.Source, reading: Reading, stdin: IO[Any] | None) -> _Opened:
    """Take the bytes of a source, tell its format, and decode it where it is characters."""
    page = None if source.address is None else reading.session.fetch(source.address)
    data = file_bytes.read_input(source.path, stdin) if page is None else page.data
    content = formats.Content(data, "", source.shown, reading.found, latest=reading.latest)
    kind = source.kind if page is None else page.kind
    row = None if kind is None else formats.by_kind(kind)
    if row is None and _is_stdin(source) and reading.divider is not None:
        row = formats.PLAIN
    if row is None:
        row = formats.sniff(content, characters=False)
    if row is not None and not row.characters:
        return _Opened(row, content, None, page)
    label = _encoding_of(source, reading) if page is None else page.encoding
    decoded = decode.decode(data, declares=row is None or row.declares, label=label)
    content = dataclasses.replace(content, text=decoded.text)
    if row is None:
        row = formats.sniff(content, characters=True)
    return _Opened(formats.PLAIN if row is None else row, content, decoded.encoding, page)


def _is_stdin(source: discover.Source) -> bool:
    return source.path is None and source.address is None


def of_rows(rows: Iterator[delimited.Record], file: str, reading: Reading) -> Iterator[Article]:
    """Check rows of a file, and yield those that are articles."""
    for record in rows:
        if record.values.get("kind") == "absent":
            # A written articles table: absent sources have no text and are found anew.
            continue
        try:
            checked = columns.article(record.values, latest=reading.latest)
        except errors.InputError as error:
            reading.found.reject(error, file, record.row)
            continue
        if checked.problem is not None:
            reading.found.note(checked.problem, file, record.row)
        yield Article(checked.row, file, record.row)


def _is_divided(text: str, source: discover.Source, reading: Reading) -> bool:
    if reading.divider is None:
        return False
    return _is_stdin(source) or divided.is_in(text, reading.divider)


def _pieces(text: str, source: discover.Source, reading: Reading) -> Iterator[delimited.Record]:
    try:
        pieces = divided.split(text, str(reading.divider))
    except errors.InputError as error:
        reading.found.reject(error, source.shown)
        return
    for number, piece in enumerate(pieces, start=1):
        yield delimited.Record(number, {"text": piece})


def _single(opened: _Opened, source: discover.Source, reading: Reading) -> Iterator[Article]:
    page = opened.page
    try:
        said = _said_of(source, reading) if page is None else {"url": page.url}
        content = dataclasses.replace(opened.content, url=said.get("url"))
        (record,) = opened.row.read(content)
        raw = record.values
        published_source = "given" if "published_at" in said else opened.row.dated_by
        checked = columns.article(
            {**raw, **said}, published_source=published_source, latest=reading.latest
        )
    except errors.InputError as error:
        reading.found.reject(error, source.shown)
        return
    for note in (raw.get("unread"), checked.problem):
        if note is not None:
            reading.found.note(note, source.shown)
    relative = PurePath(source.relative)
    stem = relative.stem if page is None else source.relative
    names = (stem, relative.as_posix(), source.shown)
    yield Article(checked.row, source.shown, names=names)


def _said_of(source: discover.Source, reading: Reading) -> Mapping[str, Any]:
    """Look a file up in the metadata.csv nearest to it, up to the folder that was named."""
    if source.path is None:
        return {}
    here = source.path.parent
    top = here if source.folder is None else source.folder
    for folder in (here, *here.parents):
        if folder not in reading.metadata and source.folder is None:
            beside = folder / metadata.NAME
            if beside.is_file():
                load_metadata(beside, str(beside), reading, whole=False)
        known = reading.metadata.get(folder)
        name = metadata.key(source.path.relative_to(folder))
        if known is not None and name in known.rows:
            return known.rows[name]
        if folder == top:
            break
    return {}


def _encoding_of(source: discover.Source, reading: Reading) -> str | None:
    """What the metadata.csv beside a file says of its encoding."""
    if source.path is None:
        return None
    known = reading.metadata.get(source.path.parent)
    return None if known is None else known.encodings.get(metadata.key(source.path.name))


def load_metadata(path: Path, shown: str, reading: Reading, *, whole: bool) -> None:
    """Read a metadata.csv, for the files beside and below it."""
    reading.metadata[path.parent] = None
    try:
        data = file_bytes.read_input(path, None)
    except errors.InputError as error:
        reading.found.reject(error, shown)
        return
    loaded = metadata.parse(
        data, path.parent, shown, reading.found, whole=whole, latest=reading.latest
    )
    reading.metadata[path.parent] = loaded
    reading.files.append(File(shown, "metadata", hashlib.sha256(data).hexdigest(), 0, None))
