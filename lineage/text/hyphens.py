"""Tell words that are divided at the end of a line from those with a hyphen of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SOFT = "\N{SOFT HYPHEN}"
_DIVIDED = re.compile(
    rf"(?P<first>[^\W\d_]{{1,60}})(?P<gap>[-{_SOFT}\N{{HYPHEN}}][ \t]{{0,60}}(?:\r\n"
    rf"|[\n\r])[ \t>]{{0,60}})"
    r"(?=(?P<rest>[^\W\d_]{1,60}))"
)
_LINE_END = re.compile(r"[\n\r]")

# In which a divided word is looked up; the words decide, whatever language the text is in.
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl")


def find_divisions(text: str) -> Iterator[tuple[int, int]]:
    """Yield what divides a word at the end of a line: hyphen, line end, indent.

    Parameters
    ----------
    text : str
        The supplied text.

    Yields
    ------
    tuple of int
        Half-open span in `text`, from the hyphen to the rest of the word.
    """
    if _LINE_END.search(text) is None:
        return
    for match in _DIVIDED.finditer(text):
        is_soft = match["gap"][0] == _SOFT
        if is_soft or is_one_word(match["first"], match["rest"]):
            yield match.span("gap")


def is_one_word(first: str, rest: str) -> bool:
    """Tell "dam-age" from "well-known".

    A known word whole is one. If it is not known, as a name may be, two halves that are known
    words are two, and all else is one; before a capital the hyphen belongs to the word.

    Parameters
    ----------
    first, rest : str
        What stands before the hyphen and after the line end.

    Returns
    -------
    bool
    """
    if not rest[0].islower():
        return False
    return _is_known(first + rest) or not (_is_known(first) and _is_known(rest))


def _is_known(word: str) -> bool:
    import wordfreq

    return any(
        word.lower() in wordfreq.get_frequency_dict(language, "small") for language in _LANGUAGES
    )
