"""Whether a run that is read back is the one that was written, and can be true at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from .. import errors, tables

# Of the run folder as a whole. A run without one was written before this was counted.
FORMAT = 1
# Probabilities are written with all digits; sums of them may be off by rounding.
_ROUNDING = 1e-6
_SHARES = ("p_", "coverage_", "containment_", "confidence")
# Each table with the columns of an article and of a span in its text.
_SPANS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "sentences": (("article_id", "start", "end"),),
    "attributions": (
        ("target_id", "target_start", "target_end"),
        ("source_id", "source_start", "source_end"),
    ),
    "evidence": (
        ("target_id", "target_start", "target_end"),
        ("source_id", "source_start", "source_end"),
    ),
    "facts": (
        ("target_id", "target_start", "target_end"),
        ("source_id", "source_start", "source_end"),
    ),
}


def as_traced(run: Mapping[str, Any]) -> dict[str, Any]:
    """Return what run.json says of the trace, without what it says of the files beside it."""
    return {name: value for name, value in run.items() if name not in ("format", "tables")}


def described(folder: Path, frames: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Return what run.json says of the files beside it.

    Parameters
    ----------
    folder : Path
        Where the tables have been written.
    frames : mapping of str to DataFrame

    Returns
    -------
    dict
        ``format``, and ``tables``: of each its number of rows and the sha256 of its file.
    """
    return {
        "format": FORMAT,
        "tables": {
            name: {"rows": len(frames[name]), "sha256": _sha256(folder / f"{name}.csv")}
            for name in tables.TABLES
        },
    }


def refuse_newer(run: Mapping[str, Any], path: Path) -> None:
    """Refuse a run of a format that this version does not know.

    Raises
    ------
    InputError
    """
    written = run.get("format", 0)
    if type(written) is not int or written < 0:
        raise errors.InputError(f"{path}: format {written!r} is no number of a format")
    if written > FORMAT:
        raise errors.InputError(
            f"{path}: written in format {written} by lineage {run.get('lineage', '?')}; "
            f"this version reads up to format {FORMAT}: install a newer one"
        )


def refuse_changed(run: Mapping[str, Any], folder: Path) -> None:
    """Refuse tables that are not the files that were written with run.json.

    Raises
    ------
    InputError
        The message names the file.
    """
    listed = run.get("tables", {})
    if not isinstance(listed, Mapping):
        raise errors.InputError(f"{folder / 'run.json'}: tables is no list of tables")
    for name, said in listed.items():
        path = folder / f"{name}.csv"
        if name not in tables.TABLES or not isinstance(said, Mapping):
            raise errors.InputError(f"{folder / 'run.json'}: {name!r} is no table of a run")
        if path.is_file() and _sha256(path) != said.get("sha256"):
            raise errors.InputError(
                f"{path}: not as it was written (its sha256 is another); trace again, or take "
                f'"tables" out of run.json to read what you changed yourself'
            )


def refuse_impossible(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Refuse tables that cannot be true, whoever wrote them.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of `tables.TABLES` by name.
    folder : Path
        Of the run, for messages.

    Raises
    ------
    InputError
        A share or probability outside 0 to 1, an id that no article has, a span outside its
        text, or kept edges that lead in a circle; the message names the file.
    """
    for name, problem in _impossible(frames):
        raise errors.InputError(f"{folder / name}.csv: {problem}; trace again")


def _impossible(frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str]]:
    articles = frames["articles"]
    length = dict(zip(articles["article_id"], articles["text"].str.len().fillna(0), strict=True))
    for name in tables.TABLES:
        frame = frames[name]
        for column in frame.columns:
            if column.startswith(_SHARES) and frame[column].dtype == "Float64":
                off = (frame[column] < -_ROUNDING) | (frame[column] > 1 + _ROUNDING)
                for value in frame.loc[off.fillna(False), column].head(1):
                    yield name, f"{column} is {value:g}, which is not between 0 and 1"
        for article, start, end in _SPANS.get(name, ()):
            yield from ((name, told) for told in _spans(frame, article, start, end, length))
    edges = frames["edges"]
    for end in ("source_id", "target_id"):
        unknown = edges.loc[~edges[end].isin(articles["article_id"]), end]
        for article in unknown.head(1):
            yield "edges", f"{end} {article!r} is no article of the run"
    kept = edges[edges["status"] == "kept"]
    circle = _circle(list(zip(kept["source_id"], kept["target_id"], strict=True)))
    if circle:
        yield "edges", f"kept edges lead in a circle: {' -> '.join(circle)}"


def _spans(
    frame: pd.DataFrame, article: str, start: str, end: str, length: Mapping[str, int]
) -> Iterator[str]:
    if not {article, start, end} <= set(frame.columns):
        return
    given = frame[frame[start].notna() & frame[end].notna()]
    most = given[article].map(length).fillna(0).astype("int64")
    off = (given[start] < 0) | (given[end] < given[start]) | (given[end] > most)
    for row in given[off].head(1).itertuples(index=False):
        where = getattr(row, article), getattr(row, start), getattr(row, end)
        yield f"{start} {where[1]} to {where[2]} is outside the text of {where[0]!r}"


def _circle(edges: list[tuple[str, str]]) -> list[str]:
    import networkx

    try:
        found = networkx.find_cycle(networkx.DiGraph(edges))
    except networkx.NetworkXNoCycle:
        return []
    return [*(source for source, _ in found), found[-1][1]]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
