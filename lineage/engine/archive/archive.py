"""An archive of texts on disk: added to, asked, put into stories, traced."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from . import archive_settings, archive_store, intake, manifest, parts

if TYPE_CHECKING:
    from ...config import TraceConfig
    from . import lookup, removal
    from .archive_stories import Change


class Archive(archive_store.Store):
    """A corpus on disk.

    Any number of processes may read it while one writes. What was stored is there whatever
    happens to the process that stores more.

    Parameters
    ----------
    folder : path
        Where it is.
    create : bool
        Make an empty one if nothing is there.

    Raises
    ------
    ArchiveError
        If it is missing, damaged, or of a newer format.

    Examples
    --------
    >>> import lineage
    >>> archive = lineage.Archive("my-archive", create=True)
    >>> added = archive.add("data/harbour-crane/articles")
    >>> added.n_articles, added.n_there
    (8, 0)
    >>> archive.add("data/harbour-crane/articles").n_there
    8
    """

    def add(
        self,
        paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
        *,
        skip_bad: bool = False,
        told: archive_store.Told | None = None,
        **reading: Any,
    ) -> intake.Added:
        """Add what is read from files, folders, addresses or standard input.

        Parameters
        ----------
        paths : path or sequence of paths
            As for `lineage.read`.
        skip_bad : bool
            Leave out what cannot be used.
        told : callable, optional
            Called after each batch with the counts so far: what they count is on disk.
        **reading
            ``stdin``, ``divider``, ``private_hosts``, ``limits``, as for `lineage.read`.

        Returns
        -------
        Added

        Raises
        ------
        InputError
            If something cannot be used, unless `skip_bad`; what came before it is stored.
        ArchiveError
            If another process writes, or the disk is full.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> archive.add("data/harbour-crane/articles").n_read
        8
        """
        from ...io.readers import stream

        found = stream.Stream(paths, skip_bad=skip_bad, **reading)
        return self.add_articles(found, told=told, wrong=found.problems)

    def query(
        self,
        texts: Any,
        config: TraceConfig | None = None,
        encoder: str | object | None = None,
        *,
        progress: bool = False,
    ) -> lookup.Answer:
        """Find the relatives of texts, and trace the story of the texts and their relatives.

        Parameters
        ----------
        texts : DataFrame, sequence of Article or of dicts, or ReadResult
            As for `lineage.trace`; they are not added.
        config : TraceConfig, optional
        encoder : str or object with ``.encode``, optional
        progress : bool
            Show bars on standard error.

        Returns
        -------
        Answer

        Raises
        ------
        InputError
            If a text is unusable.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> post = lineage.read("data/harbour-crane/articles/tideline-post.txt")
        >>> answer = archive.query(post)
        >>> answer.candidates["article_id"].tolist()[:2]
        ['tideline-post', 'meridian-first']
        """
        from . import lookup

        tables, index = self.tables, self._index
        return lookup.ask(tables, index, texts, config, encoder, progress=progress)

    def info(self) -> dict[str, Any]:
        """Say what is in it.

        Returns
        -------
        dict of str to object

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> archive.info()["articles"]
        8
        """
        tables = self.tables
        counted = tables.ask(
            "SELECT count(*) AS n, count(DISTINCT outlet) AS outlets, min(published_at) AS first, "
            "max(published_at) AS last, max(added_at) AS added FROM articles"
        ).iloc[0]
        words = tables.ask("SELECT sum(n_words) AS n FROM texts")["n"].iloc[0]
        sizes = [path.stat().st_size for path in self.folder.rglob("*") if path.is_file()]
        state = tables.state
        return {
            "format": manifest.VERSION,
            "articles": state.rows("articles"),
            "texts": state.rows("texts"),
            "words": 0 if pd.isna(words) else int(words),
            "outlets": int(counted["outlets"]),
            "first": _day(counted["first"]),
            "last": _day(counted["last"]),
            "last_added": _day(counted["added"]),
            "indexed": self._index.n_texts,
            "bytes": sum(sizes),
        }

    def update_stories(self, *, told: Callable[[int, int], None] | None = None) -> list[Change]:
        """Put texts that were added into stories: weigh them, and join them to families.

        Parameters
        ----------
        told : callable, optional
            Called with how many texts are weighed, and how many there are to weigh; what it
            counts is on disk.

        Returns
        -------
        list of Change
            Stories that are new, have grown, or were joined.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> changes = archive.update_stories()
        >>> archive.stories()["n_texts"].tolist()
        [5]
        """
        from . import archive_stories

        with self.writing("trace"):
            state = self.state
            numbers = self._tables.ask(
                f"SELECT text_no FROM texts WHERE text_no >= {state.stories_until} ORDER BY 1"
            )["text_no"].tolist()
            weigher = archive_stories.Weigher(self._tables, self._index)
            size = archive_settings.WEIGHED_AT_A_TIME
            for start in range(0, len(numbers), size):
                some = numbers[start : start + size]
                pairs = weigher.pairs(some)
                state = dataclasses.replace(self.state, stories_until=some[-1] + 1)
                if len(pairs) > 0:
                    part = self._tables.write("pairs", pairs)
                    state = parts.replaced(state, "pairs", (), (part,))
                self._commit(state)
                self._merge()
                if told is not None:
                    told(start + len(some), len(numbers))
            return self._name_stories()

    def _name_stories(self) -> list[Change]:
        from . import archive_stories

        groups = archive_stories.families(self._tables)
        flat = pd.DataFrame({"text_no": [text for group in groups for text in group]})
        hashes = self._tables.ask(
            "SELECT text_no, text_sha256 FROM texts JOIN flat USING (text_no)",
            flat=flat.astype("int64"),
        )
        of_text = dict(zip(hashes["text_no"].tolist(), hashes["text_sha256"], strict=True))
        before = archive_stories.members(self._tables)
        story_of, changes = archive_stories.named(groups, before, of_text)
        if story_of != before:
            frame = pd.DataFrame(
                {"text_no": list(story_of), "story_id": list(story_of.values())}
            ).astype({"text_no": "int64", "story_id": "string"})
            made = (self._tables.write("stories", frame),) if story_of else ()
            old = self.state.parts.get("stories", ())
            self._commit(parts.replaced(self.state, "stories", old, made))
        return changes

    def stories(self) -> pd.DataFrame:
        """List the stories, the largest first.

        Returns
        -------
        DataFrame
            story_id, n_articles, n_texts, n_outlets, first, last (day of publication).

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> changes = archive.update_stories()
        >>> len(archive.stories())
        1
        """
        return self.tables.ask(
            "SELECT story_id, count(*) AS n_articles, count(DISTINCT text_no) AS n_texts, "
            "count(DISTINCT outlet) AS n_outlets, min(published_at) AS first, "
            "max(published_at) AS last FROM stories JOIN articles USING (text_no) "
            "GROUP BY story_id ORDER BY n_texts DESC, n_articles DESC, story_id"
        )

    def trace(
        self,
        folder: str | os.PathLike[str],
        config: TraceConfig | None = None,
        encoder: str | object | None = None,
        *,
        reports: bool = True,
        told: Callable[[int, int], None] | None = None,
    ) -> dict[str, int]:
        """Trace all stories, each into a run folder of its own.

        Parameters
        ----------
        folder : path
            Gets a run folder a story, and stories.csv. What has not changed since an earlier call
            is left as it is.
        config : TraceConfig, optional
        encoder : str or object with ``.encode``, optional
        reports : bool
            Write a report and pictures of each story too.
        told : callable, optional
            Called with how many stories are done, and how many there are.

        Returns
        -------
        dict of str to int
            ``traced``, ``unchanged``, ``removed``.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> archive.trace("stories", encoder="lexical", reports=False)
        {'traced': 1, 'unchanged': 0, 'removed': 0}
        """
        from . import story_runs

        self.update_stories()
        return story_runs.write(self.tables, folder, config, encoder, reports=reports, told=told)

    def remove(self, ids: Sequence[str] = (), *, files: Sequence[str] = ()) -> removal.Removed:
        """Take articles out; texts that no other article has are erased.

        Parameters
        ----------
        ids : sequence of str
            Of articles.
        files : sequence of str
            Files, or folders, that articles were read from.

        Returns
        -------
        Removed

        Raises
        ------
        UsageError
            If one is not there; then nothing is removed.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("another-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> archive.remove(files=["data/harbour-crane/articles"]).n_articles
        8
        """
        from . import removal

        with self.writing("remove") as writer:
            gone = removal.chosen(self._tables, ids, files)
            state, counts = removal.without(self._tables, gone)
            self._commit(state)
            self._tables.show(parts.erase(self.folder, self.state))
            self._complete(writer)
        return counts

    def export(self, folder: str | os.PathLike[str]) -> dict[str, int]:
        """Write the articles with their texts, and the pairs, as Parquet files.

        Parameters
        ----------
        folder : path

        Returns
        -------
        dict of str to int
            File to its number of rows.

        Examples
        --------
        >>> import lineage
        >>> archive = lineage.Archive("my-archive", create=True)
        >>> added = archive.add("data/harbour-crane/articles")
        >>> archive.export("exported")
        {'articles.parquet': 8, 'pairs.parquet': 0}
        >>> len(lineage.read("exported/articles.parquet").articles)
        8
        """
        from . import archive_export

        return archive_export.write(self.tables, folder)


def _day(value: Any) -> str | None:
    return None if pd.isna(value) else f"{value:%Y-%m-%d}"
