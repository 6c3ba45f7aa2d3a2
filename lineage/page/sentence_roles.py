"""Give each sentence its role on the page: story, heading, caption, credit, boilerplate."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..text import endless_words, quotes, sentences
from . import boilerplate, bylines, credits, desk_notes, line_roles, page_lines, reader_notices

_Span = tuple[int, int]

# A short text is an excerpt or somebody's retelling: all of it is story, unless a line is
# nothing but a credit.
_MIN_SENTENCES_FOR_FORM = 6
_SURE_ROLES = ("headline", "credit", "caption", "correction")
_MIN_QUOTED_SHARE = 0.6
_MIN_COVERED_SHARE = 0.6

# Two articles tell different stories if they share next to none of their other lines and
# few of their long words, which the names and matters of a story are.
_MAX_SHARED_LINES, _MAX_SHARED_LONG_WORDS = 0.1, 0.3
_MIN_LONG_WORD = 6
# Of the articles with a line, so many neighbours are compared: a line of thousands is
# boilerplate after the first pair already.
_MAX_COMPARED = 50
_MIN_REPEATED_WORDS = 2

# Boilerplate stands in the first and last lines; inside the story, two articles prove nothing.
_EDGE_LINES, _MIN_ARTICLES_INSIDE = 8, 3

_WORD = re.compile(r"[^\W_]+")
# What stands alone in parentheses.
_MARK = re.compile(r"[(\[][^()\[\]\n]{2,60}[)\]]\W*")


@dataclass(frozen=True)
class _Read:
    """One article with its lines, as far as their form tells."""

    text: str
    lines: list[bylines.Line]
    roles: list[str | None]
    credits: list[credits.Credit]
    keys: list[str]
    story: frozenset[str]
    long_words: frozenset[str]


def assign_roles(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give each sentence its role.

    By form: titles, short lines without a full stop, captions, bylines and datelines,
    buttons, appeals and rows of links around the story; and by repetition: a line that
    articles have in common whose stories are not. In doubt a sentence is body, because
    what is taken for boilerplate is lost for every later stage.

    Parameters
    ----------
    table : DataFrame
        The sentences table; its column role is ignored.
    articles : DataFrame
        The articles table with the texts that the sentences are from; title and outlet
        are used where they are there.

    Returns
    -------
    DataFrame
        The sentences table in the order given, with the role filled in.
    """
    known = articles.loc[articles["text"].notna()]
    bylines_of = known["byline"] if "byline" in known else itertools.repeat(None, len(known))
    rows = zip(
        known["article_id"],
        known["text"],
        known["title"],
        known["outlet"],
        bylines_of,
        strict=True,
    )
    read = {
        article_id: _read(text, _or_empty(title), _or_empty(outlet), _or_empty(byline))
        for article_id, text, title, outlet, byline in rows
    }
    repeated = _repeated(list(read.values()))
    found: dict[Any, str] = {}
    for article_id, group in table.groupby("article_id", sort=False):
        article = read.get(article_id)
        spans = list(zip(group["start"].tolist(), group["end"].tolist(), strict=True))
        roles = ["body"] * len(spans)
        if article is not None:
            roles = _sentence_roles(article, spans, repeated)
        found.update(zip(group.index, roles, strict=True))
    filled = pd.Series([found[i] for i in table.index], index=table.index, dtype="string")
    return table.assign(role=filled)


def _or_empty(value: object) -> str:
    return value if isinstance(value, str) else ""


def _read(text: str, title: str, outlet: str, byline: str) -> _Read:
    text = endless_words.blank(text)
    lines = page_lines.lines_of(text)
    found = credits.find_credits(text)
    if sentences.has_sentence_marks(text):
        roles = line_roles.line_roles(text, title, outlet, found)
        _mark_author(lines, roles, byline)
    else:
        # Without case and punctuation no line has a form.
        roles = [None] * len(lines)
    keys = [" ".join(_WORD.findall(line.text.lower())) for line in lines]
    # From the first paragraph to the last: pages of one outlet share what is around it,
    # and more of that than any form tells.
    inside = [
        i
        for i, line in enumerate(lines)
        if roles[i] is None and boilerplate.is_paragraph(line.text)
    ]
    story = frozenset(
        keys[i]
        for i in (range(inside[0], inside[-1] + 1) if inside else ())
        if roles[i] is None and keys[i] != ""
    )
    long_words = frozenset(
        word for key in keys for word in key.split() if len(word) >= _MIN_LONG_WORD
    )
    return _Read(text, lines, roles, found, keys, story, long_words)


def _mark_author(lines: Sequence[bylines.Line], roles: list[str | None], byline: str) -> None:
    """Mark a line near the top that is nothing but the author's name."""
    names = {" ".join(_WORD.findall(name.lower())) for name in byline.split(";")} - {""}
    for line in lines[:_EDGE_LINES]:
        if roles[line.index] in (None, "headline", "heading"):
            shown = " ".join(_WORD.findall(line.text.lower()))
            if shown in names and len(lines) > _EDGE_LINES // 2:
                roles[line.index] = "credit"


def _repeated(articles: list[_Read]) -> dict[str, int]:
    """Return the lines that articles with different stories have in common, and in how many."""
    having: dict[str, list[int]] = defaultdict(list)
    # In the order of their texts, so that names and places in the input do not matter.
    order = sorted(range(len(articles)), key=lambda i: articles[i].text)
    for i in order:
        for key in set(articles[i].keys):
            if key.count(" ") + 1 >= _MIN_REPEATED_WORDS:
                having[key].append(i)
    unrelated: dict[_Span, bool] = {}
    found = {}
    for key in sorted(having):
        for pair in itertools.pairwise(having[key][: _MAX_COMPARED + 1]):
            if pair not in unrelated:
                unrelated[pair] = _are_unrelated(articles[pair[0]], articles[pair[1]])
            if unrelated[pair]:
                found[key] = len(having[key])
                break
    return found


def _are_unrelated(a: _Read, b: _Read) -> bool:
    fewest = min(len(a.story), len(b.story))
    fewest_words = min(len(a.long_words), len(b.long_words))
    if fewest == 0 or fewest_words == 0:
        return False
    # The line in question is one of those shared.
    shared = len(a.story & b.story) - 1
    shared_words = len(a.long_words & b.long_words)
    return (
        shared <= _MAX_SHARED_LINES * fewest
        and shared_words <= _MAX_SHARED_LONG_WORDS * fewest_words
    )


def _sentence_roles(
    article: _Read, spans: Sequence[_Span], repeated: Mapping[str, int]
) -> list[str]:
    is_short = len(spans) < _MIN_SENTENCES_FOR_FORM
    quoted = quotes.quoted_spans(article.text)
    roles = [_with_repetition(article, i, repeated) for i in range(len(article.lines))]
    starts = [line.start for line in article.lines]
    begins_line = frozenset(starts)
    found = []
    for start, end in spans:
        role = _role_of_lines(article.lines, roles, starts, start, end)
        if role is None:
            role = _role_of_credits(article.text, article.credits, start, end)
        share = _quoted_share(article.text, start, end, quoted)
        # At the beginning of a line the layout has said what it is.
        if role is None and share < _MIN_QUOTED_SHARE and start not in begins_line:
            role = _role_of_note(article.text[start:end])
        is_sure = role in _SURE_ROLES or _is_sure_boilerplate(article.text[start:end])
        if is_short and not is_sure:
            role = None
        if role is None and share >= _MIN_QUOTED_SHARE:
            role = "quote"
        found.append(role if role is not None else "body")
    if is_short and not {"body", "quote"} & set(found):
        return ["body"] * len(found)
    return found


def _is_sure_boilerplate(line: str) -> bool:
    """Say whether a line is boilerplate even where next to nothing stands around it."""
    forms = (
        boilerplate.is_button,
        reader_notices.is_notice,
        reader_notices.is_filing,
        reader_notices.is_comment_form,
    )
    return any(form(line) for form in forms)


def _with_repetition(article: _Read, i: int, repeated: Mapping[str, int]) -> str | None:
    role = article.roles[i]
    n_articles = repeated.get(article.keys[i], 0)
    if n_articles == 0 or role not in (None, "headline"):
        return role
    # Reporters use the same short sentences ("He declined to comment."), which two
    # articles can have by chance in the middle of the story.
    near_edge = i < _EDGE_LINES or i >= len(article.lines) - _EDGE_LINES
    is_sentence = boilerplate.has_end_mark(article.lines[i].text)
    if is_sentence and not near_edge and n_articles < _MIN_ARTICLES_INSIDE:
        return role
    return "boilerplate"


def _role_of_lines(
    lines: list[bylines.Line], roles: list[str | None], starts: list[int], start: int, end: int
) -> str | None:
    first = max(0, bisect.bisect_right(starts, start) - 1)
    last = bisect.bisect_left(starts, end)
    found = set(roles[first:last])
    return found.pop() if len(found) == 1 else None


def _role_of_credits(text: str, found: list[credits.Credit], start: int, end: int) -> str | None:
    """Return the role of a sentence that is a credit inside a paragraph of the story."""
    for credit in found:
        covered = min(end, credit.end) - max(start, credit.start)
        if covered >= _MIN_COVERED_SHARE * (end - start):
            if credit.kind in ("desk", "copyright", "byline", "byline_agency"):
                return "credit"
            if credit.kind == "photo":
                return "caption"
            # "(AP)" behind a paragraph: the paragraph is story, and the mark says whose.
            if credit.kind in ("dateline", "contributed") and _MARK.fullmatch(text, start, end):
                return "credit"
    return None


def _role_of_note(sentence: str) -> str | None:
    """Return the role of a note of the desk that stands inside a paragraph."""
    if desk_notes.is_correction(sentence):
        return "correction"
    return "credit" if desk_notes.is_staff_credit(sentence) else None


def _quoted_share(text: str, start: int, end: int, quoted: Sequence[_Span]) -> float:
    inside = [(max(start, i), min(end, j)) for i, j in quoted if i < end and j > start]
    if len(inside) == 0:
        return 0.0
    n_words = len(_WORD.findall(text, start, end))
    n_quoted = sum(len(_WORD.findall(text, i, j)) for i, j in inside)
    return n_quoted / n_words if n_words > 0 else 0.0
