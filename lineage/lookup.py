"""In which texts the sentences of a text are looked up, and what is found there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from . import attribute, dag, measures
from .document import Document
from .evidence import link, several
from .evidence.gather import Meaning, PairEvidence
from .infer import PairKey, Story
from .pairs import match_sentences

# Below this p_direction nothing tells which of two texts was first.
OPEN_DIRECTION = 0.6


def oldest_first(story: Story) -> list[int]:
    """Places of the texts of a story, every parent before its children."""
    above = dag.ancestors(story.parents)
    return sorted(range(len(story.documents)), key=lambda at: (len(above[at]), at))


def attribute_story(
    story: Story,
    found: Mapping[PairKey, PairEvidence],
    meaning: Meaning,
    absent_edges: Sequence[Mapping[str, Any]],
) -> tuple[list[dict[str, Any]], list[str]]:
    """Attribute the sentences of all texts of a story.

    Parameters
    ----------
    story : Story
    found : mapping of (article_id, article_id) to PairEvidence
    meaning : Meaning
        Embeds the sentences that words leave open.
    absent_edges : sequence of mapping
        Edges from absent sources.

    Returns
    -------
    (list of dict, list of str)
        Rows for `attribute.with_origins`, and its order.
    """
    by_id = {each.article_id: each for each in story.documents}
    source_named = {
        (row["target_id"], row["source_id"]) for row in absent_edges if row["relation"] == "reprint"
    }
    rows: list[dict[str, Any]] = []
    above = dag.ancestors(story.parents)
    order = oldest_first(story)
    for at in order:
        target = story.documents[at]
        parents = parents_of(story, at, found, meaning)
        witnessed = []
        for article, source_id in sorted(source_named):
            if article != target.article_id:
                continue
            siblings = [
                a for a, s in source_named if s == source_id and a != article and a in by_id
            ]
            covered = np.zeros(len(target.words), dtype=bool)
            for sibling in siblings:
                covered |= several.between(found, by_id[sibling], target).pair.covered(target)
            witnessed.append(attribute.Witnessed(source_id, covered))
        heard = np.zeros(len(target.words), dtype=bool)
        for k, other in enumerate(story.documents):
            compared = found.get(several.key_of(other, target)) if k != at else None
            if compared is not None and k not in above[at] and at not in above[k]:
                heard |= compared.pair.covered(target)
        rows += attribute.attribute(target, parents, witnessed, heard)
    return rows, [story.documents[at].article_id for at in order]


def parents_of(
    story: Story, at: int, found: Mapping[PairKey, PairEvidence], meaning: Meaning
) -> list[measures.Parent]:
    """Match a text's sentences with those of the texts that they are looked up in.

    Parameters
    ----------
    story : Story
    at : int
        Place of the text in the story.
    found : mapping of (article_id, article_id) to PairEvidence
    meaning : Meaning
        Embeds the sentences that words leave open.

    Returns
    -------
    list of Parent
        What explains most of the text first.
    """
    target = story.documents[at]
    updates = {
        row["source_id"]
        for row in story.edges
        if row["target_id"] == target.article_id and row["relation"] == "update"
    }
    parents = []
    for k in sorted(
        sources_of(story, at, found),
        key=lambda p: (-several.between(found, story.documents[p], target).content.most, p),
    ):
        source = story.documents[k]
        each = several.between(found, source, target)
        match = each.match(target)
        if match is None or np.isnan(match.semantic).all():
            of_source, of_target = _open_rows(each, source), _open_rows(each, target)
            known = of_target.any() and of_source.any()
            match = match_sentences(
                source,
                target,
                meaning.vectors(source, of_source) if known else None,
                meaning.vectors(target, of_target) if known else None,
            )
        is_update = source.article_id in updates
        parents.append(measures.Parent(source, each.pair, match, is_update))
    return parents


def sources_of(story: Story, at: int, found: Mapping[PairKey, PairEvidence]) -> tuple[int, ...]:
    """Texts that a text's sentences are looked up in: its parents, or the nearest of few words.

    A sentence or two are too short to say from where they are, or which came first; still a
    reader wants to see where in the others their words stand. The relation of such a pair is
    `undecided`, or its edge has a direction that nothing tells.
    """
    if not story.parents[at]:
        return _nearest(story, at, found)
    # Where a text of few words is shown in this one, this one is not shown in it: no
    # sentence goes back to itself.
    return tuple(p for p in story.parents[at] if at not in _nearest(story, p, found))


def _nearest(story: Story, at: int, found: Mapping[PairKey, PairEvidence]) -> tuple[int, ...]:
    """The text that has most of one that is few words and was made from none, if any has."""
    target = story.documents[at]
    if story.parents[at] or not link.is_flash(target):
        return ()
    above = dag.ancestors(story.parents)
    open_children = {
        row["target_id"]
        for row in story.edges
        if row["source_id"] == target.article_id and row["p_direction"] < OPEN_DIRECTION
    }
    near = []
    for k, source in enumerate(story.documents):
        is_open = source.article_id in open_children and story.parents[k] == (at,)
        if k == at or link.is_flash(source) or (at in above[k] and not is_open):
            continue
        each = found.get(several.key_of(source, target))
        if each is not None and each.explained(target) > 0:
            near.append((-each.explained(target), k))
    return (min(near)[1],) if near else ()


def open_sentences(
    story: Story, found: Mapping[PairKey, PairEvidence]
) -> Iterator[tuple[Document, np.ndarray]]:
    """Sentences of kept edges that the words leave open, on both sides."""
    for at, target in enumerate(story.documents):
        for k in sources_of(story, at, found):
            source = story.documents[k]
            each = several.between(found, source, target)
            match = each.match(target)
            if match is not None and not np.isnan(match.semantic).all():
                continue
            of_source, of_target = _open_rows(each, source), _open_rows(each, target)
            if of_source.any() and of_target.any():
                yield source, of_source
                yield target, of_target


def _open_rows(each: PairEvidence, document: Document) -> np.ndarray:
    """Which sentences are not settled by equal words."""
    covered = each.pair.covered(document)
    return np.array(
        [
            role not in measures.FURNITURE
            and len(inside) > 0
            and bool(covered[inside].mean() < attribute.SETTLED_SHARE)
            for role, inside in zip(document.roles, document.sentence_words, strict=True)
        ],
        dtype=bool,
    )
