"""How many independent origins texts have: the one count that page, terminal and exports tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from . import graph_settings


@dataclass(frozen=True)
class Group:
    """One origin: first reports that count as one.

    Attributes
    ----------
    name : str
        The least id of `roots`.
    roots : tuple of str
        Ids; more than one where two first reports go back to a source that nobody supplied.
    texts : tuple of str
        Ids of the supplied texts that go back to it alone, roots and exact duplicates included.
    is_shared : bool
        Whether it has more texts than a single root that stands alone.
    """

    name: str
    roots: tuple[str, ...]
    texts: tuple[str, ...]
    is_shared: bool


@dataclass(frozen=True)
class Groups:
    """All origins, the texts that were put together from several, and outcomes of pairs.

    Attributes
    ----------
    groups : tuple of Group
        As many as there are origins.
    mixed : dict of tuple of str to tuple of str
        By names of groups the supplied texts that go back to all of them.
    outcomes : dict of frozenset of str to str
        By pair; a shared source that is less sure than one that is drawn is ``undecided``.
    """

    groups: tuple[Group, ...]
    mixed: Mapping[tuple[str, ...], tuple[str, ...]]
    outcomes: Mapping[frozenset[str], str]


def find(tables: Mapping[str, pd.DataFrame]) -> Groups:
    """Follow the kept edges, quotations aside, up to where nothing leads further.

    Two first reports whose pair is found to have a shared source, as surely as a source that
    nobody names is drawn, count as one origin that nobody supplied.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles``, ``edges`` and ``relations`` are used.

    Returns
    -------
    Groups
        In order of their names.
    """
    edges = tables["edges"]
    made = edges[(edges["status"] == "kept") & (edges["relation"] != "quote")]
    parents: dict[str, list[str]] = {}
    for source, target in zip(made["source_id"], made["target_id"], strict=True):
        parents.setdefault(target, []).append(source)
    outcomes = _outcomes(tables["relations"])
    compared = _compared(tables["articles"])
    tops = {name: _tops(same, parents, {}) for name, same in compared.items()}
    group = _joined(sorted({top for found in tops.values() for top in found}), outcomes)
    by_roots: dict[tuple[str, ...], list[str]] = {}
    for name in compared:
        by_roots.setdefault(tuple(sorted({group[top] for top in tops[name]})), []).append(name)
    members: dict[str, list[str]] = {}
    for top, name in group.items():
        members.setdefault(name, []).append(top)
    mixed = {roots: tuple(texts) for roots, texts in by_roots.items() if len(roots) > 1}
    in_mixed = {root for roots in mixed for root in roots}
    groups = []
    for name, roots in sorted(members.items()):
        own = by_roots.get((name,), [])
        is_alone = len(roots) == 1 and own == roots and name not in in_mixed
        groups.append(Group(name, tuple(roots), tuple(own), not is_alone))
    return Groups(tuple(groups), mixed, outcomes)


def _compared(articles: pd.DataFrame) -> dict[str, str]:
    """Return by supplied text the id under which it was compared: that of the text it repeats."""
    supplied = articles[articles["kind"] == "supplied"]
    same = supplied["duplicate_of"].fillna(supplied["article_id"])
    return {str(name): str(one) for name, one in zip(supplied["article_id"], same, strict=True)}


def _outcomes(relations: pd.DataFrame) -> dict[frozenset[str], str]:
    """The outcome of each pair; one that is no surer than an unnamed source is left open."""
    columns = ("a", "b", "outcome", "p_shared_source")
    rows = zip(*(relations[name] for name in columns), strict=True)
    return {
        frozenset((a, b)): (
            "undecided"
            if outcome == "shared_source" and not pd.isna(p) and p < graph_settings.LEAST_P_UNNAMED
            else outcome
        )
        for a, b, outcome, p in rows
    }


def _tops(
    article_id: str, parents: Mapping[str, Sequence[str]], known: dict[str, frozenset[str]]
) -> frozenset[str]:
    """Return the first reports above a text; the kept edges have no circle."""
    waiting = [article_id]
    while waiting:
        node = waiting[-1]
        above = parents.get(node, ())
        missing = [parent for parent in above if parent not in known]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        found = [known[parent] for parent in above]
        known[node] = frozenset().union(*found) if found else frozenset({node})
    return known[article_id]


def _joined(tops: Sequence[str], outcomes: Mapping[frozenset[str], str]) -> dict[str, str]:
    """Name the group of each first report: the least id of those with a shared source."""
    group = {top: top for top in tops}
    for pair, outcome in outcomes.items():
        if outcome != "shared_source" or not pair <= group.keys():
            continue
        names = [group[top] for top in pair]
        keep, drop = min(names), max(names)
        group = {top: keep if name == drop else name for top, name in group.items()}
    return group
