"""Names of a sentence: capitalised words in runs, titles apart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence, Set
from dataclasses import dataclass

import rapidfuzz.fuzz

from ..text import normalise
from .grammar import Change
from .tokens import Tokens, is_word

# A title has small words in small letters; so many longer ones, all with capitals, are no chance.
MIN_TITLE_LETTERS = 4
MIN_TITLE_WORDS = 4
# Names of at least so many letters that are so alike are one name, misspelt.
MIN_FUZZY_LETTERS = 4
MIN_FUZZY = 75.0
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady rev reverend judge justice president "
    "vice chancellor minister prime secretary senator sen rep representative gov governor mayor "
    "councilman councilwoman councillor council commissioner chief police officer sergeant sgt "
    "captain capt lieutenant lt colonel col general gen major director chairman chairwoman chair "
    "ceo king queen prince princess pope bishop archbishop cardinal attorney inspector detective "
    "superintendent spokesman spokeswoman spokesperson herr frau".split()
)
# What people are called before their names without a capital, but at the start of a sentence.
_OCCUPATIONS = frozenset(
    "coach manager boss gaffer skipper striker keeper goalkeeper defender midfielder winger "
    "forward trainer singer actor actress author writer poet painter artist pilot driver farmer "
    "grocer baker butcher fisherman postman postwoman teacher nurse surgeon lawyer solicitor "
    "barrister engineer scientist biologist chemist physicist historian economist analyst "
    "researcher student pensioner resident neighbour neighbor mother father grandmother "
    "grandfather widow widower co-founder founder owner billionaire millionaire businessman "
    "businesswoman campaigner activist shopkeeper builder plumber miner sailor soldier priest "
    "vicar imam rabbi prosecutor lawmaker legislator congressman congresswoman alderman "
    "firefighter paramedic ranger warden carpenter mechanic".split()
)
# Words that stand capitalised at the start of a sentence and name nobody.
_OPENERS = frozenset(
    "the a an in on at it he she they we i but and when after as for from with by to this that "
    "these those his her its their our my of if no not there while since during under over more "
    "then most some all both one two three four five six seven eight nine ten".split()
)
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


@dataclass(frozen=True)
class Name:
    """A run of capitalised words.

    Attributes
    ----------
    shown : str
        The supplied words, title included.
    words : tuple of str
        Normalised, without titles.
    titles : tuple of str
        Normalised titles before it.
    place : int
        The token where it starts.
    after : int
        The token behind it.
    """

    shown: str
    words: tuple[str, ...]
    titles: tuple[str, ...]
    place: int
    after: int

    @property
    def spoken(self) -> str:
        """The words of the name as one."""
        return " ".join(self.words)


def find(tokens: Tokens, taken: frozenset[int] = frozenset()) -> tuple[Name, ...]:
    """Find the names of a sentence.

    Parameters
    ----------
    tokens : Tokens
    taken : frozenset of int
        Tokens of dates.

    Returns
    -------
    tuple of Name
        In order; none for text in one case and for a title In Which Every Word Is
        Capitalised, and none for German, where capitals tell nothing.
    """
    raw = tokens.raw
    if tokens.language == "de":
        return ()
    letters = [word for word in raw if is_word(word)]
    long = [word for word in letters[1:] if len(word) >= MIN_TITLE_LETTERS]
    all_capitals = len(long) >= MIN_TITLE_WORDS and all(word[0].isupper() for word in long)
    if all_capitals or all(word == word.upper() for word in letters):
        return ()
    found: list[Name] = []
    at = 0
    first_word = next((k for k, word in enumerate(raw) if is_word(word)), 0)
    while at < len(raw):
        if not _is_capital(tokens, at, first_word, taken):
            at += 1
            continue
        after = at + 1
        while after < len(raw) and _is_capital(tokens, after, first_word, taken):
            after += 1
        titles: list[str] = []
        words: list[str] = []
        for k, word in enumerate(raw[at:after], start=at):
            is_called = k == first_word and word.lower() in _OCCUPATIONS
            listed = titles if is_called or word.lower() in TITLES else words
            listed.append(fold(word))
        if words:
            found.append(Name(_shown(tokens, at, after), tuple(words), tuple(titles), at, after))
        at = after
    return tuple(found)


def _shown(tokens: Tokens, first: int, after: int) -> str:
    return tokens.shown(first, after).removesuffix("'s").removesuffix("’s")


def _is_capital(tokens: Tokens, at: int, first_word: int, taken: frozenset[int]) -> bool:
    word = tokens.raw[at]
    if word == tokens.low[at] or at in taken or not is_word(word):
        return False
    if (len(word) == 1 and word in "IA") or _begins(tokens, at):
        return False
    if at == first_word:
        if len(word) > 1 and word[1:].isupper():
            return True
        follows = at + 1 < len(tokens.raw) and tokens.raw[at + 1][:1].isupper()
        return follows and tokens.low[at] not in _OPENERS
    return True


def _begins(tokens: Tokens, at: int) -> bool:
    """Whether a word is one that begins sentences, behind a mark that can end one."""
    before = tokens.raw[at - 1] if at > 0 else ""
    return before in (".", "!", "?", ":", '"') and tokens.low[at] in _OPENERS


def fold(word: str) -> str:
    """Return a name's word as it is compared: normalised, without ``'s``."""
    plain = normalise.normalise(word).text if not word.isascii() else word.lower()
    return plain.removesuffix("'s").removesuffix("'")


def regions_kept(
    source: Tokens, theirs: Sequence[Name], mine: Sequence[Name]
) -> list[tuple[str, str]]:
    """Find places of which only the region was kept: "Buffalo, New York" became "New York".

    Parameters
    ----------
    source : Tokens
        The sentence that it was made from.
    theirs, mine : sequence of Name
        Names of the source and of the sentence.

    Returns
    -------
    list of tuple of str
        The words of the source and those of the target.
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
        found.append((source.shown(place.place, region.after), kept.shown))
    return found


Side = tuple[Tokens, tuple[Name, ...], frozenset[str]]


def compare(here: Side, there: Sequence[Side], known: Set[str], told: Set[str]) -> list[Change]:
    """Say which names came, went, or became others.

    Parameters
    ----------
    here : tuple
        Of the sentence: its tokens, its names, its words as `fold` gives them.
    there : sequence of tuple
        The same of those it was made from.
    known, told : set of str
        Words of the whole source text and of the whole target text.

    Returns
    -------
    list of Change
    """
    tokens, mine, words = here
    changes = []
    covered: set[str] = set()
    for source, theirs, _ in there:
        for place, region in regions_kept(source, theirs, mine):
            grade = "contradicts" if _in_a_list(tokens, mine, region) else "rounded"
            changes.append(Change("name", place, region, grade))
            covered |= {fold(word.strip(",")) for word in place.split()}
    in_sources = frozenset().union(*(each for _, _, each in there))
    new = _unknown(mine, in_sources, known)
    lost = _unknown([name for _, theirs, _ in there for name in theirs], words, told)
    lost = [(name, [word for word in rest if word not in covered]) for name, rest in lost]
    lost = [(name, rest) for name, rest in lost if rest]
    for became, fresh in list(new):
        for was, rest in list(lost):
            if not _are_misread(was, rest, became, fresh):
                continue
            changes.append(Change("name", was.shown, became.shown, "contradicts"))
            new.remove((became, fresh))
            lost.remove((was, rest))
            break
    for was, rest in list(lost):
        kept = next((name for name in mine if set(name.words) & set(was.words)), None)
        if kept is not None and len(rest) < len(was.words):
            # The family name stands, and the rest is nowhere in the text.
            changes.append(Change("name", was.shown, kept.shown, "same"))
            lost.remove((was, rest))
    changes += [Change("name", None, _part(name, fresh), "added") for name, fresh in new]
    changes += [Change("name", _part(name, rest), None, "omitted") for name, rest in lost]
    return list(dict.fromkeys(changes))


def _in_a_list(tokens: Tokens, mine: Sequence[Name], shown: str) -> bool:
    """Whether a name stands in a list of names: "New York, Houston and ..."."""
    for name in mine:
        around = {*tokens.low[name.after : name.after + 1]}
        around |= {*tokens.low[max(0, name.place - 1) : name.place]}
        if name.shown == shown:
            return bool(around & {",", "and"})
    return False


def _unknown(found: Sequence[Name], near: Set[str], far: Set[str]) -> list[tuple[Name, list[str]]]:
    listed: dict[str, tuple[Name, list[str]]] = {}
    for name in found:
        new = [
            word
            for word in name.words
            if not any(form in near or form in far for form in _forms(word))
        ]
        if new and name.spoken not in listed:
            listed[name.spoken] = (name, new)
    return list(listed.values())


def _forms(word: str) -> list[str]:
    # A name with "-s", "-n", "-an" is that of its people or its owner.
    tails = ("s", "n", "an", "ian")
    return [word, *(word + tail for tail in tails), *(word.removesuffix(tail) for tail in tails)]


def _are_misread(was: Name, rest: Sequence[str], became: Name, fresh: Sequence[str]) -> bool:
    """Whether one name became another that shares a word with it or is spelt alike."""
    if set(was.words) & set(became.words) and len(was.words) == len(became.words):
        return True
    one, other = " ".join(rest), " ".join(fresh)
    if min(len(one), len(other)) < MIN_FUZZY_LETTERS:
        return False
    return rapidfuzz.fuzz.ratio(one, other) >= MIN_FUZZY


def _part(name: Name, words: Sequence[str]) -> str:
    """The words of a name that are meant, as supplied; all, where all are."""
    if len(words) == len(name.words):
        return name.shown
    kept = [each for each in name.shown.split() if fold(each.strip(".,")) in words]
    return " ".join(kept) or name.shown
