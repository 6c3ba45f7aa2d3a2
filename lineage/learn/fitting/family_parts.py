"""Families of known cases, whole and in parts, measured for the fit of the posterior."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ...evidence import direction, gather
from ...graph import design, families, graph_settings, growth, likelihood, links
from ...io import articles
from ...match import document, pairs
from ...text import sentences
from ..evaluation import cases as known
from . import lineages

# Larger families of a collection teach what the smaller ones do.
MAX_FAMILY = 40
# Texts of different sets, put together; what their set and their part are called.
N_STRANGERS = 240
STRANGERS = "strangers"
# Sentences of those that are cut.
STRANGE_SENTENCES = (1, 1, 2, 3, 5)
# Two reports that have nothing of each other, and a text pasted together from both; how many
# sentences it takes of either.
PASTED = "pasted"
LEAST_TAKEN, MOST_TAKEN = 3, 8
# Outlets are withheld from every text of a case, from some, or from none.
METADATA = ("none", "some", "all", "all")


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """A case, or a part of one, ready for the fit.

    Attributes
    ----------
    case : Case
    part : str
        ``whole``, how texts were taken away, see `lineages.parts`, `PASTED` or `STRANGERS`.
    ids : tuple of str
        Article ids in the order of the design.
    design : Design
    true : Forest
    texts : frozenset of str
        Hashes of all texts of the case.
    """

    case: known.Case
    part: str
    ids: tuple[str, ...]
    design: design.Design
    true: likelihood.Forest
    texts: frozenset[str]

    @property
    def group(self) -> str:
        """The set of the case and how it was cut: all of one group weigh alike."""
        return f"{self.case.set}/{self.part}"


def prepare(case: known.Case) -> list[Example]:
    """Measure a case and parts of it.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of Example
        Empty where fewer than two different texts are left, or no lineage is known.
    """
    if case.kind not in ("graph", "pairs", "both", "collection"):
        return []
    seed = f"{case.set}|{case.name}"
    frame = _withheld(case.frame(), random.Random(seed))
    table = articles.prepare(frame)
    unique = table[table["duplicate_of"].isna()]
    if len(unique) < 2:
        return []
    documents = list(document.build(unique, document.sentence_table(table)).values())
    hashes = frozenset(table["text_sha256"])
    if case.kind == "collection":
        return _of_collection(case, documents, hashes)
    measured = _Measured(documents, links.find(documents))
    ids = tuple(each.article_id for each in documents)
    whole = lineages.of_case(case, ids)
    found = [("whole", whole)]
    if case.kind == "graph":
        found += lineages.parts(whole, seed)
    else:
        found += lineages.labelled(case, ids, seed)
    made = []
    for part, lineage in found:
        example = _example(case, part, lineage, measured, hashes)
        if example is not None:
            made.append(example)
    return made + pasted(case, documents, hashes, seed)


def pasted(
    case: known.Case, documents: Sequence[document.Document], hashes: frozenset[str], seed: str
) -> list[Example]:
    """Paste a text together from two that have nothing of each other.

    Parameters
    ----------
    case : Case
    documents : sequence of Document
        Its texts.
    hashes : frozenset of str
        Of its texts.
    seed : str

    Returns
    -------
    list of Example
        One where the texts of the case are known to be independent and two are long enough. The
        pasted text is a child of the one that it has more of; no source is behind both.
    """
    if case.kind != "graph" or case.edges or case.siblings:
        return []
    chance = random.Random(f"{seed}|{PASTED}")
    long = []
    for each in documents:
        told = [k for k, role in enumerate(each.roles) if role in document.BODY_ROLES]
        if len(told) >= LEAST_TAKEN:
            long.append((each, told))
    if len(long) < 2:
        return []
    chosen = chance.sample(long, 2)
    parts = []
    for each, told in chosen:
        n = chance.randint(LEAST_TAKEN, min(MOST_TAKEN, len(told)))
        start = chance.randrange(len(told) - n + 1)
        spans = [each.sentence_span(k) for k in told[start : start + n]]
        parts.append("\n\n".join(each.text[a:b] for a, b in spans))
    rows = [{"article_id": each.article_id, "text": each.text} for each, _ in chosen]
    rows.append({"article_id": PASTED, "text": "\n\n".join(parts)})
    together = known.Case(case.set, f"{case.name}|{PASTED}", pd.DataFrame(rows), "graph")
    table = articles.prepare(together.frame())
    built = list(document.build(table, document.sentence_table(table)).values())
    parent = chosen[max(range(2), key=lambda k: len(parts[k]))][0].article_id
    lineage = lineages.Lineage(tuple(each.article_id for each in built), {PASTED: parent})
    example = _example(together, PASTED, lineage, _Measured(built, links.find(built)), hashes)
    return [] if example is None else [example]


def _of_collection(
    case: known.Case, documents: Sequence[document.Document], hashes: frozenset[str]
) -> list[Example]:
    """Measure the families that links find in a collection; doubtful ones are left out."""
    linked = links.find(documents)
    doubtful = {frozenset(pair) for pair in case.doubtful}
    made = []
    for group in links.families(linked):
        ids = [documents[k].article_id for k in group]
        inside = {frozenset((a, b)) for k, a in enumerate(ids) for b in ids[k + 1 :]}
        if len(ids) < 2 or len(ids) > MAX_FAMILY or inside & doubtful:
            continue
        measured = _Measured(documents, linked, group)
        whole = lineages.of_case(dataclasses.replace(case, siblings=_related(case, ids)), ids)
        example = _example(case, "found", whole, measured, hashes)
        if example is not None:
            made.append(example)
    return made


def _related(case: known.Case, ids: Sequence[str]) -> tuple[known.Pair, ...]:
    """Relatives without an edge: texts of one source that is not there."""
    return tuple(pair for pair in case.relatives if pair[0] in ids and pair[1] in ids)


def _withheld(frame: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    if "outlet" not in frame:
        return frame
    kept = chance.choice(METADATA)
    hidden = [kept == "none" or (kept == "some" and chance.random() < 0.5) for _ in frame.index]
    frame["outlet"] = frame["outlet"].mask(np.array(hidden, dtype=bool))
    return frame


class _Measured:
    """Texts of a case, compared in pairs once."""

    def __init__(
        self, documents: Sequence[document.Document], linked: links.Links, among: Sequence[int] = ()
    ) -> None:
        """Compare `documents`, or those `among` them, of a collection that `linked` is of."""
        self._n_collection = linked.n if among else None
        self._theta = links.theta(linked)
        self._log_bayes = {
            (documents[a].article_id, documents[b].article_id): nats
            for (a, b), nats in linked.by_pair.items()
        }
        documents = [documents[k] for k in among] if among else documents
        self.documents = {each.article_id: each for each in documents}
        self.pairs: dict[families.PairKey, pairs.Pair] = {}
        self.screened: dict[families.PairKey, gather.Screened] = {}
        self.rows: dict[families.PairKey, list[Any]] = {}
        growing = growth.p_growing(growth.style(documents))
        for k, one in enumerate(documents):
            for other in documents[k + 1 :]:
                pair = pairs.compare(one, other)
                self.pairs[one.article_id, other.article_id] = pair
                self.screened[one.article_id, other.article_id] = gather.screen(pair)
                for source, target in ((one, other), (other, one)):
                    listed = direction.signals(source, target, pair, growing)
                    self.rows[source.article_id, target.article_id] = listed

    def family(self, ids: Sequence[str]) -> families.Family:
        """Measure some of them as a family."""
        documents = [each for each in self.documents.values() if each.article_id in ids]
        n = len(documents)
        log_bayes = np.full((n, n), graph_settings.NOT_COMPARED_NATS)
        for a, one in enumerate(documents):
            for b, other in enumerate(documents[:a]):
                nats = self._log_bayes.get((other.article_id, one.article_id))
                if nats is not None:
                    log_bayes[a, b] = log_bayes[b, a] = nats
        among = {key: each for key, each in self.pairs.items() if set(key) <= set(ids)}
        return families.measure(
            documents,
            among,
            {key: self.screened[key] for key in among},
            self.rows,
            log_bayes,
            n_collection=self._n_collection or n,
            theta=self._theta if self._n_collection else _theta(log_bayes),
        )


def _theta(log_bayes: np.ndarray) -> float:
    """Estimate theta of some texts as if no others had been handed in."""
    a, b = np.triu_indices(len(log_bayes), 1)
    alone = links.Links(len(log_bayes), a, b, log_bayes[a, b], np.zeros((len(a), 0)))
    return links.theta(alone)


def strangers(cases: Sequence[known.Case], seed: int) -> list[Example]:
    """Put texts of different sets together, which have nothing to do with each other.

    Parameters
    ----------
    cases : sequence of Case
    seed : int

    Returns
    -------
    list of Example
        In twos and threes.
    """
    chance = random.Random(seed)
    by_set: dict[str, list[known.Case]] = {}
    for case in cases:
        if case.kind == "graph" and case.edges:
            by_set.setdefault(case.set, []).append(case)
    made: list[Example] = []
    if len(by_set) < 2:
        return made
    for k in range(N_STRANGERS):
        n = min(len(by_set), 3 if k % 3 == 0 else 2)
        chosen = [chance.choice(by_set[name]) for name in chance.sample(sorted(by_set), n)]
        rows, wholes = [], []
        for at, case in enumerate(chosen):
            text = case.articles.iloc[chance.randrange(len(case.articles))]["text"]
            wholes.append({"article_id": str(at), "text": text})
            if k % 2 == 0:
                # Texts of few sentences have least to tell them apart by.
                spans = sentences.split_sentences(text)
                first = chance.randrange(len(spans))
                last = min(len(spans), first + chance.choice(STRANGE_SENTENCES)) - 1
                text = text[spans[first][0] : spans[last][1]]
            rows.append({"article_id": str(at), "text": text})
        together = known.Case(STRANGERS, str(k), pd.DataFrame(rows), "graph")
        table = articles.prepare(together.frame())
        documents = list(document.build(table, document.sentence_table(table)).values())
        measured = _Measured(documents, links.find(documents))
        lineage = lineages.Lineage(tuple(each.article_id for each in documents), {})
        # A sentence is left out with the text that it stands in.
        hashes = frozenset(articles.prepare(pd.DataFrame(wholes))["text_sha256"])
        example = _example(together, STRANGERS, lineage, measured, hashes)
        if example is not None:
            made.append(example)
    return made


def _example(
    case: known.Case,
    part: str,
    lineage: lineages.Lineage,
    measured: _Measured,
    hashes: frozenset[str],
) -> Example | None:
    family = measured.family(lineage.ids)
    ids = tuple(each.article_id for each in family.documents)
    place = {each: k for k, each in enumerate(ids)}
    parents = [-1] * len(ids)
    for child, parent in lineage.parents.items():
        parents[place[child]] = place[parent]
    proposed = family.design.proposals
    taken: set[int] = set()
    for siblings in lineage.siblings:
        at = _source_of([place[each] for each in siblings], proposed, taken)
        if at is None:
            continue
        taken.add(at)
        for each in siblings:
            parents[place[each]] = len(ids) + at
    true = likelihood.true_forest(parents, len(ids) + len(proposed))
    return Example(case, part, ids, family.design, true, hashes)


def _source_of(
    places: Sequence[int], proposed: Sequence[design.Proposal], taken: set[int]
) -> int | None:
    """Which proposal is the source of siblings: the one that most of them name, or none named."""
    fitting = [
        (-len(proposal.credited.intersection(places)), k)
        for k, proposal in enumerate(proposed[1:], start=1)
        if set(places) <= set(proposal.members) and k not in taken
    ]
    if fitting:
        return min(fitting)[1]
    return 0 if 0 not in taken else None
