"""Whether two names mean one publisher: as given in metadata, in a credit, as a domain."""

from __future__ import annotations

import functools
import re

from . import outlets, short_names

_DOMAIN = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+)([a-z]{2,})(?:/.*)?")
# Countries have these below their own ending (co.uk, com.au).
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})

# Shorter parts of a domain are found in others by chance.
_MIN_DOMAIN_CHARS = 4
_SUNDAY = "sunday"
_SMALL_WORDS = frozenset({"the", "of", "and", "a"})


def canonical(name: str) -> str:
    """Return the usual name of a publisher, or the name as it stands."""
    written = " ".join(name.split())
    usual = outlets.canonical(name) or written
    # In a story a Sunday before a name is the day; in the name of a publisher it is none.
    return usual if _SUNDAY in usual.casefold() or _SUNDAY not in written.casefold() else written


@functools.lru_cache(maxsize=10_000)
def key(name: str) -> str:
    """Reduce a publisher's name to what its spellings have in common.

    Parameters
    ----------
    name : str
        A name ("The Daily Courier") or a domain ("dailycourier.com").

    Returns
    -------
    str
        Letters and digits of the usual name, article dropped.
    """
    written = canonical(name)
    # KMIZ-TV is KMIZ.
    plain = re.sub(r"^([KW][A-Z]{3})[- ](?:TV|FM|AM|DT)$", r"\1", written).casefold()
    domain = _DOMAIN.fullmatch(plain)
    if domain is not None:
        labels = domain[1].rstrip(".").split(".")
        below = len(labels) > 1 and len(domain[2]) == 2 and labels[-1] in _SECOND_LEVEL
        # What stands before it is a part of the site (news., edition.).
        plain = labels[-2] if below else labels[-1]
        # apnews.com is AP's, theguardian.com The Guardian's.
        plain = (short_names.by_label(plain) or plain).casefold()
    plain = re.sub(r"^the\s+", "", plain)
    return re.sub(r"[^\w]+", "", plain)


def same(one: str, other: str) -> bool:
    """Whether two names mean one publisher.

    Parameters
    ----------
    one, other : str

    Returns
    -------
    bool
    """
    return key(one) == key(other)


def means(name: str, publisher: str) -> bool:
    """Whether a credit's name means a publisher: the name itself, its initials, or a part of it.

    Parameters
    ----------
    name : str
        As it stands in a credit: "(KNB)", "(NewsWatch 27)", "the Courier".
    publisher : str
        As given for a text: "Kestrel News Bureau", "WBGX NewsWatch 27", a domain.

    Returns
    -------
    bool
        A name on the list of agencies and outlets means only the publisher of that name.
    """
    if same(name, publisher):
        return True
    if is_listed(name):
        return False
    short, long = sorted((_words(name), _words(publisher)), key=len)
    # A Sunday paper is a publisher of its own beside the daily of that name.
    if len(short) > 0 and set(short) <= set(long) and _SUNDAY not in {*long} - {*short}:
        return True
    domain = _DOMAIN.fullmatch(publisher.casefold()) is not None
    if domain and min(len(key(name)), len(key(publisher))) >= _MIN_DOMAIN_CHARS:
        return key(name) in key(publisher) or key(publisher) in key(name)
    return is_short_for(name, publisher)


def is_short_for(name: str, publisher: str) -> bool:
    """Whether a name that is on no list is made of the first letters of a publisher's words."""
    if is_listed(name):
        return False
    initials = "".join(word[0] for word in _words(publisher))
    return len(name) > 1 and name.isupper() and name.casefold() in (initials, f"t{initials}")


def credits(name: str, publisher: str) -> bool:
    """Whether who is credited by a name is a publisher: by the name itself or by initials."""
    return same(name, publisher) or is_short_for(name, publisher)


def _words(name: str) -> list[str]:
    found = re.findall(r"[^\W_]+", canonical(name).casefold())
    return [word for word in found if word not in _SMALL_WORDS]


def is_listed(name: str) -> bool:
    """Whether a name is on the list of agencies and outlets."""
    return name in outlets.listed_forms() or name in set(outlets.listed_forms().values())


def are_one(one: str | None, other: str | None) -> bool:
    """Whether two texts have one publisher, as far as that is given.

    Parameters
    ----------
    one, other : str or None
        None where the publisher of a text is not known.

    Returns
    -------
    bool
        False where either is unknown.
    """
    return one is not None and other is not None and same(one, other)


def is_known(name: str) -> bool:
    """Whether a name is on the list of agencies and outlets, or has an agency's form."""
    return outlets.look_up(name) is not None
