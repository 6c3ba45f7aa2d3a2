"""Fit weights to cases with a known lineage: ``python -m lineage.fit CASES -o FILE``.

``--what`` names the part of the program whose weights are fitted; ``--cross-validate`` and
``--leave-genre-out`` print what the same procedure reaches on cases that a fit has not
seen. docs/model.md describes the procedures.
"""

from __future__ import annotations

import enum
import json
import logging
from pathlib import Path
from typing import Annotated

import typer

from .evaluation import work
from .fitting import (
    causes,
    confidence,
    cover,
    division,
    material,
    outcomes,
    stories,
    strangers,
)


class What(enum.StrEnum):
    """Parts of the program with fitted weights."""

    stories = "stories"
    outcomes = "outcomes"
    causes = "causes"
    cover = "cover"
    confidence = "confidence"
    division = "division"
    strangers = "strangers"


RUNS = {
    What.stories: stories.run,
    What.outcomes: outcomes.run,
    What.causes: causes.run,
    What.cover: cover.run,
    What.confidence: confidence.run,
    What.division: division.run,
    What.strangers: strangers.run,
}


def main(
    cases: Annotated[list[Path], typer.Argument(help="Files of cases, or folders of them.")],
    what: Annotated[
        What,
        typer.Option(
            help="stories: the model of stories without publishers; outcomes: relations of pairs; "
            "cover: which source sentences; confidence: how sure these are; division: which words "
            "are whose; causes: how often "
            "each cause of a direction is right; strangers: how little texts that were made from "
            "each other have of each other (both counted, nothing is fitted)."
        ),
    ] = What.stories,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Weights file.")] = None,
    only: Annotated[list[str] | None, typer.Option("--set", help="Only this set.")] = None,
    cross_validate: Annotated[
        bool, typer.Option(help="Print figures on folds that a fit has not seen.")
    ] = False,
    leave_genre_out: Annotated[
        bool, typer.Option(help="Print figures on sets that a fit has not seen.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of the folds.")] = material.SEED,
) -> None:
    """Fit weights to cases with a known lineage."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    found = RUNS[what](
        cases,
        typer.echo,
        only=only or (),
        cross_validate=cross_validate,
        leave_genre_out=leave_genre_out,
        seed=seed,
    )
    if output is not None:
        with work.whole_file(output) as partial:
            text = json.dumps(found, indent=1) + "\n"
            partial.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    typer.run(main)
