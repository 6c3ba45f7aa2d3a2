"""Facts of a sentence that a copy can get wrong: numbers, names, dates, negations."""

from __future__ import annotations

import decimal
import functools
import re
from collections.abc import Sequence, Set

from .text import normalise, words

_CAPITALISED = re.compile(
    r"[^\W\d_]*[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f][^\W_]*", re.UNICODE
)
_NEGATIONS = frozenset(
    "no not never none neither nor nobody nothing without cannot didn doesn don isn aren wasn "
    "weren hasn haven hadn won wouldn couldn shouldn refuse refused deny denied".split()
)
_UNITS = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    name: 10 * value
    for value, name in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_MONTHS = {
    month[:3]: month
    for month in (
        "january february march april may june july august september october november december"
    ).split()
}
_WORD = re.compile(r"[^\W_]+")
# A title has small words in small letters; so many longer ones, all with capitals, are no chance.
MIN_TITLE_LETTERS = 4
MIN_TITLE_WORDS = 4
NONE = "none"


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in plain digits, in order, number words included.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        "1,200" is "1200", "1.5 million" is "1500000", "twenty-one" is "21". A lone "one"
        is mostly a pronoun and left out.
    """
    tokens = words.split_words(text).words
    found = []
    at = 0
    while at < len(tokens):
        number, n_words = (
            _in_digits(tokens, at) if tokens[at][0].isdigit() else _in_words(tokens, at)
        )
        if number is not None:
            found.append(number)
        at += max(n_words, 1)
    return found


def _in_digits(tokens: Sequence[str], at: int) -> tuple[str | None, int]:
    """The number that starts with digits here, and how many words it takes."""
    written = tokens[at].replace(",", "") if _GROUPED.fullmatch(tokens[at]) else tokens[at]
    if not _PLAIN.fullmatch(written):
        return written, 1
    value = decimal.Decimal(written)
    if at + 1 < len(tokens) and tokens[at + 1] in _SCALES:
        return _plain(value * _SCALES[tokens[at + 1]]), 2
    return _plain(value), 1


def _in_words(tokens: Sequence[str], at: int) -> tuple[str | None, int]:
    """The number that number words make here, and how many words it takes; None, 0 for none."""
    total = group = n_words = 0
    for k in range(at, len(tokens)):
        word = tokens[k]
        tens = group % 100
        if word in _UNITS and (tens == 0 or (tens >= 20 and tens % 10 == 0 and _UNITS[word] < 10)):
            group += _UNITS[word]
        elif word in _TENS and tens == 0:
            group += _TENS[word]
        elif word == "hundred" and group < 20:
            group = max(group, 1) * 100
        elif word in _SCALES:
            total += max(group, 1) * _SCALES[word]
            group = 0
        elif word == "and" and tens == 0 and n_words and _goes_on(tokens, k + 1):
            pass
        else:
            break
        n_words += 1
    if n_words == 0 or (n_words == 1 and tokens[at] == "one"):
        return None, n_words
    return str(total + group), n_words


def _goes_on(tokens: Sequence[str], at: int) -> bool:
    return at < len(tokens) and (tokens[at] in _UNITS or tokens[at] in _TENS)


def _plain(value: decimal.Decimal) -> str:
    return format(value.normalize(), "f")


def names(text: str) -> list[str]:
    """Return the capitalised words of a text beyond the start of its sentence.

    Parameters
    ----------
    text : str
        One sentence as supplied.

    Returns
    -------
    list of str
        As written, in order, without duplicates; empty for text in one case and for a
        title In Which Every Word Is Capitalised, where capitals tell nothing.
    """
    written = _WORD.findall(text)
    long = [word for word in written[1:] if len(word) >= MIN_TITLE_LETTERS]
    is_title = len(long) >= MIN_TITLE_WORDS and all(word[0].isupper() for word in long)
    if text == text.lower() or text == text.upper() or is_title:
        return []
    found: dict[str, str] = {}
    for place, word in enumerate(written):
        if _CAPITALISED.fullmatch(word) and (place > 0 or word[1:].isupper()):
            found.setdefault(_fold(word), word)
    return list(found.values())


def changed(target: str, sources: Sequence[str], *, known_elsewhere: Set[str] = frozenset()) -> str:
    """Say which facts of a sentence differ from those of the sentences it was made from.

    Parameters
    ----------
    target : str
        The sentence.
    sources : sequence of str
        The sentences it was made from.
    known_elsewhere : set of str, optional
        Normalised words of the whole source text: a name that it has elsewhere was not
        invented.

    Returns
    -------
    str
        For example ``"number 640 -> 460; name added: Alder"``; `NONE` when nothing
        differs.
    """
    joined = " ".join(sources)
    if joined == target:
        return NONE
    notes = []
    there, here = numbers(joined), numbers(target)
    gone = [each for each in dict.fromkeys(there) if each not in here]
    added = [each for each in dict.fromkeys(here) if each not in there]
    if len(gone) == len(added) == 1 or (added and len(added) == len(gone)):
        notes += [f"number {old} -> {new}" for old, new in zip(gone, added, strict=True)]
    else:
        notes += [f"number added: {', '.join(added)}"] if added else []
        notes += [f"number gone: {', '.join(gone)}"] if gone else []
    known = {_fold(word) for word in _WORD.findall(joined)}
    mine = {_fold(word) for word in _WORD.findall(target)}
    new_names = [word for word in names(target) if _fold(word) not in known | known_elsewhere]
    named: dict[str, str] = {}
    for word in (name for source in sources for name in names(source)):
        named.setdefault(_fold(word), word)
    lost_names = [word for folded, word in named.items() if folded not in mine]
    notes += [f"name added: {', '.join(new_names)}"] if new_names else []
    notes += [f"name gone: {', '.join(lost_names)}"] if lost_names else []
    if _negated(target) != _negated(joined):
        notes.append("negation added" if _negated(target) else "negation gone")
    return "; ".join(notes) if notes else NONE


def _negated(text: str) -> bool:
    return any(word in _NEGATIONS for word in words.split_words(text).words)


@functools.lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    plain = normalise.normalise(word).text
    return _MONTHS.get(plain[:3], plain) if plain.rstrip(".") in _SHORT_MONTHS else plain


_SHORT_MONTHS = frozenset([*_MONTHS, "sept", *_MONTHS.values()])
