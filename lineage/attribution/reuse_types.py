"""How a sentence was made from its source: copied, edited, cut, told anew, or only quoted."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from ..match.document import Document, once
from ..text import align
from . import attribution_settings, measures, source_sentences
from .attributions import ReuseType


@dataclass(frozen=True)
class Around:
    """What the other sentences say of how one was made.

    Attributes
    ----------
    is_part : bool
        It and a neighbour keep the words of one source sentence, which was cut.
    is_copied : bool
        What is told beside this quote was copied from the text that has the quote, and no
        other parent has it.
    """

    is_part: bool
    is_copied: bool


def around(
    target: Document,
    chosen: Sequence[Sequence[source_sentences.Choice]],
    parents: Sequence[measures.Parent],
    heard: Sequence[int],
    witnessed: Sequence[frozenset[str]],
) -> list[Around]:
    """Say for each sentence what its neighbours tell of how it was made.

    Parameters
    ----------
    target : Document
    chosen : sequence of sequence of Choice
        The sources of each sentence.
    parents : sequence of Parent
    heard : sequence of int
        How many of the parents have each sentence, see `HEARD_SHARE`.
    witnessed : sequence of frozenset of str
        The absent sources of each sentence that has no other.

    Returns
    -------
    list of Around
    """
    kept = [
        [
            (each.parent, each.sentence)
            for each in found
            if kept_share(target, index, parents[each.parent].document, each.sentence)
            >= attribution_settings.EDITED_SHARE
        ]
        for index, found in enumerate(chosen)
    ]
    cut = [
        of[0] if len(found) == 1 and len(of) == 1 and role not in measures.HEADINGS else None
        for found, of, role in zip(chosen, kept, target.roles, strict=True)
    ]
    copied: list[frozenset[int | str]] = [
        frozenset(parent for parent, _ in of) | absent
        for of, absent in zip(kept, witnessed, strict=True)
    ]
    told = [k for k, role in enumerate(target.roles) if role == "body"]
    made = []
    for index, source in enumerate(cut):
        beside = cut[max(0, index - 1) : index] + cut[index + 1 : index + 2]
        at = bisect.bisect(told, index)
        is_copied = heard[index] <= 1 and any(
            copied[k] & copied[index] for k in told[max(0, at - 1) : at + 1]
        )
        made.append(Around(source is not None and source in beside, is_copied))
    return made


def of(
    target: Document, index: int, source: Document, choice: source_sentences.Choice, beside: Around
) -> ReuseType:
    """Name how a sentence was made from one source sentence.

    Parameters
    ----------
    target : Document
    index : int
        Of the sentence.
    source : Document
    choice : Choice
        Its source sentence.
    beside : Around

    Returns
    -------
    ReuseType
    """
    role = target.roles[index]
    if role in measures.HEADINGS:
        return "heading"
    words = _told(target)[index]
    is_own = _is_own(source, choice.sentence)
    is_heard = role == "quote" and not is_own and not beside.is_copied
    if role == "quote" and is_own:
        # Cited with credit: what stands around the words names who wrote them, and was
        # not taken.
        words = tuple(target.words[k] for k in target.sentence_words[index] if target.quoted[k])
    if words == _told(source)[choice.sentence] and not is_heard:
        return "verbatim"
    share = kept_share(target, index, source, choice.sentence)
    longer = kept_share(source, choice.sentence, target, index)
    if share < attribution_settings.EDITED_SHARE and longer < attribution_settings.LONGER_SHARE:
        return "paraphrase"
    if is_heard:
        return "quote"
    return "split" if beside.is_part else "edited"


def kept_share(target: Document, index: int, source: Document, sentence: int) -> float:
    """Share of a sentence's words that run as in a source sentence.

    Parameters
    ----------
    target, source : Document
    index, sentence : int
        Of the sentence in each.

    Returns
    -------
    float
        Words in runs of `MIN_KEPT_RUN` or more, in order; datelines apart.
    """
    mine, theirs = _told(target)[index], _told(source)[sentence]
    if mine == theirs:
        return 1.0
    runs = align.matching_blocks(mine, theirs)
    return sum(n for _, _, n in runs if n >= attribution_settings.MIN_KEPT_RUN) / max(1, len(mine))


def _is_own(source: Document, sentence: int) -> bool:
    """Whether a sentence is its reporter's own, and not somebody's quoted words."""
    return bool(
        source.spoken[source.sentence_words[sentence]].mean() < attribution_settings.SPOKEN_SHARE
    )


@once
def _told(document: Document) -> list[tuple[str, ...]]:
    """Words of each sentence without its dateline."""
    sent = [(each.start, each.end) for each in document.credits if each.kind == "dateline"]
    return [
        tuple(
            document.words[k]
            for k in inside
            if not any(start <= document.starts[k] < end for start, end in sent)
        )
        for inside in document.sentence_words
    ]
