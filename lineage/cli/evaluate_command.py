"""The command `lineage evaluate`: parses, calls, prints."""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import errors

if TYPE_CHECKING:
    from ..learn.evaluate import Evaluation


# Text phylogeny repeats the other figures on another scale: it is in the files.
_IN_FILES_ONLY = "phylo_"

_FIGURE_ENDS = (".png", ".svg", ".pdf")


def evaluate(
    cases: Annotated[
        list[Path],
        typer.Argument(
            help="Files of cases (JSON lines, docs/cases.md), story folders with truth.json, or "
            "folders of either."
        ),
    ],
    only: Annotated[
        list[str] | None, typer.Option("--set", help="Only this set; may be repeated.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most this many cases of each set, the first ones.")
    ] = None,
    dates: Annotated[
        bool, typer.Option("--dates", help="Show days of publication to the tracer.")
    ] = False,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Score simple methods on the same cases.")
    ] = False,
    floor: Annotated[
        Path | None,
        typer.Option(help='JSON {"set": {"figure": limit}}; status 1 if one falls short.'),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write everything measured.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write tables.")] = None,
    names: Annotated[
        bool, typer.Option("--names/--no-names", help="Name the worst cases in the tables.")
    ] = True,
    figure: Annotated[
        Path | None, typer.Option(help="Write the reliability curves: .png, .svg or .pdf.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="A TOML file with settings.")
    ] = None,
    encoder: Annotated[
        str | None, typer.Option(help="minilm (default), lexical, multilingual, or a model.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no figures.")] = False,
) -> None:
    """Measure how right the tracer is on cases whose true lineage is known."""
    import dataclasses

    from .. import config as settings_of
    from ..learn import evaluate as evaluation
    from ..learn.evaluation import cases as known
    from ..learn.evaluation import figure_tables, work

    # Before the work, not after it.
    floors = {} if floor is None else figure_tables.read_floors(floor)
    if figure is not None and figure.suffix.lower() not in _FIGURE_ENDS:
        raise errors.UsageError(f"--figure {figure}: end it in {', '.join(_FIGURE_ENDS)}")
    for path in (json_file, markdown, figure):
        if path is not None and (path.is_dir() or not path.parent.is_dir()):
            raise errors.UsageError(f"{path}: cannot be written; give a file in an existing folder")
    settings = settings_of.TraceConfig() if config is None else settings_of.load(config)
    if encoder is not None:
        settings = dataclasses.replace(settings, encoder=encoder)
    listed = known.read(cases, sets=only or (), limit=limit)
    found = evaluation.run(
        listed,
        dates=dates,
        progress=not quiet,
        jobs=jobs,
        baselines=baselines,
        settings=settings,
    )
    found.about["command"] = _command(dates=dates, baselines=baselines, only=only, limit=limit)
    if not quiet:
        _show(found)
    if json_file is not None:
        with work.whole_file(json_file) as partial:
            partial.write_text(found.to_json(), encoding="utf-8", newline="\n")
    if markdown is not None:
        with work.whole_file(markdown) as partial:
            partial.write_text(found.to_markdown(names=names), encoding="utf-8", newline="\n")
    if figure is not None:
        with work.whole_file(figure) as partial:
            found.save_figure(partial)
    short = found.missed(floors)
    if short:
        typer.echo("lineage: falls short: " + "; ".join(short), err=True)
        raise typer.Exit(1)


def _command(*, dates: bool, baselines: bool, only: list[str] | None, limit: int | None) -> str:
    said = ["lineage evaluate CASES"]
    said += [f"--set {json.dumps(name) if ' ' in name else name}" for name in only or ()]
    said += [] if limit is None else [f"--limit {limit}"]
    said += ["--dates"] if dates else []
    said += ["--baselines"] if baselines else []
    return " ".join(said)


def _show(found: Evaluation) -> None:
    from ..learn.evaluation import cases as known

    for each in found.sets.to_dict("records"):
        name = str(each["set"])
        note = " (simulated: no accuracy)" if name == known.SIMULATED else ""
        typer.echo(f"{name}{note}: {each['n_cases']} cases, {each['seconds']:.1f} s")
        for row in found.figures[found.figures["set"] == name].to_dict("records"):
            if not row["figure"].startswith(_IN_FILES_ONLY):
                typer.echo(f"  {row['figure']:<20} {_value(row)}{_best(found, row)}")


def _value(row: Mapping[Hashable, Any]) -> str:
    of = f"of {row['n']} {row['unit']}"
    if math.isnan(row["low"]):
        return f"{row['value']:.3f}  {of}"
    return f"{row['value']:.3f}  [{row['low']:.3f}, {row['high']:.3f}]  {of}"


def _best(found: Evaluation, row: Mapping[Hashable, Any]) -> str:
    """The simple method that comes nearest, if any was scored."""
    from ..learn.evaluation import figures

    mine = [
        each
        for each in found.baselines.to_dict("records")
        if (each["set"], each["figure"]) == (row["set"], row["figure"])
    ]
    if not mine:
        return ""
    sign = -1 if row["figure"] in figures.LOWER_IS_BETTER else 1
    best = max(mine, key=lambda each: sign * each["value"])
    return f"  ({best['method']}: {best['value']:.3f})"
