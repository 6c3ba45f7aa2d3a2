"""How each pair of texts is related: one made from the other, a common source, or neither."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from ..evidence.gather import PairEvidence
from ..match import event_words
from .family_edges import Story
from .further_parents import Between

PairKey = tuple[str, str]

# The outcomes that have a probability, in the order of their columns.
OUTCOMES = ("derived", "shared_source", "independent")
# The most probable outcome is called undecided below this.
LEAST_OUTCOME = 0.5
NOT_MEASURED = "not_measured"


def of_pairs(
    found: Mapping[PairKey, PairEvidence],
    stories: Sequence[Story],
    p_link: Mapping[PairKey, float],
    between: Sequence[Between],
    story_of: Mapping[str, str] | None = None,
    *,
    unmeasured: Collection[PairKey] = (),
    across: Mapping[PairKey, tuple[float, float, float]] | None = None,
) -> list[dict[str, Any]]:
    """Write the rows of the relations table.

    Parameters
    ----------
    found : mapping of (article_id, article_id) to PairEvidence
        Every compared pair.
    stories : sequence of Story
        The families.
    p_link : mapping of (article_id, article_id) to float
        Of pairs that are not of one family.
    between : sequence of Between
        Edges between families.
    story_of : mapping of str to str, optional
        The story of each text; texts of one story tell of one event.
    unmeasured : collection of (article_id, article_id)
        Pairs of which words can show a link, and not that there is none: texts in two
        languages, or in one that the encoder does not know.
    across : mapping of (article_id, article_id) to (float, float, float), optional
        What meaning says of pairs in two languages: the three probabilities.

    Returns
    -------
    list of dict
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
    joined = {frozenset((e.row["source_id"], e.row["target_id"])): e.p for e in between}
    rows = []
    for (first, second), each in found.items():
        (story, at), (other, there) = place[first], place[second]
        if across is not None and (first, second) in across:
            p = across[first, second]
        elif story is other:
            p = story.outcomes(at, there)
        else:
            drawn = joined.get(frozenset((first, second)))
            # Of two texts linked less probably than any family: either way alike.
            rest = p_link.get((first, second), 0.0) / 2
            p = (rest, rest, 1.0 - 2 * rest) if drawn is None else (drawn, 0.0, 1.0 - drawn)
        outcome = _outcome(p, each, named.get(first, first) == named.get(second, second))
        stated: tuple[float | None, ...] = p
        if (first, second) in unmeasured and p[2] >= LEAST_OUTCOME:
            outcome, stated = NOT_MEASURED, (None, None, None)
        a, b = sorted((first, second))
        forward = each.pair.a.article_id == a
        rows.append(
            {
                "a": a,
                "b": b,
                "outcome": outcome,
                "p_derived": stated[0],
                "p_shared_source": stated[1],
                "p_independent": stated[2],
                "shared_words": each.pair.shared_words,
                "containment_a": each.pair.containment_a if forward else each.pair.containment_b,
                "containment_b": each.pair.containment_b if forward else each.pair.containment_a,
            }
        )
    return rows


def _outcome(p: tuple[float, float, float], each: PairEvidence, is_one_story: bool) -> str:
    best = int(np.argmax(p))
    if p[best] < LEAST_OUTCOME:
        return "undecided"
    if OUTCOMES[best] != "independent":
        return OUTCOMES[best]
    alike = is_one_story or event_words.same_event(each.pair.a, each.pair.b)
    return "independent" if alike else "unrelated"
