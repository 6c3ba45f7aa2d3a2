"""What the page says of articles that are drawn as one box: a name, and who is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import phrases
from ..page.refs import Ref, Refs
from . import box_labels, clusters, layout

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
    words : BoxText
        What the box says: how many of what, from whom, when, and from which outlets.
    name : str
        How many of what, and from whom, with letters.
    title : str
        The same with names.
    dates : str
        From when to when they appeared; empty where no date is known.
    members : tuple of Member
    """

    anchor: str
    words: box_labels.BoxText
    name: str
    title: str
    dates: str
    members: tuple[Member, ...]


def listed(
    folded: clusters.Folded,
    edges: pd.DataFrame,
    refs: Refs,
    anchors: Mapping[tuple[str, str], str],
    *,
    room: float = 0.0,
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
    room : float
        Width kept free beside a name, in units of the picture.

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
        rows = [member.ref.row for member in members]
        dates = _dates(rows)
        found[cluster_id] = Listed(
            f"cluster-{number}",
            box_text(
                one,
                folded.clusters,
                rows,
                lambda article_id: refs.of(article_id, "articles").letter,
                foot=f"{dates} · listed below" if dates else "listed below",
                room=room,
            ),
            _short(one, folded.clusters, lambda name: refs.of(name, "articles").letter),
            ": ".join(_named(one, folded.clusters, lambda name: _lettered(name, refs))).rstrip(
                ": "
            ),
            dates,
            members,
        )
    return found


def box_text(
    one: clusters.Cluster,
    others: Mapping[str, clusters.Cluster],
    rows: Sequence[Any],
    called: Callable[[str], str],
    *,
    foot: str | None = None,
    room: float = 0.0,
) -> box_labels.BoxText:
    """Return what the box of a cluster says.

    Parameters
    ----------
    one : Cluster
    others : mapping of str to Cluster
        All clusters of the picture.
    rows : sequence of rows
        The rows of its members in the articles table, in the order to name them.
    called : callable
        How to call an article in few letters.
    foot : str, optional
        The last line; from when to when they appeared, if not given.
    room : float
        Width kept free beside the name, in units of the picture.

    Returns
    -------
    BoxText
    """
    inner = layout.BOX_WIDTH - 2 * box_labels.PADDING
    name, about = _named(one, others, called)
    outlets = ", ".join(dict.fromkeys(phrases.label(row) for row in rows))
    # Bold letters are about 8 per cent wider.
    shown = phrases.fit(name, (inner - room) / box_labels.NAME_PX / 1.08)[0]
    lines = phrases.fit(about, inner / box_labels.TEXT_PX)
    lines += phrases.fit(outlets, inner / box_labels.TEXT_PX, 2 - len(lines))
    return box_labels.BoxText(shown, tuple(lines), _dates(rows) if foot is None else foot, False)


def box_texts(folded: clusters.Folded, articles: pd.DataFrame) -> dict[str, box_labels.BoxText]:
    """Return what each cluster's box says where articles are called by their labels.

    Parameters
    ----------
    folded : Folded
    articles : DataFrame
        The articles table.

    Returns
    -------
    dict of str to BoxText
        By the cluster's id.
    """
    rows = {str(row.article_id): row for row in phrases.rows(articles)}
    return {
        cluster_id: box_text(
            one,
            folded.clusters,
            [rows[member] for member in one.members],
            lambda article_id: phrases.label(rows[article_id]),
        )
        for cluster_id, one in folded.clusters.items()
    }


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


def _lettered(article_id: str, refs: Refs) -> str:
    ref = refs.of(article_id, "articles")
    return f"{ref.letter} {ref.name}"


def _short(
    one: clusters.Cluster, others: Mapping[str, clusters.Cluster], called: Callable[[str], str]
) -> str:
    name, about = _named(one, others, called)
    return f"{name} ({about})" if about else name


def _named(
    one: clusters.Cluster, others: Mapping[str, clusters.Cluster], called: Callable[[str], str]
) -> tuple[str, str]:
    """Return what the articles are, and what else is to be said of them (it can be empty)."""
    size = phrases.whole(len(one.members))
    if one.kind == "family":
        return f"{size} texts", f"{called(one.members[0])} and texts made from it"
    if one.kind == "groups":
        return f"{size} other texts", f"in {phrases.whole(one.n_groups)} small groups or alone"
    if one.kind == "apart":
        return f"{size} texts", "not connected to another"
    made = _MADE.get(one.relation, "texts made from")
    through = others.get(one.main)
    if through is None:
        return f"{size} {made} {called(one.main)}", ""
    # What is drawn as one box is called by the text that the others in it go back to.
    return f"{size} {made} {called(through.members[0])} and its relatives", ""


def _dates(rows: Sequence[Any]) -> str:
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
