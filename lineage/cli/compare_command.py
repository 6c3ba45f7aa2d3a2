"""The command `lineage compare`: parses, calls, prints."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from .. import errors
from . import export_command, options

# Lines of a text longer than this are hard to follow, however wide the screen is.
MAX_WIDTH = 100
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
        Path | None, typer.Option(help="Also write the differences as a page to print.")
    ] = None,
) -> None:
    """Compare two texts: verdict, evidence, and the words that differ."""
    from ..engine import pipeline
    from ..report import differences
    from . import explanations as telling

    settings = options.settings(config, encoder)
    found = options.read([str(first), str(second)], skip_bad=False, quiet=True)
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
