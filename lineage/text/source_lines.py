"""Find lines that do nothing but say whose text it is: "SOURCE: AFP", "Reuters, LONDON"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import bylines, furniture, outlets, short_names, wordlists
from .credit import Credit

_MAX_LINE_CHARS = 90
# Where lines about the text stand.
_HEAD_LINES, _TAIL_LINES = 6, 4
_BETWEEN = re.compile(r"\s*(?:[/,;+&|•·]|\s(?:und|and|et|u\.)\s)\s*")
_EDGE = r"[\s(\[–—―*_-]*"
# "breitbart.example ^ | 4 Aug 2017 | by ..." heads an excerpt on a forum.
_EXCERPT = re.compile(rf"\s*(?P<name>{short_names.DOMAIN_FORM}|[^\n^|]{{2,40}}?)\s\^(?:\s|$)")
# "from CNN.com - RSS Channel - Health http://..."
_FEED = re.compile(
    rf"\W*from\s+(?P<name>{short_names.DOMAIN_FORM}|[^\n]{{2,40}}?)\s+[-–|]\s+.*(?:\bRSS\b|https?://)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:[A-ZÄÖÜÉ][\w.'’-]*)(?:[ /][A-ZÄÖÜÉ][\w.'’-]*){0,2}")
_OWN_LINE_WORDS, _MIN_HEADLINE_WORDS = 6, 3


@dataclass(frozen=True)
class _Named:
    name: str
    start: int
    end: int


@functools.lru_cache(maxsize=1)
def _leads() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = [wordlists.words(each)["credits"] for each in wordlists.LANGUAGES]
    # "Source : AFP", "Quelle: dpa"; "From" and "via" need no colon.
    sources = wordlists.any_of([word for each in lists for word in each["sources"]])
    helpers = wordlists.any_of([word for each in lists for word in each["helpers"]])
    others = wordlists.any_of([word for each in lists for word in each["others"]])
    return (
        re.compile(rf"{_EDGE}(?i:{sources})\s?:\s*"),
        re.compile(rf"{_EDGE}(?i:{helpers})\s*:?\s+"),
        re.compile(rf"(?i:{others})"),
    )


def find_source_lines(text: str, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    """Find lines that do nothing but name the source of a text, or its helpers.

    Parameters
    ----------
    text : str
        The supplied text.
    lines : sequence of Line
        Its lines.

    Yields
    ------
    Credit
        ``byline_agency`` for an agency, ``via_link`` for another house, ``contributed`` for
        helpers; one for each name.
    """
    for line in lines:
        if line.end - line.start > _MAX_LINE_CHARS:
            continue
        for form in (_EXCERPT, _FEED):
            match = form.match(text, line.start, line.end)
            name = _name(match["name"]) if match is not None else None
            if match is not None and name is not None:
                yield Credit(name, "via_link", line.start, line.end, *match.span("name"))
                break
        else:
            yield from _labelled(text, line)
            yield from _alone(text, line, lines)


def _labelled(text: str, line: bylines.Line) -> Iterator[Credit]:
    source, helper, _ = _leads()
    for lead, helped in ((source, False), (helper, True)):
        match = lead.match(text, line.start, line.end)
        if match is None:
            continue
        for named in _all_named(text, match.end(), line.end):
            kind = "via_link" if not outlets.is_agency(named.name) else "byline_agency"
            kind = "contributed" if helped else kind
            yield Credit(named.name, kind, line.start, line.end, named.start, named.end)
        return


def _all_named(text: str, start: int, end: int) -> list[_Named]:
    """Read names and "agencies" in a line that has nothing else."""
    found: list[_Named] = []
    reached = start
    for gap in [*_BETWEEN.finditer(text, start, end), None]:
        stop = gap.start() if gap is not None else end
        piece = text[reached:stop].strip(" .,;)]–—-")
        if piece:
            name = _name(piece) if _leads()[2].fullmatch(piece) is None else None
            first = reached + text[reached:stop].index(piece)
            if name is not None:
                found.append(_Named(name, first, first + len(piece)))
            elif _leads()[2].fullmatch(piece) is None:
                return []
        reached = gap.end() if gap is not None else end
    return found


def _name(written: str) -> str | None:
    written = written.strip()
    if re.fullmatch(short_names.DOMAIN_FORM, written) is not None:
        return short_names.by_domain(written)
    known = outlets.look_up(written) or short_names.in_mark(written)
    if known is not None:
        return known
    return outlets.listed_words().get(written)


def _alone(text: str, line: bylines.Line, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    """Read "Agence France-Presse", "Reuters, LONDON" and "dpa/ots" under a headline."""
    below = lines[line.index + 1] if line.index + 1 < len(lines) else None
    if not 0 < line.index < _HEAD_LINES or len(line.text.split()) > _OWN_LINE_WORDS:
        return
    # In a row of links each line is as short as the next; above a story it is not.
    above = lines[line.index - 1].text
    if below is None or not furniture.is_paragraph(below.text) or furniture.has_end_mark(above):
        return
    # The name of an agency under a picture stands below a button or nothing.
    if len(above.split()) < _MIN_HEADLINE_WORDS:
        return
    pieces = [piece.strip() for piece in line.text.split(",")]
    first, rest = pieces[0], pieces[1:]
    name = outlets.look_up(first) or short_names.in_mark(first)
    if name is None or not outlets.is_agency(name) or len(rest) > 1:
        return
    if all(_PLACE.fullmatch(piece) is not None for piece in rest):
        at = text.index(first, line.start)
        yield Credit(name, "byline_agency", line.start, line.end, at, at + len(first))
