"""An evaluation as text: JSON, Markdown tables, and what falls short of a floor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ... import errors
from . import cases, figures

# The worst cases of a set, listed so that a reader can look at them.
_N_WORST = 5

# Of several figures the one that a case is called bad by.
_CASE_FIGURES = (
    "edge_f1",
    "false_edge",
    "fusion_f1",
    "derived_acc",
    "pair_f1",
    "link_f1",
)

_WARNING = (
    "Simulated: texts from templates of this project, for checks and for scale. No accuracy "
    "follows from these figures and none may be quoted."
)


def missed(found: pd.DataFrame, floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Name the figures that fall short of their floor.

    Parameters
    ----------
    found : DataFrame
        ``set``, ``figure``, ``value``.
    floors : mapping of set to mapping of figure to number
        The least that a figure may be; for those of `figures.LOWER_IS_BETTER` the most.

    Returns
    -------
    list of str
        One line a figure, also for one that was not measured.
    """
    values = {(row["set"], row["figure"]): row["value"] for row in found.to_dict("records")}
    short = []
    for name, limits in floors.items():
        for figure, limit in limits.items():
            value = values.get((name, figure))
            if value is None:
                short.append(f"{name}.{figure} was not measured (asked {limit:g})")
            elif value > limit if figure in figures.LOWER_IS_BETTER else value < limit:
                short.append(f"{name}.{figure} = {value:.4f} (asked {limit:g})")
    return short


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Read a floor file: ``{"set": {"figure": number}}``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict

    Raises
    ------
    InputError
        If it is no such file, or names a figure that does not exist.
    """
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
        read = {
            str(name): {str(figure): float(limit) for figure, limit in limits.items()}
            for name, limits in floors.items()
        }
    except OSError as error:
        raise errors.InputError(f"{path}: {error.strerror or error}") from error
    except (ValueError, AttributeError, TypeError) as error:
        raise errors.InputError(
            f'{path}: not a floor file ({error}); it holds {{"set": {{"figure": number}}}}'
        ) from error
    unknown = sorted(
        {figure for limits in read.values() for figure in limits} - set(figures.BY_NAME)
    )
    if unknown:
        raise errors.InputError(
            f"{path}: no figure {', '.join(unknown)}; there are {', '.join(figures.BY_NAME)}"
        )
    return read


def to_json(
    about: Mapping[str, Any],
    found: pd.DataFrame,
    sets: pd.DataFrame,
    baselines: pd.DataFrame,
    curves: pd.DataFrame,
) -> str:
    """Return everything that was measured as one JSON object, keys in a fixed order."""
    report: dict[str, Any] = {"about": dict(about), "sets": {}, "baselines": {}}
    for each in sets.to_dict("records"):
        mine = found[found["set"] == each["set"]]
        report["sets"][each["set"]] = {
            "simulated": each["set"] == cases.SIMULATED,
            "cases": each["n_cases"],
            "articles": each["n_articles"],
            "seconds": round(each["seconds"], 1),
            "figures": _figures(mine),
        }
    for (name, method), part in baselines.groupby(["set", "method"], sort=False):
        report["baselines"].setdefault(name, {})[method] = _figures(part)
    report["reliability"] = [
        {key: (_number(value) if isinstance(value, float) else value) for key, value in row.items()}
        for row in curves.to_dict("records")
    ]
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


def _figures(part: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {
        row["figure"]: {
            "value": _number(row["value"]),
            "low": _number(row["low"]),
            "high": _number(row["high"]),
            "n_cases": row["n_cases"],
            "n": row["n"],
            "unit": row["unit"],
        }
        for row in part.to_dict("records")
    }


def _number(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 6)


def to_markdown(
    about: Mapping[str, Any],
    found: pd.DataFrame,
    sets: pd.DataFrame,
    baselines: pd.DataFrame,
    per_case: pd.DataFrame,
    *,
    names: bool = True,
) -> str:
    """Return tables for people: each figure with its interval, its baselines, and the worst cases.

    Parameters
    ----------
    about : mapping
        How it was measured.
    found, baselines : DataFrame
        As `figures.summarise` returns; baselines with a column ``method``.
    sets : DataFrame
        ``set``, ``n_cases``, ``n_articles``, ``seconds``.
    per_case : DataFrame
        ``set``, ``case``, ``figure``, ``value``.
    names : bool, default True
        Whether the worst cases are named, or only their figures told.

    Returns
    -------
    str
    """
    draws = f"{about['n_resamples']} draws, seed {about['seed']}"
    lines = [
        f"Measured by `{about['command']}` with lineage {about['lineage']}, "
        f"{_encoder(about)}, days of publication {'given' if about['dates'] else 'withheld'}, one "
        "configuration for all sets.",
        f"Cases: SHA-256 `{about['cases_sha256'][:16]}`. In brackets: 80 % interval, bootstrap "
        f"over cases, in a set of one over its texts ({draws}).",
    ]
    for each in sets.to_dict("records"):
        name = each["set"]
        simulated = name == cases.SIMULATED
        lines += ["", f"### {name}{' (simulated)' if simulated else ''}", ""]
        if simulated:
            lines += [f"**{_WARNING}**", ""]
        lines += [f"{each['n_cases']} cases, {each['n_articles']} texts.", ""]
        lines += _set_table(found[found["set"] == name], baselines[baselines["set"] == name])
        lines += _worst(per_case[per_case["set"] == name], names=names)
    return "\n".join(lines) + "\n"


def _encoder(about: Mapping[str, Any]) -> str:
    said = about["encoder"]
    if said is None:
        return "a tracer of the caller's"
    if said["mode"] == "lexical":
        return "no sentence encoder (words alone)"
    return f"sentence encoder {said['name']}"


def _set_table(mine: pd.DataFrame, baselines: pd.DataFrame) -> list[str]:
    methods = list(dict.fromkeys(baselines["method"])) if len(baselines) else []
    reached = {(row["method"], row["figure"]): row["value"] for row in baselines.to_dict("records")}
    lines = [
        "| " + " | ".join(["figure", "value", *methods, "cases", "of", "what"]) + " |",
        "| --- | --- | " + "--- | " * len(methods) + "---: | ---: | --- |",
    ]
    for row in mine.to_dict("records"):
        figure = row["figure"]
        others = [
            f"{reached[method, figure]:.3f}" if (method, figure) in reached else ""
            for method in methods
        ]
        about = figures.BY_NAME[figure].about
        if figure in figures.LOWER_IS_BETTER:
            about += " (less is better)"
        interval = "" if pd.isna(row["low"]) else f" [{row['low']:.3f}, {row['high']:.3f}]"
        counted = [str(row["n_cases"]), f"{row['n']} {row['unit']}"]
        cells = [figure, f"{row['value']:.3f}{interval}", *others, *counted, about]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _worst(per_case: pd.DataFrame, *, names: bool) -> list[str]:
    for figure in _CASE_FIGURES:
        mine = per_case[per_case["figure"] == figure]
        if len(mine) < 2:
            continue
        lower = figure in figures.LOWER_IS_BETTER
        bad = mine[mine["value"] > 0] if lower else mine[mine["value"] < 1]
        if len(bad) == 0:
            return []
        bad = bad.sort_values(["value", "case"], ascending=[not lower, True], kind="stable")
        listed = ", ".join(
            f"{row['case']} ({row['value']:.2f})" if names else f"{row['value']:.2f}"
            for row in bad.head(_N_WORST).to_dict("records")
        )
        more = f" and {len(bad) - _N_WORST} more" if len(bad) > _N_WORST else ""
        return ["", f"Where {figure} is worst: {listed}{more}."]
    return []
