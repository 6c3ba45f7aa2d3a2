"""Names of a sentence: capitalised words in runs, titles apart."""

from __future__ import annotations

from dataclasses import dataclass

from ..text import normalise
from . import fact_settings, units
from .tokens import Tokens, is_word

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
    "then most some all both one two three four five six seven eight nine ten what who whom whose "
    "which why where when how yes did do does is are was were has have can could will would "
    "should may also now here still yet so nobody nothing none however meanwhile instead".split()
)
# Written with a capital, and no names.
_OF_MEASURE = frozenset(("celsius", "fahrenheit", *units.CODES))


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
    places : tuple of int
        The token of each of `words`.
    place : int
        The token where it starts.
    after : int
        The token behind it.
    """

    shown: str
    words: tuple[str, ...]
    titles: tuple[str, ...]
    places: tuple[int, ...]
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
    long = [word for word in letters[1:] if len(word) >= fact_settings.MIN_TITLE_LETTERS]
    all_capitals = len(long) >= fact_settings.MIN_TITLE_WORDS and all(
        word[0].isupper() for word in long
    )
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
        places: list[int] = []
        for k, word in enumerate(raw[at:after], start=at):
            is_called = k == first_word and word.lower() in _OCCUPATIONS
            if is_called or word.lower() in TITLES:
                titles.append(fold(word))
            else:
                places.append(k)
        if places:
            words = tuple(fold(raw[k]) for k in places)
            shown = _shown(tokens, at, after)
            found.append(Name(shown, words, tuple(titles), tuple(places), at, after))
        at = after
    return tuple(found)


def _shown(tokens: Tokens, first: int, after: int) -> str:
    return tokens.shown(first, after).removesuffix("'s").removesuffix("’s")


def _is_capital(tokens: Tokens, at: int, first_word: int, taken: frozenset[int]) -> bool:
    word = tokens.raw[at]
    if word == tokens.low[at] or at in taken or not is_word(word):
        return False
    if len(word) == 1 and word in "IAQ":
        return False
    behind = tokens.low[at + 1] if at + 1 < len(tokens.low) else ""
    if tokens.low[at] in _OF_MEASURE or behind in units.SIGNS:
        return False
    if at == first_word or _begins(tokens, at):
        if len(word) > 1 and word[1:].isupper() and tokens.low[at] not in _OPENERS:
            return True
        follows = at + 1 < len(tokens.raw) and tokens.raw[at + 1][:1].isupper()
        return follows and tokens.low[at] not in _OPENERS
    return True


def _begins(tokens: Tokens, at: int) -> bool:
    """Whether a sentence or somebody's words may begin with a word."""
    before = tokens.raw[at - 1] if at > 0 else ""
    if before in ("!", "?", ":"):
        return True
    if before == ".":
        # "Mr. Brede", "J. Brede".
        called = tokens.low[at - 2] if at > 1 else ""
        return called not in TITLES and called not in ("st", "ste") and len(called) > 1
    if before == '"':
        is_opening = at == 1 or tokens.spans[at - 2][1] < tokens.spans[at - 1][0]
        return is_opening and tokens.spans[at - 1][1] == tokens.spans[at][0]
    return False


def fold(word: str) -> str:
    """Return a name's word as it is compared: normalised, without ``'s``."""
    plain = normalise.normalise(word).text if not word.isascii() else word.lower()
    plain = plain.replace(".", "")
    return plain.removesuffix("'s").removesuffix("'")
