"""The index of an archive, which can be built anew: which texts have a word or a run of words."""

from __future__ import annotations

import contextlib
import math
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import errors
from ...match import word_runs
from ...match.word_runs import Marks
from . import archive_settings

if TYPE_CHECKING:
    import tantivy

_WORDS, _RUNS, _NUMBER = "words", "runs", "text_no"


@dataclass(frozen=True)
class Hit:
    """A text that has something of what was looked for.

    Attributes
    ----------
    text_no : int
    score : float
        BM25 of what it has.
    """

    text_no: int
    score: float


def folder_of(archive: Path) -> Path:
    """Return where the index lies; what it holds has a version, and so has its name."""
    return archive / f"index-{word_runs.VERSION}"


def remove_older(archive: Path) -> None:
    """Remove indexes of other versions."""
    for path in archive.glob("index-*"):
        if path != folder_of(archive):
            shutil.rmtree(path, ignore_errors=True)


class WordIndex:
    """The index as it is on disk, to look things up in.

    Parameters
    ----------
    archive : Path
        Folder of the archive; the index is made if it is not there.
    """

    def __init__(self, archive: Path) -> None:
        import tantivy

        folder = folder_of(archive)
        folder.mkdir(exist_ok=True)
        self._made = tantivy
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, str(folder), reuse=True)
        self._searcher = self._index.searcher()

    def reload(self) -> None:
        """See what a writer has added since."""
        self._index.reload()
        self._searcher = self._index.searcher()

    @property
    def n_texts(self) -> int:
        """How many texts it holds."""
        return int(self._searcher.num_docs)

    @property
    def last(self) -> int:
        """The largest number of a text in it, 0 if it is empty."""
        found = self._searcher.search(
            self._made.Query.all_query(), 1, count=False, order_by_field=_NUMBER
        )
        return self._hits(found.hits)[0].text_no if found.hits else 0

    def by_words(self, rare: Sequence[str], most: int) -> list[Hit]:
        """Find texts by rare words, best first.

        Parameters
        ----------
        rare : sequence of str
            See `word_runs.rare_words`.
        most : int

        Returns
        -------
        list of Hit
        """
        held = [(self._searcher.doc_freq(_WORDS, word), word) for word in rare]
        chosen = [word for n, word in sorted(held) if n > 0][: archive_settings.FINDING_WORDS]
        return self._search(_WORDS, chosen, most)

    def own_score(self, rare: Sequence[str]) -> float:
        """Return about what a text would score that has just these rare words.

        Parameters
        ----------
        rare : sequence of str

        Returns
        -------
        float
            The sum of the weights of BM25 for words that stand once in a text of usual length.
        """
        n = self.n_texts
        held = sorted(max(1, self._searcher.doc_freq(_WORDS, word)) for word in rare)
        kept = held[: archive_settings.FINDING_WORDS]
        return sum(math.log1p(max(0.0, n - each + 0.5) / (each + 0.5)) for each in kept)

    def by_runs(self, runs: np.ndarray, most: int) -> list[Hit]:
        """Find texts by fingerprints of runs of words, best first.

        Parameters
        ----------
        runs : ndarray of uint32
            See `word_runs.fingerprints`.
        most : int

        Returns
        -------
        list of Hit
        """
        terms = [term for term in _terms(runs) if self._searcher.doc_freq(_RUNS, term) > 0]
        return self._search(_RUNS, terms, most)

    def _search(self, field: str, terms: Sequence[str], most: int) -> list[Hit]:
        if len(terms) == 0 or self.n_texts == 0:
            return []
        found = self._searcher.search(self._any(field, terms), most, count=False)
        return self._hits(found.hits)

    def _any(self, field: str, terms: Sequence[str]) -> tantivy.Query:
        query, should = self._made.Query, self._made.Occur.Should
        return query.boolean_query(
            [(should, query.term_query(self._schema, field, term)) for term in terms]
        )

    def _hits(self, found: Sequence[tuple[Any, Any]]) -> list[Hit]:
        if len(found) == 0:
            return []
        numbers = self._searcher.fast_field_values(_NUMBER, [address for _, address in found])
        scores = [float(score) if isinstance(score, int | float) else 0.0 for score, _ in found]
        hits = zip(numbers, scores, strict=True)
        return [Hit(int(number), score) for number, score in hits if number is not None]

    def writer(self) -> IndexWriter:
        """Return what adds to it; only the writer of the archive may."""
        return IndexWriter(self._index)


class IndexWriter:
    """Adds texts to an index, and takes them out.

    Parameters
    ----------
    index : tantivy.Index
    """

    def __init__(self, index: tantivy.Index) -> None:
        import tantivy

        self._made = tantivy
        self._writer = index.writer(heap_size=archive_settings.INDEX_HEAP, num_threads=1)

    def add(self, text_no: int, marks: Marks) -> None:
        """Add what a text is found by; it counts when it is committed."""
        document = self._made.Document()
        document.add_integer(_NUMBER, text_no)
        document.add_text(_WORDS, " ".join(marks.rare))
        document.add_text(_RUNS, " ".join(_terms(marks.runs)))
        with _said():
            self._writer.add_document(document)

    def remove(self, numbers: Sequence[int]) -> None:
        """Take texts out; it counts when it is committed."""
        for number in numbers:
            self._writer.delete_documents_by_term(_NUMBER, number)

    def commit(self) -> None:
        """Put on disk what was added and taken out, all of it or nothing."""
        with _said():
            self._writer.commit()

    def close(self) -> None:
        """Wait for what goes on in the background, and give the index back.

        What was committed is on disk; putting its files together can wait for another time.
        """
        with contextlib.suppress(ValueError):
            self._writer.wait_merging_threads()


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """Turn what tantivy says of a disk that takes no more into an error of this package."""
    try:
        yield
    except ValueError as error:
        raise errors.ArchiveError(
            f"the index cannot be written: {' '.join(str(error).split())}; is the disk full? What "
            "was reported as stored is there, and adding the same again goes on from it"
        ) from error


def _terms(runs: np.ndarray) -> list[str]:
    return [f"{run:08x}" for run in runs.tolist()]


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(_NUMBER, stored=False, indexed=True, fast=True)
    for name in (_WORDS, _RUNS):
        builder.add_text_field(
            name, stored=False, tokenizer_name="whitespace", index_option="basic"
        )
    return builder.build()
