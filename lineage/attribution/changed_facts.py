"""Which facts of a text's sentences changed on the way, each at the words that it concerns."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import facts, tables
from ..match.document import Document, once
from . import measures

# Months that are other words too; they count as told where they stand with a capital inside
# a sentence.
_MONTHS = ("may", "march")
_MARK = re.compile('["“”„«»]')
_MONTH = re.compile(r"(?<![.!?:]\s)(?<!^)(?<!\n)\b(?:May|March)\b")


@dataclass(frozen=True)
class Made:
    """A sentence that was made from others, and its rows of the attributions table.

    Attributes
    ----------
    index : int
        Of the sentence.
    sources : tuple of (Document, int)
        The sentences that it was made from.
    rows : list of dict
        One for each part; `tell` fills in ``changed_facts`` and ``facts``.
    """

    index: int
    sources: tuple[tuple[Document, int], ...]
    rows: list[dict[str, Any]]


def tell(target: Document, made: Sequence[Made]) -> None:
    """Fill in which facts differ from those of the sentences that a text was made from.

    Parameters
    ----------
    target : Document
    made : sequence of Made
        Its sentences that have sources, in order of the text.

    Notes
    -----
    What another sentence of the text tells is not gone, and what another sentence of the
    source tells was not added. A quote of which a neighbour from the same sentence tells
    what became is not gone either.
    """
    changes = [_compare(target, each) for each in made]
    elsewhere: dict[tuple[str, int], set[str | None]] = {}
    for each, listed in zip(made, changes, strict=True):
        kept = {change.was for change in listed if change.kind == "quote" and change.became}
        for document, sentence in each.sources:
            elsewhere.setdefault((document.article_id, sentence), set()).update(kept)
    _join_numbers(target, made, changes)
    for k, (each, listed) in enumerate(zip(made, changes, strict=True)):
        told = set().union(*(elsewhere[d.article_id, sentence] for d, sentence in each.sources))
        left = [
            change
            for change in listed
            if not (change.kind == "quote" and change.grade == "omitted" and change.was in told)
        ]
        of_row = _placed(target, each, left)
        for row, mine in zip(each.rows, of_row, strict=True):
            row["changed_facts"] = facts.render(mine)
            row["facts"] = _rows(target, each.index, _around(made, k), row, mine)


def table(rows: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> pd.DataFrame:
    """Make the facts table from the rows of all texts.

    Parameters
    ----------
    rows : iterable of mapping
        Of the attributions table, in which `tell` has put ``facts``.
    texts : mapping of str to str
        The text of each article.

    Returns
    -------
    DataFrame
        A row for each fact that is not the same; values are what stands at their places.
    """
    listed: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        for fact in row.get("facts", ()):
            # A text that is the same to the letter has the facts of the one that was compared.
            made = fact | {"target_id": row["target_id"], "target_sentence": row["target_sentence"]}
            for side in ("target", "source"):
                if made.get(f"{side}_start") is not None:
                    place = slice(made[f"{side}_start"], made[f"{side}_end"])
                    made[f"{side}_value"] = texts[made[f"{side}_id"]][place]
            listed.setdefault(tuple(sorted(made.items(), key=str)), made)
    return tables.build("facts", listed.values())


def _around(made: Sequence[Made], k: int) -> list[tuple[Document, int]]:
    """Sources of a sentence, then those of the sentences before and behind it."""
    beside = [made[at].sources for at in (k - 1, k + 1) if 0 <= at < len(made)]
    return [*made[k].sources, *itertools.chain.from_iterable(beside)]


def _rows(
    target: Document,
    index: int,
    sources: Sequence[tuple[Document, int]],
    row: Mapping[str, Any],
    changes: Sequence[facts.Change],
) -> list[dict[str, Any]]:
    """Rows of the facts table for one part of a sentence."""
    found = []
    here = _offset(target, index)
    for change in changes:
        grade = facts.grade_of(change)
        if grade == "same":
            continue
        fact: dict[str, Any] = {"kind": change.kind, "grade": grade}
        fact |= {key: row.get(key) for key in ("source_id", "source_sentence")}
        if change.became_at is not None and grade != "omitted":
            start, end = change.became_at
            fact |= {"target_start": here + start, "target_end": here + end}
        if change.was_at is not None and change.grade != "added":
            of, start, end = change.was_at
            document, sentence = sources[of]
            there = _offset(document, sentence)
            fact |= {
                "source_id": document.article_id,
                "source_sentence": document.sentence_ids[sentence],
                "source_start": there + start,
                "source_end": there + end,
            }
        found.append(fact)
    return found


def _offset(document: Document, index: int) -> int:
    """What to add to places in `_sentence` for those in the text."""
    return int(document.sentence_span(index)[0]) - len(_opening(document, index))


def _compare(target: Document, each: Made) -> list[facts.Change]:
    known = frozenset().union(*(vocabulary(document) for document, _ in each.sources))
    return facts.compare(
        _sentence(target, each.index),
        [_sentence(document, sentence) for document, sentence in each.sources],
        known_elsewhere=known,
        told_elsewhere=vocabulary(target),
        quoted_elsewhere=tuple(
            dict.fromkeys(quoted_words(document) for document, _ in each.sources)
        ),
    )


def _join_numbers(
    target: Document, made: Sequence[Made], changes: list[list[facts.Change]]
) -> None:
    """Tell a number that came in one sentence and went in a neighbour as one that changed.

    So it is where a sentence takes a figure from two source sentences and one of them was
    not found.
    """
    for k, mine in enumerate(changes):
        for other in (k - 1, k + 1):
            if not 0 <= other < len(made):
                continue
            added = [each for each in mine if _is_number(each, "added")]
            gone = [each for each in changes[other] if _is_number(each, "omitted")]
            if not {each.kind for each in added} & {each.kind for each in gone}:
                continue
            both = Made(made[k].index, (*made[k].sources, *made[other].sources), [])
            for joined in _compare(target, both):
                came = [each for each in added if (each.became, each.kind) == _to(joined)]
                went = [each for each in gone if (each.was, each.kind) == _from(joined)]
                if came and went:
                    # As `_around` counts.
                    of, start, end = went[0].was_at or (0, 0, 0)
                    first = len(made[k].sources)
                    first += len(made[k - 1].sources) if other > k > 0 else 0
                    at = (first + of, start, end)
                    mine[mine.index(came[0])] = dataclasses.replace(joined, was_at=at)
                    changes[other].remove(went[0])


def _is_number(change: facts.Change, grade: str) -> bool:
    return change.grade == grade and change.kind in ("number", "money", "percent", "measure")


def _to(change: facts.Change) -> tuple[str | None, str]:
    return change.became, change.kind


def _from(change: facts.Change) -> tuple[str | None, str]:
    return change.was, change.kind


def _sentence(document: Document, index: int) -> facts.Sentence:
    start, end = document.sentence_span(index)
    at = document.published_at
    said = _opening(document, index) + document.text[start:end]
    inside = document.sentence_words[index]
    if len(inside) and document.quoted[inside[-1]]:
        behind = document.text[document.ends[inside[-1]] : end]
        said = said if _MARK.search(behind) else f"{said}”"
    return facts.Sentence(said, None if at is None else at.date())


def _opening(document: Document, index: int) -> str:
    """The quotation mark that a sentence lacks.

    A quote that goes on over several sentences has its marks before the first and behind the
    last.
    """
    inside = document.sentence_words[index]
    if not len(inside) or not document.quoted[inside[0]]:
        return ""
    start, _ = document.sentence_span(index)
    before = document.text[start : document.starts[inside[0]]]
    return "" if _MARK.search(before) else "“"


@once
def quoted_words(document: Document) -> tuple[str, ...]:
    """Return the words of all that a text quotes, in order."""
    return tuple(
        word for word, is_said in zip(document.words, document.quoted, strict=True) if is_said
    )


@once
def vocabulary(document: Document) -> frozenset[str]:
    """Return the distinct words of a text outside its furniture, months only as months."""
    words = {
        document.words[k]
        for role, inside in zip(document.roles, document.sentence_words, strict=True)
        if role not in measures.FURNITURE
        for k in inside
    }
    months = {each.lower() for each in _MONTH.findall(document.text)}
    return frozenset(words.difference(_MONTHS) | months)


def _placed(
    target: Document, each: Made, changes: Sequence[facts.Change]
) -> list[list[facts.Change]]:
    """Give each change to the part whose words it has, else to the first of the right source."""
    found: list[list[facts.Change]] = [[] for _ in each.rows]
    parts = [_plain(target.text[row["target_start"] : row["target_end"]]) for row in each.rows]
    theirs = {
        document.sentence_ids[sentence]: _plain(
            document.text[slice(*document.sentence_span(sentence))]
        )
        for document, sentence in each.sources
    }
    origins = [theirs[row["source_sentence"]] for row in each.rows]
    for change in changes:
        here = [k for k, part in enumerate(parts) if change.became and change.became in part]
        there = [k for k, text in enumerate(origins) if change.was and change.was in text]
        both = [k for k in here if k in there]
        # One that spans two parts belongs to the sentence, which its first part stands for.
        found[(both or here or there or [0])[0]].append(change)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
