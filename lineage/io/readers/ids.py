"""Ids of articles that come without one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Hashable, Sequence

# Of 2**48 values two in a million texts meet with a chance of 1 in 500.
_HASH_DIGITS = 12


def from_texts(
    texts: Sequence[str],
    *,
    taken: Collection[str] = (),
    order: Sequence[Hashable] | None = None,
) -> list[str]:
    """Make ids from the texts themselves, so that they do not hang on the order of the input.

    Parameters
    ----------
    texts : sequence of str
        The texts, each encodable as UTF-8.
    taken : collection of str
        Ids that are in use already.
    order : sequence, optional
        Sort keys, one a text, that tell identical texts apart: the smallest goes without suffix.

    Returns
    -------
    list of str
        The first 12 hex digits of each text's SHA-256; a text that comes again gets -2, -3.
    """
    digests = [hashlib.sha256(text.encode("utf-8")).hexdigest()[:_HASH_DIGITS] for text in texts]
    keys = range(len(texts)) if order is None else order
    ranked = sorted(range(len(texts)), key=lambda index: (digests[index], keys[index]))
    used = set(taken)
    made = [""] * len(texts)
    for index in ranked:
        name, again = digests[index], 1
        while name in used:
            again += 1
            name = f"{digests[index]}-{again}"
        used.add(name)
        made[index] = name
    return made


def from_files(names: Sequence[Sequence[str]], *, taken: Collection[str] = ()) -> list[str]:
    """Choose for each file the shortest of its names that is no other's.

    Parameters
    ----------
    names : sequence of sequences of str
        For each file its names, the shortest first, the last one unique.
    taken : collection of str
        Ids that are in use already.

    Returns
    -------
    list of str
        One name a file. Files that share a name move on to the next together, so that the
        outcome does not hang on their order.
    """
    level = [0] * len(names)
    while True:
        chosen = [options[at] for options, at in zip(names, level, strict=True)]
        count = Counter(chosen)
        count.update(set(taken))
        moving = [
            index
            for index, name in enumerate(chosen)
            if count[name] > 1 and level[index] + 1 < len(names[index])
        ]
        if not moving:
            return chosen
        for index in moving:
            level[index] += 1
