"""Find the outlets that a story names as where it has things from, or as who was told."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import outlets


@dataclass(frozen=True)
class Mention:
    """An outlet named in a story.

    Attributes
    ----------
    name : str
        Usual name.
    kind : str
        ``reported``, ``told`` or ``via_link``.
    start, end : int
        Half-open span in the supplied text, cue words included.
    """

    name: str
    kind: str
    start: int
    end: int


_VIA = re.compile(
    r"(?:\b(?:read|see)\s+(?:more|the\s+(?:full|whole|original|rest)[^.\n]{0,40}?)\s+"
    r"(?:at|on|in|from)|\b(?:first|originally)\s+(?:appeared|published|posted|ran)\s+"
    r"(?:by|at|on|in)|\breprinted\s+(?:from|with permission (?:from|of))|\brepublished\s+from|"
    r"\bh/t|^\W*via|\(via):?\s+(?:the\s+)?",
    re.IGNORECASE | re.MULTILINE,
)
# "From The Pellworth Courier", a line of its own around the story, from whose paper it is.
_FROM = re.compile(
    r"^[^\w\n]{0,3}(?:(?:(?:[Tt]his )?(?:[Ss]tory|[Aa]rticle|[Rr]eport|[Tt]ext)(?: is| comes)? )?"
    r"[Ff]rom|FROM|(?:Source|SOURCE):)[ \t]+(?P<name>[^\n]{4,60}?)[ \t\r.]*$",
    re.MULTILINE,
)
_FROM_LINES, _FROM_TAIL_LINES = 8, 3
# "From Local News", "From Our Radio" name a part of the site itself.
_PART_OF_SITE = re.compile(
    r"(?:The\s+)?(?:(?:World|Local|National|International|Regional|State|City|Business|Sports?|"
    r"Breaking|Latest|Top|More|Other|Our|Your|My|This|That|Health|Science|Tech|Weather|Good|Bad|"
    r"Fake|Court|Live|Daily|Weekly|Home|Foreign|US|UK|EU|U\.S\.|U\.K\.|[A-Z]\w+[’']s)\s+)+\w+"
)
_POSTED_AT = re.compile(r"^\W*(?P<name>[A-Z][\w ]{2,30}?)\s+posted\s+at\b", re.MULTILINE | re.I)
_MAX_NAME_CHARS = 60

_KIND_OF_OUTLET = (
    r"(?:news\s+agency|newspaper|broadcaster|magazine|(?:news\s+)?website|news\s+site|daily|"
    r"tabloid|weekly|television|(?:TV|television)\s+(?:channel|station|network)|radio\s+station)"
)
_TOLD = re.compile(
    r"\b(?:told|tells|telling|(?:spoke|spoken)\s+(?:to|with)|speaking\s+(?:to|on|with)|"
    r"interview\s+(?:with|on|for|by)|said\s+on|appear(?:ed|ing|ance)\s+on)\s+"
)
_ACCORDING_TO = re.compile(
    r"\b(?:[Aa]ccording\s+to|[Rr]eported\s+(?:by|in|on)|[Pp]ublished\s+(?:by|in)|[Cc]iting|"
    r"[Qq]uoted\s+(?:by|in)|[Cc]ited\s+by|[Rr]evealed\s+by|[Rr]eports?\s+(?:by|in|from))\s+"
    r"(?:(?:a|an|the)\s+(?:\w+\s+)?(?:report|article|story|account|investigation)\s+"
    r"(?:by|in|from|on)\s+)?"
)
_NOT_NEWS = re.compile(r"\s+(?:poll|survey)\b")
# "reported to the police" and "reported for duty" are no reports.
_VERB = re.compile(
    r"\b(?:reported|reports|revealed|broke\s+the\s+(?:news|story))\b(?!\s+(?:to|for)\b)"
)
_ADVERBS = (
    r"(?:,?\s+(?:which|who)\s+|\s+)"
    r"(?:(?:has|had|have|first|also|later|earlier|previously|exclusively|then)\s+)*"
)
# A name and the adverbs after it; further back nothing belongs to the verb.
_MAX_BEFORE_VERB = 120


@functools.lru_cache(maxsize=1)
def _name() -> str:
    cap = outlets.CAPITALISED
    forms = sorted(outlets.listed_forms(), key=lambda form: (-len(form), form))
    listed = "|".join(map(re.escape, forms))
    bare = (
        rf"(?:(?:[Tt]he\s+)?(?:{outlets.STATION_FORM}|{listed})|{outlets.MEDIA_FORM}"
        rf"|{outlets.AGENCY_FORM})"
    )
    apposed = rf"{bare}|{cap}(?:\s+(?:(?:de|della|la|el|al)\s+)?{cap}){{0,3}}"
    return (
        rf"(?:(?:[Tt]he\s+)?{_KIND_OF_OUTLET}\s+(?P<apposed>{apposed})"
        rf"|(?P<name>{bare})(?:\s+{_KIND_OF_OUTLET})?)(?![\w-])"
    )


@functools.lru_cache(maxsize=1)
def _after_cue() -> re.Pattern[str]:
    return re.compile(_name())


@functools.lru_cache(maxsize=1)
def _before_verb() -> tuple[re.Pattern[str], ...]:
    cap = outlets.CAPITALISED
    unlisted = rf"(?P<unlisted>The\s+{cap}(?:\s+{cap}){{0,3}})"
    # "NBC 10 Boston"
    station = rf"(?P<unlisted>(?=[A-Z]\w*\s?\d){outlets.STATION_FORM}(?:\s+{cap}){{1,2}})"
    edge = r"(?<![\w’'-])"
    return (
        re.compile(rf"{edge}{_name()}{_ADVERBS}$"),
        re.compile(rf"{edge}{unlisted}{_ADVERBS}$"),
        re.compile(rf"{edge}{station}{_ADVERBS}$"),
    )


def find_mentions(text: str) -> list[Mention]:
    """Find "X reported", "according to X", "told X" and links to X in a story.

    Parameters
    ----------
    text : str
        The supplied text.

    Returns
    -------
    list of Mention
        Not overlapping; where two kinds fit one place, the link, then the interview.
    """
    found: list[Mention] = []
    for mentions in (
        _links(text),
        _from_lines(text),
        _told(text),
        _according_to(text),
        _with_verb(text),
    ):
        for mention in mentions:
            if all(mention.end <= other.start or mention.start >= other.end for other in found):
                found.append(mention)
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _links(text: str) -> Iterator[Mention]:
    for cue in _VIA.finditer(text):
        match = _after_cue().match(text, cue.end(), min(len(text), cue.end() + _MAX_NAME_CHARS))
        name = _named(match) if match is not None else None
        if match is not None and name is not None:
            yield Mention(name, "via_link", cue.start(), match.end())
    for cue in _POSTED_AT.finditer(text):
        match = _after_cue().fullmatch(cue["name"])
        name = _named(match) if match is not None else None
        if name is not None:
            yield Mention(name, "via_link", *cue.span())


def _from_lines(text: str) -> Iterator[Mention]:
    """Yield the lines that do nothing but name the paper that the text is from."""
    cues = list(_FROM.finditer(text))
    if len(cues) == 0:
        return
    lines = [match for match in re.finditer(r"[^\n]+", text) if re.search(r"\w", match.group())]
    starts = [line.start() for line in lines]
    for cue in cues:
        i = starts.index(cue.start())
        outside = 0 < i < _FROM_LINES or i >= len(lines) - _FROM_TAIL_LINES
        match = _after_cue().fullmatch(cue["name"])
        name = _named(match) if match is not None else None
        if name is None or not outside or _PART_OF_SITE.fullmatch(cue["name"]) is not None:
            continue
        # On its own page the paper's name is above the text or in its notice of rights.
        bare = re.sub(r"^the ", "", name.casefold())
        own = (line.group().casefold() for j, line in enumerate(lines) if j != i)
        if not any(bare in line and (len(line) < len(bare) + 8 or "©" in line) for line in own):
            yield Mention(name, "via_link", *cue.span())


def _told(text: str) -> Iterator[Mention]:
    for cue in _TOLD.finditer(text):
        match = _after_cue().match(text, cue.end())
        name = _named(match) if match is not None else None
        if match is not None and name is not None:
            yield Mention(name, "told", cue.start(), match.end())


def _according_to(text: str) -> Iterator[Mention]:
    for cue in _ACCORDING_TO.finditer(text):
        match = _after_cue().match(text, cue.end())
        name = _named(match) if match is not None else None
        if match is None or name is None or _NOT_NEWS.match(text, match.end()) is not None:
            continue
        # Journals of science publish, and are nobody's source of news.
        if "Journal" in match.group() and cue.group().lower().startswith("published"):
            continue
        yield Mention(name, "reported", cue.start(), match.end())


def _with_verb(text: str) -> Iterator[Mention]:
    for verb in _VERB.finditer(text):
        first = max(0, verb.start() - _MAX_BEFORE_VERB)
        for pattern in _before_verb():
            match = pattern.search(text, first, verb.start())
            name = _named(match) if match is not None else None
            if match is not None and name is not None:
                yield Mention(name, "reported", match.start(), verb.end())
                break


def _named(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    apposed = groups.get("apposed")
    if apposed is not None:
        return outlets.canonical(apposed) or apposed
    unlisted = groups.get("unlisted")
    if unlisted is not None and not outlets.may_be_media(unlisted):
        return None
    return outlets.canonical(unlisted or groups["name"])
