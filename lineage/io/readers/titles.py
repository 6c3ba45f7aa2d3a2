"""Titles among the properties of a document: taken only where the text has them too."""

from __future__ import annotations

from collections.abc import Sequence

# A headline stands at the top; a line far down that says the same is something else.
_N_LINES = 10


def confirmed(said: str | None, lines: Sequence[str]) -> str | None:
    """Return a document's title if one of its first lines says the same.

    The title property is filled by programs (a template's name, the first words of an earlier
    text, "Microsoft Word - draft3.doc") and seldom read by anybody: alone it is not to be trusted.

    Parameters
    ----------
    said : str or None
        The property.
    lines : sequence of str
        Lines or paragraphs of the text, in order.

    Returns
    -------
    str or None
        The line as it stands in the text.
    """
    wanted = _fold(said or "")
    if not wanted:
        return None
    for line in lines[:_N_LINES]:
        if _fold(line) == wanted:
            return " ".join(line.split())
    return None


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
