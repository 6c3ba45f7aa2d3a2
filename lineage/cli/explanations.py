"""A run in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from .. import tables
from ..page import teasers
from ..report import differences, explained, phrases, questions, verdicts
from ..result import Lineage
from ..text import align, paragraphs, words
from . import article_ids

# Of the words that a signal points at; the offsets lead to the rest.
QUOTE_CHARS = 90
# Of a sentence where each has one line.
LINE_CHARS = 60
# Runs of so many words in a sentence without a source are told.
MIN_ALSO = 8

_STATUSES = {
    "kept": "made from",
    "runner_up": "runner-up",
    "explained_away": "explained away",
    "below_threshold": "too weak to keep",
    "credited": "credited by this text alone",
}


def article(result: Lineage, article_id: str, number: int | None = None) -> Iterator[str]:
    """Tell where an article came from, and its sentences.

    Parameters
    ----------
    result : Lineage
    article_id : str
        Or as much of it as no other id begins with.
    number : int, optional
        Only this sentence, counted from 1 as in the report.

    Yields
    ------
    str
        Lines.

    Raises
    ------
    UsageError
        If there is no such article or sentence.
    """
    known = {row.article_id: row for row in phrases.rows(result.articles)}
    article_id = article_ids.resolve(article_id, list(known), "explain")
    if number is not None:
        yield from _sentence(result, article_id, number)
        return
    row = known[article_id]
    outlet = phrases.UNNAMED if phrases.is_unnamed(row) else phrases.text_or(row.outlet)
    yield "  ".join([article_id, outlet, phrases.text_or(row.title)])
    if not phrases.is_missing(row.origin_agency):
        yield f"  origin agency: {phrases.text_or(row.origin_agency)}"
    if not phrases.is_missing(row.duplicate_of):
        yield f"  exact duplicate of {row.duplicate_of}"
    edges = result.all_edges[result.all_edges["target_id"] == article_id]
    if not (edges["status"] == "kept").any():
        mine = result.attributions[result.attributions["target_id"] == article_id]
        near = sorted(set(mine["source_id"].dropna()))
        if near:
            yield (
                "  not made from any of the other texts, as far as can be seen; some of its "
                f"sentences are also in: {', '.join(near)}"
            )
        else:
            yield "  not made from any of the other texts, as far as can be seen"
    for status in _STATUSES:
        for edge in phrases.rows(edges[edges["status"] == status]):
            yield from edge_lines(result, edge)
    yield ""
    numbers = explained.numbers(result.sentences)
    for each in phrases.rows(result.attributions):
        if each.target_id == article_id:
            yield _one_line(row.text, each, numbers)


def edge_lines(result: Lineage, edge: Any, target: str | None = None) -> Iterator[str]:
    """Tell one edge and its evidence.

    Parameters
    ----------
    result : Lineage
    edge : row of the edges table
    target : str, optional
        Whose edge it is, where that is not plain from what stands above.

    Yields
    ------
    str
    """
    direction = phrases.direction(edge.p_direction, result.settings)
    beside = "" if direction == "decided" else f" ({direction.replace('direction ', '')})"
    alike = phrases.alike(edge.n_alike)
    yield (
        f"  {f'{target}, ' if target else ''}{_said_of(edge)}: {_source(edge)} ({edge.relation})"
        f"{f', {alike}' if alike else ''}; "
        f"related {phrases.probability(edge.p_link)}, "
        f"directly {phrases.probability(edge.p_edge)}, "
        f"came first {phrases.probability(edge.p_direction)}{beside}"
    )
    texts = {row.article_id: row.text for row in phrases.rows(result.articles)}
    rows = phrases.rows(
        result.evidence[
            (result.evidence["source_id"] == edge.source_id)
            & (result.evidence["target_id"] == edge.target_id)
        ]
    )
    for about, question in questions.QUESTIONS.items():
        mine = [row for row in rows if row.about == about]
        if not mine:
            continue
        bits = sum(float(row.weight_bits) for row in mine)
        p = phrases.probability(questions.probability(about, edge, bits))
        yield (
            f"    {question} {phrases.bits(bits)} bits, probability {p} {questions.ANSWERS[about]}"
        )
        for row in mine:
            yield from _signal_lines(row, texts)


def _said_of(edge: Any) -> str:
    is_credit = edge.relation == "quote" and edge.source_id.startswith(tables.ABSENT_PREFIX)
    return "credits" if is_credit and edge.status == "kept" else _STATUSES[edge.status]


def _source(edge: Any) -> str:
    """An absent source that nobody names has a name in words."""
    unnamed = str(edge.source_id).startswith(phrases.UNNAMED_ID)
    return phrases.UNNAMED if unnamed else str(edge.source_id)


def _signal_lines(row: Any, texts: Mapping[str, str]) -> Iterator[str]:
    name, detail = questions.name(row.signal), phrases.one_line(row.detail)
    yield f"      {phrases.bits(row.weight_bits):>6}  {name}: {detail}"
    for who, start, end in (
        (row.source_id, row.source_start, row.source_end),
        (row.target_id, row.target_start, row.target_end),
    ):
        if not phrases.is_missing(start):
            yield f"              {who} [{start}:{end}] “{_cut(texts[who][start:end])}”"


def _sentence(result: Lineage, article_id: str, number: int) -> Iterator[str]:
    sentence = explained.sentence(result.sentences, article_id, number)
    yield f"{article_id}, sentence {number} ({sentence.role}):"
    yield f"  {phrases.one_line(sentence.text)}"
    by_sentence: dict[str, list[Any]] = {}
    for row in phrases.rows(result.attributions):
        by_sentence.setdefault(row.target_sentence, []).append(row)
    texts = {row.sentence_id: row for row in phrases.rows(result.sentences)}
    yield from _steps(by_sentence, texts, sentence.sentence_id, "  ")
    made = by_sentence.get(sentence.sentence_id, [])
    if all(phrases.is_missing(row.source_id) for row in made):
        yield from _also_in(result, sentence)


def _also_in(result: Lineage, sentence: Any) -> Iterator[str]:
    """Tell of other texts that have a long run of a sentence's words.

    Two reports of one event can have it from the same mouth, so that it makes no source.
    """
    wanted = words.split_words(sentence.text).words
    for row in phrases.rows(result.articles):
        if row.article_id == sentence.article_id or phrases.is_missing(row.text):
            continue
        cut = words.split_words(row.text)
        runs = align.matching_blocks(cut.words, wanted)
        start, _, n = max(runs, key=lambda run: run[2], default=(0, 0, 0))
        if n >= MIN_ALSO:
            place = slice(int(cut.starts[start]), int(cut.ends[start + n - 1]))
            yield (
                f"  {n} of its words are also in {row.article_id}, but not as its source: "
                f"“{_cut(row.text[place])}”"
            )


def _steps(
    by_sentence: Mapping[str, Sequence[Any]], sentences: Mapping[str, Any], name: str, indent: str
) -> Iterator[str]:
    """Tell what a sentence was made from, and that from what, up to its origin."""
    parts: dict[object, list[Any]] = {}
    for row in by_sentence.get(name, []):
        parts.setdefault(row.source_sentence, []).append(row)
    for row, *others in parts.values():
        if phrases.is_missing(row.source_id):
            told = "found in none of the other texts" if row.kind == "new" else "without a source"
            yield f"{indent}{row.kind}: {told}"
            continue
        yield (
            f"{indent}{row.kind}, from {row.source_id}: words {phrases.probability(row.lexical)}, "
            f"meaning {phrases.probability(row.semantic)}, "
            f"confidence {phrases.probability(row.confidence)}"
        )
        if phrases.is_missing(row.source_sentence):
            continue
        source, target = sentences[row.source_sentence], sentences[row.target_sentence]
        yield f"{indent}  {phrases.one_line(source.text)}"
        part = " … ".join(
            target.text[each.target_start - target.start : each.target_end - target.start]
            for each in (row, *others)
        )
        differing = _differing(source.text, part)
        if differing:
            yield f"{indent}  words: {differing}"
        if _is_changed(row):
            yield f"{indent}  changed: {phrases.one_line(row.changed_facts)}"
        above = [
            each
            for each in by_sentence.get(row.source_sentence, [])
            if not phrases.is_missing(each.source_id)
        ]
        if above:
            yield from _steps(by_sentence, sentences, row.source_sentence, f"{indent}  ")
        else:
            yield f"{indent}  origin: {row.source_id}, sentence {source.position + 1}"


def _differing(source: str, target: str) -> str:
    """The words that differ, as `[-only in the source-]` and `{+only in the target+}`."""
    segments = differences.word_differences(source, target)
    if all(each.kind == "same" for each in segments):
        return ""
    same = sum(each.kind == "same" for each in segments)
    if same == 0:
        return "all differ"
    return " ".join(
        differences.render_terminal(segments, source, target, colour=False, width=10**6).split()
    )


def _one_line(text: str, row: Any, numbers: Mapping[str, int]) -> str:
    source = phrases.text_or(row.source_id)
    if not phrases.is_missing(row.source_sentence):
        source = f"{source}, {numbers[row.source_sentence]}"
    words = _cut(text[row.target_start : row.target_end], LINE_CHARS)
    changed = f"  ({phrases.one_line(row.changed_facts)})" if _is_changed(row) else ""
    number = numbers[row.target_sentence]
    return f"  {number:>3}  {row.kind:11} {source:24} {words}{changed}"


def _is_changed(row: Any) -> bool:
    return not phrases.is_missing(row.changed_facts) and row.changed_facts != "none"


def _cut(text: str, length: int = QUOTE_CHARS) -> str:
    words = phrases.one_line(text)
    return words if len(words) <= length else words[: length - 1] + "…"


def pair(result: Lineage) -> Iterator[str]:
    """Tell the outcome of a trace of two texts, with its evidence.

    Parameters
    ----------
    result : Lineage
        Of two supplied articles.

    Yields
    ------
    str
    """
    row = phrases.rows(result.relations)[0]
    said = verdicts.of_pair(result.frames, result.settings).said
    yield f"{row.a} and {row.b}: {said}"
    if not phrases.is_missing(row.p_independent):
        yield (
            f"  one made from the other {phrases.probability(row.p_derived)}, a common source "
            f"{phrases.probability(row.p_shared_source)}, neither "
            f"{phrases.probability(row.p_independent)}"
        )
    yield (
        f"  shared words: {phrases.whole(row.shared_words)}; {phrases.percent(row.containment_a)} "
        f"of {row.a}, {phrases.percent(row.containment_b)} of {row.b}"
    )
    for edge in phrases.rows(result.all_edges):
        yield from edge_lines(result, edge, edge.target_id)
    for line in result.run["not_measured"]:
        yield f"  not measured: {line}"


def in_order(result: Lineage) -> list[Any]:
    """Return the supplied articles of a trace of two texts, the likelier source first.

    Parameters
    ----------
    result : Lineage

    Returns
    -------
    list of rows of the articles table
    """
    supplied = result.articles[result.articles["kind"] == "supplied"]
    rows = {row.article_id: row for row in phrases.rows(supplied)}
    edges = result.edges[result.edges["source_id"].isin(rows)]
    likeliest = edges.sort_values("p_edge", ascending=False, kind="stable").head(1)
    sources = set(likeliest["source_id"])
    return [rows[name] for name in sorted(rows, key=lambda name: (name not in sources, name))]


def checked(files: pd.DataFrame, articles: pd.DataFrame) -> Iterator[str]:
    """Tell what was read, and what of its form is worth knowing before a trace.

    Parameters
    ----------
    files : DataFrame
        One row a file: file, kind, n_articles.
    articles : DataFrame
        The articles that would be traced.

    Yields
    ------
    str
        A line.
    """
    for row in phrases.rows(files):
        yield f"{row.file}: {row.kind}, {phrases.counted(row.n_articles, 'article')}"
    for row in phrases.rows(articles):
        width = paragraphs.unwrapped_width(row.text)
        if width > 0:
            yield f"{row.article_id}: lines broken at {width} characters, joined for reading"
        sign = teasers.sign_of_teaser(row.text)
        if sign is not None:
            yield f"{row.article_id}: seems to be only the beginning of a story (“{sign}”)"
    dated = int(articles["published_at"].notna().sum())
    n_articles = phrases.counted(len(articles), "article")
    yield f"{n_articles} would be traced, {dated} with a date"
