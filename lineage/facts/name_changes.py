"""Which names of a sentence came, went, or became others."""

from __future__ import annotations

import itertools
from collections.abc import Sequence, Set
from dataclasses import dataclass

import rapidfuzz.fuzz

from . import fact_settings, slots
from .grammar import Change
from .names import Name
from .tokens import Tokens

# Regions that stand behind the name of a place: "Buffalo, New York".
REGIONS = frozenset(
    "alabama;alaska;arizona;arkansas;california;colorado;connecticut;delaware;florida;georgia;"
    "hawaii;idaho;illinois;indiana;iowa;kansas;kentucky;louisiana;maine;maryland;massachusetts;"
    "michigan;minnesota;mississippi;missouri;montana;nebraska;nevada;new hampshire;new jersey;"
    "new mexico;new york;north carolina;north dakota;ohio;oklahoma;oregon;pennsylvania;"
    "rhode island;south carolina;south dakota;tennessee;texas;utah;vermont;virginia;washington;"
    "west virginia;wisconsin;wyoming;ontario;quebec;alberta;manitoba;saskatchewan;"
    "british columbia;nova scotia;new brunswick;queensland;victoria;tasmania;new south wales".split(
        ";"
    )
)
# Names of one body or country.
_ALIASES = (
    ("us", "usa", "united states", "america", "american", "americans"),
    ("uk", "united kingdom", "britain", "british", "briton", "britons", "great britain"),
    ("eu", "european union"),
    ("un", "united nations"),
    ("uae", "united arab emirates"),
    ("france", "french"),
    ("norway", "norwegian", "norwegians"),
    ("portugal", "portuguese"),
    ("scotland", "scottish", "scots"),
    ("england", "english"),
    ("thailand", "thai", "thais"),
    ("turkey", "turkish", "turks", "turk"),
    ("cyprus", "cypriot", "cypriots"),
    ("philippines", "filipino", "filipinos"),
    ("afghanistan", "afghan", "afghans"),
    ("netherlands", "dutch", "holland"),
    ("switzerland", "swiss"),
    ("wales", "welsh"),
    ("ireland", "irish"),
    ("spain", "spanish", "spaniard", "spaniards"),
    ("denmark", "danish", "dane", "danes"),
    ("poland", "polish", "pole", "poles"),
    ("finland", "finnish", "finn", "finns"),
    ("greece", "greek", "greeks"),
    ("ukraine", "ukrainian", "ukrainians"),
    ("st", "saint"),
    ("corp", "corporation"),
    ("inc", "incorporated"),
    ("co", "company"),
    ("ltd", "limited"),
    ("dept", "department"),
    ("govt", "government"),
    ("intl", "international"),
    ("assn", "association"),
    ("univ", "university"),
    ("bros", "brothers"),
    ("mt", "mount"),
    ("ft", "fort"),
)
_ALIAS_OF = {form: group for group in _ALIASES for form in group}
# What the name of a country or town ends with where it tells whose something is.
_OF_PEOPLE = ("ish", "ese", "ean", "ian", "an", "ic", "i", "er", "ers", "ians", "ans", "is")


def regions_kept(
    source: Tokens, theirs: Sequence[Name], mine: Sequence[Name]
) -> list[tuple[Name, Name, Name]]:
    """Find places of which only the region was kept: "Buffalo, New York" became "New York".

    Parameters
    ----------
    source : Tokens
        The sentence that it was made from.
    theirs, mine : sequence of Name
        Names of the source and of the sentence.

    Returns
    -------
    list of tuple of Name
        The place and its region in the source, and the region in the target.
    """
    known = {name.spoken for name in mine}
    found = []
    for place, region in itertools.pairwise(theirs):
        beside = source.low[place.after : region.place] == (",",)
        if not beside or region.spoken not in REGIONS or place.spoken in known:
            continue
        kept = next((name for name in mine if name.spoken == region.spoken), None)
        if kept is None or place.spoken in REGIONS:
            continue
        found.append((place, region, kept))
    return found


@dataclass(frozen=True)
class Side:
    """A sentence as its names are compared.

    Attributes
    ----------
    tokens : Tokens
    names : tuple of Name
    words : frozenset of str
        As `names.fold` gives them.
    """

    tokens: Tokens
    names: tuple[Name, ...]
    words: frozenset[str]


@dataclass(frozen=True, eq=False)
class _Part:
    """A name of which the other side lacks some words."""

    name: Name
    rest: tuple[str, ...]
    tokens: Tokens
    of: int = 0

    def span(self, *, whole: bool = True) -> tuple[int, int]:
        """Return where the name stands, or the words of it that the other side lacks."""
        name = self.name
        first, after = name.place, name.after
        if not whole and len(self.rest) < len(name.words):
            places = [
                k for k, word in zip(name.places, name.words, strict=True) if word in self.rest
            ]
            first, after = places[0], places[-1] + 1
        start, end = self.tokens.spans[first][0], self.tokens.spans[after - 1][1]
        written = self.tokens.text[start:end]
        for tail in ("'s", "’s"):
            end -= len(tail) if written.endswith(tail) else 0
        return start, end

    def shown(self, *, whole: bool = True) -> str:
        """Return the words at `span`, white space made single."""
        start, end = self.span(whole=whole)
        return " ".join(self.tokens.text[start:end].split())


def compare(here: Side, there: Sequence[Side], known: Set[str], told: Set[str]) -> list[Change]:
    """Say which names came, went, or became others.

    Parameters
    ----------
    here : Side
        The sentence.
    there : sequence of Side
        Those it was made from.
    known, told : set of str
        Words of the whole source text and of the whole target text.

    Returns
    -------
    list of Change
    """
    changes = []
    covered: set[str] = set()
    for of, side in enumerate(there):
        for place, region, kept in regions_kept(side.tokens, side.names, here.names):
            grade = "contradicts" if _in_a_list(here.tokens, kept) else "rounded"
            first = side.tokens.spans[place.place][0], side.tokens.spans[region.after - 1][1]
            became = _Part(kept, (), here.tokens)
            shown = side.tokens.shown(place.place, region.after)
            changes.append(
                Change("name", shown, became.shown(), grade, (of, *first), became.span())
            )
            covered |= {*place.words, *region.words}
    in_sources = frozenset().union(*(each.words for each in there))
    theirs = [name for side in there for name in side.names]
    new = _unknown(here, 0, in_sources, known, theirs)
    lost = [
        each
        for of, side in enumerate(there)
        for each in _unknown(side, of, here.words, told, here.names)
        if not covered >= set(each.rest)
    ]
    once = {each.name.spoken: each for each in reversed(lost)}
    lost = list(reversed(once.values()))
    for became in list(new):
        for was in list(lost):
            if not _are_misread(was, became) and not _is_swapped(was, became, there, here):
                continue
            changes.append(_change(was, became, "contradicts"))
            new.remove(became)
            lost.remove(was)
            break
    # Who is known by the last name gets the rest of it, or a title, from anywhere.
    new = [each for each in new if each.name.words[-1] in each.rest]
    for was in list(lost):
        short = next((name for name in here.names if set(name.words) & set(was.name.words)), None)
        if short is not None and len(was.rest) < len(was.name.words):
            # The family name stands, and the rest is nowhere in the text.
            changes.append(_change(was, _Part(short, (), here.tokens), "same"))
            lost.remove(was)
    # At the start of a sentence nothing tells a name from a word, but for who has been named.
    lost = [each for each in lost if each.name.words[-1] in each.rest]
    changes += [
        Change("name", None, each.shown(whole=False), "added", None, each.span(whole=False))
        for each in new
    ]
    changes += [
        Change(
            "name",
            each.shown(whole=False),
            None,
            "omitted",
            (each.of, *each.span(whole=False)),
        )
        for each in lost
    ]
    return list(dict.fromkeys(changes))


def _change(was: _Part, became: _Part, grade: str) -> Change:
    at = (was.of, *was.span())
    return Change("name", was.shown(), became.shown(), grade, at, became.span())


def _in_a_list(tokens: Tokens, name: Name) -> bool:
    """Whether a name stands in a list of names: "New York, Houston and ..."."""
    around = {*tokens.low[name.after : name.after + 1]}
    around |= {*tokens.low[max(0, name.place - 1) : name.place]}
    return bool(around & {",", "and", "or", "&"})


def _unknown(
    side: Side, of: int, near: Set[str], far: Set[str], others: Sequence[Name]
) -> list[_Part]:
    """Names of a side of which the other side lacks words."""
    listed: dict[str, _Part] = {}
    known = near | far
    for name in side.names:
        if name.spoken in listed or len(name.spoken) == 1 or _is_alias(name, known, others):
            continue
        rest = tuple(
            word
            for word in name.words
            if not any(form in known for form in _forms(word)) and not _is_of_people(word, known)
        )
        if rest:
            listed[name.spoken] = _Part(name, rest, side.tokens, of)
    return list(listed.values())


def _forms(word: str) -> list[str]:
    # A name with "-s", "-n", "-an" is that of its people or its owner.
    tails = ("s", "n", "an", "ian")
    same = [each for each in _ALIAS_OF.get(word, ()) if " " not in each]
    return [
        word,
        *(word + tail for tail in tails),
        *(word.removesuffix(tail) for tail in tails),
        *same,
    ]


def _is_alias(name: Name, known: Set[str], others: Sequence[Name]) -> bool:
    """Whether the other side has the name in another form: initials, or spelt out."""
    same = _ALIAS_OF.get(name.spoken, ())
    if any(set(each.split()) <= known for each in same):
        return True
    initials = "".join(word[0] for word in name.words)
    if len(name.words) == 1:
        return len(name.spoken) > 1 and any(
            _initials(other) == name.spoken for other in others if len(other.words) > 1
        )
    return any(other.spoken == initials for other in others) or (
        len(initials) >= fact_settings.MIN_INITIALS and initials in known and initials != "who"
    )


def _initials(name: Name) -> str:
    return "".join(word[0] for word in name.words)


def _is_of_people(word: str, known: Set[str]) -> bool:
    """Whether a word is a country and another its people's, or the reverse."""
    return any(_are_one_country(word, each) or _are_one_country(each, word) for each in known)


def _are_one_country(country: str, people: str) -> bool:
    # Asked of every word of a text: most end like no people, and are told at once.
    if not people.endswith(_OF_PEOPLE):
        return False
    tail = next(each for each in _OF_PEOPLE if people.endswith(each))
    stem = people.removesuffix(tail)
    is_long = len(stem) >= fact_settings.MIN_COUNTRY_LETTERS
    return (
        is_long
        and country.startswith(stem)
        and len(country) - len(stem) <= fact_settings.MAX_COUNTRY_TAIL
    )


def _are_misread(was: _Part, became: _Part) -> bool:
    """Whether one name became another that shares a word with it or is spelt alike."""
    one, other = " ".join(was.rest), " ".join(became.rest)
    alike = rapidfuzz.fuzz.ratio(one, other)
    shared = set(was.name.words) & set(became.name.words)
    if shared and len(was.name.words) == len(became.name.words):
        left, right = _slot(was), _slot(became)
        is_near = left.left == right.left != "" or left.right == right.right != ""
        return alike >= fact_settings.MIN_PART_FUZZY or is_near
    return (
        min(len(one), len(other)) >= fact_settings.MIN_FUZZY_LETTERS
        and alike >= fact_settings.MIN_FUZZY
    )


def _slot(part: _Part) -> slots.Slot:
    return slots.find(part.tokens, part.name.place, part.name.after)


def _is_swapped(was: _Part, became: _Part, there: Sequence[Side], here: Side) -> bool:
    """Whether two sentences are the same but for one name."""
    if {was.name.spoken, became.name.spoken} & REGIONS:
        # "In Denholm" and "in Ohio" can both be true.
        return False
    if len(was.rest) < len(was.name.words) or len(became.rest) < len(became.name.words):
        return False
    if _in_a_list(was.tokens, was.name) or _in_a_list(became.tokens, became.name):
        return False
    side = there[was.of]
    return side.words - set(was.name.words) == here.words - set(became.name.words)
