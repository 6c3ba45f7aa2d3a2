"""A folder in which texts arrive: what comes in is added, and told if it goes back to another."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ... import errors
from ...config import TraceConfig
from ...io import run_folder
from ...io.readers import formats, metadata, problems, stream
from . import archive_settings, archive_stories, parts, story_runs
from .archive import Archive

Stamp = tuple[int, int]


@dataclass(frozen=True)
class Arrival:
    """An article that goes back to one that was there, or to one that came in with it.

    Attributes
    ----------
    article_id : str
    story_id : str
    change : str
        Of its story: ``new``, ``grown``, ``joined``.
    n_texts : int
        Texts of the story.
    nearest : str
        The article that it has most in common with.
    p_link : float
        That the two are related, by themselves.
    run_words : int
        Words of the longest run that both have; all of them where the text is the same.
    edges : tuple of dict
        Of the traced story those to and from the article: source_id, target_id, relation,
        p_edge, p_direction.
    """

    article_id: str
    story_id: str
    change: str
    n_texts: int
    nearest: str
    p_link: float
    run_words: int
    edges: tuple[dict[str, Any], ...]


class Folder:
    """What has arrived in a folder since it was last looked at.

    Parameters
    ----------
    place : path
    """

    def __init__(self, place: str | os.PathLike[str]) -> None:
        self._place = Path(place)
        self._taken: dict[Path, Stamp] = {}
        self._seen: dict[Path, Stamp] = {}

    def arrived(self, *, at_once: bool = False) -> list[Path]:
        """List files that are new or have changed, and that nobody is still writing.

        Parameters
        ----------
        at_once : bool
            Do not wait for a second look that finds a file as it was at the first.

        Returns
        -------
        list of Path
        """
        now = dict(self._stamps())
        settled = [
            path
            for path, stamp in sorted(now.items())
            if self._taken.get(path) != stamp and (at_once or self._seen.get(path) == stamp)
        ]
        self._seen = now
        self._taken |= {path: now[path] for path in settled}
        return settled

    def _stamps(self) -> Iterator[tuple[Path, Stamp]]:
        for top, folders, names in os.walk(self._place):
            here = Path(top)
            folders[:] = [
                name
                for name in folders
                if not name.startswith(".") and not run_folder.is_run_folder(here / name)
            ]
            for name in names:
                path = here / name
                kind = formats.by_suffix(path.suffix)
                is_text = kind is not None and name.lower() != metadata.NAME
                if name.startswith(".") or not is_text or path.stem.lower() == "readme":
                    continue
                try:
                    found = path.stat()
                except OSError:
                    # Gone since the folder was listed.
                    continue
                yield path, (found.st_mtime_ns, found.st_size)


def watch(
    archive: Archive,
    folder: str | os.PathLike[str],
    *,
    runs: str | os.PathLike[str] | None = None,
    config: TraceConfig | None = None,
    encoder: str | object | None = None,
    once: bool = False,
    every_s: float = archive_settings.POLL_S,
    wrong: Callable[[Sequence[problems.Problem]], None] | None = None,
) -> Iterator[Arrival]:
    """Add what arrives in a folder, and tell of each article that goes back to another.

    Parameters
    ----------
    archive : Archive
    folder : path
        Looked at with all folders in it.
    runs : path, optional
        Folder that gets a run of each story that has changed.
    config : TraceConfig, optional
    encoder : str or object with ``.encode``, optional
    once : bool
        Add what is there, and end.
    every_s : float
        Seconds between two looks.
    wrong : callable, optional
        Told what was left out.

    Yields
    ------
    Arrival
        Once it is stored, and its story traced.

    Raises
    ------
    ArchiveError
        If another process writes.

    Examples
    --------
    >>> import lineage
    >>> from lineage.engine.archive import watching
    >>> archive = lineage.Archive("watching-archive", create=True)
    >>> articles = "data/harbour-crane/articles"
    >>> arrivals = list(watching.watch(archive, articles, encoder="lexical", once=True))
    >>> [each.article_id for each in arrivals][-1], len(arrivals)
    ('tideline-post', 5)
    """
    found = _folder(folder)
    copies: list[tuple[str, int]] = []
    while True:
        paths = found.arrived(at_once=once)
        if paths:
            coming = stream.Stream([os.fspath(path) for path in paths], skip_bad=True)
            archive.add_articles(
                coming,
                wrong=coming.problems,
                doing="watch",
                stored=lambda made: copies.extend(made.copies),
            )
            if wrong is not None and coming.problems.items:
                wrong(coming.problems.items)
        # What was stored before a kill, and not yet told, is told now; what was added from
        # elsewhere is weighed too, so that the next one finds its story.
        if copies or archive.state.stories_until < archive.state.next_text:
            yield from _told(archive, os.path.abspath(folder), copies, runs, config, encoder)
            copies.clear()
        if once:
            return
        time.sleep(every_s)


def _folder(place: str | os.PathLike[str]) -> Folder:
    if not Path(place).is_dir():
        raise errors.InputError(f"{place}: no such folder; name one in which texts arrive")
    return Folder(place)


def _told(
    archive: Archive,
    folder: str,
    copies: Sequence[tuple[str, int]],
    runs: str | os.PathLike[str] | None,
    config: TraceConfig | None,
    encoder: str | object | None,
) -> Iterator[Arrival]:
    first = archive.state.stories_until
    changes = {each.story_id: each for each in archive.update_stories()}
    tables = archive.tables
    story_of = archive_stories.members(tables)
    matches = archive_stories.matches(tables)
    same = dict(copies)
    told = [
        _Told(name, int(text), int(other), float(p), int(words))
        for name, text, other, p, words in _of_new(tables, matches, first, folder)
        if name not in same
    ]
    told += [_Told(name, text, text, 1.0, _n_words(tables, text)) for name, text in same.items()]
    by_story: dict[str, list[_Told]] = {}
    for each in told:
        by_story.setdefault(story_of[each.text_no], []).append(each)
    for story_id, mine in sorted(by_story.items()):
        traced = story_runs.trace(tables, story_id, config, encoder)
        if runs is not None:
            traced.result.save(Path(runs) / story_id, overwrite=True)
        change = changes.get(story_id)
        n_texts = sum(each == story_id for each in story_of.values())
        for each in mine:
            yield Arrival(
                each.article_id,
                story_id,
                "grown" if change is None else change.kind,
                n_texts,
                _first_of(tables, each.other_no, each.article_id),
                each.p_link,
                each.run_words,
                _edges(traced.result.edges, each.article_id),
            )


@dataclass(frozen=True)
class _Told:
    article_id: str
    text_no: int
    other_no: int
    p_link: float
    run_words: int


def _of_new(
    tables: parts.Tables, matches: pd.DataFrame, first: int, folder: str
) -> Iterator[tuple[Any, ...]]:
    """Articles of the folder whose texts were not weighed before, with what they match."""
    new = matches[matches["text_no"] >= first]
    named = tables.ask(
        "SELECT article_id, text_no FROM place, articles JOIN wanted USING (text_no) "
        "WHERE starts_with(file, below) ORDER BY text_no, published_at NULLS LAST, article_id",
        wanted=new[["text_no"]],
        place=pd.DataFrame({"below": [folder + os.sep]}),
    ).merge(new, on="text_no")
    shown = ["article_id", "text_no", "other_no", "p_link", "run_words"]
    yield from named[shown].itertuples(index=False)


def _n_words(tables: parts.Tables, text_no: int) -> int:
    return int(tables.texts([text_no])["n_words"].iloc[0])


def _first_of(tables: parts.Tables, text_no: int, but: str) -> str:
    """The earliest article that has a text, and is not the one that is told of."""
    rows = tables.ask(
        f"SELECT article_id FROM articles WHERE text_no = {text_no} "
        "ORDER BY published_at NULLS LAST, added_at, article_id"
    )
    return str(next(name for name in rows["article_id"] if name != but))


def _edges(edges: pd.DataFrame, article_id: str) -> tuple[dict[str, Any], ...]:
    ends = (edges["source_id"] == article_id) | (edges["target_id"] == article_id)
    shown = ["source_id", "target_id", "relation", "p_edge", "p_direction"]
    rows = edges.loc[ends, shown].to_dict("records")
    return tuple({str(name): value for name, value in row.items()} for row in rows)
