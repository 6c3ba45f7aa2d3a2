"""What the page says of articles that are drawn as one box: a name, and who is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import clusters, phrases
from .refs import Ref, Refs

_MADE = {
    "reprint": "reprints of",
    "edit": "edits of",
    "rewrite": "rewrites of",
    "update": "updates of",
    "quote": "texts quoting",
}


@dataclass(frozen=True)
class Link:
    """One kept edge into a member."""

    source: Ref
    relation: str
    p_edge: str
    covered: str
    anchor: str


@dataclass(frozen=True)
class Member:
    """One article of a box, with the edges that lead to it."""

    ref: Ref
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Listed:
    """A box that stands for several articles.

    Attributes
    ----------
    anchor : str
        Where the page lists them.
    name, about : str
        In the box: how many of what, and from whom; `about` can be empty.
    title : str
        The same as a heading.
    outlets : str
        Names of the members.
    dates : str
        From when to when they appeared; empty where no date is known.
    members : tuple of Member
    """

    anchor: str
    name: str
    about: str
    title: str
    outlets: str
    dates: str
    members: tuple[Member, ...]


def listed(
    folded: clusters.Folded,
    edges: pd.DataFrame,
    refs: Refs,
    anchors: Mapping[tuple[str, str], str],
) -> dict[str, Listed]:
    """Word every cluster of a picture.

    Parameters
    ----------
    folded : Folded
    edges : DataFrame
        The edges table; kept edges are used.
    refs : Refs
        All articles.
    anchors : mapping of (str, str) to str
        Where the page speaks of each edge.

    Returns
    -------
    dict of str to Listed
        By the cluster's id, in the order in which the page lists them.
    """
    into: dict[str, list[Any]] = {}
    for row in phrases.rows(edges[edges["status"] == "kept"]):
        into.setdefault(str(row.target_id), []).append(row)
    place = {str(ref.row.article_id): number for number, ref in enumerate(refs)}
    found = {}
    for number, (cluster_id, one) in enumerate(folded.clusters.items(), 1):
        members = tuple(
            Member(refs.of(member, "articles"), _links(into.get(member, []), place, refs, anchors))
            for member in _order(one, place)
        )
        name, about, title = _named(one, folded.clusters, refs)
        found[cluster_id] = Listed(
            f"cluster-{number}",
            name,
            about,
            title,
            ", ".join(dict.fromkeys(member.ref.label for member in members)),
            _dates([member.ref.row for member in members]),
            members,
        )
    return found


def _order(one: clusters.Cluster, place: Mapping[str, int]) -> list[str]:
    """Put the text that a family goes back to first, the rest in the order of the picture."""
    head = one.members[:1] if one.kind == "family" else ()
    return [*head, *sorted(set(one.members) - {*head}, key=lambda member: place[member])]


def _links(
    rows: list[Any],
    place: Mapping[str, int],
    refs: Refs,
    anchors: Mapping[tuple[str, str], str],
) -> tuple[Link, ...]:
    return tuple(
        Link(
            refs.of(row.source_id, "edges"),
            phrases.spaced(row.relation),
            phrases.probability(row.p_edge),
            phrases.percent(row.coverage_target),
            anchors[row.source_id, row.target_id],
        )
        for row in sorted(rows, key=lambda row: place[str(row.source_id)])
    )


def _named(
    one: clusters.Cluster, others: Mapping[str, clusters.Cluster], refs: Refs
) -> tuple[str, str, str]:
    """Return the name in the box, what stands under it, and both as a heading."""
    size = phrases.whole(len(one.members))
    if one.kind == "family":
        head = refs.of(one.members[0], "articles")
        about = "that draw on it" if len(one.members) > 2 else "that draws on it"
        more = phrases.whole(len(one.members) - 1)
        texts = "text" if len(one.members) == 2 else "texts"
        return (
            f"{head.letter} and {more} {texts}",
            about,
            f"{head.letter} {head.name} and {more} {texts} {about}",
        )
    if one.kind == "groups":
        name = f"{size} other texts"
        about = f"in {phrases.whole(one.n_groups)} small groups or alone"
        return name, about, f"{name} {about}"
    if one.kind == "apart":
        name, about = f"{size} texts", "not connected to another"
        return name, about, f"{name} {about}"
    made = _MADE.get(one.relation, "texts made from")
    through = others.get(one.main)
    main = refs.of(one.main if through is None else through.members[0], "articles")
    # What is drawn as one box is named by the text that the others in it go back to.
    kin = "" if through is None else " and its kin"
    return f"{size} {made} {main.letter}{kin}", "", f"{size} {made} {main.letter} {main.name}{kin}"


def _dates(rows: list[Any]) -> str:
    dated = sorted(
        (row for row in rows if not phrases.is_missing(row.published_at)),
        key=lambda row: row.published_at,
    )
    if not dated:
        return ""
    days = [phrases.when(row.published_at, _coarse(row.published_precision)) for row in dated]
    if days[0] == days[-1]:
        return days[0]
    # "4 to 6 May 2015": what both end in is said once.
    first, last = days[0].split(" "), days[-1].split(" ")
    if len(first) == len(last):
        while first[-1] == last[-1]:
            first.pop()
            last.pop()
        return f"{' '.join(first)} to {days[-1]}"
    return f"{days[0]} to {days[-1]}"


def _coarse(precision: Any) -> Any:
    return precision if str(precision) in ("year", "month") else "day"
