"""Several articles in one text, divided by a line of the user's choice."""

from __future__ import annotations

import re

from ... import errors

# A line ends as Unix, Windows and old Macs end it; not at the other marks of str.splitlines,
# which stand inside lines.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def check(divider: str) -> str:
    """Bring a divider to the form in which lines are compared with it.

    Parameters
    ----------
    divider : str
        As the user gave it.

    Returns
    -------
    str
        Without space around it.

    Raises
    ------
    UsageError
        If it is blank or more than one line: it would never be found.
    """
    wanted = divider.strip()
    if not wanted or "\n" in wanted or "\r" in wanted:
        raise errors.UsageError(f"divider {divider!r}: give one line with something on it, as ---")
    return wanted


def is_in(text: str, divider: str) -> bool:
    """Tell whether some line of a text is the divider."""
    return any(line.group().strip() == divider for line in _LINE.finditer(text))


def split(text: str, divider: str) -> list[str]:
    """Cut a text at the lines that hold the divider and nothing else.

    Parameters
    ----------
    text : str
        Several articles.
    divider : str
        As `check` returned it; space around it on its line makes no difference.

    Returns
    -------
    list of str
        What stands between, to the character; blank pieces are left out.

    Raises
    ------
    InputError
        If no line is the divider; the message has no file.
    """
    pieces: list[str] = []
    begins = 0
    is_there = False
    for line in _LINE.finditer(text):
        if line.group().strip() != divider:
            continue
        is_there = True
        pieces.append(text[begins : line.start()])
        begins = line.end()
    if not is_there:
        raise errors.InputError(
            f"no line {divider!r} in it that divides articles; correct the divider or leave it out"
        )
    pieces.append(text[begins:])
    return [piece for piece in pieces if piece.strip()]
