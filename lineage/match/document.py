"""An article as the aligner needs it: words, their sentences, what counts as body."""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from .. import tables
from ..page import credits
from ..page import sentence_roles as page_roles
from ..text import dates, given_dates, quotes, rarity, words
from ..text import sentences as page_sentences
from ..text.languages import detection
from . import match_settings, similarity

T = TypeVar("T")

# Roles whose words say where a text came from. Credits and the boilerplate of a page
# are repeated by everybody who prints there. Captions stay: without them the weights, which were
# fitted with them, lost a family of news and two sources of an invented post.
CONTENT_ROLES = frozenset({"headline", "heading", "body", "quote", "caption"})
BODY_ROLES = frozenset({"body", "quote"})


def once(measure: Callable[[Document], T]) -> Callable[[Document], T]:
    """Compute something of a document once, as long as the document is there."""
    known: weakref.WeakKeyDictionary[Document, T] = weakref.WeakKeyDictionary()

    @functools.wraps(measure)
    def looked_up(document: Document) -> T:
        try:
            return known[document]
        except KeyError:
            found = known[document] = measure(document)
            return found

    return looked_up


# Documents are told apart as objects; comparing all their words would be slow.
@dataclass(frozen=True, eq=False)
class Document:
    """One article, cut into words and sentences.

    Attributes
    ----------
    article_id : str
    key : str
        What orders documents independently of ids and of the order of input.
    text : str
        As supplied.
    words : tuple of str
        Normalised words.
    starts, ends : ndarray of shape (n_words,), int32
        Their spans in `text`.
    bits : ndarray of shape (n_words,), float64
        Their rarity in general language.
    sentence_of : ndarray of shape (n_words,), int64
        Index into `sentences`, -1 for a word outside every sentence.
    content, body, quoted : ndarray of shape (n_words,), bool
        Whether a word belongs to the aligned text, to the body, to somebody's quoted
        words.
    sentences : DataFrame
        This article's rows of the sentences table, in order.
    sentence_words : tuple of ndarray
        For every sentence the indices of its words.
    stems : tuple of frozenset of str
        For every sentence its distinct stems.
    credits : tuple of Credit
    outlet, origin_agency, title : str or None
    language : str or None
        Its plain code, see `detection.code_of`; None where it is not known.
    published_at : Timestamp or None
        Given date, or the one printed on the page.
    published_precision : str or None
    published_source : str
    aligned : ndarray of int64
        Indices of the content words, which are what is aligned.
    """

    article_id: str
    key: str
    text: str
    words: tuple[str, ...]
    starts: np.ndarray
    ends: np.ndarray
    bits: np.ndarray
    sentence_of: np.ndarray
    content: np.ndarray
    body: np.ndarray
    quoted: np.ndarray
    sentences: pd.DataFrame
    sentence_words: tuple[np.ndarray, ...]
    stems: tuple[frozenset[str], ...]
    roles: tuple[str, ...]
    spans: np.ndarray
    credits: tuple[credits.Credit, ...]
    mentions: tuple[dates.DateMention, ...]
    outlet: str | None = None
    origin_agency: str | None = None
    title: str | None = None
    language: str | None = None
    published_at: pd.Timestamp | None = None
    published_precision: str | None = None
    published_source: str = "none"
    aligned: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @functools.cached_property
    def sentence_ids(self) -> tuple[str, ...]:
        """Ids of its sentences, in order."""
        return tuple(self.sentences["sentence_id"])

    @functools.cached_property
    def spoken(self) -> np.ndarray:
        """Words that somebody else said: quoted, or a paragraph in the first person.

        Posts and statements are often set as paragraphs of their own without quotation
        marks. Where most of a text speaks so, its writer does, and only quotation marks
        count.
        """
        own = self.body & ~self.quoted
        voice = np.zeros(len(self.words), dtype=bool)
        # A reporter does not say "I"; whoever does is being cited.
        first = small_words("first_person", self.language)
        for start, end in self._paragraphs():
            inside = np.flatnonzero((self.starts >= start) & (self.starts < end))
            said = [self.words[i] in first for i in inside if own[i]]
            if sum(said) > 0:
                voice[inside] = True
        if (voice & own).sum() > match_settings.MAX_SPOKEN_SHARE * max(1, own.sum()):
            return self.quoted
        return self.quoted | voice

    @functools.cached_property
    def own_voice(self) -> np.ndarray:
        """Words of the body that its writer tells, where nobody's speech is reported.

        They are not spoken, nor is their sentence in the first person, nor does it or one beside
        it in the paragraph say that somebody said something: who has them in quotation marks
        has them from here.
        """
        # Nor does a text speak for its writers alone where it says "I" or "we".
        persons = small_words("first_person", self.language)
        persons |= small_words("first_person_plural", self.language)
        reports = [self.reports_speech(*map(int, span)) for span in self.spans]
        near = np.array([*reports, False])
        for k, ((_, end), (start, _)) in enumerate(itertools.pairwise(self.spans)):
            if "\n" not in self.text[int(end) : int(start)]:
                near[k] |= reports[k + 1]
                near[k + 1] |= reports[k]
        for k, words_of in enumerate(self.sentence_words):
            near[k] |= any(self.words[i] in persons for i in words_of)
        return self.body & ~self.spoken & ~near[self.sentence_of]

    def reports_speech(self, start: int, end: int) -> bool:
        """Whether the characters ``[start, end)`` have a verb with which speech is reported."""
        verbs = small_words("speech_verbs", self.language)
        inside = slice(*np.searchsorted(self.starts, (start, end)))
        return not verbs.isdisjoint(self.words[inside])

    def _paragraphs(self) -> list[tuple[int, int]]:
        borders = [0, *(match.end() for match in re.finditer(r"\n+", self.text)), len(self.text)]
        return list(itertools.pairwise(borders))

    @functools.cached_property
    def stem_weights(self) -> dict[str, float]:
        """Weight of each stem among its own sentences, in bits."""
        return similarity.stem_weights([self.stems])

    @functools.cached_property
    def bags(self) -> similarity.Bags:
        """Its sentences as sets of stems, ready for comparison."""
        return similarity.bags(self.stems)

    @property
    def n_body(self) -> int:
        """Words of the body."""
        return int(self.body.sum())

    def span(self, first: int, n_words: int) -> tuple[int, int]:
        """Return the characters from word `first` on, `n_words` long."""
        return int(self.starts[first]), int(self.ends[first + n_words - 1])

    def slice(self, first: int, n_words: int) -> str:
        """Return the supplied text of these words."""
        start, end = self.span(first, n_words)
        return self.text[start:end]

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Return the characters of a sentence, by its index."""
        start, end = self.spans[sentence]
        return int(start), int(end)


def small_words(kind: str, language: str | None) -> frozenset[str]:
    """Return a list of small words of a text's language; English where it has none."""
    return detection.words(kind, language) or detection.words(kind, "en")


def lag_s(source: Document, target: Document) -> float | None:
    """Seconds from one publication to the other.

    Parameters
    ----------
    source, target : Document

    Returns
    -------
    float or None
        Below zero when `target` came first; None when a date is missing or they are
        not precise enough to tell which came first.
    """
    first, second = (_published(each) for each in (source, target))
    if first is None or second is None:
        return None
    return given_dates.lag_s(first, second)


def _published(document: Document) -> given_dates.ParsedDate | None:
    if document.published_at is None:
        return None
    return given_dates.ParsedDate(document.published_at, document.published_precision or "second")


def sentence_table(articles: pd.DataFrame) -> pd.DataFrame:
    """Cut texts into sentences and give each its role on the page.

    Parameters
    ----------
    articles : DataFrame
        Rows of the articles table, all with a text.

    Returns
    -------
    DataFrame
        The sentences table.
    """
    rows = [
        {
            "sentence_id": f"{article_id}:{position}",
            "article_id": article_id,
            "position": position,
            "start": start,
            "end": end,
            "text": text[start:end],
            "role": "body",
        }
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        for position, (start, end) in enumerate(page_sentences.split_sentences(text))
    ]
    found = tables.build("sentences", rows)
    return tables.sort("sentences", page_roles.assign_roles(found, articles))


def build(articles: pd.DataFrame, sentences: pd.DataFrame) -> dict[str, Document]:
    """Compile supplied articles for alignment.

    Parameters
    ----------
    articles : DataFrame
        Rows of the articles table; those with a text are compiled.
    sentences : DataFrame
        The sentences table with roles.

    Returns
    -------
    dict of str to Document
        By article_id, in order of `Document.key`.
    """
    groups = dict(tuple(sentences.groupby("article_id", sort=False)))
    none = sentences.iloc[:0]
    rows = tables.records(articles[articles["text"].notna()])
    made = [_compile(row, groups.get(row["article_id"], none)) for row in rows]
    made.sort(key=lambda each: each.key)
    return {each.article_id: each for each in made}


def _compile(row: dict[str, Any], sentences: pd.DataFrame) -> Document:
    text = row["text"]
    split = words.split_words(text)
    sentences = sentences.sort_values("position", kind="stable").reset_index(drop=True)
    spans = sentences[["start", "end"]].to_numpy(dtype=np.int64)
    roles = tuple(sentences["role"])
    sentence_of = _inside(split.starts, spans)
    known = [role in CONTENT_ROLES for role in roles]
    is_body = [role in BODY_ROLES for role in roles]
    content = _of_sentence(known, sentence_of)
    quoted_spans = np.array(quotes.quoted_spans(text), dtype=np.int64).reshape(-1, 2)
    indices = tuple(np.flatnonzero(sentence_of == k) for k in range(len(spans)))
    return Document(
        article_id=row["article_id"],
        key=_key(row, split.words),
        text=text,
        words=split.words,
        starts=split.starts,
        ends=split.ends,
        bits=rarity.bits(split.words, detection.code_of(row.get("language"))),
        sentence_of=sentence_of,
        content=content,
        body=_of_sentence(is_body, sentence_of),
        quoted=_inside(split.starts, quoted_spans) >= 0,
        sentences=sentences,
        sentence_words=indices,
        stems=tuple(frozenset(rarity.stem(split.words[i]) for i in each) for each in indices),
        roles=roles,
        spans=spans,
        # A credit line ("first appeared in ...") is no sentence of the story, but it speaks
        # of it; captions and the boilerplate of the page do not.
        credits=tuple(
            credits.find_credits(
                text,
                sentences.loc[sentences["role"] != "credit", ["role", "start", "end"]],
                outlet=row.get("outlet"),
            )
        ),
        mentions=tuple(dates.find_dates(text)),
        outlet=row.get("outlet"),
        origin_agency=row.get("origin_agency"),
        title=row.get("title"),
        language=detection.code_of(row.get("language")),
        published_at=row.get("published_at"),
        published_precision=row.get("published_precision"),
        published_source=row.get("published_source") or "none",
        aligned=np.flatnonzero(content),
    )


def _key(row: dict[str, Any], split: Sequence[str]) -> str:
    """What orders documents: their words first, so that white space moves nothing."""
    hashed = hashlib.sha256(" ".join(split).encode()).hexdigest()
    names = ("outlet", "published_at", "title", "url", "byline", "text_sha256")
    rest = ("" if row.get(name) is None else str(row[name]) for name in names)
    return "|".join((hashed, *rest))


def _inside(starts: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """Index of the span that holds each start; spans are sorted and disjoint."""
    if len(spans) == 0:
        return np.full(len(starts), -1, dtype=np.int64)
    index = np.searchsorted(spans[:, 0], starts, side="right") - 1
    held = (index >= 0) & (starts < spans[np.maximum(index, 0), 1])
    return np.where(held, index, -1).astype(np.int64)


def _of_sentence(flags: list[bool], sentence_of: np.ndarray) -> np.ndarray:
    # One more entry, False, for words outside every sentence (index -1).
    return np.array([*flags, False])[sentence_of]
