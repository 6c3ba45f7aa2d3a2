"""How each language names where it has something from, as patterns made of its word lists."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..text.languages import word_lists
from . import outlets, short_names

# "wie der Spiegel unter Berufung auf Kreise berichtet", and how much a quoted person's office
# takes in "Reuters quoted the head of the valley as saying".
_MAX_UNTIL_VERB, _MAX_QUOTED_CHARS = 80, 120
# "has been", "a été initialement"
_MAX_AUXILIARIES = 4
_OPENED, _CLOSED = r"[\"„“”«»‚‘’']?\s?", r"[\"“”«»’']?"
CAPITALS = outlets.CAPITALISED
_OF = r"(?:(?:de|du|des|del|della|dei|di|la|el|al|of|the)\s{1,60}){0,2}(?:d['’])?"
_JOINED = rf"\s{{1,60}}{_OF}{CAPITALS}"
_APPOSED = rf"{CAPITALS}(?:{_JOINED}){{0,3}}"
# »Halden Rundblick«: between marks a name of two words and more, or of one with its article.
_MARK_OPENS = rf"[»«„“\"‚›‹](?P<apposed>{CAPITALS}"
_MARK_CLOSES = r")[«»“”\"‘‹›]"
_MARKED_NAME = rf"{_MARK_OPENS}(?:{_JOINED}){{1,3}}{_MARK_CLOSES}"
# Beside a cue the abbreviation of an agency is enough, where it is not of two letters.
SHORT = re.compile(r"[A-Z]{3,5}")


@dataclass(frozen=True)
class Grammar:
    """How a language says where it has something from.

    Attributes
    ----------
    name : Pattern
        The name of an outlet with what stands around it; groups ``name`` and ``apposed``.
    cue : Pattern
        What has such a name behind it: "according to".
    as_cue, until_verb : Pattern
        "wie", and from the name on to the verb that it asks for.
    report_of, not_news : Pattern
        What may and what may not stand behind the name: "report", "poll".
    told : Pattern
        "told" and the name.
    link : Pattern
        "read more at".
    verb, before_verb : Pattern, tuple of Pattern
        "reported", and the name before it, its last groups ``name`` or ``unlisted``.
    weak_verb, quoted, people, results : Pattern
        What stands behind a listed name: "said", "quoted ... as saying", "reporter saw", and
        behind a verb what makes it a matter of business: "a loss".
    aside : tuple of Pattern
        A clause that names an outlet and ends: ", the Courier says."
    and_name, name_and : Pattern
        "and" with another name behind it, and with one before it at the end.
    titled : tuple of Pattern
        Names that have their article with a capital letter within a sentence: "berichtete Die
        Leuchte"; group ``titled``.
    first : Pattern
        "first reported by the" and a name of any form.
    republished : Pattern
        "This article is republished from" and the name.
    marked : tuple of Pattern
        Names between marks beside verbs of reporting: "hatte der »Bote« darüber berichtet".
    telling : Pattern or None
        Words of sentences that tell of reports and telegrams.
    office : Pattern
        "agences" and what may stand until a name.
    """

    name: re.Pattern[str]
    cue: re.Pattern[str]
    as_cue: re.Pattern[str]
    until_verb: re.Pattern[str]
    report_of: re.Pattern[str]
    not_news: re.Pattern[str]
    told: re.Pattern[str]
    link: re.Pattern[str]
    verb: re.Pattern[str]
    before_verb: tuple[re.Pattern[str], ...]
    weak_verb: re.Pattern[str]
    quoted: re.Pattern[str]
    results: re.Pattern[str]
    people: re.Pattern[str]
    aside: tuple[re.Pattern[str], ...]
    and_name: re.Pattern[str]
    name_and: re.Pattern[str]
    titled: tuple[re.Pattern[str], ...]
    first: re.Pattern[str]
    republished: re.Pattern[str]
    marked: tuple[re.Pattern[str], ...]
    telling: re.Pattern[str] | None
    office: re.Pattern[str]


@functools.lru_cache(maxsize=len(word_lists.LANGUAGES))
def of(language: str) -> Grammar:
    """Return the patterns of a language.

    Parameters
    ----------
    language : str
        One of `word_lists.LANGUAGES`.

    Returns
    -------
    Grammar
    """
    words = word_lists.words(language)["credits"]
    any_of = word_lists.any_of
    article = word_lists.article(words["articles"])
    # A capital makes the article part of the name: "le quotidien Le Phare".
    small = article if language == "en" else article.replace("(?i:", "(?:", 1)
    noun = any_of(words["outlet_nouns"])
    core = _core(language)
    bare = (
        rf"(?P<name>(?:[Tt]he\s{{1,60}})?{core}){_CLOSED}(?:-Zeitung)?(?:"
        rf"\s{{1,60}}{any_of(words['desks'])})?"
    )
    # An English name has its article with it: "The Times" is one, "Times" none.
    # "à La Dépêche du Nord": the capital is the name's.
    leading = "" if language == "en" else rf"(?:(?:{small}){{0,2}}?|{article})"
    name = (
        rf"{leading}(?:{_OPENED}{bare}(?:\s{{1,60}}{noun})?|(?:{article})?{noun}\s{{1,60}}"
        rf"(?:{small})?{_OPENED}"
        rf"(?P<apposed>{core}|{_APPOSED}){_CLOSED})(?![\w-])"
    )
    again = rf"(?:\s{{1,60}}{article}?{any_of(words['adverbs'])}){{0,5}}"
    adverbs = rf"(?:,?\s{{1,60}}(?:which|who)\b)?{again}\s{{1,60}}"
    edge = r"(?<![\w’'-])"
    unlisted = rf"(?P<unlisted>The\s{{1,60}}{CAPITALS}(?:\s{{1,60}}{CAPITALS}){{0,3}})"
    # "NBC 10 Boston"
    station = (
        rf"(?P<unlisted>(?=[A-Z]\w{{0,60}}\s?\d){outlets.STATION_FORM}(?:"
        rf"\s{{1,60}}{CAPITALS}){{1,2}})"
    )
    indefinite, report = any_of(words["indefinite"]), any_of(words["reports"])
    cue = rf"\b(?i:{any_of(words['cues'])})(?:\s{{1,60}}|(?<=[’'])|:\s{{1,60}})"
    of_report = (
        rf"(?:(?:{indefinite})\s{{1,60}}(?:\w{{1,60}}\s{{1,60}})?{report}"
        rf"\s{{1,60}}{any_of(words['by'])}\s{{1,60}})?"
    )
    german = (
        (
            rf"(?:{indefinite}\s{{1,60}}\w{{1,60}}\s{{1,60}}{any_of(words['by'])}"
            rf"\s{{1,60}})?"
        )
        if language == "de"
        else ""
    )
    joins = any_of(word_lists.words(language)["bylines"]["joins"])
    verbs = any_of(words["verbs"])
    not_before = any_of(words["verb_not_before"])
    return Grammar(
        name=re.compile(name),
        cue=re.compile(cue + (of_report if words["reports"] else german)),
        as_cue=re.compile(rf"\b(?i:{any_of(words['as_cues'])})\s{{1,60}}"),
        until_verb=re.compile(
            rf"[^.;:]{{0,{_MAX_UNTIL_VERB}}}?\s(?:{verbs}|{any_of(words['weak_verbs'])})\b"
        ),
        report_of=re.compile(rf"\s{{1,60}}{report}\b"),
        not_news=re.compile(rf"\s{{1,60}}{any_of(words['not_news'])}\b"),
        told=re.compile(rf"\b(?i:{any_of(words['told'])})\s{{1,60}}{name}"),
        link=re.compile(
            rf"(?:\b(?i:{any_of(words['links'])})|^\W{{0,60}}[Vv]ia|\([Vv]ia\)):?\s{{1,60}}"
            rf"(?:the\s{{1,60}})?",
            re.MULTILINE,
        ),
        verb=re.compile(rf"\b{verbs}\b(?!\s{{1,60}}{not_before}\b)"),
        before_verb=(
            re.compile(rf"{edge}{name}{adverbs}$"),
            *(
                re.compile(rf"{edge}{form}{adverbs}$")
                for form in (unlisted, station)
                if language == "en"
            ),
        ),
        weak_verb=re.compile(
            rf"{_CLOSED}(?:\s{{1,60}}{any_of(words['desks'])})?(?:"
            rf"\s{{1,60}}{noun})?{adverbs}{any_of(words['weak_verbs'])}\b"
            rf"(?!\s{{1,60}}{any_of(words['own_business'])}\b)"
        ),
        quoted=re.compile(
            rf"\s{{1,60}}{any_of(words['quoted'])}\s[^.;\n]{{1,{_MAX_QUOTED_CHARS}}}?\s"
            rf"{any_of(words['quoted_ends'])}\b"
        ),
        results=re.compile(
            rf"\s{{1,60}}(?:\w{{1,60}}"
            rf"\s{{1,60}}){{0,3}}{any_of(words['results'])}\b"
        ),
        people=re.compile(rf"\s{{1,60}}{any_of(words['people'])}\b"),
        aside=tuple(re.compile(form) for form in _asides(words, article, name, adverbs)),
        and_name=re.compile(rf"{_CLOSED}\s{{1,60}}{joins}\s{{1,60}}{name}"),
        name_and=re.compile(rf"{edge}{name}\s{{1,60}}{joins}\s{{1,60}}(?:{article})?$"),
        titled=tuple(re.compile(form) for form in _titled(language, small)),
        first=re.compile(
            rf"\b(?i:{any_of(words['first'])})\s{{1,60}}(?=[Tt]he\s)(?P<unlisted>[Tt]he(?:"
            rf"\s{{1,60}}{CAPITALS})"
            r"{2,4})"
        ),
        republished=re.compile(
            rf"\b(?i:{any_of(words['this_text'])})\s{{1,60}}(?:[a-zß-ÿ’']{{1,60}}"
            rf"\s{{1,60}}){{0,{_MAX_AUXILIARIES}}}?"
            rf"(?i:{any_of(words['republished'])})\s{{1,60}}{_OPENED}(?P<apposed>{_APPOSED})"
        ),
        marked=tuple(re.compile(form) for form in _marked(words, article, name)),
        telling=re.compile(rf"(?i:{any_of(words['telling'])})") if words["telling"] else None,
        office=re.compile(rf"\b{any_of(words['offices'])}[\s\w,]{{0,40}}$"),
    )


def _core(language: str) -> str:
    """Names as they stand behind a cue: listed ones and those of the form of an outlet's."""
    forms = set(outlets.listed_forms())
    forms |= {code for code in outlets.listed_codes() if SHORT.fullmatch(code) is not None}
    # "Spiegel" is a mirror, and "Wolff" a man, unless the sentence is German or French.
    if language != "en":
        forms |= set(outlets.listed_words())
    listed = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
    own = "" if language == "en" else f"|{outlets.local_form(language)}"
    return (
        rf"(?:{outlets.STATION_FORM}|(?:{listed})(?![\w-]){own}|{outlets.MEDIA_FORM}"
        rf"|{outlets.AGENCY_FORM}|{short_names.DOTTED_FORM})"
    )


def _marked(words: Mapping[str, Sequence[str]], article: str, name: str) -> Iterator[str]:
    """Forms in which a name between marks reports, whatever it is called."""
    any_of = word_lists.any_of
    verbs, again = any_of(words["verbs"]), rf"(?:{any_of(words['adverbs'])}\s{{1,60}}){{0,5}}"
    within = rf"[^.;:\n]{{0,{_MAX_UNTIL_VERB}}}?"
    perfect, ends = any_of(words["perfect"]), any_of(words["perfect_ends"])
    # "Die Ostrell Post hatte zuerst berichtet": with "haben" no mark is needed.
    for form in (rf"{name}\s{{1,60}}{perfect}", rf"\b{perfect}\s{{1,60}}{again}{name}"):
        yield rf"(?<![\w-]){form}{within}\s{ends}\b"
    for marked in (_MARKED_NAME, rf"(?:{article}){_MARK_OPENS}{_MARK_CLOSES}"):
        named = rf"(?:{article})?{marked}"
        yield rf"\b{verbs}\s{{1,60}}{again}{named}"
        yield rf"{named}\s{{1,60}}{again}{verbs}\b"
        yield rf"\b(?i:{any_of(words['as_cues'])})\s{{1,60}}{again}{named}{within}\s{verbs}\b"
        yield rf"\b{perfect}\s{{1,60}}{again}{named}{within}\s{ends}\b"
        yield rf"{named}\s{{1,60}}{perfect}{within}\s{ends}\b"


def _asides(
    words: Mapping[str, Sequence[str]], article: str, name: str, adverbs: str
) -> Iterator[str]:
    """Clauses at the end of which somebody reports, with verbs that anybody can have."""
    any_of = word_lists.any_of
    verbs = any_of([*words["verbs"], *words["weak_verbs"]])
    is_english = words["articles"] == ["the", "The"]
    # "Jane Post said" is a person.
    led = r"(?=[Tt]he\s)" if is_english else ""
    yield rf",\s{{1,60}}{led}{name}{adverbs}{verbs}(?=[.,;]|\s{{0,60}}$)"
    # ", indique La Gazette du Val."
    if not is_english:
        yield rf",\s{{1,60}}{verbs}\s{{1,60}}(?:{article})?{name}(?=[.,;]|\s{{0,60}}$)"


def _titled(language: str, article: str) -> Iterator[str]:
    """Names of any word behind cues, told by the article that they have with a capital."""
    words, names = word_lists.words(language)["credits"], word_lists.words(language)["names"]
    any_of = word_lists.any_of
    verbs, again = any_of(words["verbs"]), rf"(?:{any_of(words['adverbs'])}\s{{1,60}}){{0,5}}"
    within = rf"[^.;:\n]{{0,{_MAX_UNTIL_VERB}}}?"
    # German writes every noun with a capital, so that a second word tells nothing.
    more = "" if language == "de" else rf"(?:{_JOINED}){{0,3}}"
    bare = rf"(?!{any_of(names['no_media'])}(?![\w’'-])){CAPITALS}{more}"
    titled = (
        rf"(?:{article}){{0,2}}?"
        rf"(?P<titled>(?<=\s){any_of(names['titles'])}(?:\s{{1,60}}|(?<=['’])){bare})"
    )
    cues = names.get("cues") or [*words["cues"], *words["verbs"], *words["weak_verbs"]]
    yield rf"\b(?i:{any_of(cues)})\s{{1,60}}{again}{titled}"
    yield rf"\b(?i:{any_of(words['told'])})\s{{1,60}}{titled}"
    yield rf"\b(?i:{any_of(words['as_cues'])})\s{{1,60}}{again}{titled}{within}\s{verbs}\b"
    yield (
        rf"\b{any_of(words['perfect'])}\s{{1,60}}{again}{titled}{within}\s"
        rf"{any_of(words['perfect_ends'])}\b"
    )
    # "local daily The Anchor said"
    noun, said = any_of(words["outlet_nouns"]), any_of(words["weak_verbs"])
    own = any_of(words["own_business"])
    yield rf"\b{noun}\s{{1,60}}{titled}\s{{1,60}}{again}{said}\b(?!\s{{1,60}}{own}\b)"
    beside = rf"\b(?i:{any_of(names['colleagues'])})\s{{1,60}}(?:{article})?"
    yield rf"{beside}(?P<titled>(?:{any_of(names['titles'])}\s{{1,60}})?{bare})"
