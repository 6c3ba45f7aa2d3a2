"""Find outlets that report together: "several media, including X and Y, report", "X, Y and Z"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text.languages import word_lists
from . import mention_grammar

# How far from the names the verb stands that makes them reporters. German has it at the end.
_MAX_UNTIL_VERB, _MAX_UNTIL_LAST_VERB = 30, 90
_MAX_BEFORE = 60
# A longer list is one of something else.
_MAX_NAMES = 8
_ANY_NAME = r"[»«„“\"‚›‹]?(?P<apposed>{capitals}(?:(?:\s+{of})?\s*{capitals}){{0,3}})[»«“”\"‘‹›]?"


@dataclass(frozen=True)
class _Forms:
    """Patterns of a language: the group, the names of the list, what makes them reporters."""

    group: re.Pattern[str]
    any_name: re.Pattern[str]
    between: re.Pattern[str]
    last: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]


def find_groups(
    text: str, language: str, grammar: mention_grammar.Grammar
) -> Iterator[re.Match[str]]:
    """Find the outlets that a text names of several that report.

    Parameters
    ----------
    text : str
        The supplied text.
    language : str
        One of `word_lists.LANGUAGES`.
    grammar : Grammar
        Of that language.

    Yields
    ------
    Match
        One for each name, with the groups of `Grammar.name`, or ``apposed`` for a name of any
        form: among media each name is one of an outlet.
    """
    forms = _forms(language)
    for group in forms.group.finditer(text):
        names = list(_names(text, group.end(), forms, grammar))
        if not names:
            continue
        first = max(0, group.start() - _MAX_BEFORE)
        is_asked = forms.before.search(text, first, group.start()) is not None
        verb = forms.behind.match(text, names[-1].end())
        # Of "it sold papers including the Argus, it said" no paper is the one that said it.
        is_theirs = verb is not None and (verb["apart"] is None or group["apart"] is not None)
        if is_asked or is_theirs:
            yield from names


def _names(
    text: str, start: int, forms: _Forms, grammar: mention_grammar.Grammar
) -> Iterator[re.Match[str]]:
    at = start
    for _ in range(_MAX_NAMES):
        match = grammar.name.match(text, at) or forms.any_name.match(text, at)
        if match is None:
            return
        yield match
        gap = forms.between.match(text, match.end())
        if gap is None:
            return
        at = gap.end()


def find_beside(
    text: str, start: int, end: int, language: str, grammar: mention_grammar.Grammar
) -> Iterator[re.Match[str]]:
    """Find the other names of a list in which one is known to report: "X, Y und Z berichten".

    Parameters
    ----------
    text : str
        The supplied text.
    start, end : int
        Where the known name stands.
    language : str
        One of `word_lists.LANGUAGES`.
    grammar : Grammar
        Of that language.

    Yields
    ------
    Match
        One for each other name, with the groups of `Grammar.name`; none where no "and" stands
        before the last.
    """
    forms = _forms(language)
    behind: list[re.Match[str]] = []
    reached, is_closed = end, False
    for _ in range(_MAX_NAMES):
        gap = forms.between.match(text, reached)
        match = None if gap is None else grammar.name.match(text, gap.end())
        if gap is None or match is None:
            break
        behind.append(match)
        reached, is_closed = match.end(), forms.last.fullmatch(gap.group()) is not None
        if is_closed:
            break
    if is_closed:
        yield from behind
    joined = grammar.name_and.search(text, max(0, start - _MAX_BEFORE), start)
    if joined is None:
        return
    yield joined
    reached = joined.start()
    for _ in range(_MAX_NAMES):
        first = max(0, reached - _MAX_BEFORE)
        before = next(
            (
                each
                for each in grammar.name.finditer(text, first, reached)
                if re.fullmatch(r"[»«“”\"‘‹›]?,\s*", text[each.end() : reached])
            ),
            None,
        )
        if before is None:
            return
        yield before
        reached = before.start()


@functools.lru_cache(maxsize=len(word_lists.LANGUAGES))
def _forms(language: str) -> _Forms:
    words = word_lists.words(language)["credits"]
    any_of = word_lists.any_of
    article = word_lists.article(words["articles"])
    joins = any_of(word_lists.words(language)["bylines"]["joins"])
    media, including = any_of(words["several_media"]), any_of(words["including"])
    verbs = any_of([*words["plural_verbs"], *words["verbs"], *words["weak_verbs"]])
    asks = any_of([*words["plural_verbs"], *words["verbs"], *words["cues"]])
    most = _MAX_UNTIL_LAST_VERB if language in ("de", "nl") else _MAX_UNTIL_VERB
    # In English, "the" of "the Guardian" is not of its name; "Le Monde" and "De Tijd" have theirs.
    titles = any_of(word_lists.words(language)["names"]["titles"])
    leading = rf"(?:{article})?" if language == "en" else rf"(?:(?!{titles}\b){article})?"
    any_name = _ANY_NAME.format(
        capitals=mention_grammar.CAPITALS, of=r"(?:(?:de|du|des|del|della|dei|of|van)\s+)?"
    )
    last = rf"[»«“”\"‘‹›]?,?\s+{joins}\s+"
    return _Forms(
        group=re.compile(
            rf"(?<!\w)(?i:{media})(?P<apart>\s?[,–—(-])?\s*(?i:(?<=[\s(,–—-]){including})\s+"
        ),
        any_name=re.compile(leading + any_name + r"(?![\w-])"),
        between=re.compile(rf"(?:{last}|[»«“”\"‘‹›]?,\s+)"),
        last=re.compile(last),
        before=re.compile(rf"(?<!\w)(?i:{asks})\s+(?:[^\W\d_]+\s+){{0,2}}$"),
        behind=re.compile(
            rf"[»«“”\"‘‹›]?(?P<apart>\s?[,)–—-])?\s[^.,;:\n]{{0,{most}}}?(?<!\w){verbs}(?!\w)"
        ),
    )
