"""How each pair of texts is related: one made from the other, a common source, or neither."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..evidence.gather import PairEvidence
from ..match import event_words
from . import graph_settings
from .edges import Edge
from .family_edges import Story

PairKey = tuple[str, str]
Outcome = Literal[
    "derived", "shared_source", "independent", "undecided", "unrelated", "not_measured"
]

# The outcomes that have a probability, in the order of their columns.
OUTCOMES: tuple[Outcome, ...] = ("derived", "shared_source", "independent")


@dataclass(frozen=True, slots=True)
class PairOutcome:
    """How two texts are related.

    Attributes
    ----------
    a, b : str
        Article ids, in their order.
    outcome : Outcome
    p_derived, p_shared_source, p_independent : float or None
        They add up to 1; None where the pair was not measured.
    shared_words : int
    containment_a, containment_b : float
        Share of the words of each that the other has.
    """

    a: str
    b: str
    outcome: Outcome
    p_derived: float | None
    p_shared_source: float | None
    p_independent: float | None
    shared_words: int
    containment_a: float
    containment_b: float


def of_pairs(
    found: Mapping[PairKey, PairEvidence],
    stories: Sequence[Story],
    p_link: Mapping[PairKey, float],
    between: Sequence[Edge],
    story_of: Mapping[str, str] | None = None,
    *,
    unmeasured: Collection[PairKey] = (),
    across: Mapping[PairKey, tuple[float, float, float]] | None = None,
) -> list[PairOutcome]:
    """Say how the texts of each compared pair are related.

    Parameters
    ----------
    found : mapping of (article_id, article_id) to PairEvidence
        Every compared pair.
    stories : sequence of Story
        The families.
    p_link : mapping of (article_id, article_id) to float
        Of pairs that are not of one family.
    between : sequence of Edge
        Between families.
    story_of : mapping of str to str, optional
        The story of each text; texts of one story tell of one event.
    unmeasured : collection of (article_id, article_id)
        Pairs of which words can show a link, and not that there is none: texts in two
        languages, or in one that the encoder does not know.
    across : mapping of (article_id, article_id) to (float, float, float), optional
        What meaning says of pairs in two languages: the three probabilities.

    Returns
    -------
    list of PairOutcome
        The outcome is the most probable of three, `undecided` below one half. Texts that have
        nothing of each other are `independent` if they tell of one event, else `unrelated`;
        those of `unmeasured` are `not_measured` then, and have no probabilities.
    """
    place = {
        document.article_id: (story, at)
        for story in stories
        for at, document in enumerate(story.documents)
    }
    named = story_of or {}
    joined = {frozenset(edge.key): edge.p_edge for edge in between}
    by_families: dict[frozenset[int], list[Edge]] = {}
    for edge in between:
        ends = frozenset(id(place[each][0]) for each in edge.key)
        by_families.setdefault(ends, []).append(edge)
    listed = []
    for (first, second), each in found.items():
        (story, at), (other, there) = place[first], place[second]
        if across is not None and (first, second) in across:
            p = across[first, second]
        elif story is other:
            p = story.outcomes(at, there)
        elif frozenset((first, second)) in joined:
            drawn = joined[frozenset((first, second))]
            p = drawn, 0.0, 1.0 - drawn
        else:
            # Of two texts linked less probably than any family: either way alike.
            rest = p_link.get((first, second), 0.0) / 2
            ways = by_families.get(frozenset((id(story), id(other))), ())
            p = _by_way_of(ways, place, (first, second), (rest, rest, 1.0 - 2 * rest))
        outcome = _outcome(p, each, named.get(first, first) == named.get(second, second))
        stated: tuple[float, float, float] | tuple[None, None, None] = p
        if (first, second) in unmeasured and p[2] >= graph_settings.LEAST_OUTCOME:
            outcome, stated = "not_measured", (None, None, None)
        a, b = sorted((first, second))
        forward = each.pair.a.article_id == a
        listed.append(
            PairOutcome(
                a,
                b,
                outcome,
                p_derived=stated[0],
                p_shared_source=stated[1],
                p_independent=stated[2],
                shared_words=each.pair.shared_words,
                containment_a=each.pair.containment_a if forward else each.pair.containment_b,
                containment_b=each.pair.containment_b if forward else each.pair.containment_a,
            )
        )
    return listed


def _by_way_of(
    ways: Sequence[Edge],
    place: Mapping[str, tuple[Story, int]],
    pair: PairKey,
    alone: tuple[float, float, float],
) -> tuple[float, float, float]:
    """What an edge between two families says of two texts that it does not join itself.

    A text made from the source of the edge, and one made from its target, go back to that source;
    a text above the source is above the target. What the two are linked beyond that is either way
    alike.
    """
    best = 0.0, 0.0, 1.0
    for edge in ways:
        (family, s), (_, t) = place[edge.source_id], place[edge.target_id]
        one, other = pair if place[pair[0]][0] is family else pair[::-1]
        x, (theirs, y) = place[one][1], place[other]
        reached = edge.p_edge * (1.0 if y == t else float(theirs.above[t, y]))
        above = 1.0 if x == s else min(1.0, max(0.0, float(family.above[x, s])))
        linked = 1.0 if x == s else 1.0 - family.outcomes(x, s)[2]
        derived, shared = reached * above, reached * max(0.0, linked - above)
        if derived + shared > 1.0 - best[2]:
            best = derived, shared, max(0.0, 1.0 - derived - shared)
    rest = max(0.0, best[2] - alone[2]) / 2
    return best[0] + rest, best[1] + rest, min(best[2], alone[2])


def _outcome(p: tuple[float, float, float], each: PairEvidence, is_one_story: bool) -> Outcome:
    best = int(np.argmax(p))
    if p[best] < graph_settings.LEAST_OUTCOME:
        return "undecided"
    if OUTCOMES[best] != "independent":
        return OUTCOMES[best]
    alike = is_one_story or event_words.same_event(each.pair.a, each.pair.b)
    return "independent" if alike else "unrelated"
