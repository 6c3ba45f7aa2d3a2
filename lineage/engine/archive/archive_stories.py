"""Stories of an archive: new texts are weighed, and families keep their names as they grow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...graph import links
from ...match import word_runs
from ...match.document import Document
from . import archive_settings, parts, relatives, word_index

_PAIR_COLUMNS = ["text_no", "other_no", "log_bayes", "run_words"]


@dataclass(frozen=True)
class Change:
    """A story that is new or has grown.

    Attributes
    ----------
    story_id : str
    kind : str
        ``new``, ``grown``, ``joined`` (of several that were stories before), ``smaller``.
    n_texts : int
    added : tuple of int
        Numbers of the texts that were not in it before.
    was : tuple of str
        Other stories that are part of it now.
    """

    story_id: str
    kind: str
    n_texts: int
    added: tuple[int, ...]
    was: tuple[str, ...] = ()


class Weigher:
    """Weighs texts of an archive against their candidates, and keeps what it cut for the next.

    Parameters
    ----------
    tables : Tables
    index : WordIndex
    """

    def __init__(self, tables: parts.Tables, index: word_index.WordIndex) -> None:
        self._tables, self._index = tables, index
        self._documents: dict[int, Document] = {}

    def pairs(self, numbers: Sequence[int]) -> pd.DataFrame:
        """Weigh some texts against their candidates.

        Parameters
        ----------
        numbers : sequence of int
            Texts of the archive.

        Returns
        -------
        DataFrame
            text_no, other_no (text_no < other_no), log_bayes, run_words.
        """
        texts = self._tables.texts(numbers)
        near = {
            int(number): relatives.nearest(
                self._index, word_runs.marks(text), int(number), if_promising=True
            )[: archive_settings.WEIGHED_TEXTS]
            for number, text in zip(texts["text_no"], texts["text"], strict=True)
        }
        wanted = {each.text_no for found in near.values() for each in found}
        wanted |= {number for number, found in near.items() if found}
        self._cut(sorted(wanted))
        rows = []
        for number, found in near.items():
            others = [each.text_no for each in found if each.text_no in self._documents]
            if not others:
                continue
            around = [self._documents[each] for each in (number, *others)]
            places = [(0, k) for k in range(1, len(around))]
            nats = relatives.weigh(around, places)
            for other, document, each in zip(others, around[1:], nats.tolist(), strict=True):
                if each > archive_settings.LEAST_NATS:
                    run_words = relatives.longest_run(around[0], document)
                    rows.append((min(number, other), max(number, other), each, run_words))
        self._forget()
        made = pd.DataFrame(rows, columns=_PAIR_COLUMNS)
        # Of a pair that was weighed from both sides what speaks for it more.
        return made.groupby(["text_no", "other_no"], as_index=False).max()

    def _cut(self, numbers: Sequence[int]) -> None:
        lacking = [number for number in numbers if number not in self._documents]
        texts = self._tables.texts(lacking)
        if len(texts) == 0:
            return
        frame = texts.rename(columns={"text_sha256": "article_id"})[["article_id", "text"]]
        of_hash = dict(zip(texts["text_sha256"], texts["text_no"].tolist(), strict=True))
        for each in relatives.documents(frame):
            self._documents[of_hash[each.article_id]] = each

    def _forget(self) -> None:
        more = len(self._documents) - archive_settings.KEPT_DOCUMENTS
        for number in list(self._documents)[: max(0, more)]:
            del self._documents[number]


def families(tables: parts.Tables) -> list[list[int]]:
    """Join the texts of an archive by probable links.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    list of list of int
        Numbers of the texts of each family that has two articles or more; one text that several
        outlets have is a family too.
    """
    several = tables.ask("SELECT text_no FROM articles GROUP BY text_no HAVING count(*) > 1")
    groups = _linked(tables)
    inside = {text for group in groups for text in group}
    alone = sorted(set(several["text_no"].tolist()) - inside)
    return groups + [[text] for text in alone]


def _linked(tables: parts.Tables) -> list[list[int]]:
    """Join texts by probable links to families of two texts and more."""
    pairs = tables.ask(
        "SELECT text_no, other_no, max(log_bayes) AS log_bayes FROM pairs GROUP BY ALL"
    )
    if len(pairs) == 0:
        return []
    ends = pd.DataFrame({"text_no": np.unique(pairs[["text_no", "other_no"]].to_numpy())})
    hashes = tables.ask(
        "SELECT text_no, text_sha256 FROM texts JOIN ends USING (text_no)", ends=ends
    )
    # Places by what the texts are, so that the order in which they came makes no difference.
    hashes = hashes.sort_values("text_sha256").reset_index(drop=True)
    place = pd.Series(hashes.index.to_numpy(), index=hashes["text_no"])
    one, other = (place[pairs[name]].to_numpy() for name in ("text_no", "other_no"))
    a, b = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((b, a))
    a, b, nats = a[order], b[order], pairs["log_bayes"].to_numpy()[order]
    n_texts = tables.state.rows("texts")
    p = np.array([relatives.p_link(each, n_texts) for each in nats.tolist()])
    found = links.Links(len(hashes), a, b, nats, np.zeros((len(a), 0)))
    numbers = hashes["text_no"].to_numpy()
    groups = [sorted(numbers[group].tolist()) for group in links.families(found, p=p)]
    return [group for group in groups if len(group) > 1]


def named(
    groups: Sequence[Sequence[int]], before: Mapping[int, str], hashes: Mapping[int, str]
) -> tuple[dict[int, str], list[Change]]:
    """Give families the names they had, and new ones names of their own.

    Parameters
    ----------
    groups : sequence of sequence of int
        Numbers of the texts of each family.
    before : mapping of int to str
        Number of a text to the story it was of.
    hashes : mapping of int to str
        Number of a text to its hash.

    Returns
    -------
    dict of int to str
        Number of a text to its story.
    list of Change
        By story.

    Notes
    -----
    A family goes on under the name that most of its texts have; a name goes to the family that
    has most of its texts. What is left gets a name made from the smallest hash of its texts.
    """
    votes = []
    for k, group in enumerate(groups):
        held = pd.Series([before[text] for text in group if text in before], dtype="object")
        for name, n in held.value_counts().items():
            votes.append((-int(n), str(name), k))
    given: dict[int, str] = {}
    used: set[str] = set()
    for _, name, k in sorted(votes):
        if name not in used and k not in given:
            given[k] = name
            used.add(name)
    sizes = Counter(before.values())
    taken = set(sizes)
    story_of: dict[int, str] = {}
    changes = []
    for k, group in enumerate(groups):
        smallest = min(hashes[text] for text in group)
        name = given.get(k) or _fresh(smallest, taken)
        taken.add(name)
        story_of |= dict.fromkeys(group, name)
        was = sorted({before[text] for text in group if text in before} - {name})
        added = tuple(text for text in group if before.get(text) != name)
        kind = "new" if k not in given else "joined" if was else "grown"
        if k in given and not added:
            kind = "smaller" if sizes[name] > len(group) else "same"
        if kind != "same":
            changes.append(Change(name, kind, len(group), added, tuple(was)))
    return story_of, sorted(changes, key=lambda each: each.story_id)


def _fresh(sha256: str, taken: set[str]) -> str:
    n = 8
    while f"story-{sha256[:n]}" in taken:
        n += 4
    return f"story-{sha256[:n]}"


def members(tables: parts.Tables) -> dict[int, str]:
    """Return the story of each text that has relatives."""
    rows = tables.ask("SELECT text_no, story_id FROM stories")
    return dict(zip(rows["text_no"].tolist(), rows["story_id"], strict=True))


def matches(tables: parts.Tables) -> pd.DataFrame:
    """Say of each text in a story which other one it has most in common with, and how much.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    DataFrame
        text_no, other_no, p_link, run_words, story_id.
    """
    rows = tables.ask(
        """
        WITH ends AS (
            SELECT text_no, other_no, log_bayes, run_words FROM pairs
            UNION ALL SELECT other_no, text_no, log_bayes, run_words FROM pairs
        )
        SELECT b.text_no, arg_max(b.other_no, (b.log_bayes, t.text_sha256)) AS other_no,
            max(b.log_bayes) AS log_bayes,
            arg_max(b.run_words, (b.log_bayes, t.text_sha256)) AS run_words,
            any_value(s.story_id) AS story_id
        FROM ends b JOIN stories s USING (text_no)
        JOIN stories o ON o.text_no = b.other_no AND o.story_id = s.story_id
        JOIN texts t ON t.text_no = b.other_no
        GROUP BY b.text_no ORDER BY b.text_no
        """
    )
    n_texts = tables.state.rows("texts")
    p = [relatives.p_link(each, n_texts) for each in rows["log_bayes"].tolist()]
    return rows.assign(p_link=p).drop(columns="log_bayes")
