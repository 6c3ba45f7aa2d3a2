"""Two ways to choose the parents of a story's texts, and when each is used.

Where publishers are known, causes decide: credits, dates, replies, readings. A story
without any (versions of one text, retellings, an archive without names) has few of
these, and the fitted model of `phylogeny` reads the whole set: how its texts lie to
each other, grow, fork and lose words. What causes there are enter it as well.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from . import absent, dag, kin
from .config import TraceConfig
from .document import Document, lag_s
from .evidence import several, weights
from .evidence.gather import PairEvidence
from .evidence.row import Evidence
from .phylogeny import features, forests, model, signals

PairKey = tuple[str, str]
Rows = dict[PairKey, list[Evidence]]

# The smallest connected stories that the model was fitted on.
MIN_VERSIONS = 4
# Evidence of the link that the model replaces by its own.
_REPLACED = frozenset(
    {"prior", "shared_content", "order_of_facts", "whole_text", "closeness", "readings"}
)
# Of the version that was current when a text was made, where dates are given.
LATEST_BITS = 2.5
# What the other edges say of a direction is listed from here on.
SHOWN_REST_BITS = 0.1
# Of an edge against the dates given: whatever speaks for it, the text may go back to an
# older one of the same house that is not here, so its direction is left open.
MAX_P_AGAINST_DATES = 0.75
# Dates given that are nearer than this are no objection: clocks and corrections.
MIN_AGAINST_DATES_S = 3600.0
# Certainty beyond this is not shown.
MAX_DIRECTION_BITS = 20.0
# A second parent must account for this share of the body that the first does not, and
# the first for as much that the second does not; within one family, more.
SECOND_PARENT_SHARE = 0.12
SECOND_PARENT_FAMILY_SHARE = 0.3
SECOND_PARENT_BITS_PER_SHARE = 30.0
SECOND_PARENT_PRICE_BITS = 4.5


@dataclass(frozen=True)
class Solution:
    """Chosen parents and how sure they are.

    Attributes
    ----------
    parents : tuple of tuple of int
        Of each text, ascending.
    single : ndarray of shape (n, n)
        Bits for a text as the only parent of another; ``-inf`` where it cannot be.
    spread : Marginals
        Probability of each edge over all trees.
    p_direction : ndarray of shape (n, n)
        ``[s, t]``: that `s` is the older one, given a link.
    min_p_edge : float
        From this probability on an edge is kept; see `together`.
    together : bool
        Whether the edges of a text may reach it together: of several candidates that are
        nearly the same one is the parent, though none is probable.
    """

    parents: tuple[tuple[int, ...], ...]
    single: np.ndarray
    spread: dag.Marginals
    p_direction: np.ndarray
    min_p_edge: float
    together: bool


def knows_publishers(documents: Sequence[Document]) -> bool:
    """Whether anything says who published a text of a story."""
    return any(
        document.outlet is not None or absent.body_source(document) is not None
        for document in documents
    )


def are_versions(documents: Sequence[Document]) -> bool:
    """Whether a story is left to the fitted model: enough texts and no publisher known."""
    return len(documents) >= MIN_VERSIONS and not knows_publishers(documents)


def by_causes(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    rows: Rows,
    has_absent: Sequence[bool],
    config: TraceConfig,
) -> Solution:
    """Choose the graph that best explains all evidence, double parents included.

    Parameters
    ----------
    documents : sequence of Document
        In order of key.
    found : mapping of (article_id, article_id) to PairEvidence
    rows : dict of (source_id, target_id) to list of Evidence
    has_absent : sequence of bool
        For each text, whether an absent source stands behind it.
    config : TraceConfig

    Returns
    -------
    Solution
    """
    place = {each.article_id: k for k, each in enumerate(documents)}
    n = len(documents)
    single = np.full((n, n), -np.inf)
    for (source, target), listed in rows.items():
        # Closeness chooses among relatives; it does not make relatives of strangers.
        if sum(row.weight_bits for row in listed if row.about == "link") >= 0:
            single[place[source], place[target]] = several.edge_bits(listed)
    root = np.where(np.array(has_absent, dtype=bool), weights.ABSENT_BITS, 0.0)
    double = _double_parents(documents, place, found, rows, single)
    problem = dag.Problem(single, root, double)
    parents = dag.choose_parents(problem, exact_up_to=config.exact_articles, seed=config.seed)
    spread = dag.marginals(single, root)
    joined = spread.edge + spread.edge.T
    p_direction = np.where(joined > 0, spread.edge / np.where(joined > 0, joined, 1.0), 0.5)
    # The second of two parents has the odds of its own causes: no tree has both.
    for t, chosen in enumerate(parents):
        for s in chosen if len(chosen) > 1 else ():
            if joined[s, t] < config.min_p_edge:
                key = documents[s].article_id, documents[t].article_id
                p_direction[s, t] = 2.0 ** (several.direction_share_bits(rows[key]) - 1.0)
                p_direction[t, s] = 1.0 - p_direction[s, t]
    _open_against_dates(documents, p_direction)
    for (source, target), listed in rows.items():
        rest = _whole_story(listed, float(p_direction[place[source], place[target]]))
        if abs(rest.weight_bits) >= SHOWN_REST_BITS:
            rows[source, target] = [*listed, rest]
    return Solution(parents, single, spread, p_direction, config.min_p_edge, True)


def as_versions(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    rows: Rows,
    config: TraceConfig,
) -> Solution:
    """Let the fitted model choose, with the causes that there are.

    Evidence of the link in `rows` is replaced by the model's; shared runs stay as
    quotations, without a weight of their own. Texts that are strangers, and not joined
    through others, are read apart: there is no edge between them. Of two or three texts
    apart causes decide, as in a story of so few.

    Parameters
    ----------
    documents : sequence of Document
        In order of key, four or more.
    found : mapping of (article_id, article_id) to PairEvidence
        Of all pairs.
    rows : dict of (source_id, target_id) to list of Evidence
        Of all pairs; changed in place.
    config : TraceConfig

    Returns
    -------
    Solution
    """
    n = len(documents)
    parents: list[tuple[int, ...]] = [()] * n
    single = np.full((n, n), -np.inf)
    edge, no_parent = np.zeros((n, n)), np.ones(n)
    p_direction = np.full((n, n), 0.5)
    for part in kin.parts(documents, found):
        if len(part) == 1:
            continue
        members = [documents[k] for k in part]
        if len(part) < MIN_VERSIONS:
            read = _read_few(members, found, rows, config)
        else:
            read = _read(members, rows)
        for k, chosen in zip(part, read.parents, strict=True):
            parents[k] = tuple(part[s] for s in chosen)
        here = np.ix_(part, part)
        single[here], edge[here] = read.single, read.spread.edge
        p_direction[here] = read.p_direction
        no_parent[list(part)] = read.spread.root
    spread = dag.Marginals(edge, no_parent)
    return Solution(tuple(parents), single, spread, p_direction, model.load().min_p_edge, False)


def _read(documents: Sequence[Document], rows: Rows) -> Solution:
    """Let the fitted model choose among texts that may be relatives, four or more."""
    n = len(documents)
    fitted = model.load()
    measured = features.build(documents)
    scores = model.score(measured)
    causes = np.zeros((n, n))
    for s, source in enumerate(documents):
        for t, target in enumerate(documents):
            if s != t:
                key = source.article_id, target.article_id
                listed = rows[key] = [row for row in rows[key] if row.signal not in _REPLACED]
                causes[s, t] = several.direction_share_bits(listed) * math.log(2)
    _add_latest_before(documents, rows, causes)
    plain = forests.infer(scores)
    posterior = forests.infer(scores, causes) if causes.any() else plain
    drawn = forests.decode(posterior)
    parents: list[tuple[int, ...]] = [()] * n
    for s, t in drawn:
        parents[t] = (s,)
    # Causes count in full; what the model reads from the set, as far as it knows such sets.
    modelled = _log_odds(model.p_direction(plain, measured))
    gained = _log_odds_of(posterior.edge) - _log_odds_of(plain.edge)
    p_direction = 1.0 / (1.0 + np.exp(-np.clip(modelled + gained, -50, 50)))
    weighed = signals.weigh(measured, scores, posterior)
    for s, source in enumerate(documents):
        for t, target in enumerate(documents):
            if s != t:
                key = source.article_id, target.article_id
                listed = [_quoted(row) for row in rows[key]]
                listed += weighed.rows(s, t)
                rows[key] = [*listed, _whole_story(listed, float(p_direction[s, t]))]
    single = np.array((scores.edge + causes) / math.log(2))
    np.fill_diagonal(single, -np.inf)
    spread = dag.Marginals(posterior.edge, posterior.no_parent)
    return Solution(tuple(parents), single, spread, p_direction, fitted.min_p_edge, False)


def _open_against_dates(documents: Sequence[Document], p_direction: np.ndarray) -> None:
    """Let no edge be certain that goes from a later to an earlier text by the dates given."""
    for s, source in enumerate(documents):
        for t, target in enumerate(documents):
            lag = lag_s(source, target)
            given = source.published_source == target.published_source == "given"
            if lag is not None and lag <= -MIN_AGAINST_DATES_S and given:
                p_direction[s, t] = min(p_direction[s, t], MAX_P_AGAINST_DATES)
                p_direction[t, s] = 1.0 - p_direction[s, t]


def _read_few(
    documents: Sequence[Document],
    found: Mapping[PairKey, PairEvidence],
    rows: Rows,
    config: TraceConfig,
) -> Solution:
    """Let causes choose among two or three texts of a story."""
    ids = {each.article_id for each in documents}
    among = {key: each for key, each in found.items() if ids.issuperset(key)}
    of_these = {key: listed for key, listed in rows.items() if ids.issuperset(key)}
    read = by_causes(documents, among, of_these, [False] * len(documents), config)
    rows.update(of_these)
    return read


def _whole_story(listed: Sequence[Evidence], p: float) -> Evidence:
    """What reading all texts together adds to the signals of one pair."""
    odds = max(
        -MAX_DIRECTION_BITS, min(MAX_DIRECTION_BITS, math.log2(max(p, 1e-9) / max(1 - p, 1e-9)))
    )
    alone = sum(row.weight_bits for row in listed if row.about == "direction")
    return Evidence(
        "whole_story",
        "direction",
        odds - alone,
        "what the other texts and edges of the story say of the direction",
    )


def _add_latest_before(documents: Sequence[Document], rows: Rows, causes: np.ndarray) -> None:
    """Prefer the last version before a text: who edits a text edits the current one."""
    for t, target in enumerate(documents):
        lags = [
            (lag, s)
            for s, source in enumerate(documents)
            if s != t and (lag := lag_s(source, target)) is not None and lag > 0
        ]
        if not lags or target.published_source != "given":
            continue
        lag, s = min(lags)
        if documents[s].published_source != "given":
            continue
        causes[s, t] += LATEST_BITS * math.log(2)
        said = "the last version before it, by the dates given"
        rows[documents[s].article_id, target.article_id].append(
            Evidence("latest_before", "parent_choice", LATEST_BITS, said)
        )


def _quoted(row: Evidence) -> Evidence:
    if row.signal != "shared_wording":
        return row
    return Evidence(row.signal, row.about, 0.0, row.detail, row.source_span, row.target_span)


def _log_odds(p: np.ndarray) -> np.ndarray:
    inside = np.clip(p, 1e-12, 1 - 1e-12)
    return np.log(inside) - np.log1p(-inside)


def _log_odds_of(edge: np.ndarray) -> np.ndarray:
    logged = np.log(np.maximum(edge, 1e-12))
    return logged - logged.T


def _double_parents(
    documents: Sequence[Document],
    place: Mapping[str, int],
    found: Mapping[PairKey, PairEvidence],
    rows: Mapping[PairKey, list[Evidence]],
    single: np.ndarray,
) -> dict[tuple[int, int, int], float]:
    """Score every pair of parents that each account for something the other does not."""
    worth: dict[tuple[int, int], np.ndarray] = {}
    for (first, second), each in found.items():
        if each.p_link < 0.5 and each.content.most < 0.15:
            continue
        for source, made in ((first, second), (second, first)):
            document = documents[place[made]]
            worth[place[source], place[made]] = several.explained_words(document, each)
    double = {}
    for target in range(len(documents)):
        body = documents[target].body & ~documents[target].quoted
        total = max(1, int(body.sum()))
        sources = sorted(s for s, t in worth if t == target and single[s, target] > -np.inf)
        for k, one in enumerate(sources):
            for other in sources[k + 1 :]:
                in_one, in_other = worth[one, target][body], worth[other, target][body]
                only_one = float(np.maximum(in_one - in_other, 0).sum() / total)
                only_other = float(np.maximum(in_other - in_one, 0).sum() / total)
                # Two texts of one family share their differences with many: a second
                # parent within the family needs much more of its own.
                linked = several.p_link(found, documents[one], documents[other])
                family = linked >= several.STRANGER_P_LINK
                least = SECOND_PARENT_FAMILY_SHARE if family else SECOND_PARENT_SHARE
                if min(only_one, only_other) < least:
                    continue
                double[target, one, other] = max(
                    single[first, target] + _further_bits(documents, rows, second, target, share)
                    for first, second, share in ((one, other, only_other), (other, one, only_one))
                )
    return double


def _further_bits(
    documents: Sequence[Document],
    rows: Mapping[PairKey, list[Evidence]],
    source: int,
    target: int,
    share: float,
) -> float:
    """Bits that a second parent adds by the share that it alone accounts for."""
    listed = rows[documents[source].article_id, documents[target].article_id]
    choice = sum(row.weight_bits for row in listed if row.about == "parent_choice")
    return (
        SECOND_PARENT_BITS_PER_SHARE * (share - SECOND_PARENT_SHARE)
        - SECOND_PARENT_PRICE_BITS
        + several.direction_share_bits(listed)
        + choice
    )
