"""What is known of single sentences of a case: their sources, and which facts changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

# What became of a quote, where that is a changed fact.
_CHANGED_QUOTES = ("shortened", "altered", "introduced", "reported", "omitted")


@dataclasses.dataclass(frozen=True)
class Attribution:
    """Where one sentence is known to come from; sentences are named by how they begin.

    Attributes
    ----------
    target_id, sentence : str
    sources : tuple of (article_id, sentence)
    kind : str or None
        How it was made, where that is judged.
    parts : tuple of (words, int)
        Of a fusion: the words of the sentence in order, and which of `sources` each part
        comes from.
    """

    target_id: str
    sentence: str
    sources: tuple[tuple[str, str], ...]
    kind: str | None = None
    parts: tuple[tuple[str, int], ...] = ()


@dataclasses.dataclass(frozen=True)
class Fact:
    """A fact or quote that a sentence is known to tell otherwise than its source.

    Attributes
    ----------
    target_id, sentence : str
    kind, grade : str
        As in `lineage.facts`.
    was, became : str or None
    """

    target_id: str
    sentence: str
    kind: str
    grade: str
    was: str | None
    became: str | None


@dataclasses.dataclass(frozen=True)
class Mark:
    """Characters of a text that annotators marked as made from characters of another.

    Attributes
    ----------
    target_id : str
    target_start, target_end : int
        Half-open, in characters of the text.
    source_id : str
    source_start, source_end : int
    """

    target_id: str
    target_start: int
    target_end: int
    source_id: str
    source_start: int
    source_end: int


def attributions(rows: Iterable[Mapping[str, Any]]) -> tuple[Attribution, ...]:
    """Read the key ``attributions`` of a story's truth.

    Parameters
    ----------
    rows : iterable of mapping
        ``target``, ``sentence``, ``sources``, ``kind``, and of a fusion ``parts``.

    Returns
    -------
    tuple of Attribution
    """
    return tuple(
        Attribution(
            each["target"],
            each["sentence"],
            tuple((source, prefix) for source, prefix in each["sources"]),
            each["kind"],
            tuple((str(said), int(of)) for said, of in each.get("parts", ())),
        )
        for each in rows
        # Boilerplate of a page is not a claim about where a text comes from.
        if each["kind"] not in ("heading", "boilerplate")
    )


def facts(row: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Read the keys ``changed_facts`` and ``quotes`` of a story's truth.

    Parameters
    ----------
    row : mapping
        The whole truth.

    Returns
    -------
    tuple of Fact
        Those that a tracer has to tell.
    """
    listed = [
        Fact(
            each["target"],
            each["sentence"],
            each["kind"],
            each["grade"],
            each["was"],
            each["became"],
        )
        for each in row.get("changed_facts", ())
        if "grade" in each
    ]
    listed += [
        Fact(
            each["target"],
            each["sentence"],
            "quote",
            each["change"],
            each["was"],
            each["words"],
        )
        for each in row.get("quotes", ())
        if each["change"] in _CHANGED_QUOTES
    ]
    return tuple(listed)


def marks(rows: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
    """Read the key ``attribution`` of a case: sentences by their text and where they begin.

    Parameters
    ----------
    rows : iterable of mapping
        ``target``, ``target_start``, ``target_sentence``, and the same of the source.

    Returns
    -------
    tuple of Mark
    """
    made = []
    for each in rows:
        places: dict[str, Any] = {}
        for side in ("target", "source"):
            start = int(each[f"{side}_start"])
            places |= {
                f"{side}_id": str(each[side]),
                f"{side}_start": start,
                f"{side}_end": start + len(each[f"{side}_sentence"]),
            }
        made.append(Mark(**places))
    return tuple(made)
