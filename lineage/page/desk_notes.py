"""Tell what a desk adds to a story: who worked on it, marks of the wire, corrections."""

from __future__ import annotations

import re

from ..text.languages import word_lists

_NAME = (
    r"(?:[A-Z][\w.’'-]{0,60}|[dlo][’'][A-Z][\w-]{0,60}|de|del|van|von|der|den|ter|di|da|dos|la"
    r"|le|el|al|bin|"
    r"ben|of|the)"
)
_NAMES = rf"(?:(?!of\b)(?:the\s{{1,60}})?{_NAME}(?:\s{{1,60}}{_NAME}){{0,5}})"
_AND = (
    r"(?:\s{0,60},\s{0,60}(?:and\s{1,60})?|\s{1,60}(?:and|und|et|y|&|with)\s{1,60}|\s{0,60}/"
    r"\s{0,60})"
)
# "Tove Lind in Sandvik", "the Quay Post newsroom", "agencies".
_WHO = (
    rf"(?:{_NAMES}(?:\s{{1,60}}(?:newsroom|staff|bureau|desk|team|reporters?))?|agencies"
    rf"|wires?|staff|"
    r"our (?:staff|correspondents?|reporters?))"
    rf"(?:\s{{1,60}}(?:in|at|from|for|of)\s{{1,60}}(?:the\s{{1,60}})?{_NAMES})?"
)
_WORK = (
    r"(?:(?:additional|further|extra|original|supplementary|first)\s{1,60})?"
    r"(?:reporting|writing|editing|compiling|compiled|translation|translated|translating|"
    r"photography|graphics?|research|production|produced|edited|reported|written|"
    r"contribution|fact-check(?:ing|ed)|copy-?edit(?:ing|ed)|illustrations?|"
    r"video|interactives?|data(?: analysis)?|"
    r"(?:(?:theme|original) )?music|theme(?: song)?|sound design|mixed|mastered|engineered|hosted)"
)
# "Reporting by Tove Lind in Sandvik; Editing by Per Oy": nothing else stands on the line. In
# "Reporting by the Senate committee shows", something does.
_DONE = (
    rf"(?i:{_WORK}(?:\s{{0,60}}(?:,|and|&|und|et)\s{{0,60}}{_WORK})*\s{{1,60}}(?:by|from|von"
    rf"|par))\s{{1,60}}"
)
_STAFF = re.compile(
    rf"\W{{0,60}}{_DONE}{_WHO}(?:{_AND}{_WHO})*"
    rf"(?:\W{{1,60}}(?:and\s{{1,60}}|with\s{{1,60}})?{_DONE}{_WHO}(?:{_AND}{_WHO})*)*"
    r"(?:\W{1,60}[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60})+|\W{1,60}@\w{1,60})*\W{0,60}"
)
_WITH = re.compile(
    r"\W{0,60}(?i:with\s{1,60}(?:(?:additional|further)\s{1,60})?(?:inputs?|files?|reporting"
    r"|reports?|material|"
    r"information|contributions?|wires?)\s{1,60}(?:from|by|of)|mit\s{1,60}(?:material"
    r"|informationen|"
    r"agenturmaterial)\s{1,60}(?:von|der)|avec)\s{1,60}"
    rf"(?:{_WHO}(?:{_AND}{_WHO})*|(?:dpa|afp|apa|sda|epd|kna|reuters|ap)\b.{{0,20}})\W{{0,60}}"
)
# What is said of people and places of this text: who they are, where it stood before.
_THIS = (
    r"(?:this|the) (?:\w{1,60} )?(?:article|story|report|piece|post|column|text|item|page|dispatch|"
    r"essay|interview|analysis)"
)
# "Tove Lind and agencies" where a byline would stand.
_OTHERS = word_lists.any_of(
    [name for each in word_lists.LANGUAGES for name in word_lists.words(each)["credits"]["others"]]
)
_AND_AGENCIES = re.compile(
    rf"\W{{0,60}}(?:(?i:by|von|par)\s{{1,60}})?(?=[A-Z]\S{{1,99}} [A-Z]){_NAMES}"
    rf"(?:{_AND}{_NAMES})*{_AND}"
    rf"(?i:{_OTHERS})\W{{0,60}}"
)
# "Quelle: hb/dpa": under a text or a table.
_SOURCE_NAMED = re.compile(
    r"\W{0,60}(?i:quellen?|fonte|fuente)\s{0,60}:"
    r"\s{0,60}[A-Za-z][\w./, &-]{1,40}\W{0,60}"
)
_CONTRIBUTED = re.compile(
    rf"\W{{0,60}}(?:[A-Z][^.?!]{{0,140}}?\s)?(?:also )?(?:contributed (?:to (?:{_THIS}|(?:this )?"
    rf"reporting)|(?:additional )?(?:reporting|research|photography)|from [A-Z][\w ]{{2,30}})|"
    rf"helped (?:to )?report "
    rf"{_THIS})(?: from [A-Z][\w ,]{{2,30}})?\W{{0,60}}"
    rf"|\W{{0,60}}{_NAMES}(?:{_AND}{_NAMES})* reported from [A-Z][\w .]{{2,30}}"
    rf"(?:,? and {_NAMES} from [A-Z][\w .]{{2,30}})?\W{{0,60}}"
)
_FIRST_PRINTED = re.compile(
    rf"\W{{0,60}}(?:{_THIS}(?: by [\w .’'-]{{3,40}})?(?: was| is)?\s{{1,60}}|it (?:was |is ))?"
    r"(?:(?:first|originally|also) (?:appeared|published|ran|posted)|(?:re)?published (?:here )?"
    r"(?:with permission|under|courtesy)|syndicated|republished|was (?:produced|provided|written) "
    r"by|is (?:provided|produced|published|republished|part) (?:by|of|from|under|"
    r"in))\b[^?!]{3,140}",
    re.IGNORECASE,
)
_IN_PRINT = re.compile(
    rf"\W{{0,60}}a version of {_THIS} (?:first )?(?:appears|appeared|ran|runs|"
    rf"was published)\b[^?!]{{3,200}}",
    re.IGNORECASE,
)
_READ_ORIGINAL = re.compile(
    r"\W{0,60}(?:read the (?:original|full)(?: (?:article|story|report|version))?\b[^?!]{0,60}|"
    r"(?:click|tap|see|view) (?:here )?(?:for|to read|to see) the (?:original|"
    r"full) [^?!]{2,60})\W{0,60}",
    re.IGNORECASE,
)
_STANDARDS = re.compile(r"\W{0,60}our standards\s{0,60}:.{3,80}", re.IGNORECASE)
_WRITER = (
    r"(?:reporter|correspondent|writer|journalist|columnist|editor|producer|photographer|intern|"
    r"contributor|freelancer|commentator|fellow|reporting fellow)"
)
# "Tove Lind is a reporter for the Quay Post.", "Per Oy covers harbours for the Post."
_BIOGRAPHY = re.compile(
    rf"\W{{0,60}}(?:(?:[A-Z][\w.’'-]{{1,60}} ){{1,4}}(?:is (?:(?:an?|the|"
    rf"our)\s{{1,60}})?(?:[\w’'-]{{1,60}} ){{0,5}}?{_WRITER}s?"
    rf"\b(?! who\b| arrested| killed| jailed| detained)(?: (?:for|at|with|in|on|based|of|covering)"
    r"\b[^?!]{2,120})?|(?:covers|writes (?:about|on)|reports on) [^?!.]{3,60} for (?:the )?[A-Z]"
    r"[^?!]{2,60})|[A-Z][\w.’'-]{1,60} [A-Z][\w.’'-]{1,60}[’']s? columns? "
    r"(?:runs?|appears?|is published) "
    r"(?:on |in |every |each |week)[^?!]{2,60})\W{0,60}"
)
_REACH = re.compile(
    r"\W{0,60}(?i:reach|contact|e-?mail|write to|tweet|follow) (?:him|her|them|"
    r"(?:the author|(?:(?:staff |senior )?(?:reporter|writer|editor|columnist) )?)"
    r"(?:[A-Z][\w.’'-]{1,60}\s{1,60}){1,3}|\s)"
    r"\s{0,60}(?:at|on|via|by)\b[^?!]{3,120}"
)

# "Tove Lind covers banking and has written about farms since 2014.": what else is told of an
# author, where a request to write or read on, or a sentence on the same person, follows.
_COVERS = re.compile(
    r"\W{0,60}(?:[A-Z][\w.’'-]{1,60} ){1,4}(?:covers|writes (?:about|on|for)|reports (?:on|from"
    r"|for)|edits|"
    r"is (?:an?|the|our) [^.?!]{3,140}|has (?:covered|reported|written)|joined) ?[^?!]{0,200}"
)
_GOES_ON = re.compile(
    r"(?:She|He|They|Her|His|Their|Before|Previously|Follow|Reach|Contact|E-?mail|You can|"
    r"More (?:about|from|by)|Read more)\b"
)
_WRITE_TO = re.compile(
    r"(?:You can )?(?:(?i:reach|contact|e-?mail|follow|tweet) (?:her|him|them|[A-Z]\w{1,60})\b|"
    r"More (?:about|from|by) [A-Z])"
)
_SENTENCE_GAP = re.compile(r"(?<=[.!?])\s{1,60}(?=[A-Z])")
# "SOURCE Quay Looms, Inc.": who sent a release.
_ISSUED = re.compile(
    r"SOURCE:?\s{1,60}(?:The\s{1,60})?[A-Z][\w&.,’' -]{1,100}|Original-Content von:\s.{3,140}"
)
# What authors declare of their money; under such a label, or where this text is named.
_DISCLOSURE_LABEL = re.compile(
    r"\W{0,60}(?:disclosure(?: statement)?s?|declarations? of interests?|(?:competing"
    r"|conflicts? of) "
    r"interests?(?: statement)?|interest statement)\W{0,60}",
    re.IGNORECASE,
)
_DISCLOSURE = re.compile(
    r"\b(?:receives?|received|has received) (?:\w{1,60} ){0,3}funding from\b|\bdo"
    r"(?:es)? not work for,? "
    r"consult\b|\bdeclares? (?:no|that)\b|\bha(?:s|ve) (?:nothing|no relevant affiliations)\b|"
    r"\bno (?:competing|conflicts? of) interests?\b|\bdisclosed no\b",
    re.IGNORECASE,
)

# Marks for the desks that receive a wire.
_HEAD_MARK = re.compile(
    r"\W{0,60}(?:(?:a[mp]|bc|ap|us|eu|as|ml|af|la|bi|rds?|wrap)-[\w-]{1,20}--?\s?\S.*|"
    r"(?:eds|editors|note to editors?|attention editors)\s{0,60}[:.]\s.*|"
    r".{0,60}\b(?:\d(?:st|nd|rd|th) )?(?:ld-?writethru|ld-writethru|writethru|take \d)\b.{0,40}|"
    r"(?:urgent|bulletin|flash|alert|eil(?:meldung)?|advisory)\W{0,60}|"
    r"(?:slug|keyword|budget|moved|embargo(?:ed)?)\s{0,60}:\s.{2,80})",
    re.IGNORECASE,
)
_TAIL_MARK = re.compile(
    r"\W{0,60}(?:-+\s{0,60}30\s{0,60}-+|#\s?#\s?#|-+\s{0,60}ends?\s{0,60}-+|\(?\s{0,60}"
    r"(?:ends?|more|mehr folgt|fin)\s{0,60}\)?|"
    r"(?:ap|bc|am|pm)-[a-z]{2}-\d{2}-\d{2}-\d{2} \d{4}(?:gmt|e[sd]t)?|"
    r"\d{6}(?: ?(?:gmt|utc|[a-z]{3,5}))?(?: [^\W\d_]{3,4}\.? \d{2,4})?|"
    r"(?:ap|afp|dpa|reuters|efe|ansa|pti|apa|ots|sda|kna|epd)(?:[-/ ]{1,60}[a-z\d]{1,3}){1,6})"
    r"\W{0,60}",
    re.IGNORECASE,
)
# "tl/ar", "(tl)", "str-ab/cd/ef": signs of the people at the desk.
_INITIALS = re.compile(
    r"\(?[a-z]{1,4}(?:-[a-z]{1,4})?(?:\s?[/*+]\s?[a-z]{1,4}(?:-[a-z]{1,4})?){1,5}\)?"
    r"|[A-Z]{2,5}(?:[/-][a-z]{1,4}){1,4}|[A-Z]{2,3}(?:\s?/\s?[A-Z]{2,3}){1,4}|\([a-z]{2,4}\)"
)
_MAX_MARK_WORDS = 16

# The paper speaks of its own text and of what was wrong with it.
_SELF = (
    r"(?:this|our|the) (?:\w{1,60} )?(?:article|story|report|piece|post|column|page|headline|item|"
    r"dispatch|graphic|caption|photo|version)"
)
_MENDED = (
    r"(?:corrected|amended|clarified|updated|edited|changed|revised|refiled|modified|removed|"
    r"re-?worded)"
)
_CORRECTION = re.compile(
    r"[\W_]{0,60}(?:"
    # "Correction (6 March):", "Clarification -", "Corrections and clarifications:"
    r"(?:(?:editor[’']s note|update|note)\W{1,3})?(?:corrections?|clarifications?|korrektur|"
    r"berichtigung|rectification|rectificatif|corrigendum|erratum|richtigstellung)"
    r"(?: (?:and|&) (?:corrections?|clarifications?))?"
    r"(?:\s{0,60}\([^()]{3,40}\)|\W{1,60}(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}\.? [A-Z][a-z]{2,8})"
    r"(?:,? \d{4})?(?:,? \d{1,2}[:.]\d{2}\W?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?)?\s{0,60}[:–—|-]"
    r"|(?:(?:editor[’']s note|correction|clarification|update[^:.]{{0,30}}|note)\s{0,60}[:.–—-]"
    r"\s{0,60})?"
    rf"(?:an? (?:earlier|previous|prior|original) (?:version|edition|headline|caption|photo)s? "
    r"(?:of|on|for|with) (?:this|the)\b"
    rf"|{_SELF} (?:has been|was|is being|had been) (?:since )?(?:\w{{1,60}}ly )?{_MENDED}\b"
    r"(?! (?:by|in the (?:senate|house|assembly|court)))"
    rf"|{_SELF} (?:originally|previously|incorrectly|mistakenly|wrongly|erroneously) "
    r"(?:said|stated|misstated|gave|named|identified|reported|misidentified|attributed|had)\b"
    r"|because of an? (?:\w{1,60} )?(?:error|mistake)\b.{0,60}\b(?:this|earlier|version)\b"
    r"|we have (?:corrected|amended|clarified) (?:this|the|our)\b)"
    r"|an? (?:correction|clarification) was (?:made|issued|published|posted|added) (?:on|to|in)\b"
    r"|\((?:corrects|refiles|recasts|removes|clarifies|fixes|adds|updates)\b[^()]{3,160}\)\W{0,60}$"
    rf"|\(?{_SELF} (?:corrects|refiles|clarifies)\b"
    r"|\(?this [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4},?)? (?:story|article|report)\b"
    r".{0,40}\b(?:corrected|refiled|amended|updated)"
    r"|(?:corrects|refiles) (?:to|spelling|name|number|figure|date|headline|paragraph|typo|day)\b"
    r"|in (?:einer|der) (?:fr[uü]heren|ersten|urspr[uü]nglichen|vorherigen) (?:version|fassung)\b"
    r"|(?:dieser|der) (?:artikel|text|beitrag) wurde (?:[\w.]{1,60} ){0,6}?(?:korrigiert"
    r"|berichtigt|"
    r"aktualisiert|ge[aä]ndert)"
    r"|une (?:version|premi[eè]re version) (?:pr[eé]c[eé]dente|ant[eé]rieure|de cet article)\b"
    r"|cet article a [eé]t[eé] (?:corrig[eé]|modifi[eé]|mis [aà] jour|rectifi[eé])"
    r")",
    re.IGNORECASE,
)
_OPENS_QUOTE = re.compile(r"[\s(]{0,60}[\"“‘«„']")
_MAX_CORRECTION_WORDS = 90


# "(c) 2021. All rights reserved.", "© 2021": whose it is stands elsewhere, or nowhere.
_RESERVED = (
    r"(?:all rights reserved|alle rechte vorbehalten|tous droits r[ée]serv[ée]s|tutti i diritti "
    r"(?:sono )?riservati|todos los derechos reservados|alle rechten voorbehouden)"
)
_RIGHTS = re.compile(
    r"\W*(?:copyright|©|\(c\))[\s:©]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?"
    rf"\W*(?:{_RESERVED}\W*)?|{_RESERVED}\W*)|\W*{_RESERVED}\W*",
    re.IGNORECASE,
)


def is_rights_notice(line: str) -> bool:
    """Say whether a line reserves rights and names nobody: "(c) 2021. All rights reserved."."""
    return _RIGHTS.fullmatch(line) is not None


def is_staff_credit(line: str) -> bool:
    """Say whether a line tells who worked on the text, or for whom it was first made.

    Parameters
    ----------
    line : str
        A line or a sentence.

    Returns
    -------
    bool
        False for a sentence of the story that only begins as such a line does.
    """
    if _OPENS_QUOTE.match(line) is not None:
        return False
    forms = (_STAFF, _WITH, _AND_AGENCIES, _SOURCE_NAMED, _CONTRIBUTED, _STANDARDS)
    pieces = [line, *re.split(r"(?<=[a-z])\.\s{1,60}(?=[A-Z])", line)]
    is_one = [any(form.fullmatch(piece) is not None for form in forms) for piece in pieces]
    return is_one[0] or all(is_one[1:])


def is_provenance(line: str) -> bool:
    """Say whether a line at the end tells where the text stood first, or who its author is.

    Parameters
    ----------
    line : str
        A line below the story.

    Returns
    -------
    bool
    """
    forms = (_FIRST_PRINTED, _IN_PRINT, _READ_ORIGINAL, _REACH, _BIOGRAPHY, _ISSUED)
    return any(form.fullmatch(line) is not None for form in forms) or _is_biography(line)


def _is_biography(line: str) -> bool:
    """Say whether a line tells of an author: what the person writes of, then how to write back."""
    told = _SENTENCE_GAP.split(line.strip())
    if _COVERS.fullmatch(told[0]) is None or any('"' in each or "“" in each for each in told):
        return False
    rest = [each for each in told[1:] if _WRITE_TO.match(each) is None]
    same = all(_GOES_ON.match(each) is not None for each in rest)
    return same and len(rest) < len(told) - 1


def is_disclosure_label(line: str) -> bool:
    """Say whether a line heads what authors declare of their money."""
    return _DISCLOSURE_LABEL.fullmatch(line) is not None


def is_disclosure(line: str) -> bool:
    """Say whether a line below such a label tells of an author's money and interests."""
    return _DISCLOSURE.search(line) is not None


def is_desk_mark(line: str, *, at_end: bool) -> bool:
    """Say whether a line is a mark for the desks that receive a wire, or who sent it.

    Parameters
    ----------
    line : str
        A line above or below the story.
    at_end : bool
        Below the story, where initials and end marks stand; above it are slugs and advisories.

    Returns
    -------
    bool
    """
    if at_end:
        return _TAIL_MARK.fullmatch(line) is not None or _INITIALS.fullmatch(line) is not None
    return _HEAD_MARK.fullmatch(line) is not None


def is_correction(line: str) -> bool:
    """Say whether the paper says of its own text what was wrong with it, or that it was changed.

    Parameters
    ----------
    line : str
        A line or a sentence.

    Returns
    -------
    bool
        False inside somebody's quoted words.
    """
    if _OPENS_QUOTE.match(line) is not None or len(line.split()) > _MAX_CORRECTION_WORDS:
        return False
    # "Corrections: desk@example.org" asks for them.
    asks = (
        re.match(
            r"\W{0,60}corrections?\s{0,60}:\s{0,60}"
            r"\S{0,99}@",
            line,
            re.IGNORECASE,
        )
        is not None
    )
    return _CORRECTION.match(line) is not None and not asks
