"""Find the outlets that a story names as where it has things from, or as who was told."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence

from ..text import date_forms, quotes
from ..text.languages import word_lists
from . import author_lines, listed_mentions, mention_grammar, outlets, short_names
from .credit_record import Credit

# "From The Pellworth Courier", a line of its own around the story, from whose paper it is.
_FROM = re.compile(
    r"^[^\w\n]{0,3}(?:(?:(?:[Tt]his )?(?:[Ss]tory|[Aa]rticle|[Rr]eport|[Tt]ext)(?: is| comes)? )?"
    r"[Ff]rom|FROM|(?:Source|SOURCE):)[ \t]+(?P<name>[^\n]{4,60}?)[ \t\r.]*$",
    re.MULTILINE,
)
_FROM_LINES, _FROM_TAIL_LINES = 8, 3
# "From Local News", "From Our Radio" name a part of the site itself.
_PART_OF_SITE = re.compile(
    r"(?:The\s+)?(?:(?:World|Local|National|International|Regional|State|City|Business|Sports?|"
    r"Breaking|Latest|Top|More|Other|Our|Your|My|This|That|Health|Science|Tech|Weather|Good|Bad|"
    r"Fake|Court|Live|Daily|Weekly|Home|Foreign|US|UK|EU|U\.S\.|U\.K\.|[A-Z]\w+[’']s)\s+)+\w+"
)
_POSTED_AT = re.compile(
    r"^[^\w\n]{0,20}(?P<name>[A-Z][\w ]{2,30}?)\s{1,60}posted\s{1,60}at\b",
    re.MULTILINE | re.I,
)
_MAX_NAME_CHARS = 60
# What each of `Grammar.titled` gives.
_TITLED_KINDS = ("reported", "told", "reported", "reported", "reported", "reported")
# A name and the adverbs after it; further back nothing belongs to the verb.
_MAX_BEFORE_VERB = 120
# Around a name that stands alone in quotation marks: „Die Norddeutsche Allgemeine Zeitung“.
_MAX_ROUND_A_NAME = 6

_DOMAIN = re.compile(short_names.DOMAIN_FORM)

# Capitals that stand before the name of an agency, and not before a surname.
_BEFORE_NAMES = frozenset(
    (
        "Wie",
        "Laut",
        "Der",
        "Die",
        "Das",
        "Le",
        "La",
        "Agence",
        "Agentur",
        "Agenzia",
        "Bureau",
        "Büro",
    )
)
# A sentence, roughly: abbreviations end some too early, which costs a cue and no false credit.
_CLAUSE = re.compile(r"[^.!?\n]+")
_OFFICE = re.compile(r"\b(?:[Aa]gence|[Aa]gentur|[Aa]genzia|[Bb]ureau|Büro)\s+$")


def find_mentions(text: str) -> list[Credit]:
    """Find "X reported", "according to X", "told X" and links to X in a story.

    Parameters
    ----------
    text : str
        The supplied text.

    Returns
    -------
    list of Credit
        Not overlapping; where two kinds fit one place, the link, then the interview. What
        stands inside words that somebody is quoted with is left out: it is what they credit.
    """
    found: list[Credit] = []
    names = outlets.find_names(text, 0, len(text))
    grammars = [(each, mention_grammar.of(each)) for each in word_lists.languages_of(text)]
    finders = [
        mentions
        for language, grammar in grammars
        for mentions in (
            _grouped(text, language, grammar),
            _links(text, grammar),
            _republished(text, grammar),
            _told(text, grammar),
            _quoted(text, grammar, names),
            _according_to(text, grammar),
            _with_verb(text, grammar),
            _said(text, grammar, names),
            _by_its_people(text, grammar, names),
            _anywhere(text, grammar, names),
            _between_marks(text, grammar),
            _titled(text, grammar, language),
        )
    ]
    for mentions in (_from_lines(text), _posted(text), *finders):
        for mention in mentions:
            if all(mention.end <= other.start or mention.start >= other.end for other in found):
                found.append(mention)
    for language, grammar in grammars:
        known = [each for each in found if each.kind == "reported"]
        for mention in _beside(text, language, grammar, known):
            if all(
                mention.end <= each.name_start or mention.start >= each.name_end for each in found
            ):
                found.append(mention)
    quoted = quotes.quoted_spans(text)
    return sorted(
        (mention for mention in found if not any(_is_said(mention, *span) for span in quoted)),
        key=lambda mention: (mention.start, mention.end),
    )


def _is_said(mention: Credit, start: int, end: int) -> bool:
    """Whether a name stands inside quoted words, which it is not when it is all of them."""
    n_more = (end - start) - (mention.name_end - mention.name_start)
    return start <= mention.name_start < end and n_more > _MAX_ROUND_A_NAME


def _links(text: str, grammar: mention_grammar.Grammar) -> Iterator[Credit]:
    for cue in grammar.link.finditer(text):
        last = min(len(text), cue.end() + _MAX_NAME_CHARS)
        domain = _DOMAIN.match(text, cue.end(), last)
        if domain is not None:
            name = short_names.by_domain(domain.group())
            yield Credit(name, "via_link", cue.start(), domain.end(), *domain.span())
            continue
        match = grammar.name.match(text, cue.end(), last)
        if match is not None:
            yield from _credit(match, "via_link", cue.start(), match.end())


def _republished(text: str, grammar: mention_grammar.Grammar) -> Iterator[Credit]:
    """Yield whom a text says that it is republished from, whatever that is called."""
    for match in grammar.republished.finditer(text):
        written = match["apposed"]
        known = outlets.canonical(written)
        is_day = next(iter(date_forms.days_alone(f"1 {written.split()[0]} 2000")), None) is not None
        cue = text[match.start() : match.start("apposed")].split()[-1]
        is_by = author_lines.has_lead(f"{cue} {written}")
        if is_by and author_lines.person(written) is not None and not written.startswith("The "):
            continue
        if is_day or written in date_forms.WEEKDAYS:
            continue
        name = _named("apposed", written) if known is None else known
        if name is not None:
            at = _without_article(text, *match.span("apposed"))
            yield Credit(name, "via_link", *match.span(), *at)


def _between_marks(text: str, grammar: mention_grammar.Grammar) -> Iterator[Credit]:
    for form in (grammar.first, *grammar.marked):
        for match in form.finditer(text):
            yield from _credit(match, "reported", *match.span())


def _titled(text: str, grammar: mention_grammar.Grammar, language: str) -> Iterator[Credit]:
    """Yield outlets of any name: by their own article, or by a clause that does no more."""
    for form in grammar.aside:
        for match in form.finditer(text):
            # A station tells its own story so: "..., KARE 11 said."
            if match["name"] is None or not outlets.is_station(match["name"]):
                yield from _credit(match, "reported", *match.span())
    for form, kind in zip(grammar.titled, _TITLED_KINDS, strict=True):
        for match in form.finditer(text):
            written = match["titled"]
            if language == "en" and not outlets.may_be_media(written):
                continue
            if not _is_surname(written, text, language):
                yield from _credit(match, kind, *match.span())


def _grouped(text: str, language: str, grammar: mention_grammar.Grammar) -> Iterator[Credit]:
    """Yield those that are named of several media: "several outlets, including X and Y, said"."""
    for match in listed_mentions.find_groups(text, language, grammar):
        yield from _at_its_name(match)


def _beside(
    text: str, language: str, grammar: mention_grammar.Grammar, found: Sequence[Credit]
) -> Iterator[Credit]:
    """Yield the others that report together: "NDR, Wecker und Nordkurier berichteten"."""
    for mention in found:
        span = (mention.name_start, mention.name_end)
        for match in listed_mentions.find_beside(text, *span, language, grammar):
            if not _is_person(match):
                yield from _at_its_name(match)


def _at_its_name(match: re.Match[str]) -> Iterator[Credit]:
    for each in _credit(match, "reported", *match.span()):
        yield dataclasses.replace(each, start=each.name_start, end=each.name_end)


def _is_surname(written: str, text: str, language: str) -> bool:
    """Whether a first name or a title stands before "Le Goff" elsewhere in the text."""
    # "Jan de Jong" is De Jong.
    article, _, name = written.partition(" ")
    form = rf"(?i:{re.escape(article)})\s+{re.escape(name)}" if name else re.escape(written)
    for match in re.finditer(rf"\b(\w[\w-]*)\.?\s+{form}\b", text):
        if match[1][0].isupper() and not word_lists.is_small(match[1], language):
            return True
    return False


def _posted(text: str) -> Iterator[Credit]:
    for cue in _POSTED_AT.finditer(text):
        match = mention_grammar.of("en").name.fullmatch(text, *cue.span("name"))
        if match is not None:
            yield from _credit(match, "via_link", *cue.span())


def _from_lines(text: str) -> Iterator[Credit]:
    """Yield the lines that do nothing but name the paper that the text is from."""
    cues = list(_FROM.finditer(text))
    if len(cues) == 0:
        return
    lines = [match for match in re.finditer(r"[^\n]+", text) if re.search(r"\w", match.group())]
    starts = [line.start() for line in lines]
    for cue in cues:
        i = starts.index(cue.start())
        outside = 0 < i < _FROM_LINES or i >= len(lines) - _FROM_TAIL_LINES
        match = mention_grammar.of("en").name.fullmatch(text, *cue.span("name"))
        if match is None or not outside or _PART_OF_SITE.fullmatch(cue["name"]) is not None:
            continue
        # On its own page the paper's name is above the text or in its notice of rights.
        bare = re.sub(r"^the ", "", cue["name"].casefold())
        own = (line.group().casefold() for j, line in enumerate(lines) if j != i)
        if not any(bare in line and (len(line) < len(bare) + 8 or "©" in line) for line in own):
            yield from _credit(match, "via_link", *cue.span())


def _told(text: str, grammar: mention_grammar.Grammar) -> Iterator[Credit]:
    for match in grammar.told.finditer(text):
        yield from _credit(match, "told", *match.span())


def _quoted(
    text: str, grammar: mention_grammar.Grammar, names: Sequence[outlets.Name]
) -> Iterator[Credit]:
    for name in names:
        match = grammar.quoted.match(text, name.end)
        if match is not None:
            yield Credit(
                name.name,
                "quoted",
                name.start,
                match.end(),
                *_without_article(text, name.start, name.end),
            )


def _according_to(text: str, grammar: mention_grammar.Grammar) -> Iterator[Credit]:
    for cue in grammar.cue.finditer(text):
        match = grammar.name.match(text, cue.end())
        if match is None:
            # "according to a Reuters report"
            match = grammar.name.match(text, _after_indefinite(text, cue.end()))
            if match is None or grammar.report_of.match(text, match.end()) is None:
                continue
        if grammar.not_news.match(text, match.end()) is not None:
            continue
        # Journals of science publish, and are nobody's source of news.
        if "Journal" in match.group() and cue.group().lower().startswith("published"):
            continue
        yield from _credit(match, "reported", cue.start(), match.end())
    for cue in grammar.as_cue.finditer(text):
        match = grammar.name.match(text, cue.end())
        if match is not None:
            verb = grammar.until_verb.match(text, match.end())
            if verb is not None:
                yield from _credit(match, "reported", cue.start(), verb.end())


_INDEFINITE = re.compile(r"(?:an?|the|this)\s+(?:(?:new|recent|earlier|exclusive|\d{4})\s+)?")


def _after_indefinite(text: str, at: int) -> int:
    match = _INDEFINITE.match(text, at)
    return match.end() if match is not None else at


def _with_verb(text: str, grammar: mention_grammar.Grammar) -> Iterator[Credit]:
    for verb in grammar.verb.finditer(text):
        if grammar.results.match(text, verb.end()) is not None:
            continue
        first = max(0, verb.start() - _MAX_BEFORE_VERB)
        for pattern in grammar.before_verb:
            match = pattern.search(text, first, verb.start())
            if match is not None and _is_person(match):
                continue
            listed = list(_credit(match, "reported", match.start(), verb.end())) if match else []
            if listed:
                yield from listed
                break


def _is_person(match: re.Match[str]) -> bool:
    """Whether a surname that is an agency's too stands behind a title or a first name."""
    groups = match.groupdict()
    if groups.get("name") not in outlets.listed_words():
        return False
    before = re.search(r"([^\W\d_]{1,60})\.?\s{1,60}$", match.string[: match.start("name")])
    if before is None or not before[1][0].isupper():
        return False
    alone = before[1] if before[1] in _BEFORE_NAMES else ""
    return alone == ""


def _said(
    text: str, grammar: mention_grammar.Grammar, names: Sequence[outlets.Name]
) -> Iterator[Credit]:
    """Yield listed names with verbs that anybody can have: "Reuters said, citing ..."."""
    for name in names:
        verb = grammar.weak_verb.match(text, name.end)
        if verb is not None:
            span = _without_article(text, name.start, name.end)
            yield Credit(name.name, "reported", name.start, verb.end(), *span)


_INDEFINITE_END = re.compile(r"\b[Aa]n?\s+$")


def _by_its_people(
    text: str, grammar: mention_grammar.Grammar, names: Sequence[outlets.Name]
) -> Iterator[Credit]:
    """Yield "an AFP reporter saw": what the publisher has seen itself."""
    for name in names:
        people = grammar.people.match(text, name.end)
        cue = _INDEFINITE_END.search(text, max(0, name.start - 4), name.start)
        if people is not None and cue is not None:
            span = _without_article(text, name.start, name.end)
            yield Credit(name.name, "reported", cue.start(), people.end(), *span)


def _anywhere(
    text: str, grammar: mention_grammar.Grammar, names: Sequence[outlets.Name]
) -> Iterator[Credit]:
    """Yield agencies in sentences that tell of telegrams, wherever they stand in them.

    "Dem Reuterschen Bureau wird aus Simla gemeldet", "les agences AFP et Reuter annoncent":
    the old papers have it in more ways than cues and verbs beside a name can be listed.
    """
    if grammar.telling is None:
        return
    for sentence in _CLAUSE.finditer(text):
        if grammar.telling.search(sentence.group()) is None:
            continue
        named = [
            (each.name, each.start, each.end)
            for each in names
            if each.is_agency and sentence.start() <= each.start < sentence.end()
        ]
        named += [
            (outlets.listed_words()[each.group()], *each.span())
            for each in _surnames().finditer(text, *sentence.span())
            if grammar.office.search(text, sentence.start(), each.start()) is not None
        ]
        for name, start, end in named:
            yield Credit(name, "reported", start, end, start, end)


@functools.lru_cache(maxsize=1)
def _surnames() -> re.Pattern[str]:
    """Agencies that are called like the man who founded them, or by letters alone."""
    listed = [word for word, name in outlets.listed_words().items() if outlets.is_agency(name)]
    return re.compile(rf"(?<![\w-]){word_lists.any_of(listed)}(?![\w-])")


def _credit(match: re.Match[str], kind: str, start: int, end: int) -> Iterator[Credit]:
    groups = match.groupdict()
    group = next(
        each for each in ("apposed", "unlisted", "titled", "name") if groups.get(each) is not None
    )
    name = _named(group, groups[group])
    if name is None:
        return
    first, last = _without_article(match.string, *match.span(group))
    if groups[group] in outlets.listed_words():
        # "l'agence Wolff" is the name of what the bare surname only hints at.
        office = _OFFICE.search(match.string, max(0, first - _MAX_NAME_CHARS), first)
        first = office.start() if office is not None else first
    yield Credit(name, kind, start, end, first, last)


def _named(group: str, written: str) -> str | None:
    written = " ".join(written.split())
    if re.fullmatch(short_names.DOTTED_FORM, written) is not None:
        return short_names.in_mark(written)
    known = outlets.listed_words().get(written)
    if known is None and mention_grammar.SHORT.fullmatch(written) is not None:
        known = outlets.listed_codes().get(written)
    if known is not None:
        return known
    written = outlets.nominative(written)
    if group in ("apposed", "titled") or outlets.is_compound(written):
        return outlets.canonical(written) or written
    if group == "unlisted" and not outlets.may_be_media(written):
        return None
    return outlets.canonical(written)


def _without_article(text: str, start: int, end: int) -> tuple[int, int]:
    article = re.match(r"[Tt]he\s+", text[start:end])
    return start + (article.end() if article is not None else 0), end
