"""Signal of hidden marks: characters that nobody sees, and that came along in copying."""

from __future__ import annotations

from ..match.document import Document, once
from ..text import hidden_characters
from . import evidence_settings
from .row import Evidence

SIGNAL = "hidden_marks"


@once
def of_document(document: Document) -> tuple[hidden_characters.Mark, ...]:
    """Return the hidden characters of a text, see `text.hidden_characters.find`."""
    return hidden_characters.find(document.text)


def signals(source: Document, target: Document) -> list[Evidence]:
    """Say which hidden characters two texts have in common.

    Parameters
    ----------
    source, target : Document

    Returns
    -------
    list of Evidence
        One row about the link or none; of the direction it says nothing, since whoever has
        them has them from the same place.
    """
    found = hidden_characters.shared(of_document(source), of_document(target))
    if found is None:
        return []
    here, there, n = found
    what = (
        hidden_characters.C2PA
        if here.kind == hidden_characters.C2PA
        else "sequence of hidden characters"
    )
    return [
        Evidence(
            SIGNAL,
            "link",
            evidence_settings.HIDDEN_MARKS_BITS,
            f"the same {what}, {n} characters, is in both",
            (here.start, here.end),
            (there.start, there.end),
        )
    ]
