"""Fit which texts passages were drawn from, to texts made from several and to reports apart."""

from __future__ import annotations

import collections
import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .. import articles, document, errors, lookup, pairs, passages, sentence_index
from .. import logistic as models
from ..evaluation import cases as known
from ..evaluation import scoring
from . import confidence, logistic, material

logger = logging.getLogger(__name__)

# Few texts are made from several, and what tells them is nearly the same in all.
PRICE = 3.0
# Pairs of cases with digests count so many times as much as those of reports apart, all
# together: who hands texts in suspects that one was made from others.
MADE_WEIGHT = 2.0
# Of the texts that were made from others, in a case of digests.
SEVERAL_SHARE = 0.5


@dataclasses.dataclass(frozen=True, eq=False)
class Example:
    """The pairs of texts of a case of which one may have passages of the other.

    Attributes
    ----------
    case : Case
    features : ndarray of shape (n_pairs, n_features)
        See `passages.FEATURES`.
    left : ndarray of shape (n_pairs,)
        See `passages.left_of`.
    right : ndarray of shape (n_pairs,), bool
        Whether the one was made from the other.
    is_made : bool
        Whether there are texts made from others in the case.
    vocabulary : frozenset of str
    """

    case: known.Case
    features: np.ndarray
    left: np.ndarray
    right: np.ndarray
    is_made: bool
    vocabulary: frozenset[str]


def has_digests(case: known.Case) -> bool:
    """Whether most texts of a case that were made from others were made from several."""
    sources = collections.Counter(target for _, target in case.edges)
    several = sum(n > 1 for n in sources.values())
    return case.kind == "graph" and several > SEVERAL_SHARE * len(sources)


def prepare(case: known.Case, meaning: confidence.Meaning) -> Example | None:
    """Look the texts of a case up in each other.

    Parameters
    ----------
    case : Case
        With texts made from several others, or without an edge.
    meaning : Meaning

    Returns
    -------
    Example or None
        None where nothing is known of passages.
    """
    apart = confidence.is_apart(case)
    if not apart and not has_digests(case):
        return None
    table = articles.prepare(case.frame())
    unique = table[table["duplicate_of"].isna()]
    documents = tuple(document.build(unique, document.sentence_table(table)).values())
    place = {each.article_id: k for k, each in enumerate(documents)}
    index = sentence_index.build(documents)
    wanted = lookup.worth_a_look(index, sentence_index.by_words(index))
    both = {key: wanted.get(key, 0.0) for s, t in sorted(wanted) for key in ((s, t), (t, s))}
    # Meaning is to be fitted too, so that none of it may be left out.
    found = lookup.look_up(
        documents,
        index.bits,
        both,
        pairs.compare,
        meaning,
        max_embedded=confidence.MOST,
        least_p=0.0,
    )
    if not found:
        return None
    drawn = passages.drawn_of(documents, found)
    keys, features = passages.measure(drawn, len(documents))
    true = {(place[s], place[t]) for s, t in case.edges if s in place and t in place}
    return Example(
        case,
        features,
        np.array([passages.left_of(drawn[key], ()) for key in keys]),
        np.array([key in true for key in keys]),
        not apart,
        material.vocabulary(documents),
    )


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
    return logistic.fit(
        np.concatenate([each.features for each in examples]),
        np.concatenate([each.right for each in examples]),
        passages.FEATURES,
        np.concatenate(counts),
        price=PRICE,
        never_against=passages.NEVER_AGAINST,
    )


def row(told: Sequence[tuple[Example, models.Logistic]], title: str) -> list[str]:
    """Return the cells of a row: title, then surprise and calibration error of each set."""
    cells = []
    for name in dict.fromkeys(each.case.set for each, _ in told):
        mine = [(each, by) for each, by in told if each.case.set == name]
        p = np.concatenate([by.p(each.features) * each.left for each, by in mine])
        right = np.concatenate([each.right for each, _ in mine])
        error = scoring.calibration_error(p.tolist(), right.tolist())
        found = float((p[right] >= 0.5).mean()) if right.any() else np.nan
        cells.append(
            f"{logistic.surprise(p, right):.3f} / {error:.3f} / {found:.2f} / "
            f"{int((p[~right] >= 0.5).sum())}"
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
) -> dict[str, Any]:
    """Fit, say what the fit reaches, and return what the weights file holds; see `stories.run`.

    Raises
    ------
    InputError
        If no text was made from several.
    """
    meaning = confidence.Meaning(None)
    examples, hashes = material.prepared(
        paths, only, lambda case: [each for each in (prepare(case, meaning),) if each is not None]
    )
    if not any(each.is_made for each in examples):
        raise errors.InputError("no cases of texts made from several; see docs/cases.md")
    about = material.about(hashes, len(examples), sum(len(each.case.articles) for each in examples))
    whole = fit(examples)
    rows = [
        row([(each, passages.load()) for each in examples], "shipped weights"),
        row([(each, whole) for each in examples], "on the pairs of the fit"),
    ]
    cases = [each.case for each in examples]
    if cross_validate:
        part = material.folds(cases, [each.vocabulary for each in examples], seed)
        title = f"cross-validation, {material.N_FOLDS} folds of groups, seed {seed}"
        rows.append(row(_held_out(examples, part), title))
    if leave_genre_out:
        rows.append(row(_held_out(examples, [case.set for case in cases]), "leaving a set out"))
    n_of_set: collections.Counter[str] = collections.Counter()
    for each in examples:
        n_of_set[each.case.set] += len(each.right)
    head = " | ".join(f"{name} ({n} pairs)" for name, n in n_of_set.items())
    lines = [
        "### Sources of passages, log_loss / ece / sources found at .5 / false ones at .5",
        "",
        f"| weights | {head} |",
        "| --- " * (len(n_of_set) + 1) + "|",
        *("| " + " | ".join(cells) + " |" for cells in rows),
    ]
    say("\n".join(lines) + "\n")
    numbers = models.to_dict(whole)
    say(", ".join(f"{name} {value:g}" for name, value in numbers.items()))
    return passages.to_dict(whole, about)


def _held_out(
    examples: Sequence[Example], part: Sequence[object]
) -> list[tuple[Example, models.Logistic]]:
    """Give each case the weights of a fit without its part."""
    fitted = material.held_out(part, lambda rest: fit([examples[k] for k in rest]))
    return [(each, fitted[at]) for each, at in zip(examples, part, strict=True)]
