"""What an archive says, in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import tables
from ..report import phrases
from . import trace_command

if TYPE_CHECKING:
    from ..engine.archive.archive import Archive
    from ..engine.archive.archive_stories import Change
    from ..engine.archive.intake import Added
    from ..engine.archive.lookup import Answer
    from ..engine.archive.watching import Arrival

# Of the texts that were looked at, and of the stories, those that are listed.
MAX_LISTED = 10
ABSENT = tables.ABSENT_PREFIX


def added(counts: Added, opened: Archive) -> Iterator[str]:
    """Say what became of the articles that came in, and what the archive holds now."""
    said = phrases.counted(counts.n_articles, "article")
    more = "" if counts.n_texts == counts.n_articles else f" with {counts.n_texts:,} new texts"
    yield f"added {said}{more}; {counts.n_there:,} there already, {counts.n_left_out:,} left out"
    state = opened.state
    yield f"{opened.folder}: {state.rows('articles'):,} articles, {state.rows('texts'):,} texts"


def answer(answer: Answer) -> Iterator[str]:
    """Say what an archive says of some texts."""
    for name in answer.query_ids:
        rows = answer.candidates[answer.candidates["query_id"] == name]
        same = rows["article_id"] == name
        if same.any():
            yield f"{name}: in the archive already"
        rows = rows[~same]
        related = rows[rows["is_related"]]
        if len(related) == 0:
            near = "" if len(rows) == 0 else f"; the nearest is {rows['article_id'].iloc[0]}"
            yield f"{name}: no relative among {answer.n_texts:,} texts{near}"
            continue
        count = phrases.counted(len(related), "relative")
        yield f"{name}: {count} among {answer.n_texts:,} texts"
        for row in phrases.rows(related.head(MAX_LISTED)):
            yield f"  {_place(row)}  {_how(row)}"
        if len(related) > MAX_LISTED:
            yield f"  and {len(related) - MAX_LISTED} more"
    yield from trace_command.summary(answer.result)
    for line in answer.limits:
        yield f"left out: {line}"


def _place(row: Any) -> str:
    said = [row.article_id]
    if not phrases.is_missing(row.outlet):
        said.append(str(row.outlet))
    if not phrases.is_missing(row.published_at):
        said.append(f"{row.published_at:%Y-%m-%d}")
    return ", ".join(said)


def _how(row: Any) -> str:
    if row.p_link == 1.0:
        return "the same text"
    return f"related {row.p_link:.0%}, {row.run_words} words in a row"


def stories(found: pd.DataFrame, changes: Sequence[Change], n_texts: int) -> Iterator[str]:
    """List the largest stories of an archive, and say how many have changed."""
    said = phrases.counted(len(found), "story", "stories")
    yield f"{said} with {int(found['n_texts'].sum()):,} of {n_texts:,} texts"
    for kind in ("new", "grown", "joined", "smaller"):
        n = sum(each.kind == kind for each in changes)
        if n > 0:
            yield f"  {n:,} {kind}"
    for row in phrases.rows(found.head(MAX_LISTED)):
        days = ""
        if not phrases.is_missing(row.first):
            days = f", {row.first:%Y-%m-%d} to {row.last:%Y-%m-%d}"
        texts = phrases.counted(row.n_texts, "text")
        articles = "" if row.n_articles == row.n_texts else f", {row.n_articles:,} articles"
        yield f"  {row.story_id}  {texts}{articles}, {row.n_outlets} outlets{days}"
    if len(found) > MAX_LISTED:
        yield f"  and {len(found) - MAX_LISTED:,} more"


def arrival(each: Arrival) -> str:
    """Tell of an article that has come in, on one line."""
    edges = [edge for edge in each.edges if not edge["source_id"].startswith(ABSENT)]
    if each.p_link == 1.0:
        how = f"the same text as {each.nearest}"
    elif edges:
        # What it was made from, before what was made from it.
        best = max(edges, key=lambda edge: (edge["target_id"] == each.article_id, edge["p_edge"]))
        of = f"{best['relation']} of {best['source_id']} ({best['p_edge']:.0%})"
        how = of if best["target_id"] == each.article_id else f"{best['target_id']} is a {of}"
    else:
        how = f"related to {each.nearest} ({each.p_link:.0%})"
    run = f"{each.run_words} words in a row with {each.nearest}"
    story = f"{each.story_id}, {each.change}, {phrases.counted(each.n_texts, 'text')}"
    return f"{each.article_id}: {how}; {run}; {story}"
