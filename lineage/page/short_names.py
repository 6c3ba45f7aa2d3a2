"""Names of agencies and outlets in marks: abbreviations, domains, letters misread."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from ..text import rarity
from . import outlets

# "W. T. B.", "A.F.P."
DOTTED_FORM = r"(?:[A-Z]\.\s?){1,4}[A-Z]\.?(?!\w)"
DOMAIN_FORM = (
    r"(?:[A-Za-z0-9-]{1,60}\.)+(?:com|org|net|info|news|tv|co\.uk|de|at|ch|fr|be|lu)"
    r"(?![\w-])"
)
# One letter of so many may have been read wrongly (OCR), two of twice as many.
_LETTERS_A_MISREAD = 5
# "independent.co.uk" leaves the article out; shorter words are anybody's.
_MIN_LABEL = 8


def in_mark(written: str) -> str | None:
    """Return the usual name of an agency that stands alone between marks, or None.

    Parameters
    ----------
    written : str
        What stands in parentheses or behind a dateline, where nothing but an agency does: an
        abbreviation with stops ("W. T. B."), in other capitals than usual ("Afp"), or with a
        letter that was read wrongly ("Hayas").

    Returns
    -------
    str or None
    """
    plain = " ".join(written.strip(" .,:;-–—").split())
    name = outlets.look_up(plain) or outlets.look_up(plain + ".") or _look_up_folded(plain)
    if name is not None and outlets.is_agency(name):
        return name
    letters = _letters(plain)
    most = len(letters) // _LETTERS_A_MISREAD
    if most == 0 or " " in plain or not plain[0].isupper():
        return None
    if rarity.word_bits(plain.lower()) < rarity.UNLISTED_BITS:
        return None
    near = {
        name
        for form, name in _folded_agencies().items()
        if len(form) >= _LETTERS_A_MISREAD
        and OSA.distance(letters, form, score_cutoff=most) <= most
    }
    return near.pop() if len(near) == 1 else None


def _letters(written: str) -> str:
    return re.sub(r"[\W_]{1,60}", "", written.casefold())


def _look_up_folded(plain: str) -> str | None:
    """Look up an abbreviation with stops, or in other capitals where small letters are usual."""
    short = re.sub(r"[.\s]", "", plain)
    if re.fullmatch(DOTTED_FORM, plain) is not None:
        return outlets.listed_codes().get(short) or outlets.listed_forms().get(short)
    if plain.istitle() or plain.isupper():
        return outlets.listed_codes().get(short.lower())
    return None


@functools.lru_cache(maxsize=1)
def _folded_agencies() -> Mapping[str, str]:
    pairs = (*outlets.listed_forms().items(), *outlets.listed_codes().items())
    return {_letters(form): name for form, name in pairs if outlets.is_agency(name)}


def by_domain(domain: str) -> str:
    """Return the usual name of the outlet that has a domain, or the domain.

    Parameters
    ----------
    domain : str
        Such as ``theguardian.com``.

    Returns
    -------
    str
    """
    bare = domain.removeprefix("www.")
    return outlets.look_up(bare) or by_label(bare.casefold().split(".")[0]) or bare


def by_label(label: str) -> str | None:
    """Return the usual name of the outlet whose name a label of a domain is, or None.

    Parameters
    ----------
    label : str
        Such as ``theguardian``.

    Returns
    -------
    str or None
    """
    return _by_label().get(label)


@functools.lru_cache(maxsize=1)
def _by_label() -> Mapping[str, str]:
    found = {}
    for form, name in outlets.listed_forms().items():
        letters = _letters(form)
        found[letters] = name
        bare = letters.removeprefix("the")
        if len(bare) >= _MIN_LABEL:
            found.setdefault(bare, name)
    return found
