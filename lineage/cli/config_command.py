"""The command `lineage config`: parses, calls, prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import errors
from . import export_command, options


def config(
    from_file: options.ConfigFile = None,
    encoder: options.EncoderName = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write, for --config; default stdout."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file that is there.")
    ] = False,
) -> None:
    """Print all settings with their defaults and reasons, as a file that --config takes."""
    from .. import config as settings_of

    written = settings_of.to_toml(options.settings(from_file, encoder))
    if output is None:
        typer.echo(written, nl=False)
        return
    if output.is_file() and not overwrite:
        raise errors.UsageError(
            f"config: {output} is there already; replace it with --overwrite or name another file"
        )
    export_command.write_file(written.encode(), output, "config")
    typer.echo(f"settings: {output}")
