"""Endless words and gaps: they say nothing, and wear down the patterns that read pages."""

from __future__ import annotations

import functools
import re

# The longest words of dictionaries have 80 letters, addresses of pages a few hundred signs. Scripts
# that are written without spaces are not among these letters.
_ENDLESS = re.compile(r"[0-9A-Za-z_\u00c0-\u06ff]{400,}+|(?<=\s)\s{400,}(?=\s)")
_BLANK = "\N{MIDDLE DOT}"


@functools.lru_cache(maxsize=64)
def blank(text: str) -> str:
    """Put dots in the place of words of 400 letters and digits and more, and of such gaps.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Of the same length, so that all else keeps its place.

    Examples
    --------
    >>> blank("so " + "o" * 500 + " long")[:6]
    'so ···'
    >>> blank("so long")
    'so long'
    """
    return _ENDLESS.sub(lambda found: _BLANK * len(found[0]), text)
