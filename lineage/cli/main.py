"""The command line: its commands, and what goes wrong in them as one line and a status."""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import Annotated, Any

import typer

from .. import __version__, errors
from . import (
    archive_command,
    check_command,
    compare_command,
    config_command,
    demo_command,
    evaluate_command,
    explain_command,
    export_command,
    options,
    report_command,
    serve_command,
    simulate_command,
    trace_command,
)

# What the shell says of a program that Ctrl-C ended: 128 and the signal's number.
INTERRUPTED = 130
# A run makes some million objects that live to its end. Looking through them for rubbish again
# and again, and once more at the end, is a fifth of the time of a small trace
# (tests/benchmarks/seeds_cold.py).
GC_THRESHOLDS = (200_000, 20, 20)

# By which a shell with completion installed asks; typer's own.
COMPLETION = "_LINEAGE_COMPLETE"

app = typer.Typer(
    name="lineage",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _examples(*lines: str) -> str:
    # A line with nothing but a backspace keeps the lines after it from being joined.
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


app.command(
    epilog=_examples(
        "lineage trace data/harbour-crane/articles -o run",
        "lineage trace wire.txt post.html --open",
        "lineage trace a.txt b.html archive.csv -o run --overwrite",
        "cat story.jsonl | lineage trace - -o run",
        "lineage trace https://wire.example/a https://post.example/b -o run",
        "xclip -o | lineage trace - --divider === -o run",
        "lineage trace articles --known known.csv -o run",
    )
)(trace_command.trace)
app.command(
    epilog=_examples(
        "lineage check data/harbour-crane/articles",
        "lineage check archive.csv && lineage trace archive.csv -o run",
    )
)(check_command.check)
app.command(
    epilog=_examples(
        "lineage explain run tideline-post",
        "lineage explain run tideline-post --sentence 4",
        "lineage explain run tide --json",
    )
)(explain_command.explain)
app.command(
    epilog=_examples(
        "lineage compare wire.txt post.txt",
        "lineage compare wire.txt post.txt --colour | less -R",
        "lineage compare wire.txt post.txt --html difference.html",
        "lineage compare wire.txt post.txt --json",
        "lineage compare wire.txt post.txt --markdown | mail -s Difference desk",
    )
)(compare_command.compare)
app.command(
    epilog=_examples(
        "lineage export run --to dot | dot -Tpdf > dag.pdf",
        "lineage export run --to prov-json -o lineage.prov.json",
        "lineage export run --to parquet -o tables",
        "lineage export run --to spans-csv -o attributions.csv",
        "lineage export run --to sentences-csv --article tideline-post",
        "lineage export run --to spans-jsonl --per-article -o attributions",
        "lineage export run --to shares-csv",
        "lineage export run --to xlsx -o run.xlsx",
        "lineage export run --to sentences-csv --excel-csv -o sentences.csv",
        "lineage export run --to annotations -o attributions.jsonld",
    )
)(export_command.export)
app.command(epilog=_examples("lineage report run", "lineage report run -o for-the-editor.html"))(
    report_command.report
)
app.command(epilog=_examples("lineage serve", "lineage serve --port 8765 --no-open"))(
    serve_command.serve
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


app.command(epilog=_examples("lineage demo", "lineage demo -o demo --open"))(demo_command.demo)
app.command(
    epilog=_examples(
        "lineage config",
        "lineage config -o settings.toml && lineage trace a.txt b.txt --config settings.toml",
    )
)(config_command.config)
archive = typer.Typer(rich_markup_mode=None)
app.add_typer(
    archive,
    name="archive",
    epilog=_examples(
        "lineage archive add my-archive data/harbour-crane/articles",
        "lineage archive query my-archive post.txt",
    ),
)
archive.command(
    epilog=_examples(
        "lineage archive add my-archive data/harbour-crane/articles",
        "lineage archive add my-archive 2024.jsonl 2025.jsonl --skip-bad",
        "zcat dump.jsonl.gz | lineage archive add my-archive -",
    )
)(archive_command.add)
archive.command(
    epilog=_examples(
        "lineage archive query my-archive post.txt",
        "lineage archive query my-archive post.txt -o run",
        "xclip -o | lineage archive query my-archive -",
    )
)(archive_command.query)
archive.command(epilog=_examples("lineage archive info my-archive"))(archive_command.info)
archive.command(
    epilog=_examples(
        "lineage archive remove my-archive tideline-post",
        "lineage archive remove my-archive --file 2024.jsonl",
    )
)(archive_command.remove)
archive.command(
    epilog=_examples(
        "lineage archive trace my-archive",
        "lineage archive trace my-archive -o stories --no-reports",
    )
)(archive_command.trace)
archive.command(
    epilog=_examples(
        "lineage archive watch my-archive incoming",
        "lineage archive watch my-archive incoming --json -o stories",
        "lineage archive watch my-archive incoming --once",
    )
)(archive_command.watch)
archive.command(epilog=_examples("lineage archive export my-archive -o exported"))(
    archive_command.export
)


@archive.callback(invoke_without_command=True)
def _of_archive(context: typer.Context) -> None:
    """Keep texts on disk, and ask which of them others go back to."""
    _help_without_command(context)


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
    verbose: options.Verbose = False,
) -> None:
    """Show which news texts were made from which, and where every sentence came from."""
    _help_without_command(context)


def _help_without_command(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(errors.UsageError.status)


def main() -> None:
    """Run the command line; the entry point ``lineage``."""
    if COMPLETION in os.environ:
        # The shell asks what could be typed next.
        app(prog_name="lineage")
        return
    gc.set_threshold(*GC_THRESHOLDS)
    # Ours alone: what other packages have to say to developers is not for this user.
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("lineage: %(message)s"))
    logging.getLogger(__package__.partition(".")[0]).addHandler(handler)
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
        0 done, 1 a floor missed or two texts related, 2 usage, 3 input unusable, 4 nothing could
        be traced, 130 interrupted.
    """
    command = typer.main.get_command(app)
    try:
        status = _invoke(command, arguments)
        sys.stdout.flush()
        return status
    except typer.TyperException as error:
        return _fail(f"{error.format_message()} (see lineage --help)", error.exit_code)
    except errors.LineageError as error:
        return _fail(error.for_command_line, error.status)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        where = "" if error.filename is None else f"{error.filename}: "
        return _fail(f"{where}{error.strerror or error}", errors.UsageError.status)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    return 0


def _invoke(command: Any, arguments: list[str]) -> int:
    try:
        with command.make_context("lineage", arguments) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    return 0


def _fail(message: str, status: int) -> int:
    print(f"lineage: {' '.join(message.split())}", file=sys.stderr)
    return status


if __name__ == "__main__":
    main()
