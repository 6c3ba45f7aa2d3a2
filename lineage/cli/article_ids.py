"""Ids of articles as people type them: whole, or as much of one as no other begins with."""

from __future__ import annotations

from collections.abc import Sequence

from .. import errors

# Of the ids of a run, those that a message names.
MAX_IDS = 20


def resolve(wanted: str, known: Sequence[str], command: str) -> str:
    """Find the id that was meant.

    Parameters
    ----------
    wanted : str
        An id, or the beginning of just one, in capitals or not.
    known : sequence of str
    command : str
        Named in messages.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If no id begins so, or several do; the message names some.

    Examples
    --------
    >>> from lineage.cli import article_ids
    >>> article_ids.resolve("tide", ["meridian-first", "tideline-post"], "explain")
    'tideline-post'
    """
    if wanted in known:
        return wanted
    begins = [each for each in known if each.startswith(wanted)] or [
        each for each in known if each.casefold().startswith(wanted.casefold())
    ]
    if len(begins) == 1 and wanted:
        return begins[0]
    if begins and wanted:
        raise errors.UsageError(
            f"{command}: several articles begin with {wanted!r}: {_listed(begins)}; give more of it"
        )
    raise errors.UsageError(
        f"{command}: no article {wanted!r} in the run; there are {_listed(known)}"
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MAX_IDS} more" if len(names) > MAX_IDS else ""
    return f"{', '.join(names[:MAX_IDS])}{more}"
