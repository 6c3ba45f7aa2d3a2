"""A simulated report before it is words: what it says, in which wording, in whose style."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from . import templates

EVENT, BACKGROUND, QUOTE = "event", "background", "quote"


@dataclasses.dataclass(frozen=True)
class World:
    """What a story is about: the event, and its names and numbers."""

    event: templates.Event
    values: Mapping[str, object]


@dataclasses.dataclass(frozen=True)
class Outlet:
    """A publisher with its house style; all of its pages carry the same boilerplate."""

    name: str
    british: bool
    curly: bool
    blank_lines: bool
    head: tuple[str, ...]
    foot: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Sentence:
    """One sentence.

    Attributes
    ----------
    kind, name : str
        Which fact or quote.
    wording : int
        Which of its four wordings.
    pick : int
        Which synonyms in it.
    detail : bool
        Whether its detail is told.
    reported : bool
        Whether a quote stands in reported speech.
    slip : int or None
        Where a letter is out of place.
    """

    kind: str
    name: str
    wording: int
    pick: int
    detail: bool = True
    reported: bool = False
    slip: int | None = None


@dataclasses.dataclass(frozen=True)
class Document:
    """A report as a list of paragraphs, with its head, credits and style."""

    world: World
    headline: int
    paragraphs: tuple[tuple[Sentence, ...], ...]
    outlet: Outlet
    rounded: frozenset[str] = frozenset()
    british: bool = False
    curly: bool = False
    boilerplate: bool = False
    dateline: str | None = None
    byline: str | None = None
    last_line: str | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(each for paragraph in self.paragraphs for each in paragraph)

    def tells(self) -> set[tuple[str, str]]:
        """Return kind and name of everything told."""
        return {(each.kind, each.name) for each in self.sentences}


def say(sentence: Sentence, document: Document) -> str:
    """Put one sentence of a document into words, its house style aside."""
    world = document.world
    stock = templates.stock()
    values = dict(world.values)
    if sentence.kind == QUOTE:
        quote = world.event.quotes[int(sentence.name)]
        spoken = quote.reported if sentence.reported else quote.says.rstrip(".")
        values |= {
            "words": spoken,
            "who": values[quote.who],
            "role": values[f"{quote.who}_role"],
        }
        template = (stock.reported if sentence.reported else stock.speech)[sentence.wording]
    else:
        facts = stock.background if sentence.kind == BACKGROUND else world.event.facts
        (fact,) = (each for each in facts if each.name == sentence.name)
        template = fact.say[sentence.wording]
    text = templates.fill(
        template,
        values,
        pick=sentence.pick,
        detail=sentence.detail,
        rounded=document.rounded,
    )
    return text if sentence.slip is None else templates.slip(text, sentence.slip)


def title(document: Document) -> str:
    """Return the headline in the document's style."""
    template = document.world.event.headlines[document.headline]
    return _styled(templates.fill(template, document.world.values), document)


def body(document: Document) -> list[str]:
    """Return the paragraphs in words, in the document's style."""
    return [
        _styled(" ".join(say(each, document) for each in paragraph), document)
        for paragraph in document.paragraphs
    ]


def text(document: Document) -> str:
    """Return the page as it is published: boilerplate, headline, credits, paragraphs."""
    paragraphs = body(document)
    if document.dateline is not None:
        paragraphs[0] = document.dateline + paragraphs[0]
    lines = [*document.outlet.head] if document.boilerplate else []
    lines.append(title(document))
    lines += [] if document.byline is None else [document.byline]
    lines += paragraphs
    lines += [] if document.last_line is None else [document.last_line]
    lines += [*document.outlet.foot] if document.boilerplate else []
    return ("\n\n" if document.outlet.blank_lines else "\n").join(lines) + "\n"


def n_words(document: Document) -> int:
    """Count the words of the paragraphs."""
    return sum(len(each.split()) for each in body(document))


def _styled(said: str, document: Document) -> str:
    if document.british:
        said = templates.british(said)
    return templates.curly(said) if document.curly else said
