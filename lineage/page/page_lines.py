"""The lines of one text with what is known of each: the state in which a page is read."""

from __future__ import annotations

from collections.abc import Sequence

from ..text import paragraphs, words
from . import boilerplate, bylines, credits, reference_texts


class Layout:
    """Lines of one text and the roles found for them so far.

    Attributes
    ----------
    lines : list of Line
        As `lines_of` gives them.
    roles : list of str or None
        One of ``tables.ROLES``; None is not yet known, and in the end the story itself.
    n_words : list of int
        By white space.
    title : tuple of str
        Words of the title as supplied.
    outlet : str
        As supplied; empty where it is not known.
    is_document : bool
        See `reference_texts.is_document`.
    is_site : bool
        Whether enough lines are no story, by their form, to read the text as a page of a site.
    """

    def __init__(self, text: str, title: str, outlet: str, found: Sequence[credits.Credit]) -> None:
        self.lines = lines_of(text)
        self.roles: list[str | None] = [None] * len(self.lines)
        self.n_words = [len(line.text.split()) for line in self.lines]
        self.title = tuple(words.split_words(title).words)
        self.outlet = outlet
        self.is_document = reference_texts.is_document(self.lines, outlet, found)
        self.is_site = False

    def is_prose(self, i: int) -> bool:
        """Say whether a line can be a paragraph of the story, by its form and its role so far."""
        return self.roles[i] is None and self.has_prose_form(i)

    def has_prose_form(self, i: int) -> bool:
        """Say whether a line has the form of a paragraph, whatever its role."""
        line = self.lines[i].text
        return boilerplate.is_paragraph(line) or (
            not self.is_document and boilerplate.is_told(line)
        )

    def prose(self) -> list[int]:
        """Return the lines that can be paragraphs of the story."""
        return [i for i in range(len(self.lines)) if self.is_prose(i)]


def lines_of(text: str) -> list[bylines.Line]:
    """Return the paragraphs of a text as lines, without white space around them."""
    found: list[bylines.Line] = []
    for start, end in paragraphs.paragraphs(text):
        piece = paragraphs.on_one_line(text, start, end)
        shown = piece.strip()
        begin = start + len(piece) - len(piece.lstrip())
        found.append(bylines.Line(begin, begin + len(shown), shown, len(found)))
    return found
