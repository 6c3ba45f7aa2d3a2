"""Tell the marks that end a sentence from those of abbreviations, initials, numbers and names.

Each mark before white space is judged by the word before it and the word after it. Measured by
``python -m tests.measured_borders`` beside splitters that others made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import rarity

_CLOSERS = r"(?:[\"'”’»“‘)\]*_]|\[\d{1,3}\])"
# Closing marks that stand apart ("Fini. » Ainsi", tokenised text) belong to what they close.
_MARK = re.compile(
    rf"(?P<mark>\.(?:\s\.){{2,}}|[.!?…]{{1,60}})(?P<closers>{_CLOSERS}*)\s+(?P<apart>"
    rf"(?:{_CLOSERS}+\s+)?)"
    r"(?=(?P<opening>[\"'“‘«„»(\[`¿¡*_]*)\s?(?P<following>\S+))"
)
# CJK marks, and paragraphs run together by a scraper ("he landed.She left").
_UNSPACED = re.compile(
    r"(?<=[。！？])(?=[^\s。！？」』”’）])"
    r"|(?<=[a-z]{3}[.!?])[\"”’]?(?=[“\"‘]?[A-Z][a-z]+\s)"
)
_QUOTES = tuple("\"'“‘«„»`")
_OPENERS = "\"'“‘«„»([`*_—-"
# Letters around a mark that are enough for two words, and for who is said to speak.
_LOOK_BACK, _LOOK_AHEAD = 60, 60
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_PART = re.compile(r"(?<![^\W_.])(?<!\.)(?:[^\W\d_]{1,2}\.)*[^\W\d_]+$")
_INNER_STOPS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3}")
_NUMBER = re.compile(r"[\d.,:/–-]*\d")
# Two sentences in a row that begin with small letters, after words that are no abbreviations.
_SMALL_STARTS = re.compile(r"[a-z]{4}[.?!]\s+[a-z]{3}[a-z]*\s[^.]*[a-z]{4}[.?!]\s+[a-z]{3}")
# A capital, a figure, or a brand that begins small ("iPhone", "eBay").
_BEGINS = re.compile(r"[^\W\d_]*[A-ZÀ-ÖØ-Þ]|[$€£]?\d")

# With these a sentence begins, whatever stands before the full stop.
_STARTERS = frozenset(
    "he she it they we his her its their our the this that these those there but and when while "
    "after before if then however nobody no not what who why how neither both all most many some "
    "several others another as at in on for from with since although though because according "
    "every each few you your i my".split()
)
# The same in German and French; among initials these are parts of names ("J. Le Roux").
_OTHER_STARTERS = frozenset(
    "der die das er sie es wir ein eine sein seine ihr ihre und aber auch doch damit da dort "
    "nach le la les il elle ils elles un une ce cette ces son sa ses mais et on".split()
)
# Ranks and forms of address: a name follows.
_TITLES = frozenset(
    "lt maj brig gen col sgt cpl capt cmdr adm pfc pvt spc rep reps sen sens gov govs rev revs "
    "hon dr drs mr mrs ms mx messrs mme mlle prof asst dep det insp cllr supt msgr fr br sr ald "
    "amb atty mt ft pres treas sec v vs".split()
)
# Words of which nothing but a number or a name follows, and that end nothing.
_GO_ON = frozenset(
    "approx avg lit asst attn assn assoc bldg cf dept esp excl govt incl inkl exkl ca bzw vgl "
    "evtl ggf sog mio mrd tsd env etwa geb gest hrsg inst univ abt penn penna phila phil benj "
    "chas edw geo jos robt thos theo wm nr nrn abs az ziff".split()
)
# Before a number these go on; before a word they end the sentence ("He said no.").
_BEFORE_NUMBERS = frozenset(
    "no nos pop avg al p pp fig figs art arts sec secs sect vol vols ch chap par para paras est "
    "ca approx nr abs az bd aufl rn rt pt str jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun okt dez".split()
)
# Months, days, states and parts of names: a sentence may end with them, and seldom does.
_SHORTENED = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat "
    "sun ala ariz ark calif colo conn del fla ga ill ind kan kans ky la mass md mich minn miss "
    "mo mont neb nebr nev okla ont ore oreg pa penn que sask tenn tex va vt wash wis wisc wyo "
    "dist div elec eng equip exec expo ext hist hosp info int mech mfg nat orch pub sci soc spec "
    "stat tech tel temp trans treas twp vet acad admin app appt cal cap cent comm conf cons coop "
    "dem dir doc econ educ lit max mil min mod mus obs orig pop prob proc prod prop ref ret rich "
    "sub sup supp".split()
)
# After a number these are units, and may end a sentence.
_UNITS = frozenset(
    "lb lbs ft oz in hr hrs min mins sec secs yd yds mi km kg cm mm pct mln bln h m etc usw "
    "m.p.h k.p.h r.p.m".split()
)
# Before a small letter these go on though words of more letters are cut by mistake.
_BEFORE_SMALL = frozenset(
    "sq cu al ie eg ex ed lit pop ret yr yrs dr st jr sr inc corp co ltd plc bros".split()
)
_FIRMS = frozenset("inc corp ltd co plc bros llc cie s.a n.v s.p.a a.g l.p l.l.c p.l.c".split())
_AFTER_FIRM = frozenset(
    "chief chairman chairwoman chair president executive vice ceo cfo spokesman spokeswoman "
    "spokesperson managing director founder co-founder treasurer senior class inc corp ltd co "
    "plc llc".split()
)
_STREETS = frozenset("st str ave blvd rd ln hwy pkwy sq pl ct".split())
_AFTER_NAME = frozenset(
    "day boulevard drive park memorial library school high street avenue way bridge hospital "
    "middle elementary center centre".split()
)
_HALVES = frozenset(("a.m", "p.m"))
_AFTER_HALF = re.compile(
    r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?s?\b|(?:Jan|Feb|March|Mar|Apr|"
    r"May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b|Eastern|Central|Pacific|Mountain|Atlantic|"
    r"Greenwich|Moscow|Beijing|London|Paris|Tokyo|[A-Z]{2,5}T\b|[ECMP]T\b|UTC|Z\b|\d",
)
_AFTER_COUNTRY = frozenset(
    "marines airways senators representatives customs securities centers forces veterans masters "
    "states nations women congress services operations communications news communities courts "
    "laws markets stocks treasuries".split()
)
# After these a single letter names a thing and is no initial.
_LETTERED = frozenset(
    "plan vitamin vitamins hepatitis type grade group hall option class terminal gate wing "
    "appendix exhibit point model block section level category schedule an".split()
)
_SPEAKS = re.compile(
    r"(?:said|says|asked|asks|told|shouted|cried|replied|added|wrote|yelled|screamed|recalled|"
    r"wondered|wanted|called|exclaimed|demanded|insisted|answered|joked|tweeted)\b"
)
# In German a figure with a stop is an ordinal after these.
_BEFORE_ORDINAL = frozenset(
    "am im der die das den dem des vom zum zur beim ab bis seit jeder jede jedes ein eine einen "
    "einem und".split()
)
_GERMAN_MONTHS = frozenset(
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)


_KNOWN = (
    _TITLES | _GO_ON | _UNITS | _FIRMS | _STREETS | _BEFORE_SMALL | _SHORTENED | _BEFORE_NUMBERS
)
# Those that are words of their own as well.
_ALSO_WORDS = frozenset(
    "no art arts sat sun ill mass miss ore pop fig figs max pub sub rich tech app cap cent dir "
    "rep reps in h m km mi ft lb lbs kg cm mm co pass wash mod info fall par str".split()
)
# Of a country as well as before what is of it: "in the U.S. Divers", "the U.S. Senate".
_COUNTRIES = frozenset("u.s u.k u.n e.u u.a.e u.s.a".split())
# "Harbour master Ines Korhan asked."
_MAX_SPEAKER_WORDS = 5


@dataclass(frozen=True)
class _Stop:
    """One mark before white space, with the words around it."""

    before: str
    earlier: str
    mark: str
    closers: str
    opening: str
    following: str
    later: str
    is_apart: bool
    is_capitals: bool
    is_careless: bool
    is_first: bool

    @property
    def word(self) -> str:
        return self.before.lower()

    @property
    def next_word(self) -> str:
        return "-".join(_LETTERS.findall(self.following)[:1]).lower()


def sentence_starts(paragraph: str) -> Iterator[int]:
    """Yield where sentences of a paragraph begin, the first aside.

    Parameters
    ----------
    paragraph : str
        One paragraph, of one line; marks at its end count for nothing.

    Yields
    ------
    int
        Place of the first character of a sentence, never of white space; not in order.
    """
    for match in _UNSPACED.finditer(paragraph):
        yield match.end()
    small = paragraph.lower()
    is_capitals = paragraph == paragraph.upper() and paragraph != small
    is_careless = _is_careless(paragraph)
    for match in _MARK.finditer(paragraph):
        begun = match.start()
        words = paragraph[max(0, begun - _LOOK_BACK) : begun].split()
        before, earlier = _last_word(words)
        stop = _Stop(
            before=before,
            earlier=earlier,
            mark=match["mark"],
            closers=match["closers"] + match["apart"].strip(),
            opening=match["opening"],
            following=match["following"],
            later=paragraph[match.end("following") : match.end("following") + _LOOK_AHEAD],
            is_apart=paragraph[begun - 1 : begun].isspace(),
            is_capitals=is_capitals,
            is_careless=is_careless,
            is_first=len(words) < 2,
        )
        if _ends(stop):
            yield match.end()


def _last_word(words: list[str]) -> tuple[str, str]:
    """Return the word before a mark and the one before that."""
    before = words[-1].lstrip(_OPENERS) if words else ""
    earlier = words[-2] if len(words) > 1 else ""
    last = _LAST_PART.search(before)
    if last is not None and last.start() > 0:
        # Of "Lakeview-St", "non-U.S" and "l'art" the last part.
        part = last.group().lower()
        if part in _KNOWN or _INNER_STOPS.fullmatch(part) is not None:
            return last.group(), before[: last.start()]
    return before, earlier


def _is_careless(paragraph: str) -> bool:
    """Whether sentences begin with small letters here."""
    first = _LETTERS.search(paragraph)
    begins_small = first is not None and first.group()[0].islower()
    return begins_small or _SMALL_STARTS.search(paragraph) is not None


def _ends(stop: _Stop) -> bool:
    begins = _BEGINS.match(stop.following) is not None
    is_small = stop.following[:1].islower() and not begins
    if stop.mark[-1] in "!?" or stop.mark[0] in "!?":
        return _ends_call(stop, is_small)
    if "…" in stop.mark or len(stop.mark) > 2:
        if is_small:
            return stop.is_careless and not stop.is_apart and stop.closers == ""
        # "I thought ... I was": the one word that is always a capital.
        return begins and not (stop.is_apart and stop.next_word == "i")
    if is_small:
        return _ends_before_small(stop)
    if begins:
        return _ends_before_capital(stop)
    # A dash, a sign, a letter without case.
    is_word = len(stop.word) > 1 and _INNER_STOPS.fullmatch(stop.word) is None
    return is_word and (stop.word not in _KNOWN or stop.word in _ALSO_WORDS - _FIRMS)


def _ends_call(stop: _Stop, is_small: bool) -> bool:
    if is_small:
        return stop.is_careless and (stop.closers == "" or stop.opening[:1] in _QUOTES)
    if stop.following[0] in "-–—,;:":
        # "The question - why now? - was left open", and a signature.
        after = (stop.following.lstrip("-–—,;:") + stop.later).lstrip()
        return stop.is_careless or after[:1].isupper()
    if stop.next_word in _FIRMS and stop.closers == "":
        return False
    quoted = any(char in "\"'”’»“" for char in stop.closers)
    if quoted and stop.opening == "" and stop.next_word not in _STARTERS and not stop.is_capitals:
        # '"Why?" Ines Korhan asked.'
        for word in (stop.following + stop.later).split()[:_MAX_SPEAKER_WORDS]:
            if _SPEAKS.match(word) is not None:
                return False
            if not word[0].isupper():
                break
    return True


def _ends_before_small(stop: _Stop) -> bool:
    if stop.closers != "" and not stop.is_careless:
        # "(ret.) called", '"so." he said'
        return False
    word = stop.word
    if len(word) < 2 or _INNER_STOPS.fullmatch(word) is not None:
        return False
    if _NUMBER.fullmatch(word) is not None:
        return stop.is_careless
    return word not in _KNOWN or (stop.is_careless and stop.closers == "" and word in _ALSO_WORDS)


def _ends_before_capital(stop: _Stop) -> bool:
    word = stop.word
    is_number = stop.following[:1].isdigit()
    if _NUMBER.fullmatch(word) is not None:
        return _ends_after_number(stop, is_number)
    if is_number and (word in _BEFORE_NUMBERS or word.endswith("str")):
        return False
    if len(word) == 1 and word.isalpha():
        return _ends_after_letter(stop)
    if word in _HALVES:
        return _AFTER_HALF.match(stop.following) is None
    starts = stop.next_word in _STARTERS or stop.next_word in _OTHER_STARTERS
    if word in _FIRMS:
        bare = word == "co" and not stop.earlier[:1].isupper() and stop.earlier != "&"
        if bare or stop.opening[:1] == "(" or stop.next_word in _AFTER_FIRM:
            return False
        # "Brask Inc. Registration Form"
        later = stop.later.lstrip()
        is_named = not starts and later[:1].isupper() and not stop.is_capitals
        return not (is_named and rarity.word_bits(stop.next_word or "?") < rarity.UNLISTED_BITS)
    if word in _UNITS and (stop.before.islower() or stop.is_capitals):
        return True
    if _INNER_STOPS.fullmatch(word) is not None:
        if stop.next_word == "and":
            return False
        is_noun = word not in _COUNTRIES or stop.earlier.lower() == "the"
        return starts or (is_noun and (stop.opening[:1] in _QUOTES or _is_plural(stop)))
    if word in ("jr", "sr") and stop.earlier[:1].isupper():
        return (starts or _is_noun(stop)) and stop.next_word not in _AFTER_NAME
    if word in _STREETS and stop.earlier[:1].isupper() and stop.earlier.lower() != "the":
        return starts or _is_plural(stop)
    is_ordinary = stop.before.islower() or stop.is_capitals
    if word in _TITLES or word == "st":
        # "one more rep. Coach Lind"
        return is_ordinary and stop.before.islower() and word in _LOWER_WORDS
    if word in _GO_ON:
        return starts and stop.before.islower()
    if word in _SHORTENED and not is_ordinary:
        return starts or _is_plural(stop)
    return True


_LOWER_WORDS = frozenset("rep reps rev gen sec sen gov col dep capt fr br sr".split())


def _ends_after_number(stop: _Stop, is_number: bool) -> bool:
    if stop.is_first and len(stop.word) <= 3:
        # The number of an item.
        return False
    if stop.word.isdigit() and len(stop.word) <= 2:
        if stop.next_word in _GERMAN_MONTHS and stop.next_word != "august":
            return False
        if stop.earlier.lower() in _BEFORE_ORDINAL and not is_number:
            return stop.next_word in _STARTERS or stop.earlier.lower() in ("die", "am", "und")
    return True


def _ends_after_letter(stop: _Stop) -> bool:
    if stop.next_word in _STARTERS and stop.before != "v":
        return True
    if stop.earlier.lower() in _LETTERED:
        return True
    if stop.before.islower():
        # "7 h.", "60 m."
        return stop.earlier[-1:].isdigit() and stop.before in _UNITS
    return False


def _is_plural(stop: _Stop) -> bool:
    """Whether what follows is several things or people, rather than a name: "Divers", "Police"."""
    word = stop.next_word
    if word == "police":
        return True
    if not word.endswith("s") or word.endswith("ss") or len(word) < 4 or word in _AFTER_COUNTRY:
        return False
    later = stop.later.split()
    if later and later[0][:1].isupper() and not stop.is_capitals:
        return False
    return rarity.word_bits(word) < rarity.UNLISTED_BITS and (
        rarity.word_bits(word[:-1]) < rarity.UNLISTED_BITS
    )


def _is_noun(stop: _Stop) -> bool:
    return _is_plural(stop) or stop.next_word in ("nobody", "officials", "shares")
