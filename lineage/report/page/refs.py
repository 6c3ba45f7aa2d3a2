"""How the page refers to an article: letter, colour, name and anchor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ... import errors
from .. import phrases
from ..drawing import box_labels, layout

# Background of a source's words on white and on black; its letter stands beside them,
# so that colours may come round again. All keep 4.5:1 to the page's text.
PALETTE = (
    ("#cfe3f7", "#1d3f5e"),
    ("#fbdcb8", "#5c3a10"),
    ("#cdebd3", "#1e4a2b"),
    ("#f6cfe0", "#5a2440"),
    ("#fff0a8", "#4d4408"),
    ("#ddd3f3", "#3d2f66"),
    ("#c8ecec", "#124a4a"),
    ("#f3cdc4", "#5c2a20"),
    ("#e3e6b5", "#40451a"),
    ("#e9d8c3", "#4a3a28"),
)
# Of a title that stands for an article in a sentence.
MAX_TITLE_WORDS = 8


@dataclass(frozen=True)
class Ref:
    """One article as other parts of the page name it.

    Attributes
    ----------
    letter : str
        A, B, ... in the order of the picture, texts that were supplied before sources that were
        not; tells articles apart without colour.
    colour : str
        Class of its background colour; empty for an article that nothing came from.
    name, label : str
        Outlet, with the title where several texts are of one outlet; title where there is no
        outlet; and outlet alone (or the id where there is none).
    anchor : str
        Id of its part of the page; empty where the page has no room for it.
    row : row of the articles table
    """

    letter: str
    colour: str
    name: str
    label: str
    anchor: str
    row: Any

    @property
    def is_absent(self) -> bool:
        """Whether the article was not supplied."""
        return bool(self.row.kind == "absent")


class Refs:
    """All articles of a run by id, in the order of their letters.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables of a run.
    max_shown : int, optional
        So many articles have a part of the page of their own; all, if not given.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], *, max_shown: int | None = None) -> None:
        articles = tables["articles"]
        by_id = {str(row.article_id): row for row in phrases.rows(articles)}
        placed = layout.dag_layout(articles, tables["edges"], max_boxes=max(len(articles), 1))
        drawn = set(placed.order)
        copies = [
            row
            for row in phrases.rows(articles.sort_values(["duplicate_of", "article_id"]))
            if row.article_id not in drawn
        ]
        order = [*placed.order, *(str(row.article_id) for row in copies)]
        named = _names(tables)
        sources = set(tables["attributions"]["source_id"].dropna())
        edges = tables["edges"]
        sources |= set(edges.loc[edges["status"] == "kept", "source_id"])
        # A reader looks for A among the texts that they handed in.
        lettered = sorted(order, key=lambda article_id: by_id[article_id].kind == "absent")
        shown = set(order[:max_shown])
        self._refs: dict[str, Ref] = {}
        n_coloured = 0
        for number, article_id in enumerate(lettered):
            row = by_id[article_id]
            colour = ""
            if article_id in sources:
                colour = f"c{n_coloured % len(PALETTE)}"
                n_coloured += 1
            self._refs[article_id] = Ref(
                letter(number),
                colour,
                named[article_id],
                phrases.label(row),
                f"article-{number + 1}" if article_id in shown else "",
                row,
            )

    def __iter__(self) -> Any:
        return iter(self._refs.values())

    def __len__(self) -> int:
        return len(self._refs)

    def of(self, article_id: Any, table: str) -> Ref:
        """Return the article a row of `table` names.

        Raises
        ------
        TableError
            If the articles table does not have it.
        """
        if article_id not in self._refs:
            raise errors.TableError(
                f"{table}: no article {article_id!r} among the articles; use tables of one run"
            )
        return self._refs[article_id]

    def maybe(self, article_id: Any, table: str) -> Ref | None:
        """Return the same, or None where the cell is empty."""
        if phrases.is_missing(article_id):
            return None
        return self.of(article_id, table)

    def quote(self, article_id: Any, start: Any, end: Any, table: str) -> str | None:
        """Slice an article's supplied text.

        Parameters
        ----------
        article_id : str or missing
        start, end : int or missing
            Half-open span.
        table : str
            Where the span stands, for the message.

        Returns
        -------
        str or None
            The words, cleaned; None where one of the three or the text is missing.

        Raises
        ------
        SpanError
            If the span is reversed or outside the text.
        """
        ref = self.maybe(article_id, table)
        if ref is None or phrases.is_missing(start) or phrases.is_missing(end):
            return None
        if phrases.is_missing(ref.row.text):
            return None
        text = str(ref.row.text)
        if not 0 <= start <= end <= len(text):
            raise errors.SpanError(
                f"{table}: span [{start}, {end}) is outside the text of {article_id!r} "
                f"({len(text)} characters); use tables of one run"
            )
        return phrases.clean(text[int(start) : int(end)])


def _names(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Name each article as a reader knows it; an id only tells apart what has one name."""
    rows = phrases.rows(tables["articles"])
    openings = box_labels.openings(tables["sentences"])
    outlets = Counter(phrases.label(row) for row in rows)
    titled = {}
    for row in rows:
        title = phrases.text_or(row.title, "") or openings.get(row.article_id, row.text)
        shown = phrases.one_line(box_labels.first_words(title, MAX_TITLE_WORDS))
        label = phrases.label(row)
        if row.kind == "absent" or shown == "":
            titled[str(row.article_id)] = label
        elif phrases.text_or(row.outlet, "") == "":
            titled[str(row.article_id)] = shown
        else:
            titled[str(row.article_id)] = label if outlets[label] == 1 else f"{label}, {shown}"
    same = Counter(titled.values())
    return {
        name: shown if same[shown] == 1 or shown == name else f"{shown} ({phrases.one_line(name)})"
        for name, shown in titled.items()
    }


def letter(number: int) -> str:
    """Return A, B, ... Z, AA, AB, ... for 0, 1, ..."""
    name = ""
    number += 1
    while number > 0:
        number, digit = divmod(number - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
