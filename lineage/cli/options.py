"""Options that several commands have, and what they read."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ..config import TraceConfig
    from ..io.readers.read_result import ReadResult

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
        help="Fetch from this host although its address is not public; may be repeated.",
    ),
]
Divider = Annotated[
    str | None,
    typer.Option(metavar="LINE", help="In pasted text and .txt files, this line divides articles."),
]
Run = Annotated[Path, typer.Argument(help="A run folder, written by `lineage trace`.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="A TOML file with settings.")]
EncoderName = Annotated[
    str | None,
    typer.Option(
        help="minilm (default), lexical (words alone), multilingual, or a sentence-transformers "
        "model by name or path."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Open = Annotated[bool, typer.Option("--open", help="Open the report in the browser.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]


def _be_verbose(wanted: bool) -> bool:
    if wanted:
        logging.getLogger(__package__.partition(".")[0]).setLevel(logging.INFO)
    return wanted


Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        callback=_be_verbose,
        help="Say on standard error what is being done, and how long it took.",
    ),
]


def settings(path: Path | None, encoder: str | None) -> TraceConfig:
    """Read the settings, with another encoder where one is named."""
    import dataclasses

    from .. import config

    chosen = config.load(path) if path is not None else config.TraceConfig()
    return chosen if encoder is None else dataclasses.replace(chosen, encoder=encoder)


def read(
    paths: list[str],
    *,
    skip_bad: bool,
    quiet: bool,
    divider: str | None = None,
    private_hosts: list[str] | None = None,
) -> ReadResult:
    """Read the articles of a command line, and name what was left out."""
    from ..io.readers import read as reading

    found = reading.read(
        paths,
        skip_bad=skip_bad,
        progress=not quiet,
        divider=divider,
        private_hosts=private_hosts or (),
    )
    for row in found.problems.itertuples():
        print(f"left out: {problem(row)}", file=sys.stderr)
    return found


def problem(row: Any) -> str:
    """Say what is wrong with an input, and where."""
    import pandas as pd

    from ..io.readers import problems

    return f"{problems.place(row.file, None if pd.isna(row.row) else row.row)}: {row.problem}"
