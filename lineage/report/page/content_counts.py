"""How many sentences of a text have their content from a source: the page's one share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from .. import phrases
from . import article_text
from .refs import Ref, Refs

# Kinds of passages that say nothing of their own, or only repeat what the text says.
NOT_CONTENT = ("heading", "boilerplate")


@dataclass(frozen=True)
class Counted:
    """Sentences of a text by whether a source has their content.

    Attributes
    ----------
    source, target : Ref
    n_sentences : int
        Of the target, but for headings and boilerplate.
    n_from : int
        Of these, with content from the source, doubtful passages aside.
    n_verbatim : int
        Of these, word for word, quoted words aside.
    n_quotes : int
        Of these, quoted words and nothing else, which several reporters can have heard.
    """

    source: Ref
    target: Ref
    n_sentences: int
    n_from: int
    n_verbatim: int
    n_quotes: int

    @property
    def said(self) -> str:
        """The count as words, to stand after the names of both."""
        beside = [f"{_number(self.n_verbatim)} word for word"]
        if self.n_quotes:
            beside.append(f"{_number(self.n_quotes)} quoted words only")
        return f"{self.n_from} of {self.n_sentences} sentences, {', '.join(beside)}"

    def sentence(self, *, is_from: bool) -> str:
        """The count as a sentence.

        Parameters
        ----------
        is_from : bool
            Whether the one is known to be the source of the other; else it is only said that
            both have the content.
        """
        target, source = (f"{ref.letter} ({ref.name})" for ref in (self.target, self.source))
        whose = f"{self.n_from} of {self.n_sentences} sentences of {target}"
        verb = "has its" if self.n_from == 1 else "have their"
        where = f"content from {source}" if is_from else f"content in {source} too"
        beside = [f"{_number(self.n_verbatim)} word for word"]
        if self.n_quotes:
            beside.append(f"{_number(self.n_quotes)} in quoted words only")
        return f"{whose} {verb} {where}, {', '.join(beside)}."


def _number(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, f"{count:,}")


def find(tables: Mapping[str, pd.DataFrame], refs: Refs) -> dict[tuple[str, str], Counted]:
    """Count for each text and each supplied text that sentences of it were traced to.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``attributions`` is used.
    refs : Refs
        All articles.

    Returns
    -------
    dict of (source_id, target_id) to Counted
        In the order of the table.
    """
    said: dict[str, set[str]] = {}
    kinds: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row in phrases.rows(tables["attributions"]):
        if row.kind in NOT_CONTENT:
            continue
        target, sentence = str(row.target_id), str(row.target_sentence)
        said.setdefault(target, set()).add(sentence)
        source = refs.maybe(row.source_id, "attributions")
        if source is None or source.is_absent or phrases.is_missing(row.confidence):
            continue
        if float(row.confidence) >= article_text.DOUBTFUL_BELOW:
            of_pair = kinds.setdefault((str(row.source_id), target), {})
            of_pair.setdefault(sentence, set()).add(str(row.kind))
    return {
        (source_id, target_id): Counted(
            refs.of(source_id, "attributions"),
            refs.of(target_id, "attributions"),
            len(said[target_id]),
            len(found),
            sum(each == {"verbatim"} for each in found.values()),
            sum(each == {"quote"} for each in found.values()),
        )
        for (source_id, target_id), found in kinds.items()
    }
