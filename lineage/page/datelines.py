"""Find agencies in datelines and in marks: "LONDON (AP) -", "(Havas.)", "3. Mai. ag."."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..text.languages import word_lists
from . import bylines, outlets, short_names
from .credit_record import Credit

_NAME_CHARS = r"[^\W\d_][\w&’'. ,/-]{0,58}[\w.]"
_PLACE = r"(?:[A-ZÄÖÜÉ][\w.'’-]*(?:[ /][\w.'’-]+){0,5})(?:,\s+[A-Z][\w.'’-]*(?:\s[\w.'’-]+){0,3})?"
_MONTH = r"[^\W\d_]{3,9}\.?"
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,\s+\d{{4}})?|\d{{1,2}}\.?(?:\s+{_MONTH}(?:\s+\d{{4}})?)?)"
_DASH = r"\s*[-–—―_]+"
# "LONDON, Aug 3 (AP) -", "Washington (CNN)", "(Reuters) - "; "MOSCOW, July 16. /TASS/."
_DATELINE = re.compile(
    rf"[^\w(]{{0,4}}(?:(?P<place>{_PLACE})(?:,\s+{_DAY})?[.:,]?\s*(?:[–—-]\s*)?)?"
    rf"(?:\(\s?(?P<name>{_NAME_CHARS}(?:\s?[.,;]{{1,2}})?)\s?\)|/(?P<slashed>[A-Z][\w ]{{1,20}})/)"
    rf"(?P<dash>{_DASH}|[.:]?)"
)
_SITE = re.compile(rf"{short_names.DOMAIN_FORM}|{outlets.STATION_FORM}")
# Of "AP via Courier" the first is meant.
_VIA = re.compile(r"\s{1,60}via\s{1,60}.*")
_BETWEEN = re.compile(r"\s{0,60}(?:[/,;+&]|\s(?:und|and|et|u\.)\s)\s{0,60}")
# Text that lost case and punctuation keeps the gaps around the name.
_BARE_DATELINE = re.compile(
    r"\W{0,3}(?:[^\W\d_]+[ /]){0,8}?\s+(?P<name>[^\W\d_]+(?: [^\W\d_]+)?)\s{2,}"
)
# What stands alone in parentheses. A scan may have a comma for the stop inside.
_MARK = re.compile(r"[(\[]\s?(?P<inside>[^\W\d_][^()\[\]\n]{0,58}?[\w.,;]*)\s?[)\]]")
# Behind what a mark may stand: a sentence that ended, a day, a dash, nothing.
_BEFORE_MARK = re.compile(r"(?:^|[.!?:;…\"”»“’\d—–-]|\n)\s{0,60}$")
_AFTER_MARK = re.compile(r"\s{0,60}\.?\s{0,60}(?:$|\n|[—–-]\s)")
# "Bern, 3. Nov. ag. Der Bundesrat", "PARIS, 12. AFP. —"
_UNMARKED = re.compile(
    rf"(?<![\w’'])(?:[A-ZÄÖÜÉ][\w’'-]+(?:\s[A-ZÄÖÜÉ][\w’'-]+)?,\s+{_DAY}[.,]?\s+(?:[—–-]\s*)?)"
    r"(?P<name>[^\W\d_][\w.]{1,12}?)(?:\.(?=\s)|\s?(?=[—–:-]))"
)
# Nearer to the beginning or the end of the text a mark speaks of all of it.
_HEAD_LINES, _TAIL_LINES = 4, 2
# A place of more words is a sentence.
_MAX_PLACE_WORDS = 3
# Where a mark may shorten the name before it.
_NEARBY_CHARS = 60


@dataclass(frozen=True)
class _Part:
    name: str
    written: str
    start: int
    end: int


def find_datelines(text: str, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    """Find datelines at the beginning of lines, and the agencies in them.

    Parameters
    ----------
    text : str
        The supplied text.
    lines : sequence of Line
        Its lines.

    Yields
    ------
    Credit
        Of kind ``dateline``, one for each agency, or ``call_sign``.
    """
    for line in lines:
        match = _DATELINE.match(text, line.start, line.end)
        # "By JANE ROE (AP)" names an author.
        if match is not None and not (match["place"] or "").lower().startswith("by "):
            yield from _of_dateline(text, match)
    if text == text.lower():
        bare = _BARE_DATELINE.match(text)
        name = _uncased().get(bare["name"]) if bare is not None else None
        if bare is not None and name is not None:
            span = bare.span("name")
            yield Credit(name, "dateline", bare.start(), bare.end("name"), *span)


def _of_dateline(text: str, match: re.Match[str]) -> Iterator[Credit]:
    group = "name" if match["name"] is not None else "slashed"
    start, stop = match.span(group)
    via = _VIA.search(text, start, stop)
    stop = via.start() if via is not None else stop
    written = " ".join(text[start:stop].split()).rstrip(" .,;")
    has_place = match["place"] is not None
    placed = has_place or match["name"] is not None
    parts, others = _parts(text, start, stop)
    if parts and not match["dash"] and _is_shortened(match["place"] or "", parts):
        return
    if parts and placed and not (others and not has_place):
        for part in parts:
            yield Credit(part.name, "dateline", *match.span(), part.start, part.end)
        # "(WBGX.com/AP)": the publisher that has its name beside an agency's is the page's own.
        sites = [each for each in others if _SITE.fullmatch(each.written) is not None]
        for other in sites:
            yield Credit(other.name, "call_sign", *match.span(), other.start, other.end)
        return
    capitals = match["place"] is not None and match["place"].split(",")[0].isupper()
    if outlets.is_call_sign(written) and (capitals or not has_place):
        yield Credit(written, "call_sign", *match.span(), start, stop)
        return
    # An unlisted name needs everything else of a dateline, and must not be a country.
    has_dash = match["dash"].strip(" .:") != ""
    named = written.isupper() or 1 < len(written.split()) <= bylines.MAX_NAME_WORDS
    if has_dash and capitals and named and match["name"] is not None:
        yield Credit(written, "dateline", *match.span(), start, stop)


def _is_shortened(place: str, parts: Sequence[_Part]) -> bool:
    """Whether letters in parentheses shorten the words before them: "The Polish Party (PAP)"."""
    if all(part.written in outlets.listed_forms() for part in parts):
        return False
    words = place.split()
    return len(words) > 1 and (words[0] == "The" or len(words) > _MAX_PLACE_WORDS)


def _parts(text: str, start: int, end: int) -> tuple[list[_Part], list[_Part]]:
    """Take apart what stands in the parentheses of a dateline: known names, and others."""
    whole = text[start:end].strip(" ,;")
    name = outlets.look_up(whole.rstrip(" .,;")) or short_names.in_mark(whole)
    if name is not None:
        return [_part(text, name, whole, start)], []
    known: list[_Part] = []
    others: list[_Part] = []
    for first, last in _pieces(text, start, end):
        piece = text[first:last]
        name = outlets.look_up(piece) or short_names.in_mark(piece)
        (known if name is not None else others).append(_Part(name or piece, piece, first, last))
    if not known or len(known) + len(others) < 2:
        return [], []
    return known, others


def _part(text: str, name: str, written: str, start: int) -> _Part:
    """A stop belongs to an abbreviation ("W. T. B.", "ag."), and not to a name ("Havas.")."""
    plain = written.rstrip(".")
    kept = written if "." in plain or f"{plain}." in outlets.listed_codes() else plain
    first = text.index(kept, start)
    return _Part(name, kept, first, first + len(kept))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    reached = start
    for gap in [*_BETWEEN.finditer(text, start, end), None]:
        stop = gap.start() if gap is not None else end
        piece = text[reached:stop]
        shown = piece.strip(" .,;")
        if shown:
            first = reached + piece.index(shown)
            yield first, first + len(shown)
        reached = gap.end() if gap is not None else end


@functools.lru_cache(maxsize=1)
def _uncased() -> dict[str, str]:
    forms = outlets.listed_forms()
    return {form.lower(): name for form, name in forms.items() if outlets.is_agency(name)}


def find_marks(text: str, lines: Sequence[bylines.Line]) -> list[Credit]:
    """Find agencies that stand alone in parentheses, or behind the day of a dateline.

    Parameters
    ----------
    text : str
        The supplied text.
    lines : sequence of Line
        Its lines.

    Returns
    -------
    list of Credit
        Of kind ``dateline`` in the first and last lines of a text that has marks of one publisher
        alone; otherwise ``contributed``: a column of telegrams has many.
    """
    marks = [*_in_parentheses(text, lines), *_unmarked(text, lines)]
    many = len({each.name for each in marks if each.kind == "dateline"}) > 1
    return [
        Credit(each.name, "contributed", each.start, each.end, each.name_start, each.name_end)
        if many
        else each
        for each in marks
    ]


def _in_parentheses(text: str, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    n_lines = len(lines)
    for line in lines:
        for match in _MARK.finditer(text, line.start, line.end):
            start, end = match.span("inside")
            helped, sourced = (each.match(text, start, end) for each in _leads())
            lead = helped or sourced
            parts = _all_known(text, lead.end() if lead is not None else start, end)
            before, after = text[line.start : match.start()], text[match.end() : line.end]
            if not parts or not _may_stand(before, after, parts):
                continue
            kind = "dateline" if helped is None else "contributed"
            if _HEAD_LINES <= line.index < n_lines - _TAIL_LINES:
                kind = "contributed"
            for part in parts:
                yield Credit(part.name, kind, *match.span(), part.start, part.end)


@functools.lru_cache(maxsize=1)
def _leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before helpers, and before sources, in a mark: "(mit AFP)", "(Source : AFP)"."""
    found = []
    for name in ("helpers", "sources"):
        lists = [word_lists.words(each)["credits"][name] for each in word_lists.LANGUAGES]
        leads = word_lists.any_of([lead for each in lists for lead in each])
        found.append(re.compile(rf"(?i:{leads})\s?:?\s+"))
    return found[0], found[1]


def _all_known(text: str, start: int, end: int) -> list[_Part]:
    """Read the agencies of a mark, where it has nothing else."""
    whole = text[start:end].strip(" .,;")
    name = short_names.in_mark(whole) if whole else None
    if name is not None:
        return [_part(text, name, text[start:end].strip(" ,;"), start)]
    found = []
    pieces = list(_pieces(text, start, end))
    if len(pieces) == 1:
        # "(sda-dpa)"
        first, last = pieces[0]
        pieces = [
            (first + each.start(), first + each.end())
            for each in re.finditer(r"[^-–\s]+", text[first:last])
        ]
    for first, last in pieces:
        name = short_names.in_mark(text[first:last])
        if name is None:
            return []
        found.append(_Part(name, text[first:last], first, last))
    return found if len(found) > 1 else []


def _may_stand(before: str, after: str, parts: Sequence[_Part]) -> bool:
    """Whether a mark stands where one does, and does not shorten the name before it."""
    nearby = before.rstrip()[-_NEARBY_CHARS:]
    named = [each for each in outlets.find_names(nearby, 0, len(nearby)) if each.end == len(nearby)]
    if any(each.name == part.name for each in named for part in parts):
        return False
    if _BEFORE_MARK.search(before) is not None:
        return True
    words = re.findall(r"[^\W\d_]+", nearby)
    if _AFTER_MARK.match(after) is None or len(words) == 0:
        return False
    # "the Lower Basin Union (LBU)." spells out what the letters stand for.
    if words[-1][0].islower():
        return True
    return all(part.written in outlets.listed_forms() for part in parts) and not any(
        "".join(word[0] for word in words[-len(part.written) :]).upper() == part.written
        for part in parts
    )


def _unmarked(text: str, lines: Sequence[bylines.Line]) -> Iterator[Credit]:
    for line in lines:
        for match in _UNMARKED.finditer(text, line.start, line.end):
            before = text[line.start : match.start()].rstrip()
            name = short_names.in_mark(match["name"])
            if name is not None and (before == "" or before[-1] in ".!?—–-)"):
                part = _part(
                    text, name, text[match.start("name") : match.end()].strip(), match.start("name")
                )
                yield Credit(name, "dateline", *match.span(), part.start, part.end)
