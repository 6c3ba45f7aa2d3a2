"""What the sum over all forests of a family says of every two of its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import constraints, dag, design, forests, graph_settings, known_facts, model, sampling


@dataclass(frozen=True, eq=False)
class Posterior:
    """Probabilities of one family of `n` texts and `m` proposals of absent sources.

    Attributes
    ----------
    parent : ndarray of shape (n + m, n)
        ``[s, t]``: that `s` is the parent of `t`.
    no_parent : ndarray of shape (n,)
        That a text has none, neither a text nor an absent source.
    edge : ndarray of shape (n, n)
        That one of two texts, or one that counts as the same, was made directly from the
        other, either way; symmetric.
    direction : ndarray of shape (n, n)
        ``[s, t]``: that `s` is the parent, given that one of the two is.
    above, derived, shared : ndarray of shape (n, n)
        See `sampling.Kinship`.
    n_alike : tuple of int
        How many texts count as the drawn parent of each text, itself included; 1 without one.
    drawn : tuple of int
        The likeliest parent of each text among the texts, without a cycle; -1 for none.
    """

    parent: np.ndarray
    no_parent: np.ndarray
    edge: np.ndarray
    direction: np.ndarray
    above: np.ndarray
    derived: np.ndarray
    shared: np.ndarray
    n_alike: tuple[int, ...]
    drawn: tuple[int, ...]

    @property
    def independent(self) -> np.ndarray:
        """That two texts have nothing of each other; symmetric."""
        return np.clip(1.0 - self.derived - self.shared, 0.0, 1.0)


def infer(
    family: design.Design,
    fitted: model.Model,
    *,
    seed: int,
    given: known_facts.Known = known_facts.NOTHING,
) -> Posterior:
    """Sum over all forests of a family, or over those that agree with what is known.

    Parameters
    ----------
    family : Design
    fitted : Model
    seed : int
        Of the drawn forests.
    given : Known
        By the places of the family's texts.

    Returns
    -------
    Posterior
    """
    n, n_nodes = family.n, len(family.possible)
    allowed = constraints.forbid(family, given)
    weighed = model.weigh(allowed, fitted.weights)
    posteriors = [forests.infer(each) for each in weighed.scores]
    drawn = sampling.draw(weighed.scores, posteriors, weighed.nodes, n_nodes, seed)
    agreeing = constraints.agreeing(drawn, given, n)
    if agreeing is None:
        # Of the forests drawn hardly one agrees: a short way to agree is taken.
        allowed = constraints.force(allowed, given)
        weighed = model.weigh(allowed, fitted.weights)
        posteriors = [forests.infer(each) for each in weighed.scores]
        drawn = sampling.draw(weighed.scores, posteriors, weighed.nodes, n_nodes, seed)
        agreeing = constraints.agreeing(drawn, given, n) or drawn
    if agreeing is drawn:
        parent, no_parent = _mixed(weighed, posteriors, n, n_nodes)
    else:
        parent, no_parent = _counted(agreeing, n)
    direction = constraints.settle(_directions(family, fitted, parent[:n]), given)
    kin = sampling.kinship(agreeing, n)
    weight = _by_readings(family, parent[:n], parent[:n] + graph_settings.ABOVE_SHARE * kin.above)
    drawn_parents = _decode_among(agreeing, weight) if given else _decode(weight)
    alike = _alike(family, parent[:n], drawn_parents)
    edge = _edges(parent[:n], alike, drawn_parents)
    # The one is summed, the other counted: what is certain in the sum is so in the count.
    derived = np.maximum(kin.derived, edge)
    shared = np.minimum(kin.shared, 1.0 - derived)
    return Posterior(
        parent,
        no_parent,
        edge,
        direction,
        kin.above,
        derived,
        shared,
        tuple(max(1, int(each.sum())) for each in alike.T),
        drawn_parents,
    )


def _mixed(
    weighed: model.Weighed, posteriors: list[forests.Posterior], n: int, n_nodes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Average over the choices of named sources."""
    totals = np.array([each.log_total for each in posteriors])
    shares = np.exp(totals - np.logaddexp.reduce(totals))
    parent, no_parent = np.zeros((n_nodes, n)), np.zeros(n)
    for share, nodes, each in zip(shares, weighed.nodes, posteriors, strict=True):
        parent[nodes] += share * each.edge[:, :n]
        no_parent += share * each.no_parent[:n]
    return parent, no_parent


def _edges(parent: np.ndarray, alike: np.ndarray, drawn: tuple[int, ...]) -> np.ndarray:
    """Tell how probable it is that one of two texts was made directly from the other.

    Of a drawn edge: or from a text that counts as the same.
    """
    found = parent + parent.T
    for t, s in enumerate(drawn):
        if s >= 0:
            found[s, t] = found[t, s] = parent[alike[:, t], t].sum() + parent[t, s]
    return np.minimum(found, 1.0)


def _counted(drawn: sampling.Drawn, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Shares of drawn forests with each edge and with none."""
    n_nodes = drawn.parents.shape[1]
    parent = np.stack([drawn.share @ (drawn.parents[:, :n] == s) for s in range(n_nodes)])
    return parent, drawn.share @ (drawn.parents[:, :n] < 0)


def _directions(family: design.Design, fitted: model.Model, parent: np.ndarray) -> np.ndarray:
    """Causes count in full; what structure tells, as far as such families are known."""
    plain_family = design.without(family, "causes", "style_growth")
    weighed = model.weigh(plain_family, fitted.weights)
    plain, _ = _mixed(
        weighed, [forests.infer(each) for each in weighed.scores], family.n, len(family.possible)
    )
    told = _log_odds(plain[: family.n])
    tempered = model.trust(family.measured, fitted) * told
    return _logistic(tempered + _log_odds(parent) - told)


def _log_odds(edge: np.ndarray) -> np.ndarray:
    logged = np.log(np.maximum(edge, 1e-12))
    return np.asarray(logged - logged.T)


def _logistic(odds: np.ndarray) -> np.ndarray:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -50.0, 50.0))))


def _alike(
    family: design.Design,
    parent: np.ndarray,
    drawn: Sequence[int],
    least: float = graph_settings.ALIKE_SHARE,
) -> np.ndarray:
    """``[s, t]``: `s` counts as the same as the drawn parent of `t`, which is among them."""
    pairs = family.measured.measures.pairs_contained
    same = np.minimum(pairs, pairs.T) >= least
    np.fill_diagonal(same, True)
    found = np.zeros(parent.shape, dtype=bool)
    for t, s in enumerate(drawn):
        if s >= 0:
            found[:, t] = same[s] & (parent[:, t] * graph_settings.ALIKE_ODDS >= parent[s, t])
            found[t, t] = False
    return found


def _by_readings(family: design.Design, parent: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Share the weight of candidates that are alike by whose readings the text has."""
    read = family.edge[: family.n, :, design.EDGE_NAMES.index("readings")]
    found = weight.copy()
    nearest = parent.argmax(axis=0).tolist()
    for t, among in enumerate(_alike(family, parent, nearest, graph_settings.COPY_SHARE).T):
        share = weight[among, t] * np.exp(graph_settings.READINGS_AMONG_ALIKE * read[among, t])
        if share.sum() > 0:
            found[among, t] = share * (weight[among, t].sum() / share.sum())
    return found


def _decode(weight: np.ndarray) -> tuple[int, ...]:
    """Find the forest among the supplied texts with the most edges expected to be right.

    Notes
    -----
    The likeliest single forest is one of very many; the one that is closest to all, each
    counted by its probability, is the heaviest under the marginals [1]_. Whether an edge is
    probable enough to be kept is told afterwards.

    References
    ----------
    .. [1] D. Smith, J. Eisner, "Minimum risk annealing for training log-linear models",
       2006; J. Goodman, "Parsing algorithms and metrics", 1996.
    """
    return dag.best_tree(weight, np.full(len(weight), graph_settings.LEAST_WORTH))


def _decode_among(drawn: sampling.Drawn, weight: np.ndarray) -> tuple[int, ...]:
    """Find the one of the drawn forests with the most edges expected to be right.

    The best of all forests need not agree with what is known, though every drawn one does.
    """
    n = len(weight)
    worth = np.concatenate((weight, np.full((1, n), graph_settings.LEAST_WORTH)))
    # Whatever is no text here is the last row: an absent source, or nobody.
    chosen = drawn.parents[:, :n]
    chosen = np.where((chosen < 0) | (chosen >= n), n, chosen)
    best = chosen[int(worth[chosen, np.arange(n)].sum(axis=1).argmax())]
    return tuple(-1 if s == n else int(s) for s in best)
