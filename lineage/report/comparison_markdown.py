"""The word difference of two texts as Markdown, for mails, issues and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from . import differences, phrases

# What Markdown reads as more than itself, within a line.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
# At the start of a line also a list, a number of one, a rule, a heading that is underlined.
_STARTS = re.compile(r"^([^\S\n]*+)([-+=]|\d++(?=[.)]))", re.MULTILINE)
_MARKS = {"removed": ("~~", "~~"), "added": ("**", "**"), "plain": ("", "")}


def page(older: Any, newer: Any, verdict: Sequence[str]) -> str:
    """Set the difference of two texts as Markdown.

    Parameters
    ----------
    older, newer : row of the articles table
        The likelier source first.
    verdict : sequence of str
        Lines that say what was found; the first is the answer.

    Returns
    -------
    str
        Words of the older text alone are struck through, words of the newer alone are bold.
    """
    first, *others = [phrases.one_line(line) for line in verdict]
    lines = [f"**{_escaped(first)}**", ""]
    lines += [f"- {_escaped(line)}" for line in others]
    segments = differences.word_differences(older.text, newer.text)
    runs = differences.runs(segments, older.text, newer.text)
    lines += [
        "",
        f"Words: ~~only in {_escaped(phrases.name(older))}~~ "
        f"**only in {_escaped(phrases.name(newer))}**",
        "",
        *_paragraphs("".join(_marked(*run) for run in runs)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _marked(text: str, style: str) -> str:
    """Marks stand right at the words; those of two lines are two, since a mark ends with one."""
    opening, closing = _MARKS[style]
    return "\n".join(
        re.sub(
            r"^(\s*)(.*?)(\s*)$",
            lambda found: (
                f"{found[1]}{opening}{_escaped(found[2])}{closing}{found[3]}"
                if found[2]
                else found[0]
            ),
            line,
        )
        for line in phrases.clean(text).split("\n")
    )


def _paragraphs(text: str) -> list[str]:
    """Each line of the text is a paragraph."""
    shown = [" ".join(line.split()) for line in text.split("\n")]
    return [part for line in shown if line for part in (_STARTS.sub(r"\1\\\2", line), "")]


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
