"""Rules by which one report is made from another, some shortening, some lengthening.

Each takes a document and what a rewriter has at hand and returns another document, or None
where it cannot do anything. None of them tells by length alone which document came first: for
every way to become shorter there is one to become longer.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence

from . import drafts, templates

Document = drafts.Document
Sentence = drafts.Sentence

N_PICKS = 1296


@dataclasses.dataclass
class Desk:
    """What whoever rewrites has at hand.

    Attributes
    ----------
    rng : Random
    voice : int
        Whose wordings the lineage began with.
    fresh : list of (kind, name)
        What nobody of the lineage has told yet. Taken from the end and never told twice, so
        that two texts share what is new only if one has it from the other.
    """

    rng: random.Random
    voice: int
    fresh: list[tuple[str, str]]

    def pick(self) -> int:
        """Draw synonyms."""
        return self.rng.randrange(N_PICKS)

    def tell(self, n: int) -> list[Sentence]:
        """Take up to n things that are new."""
        taken = [self.fresh.pop() for _ in range(min(n, len(self.fresh)))]
        return [Sentence(kind, name, self.own(kind), self.pick()) for kind, name in taken]

    def own(self, kind: str) -> int:
        """Which wording an own sentence has."""
        # Ways to bring a quote in are few and everybody's.
        return self.rng.randrange(4) if kind == drafts.QUOTE else self.voice


Rule = Callable[[Document, Desk], Document | None]


def cut_bottom(document: Document, desk: Desk) -> Document | None:
    """Drop the last paragraphs, as a page that is too short for the text does."""
    n = len(document.paragraphs)
    if n < 4:
        return None
    kept = desk.rng.randint(max(3, n // 3), max(3, n * 3 // 4))
    return dataclasses.replace(document, paragraphs=document.paragraphs[:kept])


def drop_detail(document: Document, desk: Desk) -> Document | None:
    """Drop subordinate detail and a sentence here and there, never the lead."""
    if len(document.sentences) < 5:
        return None
    share = desk.rng.uniform(0.1, 0.3)
    paragraphs = [
        tuple(
            dataclasses.replace(each, detail=each.detail and desk.rng.random() < 0.2)
            for each in paragraph
            if desk.rng.random() >= share
        )
        for paragraph in document.paragraphs[1:]
    ]
    return _with(document, [document.paragraphs[0], *paragraphs])


def condense(document: Document, desk: Desk) -> Document | None:
    """Keep the gist: no detail, quotes in reported speech, half of the sentences."""
    if len(document.sentences) < 6:
        return None
    lead, *others = document.sentences
    n_kept = max(3, round(len(others) * desk.rng.uniform(0.4, 0.7)))
    kept = sorted(desk.rng.sample(range(len(others)), n_kept))
    told = [lead, *(others[k] for k in kept)]
    brief = [dataclasses.replace(each, detail=False, reported=True) for each in told]
    return _with(document, _paragraphs(brief, 2))


def insert_blocks(document: Document, desk: Desk) -> Document | None:
    """Set new paragraphs between those of the text, which stays as it is."""
    blocks = desk.tell(desk.rng.randint(1, 2))
    if not blocks or len(document.paragraphs) < 2:
        return None
    paragraphs = list(document.paragraphs)
    for block in blocks:
        paragraphs.insert(desk.rng.randint(1, len(paragraphs)), (block,))
    return _with(document, paragraphs)


def add_quotes(document: Document, desk: Desk) -> Document | None:
    """Add what people said, in one place."""
    quotes = [each for each in desk.fresh if each[0] == drafts.QUOTE]
    if not quotes:
        return None
    for each in quotes[:1]:
        desk.fresh.remove(each)
    said = [Sentence(kind, name, desk.own(kind), desk.pick()) for kind, name in quotes[:1]]
    paragraphs = list(document.paragraphs)
    paragraphs.insert(desk.rng.randint(1, len(paragraphs)), tuple(said))
    return _with(document, paragraphs)


def add_background(document: Document, desk: Desk) -> Document | None:
    """Add what is known of the place, at the end."""
    facts = desk.tell(desk.rng.randint(1, 3))
    if not facts:
        return None
    return _with(document, [*document.paragraphs, *_paragraphs(facts, 2)])


def update_lead(document: Document, desk: Desk) -> Document | None:
    """Put news of the event on top, and the answer that the earlier text waited for."""
    news = (drafts.EVENT, "update")
    if news not in desk.fresh:
        return None
    desk.fresh.remove(news)
    top = Sentence(*news, desk.voice, desk.pick())
    answered = [
        tuple(
            dataclasses.replace(each, name="answer", pick=desk.pick())
            if (each.kind, each.name) == (drafts.EVENT, "waiting")
            else each
            for each in paragraph
        )
        for paragraph in document.paragraphs
    ]
    return _with(document, [(top,), *answered])


def paraphrase(document: Document, desk: Desk) -> Document | None:
    """Say most of it in other words: another wording of the fact, or other synonyms."""
    share = desk.rng.uniform(0.4, 0.95)

    def turn(each: Sentence) -> Sentence:
        if desk.rng.random() > share:
            return each
        if each.kind == drafts.QUOTE:
            # Quoted words stay; who said them is brought in otherwise.
            return dataclasses.replace(each, wording=(each.wording + 1) % 4, pick=desk.pick())
        if each.wording < templates.N_VOICES and desk.rng.random() < 0.7:
            return dataclasses.replace(
                each, wording=each.wording + templates.N_VOICES, pick=desk.pick()
            )
        return dataclasses.replace(each, pick=desk.pick())

    return _with(document, [tuple(map(turn, paragraph)) for paragraph in document.paragraphs])


def round_numbers(document: Document, desk: Desk) -> Document | None:
    """Give some numbers roughly; what has been rounded stays so further down."""
    exact = sorted(set(document.world.event.numbers) - document.rounded)
    if not exact:
        return None
    some = desk.rng.sample(exact, desk.rng.randint(1, len(exact)))
    return dataclasses.replace(document, rounded=document.rounded | set(some))


def house_style(document: Document, desk: Desk) -> Document | None:
    """Apply the publisher's spelling and quotation marks; never undone by a publisher without."""
    british = document.british or document.outlet.british
    curly = document.curly or document.outlet.curly
    if (british, curly) == (document.british, document.curly):
        return None
    return dataclasses.replace(document, british=british, curly=curly)


def new_headline(document: Document, desk: Desk) -> Document | None:
    """Choose another headline."""
    others = [k for k in range(len(document.world.event.headlines)) if k != document.headline]
    return dataclasses.replace(document, headline=desk.rng.choice(others))


def move_paragraph(document: Document, desk: Desk) -> Document | None:
    """Put a later paragraph higher up."""
    n = len(document.paragraphs)
    if n < 4:
        return None
    paragraphs = list(document.paragraphs)
    moved = paragraphs.pop(desk.rng.randint(2, n - 1))
    paragraphs.insert(1, moved)
    return _with(document, paragraphs)


def make_slip(document: Document, desk: Desk) -> Document | None:
    """Let a letter slip in one sentence; it is handed on until somebody mends it."""
    whole = [each for each in document.sentences if each.slip is None]
    if not whole:
        return None
    wrong = desk.rng.choice(whole)
    slipped = dataclasses.replace(wrong, slip=desk.rng.randrange(100))
    return _with(
        document,
        [tuple(slipped if each == wrong else each for each in p) for p in document.paragraphs],
    )


def mend_slips(document: Document, desk: Desk) -> Document | None:
    """Set every slip right."""
    if all(each.slip is None for each in document.sentences):
        return None
    return _with(
        document,
        [tuple(dataclasses.replace(each, slip=None) for each in p) for p in document.paragraphs],
    )


SHORTER: tuple[Rule, ...] = (cut_bottom, drop_detail, condense)
LONGER: tuple[Rule, ...] = (insert_blocks, add_quotes, add_background, update_lead)
EITHER: tuple[Rule, ...] = (
    paraphrase,
    round_numbers,
    house_style,
    new_headline,
    move_paragraph,
    make_slip,
    mend_slips,
)


def fuse(one: Document, other: Document, desk: Desk) -> Document:
    """Weave two reports of one event into one: some of each, the other's after the one's lead.

    Parameters
    ----------
    one, other : Document
        Of the same world.
    desk : Desk

    Returns
    -------
    Document
        With sentences of both; what both tell is told once.
    """
    lead, *rest = one.sentences
    told = {(lead.kind, lead.name)}
    chosen = [lead]
    queues = [list(reversed(other.sentences[1:])), list(reversed(rest))]
    while any(queues):
        for queue in queues:
            # In turn the next thing of each that has not been told.
            while queue:
                each = queue.pop()
                if (each.kind, each.name) not in told:
                    told.add((each.kind, each.name))
                    chosen.append(each)
                    break
    n_kept = max(6, round(len(chosen) * desk.rng.uniform(0.6, 0.9)))
    return dataclasses.replace(
        one,
        paragraphs=tuple(_paragraphs(chosen[:n_kept], 2)),
        headline=desk.rng.randrange(len(one.world.event.headlines)),
        rounded=one.rounded | other.rounded,
    )


def _with(document: Document, paragraphs: Sequence[tuple[Sentence, ...]]) -> Document:
    return dataclasses.replace(document, paragraphs=tuple(each for each in paragraphs if each))


def _paragraphs(sentences: Sequence[Sentence], size: int) -> list[tuple[Sentence, ...]]:
    return [tuple(sentences[k : k + size]) for k in range(0, len(sentences), size)]
