"""How much a word tells: its rarity in general language, and its stem."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

import numpy as np

# Words that the frequency list does not have are rarer than its last entry, about
# once in 2 million words (21 bits).
UNLISTED_BITS = 21.0
# Numbers are not in the list. One digit is as common as a function word; a longer
# number tells about as much as a name that is well known.
ONE_DIGIT_BITS = 6.0
NUMBER_BITS = 11.0
# In scripts without spaces, from Thai on, each letter is cut as a word, of which it takes two or
# so: a word of the rarest is worth two letters of this.
FIRST_UNSPACED = 0x0E00
LETTER_BITS = UNLISTED_BITS / 2


@functools.cache
def _frequencies(language: str) -> dict[str, float]:
    import wordfreq

    listed = wordfreq.available_languages("small")
    return wordfreq.get_frequency_dict(language if language in listed else "en", wordlist="small")


@functools.cache
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=200_000)
def word_bits(word: str, language: str | None = None) -> float:
    """Return the surprisal of a word in a language at large, in bits.

    Parameters
    ----------
    word : str
        One word in normalised form.
    language : str, optional
        Code of two letters; English where it is not known or has no list.

    Returns
    -------
    float
        ``-log2`` of its relative frequency; between about 4 ("the") and 21.

    References
    ----------
    .. [1] R. Speer, "wordfreq", 2022, doi:10.5281/zenodo.7199437.
    """
    if word[0].isdigit():
        return ONE_DIGIT_BITS if len(word) == 1 else NUMBER_BITS
    frequency = _frequencies(language or "en").get(word)
    found = UNLISTED_BITS if frequency is None else -math.log2(frequency)
    is_letter = len(word) == 1 and ord(word) >= FIRST_UNSPACED
    return min(found, LETTER_BITS) if is_letter else found


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of an English word, so that "programmes" meets "program".

    Parameters
    ----------
    word : str
        One word in normalised form.

    Returns
    -------
    str

    References
    ----------
    .. [1] M. F. Porter, "Snowball: a language for stemming algorithms", 2001.
    """
    return str(_stemmer().stemWord(word))  # type: ignore[attr-defined]


def bits(words: Iterable[str], language: str | None = None) -> np.ndarray:
    """Return `word_bits` of each word, shape (n_words,), float64."""
    return np.array([word_bits(word, language) for word in words], dtype=np.float64)
