"""Know agencies and outlets by name: from a list, and by the form of the name."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..text import rarity
from ..text.languages import word_lists

# One word of a name, and what may stand between two of them.
CAPITALISED = r"[A-ZÄÖÜÉÈÎ][\w&’'.-]{0,60}(?<![.'’-])"
_AND_MORE = rf"(?:\s+(?:(?:of|and|de|del|della|la|&)\s+)?{CAPITALISED})"

# Names that only an agency has: how they end, and those that go on after it.
_AGENCY_ENDS = (
    "News Agency|Press Agency|Telegraphic Agency|Press Association|Newswires?|News Wire|"
    "Wire Service|Wire|News Service|Press Service"
)
_AGENCY_STEMS = "News Service|News Agency|Press Service|Press Trust"
# Of broadcasters too: who is called so serves others only where their pages say so.
_NETWORK_ENDS = "News Network"
# What stands before such an end without being a name, or ends another name; the wire of a
# fence; those who speak for an authority.
_NO_NAME = (
    "The|A|An|By|From|Via|And|Staff|Combined|THE|BY|FROM|STAFF|COMBINED|"
    "Service|Agency|Wire|Newswire|SERVICE|AGENCY|WIRE|NEWSWIRE"
)
_NO_WIRE = "Barbed|Razor|Live|High|Hot|Copper|Steel|Trip|Chicken|Fence|Fencing|Electric|Electrical"
_NO_PRESS_SERVICE = (
    "Presidential|President|Kremlin|Government|Ministry|Department|Police|Parliament|"
    "Parliamentary|Military|Army|Navy|Forces|Court|Senate|Council|Governor"
)
_NAME_WORD = (
    rf"(?!(?:{_NO_NAME})(?![\w&’'.-])|(?:{_NO_WIRE})\s+Wire\b|(?:{_NO_PRESS_SERVICE})\s+Press\s+"
    rf"Service\b){CAPITALISED}"
)
# "Wire Reports" and "Wire Services" are what a paper puts together from several, and a
# "Wire Editor" does it.
_NO_REPORTS = (
    r"(?![\w-]|\s+(?:Reports?|Services|Stories|Editors?|REPORTS?|SERVICES|STORIES|EDITORS?)\b)"
)


def _form(ends: str) -> str:
    return rf"(?:[Tt]he\s+|THE\s+)?(?:{_NAME_WORD}\s+){{1,4}}(?:{ends}|{ends.upper()}){_NO_REPORTS}"


AGENCY_FORM = (
    rf"(?:{_form(_AGENCY_ENDS)}"
    rf"|(?:[Tt]he\s+)?(?:{_NAME_WORD}\s+){{0,3}}(?:{_AGENCY_STEMS})\s+of\s+{CAPITALISED}"
    rf"(?:\s+{CAPITALISED})?{_NO_REPORTS})"
)
_NETWORK_FORM = _form(_NETWORK_ENDS)

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

# Stations: "KARE 11", "ABC 7", "NewsWatch 12", "9News", and call signs, which begin with K or W
# in America. Three letters alone are too often something else.
_CALL = r"[KW][A-Z]{2,3}"
_NUMBERED = (
    r"(?:ABC|CBS|NBC|FOX|Fox|CW|PBS|(?:Action|Eyewitness|Total)\s+News|(?:News|NEWS)(?:[A-Z]\w*|watch|channel|cent(?:er|re)|radio|line)?|TV|"
    rf"Channel|CHANNEL|{_CALL})"
)
STATION_FORM = (
    rf"(?:(?:{_CALL}\s+)?{_NUMBERED}[\s-]?\d{{1,2}}(?!\d)(?:\s+(?:News|NEWS)(?!\w))?"
    rf"|\d{{1,2}}(?:News|NEWS|Alive|abc)|{_CALL}[- ](?:TV|FM|AM|DT)|[KW][A-Z]{{3}})(?![\w’'-])"
)
# Of the same form as a call sign, and in no list of words.
_NO_CALL_SIGNS = frozenset(("KFOR", "KPMG", "KYIV", "WADA", "WIPO", "WOLA", "WTTC"))

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
# Words of the names of publishers that no place and no person has.
_NEWS_WORD = re.compile(
    r"\b(?:News|Newsroom|Press|Wire|Media|Reporting|Reporters|Syndicate|Journalism)\b"
)
_STATES = frozenset(
    ("CAR", "DDR", "DPRK", "DRC", "FRG", "GDR", "NSW", "PNG", "PRC", "ROC", "UAE", "USA", "USSR")
)
# What begins a sentence or stands before a name without being part of it.
_LEADING = re.compile(
    r"^(?:(?:But|And|In|On|At|As|When|While|After|Before|For|To|Meanwhile|However|Earlier|Later|"
    r"Also|Since|By|If|Though|Although|Yet|So|State|Local|Last|This|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday)\s+)+"
)
# "JANE ROE Continental Wire": the author in capitals, the agency not.
_AUTHOR_BEFORE = re.compile(r"(?:[A-Z][A-Z.’'-]+\s+){2,3}(?=[A-Z][a-z])")
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
    by_word: Mapping[str, str]
    pattern: re.Pattern[str]


@functools.lru_cache(maxsize=1)
def _listed() -> _Listed:
    path = importlib.resources.files(__package__) / "agencies_and_outlets.csv"
    by_form: dict[str, str] = {}
    by_code: dict[str, str] = {}
    by_word: dict[str, str] = {}
    agencies = set()
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
        for form in filter(None, row["forms"].split("|")):
            by_form[form] = row["name"]
            by_form.setdefault(form.upper(), row["name"])
        for code in filter(None, row["codes"].split("|")):
            by_code[code] = row["name"]
        for word in filter(None, row["words"].split("|")):
            by_word[word] = row["name"]
        if row["kind"] == "agency":
            agencies.add(row["name"])
    longest_first = sorted(by_form, key=lambda form: (-len(form), form))
    listed = "|".join(map(re.escape, longest_first))
    ends = rf"(?:{_AGENCY_ENDS}|[Aa]gency|[Ss]ervice)(?:\s+of\s+{CAPITALISED})?{_NO_REPORTS}"
    pattern = re.compile(
        rf"(?<![\w@#.’'-])(?<!\.\w\w/)(?<!\.\w\w\w/)(?:(?P<listed>{listed})(?:\s+(?P<end>{ends}))?"
        rf"|(?P<form>{AGENCY_FORM}|{_NETWORK_FORM}))(?![\w@]|\.(?:com|org|net))"
    )
    return _Listed(frozenset(agencies), by_form, by_code, by_word, pattern)


@functools.lru_cache(maxsize=len(word_lists.LANGUAGES))
def local_form(language: str) -> str:
    """Return a regular expression for names of newspapers that a word of a language tells.

    Parameters
    ----------
    language : str
        One of `word_lists.LANGUAGES`; in English there is `MEDIA_FORM`.

    Returns
    -------
    str
        "Ostrell Tagblatt", "Elbufer-Anzeiger", "Talbote"; "La Voix du Marais".
    """
    names = word_lists.words(language)["names"]
    any_of = word_lists.any_of
    ends, heads, joins = (any_of(names[each]) for each in ("media_ends", "media_heads", "joins"))
    not_names = rf"(?!{any_of(names['no_media'])}(?![\w’'-]))"
    return (
        rf"(?:(?:{CAPITALISED}\s+){{1,3}}\w*{ends}(?![\w’'-])|{not_names}{compound_form(language)}"
        rf"|(?:{any_of(names['titles'])}\s?)?{not_names}{heads}(?:(?:\s+{joins})?\s*(?<=[\s'’]){CAPITALISED}){{1,2}})"
    )


@functools.lru_cache(maxsize=len(word_lists.LANGUAGES))
def compound_form(language: str) -> str:
    """Return a regular expression for names of one word that end in one for newspapers."""
    names = word_lists.words(language)["names"]
    any_of = word_lists.any_of
    return (
        rf"[A-ZÄÖÜ]\w+(?:-\w+)*(?:-{any_of(names['media_ends'])}|{any_of(names['compound_ends'])})"
        r"(?![\w’'-])"
    )


def is_compound(written: str) -> bool:
    """Say whether a name of one word ends in one for newspapers: "Talbote"."""
    forms = (compound_form(each) for each in word_lists.LANGUAGES)
    return any(re.fullmatch(form, written) is not None for form in forms)


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
        start, stop = match.span()
        if match["listed"] is not None:
            name = listed.by_form[match["listed"]]
            # "AP Newswire" is AP; a paper may have a service of its own beside it.
            if match["end"] is not None and name not in listed.agencies:
                name = _without_article(match.group())
                if not is_agency(name):
                    name, stop = listed.by_form[match["listed"]], match.end("listed")
        else:
            author = _AUTHOR_BEFORE.match(match["form"])
            start += author.end() if author is not None else 0
            name = _without_article(text[start:stop])
        found.append(Name(name, is_agency(name), start, stop))
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
    if name is not None:
        return name
    found = find_names(written, 0, len(written))
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(written):
        return found[0].name
    return None


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
    if re.fullmatch(STATION_FORM, bare) is not None:
        return bare if is_station(bare) else None
    known = by_form.get(written) or by_form.get(bare)
    if known is not None:
        return known
    # "Times" alone is a word; "The Times" is a name.
    if " " not in written or _NOT_MEDIA.fullmatch(written) is not None:
        return None
    return re.sub(r"^the\s+", "", written) if " " in bare else f"The {bare}"


_GENITIVE = re.compile(
    r"(?:(?<=[Bb]ote)n|(?<=[Kk]urier)s|(?<=[Aa]nzeiger)s|(?<=[Mm]erkur)s|(?<=[Bb]latt)e?s)$"
)
_INFLECTED = re.compile(r"(?<=[a-zäöüß]{2}e)[nrsm](?=\s)")


def nominative(written: str) -> str:
    """Return the name of a German newspaper as it is called: "Ostrauer Boten" -> "Ostrauer Bote".

    Parameters
    ----------
    written : str

    Returns
    -------
    str
        The usual name where the list has it without the ending of an adjective: "Neuer Zürcher
        Zeitung". As written where nothing tells.
    """
    bare = _GENITIVE.sub("", written)
    known = _listed().by_form.get(_INFLECTED.sub("", bare, count=1))
    return bare if known is None else known


def is_agency(name: str) -> bool:
    """Say whether a usual name is that of an agency, by the list or by its form."""
    return name in _listed().agencies or re.fullmatch(AGENCY_FORM, name) is not None


def is_call_sign(written: str) -> bool:
    """Say whether `written` is the call sign of an American station, such as KMIZ."""
    return _CALL_SIGN.fullmatch(written) is not None and look_up(written) is None


def is_station(written: str) -> bool:
    """Say whether `written` is how a radio or television station is called on its pages.

    Parameters
    ----------
    written : str
        A name, such as ``NewsWatch 12``, ``KARE 11``, ``WGBX`` or ``KMIZ-TV``.

    Returns
    -------
    bool
    """
    if re.fullmatch(STATION_FORM, written) is None:
        return False
    if len(written) > 4 or not written.isupper() or not written.isalpha():
        return True
    # In capitals, "WEST" is a word and WBGX is none.
    is_word = rarity.word_bits(written.lower()) < rarity.UNLISTED_BITS
    return not is_word and written not in _NO_CALL_SIGNS and look_up(written) is None


def may_serve(written: str) -> bool:
    """Say whether an unlisted name in a dateline may be whom another publisher has a text from.

    Parameters
    ----------
    written : str
        What stands in the parentheses of a dateline. The places and states that stand there
        too, and the names of stations, are no such names.

    Returns
    -------
    bool
    """
    if is_station(written):
        return False
    if re.fullmatch(r"[A-Z]{3,6}", written) is not None:
        return written not in _STATES
    # In capitals as in the small letters of a name.
    shown = written.title() if written.isupper() else written
    return (
        re.fullmatch(MEDIA_FORM, shown) is not None or _NEWS_WORD.search(shown) is not None
    ) and _NOT_MEDIA.fullmatch(shown) is None


def paper(written: str) -> str | None:
    """Return the usual name of a newspaper or broadcaster where nothing else stands, or None.

    Parameters
    ----------
    written : str
        A line or a part of a byline: "The Halvane Gazette", "HALVANE GAZETTE".

    Returns
    -------
    str or None
        None for a single word, and for what ends in no word of the press.
    """
    shown = written.title() if written.isupper() else written
    if re.fullmatch(MEDIA_FORM, shown) is None or " " not in _without_article(shown):
        return None
    return canonical(shown)


def may_be_media(written: str) -> bool:
    """Say whether "The ..." may be a paper: not an authority, a company or an acronym."""
    return _INSTITUTION.search(written) is None and not written.removeprefix("The ").isupper()


def listed_forms() -> Mapping[str, str]:
    """Return the usual name of every listed form."""
    return _listed().by_form


def listed_codes() -> Mapping[str, str]:
    """Return the usual name of every abbreviation that counts only in a mark or a dateline."""
    return _listed().by_code


def listed_words() -> Mapping[str, str]:
    """Return the usual name of every form that is a word or a surname too ("Spiegel")."""
    return _listed().by_word


def _without_article(written: str) -> str:
    return re.sub(r"^[Tt]he\s+", "", " ".join(written.split()))
