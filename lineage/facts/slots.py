"""Where in its clause a value stands, and whether two values are said of the same thing."""

from __future__ import annotations

from dataclasses import dataclass

from ..text import rarity
from . import fact_settings
from .tokens import Tokens, is_word

# Words that say nothing of what a value is about.
_SMALL = frozenset(
    "a an the of to in on at or for from by with was were is are be been being it its this there "
    "than had has have about some as not out their his her other another more he she they will "
    "would can could only just also on around up over under nearly almost until since during new "
    "der die das den dem ein eine einen einem in im am um auf bei von vom zu zum mit war waren ist "
    "sind le la les un une des du de en au aux est".split()
)
# A clause ends here: what stands beyond is said of something else.
_BORDERS = frozenset(
    ', ; : . ( ) " ? ! and or but which who whose whom that after before when while where because '
    "although though und oder aber et ou mais".split()
)
# What may stand between a number and what it counts.
_LINKS = frozenset("- of the its their other more his her der die das".split())


@dataclass(frozen=True)
class Slot:
    """The place of a value in its clause.

    Attributes
    ----------
    heads : frozenset of str
        Stems of the words right behind it, which tell what a number counts.
    left, right : str
        Stems of the nearest words that tell something; empty for none in the clause.
    clause : frozenset of str
        Stems of all such words of the clause.
    beside : tuple of str
        The word before and the word behind, whatever they are.
    """

    heads: frozenset[str]
    left: str
    right: str
    clause: frozenset[str]
    beside: tuple[str, str]


NOWHERE = Slot(frozenset(), "", "", frozenset(), ("", ""))


def find(tokens: Tokens, first: int, after: int) -> Slot:
    """Describe the place of tokens ``[first, after)``.

    Parameters
    ----------
    tokens : Tokens
    first, after : int

    Returns
    -------
    Slot
    """
    low = tokens.low
    before = _words(low, range(first - 1, -1, -1))
    behind = _words(low, range(after, len(low)))
    if not before and not behind:
        # "The owner, 31, was": an age between commas is said of what stands before.
        before = _words(low, range(first - 2, -1, -1))
    beside = (
        low[first - 1] if first > 0 else "",
        low[after] if after < len(low) else "",
    )
    return Slot(
        _heads(low, after),
        before[0] if before else "",
        behind[0] if behind else "",
        frozenset((*before, *behind)),
        beside,
    )


def _words(low: tuple[str, ...], places: range) -> list[str]:
    found = []
    for place in places:
        word = low[place]
        if word in _BORDERS:
            break
        if is_word(word) and word not in _SMALL:
            found.append(rarity.stem(word))
    return found


def _heads(low: tuple[str, ...], after: int) -> frozenset[str]:
    found: list[str] = []
    if low[after : after + 1] == ("-",) and after + 1 < len(low) and is_word(low[after + 1]):
        # "The four-star hotel" has stars.
        return frozenset([rarity.stem(low[after + 1])])
    for word in low[after:]:
        if is_word(word) and word not in _SMALL and word not in _BORDERS:
            found.append(rarity.stem(word))
        elif word not in _LINKS or found:
            break
        if len(found) == fact_settings.HEAD_WORDS:
            break
    return frozenset(found)


def may_agree(one: Slot, other: Slot) -> bool:
    """Whether nothing says that two numbers count different things.

    Parameters
    ----------
    one, other : Slot

    Returns
    -------
    bool
        False for four stars and three storeys.
    """
    return not one.heads or not other.heads or bool(one.heads & other.heads)


def is_one_thing(one: Slot, other: Slot) -> bool:
    """Whether two values are said of the same thing.

    Parameters
    ----------
    one, other : Slot

    Returns
    -------
    bool
        The word next to it is the same, and so is the better part of the clause: "founded in
        1902" and "founded in 1920", not "founded in 1902" and "rebuilt in 1920".
    """
    if not may_agree(one, other):
        return False
    if not one.clause or not other.clause:
        return not one.clause and not other.clause and one.beside == other.beside
    is_near = one.left == other.left != "" or one.right == other.right != ""
    shared = len(one.clause & other.clause)
    return is_near and (
        shared >= fact_settings.MIN_SHARED or shared == min(len(one.clause), len(other.clause))
    )


def is_one_place(one: Slot, other: Slot) -> bool:
    """Whether two values of one thing stand between the same words, or count the same there.

    Parameters
    ----------
    one, other : Slot

    Returns
    -------
    bool
    """
    if one.heads & other.heads and len(one.clause & other.clause) >= fact_settings.MIN_SHARED:
        return True
    return one.left == other.left and one.right == other.right and one.left + one.right != ""
