"""From articles to the families of texts, their parents, and where their sentences stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..attribution import attribution_settings, found_sentences, passages
from ..config import TraceConfig
from ..evidence import family_rows, gather, translation
from ..graph import (
    across_languages,
    edges,
    families,
    family_edges,
    further_parents,
    graph_settings,
    growth,
    known_facts,
    links,
    matters,
)
from ..io.progress import Watch
from ..match import pairs
from ..match.document import Document, build, sentence_table
from . import sourcing
from .sentence_vectors import Embedder

PairKey = tuple[str, str]
PairAt = tuple[int, int]


@dataclass(frozen=True)
class Inferred:
    """What a trace knows before it writes its tables.

    Attributes
    ----------
    sentences : DataFrame
        The sentences table.
    documents : tuple of Document
        Of the texts that are not duplicates.
    pairs : mapping of (article_id, article_id) to PairEvidence
        Every compared pair.
    stories : tuple of Story
        One a family; texts without relatives are families of one.
    joins : tuple of Edge
        Between families.
    looked_up : mapping of (source, target) to Found
        Texts looked up in each other, by place.
    p_from : ndarray of shape (n, n)
        That one text drew on another, see `candidate_sources.Belief`.
    p_link : mapping of (article_id, article_id) to float
        Of the compared pairs, on their own.
    limits_hit : tuple of str
    meaning : Meaning
        What embeds their sentences.
    unmeasured : frozenset of (article_id, article_id)
        Compared pairs of which words may show a link, and cannot show that there is none.
    across : mapping of (article_id, article_id) to (float, float, float)
        How pairs of two languages are related, see `across_languages.Across`.
    """

    sentences: pd.DataFrame
    documents: tuple[Document, ...]
    pairs: Mapping[PairKey, gather.PairEvidence]
    stories: tuple[family_edges.Story, ...]
    joins: tuple[edges.Edge, ...]
    looked_up: Mapping[PairAt, found_sentences.Found]
    p_from: np.ndarray
    p_link: Mapping[PairKey, float]
    limits_hit: tuple[str, ...]
    meaning: gather.Meaning
    unmeasured: frozenset[PairKey]
    across: Mapping[PairKey, tuple[float, float, float]]


def infer(
    table: pd.DataFrame,
    chosen: Embedder,
    settings: TraceConfig,
    bar: Watch,
    given: known_facts.Known = known_facts.NOTHING,
) -> Inferred:
    """Infer who was made from whom, without tables.

    Parameters
    ----------
    table : DataFrame
        Articles as `articles.prepare` returns them.
    chosen : Embedder
    settings : TraceConfig
    bar : Watch
        Tells how far the stages got.
    given : Known
        By the places of the articles.

    Returns
    -------
    Inferred
    """
    sentences = sentence_table(table)
    unique = table[table["duplicate_of"].isna()]
    documents = list(build(unique, sentences).values())
    linked = links.find(documents)
    ends = zip(linked.a.tolist(), linked.b.tolist(), strict=True)
    linked = links.apart(
        linked, [translation.are_apart(documents[a], documents[b]) for a, b in ends]
    )
    p_pairs = links.p_link(linked)
    of_documents = _by_document(table, documents, given)
    places = links.families(linked, given=of_documents.joined)
    groups = [[documents[k] for k in group] for group in places]
    among = {each.article_id: k for k, group in enumerate(groups) for each in group}
    log_bayes, p_link = {}, {}
    for a, b, nats, p in zip(linked.a, linked.b, linked.log_bayes, p_pairs, strict=True):
        key = documents[a].article_id, documents[b].article_id
        log_bayes[key], p_link[key] = float(nats), float(p)
    screened = _screen(documents, among, log_bayes, settings, bar)
    translated: Mapping[PairKey, gather.Screened] = {}
    if len({each.language for each in documents} - {None}) > 1:
        translated = chosen.across(documents, screened)
        screened |= translated
    related = {key for key in screened if among[key[0]] == among[key[1]]}
    chosen.prepare((each, None) for each in _open_documents(documents, screened, related))
    growing = {
        each.article_id: growth.p_growing(growth.style(group)) for group in groups for each in group
    }
    found = {
        key: gather.gather(
            each,
            chosen.vectors if key in related else _no_vectors,
            growing[key[0]] if key in related else None,
        )
        for key, each in bar(list(screened.items()), "weighing evidence")
    }
    theta = links.theta(linked)
    solved = [
        _solve(
            [documents[k] for k in group],
            found,
            screened,
            log_bayes,
            settings,
            len(documents),
            theta,
            of_documents.among(group),
        )
        for group in bar(places, "choosing parents")
    ]
    with bar.stage("looking up sentences"):
        return _with_further(
            documents,
            sentences,
            found,
            solved,
            linked,
            p_link,
            settings,
            chosen,
            of_documents.barred,
            translated,
        )


def _with_further(
    documents: Sequence[Document],
    sentences: pd.DataFrame,
    found: Mapping[PairKey, gather.PairEvidence],
    solved: Sequence[family_edges.Solved],
    linked: links.Links,
    p_link: Mapping[PairKey, float],
    settings: TraceConfig,
    chosen: Embedder,
    barred: Collection[PairAt],
    translated: Collection[PairKey],
) -> Inferred:
    """Look up every sentence, add the parents that passages show, and tell the stories."""
    place = {each.article_id: k for k, each in enumerate(documents)}
    family_of = {d.article_id: k for k, each in enumerate(solved) for d in each.documents}
    parents: list[tuple[int, ...]] = [()] * len(documents)
    for each in solved:
        at = [place[document.article_id] for document in each.documents]
        for child, above in zip(at, each.parents, strict=True):
            parents[child] = tuple(at[k] for k in above)

    def compare(one: Document, other: Document) -> pairs.Pair:
        compared = found.get(family_rows.key_of(one, other))
        return pairs.compare(one, other) if compared is None else compared.pair

    by_meaning = across_languages.find(
        documents,
        found,
        [key for key in translated if family_of[key[0]] != family_of[key[1]]],
        parents,
        settings.min_p_edge,
        barred,
    )
    for join in by_meaning.joins:
        parents[place[join.target_id]] = (place[join.source_id],)
    nats = linked.by_pair
    p_at = {(place[a], place[b]): p for (a, b), p in p_link.items()}
    looked_up, no_room = sourcing.look_up(documents, parents, compare, chosen, nats)
    drawn = passages.further(documents, looked_up, nats, parents)
    further = {key: each for key, each in drawn.items() if key not in barred}

    def said_of(one: int, other: int) -> tuple[float, float, float]:
        """How surely two texts are relatives, siblings, and the one the first, by their family."""
        ids = documents[one].article_id, documents[other].article_id
        family = solved[family_of[ids[0]]]
        if family_of[ids[0]] != family_of[ids[1]] or family.said is None:
            return 0.0, 0.0, 0.5
        here = [each.article_id for each in family.documents]
        at = here.index(ids[0]), here.index(ids[1])
        said = family.said
        return (
            1.0 - float(said.independent[at]),
            float(said.shared[at]),
            float(family.direction[at]),
        )

    def related(one: int, other: int) -> bool:
        return said_of(one, other)[0] >= graph_settings.ONE_SOURCE

    def of_matters(target: int, sources: Sequence[int]) -> bool:
        return matters.is_between(target, sources, p_at, nats)

    def siblings(one: int, other: int) -> bool:
        return said_of(one, other)[1] >= graph_settings.ONE_SOURCE

    def first(one: int, other: int) -> float:
        return said_of(one, other)[2]

    weighed = further_parents.weigh(further, nats, siblings, first)
    added = further_parents.choose(
        weighed, parents, documents, related, settings.min_p_edge, barred, of_matters, nats
    )
    passed: dict[PairKey, gather.PairEvidence] = {}
    for s, t in sorted(added):
        key = family_rows.key_of(documents[s], documents[t])
        if key not in found and key not in passed:
            passed[key] = gather.gather(gather.screen(looked_up[s, t].pair), _no_vectors)
    every = {**found, **passed}
    inside: dict[int, dict[PairAt, float]] = {k: {} for k in range(len(solved))}
    joined = list(by_meaning.joins)
    for (s, t), p in sorted(added.items()):
        source, target = documents[s].article_id, documents[t].article_id
        if family_of[source] == family_of[target]:
            ids = [document.article_id for document in solved[family_of[source]].documents]
            inside[family_of[source]][ids.index(source), ids.index(target)] = p
        else:
            pair = every[family_rows.key_of(documents[s], documents[t])]
            joined.append(further_parents.tell((s, t), p, further, documents, pair))
    stories = [family_edges.tell(each, every, inside[k], settings) for k, each in enumerate(solved)]
    drew = {key: max(each.p, added.get(key, 0.0)) for key, each in further.items()}
    drew |= {
        (place[each.source_id], place[each.target_id]): each.p_edge for each in by_meaning.joins
    }
    return Inferred(
        sentences,
        tuple(documents),
        every,
        tuple(stories),
        tuple(joined),
        looked_up,
        sourcing.p_from(documents, solved, drew),
        p_link,
        _limits(len(documents), len(every), no_room if chosen.encoder is not None else ()),
        chosen,
        frozenset(
            key for key, each in every.items() if not chosen.is_measured(each.pair.a, each.pair.b)
        ),
        by_meaning.outcomes,
    )


def _limits(n_documents: int, n_compared: int, no_room: Collection[PairAt]) -> tuple[str, ...]:
    """Say what was left out for the size of the collection."""
    n_pairs = n_documents * (n_documents - 1) // 2
    said = []
    if n_compared < n_pairs:
        said.append(
            f"{n_compared:,} of {n_pairs:,} pairs of texts were compared word for word; the "
            "others have too little in common to be of one family."
        )
    n_left = len({frozenset(pair) for pair in no_room})
    if n_left:
        said.append(
            f"Sentences of {n_left:,} pairs of texts were compared by their words alone: the "
            f"meaning of {attribution_settings.MAX_EMBEDDED:,} sentences is asked at most, and "
            "pairs that words leave more open came first."
        )
    return tuple(said)


def _by_document(
    table: pd.DataFrame, documents: Sequence[Document], given: known_facts.Known
) -> known_facts.Known:
    """Bring what is known from the places of the articles to those of the documents."""
    at = {each.article_id: k for k, each in enumerate(documents)}
    first = table["duplicate_of"].fillna(table["article_id"])
    return given.moved({place: at[name] for place, name in enumerate(first)})


def _open_documents(
    documents: Sequence[Document],
    screened: Mapping[PairKey, gather.Screened],
    related: set[PairKey],
) -> list[Document]:
    """Documents whose meaning decides about a link."""
    wanted = {name for key in related if screened[key].open for name in key}
    return [each for each in documents if each.article_id in wanted]


def _solve(
    documents: Sequence[Document],
    found: Mapping[PairKey, gather.PairEvidence],
    screened: Mapping[PairKey, gather.Screened],
    log_bayes: Mapping[PairKey, float],
    settings: TraceConfig,
    n_collection: int,
    theta: float,
    given: known_facts.Known,
) -> family_edges.Solved:
    """Sum over the forests of one family."""
    if len(documents) == 1:
        return family_edges.alone(documents[0])
    place = {each.article_id: k for k, each in enumerate(documents)}
    n = len(documents)
    nats = np.full((n, n), graph_settings.NOT_COMPARED_NATS)
    inside = {key: each for key, each in found.items() if key[0] in place and key[1] in place}
    rows, matches = {}, {}
    for (first, second), each in inside.items():
        a, b = place[first], place[second]
        for source, target, match in (
            (second, first, each.match_a if each.pair.a is documents[a] else each.match_b),
            (first, second, each.match_b if each.pair.a is documents[a] else each.match_a),
        ):
            if match is not None:
                matches[source, target] = match
        nats[a, b] = nats[b, a] = log_bayes.get((first, second), graph_settings.NOT_COMPARED_NATS)
        rows[first, second] = list(each.rows(documents[a]))
        rows[second, first] = list(each.rows(documents[b]))
    family = families.measure(
        documents,
        {key: each.pair for key, each in inside.items()},
        {key: screened[key] for key in inside},
        rows,
        nats,
        matches,
        n_collection=n_collection,
        theta=theta,
        whole=given.whole,
    )
    return family_edges.solve(family, settings, given)


def _screen(
    documents: Sequence[Document],
    among: Mapping[str, int],
    log_bayes: Mapping[PairKey, float],
    settings: TraceConfig,
    bar: Watch,
) -> dict[PairKey, gather.Screened]:
    """Align the pairs of each family, and in a small collection all, and match their sentences."""
    by_id = {each.article_id: each for each in documents}
    small = len(documents) <= settings.compare_all
    keys = [key for key in log_bayes if small or among[key[0]] == among[key[1]]]
    return {
        key: gather.screen(pairs.compare(by_id[key[0]], by_id[key[1]]))
        for key in bar(keys, "comparing words")
    }


def _no_vectors(document: Document, rows: np.ndarray | None = None) -> None:
    return None
