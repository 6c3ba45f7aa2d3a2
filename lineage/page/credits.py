"""Find who a text says it is from: datelines, bylines, copyrights, "X reported"."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence

import pandas as pd

from ..text import endless_words
from ..text.languages import word_lists
from . import bylines, datelines, mentions, outlets, publishers, releases, source_lines
from .credit_record import KINDS, Credit

__all__ = ["KINDS", "Credit", "find_credits", "is_credit", "origin_agency"]


_ORIGIN_KINDS = ("dateline", "byline_agency", "copyright")

_COPYRIGHT = re.compile(
    r"(?:\bcopyright\b|\bcopr\.|©|\(c\))[\s:]{0,60}(?:©|\(c\))?\s{0,60}(?P<year>\d{4}(?:\s?[-–]"
    r"\s?\d{4})?)?,?\s{0,60}"
    r"(?:by\s{1,60})?(?P<owner>[^\n.|]{2,60})",
    re.IGNORECASE,
)
# "© The Pellworth Courier 2025", "Copyright The Pellworth Courier, 2025", "The Pellworth
# Courier © 2025": the year behind the owner, and nothing else on the line.
_SIGN = r"(?P<sign>©|\(c\)|copyright)(?:\s{0,60}(?:©|\(c\)))?"
_YEARS = r"(?:19|20)\d{2}(?:\s?[-–/]\s?(?:(?:19|20)?\d{2}))?"
_OWNER = r"(?P<owner>[^\n|©]{2,60}?)"
_NOTICES = tuple(
    re.compile(
        rf"\W{{0,3}}?{form}(?:\W{{1,60}}all\s{{1,60}}rights"
        rf"\s{{1,60}}reserved)?\W{{0,60}}",
        re.IGNORECASE,
    )
    for form in (
        rf"{_SIGN}[\s:]{{0,60}}(?:by\s{{1,60}})?{_OWNER},?\s{{1,60}}{_YEARS}",
        rf"{_OWNER},?\s{{0,60}}{_SIGN}\s{{0,60}}{_YEARS}",
        rf"{_SIGN}\s{{0,60}}{_YEARS}(?:,\s{{0,60}}{_YEARS})+,?\s{{1,60}}(?:by\s{{1,60}})?{_OWNER}",
    )
)
# What has a year and is not owned by anybody: "Copyright, Designs and Patents Act 1988".
_LAW = re.compile(r"\b(?:Act|Bill|Code|Convention|Directive|Law|Order|Regulations?|Treaty)\b", re.I)
# The bare word begins headings too; notices of that form are at the foot of the page.
_FOOT_LINES = 5
_DESK = re.compile(
    r"\((?:[^()]{0,40}?\b)?(?:reporting|writing|editing|compiled|additional reporting)(?: and "
    r"\w{1,60})?"
    r" by (?P<who>[^\W\d_][\w.'’ -]{1,40})[^()]*\)",
    re.IGNORECASE,
)
_DISTRIBUTED = re.compile(
    r"\b(?:distributed|syndicated|provided|powered|delivered|licensed)\s{1,60}(?:by|through|via"
    r"|from)\b",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontribut(?:ed|ing)\b(?=\s{1,60}(?:to\s{1,60}(?:this|the)\s{1,60}(?:report|story|article"
    r"|piece)|reporting|"
    r"from\b)|\s{0,60}[.:]|\s{0,60}$)|\bmaterial\s{1,60}from\b|\bwith\s{1,60}(?:\w{1,60}\s{1,60})?"
    r"(?:files|reporting|reports|inputs|information|wires?)\s{1,60}(?:from|by)\b|"
    r"\badditional\s{1,60}(?:reporting|material)\s{1,60}(?:from|by)\b",
    re.IGNORECASE,
)
# Longer paragraphs tell a story in which somebody contributed.
_MAX_CONTRIBUTED_CHARS = 300
_MAX_PHOTO_CHARS = 120

_ASIDE = ("caption", "credit", "correction", "boilerplate")
# Of a line that is a credit, little else is left; in a short one the name is enough.
_WHOLE_LINE_KINDS = ("byline_agency", "byline", "copyright", "desk", "dateline", "contributed")
_SHORT_LINE_KINDS = ("distributor", "via_link")
_MAX_CREDIT_WORDS, _MAX_SHORT_WORDS, _MIN_CREDIT_SHARE = 40, 12, 0.6


def find_credits(
    text: str, sentences: pd.DataFrame | None = None, *, outlet: str | None = None
) -> list[Credit]:
    """Find every credit in `text`, and what looks like one.

    Names are known from a list and by their form ("Meridian News Agency", "the Brackwater
    Ledger reported"). Credits for photographs, interviews, helpers and distributors, and
    call signs of stations, get kinds of their own so that nobody takes them for the source
    of the text.

    Parameters
    ----------
    text : str
        The supplied text.
    sentences : DataFrame, optional
        The sentences table of this article. "X reported" counts only where it stands in a
        sentence of the story: not in a caption or on the boilerplate of the page.
    outlet : str, optional
        Who published the text: a credit of that publisher covers nothing but its own.

    Returns
    -------
    list of Credit
        In order of place; one for each agency of a byline that names several.
    """
    by_form, by_story = _find(endless_words.blank(text))
    taken = list(by_form)
    story = list(by_story)
    if sentences is not None:
        placed = zip(*(sentences[name].tolist() for name in ("role", "start", "end")), strict=True)
        aside = [(start, end) for role, start, end in placed if role in _ASIDE]
        story = [c for c in story if not any(i <= c.start < j for i, j in aside)]
    _add(taken, story)
    spelled = [_without_article(each, text) for each in _spell_out(taken, text)]
    if outlet is not None:
        spelled = [
            dataclasses.replace(each, is_own=True) if publishers.means(each.name, outlet) else each
            for each in spelled
        ]
    # Agencies of one byline stay in the order in which it names them.
    return sorted(spelled, key=lambda c: (c.start, c.end, c.name_start))


# Roles are given to all texts of a collection before the first is compiled.
@functools.lru_cache(maxsize=4096)
def _find(text: str) -> tuple[tuple[Credit, ...], tuple[Credit, ...]]:
    """Find credits by their form, and those that a sentence of the story may be."""
    lines = bylines.split_lines(text)
    taken: list[Credit] = []
    for find in (
        _photos,
        _labelled_photos,
        _distributors,
        source_lines.find_source_lines,
        _contributors,
        _desks,
        _copyrights,
        _notices,
        datelines.find_datelines,
    ):
        _add(taken, find(text, lines))
    _add(taken, _bylines(text, lines, taken))
    _add(taken, datelines.find_marks(text, lines))
    story = list(mentions.find_mentions(text))
    # Of "X said in a statement" X is no outlet that reported it.
    issued = releases.find_releases(text)
    story = [each for each in story if not any(_holds(one, each) for one in issued)]
    return tuple(taken), (*story, *issued)


def _holds(release: Credit, other: Credit) -> bool:
    return release.start <= other.name_start < release.end and other.kind != "told"


def is_credit(line: bylines.Line, found: Sequence[Credit]) -> bool:
    """Say whether a line is a credit, and not a sentence of the story that has one.

    Parameters
    ----------
    line : Line
        A line of a text.
    found : sequence of Credit
        The credits of the text.

    Returns
    -------
    bool
    """
    n_words = len(line.text.split())
    if n_words > _MAX_CREDIT_WORDS:
        return False
    for credit in found:
        if not line.start <= credit.start < line.end:
            continue
        if credit.kind == "release" and source_lines.is_issuer_line(line.text):
            return True
        covered = min(credit.end, line.end) - credit.start
        whole = covered >= _MIN_CREDIT_SHARE * (line.end - line.start)
        if credit.kind in _WHOLE_LINE_KINDS and whole:
            return True
        # A notice of rights goes on after the owner's name.
        if credit.kind == "copyright" and credit.start - line.start <= len("Trademark and "):
            return True
        if credit.kind in _SHORT_LINE_KINDS and n_words <= _MAX_SHORT_WORDS:
            return True
    return False


def origin_agency(credits: Sequence[Credit]) -> str | None:
    """Say which agency the body of a text came from, by its own explicit credits.

    A dateline says more than a byline, and a byline more than a copyright; of several
    agencies in a byline the first is meant.

    Parameters
    ----------
    credits : list of Credit
        As `find_credits` gives them.

    Returns
    -------
    str or None
        Usual name; None where no agency is credited with the text.
    """
    helpers = {credit.name for credit in credits if credit.kind == "contributed"}
    for kind in _ORIGIN_KINDS:
        for credit in credits:
            if credit.kind != kind or not outlets.is_agency(credit.name):
                continue
            # Of "material from A, B and C", a copyright of B does not make all of it B's.
            if kind == "copyright" and credit.name in helpers and len(helpers) > 1:
                continue
            return credit.name
    return None


def _without_article(found: Credit, text: str) -> Credit:
    article = re.match(r"[Tt]he\s{1,60}", text[found.name_start : found.name_end])
    if article is None:
        return found
    return dataclasses.replace(found, name_start=found.name_start + article.end())


def _add(taken: list[Credit], found: Iterator[Credit] | list[Credit]) -> None:
    """Add credits that do not stand inside ones already found."""
    # Several names of one line stand side by side in it.
    before = list(taken)
    for each in found:
        if all(each.end <= other.start or each.start >= other.end for other in before):
            taken.append(each)


def _photos(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    for start, end in bylines.photo_spans(text, lines):
        for name in outlets.find_names(text, start, end):
            yield Credit(name.name, "photo", start, end, name.start, name.end)


def _labelled_photos(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    label = _photo_label()
    for line in lines:
        if len(line.text) <= _MAX_PHOTO_CHARS and label.match(line.text) is not None:
            for name in outlets.find_names(text, line.start, line.end):
                yield Credit(name.name, "photo", line.start, line.end, name.start, name.end)


@functools.lru_cache(maxsize=1)
def _photo_label() -> re.Pattern[str]:
    lists = [word_lists.words(each)["credits"]["photos"] for each in word_lists.LANGUAGES]
    labels = word_lists.any_of([label for each in lists for label in each])
    return re.compile(rf"\W{{0,3}}(?i:{labels})\s?[:/©]")


def _near_cue(
    text: str, lines: list[bylines.Line], cue: re.Pattern[str], kind: str
) -> Iterator[Credit]:
    for line in lines:
        if cue.search(text, line.start, line.end) is None:
            continue
        if line.end - line.start > _MAX_CONTRIBUTED_CHARS:
            continue
        for name in outlets.find_names(text, line.start, line.end):
            yield Credit(name.name, kind, line.start, line.end, name.start, name.end)


def _distributors(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    return _near_cue(text, lines, _DISTRIBUTED, "distributor")


def _contributors(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    return _near_cue(text, lines, _CONTRIBUTED, "contributed")


def _desks(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    for match in _DESK.finditer(text):
        who = re.split(r"\s{1,60}(?:in|at|and)\s|[,;]", match["who"], maxsplit=1)[0]
        at = match.start("who")
        yield Credit(who.strip(), "desk", *match.span(), at, at + len(who.rstrip()))


def _copyrights(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    for match in _COPYRIGHT.finditer(text):
        names = outlets.find_names(text, *match.span("owner"))
        if names:
            yield Credit(
                names[0].name,
                "copyright",
                match.start(),
                names[0].end,
                names[0].start,
                names[0].end,
            )
            continue
        # Without a year it may be the Copyright Act.
        if match["year"] is None:
            continue
        owner = re.split(
            r"\s(?:all\s{1,60}rights|inc|\d{4})\b|,", match["owner"], maxsplit=1, flags=re.I
        )[0]
        owner = owner.strip(" -–—()[]")
        if owner[:1].isupper():
            end = match.start("owner") + len(match["owner"].rstrip())
            yield Credit(owner, "copyright", match.start(), end, match.start("owner"), end)


def _notices(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    # "(c)" is an item of a list where there is a "(b)".
    listed = any(line.text.lower().startswith("(b)") for line in lines)
    for line in lines:
        match = next(filter(None, (form.fullmatch(line.text) for form in _NOTICES)), None)
        if match is None or (listed and match["sign"].lower() == "(c)"):
            continue
        at_foot = 0 < line.index >= len(lines) - _FOOT_LINES
        if match["sign"].lower() == "copyright" and not at_foot:
            continue
        owner = match["owner"].strip(" ,-–—()[]")
        if _LAW.search(owner) is None and bylines.is_name(owner):
            at = text.index(owner, line.start)
            yield Credit(owner, "copyright", line.start, line.end, at, at + len(owner))


def _bylines(text: str, lines: list[bylines.Line], taken: list[Credit]) -> Iterator[Credit]:
    free = [
        line for line in lines if not any(c.start < line.end and line.start < c.end for c in taken)
    ]
    datelines = {c.start for c in taken if c.kind == "dateline"}
    for byline in bylines.find_bylines(text, free, lines, datelines):
        for agency in byline.outlets:
            yield _of_byline(text, agency, "byline_agency", byline)
        if byline.paper is not None:
            yield _of_byline(text, byline.paper, "byline_agency", byline)
        for author in byline.authors:
            yield _of_byline(text, author, "byline", byline)


def _of_byline(text: str, name: str, kind: str, byline: bylines.Byline) -> Credit:
    """A byline says who, and not where in it: the name as it stands, or the whole line."""
    at = text.find(name, byline.start, byline.end)
    span = (at, at + len(name)) if at >= 0 else (byline.start, byline.end)
    for each in outlets.find_names(text, byline.start, byline.end):
        if each.name == name:
            span = each.start, each.end
            break
    return Credit(name, kind, byline.start, byline.end, *span)


def _spell_out(credits: list[Credit], text: str) -> list[Credit]:
    """Give an unlisted abbreviation the agency name that the text spells out elsewhere."""
    short = {c.name for c in credits if c.kind == "dateline" and c.name.isupper()}
    if not short or not any(outlets.look_up(name) is None for name in short):
        return credits
    spelled = {
        "".join(word[0] for word in name.name.split()): name.name
        for name in outlets.find_names(text, 0, len(text))
        if " " in name.name
    }
    return [
        dataclasses.replace(c, name=spelled[c.name])
        if c.name in short and c.name in spelled and outlets.look_up(c.name) is None
        else c
        for c in credits
    ]
