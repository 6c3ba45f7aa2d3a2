"""Which facts of a sentence differ from those of the sentences it was made from."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from ..text import rarity
from . import grammar, names, numbers, quoting, stance, times, tokens
from .grammar import Change

# A year counts nothing; so many words before it are the same where it is the same year.
MIN_AROUND_YEAR = 2
# Two sentences have this share of the shorter one's words in common before the lack of a
# negation or a hedge in one of them means anything.
MIN_COMMON = 0.6


# "Could" is said for "can" where somebody's words are reported.
_ABLE = frozenset(("can", "can't", "cannot", "kann"))

# Such a thing was never seen since, or not so much of it.
_FIRST_SINCE = frozenset(
    "last first worst best largest biggest greatest highest lowest strongest heaviest deadliest "
    "longest".split()
)

_DATELINE = re.compile(
    r"\s*[A-Z\u00c0-\u00de][\w .'’/-]{2,40}(?:, [^()\n]{2,30})?\s*\([^()\n]{2,40}\)\s*[-–—]+\s"
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
) -> list[Change]:
    """Say which facts differ; see `changed`.

    Forty for 40, Feb. for February, per cent for % and the like are the same and not
    listed. ``same`` is listed where a reader could not see it at once: converted units,
    days told by the day of publication, a name whose rest the text gives nowhere.

    Parameters
    ----------
    target, sources, known_elsewhere, told_elsewhere
        As for `changed`.

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
    changes = _numbers(here, there, known_elsewhere, told_elsewhere)
    changes += _dates(mine, here, theirs, there, known_elsewhere, told_elsewhere)
    changes += names.compare(
        (here.tokens, here.names, here.words),
        [(each.tokens, each.names, each.words) for each in there],
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
            told_elsewhere,
        )
    return sorted(changes, key=lambda each: grammar.KINDS.index(each.kind))


def _is_foreign(here: _Facts, there: Sequence[_Facts]) -> bool:
    return any(each.tokens.language != here.tokens.language for each in there)


def _numbers(
    here: _Facts, there: Sequence[_Facts], known: Set[str], told: Set[str]
) -> list[Change]:
    theirs = [each for facts in there for each in facts.numbers]
    if not theirs and not here.numbers:
        return []
    changes = []
    in_both = {each.key for each in theirs} & {each.key for each in here.numbers}
    for key in sorted(in_both):
        olds = [each for each in theirs if each.key == key]
        news = [each for each in here.numbers if each.key == key]
        grades = [numbers.grade(a, b) for a in olds for b in news]
        if None not in grades:
            changes.append(Change(news[0].kind, olds[0].shown, news[0].shown, str(grades[0])))
    gone = list({each.key: each for each in theirs if each.key not in in_both}.values())
    added = list({each.key: each for each in here.numbers if each.key not in in_both}.values())
    for was, became in _pairs(gone, added, known, told, foreign=_is_foreign(here, there)):
        gone.remove(was)
        added.remove(became)
        grade = numbers.grade(was, became)
        if grade is not None:
            changes.append(Change(became.kind, was.shown, became.shown, grade))
    changes.sort(key=lambda each: here.tokens.text.find((each.became or "").split()[0]))
    changes += [
        Change(each.kind, None, each.shown, "added")
        for each in added
        if not each.words <= known and not _same_share(each, theirs)
    ]
    changes += [
        Change(each.kind, each.shown, None, "gone")
        for each in gone
        if not each.words <= told and not _same_share(each, here.numbers)
    ]
    return changes


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
    if change.grade != "rounded" or change.was is None or change.became is None:
        return None
    was, became = (_read(each, None).numbers for each in (change.was, change.became))
    return numbers.lost(was[0], became[0]) if was and became else None


def _same_share(one: numbers.Quantity, others: Sequence[numbers.Quantity]) -> bool:
    """Whether a number without a unit is there with one, or a year without its "in"."""
    if one.dimension not in ("count", "year"):
        return False
    return any(one.low == each.low for each in others)


def _pairs(
    gone: Sequence[numbers.Quantity],
    added: Sequence[numbers.Quantity],
    known: Set[str],
    told: Set[str],
    *,
    foreign: bool,
) -> list[tuple[numbers.Quantity, numbers.Quantity]]:
    """Which number became which: the nearest first, then by what is counted, then by order."""
    options = []
    for i, was in enumerate(gone):
        for j, became in enumerate(added):
            if was.dimension != became.dimension:
                continue
            heads, around = was.heads & became.heads, was.context & became.context
            is_near = numbers.grade(was, became) in ("rounded", "same", None)
            alone = _is_only(was, gone) and _is_only(became, added)
            # Words of two languages are never the same.
            fits = foreign or not was.heads or not became.heads or was.kind != "number"
            if not (heads or around or is_near or (alone and fits)):
                continue
            elsewhere = became.words <= known or was.words <= told
            is_same_year = was.dimension == "year" and len(around) >= MIN_AROUND_YEAR
            if elsewhere and not (heads or is_near or is_same_year):
                continue
            options.append((-2.0 * is_near - 2 * len(heads) - len(around), i, j))
    found = []
    left, right = set(range(len(gone))), set(range(len(added)))
    for _, i, j in sorted(options):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            found.append((gone[i], added[j]))
    return sorted(found, key=lambda pair: added.index(pair[1]))


def _is_only(one: numbers.Quantity, others: Sequence[numbers.Quantity]) -> bool:
    return sum(each.dimension == one.dimension for each in others) == 1


def _dates(
    mine: Sentence,
    here: _Facts,
    theirs: Sequence[Sentence],
    there: Sequence[_Facts],
    known: Set[str],
    told: Set[str],
) -> list[Change]:
    changes = []
    days = [
        (day, each.published)
        for each, facts in zip(theirs, there, strict=True)
        for day in facts.days
    ]
    left = list(here.days)
    lost = list(days)
    for wanted in (None, "same", "rounded", "contradicts", "unclear"):
        for became in list(left):
            for was, published in list(lost):
                grade = times.grade_days(was, became, published, mine.published)
                if grade == wanted and became in left:
                    left.remove(became)
                    lost.remove((was, published))
                    elsewhere = became.words <= known or was.words <= told
                    if grade is not None and not (grade == "contradicts" and elsewhere):
                        changes.append(Change("date", was.shown, became.shown, grade))
                    break
    changes += [Change("date", None, day.shown, "added") for day in left if not day.words <= known]
    if _is_foreign(here, there):
        # "Last year" is known in English alone.
        lost = [(day, at) for day, at in lost if day.relative is None]
    gone = {day.shown: day for day, _ in lost if not day.words <= told}
    kept = {day.shown.lower() for day in here.days}
    changes += [Change("date", shown, None, "gone") for shown in gone if shown.lower() not in kept]
    return changes + _clocks(here, there, known, told)


def _clocks(here: _Facts, there: Sequence[_Facts], known: Set[str], told: Set[str]) -> list[Change]:
    changes = []
    lost = [each for facts in there for each in facts.clocks]
    left = list(here.clocks)
    for wanted in (None, "rounded", "contradicts"):
        for became in list(left):
            for was in list(lost):
                if became in left and times.grade_clocks(was, became) == wanted:
                    left.remove(became)
                    lost.remove(was)
                    elsewhere = became.words <= known or was.words <= told
                    if wanted is not None and not (wanted == "contradicts" and elsewhere):
                        changes.append(Change("time", was.shown, became.shown, wanted))
                    break
    changes += [
        Change("time", None, each.shown, "added") for each in left if not each.words <= known
    ]
    changes += [Change("time", each.shown, None, "gone") for each in lost if not each.words <= told]
    return changes


def _stance(kind: str, here: _Facts, there: Sequence[_Facts]) -> list[Change]:
    mine = here.negations if kind == "negation" else here.hedges
    theirs = [
        cue for facts in there for cue in (facts.negations if kind == "negation" else facts.hedges)
    ]
    if bool(mine) == bool(theirs):
        return []
    other = [here] if theirs else list(there)
    if any(facts.words & (stance.DENYING if kind == "negation" else _ABLE) for facts in other):
        return []
    if kind == "negation" and _are_last(here, there):
        return []
    stems = frozenset().union(*(facts.stems for facts in there))
    if mine:
        told = [cue for cue in mine if _applies(cue, here.stems, stems)]
        return [Change(kind, None, cue.shown, "added") for cue in told[:1]]
    lacking = [cue for cue in theirs if _applies(cue, stems, here.stems)]
    return [Change(kind, cue.shown, None, "gone") for cue in lacking[:1]]


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
    if not cue.scope & other or any(f"un{stem}" in other for stem in cue.scope):
        return False
    return _is_like(own, other)


def _is_like(own: frozenset[str], other: frozenset[str]) -> bool:
    return len(own & other) >= MIN_COMMON * min(len(own), len(other))


def _speakers(
    here: _Facts, there: Sequence[_Facts], known: Set[str], told: Set[str]
) -> list[Change]:
    theirs = [each for facts in there for each in facts.speakers]
    if not theirs and not here.speakers:
        return []
    pairs = [(a, b, stance.may_be_one(a, b)) for a in theirs for b in here.speakers]
    new = [each for each in here.speakers if not any(b is each and one for _, b, one in pairs)]
    lost = [each for each in theirs if not any(a is each and one for a, _, one in pairs)]
    if len(new) == len(lost) == 1:
        if stance.may_be_one(lost[0], new[0]) is None:
            return []
        # Whoever is described in the source by both words is one person.
        words = frozenset().union(*(facts.stems for facts in there))
        if new[0].stems | {stance.head(new[0])} <= words and lost[0].is_name:
            return []
        if not any(_is_like(here.stems, facts.stems) for facts in there):
            return []
        return [Change("speaker", lost[0].shown, new[0].shown, "contradicts")]
    changes = [
        Change("speaker", None, each.shown, "added")
        for each in new
        if not theirs and not each.words <= known | _known_words(there)
    ]
    changes += [
        Change("speaker", each.shown, None, "gone")
        for each in lost
        if not here.speakers and not each.words <= told | here.words
    ]
    return changes


def _known_words(there: Sequence[_Facts]) -> frozenset[str]:
    return frozenset().union(*(facts.words for facts in there))
