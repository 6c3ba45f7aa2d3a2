"""Know agencies and outlets by name: from a list, and by the form of the name."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

# One word of a name, and what may stand between two of them.
CAPITALISED = r"[A-Z][\w&’'.-]*(?<![.'’-])"
_AND_MORE = rf"(?:\s+(?:(?:of|and|de|del|della|la|&)\s+)?{CAPITALISED})"

# Names that only an agency has.
_AGENCY_ENDS = "News Agency|Press Agency|Press Association|Newswire|News Wire|Wire Service"
AGENCY_FORM = rf"(?:[Tt]he\s+)?(?:{CAPITALISED}\s+){{1,4}}(?:{_AGENCY_ENDS})(?!\w)"

# The last word of the names of newspapers and broadcasters.
_MEDIA_ENDS = (
    "Times|Post|Examiner|Ledger|Gazette|Insider|News|Herald|Tribune|Journal|Chronicle|Courier|"
    "Star|Sun|Mirror|Mail|Express|Standard|Observer|Guardian|Telegraph|Globe|Dispatch|Inquirer|"
    "Enquirer|Register|Bulletin|Record|Review|Sentinel|Press|Monitor|Messenger|Mercury|Argus|Echo|"
    "Banner|Beacon|Advocate|Advertiser|Daily|Weekly|Magazine|Radio|Television|TV|Broadcasting|"
    "Network|Today|Zeitung|Presse"
)
MEDIA_FORM = (
    rf"(?:[Tt]he\s+)?(?:{CAPITALISED}\s+){{0,4}}(?:{_MEDIA_ENDS})"
    rf"(?:-{CAPITALISED})?(?:\s+of\s+(?:the\s+)?{CAPITALISED})?(?![\w’'-])"
    rf"|(?:[Tt]he\s+)?(?:Daily|Radio|Channel|TV)\s+(?:{CAPITALISED}|\d+){_AND_MORE}{{0,2}}"
)

# Who reports without being a newspaper: "The Labor Department reported".
_INSTITUTION = re.compile(
    r"\b(?:Department|Ministry|Minister|Committee|Commission|Council|Court|Senate|House|Congress|"
    r"Parliament|Government|Administration|Office|Bureau|Agency|Authority|Board|Police|Sheriff|"
    r"Army|Navy|Force|Forces|Guard|Service|Services|Bank|Company|Corp|Corporation|Inc|Group|"
    r"Union|University|College|Institute|Center|Centre|Hospital|School|Association|Society|"
    r"Foundation|Federation|Organization|Organisation|Party|Fed|Reserve|Treasury|Pentagon|Kremlin|"
    r"Vatican|Church|Observatory|Directorate|Crescent|Cross|Watch|Fund|Club|League|Team|States|"
    r"Nations|Republic|Kingdom|Administration|District|County|City|State|Survey|Index|FBI|CIA|"
    r"WHO|CDC|NATO|EU|UN|OSCE|NASA)\b"
)
_NOT_MEDIA = re.compile(r"(?:The |the )?(?:Royal Mail|(?:American|Federal) Express)")
# What begins a sentence or stands before a name without being part of it.
_LEADING = re.compile(
    r"^(?:(?:But|And|In|On|At|As|When|While|After|Before|For|To|Meanwhile|However|Earlier|Later|"
    r"Also|Since|By|If|Though|Although|Yet|So|State|Local|Last|This|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday)\s+)+"
)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:[- ](?:TV|FM|AM|DT))?")


@dataclass(frozen=True)
class Name:
    """The name of an agency or outlet where it stands in a text.

    Attributes
    ----------
    name : str
        The usual name where it is on the list, otherwise as written.
    is_agency : bool
        Whether it serves other outlets with copy.
    start, end : int
        Half-open span in the supplied text.
    """

    name: str
    is_agency: bool
    start: int
    end: int


@dataclass(frozen=True)
class _Listed:
    agencies: frozenset[str]
    by_form: Mapping[str, str]
    by_code: Mapping[str, str]
    pattern: re.Pattern[str]


@functools.lru_cache(maxsize=1)
def _listed() -> _Listed:
    path = importlib.resources.files(__package__) / "data" / "outlets.csv"
    by_form: dict[str, str] = {}
    by_code: dict[str, str] = {}
    agencies = set()
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
        for form in filter(None, row["forms"].split("|")):
            by_form[form] = row["name"]
            by_form.setdefault(form.upper(), row["name"])
        for code in filter(None, row["codes"].split("|")):
            by_code[code] = row["name"]
        if row["kind"] == "agency":
            agencies.add(row["name"])
    longest_first = sorted(by_form, key=lambda form: (-len(form), form))
    listed = "|".join(map(re.escape, longest_first))
    pattern = re.compile(
        rf"(?<![\w@#.’'-])(?<!\.\w\w/)(?<!\.\w\w\w/)(?:(?P<listed>{listed})|(?P<form>{AGENCY_FORM}))(?![\w@]|\.(?:com|org|net))"
    )
    return _Listed(frozenset(agencies), by_form, by_code, pattern)


def find_names(text: str, start: int, end: int) -> list[Name]:
    """Find listed names, and names of the form of an agency's, in ``text[start:end]``.

    Parameters
    ----------
    text : str
        The supplied text.
    start, end : int
        Half-open span to look in.

    Returns
    -------
    list of Name
        In order, not overlapping.
    """
    listed = _listed()
    found = []
    for match in listed.pattern.finditer(text, start, end):
        if match["listed"] is not None:
            name = listed.by_form[match["listed"]]
        else:
            name = _without_article(match["form"])
        found.append(Name(name, is_agency(name), *match.span()))
    return found


def look_up(written: str) -> str | None:
    """Return the usual name of what stands in a dateline's parentheses, or None.

    Parameters
    ----------
    written : str
        A name or an abbreviation, such as ``AP`` or ``PA``.

    Returns
    -------
    str or None
    """
    listed = _listed()
    written = " ".join(written.split())
    name = listed.by_form.get(written) or listed.by_code.get(written)
    if name is None and re.fullmatch(AGENCY_FORM, written) is not None:
        return _without_article(written)
    return name


def canonical(written: str) -> str | None:
    """Return the usual name of an outlet, or None if no outlet is called that.

    Parameters
    ----------
    written : str
        A name matched by `MEDIA_FORM` or standing where a name does.

    Returns
    -------
    str or None
        The name on the list, otherwise the name as written without a small "the".
    """
    written = _LEADING.sub("", " ".join(written.split()))
    by_form = _listed().by_form
    bare = re.sub(r"^[Tt]he\s+", "", written)
    known = by_form.get(written) or by_form.get(bare)
    if known is not None:
        return known
    # "Times" alone is a word; "The Times" is a name.
    if " " not in written or _NOT_MEDIA.fullmatch(written) is not None:
        return None
    return re.sub(r"^the\s+", "", written) if " " in bare else f"The {bare}"


def is_agency(name: str) -> bool:
    """Say whether a usual name is that of an agency, by the list or by its form."""
    return name in _listed().agencies or re.fullmatch(AGENCY_FORM, name) is not None


def is_call_sign(written: str) -> bool:
    """Say whether `written` is the call sign of an American station, such as KMIZ."""
    return _CALL_SIGN.fullmatch(written) is not None and look_up(written) is None


def may_be_media(written: str) -> bool:
    """Say whether "The ..." may be a paper: not an authority, a company or an acronym."""
    return _INSTITUTION.search(written) is None and not written.removeprefix("The ").isupper()


def listed_forms() -> Mapping[str, str]:
    """Return the usual name of every listed form."""
    return _listed().by_form


def _without_article(written: str) -> str:
    return re.sub(r"^[Tt]he\s+", "", " ".join(written.split()))
