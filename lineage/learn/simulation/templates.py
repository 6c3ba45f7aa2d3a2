"""From templates to sentences: synonyms, detail that can be dropped, names and numbers."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping
from typing import Any

# A fact is said in four ways. The first two belong to reporters who do not know of each other;
# somebody who rewrites one of them says it in the third, or the fourth.
N_VOICES = 2

# A number of which so many digits are kept when it is rounded.
_ROUND_DIGITS = 2

_CHOICE = re.compile(r"\[([^\]]*)\]")
_DETAIL = re.compile(r"<([^>]*)>")
_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[A-Za-z]+")
_OPENING = re.compile(r'(^|[\s(—-])"')
_CLOCK = re.compile(r"\b(\d{1,2}) ([ap])\.m\.(?!\w)")

# Choices of synonyms are the digits of one number.
_BASE = 6


@dataclasses.dataclass(frozen=True)
class Fact:
    """One thing to say, and its four wordings."""

    name: str
    say: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Quote:
    """Words that every reporter at the scene heard, and how they are put in reported speech."""

    says: str
    reported: str
    who: str


@dataclasses.dataclass(frozen=True)
class Event:
    """A kind of event with its facts, in the order of importance."""

    name: str
    headlines: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, int]]
    facts: tuple[Fact, ...]
    quotes: tuple[Quote, ...]


@dataclasses.dataclass(frozen=True)
class Stock:
    """All templates and parts of names."""

    events: tuple[Event, ...]
    background: tuple[Fact, ...]
    speech: tuple[str, ...]
    reported: tuple[str, ...]
    names: Mapping[str, Any]


@functools.cache
def stock() -> Stock:
    """Read the packaged templates, once."""
    events = tuple(
        Event(
            each["name"],
            tuple(each["headlines"]),
            {name: tuple(words) for name, words in each.get("words", {}).items()},
            {name: (low, high) for name, (low, high) in each.get("numbers", {}).items()},
            tuple(Fact(fact["name"], tuple(fact["say"])) for fact in each["fact"]),
            tuple(Quote(**quote) for quote in each["quote"]),
        )
        for each in _data("events.toml")["event"]
    )
    background = _data("background.toml")
    (speech,) = background["speech"]
    return Stock(
        events,
        tuple(Fact(fact["name"], tuple(fact["say"])) for fact in background["fact"]),
        tuple(speech["say"]),
        tuple(speech["reported"]),
        _data("names.toml"),
    )


def _data(name: str) -> dict[str, Any]:
    place = importlib.resources.files(__package__) / "data" / name
    return tomllib.loads(place.read_text(encoding="utf-8"))


def fill(
    template: str,
    values: Mapping[str, object],
    *,
    pick: int = 0,
    detail: bool = True,
    rounded: frozenset[str] = frozenset(),
) -> str:
    """Make a sentence from a template.

    Parameters
    ----------
    template : str
        ``[a|b]`` are synonyms, ``<...>`` is detail, ``{name}`` is filled in.
    values : mapping
        Names and numbers.
    pick : int
        Which synonyms: its digits in base 6, one for each choice.
    detail : bool
        Whether the detail stays.
    rounded : frozenset of str
        Numbers that are given roughly.

    Returns
    -------
    str
        Beginning with a capital letter.
    """
    left = pick

    def choose(found: re.Match[str]) -> str:
        nonlocal left
        left, digit = divmod(left, _BASE)
        options = found[1].split("|")
        return options[digit % len(options)]

    def insert(found: re.Match[str]) -> str:
        value = values[found[1]]
        if not isinstance(value, int):
            return str(value)
        return roughly(value) if found[1] in rounded else f"{value:,}"

    # Choices are counted before detail goes, so that a shortened sentence keeps its words.
    text = _CHOICE.sub(choose, template)
    text = _DETAIL.sub(r"\1" if detail else "", text)
    text = _SLOT.sub(insert, text)
    return capital(text)


def capital(text: str) -> str:
    """Return the text with its first letter, behind any quotation mark, in upper case."""
    for position, character in enumerate(text):
        if character.isalnum():
            return text[:position] + character.upper() + text[position + 1 :]
    return text


def roughly(value: int) -> str:
    """Say a number as somebody does who does not care for the last digits."""
    scale = 10 ** max(1, len(str(value)) - _ROUND_DIGITS)
    return f"about {(value + scale // 2) // scale * scale:,}"


def british(text: str) -> str:
    """Apply British spelling and clock times."""
    words = stock().names["british"]

    def turn(found: re.Match[str]) -> str:
        word = found[0]
        other = words.get(word.lower())
        if other is None:
            return word
        return capital(other) if word[0].isupper() else str(other)

    return _CLOCK.sub(r"\1\2m", _WORD.sub(turn, text))


def curly(text: str) -> str:
    """Turn straight quotation marks and apostrophes into curly ones."""
    text = _OPENING.sub("\\1“", text)
    return text.replace('"', "”").replace("'", "’")


def slip(text: str, position: int) -> str:
    """Swap two letters inside one of the longer words, as a hasty hand does."""
    long_words = [found for found in _WORD.finditer(text) if len(found[0]) >= 6]
    if not long_words:
        return text
    at = long_words[position % len(long_words)].start() + 2
    # Two equal letters make no slip: then the next two.
    while text[at] == text[at + 1]:
        at += 1
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
