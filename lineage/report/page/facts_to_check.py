"""Which sentences an editor looks at first, by the facts that changed in them."""

from __future__ import annotations

from ... import errors, facts

# What was only left out or added is seldom a mistake.
GROUPS = ("Facts that changed", "Facts only left out or added", "No changed fact found")
# Of these a loss is a change: a denial, a doubt, whose word it is.
GRAVE_KINDS = frozenset({"negation", "hedge", "speaker"})


def group(changed: str) -> str:
    """Say in which group of its table a sentence stands.

    Parameters
    ----------
    changed : str
        Its cell of ``changed_facts``, in which something is listed.

    Returns
    -------
    str
        One of `GROUPS`.
    """
    try:
        listed = facts.parse(changed)
    except errors.TableError:
        # A table of somebody else's may tell changes in words of its own.
        return GROUPS[0]
    different = [change for change in listed if facts.grade_of(change) != "same"]
    if listed and not different:
        return GROUPS[2]
    is_grave = any(
        facts.grade_of(change) not in facts.ALONE or change.kind in GRAVE_KINDS
        for change in different
    )
    return GROUPS[0] if is_grave else GROUPS[1]
