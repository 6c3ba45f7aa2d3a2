"""The commands `lineage archive ...`: they parse, call, print."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import errors
from . import archive_words, options

if TYPE_CHECKING:
    from ..engine.archive.intake import Added
    from ..engine.archive.lookup import Answer

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
        for line in archive_words.added(counts, opened):
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
        for line in archive_words.answer(answer):
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


def trace(
    archive: Folder,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder that gets a run of each story.")
    ] = None,
    config: options.ConfigFile = None,
    encoder: options.EncoderName = None,
    no_reports: Annotated[
        bool, typer.Option("--no-reports", help="Write tables, no reports and no pictures.")
    ] = False,
    json: Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Put the texts of an archive into stories, and trace each story."""
    from ..engine.archive import archive as archives

    settings = options.settings(config, encoder)
    opened = archives.Archive(archive)
    with _bar(quiet, "weighing", "text") as told:
        changes = opened.update_stories(told=told)
    counts: dict[str, int] = {}
    if output is not None:
        with _bar(quiet, "tracing", "story") as told:
            counts = opened.trace(output, settings, reports=not no_reports, told=told)
    stories = opened.stories()
    if json:
        from .. import tables

        _print_json([_plain(row) for row in tables.records(stories)])
    elif not quiet:
        for line in archive_words.stories(stories, changes, opened.state.rows("texts")):
            print(line)
        for what, n in counts.items():
            print(f"{what}: {n:,}")
        if output is not None:
            print(f"stories: {output / 'stories.csv'}")


def watch(
    archive: Folder,
    folder: Annotated[Path, typer.Argument(help="The folder in which texts arrive.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder that gets a run of each story.")
    ] = None,
    config: options.ConfigFile = None,
    encoder: options.EncoderName = None,
    once: Annotated[bool, typer.Option("--once", help="Add what is there now, and end.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between two looks.", min=0.1)] = 2.0,
    json: Json = False,
) -> None:
    """Add what arrives in a folder; a line for each text that goes back to another."""
    import dataclasses

    from ..engine.archive import archive as archives
    from ..engine.archive import watching

    settings = options.settings(config, encoder)
    opened = archives.Archive(archive, create=True)
    arrivals = watching.watch(
        opened,
        folder,
        runs=output,
        config=settings,
        once=once,
        every_s=every,
        wrong=lambda items: _say_problems(list(items)),
    )
    for each in arrivals:
        if json:
            _print_json(dataclasses.asdict(each))
        else:
            print(archive_words.arrival(each))
        # Whoever reads it is told now, and not when a buffer is full.
        sys.stdout.flush()


@contextlib.contextmanager
def _bar(quiet: bool, what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    import tqdm

    with tqdm.tqdm(desc=what, unit=unit, leave=False, disable=True if quiet else None) as bar:

        def told(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield told


class _Rate:
    """How many were read, and how many a second, on standard error."""

    def __init__(self, quiet: bool) -> None:
        import tqdm

        self._bar = tqdm.tqdm(
            unit="text", desc="adding", leave=False, disable=True if quiet else None
        )
        self._last = 0

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
