"""The command `lineage demo`: traces a story that comes with the package."""

from __future__ import annotations

import datetime
import importlib.resources
from pathlib import Path
from typing import Annotated

import typer

from .. import errors
from . import options, run_places, trace_command

# As it is in the wheel, and in a clone of the repository.
_PACKAGED = importlib.resources.files("lineage") / "demo_story"
_IN_CLONE = Path(__file__).resolve().parents[2] / "data" / "harbour-crane" / "articles"


def demo(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Run folder; lineage-demo-DATE here, if not given."),
    ] = None,
    open_report: options.Open = False,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Trace an invented story of eight texts that comes with the package: a crane has fallen."""
    folder = story()
    target = run_places.free_folder(["demo"], datetime.date.today()) if output is None else output
    if not quiet:
        print(f"texts: {folder}")
    trace_command.trace(
        [str(folder)], output=str(target), open_report=open_report, verbose=verbose, quiet=quiet
    )


def story() -> Path:
    """Return the folder with the texts of the demonstration.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If they are not there, which a whole installation does not come to.
    """
    for folder in (Path(str(_PACKAGED)), _IN_CLONE):
        if folder.is_dir():
            return folder
    raise errors.InputError("demo: its texts are not in this installation; install it again")
