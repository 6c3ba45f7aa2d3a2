"""One credit: who is named, where it stands, and what it covers."""

from __future__ import annotations

from dataclasses import dataclass

# What a credit of each kind covers. A dateline speaks of the text, "X reported" of its
# sentence, "told X" of the words that were said there.
COVERS = {
    "dateline": "text",
    "byline_agency": "text",
    "byline": "text",
    "copyright": "text",
    "desk": "text",
    "via_link": "text",
    "contributed": "part",
    "reported": "sentence",
    "release": "sentence",
    "attributed": "sentence",
    "told": "words",
    "quoted": "words",
    "photo": "photo",
    "call_sign": "own",
    "distributor": "nothing",
}
KINDS = tuple(COVERS)


@dataclass(frozen=True)
class Credit:
    """One credit that a text gives.

    Attributes
    ----------
    name : str
        Usual name of the agency or outlet, who issued a release, or the person of a byline or
        desk credit.
    kind : str
        One of `KINDS`.
    start, end : int
        Half-open span in the supplied text, cue words included.
    name_start, name_end : int
        Half-open span of the name itself, without an article; a whole line where several
        names were put together.
    is_own : bool
        Whether the name is that of the publisher of the text.
    """

    name: str
    kind: str
    start: int
    end: int
    name_start: int
    name_end: int
    is_own: bool = False

    @property
    def covers(self) -> str:
        """The ``text``, a ``part`` of it, a ``sentence``, ``words``, a ``photo``, or ``own``."""
        return "own" if self.is_own else COVERS[self.kind]
