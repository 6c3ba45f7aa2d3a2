"""Which facts of a sentence differ from those of the sentences it was made from."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from ..text import rarity
from . import (
    fact_settings,
    grammar,
    name_changes,
    names,
    number_changes,
    numbers,
    quoting,
    stance,
    time_changes,
    times,
    tokens,
)
from .grammar import Change

# "Could" is said for "can" where somebody's words are reported.
_ABLE = frozenset(("can", "can't", "cannot", "kann"))

# Such a thing was never seen since, or not so much of it.
_FIRST_SINCE = frozenset(
    "last first worst best largest biggest greatest highest lowest strongest heaviest deadliest "
    "longest".split()
)

# A web address tells where something stands, and no fact.
_ADDRESS = re.compile(
    r"https?://\S+|\b[\w-]{1,60}(?:\.[\w-]{1,60}){1,9}/\S*|\S{1,99}@"
    r"\S{1,99}"
)
# "LONDON - It" and "Port East, Feb. 3 (Reuters) - It".
_DATELINE = re.compile(
    r"\s*(?:[A-Z\u00c0-\u00de]{3,}(?:[ ,]+[A-Z\u00c0-\u00de][\w.]+){0,3} *[–—-]+ "
    r"|[A-Z\u00c0-\u00de][\w .'’/-]{2,40}(?:, [^()\n]{2,30})?\s*\([^()\n]{2,40}\)\s*[-–—]+\s)"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence and what is known of it beyond its words.

    Attributes
    ----------
    text : str
        As supplied.
    published : date or None
        When its text came out; tells which day "Thursday" is.
    quoted : tuple of tuple of int, or None
        Half-open spans of `text` that somebody is quoted with; None to find them by the
        sentence's own quotation marks.
    """

    text: str
    published: datetime.date | None = None
    quoted: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True)
class _Facts:
    """Everything found in one sentence."""

    tokens: tokens.Tokens
    words: frozenset[str]
    stems: frozenset[str]
    numbers: tuple[numbers.Quantity, ...]
    days: tuple[times.Day, ...]
    clocks: tuple[times.Clock, ...]
    names: tuple[names.Name, ...]
    negations: tuple[stance.Cue, ...]
    hedges: tuple[stance.Cue, ...]
    speakers: tuple[stance.Speaker, ...]
    quoted: quoting.Quoted | None


@functools.lru_cache(maxsize=50_000)
def _read(text: str, quoted: tuple[tuple[int, int], ...] | None) -> _Facts:
    # What a dateline tells is when and by whom the text was sent; in place, so that spans hold.
    dateline = _DATELINE.match(text)
    told = text if dateline is None else " " * dateline.end() + text[dateline.end() :]
    told = _ADDRESS.sub(lambda found: " " * len(found.group()), told)
    cut = tokens.split(told)
    days, clocks, taken = times.find(cut)
    letters = [word for word in cut.low if tokens.is_word(word)]
    return _Facts(
        cut,
        frozenset(map(names.fold, letters)),
        frozenset(map(rarity.stem, letters)),
        numbers.find(cut, taken),
        days,
        clocks,
        names.find(cut, taken),
        stance.cues(cut, stance.NEGATIONS),
        stance.cues(cut, stance.HEDGES),
        stance.speakers(cut),
        quoting.find(text, quoted),
    )


def changed(
    target: str | Sentence,
    sources: Sequence[str | Sentence],
    *,
    known_elsewhere: Set[str] = frozenset(),
    told_elsewhere: Set[str] = frozenset(),
) -> str:
    """Say in one line which facts differ; `grammar.render` has the form.

    Parameters
    ----------
    target : str or Sentence
        The sentence.
    sources : sequence of str or Sentence
        The sentences it was made from.
    known_elsewhere : set of str, optional
        Normalised words of the whole source text: a name or number that it has elsewhere
        was not invented.
    told_elsewhere : set of str, optional
        Normalised words of the whole target text: what another sentence of it tells, the
        other part of a split sentence say, is not gone.

    Returns
    -------
    str
        For example ``"number 640 -> 460 (contradicts); name added: Alder"``;
        `grammar.NONE` when nothing differs.
    """
    found = compare(target, sources, known_elsewhere=known_elsewhere, told_elsewhere=told_elsewhere)
    return grammar.render(found)


def compare(
    target: str | Sentence,
    sources: Sequence[str | Sentence],
    *,
    known_elsewhere: Set[str] = frozenset(),
    told_elsewhere: Set[str] = frozenset(),
    quoted_elsewhere: Sequence[tuple[str, ...]] = (),
) -> list[Change]:
    """Say which facts differ; see `changed`.

    Forty for 40, Feb. for February, per cent for % and the like are the same and not
    listed. ``same`` is listed where a reader could not see it at once: converted units,
    days told by the day of publication, a name whose rest the text gives nowhere.

    Parameters
    ----------
    target, sources, known_elsewhere, told_elsewhere
        As for `changed`.
    quoted_elsewhere : sequence of tuple of str, optional
        Of each source text, the normalised words of all its quotes, in order: a quote runs on
        over several sentences.

    Returns
    -------
    list of Change
        In the order of the kinds.
    """
    mine = target if isinstance(target, Sentence) else Sentence(target)
    theirs = [each if isinstance(each, Sentence) else Sentence(each) for each in sources]
    if len(theirs) == 1 and theirs[0].text == mine.text:
        return []
    here = _read(mine.text, mine.quoted)
    there = [_read(each.text, each.quoted) for each in theirs]
    changes = number_changes.compare(
        here.numbers,
        [each.numbers for each in there],
        known_elsewhere,
        told_elsewhere,
        is_foreign=_is_foreign(here, there),
    )
    changes += time_changes.days(
        (here.days, mine.published),
        [(facts.days, each.published) for facts, each in zip(there, theirs, strict=True)],
        known_elsewhere,
        told_elsewhere,
        is_foreign=_is_foreign(here, there),
    )
    changes += time_changes.clocks(
        here.clocks, [each.clocks for each in there], known_elsewhere, told_elsewhere
    )
    changes += name_changes.compare(
        name_changes.Side(here.tokens, here.names, here.words),
        [name_changes.Side(each.tokens, each.names, each.words) for each in there],
        known_elsewhere,
        told_elsewhere,
    )
    if not _is_foreign(here, there):
        changes += _stance("negation", here, there)
        changes += _stance("hedge", here, there)
        changes += _speakers(here, there, known_elsewhere, told_elsewhere)
        changes += quoting.compare(
            mine.text,
            [each.text for each in theirs],
            here.quoted,
            [each.quoted for each in there],
            quoting.Around(tuple(quoted_elsewhere), frozenset(told_elsewhere)),
        )
    changes = _without_speakers(changes)
    return sorted(changes, key=lambda each: grammar.KINDS.index(each.kind))


def _is_foreign(here: _Facts, there: Sequence[_Facts]) -> bool:
    return any(each.tokens.language != here.tokens.language for each in there)


def lost(change: Change) -> str | None:
    """Say what a number lost on the way, see `numbers.lost`.

    Parameters
    ----------
    change : Change

    Returns
    -------
    str or None
        ``digits``, ``qualifier``, or None for nothing and for facts of other kinds.
    """
    if change.grade not in ("rounded", "same") or change.was is None or change.became is None:
        return None
    was, became = (_read(each, None).numbers for each in (change.was, change.became))
    return number_changes.lost(was[0], became[0]) if was and became else None


def _stance(kind: str, here: _Facts, there: Sequence[_Facts]) -> list[Change]:
    mine = _cues(kind, here)
    theirs = [(of, cue) for of, facts in enumerate(there) for cue in _cues(kind, facts)]
    if bool(mine) == bool(theirs):
        return []
    other = [here] if theirs else list(there)
    without = stance.DENYING if kind == "negation" else _ABLE | stance.DENYING
    if any(facts.words & without for facts in other):
        return []
    if kind == "negation" and _are_last(here, there):
        return []
    stems = frozenset().union(*(facts.stems for facts in there))
    for cue in mine:
        if _applies(cue, here.stems, stems):
            return [Change(kind, None, cue.shown, "added", None, cue.span)]
    for of, cue in theirs:
        if _applies(cue, there[of].stems, here.stems):
            return [Change(kind, cue.shown, None, "omitted", (of, *cue.span))]
    return []


def _cues(kind: str, facts: _Facts) -> tuple[stance.Cue, ...]:
    if kind == "negation":
        return facts.negations
    # What could not be is denied, and not in doubt.
    return () if facts.negations else facts.hedges


def _are_last(here: _Facts, there: Sequence[_Facts]) -> bool:
    """Whether "not seen since 2008" stands on one side and "the last was in 2008" on the other.

    So it is with "no such flood since 1953" and "the worst flood since 1953".
    """
    sides = (here.words, frozenset().union(*(facts.words for facts in there)))
    return any("since" in one and other & _FIRST_SINCE for one, other in (sides, sides[::-1]))


def _applies(cue: stance.Cue, own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the other sentence tells the same, but for the cue, and in like words.

    Other words can deny without a negation ("unhurt"), so that of a paraphrase nothing
    can be said.
    """
    if not cue.scope or cue.scope[0] not in other:
        return False
    if any(f"un{stem}" in other for stem in cue.scope):
        return False
    return _is_like(own, other)


def _is_like(own: frozenset[str], other: frozenset[str]) -> bool:
    return len(own & other) >= fact_settings.MIN_COMMON * min(len(own), len(other))


def _speakers(
    here: _Facts, there: Sequence[_Facts], known: Set[str], told: Set[str]
) -> list[Change]:
    theirs = [(of, each) for of, facts in enumerate(there) for each in facts.speakers]
    if not theirs and not here.speakers:
        return []
    new = [b for b in here.speakers if not any(stance.may_be_one(a, b) for _, a in theirs)]
    lost = [(of, a) for of, a in theirs if not any(stance.may_be_one(a, b) for b in here.speakers)]
    if len(new) == len(lost) == 1:
        of, was = lost[0]
        # Two persons are never one, nor two bodies; but a body speaks through persons, and who is
        # only described may be named elsewhere.
        if stance.may_be_one(was, new[0]) is None or not was.named == new[0].named != "":
            return []
        if was.named == "person" and new[0].stems <= _known_words(there) | there[of].stems:
            return []
        if not _is_like(here.stems - new[0].stems, there[of].stems - was.stems):
            return []
        at = (of, *was.span)
        return [Change("speaker", was.shown, new[0].shown, "contradicts", at, new[0].span)]
    changes = [
        Change("speaker", None, each.shown, "added", None, each.span)
        for each in new
        if not theirs and not each.words <= known | _known_words(there)
    ]
    changes += [
        Change("speaker", each.shown, None, "omitted", (of, *each.span))
        for of, each in lost
        if not here.speakers and not each.words <= told | here.words
    ]
    return changes


def _without_speakers(changes: list[Change]) -> list[Change]:
    """Leave out names that came and went because another person is said to speak."""
    said = {
        word
        for each in changes
        if each.kind == "speaker" and each.grade == "contradicts"
        for side in (each.was, each.became)
        for word in (side or "").lower().split()
    }
    return [
        each
        for each in changes
        if each.kind != "name" or not set((each.became or each.was or "").lower().split()) <= said
    ]


def _known_words(there: Sequence[_Facts]) -> frozenset[str]:
    return frozenset().union(*(facts.words for facts in there))
