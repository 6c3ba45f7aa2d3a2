"""How many origins the texts have: which of them go back to which first report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ...graph import origin_groups
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
    """Put names to the origins that `origin_groups.find` counts.

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
    found = origin_groups.find(tables)
    texts = [ref for ref in refs if not ref.is_absent]
    place = {_id(ref): number for number, ref in enumerate(refs)}

    def named(ids: Iterable[str]) -> tuple[Ref, ...]:
        return tuple(refs.of(one, "edges") for one in sorted(ids, key=place.__getitem__))

    shared = [
        Origin(named(one.roots)[0] if len(one.roots) == 1 else None, named(one.texts))
        for one in found.groups
        if one.is_shared
    ]
    alone = named(one.name for one in found.groups if not one.is_shared)

    def first(origin: Origin) -> tuple[int, int]:
        own = [origin.root] if origin.root is not None else list(origin.texts)
        return (-len(origin.texts), min(place[_id(ref)] for ref in own))

    roots_of = {one.name: one.roots for one in found.groups}
    mixed = [
        Mixed(named({root for name in names for root in roots_of[name]}), named(ids))
        for names, ids in found.mixed.items()
    ]
    mixed.sort(key=lambda one: place[_id(one.texts[0])])
    kinds = {_id(ref): _kind(_id(ref), texts, found.outcomes) for ref in alone}

    def of_kind(kind: str) -> tuple[Ref, ...]:
        return tuple(ref for ref in alone if kinds[_id(ref)] == kind)

    return Origins(
        tuple(sorted(shared, key=first)),
        tuple(mixed),
        of_kind("independent"),
        of_kind("unrelated"),
        of_kind("open"),
        len(found.groups),
    )


def _id(ref: Ref) -> str:
    return str(ref.row.article_id)


def _same(ref: Ref) -> str:
    """Return the id under which a text was compared: that of the text it repeats."""
    copied = ref.row.duplicate_of
    return _id(ref) if pd.isna(copied) else str(copied)


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
