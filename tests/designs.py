"""Designs of families for tests: of random numbers, and of short invented texts."""

import dataclasses
import functools
import itertools

import numpy as np

from lineage.evidence.family import features
from lineage.graph import arrangement, design, model
from lineage.match import pairs

from . import made


def random(seed, n, named=()):
    """A design of random numbers; `named` has the members of each named proposal."""
    draw = np.random.default_rng(seed)
    proposals = [design.Proposal(None, tuple(range(n)))]
    proposals += [design.Proposal(f"agency {k}", tuple(each)) for k, each in enumerate(named)]
    size = n + len(proposals)
    possible = np.zeros((size, n), dtype=bool)
    possible[:n] = ~np.eye(n, dtype=bool)
    for k, each in enumerate(proposals):
        possible[n + k, list(each.members)] = True
    measured = features.Features(
        edge=draw.normal(size=(n, n, len(features.EDGE_NAMES))),
        root=draw.normal(size=(n, len(features.ROOT_NAMES))),
        by_root=draw.normal(size=(n, n, n, len(features.BY_ROOT_NAMES))),
        verbatim=0.3,
        closeness=0.5,
        rephrased=0.1,
        spread=0.2,
        measures=None,
    )
    return design.Design(
        draw.normal(size=(size, n, len(design.EDGE_NAMES))),
        possible,
        draw.normal(size=size),
        draw.normal(size=(size, len(design.ROOT_NAMES))),
        measured.by_root,
        np.array([0.3, 0.7]),
        tuple(proposals),
        measured,
        n - 1,
    )


def weights(**said):
    """Zero for every feature but those that are named; ``_`` stands for the bar."""
    found = np.zeros(len(design.NAMES))
    for name, value in said.items():
        found[design.NAMES.index(name.replace("__", "|"))] = value
    return found


def fitted(**said):
    """A model in which evidence of pairs counts for what it says; it knows no kind of family."""
    usual = {"log_bayes": 1.0, "style_growth": 1.0, "causes": 1.0, "readings": 1.0}
    # An absent source has its price.
    usual |= {"unnamed__verbatim": -6.0, "unnamed__reworded": -6.0, "named": -3.0}
    return model.Model(
        weights(**usual | said), 1.0, np.full((1, len(model.PLACE_WIDTHS)), 99.0), {}
    )


@functools.cache
def measured(*texts):
    """Features of texts, in the order given."""
    by_id = made.documents(**{f"t{k}": each for k, each in enumerate(texts)})
    documents = [by_id[f"t{k}"] for k in range(len(texts))]
    compared = {
        (a.article_id, b.article_id): pairs.compare(a, b)
        for a, b in itertools.combinations(sorted(documents, key=lambda each: each.key), 2)
    }
    return features.build(documents, 0.5, compared)


# Lines that have no word in common.
_LINES = (
    "Brindle otters gnawed seventeen turnips behind Pellworth chapel yesterday evening.",
    "Councillor Osric Vandermeer painted purple stripes across nine disused lighthouses.",
    "Feral accordions wheezed while Skellmouth's bakers juggled frozen haddock indoors.",
    "Twelve botanists misplaced their umbrellas somewhere beyond Quarrendon's marshland.",
    "Granite teapots whistle louder whenever Tessaly's glassblowers forget lunch.",
)


def apart(n, links=(), *, causes=(), proposals=(), strangers=-12.0, n_collection=None):
    """A family of texts without a common word: what is known of its pairs is said outright.

    `links` are ``(a, b, nats)``, `causes` are ``(source, target, nats)``.
    """
    found = design.no_terms(n)
    found.log_bayes[:] = strangers
    for a, b, nats in links:
        found.log_bayes[a, b] = found.log_bayes[b, a] = nats
    for s, t, nats in causes:
        found.causes[s, t] = np.log(2.0 / (1.0 + np.exp(-nats)))
        found.causes[t, s] = np.log(2.0 / (1.0 + np.exp(nats)))
    return arrangement.build(
        measured(*_LINES[:n]),
        found,
        proposals,
        n_collection=n if n_collection is None else n_collection,
    )


def moved(family, at):
    """The same family with its texts in another order: `at` has the old place of each."""
    n = family.n
    at = list(at)
    new = {old: k for k, old in enumerate(at)}
    nodes = [*at, *range(n, len(family.possible))]
    measures = family.measured.measures
    changed = {}
    for field in dataclasses.fields(measures):
        value = getattr(measures, field.name)
        if isinstance(value, np.ndarray):
            for axis, size in enumerate(value.shape):
                if size == n:
                    value = np.take(value, at, axis=axis)
            changed[field.name] = value
    return dataclasses.replace(
        family,
        edge=family.edge[np.ix_(nodes, at)],
        possible=family.possible[np.ix_(nodes, at)],
        prior=family.prior[nodes],
        root=family.root[nodes],
        by_root=family.by_root[np.ix_(at, at, at)],
        proposals=tuple(
            design.Proposal(
                each.name,
                tuple(sorted(new[k] for k in each.members)),
                frozenset(new[k] for k in each.credited),
            )
            for each in family.proposals
        ),
        measured=dataclasses.replace(
            family.measured, measures=dataclasses.replace(measures, **changed)
        ),
    )
