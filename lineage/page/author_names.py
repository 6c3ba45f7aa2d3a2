"""Read the names of all authors out of the words of a byline."""

from __future__ import annotations

import re

from ..text import rarity

_MAX_NAME_TOKENS, _MAX_CAPITALS = 5, 3
# What a page puts behind its authors.
_NOISE = re.compile(
    r"(?<=\s)(?:follow\b.*|@\w.*|[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60})+.*|\d{1,60}[ -]min"
    r"(?:ute)?s?(?: read)?\b.*|"
    r"updated\b.*|published\b.*|\d{1,60} ?(?:h|hrs?|hours?|d|days?|m|mins?|minutes?) ago\b.*|"
    r"\d{1,2} ?[hd]$|"
    r"(?:e-?mail|contact|bio|share|\+ ?follow)\b.*)$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s{0,60}[,;|•·—–()]{1,60}\s{0,60}|\s{1,60}-\s{1,60}")
_AND = re.compile(
    r"\s{1,60}(?:and|und|et|y|og|och|&|with|mit|avec)\s{1,60}(?=\S{0,99}[A-ZÀ-Þ])|"
    r"\s{0,60}/\s{0,60}"
)
# Before the bar where an agency stood.
_DANGLING = re.compile(r"(?:^|(?<=[\s|]))(?:and|und|et|y|og|och|&|with|mit|avec)\s{0,60}\|")
_LIST_END = re.compile(r"\s(?:and|und|et|y|og|och|&|with|mit|avec)\s")
_PLACE = re.compile(
    r"\s{1,60}(?:(?:reporting )?(?:in|at|from)|aus|à|en)\s{1,60}(?:the\s{1,60})?[A-ZÀ-Þ].*$|"
    r"\s{1,60}(?:for|für|pour)\s{1,60}"
    r"(?:the\s{1,60})?[A-ZÀ-Þ].*$"
)
_LEAD = re.compile(r"^(?:and|und|et|y|og|och|&|with|by)\s{1,60}", re.IGNORECASE)
_DEGREE = re.compile(r"(?:M\.?D|Ph\.?\s?D|Jr|Sr|II|III|IV|R\.?N|Esq|M\.?A|MP|B\.?A)\.?", re.I)
_OFFICE = re.compile(
    r"\b(?:staff|wires?|writers?|reporters?|correspondents?|editors?|contributors?|bureau|desk|"
    r"newsroom|agencies|columnists?|producers?|special to|team|chief|service)\b",
    re.IGNORECASE,
)
_OFFICE_BEHIND = re.compile(
    r"(?<=\w)\s{1,60}(?:(?:senior|staff|contributing|special|political|business|sports?|science)"
    r"\s{1,60}){0,6}"
    r"(?:staff|writer|reporter|correspondent|editor|contributor)$",
    re.IGNORECASE,
)
# fmt: off
PARTICLES = frozenset((
    "de", "del", "van", "von", "der", "den", "ter", "di", "da", "dos", "la", "le", "el", "al",
    "bin", "ben", "zu", "du", "della", "degli", "do", "das", "af", "av", "wa", "ibn", "vom", "zum",
    "zur", "te",
))
# fmt: on
# fmt: off
CONNECTORS = frozenset((
    "and", "de", "del", "van", "von", "der", "den", "ter", "di", "da", "dos", "la", "le", "el",
    "al", "bin", "ben", "of", "for", "in", "the", "at", "with", "&", "to", "und", "et", "y",
))
# fmt: on
# "by the Pellworth sports desk": in small letters nothing else makes a byline of a group.
_GROUP = re.compile(
    r"(?:staff|teams?|desk|newsroom|reporters?|correspondents?|writers?|editors?)", re.IGNORECASE
)
_GROUP_OWNERS = frozenset(("our", "own", "a", "an", "staff", "news", "sports", "the"))
_SMALL_BYLINE = re.compile(
    r"by (?P<who>(?!(?:the|a|an|our|his|her|its|their|all|no|any|some|land|sea|air|then|now)\b)"
    r"[a-zà-þ][\w’'-]{1,60}(?: [a-zà-þ][\w’'-]{1,60}){1,2})"
)
_ELIDED = re.compile(r"[dlom][’'][A-ZÀ-Þ]")


def clean(words: str) -> str:
    """Take off what a page puts behind its authors: "Follow @...", "5 min read"."""
    return _NOISE.sub("", words).strip(" |•·,;–—-")


def is_person(words: str) -> bool:
    """Say whether words are written as the name of one person."""
    tokens = words.split()
    return (
        2 <= len(tokens) <= _MAX_NAME_TOKENS
        and is_capital(tokens[0])
        and all(is_capital(token) or token in PARTICLES for token in tokens)
        and not any(char.isdigit() for char in words)
        and tokens[-1][-1] != ":"
        and _OFFICE.search(words) is None
    )


def is_capital(token: str) -> bool:
    """Say whether a word begins as a name does: "Oy", "d'Oy"."""
    return token[0].isupper() or _ELIDED.match(token) is not None


def split_authors(words: str) -> tuple[str, ...]:
    """Return the authors that the words behind "By" name.

    Parameters
    ----------
    words : str
        Without dates, and with a bar where an agency stood.

    Returns
    -------
    tuple of str
        In order. Of two names with a comma between them the second is where the first
        works, unless an "and" ends the list; a lone group ("the harbour desk") stays.
    """
    words = _DANGLING.sub("|", words)
    segments = [part for part in _SEPARATOR.split(words) if part.strip()]
    segments = [part for part in segments if _DEGREE.fullmatch(part.strip()) is None]
    if len(segments) == 0:
        return ()
    ends = [i for i, part in enumerate(segments) if _LIST_END.search(f" {part}") is not None]
    of_list = segments[: ends[-1] + 1] if ends else _without_end(segments)
    if len(segments) == 2 and all(len(part.split()) == 1 for part in segments):
        of_list = [f"{segments[1].strip()} {segments[0].strip()}"]
    found = []
    for part in of_list:
        for piece in _AND.split(_LEAD.sub("", part.strip())):
            name = _PLACE.sub("", piece.strip()).strip()
            bare = _OFFICE_BEHIND.sub("", name).strip()
            name = bare if is_person(bare) else name
            if name != "":
                found.append(name)
    people = [name for name in found if is_person(name)]
    return tuple(dict.fromkeys(people)) if people else tuple(found[:1])


def _without_end(segments: list[str]) -> list[str]:
    shown = [_PLACE.sub("", part.strip()) for part in segments]
    if len(segments) > 2 and all(is_person(part) for part in shown):
        return segments
    return segments[:1]


def is_list(line: str) -> bool:
    """Say whether a line joins its names by a word, tells where they are, or has three."""
    n_parts = len([part for part in _SEPARATOR.split(line) if part.strip()])
    return n_parts > 2 or _LIST_END.search(line) is not None or _PLACE.search(line) is not None


def has_rare_name(line: str) -> bool:
    """Say whether a line has a word that the language does not list, as surnames often are."""
    found = re.findall(r"[^\W\d_]{1,60}", line.lower())
    return any(rarity.word_bits(word) >= rarity.UNLISTED_BITS for word in found)


def are_people(line: str) -> tuple[str, ...]:
    """Return the people that a line names if it does nothing else: "Ann Roe, Bo Lee and Cy Fox"."""
    found = []
    for part in _SEPARATOR.split(clean(line)):
        for piece in _AND.split(_LEAD.sub("", part.strip())):
            name = _PLACE.sub("", piece.strip()).strip()
            # More capitals are a headline with a comma: "Gale Fells Old Crane, Shuts Port".
            if not is_person(name) or sum(map(is_capital, name.split())) > _MAX_CAPITALS:
                return ()
            found.append(name)
    return tuple(dict.fromkeys(found))


def are_names(tokens: list[str]) -> bool:
    """Say whether words are names and what joins them."""
    return all(is_capital(token) or token in CONNECTORS for token in tokens)


def is_group(tokens: list[str]) -> bool:
    """Say whether words are a group of writers: "the Pellworth team", "our own reporter"."""
    if len(tokens) < 2 or _GROUP.fullmatch(tokens[-1]) is None:
        return False
    return all(token[0].isupper() or token in _GROUP_OWNERS for token in tokens[:-1])


def in_small_letters(line: str) -> str | None:
    """Return whom "by jane roe" names, or None: the line of a page that has no capitals."""
    found = _SMALL_BYLINE.fullmatch(line)
    return None if found is None else found["who"]
