"""What a sentence denies, what it leaves uncertain, and whose word it gives for it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from ..text import rarity
from ..text.languages import detection
from . import fact_settings
from .names import TITLES
from .tokens import Tokens, is_word

NEGATIONS = detection.words("negations")
# "No longer" tells of a change; what was never so is denied.
_NOT_DENYING = frozenset((("no", "longer"), ("no", "sooner"), ("not", "only"), ("not", "just")))
DENYING = detection.words("denying")
HEDGES = detection.words("hedges")
_SAYS = detection.words("report_verbs")
_SMALL = frozenset(
    "a an the of to in on at and or for from by with was were is are be been being it its that "
    "this he she they his her their had has have who which as do did does would will there".split()
)
_PRONOUNS = frozenset(
    "he she they it who i we you er sie es anybody anyone everybody everyone nobody somebody "
    "someone".split()
)
# What the subject of "said" stands behind.
_CONJUNCTIONS = frozenset(
    "that and but as when before after while because if since until where although though".split()
)
_PREPOSITIONS = frozenset("at in on for to with by from of after before during".split())
# With one of these it is a clause and names nobody.
_CLAUSE = frozenset("would could will was were is are be been had has have".split())
# Somebody whose name may stand elsewhere.
_ANYBODY = frozenset(
    map(
        rarity.stem,
        "spokesman spokeswoman spokesperson official officials source sources sprecher "
        "sprecherin year-old year old man woman boy girl teenager".split(),
    )
)
# Words of the names of bodies, which speak through persons.
_BODIES = frozenset(
    "ministry department police council university institute agency office government company "
    "bank board union association committee commission court party group inc ltd corp plc co "
    "news times post courier herald guardian journal gazette press radio television tv water "
    "railway airlines airways industries steel energy fund centre center hospital school church "
    "army navy force guard service services authority administration house parliament senate "
    "congress league club federation foundation society embassy sources officials".split()
)
_STOPS = frozenset(',;.:"()-')
_TITLE_STEMS = frozenset(map(rarity.stem, TITLES))
# Words for the same people.
_GROUPS = (
    frozenset(map(rarity.stem, "officials authorities".split())),
    frozenset(map(rarity.stem, "police officers detectives constabulary".split())),
    frozenset(map(rarity.stem, "firefighters brigade fire".split())),
    frozenset(map(rarity.stem, "company firm".split())),
    frozenset(map(rarity.stem, "residents locals neighbours neighbors".split())),
    frozenset(map(rarity.stem, "witnesses bystanders onlookers".split())),
    frozenset(map(rarity.stem, "document lawsuit complaint filing report statement".split())),
)


@dataclass(frozen=True)
class Cue:
    """A word that denies or hedges, and what it is about.

    Attributes
    ----------
    shown : str
        The supplied words, with the first word of what it is about.
    scope : tuple of str
        Stems of the words that follow.
    span : tuple of int
        Of `shown`, half-open, in the sentence.
    """

    shown: str
    scope: tuple[str, ...]
    span: tuple[int, int]


@dataclass(frozen=True)
class Speaker:
    """Whose word is given.

    Attributes
    ----------
    shown : str
        The supplied words.
    stems : frozenset of str
        Of its words, titles and small words apart.
    is_name : bool
        Whether it has a capitalised word.
    words : frozenset of str
        In small letters.
    span : tuple of int
        Half-open, in the sentence.
    named : str
        ``person`` for two words with a capital, or a title and one; ``body`` where one of them
        tells of a body; empty for less, which may be short for anything.
    """

    shown: str
    stems: frozenset[str]
    is_name: bool
    words: frozenset[str]
    span: tuple[int, int]
    named: str


def cues(tokens: Tokens, known: frozenset[str]) -> tuple[Cue, ...]:
    """Find words of a list and what they are about.

    Parameters
    ----------
    tokens : Tokens
    known : frozenset of str
        `NEGATIONS` or `HEDGES`.

    Returns
    -------
    tuple of Cue
    """
    found = []
    for at, word in enumerate(tokens.low):
        if word not in known or (word == "may" and _is_month(tokens, at)):
            continue
        if (word, *tokens.low[at + 1 : at + 2]) in _NOT_DENYING:
            continue
        scope: list[str] = []
        shown_after = at + 1
        for place in range(at + 1, len(tokens.low)):
            each = tokens.low[place]
            if each in _STOPS:
                break
            if is_word(each) and each not in _SMALL and each not in known:
                scope.append(rarity.stem(each))
                if len(scope) == 1:
                    shown_after = place + 1
                if len(scope) == fact_settings.SCOPE_WORDS:
                    break
        span = tokens.spans[at][0], tokens.spans[shown_after - 1][1]
        found.append(Cue(tokens.shown(at, shown_after), tuple(scope), span))
    return tuple(found)


def _is_month(tokens: Tokens, at: int) -> bool:
    """Whether "may" is the month or stands in a name: "in May", "the May Fair"."""
    if at > 0 and tokens.raw[at] == "May":
        return True
    before = tokens.low[at - 1] if at > 0 else ""
    after = tokens.low[at + 1 : at + 2]
    return (
        before in ("in", "since", "last", "this", "until", "by", "on", "of")
        or before.isdigit()
        or bool(after and after[0].isdigit())
    )


def speakers(tokens: Tokens) -> tuple[Speaker, ...]:
    """Find whose word a sentence gives: "police said", "said Joss Denholm", "according to".

    Parameters
    ----------
    tokens : Tokens

    Returns
    -------
    tuple of Speaker
        Pronouns are left out: what they stand for is not in the sentence.
    """
    found = []
    low = tokens.low
    for at, word in enumerate(low):
        span = None
        if word == "according" and low[at + 1 : at + 2] == ("to",):
            span = _after(tokens, at + 2)
        elif word in _SAYS:
            span = _cited(tokens, at) or _before(tokens, at) or _before_apposition(tokens, at)
            # "Pryce, its head, told reporters": whom, and not who.
            inverted = span is None and (at == 0 or low[at - 1] in ('"', ",", "'"))
            if inverted and word != "told":
                span = _after(tokens, at + 1)
            if span is None and at > 0 and low[at - 1] == "and":
                span = _subject(tokens)
        if span is None:
            continue
        first, after = span
        words = frozenset(low[first:after])
        stems = frozenset(
            rarity.stem(each.removesuffix("'s"))
            for each in words
            if is_word(each) and each not in _SMALL
        )
        # "Judge Thorsby" and "Thorsby" are one, "police" is nobody's title.
        stems = (stems - _TITLE_STEMS) or stems
        is_name = any(each[0].isupper() for each in tokens.raw[max(first, 1) : after])
        if stems:
            span = tokens.spans[first][0], tokens.spans[after - 1][1]
            named = _named(tokens, first, after)
            found.append(Speaker(tokens.shown(first, after), stems, is_name, words, span, named))
    return tuple(found)


def _named(tokens: Tokens, first: int, after: int) -> str:
    said = [word for word in tokens.raw[first:after] if is_word(word)]
    before = tokens.low[first - 1] if first > 0 else ""
    capitals = [word for word in said if word[0].isupper() and not word.isupper()]
    if not 1 < len(capitals) <= fact_settings.MAX_NAME_WORDS or capitals != said[-len(capitals) :]:
        return ""
    if set(tokens.low[first:after]) & _BODIES:
        return "body"
    return "" if before == "the" else "person"


def _cited(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Whom an outlet is said to cite: "the Courier reported Ansel Tovey as saying"."""
    after = tokens.low[at + 1 :]
    for k, (word, following) in enumerate(itertools.pairwise(after)):
        if word == "as" and following == "saying":
            first = at + 1
            stop = next((n for n in range(k) if after[n] in ",;"), k)
            return _trimmed(tokens, first, first + min(stop, fact_settings.MAX_SPEAKER_WORDS))
    return None


def _subject(tokens: Tokens) -> tuple[int, int] | None:
    """The name that a sentence begins with: "Skerrow Water, which owns it, opened it and said"."""
    after = 0
    while after < len(tokens.raw) and tokens.raw[after][:1].isupper():
        after += 1
    # One word with a capital begins any sentence.
    return _trimmed(tokens, 0, after) if after > 1 else None


def _after(tokens: Tokens, first: int) -> tuple[int, int] | None:
    after = first
    while after < len(tokens.low) and after - first < fact_settings.MAX_SPEAKER_WORDS:
        word = tokens.low[after]
        # "Dr. Amrit Solanke"
        is_title = word == "." and after > first and _is_short_title(tokens.low[after - 1])
        ends = not is_word(word) and not is_title
        if ends or (after > first and word in ("who", "that", "in", "on", "after")):
            break
        after += 1
    return _trimmed(tokens, first, after)


def _is_short_title(word: str) -> bool:
    return word in TITLES and len(word) <= fact_settings.MAX_SHORT_TITLE


def _before(tokens: Tokens, at: int) -> tuple[int, int] | None:
    first = at
    while first > 0 and at - first < fact_settings.MAX_SPEAKER_WORDS:
        word = tokens.low[first - 1]
        if not (is_word(word) or word == "-") or word in _CONJUNCTIONS:
            break
        first -= 1
    if first > 0 and at - first == fact_settings.MAX_SPEAKER_WORDS:
        return None
    return _trimmed(tokens, first, at)


def _before_apposition(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """The name before what is set between commas before "said"."""
    if at - 2 < 0 or tokens.low[at - 1] != ",":
        return None
    comma = next((k for k in range(at - 2, 0, -1) if tokens.low[k] == ","), 0)
    between = tokens.low[comma + 1 : at - 1]
    if comma == 0 or not between or len(between) > fact_settings.MAX_APPOSITION or '"' in between:
        return None
    if all(word[0].isupper() for word in tokens.raw[comma + 1 : at - 1]):
        # "Its head, Dunstan Pryce, said".
        return _trimmed(tokens, comma + 1, at - 1)
    first = comma
    while first > 0 and tokens.raw[first - 1][0].isupper():
        first -= 1
    return _trimmed(tokens, first, comma)


def _trimmed(tokens: Tokens, first: int, after: int) -> tuple[int, int] | None:
    while after > first and tokens.low[after - 1] in (*_SMALL, "also", "later", "-"):
        if tokens.low[after - 1] in _PRONOUNS:
            return None
        after -= 1
    while first < after and tokens.low[first] in ("the", "a", "an", "-"):
        first += 1
    if first < after and tokens.low[first] in _PREPOSITIONS:
        # "Told at a news conference": where, and not who.
        return None
    if _CLAUSE & set(tokens.low[first:after]):
        return None
    if first == after or _PRONOUNS & set(tokens.low[first:after]):
        return None
    return first, after


def head(speaker: Speaker) -> str:
    """Return the stem of the last word of a name: the family's, or what a body is."""
    said = [each for each in speaker.shown.lower().split() if is_word(each[:1])]
    return rarity.stem(said[-1].strip(".,'\"").removesuffix("'s")) if said else ""


def may_be_one(one: Speaker, other: Speaker) -> bool | None:
    """Say whether two speakers are the same; None where a name meets a description."""
    if one.words <= other.words or other.words <= one.words:
        return True
    if one.stems & other.stems:
        # "Skerrow Water" and "Skerrow Council" have a place in common.
        heads = {head(one), head(other)} if one.is_name and other.is_name else set()
        return not heads or bool(heads & one.stems & other.stems)
    if any(one.stems & group and other.stems & group for group in _GROUPS):
        return True
    if one.stems <= _ANYBODY or other.stems <= _ANYBODY:
        return None
    return False if one.is_name == other.is_name else None
