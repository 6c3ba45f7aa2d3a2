"""For every sentence of every text: which sentence of its parents it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from . import division, facts, similarity, tables
from .document import Document
from .pairs import Pair, SentenceMatch
from .text import rarity

# Roles that belong to the page and not to the story: they are nobody's words.
FURNITURE = frozenset({"boilerplate", "credit", "caption"})
HEADINGS = frozenset({"headline", "heading"})

# Match score from which a sentence was made from another. Among independent reports of
# one event the best match of a sentence is below .66 in 95 of 100.
MIN_SCORE = 0.66
# Where the sentences around it follow the same order, less is enough.
MIN_SCORE_IN_ORDER = 0.58
ORDER_BONUS = 0.1
# A heading is a few words, and its match is a matter of one of them.
MIN_SCORE_HEADING = 0.8
# A further source has to explain this share of the sentence's rare words that the
# others do not; on fused sentences .12 gave the best balance, and whole texts have
# more sentences that fit by accident.
MIN_FURTHER_SHARE = 0.15
MIN_FURTHER_SCORE = 0.5
MAX_SOURCES = 3
# Shares of equal words: all of them, all but a slip; most of them.
VERBATIM_SHARE = 0.97
EDITED_SHARE = 0.5
# With this share of equal words nothing is left for the meaning to tell.
SETTLED_SHARE = 0.85
# An absent source is shown for a sentence when this share of it stands in a sibling.
WITNESS_SHARE = 0.6


@dataclass(frozen=True)
class Parent:
    """One possible origin of a text's sentences.

    Attributes
    ----------
    document : Document
        The parent.
    pair : Pair
        Its word alignment with the child.
    match : SentenceMatch
        The child's sentences matched to its own.
    """

    document: Document
    pair: Pair
    match: SentenceMatch


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


@dataclass
class _Choice:
    """A sentence's sources while they are being chosen."""

    parent: int
    sentence: int
    score: float
    margin: float
    verbatim: float
    lexical: float
    semantic: float
    words: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))


def attribute(
    target: Document, parents: Sequence[Parent], absent: Sequence[Witnessed] = ()
) -> list[dict[str, Any]]:
    """Say for each sentence of a text where it came from.

    Parameters
    ----------
    target : Document
    parents : sequence of Parent
        Its kept parents, best first.
    absent : sequence of Witnessed
        Absent sources behind it.

    Returns
    -------
    list of dict
        Rows of the attributions table without ``origin_*``: one a sentence, several
        for a fusion, in order of the text. Their spans do not overlap and cover all
        words of the sentence.
    """
    verbatim = [_verbatim_shares(target, parent) for parent in parents]
    rows: list[dict[str, Any]] = []
    chosen: list[list[_Choice]] = []
    for index, role in enumerate(target.roles):
        choices: list[_Choice] = []
        if role not in FURNITURE and len(target.sentence_words[index]):
            choices = _choose(target, index, role, parents, verbatim)
        chosen.append(choices)
    from_one = _shared_sources(chosen)
    for index, role in enumerate(target.roles):
        rows += _rows(target, index, role, parents, chosen[index], from_one[index], absent)
    return rows


def _verbatim_shares(target: Document, parent: Parent) -> np.ndarray:
    """Share of each target sentence's words that run verbatim in each parent sentence."""
    counts = np.zeros((len(target.roles), len(parent.document.roles)))
    for start, other, n in parent.pair.runs(parent.document):
        there = parent.document.sentence_of[start : start + n]
        here = target.sentence_of[other : other + n]
        good = (there >= 0) & (here >= 0)
        np.add.at(counts, (here[good], there[good]), 1)
    lengths = np.array([max(1, len(each)) for each in target.sentence_words])
    return counts / lengths[:, None]


def _choose(
    target: Document,
    index: int,
    role: str,
    parents: Sequence[Parent],
    verbatim: Sequence[np.ndarray],
) -> list[_Choice]:
    options: list[_Choice] = []
    for number, parent in enumerate(parents):
        match = parent.match
        in_order = match.path[index]
        for sentence, source_role in enumerate(parent.document.roles):
            if source_role in FURNITURE or not len(parent.document.sentence_words[sentence]):
                continue
            same = float(verbatim[number][index, sentence])
            # A run of equal words is stronger than any similarity measured.
            score = max(float(match.score[index, sentence]), 1.8 * same)
            bonus = ORDER_BONUS if in_order == sentence else 0.0
            least = MIN_SCORE_IN_ORDER + bonus if bonus else MIN_SCORE
            if role in HEADINGS and same < EDITED_SHARE:
                least = MIN_SCORE_HEADING
            # A source's own heading is answered by headings, not by the body below it.
            if source_role in HEADINGS and role not in HEADINGS:
                least = max(least, 1.2)
            if score + bonus < least:
                continue
            options.append(
                _Choice(
                    number,
                    sentence,
                    score + bonus,
                    0.0,
                    same,
                    float(match.lexical[index, sentence]),
                    float(match.semantic[index, sentence]),
                )
            )
    if not options:
        return []
    options.sort(key=lambda each: (-each.score, each.parent, each.sentence))
    first = options[0]
    first.margin = first.score - (options[1].score if len(options) > 1 else 0.0)
    if role in HEADINGS:
        return [first]
    return _further(target, index, parents, options)


def _further(
    target: Document, index: int, parents: Sequence[Parent], options: list[_Choice]
) -> list[_Choice]:
    """Add sources as long as each explains words that the others do not."""
    stems = target.stems[index]
    weights = target.stem_weights
    total = max(1.0, sum(weights[stem] for stem in sorted(stems)))

    def has(choice: _Choice) -> frozenset[str]:
        return parents[choice.parent].document.stems[choice.sentence]

    chosen = [options[0]]
    left = stems - has(options[0])
    while len(chosen) < MAX_SOURCES:
        best, best_value = None, 0.0
        for option in options:
            if option in chosen or option.lexical + option.verbatim == 0:
                continue
            gain = sum(weights[stem] for stem in sorted(left & has(option))) / total
            taken = parents[option.parent].match.taken[index, option.sentence]
            semantic = 0.0 if np.isnan(option.semantic) else option.semantic
            value = (
                gain
                + similarity.COSINE_WEIGHT * semantic
                + similarity.TAKEN_WEIGHT * min(float(taken), 1.0)
            )
            enough = gain >= MIN_FURTHER_SHARE and option.score >= MIN_FURTHER_SCORE
            if enough and value > best_value:
                best, best_value = option, value
        if best is None:
            break
        chosen.append(best)
        left = left - has(best)
    return chosen


def _shared_sources(chosen: list[list[_Choice]]) -> list[bool]:
    """Whether a sentence is one of several neighbours made from one source sentence."""
    single = [(each[0].parent, each[0].sentence) if len(each) == 1 else None for each in chosen]
    flags = []
    for index, source in enumerate(single):
        around = single[max(0, index - 1) : index] + single[index + 1 : index + 2]
        flags.append(source is not None and source in around)
    return flags


def _rows(
    target: Document,
    index: int,
    role: str,
    parents: Sequence[Parent],
    choices: list[_Choice],
    from_one: bool,
    absent: Sequence[Witnessed],
) -> list[dict[str, Any]]:
    start, end = (int(each) for each in target.spans[index])
    base = {
        "target_id": target.article_id,
        "target_sentence": target.sentence_ids[index],
        "target_start": start,
        "target_end": end,
    }
    if role in FURNITURE:
        return [base | {"kind": "boilerplate"}]
    if not choices:
        return [base | _unsourced(target, index, role, absent)]
    # A part has at least one word.
    choices = choices[: len(target.sentence_words[index])]
    spans = division.divide(
        target, index, [_word_hits(target, index, parents, each) for each in choices]
    )
    sources = [
        _as_facts(
            parents[each.parent].document,
            *parents[each.parent].document.spans[each.sentence],
        )
        for each in choices
    ]
    elsewhere = frozenset().union(*(parents[each.parent].document.vocabulary for each in choices))
    differs = facts.changed(
        _as_facts(target, start, end),
        sources,
        known_elsewhere=elsewhere,
        told_elsewhere=target.vocabulary,
    )
    rows = []
    for choice, span in zip(choices, spans, strict=True):
        document = parents[choice.parent].document
        kind = "fusion" if len(choices) > 1 else _kind(target, index, role, choice, from_one)
        source_start, source_end = (int(each) for each in document.spans[choice.sentence])
        rows.append(
            base
            | {
                "target_start": span[0],
                "target_end": span[1],
                "source_id": document.article_id,
                "source_sentence": document.sentence_ids[choice.sentence],
                "source_start": source_start,
                "source_end": source_end,
                "kind": kind,
                "lexical": round(max(choice.lexical, choice.verbatim), 4),
                "semantic": None if np.isnan(choice.semantic) else round(choice.semantic, 4),
                "confidence": round(_confidence(choice), 4),
                "margin": round(max(choice.margin, 0.0), 4),
                "changed_facts": differs,
            }
        )
    return sorted(rows, key=lambda row: row["target_start"])


def _as_facts(document: Document, start: int, end: int) -> facts.Sentence:
    at = document.published_at
    return facts.Sentence(document.text[start:end], None if at is None else at.date())


def _unsourced(
    target: Document, index: int, role: str, absent: Sequence[Witnessed]
) -> dict[str, Any]:
    if role in HEADINGS:
        return {"kind": "heading"}
    inside = target.sentence_words[index]
    for source in absent:
        share = float(source.covered[inside].mean()) if len(inside) else 0.0
        if share >= WITNESS_SHARE:
            kind = "verbatim" if share >= VERBATIM_SHARE else "edited"
            if role == "quote":
                kind = "quote"
            return {
                "kind": kind,
                "source_id": source.source_id,
                "lexical": round(share, 4),
                "confidence": round(min(0.95, share), 4),
            }
    return {"kind": "new"}


def _kind(target: Document, index: int, role: str, choice: _Choice, from_one: bool) -> str:
    if role in HEADINGS:
        return "heading"
    if role == "quote" and choice.verbatim >= EDITED_SHARE:
        return "quote"
    if choice.verbatim >= VERBATIM_SHARE:
        return "verbatim"
    if from_one:
        return "split"
    if choice.verbatim >= EDITED_SHARE:
        return "edited"
    return "paraphrase"


def _confidence(choice: _Choice) -> float:
    if choice.verbatim >= EDITED_SHARE:
        return min(0.99, 0.8 + 0.2 * choice.verbatim)
    # A logistic curve through one half at the least score that is accepted.
    return float(1.0 / (1.0 + np.exp(-6.0 * (choice.score - MIN_SCORE))))


def _word_hits(
    target: Document, index: int, parents: Sequence[Parent], choice: _Choice
) -> np.ndarray:
    """Which words of the sentence this source has, as counts for the division."""
    stems = parents[choice.parent].document.stems[choice.sentence]
    inside = target.sentence_words[index]
    return np.array([rarity.stem(target.words[i]) in stems for i in inside], dtype=float)


def with_origins(rows: list[dict[str, Any]], order: Sequence[str]) -> pd.DataFrame:
    """Follow each attribution up to the oldest text that has the sentence.

    Parameters
    ----------
    rows : list of dict
        From `attribute`, of all texts.
    order : sequence of str
        Article ids, every parent before its children.

    Returns
    -------
    DataFrame
        The attributions table.
    """
    by_target: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_target.setdefault(row["target_id"], []).append(row)
    oldest: dict[tuple[str, str], tuple[str, str | None]] = {}
    listed: Mapping[str, None] = dict.fromkeys([*order, *by_target])
    for article in listed:
        for row in by_target.get(article, []):
            source = row.get("source_id")
            if source is None:
                continue
            sentence = row.get("source_sentence")
            origin = (
                oldest.get((source, sentence), (source, sentence)) if sentence else (source, None)
            )
            row["origin_id"], row["origin_sentence"] = origin
            oldest.setdefault((article, row["target_sentence"]), origin)
    return tables.build("attributions", rows)
