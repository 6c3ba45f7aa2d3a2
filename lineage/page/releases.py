"""Find statements and releases: who issued what a sentence is from."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ..text import quotes
from ..text.languages import word_lists
from . import outlets
from .credit_record import Credit

# What a release is called whose issuer the sentence does not name ("she said in a statement").
UNNAMED = "release"

_CAP = r"[A-ZÄÖÜÉÈ][\w&’'-]{0,60}"
# "Tessaly Ministry of Health", "Corran Stahl AG"
_PROPER = (
    rf"{_CAP}(?:\s{{1,60}}(?:(?:of|for|and|the|de|du|des|de\s{{1,60}}la|für|&)"
    rf"\s{{1,60}}){{0,2}}{_CAP}|\s{{1,60}}\d{{1,60}}){{0,6}}"
)
_TITLES = re.compile(
    r"^(?:The|In|On|But|And|Also|Earlier|Later|Meanwhile|However|Dans|Le|La|Die|Der|Das)\s{1,60}"
)
_SHORT = 60


@dataclass(frozen=True)
class _Form:
    """One way to say so; `issuer` is empty where the sentence names nobody."""

    pattern: re.Pattern[str]
    kind: str = "release"


def find_releases(text: str) -> list[Credit]:
    """Find sentences that give a statement or a release as where they are from.

    Parameters
    ----------
    text : str
        The supplied text.

    Returns
    -------
    list of Credit
        Of kind ``release``, named by who issued it, or `UNNAMED`; ``attributed`` where
        somebody is only said to have told it.
    """
    found: list[Credit] = []
    for language in word_lists.languages_of(text):
        if _hint(language).search(text) is None:
            continue
        for form in _forms(language):
            for match in form.pattern.finditer(text):
                credit = _credit(match, form.kind)
                if credit is not None and not any(_meet(credit, each) for each in found):
                    found.append(credit)
    spans = quotes.quoted_spans(text)
    return sorted(
        (each for each in found if not any(i <= each.end - 1 < j for i, j in spans)),
        key=lambda each: (each.start, each.end),
    )


_OFFICE = re.compile(
    r"\w\s+(?:ministry|department|authority|commission|council|embassy|prosecutor(?:'s office)?)$"
)


def is_common(issuer: str) -> bool:
    """Say whether whoever issued a release is only said by what it is, and not named.

    Parameters
    ----------
    issuer : str
        Name of a credit of kind ``release``.

    Returns
    -------
    bool
        True for "company", "préfecture" and "Reederei", whose capital is that of any noun;
        False for "Lathe Water", "ministère de la Santé" and "Stadtwerke Ostrell".

    Examples
    --------
    >>> is_common("Reederei"), is_common("Reederei Halm")
    (True, False)
    >>> is_common("ministry"), is_common("fisheries ministry")
    (True, False)
    """
    if not any(word[:1].isupper() for word in re.split(r"[\s’'-]+", issuer)):
        # There is one fisheries ministry, and any number of shipping companies.
        return _OFFICE.search(issuer) is None
    # "BUND" is no "Bund".
    is_short = len(issuer) > 1 and issuer.isupper()
    return not is_short and _common().fullmatch(issuer) is not None


@functools.lru_cache(maxsize=1)
def _common() -> re.Pattern[str]:
    """Nouns for those who issue statements, with the capital of German or of a first word."""
    lists = [word_lists.words(each)["releases"].get("issuers", ()) for each in word_lists.LANGUAGES]
    return re.compile(rf"(?i:{word_lists.any_of([entry for each in lists for entry in each])})")


@functools.lru_cache(maxsize=len(word_lists.LANGUAGES))
def _hint(language: str) -> re.Pattern[str]:
    """What every form of a language has, so that most texts need no more than one look."""
    words = word_lists.words(language)["releases"]
    lists = (
        words["papers"],
        words.get("said", ()),
        words.get("given", ()),
        words.get("told_end", ()),
    )
    return re.compile(word_lists.any_of([entry for each in lists for entry in each]), re.IGNORECASE)


def _meet(one: Credit, other: Credit) -> bool:
    return one.start < other.end and other.start < one.end


def _credit(match: re.Match[str], kind: str) -> Credit | None:
    groups = match.groupdict()
    issuer = groups.get("issuer")
    # "Ada Lorne said in the statement": it was told before whose it is.
    unnamed = issuer is None or issuer.casefold() in _pronouns()
    if issuer is None or unnamed or groups.get("definite") is not None:
        span = match.span("paper" if "paper" in groups else "issuer")
        return Credit(UNNAMED, kind, *match.span(), *span)
    shown = _TITLES.sub("", issuer)
    start = match.start("issuer") + len(issuer) - len(shown)
    name = " ".join(shown.split())
    # An agency's statement about itself is no more than any other; "dpa teilte mit" is dpa's.
    if outlets.look_up(name) is not None and outlets.is_agency(outlets.canonical(name) or name):
        return None
    return Credit(name, kind, *match.span(), start, start + len(shown))


@functools.lru_cache(maxsize=1)
def _pronouns() -> frozenset[str]:
    lists = (word_lists.words(each)["releases"]["pronouns"] for each in word_lists.LANGUAGES)
    return frozenset(word.casefold() for each in lists for word in each)


@functools.lru_cache(maxsize=len(word_lists.LANGUAGES))
def _forms(language: str) -> tuple[_Form, ...]:
    made = {"en": _english, "de": _german, "fr": _french}.get(language)
    return _romance(language) if made is None else made()


def _english() -> tuple[_Form, ...]:
    words = word_lists.words("en")["releases"]
    any_of = word_lists.any_of
    paper = rf"(?P<paper>{any_of(words['papers'])})\b"
    article = rf"(?:{any_of(words['articles'])}\s{{1,60}})?"
    common = (
        rf"(?:[Tt]he\s{{1,60}}|[Aa]\s{{1,60}})(?P<issuer_>(?:\w{{1,60}}"
        rf"\s)?{any_of(words['issuers'])})\b"
    )
    named = rf"(?:(?:[Tt]he|[a-z]{{1,60}})\s{{1,60}})?(?P<issuer>{_PROPER})"
    somebody = rf"(?P<nobody>\b(?i:{any_of(words['pronouns'])}))"
    verb = rf"(?:(?:has|have|had|also|later|then)\s{{1,60}})?{any_of(words['verbs'])}\b"
    within = rf"[^.;:\"“”\n]{{0,{_SHORT}}}?"
    behind = rf"(?:,[^,.\n]{{2,{_SHORT}}},)?\s{{1,60}}"
    through = (
        rf"\s(?:in|through|via|by)\s{{1,60}}(?:(?P<definite>the|that|this)\s{{1,60}}"
        rf"|{article})"
    )
    cue = rf"(?i:{any_of(words['cues'])})"
    found = []
    for who in (common.replace("issuer_", "issuer"), named, somebody):
        found += [
            rf"{who}{behind}{verb}{within}{through}{paper}",
            rf"\b[Ii]n\s{{1,60}}{article}{paper}[^.,\n]{{0,40}},\s{{1,60}}{who}{behind}{verb}",
            rf"{verb}\s{{1,60}}{who}{through}{paper}",
        ]
    for who in (common.replace("issuer_", "issuer"), named):
        by = (
            rf"\s{{1,60}}(?:{any_of(words['by'])}|issued\s{{1,60}}by|released\s{{1,60}}by)"
            rf"\s{{1,60}}"
        )
        found += [
            rf"{who}\s{{1,60}}{any_of(words['issues'])}\s{{1,60}}{article}{paper}",
            rf"\b{cue}\s{{1,60}}{article}{paper}{by}{who}",
            rf"\b{article}{paper}{by}{who}{within}\s{{1,60}}(?:{verb}|reads?\b)",
        ]
    found += [
        rf"\b(?i:the)\s{{1,60}}{paper}\s{{1,60}}(?:{verb}|reads?\b)",
        rf"\b{cue}\s{{1,60}}{article}{paper}",
    ]
    return tuple(_Form(re.compile(each)) for each in found)


def _german() -> tuple[_Form, ...]:
    words = word_lists.words("de")["releases"]
    any_of = word_lists.any_of
    paper = rf"(?P<paper>{any_of(words['papers'])})\b"
    article = rf"(?:{any_of(words['articles'])}\s{{1,60}})?"
    issuer = (
        rf"(?:{any_of(words['articles'])}\s{{1,60}})?(?:[a-zäöü]{{1,60}}e[nrs]?\s{{1,60}})?"
        rf"(?P<issuer>{_CAP}(?:\s{{1,60}}{_CAP}){{0,4}})"
    )
    named = issuer.replace("{0,4}", "{1,4}")
    when = r"(?:(?:am|an\s{1,60}diesem)\s{1,60}\w{1,60}\s{1,60}|heute\s{1,60}|gestern\s{1,60})*"
    within = rf"[^.;:\n]{{0,{_SHORT}}}?"
    nobody = rf"(?P<paper>{any_of(words['pronouns'])})\b"
    given = any_of(words["given"])
    told = any_of(words["said"])
    # "teilte er mit seinem Bruder" is no more than a loaf.
    end = rf"{words['said_end']}(?=\s{{0,60}}[,.;:)]|\s{{1,60}}und\b|\s{{0,60}}$)"
    release = (
        rf"\b{told}\s{{1,60}}{when}{issuer}\b{within}\s{end}",
        rf"\b{told}\s{{1,60}}{when}{nobody}{within}\s{end}",
        rf"\b{issuer}\s{{1,60}}{told}\s{{1,60}}(?:{when})?(?:[a-zäöü]{{1,60}}\s{{1,60}})?{end}",
        rf"\b[Ww]ie\s{{1,60}}{when}{named}\b{within}\s{any_of(words['told_end'])}\b",
        rf"\b{any_of(words['verbs'])}\s{{1,60}}{when}{issuer}{within}\sin"
        rf"\s{{1,60}}{article}{paper}",
        rf"\b(?i:in|laut|aus|nach)\s{{1,60}}{article}(?:\w{{1,60}}\s{{1,60}})?{paper}"
        rf"\s{{1,60}}{any_of(words['by'])}\s{{1,60}}{issuer}",
        rf"\b(?i:in|laut|aus|nach)\s{{1,60}}{article}(?:\w{{1,60}}\s{{1,60}})?{paper}"
        rf"(?=[^.\n]{{0,20}}(?:heißt|hieß|,|$))",
    )
    # "wie der Krisenstab mitteilte" names an office, and no paper of anybody's.
    attributed = (
        rf"\b(?i:{given})\s{{1,60}}{issuer}",
        rf"\b[Ww]ie\s{{1,60}}{when}{issuer}\b{within}\s{any_of(words['told_end'])}\b",
    )
    return (
        *(_Form(re.compile(each)) for each in release),
        *(_Form(re.compile(each), "attributed") for each in attributed),
    )


def _french() -> tuple[_Form, ...]:
    words = word_lists.words("fr")["releases"]
    any_of = word_lists.any_of
    paper = rf"(?P<paper>{any_of(words['papers'])})\b"
    article = word_lists.article(words["articles"])
    # "la société Corran", "le ministère de la Santé", "la préfecture"
    issuer = (
        rf"(?:{article}(?:(?:société|compagnie|entreprise|groupe|association|firme)\s{{1,60}}"
        rf"(?={_CAP}))?)"
        rf"(?P<issuer>[\w’-]{{1,60}}(?:\s{{1,60}}(?:de\s{{1,60}}la|de\s{{1,60}}l['’]|du|des|de)"
        rf"\s{{0,60}}[\w’-]{{1,60}}){{0,2}}(?:\s{{1,60}}{_CAP}){{0,3}})"
    )
    proper = rf"(?P<issuer>{_PROPER})"
    verb = any_of(words["verbs"])
    within = rf"[^.;:«»\n]{{0,{_SHORT}}}?"
    when = r"(?:\s{1,60}(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier))?"
    in_paper = rf"\s{{1,60}}dans\s{{1,60}}un\s{{1,60}}{paper}"
    nobody = rf"\b{any_of(words['pronouns'])}"
    found = []
    for who in (issuer, proper):
        found += [
            rf"\b[Dd]ans\s{{1,60}}un\s{{1,60}}{paper}[^.,\n]{{0,40}},\s{{1,60}}{who}"
            rf"\s{{1,60}}{verb}",
            rf"\b{verb}{when}\s{{1,60}}{who}{when}{in_paper}",
            rf"{who}{when}\s{{1,60}}{verb}{within}{in_paper}",
            rf"{who}\s{{1,60}}{any_of(words['issues'])}\s{{1,60}}un\s{{1,60}}{paper}",
            rf"\b(?i:{any_of(words['cues'])})\s{{1,60}}(?:un|le)\s{{1,60}}{paper}\s{{1,60}}"
            rf"(?=d[eu]){who}",
        ]
    found += [
        rf"{nobody}{when}\s{{1,60}}{verb}{within}{in_paper}",
        rf"\b[Dd]ans\s{{1,60}}un\s{{1,60}}{paper}",
    ]
    return tuple(_Form(re.compile(each)) for each in found)


def _romance(language: str) -> tuple[_Form, ...]:
    words = word_lists.words(language)["releases"]
    any_of = word_lists.any_of
    article = word_lists.article(words["articles"])
    paper = rf"(?P<paper>{any_of(words['papers'])})\b"
    in_paper = rf"\s{{1,60}}{any_of(words['into'])}\s{{1,60}}{paper}"
    first = rf"\b(?i:{any_of(words['into'])})\s{{1,60}}{paper}"
    within = rf"[^.;:«»\n]{{0,{_SHORT}}}?"
    verb = any_of(words["verbs"])
    found = []
    for who in (
        rf"(?:{article})(?P<issuer>[\w’-]{{1,60}}(?:\s{{1,60}}{_CAP}){{0,3}})",
        rf"(?P<issuer>{_PROPER})",
    ):
        found += [
            rf"{first}[^.,\n]{{0,40}},\s{{1,60}}{who}\s{{1,60}}{verb}",
            rf"\b{verb}\s{{1,60}}{who}{in_paper}",
            rf"{who}\s{{1,60}}{verb}{within}{in_paper}",
            rf"{who}\s{{1,60}}{any_of(words['issues'])}\s{{1,60}}una?\s{{1,60}}{paper}",
            rf"\b(?i:{any_of(words['cues'])})\s{{1,60}}(?:{article})?(?:una?\s{{1,60}})?{paper}"
            rf"\s{{1,60}}"
            rf"{any_of(words['by'])}\s{{0,60}}{who}",
        ]
    found.append(first)
    return tuple(_Form(re.compile(each)) for each in found)
