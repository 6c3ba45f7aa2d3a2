"""For every sentence of every text: which sentence of its parents it was made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..match.document import Document
from ..text import words
from . import (
    attribution_settings,
    changed_facts,
    confidence,
    found_sentences,
    measures,
    reuse_types,
    segmentation,
    source_sentences,
)
from .attributions import Attribution, ReuseType


@dataclass(frozen=True)
class Witnessed:
    """An absent source and the siblings that show what it said.

    Attributes
    ----------
    source_id : str
        The absent article.
    covered : ndarray of shape (n_words,), bool
        Words of the child that a sibling has too.
    """

    source_id: str
    covered: np.ndarray


@dataclass(frozen=True, eq=False)
class Source:
    """A text that sentences are looked up in, and how probable it is that they are from there.

    Attributes
    ----------
    answers : Answers
        The target looked up in it.
    p_from : ndarray of shape (n_target,)
        Probability that the target drew on this text, by sentence: a long run of equal
        words is a proof of its own, see `candidate_sources.first_factor`.
    is_kept : bool
        Whether it is a parent of the target.
    """

    answers: found_sentences.Answers
    p_from: np.ndarray
    is_kept: bool = True


def attribute(
    target: Document,
    looked_up: Sequence[Source],
    absent: Sequence[Witnessed] = (),
    heard: np.ndarray | None = None,
) -> list[Attribution]:
    """Say for each sentence of a text where it came from.

    Parameters
    ----------
    target : Document
    looked_up : sequence of Source
        Its kept parents, best first, and whatever other texts may have its sentences.
    absent : sequence of Witnessed
        Absent sources behind it.
    heard : ndarray of shape (n_words,), bool, optional
        Words that a text has too which neither it was made from nor was made from it.

    Returns
    -------
    list of Attribution
        Without origins: one a sentence, in order of the text; of a fusion one for each part.
        Their spans do not overlap and cover all words of the sentence.
    """
    parents = [each.answers.parent for each in looked_up]
    chosen: list[list[source_sentences.Choice]] = []
    for index, role in enumerate(target.roles):
        choices: list[source_sentences.Choice] = []
        if role not in measures.SURROUNDING_ROLES and len(target.sentence_words[index]):
            choices = _choose(target, index, role, looked_up)
        chosen.append(choices)
    n_having = sum(
        (
            each.answers.measured.most_verbatim >= attribution_settings.HEARD_SHARE
            for each in looked_up
            if each.is_kept
        ),
        np.zeros(len(chosen), dtype=int),
    )
    witnessed = [
        frozenset(
            each.source_id
            for each in absent
            if not found and _witnessed(target, index, each) >= attribution_settings.WITNESS_SHARE
        )
        for index, found in enumerate(chosen)
    ]
    around = reuse_types.around(target, chosen, parents, n_having.tolist(), witnessed)
    parts = [
        _sourced(target, index, looked_up, choices, around[index])
        if choices
        else (_unsourced(target, index, around[index], absent, heard),)
        for index, choices in enumerate(chosen)
    ]
    sourced = [
        changed_facts.Sourced(index, _made_from(parents, choices), parts[index])
        for index, choices in enumerate(chosen)
        if choices
    ]
    for each, compared in zip(sourced, changed_facts.compare(target, sourced), strict=True):
        parts[each.index] = compared
    return [part for of_sentence in parts for part in of_sentence]


def _sourced(
    target: Document,
    index: int,
    looked_up: Sequence[Source],
    choices: list[source_sentences.Choice],
    beside: reuse_types.Around,
) -> tuple[Attribution, ...]:
    """The parts of a sentence that has sources, in order."""
    parents = [each.answers.parent for each in looked_up]
    # A part has at least one word.
    choices = choices[: len(target.sentence_words[index])]
    spans_of = segmentation.divide(target, index, _made_from(parents, choices))
    parts: list[Attribution] = []
    for choice, spans in zip(choices, spans_of, strict=True):
        document = parents[choice.parent].document
        kind = (
            "fusion"
            if len(choices) > 1
            else reuse_types.of(target, index, document, choice, beside)
        )
        source_start, source_end = (int(each) for each in document.spans[choice.sentence])
        parts += [
            Attribution(
                target.article_id,
                target.sentence_ids[index],
                low,
                high,
                kind,
                source_id=document.article_id,
                source_sentence=document.sentence_ids[choice.sentence],
                source_start=source_start,
                source_end=source_end,
                lexical=round(max(choice.lexical, choice.verbatim), 4),
                semantic=None if np.isnan(choice.semantic) else round(choice.semantic, 4),
                confidence=round(_confidence(looked_up[choice.parent], index, choice), 4),
                margin=round(max(choice.margin, 0.0), 4),
            )
            for low, high in spans
        ]
    return tuple(sorted(parts, key=lambda part: part.target_start))


def _made_from(
    parents: Sequence[measures.Parent], choices: Sequence[source_sentences.Choice]
) -> tuple[tuple[Document, int], ...]:
    return tuple((parents[each.parent].document, each.sentence) for each in choices)


def _unsourced(
    target: Document,
    index: int,
    beside: reuse_types.Around,
    absent: Sequence[Witnessed],
    heard: np.ndarray | None,
) -> Attribution:
    """A sentence for which no text at hand is a source."""
    role = target.roles[index]
    start, end = (int(each) for each in target.spans[index])
    named, sentence_id = target.article_id, target.sentence_ids[index]
    if role in measures.SURROUNDING_ROLES:
        return Attribution(named, sentence_id, start, end, "boilerplate")
    if role in measures.HEADINGS:
        return Attribution(named, sentence_id, start, end, "heading")
    for source in absent:
        share = _witnessed(target, index, source)
        if share >= attribution_settings.WITNESS_SHARE:
            kind: ReuseType = (
                "verbatim" if share >= attribution_settings.VERBATIM_SHARE else "edited"
            )
            if role == "quote" and not beside.is_copied:
                kind = "quote"
            return Attribution(
                named,
                sentence_id,
                start,
                end,
                kind,
                source_id=source.source_id,
                lexical=round(share, 4),
                confidence=round(min(0.95, share), 4),
            )
    is_heard = role == "quote" and _is_heard(target, index, heard)
    return Attribution(named, sentence_id, start, end, "quote" if is_heard else "new")


def _is_heard(target: Document, index: int, heard: np.ndarray | None) -> bool:
    """Whether others, who have it from nobody here, have the quoted words of a sentence too."""
    inside = target.sentence_words[index]
    inside = inside[target.quoted[inside]]
    if heard is None or len(inside) == 0:
        return False
    return bool(heard[inside].mean() >= attribution_settings.HEARD_SHARE)


def _witnessed(target: Document, index: int, source: Witnessed) -> float:
    """Share of a sentence's words that a sibling has too."""
    inside = target.sentence_words[index]
    return float(source.covered[inside].mean()) if len(inside) else 0.0


def _choose(
    target: Document, index: int, role: str, looked_up: Sequence[Source]
) -> list[source_sentences.Choice]:
    """Choose among the parents, and among all texts where that is surer."""
    kept = [k for k, each in enumerate(looked_up) if each.is_kept]
    few = _choose_among(target, index, role, looked_up, kept)
    least = max((_confidence(looked_up[each.parent], index, each) for each in few), default=0.0)
    every = _choose_among(target, index, role, looked_up, range(len(looked_up)), is_open=True)
    named = []
    for each in every:
        source = looked_up[each.parent]
        p = _confidence(source, index, each)
        if source.answers.parent.is_update:
            # Who updates a text tells news of the same people.
            continue
        if p >= attribution_settings.MIN_CONFIDENCE and (
            not few or (p > least and not source.is_kept)
        ):
            named.append(each)
    if not few:
        return named
    if not named:
        return few
    return [each for each in every if looked_up[each.parent].is_kept or each in named]


def _choose_among(
    target: Document,
    index: int,
    role: str,
    looked_up: Sequence[Source],
    places: Sequence[int],
    *,
    is_open: bool = False,
) -> list[source_sentences.Choice]:
    found = source_sentences.choose(
        target,
        index,
        role,
        [looked_up[k].answers.parent for k in places],
        [looked_up[k].answers.measured for k in places],
        prior=np.array([_prior(looked_up[k], index) for k in places]),
        is_open=is_open,
    )
    return [dataclasses.replace(each, parent=places[each.parent]) for each in found]


def _prior(source: Source, index: int) -> float:
    """How far a text is a source before its sentences are seen; of parents that is settled."""
    return 1.0 if source.is_kept else float(source.p_from[index])


def _confidence(source: Source, index: int, choice: source_sentences.Choice) -> float:
    """Probability that the text drew on that one, and if so on this sentence of it."""
    column = source.answers.column_of[choice.sentence]
    features = source.answers.features(np.array([index]), np.array([column]), [choice.margin])
    p_sentence = float(confidence.load().sentence.p(features)[0])
    return min(attribution_settings.MAX_CONFIDENCE, float(source.p_from[index]) * p_sentence)


def with_origins(
    attributions: Sequence[Attribution], order: Sequence[str], texts: Mapping[str, str]
) -> list[Attribution]:
    """Follow each attribution up to the oldest text that has the sentence.

    Parameters
    ----------
    attributions : sequence of Attribution
        From `attribute`, of all texts.
    order : sequence of str
        Article ids, every parent before its children.
    texts : mapping of str to str
        The text of each article.

    Returns
    -------
    list of Attribution
        With origins. What was made from a fused sentence goes back to the source
        of the part with which it shares most words.
    """
    by_target: dict[str, list[int]] = {}
    for k, each in enumerate(attributions):
        by_target.setdefault(each.target_id, []).append(k)
    followed = list(attributions)
    oldest: dict[tuple[str, str], list[Attribution]] = {}
    listed: Mapping[str, None] = dict.fromkeys([*order, *by_target])
    for article in listed:
        for k in by_target.get(article, []):
            each = attributions[k]
            if each.source_id is None:
                continue
            origin: _Origin = (each.source_id, each.source_sentence)
            parts = oldest.get((each.source_id, each.source_sentence or ""), [])
            if parts:
                # Most sentences have one part, and need no counting of words.
                shared = [len(parts) > 1 and _n_shared(each, part, texts) for part in parts]
                nearest = parts[shared.index(max(shared))]
                origin = nearest.origin_id, nearest.origin_sentence
            followed[k] = dataclasses.replace(each, origin_id=origin[0], origin_sentence=origin[1])
            oldest.setdefault((article, each.target_sentence), []).append(followed[k])
    return followed


# Id of a text and of a sentence in it; an absent one has none.
_Origin = tuple[str | None, str | None]


def _n_shared(one: Attribution, other: Attribution, texts: Mapping[str, str]) -> int:
    """How many distinct words two spans of texts have in common."""
    cut = [
        set(words.split_words(texts[each.target_id][each.target_start : each.target_end]).words)
        for each in (one, other)
    ]
    return len(cut[0] & cut[1])
