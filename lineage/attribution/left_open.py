"""Which sentences words leave open, so that it is worth asking what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..match import pairs
from ..match.document import Document, once
from . import attribution_settings, digests, found_sentences, measures, passages

# Source and target, by their places.
Pair = tuple[int, int]


@dataclass(frozen=True)
class Chosen:
    """Whose meaning is asked.

    Attributes
    ----------
    rows : dict of (source, target) to (ndarray of bool, ndarray of bool)
        Sentences of the source and of the target, parents first, then what is least settled.
    no_room : frozenset of (source, target)
        Pairs that words leave open, and that are left to them because others came first.
    """

    rows: dict[Pair, tuple[np.ndarray, np.ndarray]]
    no_room: frozenset[Pair]


def choose(
    documents: Sequence[Document],
    found: Mapping[Pair, found_sentences.Found],
    wanted: Mapping[Pair, float],
    log_bayes: Mapping[Pair, float],
    *,
    max_embedded: int = attribution_settings.MAX_EMBEDDED,
    least_p: float = attribution_settings.LEAST_P_BY_WORDS,
) -> Chosen:
    """Choose the sentences whose meaning can change what is decided.

    Parameters
    ----------
    documents : sequence of Document
    found : mapping of (source, target) to Found
        What words alone say, both ways.
    wanted : mapping of (source, target) to float
        Infinite for parents: all their sentences that are not settled by equal words.
    log_bayes : mapping of (int, int) to float
        Evidence of the links, in nats, the smaller place first.
    max_embedded : int
        Sentences at most; pairs for which there is no more room are left to words.
    least_p : float
        Pairs of texts of which words say less than this, either way, that the one drew on the
        other are left to words. With 0 none is, and no sentence.

    Returns
    -------
    Chosen
    """
    worth = _worth(documents, found, wanted, log_bayes)
    listed = sorted(
        (key for key, each in worth.items() if each >= least_p),
        key=lambda key: (_settled(worth[key]), documents[key[0]].key, documents[key[1]].key),
    )
    chosen: dict[Pair, tuple[np.ndarray, np.ndarray]] = {}
    no_room: set[Pair] = set()
    asked = [np.zeros(len(each.roles), dtype=bool) for each in documents]
    n_asked = 0
    for s, t in listed:
        whole = least_p == 0 or np.isinf(worth[s, t])
        rows = _rows(found[s, t], found.get((t, s)), whole)
        more = int((rows[0] & ~asked[s]).sum() + (rows[1] & ~asked[t]).sum())
        if not rows[0].any() or not rows[1].any():
            continue
        if n_asked + more > max_embedded:
            no_room.add((s, t))
        else:
            chosen[s, t] = rows
            asked[s] |= rows[0]
            asked[t] |= rows[1]
            n_asked += more
    return Chosen(chosen, frozenset(no_room))


def unsettled(pair: pairs.Pair, document: Document) -> np.ndarray:
    """Tell which sentences of the story are not settled by equal words.

    Parameters
    ----------
    pair : Pair
    document : Document
        Either side.

    Returns
    -------
    ndarray of shape (n_sentences,), bool
    """
    can, lengths = _of_story(document)
    settled = document.sentence_of[pair.covered(document) & (document.sentence_of >= 0)]
    n_settled = np.bincount(settled, minlength=len(lengths))
    return np.asarray(can & (n_settled / lengths < attribution_settings.SETTLED_SHARE))


def _worth(
    documents: Sequence[Document],
    found: Mapping[Pair, found_sentences.Found],
    wanted: Mapping[Pair, float],
    log_bayes: Mapping[Pair, float],
) -> dict[Pair, float]:
    """How probable words make it that either text drew on the other; infinite for parents."""
    keys, measured = digests.measure(documents, passages.drawn_of(documents, found), log_bayes)
    p = passages.load().p(measured).tolist() if keys else []
    worth = {
        key: np.inf if np.isinf(wanted[key]) else each for key, each in zip(keys, p, strict=True)
    }
    return {(s, t): max(each, worth.get((t, s), 0.0)) for (s, t), each in worth.items()}


def _settled(p: float) -> float:
    """How far words settle a pair; of parents every sentence counts, so they come first."""
    return -np.inf if np.isinf(p) else abs(p - attribution_settings.LEFT_OPEN_UNDECIDED)


def _rows(
    there: found_sentences.Found, back: found_sentences.Found | None, whole: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Sentences of the source and of the target that may be drawn, and what from."""
    of_source = unsettled(there.pair, there.source)
    of_target = unsettled(there.pair, there.target)
    if whole:
        return of_source, of_target
    in_source, in_target = np.zeros_like(of_source), np.zeros_like(of_target)
    # Not a number where a sentence can have no source.
    may = of_target & (there.drawn > attribution_settings.LEAST_DRAWN)
    in_target |= may
    in_source[there.near[may].ravel()] = True
    if back is not None:
        may = of_source & (back.drawn > attribution_settings.LEAST_DRAWN)
        in_source |= may
        in_target[back.near[may].ravel()] = True
    return in_source & of_source, in_target & of_target


@once
def _of_story(document: Document) -> tuple[np.ndarray, np.ndarray]:
    """Which sentences are of the story, and how many words each has, at least one."""
    n_words = np.array([len(inside) for inside in document.sentence_words], dtype=np.int64)
    told = np.array([role not in measures.SURROUNDING_ROLES for role in document.roles], dtype=bool)
    return told & (n_words > 0), np.maximum(n_words, 1)


__all__ = ["Chosen", "choose", "unsettled"]
