"""What a trace says of single sentences against what is known of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ... import facts
from ...text import words
from . import cases, labels

# A source that is less sure than this counts as not named.
NAMED = 0.2

# A stored prefix may run on where the text was normalised; so many characters are held to it.
_PREFIX = 40


@dataclasses.dataclass(frozen=True)
class Claim:
    """A source sentence that a sentence is said to be made from, where the true ones are known.

    Attributes
    ----------
    target_sentence : str
    confidence : float
    right : bool
    margin : float or None
        Over the next best; None where the tracer tells none.
    """

    target_sentence: str
    confidence: float
    right: bool
    margin: float | None


@dataclasses.dataclass(frozen=True)
class Told:
    """What was right about the sentences of a case.

    Attributes
    ----------
    sources, kinds : list of bool
        For each sentence whether its sources, all and no other, and its kind were named.
    words : list of bool
        For each word of a fused sentence whether it stands under its source.
    facts : list of bool
        For each changed fact whether it was told.
    claims : list of Claim
    """

    sources: list[bool]
    kinds: list[bool]
    words: list[bool]
    facts: list[bool]
    claims: list[Claim]


def claim(sentence: str, row: Mapping[Any, Any], right: bool) -> Claim:
    """Make a claim of a row of the attributions table."""
    margin = row.get("margin")
    known = None if margin is None or pd.isna(margin) else float(margin)
    return Claim(sentence, float(row["confidence"]), right, known)


def is_named(attributions: pd.DataFrame) -> pd.Series:
    """Say of each row of an attributions table whether it is sure enough to name its source.

    Parameters
    ----------
    attributions : DataFrame
        With ``confidence``; a missing one counts as sure.

    Returns
    -------
    Series of bool
    """
    return attributions["confidence"].astype("float64").fillna(1.0) >= NAMED


def finder(sentences: pd.DataFrame) -> Callable[[str, str], str | None]:
    """Return what finds the id of a sentence by its article and by how it begins.

    Parameters
    ----------
    sentences : DataFrame
        The sentences table.

    Returns
    -------
    callable
        From article id and beginning to sentence id, None where there is none.
    """
    by_article = {key: rows for key, rows in sentences.groupby("article_id", sort=False)}

    def find(article_id: str, prefix: str) -> str | None:
        rows = by_article.get(article_id)
        if rows is None:
            return None
        wanted = " ".join(prefix.split())
        texts = [" ".join(text.split()) for text in rows["text"]]
        for holds in (str.startswith, lambda text, part: part[:_PREFIX] in text):
            for text, sentence_id in zip(texts, rows["sentence_id"], strict=True):
                if holds(text, wanted):
                    return str(sentence_id)
        return None

    return find


def compare(case: cases.Case, result: Any) -> Told:
    """Hold the attributions of a trace against what is known of the sentences.

    Parameters
    ----------
    case : Case
    result : object
        With the frames ``articles``, ``sentences`` and ``attributions``.

    Returns
    -------
    Told
    """
    find = finder(result.sentences)
    by_sentence = {
        key: rows for key, rows in result.attributions.groupby("target_sentence", sort=False)
    }
    texts = dict(zip(result.articles["article_id"], result.articles["text"], strict=True))
    told = Told([], [], [], [], [])
    for each in case.attributions:
        sentence = find(each.target_id, each.sentence)
        rows = by_sentence.get(sentence)
        if rows is None:
            told.sources.append(False)
            continue
        true = [find(source, prefix) for source, prefix in each.sources]
        named = rows[rows["source_sentence"].notna()]
        told.sources.append(set(named["source_sentence"]) == set(true))
        if each.kind is not None:
            told.kinds.append(set(rows["kind"]) == {each.kind})
        told.words.extend(_words(each, true, named, texts[each.target_id]))
        told.claims.extend(
            claim(str(sentence), row, row["source_sentence"] in true)
            for row in named.drop_duplicates("source_sentence").to_dict("records")
        )
    for fact in case.facts:
        rows = by_sentence.get(find(fact.target_id, fact.sentence))
        cells = [] if rows is None else rows["changed_facts"].dropna().tolist()
        found = [change for cell in cells for change in facts.parse(cell)]
        told.facts.append(any(is_told(fact, change) for change in found))
    return told


def _words(
    each: labels.Attribution, true: Sequence[str | None], named: pd.DataFrame, text: str
) -> list[bool]:
    """Whether each word of a fused sentence is under the source that it comes from."""
    right = []
    for low, high, of in places(each.parts, text, min(named["target_start"], default=0)):
        for place in words.split_words(text[low:high]).starts:
            inside = named[
                (named["target_start"] <= low + place) & (named["target_end"] > low + place)
            ]
            right.append(true[of] in set(inside["source_sentence"]))
    return right


def places(parts: Sequence[tuple[str, int]], text: str, at: int) -> Iterator[tuple[int, int, int]]:
    """Find the parts of a fused sentence in its text.

    Parameters
    ----------
    parts : sequence of (words, place in the sources)
        In order.
    text : str
    at : int
        Where the sentence begins.

    Yields
    ------
    (int, int, int)
        Characters of the part, and the place in the sources.
    """
    for said, of in parts:
        start = text.find(said, at)
        if start < 0:
            continue
        at = start + len(said)
        yield start, at, of


def is_told(fact: labels.Fact, change: facts.Change) -> bool:
    """Say whether a change that was told is a known one.

    Parameters
    ----------
    fact : Fact
    change : Change

    Returns
    -------
    bool
        Of one kind and grade, and the words told are those of the truth, or part of them.
    """
    if (change.kind, change.grade) != (fact.kind, fact.grade):
        return False
    pairs = ((change.was, fact.was), (change.became, fact.became))
    return all(said is None or true is None or _overlap(said, true) for said, true in pairs)


def _overlap(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one in other or other in one
