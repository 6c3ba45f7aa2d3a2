"""From what was inferred to the tables: here records become rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from .. import facts, tables
from ..attribution import attribute
from ..attribution.attributions import Attribution, Fact
from ..config import TraceConfig
from ..evidence.row import Evidence
from ..graph import absent_edges, grouping, outcomes
from ..graph.edges import Edge
from ..match import readings
from ..match.document import Document
from . import exact_duplicates, sourcing

Row = dict[str, Any]
Span = tuple[int, int]


def assemble(
    table: pd.DataFrame, inferred: sourcing.Inferred, min_p_edge: float = TraceConfig.min_p_edge
) -> dict[str, pd.DataFrame]:
    """Write the tables of a trace.

    Parameters
    ----------
    table : DataFrame
        The articles table as prepared.
    inferred : Inferred
    min_p_edge : float
        Of the edges from absent sources; those between texts were held against it before.

    Returns
    -------
    dict of str to DataFrame
        All tables.
    """
    sentences, stories = inferred.sentences, inferred.stories
    story_of = grouping.stories(stories, inferred.pairs, inferred.joins)
    firsts = table["duplicate_of"].fillna(table["article_id"])
    nodes, from_absent = absent_edges.find(
        stories,
        story_of,
        _with_relatives(grouping.related(stories, inferred.joins), firsts),
        absent_edges.by_publisher(sourcing.edges_of(inferred), _outlets(table, firsts)),
        sourcing.verbatim_share(inferred),
        min_p_edge,
    )
    drawn = sourcing.edges_of(inferred) + from_absent
    attributed, order = sourcing.attribute_all(inferred, from_absent)
    related = outcomes.of_pairs(
        inferred.pairs,
        stories,
        inferred.p_link,
        inferred.joins,
        story_of,
        unmeasured=inferred.unmeasured,
        across=inferred.across,
    )
    copied = exact_duplicates.expand(table, sentences, drawn, related, attributed)
    edges = [*drawn, *copied.edges]
    texts = dict(zip(table["article_id"], table["text"], strict=True))
    attributions = attribute.with_origins(
        [*attributed, *copied.attributions], [*order, *copied.order], texts
    )
    origin = absent_edges.origin_agencies(stories, inferred.joins)
    frames = {
        "articles": _articles(table, inferred.documents, story_of, origin, nodes),
        "sentences": sentences,
        "relations": tables.build("relations", map(_relation, [*related, *copied.outcomes])),
        "edges": tables.build("edges", map(_edge, edges)),
        "evidence": tables.build(
            "evidence", (_evidence(edge, each) for edge in edges for each in edge.evidence)
        ),
        "readings": readings.table([each for story in stories for each in story.loci]),
        "attributions": tables.build("attributions", map(_attribution, attributions)),
        "facts": tables.build("facts", _facts(attributions, texts)),
    }
    return {name: tables.check(name, frame) for name, frame in frames.items()}


def _with_relatives(groups: Sequence[Sequence[str]], firsts: Iterable[str]) -> set[str]:
    """Articles with a relative, or with a copy that is the same to the letter."""
    n_copies = Counter(firsts)
    return {each for group in groups for each in group if len(group) > 1 or n_copies[each] > 1}


def _outlets(table: pd.DataFrame, firsts: Iterable[str]) -> dict[str, set[str]]:
    """Who published each text, copies of it counted with the first."""
    found: dict[str, set[str]] = {}
    for first, outlet in zip(firsts, table["outlet"], strict=True):
        if not pd.isna(outlet):
            found.setdefault(first, set()).add(outlet)
    return found


def _articles(
    table: pd.DataFrame,
    documents: Sequence[Document],
    story_of: Mapping[str, str],
    origin: Mapping[str, str],
    nodes: Sequence[absent_edges.AbsentNode],
) -> pd.DataFrame:
    bylines = {each.article_id: _byline(each) for each in documents}
    rows: list[Row] = []
    for supplied in tables.records(table):
        like = supplied["duplicate_of"] or supplied["article_id"]
        rows.append(
            supplied
            | {
                "story_id": story_of[like],
                "origin_agency": origin.get(like),
                "byline": supplied["byline"] or bylines.get(like),
            }
        )
    rows += [
        {
            "article_id": node.article_id,
            "story_id": node.story_id,
            "kind": "absent",
            "outlet": node.name,
            "origin_agency": node.name if node.is_agency else None,
        }
        for node in nodes
    ]
    return tables.build("articles", rows)


def _byline(document: Document) -> str | None:
    names = [each.name for each in document.credits if each.kind == "byline"]
    return "; ".join(dict.fromkeys(names)) if names else None


def _relation(pair: outcomes.PairOutcome) -> Row:
    return {
        "a": pair.a,
        "b": pair.b,
        "outcome": pair.outcome,
        "p_derived": pair.p_derived,
        "p_shared_source": pair.p_shared_source,
        "p_independent": pair.p_independent,
        "shared_words": pair.shared_words,
        "containment_a": pair.containment_a,
        "containment_b": pair.containment_b,
    }


def _edge(edge: Edge) -> Row:
    return {
        "source_id": edge.source_id,
        "target_id": edge.target_id,
        "relation": edge.relation,
        "p_link": edge.p_link,
        "p_edge": edge.p_edge,
        "n_alike": edge.n_alike,
        "p_direction": edge.p_direction,
        "coverage_target": edge.coverage_target,
        "coverage_source": edge.coverage_source,
        "lag_s": edge.lag_s,
        "score_bits": edge.score_bits,
        "status": edge.status,
    }


def _evidence(edge: Edge, each: Evidence) -> Row:
    return {
        "source_id": edge.source_id,
        "target_id": edge.target_id,
        "signal": each.signal,
        "about": each.about,
        "weight_bits": float(each.weight_bits),
        "detail": each.detail,
        **_places("source", each.source_span),
        **_places("target", each.target_span),
    }


def _places(side: str, span: Span | None) -> Row:
    start, end = (None, None) if span is None else span
    return {f"{side}_start": start, f"{side}_end": end}


def _attribution(each: Attribution) -> Row:
    changed = None if each.facts is None else facts.render(fact.change for fact in each.facts)
    return {
        "target_id": each.target_id,
        "target_sentence": each.target_sentence,
        "target_start": each.target_start,
        "target_end": each.target_end,
        "source_id": each.source_id,
        "source_sentence": each.source_sentence,
        "source_start": each.source_start,
        "source_end": each.source_end,
        "kind": each.kind,
        "lexical": each.lexical,
        "semantic": each.semantic,
        "confidence": each.confidence,
        "margin": each.margin,
        "changed_facts": changed,
        "origin_id": each.origin_id,
        "origin_sentence": each.origin_sentence,
    }


def _facts(attributions: Iterable[Attribution], texts: Mapping[str, str]) -> list[Row]:
    """A row for each fact that is not the same; values are what stands at their places."""
    rows = [
        _fact(each, fact, texts)
        for each in attributions
        for fact in each.facts or ()
        if fact.grade != "same"
    ]
    # Two parts of a sentence may have one fact.
    return list({tuple(row.values()): row for row in rows}.values())


def _fact(each: Attribution, fact: Fact, texts: Mapping[str, str]) -> Row:
    # A text that is the same to the letter has the facts of the one that was compared.
    return {
        "kind": fact.change.kind,
        "grade": fact.grade,
        "target_id": each.target_id,
        "target_sentence": each.target_sentence,
        "source_id": fact.source_id,
        "source_sentence": fact.source_sentence,
        **_places("target", fact.target_span),
        **_places("source", fact.source_span),
        "target_value": _words_at(each.target_id, fact.target_span, texts),
        "source_value": _words_at(fact.source_id, fact.source_span, texts),
    }


def _words_at(article_id: str | None, span: Span | None, texts: Mapping[str, str]) -> str | None:
    return None if article_id is None or span is None else texts[article_id][slice(*span)]


__all__ = ["assemble"]
