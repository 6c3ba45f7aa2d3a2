"""Which directions stay open or turn, beyond what the forests of a family say of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from ..evidence import direction as causes
from ..evidence import link
from ..match.document import Document, lag_s
from . import dag, families, graph_settings, known_facts, posterior


def open_of_flashes(family: families.Family, said: posterior.Posterior) -> np.ndarray:
    """Let no direction of a text of a sentence or two be decided without a cause.

    The structure of a family says little of it: it may be the first report of all, or a
    summary of the last.
    """
    found = said.direction.copy()
    flashes = [link.is_flash(each) for each in family.documents]
    for s, source in enumerate(family.documents):
        for t, target in enumerate(family.documents):
            if s == t or not (flashes[s] or flashes[t]):
                continue
            listed = family.rows.get((source.article_id, target.article_id), ())
            if abs(causes.capped(listed)) < graph_settings.FLASH_CAUSE_BITS:
                found[s, t] = min(
                    max(found[s, t], 1.0 - graph_settings.MAX_P_OF_FLASH),
                    graph_settings.MAX_P_OF_FLASH,
                )
    return found


def open_against_dates(documents: Sequence[Document], direction: np.ndarray) -> np.ndarray:
    """Let no edge be certain that goes from a later to an earlier text by the dates given."""
    found = direction.copy()
    for s, source in enumerate(documents):
        for t, target in enumerate(documents):
            lag = lag_s(source, target)
            given = source.published_source == target.published_source == "given"
            if lag is not None and lag <= -graph_settings.MIN_AGAINST_DATES_S and given:
                found[s, t] = min(found[s, t], graph_settings.MAX_P_AGAINST_DATES)
                found[t, s] = 1.0 - found[s, t]
    return found


def second_sources(
    family: families.Family, drawn: Sequence[int], direction: np.ndarray
) -> np.ndarray:
    """Let causes, and nothing else, turn a drawn edge.

    In a tree a text has one parent, so that its second source is drawn below it: the sum over
    trees then says little of which of these two was first. Where causes do not speak against an
    edge, a direction that is doubted more than the sum doubts it is left open.
    """
    found = direction.copy()
    ids = [each.article_id for each in family.documents]
    for t, s in enumerate(drawn):
        if s < 0:
            continue
        bits = causes.capped(family.rows.get((ids[s], ids[t]), ()))
        if bits <= -graph_settings.TURNING_BITS:
            found[s, t] = min(found[s, t], 1.0 / (1.0 + 2.0**-bits))
            found[t, s] = 1.0 - found[s, t]
        elif found[s, t] < graph_settings.UNTURNED:
            found[s, t] = found[t, s] = 0.5
    return found


def as_known(drawn: Sequence[int], direction: np.ndarray, given: known_facts.Known) -> np.ndarray:
    """Leave the direction of a drawn edge open where what is known would not hold if it turned."""
    if not given:
        return direction
    found = direction.copy()
    lines = dag.ancestors(tuple((s,) if s >= 0 else () for s in drawn))
    below = [{k for k, line in enumerate(lines) if t == k or t in line} for t in range(len(drawn))]
    for t, s in enumerate(drawn):
        if s < 0 or direction[s, t] >= graph_settings.UNTURNED:
            continue
        kept = any(s in below[one] and other in below[t] for one, other in given.made_from)
        kept |= any(below[t].intersection(pair) for pair in given.same_source)
        # Turned, it would put the text and what goes with it above its parent.
        rest = below[s] - below[t]
        kept |= any(one in below[t] and other in rest for one, other in given.barred)
        if kept:
            found[s, t] = found[t, s] = 0.5
    return found


def apart(
    said: posterior.Posterior, direction: np.ndarray, given: known_facts.Known = known_facts.NOTHING
) -> posterior.Posterior:
    """Take back what the sum over trees says by way of edges that are drawn turned.

    What stands above or beside the second source of a text only through that text has
    nothing to do with it, unless it is known to have.
    """
    above, derived, shared = said.above.copy(), said.derived.copy(), said.shared.copy()
    tree = tuple((s,) if s >= 0 else () for s in said.drawn)
    lines = dag.ancestors(tree)
    for t, s in enumerate(said.drawn):
        if s < 0 or direction[s, t] >= graph_settings.UNTURNED:
            continue
        keep = float(direction[s, t])
        below = [k for k in range(len(tree)) if k == t or t in lines[k]]
        others = [k for k in range(len(tree)) if k not in below and k != s]
        # Only where the edge was in the forest was it the way.
        left = 1.0 - (1.0 - keep) * float(said.parent[s, t])
        for found in (derived, shared):
            found[np.ix_(below, others)] *= left
            found[np.ix_(others, below)] *= left
        above[np.ix_([s, *others], below)] *= left
        edge = float(derived[s, t])
        for k in below:
            if k != t:
                # What was made from the one as well is beside it now.
                moved = float(derived[k, s]) * (1.0 - left)
                derived[k, s] = derived[s, k] = float(derived[k, s]) - moved
                shared[k, s] = shared[s, k] = float(shared[k, s]) + moved
        above[t, s] = max(above[t, s], edge * (1.0 - keep))
    for one, other in (*given.made_from, *given.same_source):
        for found, as_said in ((above, said.above), (derived, said.derived), (shared, said.shared)):
            found[one, other], found[other, one] = as_said[one, other], as_said[other, one]
    return dataclasses.replace(said, above=above, derived=derived, shared=shared)


def turned(drawn: Sequence[int], direction: np.ndarray) -> tuple[tuple[int, ...], ...]:
    """Turn the edges that all that is known of their direction speaks against.

    In a tree a text has one parent, so that the second source of a text stands below it, if
    anywhere.
    """
    parents: list[list[int]] = [[] for _ in drawn]
    for t, s in enumerate(drawn):
        if s >= 0 and direction[s, t] >= graph_settings.UNTURNED:
            parents[t].insert(0, s)
        elif s >= 0:
            parents[s].append(t)
    return tuple(tuple(each) for each in parents)
