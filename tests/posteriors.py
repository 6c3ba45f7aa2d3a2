"""Families of invented texts whose posterior is said outright, for the tests of what is told."""

import numpy as np

from lineage.graph import families, family_edges, posterior

from . import invented


def said(
    parent, *, n_absent=1, direction=None, derived=None, shared=None, n_alike=None, drawn=None
):
    """A posterior: `parent` is of texts among texts, and what is not given follows from it."""
    parent = np.array(parent, dtype=float)
    n = len(parent)
    whole = np.concatenate((parent, np.zeros((1, n))))
    edge = np.minimum(parent + parent.T, 1.0)
    way = np.where(parent + parent.T > 0, parent / np.maximum(parent + parent.T, 1e-12), 0.5)
    derived = edge if derived is None else np.array(derived, dtype=float)
    best = [int(parent[:, t].argmax()) if parent[:, t].any() else -1 for t in range(n)]
    return posterior.Posterior(
        parent=whole,
        no_parent=1.0 - whole.sum(axis=0),
        edge=edge,
        direction=way,
        above=parent,
        derived=derived,
        shared=np.zeros((n, n)) if shared is None else np.array(shared, dtype=float),
        n_alike=(1,) * n if n_alike is None else n_alike,
        drawn=tuple(best) if drawn is None else drawn,
    )


def reports(n=4):
    """Reports of one event, each with one more line and one line cut, in order of key."""
    made = [
        invented.report(
            *invented.REPORT[k : k + 5],
            *invented.ADDED[:k],
            invented.STRANGER[k],
            article_id=f"t{k}",
        )
        for k in range(n)
    ]
    return sorted(made, key=lambda each: each.key)


def family(documents, derived=None, shared=None, parents=None, edges=()):
    """A story as it comes of a family."""
    n = len(documents)
    derived = np.zeros((n, n)) if derived is None else np.array(derived, dtype=float)
    shared = np.zeros((n, n)) if shared is None else np.array(shared, dtype=float)
    return family_edges.Story(
        tuple(documents),
        ((),) * n if parents is None else parents,
        tuple(edges),
        (),
        {},
        (),
        derived,
        derived,
        shared,
    )


def compared(documents):
    """Evidence of every two documents, ids in order of key."""
    _, _, found = invented.story(*documents)
    return found


def measured(*made, nats=9.0, n_collection=None, log_bayes=None):
    """A family as it is measured of texts; every two are linked by the same evidence."""
    ordered, place, found = invented.story(*made)
    n = len(ordered)
    linked = np.full((n, n), nats) if log_bayes is None else np.array(log_bayes)
    rows = invented.rows_of(ordered, place, found)
    family = families.measure(
        ordered,
        {key: each.pair for key, each in found.items()},
        found,
        rows,
        linked,
        n_collection=n if n_collection is None else n_collection,
    )
    return family, found
