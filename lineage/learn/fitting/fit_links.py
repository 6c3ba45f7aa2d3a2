"""Fit the weights of `boxes.links` to pairs of texts that are known to be relatives or not."""

from __future__ import annotations

import collections
import dataclasses
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ... import errors
from ...graph import links
from ...match import match_settings
from . import kept, link_pairs, material

# What has a cause has a sign: more in common never speaks against a link.
FALLING = frozenset({"n_names", "n_numbers", "own_facts", "other_facts", "form"})
# The same words without the same phrases are those of one event.
FREE = frozenset({"n_words_least", "n_words_most", "quoted", "words_least", "sentences_least"})
# Cases hold few long runs of words, and a run of forty is proof in a text of any length.
LEAST_SLOPES = {"longest>1.8": 8.0}
# Nor do they hold two reports of one form alone in a folder.
MOST_SLOPES = {"form": -20.0}
FLAT = frozenset({"n_words_most>6"})
# Strength of the prior that holds a weight to zero.
RIDGE = 1.0
BINS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
LINKED, SURE = 0.5, 0.9


def shares(examples: Sequence[link_pairs.Example]) -> list[float]:
    """Weigh cases: a set by the root of its number of texts."""
    n_texts: collections.Counter[str] = collections.Counter()
    for each in examples:
        n_texts[each.set] += each.n
    return [20.0 / math.sqrt(n_texts[each.set]) for each in examples]


def fit(
    examples: Sequence[link_pairs.Example], keep: Sequence[np.ndarray] | None = None
) -> links.Model:
    """Fit the weights by penalised logistic regression with signs.

    Parameters
    ----------
    examples : sequence of Example
    keep : sequence of ndarray of bool, optional
        Which pairs of each; all where left out.

    Returns
    -------
    Model

    Notes
    -----
    The prior ``odds / (n - 1)`` of each case enters as an offset, so that the weights are of
    the likeness alone.
    """
    from scipy import optimize

    kept = [np.ones(len(each.pairs), dtype=bool) for each in examples] if keep is None else keep
    parts = list(zip(examples, kept, shares(examples), strict=True))
    design = np.concatenate([each.terms[some] for each, some, _ in parts])
    linked = np.concatenate([each.is_linked[some] for each, some, _ in parts]).astype(float)
    weight = np.concatenate([share * each.weight[some] for each, some, share in parts])
    if linked.min(initial=1.0) == linked.max(initial=0.0):
        raise errors.InputError("all pairs are relatives, or none is: give cases of both kinds")
    offset = np.concatenate(
        [np.full(int(some.sum()), math.log(each.odds / (each.n - 1))) for each, some, _ in parts]
    )
    middle = design.mean(axis=0)
    width = np.maximum(design.std(axis=0), 0.05)
    scaled = (design - middle) / width

    def surprise(values: np.ndarray) -> tuple[float, np.ndarray]:
        log_odds = offset + scaled @ values[:-1] + values[-1]
        p = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -700.0, 700.0)))
        loss = weight @ (np.logaddexp(0.0, log_odds) - linked * log_odds)
        slope = weight * (p - linked)
        penalty = 0.5 * RIDGE * float(values[:-1] @ values[:-1])
        gradient = scaled.T @ slope + RIDGE * values[:-1]
        return float(loss + penalty), np.concatenate([gradient, [slope.sum()]])

    bounds = [_bounds(*each) for each in zip(links.TERMS, width.tolist(), strict=True)]
    found = optimize.minimize(
        surprise,
        np.zeros(len(bounds) + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (None, None)],
        options={"maxiter": 3000, "maxfun": 5000, "ftol": 1e-9},
    )
    slopes = found.x[:-1] / width
    return links.Model(float(found.x[-1] - slopes @ middle), slopes, {})


def _bounds(term: str, width: float) -> tuple[float | None, float | None]:
    """Least and most of a slope, in units of the width of its term."""
    name = term.partition(">")[0]
    if term in FLAT:
        return (0.0, 0.0)
    if name in FREE:
        return (None, None)
    if name in FALLING:
        return (None, MOST_SLOPES.get(term, 0.0) * width)
    return (LEAST_SLOPES.get(term, 0.0) * width, None)


def folds(examples: Sequence[link_pairs.Example], seed: int = material.SEED) -> dict[str, int]:
    """Deal texts to folds, those of one family or case together; by hash of the text."""
    top: dict[str, str] = {}

    def find(name: str) -> str:
        top.setdefault(name, name)
        while top[name] != name:
            top[name] = top[top[name]]
            name = top[name]
        return name

    for each in examples:
        whole = len(each.hashes) <= match_settings.COMPARE_ALL and bool(each.is_linked.any())
        begin, colon, _ = each.name.partition(":")
        for text in each.hashes:
            find(text)
            if colon:
                top[find(text)] = find(f"{each.set}:{begin}")
            elif whole or len(each.hashes) <= material.N_FOLDS:
                top[find(text)] = find(each.hashes[0])
        for first, second in each.pairs[each.is_linked].tolist():
            top[find(each.hashes[first])] = find(each.hashes[second])
    names = sorted({find(text) for each in examples for text in each.hashes})
    random = np.random.default_rng(seed)
    fold = dict(
        zip(names, (random.permutation(len(names)) % material.N_FOLDS).tolist(), strict=True)
    )
    return {text: fold[find(text)] for each in examples for text in each.hashes}


def by_fold(examples: Sequence[link_pairs.Example], seed: int = material.SEED) -> list[np.ndarray]:
    """Weigh every pair by a fit that has not seen the family of its first text."""
    fold = folds(examples, seed)
    at = [np.array([fold[text] for text in each.hashes])[each.pairs] for each in examples]
    found = [np.zeros(len(each.pairs)) for each in examples]
    for k in range(material.N_FOLDS):
        fitted = fit(examples, [~(each == k).any(axis=1) for each in at])
        for each, weighed, where in zip(examples, found, at, strict=True):
            mine = where[:, 0] == k
            weighed[mine] = links.log_bayes(each.features[mine], fitted)
    return found


def by_set(examples: Sequence[link_pairs.Example]) -> list[np.ndarray]:
    """Weigh every pair by a fit that has seen no text of its set."""
    found = [np.zeros(len(each.pairs)) for each in examples]
    for name in dict.fromkeys(each.set for each in examples):
        seen = {text for each in examples if each.set == name for text in each.hashes}
        keep = []
        for each in examples:
            free = np.array([text not in seen for text in each.hashes])
            keep.append(free[each.pairs].all(axis=1))
        fitted = fit(examples, keep)
        for each, weighed in zip(examples, found, strict=True):
            if each.set == name:
                weighed[:] = links.log_bayes(each.features, fitted)
    return found


def weigh(examples: Sequence[link_pairs.Example], model: links.Model) -> list[np.ndarray]:
    """Weigh every pair, in nats."""
    return [links.log_bayes(each.features, model) for each in examples]


def figures(examples: Sequence[link_pairs.Example], weighed: Sequence[np.ndarray]) -> str:
    """Lay out for each set, and for each larger case, what is linked that should and should not.

    Parameters
    ----------
    examples : sequence of Example
    weighed : sequence of ndarray
        Nats for a link of each pair.

    Returns
    -------
    str
        Two Markdown tables: by set, and how often links of each probability are true.
    """
    sums: dict[str, collections.Counter[str]] = {}
    p_all, is_linked = [], []
    for each, nats in zip(examples, weighed, strict=True):
        p = _p_link(each, nats)
        p_all.append(p)
        is_linked.append(each.is_linked)
        best = _best(each, p)
        name = each.set if each.n <= match_settings.COMPARE_ALL / 2 else f"{each.set} {each.name}"
        sums.setdefault(name, collections.Counter()).update(
            texts=each.n,
            edges=int(each.is_edge.sum()),
            edges_linked=int((each.is_edge & (p >= LINKED)).sum()),
            relatives=int(each.is_linked.sum()),
            relatives_linked=int((each.is_linked & (p >= LINKED)).sum()),
            strangers=int((~each.is_linked).sum()),
            strangers_linked=int((~each.is_linked & (p >= LINKED)).sum()),
            best=len(best),
            right=int(each.is_linked[best].sum()),
            sure=int((~each.is_linked[best] & (p[best] >= SURE)).sum()),
        )
    lines = [
        "| set | texts | edges linked | relatives linked | strangers linked | best parent right "
        "| false for 100 texts | sure and false |",
        "| --- |" + " ---: |" * 7,
    ]
    for name, row in sums.items():
        false = row["best"] - row["right"]
        cells = [
            _part(row, "edges"),
            _part(row, "relatives"),
            _part(row, "strangers"),
            f"{row['right']} of {row['best']}",
            f"{100 * false / row['texts']:.2f}",
            f"{100 * row['sure'] / row['texts']:.2f}",
        ]
        lines.append(f"| {name} | {row['texts']} | " + " | ".join(cells) + " |")
    return (
        "\n".join(lines) + "\n\n" + _reliability(np.concatenate(p_all), np.concatenate(is_linked))
    )


def _part(row: Mapping[str, int], name: str) -> str:
    total = row[name]
    return f"{row[f'{name}_linked'] / total:.3f} of {total}" if total > 0 else ""


def _p_link(each: link_pairs.Example, nats: np.ndarray) -> np.ndarray:
    none = np.zeros((0, 0))
    return links.p_link(links.Links(each.n, each.pairs[:, 0], each.pairs[:, 1], nats, none))


def _best(each: link_pairs.Example, p: np.ndarray) -> list[int]:
    """Most probable pair of every text that has one which is more likely than not."""
    found: dict[int, int] = {}
    for k in np.argsort(p, kind="stable"):
        if p[k] >= LINKED:
            for text in each.pairs[k].tolist():
                found[text] = int(k)
    return sorted(set(found.values()))


def _reliability(p: np.ndarray, is_linked: np.ndarray) -> str:
    lines = ["| p | pairs | mean p | true |", "| --- | ---: | ---: | ---: |"]
    for low, high in itertools.pairwise(BINS):
        inside = (p >= low) & ((p < high) | (high == 1.0))
        if inside.any():
            lines.append(
                f"| {low} to {high} | {inside.sum()} | {p[inside].mean():.3f} "
                f"| {is_linked[inside].mean():.3f} |"
            )
    return "\n".join(lines) + "\n"


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
    """Fit, say what the fit reaches, and return what the weights file holds.

    Parameters
    ----------
    paths : sequence of Path
        Files of cases, or folders of them.
    say : callable
        Takes the tables.
    only : sequence of str
        Sets; all if empty.
    cross_validate, leave_genre_out : bool
        Whether figures on folds, and on sets, that a fit has not seen are said.
    seed : int
        Of the folds.
    features : Features
        Where what is measured of cases is kept.

    Returns
    -------
    dict
    """
    examples, hashes = material.prepared(paths, only, link_pairs.prepare, features)
    whole = fit(examples)
    say("### On the cases of the fit\n\n" + figures(examples, weigh(examples, whole)))
    cases = [case for _, listed in material.read(paths, only) for case in listed]
    apart = link_pairs.strangers(cases, material.SEED)
    if apart:
        title = "### Texts of different sets put together, in no fit\n\n"
        say(title + figures(apart, weigh(apart, whole)))
    if cross_validate:
        title = f"### Cross-validation, {material.N_FOLDS} folds of families, seed {seed}\n\n"
        say(title + figures(examples, by_fold(examples, seed)))
    if leave_genre_out:
        say("### Leaving a set out\n\n" + figures(examples, by_set(examples)))
    about = material.about(hashes, len(examples), sum(each.n for each in examples))
    return links.to_dict(dataclasses.replace(whole, fitted_on=about))
