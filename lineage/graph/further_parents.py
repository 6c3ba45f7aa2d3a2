"""Edges between families: texts that passages of another were drawn from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from ..attribution.passages import Further
from ..evidence.gather import PairEvidence
from ..evidence.row import Evidence
from ..match.document import Document
from . import dag, edges, graph_settings

PairKey = tuple[str, str]
Pair = tuple[int, int]


def weigh(
    further: Mapping[Pair, Further],
    log_bayes: Mapping[Pair, float],
    siblings: Callable[[int, int], bool],
    first: Callable[[int, int], float],
) -> dict[Pair, float]:
    """Say between which texts a further edge may be, and how probable it is.

    Parameters
    ----------
    further : mapping of (source, target) to Further
    log_bayes : mapping of (int, int) to float
        Evidence of the links, in nats, the smaller place first.
    siblings : callable
        Whether two texts go back to one source, neither to the other, by their family.
    first : callable
        How probably the one of two texts was there before the other, by their family; one half
        where it does not know.

    Returns
    -------
    dict of (source, target) to float
        Probability that passages of the target are from the source, where the texts were
        compared, the source is not rather made from the target, and they are no siblings:
        these have much of each other.
    """
    found = {}
    for (s, t), each in further.items():
        back = further.get((t, s))
        way = first(s, t)
        if max(way, 1.0 - way) >= graph_settings.DECIDED:
            is_turned = way < graph_settings.EVEN
        else:
            is_turned = back is not None and back.p > each.p
        is_compared = (min(s, t), max(s, t)) in log_bayes
        if is_compared and not is_turned and not siblings(s, t):
            found[s, t] = each.p
    return found


def choose(
    weighed: Mapping[Pair, float],
    parents: Sequence[Sequence[int]],
    documents: Sequence[Document],
    related: Callable[[int, int], bool],
    min_p_edge: float,
    barred: Collection[Pair] = (),
    of_matters: Callable[[int, Sequence[int]], bool] = lambda target, sources: False,
    log_bayes: Mapping[Pair, float] | None = None,
) -> dict[Pair, float]:
    """Choose the further parents of texts, the surest first, without a cycle.

    Parameters
    ----------
    weighed : mapping of (source, target) to float
        From `weigh`.
    parents : sequence of sequence of int
        Of each text, by its family, the one that the sum over trees is about first.
    documents : sequence of Document
    related : callable
        Whether two texts are relatives: two wordings of one source are not two sources.
    min_p_edge : float
    barred : collection of (source, target)
        Of which it is known that the one is not above the other.
    of_matters : callable
        Whether a text is linked to each of some sources, which have nothing of each other, see
        `matters.is_between`.
    log_bayes : mapping of (int, int) to float, optional
        Evidence of the links, in nats, the smaller place first: of relatives that are about as
        probable the one that is linked best comes first.

    Returns
    -------
    dict of (source, target) to float
        Two reports of one event have a sentence of each other now and then, and the one may
        name outlets that are not here. So a text that has no parent takes two or none, and one of
        them surely, if they are not of matters of their own.
    """
    above = dag.ancestors(tuple(tuple(each) for each in parents))
    listed = sorted(
        (key for key, p in weighed.items() if p >= max(min_p_edge, graph_settings.LEAST_P_FURTHER)),
        key=lambda key: (-weighed[key], documents[key[0]].key, documents[key[1]].key),
    )
    listed = _best_linked_first(listed, weighed, related, log_bayes or {})
    chosen: dict[Pair, float] = {}
    grown = [list(each) for each in parents]
    for source, target in listed:
        if source in parents[target][1:]:
            # A tree has no room for a second source: what it says of this one is too little.
            chosen[source, target] = weighed[source, target]
            continue
        if source in above[target] or target in above[source]:
            continue
        if any(related(source, other) for other in grown[target]):
            continue
        grown[target].append(source)
        then = dag.ancestors(tuple(tuple(each) for each in grown))
        if any(one in then[other] for one, other in barred):
            grown[target].pop()
            continue
        chosen[source, target] = weighed[source, target]
        above = then
    best = {t: max(p for (_, at), p in chosen.items() if at == t) for _, t in chosen}
    sure = {
        t
        for t, p in best.items()
        if len(grown[t]) > 1 and (p >= graph_settings.LEAST_P_FIRST or of_matters(t, grown[t]))
    }
    return {(s, t): p for (s, t), p in chosen.items() if parents[t] or t in sure}


def _best_linked_first(
    listed: Sequence[Pair],
    weighed: Mapping[Pair, float],
    related: Callable[[int, int], bool],
    log_bayes: Mapping[Pair, float],
) -> list[Pair]:
    """Put before each pair those of relatives of its source that are as good and linked better.

    Two texts of one family have the same passages. What was found sentence by sentence tells
    them apart less than what each has in common with the text as a whole.
    """
    left = list(listed)
    ordered: list[Pair] = []
    while left:
        source, target = left[0]
        rivals = [
            (s, t)
            for s, t in left
            if t == target
            and (s == source or related(s, source))
            and _odds(weighed[s, t]) * graph_settings.ALIKE_ODDS >= _odds(weighed[left[0]])
        ]
        best = max(rivals, key=lambda pair: log_bayes.get((min(pair), max(pair)), -np.inf))
        ordered.append(best)
        left.remove(best)
    return ordered


def _odds(p: float) -> float:
    return p / max(1.0 - p, 1e-12)


def tell(
    key: Pair,
    p: float,
    further: Mapping[Pair, Further],
    documents: Sequence[Document],
    pair: PairEvidence,
) -> edges.Edge:
    """Draw the edge of a further parent that is of another family, with what speaks for it.

    Parameters
    ----------
    key : (source, target)
    p : float
        That the target drew on the source.
    further : mapping of (source, target) to Further
        Of both ways.
    documents : sequence of Document
    pair : PairEvidence

    Returns
    -------
    Edge
    """
    source, target = (documents[k] for k in key)
    found, back = further[key], further.get(key[::-1])
    p_back = 0.0 if back is None else back.p
    p_direction = max(0.5, found.p / (found.p + p_back))
    listed = (
        *said_by(found, source, target, edges.log2_odds(p, graph_settings.MAX_BITS)),
        Evidence(
            "passages",
            "direction",
            edges.log2_odds(p_direction, graph_settings.MAX_BITS),
            "how much passages of either have of the other",
        ),
    )
    return edges.between(
        source,
        target,
        pair,
        "kept",
        p_link=p,
        p_edge=p,
        p_direction=p_direction,
        evidence=listed,
    )


def said_by(found: Further, source: Document, target: Document, bits: float) -> list[Evidence]:
    """Share bits among the passages that speak for a further parent, by their words.

    Parameters
    ----------
    found : Further
    source, target : Document
    bits : float

    Returns
    -------
    list of Evidence
    """
    total = sum(each.n_words for each in found.passages)
    if total == 0:
        return [Evidence("passages", "link", bits, "sentences here and there")]
    made = []
    for passage in found.passages:
        theirs = [target.sentence_span(one) for one, _ in passage.sentences]
        first = passage.sentences[0][1]
        said = f"{len(passage.sentences)} sentences, {passage.n_words} words"
        made.append(
            Evidence(
                "passages",
                "link",
                bits * passage.n_words / total,
                said,
                source.sentence_span(first),
                (theirs[0][0], theirs[-1][1]),
            )
        )
    return made
