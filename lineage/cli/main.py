"""The command line: parses, calls, prints."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import __version__, errors
from . import evaluate_command, export_command, report_command, simulate_command

if TYPE_CHECKING:
    from ..config import TraceConfig
    from ..io.readers.read import ReadResult
    from ..result import Lineage

# What the shell says of a program that Ctrl-C ended: 128 and the signal's number.
INTERRUPTED = 130
# A run makes some million objects that live to its end. Looking through them for rubbish again
# and again, and once more at the end, is a fifth of the time of a small trace
# (tests/benchmarks/seeds_cold.py).
GC_THRESHOLDS = (200_000, 20, 20)
# Edges that the summary of a trace lists; the tables have all.
MAX_LISTED = 30
# Lines of a text longer than this are hard to follow, however wide the screen is.
MAX_WIDTH = 100
KNOWN = "Known facts, a CSV of a, b, what: from, not_from, before, same_source, kept_up, passed_on."

app = typer.Typer(
    name="lineage",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _examples(*lines: str) -> str:
    # A line with nothing but a backspace keeps the lines after it from being joined.
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


Paths = Annotated[
    list[str],
    typer.Argument(
        help="Files or folders: .txt .md .html .docx .pdf .rss .csv .tsv .jsonl .parquet; "
        "addresses: https://...; - is stdin."
    ),
]
PrivateHosts = Annotated[
    list[str] | None,
    typer.Option(
        "--private-host",
        metavar="HOST",
        help="Fetch from this host though its address is not public; may be repeated.",
    ),
]
Divider = Annotated[
    str | None,
    typer.Option(metavar="LINE", help="In pasted text and .txt files, this line divides articles."),
]
Run = Annotated[Path, typer.Argument(help="A run folder, written by `lineage trace`.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="Settings, a TOML file.")]
EncoderName = Annotated[
    str | None,
    typer.Option(
        help="minilm (default), lexical (words alone), multilingual, or a sentence-transformers "
        "model by name or path."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
Colour = Annotated[
    bool | None, typer.Option("--colour/--no-colour", help="Default: if it is a terminal.")
]


@app.command(
    epilog=_examples(
        "lineage trace data/harbour-crane/articles -o run",
        "lineage trace a.txt b.html archive.csv -o run --overwrite",
        "cat story.jsonl | lineage trace - -o run",
        "lineage trace https://wire.example/a https://post.example/b -o run",
        "xclip -o | lineage trace - --divider === -o run",
        "lineage trace articles --known known.csv -o run",
    )
)
def trace(
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="Run folder to write.")],
    config: ConfigFile = None,
    encoder: EncoderName = None,
    skip_bad: Annotated[
        bool,
        typer.Option(
            "--skip-bad", help="Leave out files and rows that cannot be used, and list them."
        ),
    ] = False,
    divider: Divider = None,
    known: Annotated[Path | None, typer.Option(help=KNOWN)] = None,
    private_hosts: PrivateHosts = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an earlier run there.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Infer which text derived from which, and write a run folder with tables and a report."""
    from ..io import run_folder
    from ..io.readers import known_rows

    # Before the work, not after it: the place may be taken.
    run_folder.check_target(output, overwrite=overwrite)
    settings = _settings(config, encoder)
    given = None if known is None else known_rows.read(known)
    found = _read(
        paths, skip_bad=skip_bad, quiet=quiet, divider=divider, private_hosts=private_hosts
    )
    if len(found.articles) < 2:
        raise errors.NothingToTraceError(
            f"{len(found.articles)} article to trace: two or more are needed; add texts"
        )
    from ..engine import pipeline

    # Matplotlib takes half a second to import; do that while sentences are embedded.
    result = pipeline.trace(found, settings, progress=not quiet, known=given, meanwhile=_warm_up)
    result.save(output, overwrite=overwrite)
    if quiet:
        return
    for line in _summary(result):
        print(line)
    print(f"report: {output / 'report.html'}")


def _warm_up() -> None:
    from ..report.plots import dag_chart

    dag_chart.warm_up()


@app.command(
    epilog=_examples(
        "lineage check data/harbour-crane/articles",
        "lineage check archive.csv && lineage trace archive.csv -o run",
    )
)
def check(
    paths: Paths,
    divider: Divider = None,
    private_hosts: PrivateHosts = None,
    quiet: Quiet = False,
) -> None:
    """Say what would be read and what is wrong with the rest, without tracing; status 3 if any."""
    from ..io.readers import read
    from ..report.page import hidden_marks_words
    from . import explanations as telling

    found = read.check(
        paths, progress=not quiet, divider=divider, private_hosts=private_hosts or ()
    )
    if not quiet:
        for line in telling.checked(found.files, found.articles):
            print(line)
        for line in hidden_marks_words.of_articles(found.articles):
            print(f"hidden: {line}")
    for row in found.problems.itertuples():
        print(_problem(row), file=sys.stderr)
    if len(found.problems):
        raise typer.Exit(errors.InputError.status)


@app.command(
    epilog=_examples(
        "lineage explain run tideline-post",
        "lineage explain run tideline-post --sentence 3",
    )
)
def explain(
    run: Run,
    article: Annotated[str, typer.Argument(help="An article_id of the run.")],
    sentence: Annotated[
        int | None, typer.Option("--sentence", "-s", help="One sentence by its position, from 0.")
    ] = None,
) -> None:
    """Tell where an article and its sentences came from, with the evidence."""
    from .. import result
    from . import explanations as telling

    for line in telling.article(result.load(run), article, sentence):
        print(line)


@app.command(
    epilog=_examples(
        "lineage compare wire.txt post.txt",
        "lineage compare wire.txt post.txt --colour | less -R",
        "lineage compare wire.txt post.txt --html difference.html",
    )
)
def compare(
    first: Annotated[Path, typer.Argument(help="A file with one text.")],
    second: Annotated[Path, typer.Argument(help="Another.")],
    config: ConfigFile = None,
    encoder: EncoderName = None,
    colour: Colour = None,
    html: Annotated[
        Path | None, typer.Option(help="Also write the difference as a page that prints.")
    ] = None,
) -> None:
    """Compare two texts: verdict, evidence, and the words that differ."""
    from ..engine import pipeline
    from ..report import differences
    from . import explanations as telling

    settings = _settings(config, encoder)
    found = _read([str(first), str(second)], skip_bad=False, quiet=True)
    if len(found.articles) != 2:
        raise errors.UsageError(
            f"compare: {len(found.articles)} articles in {first} and {second}; give two files with "
            "one text each"
        )
    result = pipeline.trace(found, settings)
    told = list(telling.pair(result))
    older, newer = telling.in_order(result)
    if html is not None:
        from ..report.page import comparison_page

        export_command.write_file(
            comparison_page.page(older, newer, told).encode(), html, "compare"
        )
    for line in told:
        print(line)
    print()
    print(f"Words: [-only in {older.article_id}-] {{+only in {newer.article_id}+}}")
    segments = differences.word_differences(older.text, newer.text)
    painted = _is_painted() if colour is None else colour
    width = min(MAX_WIDTH, typer.get_terminal_size().columns)
    print(
        differences.render_terminal(segments, older.text, newer.text, colour=painted, width=width)
    )


def _is_painted() -> bool:
    # https://no-color.org: set to anything but nothing.
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


app.command(
    epilog=_examples(
        "lineage export run --to dot | dot -Tpdf > dag.pdf",
        "lineage export run --to prov-json -o lineage.prov.json",
        "lineage export run --to parquet -o tables",
        "lineage export run --to spans-csv -o attributions.csv",
        "lineage export run --to sentences-csv --article tideline-post",
        "lineage export run --to spans-jsonl --per-article -o attributions",
        "lineage export run --to shares-csv",
        "lineage export run --to annotations -o attributions.jsonld",
    )
)(export_command.export)
app.command(epilog=_examples("lineage report run", "lineage report run -o for-the-editor.html"))(
    report_command.report
)
app.command(
    epilog=_examples(
        "lineage evaluate data/harbour-crane data/rail-inquiry",
        "lineage evaluate cases/ --baselines --markdown accuracy.md --figure reliability.png",
    )
)(evaluate_command.evaluate)
app.command(
    epilog=_examples(
        "lineage simulate --stories 20 --seed 1 -o cases.jsonl",
        "lineage simulate --from-git handbook README.md -o cases.jsonl",
    )
)(simulate_command.simulate)


def _settings(path: Path | None, encoder: str | None) -> TraceConfig:
    import dataclasses

    from .. import config

    settings = config.load(path) if path is not None else config.TraceConfig()
    return settings if encoder is None else dataclasses.replace(settings, encoder=encoder)


def _read(
    paths: list[str],
    *,
    skip_bad: bool,
    quiet: bool,
    divider: str | None = None,
    private_hosts: list[str] | None = None,
) -> ReadResult:
    from ..io.readers import read

    found = read.read(
        paths,
        skip_bad=skip_bad,
        progress=not quiet,
        divider=divider,
        private_hosts=private_hosts or (),
    )
    for row in found.problems.itertuples():
        print(f"left out: {_problem(row)}", file=sys.stderr)
    return found


def _problem(row: Any) -> str:
    import pandas as pd

    from ..io.readers import problems

    return f"{problems.place(row.file, None if pd.isna(row.row) else row.row)}: {row.problem}"


def _summary(result: Lineage) -> Iterator[str]:
    from ..report import phrases

    counts = result.run["counts"]
    outcomes = result.relations["outcome"].value_counts()
    sizes = [
        phrases.counted(counts["articles"], "article"),
        phrases.counted(counts["stories"], "story", "stories"),
        phrases.counted(counts["edges_kept"], "edge"),
        phrases.counted(counts["absent_sources"], "absent source"),
    ]
    pairs = [f"{outcomes[name]} {name.replace('_', ' ')}" for name in sorted(outcomes.index)]
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


def _version(shown: bool) -> None:
    if shown:
        print(f"lineage {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _common(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Tell where news texts come from: which derived from which, and every sentence's source."""
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(errors.UsageError.status)


def main() -> None:
    """Run the command line; the entry point ``lineage``."""
    gc.set_threshold(*GC_THRESHOLDS)
    # Ours alone: what other packages have to say to developers is not for this user.
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("lineage: %(message)s"))
    logging.getLogger(__package__).addHandler(handler)
    # A screen that lacks a letter shows its code instead.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    status = run(sys.argv[1:])
    if status == INTERRUPTED:
        # At once, and not when a model has been loaded that nobody waits for any more.
        os._exit(status)
    gc.freeze()
    raise SystemExit(status)


def run(arguments: list[str]) -> int:
    """Run a command; what goes wrong becomes one line on standard error and a status.

    Parameters
    ----------
    arguments : list of str
        As typed behind ``lineage``.

    Returns
    -------
    int
        0 done, 2 usage, 3 input unusable, 4 nothing could be traced, 130 interrupted.
    """
    command = typer.main.get_command(app)
    try:
        with command.make_context("lineage", arguments) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        return _fail(f"{error.format_message()} (lineage --help tells more)", error.exit_code)
    except errors.LineageError as error:
        return _fail(str(error), error.status)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        where = "" if error.filename is None else f"{error.filename}: "
        return _fail(f"{where}{error.strerror or error}", errors.UsageError.status)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    return 0


def _fail(message: str, status: int) -> int:
    print(f"lineage: {' '.join(message.split())}", file=sys.stderr)
    return status


if __name__ == "__main__":
    main()
