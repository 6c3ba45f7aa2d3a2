"""What is known of a case as parents: of all its texts, and of some of them alone.

Who is left when texts are taken away has the nearest ancestor left as its parent; texts
whose common source was taken away are siblings of an absent source.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from ..evaluation import cases as known

# How many parts of each size are taken of a case.
PART_SIZES = (2, 2, 3, 4)
# Siblings without their source, in pairs and in threes.
N_SIBLINGS = 4
# Labelled pairs of each kind that are taken of a case.
N_LABELLED = 12
# Of a case, how many roots are taken away, one at a time.
MAX_ROOTS = 2


@dataclass(frozen=True)
class Lineage:
    """Parents of some texts.

    Attributes
    ----------
    ids : tuple of str
    parents : mapping of str to str
        Of the texts that have one among `ids`.
    siblings : tuple of tuple of str
        Groups of the others that go back to one absent source each, largest first.
    """

    ids: tuple[str, ...]
    parents: Mapping[str, str]
    siblings: tuple[tuple[str, ...], ...] = ()


def of_case(case: known.Case, ids: Sequence[str]) -> Lineage:
    """Read the parents of a case; of several parents the first counts.

    Parameters
    ----------
    case : Case
    ids : sequence of str
        Of the texts that are compared, duplicates left out.

    Returns
    -------
    Lineage
    """
    parents: dict[str, str] = {}
    for source, target in case.edges:
        if source in ids and target in ids:
            parents.setdefault(target, source)

    def head(at: str) -> str:
        while at in parents:
            at = parents[at]
        return at

    related = nx.Graph()
    related.add_edges_from(
        (head(one), head(other)) for one, other in case.siblings if one in ids and other in ids
    )
    return Lineage(tuple(ids), parents, _largest_first(nx.connected_components(related)))


def among(whole: Lineage, ids: Sequence[str]) -> Lineage:
    """Tell the lineage of some texts when the others are not there.

    Parameters
    ----------
    whole : Lineage
    ids : sequence of str

    Returns
    -------
    Lineage
    """
    parents: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    source = {each: each_group[0] for each_group in whole.siblings for each in each_group}
    for each in ids:
        line = [each]
        while line[-1] in whole.parents:
            line.append(whole.parents[line[-1]])
        above = [at for at in line[1:] if at in ids]
        if above:
            parents[each] = above[0]
        else:
            groups.setdefault(source.get(line[-1], line[-1]), []).append(each)
    return Lineage(tuple(ids), parents, _largest_first(groups.values()))


def _largest_first(groups: Iterable[Collection[str]]) -> tuple[tuple[str, ...], ...]:
    several = [tuple(sorted(each)) for each in groups if len(each) > 1]
    return tuple(sorted(several, key=lambda each: (-len(each), each)))


def parts(whole: Lineage, seed: str) -> Iterator[tuple[str, Lineage]]:
    """Take texts of a lineage away, in several ways.

    Parameters
    ----------
    whole : Lineage
    seed : str

    Yields
    ------
    (str, Lineage)
        ``rootless``: without a first text that has two children; ``part``: a few texts next
        to each other; ``siblings``: two or three made from one that is not there.
    """
    chance = random.Random(seed)
    children: dict[str, list[str]] = {}
    for child, parent in sorted(whole.parents.items()):
        children.setdefault(parent, []).append(child)
    forks = [each for each in sorted(children) if len(children[each]) > 1]
    roots = [each for each in forks if each not in whole.parents]
    for root in roots[:MAX_ROOTS]:
        yield "rootless", among(whole, [each for each in whole.ids if each != root])
    for fork in chance.sample(forks, min(N_SIBLINGS, len(forks))):
        size = min(len(children[fork]), chance.choice((2, 2, 3)))
        yield "siblings", among(whole, sorted(chance.sample(children[fork], size)))
    for size in PART_SIZES:
        if len(whole.ids) <= size:
            continue
        near = _near(whole, children, size, chance)
        if len(near) > 1:
            yield "part", among(whole, near)


def labelled(case: known.Case, ids: Sequence[str], seed: str) -> list[tuple[str, Lineage]]:
    """Take the labelled pairs of a case by themselves.

    Parameters
    ----------
    case : Case
    ids : sequence of str
    seed : str

    Returns
    -------
    list of (str, Lineage)
        ``siblings``: two texts of one absent source; ``part``: a text and its source, or two
        independent ones.
    """
    chance = random.Random(seed)
    found = []
    for name, pairs in (("siblings", case.siblings), ("part", case.edges), ("", case.independent)):
        there = sorted((a, b) for a, b in pairs if a in ids and b in ids)
        for a, b in chance.sample(there, min(N_LABELLED, len(there))):
            parents = {b: a} if name == "part" else {}
            siblings = ((a, b),) if name == "siblings" else ()
            found.append((name or "part", Lineage((a, b), parents, siblings)))
    return found


def _near(
    whole: Lineage, children: Mapping[str, Sequence[str]], size: int, chance: random.Random
) -> list[str]:
    """Grow a part from one text on, along edges and between siblings."""
    found = [chance.choice(sorted(whole.ids))]
    while len(found) < size:
        next_to: set[str] = set()
        for each in found:
            next_to.update(children.get(each, ()))
            if each in whole.parents:
                parent = whole.parents[each]
                next_to.update((parent, *children[parent]))
        left = sorted(next_to.difference(found))
        if not left:
            break
        found.append(chance.choice(left))
    return sorted(found)
