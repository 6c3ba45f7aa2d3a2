"""Two documents side by side: which words and which sentences they share."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..text import align
from . import match_settings, similarity
from .document import Document


# Told apart as objects: equal arrays would have to be compared cell by cell.
@dataclass(frozen=True, eq=False)
class Pair:
    """Two documents and their word alignment; `a` comes first by `Document.key`.

    Attributes
    ----------
    a, b : Document
    blocks : ndarray of shape (n_blocks, 3), int64
        Shared runs: first word in `a`, first word in `b`, length.
    moved : ndarray of shape (n_blocks,), bool
        Runs that stand out of order.
    covered_a, covered_b : ndarray of bool
        Words of each side that lie in a shared run.
    plain : ndarray of shape (n_plain, 3), int64
        All runs of the first pass, by chance ones too, as indices into the aligned words.
    """

    a: Document
    b: Document
    blocks: np.ndarray
    moved: np.ndarray
    covered_a: np.ndarray
    covered_b: np.ndarray
    plain: np.ndarray

    @property
    def shared_words(self) -> int:
        """Body words in shared runs, counted on the side where they are fewer."""
        return int(min((self.covered_a & self.a.body).sum(), (self.covered_b & self.b.body).sum()))

    @functools.cached_property
    def containment_a(self) -> float:
        """Share of `a`'s body that stands in `b`."""
        return _share(self.covered_a, self.a.body)

    @functools.cached_property
    def containment_b(self) -> float:
        """Share of `b`'s body that stands in `a`."""
        return _share(self.covered_b, self.b.body)

    @functools.cached_property
    def unquoted_a(self) -> float:
        """Share of `a`'s own narration that stands in `b`."""
        return _share(self.covered_a, self.narrated(self.a))

    @functools.cached_property
    def unquoted_b(self) -> float:
        """Share of `b`'s own narration that stands in `a`."""
        return _share(self.covered_b, self.narrated(self.b))

    @functools.cached_property
    def _spoken(self) -> tuple[np.ndarray, np.ndarray]:
        """Words that either side shows to be somebody's, on each side.

        What one side tells in its own voice stays its own, whoever quotes it.
        """
        a, b = self.a.spoken.copy(), self.b.spoken.copy()
        for i, j, n in self.blocks:
            in_a, in_b = slice(i, i + n), slice(j, j + n)
            a[in_a] |= self.b.spoken[in_b] & ~self.a.own_voice[in_a]
            b[in_b] |= self.a.spoken[in_a] & ~self.b.own_voice[in_b]
        return a, b

    def narrated(self, document: Document) -> np.ndarray:
        """Which body words are the text's own voice, not words that somebody said."""
        return document.body & ~self._spoken[0 if document is self.a else 1]

    def containment(self, document: Document) -> float:
        """Share of this side's body that stands in the other."""
        return self.containment_a if document is self.a else self.containment_b

    def covered(self, document: Document) -> np.ndarray:
        """Which words of this side lie in a shared run."""
        return self.covered_a if document is self.a else self.covered_b

    def other(self, document: Document) -> Document:
        """Return the other side."""
        return self.b if document is self.a else self.a

    def runs(self, source: Document) -> np.ndarray:
        """Shared runs as (start in source, start in target, length), in target order."""
        blocks = self.blocks if source is self.a else self.blocks[:, [1, 0, 2]]
        return blocks[np.argsort(blocks[:, 1], kind="stable")]

    def words_of_runs(self, source: Document) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Every word in a shared run: its index in the source, in the target, and its run."""
        lengths = self.blocks[:, 2]
        run = np.repeat(np.arange(len(lengths)), lengths)
        within = np.arange(len(run)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        in_a, in_b = self.blocks[run, 0] + within, self.blocks[run, 1] + within
        return (in_a, in_b, run) if source is self.a else (in_b, in_a, run)


def compare(first: Document, second: Document) -> Pair:
    """Align the content words of two documents.

    Parameters
    ----------
    first, second : Document
        In any order: the pair is the same.

    Returns
    -------
    Pair
    """
    a, b = sorted((first, second), key=lambda each: each.key)
    found = align.align(
        [a.words[i] for i in a.aligned],
        [b.words[i] for i in b.aligned],
        a_positions=a.aligned,
        b_positions=b.aligned,
    )
    kept = _believable(a, found.blocks)
    blocks, moved = found.blocks[kept], found.moved[kept]
    return Pair(
        a,
        b,
        blocks,
        moved,
        _cover(blocks[:, [0, 2]], len(a.words)),
        _cover(blocks[:, [1, 2]], len(b.words)),
        found.plain,
    )


def _believable(a: Document, blocks: np.ndarray) -> np.ndarray:
    """Which runs are long or rare enough, or close to one that is."""
    if len(blocks) == 0:
        return np.zeros(0, dtype=bool)
    summed = np.concatenate(([0.0], np.cumsum(a.bits)))
    bits = summed[blocks[:, 0] + blocks[:, 2]] - summed[blocks[:, 0]]
    kept = (blocks[:, 2] >= match_settings.MIN_RUN_WORDS) & (bits >= match_settings.MIN_RUN_BITS)
    # Neighbours in order of the first text; a moved run lies far off in the second.
    gap_a = blocks[1:, 0] - (blocks[:-1, 0] + blocks[:-1, 2])
    gap_b = blocks[1:, 1] - (blocks[:-1, 1] + blocks[:-1, 2])
    near = (
        (gap_a <= match_settings.MAX_GAP_WORDS)
        & (gap_b >= 0)
        & (gap_b <= match_settings.MAX_GAP_WORDS)
    )
    for k in range(1, len(blocks)):
        kept[k] |= bool(near[k - 1] and kept[k - 1])
    for k in range(len(blocks) - 2, -1, -1):
        kept[k] |= bool(near[k] and kept[k + 1])
    return kept


def _cover(runs: np.ndarray, n_words: int) -> np.ndarray:
    edges = np.zeros(n_words + 1, dtype=np.int64)
    np.add.at(edges, runs[:, 0], 1)
    np.add.at(edges, runs[:, 0] + runs[:, 1], -1)
    return np.cumsum(edges[:-1]) > 0


def _share(covered: np.ndarray, among: np.ndarray) -> float:
    total = int(among.sum())
    return float((covered & among).sum() / total) if total else 0.0


@dataclass(frozen=True)
class SentenceMatch:
    """Which sentences of a source the sentences of a target answer to.

    Attributes
    ----------
    lexical : ndarray of shape (n_target, n_source)
        Share of the target sentence's rare words that the source sentence has.
    taken : ndarray of shape (n_target, n_source)
        Share of the source sentence's rare words that the target sentence has.
    semantic : ndarray of shape (n_target, n_source)
        Cosine of the embeddings; NaN where not measured.
    score : ndarray of shape (n_target, n_source)
        What the choice is made by.
    may_match : ndarray of shape (n_target, n_source), bool
        Pairs of sentences that are both of the story, headings apart.
    of_two : ndarray of shape (n_target,)
        Share of the target sentence's rare words that the best two sentences of the
        source have together; NaN where not measured (texts of many sentences).
    stands_for : ndarray of shape (n_target, n_source) or None
        Of texts in two languages: the share of common words that a likeness of meaning stands
        for. None within one language.
    """

    lexical: np.ndarray
    taken: np.ndarray
    semantic: np.ndarray
    score: np.ndarray
    may_match: np.ndarray
    of_two: np.ndarray
    stands_for: np.ndarray | None = None

    @functools.cached_property
    def path(self) -> np.ndarray:
        """The source sentence of each target sentence, -1 for none; shape (n_target,)."""
        return similarity.monotone_path(np.where(self.may_match, self.score, -1.0))


def match_sentences(
    source: Document,
    target: Document,
    source_vectors: np.ndarray | None,
    target_vectors: np.ndarray | None,
) -> SentenceMatch:
    """Match the sentences of `target` to those of `source`.

    Parameters
    ----------
    source, target : Document
    source_vectors, target_vectors : ndarray of shape (n_sentences, d) or None
        Unit rows, NaN for a sentence that was not embedded; None in lexical mode.

    Returns
    -------
    SentenceMatch
    """
    weights = similarity.joined_weights(source.stem_weights, target.stem_weights)
    shared = similarity.overlap(target.bags, source.bags, weights)
    lexical = shared / similarity.totals(target.bags, weights)[:, None]
    taken = shared / similarity.totals(source.bags, weights)[None, :]
    if source_vectors is None or target_vectors is None:
        semantic = np.full(lexical.shape, np.nan)
    else:
        semantic = target_vectors @ source_vectors.T
    # Without an embedding the words stand in for it: the mean cosine of a pair with
    # this overlap, so that the price of a gap keeps its meaning.
    stand_in = np.where(np.isnan(semantic), 0.3 + 0.6 * lexical, semantic)
    score = (
        lexical
        + match_settings.COSINE_WEIGHT * stand_in
        + match_settings.TAKEN_WEIGHT * np.minimum(taken, 1.0)
    )
    usable_source = np.array([role in _MATCHED_ROLES for role in source.roles], dtype=bool)
    usable_target = np.array([role in _MATCHED_ROLES for role in target.roles], dtype=bool)
    of_two = np.full(len(target.stems), np.nan)
    if len(target.stems) <= match_settings.MAX_COVERED:
        for row, stems in enumerate(target.stems):
            of_two[row] = _best_two(stems, source.stems, weights, shared[row])
    return SentenceMatch(
        lexical,
        taken,
        semantic,
        score,
        usable_target[:, None] & usable_source[None, :],
        of_two,
    )


def _best_two(
    stems: frozenset[str],
    sentences: Sequence[frozenset[str]],
    weights: Mapping[str, float],
    shared: np.ndarray,
) -> float:
    """Share of the weight of `stems` that two of the sentences have, the best one's partners."""
    total = max(1.0, sum(weights[stem] for stem in sorted(stems)))
    most = 0.0
    for one in np.argsort(-shared, kind="stable")[: match_settings.MAX_FIRST_OF_TWO]:
        left = stems - sentences[one]
        further = max(
            (sum(weights[stem] for stem in sorted(left & other)) for other in sentences),
            default=0.0,
        )
        most = max(most, float(shared[one]) + further)
    return most / total


# A heading sums up; it is attributed, but does not make two texts relatives.
_MATCHED_ROLES = frozenset({"body", "quote"})
