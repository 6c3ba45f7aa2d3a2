"""Words of bylines, credits and releases in each language, as parts of regular expressions."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...weights import loader

LANGUAGES = ("en", "de", "fr", "it", "es", "nl")
# A sentence in one language has words of others in names: a language is taken for one of the
# text where a sentence has two of its small words, and of no other more.
_LEAST_WORDS = 2
_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(r"[^\W\d_]+")


def words(language: str) -> Mapping[str, Any]:
    """Return the word lists of a language, by section and name.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`; of bylines, any of `detection.LISTED`.

    Returns
    -------
    mapping of str to mapping
        As the language's file has them.
    """
    return loader.read_toml(__package__, f"{language}.toml")


def any_of(entries: Sequence[str]) -> str:
    """Return a regular expression for any of some entries, longer ones first.

    Parameters
    ----------
    entries : sequence of str
        Regular expressions in which a blank is any white space.

    Returns
    -------
    str
        In a group of its own; matches nothing where there are no entries.
    """
    if len(entries) == 0:
        return r"(?!)"
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(map(_bounded, ordered)) + ")"


def _bounded(entry: str) -> str:
    """Allow as much white space and as long words as texts have, and no longer runs.

    A pattern that begins with a run of any length is tried anew at each character of the run.
    """
    spaced = entry.replace(" ", r"\s{1,60}")
    return spaced.replace(r"\w*", r"\w{0,60}").replace(r"\w+", r"\w{1,60}")


def of_pages(name: str) -> str:
    """Return a regular expression for what pages of any language say around a story.

    Parameters
    ----------
    name : str
        Of a list in the section ``page``.

    Returns
    -------
    str
        In a group of its own.
    """
    return any_of([entry for each in LANGUAGES for entry in words(each)["page"][name]])


def article(entries: Sequence[str]) -> str:
    """Return a regular expression for an article and the space behind it, if it has one."""
    spaced = [entry if entry.endswith(r"\s?") else entry + " " for entry in entries]
    return f"(?i:{any_of(spaced)})"


@functools.lru_cache(maxsize=4096)
def languages_of(text: str) -> tuple[str, ...]:
    """Say whose words a text has, by its small words.

    This asks which word lists are worth a look. A text without any small words, such as a
    line of names, may be in each of them.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str
        Of `LANGUAGES`, in their order.
    """
    found: set[str] = set()
    any_words = False
    for sentence in _SENTENCE.findall(text):
        words_of = [word.casefold() for word in _WORD.findall(sentence)]
        counts = {each: sum(word in _small(each) for word in words_of) for each in LANGUAGES}
        most = max(counts.values())
        any_words = any_words or most > 0
        if most >= _LEAST_WORDS:
            found |= {each for each in LANGUAGES if counts[each] == most}
    if not found and any_words:
        found = {each for each in LANGUAGES if _has_small(text, each)}
    return tuple(each for each in LANGUAGES if each in found) or LANGUAGES


def is_small(word: str, language: str) -> bool:
    """Say whether a word is one of the small words by which a language is told."""
    return word.casefold() in _small(language)


def _has_small(text: str, language: str) -> bool:
    return any(word.casefold() in _small(language) for word in _WORD.findall(text))


@functools.lru_cache(maxsize=len(LANGUAGES))
def _small(language: str) -> frozenset[str]:
    return frozenset(words(language)["small_words"])
