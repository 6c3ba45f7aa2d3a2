"""Stories: families of texts, and the families that tell of one event."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from ..evidence.gather import PairEvidence
from ..match import event_words
from ..match.document import Document
from . import dag, graph_settings
from .edges import Edge
from .family_edges import PairKey, Story


def stories(
    families: Sequence[Story],
    found: Mapping[PairKey, PairEvidence],
    between: Sequence[Edge] = (),
) -> dict[str, str]:
    """Name the story of each text.

    Parameters
    ----------
    families : sequence of Story
    found : mapping of (article_id, article_id) to PairEvidence
        Every compared pair.
    between : sequence of Edge
        Between families.

    Returns
    -------
    dict of str to str
        By article id. A name is made of the texts in the story, so that neither ids nor order
        matter.
    """
    hashes = {
        document.article_id: hashlib.sha256(document.text.encode()).hexdigest()
        for family in families
        for document in family.documents
    }
    groups_of = related(families, between)
    # Of groups that are as near to each other the first are joined.
    groups_of.sort(key=lambda group: min(hashes[each] for each in group))
    documents = [document for family in families for document in family.documents]
    groups = _by_event(groups_of, found, _telling_words(documents))
    named = {}
    for group in groups:
        joined = "".join(sorted(hashes[each] for each in group))
        name = "story-" + hashlib.sha256(joined.encode()).hexdigest()[: graph_settings.HASH_DIGITS]
        named.update(dict.fromkeys(group, name))
    return named


def related(families: Sequence[Story], between: Sequence[Edge] = ()) -> list[list[str]]:
    """Texts that hang together by probable links.

    Parameters
    ----------
    families : sequence of Story
    between : sequence of Edge
        Between families.

    Returns
    -------
    list of list of str
        Article ids; a text without relatives is a group of its own.
    """
    return _joined(_linked(families), between)


def _linked(families: Sequence[Story]) -> list[list[str]]:
    groups = []
    for family in families:
        linked = zip(
            *np.nonzero(family.derived + family.shared >= graph_settings.LEAST_P_LINK), strict=True
        )
        groups += [
            [family.documents[k].article_id for k in group]
            for group in dag.components(len(family.documents), linked)
        ]
    return groups


def _joined(groups: Sequence[list[str]], between: Sequence[Edge]) -> list[list[str]]:
    """Join groups by the edges between them."""
    part = {each: k for k, group in enumerate(groups) for each in group}
    pairs = [(part[edge.source_id], part[edge.target_id]) for edge in between]
    return [
        [each for k in joined for each in groups[k]]
        for joined in dag.components(len(groups), pairs)
    ]


def _telling_words(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    """Rare words of each text that few others have: what all have is of their form or trade."""
    rare = {each.article_id: event_words.rare_words(each) for each in documents}
    n_texts = Counter(word for words in rare.values() for word in words)
    return {
        name: frozenset(word for word in words if n_texts[word] <= graph_settings.MOST_HOLDERS)
        for name, words in rare.items()
    }


def _tell_of_one_event(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= graph_settings.LEAST_WORDS and shared >= graph_settings.LEAST_WORD_SHARE * min(
        len(one), len(other)
    )


def _by_event(
    groups: Sequence[list[str]],
    found: Mapping[PairKey, PairEvidence],
    telling: Mapping[str, frozenset[str]],
) -> list[list[str]]:
    """Join groups of which most pairs share the rare words of one event, the likest first."""
    place = {each: k for k, group in enumerate(groups) for each in group}
    shared: dict[tuple[int, int], int] = {}
    for first, second in found:
        a, b = sorted((place[first], place[second]))
        if a != b and _tell_of_one_event(telling[first], telling[second]):
            shared[a, b] = shared.get((a, b), 0) + 1
    members = {k: list(group) for k, group in enumerate(groups)}
    while True:
        best = max(
            ((n / (len(members[a]) * len(members[b])), -a, -b) for (a, b), n in shared.items()),
            default=(0.0, 0, 0),
        )
        if best[0] < graph_settings.LEAST_EVENT_SHARE:
            return list(members.values())
        a, b = -best[1], -best[2]
        members[a] += members.pop(b)
        merged: dict[tuple[int, int], int] = {}
        for (one, other), n in shared.items():
            one, other = (a if at == b else at for at in (one, other))
            if one != other:
                key = (min(one, other), max(one, other))
                merged[key] = merged.get(key, 0) + n
        shared = merged
