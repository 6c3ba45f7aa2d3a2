"""Reading articles: files, folders and standard input into one frame."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import IO, Any

import pandas as pd

from ... import errors, tables
from .. import columns
from .. import progress as told
from ..web import fetching, kept_pages
from . import (
    decode,
    delimited,
    discover,
    divided,
    file_bytes,
    formats,
    ids,
    metadata,
    problems,
    read_result,
)

_FILE_COLUMNS = {
    "file": "string",
    "kind": "string",
    "sha256": "string",
    "n_articles": "Int64",
    "encoding": "string",
}


@dataclass(frozen=True)
class _File:
    file: str
    kind: str
    sha256: str
    n_articles: int
    encoding: str | None


@dataclass(frozen=True)
class _Article:
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
class _Reading:
    found: problems.Problems
    session: fetching.Session
    divider: str | None = None
    # Nothing is published after it was read; a day for clocks and zones.
    latest: pd.Timestamp = field(
        default_factory=lambda: pd.Timestamp.now(tz="UTC") + pd.Timedelta(days=1)
    )
    articles: list[_Article] = field(default_factory=list)
    files: list[_File] = field(default_factory=list)
    # Folder to the metadata.csv in it, None where there is none.
    metadata: dict[Path, metadata.Metadata | None] = field(default_factory=dict)
    # What was fetched, the kind that it turned out to be, and its articles.
    fetched: list[tuple[fetching.Page, str, list[_Article]]] = field(default_factory=list)


def read(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    skip_bad: bool = False,
    progress: told.Told = False,
    stdin: IO[Any] | None = None,
    divider: str | None = None,
    private_hosts: Collection[str] = (),
    limits: fetching.Limits | None = None,
) -> read_result.ReadResult:
    """Read articles from files, folders, web addresses and standard input.

    One article a file: .txt, .md (a head of `key: value` lines is read), .html, .docx, .pdf. One
    article an item: .rss, .atom, .xml. One article a row: .csv, .tsv, .jsonl, .json, .parquet,
    with the columns of the articles table or the usual synonyms (`columns.SYNONYMS`). A
    metadata.csv (file, title, outlet, published_at, url) speaks of the files beside and below
    it, and has the last word. A file named without a type, standard input, and what comes from
    the web without one, are recognised by their content.

    Parameters
    ----------
    paths : path or sequence of paths
        Files, folders (read at all depths; see `discover.find`), addresses that begin with http://
        or https:// (fetched one after the other; see `fetching.Session`), "-" for standard input.
    skip_bad : bool
        Leave out rows and files that cannot be used and list them, instead of raising.
    progress : bool or callable
        True shows a bar on standard error, if that is a terminal; a callable gets a
        `progress.Progress` for each file, and stops the reading by raising.
    stdin : file object, optional
        Read instead of the process's standard input.
    divider : str, optional
        A line that divides several articles in plain text: on standard input, which must have
        it and is then taken for plain text, and in .txt files that have it.
    private_hosts : collection of str
        Hosts that may be fetched from though their addresses are not public: ``localhost``, or
        with a port ``localhost:8000``.
    limits : web.Limits, optional
        Size, time and pauses of fetching.

    Returns
    -------
    ReadResult

    Raises
    ------
    InputError
        If something cannot be used, unless `skip_bad`; if there is nothing at all to read. The
        message names the file and the row.
    MissingExtraError
        If a format needs a part that is not installed, unless `skip_bad`.
    UsageError
        If no path is given, or `divider` is blank.

    Examples
    --------
    >>> import lineage
    >>> found = lineage.read("data/harbour-crane/articles")
    >>> found.articles["article_id"].tolist()[:3]
    ['halvane-evening-post', 'kestrel-network', 'meridian-first']
    >>> found.files["kind"].value_counts().to_dict()
    {'text': 8, 'metadata': 1}
    """
    wanted = None if divider is None else divided.check(divider)
    session = fetching.Session(private_hosts, fetching.Limits() if limits is None else limits)
    reading = _Reading(problems.Problems(skip_bad=skip_bad), session, wanted)
    sources = discover.find(paths, reading.found)
    for source in sources:
        if source.kind == "metadata" and source.path is not None:
            _load_metadata(source.path, source.shown, reading, whole=True)
    texts = [source for source in sources if source.kind != "metadata"]
    for source in told.Watch(progress)(texts, "reading", unit="file"):
        _read_source(source, reading, stdin)
    articles = _with_ids(reading)
    if not articles and not reading.found.items:
        raise errors.InputError("no articles in the input; name files or folders that hold texts")
    return read_result.ReadResult(
        _articles_frame(articles),
        reading.found.frame(),
        problems.frame(reading.files, _FILE_COLUMNS),
        _kept(reading),
    )


def check(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    progress: told.Told = False,
    stdin: IO[Any] | None = None,
    divider: str | None = None,
    private_hosts: Collection[str] = (),
    limits: fetching.Limits | None = None,
) -> read_result.ReadResult:
    """Say what would be read and what is wrong with the rest: `read` with `skip_bad`.

    Parameters
    ----------
    paths, progress, stdin, divider, private_hosts, limits
        As for `read`.

    Returns
    -------
    ReadResult

    Raises
    ------
    InputError
        If there is nothing at all to read.

    Examples
    --------
    >>> import lineage
    >>> found = lineage.check("data/harbour-crane")
    >>> len(found.articles)
    8
    >>> found.problems[["file", "problem"]].to_numpy().tolist()
    [['data/harbour-crane/truth.json', 'not read: JSON, but no list of objects with a text']]
    """
    return read(
        paths,
        skip_bad=True,
        progress=progress,
        stdin=stdin,
        divider=divider,
        private_hosts=private_hosts,
        limits=limits,
    )


def _read_source(source: discover.Source, reading: _Reading, stdin: IO[Any] | None) -> None:
    before = len(reading.articles)
    try:
        _read_format(source, reading, stdin)
    except errors.MissingExtraError as error:
        # One Word file is no reason to leave out the folder that it is in.
        del reading.articles[before:]
        reading.found.reject(error, source.shown)


def _read_format(source: discover.Source, reading: _Reading, stdin: IO[Any] | None) -> None:
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
    before = len(reading.articles)
    if row is formats.PLAIN and _is_divided(content.text, source, reading):
        _add_rows(_pieces(content.text, source, reading), source.shown, reading)
    elif row.one_article:
        _add_single(opened, source, reading)
    else:
        _add_rows(row.read(content), source.shown, reading)
    if opened.page is not None:
        reading.fetched.append((opened.page, row.kind, reading.articles[before:]))
    digest = hashlib.sha256(content.data).hexdigest()
    n_articles = len(reading.articles) - before
    reading.files.append(_File(source.shown, row.kind, digest, n_articles, opened.encoding))


def _open(source: discover.Source, reading: _Reading, stdin: IO[Any] | None) -> _Opened:
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


def _add_rows(rows: Iterator[delimited.Record], file: str, reading: _Reading) -> None:
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
        reading.articles.append(_Article(checked.row, file, record.row))


def _is_divided(text: str, source: discover.Source, reading: _Reading) -> bool:
    if reading.divider is None:
        return False
    return _is_stdin(source) or divided.is_in(text, reading.divider)


def _pieces(text: str, source: discover.Source, reading: _Reading) -> Iterator[delimited.Record]:
    try:
        pieces = divided.split(text, str(reading.divider))
    except errors.InputError as error:
        reading.found.reject(error, source.shown)
        return
    for number, piece in enumerate(pieces, start=1):
        yield delimited.Record(number, {"text": piece})


def _add_single(opened: _Opened, source: discover.Source, reading: _Reading) -> None:
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
    reading.articles.append(_Article(checked.row, source.shown, names=names))


def _said_of(source: discover.Source, reading: _Reading) -> Mapping[str, Any]:
    """Look a file up in the metadata.csv nearest to it, up to the folder that was named."""
    if source.path is None:
        return {}
    here = source.path.parent
    top = here if source.folder is None else source.folder
    for folder in (here, *here.parents):
        if folder not in reading.metadata and source.folder is None:
            beside = folder / metadata.NAME
            if beside.is_file():
                _load_metadata(beside, str(beside), reading, whole=False)
        known = reading.metadata.get(folder)
        name = metadata.key(source.path.relative_to(folder))
        if known is not None and name in known.rows:
            return known.rows[name]
        if folder == top:
            break
    return {}


def _encoding_of(source: discover.Source, reading: _Reading) -> str | None:
    """What the metadata.csv beside a file says of its encoding."""
    if source.path is None:
        return None
    known = reading.metadata.get(source.path.parent)
    return None if known is None else known.encodings.get(metadata.key(source.path.name))


def _kept(reading: _Reading) -> dict[str, bytes]:
    kept = []
    for page, kind, found in reading.fetched:
        if found:
            is_one = formats.by_kind(kind).one_article
            name = found[0].values["article_id"] if is_one else None
            kept.append(kept_pages.Kept(page, kind, name))
    return kept_pages.files(kept)


def _load_metadata(path: Path, shown: str, reading: _Reading, *, whole: bool) -> None:
    reading.metadata[path.parent] = None
    try:
        data = file_bytes.read(path)
    except errors.InputError as error:
        reading.found.reject(error, shown)
        return
    loaded = metadata.parse(
        data, path.parent, shown, reading.found, whole=whole, latest=reading.latest
    )
    reading.metadata[path.parent] = loaded
    reading.files.append(_File(shown, "metadata", hashlib.sha256(data).hexdigest(), 0, None))


def _with_ids(reading: _Reading) -> list[_Article]:
    """Give every article an id; leave out those whose id is taken."""
    found = reading.articles
    taken = {a.values["article_id"] for a in found if a.values["article_id"] is not None}
    from_file = [a for a in found if a.values["article_id"] is None and a.names]
    made = ids.from_files([a.names for a in from_file], taken=taken)
    for article, name in zip(from_file, made, strict=True):
        article.values["article_id"] = name
    first: dict[str, _Article] = {}
    for article in found:
        name = article.values["article_id"]
        if name is None:
            continue
        if name in first:
            other = problems.place(first[name].file, first[name].row)
            error = errors.InputError(
                f"article_id {name!r} is that of {other} too; give each article its own"
            )
            reading.found.reject(error, article.file, article.row)
        first.setdefault(name, article)
    rest = [a for a in found if a.values["article_id"] is None]
    made = ids.from_texts(
        [a.values["text"] for a in rest],
        taken=set(first),
        order=[tuple(str(a.values[column]) for column in columns.SUPPLIED) for a in rest],
    )
    for article, name in zip(rest, made, strict=True):
        article.values["article_id"] = name
    return [*first.values(), *rest]


def _articles_frame(articles: Sequence[_Article]) -> pd.DataFrame:
    frame = tables.build("articles", [article.values for article in articles])
    return frame[list(columns.SUPPLIED)]
