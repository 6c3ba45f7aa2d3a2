"""Whether two names mean one publisher: as given in metadata, in a credit, as a domain."""

from __future__ import annotations

import functools
import re

from . import outlets

_DOMAIN = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+)([a-z]{2,})(?:/.*)?")
# Countries have these below their own ending (co.uk, com.au).
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})


def canonical(name: str) -> str:
    """Return the usual name of a publisher, or the name as it stands."""
    return outlets.canonical(name) or " ".join(name.split())


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
    plain = written.casefold()
    domain = _DOMAIN.fullmatch(plain)
    if domain is not None:
        labels = domain[1].rstrip(".").split(".")
        below = len(labels) > 1 and len(domain[2]) == 2 and labels[-1] in _SECOND_LEVEL
        # What stands before it is a part of the site (news., edition.).
        plain = labels[-2] if below else labels[-1]
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
