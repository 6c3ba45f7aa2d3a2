"""The command `lineage compare`: parses, calls, prints."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import errors
from . import export_command, options

if TYPE_CHECKING:
    from ..engine.two_texts import Comparison

# Lines of a text longer than this are hard to follow, however wide the screen is.
MAX_WIDTH = 100
# As diff has it: there is something to report.
RELATED = 1
STDOUT = Path("-")
Colour = Annotated[
    bool | None, typer.Option("--colour/--no-colour", help="Default: only in a terminal.")
]


def compare(
    first: Annotated[Path, typer.Argument(help="A file with one text.")],
    second: Annotated[Path, typer.Argument(help="A file with the other text.")],
    config: options.ConfigFile = None,
    encoder: options.EncoderName = None,
    colour: Colour = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the differences as a page to print; - is stdout."),
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    as_json: options.AsJson = False,
    verbose: options.Verbose = False,
) -> None:
    """Compare two texts: verdict, evidence, and the words that differ.

    Exit status 1 if the two are related, 0 if no link was found, 4 if it was not measured.
    """
    from ..engine import pipeline, two_texts

    forms = [markdown, as_json, html == STDOUT]
    if sum(forms) > 1:
        raise errors.UsageError("compare: one of --json, --markdown and --html - at a time")
    settings = options.settings(config, encoder)
    found = options.read([str(first), str(second)], skip_bad=False, quiet=True)
    if len(found.articles) != 2:
        raise errors.UsageError(
            f"compare: {len(found.articles)} articles in {first} and {second}; give two files with "
            "one text each"
        )
    compared = two_texts.of_trace(pipeline.trace(found, settings))
    if html is not None:
        page = _page(compared).encode()
        if html == STDOUT:
            sys.stdout.buffer.write(page)
        else:
            export_command.write_file(page, html, "compare")
    if as_json:
        from ..io.writers import export

        typer.echo(export.dump(compared.to_dict()), nl=False)
    elif markdown:
        typer.echo(_markdown(compared), nl=False)
    elif html != STDOUT:
        _show(compared, _is_painted() if colour is None else colour)
    if not compared.verdict.is_measured:
        raise typer.Exit(errors.NothingToTraceError.status)
    if compared.verdict.is_related:
        raise typer.Exit(RELATED)


def _show(compared: Comparison, painted: bool) -> None:
    from ..report import differences
    from . import explanations as telling

    for line in telling.pair(compared.result):
        print(line)
    older, newer = telling.in_order(compared.result)
    print()
    print(f"Words: [-only in {older.article_id}-] {{+only in {newer.article_id}+}}")
    segments = differences.word_differences(older.text, newer.text)
    width = min(MAX_WIDTH, typer.get_terminal_size().columns)
    print(
        differences.render_terminal(segments, older.text, newer.text, colour=painted, width=width)
    )


def _page(compared: Comparison) -> str:
    from ..report.page import comparison_page
    from . import explanations as telling

    told = list(telling.pair(compared.result))
    older, newer = telling.in_order(compared.result)
    return comparison_page.page(older, newer, told)


def _markdown(compared: Comparison) -> str:
    from ..report import comparison_markdown
    from . import explanations as telling

    told = list(telling.pair(compared.result))
    older, newer = telling.in_order(compared.result)
    return comparison_markdown.page(older, newer, told)


def _is_painted() -> bool:
    # https://no-color.org: set to anything but nothing.
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
