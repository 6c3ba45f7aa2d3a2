"""The command `lineage trace`: parses, calls, prints."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import errors
from . import corpus_tracing, options, run_places

if TYPE_CHECKING:
    from ..result import Lineage

# Edges that the summary of a trace lists; the tables have all.
MAX_LISTED = 30
# "Unrelated" would say more than was found: the two may tell of one event in other words.
OUTCOMES = {"unrelated": "without a link found"}
KNOWN = "Known facts, a CSV of a, b, what: from, not_from, before, same_source, kept_up, passed_on."


def trace(
    paths: options.Paths,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Run folder to write; if not given, lineage-NAME-DATE here, a new one each time.",
        ),
    ] = None,
    config: options.ConfigFile = None,
    encoder: options.EncoderName = None,
    skip_bad: Annotated[
        bool,
        typer.Option(
            "--skip-bad", help="Leave out files and rows that cannot be used, and list them."
        ),
    ] = False,
    divider: options.Divider = None,
    known: Annotated[Path | None, typer.Option(help=KNOWN)] = None,
    private_hosts: options.PrivateHosts = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an earlier run there.")
    ] = False,
    engine: Annotated[
        str | None,
        typer.Option(
            help="For a corpus, all families traced into Parquet tables: local (DuckDB and "
            "processes) or spark (extra `spark`)."
        ),
    ] = None,
    remote: Annotated[
        str | None, typer.Option(metavar="sc://HOST:PORT", help="Spark Connect, Spark or Sail.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes of --engine local; one a processor.")
    ] = None,
    memory: Annotated[
        str | None, typer.Option(metavar="4GB", help="Memory of DuckDB, of --engine local.")
    ] = None,
    open_report: options.Open = False,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Infer which text was made from which, and write a run folder with tables and a report."""
    from ..io import run_folder
    from ..io.readers import known_rows

    if output is None and overwrite:
        raise errors.UsageError("trace --overwrite: give -o RUN, the folder to replace")
    of_corpus = {"--remote": remote, "--jobs": jobs, "--memory": memory}
    if engine is None:
        for name, value in of_corpus.items():
            if value is not None:
                raise errors.UsageError(f"trace {name}: it goes with --engine")
    else:
        of_story = {"--known": known, "--overwrite": overwrite, "--open": open_report}
        for name, given_here in of_story.items():
            if given_here:
                raise errors.UsageError(f"trace {name}: it does not go with --engine")
        corpus_tracing.trace(
            paths,
            str(run_places.free_folder(paths, datetime.date.today())) if output is None else output,
            options.settings(config, encoder),
            engine=engine,
            remote=remote,
            jobs=jobs,
            memory=memory,
            quiet=quiet,
            reading={"skip_bad": skip_bad, "divider": divider, "private_hosts": private_hosts},
        )
        return
    folder = run_places.free_folder(paths, datetime.date.today())
    if output is not None:
        folder = Path(output)
    # Before the work, not after it: the place may be taken.
    run_folder.check_target(folder, overwrite=overwrite)
    settings = options.settings(config, encoder)
    given = None if known is None else known_rows.read(known)
    found = options.read(
        paths, skip_bad=skip_bad, quiet=quiet, divider=divider, private_hosts=private_hosts
    )
    if len(found.articles) < 2:
        raise errors.NothingToTraceError(
            f"{len(found.articles)} article to trace: two or more are needed; add texts"
        )
    from ..engine import pipeline

    # Matplotlib takes half a second to import; do that while sentences are embedded.
    result = pipeline.trace(found, settings, progress=not quiet, known=given, meanwhile=_warm_up)
    result.save(folder, overwrite=overwrite)
    report = folder / "report.html"
    if not quiet:
        for line in summary(result):
            print(line)
    # Nobody knows the name of a folder that was chosen for them.
    if not quiet or output is None:
        print(f"report: {report}")
    if open_report:
        run_places.open_page(report)


def _warm_up() -> None:
    from ..report.plots import dag_chart

    dag_chart.warm_up()


def summary(result: Lineage) -> Iterator[str]:
    """Tell a trace in a few lines.

    Parameters
    ----------
    result : Lineage

    Yields
    ------
    str
    """
    from ..graph import origin_groups
    from ..report import phrases

    counts = result.run["counts"]
    outcomes = result.relations["outcome"].value_counts()
    sizes = [
        phrases.counted(counts["articles"], "article"),
        phrases.counted(counts["stories"], "story", "stories"),
        phrases.counted(len(origin_groups.find(result.frames).groups), "origin"),
        phrases.counted(counts["edges_kept"], "edge"),
        phrases.counted(counts["absent_sources"], "absent source"),
    ]
    pairs = [
        f"{outcomes[name]} {OUTCOMES.get(name, name.replace('_', ' '))}"
        for name in sorted(outcomes.index)
    ]
    yield f"{', '.join(sizes)}; pairs: {', '.join(pairs)}"
    for row in phrases.rows(result.edges.head(MAX_LISTED)):
        arrow = "->" if row.p_direction >= result.settings.arrow else "--"
        said = "" if row.p_direction >= result.settings.decided else ", direction not decided"
        alike = phrases.alike(row.n_alike)
        said += f", {alike}" if alike else ""
        yield f"  {row.source_id} {arrow} {row.target_id}  {row.relation} ({row.p_edge:.0%}{said})"
    if len(result.edges) > MAX_LISTED:
        yield f"  and {len(result.edges) - MAX_LISTED} more, in edges.csv"
    for line in result.run["not_measured"]:
        yield f"not measured: {line}"
