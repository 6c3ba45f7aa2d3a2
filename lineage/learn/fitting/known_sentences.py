"""Sentences of which it is known what they were made from, ready for a fit."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...attribution import measures, source_sentences, source_sets
from ...match.document import Document
from ..evaluation import cases as known
from ..evaluation import sentence_scores
from . import fit_confidence, material

logger = logging.getLogger(__name__)

# A source sentence: of a fused sentence the place of a given sentence, else its id.
Name = str


class Text:
    """A text and those that its sentences may be from.

    Parameters
    ----------
    target : Document
    parents : sequence of Parent
    """

    def __init__(self, target: Document, parents: Sequence[measures.Parent]) -> None:
        self.target = target
        self.parents = tuple(parents)
        self._last: tuple[source_sets.Weights, list[measures.Measured]] | None = None

    def measured(self, weights: source_sets.Weights) -> list[measures.Measured]:
        """Measure all its sentences by some weights, see `measures.measure`."""
        if self._last is None or self._last[0] is not weights:
            found = [measures.measure(self.target, parent, weights) for parent in self.parents]
            self._last = weights, found
        return self._last[1]


@dataclasses.dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of which it is known what it was made from.

    Attributes
    ----------
    case : Case
    text : Text
    parts : tuple of int
        Places of its parts in the text: a sentence is not always cut where it was when
        its sources were marked.
    true : frozenset
        Names of its sources; empty where it is new.
    names : mapping of (parent, sentence) to frozenset
        Names of each sentence that it may be from.
    vocabulary : frozenset of str
        Rare words of the texts of the case.
    """

    case: known.Case
    text: Text
    parts: tuple[int, ...]
    true: frozenset[Name]
    names: Mapping[tuple[int, int], frozenset[Name]]
    vocabulary: frozenset[str]

    def named(self, weights: source_sets.Weights) -> frozenset[Name]:
        """Names of the sources that the program finds by some weights."""
        target, measured = self.text.target, self.text.measured(weights)
        found: frozenset[Name] = frozenset()
        for index in self.parts:
            chosen = source_sentences.choose(
                target, index, target.roles[index], self.text.parents, measured, weights
            )
            found = found.union(*(self.names[each.parent, each.sentence] for each in chosen))
        return found


def prepare(case: known.Case, meaning: fit_confidence.Meaning) -> list[Sentence]:
    """Look the texts of a case up in their sources, and list the sentences of known ones.

    Parameters
    ----------
    case : Case
        A fused sentence, or a story with attributions.
    meaning : Meaning

    Returns
    -------
    list of Sentence
        Of texts that have a source at all.
    """
    if case.kind != "fusion" and not case.attributions:
        return []
    looked = fit_confidence.opened(case, meaning)
    vocabulary = material.vocabulary(looked.documents)
    made = []
    for at, target in enumerate(looked.documents):
        parents = tuple(each.parent for (_, t), each in sorted(looked.found.items()) if t == at)
        if not parents:
            continue
        if case.kind == "fusion":
            wanted = _fused(case, target, parents)
        else:
            wanted = _told(case, target, parents, sentence_scores.finder(looked.sentences))
        text = Text(target, parents)
        made += [
            Sentence(case, text, tuple(parts), true, names, vocabulary)
            for parts, true, names in wanted
        ]
    return made


_Known = tuple[list[int], frozenset[Name], dict[tuple[int, int], frozenset[Name]]]


def _fused(case: known.Case, target: Document, parents: Sequence[measures.Parent]) -> list[_Known]:
    if target.article_id != known.TARGET:
        return []
    names: dict[tuple[int, int], frozenset[Name]] = {
        (number, k): frozenset(
            str(at) for at, (begin, stop) in enumerate(case.spans) if start < stop and end > begin
        )
        for number, parent in enumerate(parents)
        for k, (start, end) in enumerate(parent.document.spans)
    }
    return [(_told_places(target), frozenset(map(str, case.fused_from)), names)]


def _told(
    case: known.Case,
    target: Document,
    parents: Sequence[measures.Parent],
    find: Callable[[str, str], str | None],
) -> list[_Known]:
    names: dict[tuple[int, int], frozenset[Name]] = {
        (number, k): frozenset({name})
        for number, parent in enumerate(parents)
        for k, name in enumerate(parent.document.sentence_ids)
    }
    place = {name: k for k, name in enumerate(target.sentence_ids)}
    told = set(_told_places(target))
    made = []
    for each in case.attributions:
        at = place.get(find(each.target_id, each.sentence) or "")
        if each.target_id != target.article_id or at not in told:
            continue
        true = [find(article, beginning) for article, beginning in each.sources]
        made.append(([at], frozenset(name for name in true if name is not None), names))
    return made


def _told_places(target: Document) -> list[int]:
    return [
        k
        for k, role in enumerate(target.roles)
        if role not in measures.SURROUNDING_ROLES and len(target.sentence_words[k])
    ]


def read(paths: Sequence[Path], only: Sequence[str] = ()) -> tuple[list[Sentence], dict[str, Any]]:
    """List the sentences of all files and stories, and say which these are."""
    meaning = fit_confidence.Meaning(None)
    found, hashes = material.prepared(paths, only, lambda case: prepare(case, meaning))
    n_cases = len({(each.case.set, each.case.name) for each in found})
    return found, material.about(hashes, n_cases, len(found))
