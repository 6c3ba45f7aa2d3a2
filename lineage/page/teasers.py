"""Tell texts that show only the beginning of a story: teasers, paywalled pages, cut feed items."""

from __future__ import annotations

import re

from ..text import paragraphs

# Where the rest of a page is behind a wall, the lines that say so are its last.
_MAX_LINES_AFTER_STORY = 8
# A longer line that has these words is a sentence of a story about such things.
_MAX_PROMPT_WORDS = 30
# A longer text with a button at its end is a whole story with a link to another.
_MAX_TEASER_WORDS = 150
# What may stand below the cut: labels and buttons.
_MAX_LABEL_WORDS = 3
# Two or three words and three dots are a manner of speaking.
_MIN_CUT_WORDS = 6

# What is only said of the rest of this very text.
_WALL = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|log ?in|register|join|pay)\b[^.!?]{0,40}\bto "
    r"(?:continue|keep|go on|finish|read|access|unlock|view)\b"
    r"|\bto (?:continue|keep|go on) reading\b|\bto (?:read|access|unlock|view) (?:the (?:full|"
    r"whole|complete|rest|entire)|this (?:full )?(?:article|story))\b"
    r"|\b(?:this|the|full|an?) (?:article|story|content|text|page) is (?:only )?(?:for|"
    r"available to|exclusive to|reserved for) (?:our |paying |registered |premium )*(?:"
    r"subscribers|members|readers)\b|\balready an? (?:subscriber|member)\?"
    r"|\b(?:subscribers|members)[- ]only\b"
    r"|\byou have (?:reached|used|read) [^.]{0,40}\bfree (?:articles?|stories)\b"
    r"|\barticle réservé aux abonnés\b|\bréservé à nos abonnés\b"
    r"|\bil vous reste \d+\s?% de cet article"
    r"|\bdéjà abonnée?\b|\babonnez-vous pour\b|\bnur für abonnent|\bbereits abonnent\b"
    r"|\bum (?:den artikel |diesen artikel )?weiterzulesen\b|\bjetzt (?:abonnieren|testen) und\b",
    re.IGNORECASE,
)
# A button, which also stands under a whole story.
_BUTTON = re.compile(
    r"\W*(?:continue reading|read (?:the )?(?:full|whole|rest|entire|complete)\b.{0,60}|"
    r"keep reading|read more|(?:click|tap) (?:here )?(?:to|for) (?:read|more|"
    r"the (?:full|rest)).{0,40}|(?:full|the rest of the) (?:story|article)(?: here)?|"
    r"weiterlesen|mehr lesen|jetzt weiterlesen|lire (?:la suite|plus))"
    r"(?:\s(?:on|at|in|here|auf|bei|sur)\b.{0,40})?\W*",
    re.IGNORECASE,
)
# "...", "[…]", "… [+2140 chars]", and what blogs add to an excerpt.
_CUT = re.compile(
    r"(?P<cut>(?:\.{3}|…|\[(?:\.{3}|…)\]))\s*(?:\[\+\d+ chars?\]|(?:continue reading|read more|"
    r"more|weiterlesen|lire la suite)\W*|the post\b.{0,200}\bappeared first on\b.{0,80})?$",
    re.IGNORECASE | re.DOTALL,
)


def sign_of_teaser(text: str) -> str | None:
    """Say by what a text looks like the mere beginning of a story.

    Parameters
    ----------
    text : str
        The supplied text.

    Returns
    -------
    str or None
        The words of the text that show it; None if it looks whole.
    """
    lines = [
        paragraphs.on_one_line(text, start, end).strip()
        for start, end in paragraphs.paragraphs(text)
    ]
    n_words = sum(len(line.split()) for line in lines)
    is_last = True
    for line in reversed(lines[-_MAX_LINES_AFTER_STORY:]):
        n_here = len(line.split())
        cut = _CUT.search(line)
        if cut is not None and n_here >= _MIN_CUT_WORDS and is_last:
            return cut["cut"]
        if n_here > _MAX_PROMPT_WORDS:
            return None
        is_last = is_last and n_here <= _MAX_LABEL_WORDS
        wall = _WALL.search(line)
        if wall is not None:
            return wall.group()
        if n_words <= _MAX_TEASER_WORDS and len(lines) > 1 and _BUTTON.fullmatch(line) is not None:
            return line
    return None
