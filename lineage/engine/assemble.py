"""From the outcome of each story to the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

import pandas as pd

from .. import tables
from ..attribution import attribute, changed_facts
from ..graph import absent_sources, dag, grouping, outcomes
from ..graph import edges as kept_edges
from ..graph.family_edges import LEAST_P_ABSENT, Absent, Story
from ..match import readings
from ..match.document import Document
from ..page import publishers
from . import exact_duplicates, sourcing

# A text whose parent accounts for this much of it shares the parent's agency.
ORIGIN_COVERAGE = 0.5
# No probability is shown as more than this, in bits.
MAX_BITS = 20.0
# A source of a part that another text of its house explains as well is told of down to this.
LEAST_P_OF_PART = 0.05


def assemble(table: pd.DataFrame, inferred: sourcing.Inferred) -> dict[str, pd.DataFrame]:
    """Write the tables of a trace.

    Parameters
    ----------
    table : DataFrame
        The articles table as prepared.
    inferred : Inferred

    Returns
    -------
    dict of str to DataFrame
        All tables.
    """
    sentences, stories, found = inferred.sentences, inferred.stories, inferred.pairs
    story_of = grouping.stories(stories, found, inferred.joins)
    firsts = table["duplicate_of"].fillna(table["article_id"])
    absent_rows, absent_edges, absent_evidence = _absent(
        stories,
        story_of,
        _with_relatives(grouping.related(stories, inferred.joins), firsts),
        _of_house(table, inferred),
    )
    edges = [row for story in stories for row in story.edges] + absent_edges
    edges += [each.row for each in inferred.joins]
    evidence = absent_evidence + [
        _evidence_row(source, target, each)
        for story in stories
        for (source, target), listed in story.evidence.items()
        for each in listed
    ]
    evidence += [
        _evidence_row(joined.row["source_id"], joined.row["target_id"], each)
        for joined in inferred.joins
        for each in joined.evidence
    ]
    origin = _origin_agencies(stories)
    attributed, order = sourcing.attribute_all(inferred, absent_edges)
    texts = dict(zip(table["article_id"], table["text"], strict=True))
    related = outcomes.of_pairs(
        found,
        stories,
        inferred.p_link,
        inferred.joins,
        story_of,
        unmeasured=inferred.unmeasured,
        across=inferred.across,
    )
    copied = exact_duplicates.expand(table, sentences, edges, evidence, related, attributed)
    edges += copied.edges
    evidence += copied.evidence
    related += copied.relations
    attributed += copied.attributions
    order += copied.order
    frames = {
        "articles": _articles(table, inferred.documents, story_of, origin, absent_rows),
        "sentences": sentences,
        "relations": tables.build("relations", related),
        "edges": tables.build("edges", edges),
        "evidence": tables.build("evidence", evidence),
        "readings": readings.table([each for story in stories for each in story.loci]),
        "attributions": attribute.with_origins(attributed, order, texts),
        "facts": changed_facts.table(attributed, texts),
    }
    return {name: tables.check(name, frame) for name, frame in frames.items()}


def _absent(
    stories: Sequence[Story],
    story_of: Mapping[str, str],
    has_relatives: Set[str],
    explained: Callable[[str, absent_sources.Part], float],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows for sources that were not handed in, and the edges from them.

    `has_relatives` are the articles that are not alone, see `_with_relatives`.
    """
    wanted: dict[tuple[str, str], list[tuple[str, str, str, Absent, tuple[int, int] | None]]] = {}
    agencies: set[tuple[str, str]] = set()
    for story in stories:
        by_id = {each.article_id: each for each in story.documents}
        parts = absent_sources.parts_of_family(story.documents)
        release = absent_sources.release_behind(_of_unnamed(story), parts)
        for article, sources in sorted(story.attached.items()):
            for source in sources:
                name = source.name or release or absent_sources.UNNAMED
                credited = any(
                    origin.name == name and article in origin.credited for origin in story.origins
                )
                if name == release:
                    reason = "has this release in common with others"
                elif source.name is None:
                    reason = "has a source in common with others, which nobody names"
                else:
                    agencies.add((name, story_of[article]))
                    reason = (
                        "credits it for the text" if credited else "has the text of its clients"
                    )
                span = _credit_span(by_id[article], name)
                wanted.setdefault((name, story_of[article]), []).append(
                    (article, "reprint", reason, source, span)
                )
        for document in story.documents:
            attached = {
                each.name or release for each in story.attached.get(document.article_id, ())
            }
            for part in parts[document.article_id]:
                p = part.p * (1.0 - explained(document.article_id, part))
                if part.name in attached or p < LEAST_P_OF_PART:
                    continue
                kind = part.credit.kind.replace("_", " ")
                wanted.setdefault((part.name, story_of[document.article_id]), []).append(
                    (
                        document.article_id,
                        "quote",
                        f"credits it for a part ({kind})",
                        Absent(part.name, p),
                        (part.credit.start, part.credit.end),
                    )
                )
    counted: dict[str, int] = {}
    for name, _ in wanted:
        counted[name] = counted.get(name, 0) + 1
    rows, edges, evidence = [], [], []
    for (name, in_story), children in sorted(wanted.items()):
        # One source of two stories is two texts, so each has its own node.
        named = tables.ABSENT_PREFIX + name + (f" ({in_story})" if counted[name] > 1 else "")
        n_drawn = sum(source.p >= LEAST_P_ABSENT for *_, source, _ in children)
        is_agency = (name, in_story) in agencies
        rows.append(
            {
                "article_id": named,
                "story_id": in_story,
                "kind": "absent",
                "outlet": None if name == absent_sources.UNNAMED else name,
                "origin_agency": name if is_agency else None,
            }
        )
        for child, relation, reason, source, span in children:
            bits = kept_edges.log2_odds(source.p, MAX_BITS)
            edges.append(
                {
                    "source_id": named,
                    "target_id": child,
                    "relation": relation,
                    "p_link": source.p,
                    "p_edge": source.p,
                    "n_alike": 1,
                    # Whom a text credits was there before it.
                    "p_direction": 1.0,
                    "score_bits": bits,
                    "status": _status(source.p, n_drawn, child in has_relatives),
                }
            )
            evidence.append(
                {
                    "source_id": named,
                    "target_id": child,
                    "signal": "absent_source",
                    "about": "link",
                    "weight_bits": bits,
                    "detail": reason,
                    "target_start": span[0] if span is not None else None,
                    "target_end": span[1] if span is not None else None,
                }
            )
    return rows, edges, evidence


def _with_relatives(groups: Sequence[Sequence[str]], firsts: Iterable[str]) -> set[str]:
    """Articles with a relative, or with a copy that is the same to the letter."""
    n_copies = Counter(firsts)
    return {each for group in groups for each in group if len(group) > 1 or n_copies[each] > 1}


def _status(p: float, n_drawn: int, has_relatives: bool) -> str:
    """What becomes of the edge from an absent source to one of so many texts that go back to it.

    Whom a text credits that nothing else here goes back to is told of, and is no lineage: the
    credit is all that is known of it, and beside strangers it stays as it is alone.
    """
    if p < LEAST_P_ABSENT:
        return "below_threshold"
    return "kept" if n_drawn > 1 or has_relatives else "credited"


def _of_unnamed(story: Story) -> list[str]:
    return [
        article
        for article, sources in sorted(story.attached.items())
        if any(source.name is None for source in sources)
    ]


def _of_house(
    table: pd.DataFrame, inferred: sourcing.Inferred
) -> Callable[[str, absent_sources.Part], float]:
    """How probable it is that a credited part is from a text that was handed in.

    From one of the credited house by what is known of that edge, and surely where a text of
    the house is among those that it goes back to. A release has no house that a text could
    be known by: a text with a parent has the release's words from there.
    """
    outlets: dict[str, set[str]] = {}
    for article, first, outlet in zip(
        table["article_id"], table["duplicate_of"], table["outlet"], strict=True
    ):
        if not pd.isna(outlet):
            outlets.setdefault(article if pd.isna(first) else first, set()).add(outlet)
    rows = [row for story in inferred.stories for row in story.edges]
    rows += [each.row for each in inferred.joins]
    parents: dict[str, list[str]] = {}
    p_from: dict[str, list[tuple[str, float]]] = {}
    for row in rows:
        source, target = row["source_id"], row["target_id"]
        p = row["p_edge"] * row["p_direction"]
        p_from.setdefault(target, []).append((source, p))
        p_from.setdefault(source, []).append((target, row["p_edge"] - p))
        if row["status"] == "kept":
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


def _evidence_row(source: str, target: str, each: Any) -> dict[str, Any]:
    return {
        "source_id": source,
        "target_id": target,
        "signal": each.signal,
        "about": each.about,
        "weight_bits": float(each.weight_bits),
        "detail": each.detail,
        "source_start": each.source_span[0] if each.source_span is not None else None,
        "source_end": each.source_span[1] if each.source_span is not None else None,
        "target_start": each.target_span[0] if each.target_span is not None else None,
        "target_end": each.target_span[1] if each.target_span is not None else None,
    }


def _origin_agencies(stories: Sequence[Story]) -> dict[str, str]:
    """Agency behind each text: credited, shared with siblings, or handed down by a parent."""
    found: dict[str, str] = {}
    for story in stories:
        for origin in story.origins:
            for article in (*origin.holders, *origin.members):
                found.setdefault(article, origin.name)
        coverage = {
            (row["source_id"], row["target_id"]): row["coverage_target"] for row in story.edges
        }
        for at in _oldest_first(story):
            article = story.documents[at].article_id
            if article in found or absent_sources.body_source(story.documents[at]) is not None:
                continue
            for parent in story.parents[at]:
                above = story.documents[parent].article_id
                if above in found and coverage.get((above, article), 0.0) >= ORIGIN_COVERAGE:
                    found.setdefault(article, found[above])
    return found


def _oldest_first(story: Story) -> list[int]:
    above = dag.ancestors(story.parents)
    return sorted(range(len(story.documents)), key=lambda at: (len(above[at]), at))


def _articles(
    table: pd.DataFrame,
    documents: Sequence[Document],
    story_of: Mapping[str, str],
    origin: Mapping[str, str],
    absent_rows: Sequence[Mapping[str, Any]],
) -> pd.DataFrame:
    bylines = {each.article_id: _byline(each) for each in documents}
    rows = []
    for kept in tables.records(table):
        like = kept["duplicate_of"] or kept["article_id"]
        kept["story_id"] = story_of[like]
        kept["origin_agency"] = origin.get(like)
        kept["byline"] = kept["byline"] or bylines.get(like)
        rows.append(kept)
    return tables.build("articles", [*rows, *absent_rows])


def _byline(document: Document) -> str | None:
    names = [each.name for each in document.credits if each.kind == "byline"]
    return "; ".join(dict.fromkeys(names)) if names else None


__all__ = ["assemble"]
