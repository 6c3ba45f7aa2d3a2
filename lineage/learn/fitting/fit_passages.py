"""Fit which texts passages were drawn from, to texts made from several and to reports apart."""

from __future__ import annotations

import collections
import dataclasses
import itertools
import logging
import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ... import errors
from ...attribution import (
    attribution_settings,
    candidate_sources,
    digests,
    passages,
    sentence_index,
)
from ...graph import graph_settings, links
from ...io import articles
from ...match import document, pairs
from ...weights import logistic as models
from ..evaluation import cases as known
from ..evaluation import scoring
from . import fit_confidence, fit_logistic, kept, material

logger = logging.getLogger(__name__)

# Few texts are made from several, and what tells them is nearly the same in all. On folds, at 1
# three false edges and more were drawn between independent reports, at 5 none.
PRICE = 5.0
# Pairs of cases with digests count so many times as much as those of reports apart, all
# together: who hands texts in suspects that one was made from others.
MADE_WEIGHT = 2.0
# Probabilities from which a source is drawn, see `boxes.further_parents`.
LEAST = (graph_settings.LEAST_P_FURTHER, graph_settings.LEAST_P_FIRST)
# Kinds of cases that can be of digests, see `learn.evaluation.cases.Case`.
WITH_DIGESTS = ("graph", "sources", "collection")
# Of the texts that were made from others, in a case of digests.
SEVERAL_SHARE = 0.5
# A report that names so many outlets, in such a share of its sentences, need not be made from
# what is here: each case of reports of one event enters again with one text that does.
NAMES, NAMED_SHARE = (1, 2, 3), (0.05, 0.3)


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """The pairs of texts of a case of which one may have passages of the other.

    Attributes
    ----------
    case : Case
    features : ndarray of shape (n_pairs, n_features)
        See `digests.FEATURES`.
    left : ndarray of shape (n_pairs,)
        See `article_text.left_of`.
    right : ndarray of shape (n_pairs,), bool
        Whether the one was made from the other.
    is_made : bool
        Whether there are texts made from others in the case.
    places : tuple of (int, int)
        Source and target of each pair, by their rows in the articles of the case.
    """

    case: known.Case
    features: np.ndarray
    left: np.ndarray
    right: np.ndarray
    is_made: bool
    places: tuple[tuple[int, int], ...]


def has_digests(case: known.Case) -> bool:
    """Whether most texts of a case that were made from others were made from several."""
    sources = collections.Counter(target for _, target in case.edges)
    several = sum(n > 1 for n in sources.values())
    return case.kind in WITH_DIGESTS and several > SEVERAL_SHARE * len(sources)


def is_counted(case: known.Case, source: str, target: str) -> bool:
    """Whether it is known of two texts of a case if the one was made from the other.

    Parameters
    ----------
    case : Case
    source, target : str

    Returns
    -------
    bool
        Of sources of digests nobody looked among each other, and what relatives of other kinds
        have in common is not the matter of this fit.
    """
    made = {made for _, made in case.edges}
    if has_digests(case):
        return source in made or target in made
    related = {frozenset(pair) for pair in (*case.edges, *case.relatives, *case.doubtful)}
    return frozenset((source, target)) not in related


def prepare(case: known.Case, meaning: fit_confidence.Meaning) -> Example | None:
    """Look the texts of a case up in each other.

    Parameters
    ----------
    case : Case
        With texts made from several others, or many texts, or without an edge.
    meaning : Meaning

    Returns
    -------
    Example or None
        None where nothing is known of passages.
    """
    is_made = has_digests(case)
    if not is_made and not fit_confidence.is_apart(case) and case.kind != "collection":
        return None
    table = articles.prepare(case.frame())
    unique = table[table["duplicate_of"].isna()]
    documents = tuple(document.build(unique, document.sentence_table(table)).values())
    place = {each.article_id: k for k, each in enumerate(documents)}
    index = sentence_index.build(documents)
    wanted = candidate_sources.worth_a_look(index, sentence_index.by_words(index))
    both = {key: wanted.get(key, 0.0) for s, t in sorted(wanted) for key in ((s, t), (t, s))}
    # Meaning is to be fitted too, so that none of it may be left out.
    found, _ = candidate_sources.look_up(
        documents,
        index.bits,
        both,
        pairs.compare,
        meaning,
        max_embedded=fit_confidence.MOST,
        least_p=0.0,
    )
    if not found:
        return None
    drawn = passages.drawn_of(documents, found)
    keys, features = digests.measure(documents, drawn, links.find(documents).by_pair)
    ids = [each.article_id for each in documents]
    row = {each: k for k, each in enumerate(case.ids)}
    counted = np.array([is_counted(case, ids[s], ids[t]) for s, t in keys], dtype=bool)
    true = {(place[s], place[t]) for s, t in case.edges if s in place and t in place}
    return Example(
        case,
        features[counted],
        np.array([passages.left_of(drawn[key], ()) for key in keys])[counted],
        np.array([is_made and key in true for key in keys], dtype=bool)[counted],
        is_made,
        tuple((row[ids[s]], row[ids[t]]) for s, t in itertools.compress(keys, counted)),
    )


def naming(example: Example, seed: int = material.SEED) -> Example:
    """Let one report of an event name others, and be no more made from them for it.

    Parameters
    ----------
    example : Example
        Of reports of which none was made from another.
    seed : int
        Together with the name of the case it chooses the report.

    Returns
    -------
    Example
    """
    chance = random.Random(f"{seed} {example.case.name}")
    target = chance.choice(sorted({target for _, target in example.places}))
    n_names, share = chance.choice(NAMES), chance.uniform(*NAMED_SHARE)
    told = {
        "cited": (
            1,
            math.log(
                min(share, attribution_settings.MOST_CITED) + attribution_settings.LEAST_CITED
            ),
        ),
        "n_cited": (1, n_names),
        "n_cited_of_source": (0, n_names),
    }
    features = example.features.copy()
    for name, (side, value) in told.items():
        column = digests.FEATURES.index(name)
        named = np.array([place[side] == target for place in example.places], dtype=bool)
        features[named, column] = np.maximum(features[named, column], value)
    return dataclasses.replace(example, features=features)


def fit(examples: Sequence[Example]) -> models.Logistic:
    """Find the weights under which the true sources are least surprising.

    Parameters
    ----------
    examples : sequence of Example

    Returns
    -------
    Logistic
        See `MADE_WEIGHT`.
    """
    n_made = sum(len(each.right) for each in examples if each.is_made)
    n_apart = sum(len(each.right) for each in examples) - n_made
    counts = [
        np.full(len(each.right), MADE_WEIGHT if each.is_made else n_made / max(1, n_apart))
        for each in examples
    ]
    logger.info("%s pairs of texts, %s of reports apart", n_made, n_apart)
    return fit_logistic.fit(
        np.concatenate([each.features for each in examples]),
        np.concatenate([each.right for each in examples]),
        digests.FEATURES,
        np.concatenate(counts),
        price=PRICE,
        never_against=digests.NEVER_AGAINST,
    )


def folds(examples: Sequence[Example], seed: int = material.SEED) -> list[np.ndarray]:
    """Deal the matters that texts are about to `material.N_FOLDS` folds, in a random order.

    Parameters
    ----------
    examples : sequence of Example
    seed : int

    Returns
    -------
    list of ndarray of shape (n_articles,), int64
        Of each example the fold of its articles. Of one matter are the texts of a small case,
        and in a collection those that are related or of one event; texts that are word for
        word the same are of one matter, whatever cases they stand in.
    """
    import networkx

    texts = [each.case.articles["text"].tolist() for each in examples]
    graph = networkx.Graph()
    for each, told in zip(examples, texts, strict=True):
        graph.add_nodes_from(told)
        if each.case.kind != "collection":
            graph.add_edges_from((told[0], other) for other in told[1:])
            continue
        of_id = dict(zip(each.case.ids, told, strict=True))
        near = (each.case.edges, each.case.relatives, each.case.doubtful, each.case.same_event)
        graph.add_edges_from((of_id[a], of_id[b]) for listed in near for a, b in listed)
    matters = sorted(sorted(part) for part in networkx.connected_components(graph))
    order = np.random.default_rng(seed).permutation(len(matters)).tolist()
    fold_of = {text: k % material.N_FOLDS for k, at in enumerate(order) for text in matters[at]}
    return [np.array([fold_of[text] for text in told], dtype=np.int64) for told in texts]


def held_out(examples: Sequence[Example], part: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Say of every pair how probable it is, by a fit without the matter of its two texts.

    Parameters
    ----------
    examples : sequence of Example
    part : sequence of ndarray of shape (n_articles,)
        The part of each article.

    Returns
    -------
    list of ndarray of shape (n_pairs,)
        A pair is judged by the fit without the part of its target, and teaches no fit that
        leaves out the part of either text.
    """
    of_pairs = [
        at[np.array(each.places, dtype=np.int64).reshape(-1, 2)]
        for each, at in zip(examples, part, strict=True)
    ]
    found = [np.zeros(len(each.right)) for each in examples]
    for out in np.unique(np.concatenate([at[:, 1] for at in of_pairs])):
        rest = [
            chosen(each, (at != out).all(axis=1))
            for each, at in zip(examples, of_pairs, strict=True)
        ]
        by = fit(rest)
        for k, (each, at) in enumerate(zip(examples, of_pairs, strict=True)):
            asked = at[:, 1] == out
            found[k][asked] = by.p(each.features[asked]) if asked.any() else 0.0
    return found


def chosen(example: Example, which: np.ndarray) -> Example:
    """Keep some of the pairs of an example."""
    return dataclasses.replace(
        example,
        features=example.features[which],
        left=example.left[which],
        right=example.right[which],
        places=tuple(itertools.compress(example.places, which)),
    )


def row(examples: Sequence[Example], p: Sequence[np.ndarray], title: str) -> list[str]:
    """Return the cells of a row: title, then what the fit reaches on each set."""
    cells = []
    for name in dict.fromkeys(each.case.set for each in examples):
        mine = [k for k, each in enumerate(examples) if each.case.set == name]
        said = np.concatenate([p[k] * examples[k].left for k in mine])
        right = np.concatenate([examples[k].right for k in mine])
        error = scoring.calibration_error(said.tolist(), right.tolist())
        counts = [
            f"{int((said[right] >= least).sum())}, {int((said[~right] >= least).sum())}"
            for least in LEAST
        ]
        cells.append(
            " / ".join((f"{fit_logistic.surprise(said, right):.3f}", f"{error:.3f}", *counts))
        )
    return [title, *cells]


def run(
    paths: Sequence[Path],
    say: Callable[[str], None],
    *,
    only: Sequence[str] = (),
    cross_validate: bool = False,
    leave_genre_out: bool = False,
    seed: int = material.SEED,
    features: kept.Features = kept.NOWHERE,
) -> dict[str, Any]:
    """Fit, say what the fit reaches, and return what the weights file holds; see `stories.run`.

    Raises
    ------
    InputError
        If no text was made from several.
    """
    meaning = fit_confidence.Meaning(None)

    def measured(case: known.Case) -> list[Example]:
        return [each for each in (prepare(case, meaning),) if each is not None]

    examples, hashes = material.prepared(paths, only, measured, features)
    if not any(each.is_made for each in examples):
        raise errors.InputError("no cases of texts made from several; see docs/cases.md")
    about = material.about(hashes, len(examples), sum(len(each.case.articles) for each in examples))
    made_up = [
        naming(each) for each in examples if fit_confidence.is_apart(each.case) and each.places
    ]
    every = [*examples, *made_up]
    whole = fit(every)
    tried = {
        "shipped weights": [passages.load().p(each.features) for each in examples],
        "on the pairs of the fit": [whole.p(each.features) for each in examples],
    }
    if cross_validate:
        title = f"cross-validation, {material.N_FOLDS} folds of matters, seed {seed}"
        tried[title] = held_out(every, folds(every, seed))
    if leave_genre_out:
        sets = list(dict.fromkeys(each.case.set for each in examples))
        part = [np.full(len(each.case.ids), sets.index(each.case.set)) for each in every]
        tried["leaving a set out"] = held_out(every, part)
    # Of what was made up nothing is said.
    rows = [row(examples, p[: len(examples)], title) for title, p in tried.items()]
    n_of_set: collections.Counter[str] = collections.Counter()
    for each in examples:
        n_of_set[each.case.set] += len(each.right)
    head = " | ".join(f"{name} ({n} pairs)" for name, n in n_of_set.items())
    drawn = " / ".join(f"found, false ones at {least:g}" for least in LEAST)
    lines = [
        f"### Sources of passages, log_loss / ece / {drawn}",
        "",
        f"| weights | {head} |",
        "| --- " * (len(n_of_set) + 1) + "|",
        *("| " + " | ".join(cells) + " |" for cells in rows),
    ]
    say("\n".join(lines) + "\n")
    numbers = models.to_dict(whole)
    say(", ".join(f"{name} {value:g}" for name, value in numbers.items()))
    return passages.to_dict(whole, about)
