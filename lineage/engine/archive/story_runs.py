"""Every story of an archive traced: a run folder each, made anew where the story has changed."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ... import errors
from ...config import TraceConfig
from ...io import columns, run_folder
from ...result import Lineage
from .. import pipeline
from . import archive_settings, lookup, parts

STORIES = "stories.csv"
COLUMNS = ("story_id", "articles", "texts", "outlets", "edges", "first", "last", "title")


@dataclass(frozen=True)
class Traced:
    """A story and its trace.

    Attributes
    ----------
    story_id : str
    result : Lineage
    n_left_out : int
        Articles that are not in the trace.
    """

    story_id: str
    result: Lineage
    n_left_out: int


def trace(
    tables: parts.Tables,
    story_id: str,
    config: TraceConfig | None = None,
    encoder: str | object | None = None,
) -> Traced:
    """Trace one story of an archive.

    Parameters
    ----------
    tables : Tables
    story_id : str
    config : TraceConfig, optional
    encoder : str or object with ``.encode``, optional

    Returns
    -------
    Traced

    Raises
    ------
    UsageError
        If there is no such story.
    """
    held = _articles(tables, story_id)
    kept = _kept(held)
    result = pipeline.trace(kept[list(columns.SUPPLIED)], config, encoder)
    n_left_out = len(held) - len(kept)
    result.run["archive"] = {
        "folder": str(tables.folder),
        "story": story_id,
        "limits": [f"{n_left_out} articles of the story are not traced"] if n_left_out else [],
    }
    return Traced(story_id, result, n_left_out)


def write(
    tables: parts.Tables,
    folder: str | os.PathLike[str],
    config: TraceConfig | None = None,
    encoder: str | object | None = None,
    *,
    reports: bool = True,
    told: Callable[[int, int], None] | None = None,
) -> dict[str, int]:
    """Trace all stories into a folder of run folders, beside a table of them.

    Parameters
    ----------
    tables : Tables
    folder : path
        A run that is there already, of the very texts of the story, is left as it is.
    config : TraceConfig, optional
    encoder : str or object with ``.encode``, optional
    reports : bool
        Write the report and the pictures of each story too.
    told : callable, optional
        Called after each story with how many are done, and how many there are.

    Returns
    -------
    dict of str to int
        ``traced``, ``unchanged`` and ``removed`` (runs of stories that are part of others now).

    Raises
    ------
    UsageError
        If the folder is something else's.
    """
    place = Path(folder)
    before = _check(place)
    place.mkdir(parents=True, exist_ok=True)
    names = tables.ask("SELECT DISTINCT story_id FROM stories ORDER BY 1")["story_id"].tolist()
    counts = {"traced": 0, "unchanged": 0, "removed": 0}
    rows = []
    for number, story_id in enumerate(names, start=1):
        held = _articles(tables, story_id)
        kept = _kept(held)
        run = place / story_id
        if _inputs(run) == _hash(kept["text_sha256"].tolist()):
            counts["unchanged"] += 1
        else:
            found = trace(tables, story_id, config, encoder)
            if reports:
                found.result.save(run, overwrite=True)
            else:
                run_folder.write(run, found.result.frames, found.result.run, overwrite=True)
            counts["traced"] += 1
        rows.append(_row(story_id, held, run))
        if told is not None:
            told(number, len(names))
    for story_id in sorted(before - set(names)):
        if run_folder.is_run_folder(place / story_id):
            shutil.rmtree(place / story_id, ignore_errors=True)
            counts["removed"] += 1
    _write_table(place / STORIES, rows)
    return counts


def _articles(tables: parts.Tables, story_id: str) -> pd.DataFrame:
    numbers = tables.ask(
        "SELECT text_no FROM stories JOIN wanted USING (story_id) ORDER BY 1",
        wanted=pd.DataFrame({"story_id": [story_id]}),
    )["text_no"].tolist()
    if not numbers:
        raise errors.UsageError(f"{tables.folder}: no story {story_id!r}")
    return lookup.articles_of(tables, numbers)


def _kept(held: pd.DataFrame) -> pd.DataFrame:
    first = held.groupby("text_no").head(archive_settings.MOST_SAME_TEXT)
    by = ["published_at", "text_sha256", "article_id"]
    ordered = first.sort_values(by, na_position="last", kind="stable")
    return ordered.head(archive_settings.MOST_STORY_ARTICLES)


def _check(place: Path) -> set[str]:
    """Refuse a folder of something else; return the stories that were written there before."""
    if not os.path.lexists(place):
        return set()
    table = place / STORIES
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as stream:
            return {row.get("story_id") or "" for row in csv.DictReader(stream)} - {""}
    started = [each for each in place.iterdir()] if place.is_dir() else [place]
    if all(each.name.startswith(("story-", ".lineage-")) for each in started):
        return set()
    raise errors.UsageError(
        f"{place}: not empty and no stories of an archive, so it is left alone; name another folder"
    )


def _inputs(run: Path) -> str | None:
    """Hash of the texts that a run was made from, None where there is no run."""
    if not run_folder.is_run_folder(run):
        return None
    try:
        return str(json.loads((run / run_folder.RUN_FILE).read_bytes())["inputs"]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _hash(hashes: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()


def _row(story_id: str, held: pd.DataFrame, run: Path) -> dict[str, object]:
    titles = held.sort_values(["published_at", "article_id"])["title"].dropna()
    dated = held["published_at"].dropna()
    return {
        "story_id": story_id,
        "articles": len(held),
        "texts": held["text_no"].nunique(),
        "outlets": held["outlet"].nunique(),
        "edges": sum(1 for _ in _kept_edges(run)),
        "first": "" if len(dated) == 0 else f"{dated.min():%Y-%m-%d}",
        "last": "" if len(dated) == 0 else f"{dated.max():%Y-%m-%d}",
        "title": titles.iloc[0] if len(titles) else "",
    }


def _kept_edges(run: Path) -> Iterator[dict[str, str]]:
    with (run / "edges.csv").open(encoding="utf-8", newline="") as stream:
        yield from (row for row in csv.DictReader(stream) if row["status"] == "kept")


def _write_table(path: Path, rows: Sequence[dict[str, object]]) -> None:
    beside = path.with_suffix(".tmp")
    with beside.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    beside.replace(path)
