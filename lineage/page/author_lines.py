"""Read who wrote a text from a line that a page gives to its authors, in several languages."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from ..text import date_forms
from ..text.languages import detection, word_lists
from . import author_names, outlets

# A longer line tells something of them.
_MAX_LINE_CHARS = 200
# "A guest column by", "Propos recueillis par": more words before a lead are a sentence.
_MAX_WORK_WORDS = 5
_MAX_ONLY_WORDS = 10
# Names have two words or three; of "Jane Roe Wales correspondent" the rest is what she is.
_NAME_WORDS = 2
_BREAK = re.compile(r"[|•·\n]|\s[–—-]\s")
# The stop of an initial or of "Dr." ends nothing.
_CLAUSE = re.compile(r"(?<=[a-zß-ÿ]{2})\.(?=\s)|[;(]")
_DEGREE = re.compile(r"(?:M\.?D|Ph\.?\s?D|R\.?N|Esq|MP|MBE|OBE)\.?")
# What begins the name of a publisher: "The Star"; a surname may be "Le Roux", and stands alone.
_ARTICLES = frozenset(("The", "THE", "Der", "Die", "Das"))
_PAIR_ARTICLES = frozenset(("Le", "La", "Les", "Il", "El", "L’", "L'"))
_CAPITAL_PLACE = re.compile(r"\s(?:FOR|AT|IN|FROM)\s.*")
_HANDLE = re.compile(r"\(?(?:@\w{1,60}|[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60})+)\)?")
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.?")


def named(line: str, *, language: str | None = None, is_byline: bool = False) -> tuple[str, ...]:
    """Return the persons that a line names as authors of the text.

    Parameters
    ----------
    line : str
        Without line ends; where its parts were set apart, a bar stands between them.
    language : str, optional
        Code of the page's language; English leads are known on any page.
    is_byline : bool
        Whether the page marks the line as one of authors, or only its words do: "Reporting by
        Jane Roe in Halvane; editing by Jon Berg".

    Returns
    -------
    tuple of str
        In order. Nobody who edited, translated, took pictures or helped; no staff, outlet, place.
    """
    shown = " ".join(without_time(_HANDLE.sub("|", line)).split())
    if len(shown) > _MAX_LINE_CHARS:
        return ()
    small = author_names.in_small_letters(shown) if is_byline else None
    if small is not None:
        return (small,)
    grammar = _grammar(language)
    found: list[str] = []
    is_led = False
    for clause in _clauses(shown, grammar):
        lead = grammar.lead.match(clause)
        what = "" if lead is None else lead["what"].strip(" ,")
        is_work = grammar.works.fullmatch(what) is not None
        # The "von" of a name leads nowhere.
        if lead is None or (not is_work and person(clause) is not None):
            if not is_byline and not is_led:
                # A line that begins with anything else is none of authors.
                return ()
            if is_byline and grammar.other_label.match(clause) is None:
                found += _people(clause, grammar)
            continue
        is_led = True
        if (is_byline or is_work) and grammar.others.search(what) is None:
            found += _people(clause[lead.end() :], grammar)
    return tuple(dict.fromkeys(found))


def _clauses(line: str, grammar: _Grammar) -> list[str]:
    """Split a line where its parts are set apart, and before "Photos:"."""
    parts = [
        each
        for piece in _BREAK.split(line)
        for clause in _CLAUSE.split(piece)
        for each in grammar.before_others.split(clause)
    ]
    shown = (part.strip(" ,.;:)") for part in parts)
    return [each for each in shown if re.search(r"[^\W_]", each) is not None]


def listed(names: str, *, language: str | None = None) -> tuple[str, ...]:
    """Return the persons that a field of metadata lists, between commas or otherwise.

    Parameters
    ----------
    names : str
        Such as "Jane Roe, Jon Berg" or "By Jane Roe and Jon Berg".
    language : str, optional
        As for `named`.

    Returns
    -------
    tuple of str
        In order.
    """
    parts = re.split(r"\s{0,60}[,;|\n]\s{0,60}", names)
    found = [each for part in parts for each in named(part, language=language, is_byline=True)]
    # "Roe, Jane"
    if not found and len(parts) == 2 and all(len(part.split()) == 1 for part in parts):
        found = list(named(f"{parts[1]} {parts[0]}", language=language, is_byline=True))
    return tuple(dict.fromkeys(found))


def has_lead(line: str, *, language: str | None = None) -> bool:
    """Say whether a line says itself that whom it names wrote the text: "By Jane Roe"."""
    grammar = _grammar(language)
    lead = grammar.lead.match(line.strip())
    return lead is not None and grammar.works.fullmatch(lead["what"].strip(" ,")) is not None


def only_named(line: str) -> tuple[str, ...]:
    """Return the persons of a line that says, in any language, who wrote, and nothing else."""
    tokens = line.split()
    n_small = sum(token.islower() and token not in author_names.PARTICLES for token in tokens[1:])
    is_short = len(tokens) <= _MAX_ONLY_WORDS and not line.endswith((".", "?", "!", ":"))
    return named(line) if is_short and n_small <= 1 and has_lead(line) else ()


def person(words: str) -> str | None:
    """Return the name of a person that stands alone, without an office beside it, or None."""
    tokens = words.strip(" ,.;:–—-").split()
    while tokens and tokens[-1].islower() and _offices().fullmatch(tokens[-1]) is None:
        tokens.pop()
    while len(tokens) > _NAME_WORDS and _DEGREE.fullmatch(tokens[-1]) is not None:
        tokens.pop()
    if any(_offices().fullmatch(each) is not None for each in tokens[_NAME_WORDS:]):
        kept = 1 + next((i for i, each in enumerate(tokens[1:], 1) if _is_surname(each)), 1)
        tokens = tokens[:kept]
    name = " ".join(tokens)
    is_publisher = tokens[:1] and (
        tokens[0] in _ARTICLES or (len(tokens) == _NAME_WORDS and tokens[0] in _PAIR_ARTICLES)
    )
    if ":" in name or is_publisher:
        return None
    bare = " ".join(each for each in tokens if each not in author_names.PARTICLES)
    # "M. K." signs, and names nobody.
    if all(_INITIAL.fullmatch(each) is not None for each in tokens):
        return None
    if not author_names.is_person(bare) or is_group(name) or outlets.look_up(name) is not None:
        return None
    return name if outlets.paper(name) is None else None


def is_group(words: str) -> bool:
    """Say whether words name staff or an office, such as "Redazione" or "Web Desk"."""
    return any(_offices().fullmatch(each) is not None for each in re.findall(r"[\w-]+", words))


def are_offices(words: str) -> bool:
    """Say whether words name nothing but staff or an office."""
    return all(_offices().fullmatch(each) is not None for each in re.findall(r"[\w-]+", words))


def withs() -> re.Pattern[str]:
    """Return the pattern of what stands between an author and helpers, in any language."""
    return _grammar(None).withs


def _is_surname(token: str) -> bool:
    return author_names.is_capital(token) and _INITIAL.fullmatch(token) is None


class _Grammar:
    """The word lists of a language and English, as patterns."""

    def __init__(self, language: str | None) -> None:
        codes = [language] if language in detection.LISTED else list(detection.LISTED)
        lists = [
            word_lists.words(code)["bylines"]
            for code in dict.fromkeys([*codes, "en"])
            if code is not None
        ]
        any_of = word_lists.any_of
        every = {kind: [each for words in lists for each in words[kind]] for kind in lists[0]}
        kind = rf"(?P<what>(?:[^\W\d][\w’'*-]*\s+){{0,{_MAX_WORK_WORDS}}}?)"
        self.lead = re.compile(
            rf"{kind}(?:(?i:{any_of(every['leads'])})\s*:?\s+(?=[^\W\d_a-zß-ÿ])"
            rf"|(?i:{any_of(every['labels'])})\s?:\s*(?=[^\W\d_a-zß-ÿ]))"
        )
        article = r"(?:(?:an?|the|eine?|une?|un[ao]?|e[ei]n)\s+)?"
        self.works = re.compile(rf"(?i:{article}(?:\w+\s+)?{any_of(every['works'])})|")
        self.others = re.compile(rf"(?<!\w)(?i:{any_of(every['others'])})(?!\w)")
        self.other_label = re.compile(rf"(?i:{any_of(every['others'])})\s?:")
        self.before_others = re.compile(rf"\s+(?={self.other_label.pattern})")
        self.joins = re.compile(
            rf"\s+(?i:{any_of(every['joins'])})\s+(?=[^\W\d_a-zß-ÿ])|\s*[&+/]\s*"
        )
        self.withs = re.compile(rf",?\s+(?:{any_of(every['withs'])})\s+", re.IGNORECASE)


@functools.lru_cache(maxsize=16)
def _grammar(language: str | None) -> _Grammar:
    return _Grammar(language)


@functools.lru_cache(maxsize=1)
def _offices() -> re.Pattern[str]:
    entries = [
        each for code in detection.LISTED for each in word_lists.words(code)["bylines"]["offices"]
    ]
    return re.compile(word_lists.any_of(entries), re.IGNORECASE)


def without_time(line: str) -> str:
    """Return a line with bars for days, times of day and what stands before them."""
    spans = [(each.start, each.end) for each in date_forms.clocks(line)]
    spans += [(each.start, each.end) for each in date_forms.days_alone(line, "dmy")]
    chars = list(line)
    for start, end in spans:
        chars[start:end] = "|" * (end - start)
    shown = "".join(chars)
    # "on Fri, |"
    shown = re.sub(rf"(?<=\w)(?:{date_forms.fillers().pattern})+(?=\|)", " ", shown, flags=re.I)
    # "Updated" before a time, and not before "by Jane Roe".
    for label in reversed(list(date_forms.labels().finditer(shown))):
        behind = date_forms.fillers().sub(" ", shown[label.end() : shown.find("|", label.end())])
        if "|" in shown[label.end() :] and not behind.strip():
            shown = f"{shown[: label.start()]}|{shown[label.end() :]}"
    return shown


def _people(words: str, grammar: _Grammar) -> Sequence[str]:
    for name in reversed(outlets.find_names(words, 0, len(words))):
        words = f"{words[: name.start]}, {words[name.end :]}"
    words = _CAPITAL_PLACE.sub("", words) if words.isupper() else words
    # "Jane Roe with files from the Press Agency": of helpers only a person wrote too.
    joined = grammar.withs.split(author_names.clean(words), maxsplit=1)
    pieces = [joined[0]]
    if len(joined) > 1 and any(person(each) for each in grammar.joins.split(joined[1])):
        pieces = [" and ".join(joined)]
    plain = grammar.joins.sub(" and ", pieces[0])
    # What stands beside a name in commas is an office or a place, and splits no list.
    segments = [
        " and ".join(person(each) or each for each in segment.split(" and "))
        for segment in re.split(r"\s{0,60},\s{0,60}", plain)
        if not is_group(segment) or person(segment) is not None
    ]
    names = [person(each) for each in author_names.split_authors(", ".join(segments))]
    return [each for each in names if each is not None]
