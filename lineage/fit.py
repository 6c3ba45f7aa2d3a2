"""Fit weights to cases with a known lineage: ``python -m lineage.fit CASES -o lineage/weights``.

``--what`` names the part of the program whose weights are fitted; ``--cross-validate`` and
``--leave-genre-out`` print what the same procedure reaches on cases that a fit has not
seen. docs/model.md describes the procedures.
"""

from __future__ import annotations

import enum
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from . import errors
from .graph import growth as growth_model
from .graph import links as links_model
from .learn.evaluation import work
from .learn.fitting import (
    fit_causes,
    fit_confidence,
    fit_families,
    fit_growth,
    fit_links,
    fit_passages,
    fit_segmentation,
    fit_source_sets,
    kept,
    material,
)
from .weights import loader


class What(enum.StrEnum):
    """Parts of the program with fitted weights."""

    posterior = "posterior"
    families = "families"
    causes = "causes"
    source_sets = "source_sets"
    confidence = "confidence"
    passages = "passages"
    segmentation = "segmentation"
    growth = "growth"
    links = "links"


RUNS: dict[What, Callable[..., dict[str, Any]]] = {
    What.families: fit_families.run,
    What.causes: fit_causes.run,
    What.source_sets: fit_source_sets.run,
    What.confidence: fit_confidence.run,
    What.passages: fit_passages.run,
    What.segmentation: fit_segmentation.run,
    What.growth: fit_growth.run,
    What.links: fit_links.run,
}


# The weights of the posterior, in the order in which one builds on the other, and the files of
# the package that hold them.
POSTERIOR = {
    What.links: "links.json",
    What.growth: "growth.json",
    What.families: "family.json",
}

# Fits of which what is measured of cases is kept, and the weights that measuring builds on.
BUILDS_ON = {
    What.links: (),
    What.growth: (),
    What.families: ("links.json", "growth.json"),
    What.passages: ("links.json", "source_sets.json", "confidence.json"),
}


def main(
    cases: Annotated[list[Path], typer.Argument(help="Files of cases, or folders of them.")],
    what: Annotated[
        What,
        typer.Option(
            help="posterior: links, growth and families, one after the other, into a folder; "
            "families: who was made from whom; growth: what lengths say of a direction by "
            "the style of the texts; source_sets: which source sentences; confidence: how sure "
            "these are; segmentation: which words are whose; causes: how often each cause of a "
            "direction is right (counted, not fitted); links: which texts are relatives at all; "
            "passages: further parents by their sentences."
        ),
    ] = What.posterior,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Weights file; of the posterior a folder.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--set", help="Only this set.")] = None,
    cross_validate: Annotated[
        bool, typer.Option(help="Print figures on folds that a fit has not seen.")
    ] = False,
    leave_genre_out: Annotated[
        bool, typer.Option(help="Print figures on sets that a fit has not seen.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of the folds.")] = material.SEED,
    features: Annotated[
        Path,
        typer.Option(
            help="Folder in which what is measured of each case is kept for the next fit, by the "
            "hash of its texts and of this program; it may be deleted at any time."
        ),
    ] = Path("build/features"),
) -> None:
    """Fit weights to cases with a known lineage."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if what is What.posterior and output is not None and not output.is_dir():
        raise errors.UsageError(f"{output}: no folder; give one that is there, for three files")
    for part in POSTERIOR if what is What.posterior else (what,):
        known = {}
        if part in BUILDS_ON:
            program = kept.program(BUILDS_ON[part])
            known["features"] = kept.Features(features, part.value, program)
        found = RUNS[part](
            cases,
            typer.echo,
            only=only or (),
            cross_validate=cross_validate,
            leave_genre_out=leave_genre_out,
            seed=seed,
            **known,
        )
        if output is None:
            continue
        target = output / POSTERIOR[part] if what is What.posterior else output
        with work.whole_file(target) as partial:
            text = json.dumps(found, indent=1) + "\n"
            partial.write_text(text, encoding="utf-8", newline="\n")
        # What is fitted next may build on it, if it is the package's own.
        loader.read.cache_clear()
        links_model.load.cache_clear()
        growth_model.load.cache_clear()


if __name__ == "__main__":
    typer.run(main)
