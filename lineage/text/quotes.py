"""Find what stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import paragraphs

# Fewer words are a name, a title or a scare quote, which every reporter would quote.
MIN_QUOTED_WORDS = 3

_WORD = re.compile(r"[^\W_]+")
_DOUBLE_MARK = re.compile(r"‘‘|’’|``|''|[“”„‟«»\"「」『』]")
_CLOSED_BY = {
    "“": "”\"’’''",
    "„": '“”"',
    "«": "»",
    "»": "«",
    '"': "\"”''",
    "``": "''\"”",
    "‘‘": '’’”"',
    "”": "”",
    "‟": "”",
    "「": "」",
    "『": "』",
}
# A mark that closes as well as it opens opens only before a word, and not after one
# (inches, seconds).
_BEFORE_OPENING = re.compile(r"(?:^|[\s(\[—–/:-])$")
# An apostrophe is no closing mark, so that single marks count only in pairs whose first
# stands before a word and whose last stands after one, or after its full stop.
_SINGLE_OPENING = re.compile(r"(?<![^\s(\[\"“—–-])[‘'‚](?=[^\W_])(?!(?:\d0s|em|til|cause|n)\b)")
_SINGLE_CLOSING = re.compile(r"(?<=[.,!?…])[’'‘](?!\w)|(?<=[^\W_])(?<![sS])[’'](?![\w’'])")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Find what stands between quotation marks.

    Curly, straight, German and French marks, and those of typewriters (``like this''). A
    quotation that goes on over several paragraphs is one span in each. Single marks count
    where they cannot be apostrophes.

    Parameters
    ----------
    text : str
        The supplied text.

    Returns
    -------
    list of tuple of int
        Half-open spans in `text` without the marks, of at least `MIN_QUOTED_WORDS` words,
        in order, not overlapping.
    """
    spans = list(paragraphs.paragraphs(text))
    found: list[tuple[int, int]] = []
    for i, (start, end) in enumerate(spans):
        following = text[slice(*spans[i + 1])].lstrip() if i + 1 < len(spans) else ""
        goes_on = _DOUBLE_MARK.match(following) is not None
        doubles = list(_double(text, start, end, goes_on))
        singles = [
            span
            for span in _single(text, start, end)
            if all(span[1] <= first or span[0] >= last for first, last in doubles)
        ]
        found.extend(sorted([*doubles, *singles]))
    return [span for span in found if len(_WORD.findall(text, *span)) >= MIN_QUOTED_WORDS]


def _double(text: str, start: int, end: int, goes_on: bool) -> Iterator[tuple[int, int]]:
    opened: re.Match[str] | None = None
    for mark in _DOUBLE_MARK.finditer(text, start, end):
        if opened is not None and mark.group() in _CLOSED_BY[opened.group()]:
            yield opened.end(), mark.start()
            opened = None
        elif mark.group() in _CLOSED_BY and _opens(text, mark, start, end):
            # A mark that opens where one is open: the first was never closed.
            opened = mark
    if opened is None:
        return
    # Each paragraph of a long quotation opens it again and only the last closes it. One
    # that is a whole paragraph, or all of it after a colon, lost its closing mark.
    before = text[start : opened.start()].strip()
    begins = before == "" or before.endswith(":")
    if goes_on or begins:
        yield opened.end(), end


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    if mark.end() >= end:
        return False
    if mark.group() in ('"', "”", "»"):
        return _BEFORE_OPENING.search(text[max(start, mark.start() - 1) : mark.start()]) is not None
    return True


def _single(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    reached = start
    for opening in _SINGLE_OPENING.finditer(text, start, end):
        if opening.start() < reached:
            continue
        closing = _SINGLE_CLOSING.search(text, opening.end(), end)
        if closing is not None:
            yield opening.end(), closing.start()
            reached = closing.end()
