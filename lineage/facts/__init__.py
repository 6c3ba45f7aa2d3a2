"""Facts that a copy can get wrong: numbers, dates, names, denials, speakers, quotes."""

from .comparison import Sentence, changed, compare, lost
from .grammar import ALONE, GRADES, KINDS, NONE, Change, grade_of, parse, render

__all__ = [
    "ALONE",
    "GRADES",
    "KINDS",
    "NONE",
    "Change",
    "Sentence",
    "changed",
    "compare",
    "grade_of",
    "lost",
    "parse",
    "render",
]
