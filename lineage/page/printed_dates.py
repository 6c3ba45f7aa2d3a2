"""Read the date of publication that a page prints in its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .. import errors
from ..text import date_forms, given_dates
from . import author_lines

# A page says when it was published above its first paragraph; a line with a label of its
# own can also stand at the very end.
_HEAD_LINES, _LABELLED_LINES, _TAIL_LINES = 15, 30, 5
_MAX_LINE = 140
_MIN_PROSE_WORDS = 20
# A name beside the date; more words are a sentence.
_MAX_NAME_WORDS, _MAX_LABELLED_WORDS, _MAX_SMALL_WORDS = 5, 8, 3
# Inside a line only verbs such as these are the page's: "release date" is of what is told.
_INNER_LABEL = re.compile(
    r"\W*(?:last\s+|first\s+|originally\s+|zuletzt\s+)?(?:published|posted\s+on|updated|issued\s+on"
    r"|modified|veröffentlicht|aktualisiert|publié|mis\b|modifié|publicado|actualizado"
    r"|pubblicato|aggiornato|gepubliceerd|bijgewerkt)",
    re.IGNORECASE,
)
# Below a standfirst the date stands at once.
_MAX_LINES_BELOW_STANDFIRST = 3
_PLACED = re.compile(
    r"[^\W\d_a-zß-ÿ][\w’'-]+(?:[ /-][^\W\d_a-zß-ÿ][\w’'-]+)?,\s(?P<at>(?:den|le|lì|li)\s)?(?=\d)"
)
# "12 marzo 2021", "5. April 2024": a day that no English page has.
_LOCAL_DAY = re.compile(
    r"\d{1,2}(?:\.\s+|º\s+|er\s+|\s+(?:de\s+)?"
    r"(?!Jan|Feb|Mar(?:ch)?\b|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[^\W\d_]{3}"
)
_HANDLE = re.compile(r"\(?@\w+\)?")
_IN_NAMES = frozenset("and of for in by van von der den du des et und y e i al bin".split())
_TRIFLES = re.compile(
    r"\b(?:edition|\d{1,60}[\s-]?min(?:ute)?s?\.?[\s-](?:read|lesezeit|lecture)"
    r"|(?:lesezeit|lesedauer|temps de lecture|reading time)\s{0,60}:?\s{0,60}\d{1,60}\s{0,60}min"
    r"\w{0,60}\.?"
    r"|share|save|\d{1,60} comments?)\b",
    re.IGNORECASE,
)


def page_date(text: str, *, order: str | None = None) -> given_dates.ParsedDate | None:
    """Read the date of publication that a page prints.

    A line such as "Posted: 3:14 AM, July 16, 2018" or a date on its own above the first
    paragraph; never a date inside a sentence, nor that of a change or of a print. Where several
    are printed, the first one that is labelled as publication, then the one without a label, if
    there is but one.

    Parameters
    ----------
    text : str
        The supplied text.
    order : str, optional
        ``dmy`` or ``mdy``, where the language of the page tells what "03/04/2018" means.

    Returns
    -------
    ParsedDate or None
        None if the page prints none.
    """
    lines = [line.strip() for line in text.splitlines()]
    labelled, plain = read_lines([line for line in lines if re.search(r"\w", line)], order)
    if labelled:
        return labelled[0].date
    return plain[0].date if len({each.day for each in plain}) == 1 else None


def is_place_and_day(line: str) -> bool:
    """Say whether a line is a place and a day as no English page has it: "Roma, 12 marzo 2021"."""
    placed = _PLACED.match(line)
    if placed is None or len(line) > _MAX_LINE or _LOCAL_DAY.match(line, placed.end()) is None:
        return False
    return bool(_plain(line, "dmy"))


def read_lines(
    lines: Sequence[str], order: str | None = None
) -> tuple[list[given_dates.Stated], list[given_dates.Stated]]:
    """Read the dates of the lines of a page.

    Parameters
    ----------
    lines : sequence of str
        Without blank ones.
    order : str, optional
        As for `page_date`.

    Returns
    -------
    labelled : list of Stated
        Those that are said to be of publication.
    plain : list of Stated
        Those above the story that nothing is said of.
    """
    labelled: list[given_dates.Stated] = []
    plain: list[given_dates.Stated] = []
    above: re.Match[str] | None = None
    lines = [_without_handle(line) for line in _with_clocks(lines)]
    n_head = _n_head_lines(lines)
    # Above the story a date can stand below the standfirst as well, where none is above it.
    standfirst = n_head if n_head + 1 < len(lines) and not _is_prose(lines[n_head + 1]) else None
    for i, line in enumerate(lines):
        label_above, above = above, date_forms.labels().fullmatch(line)
        near_edge = i < _LABELLED_LINES or i >= len(lines) - _TAIL_LINES
        if len(line) > _MAX_LINE or not near_edge or "@" in line:
            continue
        if standfirst is not None and standfirst < i <= standfirst + _MAX_LINES_BELOW_STANDFIRST:
            in_head = not (labelled or plain) and not _is_prose(line)
            standfirst = standfirst if in_head else None
        else:
            in_head = i < n_head
        is_top = in_head and i < _HEAD_LINES
        # A name with an at sign above a date is somebody's post.
        is_free = is_top and not (i > 0 and "@" in lines[i - 1])
        labels = list(date_forms.labels().finditer(line))
        if label_above is not None and not labels:
            if date_forms.is_publication(label_above):
                labelled += _labelled(line, line, date_forms.order_after(label_above, order))
            continue
        before = line[: labels[0].start()] if labels else line
        unlabelled = _plain(before, order) if is_free else []
        plain += unlabelled
        if unlabelled or _are_of_page(before, labels, is_top):
            stops = [*(label.start() for label in labels[1:]), len(line)]
            for label, stop in zip(labels, stops, strict=False):
                if date_forms.is_publication(label):
                    after = date_forms.order_after(label, order)
                    labelled += _labelled(line[label.end() : stop], line, after)
    return labelled, plain


def _is_prose(line: str) -> bool:
    return len(line.split()) >= _MIN_PROSE_WORDS and line[-1] in ".!?\"”'"


def _n_head_lines(lines: Sequence[str]) -> int:
    """How many lines stand above the first of prose."""
    return next((i for i, line in enumerate(lines) if _is_prose(line)), len(lines))


def _with_clocks(lines: Sequence[str]) -> list[str]:
    """Join a line that ends in a day with the time of day on the line below it."""
    found: list[str] = []
    for line in lines:
        above = found[-1] if found else ""
        is_day = len(above) <= _MAX_LINE and next(date_forms.clocks(above), None) is None
        if is_day and _is_clock(line) and given_dates.DAY_HERE in _rest(above)[-2:]:
            found[-1] = f"{above} {line}"
        else:
            found.append(line)
    return found


def _is_clock(line: str) -> bool:
    clock = next(date_forms.clocks(line), None)
    if clock is None:
        return False
    beside = line[: clock.start] + line[clock.end :]
    return re.search(r"\w", date_forms.fillers().sub("", beside)) is None


def _rest(line: str) -> str:
    stated = _stated(line, "dmy")
    return "" if stated is None else stated.rest.rstrip(" |")


def _without_handle(line: str) -> str:
    """Take an author's handle out of a byline: "By Jane Roe @roe", "Port reporter @roe"."""
    if "@" not in line:
        return line
    bare = _HANDLE.sub("", line)
    is_byline = author_lines.has_lead(bare) or author_lines.is_group(bare)
    return bare.strip() if is_byline else line


def _are_of_page(before: str, labels: Sequence[re.Match[str]], is_top: bool) -> bool:
    """Whether labels speak of the page: one begins the line, or all are verbs of the head."""
    if not labels:
        return False
    if re.search(r"\w", date_forms.fillers().sub("", before)) is None:
        return True
    few = len(before.split()) <= _MAX_NAME_WORDS
    return is_top and few and all(_INNER_LABEL.match(each.group()) for each in labels)


def _labelled(segment: str, line: str, order: str | None) -> list[given_dates.Stated]:
    stated = _stated(segment, order)
    if stated is None or line.endswith(("?", "!")):
        return []
    words = re.findall(r"\w+", stated.rest)
    n_small = sum(word.islower() for word in words)
    fits = len(words) <= _MAX_LABELLED_WORDS and n_small <= _MAX_SMALL_WORDS
    return [stated] if fits else []


def _plain(segment: str, order: str | None) -> list[given_dates.Stated]:
    """Read a segment if it is a date, a time, and nothing else but a name."""
    stated = _stated(segment, order)
    if stated is None:
        return []
    before, after = (_parts(side) for side in stated.rest.split(given_dates.DAY_HERE, 1))
    if not before and not after:
        return [stated]
    if author_lines.has_lead(segment):
        words = sum(len(part.split()) for part in (*before, *after))
        return [stated] if words <= _MAX_NAME_WORDS + 1 else []
    # A name behind a day alone may be that of a link.
    allowed = stated.has_clock or all(author_lines.has_lead(part) for part in after)
    parted = all("|" in side for side, parts in _sides(stated, before, after) if parts)
    # "Halvane, den 5. März 2024", "Halvane, 5 March 2024, 18:30", "Halvane, 5 marzo 2024"; English
    # has a person or a picture before a day alone.
    placed = _PLACED.match(segment)
    if not after and placed is not None:
        is_local = _LOCAL_DAY.match(segment, placed.end()) is not None
        parted = parted or bool(placed["at"] or stated.has_clock or is_local)
    names = all(_is_name(part) for part in (*before, *after))
    return [stated] if allowed and parted and names else []


def _sides(
    stated: given_dates.Stated, before: list[str], after: list[str]
) -> list[tuple[str, list[str]]]:
    left, right = stated.rest.split(given_dates.DAY_HERE, 1)
    return [(left, before), (right, after)]


def _parts(side: str) -> list[str]:
    return [part.strip() for part in side.split("|") if part.strip()]


def _is_name(part: str) -> bool:
    words = part.split()
    is_cased = all(
        word[0].isupper() or word.isdigit() or word.lower() in _IN_NAMES for word in words
    )
    return part[0].isupper() and is_cased and len(words) <= _MAX_NAME_WORDS


def _stated(segment: str, order: str | None) -> given_dates.Stated | None:
    try:
        stated = given_dates.read_stated(_TRIFLES.sub(" ", segment), order)
    except errors.DateError:
        return None
    return None if stated is None or stated.date.precision == "month" else stated
