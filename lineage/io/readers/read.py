"""Reading articles: files, folders and standard input into one frame."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import IO, Any

import pandas as pd

from ... import errors, tables
from .. import columns
from .. import progress as told
from ..web import fetching, kept_pages
from . import discover, divided, formats, ids, problems, read_result, sources

_FILE_COLUMNS = {
    "file": "string",
    "kind": "string",
    "sha256": "string",
    "n_articles": "Int64",
    "encoding": "string",
}


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
    reading = sources.Reading(problems.Problems(skip_bad=skip_bad), session, wanted)
    listed = discover.find(paths, reading.found)
    for source in listed:
        if source.kind == "metadata" and source.path is not None:
            sources.load_metadata(source.path, source.shown, reading, whole=True)
    texts = [source for source in listed if source.kind != "metadata"]
    watched = told.Watch(progress)(texts, "reading", unit="file")
    read_in = [article for source in watched for article in sources.read(source, reading, stdin)]
    articles = _with_ids(read_in, reading.found)
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


def _kept(reading: sources.Reading) -> dict[str, bytes]:
    kept = []
    for page, kind, found in reading.fetched:
        if found:
            is_one = formats.by_kind(kind).one_article
            name = found[0].values["article_id"] if is_one else None
            kept.append(kept_pages.Kept(page, kind, name))
    return kept_pages.files(kept)


def _with_ids(found: Sequence[sources.Article], told: problems.Problems) -> list[sources.Article]:
    """Give every article an id; leave out those whose id is taken."""
    taken = {a.values["article_id"] for a in found if a.values["article_id"] is not None}
    from_file = [a for a in found if a.values["article_id"] is None and a.names]
    made = ids.from_files([a.names for a in from_file], taken=taken)
    for article, name in zip(from_file, made, strict=True):
        article.values["article_id"] = name
    first: dict[str, sources.Article] = {}
    for article in found:
        name = article.values["article_id"]
        if name is None:
            continue
        if name in first:
            other = problems.place(first[name].file, first[name].row)
            error = errors.InputError(
                f"article_id {name!r} is that of {other} too; give each article its own"
            )
            told.reject(error, article.file, article.row)
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


def _articles_frame(articles: Sequence[sources.Article]) -> pd.DataFrame:
    frame = tables.build("articles", [article.values for article in articles])
    return frame[list(columns.SUPPLIED)]
