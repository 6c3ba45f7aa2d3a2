"""The command `lineage report`: parses, calls, writes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from . import options


def report(
    run: options.Run,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; default: report.html in the run."),
    ] = None,
) -> None:
    """Rebuild the report of an existing run with this version of lineage."""
    from .. import errors, result
    from ..report.page import render

    loaded = result.load(run)
    target = run / "report.html" if output is None else output
    page = render.render(loaded.frames, loaded.run)
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.write_text(page, encoding="utf-8", newline="\n")
        partial.replace(target)
    except OSError as error:
        raise errors.UsageError(f"report: {target}: cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
    typer.echo(f"report: {target}")
