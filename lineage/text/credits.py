"""Find who a text says it is from: datelines, bylines, copyrights, "X reported"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from . import bylines, mentions, outlets


@dataclass(frozen=True)
class Credit:
    """One credit that a text gives.

    Attributes
    ----------
    name : str
        Usual name of the agency or outlet, or the person of a byline or desk credit.
    kind : str
        One of `KINDS`.
    start, end : int
        Half-open span in the supplied text.
    """

    name: str
    kind: str
    start: int
    end: int


# Those after via_link look like credits for the text and are not.
KINDS = (
    "dateline",
    "byline_agency",
    "byline",
    "copyright",
    "desk",
    "reported",
    "via_link",
    "photo",
    "contributed",
    "told",
    "call_sign",
    "distributor",
)
_ORIGIN_KINDS = ("dateline", "byline_agency", "copyright")

_NAME_CHARS = r"[^\W\d_][\w&’'. /-]{0,58}[\w.]"
_PLACE = r"(?:[A-Z][\w.'’-]*(?:[ /][\w.'’-]+){0,5})(?:,\s+[A-Z][\w.'’-]*(?:\s[\w.'’-]+){0,3})?"
_DAY = (
    r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?|\d{1,2}\.?\s+[A-Z][a-z]{2,8}\.?(?:\s+\d{4})?)"
)
_DASH = r"\s*[-–—―_]+"
# "LONDON, Aug 3 (AP) -", "Washington (CNN)", "(Reuters) - "; "MOSCOW, July 16. /TASS/."
_DATELINE = re.compile(
    rf"[^\w(]{{0,4}}(?:(?P<place>{_PLACE})(?:,\s+{_DAY})?[.:,]?\s*(?:[–—-]\s*)?)?"
    rf"(?:\(\s?(?P<name>{_NAME_CHARS})\s?\)|/(?P<slashed>[A-Z][\w ]{{1,20}})/)"
    rf"(?P<dash>{_DASH}|[.:]?)"
)
_SEVERAL = re.compile(r"\s+via\s+|\s*/\s*")
# Text that lost case and punctuation keeps the gaps around the name.
_BARE_DATELINE = re.compile(
    r"\W{0,3}(?:[^\W\d_]+[ /]){0,8}?\s+(?P<name>[^\W\d_]+(?: [^\W\d_]+)?)\s{2,}"
)

_COPYRIGHT = re.compile(
    r"(?:\bcopyright\b|\bcopr\.|©|\(c\))[\s:]*(?:©|\(c\))?\s*(?P<year>\d{4}(?:\s?[-–]\s?\d{4})?)?,?\s*"
    r"(?:by\s+)?(?P<owner>[^\n.|]{2,60})",
    re.IGNORECASE,
)
# "© The Pellworth Courier 2025", "Copyright The Pellworth Courier, 2025", "The Pellworth
# Courier © 2025": the year behind the owner, and nothing else on the line.
_SIGN = r"(?P<sign>©|\(c\)|copyright)(?:\s*(?:©|\(c\)))?"
_YEARS = r"(?:19|20)\d{2}(?:\s?[-–/]\s?(?:(?:19|20)?\d{2}))?"
_OWNER = r"(?P<owner>[^\n|©]{2,60}?)"
_NOTICES = tuple(
    re.compile(rf"\W{{0,3}}?{form}(?:\W+all\s+rights\s+reserved)?\W*", re.IGNORECASE)
    for form in (
        rf"{_SIGN}[\s:]*(?:by\s+)?{_OWNER},?\s+{_YEARS}",
        rf"{_OWNER},?\s*{_SIGN}\s*{_YEARS}",
        rf"{_SIGN}\s*{_YEARS}(?:,\s*{_YEARS})+,?\s+(?:by\s+)?{_OWNER}",
    )
)
# What has a year and is not owned by anybody: "Copyright, Designs and Patents Act 1988".
_LAW = re.compile(r"\b(?:Act|Bill|Code|Convention|Directive|Law|Order|Regulations?|Treaty)\b", re.I)
# The bare word begins headings too; notices of that form are at the foot of the page.
_FOOT_LINES = 5
_DESK = re.compile(
    r"\((?:[^()]{0,40}?\b)?(?:reporting|writing|editing|compiled|additional reporting)(?: and \w+)?"
    r" by (?P<who>[^\W\d_][\w.'’ -]{1,40})[^()]*\)",
    re.IGNORECASE,
)
_DISTRIBUTED = re.compile(
    r"\b(?:distributed|syndicated|provided|powered|delivered|licensed)\s+(?:by|through|via|from)\b",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontribut(?:ed|ing)\b(?=\s+(?:to\s+(?:this|the)\s+(?:report|story|article|piece)|reporting|"
    r"from\b)|\s*[.:]|\s*$)|\bmaterial\s+from\b|\bwith\s+(?:\w+\s+)?"
    r"(?:files|reporting|reports|inputs|information|wires?)\s+(?:from|by)\b|"
    r"\badditional\s+(?:reporting|material)\s+(?:from|by)\b",
    re.IGNORECASE,
)
# Longer paragraphs tell a story in which somebody contributed.
_MAX_CONTRIBUTED_CHARS = 300

# Of a line that is a credit, little else is left; in a short one the name is enough.
_WHOLE_LINE_KINDS = ("byline_agency", "byline", "copyright", "desk", "dateline", "contributed")
_SHORT_LINE_KINDS = ("distributor", "via_link")
_MAX_CREDIT_WORDS, _MAX_SHORT_WORDS, _MIN_CREDIT_SHARE = 40, 12, 0.6


def find_credits(text: str, sentences: pd.DataFrame | None = None) -> list[Credit]:
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
        sentence of the story: not in a caption or on the furniture of the page.

    Returns
    -------
    list of Credit
        In order of place; one for each agency of a byline that names several.
    """
    by_form, by_story = _find(text)
    taken = list(by_form)
    story = list(by_story)
    if sentences is not None:
        aside = sentences.loc[
            sentences["role"].isin(("caption", "credit", "correction", "boilerplate"))
        ]
        spans = list(zip(aside["start"].tolist(), aside["end"].tolist(), strict=True))
        story = [c for c in story if not any(i <= c.start < j for i, j in spans)]
    _add(taken, story)
    # Stable: agencies of one byline stay in the order in which it names them.
    return sorted(_spell_out(taken, text), key=lambda c: (c.start, c.end))


# Roles are given to all texts of a collection before the first is compiled.
@functools.lru_cache(maxsize=4096)
def _find(text: str) -> tuple[tuple[Credit, ...], tuple[Credit, ...]]:
    """Find credits by their form, and those that a sentence of the story may be."""
    lines = bylines.split_lines(text)
    taken: list[Credit] = []
    for find in (_photos, _distributors, _contributors, _desks, _copyrights, _notices, _datelines):
        _add(taken, find(text, lines))
    _add(taken, _bylines(text, lines, taken))
    found = mentions.find_mentions(text)
    story = [Credit(mention.name, mention.kind, mention.start, mention.end) for mention in found]
    return tuple(taken), tuple(story)


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


def credited_outlets(credits: Sequence[Credit]) -> list[str]:
    """List the agencies and outlets that the story itself names as where it has things from.

    Parameters
    ----------
    credits : list of Credit
        As `find_credits` gives them.

    Returns
    -------
    list of str
        Usual names, in order of first mention.
    """
    named: dict[str, str] = {}
    for credit in credits:
        if credit.kind in ("reported", "via_link"):
            named.setdefault(re.sub(r"^The ", "", credit.name), credit.name)
    return list(named.values())


def _add(taken: list[Credit], found: Iterator[Credit] | list[Credit]) -> None:
    """Add credits that do not stand inside ones already found."""
    fresh = [
        credit
        for credit in found
        if all(credit.end <= other.start or credit.start >= other.end for other in taken)
    ]
    taken.extend(fresh)


def _photos(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    for start, end in bylines.photo_spans(text, lines):
        for name in outlets.find_names(text, start, end):
            yield Credit(name.name, "photo", start, end)


def _near_cue(
    text: str, lines: list[bylines.Line], cue: re.Pattern[str], kind: str
) -> Iterator[Credit]:
    for line in lines:
        if cue.search(text, line.start, line.end) is None:
            continue
        if line.end - line.start > _MAX_CONTRIBUTED_CHARS:
            continue
        for name in outlets.find_names(text, line.start, line.end):
            yield Credit(name.name, kind, line.start, line.end)


def _distributors(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    return _near_cue(text, lines, _DISTRIBUTED, "distributor")


def _contributors(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    return _near_cue(text, lines, _CONTRIBUTED, "contributed")


def _desks(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    for match in _DESK.finditer(text):
        who = re.split(r"\s+(?:in|at|and)\s|[,;]", match["who"], maxsplit=1)[0]
        yield Credit(who.strip(), "desk", *match.span())


def _copyrights(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    for match in _COPYRIGHT.finditer(text):
        names = outlets.find_names(text, *match.span("owner"))
        if names:
            yield Credit(names[0].name, "copyright", match.start(), names[0].end)
            continue
        # Without a year it may be the Copyright Act.
        if match["year"] is None:
            continue
        owner = re.split(
            r"\s(?:all\s+rights|inc|\d{4})\b|,", match["owner"], maxsplit=1, flags=re.I
        )[0]
        owner = owner.strip(" -–—()[]")
        if owner[:1].isupper():
            end = match.start("owner") + len(match["owner"].rstrip())
            yield Credit(owner, "copyright", match.start(), end)


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
            yield Credit(owner, "copyright", line.start, line.end)


def _datelines(text: str, lines: list[bylines.Line]) -> Iterator[Credit]:
    for line in lines:
        match = _DATELINE.match(text, line.start, line.end)
        # "By JANE ROE (AP)" names an author.
        if match is None or (match["place"] or "").lower().startswith("by "):
            continue
        written = " ".join((match["name"] or match["slashed"]).split())
        # Of "AP via Courier" and "Reuters/AP" the first is meant.
        known = outlets.look_up(written) or outlets.look_up(_SEVERAL.split(written)[0])
        has_dash = match["dash"].strip(" .:") != ""
        if known is not None and (match["name"] is not None or match["place"] is not None):
            yield Credit(known, "dateline", *match.span())
            continue
        capitals = match["place"] is not None and match["place"].split(",")[0].isupper()
        if outlets.is_call_sign(written) and (capitals or match["place"] is None):
            yield Credit(written, "call_sign", *match.span())
            continue
        # An unlisted name needs everything else of a dateline, and must not be a country.
        named = written.isupper() or 1 < len(written.split()) <= bylines.MAX_NAME_WORDS
        if has_dash and capitals and named and match["name"] is not None:
            yield Credit(written, "dateline", *match.span())
    if text == text.lower():
        match = _BARE_DATELINE.match(text)
        name = _uncased().get(match["name"]) if match is not None else None
        if match is not None and name is not None:
            yield Credit(name, "dateline", match.start(), match.end("name"))


@functools.lru_cache(maxsize=1)
def _uncased() -> dict[str, str]:
    forms = outlets.listed_forms()
    return {form.lower(): name for form, name in forms.items() if outlets.is_agency(name)}


def _bylines(text: str, lines: list[bylines.Line], taken: list[Credit]) -> Iterator[Credit]:
    free = [
        line for line in lines if not any(c.start < line.end and line.start < c.end for c in taken)
    ]
    datelines = {c.start for c in taken if c.kind == "dateline"}
    for byline in bylines.find_bylines(text, free, lines, datelines):
        for agency in byline.outlets:
            yield Credit(agency, "byline_agency", byline.start, byline.end)
        if byline.paper is not None:
            yield Credit(byline.paper, "byline_agency", byline.start, byline.end)
        for author in byline.authors:
            yield Credit(author, "byline", byline.start, byline.end)


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
        Credit(spelled[c.name], c.kind, c.start, c.end)
        if c.name in short and c.name in spelled and outlets.look_up(c.name) is None
        else c
        for c in credits
    ]
