"""What is known beforehand, as forests that are out of the question."""

from __future__ import annotations

import dataclasses

import numpy as np

from . import design, graph_settings, known_facts, sampling


def forbid(family: design.Design, given: known_facts.Known) -> design.Design:
    """Take out the edges that cannot be by what is known.

    Parameters
    ----------
    family : Design
    given : Known

    Returns
    -------
    Design
    """
    if not given:
        return family
    possible = family.possible.copy()
    for source, target in given.barred:
        possible[source, target] = False
    return dataclasses.replace(family, possible=possible)


def settle(direction: np.ndarray, given: known_facts.Known) -> np.ndarray:
    """Make the direction of texts certain of which it is known which was first.

    Parameters
    ----------
    direction : ndarray of shape (n, n)
        ``[s, t]``: that `s` is the parent, given that one of the two is.
    given : Known

    Returns
    -------
    ndarray of shape (n, n)
    """
    first = np.zeros(direction.shape, dtype=bool)
    for earlier, later in (*given.made_from, *given.before):
        first[earlier, later] = True
    for k in range(len(first)):
        first |= first[:, k, None] & first[k]
    return np.where(first, 1.0, np.where(first.T, 0.0, direction))


def agreeing(drawn: sampling.Drawn, given: known_facts.Known, n: int) -> sampling.Drawn | None:
    """Keep the drawn forests in which all that is known is so.

    Parameters
    ----------
    drawn : Drawn
    given : Known
    n : int
        Texts, which are the first nodes.

    Returns
    -------
    Drawn or None
        The same object where all agree; None where too few do.
    """
    if not given:
        return drawn
    line = sampling.lines(drawn.parents)
    kept = np.ones(len(drawn.share), dtype=bool)
    for source, target in given.made_from:
        kept &= line[:, source, target] > 0
    for one, other in given.same_source:
        kept &= (line[:, :, one] * line[:, :, other]).any(axis=1)
    for source, target in given.barred:
        kept &= line[:, source, target] == 0
    if kept.all():
        return drawn
    share = drawn.share[kept]
    if share.sum() * drawn.n_drawn < graph_settings.LEAST_FORESTS:
        return None
    return sampling.Drawn(drawn.parents[kept], share / share.sum(), drawn.n_drawn)


def force(family: design.Design, given: known_facts.Known) -> design.Design:
    """Leave only a short way to what is known, where hardly a forest agrees by itself.

    Parameters
    ----------
    family : Design
    given : Known

    Returns
    -------
    Design
        Of several known sources of a text one is made from the other; texts of one source are
        made from the unnamed one; what has not a certain ancestor has none here but the known.
    """
    possible, edge = family.possible.copy(), family.edge.copy()
    parents = _parents(given, family.n + graph_settings.UNNAMED)
    for target, source in parents.items():
        possible[:, target] = False
        possible[source, target] = True
        edge[source, target, design.EDGE_NAMES.index("causes")] += graph_settings.FORCED_NATS
    apart = [text for _, text in given.not_made_from]
    apart += [earlier for earlier, _ in given.before]
    for text in apart:
        first = _first(parents, text)
        if first < family.n:
            possible[: family.n, first] = False
    return dataclasses.replace(family, possible=possible, edge=edge)


def _parents(given: known_facts.Known, unnamed: int) -> dict[int, int]:
    """The parent of each text of which an ancestor is known."""
    place = {text: k for k, text in enumerate(_by_age(given))}
    sources: dict[int, set[int]] = {}
    for source, target in given.made_from:
        sources.setdefault(target, set()).add(source)
    parents: dict[int, int] = {}
    # The youngest first: its other sources become those of its parent.
    for text in sorted(place, key=lambda each: -place[each]):
        listed = sorted(sources.get(text, ()), key=place.__getitem__)
        if listed:
            parents[text] = listed[-1]
            sources.setdefault(listed[-1], set()).update(listed[:-1])
    for pair in given.same_source:
        first = {_first(parents, text) for text in pair}
        if len(first) > 1:
            parents.update((text, unnamed) for text in first if text != unnamed)
    return parents


def _by_age(given: known_facts.Known) -> list[int]:
    """Texts of which an order is known, no later one before an earlier one."""
    steps = {*given.made_from, *given.before}
    left = sorted({text for step in steps for text in step})
    found: list[int] = []
    while left:
        later = {b for a, b in steps if a in left}
        # Rows that go round in a circle are refused where they are read.
        at = next((each for each in left if each not in later), left[0])
        left.remove(at)
        found.append(at)
    return found


def _first(parents: dict[int, int], text: int) -> int:
    while text in parents:
        text = parents[text]
    return text
