"""How many origins the texts have: which of them go back to which first report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ...graph import graph_settings
from .refs import Ref, Refs


@dataclass(frozen=True)
class Origin:
    """A first report and the supplied texts that go back to it alone.

    Attributes
    ----------
    root : Ref or None
        The first report; None for a common source that nobody supplied or named.
    texts : tuple of Ref
        The root itself included, where it was supplied.
    """

    root: Ref | None
    texts: tuple[Ref, ...]


@dataclass(frozen=True)
class Mixed:
    """Supplied texts that were put together from several origins."""

    roots: tuple[Ref, ...]
    texts: tuple[Ref, ...]


@dataclass(frozen=True)
class Origins:
    """The origins of all supplied texts.

    Attributes
    ----------
    shared : tuple of Origin
        With two texts and more (an absent root: one and more), larger ones first.
    mixed : tuple of Mixed
    independent, unrelated, open : tuple of Ref
        Texts that share an origin with no other: found to be written independently of
        those of the same event; of another event; or with a pair that is not decided or
        was not compared.
    n_origins : int
        Shared origins, and one for each text of the last three groups.
    """

    shared: tuple[Origin, ...]
    mixed: tuple[Mixed, ...]
    independent: tuple[Ref, ...]
    unrelated: tuple[Ref, ...]
    open: tuple[Ref, ...]
    n_origins: int


def find(tables: Mapping[str, pd.DataFrame], refs: Refs) -> Origins:
    """Follow the kept edges, quotations aside, up to where nothing leads further.

    Two first reports whose pair is found to have a shared source, as surely as a source that
    nobody names is drawn, count as one origin that nobody supplied.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles``, ``edges`` and ``relations`` are used.
    refs : Refs
        All articles.

    Returns
    -------
    Origins
        Texts in the order of the picture.
    """
    edges = tables["edges"]
    made = edges[(edges["status"] == "kept") & (edges["relation"] != "quote")]
    parents: dict[str, list[str]] = {}
    for source, target in zip(made["source_id"], made["target_id"], strict=True):
        parents.setdefault(target, []).append(source)
    outcomes = _outcomes(tables["relations"])
    texts = [ref for ref in refs if not ref.is_absent]
    tops = {_id(ref): _tops(_same(ref), parents, {}) for ref in texts}
    group = _joined(sorted({top for found in tops.values() for top in found}), outcomes)
    by_roots: dict[tuple[str, ...], list[Ref]] = {}
    for ref in texts:
        roots = tuple(sorted({group[top] for top in tops[_id(ref)]}))
        by_roots.setdefault(roots, []).append(ref)
    members: dict[str, list[str]] = {}
    for top, name in group.items():
        members.setdefault(name, []).append(top)
    in_mixed = {root for roots in by_roots if len(roots) > 1 for root in roots}
    shared, alone = [], []
    for name, tops_of in members.items():
        own = by_roots.get((name,), [])
        root = refs.of(name, "edges") if len(tops_of) == 1 else None
        if len(own) == 1 and own[0] is root and name not in in_mixed:
            alone.append(own[0])
        else:
            shared.append(Origin(root, tuple(own)))
    place = {_id(ref): number for number, ref in enumerate(refs)}

    def first(origin: Origin) -> tuple[int, int]:
        named = [origin.root] if origin.root is not None else list(origin.texts)
        return (-len(origin.texts), min(place[_id(ref)] for ref in named))

    mixed = [
        Mixed(_roots(roots, members, refs), tuple(found))
        for roots, found in by_roots.items()
        if len(roots) > 1
    ]
    mixed.sort(key=lambda one: place[_id(one.texts[0])])
    alone.sort(key=lambda ref: place[_id(ref)])
    kinds = {_id(ref): _kind(_id(ref), texts, outcomes) for ref in alone}

    def of_kind(kind: str) -> tuple[Ref, ...]:
        return tuple(ref for ref in alone if kinds[_id(ref)] == kind)

    return Origins(
        tuple(sorted(shared, key=first)),
        tuple(mixed),
        of_kind("independent"),
        of_kind("unrelated"),
        of_kind("open"),
        len(shared) + len(alone),
    )


def _id(ref: Ref) -> str:
    return str(ref.row.article_id)


def _same(ref: Ref) -> str:
    """Return the id under which a text was compared: that of the text it repeats."""
    copied = ref.row.duplicate_of
    return _id(ref) if pd.isna(copied) else str(copied)


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
        if outcome != "shared_source" or len(pair) != 2 or not pair <= group.keys():
            continue
        names = {group[top] for top in pair}
        if len(names) == 2:
            keep, drop = sorted(names)
            group = {top: keep if name == drop else name for top, name in group.items()}
    return group


def _roots(
    names: Sequence[str], members: Mapping[str, Sequence[str]], refs: Refs
) -> tuple[Ref, ...]:
    wanted = {top for name in names for top in members[name]}
    return tuple(ref for ref in refs if _id(ref) in wanted)


def _kind(article_id: str, texts: Sequence[Ref], outcomes: Mapping[frozenset[str], str]) -> str:
    others = {_same(ref) for ref in texts} - {article_id}
    found = {outcomes.get(frozenset((article_id, other)), "not compared") for other in others}
    if found & {"undecided", "shared_source", "derived"} or found == {"not compared"}:
        return "open"
    if "independent" in found:
        return "independent"
    # Pairs that share too few rare words to be compared are no relatives; but where no
    # other pair was, nothing is known.
    return "unrelated" if "unrelated" in found else "open"
