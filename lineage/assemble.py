"""From the outcome of each story to the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from . import absent, articles, attribute, copies, differing, readings, sourcing, tables
from .document import Document
from .graph import dag, grouping, relations
from .graph import edges as kept_edges
from .graph.story import Absent, Story
from .text import houses

# A text whose parent accounts for this much of it shares the parent's agency.
ORIGIN_COVERAGE = 0.5
# No probability is shown as more than this, in bits.
MAX_BITS = 20.0
# Whom a text credits for a part has been read by its writer.
QUOTED_P = 0.94


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
    absent_rows, absent_edges, absent_evidence = _absent(stories, story_of)
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
    related = relations.of_pairs(found, stories, inferred.p_link, inferred.joins, story_of)
    copied = copies.expand(table, sentences, edges, evidence, related, attributed)
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
        "facts": differing.table(attributed, texts),
    }
    return {name: tables.check(name, frame) for name, frame in frames.items()}


def _absent(
    stories: Sequence[Story], story_of: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows for sources that were not handed in, and the edges from them."""
    wanted: dict[tuple[str, str], list[tuple[str, str, str, Absent, tuple[int, int] | None]]] = {}
    agencies: set[tuple[str, str]] = set()
    for story in stories:
        by_id = {each.article_id: each for each in story.documents}
        for article, sources in sorted(story.attached.items()):
            for source in sources:
                name = source.name or absent.UNNAMED
                credited = any(
                    origin.name == name and article in origin.credited for origin in story.origins
                )
                if source.name is None:
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
        supplied = [each.outlet for each in story.documents if each.outlet is not None]
        for document in story.documents:
            attached = {each.name for each in story.attached.get(document.article_id, ())}
            for credit in absent.credited_outlets(document):
                name = houses.canonical(credit.name)
                if name in attached or any(houses.same(name, outlet) for outlet in supplied):
                    continue
                kind = credit.kind.replace("_", " ")
                wanted.setdefault((name, story_of[document.article_id]), []).append(
                    (
                        document.article_id,
                        "quote",
                        f"credits it for a part ({kind})",
                        Absent(name, QUOTED_P),
                        (credit.start, credit.end),
                    )
                )
    counted: dict[str, int] = {}
    for name, _ in wanted:
        counted[name] = counted.get(name, 0) + 1
    rows, edges, evidence = [], [], []
    for (name, in_story), children in sorted(wanted.items()):
        # One source of two stories is two texts, so each has its own node.
        named = articles.ABSENT_PREFIX + name + (f" ({in_story})" if counted[name] > 1 else "")
        is_agency = (name, in_story) in agencies
        rows.append(
            {
                "article_id": named,
                "story_id": in_story,
                "kind": "absent",
                "outlet": None if name == absent.UNNAMED else name,
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
                    "status": "kept",
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


def _credit_span(document: Document, name: str) -> tuple[int, int] | None:
    for credit in document.credits:
        if credit.kind in absent.BODY_FORMS and houses.credits(credit.name, name):
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
            if article in found or absent.body_source(story.documents[at]) is not None:
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
