"""Hidden characters of texts, worded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ...text import hidden_characters
from .. import phrases

# Of a text with a mark between all of its words the first ones are enough.
MAX_A_TEXT = 5
MAX_LINES = 30


def of_articles(articles: pd.DataFrame) -> tuple[str, ...]:
    """Say where the texts of an articles table have hidden characters, see `lines`."""
    return lines(
        hidden_characters.rows(dict(zip(articles["article_id"], articles["text"], strict=True)))
    )


def lines(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Say where texts have hidden characters, and which.

    Parameters
    ----------
    rows : sequence of mapping
        As `text.hidden_characters.rows` gives them and run.json keeps them.
    names : mapping of str to str, optional
        What texts are called, by id; by their ids where left out.

    Returns
    -------
    tuple of str
        A line a mark; of many marks, how many more there are.
    """
    called = names or {}
    said: list[str] = []
    by_text: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_text.setdefault(str(row["article_id"]), []).append(row)
    for article_id, mine in by_text.items():
        name = called.get(article_id, article_id)
        said += [f"{name}: {_worded(row, called)}" for row in mine[:MAX_A_TEXT]]
        if len(mine) > MAX_A_TEXT:
            n_more = sum(int(row["n_characters"]) for row in mine[MAX_A_TEXT:])
            places = phrases.counted(len(mine) - MAX_A_TEXT, "place")
            said.append(f"{name}: {n_more:,} more hidden characters in {places}")
    if len(said) > MAX_LINES:
        more = phrases.counted(len(said) - MAX_LINES, "more line")
        said = [*said[:MAX_LINES], f"{more}; run.json has all hidden characters"]
    return tuple(said)


def _worded(row: Mapping[str, Any], called: Mapping[str, str]) -> str:
    n = int(row["n_characters"])
    kind = str(row["kind"])
    if n == 1:
        kind = kind.replace("characters", "character").replace("selectors", "selector")
    what = f"{n:,} {kind} ({row['characters']})"
    if kind == "C2PA text manifest":
        cut = "" if row["is_whole"] else " part of a"
        what = f"a{cut} {kind} of {n:,} hidden characters"
    where = f"characters {row['start']:,} to {row['end']:,}"
    also = [called.get(each, each) for each in row["also_in"]]
    same = f"; the same in {phrases.listed(also)}" if also else ""
    return phrases.one_line(f"{what}, {where}{same}")
