"""Tell the language of a text, and know the small words of the languages that matter most.

The words of a language stand in one file, `<code>.toml`. A kind of list that a
language lacks is empty: English, German and French have them all.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...weights import loader

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

    from ..words import Words

# Languages with a file of words.
LISTED = ("de", "fr", "es", "it", "nl", "pt", "en")
# Lists of the files, beside `weekdays` and `relative_days`: words that hardly any sentence of
# the language lacks and the others do not have; verbs that report; what a sentence with
# reported speech has; words that deny, and that deny in themselves; words of doubt; and the
# words of who speaks for oneself, and for several.
KINDS = (
    "function_words",
    "report_verbs",
    "speech_verbs",
    "negations",
    "denying",
    "hedges",
    "first_person",
    "first_person_plural",
)
# Less probable than this no language is told. Of 96 beginnings of news reports of 8 words in 16
# languages none was told wrong above it, of 30 words and more none at all
# (tests/benchmarks/languages.py).
LEAST_P = 0.6
# Characters that settle it: the rest of a long text only takes time.
ENOUGH_CHARS = 4000
# A text with so many different function words of English, and with such a share of them, is
# English. Other languages have "is", "on", "was" or "be" as well, but not five of the list in
# twenty words; the model, which takes most of a second to load, is for what remains.
ENGLISH_WORDS = 6
ENGLISH_SHARE = 0.2
# Names of written standards and close kin under one code: each can be read, and is copied, as
# the other, and a short text can be told as either.
SAME = {
    "nb": "no",
    "nn": "no",
    "wuu": "zh",
    "yue": "zh",
    "zh_hant": "zh",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "pcm": "en",
    "sco": "en",
    "simple": "en",
}
# Languages so near to each other that whole sentences can be the same words: between two of a
# row words are compared as within one language.
NEAR = (
    frozenset(("no", "da")),
    frozenset(("bs", "hr", "sr", "sh")),
    frozenset(("id", "ms")),
    frozenset(("gl", "pt")),
    frozenset(("af", "nl")),
    frozenset(("cs", "sk")),
)


@functools.cache
def words(kind: str, language: str | None = None) -> frozenset[str]:
    """Return a list of words of one language, or of all that have it.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    language : str, optional
        Code of two letters; all languages together where left out.

    Returns
    -------
    frozenset of str
        In small letters; empty where the language has no such list.
    """
    if language is None:
        return frozenset().union(*(words(kind, each) for each in LISTED))
    if language not in LISTED:
        return frozenset()
    found: str = _file(language).get(kind, "")
    return frozenset(found.split())


@functools.cache
def weekdays() -> dict[str, int]:
    """Return the names of days of the week in all languages, each with its number from Monday."""
    return {
        name: number
        for language in LISTED
        for number, names in enumerate(_file(language).get("weekdays", ()))
        for name in names.split()
    }


@functools.cache
def relative_days() -> dict[str, int]:
    """Return the words for days near today in all languages, each with the days from today."""
    return {
        name: days
        for language in LISTED
        for name, days in _file(language).get("relative_days", {}).items()
    }


@functools.cache
def of_encoder(name: str) -> frozenset[str]:
    """Return the codes of the languages that a sentence encoder of the package was trained on."""
    return frozenset(_file("encoders")[name].split())


def known_by(encoder: object | None) -> frozenset[str] | None:
    """Return the codes of the languages that an encoder knows, as far as it says so.

    Parameters
    ----------
    encoder : Encoder or None
        None is lexical mode. An encoder says it in ``languages``.

    Returns
    -------
    frozenset of str or None
        None where the encoder does not say; English in lexical mode, because the weights of
        words are fitted to English.
    """
    if encoder is None:
        return frozenset({"en"})
    said = getattr(encoder, "languages", None)
    return None if said is None or isinstance(said, str) or callable(said) else frozenset(said)


def tell(text: str, cut: Words) -> str | None:
    """Tell the language that most of a text is in.

    Parameters
    ----------
    text : str
        As supplied.
    cut : Words
        Its words.

    Returns
    -------
    str or None
        ISO 639 code, two letters where there is one; None where the text is too short or too
        odd to tell.

    References
    ----------
    .. [1] M. Lui, T. Baldwin, "langid.py: an off-the-shelf language identification tool",
       ACL 2012; here by its successor py3langid.
    """
    english = words("function_words", "en")
    n_english = sum(word in english for word in cut.words)
    is_common = n_english >= ENGLISH_SHARE * max(1, len(cut.words))
    if is_common and len(english.intersection(cut.words)) >= ENGLISH_WORDS:
        return "en"
    code, p = _identifier().classify(text[:ENOUGH_CHARS])
    told = code_of(str(code)) if float(p) >= LEAST_P else None
    if told in LISTED and words("function_words", told).isdisjoint(cut.words):
        # Tables and abbreviations ("Shr 71 cts vs 57 cts") look like some language to a model
        # of letters, and are in none.
        return None
    return told


def code_of(given: str | None) -> str | None:
    """Bring a language as it is given ("en-GB", "EN_us", "nb") to its plain code.

    Parameters
    ----------
    given : str or None

    Returns
    -------
    str or None
        None for nothing, and for "und", which says that it is not known.
    """
    plain = (given or "").strip().lower().replace("-", "_").partition("_")[0]
    if plain in ("", "und", "zxx", "mul"):
        return None
    return SAME.get(plain, plain)


def are_apart(one: str | None, other: str | None) -> bool:
    """Whether two languages have so little in common that words cannot be compared.

    Parameters
    ----------
    one, other : str or None
        Codes from `code_of`; of None nothing is known, and nothing is claimed.

    Returns
    -------
    bool
    """
    if one is None or other is None or one == other:
        return False
    return not any({one, other} <= near for near in NEAR)


def _file(name: str) -> Mapping[str, Any]:
    return loader.read_toml(__package__, f"{name}.toml")


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
