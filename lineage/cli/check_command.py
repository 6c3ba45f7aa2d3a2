"""The command `lineage check`: parses, calls, prints."""

from __future__ import annotations

import sys

import typer

from .. import errors
from . import options


def check(
    paths: options.Paths,
    divider: options.Divider = None,
    private_hosts: options.PrivateHosts = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Say what would be read, and what is wrong with the rest; exit status 3 if anything is."""
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
        print(options.problem(row), file=sys.stderr)
    if len(found.problems):
        raise typer.Exit(errors.InputError.status)
