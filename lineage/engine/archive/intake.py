"""What is new of the articles that come in: told by text and name, named, numbered, stored."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ... import errors, tables
from ...io import columns
from ...io.readers import problems, sources
from ...match import word_runs
from . import archive_settings, parts, word_index
from .manifest import Manifest

# What tells apart two articles that have neither id nor file.
_TELLING = ("outlet", "byline", "title", "url", "published_at")


@dataclass(frozen=True)
class Added:
    """What became of the articles that came in.

    Attributes
    ----------
    n_read : int
        Articles that came in.
    n_articles, n_texts : int
        Of them those that are stored, and texts that were not there before; one text may be that
        of many articles.
    n_there : int
        Those that were there already.
    n_left_out : int
        Those without words, or with an id that none may have.

    Examples
    --------
    >>> from lineage.engine.archive import intake
    >>> intake.Added(n_read=3, n_articles=2).plus(intake.Added(n_read=1, n_there=1))
    Added(n_read=4, n_articles=2, n_texts=0, n_there=1, n_left_out=0)
    """

    n_read: int = 0
    n_articles: int = 0
    n_texts: int = 0
    n_there: int = 0
    n_left_out: int = 0

    def plus(self, other: Added) -> Added:
        """Add up two counts."""
        mine, more = dataclasses.astuple(self), dataclasses.astuple(other)
        return Added(*(a + b for a, b in zip(mine, more, strict=True)))


@dataclass(frozen=True)
class _New:
    """An article of a batch with what is told by."""

    values: dict[str, Any]
    sha256: str
    name: str
    file: str
    row: int | None
    ids: tuple[str, ...]


def batches(articles: Iterable[sources.Article]) -> Iterator[list[sources.Article]]:
    """Divide articles into batches of a bounded number and length."""
    batch: list[sources.Article] = []
    n_chars = 0
    try:
        for article in articles:
            batch.append(article)
            n_chars += len(article.values["text"])
            full = len(batch) >= archive_settings.BATCH_TEXTS
            if full or n_chars >= archive_settings.BATCH_CHARS:
                yield batch
                batch, n_chars = [], 0
    except errors.LineageError:
        # Something cannot be read; what came before it can be stored.
        yield batch
        raise
    if batch:
        yield batch


@dataclass(frozen=True)
class Stored:
    """A batch that is on disk.

    Attributes
    ----------
    state : Manifest
        With the files of the batch; to be committed.
    counts : Added
    copies : tuple of (str, int)
        Ids of the articles whose text another one had before, each with its number.
    """

    state: Manifest
    counts: Added
    copies: tuple[tuple[str, int], ...]


def store(
    found: parts.Tables,
    batch: Sequence[sources.Article],
    writer: word_index.IndexWriter,
    told: problems.Problems,
) -> Stored:
    """Write what is new of a batch into files, and hand its words to the index.

    Parameters
    ----------
    found : Tables
        What is there.
    batch : sequence of Article
        As read.
    writer : IndexWriter
    told : Problems
        Of articles that cannot be stored, and of those whose id was another text's.

    Returns
    -------
    Stored
        Neither the manifest nor the index is committed.
    """
    known = [_told_by(each) for each in batch]
    numbers, there = _texts_there(found, known)
    taken = _ids_taken(found, known)
    state = found.state
    next_text = state.next_text
    now = pd.Timestamp.now(tz="UTC").tz_localize(None)
    texts: list[dict[str, object]] = []
    articles: list[dict[str, Any]] = []
    n_there = n_left_out = 0
    for each in known:
        if _is_there(each, there):
            n_there += 1
            continue
        if each.ids[0].startswith(tables.ABSENT_PREFIX):
            told.note(f"id {each.ids[0]!r} is like that of an absent source", each.file, each.row)
            n_left_out += 1
            continue
        if each.sha256 not in numbers:
            marks = word_runs.marks(str(each.values["text"]))
            if marks.n_words == 0:
                told.note("the text has no words", each.file, each.row)
                n_left_out += 1
                continue
            numbers[each.sha256] = next_text
            texts.append(
                {
                    "text_no": next_text,
                    "text_key": parts.key_of(each.sha256),
                    "text_sha256": each.sha256,
                    "n_words": marks.n_words,
                    "text": each.values["text"],
                }
            )
            writer.add(next_text, marks)
            next_text += 1
        chosen = next(name for name in each.ids if name not in taken)
        if chosen != each.ids[0]:
            told.note(
                f"id {each.ids[0]!r} is that of another text; stored as {chosen!r}",
                each.file,
                each.row,
            )
        taken.add(chosen)
        there.setdefault(each.sha256, set()).update({("name", each.name), ("file", each.file)})
        articles.append(_row(each, chosen, numbers[each.sha256], now))
    made = dataclasses.replace(state, next_text=next_text)
    for table, rows in (("texts", texts), ("articles", articles)):
        if rows:
            part = found.write(table, _frame(table, rows))
            made = parts.replaced(made, table, (), (part,))
    counts = Added(len(batch), len(articles), len(texts), n_there, n_left_out)
    first: set[int] = set()
    copies = []
    for row in articles:
        number = int(row["text_no"])
        if number < state.next_text or number in first:
            copies.append((str(row["article_id"]), number))
        first.add(number)
    return Stored(made, counts, tuple(copies))


def _told_by(article: sources.Article) -> _New:
    values = article.values
    sha256 = hashlib.sha256(values["text"].encode()).hexdigest()
    given = values["article_id"]
    file = os.path.abspath(article.file) if os.path.exists(article.file) else article.file
    if given is not None:
        name, wanted = f"id {given}", [given]
    elif article.names:
        name, wanted = article.names[1], list(article.names[:2])
    else:
        said = "\x00".join([sha256, *(str(values[column]) for column in _TELLING)])
        wanted = [hashlib.sha256(said.encode()).hexdigest()[:12]]
        name = f"row {wanted[0]}"
    # Rows of one file have the file in common; what tells them apart is their id.
    place = file if article.row is None else ""
    wanted += [f"{wanted[0]}-{sha256[:n]}" for n in (8, 64)]
    return _New(values, sha256, name, place or file, article.row, tuple(wanted))


def _is_there(each: _New, there: dict[str, set[tuple[str, str]]]) -> bool:
    mine = there.get(each.sha256, set())
    return ("name", each.name) in mine or (each.row is None and ("file", each.file) in mine)


def _texts_there(
    found: parts.Tables, known: Sequence[_New]
) -> tuple[dict[str, int], dict[str, set[tuple[str, str]]]]:
    """Number of each text of a batch that is there, and names and files of its articles."""
    hashes = sorted({each.sha256 for each in known})
    wanted = pd.DataFrame({"text_key": [parts.key_of(each) for each in hashes], "wanted": hashes})
    rows = found.ask(
        "SELECT text_no, text_sha256 FROM texts JOIN wanted USING (text_key) "
        "WHERE text_sha256 = wanted",
        wanted=wanted,
    )
    numbers = dict(zip(rows["text_sha256"], rows["text_no"].tolist(), strict=True))
    there: dict[str, set[tuple[str, str]]] = {}
    if len(rows) > 0:
        held = found.ask(
            "SELECT text_sha256, name, file FROM articles "
            "WHERE text_no IN (SELECT text_no FROM numbers)",
            numbers=rows[["text_no"]],
        )
        for sha256, name, file in held.itertuples(index=False):
            there.setdefault(sha256, set()).update({("name", name), ("file", file)})
    return numbers, there


def _ids_taken(found: parts.Tables, known: Sequence[_New]) -> set[str]:
    ids = sorted(set(itertools.chain.from_iterable(each.ids for each in known)))
    wanted = pd.DataFrame({"article_key": [parts.key_of(each) for each in ids], "wanted": ids})
    rows = found.ask(
        "SELECT article_id FROM articles JOIN wanted USING (article_key) WHERE article_id = wanted",
        wanted=wanted,
    )
    return set(rows["article_id"])


def _row(each: _New, article_id: str, text_no: int, now: pd.Timestamp) -> dict[str, Any]:
    kept: dict[str, Any] = {name: each.values[name] for name in columns.SUPPLIED if name != "text"}
    at = kept["published_at"]
    return kept | {
        "article_id": article_id,
        "article_key": parts.key_of(article_id),
        "text_no": text_no,
        "text_sha256": each.sha256,
        "published_at": at.tz_convert("UTC").tz_localize(None) if at is not None else None,
        "name": each.name,
        "file": each.file,
        "row": each.row,
        "added_at": now,
    }


def _frame(table: str, rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(parts.TABLES[table]))
    for name, kind in parts.TABLES[table].items():
        if kind == "TIMESTAMP":
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
        elif kind == "BIGINT":
            frame[name] = frame[name].astype("Int64")
        elif kind == "VARCHAR":
            # A column of nothing but None would have no type.
            frame[name] = frame[name].astype("string")
    return frame


def check_target(folder: os.PathLike[str]) -> None:
    """Refuse a place for a new archive that something else takes.

    Raises
    ------
    UsageError
    """
    own = ("parts", "index-", "writer.", "archive.json", "spilled")
    if not os.path.lexists(folder):
        return
    if not os.path.isdir(folder):
        raise errors.UsageError(f"{folder}: a file is in the way; name another folder")
    if any(not name.startswith(own) for name in os.listdir(folder)):
        raise errors.UsageError(
            f"{folder}: not empty and not an archive of lineage, so it is left alone; "
            "name another folder"
        )
