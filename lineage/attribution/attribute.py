"""For every sentence of every text: which sentence of its parents it was made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .. import tables
from ..match.document import Document
from ..text import words
from . import (
    changed_facts,
    confidence,
    found_sentences,
    measures,
    reuse_types,
    segmentation,
    source_sentences,
)

# Of the words of a sentence from an absent source that a sibling has: all but a slip.
VERBATIM_SHARE = 0.97
# With this share of equal words nothing is left for the meaning to tell.
SETTLED_SHARE = 0.85
# From this confidence on a source is named that is no kept parent, or is less alike than the
# sources of a parent's sentences are.
MIN_CONFIDENCE = 0.2
# An absent source is shown for a sentence when this share of it stands in a sibling.
WITNESS_SHARE = 0.6


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
) -> list[dict[str, Any]]:
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
    list of dict
        Rows of the attributions table without ``origin_*``, and with ``facts`` for
        `changed_facts.table`: one a sentence, in order of
        the text; of a fusion one for each part. Their spans do not overlap and cover all
        words of the sentence.
    """
    parents = [each.answers.parent for each in looked_up]
    rows: list[dict[str, Any]] = []
    chosen: list[list[source_sentences.Choice]] = []
    for index, role in enumerate(target.roles):
        choices: list[source_sentences.Choice] = []
        if role not in measures.FURNITURE and len(target.sentence_words[index]):
            choices = _choose(target, index, role, looked_up)
        chosen.append(choices)
    n_having = sum(
        (
            each.answers.measured.most_verbatim >= reuse_types.HEARD_SHARE
            for each in looked_up
            if each.is_kept
        ),
        np.zeros(len(chosen), dtype=int),
    )
    witnessed = [
        frozenset(
            each.source_id
            for each in absent
            if not found and _witnessed(target, index, each) >= WITNESS_SHARE
        )
        for index, found in enumerate(chosen)
    ]
    around = reuse_types.around(target, chosen, parents, n_having.tolist(), witnessed)
    sourced: list[changed_facts.Made] = []
    for index, role in enumerate(target.roles):
        made = _rows(target, index, role, looked_up, chosen[index], around[index], absent)
        if chosen[index]:
            sourced.append(changed_facts.Made(index, _made_from(parents, chosen[index]), made))
        inside = target.sentence_words[index]
        inside = inside[target.quoted[inside]]
        is_new_quote = made[0]["kind"] == "new" and role == "quote"
        if (
            is_new_quote
            and heard is not None
            and len(inside)
            and heard[inside].mean() >= reuse_types.HEARD_SHARE
        ):
            made[0]["kind"] = "quote"
        rows += made
    changed_facts.tell(target, sourced)
    return rows


def _rows(
    target: Document,
    index: int,
    role: str,
    looked_up: Sequence[Source],
    choices: list[source_sentences.Choice],
    beside: reuse_types.Around,
    absent: Sequence[Witnessed],
) -> list[dict[str, Any]]:
    parents = [each.answers.parent for each in looked_up]
    start, end = (int(each) for each in target.spans[index])
    base = {
        "target_id": target.article_id,
        "target_sentence": target.sentence_ids[index],
        "target_start": start,
        "target_end": end,
    }
    if role in measures.FURNITURE:
        return [base | {"kind": "boilerplate"}]
    if not choices:
        return [base | _unsourced(target, index, role, beside, absent)]
    # A part has at least one word.
    choices = choices[: len(target.sentence_words[index])]
    parts = segmentation.divide(target, index, _made_from(parents, choices))
    rows = []
    for choice, spans in zip(choices, parts, strict=True):
        document = parents[choice.parent].document
        kind = (
            "fusion"
            if len(choices) > 1
            else reuse_types.of(target, index, document, choice, beside)
        )
        source_start, source_end = (int(each) for each in document.spans[choice.sentence])
        row = base | {
            "source_id": document.article_id,
            "source_sentence": document.sentence_ids[choice.sentence],
            "source_start": source_start,
            "source_end": source_end,
            "kind": kind,
            "lexical": round(max(choice.lexical, choice.verbatim), 4),
            "semantic": None if np.isnan(choice.semantic) else round(choice.semantic, 4),
            "confidence": round(_confidence(looked_up[choice.parent], index, choice), 4),
            "margin": round(max(choice.margin, 0.0), 4),
        }
        rows += [row | {"target_start": low, "target_end": high} for low, high in spans]
    return sorted(rows, key=lambda row: row["target_start"])


def _made_from(
    parents: Sequence[measures.Parent], choices: Sequence[source_sentences.Choice]
) -> tuple[tuple[Document, int], ...]:
    return tuple((parents[each.parent].document, each.sentence) for each in choices)


def _unsourced(
    target: Document, index: int, role: str, beside: reuse_types.Around, absent: Sequence[Witnessed]
) -> dict[str, Any]:
    if role in measures.HEADINGS:
        return {"kind": "heading"}
    for source in absent:
        share = _witnessed(target, index, source)
        if share >= WITNESS_SHARE:
            kind = "verbatim" if share >= VERBATIM_SHARE else "edited"
            if role == "quote" and not beside.is_copied:
                kind = "quote"
            return {
                "kind": kind,
                "source_id": source.source_id,
                "lexical": round(share, 4),
                "confidence": round(min(0.95, share), 4),
            }
    return {"kind": "new"}


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
        if p >= MIN_CONFIDENCE and (not few or (p > least and not source.is_kept)):
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
    return min(confidence.MAX_CONFIDENCE, float(source.p_from[index]) * p_sentence)


def with_origins(
    rows: list[dict[str, Any]], order: Sequence[str], texts: Mapping[str, str]
) -> pd.DataFrame:
    """Follow each attribution up to the oldest text that has the sentence.

    Parameters
    ----------
    rows : list of dict
        From `attribute`, of all texts.
    order : sequence of str
        Article ids, every parent before its children.
    texts : mapping of str to str
        The text of each article.

    Returns
    -------
    DataFrame
        The attributions table. What was made from a fused sentence goes back to the source
        of the part with which it shares most words.
    """
    by_target: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_target.setdefault(row["target_id"], []).append(row)
    oldest: dict[tuple[str, str], list[tuple[dict[str, Any], _Origin]]] = {}
    listed: Mapping[str, None] = dict.fromkeys([*order, *by_target])
    for article in listed:
        for row in by_target.get(article, []):
            source = row.get("source_id")
            if source is None:
                continue
            sentence = row.get("source_sentence")
            origin: _Origin = (source, sentence or None)
            parts = oldest.get((source, sentence), []) if sentence else []
            if parts:
                # Most sentences have one part, and need no counting of words.
                shared = [len(parts) > 1 and _n_shared(row, part, texts) for part, _ in parts]
                origin = parts[shared.index(max(shared))][1]
            row["origin_id"], row["origin_sentence"] = origin
            oldest.setdefault((article, row["target_sentence"]), []).append((row, origin))
    columns = tables.TABLES["attributions"].columns
    return tables.build(
        "attributions", [{key: row[key] for key in columns if key in row} for row in rows]
    )


# Id of a text and of a sentence in it; an absent one has none.
_Origin = tuple[str, str | None]


def _n_shared(one: Mapping[str, Any], other: Mapping[str, Any], texts: Mapping[str, str]) -> int:
    """How many distinct words two spans of texts have in common."""
    cut = [
        set(
            words.split_words(
                texts[row["target_id"]][row["target_start"] : row["target_end"]]
            ).words
        )
        for row in (one, other)
    ]
    return len(cut[0] & cut[1])
