"""Words that stand in a table where nothing is known: NULL, nan, n/a, a dash."""

from __future__ import annotations

import re

# What databases, programs and people write for a value that is not there, in small letters.
_WORDS = frozenset(
    (
        *"null (null) <null> [null] nil nan nat none (none) <none> na n/a (n/a) n.a. n.a".split(),
        *"<na> #n/a #na \\n undefined k.a.".split(),
        *("k. a.", "not available", "not applicable", "no data"),
    )
)
# Of whom or what is not known; a headline or an id may be such a word.
_UNKNOWN = frozenset(
    ("unknown", "(unknown)", "unknown author", "author unknown", "unbekannt", "inconnu", "tbd")
)
_UNKNOWN_IN = frozenset(("outlet", "byline", "language", "published_at", "url"))
# People are called so; a program writes them small or in capitals.
_NAMES = frozenset(("Null", "Nan", "Na", "Nil"))
# Nothing but marks: dashes, dots, question marks, empty brackets.
_MARKS = re.compile(r"[-–—_.?*/~'\"\s]*|\[\s*\]|\{\s*\}|\(\s*\)")
# What a database writes for a date that is not there.
_NO_DATE = re.compile(r"0000-00-00(?:[T ]00:00(?::00)?Z?)?|00000000(?:000000)?")


def is_placeholder(value: str, column: str) -> bool:
    """Tell whether a value only says that there is none.

    Parameters
    ----------
    value : str
        What stands in the cell.
    column : str
        Column of the articles table: an author may be called Null, a headline may be "Unknown",
        and a text is only missing where nothing else stands in it.

    Returns
    -------
    bool
        True for blank values too.
    """
    text = " ".join(value.split())
    if column == "published_at" and _NO_DATE.fullmatch(text) is not None:
        return True
    if not text or (column != "text" and _MARKS.fullmatch(text) is not None):
        return True
    small = text.lower()
    if column in ("byline", "title") and text in _NAMES:
        return False
    return small in _WORDS or (column in _UNKNOWN_IN and small in _UNKNOWN)
