"""Which facts of a text's sentences changed on the way, each at the words that it concerns."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .. import facts
from ..match.document import Document, once
from . import measures
from .attributions import Attribution, Fact

# Months that are other words too; they count as told where they stand with a capital inside
# a sentence.
_MONTHS = ("may", "march")
_MARK = re.compile('["“”„«»]')
_MONTH = re.compile(r"(?<![.!?:]\s)(?<!^)(?<!\n)\b(?:May|March)\b")


@dataclass(frozen=True)
class Sourced:
    """A sentence that was made from others.

    Attributes
    ----------
    index : int
        Of the sentence.
    sources : tuple of (Document, int)
        The sentences that it was made from.
    parts : tuple of Attribution
        One for each part.
    """

    index: int
    sources: tuple[tuple[Document, int], ...]
    parts: tuple[Attribution, ...]


def compare(target: Document, sourced: Sequence[Sourced]) -> list[tuple[Attribution, ...]]:
    """Say which facts differ from those of the sentences that a text was made from.

    Parameters
    ----------
    target : Document
    sourced : sequence of Sourced
        Its sentences that have sources, in order of the text.

    Returns
    -------
    list of tuple of Attribution
        The parts of each sentence, with their facts.

    Notes
    -----
    What another sentence of the text tells is not gone, and what another sentence of the
    source tells was not added. A quote of which a neighbour from the same sentence tells
    what became is not gone either.
    """
    changes = [_compare(target, each) for each in sourced]
    elsewhere: dict[tuple[str, int], set[str | None]] = {}
    for each, listed in zip(sourced, changes, strict=True):
        kept = {change.was for change in listed if change.kind == "quote" and change.became}
        for document, sentence in each.sources:
            elsewhere.setdefault((document.article_id, sentence), set()).update(kept)
    changes = _joined(target, sourced, changes)
    compared = []
    for k, (each, listed) in enumerate(zip(sourced, changes, strict=True)):
        told = set().union(*(elsewhere[d.article_id, sentence] for d, sentence in each.sources))
        left = [
            change
            for change in listed
            if not (change.kind == "quote" and change.grade == "omitted" and change.was in told)
        ]
        around = _around(sourced, k)
        parts = zip(each.parts, _placed(target, each, left), strict=True)
        compared.append(
            tuple(
                dataclasses.replace(part, facts=_facts(target, each.index, around, part, mine))
                for part, mine in parts
            )
        )
    return compared


def _around(sourced: Sequence[Sourced], k: int) -> list[tuple[Document, int]]:
    """Sources of a sentence, then those of the sentences before and behind it."""
    beside = [sourced[at].sources for at in (k - 1, k + 1) if 0 <= at < len(sourced)]
    return [*sourced[k].sources, *itertools.chain.from_iterable(beside)]


def _facts(
    target: Document,
    index: int,
    sources: Sequence[tuple[Document, int]],
    part: Attribution,
    changes: Sequence[facts.Change],
) -> tuple[Fact, ...]:
    """Place the changes of one part of a sentence in the texts."""
    placed = []
    here = _offset(target, index)
    for change in changes:
        fact = Fact(change, part.source_id, part.source_sentence)
        if change.became_at is not None and fact.grade != "omitted":
            start, end = change.became_at
            fact = dataclasses.replace(fact, target_span=(here + start, here + end))
        if change.was_at is not None and change.grade != "added":
            of, start, end = change.was_at
            document, sentence = sources[of]
            there = _offset(document, sentence)
            fact = dataclasses.replace(
                fact,
                source_id=document.article_id,
                source_sentence=document.sentence_ids[sentence],
                source_span=(there + start, there + end),
            )
        placed.append(fact)
    return tuple(placed)


def _offset(document: Document, index: int) -> int:
    """What to add to places in `_sentence` for those in the text."""
    return int(document.sentence_span(index)[0]) - len(_opening(document, index))


def _compare(target: Document, each: Sourced) -> list[facts.Change]:
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


def _joined(
    target: Document, sourced: Sequence[Sourced], changes: Sequence[Sequence[facts.Change]]
) -> list[list[facts.Change]]:
    """Tell a number that came in one sentence and went in a neighbour as one that changed.

    So it is where a sentence takes a figure from two source sentences and one of them was
    not found.
    """
    joined = [list(each) for each in changes]
    for k, mine in enumerate(joined):
        for other in (k - 1, k + 1):
            if not 0 <= other < len(sourced):
                continue
            added = [each for each in mine if _is_number(each, "added")]
            gone = [each for each in joined[other] if _is_number(each, "omitted")]
            if not {each.kind for each in added} & {each.kind for each in gone}:
                continue
            both = Sourced(sourced[k].index, (*sourced[k].sources, *sourced[other].sources), ())
            for change in _compare(target, both):
                came = [each for each in added if (each.became, each.kind) == _to(change)]
                went = [each for each in gone if (each.was, each.kind) == _from(change)]
                if came and went:
                    # As `_around` counts.
                    of, start, end = went[0].was_at or (0, 0, 0)
                    first = len(sourced[k].sources)
                    first += len(sourced[k - 1].sources) if other > k > 0 else 0
                    at = (first + of, start, end)
                    mine[mine.index(came[0])] = dataclasses.replace(change, was_at=at)
                    joined[other].remove(went[0])
    return joined


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
    """Return the distinct words of a text outside its boilerplate, months only as months."""
    words = {
        document.words[k]
        for role, inside in zip(document.roles, document.sentence_words, strict=True)
        if role not in measures.SURROUNDING_ROLES
        for k in inside
    }
    months = {each.lower() for each in _MONTH.findall(document.text)}
    return frozenset(words.difference(_MONTHS) | months)


def _placed(
    target: Document, each: Sourced, changes: Sequence[facts.Change]
) -> list[list[facts.Change]]:
    """Give each change to the part whose words it has, else to the first of the right source."""
    found: list[list[facts.Change]] = [[] for _ in each.parts]
    parts = [_plain(target.text[part.target_start : part.target_end]) for part in each.parts]
    theirs = {
        document.sentence_ids[sentence]: _plain(
            document.text[slice(*document.sentence_span(sentence))]
        )
        for document, sentence in each.sources
    }
    origins = [theirs.get(part.source_sentence or "", "") for part in each.parts]
    for change in changes:
        here = [k for k, part in enumerate(parts) if change.became and change.became in part]
        there = [k for k, text in enumerate(origins) if change.was and change.was in text]
        both = [k for k in here if k in there]
        # One that spans two parts belongs to the sentence, which its first part stands for.
        found[(both or here or there or [0])[0]].append(change)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
