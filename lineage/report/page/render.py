"""The report: one HTML file that needs no network, made from the tables of a run."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd

from .. import phrases
from ..drawing import box_labels
from . import (
    article_text,
    edge_rows,
    facts_to_check,
    first_screen,
    method,
    next_best,
    origins,
    pair_rows,
    sides,
    summary,
    svg_picture,
    timeline,
)
from .refs import PALETTE, Ref, Refs

if TYPE_CHECKING:
    import jinja2

# So many doubts and credits stand on the first screen; the others are folded or further down.
MAX_DOUBTS = 4
MAX_CREDITS = 4
# With more articles, what is folded is made part of the page when it is opened.
MAX_AT_ONCE = 40
# Longer lists of edges are cut, and say by how much; edges.csv has all.
MAX_EDGES = 500
# In a page of more than MAX_AT_ONCE articles, lists of edges that were not kept.
MAX_REST = 150
# About 20 MB of page; browsers are slow with more.
MAX_ARTICLES = 500

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def render(tables: Mapping[str, pd.DataFrame], run: Mapping[str, Any]) -> str:
    """Write the report of a run.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        All tables of `lineage.tables.TABLES`.
    run : mapping
        What run.json holds. Used where they are there: ``encoder`` (a name, a mapping
        with ``name``, or None for lexical mode), ``not_measured`` and ``limits_hit``
        (lists of lines), ``problems`` (lines, or mappings of file, row and problem),
        ``config`` (``arrow``, ``decided``); all of it is shown at the end.

    Returns
    -------
    str
        HTML, with style, script and picture inside; the same for the same input.

    Raises
    ------
    TableError
        If a table names an article that is not there or the kept edges have a cycle.
    SpanError
        If a table points outside a text.
    """
    refs = Refs(tables, max_shown=MAX_ARTICLES)
    settings = summary.settings(run)
    is_large = len(refs) > MAX_AT_ONCE
    max_rest = MAX_REST if is_large else MAX_EDGES
    worded, others = edge_rows.worded(tables, refs, settings, max_listed=max_rest)
    kept = [edge for edge in worded if edge.status == "kept"]
    anchors = {
        (str(edge.source.row.article_id), str(edge.target.row.article_id)): (
            edge.anchor if number < MAX_EDGES else ""
        )
        for number, edge in enumerate(kept)
    }
    environment = _environment()
    style = environment.get_template("style.css").render(
        strokes=box_labels.STROKES, palette=PALETTE
    )
    script = environment.get_template("script.js").render()
    page = environment.get_template("report.html")
    rivals = {
        (str(edge.source.row.article_id), str(edge.target.row.article_id)): edge.anchor
        for edge in worded
        if edge.status == "runner_up" and edge.is_listed
    }
    drawn = svg_picture.picture(tables, refs, anchors, settings, rivals)
    found = origins.find(tables, refs)
    rest = _by_status(worded)
    shown = kept[:MAX_EDGES] + [edge for _, group, _ in rest for edge in group]
    sentence_anchors = _sentence_anchors(tables["sentences"], refs)
    first = first_screen.find(tables, refs, kept, sentence_anchors)
    articles = _articles(tables, refs, sentence_anchors)
    articles.sort(key=lambda one: _reading_order(one.ref, first, kept))
    sentences = tables["sentences"]
    quoted = set(sentences.loc[sentences["role"] == "quote", "sentence_id"])
    counted = [one for one in first.counts.values() if one.n_from]
    return (
        page.render(
            summary=summary.summary(tables, run, refs, worded, found),
            first=first,
            next_best=next_best.words(kept[:MAX_EDGES], worded, first.counts),
            origins=found,
            picture=drawn,
            picture_words=svg_picture.describe(drawn),
            kept=kept[:MAX_EDGES],
            n_kept=len(kept),
            rest=rest,
            others=others[:max_rest],
            n_others=len(others),
            readings=pair_rows.readings(tables["readings"], refs),
            outcomes=pair_rows.outcomes(tables["relations"], refs),
            n_not_compared=pair_rows.n_not_compared(tables["articles"], tables["relations"]),
            articles=articles,
            kinds=[kind for kind in article_text.KIND_MEANINGS if _has_kind(articles, kind)],
            timeline=timeline.timeline(refs),
            max_moments=timeline.MAX_MOMENTS,
            matrix=timeline.matrix(tables["relations"], refs),
            absent=timeline.absent(tables["evidence"], refs),
            method=method.facts(run),
            data=sides.script_json(
                {
                    **sides.data(
                        shown,
                        tables["attributions"],
                        () if is_large else (ref for ref in refs if not ref.is_absent),
                        () if is_large else ((one.source, one.target) for one in counted),
                        quoted,
                    ),
                    "lead": _lead(first),
                }
            ),
            is_large=is_large,
            refs=list(refs),
            signs=_signs(tables["attributions"]),
            record=_record(run),
            version=phrases.text_or(run.get("lineage"), ""),
            style=style,
            script=script,
            policy=_policy(style, script),
            settings=settings,
            relation_meanings=box_labels.RELATION_MEANINGS,
            n_texts=sum(not ref.is_absent for ref in refs),
            max_doubts=MAX_DOUBTS,
            max_credits=MAX_CREDITS,
            doubtful=article_text.DOUBTFUL_BELOW,
            bar_width=edge_rows.BAR_WIDTH,
            circle=box_labels.CIRCLE,
        )
        + "\n"
    )


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("lineage.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = phrases.text_or
    environment.filters["unnamed"] = phrases.is_unnamed
    environment.filters["whole"] = phrases.whole
    environment.filters["web_address"] = web_address
    environment.filters["language"] = language
    environment.filters["published"] = published
    environment.globals["counted"] = phrases.counted
    environment.globals["groups"] = facts_to_check.GROUPS
    return environment


def _by_status(worded: list[edge_rows.Edge]) -> list[tuple[str, list[edge_rows.Edge], int]]:
    titles = {
        "runner_up": "Runners-up: possible sources that another source beat",
        "explained_away": "Explained away: similarities that other edges account for",
        "below_threshold": "Below the threshold: too weak to keep",
        "credited": "Credited: sources that a text names and that nothing else here goes back to",
    }
    groups = [
        (title, [edge for edge in worded if edge.status == status])
        for status, title in titles.items()
    ]
    return [
        (title, [edge for edge in group if edge.is_listed], len(group))
        for title, group in groups
        if group
    ]


def _sentence_anchors(sentences: pd.DataFrame, refs: Refs) -> dict[str, str]:
    anchors = {str(ref.row.article_id): ref.anchor for ref in refs if ref.anchor}
    numbers: Counter[str] = Counter()
    found = {}
    for row in phrases.rows(sentences.sort_values("position", kind="stable")):
        article_id = str(row.article_id)
        if article_id in anchors:
            numbers[article_id] += 1
            found[str(row.sentence_id)] = f"{anchors[article_id]}-{numbers[article_id]}"
    return found


def _lead(first: first_screen.FirstScreen) -> list[str]:
    """Letters of the two texts that stand side by side at first."""
    if first.counted is None:
        return []
    return [first.counted.target.letter, first.counted.source.letter]


def _reading_order(
    ref: Ref, first: first_screen.FirstScreen, kept: Sequence[edge_rows.Edge]
) -> int:
    """The text that a reader will ask about, then its sources, then all others."""
    if ref is first.lead:
        return 0
    is_source = first.counted is not None and ref is first.counted.source
    is_source |= any(edge.source is ref and edge.target is first.lead for edge in kept)
    return 1 if is_source else 2


def _articles(
    tables: Mapping[str, pd.DataFrame], refs: Refs, anchors: Mapping[str, str]
) -> list[article_text.Article]:
    cut: dict[str, list[Any]] = {}
    for row in phrases.rows(tables["sentences"].sort_values("position", kind="stable")):
        cut.setdefault(row.article_id, []).append(row)
    traced: dict[str, list[Any]] = {}
    order = ["target_start", "source_id", "source_start"]
    for row in phrases.rows(_with_edges(tables).sort_values(order)):
        traced.setdefault(row.target_id, []).append(row)
    return [
        article_text.article(
            ref, refs, cut.get(ref.row.article_id, []), traced.get(ref.row.article_id, []), anchors
        )
        for ref in refs
        if ref.anchor
    ]


def _with_edges(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Attributions with a column that says whether an edge was kept between the two texts.

    A sentence names the text that it stands in, whatever became of the edge.
    """
    kept = tables["edges"][tables["edges"]["status"] == "kept"]
    joined = set(zip(kept["source_id"], kept["target_id"], strict=True))
    found = tables["attributions"]
    pairs = zip(found["source_id"], found["target_id"], strict=True)
    return found.assign(has_edge=[pair in joined for pair in pairs])


def _has_kind(articles: list[article_text.Article], kind: str) -> bool:
    return any(row.kind == kind for one in articles for row in one.compared)


def _signs(attributions: pd.DataFrame) -> list[tuple[str, str, str]]:
    there = set(attributions.loc[attributions["source_id"].notna(), "kind"])
    return [
        (sign, kind, article_text.KIND_MEANINGS[kind])
        for kind, sign in article_text.SIGNS.items()
        if kind in there and sign
    ]


def _record(run: Mapping[str, Any]) -> str:
    """Write the record, but for the versions that are no part of the method: run.json has them."""
    shown = {name: value for name, value in run.items() if name not in ("python", "packages")}
    return phrases.clean(json.dumps(shown, indent=2, ensure_ascii=False, default=str))


def _policy(style: str, script: str) -> str:
    """Allow this style and this script and nothing else, from here or from anywhere."""
    sources = {"style-src": style, "script-src": script}
    parts = [f"{name} 'sha256-{_digest(text)}'" for name, text in sources.items()]
    return "; ".join(["default-src 'none'", *parts, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def web_address(url: Any) -> str:
    """Return an address that a page may link to, or an empty text for any other."""
    if phrases.is_missing(url):
        return ""
    shown = phrases.clean(str(url)).strip()
    try:
        parts = urlsplit(shown)
    except ValueError:
        return ""
    return shown if parts.scheme in ("http", "https") and parts.netloc else ""


def language(code: Any) -> str:
    """Return a language code that HTML knows, or an empty text."""
    shown = phrases.text_or(code, "")
    return shown if _LANGUAGE.fullmatch(shown) else ""


def published(ref: Ref) -> str:
    """Word when an article was published and how that is known."""
    at = phrases.when(ref.row.published_at, ref.row.published_precision)
    if not at:
        return "date not known"
    how = {"given": "", "page": " (printed on the page)", "text": " (from the text)"}
    return at + how.get(phrases.text_or(ref.row.published_source), "")
