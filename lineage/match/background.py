"""What is common in a collection: how many of its texts have a word, or some words in a row.

A wire has phrases, headings and forms that a list of words of the language does not know.
Everything here is counted once a collection, at a cost that is linear in its words.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..text import rarity
from . import match_settings
from .document import BODY_ROLES, Document

# Words in a row that are looked up: pairs tell of retelling, runs of copying.
PAIR, RUN = 2, 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_PRIME, _SHIFT = np.uint64(0x100000001B3), np.uint64(29)


@dataclass(frozen=True, eq=False)
class Grams:
    """Distinct words, or words in a row, of one text.

    Attributes
    ----------
    keys : ndarray of shape (n,), uint64
        Hashes, ascending.
    language : ndarray of shape (n,), float64
        Their rarity in the language, in bits.
    n_texts : ndarray of shape (n,), int64
        How many texts of the collection have them.
    """

    keys: np.ndarray
    language: np.ndarray
    n_texts: np.ndarray


@dataclass(frozen=True, eq=False)
class Text:
    """A document in numbers.

    Attributes
    ----------
    key : str
        Its `Document.key`.
    n_words, n_told : int
        Content words; those of them that are its own narration, not what somebody said.
    bits : ndarray of shape (n_words,), float64
        Rarity of each content word in the language, above half of `COMMON_BITS`.
    vocabulary, pairs, runs : Grams
        Distinct content words, pairs of them in a row, and `RUN` of them in a row.
    is_name, is_number, is_fact : ndarray of shape (n_vocabulary,), bool
        Never written small; two digits and more; a number, or a name that has its capital
        inside a sentence.
    run_at : ndarray of shape (n_words - RUN + 1,), int64
        For each place the index in `runs` of the run that begins there.
    is_told : ndarray of shape (n_runs,), bool
        Whether a run stands in the narration somewhere.
    word_told, pair_told : ndarray of shape (n_vocabulary,) and (n_pairs,), bool
        Whether a word, and a pair, stands somewhere that nobody is quoted.
    stems : Grams
        Distinct stems of the sentences of the body.
    sentences : tuple of ndarray of int64
        For each sentence of the body the indices of its stems.
    sentences_told : tuple of ndarray of bool
        Whether each of these stems stands there outside of what somebody said.
    """

    key: str
    n_words: int
    n_told: int
    bits: np.ndarray
    vocabulary: Grams
    pairs: Grams
    runs: Grams
    is_name: np.ndarray
    is_number: np.ndarray
    is_fact: np.ndarray
    run_at: np.ndarray
    is_told: np.ndarray
    word_told: np.ndarray
    pair_told: np.ndarray
    stems: Grams
    sentences: tuple[np.ndarray, ...]
    sentences_told: tuple[np.ndarray, ...]

    @property
    def is_cased(self) -> bool:
        """Whether a name is told from another word by its capital."""
        return bool((self.is_fact & self.is_name).any())


@dataclass(frozen=True, eq=False)
class Background:
    """A collection and what is common in it.

    Attributes
    ----------
    texts : tuple of Text
        In the order of the documents.
    """

    texts: tuple[Text, ...]

    @property
    def n(self) -> int:
        """Number of texts."""
        return len(self.texts)


def build(documents: Sequence[Document]) -> Background:
    """Count what the texts of a collection have in common.

    Parameters
    ----------
    documents : sequence of Document

    Returns
    -------
    Background
    """
    texts = tuple(_compile(each) for each in documents)
    for name in ("vocabulary", "pairs", "runs", "stems"):
        _count([getattr(each, name) for each in texts])
    return Background(texts)


def surprise(language: np.ndarray, n_others: np.ndarray, n: int, most: float) -> np.ndarray:
    """Rarity in the language and in the other texts of a collection together.

    Parameters
    ----------
    language : ndarray
        Bits in the language.
    n_others : ndarray
        How many texts have it beside the two that are compared.
    n : int
        Texts of the collection.
    most : float
        No more bits than this.

    Returns
    -------
    ndarray
        Bits: ``-log2`` of the share of texts with it, the list of the language counting as
        `LANGUAGE_TEXTS` texts; never more than in the language.
    """
    usual = np.minimum(0.5, match_settings.USUAL_WORDS * np.exp2(-language))
    share = (n_others + match_settings.LANGUAGE_TEXTS * usual) / (
        max(0, n - 2) + match_settings.LANGUAGE_TEXTS
    )
    return np.minimum(np.minimum(-np.log2(share), language), most)


def _count(grams: Sequence[Grams]) -> None:
    if len(grams) == 0:
        return
    sizes = [len(each.keys) for each in grams]
    joined = np.concatenate([each.keys for each in grams])
    _, place, counts = np.unique(joined, return_inverse=True, return_counts=True)
    ends = np.cumsum(sizes)
    for each, end, size in zip(grams, ends, sizes, strict=True):
        each.n_texts[:] = counts[place[end - size : end]]


def _compile(document: Document) -> Text:
    at = document.aligned
    spelled = [document.words[i] for i in at]
    words = np.array([_hash(word) for word in spelled], dtype=np.uint64)
    given = zip(spelled, document.bits[at].tolist(), strict=True)
    listed = np.array([_bits(*each) for each in given], dtype=np.float64)
    language = np.minimum(listed, match_settings.MOST_WORD_BITS)
    bits = np.maximum(language - match_settings.BACKGROUND_COMMON_BITS / 2, 0.0)
    told = (document.body & ~document.spoken)[at]
    keys, first, place = np.unique(words, return_index=True, return_inverse=True)
    capital = [document.text[start].isupper() for start in document.starts[at].tolist()]
    # A capital at the beginning of a sentence tells nothing.
    begins = np.zeros(len(document.words), dtype=bool)
    begins[[each[0] for each in document.sentence_words if len(each) > 0]] = True
    n_capital = np.bincount(place, np.array(capital, dtype=bool) & ~begins[at], len(keys))
    n_small = np.bincount(place, ~np.array(capital, dtype=bool), len(keys))
    is_digit = np.array([spelled[k][0].isdigit() for k in first], dtype=bool)
    is_long = np.array([len(spelled[k]) > 1 for k in first], dtype=bool)
    is_name = (n_small == 0) & ~is_digit & (language[first] >= match_settings.NAME_BITS)
    runs, run_at = _grams(words, bits, RUN)
    is_told = np.zeros(len(runs.keys), dtype=bool)
    if len(run_at) > 0:
        n_told = np.convolve(told.astype(np.int64), np.ones(RUN, dtype=np.int64), "valid")
        np.logical_or.at(is_told, run_at, n_told == RUN)
    said = _said(document)
    pairs, pair_at = _grams(words, bits, PAIR)
    unsaid = ~said[at]
    both = unsaid[:-1] & unsaid[1:] if len(pair_at) > 0 else unsaid[:0]
    stems, sentences, sentences_told = _sentences(document, said)
    return Text(
        key=document.key,
        n_words=len(at),
        n_told=int(told.sum()),
        bits=bits,
        vocabulary=_made(keys, language[first]),
        pairs=pairs,
        runs=runs,
        is_name=is_name,
        is_fact=(is_name & (n_capital > 0)) | (is_digit & is_long),
        is_number=is_digit & is_long,
        run_at=run_at,
        is_told=is_told,
        word_told=np.bincount(place[unsaid], minlength=len(keys)) > 0,
        pair_told=np.bincount(pair_at[both], minlength=len(pairs.keys)) > 0,
        stems=stems,
        sentences=sentences,
        sentences_told=sentences_told,
    )


def _bits(word: str, listed: float) -> float:
    """Rarity of a word; of a number by its length, years apart."""
    if not word[0].isdigit() or _YEAR.fullmatch(word) is not None:
        return listed
    return listed + match_settings.DIGIT_BITS * max(0, len(word) - 2)


@functools.lru_cache(maxsize=500_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _made(keys: np.ndarray, language: np.ndarray) -> Grams:
    return Grams(keys, language, np.zeros(len(keys), dtype=np.int64))


def _grams(words: np.ndarray, bits: np.ndarray, size: int) -> tuple[Grams, np.ndarray]:
    """Distinct words in a row, and for each place which of them begins there."""
    length = max(0, len(words) - size + 1)
    hashes = np.zeros(length, dtype=np.uint64)
    for k in range(size):
        hashes = hashes * _PRIME + words[k : k + length]
        hashes ^= hashes >> _SHIFT
    keys, first, place = np.unique(hashes, return_index=True, return_inverse=True)
    summed = np.concatenate(([0.0], np.cumsum(bits)))
    return _made(keys, summed[first + size] - summed[first] if length > 0 else np.zeros(0)), place


def _said(document: Document) -> np.ndarray:
    """Words that somebody is quoted with; none where the text as a whole is what was said."""
    share = (document.spoken & document.body).sum() / max(1, document.n_body)
    return (
        document.spoken
        if share <= match_settings.MAX_SPOKEN
        else np.zeros(len(document.words), dtype=bool)
    )


def _sentences(
    document: Document, said: np.ndarray
) -> tuple[Grams, tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Stems of the sentences of the body, and which of them are told and not only said."""
    stems, told = [], []
    for k, role in enumerate(document.roles):
        if role in BODY_ROLES:
            words_of = document.sentence_words[k]
            own = {rarity.stem(document.words[i]) for i in words_of[~said[words_of]]}
            stems.append(sorted(document.stems[k]))
            told.append(np.array([each in own for each in stems[-1]], dtype=bool))
    flat = [stem for each in stems for stem in each]
    hashes = np.array([_hash(stem) for stem in flat], dtype=np.uint64)
    keys, first, place = np.unique(hashes, return_index=True, return_inverse=True)
    bits = [
        min(rarity.word_bits(flat[k], document.language), match_settings.MOST_WORD_BITS)
        for k in first
    ]
    ends = np.cumsum([len(each) for each in stems])
    found = tuple(np.split(place, ends[:-1])) if stems else ()
    return _made(keys, np.array(bits, dtype=np.float64)), found, tuple(told)
