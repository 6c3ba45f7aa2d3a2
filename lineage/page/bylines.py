"""Tell lines that name an author or a photographer from the rest of a page."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text import dates
from . import author_lines, author_names, boilerplate, outlets, time_lines

MAX_NAME_WORDS = 5

# Bylines stand above the story, and now and then below it.
_HEAD_LINES, _TAIL_LINES = 20, 3
_MAX_BYLINE_CHARS = 140
_MAX_SEGMENT_WORDS, _MIN_HEADLINE_WORDS = 6, 4


@dataclass(frozen=True)
class Line:
    """A line of a text that has words.

    Attributes
    ----------
    start, end : int
        Half-open span in the supplied text, without white space around it.
    text : str
        What stands there.
    index : int
        Which of the lines with words it is, from 0.
    """

    start: int
    end: int
    text: str
    index: int


@dataclass(frozen=True)
class Byline:
    """A line that says who wrote the text.

    Attributes
    ----------
    authors : tuple of str
        The people or staff; empty where only an outlet is named.
    outlets : tuple of str
        Agencies and listed outlets named, in order.
    start, end : int
        Half-open span in the supplied text.
    paper : str or None
        An unlisted newspaper or broadcaster for which the author writes.
    """

    authors: tuple[str, ...]
    outlets: tuple[str, ...]
    start: int
    end: int
    paper: str | None = None


_PHOTO_AGENCIES = (
    r"(?:Getty(?:\s+Images)?|Shutterstock|iStock(?:photo)?|Alamy|EPA(?:-EFE)?|Corbis|Flickr|"
    r"Wikimedia(?: Commons)?|ZUMA(?: Press)?|SIPA|Rex Features|Imago|Handout|Pool)"
)
_PHOTO_LABEL = re.compile(
    r"^\W*(?:file\s+)?(?:photo(?:graph)?s?|pictures?|images?|video|media|credit|illustration|"
    r"graphic|footage)(?:\s+(?:by|credit|courtesy(?:\s+of)?|from))?\s*[:|]",
    re.IGNORECASE,
)
_PHOTO_WORD = re.compile(r"\b(?:photo(?:graph)?s?|photographer|pool|video|footage)\b", re.I)
_PHOTO_AGENCY = re.compile(rf"\b{_PHOTO_AGENCIES}(?!\w)")
_PARENTHESES = re.compile(r"\(([^()\n]{2,140})\)(?=[\s.]*(?:$|\n))", re.MULTILINE)
_MAX_PHOTO_WORDS = 14
# "Jane Roe / Halvane Gazette", whatever the paper is called.
_PERSON_AND_OUTLET = re.compile(
    r"\s*[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){1,3}\s?/\s?[A-Z][\w&. -]{1,40}"
)

# Of "dpa/lno" and "red, APA/dpa": the letters of a desk or an author.
_LETTERS = re.compile(r"[a-zäöü]{1,5}")

_DATE_PARTS = re.compile(
    r"\b(?:first |originally |last )?(?:published|updated|posted)\b\s*(?:on|at)?:?|"
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)?(?:\s*(?:[ECMP][SD]?T|GMT|UTC|BST))?|"
    r"\b\d{1,2}\s*[ap]\.?m\b\.?(?:\s*(?:[ECMP][SD]?T|GMT|UTC|BST))?",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:^|[\s,|—–-])(?:by|von|par|por):?\s+(?=[A-Z])", re.IGNORECASE)
_BEFORE_BY = re.compile(
    r"(?:\W|\b(?:on|at|written|story|report|analysis|words|text|reported|interview|in)\b)*",
    re.IGNORECASE,
)
# "Words: Jane Roe". "Interview: Jane Roe" can be whom the story is about, "Obituary: Jane
# Roe" is.
_WRITER_LABEL = re.compile(
    r"^(?:(?P<what>interview|report|analysis|feature|essay)|text|words|story|author|writer|"
    r"reporter|written)(?:\s+(?:and|&)\s+(?:photo(?:graph)?s|pictures|images))?\s*:\s+",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s,|•·—–/()-]+(?:-[^\s,|•·—–/()-]+)*")
_STAFF = re.compile(
    r"\b(?:staff|wires?|writers?|reporters?|correspondents?|editors?|contributors?|bureau|desk|"
    r"newsroom|agencies|columnists?|producers?|special to)\b",
    re.IGNORECASE,
)
# What a date line says of its date, or of what it is the date of.
_DATE_LABEL = re.compile(
    r"\b(?:edition|(?:press|media|news)\s+(?:release|statement|notice)|statement|"
    r"(?:for\s+)?immediate\s+release|issued|released|filed|dated?|embargoed\s+(?:until|to))\b:?",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"\w+ Wire", re.IGNORECASE)  # where an agency stands behind it
_SEPARATOR = re.compile(r"\s{0,60}[,;|•·—–]\s{0,60}|\s{1,60}-\s{1,60}")
_PARTS = re.compile(rf"{_SEPARATOR.pattern}|\s{{1,60}}and\s+")
_EDGES = re.compile(r"^[\s*•·_#>|—–-]+|[\s*•·|_—–-]+$")
_END_CREDIT = re.compile(r"(?:[-–—]{1,2}\s*|\()(?P<name>[A-Z][\w -]{1,40})\)?\s*$")


def split_lines(text: str) -> list[Line]:
    """Split a text into its lines with words, without white space around them."""
    found: list[Line] = []
    for match in re.finditer(r"[^\n\r\v\f\x85\u2028\u2029]+", text):
        piece = match.group()
        shown = piece.strip()
        if re.search(r"[^\W_]", shown) is not None:
            start = match.start() + len(piece) - len(piece.lstrip())
            found.append(Line(start, start + len(shown), shown, len(found)))
    return found


def photo_spans(text: str, lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Yield the spans that credit photographs, films and pictures.

    Parameters
    ----------
    text : str
        The supplied text.
    lines : list of Line
        Its lines.

    Yields
    ------
    tuple of int
        Half-open spans: a whole line, or the parentheses at its end.
    """
    for line in lines:
        if is_photo_line(line.text):
            yield line.start, line.end
            continue
        for match in _PARENTHESES.finditer(text, line.start, line.end):
            inside = match.group(1)
            names = outlets.find_names(inside, 0, len(inside))
            alone = len(names) == 1 and inside.strip() == inside[names[0].start : names[0].end]
            is_photo = (
                _PHOTO_WORD.search(inside) is not None
                or _PHOTO_AGENCY.search(inside) is not None
                or (len(names) > 0 and not alone and _is_person_and_agency(inside))
                or _PERSON_AND_OUTLET.fullmatch(inside) is not None
            )
            if is_photo and re.search(r"\b(?:reporting|writing|editing)\b", inside, re.I) is None:
                yield match.span()
        bar = line.text.rfind("|")
        if bar > 0 and is_photo_line(line.text[bar + 1 :].strip()):
            yield line.start + bar, line.end


def _is_person_and_agency(inside: str) -> bool:
    pieces = re.split(r"\s?[/,]\s?", inside)  # of "(ANSA/AFP)" two agencies
    are_letters = any(map(_LETTERS.fullmatch, pieces)) and not any(" " in each for each in pieces)
    if are_letters or all(map(outlets.look_up, pieces)):
        return False
    return len(inside.split()) <= MAX_NAME_WORDS + 2 and bool(re.search(r"[/,]|\bvia\b", inside))


def is_photo_line(line: str) -> bool:
    """Say whether a line does nothing but credit a picture or a film."""
    if _PHOTO_LABEL.match(line) is not None:
        return len(line) <= _MAX_BYLINE_CHARS
    if len(_TOKEN.findall(line)) > _MAX_PHOTO_WORDS or line.endswith((".", "?", "!")):
        return False
    named = len(outlets.find_names(line, 0, len(line))) > 0
    if _PHOTO_AGENCY.search(line) is not None and "/" in line:
        return True
    if named and (_PHOTO_WORD.search(line) is not None or ("@" in line and " via " in line)):
        return True
    # "Jane Roe/Reuters"; "By Jane Roe/Reuters" is the author.
    slash = re.fullmatch(r"(?:The\s+)?(?P<who>[^()|]{2,60}?)\s?/\s?(?P<name>[^()|/]{2,40})", line)
    return (
        slash is not None
        and _BY.match(line) is None
        and outlets.look_up(slash["name"]) is not None
        and _is_person(slash["who"].split("/")[0])
    )


def is_name(words: str) -> bool:
    """Say whether words are written as names are: with capitals, but for "of" and "the"."""
    tokens = words.split()
    return words[:1].isupper() and all(
        token[0].isupper() or token[0].isdigit() or token in author_names.CONNECTORS
        for token in tokens
    )


def is_person(line: str) -> bool:
    """Say whether a line is nothing but the name of a person."""
    return _is_person(_EDGES.sub("", line))


def _is_person(words: str) -> bool:
    tokens = words.split()
    return 2 <= len(tokens) <= 4 and all(
        token[0].isupper() and token[-1] != ":" and not any(char.isdigit() for char in token)
        for token in tokens
    )


def find_bylines(
    text: str, free: list[Line], lines: list[Line], datelines: set[int]
) -> Iterator[Byline]:
    """Yield the lines that say who wrote a text.

    Parameters
    ----------
    text : str
        The supplied text.
    free : list of Line
        Lines that are no other credit.
    lines : list of Line
        All its lines.
    datelines : set of int
        Where a dateline begins.

    Yields
    ------
    Byline
    """
    n_lines = len(lines)
    for line in free:
        at_end = line.index >= n_lines - _TAIL_LINES
        if line.index >= _HEAD_LINES and not at_end:
            continue
        if len(line.text) <= _MAX_BYLINE_CHARS:
            byline = _with_by(line) or _with_separator(line)
            led = author_lines.only_named(line.text) if byline is None else ()
            byline = Byline(led, (), line.start, line.end) if led else byline
            byline = byline or _alone(line, lines, datelines, at_end)
            if byline is not None:
                yield byline
                continue
        if at_end and n_lines > 1:
            credit = _END_CREDIT.search(line.text)
            name = outlets.look_up(credit["name"].strip()) if credit is not None else None
            if credit is not None and name is not None:
                yield Byline((), (name,), line.start + credit.start(), line.end)


# Each line is looked at as such, and as what stands above and below another.
@functools.lru_cache(maxsize=4096)
def _without_date(line: str) -> str:
    shown = line
    for mention in reversed(dates.find_dates(line)):
        shown = shown[: mention.start] + "|" + shown[mention.end :]
    return _EDGES.sub("", _DATE_PARTS.sub("|", shown))


def is_date_line(line: str) -> bool:
    """Say whether a line is nothing but a full date, a time and their label."""
    full = [m for m in dates.find_dates(line) if m.kind == "absolute" and m.precision == "day"]
    shown = _DATE_LABEL.sub("", _without_date(line))
    return len(full) > 0 and _BEFORE_BY.fullmatch(shown) is not None


def is_name_and_date(line: str) -> bool:
    """Say whether a line is a full date and a name: "Jane Roe, 3 June", "Halvane, 3 June 2018"."""
    full = [m for m in dates.find_dates(line) if m.kind == "absolute" and m.precision == "day"]
    parts = [part for part in _SEPARATOR.split(_without_date(line)) if part.strip()]
    few = len(parts) == 1 and len(parts[0].split()) <= MAX_NAME_WORDS - 1
    return len(full) > 0 and few and is_name(parts[0])


def _with_by(line: Line) -> Byline | None:
    shown = author_names.clean(_without_date(line.text))
    small = author_names.in_small_letters(shown)
    if small is not None and 0 < line.index <= _HEAD_LINES // 2:
        return Byline((small,), (), line.start, line.end)
    match = _BY.search(shown)
    if match is None:
        return None
    before = shown[: match.start()]
    for name in reversed(outlets.find_names(before, 0, len(before))):
        before = before[: name.start] + before[name.end :]
    if _BEFORE_BY.fullmatch(before) is None:
        return None
    rest = shown[match.end() :]
    names = _names_in(rest)
    if len(names) > 1 and names[0].start == 0 and _SURNAME.fullmatch(names[0].name) is not None:
        names = names[1:]
    remaining = rest
    for name in reversed(names):
        remaining = remaining[: name.start] + "|" + remaining[name.end :]
    segments = [part for part in _SEPARATOR.split(remaining) if part.strip()]
    if len(segments) > 0:
        tokens = _TOKEN.findall(segments[0])
        is_group = len(segments) == 1 and author_names.is_group(tokens)
        if not is_group and not author_names.are_names(tokens):
            return None
        if dates.find_dates(segments[0]) or len(tokens) > 2 * MAX_NAME_WORDS:
            return None
        if any(len(part.split()) > _MAX_SEGMENT_WORDS for part in segments[1:]):
            return None
    who = author_names.split_authors(remaining)
    if len(who) == 0 and len(names) == 0:
        return None
    papers = [outlets.paper(part.strip()) for part in segments[1:]]
    paper = next((each for each in papers if each is not None), None)
    return Byline(who, _distinct(names), line.start, line.end, paper)


def _with_separator(line: Line) -> Byline | None:
    """Read "Jane Roe, Associated Press"."""
    shown = _WRITER_LABEL.sub("", _without_date(line.text), count=1)
    names = _names_in(shown)
    if len(names) == 0 or "/" in shown or "@" in shown:
        return None
    remaining = shown
    for name in reversed(names):
        before = remaining[: name.start].rstrip()
        after = remaining[name.end :].lstrip()
        if before and before[-1] not in ",;|•·—–-" and after and after[0] not in ",;|•·—–-":
            return None
        if before and before[-1] not in ",;|•·—–-":
            return None
        remaining = remaining[: name.start] + "|" + remaining[name.end :]
    people = [each for each in _PARTS.split(remaining) if each]
    people = [part for part in people if _STAFF.fullmatch(part) is None]
    if len(people) == 0 or not all(_is_person(part) for part in people):
        return None
    return Byline(tuple(people), _distinct(names), line.start, line.end)


def _alone(line: Line, lines: list[Line], datelines: set[int], at_end: bool) -> Byline | None:
    """Read the line of an agency, or of a person, by what stands around it."""
    above = lines[line.index - 1] if line.index > 0 else None
    below = lines[line.index + 1] if line.index + 1 < len(lines) else None
    opens_story = below is not None and (
        is_date_line(below.text) or time_lines.is_time_line(below.text) or below.start in datelines
    )
    name = _own_line(line.text)
    if name is not None:
        captioned = (
            below is not None and boilerplate.is_caption_form(below.text) and not opens_story
        )
        if above is None or captioned:
            return None
        ends_story = above.text.endswith((".", "?", "!", '"', "”", "’"))
        headline = len(above.text.split()) >= _MIN_HEADLINE_WORDS and not ends_story
        under_author = above.index > 0 and (is_person(above.text) or is_date_line(above.text))
        has_by = _with_by(above) is not None
        dated = line.text != _EDGES.sub("", line.text) or _without_date(line.text) != line.text
        if opens_story or headline or under_author or has_by or dated or (at_end and ends_story):
            return Byline((), (name,), line.start, line.end)
        return None
    shown = _without_date(line.text)
    label = _WRITER_LABEL.match(shown)
    who = shown[label.end() :] if label is not None else _EDGES.sub("", line.text)
    # The very first line is a headline or a button, not an author.
    if below is None or above is None or not 0 < line.index <= _HEAD_LINES // 2:
        return None
    people = author_names.are_people(who)
    if len(people) > 1:
        # Under a headline, with the date or the story below it.
        is_headed = len(above.text.split()) >= _MIN_HEADLINE_WORDS or label is not None
        # Two names with a comma may be a headline of two halves: "Mayor Quits, Council Splits".
        sure = author_names.is_list(who) or author_names.has_rare_name(who)
        begins = opens_story or (sure and boilerplate.is_paragraph(below.text))
        return Byline(people, (), line.start, line.end) if is_headed and begins else None
    if not _is_person(who):
        return None
    if line.text.startswith("#"):
        return None
    if label is not None:
        under_headline = len(above.text.split()) >= _MIN_HEADLINE_WORDS
        is_author = label["what"] is None or under_headline
        return Byline((who,), (), line.start, line.end) if is_author else None
    # "Courier Staff Writer" below an author is what the author is.
    under_author = above.index > 0 and is_person(above.text)
    named = under_author or _with_by(above) is not None
    if named and _STAFF.search(line.text) is not None:
        return None
    paper = outlets.paper(line.text) if named else None
    if paper is not None:
        return Byline((), (), line.start, line.end, paper)
    is_staff = (
        _STAFF.search(below.text) is not None and len(below.text.split()) <= _MAX_SEGMENT_WORDS
    )
    if opens_story or _own_line(below.text) is not None or is_staff:
        return Byline((who,), (), line.start, line.end)
    return None


def _own_line(line: str) -> str | None:
    shown = _without_date(line)
    names = _names_in(shown)
    if len(names) != 1:
        return None
    rest = shown[: names[0].start] + shown[names[0].end :]
    rest = re.sub(r"\b(?:source|from|the|special to)\b:?", "", rest, flags=re.I)
    return names[0].name if author_lines.are_offices(rest) else None


def _names_in(shown: str) -> list[outlets.Name]:
    return outlets.find_names(shown, 0, len(shown))


def _distinct(names: list[outlets.Name]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.name for name in names))
