"""The command `lineage simulate`: parses, calls, writes."""

from __future__ import annotations

import enum
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import errors

N_STORIES = 20


class Form(enum.StrEnum):
    """How cases are written."""

    cases = "cases"
    rows = "rows"
    folders = "folders"


def simulate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="With --from-git: files or folders, from the top of the repository."),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File or folder to write; - is stdout.")
    ] = Path("-"),
    n_stories: Annotated[
        int | None, typer.Option("--stories", min=1, help=f"How many; {N_STORIES} if not given.")
    ] = None,
    n_articles: Annotated[
        int | None, typer.Option("--articles", min=1, help="Stories with this many texts in total.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed makes other stories.")] = 1,
    form: Annotated[
        Form,
        typer.Option(
            help="cases: one JSON line each; rows: one per article; folders: texts and truth."
        ),
    ] = Form.cases,
    from_git: Annotated[
        Path | None, typer.Option(help="Take cases from this repository's history instead.")
    ] = None,
    follow: Annotated[bool, typer.Option(help="With --from-git: follow renames.")] = False,
    min_versions: Annotated[
        int, typer.Option(min=2, help="With --from-git: files with fewer are left out.")
    ] = 3,
    max_versions: Annotated[
        int, typer.Option(min=2, help="With --from-git: only the last this many are taken.")
    ] = 40,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
) -> None:
    """Make cases with a known lineage, for `lineage evaluate` and for tests at scale.

    Never quote a figure on simulated stories as accuracy.
    """
    from ..learn import simulate as simulation
    from ..learn.evaluation import work

    if n_stories is not None and n_articles is not None:
        raise errors.UsageError("simulate: give --stories or --articles, not both")
    to_stdout = str(output) == "-"
    if form is Form.folders and to_stdout:
        raise errors.UsageError("simulate --form folders writes a folder: give -o FOLDER")
    if from_git is not None:
        if n_stories is not None or n_articles is not None:
            raise errors.UsageError(
                "simulate --from-git takes every file once: leave out --stories and --articles"
            )
        made: Iterable[dict[str, Any]] = simulation.from_git(
            from_git,
            paths or (),
            follow=follow,
            min_versions=min_versions,
            max_versions=max_versions,
            seed=seed,
        )
        total, unit = None, "file"
    else:
        if paths:
            raise errors.UsageError(
                f"simulate: {paths[0]} is for --from-git; use -o to write there"
            )
        if n_articles is not None:
            made = simulation.articles(n_articles, seed=seed, jobs=jobs)
            total, unit = n_articles, "article"
        else:
            total, unit = n_stories or N_STORIES, "story"
            made = simulation.stories(total, seed=seed, jobs=jobs)
    counted = _Counted(made)
    shown = counted.with_bar(total, unit, silent=quiet)
    if form is Form.folders:
        simulation.write_folders(shown, output)
    elif to_stdout:
        simulation.write_lines(shown, sys.stdout, flat=form is Form.rows)
    else:
        with (
            work.whole_file(output) as partial,
            partial.open("w", encoding="utf-8", newline="\n") as stream,
        ):
            simulation.write_lines(shown, stream, flat=form is Form.rows)
    if not quiet and not to_stdout:
        typer.echo(f"{counted.n_cases} cases, {counted.n_articles} articles: {output}")


class _Counted:
    """Counts what passes."""

    def __init__(self, made: Iterable[dict[str, Any]]) -> None:
        self._made = made
        self.n_cases = 0
        self.n_articles = 0

    def with_bar(self, total: int | None, unit: str, *, silent: bool) -> Iterator[dict[str, Any]]:
        import tqdm

        with tqdm.tqdm(
            total=total,
            desc="making cases",
            unit=unit,
            disable=True if silent else None,
            leave=False,
        ) as bar:
            for case in self._made:
                yield case
                self.n_cases += 1
                self.n_articles += len(case["articles"])
                bar.update(len(case["articles"]) if unit == "article" else 1)
        if self.n_cases == 0:
            # Before a file takes its place.
            raise errors.InputError(
                "simulate: no file has that many versions; give others, or lower --min-versions"
            )
