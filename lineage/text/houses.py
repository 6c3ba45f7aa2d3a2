"""Whether two names mean one publisher: as given in metadata, in a credit, as a domain."""

from __future__ import annotations

import functools
import re

from . import outlets

_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9-]+)(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/.*)?$")


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
    domain = _DOMAIN.match(written.casefold())
    plain = domain.group(1) if domain is not None else written.casefold()
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
