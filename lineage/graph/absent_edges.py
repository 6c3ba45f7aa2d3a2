"""Edges from sources that were not handed in, and the agency behind each text."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from .. import tables
from ..evidence.row import Evidence
from ..match.document import Document
from ..page import publishers
from . import absent_sources, dag, graph_settings
from . import edges as drawn_edges
from .family_edges import Absent, Story

Edge = drawn_edges.Edge


@dataclass(frozen=True, slots=True)
class AbsentNode:
    """A source that was not handed in, as a node of the graph.

    Attributes
    ----------
    article_id, story_id : str
    name : str or None
        Of the publisher; None where nobody names it.
    is_agency : bool
        Whether it is behind a whole text, and not behind a part of one alone.
    """

    article_id: str
    story_id: str
    name: str | None
    is_agency: bool


@dataclass(frozen=True, slots=True)
class _Child:
    """A text that goes back to an absent source, or has a part from it."""

    article_id: str
    relation: drawn_edges.Relation
    reason: str
    p: float
    credit_span: tuple[int, int] | None


def find(
    stories: Sequence[Story],
    story_of: Mapping[str, str],
    has_relatives: Set[str],
    explained: Callable[[str, absent_sources.Part], float],
    verbatim: Callable[[str, Collection[str]], float],
    min_p_edge: float = 0.0,
) -> tuple[list[AbsentNode], list[Edge]]:
    """Draw the sources that were not handed in, and the edges from them.

    Parameters
    ----------
    stories : sequence of Story
    story_of : mapping of str to str
        The story of each text; one source of two stories is two nodes.
    has_relatives : set of str
        Articles that are not alone.
    explained : callable
        From `by_publisher`.
    verbatim : callable
        Share of the body of a text that stands word for word in others.
    min_p_edge : float
        An edge less probable than this is not kept, as between texts.

    Returns
    -------
    (list of AbsentNode, list of Edge)
    """
    least = max(graph_settings.LEAST_P_ABSENT, min_p_edge)
    wanted: dict[tuple[str, str], list[_Child]] = {}
    agencies: set[tuple[str, str]] = set()
    for story in stories:
        by_id = {each.article_id: each for each in story.documents}
        parts = absent_sources.parts_of_family(story.documents)
        release = absent_sources.release_behind(_of_unnamed(story), parts)
        for article, sources in sorted(story.attached.items()):
            for source in sources:
                name = source.name or release or absent_sources.UNNAMED
                key = name, story_of[article]
                if source.name is not None and name != release:
                    agencies.add(key)
                child = _behind_text(story, by_id[article], source, name, name == release)
                wanted.setdefault(key, []).append(child)
        for document in story.documents:
            article = document.article_id
            attached = {each.name or release for each in story.attached.get(article, ())}
            for part in parts[article]:
                p = part.p * (1.0 - explained(article, part))
                if part.name not in attached and p >= graph_settings.LEAST_P_OF_PART:
                    child = _behind_part(article, part, p)
                    wanted.setdefault((part.name, story_of[article]), []).append(child)
    n_stories: dict[str, int] = {}
    for name, _ in wanted:
        n_stories[name] = n_stories.get(name, 0) + 1
    nodes, edges = [], []
    for (name, in_story), children in sorted(wanted.items(), key=lambda item: item[0]):
        # One source of two stories is two texts, so each has its own node.
        article_id = tables.ABSENT_PREFIX + name + (f" ({in_story})" if n_stories[name] > 1 else "")
        named = None if name == absent_sources.UNNAMED else name
        nodes.append(AbsentNode(article_id, in_story, named, (name, in_story) in agencies))
        n_drawn = sum(child.p >= least for child in children)
        if named is None:
            children = _as_shared(children, verbatim)
        edges += [
            _edge(
                article_id,
                child,
                _status(child.p >= least, n_drawn, child.article_id in has_relatives),
            )
            for child in children
        ]
    return nodes, edges


def _behind_text(
    story: Story, document: Document, source: Absent, name: str, is_release: bool
) -> _Child:
    """A text that goes back to an absent source as a whole."""
    article = document.article_id
    if is_release:
        reason = "has this release in common with others"
    elif source.name is None:
        reason = "has a source in common with others, which nobody names"
    elif any(each.name == name and article in each.credited for each in story.origins):
        reason = "credits it for the text"
    else:
        reason = "has the text of its clients"
    return _Child(article, "reprint", reason, source.p, _credit_span(document, name))


def _as_shared(
    children: Sequence[_Child], verbatim: Callable[[str, Collection[str]], float]
) -> list[_Child]:
    """Name what was done to a source of which nothing is known but what its texts share."""
    ids = [child.article_id for child in children]
    made = []
    for child in children:
        share = verbatim(child.article_id, [each for each in ids if each != child.article_id])
        made.append(dataclasses.replace(child, relation=drawn_edges.by_share(share)))
    return made


def _behind_part(article: str, part: absent_sources.Part, p: float) -> _Child:
    """A text of which a part goes back to an absent source."""
    kind = part.credit.kind.replace("_", " ")
    span = part.credit.start, part.credit.end
    return _Child(article, "quote", f"credits it for a part ({kind})", p, span)


def _edge(source_id: str, child: _Child, status: drawn_edges.Status) -> Edge:
    bits = drawn_edges.log2_odds(child.p, graph_settings.MAX_BITS)
    reason = Evidence("absent_source", "link", bits, child.reason, None, child.credit_span)
    return Edge(
        source_id,
        child.article_id,
        child.relation,
        status,
        p_link=child.p,
        p_edge=child.p,
        # Whom a text credits was there before it.
        p_direction=1.0,
        evidence=(reason,),
    )


def _status(is_drawn: bool, n_drawn: int, has_relatives: bool) -> drawn_edges.Status:
    """What becomes of the edge from an absent source to one of so many texts that go back to it.

    Whom a text credits that nothing else here goes back to is told of, and is no lineage: the
    credit is all that is known of it, and beside strangers it stays as it is alone.
    """
    if not is_drawn:
        return "below_threshold"
    return "kept" if n_drawn > 1 or has_relatives else "credited"


def _of_unnamed(story: Story) -> list[str]:
    return [
        article
        for article, sources in sorted(story.attached.items())
        if any(source.name is None for source in sources)
    ]


def by_publisher(
    edges: Iterable[Edge], outlets: Mapping[str, Set[str]]
) -> Callable[[str, absent_sources.Part], float]:
    """Say how probable it is that a credited part is from a text that was handed in.

    From one of the credited publisher by what is known of that edge, and surely where a text of
    the publisher is among those that it goes back to. A release has no publisher that a text could
    be known by: a text with a parent has the release's words from there.

    Parameters
    ----------
    edges : iterable of Edge
        Between the texts that were handed in.
    outlets : mapping of str to set of str
        Who published a text, or another that is the same to the letter.

    Returns
    -------
    callable
        Takes an article id and the part of the text.
    """
    parents: dict[str, list[str]] = {}
    p_from: dict[str, list[tuple[str, float]]] = {}
    for edge in edges:
        source, target = edge.key
        p = edge.p_edge * edge.p_direction
        p_from.setdefault(target, []).append((source, p))
        p_from.setdefault(source, []).append((target, edge.p_edge - p))
        if edge.is_kept:
            parents.setdefault(target, []).append(source)

    def explained(article: str, part: absent_sources.Part) -> float:
        if part.credit.kind == "release":
            return 1.0 if article in parents else 0.0
        above = _above(article, parents)
        if any(_is_of(outlets.get(each, ()), part.name) for each in above):
            return 1.0
        return max(
            (p for each, p in p_from.get(article, ()) if _is_of(outlets.get(each, ()), part.name)),
            default=0.0,
        )

    return explained


def _is_of(outlets: Iterable[str], name: str) -> bool:
    return any(publishers.same(name, outlet) for outlet in outlets)


def _above(article: str, parents: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    left = list(parents.get(article, ()))
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left += parents.get(each, ())
    return found


def _credit_span(document: Document, name: str) -> tuple[int, int] | None:
    for credit in document.credits:
        if credit.kind in absent_sources.BODY_FORMS and publishers.credits(credit.name, name):
            return credit.start, credit.end
    return None


def origin_agencies(stories: Sequence[Story], joins: Sequence[Edge] = ()) -> dict[str, str]:
    """Name the agency behind each text: credited, shared with siblings, or a parent's.

    Parameters
    ----------
    stories : sequence of Story
    joins : sequence of Edge
        Between families.

    Returns
    -------
    dict of str to str
        By article id; texts without one are left out.
    """
    found: dict[str, str] = {}
    for story in stories:
        for origin in story.origins:
            for article in (*origin.holders, *origin.members):
                found.setdefault(article, origin.name)
        coverage = {edge.key: edge.coverage_target or 0.0 for edge in story.edges}
        for at in _oldest_first(story):
            article = story.documents[at].article_id
            if article in found or absent_sources.body_source(story.documents[at]) is not None:
                continue
            for parent in story.parents[at]:
                above = story.documents[parent].article_id
                if (
                    above in found
                    and coverage.get((above, article), 0.0) >= graph_settings.ORIGIN_COVERAGE
                ):
                    found.setdefault(article, found[above])
    credited = {
        document.article_id
        for story in stories
        for document in story.documents
        if absent_sources.body_source(document) is not None
    }
    for edge in sorted(joins, key=lambda edge: -(edge.coverage_target or 0.0)):
        if (
            edge.source_id in found
            and edge.target_id not in credited
            and (edge.coverage_target or 0.0) >= graph_settings.ORIGIN_COVERAGE
        ):
            found.setdefault(edge.target_id, found[edge.source_id])
    return found


def _oldest_first(story: Story) -> list[int]:
    above = dag.ancestors(story.parents)
    return sorted(range(len(story.documents)), key=lambda at: (len(above[at]), at))
