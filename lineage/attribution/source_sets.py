"""Which few source sentences together explain a sentence: words, meaning, at a price for each."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..weights import loader
from . import attribution_settings

# What the weights file must say; another version needs another program.
VERSION = 1


@dataclass(frozen=True)
class Weights:
    """What makes a set of source sentences worth choosing; `fit_source_sets` fits it.

    Attributes
    ----------
    words : float
        Worth of the share of the sentence's rare words that they have together. Each
        source adds its cosine and the share of its own rare words that were taken, both
        as `similarity` weighs them.
    pairs : float
        Worth of the share of the sentence's word pairs that a source has.
    price : float
        Of each source.
    gain_of_two, gain_of_three : float
        What each source of two, and of three, must explain that the others do not.
        Sentences made from three are rare, and a third that fits by accident is found
        easily.
    fitted_on : mapping
        Names of files and stories with their sha256, numbers of cases and texts.
    """

    words: float
    pairs: float
    price: float
    gain_of_two: float
    gain_of_three: float
    fitted_on: Mapping[str, Any]


_NUMBERS = ("words", "pairs", "price", "gain_of_two", "gain_of_three")


@functools.cache
def load() -> Weights:
    """Return the weights that ship with the package."""
    return from_dict(loader.read("source_sets.json"), "source_sets.json")


def from_dict(values: Mapping[str, Any], where: str) -> Weights:
    """Make weights from the contents of a weights file.

    Parameters
    ----------
    values : mapping
        As `to_dict` writes them.
    where : str
        Name of the file, for messages.

    Returns
    -------
    Weights

    Raises
    ------
    ConfigError
        If the version is another one, or a number is missing or unknown.
    """
    numbers = loader.numbers(values, VERSION, _NUMBERS, where)
    return Weights(**numbers, fitted_on=values["fitted_on"])


def to_dict(weights: Weights) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    numbers = {name: round(float(getattr(weights, name)), 4) for name in _NUMBERS}
    return {"version": VERSION, "fitted_on": dict(weights.fitted_on), **numbers}


def choose(
    weights: np.ndarray, has: np.ndarray, worth: np.ndarray, fitted: Weights | None = None
) -> tuple[int, ...]:
    """Choose the one, two or three sources that explain a sentence best.

    Parameters
    ----------
    weights : ndarray of shape (n_words,)
        Share of each distinct word in the sentence's rare words; they sum to one.
    has : ndarray of shape (n_sources, n_words)
        How far each source has each word, in [0, 1].
    worth : ndarray of shape (n_sources,)
        What a source is worth beyond the words it covers, its price included.
    fitted : Weights, optional
        The packaged ones where left out.

    Returns
    -------
    tuple of int
        Ascending; empty when there are no sources. Of sets equally good, the smaller, then the
        one that comes first.

    Notes
    -----
    Weighted set cover with a price for each set, solved by looking at every set of up to
    three among the `MAX_CANDIDATES` best single ones.

    References
    ----------
    .. [1] V. Chvatal, "A greedy heuristic for the set-covering problem", 1979.
    .. [2] L. Lebanoff et al., "Understanding points of correspondence between sentences
       for abstractive summarization", ACL SRW 2020 (sentences fused from two).
    """
    if len(worth) == 0:
        return ()
    by = load() if fitted is None else fitted
    alone = by.words * (has @ weights) + worth
    kept = np.sort(np.argsort(-alone, kind="stable")[: attribution_settings.MAX_CANDIDATES])
    has, worth, alone = has[kept], worth[kept], alone[kept]
    best: tuple[int, ...] = (int(alone.argmax()),)
    most = float(alone.max())
    single = has @ weights
    both = np.maximum(has[:, None], has[None, :]) @ weights
    gain = both - np.maximum(single[:, None], single[None, :])
    value = by.words * both + worth[:, None] + worth[None, :]
    value[(gain < by.gain_of_two) | _not_ascending(value.shape)] = -np.inf
    if value.max(initial=-np.inf) > most:
        best = tuple(int(k) for k in np.unravel_index(value.argmax(), value.shape))
        most = float(value.max())
    if len(kept) > attribution_settings.PAIR:
        three = (
            np.maximum(np.maximum(has[:, None, None], has[None, :, None]), has[None, None, :])
            @ weights
        )
        gain = three - np.maximum(np.maximum(both[:, :, None], both[:, None, :]), both[None, :, :])
        value = (
            by.words * three + worth[:, None, None] + worth[None, :, None] + worth[None, None, :]
        )
        value[(gain < by.gain_of_three) | _not_ascending(value.shape)] = -np.inf
        if value.max(initial=-np.inf) > most:
            best = tuple(int(k) for k in np.unravel_index(value.argmax(), value.shape))
    return tuple(int(kept[k]) for k in best)


def _not_ascending(shape: tuple[int, ...]) -> np.ndarray:
    """True where the indices of a set are not in ascending order, each once."""
    places = np.indices(shape)
    return np.asarray((places[1:] <= places[:-1]).any(axis=0))


def value(weights: np.ndarray, has: np.ndarray, worth: np.ndarray, chosen: Sequence[int]) -> float:
    """Return what a set of sources is worth, by the weights above.

    Parameters
    ----------
    weights, has, worth : ndarray
        As in `choose`.
    chosen : sequence of int
        Indices of the sources.

    Returns
    -------
    float
        Zero for none.
    """
    members = list(chosen)
    if not members:
        return 0.0
    covered = float(has[members].max(axis=0) @ weights)
    return load().words * covered + float(worth[members].sum())


def margins(
    weights: np.ndarray,
    has: np.ndarray,
    worth: np.ndarray,
    chosen: Sequence[int],
    text: np.ndarray | None = None,
) -> list[float]:
    """Return by how much each chosen source beats the best other one in its place.

    Parameters
    ----------
    weights, has, worth : ndarray
        As in `choose`.
    chosen : sequence of int
    text : ndarray of shape (n_sources,), optional
        Which text each source is of. A source is held against those of its own text: which
        text it was is another question.

    Returns
    -------
    list of float
        In units of the worth of a set; against nothing where there is no other source.
    """
    whole = value(weights, has, worth, chosen)
    of_text = np.zeros(len(worth), dtype=np.int64) if text is None else text
    is_other = np.ones(len(worth), dtype=bool)
    is_other[list(chosen)] = False
    found = []
    for member in chosen:
        others = np.flatnonzero(is_other & (of_text == of_text[member]))
        rest = [k for k in chosen if k != member]
        second = value(weights, has, worth, rest)
        if len(others):
            left = has[rest].max(axis=0) if rest else np.zeros(len(weights))
            covered = np.maximum(has[others], left) @ weights
            swapped = load().words * covered + worth[others] + float(worth[rest].sum())
            second = max(second, float(swapped.max()))
        found.append(whole - second)
    return found


def families(stems: Sequence[str]) -> dict[str, list[str]]:
    """Group words by their first letters, for `has_word`.

    Parameters
    ----------
    stems : sequence of str

    Returns
    -------
    dict of str to list of str
    """
    found: dict[str, list[str]] = {}
    for stem in stems:
        if len(stem) >= attribution_settings.FAMILY_LETTERS:
            found.setdefault(stem[: attribution_settings.FAMILY_LETTERS], []).append(stem)
    return found


def has_word(stem: str, stems: frozenset[str], beginnings: Mapping[str, Sequence[str]]) -> float:
    """Say how far a sentence has a word: itself, or one of its family.

    Parameters
    ----------
    stem : str
        The word sought.
    stems : frozenset of str
        Words of the sentence.
    beginnings : mapping of str to sequence of str
        The same by `families`.

    Returns
    -------
    float
        1 for the word, `FAMILY_WORTH` for a relative, else 0.
    """
    if stem in stems:
        return 1.0
    if len(stem) < attribution_settings.FAMILY_LETTERS:
        return 0.0
    for other in beginnings.get(stem[: attribution_settings.FAMILY_LETTERS], ()):
        alike = 0
        for mine, its in zip(stem, other, strict=False):
            if mine != its:
                break
            alike += 1
        if alike >= attribution_settings.FAMILY_SHARE * max(len(stem), len(other)):
            return attribution_settings.FAMILY_WORTH
    return 0.0


__all__ = [
    "Weights",
    "choose",
    "families",
    "from_dict",
    "has_word",
    "load",
    "margins",
    "to_dict",
    "value",
]
