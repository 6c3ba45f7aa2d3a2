"""Find lines that do nothing but say whose text it is: "SOURCE: AFP", "Reuters, LONDON"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..text.languages import word_lists
from . import author_lines, boilerplate, bylines, outlets, short_names, staff_lines
from .credit_record import Credit

_MAX_LINE_CHARS = 90
# Where lines about the text stand.
_HEAD_LINES, _TAIL_LINES = 6, 4
_BETWEEN = re.compile(r"\s{0,60}(?:[/,;+&|•·]|\s(?:und|and|et|u\.)\s)\s{0,60}")
_EDGE = r"[\s(\[–—―*_-]{0,60}"
# "breitbart.example ^ | 4 Aug 2017 | by ..." heads an excerpt on a forum.
_EXCERPT = re.compile(
    rf"\s{{0,60}}(?P<name>{short_names.DOMAIN_FORM}|[^\n^|]{{2,40}}?)\s\^(?:\s"
    rf"|$)"
)
# "from CNN.com - RSS Channel - Health http://..."
_FEED = re.compile(
    rf"\W{{0,60}}from\s{{1,60}}(?P<name>{short_names.DOMAIN_FORM}|[^\n]{{2,40}}?)\s{{1,60}}[-–|]"
    rf"\s{{1,60}}.*(?:\bRSS\b|https?://)",
    re.IGNORECASE,
)
# "jro/mst/dpa/Reuters": letters of those who wrote, and agencies.
_LETTERS = re.compile(r"[a-zäöü]{1,5}\d?|\d[\d.]{0,60}")
_MAX_PIECES = 6
_MAX_NOTE_WORDS = 30
# The last line of a release on a wire names who issued it; with a colon it can be the source of
# a table, if it is no company.
_COMPANY = r"(?=[^\n]*\b(?:Inc|Ltd|LLC|Corp|plc|PLC|AG|GmbH|SE)\b)"
_ISSUED = re.compile(
    rf"\W{{0,3}}(?:SOURCE\s{{1,60}}|(?:SOURCE|Source):\s{{1,60}}{_COMPANY}"
    rf"|Original-Content von:?\s{{1,60}}"
    r"|News provided by:?\s{1,60})"
    r"(?P<issuer>[^\W\d_a-zß-ÿ][^\n|]{1,70}?)(?:,\s{1,60}(?:übermittelt|transmis)\b.*)?"
)
_ISSUED_ABOVE = re.compile(r"\W{0,60}News provided by:?\W{0,60}", re.IGNORECASE)
_MAX_ISSUER_WORDS = 9
# "M. K. avec AFP"
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}")
_NAME_WORDS = 4
# "jh mit dpa-Material"
_MATERIAL = re.compile(r"-(?:Material|Informationen|Meldung(?:en)?|Berichten?)$")
_PLACE = re.compile(r"(?:[A-ZÄÖÜÉ][\w.'’-]{0,60})(?:[ /][A-ZÄÖÜÉ][\w.'’-]{0,60}){0,2}")
_OWN_LINE_WORDS, _MIN_HEADLINE_WORDS = 6, 3


@dataclass(frozen=True)
class _Named:
    name: str
    start: int
    end: int

    @property
    def is_agency(self) -> bool:
        return outlets.is_agency(self.name)


@functools.lru_cache(maxsize=1)
def _leads() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = [word_lists.words(each)["credits"] for each in word_lists.LANGUAGES]
    # "Source : AFP", "Quelle: dpa"; "From" and "via" need no colon.
    sources = word_lists.any_of([word for each in lists for word in each["sources"]])
    helpers = word_lists.any_of([word for each in lists for word in each["helpers"]])
    others = word_lists.any_of([word for each in lists for word in each["others"]])
    return (
        re.compile(rf"{_EDGE}(?i:{sources})\s?:\s{{0,60}}"),
        re.compile(rf"{_EDGE}(?i:{helpers})\s{{0,60}}:?\s{{1,60}}"),
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
        ``byline_agency`` for an agency, ``via_link`` for another publisher, ``contributed`` for
        helpers, ``release`` for who issued it; one for each name.
    """
    is_release = _RELEASE_WIRE.search(text) is not None
    for line in lines:
        issuer = _issuer(line, lines, is_release)
        if issuer is not None:
            start = line.start + issuer[0]
            yield Credit(issuer[1], "release", line.start, line.end, start, start + len(issuer[1]))
            continue
        if line.end - line.start > _MAX_LINE_CHARS:
            continue
        for form in (_EXCERPT, _FEED):
            match = form.match(text, line.start, line.end)
            name = _name(match["name"]) if match is not None else None
            if match is not None and name is not None:
                yield Credit(name, "via_link", line.start, line.end, *match.span("name"))
                break
        else:
            for read in (_labelled, _helped, _initialled, _of_staff, _of_itself, _alone):
                found = list(read(text, line, lines))
                if found:
                    yield from found
                    break


def has_source_form(line: str) -> bool:
    """Say whether a line has the form of one that names sources, wherever it stands."""
    has_lead = any(lead.match(line) is not None for lead in _leads()[:2])
    return has_lead or is_issuer_line(line) or _pieces_of_letters(line) is not None


def is_issuer_line(line: str) -> bool:
    """Say whether a line does nothing but name who issued a release: "SOURCE Ardent, Inc."."""
    return _ISSUED.fullmatch(line) is not None


# Of a text that a wire for releases carries, "Source: Larkfield" is who issued it.
_RELEASE_WIRE = re.compile(
    r"\((?:PR ?Newswire|PR NEWSWIRE|GLOBE ?NEWSWIRE|GlobeNewswire|BUSINESS WIRE|Business Wire|"
    r"ACCESSWIRE|ots|EQS|EZ Newswire|Newsfile Corp\.?|Marketwired|CNW(?:/[^)]{1,20})?|"
    r"EINPresswire(?:\.com)?/?)\)"
)
_PLAIN_ISSUED = re.compile(
    r"\W{0,3}Sources?:\s{1,60}(?P<issuer>[^\W\d_a-zß-ÿ][^\n|:/]{1,70}?)"
    r"\W{0,60}"
)


def _issuer(
    line: bylines.Line, lines: Sequence[bylines.Line], is_release: bool
) -> tuple[int, str] | None:
    """Where in a line the issuer of a release begins, and who it is."""
    match = _ISSUED.fullmatch(line.text)
    if match is None and is_release:
        match = _PLAIN_ISSUED.fullmatch(line.text)
    start, issuer = (0, line.text) if match is None else (match.start("issuer"), match["issuer"])
    above = lines[line.index - 1].text if line.index > 0 else ""
    if match is None and _ISSUED_ABOVE.fullmatch(above) is None:
        return None
    # "SOURCE: AFP" is the source of a page.
    if _name(issuer) is not None:
        return None
    return (start, issuer) if len(issuer.split()) <= _MAX_ISSUER_WORDS else None


def _of_itself(text: str, line: bylines.Line, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    """Read a note at the end that says of the text that it has to do with an agency."""
    if line.index < max(1, len(lines) - _TAIL_LINES) or len(line.text.split()) > _MAX_NOTE_WORDS:
        return
    note = _notes().search(line.text)
    if note is None or bylines.is_photo_line(line.text):
        return
    for each in outlets.find_names(text, line.start, line.end):
        if each.is_agency:
            # "This report by The Canadian Press" is theirs; "with reporting from" is not.
            before = text[line.start + note.end() : each.start].split()
            is_by = before[-1:] != [] and author_lines.has_lead(f"{before[-1]} {each.name.title()}")
            kind = "byline_agency" if is_by else "contributed"
            yield Credit(each.name, kind, line.start, line.end, each.start, each.end)


@functools.lru_cache(maxsize=1)
def _notes() -> re.Pattern[str]:
    lists = [word_lists.words(each)["credits"]["of_itself"] for each in word_lists.LANGUAGES]
    entries = word_lists.any_of([entry for each in lists for entry in each])
    return re.compile(rf"(?<!\w)(?i:{entries})")


def _helped(text: str, line: bylines.Line, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    """Read a byline that names agencies as helpers: "Par Jeanne Roux avec AFP"."""
    near_edge = 0 < line.index < _HEAD_LINES or line.index >= max(1, len(lines) - _TAIL_LINES)
    is_short = near_edge and len(line.text.split()) <= _OWN_LINE_WORDS
    if not author_lines.has_lead(line.text) and not is_short:
        return
    for gap in author_lines.withs().finditer(text, line.start, line.end):
        before = text[line.start : gap.start()].strip()
        is_publisher = outlets.look_up(before) is not None or before in outlets.listed_words()
        if not author_lines.has_lead(line.text) and not (
            before
            and (
                is_publisher
                or author_lines.are_offices(before)
                or _INITIALS.fullmatch(before) is not None
                or _LETTERS.fullmatch(before) is not None
                or (len(before.split()) <= _NAME_WORDS and bylines.is_name(before))
                or (line.index > 0 and author_lines.person(before) is not None)
            )
        ):
            continue
        names = [each for each in _all_named(text, gap.end(), line.end) if each.is_agency]
        for named in names:
            yield Credit(named.name, "contributed", line.start, line.end, named.start, named.end)
        for who in author_lines.named(text[line.start : gap.start()]) if names else ():
            at = text.index(who, line.start)
            yield Credit(who, "byline", line.start, line.end, at, at + len(who))
        if names:
            return


def _initialled(text: str, line: bylines.Line, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    """Read "jro/dpa/Reuters": who wrote by their letters, and the agencies they had it from."""
    near_edge = 0 < line.index < _HEAD_LINES or line.index >= max(1, len(lines) - _TAIL_LINES)
    pieces = _pieces_of_letters(line.text)
    if not near_edge or pieces is None:
        return
    has_person = any(name is None and " " in piece for piece, name in pieces.items())
    if has_person and line.index >= _HEAD_LINES:
        # Below the story it is of a picture.
        return
    by_letters = any(
        name is None and _LETTERS.fullmatch(piece) is not None for piece, name in pieces.items()
    )
    kind = "contributed" if by_letters else "byline_agency"
    for piece, name in pieces.items():
        if name is not None:
            at = text.index(piece, line.start)
            yield Credit(name, kind, line.start, line.end, at, at + len(piece))


def _of_staff(text: str, line: bylines.Line, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    """Read "Von Redaktion und dpa": no person, and the agencies they had it from."""
    near_edge = 0 < line.index < _HEAD_LINES or line.index >= max(1, len(lines) - _TAIL_LINES)
    if near_edge and staff_lines.is_staff_line(line.text):
        is_helped = author_lines.withs().search(line.text) is not None
        kind = "contributed" if is_helped else "byline_agency"
        for start, end, name in staff_lines.agencies(line.text):
            yield Credit(name, kind, line.start, line.end, line.start + start, line.start + end)


def _pieces_of_letters(line: str) -> dict[str, str | None] | None:
    """The pieces of "jro/dpa/Reuters" with the agencies that they are, or None."""
    shown = line.strip(" ()[].–—-")
    pieces = re.split(r"\s?[/,]\s?", shown)
    # "dpa/ots" is one publisher.
    if not 1 < len(pieces) <= _MAX_PIECES or _name(shown) is not None:
        return None
    names = {each: short_names.in_mark(each) or outlets.look_up(each) for each in pieces}
    named = [name for name in names.values() if name is not None]
    others = [piece for piece, name in names.items() if name is None]
    if not named or not all(map(outlets.is_agency, named)):
        return None
    if pieces[0] in others or len(others) == 0:
        are_letters = all(
            _LETTERS.fullmatch(each) or author_lines.are_offices(each) for each in others
        )
        return names if are_letters else None
    # "dpa/Jana Rohe": whoever took a picture stands before the agency.
    are_persons = all(_LETTERS.fullmatch(each) or author_lines.person(each) for each in others)
    return names if are_persons else None


def _labelled(text: str, line: bylines.Line, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    source, helper, _ = _leads()
    for lead, helped in ((source, False), (helper, True)):
        match = lead.match(text, line.start, line.end)
        if match is None:
            continue
        named_all = _all_named(text, match.end(), line.end)
        if helped and not named_all and len(match.group().split()) > 1:
            # "Mit Informationen von Jana Rohe und dpa": of persons nothing was taken over.
            named_all = [
                _Named(each.name, each.start, each.end)
                for each in outlets.find_names(text, match.end(), line.end)
                if each.is_agency
            ]
        for named in named_all:
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
        piece = _MATERIAL.sub("", text[reached:stop].strip(" .,;)]–—-"))
        if piece:
            name = _name(piece) if _leads()[2].fullmatch(piece) is None else None
            first = reached + text[reached:stop].index(piece)
            if name is not None:
                found.append(_Named(name, first, first + len(piece)))
            elif _leads()[2].fullmatch(piece) is None and _LETTERS.fullmatch(piece) is None:
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
    if below is None or not boilerplate.is_paragraph(below.text) or boilerplate.has_end_mark(above):
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
