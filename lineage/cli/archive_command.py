"""The commands `lineage archive ...`: they parse, call, print."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import errors
from . import options

if TYPE_CHECKING:
    from ..engine.archive.archive import Archive
    from ..engine.archive.intake import Added
    from ..engine.archive.lookup import Answer

# Of the texts that were looked at, those that are listed.
MAX_LISTED = 10

Folder = Annotated[Path, typer.Argument(help="The folder of the archive.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def add(
    archive: Folder,
    paths: options.Paths,
    skip_bad: Annotated[
        bool,
        typer.Option(
            "--skip-bad", help="Leave out files and rows that cannot be used, and list them."
        ),
    ] = False,
    divider: options.Divider = None,
    private_hosts: options.PrivateHosts = None,
    quiet: options.Quiet = False,
) -> None:
    """Add texts to an archive, which is made if it is not there.

    What is in it already is skipped, so that the same call goes on where it was interrupted.
    """
    from ..engine.archive import archive as archives
    from ..io.readers import stream

    found = stream.Stream(
        paths, skip_bad=skip_bad, divider=divider, private_hosts=private_hosts or ()
    )
    opened = archives.Archive(archive, create=True)
    shown = _Rate(quiet)

    def told(counts: Added) -> None:
        _say_problems(found.problems.items)
        shown(counts)

    counts = opened.add_articles(found, told=told, wrong=found.problems)
    shown.close()
    _say_problems(found.problems.items)
    if not quiet:
        for line in _added(counts, opened):
            print(line)


def query(
    archive: Folder,
    paths: options.Paths,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Run folder to write.")
    ] = None,
    config: options.ConfigFile = None,
    encoder: options.EncoderName = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out what cannot be used, and list it.")
    ] = False,
    divider: options.Divider = None,
    private_hosts: options.PrivateHosts = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an earlier run there.")
    ] = False,
    json: Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Find the relatives of texts in an archive, and trace the story of them all."""
    from ..engine.archive import archive as archives
    from ..io import run_folder

    if output is not None:
        run_folder.check_target(output, overwrite=overwrite)
    settings = options.settings(config, encoder)
    opened = archives.Archive(archive)
    found = options.read(
        paths, skip_bad=skip_bad, quiet=quiet, divider=divider, private_hosts=private_hosts
    )
    if len(found.articles) == 0:
        raise errors.NothingToTraceError("no text to look for; name a file that holds one")
    answer = opened.query(found, settings, progress=not quiet)
    if output is not None:
        answer.result.save(output, overwrite=overwrite)
    if json:
        _print_json(_as_dict(answer))
    elif not quiet:
        for line in _answer(answer):
            print(line)
        if output is not None:
            print(f"report: {output / 'report.html'}")


def info(archive: Folder, json: Json = False) -> None:
    """Say what an archive holds."""
    from ..engine.archive import archive as archives

    said = archives.Archive(archive).info()
    if json:
        _print_json(said)
        return
    print(f"{said['articles']:,} articles with {said['texts']:,} different texts")
    print(f"{said['words']:,} words, {said['outlets']:,} outlets")
    if said["first"] is not None:
        print(f"published from {said['first']} to {said['last']}, as far as dates are known")
    if said["last_added"] is not None:
        print(f"last added on {said['last_added']}")
    lacking = said["texts"] - said["indexed"]
    if lacking > 0:
        print(f"{lacking:,} texts are not in the index yet: they are being added")
    print(f"{said['bytes'] / 1e6:,.1f} MB, format {said['format']}")


def remove(
    archive: Folder,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Ids of articles.")
    ] = None,
    files: Annotated[
        list[str] | None,
        typer.Option("--file", help="What was read from this file or folder; may be repeated."),
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Take articles out of an archive; texts that no other article has are erased."""
    from ..engine.archive import archive as archives
    from ..report import phrases

    if not ids and not files:
        raise errors.UsageError("nothing to remove; name ids, or files with --file")
    counts = archives.Archive(archive).remove(ids or (), files=files or ())
    if not quiet:
        said = phrases.counted(counts.n_articles, "article")
        print(f"removed {said}, and {phrases.counted(counts.n_texts, 'text')} for good")


def export(
    archive: Folder,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write to.")],
    quiet: options.Quiet = False,
) -> None:
    """Write the articles of an archive as Parquet, which `lineage` and other programs read."""
    from ..engine.archive import archive as archives

    written = archives.Archive(archive).export(output)
    if not quiet:
        for name, n_rows in written.items():
            print(f"{output / name}: {n_rows:,} rows")


class _Rate:
    """How many were read, and how many a second, on standard error."""

    def __init__(self, quiet: bool) -> None:
        import tqdm

        self._bar = tqdm.tqdm(
            unit="text", desc="adding", leave=False, disable=True if quiet else None
        )
        self._last = 0
        self.began = time.perf_counter()

    def __call__(self, counts: Added) -> None:
        self._bar.update(counts.n_read - self._last)
        self._bar.set_postfix_str(f"{counts.n_articles:,} stored")
        self._last = counts.n_read

    def close(self) -> None:
        self._bar.close()


def _say_problems(items: list[Any]) -> None:
    """Name what was left out, once."""
    from ..io.readers import problems

    for each in items:
        print(f"left out: {problems.place(each.file, each.row)}: {each.problem}", file=sys.stderr)
    items.clear()


def _added(counts: Added, opened: Archive) -> Iterator[str]:
    from ..report import phrases

    said = phrases.counted(counts.n_articles, "article")
    more = "" if counts.n_texts == counts.n_articles else f" with {counts.n_texts:,} new texts"
    yield f"added {said}{more}; {counts.n_there:,} there already, {counts.n_left_out:,} left out"
    state = opened.state
    yield f"{opened.folder}: {state.rows('articles'):,} articles, {state.rows('texts'):,} texts"


def _answer(answer: Answer) -> Iterator[str]:
    from ..report import phrases
    from . import trace_command

    for name in answer.query_ids:
        rows = answer.candidates[answer.candidates["query_id"] == name]
        same = rows["article_id"] == name
        if same.any():
            yield f"{name}: in the archive already"
        rows = rows[~same]
        related = rows[rows["is_related"]]
        if len(related) == 0:
            near = "" if len(rows) == 0 else f"; the nearest is {rows['article_id'].iloc[0]}"
            yield f"{name}: no relative among {answer.n_texts:,} texts{near}"
            continue
        count = phrases.counted(len(related), "relative")
        yield f"{name}: {count} among {answer.n_texts:,} texts"
        for row in phrases.rows(related.head(MAX_LISTED)):
            yield f"  {_place(row)}  {_how(row)}"
        if len(related) > MAX_LISTED:
            yield f"  and {len(related) - MAX_LISTED} more"
    yield from trace_command.summary(answer.result)
    for line in answer.limits:
        yield f"left out: {line}"


def _place(row: Any) -> str:
    from ..report import phrases

    said = [row.article_id]
    if not phrases.is_missing(row.outlet):
        said.append(str(row.outlet))
    if not phrases.is_missing(row.published_at):
        said.append(f"{row.published_at:%Y-%m-%d}")
    return ", ".join(said)


def _how(row: Any) -> str:
    if row.p_link == 1.0:
        return "the same text"
    return f"related {row.p_link:.0%}, {row.run_words} words in a row"


def _as_dict(answer: Answer) -> dict[str, Any]:
    from .. import tables

    edges = answer.result.edges[["source_id", "target_id", "relation", "p_link", "p_edge"]]
    return {
        "texts": answer.n_texts,
        "query": answer.query_ids,
        "candidates": [_plain(row) for row in tables.records(answer.candidates)],
        "edges": [_plain(row) for row in tables.records(edges)],
        "left_out": list(answer.limits),
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
    }


def _print_json(value: Any) -> None:
    import json

    print(json.dumps(value, ensure_ascii=False))
