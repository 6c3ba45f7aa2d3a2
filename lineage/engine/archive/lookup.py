"""One question of an archive: which of its texts are relatives of these, and the story of them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ... import tables as tables_of
from ...config import TraceConfig
from ...io import articles, columns
from ...io.readers.read_result import ReadResult
from ...match import word_runs
from ...result import Lineage
from .. import pipeline
from . import archive_settings, parts, relatives, word_index

# What makes an article another one, though it has the same text.
_TELLING = ("outlet", "url", "published_at")
# Columns of what was looked at.
LOOKED_AT = (
    "query_id",
    "article_id",
    "outlet",
    "title",
    "published_at",
    "run_words",
    "p_link",
    "is_related",
)


@dataclass(frozen=True)
class Answer:
    """What an archive says of some texts.

    Attributes
    ----------
    result : Lineage
        The story of the texts and their relatives; where there are none, of the nearest texts.
    candidates : DataFrame
        What was looked at: query_id, article_id, outlet, title, published_at, run_words (of the
        longest run of words that both have), p_link, is_related.
    n_texts : int
        Texts of the archive.
    limits : tuple of str
        What was left out of the story.

    Examples
    --------
    >>> import lineage
    >>> archive = lineage.Archive("my-archive", create=True)
    >>> added = archive.add("data/harbour-crane/articles")
    >>> post = lineage.read("data/harbour-crane/articles/tideline-post.txt")
    >>> answer = archive.query(post, encoder="lexical")
    >>> answer.query_ids
    ['tideline-post']
    >>> answer.candidates.query("is_related")["article_id"].tolist()[:2]
    ['tideline-post', 'meridian-first']
    """

    result: Lineage
    candidates: pd.DataFrame
    n_texts: int
    limits: tuple[str, ...]

    @property
    def query_ids(self) -> list[str]:
        """Ids of the texts that were asked about, as they are in the result."""
        return list(self.result.run["archive"]["query"])


@dataclass(frozen=True)
class Near:
    """Texts of an archive that were looked at for some others.

    Attributes
    ----------
    rows : DataFrame
        query_sha256, text_no, text_sha256, run_words, log_bayes, p_link, is_related; best first.
    n_unweighed : int
        More texts that share runs of words.
    """

    rows: pd.DataFrame
    n_unweighed: int

    @property
    def related(self) -> list[int]:
        """Numbers of the relatives, the surest first."""
        found = self.rows[self.rows["is_related"]].sort_values(
            ["p_link", "text_sha256"], ascending=[False, True]
        )
        return list(dict.fromkeys(found["text_no"].tolist()))


_NEAR = {
    "query_sha256": "object",
    "text_no": "int64",
    "text_sha256": "object",
    "run_words": "int64",
    "log_bayes": "float64",
    "p_link": "float64",
    "is_related": "bool",
}


def near(tables: parts.Tables, index: word_index.WordIndex, texts: Mapping[str, str]) -> Near:
    """Look for the relatives of texts.

    Parameters
    ----------
    tables : Tables
    index : WordIndex
    texts : mapping of str to str
        Hash of a text to the text.

    Returns
    -------
    Near
        A text that is in the archive is its own relative, with a `p_link` of 1. Relatives are the
        texts of its family: some are relatives of a relative.
    """
    wanted: dict[str, list[int]] = {}
    n_unweighed = 0
    for sha256, text in texts.items():
        same = tables.number_of(sha256)
        found = relatives.nearest(index, word_runs.marks(text), same)
        kept = found[: archive_settings.WEIGHED_TEXTS]
        n_unweighed += sum(each.runs > 0 for each in found[len(kept) :])
        wanted[sha256] = [each.text_no for each in kept] + ([] if same is None else [same])
    held = tables.texts([number for numbers in wanted.values() for number in numbers])
    known = {
        int(number): (str(sha256), int(n_words), str(text))
        for number, sha256, n_words, text in held.itertuples(index=False)
    }
    of_hash = dict(texts) | {sha256: text for sha256, _, text in known.values()}
    frame = pd.DataFrame(list(of_hash.items()), columns=["article_id", "text"])
    documents = relatives.documents(frame)
    place = {each.article_id: k for k, each in enumerate(documents)}
    # A number that is not known was removed, and is still in the index.
    there = {
        sha256: {known[number][0]: number for number in numbers if number in known}
        for sha256, numbers in wanted.items()
    }
    groups = {sha256: sorted({sha256, *found}) for sha256, found in there.items()}
    pairs = sorted(
        {
            (min(place[one], place[other]), max(place[one], place[other]))
            for group in groups.values()
            for one, other in itertools.combinations(group, 2)
        }
    )
    nats = dict(zip(pairs, relatives.weigh(documents, pairs).tolist(), strict=True))
    n_texts = tables.state.rows("texts")
    p_link = {pair: relatives.p_link(each, n_texts) for pair, each in nats.items()}
    odds = {pair: p / max(1.0 - p, 1e-12) for pair, p in p_link.items()}
    rows: list[tuple[Any, ...]] = []
    for sha256, others in there.items():
        mine = place[sha256]
        family = relatives.family(mine, odds)
        for other, number in others.items():
            if other == sha256:
                rows.append((sha256, number, sha256, known[number][1], np.inf, 1.0, True))
                continue
            its = place[other]
            pair = (min(mine, its), max(mine, its))
            run_words = relatives.longest_run(documents[mine], documents[its])
            of_pair = (nats[pair], p_link[pair], its in family)
            rows.append((sha256, number, other, run_words, *of_pair))
    made = (
        pd.DataFrame(rows, columns=list(_NEAR))
        .astype(_NEAR)
        .sort_values(["query_sha256", "log_bayes", "text_sha256"], ascending=[True, False, True])
    )
    return Near(made.reset_index(drop=True), n_unweighed)


def ask(
    tables: parts.Tables,
    index: word_index.WordIndex,
    texts: pd.DataFrame | Sequence[articles.Article | Mapping[str, Any]] | ReadResult,
    config: TraceConfig | None = None,
    encoder: str | object | None = None,
    *,
    progress: bool = False,
) -> Answer:
    """Find the relatives of texts in an archive, and trace the story of all of them.

    Parameters
    ----------
    tables : Tables
    index : WordIndex
    texts : DataFrame, sequence of Article or of dicts, or ReadResult
        As for `lineage.trace`.
    config : TraceConfig, optional
    encoder : str or object with ``.encode``, optional
    progress : bool

    Returns
    -------
    Answer
    """
    rows = texts.articles if isinstance(texts, ReadResult) else texts
    supplied = articles.prepare(rows, latest=pd.Timestamp.now(tz="UTC") + pd.Timedelta(days=1))
    by_hash = dict(zip(supplied["text_sha256"], supplied["text"], strict=True))
    looked = near(tables, index, by_hash)
    chosen = looked.related
    limits = []
    if looked.n_unweighed > 0:
        limits.append(
            f"{looked.n_unweighed} more texts share runs of words, and were not weighed: "
            "phrases that are usual in the archive, or more relatives"
        )
    if len(chosen) > archive_settings.MOST_TRACED:
        limits.append(f"{len(chosen) - archive_settings.MOST_TRACED} relatives are not traced")
        chosen = chosen[: archive_settings.MOST_TRACED]
    if len(chosen) == 0:
        chosen = looked.rows["text_no"].tolist()[: archive_settings.SHOWN_STRANGERS]
    held = articles_of(tables, sorted({*chosen, *looked.rows["text_no"].tolist()}))
    traced = held[held["text_no"].isin(chosen)]
    first = traced.groupby("text_no").head(archive_settings.MOST_SAME_TEXT)
    if len(first) < len(traced):
        limits.append(f"{len(traced) - len(first)} articles with the same text as another")
    asked = _asked(supplied, held)
    new = asked[~asked["is_there"]]
    frame = pd.concat([new, first], ignore_index=True)[list(columns.SUPPLIED)]
    result = pipeline.trace(frame, config, encoder, progress)
    result.run["archive"] = {
        "folder": str(tables.folder),
        "texts": tables.state.rows("texts"),
        "query": asked["article_id"].tolist(),
        "weighed": len(looked.rows),
        "relatives": len(looked.related),
        "limits": limits,
    }
    return Answer(result, _listed(asked, looked, held), tables.state.rows("texts"), tuple(limits))


def articles_of(tables: parts.Tables, numbers: Sequence[int]) -> pd.DataFrame:
    """Return the articles that have some texts, with their texts.

    Parameters
    ----------
    tables : Tables
    numbers : sequence of int
        Of the texts.

    Returns
    -------
    DataFrame
        Columns `columns.SUPPLIED`, text_no and text_sha256; the earliest of a text first.
    """
    texts = tables.texts(numbers)[["text_no", "text"]]
    found = tables.ask(
        "SELECT * FROM articles WHERE text_no IN (SELECT text_no FROM wanted) "
        "ORDER BY text_no, published_at NULLS LAST, article_id",
        wanted=pd.DataFrame({"text_no": pd.Series(numbers, dtype="int64")}),
    ).merge(texts, on="text_no")
    found["published_at"] = pd.to_datetime(found["published_at"], utc=True)
    return found[[*columns.SUPPLIED, "text_no", "text_sha256"]]


def _asked(supplied: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Name the texts that are asked about: as in the archive where it has that very article."""
    taken = set(held["article_id"])
    names, there = [], []
    for row in supplied.to_dict("records"):
        same = held[held["text_sha256"] == row["text_sha256"]]
        for name in _TELLING:
            if not tables_of.is_missing(row[name]):
                same = same[same[name] == row[name]]
        there.append(len(same) > 0)
        if len(same) > 0:
            names.append(same["article_id"].iloc[0])
            continue
        chosen = row["article_id"]
        while chosen in taken:
            chosen += "-query"
        taken.add(chosen)
        names.append(chosen)
    kept = supplied[[*columns.SUPPLIED, "text_sha256"]].assign(article_id=names, is_there=there)
    # The same article may be asked about twice.
    return kept.drop_duplicates("article_id")


def _listed(asked: pd.DataFrame, looked: Near, held: pd.DataFrame) -> pd.DataFrame:
    said = asked[["article_id", "text_sha256"]].set_axis(["query_id", "query_sha256"], axis=1)
    shown = ["article_id", "outlet", "title", "published_at", "text_no"]
    joined = looked.rows.merge(said, on="query_sha256").merge(held[shown], on="text_no")
    by = ["query_id", "p_link", "article_id"]
    ordered = joined.sort_values(by, ascending=[True, False, True])
    return ordered[list(LOOKED_AT)].reset_index(drop=True)
