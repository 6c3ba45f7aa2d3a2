"""Facts of a sentence that a copy can get wrong: numbers, names, dates, negations."""

from __future__ import annotations

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
_NUMBER_WORDS = {
    name: str(value)
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
_MONTHS = {
    month[:3]: month
    for month in (
        "january february march april may june july august september october november december"
    ).split()
}
NONE = "none"


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in plain digits, in order, words up to twenty included.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        Thousands separators removed: "1,200" is "1200".
    """
    found = []
    for word in words.split_words(text).words:
        if word[0].isdigit():
            grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word)
            found.append(word.replace(",", "") if grouped else word)
        elif word in _NUMBER_WORDS and word != "one":  # "one" is mostly a pronoun
            found.append(_NUMBER_WORDS[word])
    return found


def names(text: str) -> list[str]:
    """Return the capitalised words of a text beyond the start of its sentence.

    Parameters
    ----------
    text : str
        One sentence as supplied.

    Returns
    -------
    list of str
        As written, in order, without duplicates; empty for text in one case, where
        capitals tell nothing.
    """
    if text == text.lower() or text == text.upper():
        return []
    found: dict[str, str] = {}
    first = True
    for match in re.finditer(r"[^\W_]+", text):
        word = match.group()
        if _CAPITALISED.fullmatch(word) and not (first and not word[1:].isupper()):
            found.setdefault(_fold(word), word)
        first = False
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
    notes = []
    there, here = numbers(joined), numbers(target)
    gone = [each for each in dict.fromkeys(there) if each not in here]
    added = [each for each in dict.fromkeys(here) if each not in there]
    if len(gone) == len(added) == 1 or (added and len(added) == len(gone)):
        notes += [f"number {old} -> {new}" for old, new in zip(gone, added, strict=True)]
    else:
        notes += [f"number added: {', '.join(added)}"] if added else []
        notes += [f"number gone: {', '.join(gone)}"] if gone else []
    known = {_fold(word) for word in re.findall(r"[^\W_]+", joined)}
    mine = {_fold(word) for word in re.findall(r"[^\W_]+", target)}
    new_names = [word for word in names(target) if _fold(word) not in known | known_elsewhere]
    lost_names = [word for word in names(joined) if _fold(word) not in mine]
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
