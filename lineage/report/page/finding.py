"""What was found, in one plain sentence, and what of it is uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import phrases
from ..drawing import box_labels
from . import article_text, edge_rows, origins
from .refs import Refs

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
# So many origins are named in the sentence; the story part of the page lists all.
MAX_NAMED = 3
# A kept edge below this is said to be uncertain, and so is a parent that was nearly another.
SURE = 0.9
# From this probability on two texts are said to be related.
LIKELY = 0.5
RIVAL = 0.1
_TWO = ("source", "target")
MAX_LINES = 8


def sentence(
    found: origins.Origins, n_texts: int, headlines: Mapping[str, str] | None = None
) -> str:
    """Say how many origins the texts have and what became of each.

    Parameters
    ----------
    found : Origins
    n_texts : int
        Supplied texts.
    headlines : mapping of str to str, optional
        By article id, in quotation marks: what a first report without an outlet is called.

    Returns
    -------
    str
        The numbers in it add up to `n_texts`.
    """
    if n_texts == 0:
        return "No text was supplied."
    if n_texts == 1:
        return "One text: there is nothing to compare it with."
    parts: list[str] = []
    several = [origin for origin in found.shared if origin.texts]
    for origin in several[:MAX_NAMED]:
        come = _come(len(origin.texts), n_texts, is_first=not parts)
        parts.append(f"{come} from {_root(origin, headlines or {})}")
    rest = several[MAX_NAMED:]
    if rest:
        size = sum(len(origin.texts) for origin in rest)
        parts.append(f"{_come(size, n_texts, is_first=False)} from {number(len(rest))} more")
    n_mixed = sum(len(mixed.texts) for mixed in found.mixed)
    if n_mixed:
        verb = "was" if n_mixed == 1 else "were"
        parts.append(f"{number(n_mixed)} {verb} put together from several of these")
    if found.independent:
        n = len(found.independent)
        whose = "both" if n == n_texts == 2 else number(n)
        parts.append(f"{whose} {'was' if n == 1 else 'were'} written independently")
    if len(found.unrelated) == n_texts:
        between = "them" if n_texts == 2 else "any of them"
        parts.append(f"no link was found between {between}")
    elif found.unrelated:
        n = len(found.unrelated)
        parts.append(f"{number(n)} {'shows' if n == 1 else 'show'} no link to the others")
    if found.open:
        parts.append(f"{number(len(found.open))} could not be placed")
    texts_said = f"{number(n_texts).capitalize()} texts"
    origins_said = f"{number(found.n_origins)} {'origin' if found.n_origins == 1 else 'origins'}"
    listed = "; ".join(parts) if any("," in part for part in parts) else phrases.listed(parts)
    # A text whose pairs are open may share an origin with another after all.
    hedge = "up to" if found.open else "probably"
    return f"{texts_said}, {hedge} {origins_said}: {listed}."


def number(count: int) -> str:
    """Word a small number, write a large one in figures."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _come(count: int, n_texts: int, *, is_first: bool) -> str:
    """Word how many of all texts come from somewhere."""
    if count == n_texts:
        return "both come" if count == 2 else f"all {number(count)} come"
    verb = "comes" if count == 1 else "come"
    return (
        f"{number(count)} of the {number(n_texts)} {verb}"
        if is_first
        else f"{number(count)} {verb}"
    )


def _root(origin: origins.Origin, headlines: Mapping[str, str]) -> str:
    if origin.root is None or phrases.is_unnamed(origin.root.row):
        return "one source that was not supplied"
    row = origin.root.row
    if origin.root.is_absent:
        return f"one {_short(origin.root.label)} report that was not supplied"
    here = f"({origin.root.letter}, which you supplied)"
    if phrases.text_or(row.outlet, ""):
        return f"one {_short(origin.root.label)} report {here}"
    # An id tells an editor nothing.
    agency = phrases.one_line(phrases.text_or(row.origin_agency, ""))
    headline = headlines.get(str(row.article_id), "")
    return f"one {agency + ' ' if agency else ''}text, {headline or origin.root.label} {here}"


def _short(outlet: str) -> str:
    """Return an outlet as it stands before a noun: one Times report."""
    return outlet.removeprefix("The ")


def made(tables: Mapping[str, pd.DataFrame], kept: Sequence[edge_rows.Edge]) -> str | None:
    """Say of two texts which was made from which.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles`` is used.
    kept : sequence of Edge
        Worded.

    Returns
    -------
    str or None
        None for more texts or fewer, and where the direction of the edge is not known.
    """
    n_texts = int((tables["articles"]["kind"] == "supplied").sum())
    between = [edge for edge in kept if edge.is_decided and not edge.source.is_absent]
    if n_texts != len(_TWO) or len(between) != 1:
        return None
    (edge,) = between
    source = f"{edge.source.letter}, {edge.source.name}"
    return f"{edge.target.letter}, {edge.target.name}, {edge.claim} {source}."


def pair(
    tables: Mapping[str, pd.DataFrame], found: origins.Origins, kept: Sequence[edge_rows.Edge]
) -> str | None:
    """Say of two related texts that no more than that is known.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``articles`` and ``relations`` are used.
    found : Origins
    kept : sequence of Edge
        Worded.

    Returns
    -------
    str or None
        With the probability that it is so; None for more texts or fewer, for two that are
        probably not related, and where it is known which came first or what both come from.
    """
    articles = tables["articles"]
    texts = set(articles.loc[articles["kind"] == "supplied", "article_id"])
    rows = [row for row in phrases.rows(tables["relations"]) if {row.a, row.b} == texts]
    if len(texts) != 2 or not rows or phrases.is_missing(rows[0].p_independent):
        return None
    row = rows[0]
    p_link = 1.0 - float(row.p_independent)
    if p_link < LIKELY or float(row.p_shared_source) >= SURE:
        return None
    if any(edge.direction == "decided" and not edge.source.is_absent for edge in kept):
        return None
    roots = [origin.root for origin in found.shared if origin.root is not None]
    if any(root.is_absent and not phrases.is_unnamed(root.row) for root in roots):
        return None
    return (
        "One was made from the other, or both from a text that was not supplied: probability "
        f"{phrases.probability(p_link)} (one from the other "
        f"{phrases.probability(row.p_derived)}, both from a third "
        f"{phrases.probability(row.p_shared_source)})."
    )


def headlines(tables: Mapping[str, pd.DataFrame], refs: Refs) -> dict[str, str]:
    """Return the headline of each text, or else its first words, in quotation marks."""
    openings = box_labels.openings(tables["sentences"])
    found = {}
    for ref in refs:
        article_id = str(ref.row.article_id)
        title = phrases.text_or(ref.row.title, "") or openings.get(article_id, ref.row.text)
        found[article_id] = box_labels.first_words(title)
    return found


def uncertain(
    tables: Mapping[str, pd.DataFrame], refs: Refs, worded: Sequence[edge_rows.Edge]
) -> tuple[str, ...]:
    """List what a reader should not rely on.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``edges``, ``relations`` and ``attributions`` are used.
    refs : Refs
        All articles.
    worded : sequence of Edge
        All edges, worded.

    Returns
    -------
    tuple of str
        One line each; of many the least sure, and how many there are.
    """
    rows = {(row.source_id, row.target_id): row for row in phrases.rows(tables["edges"])}
    doubts = [doubt for edge in worded for doubt in _of_edge(edge, rows)]
    shown = [doubt.words for doubt in doubts]
    if len(doubts) > MAX_LINES:
        weakest = sorted(doubts, key=lambda doubt: doubt.p)[:MAX_LINES]
        kept = {id(doubt) for doubt in weakest}
        shown = [doubt.words for doubt in doubts if id(doubt) in kept]
        shown.insert(0, _counts(doubts))
    undecided = tables["relations"]["outcome"] == "undecided"
    if undecided.any():
        said = phrases.counted(int(undecided.sum()), "pair")
        first = phrases.rows(tables["relations"][undecided])[:3]
        names = "; ".join(_pair(refs, row) for row in first)
        dots = "; …" if int(undecided.sum()) > len(first) else "."
        shown.append(
            "Whether one was made from the other or both from a third text is not decided for "
            f"{said}: {names}{dots}"
        )
    sourced = tables["attributions"][tables["attributions"]["source_id"].notna()]
    doubtful = int((sourced["confidence"].fillna(0.0) < article_text.DOUBTFUL_BELOW).sum())
    if doubtful:
        shown.append(
            f"The source of {doubtful:,} of {len(sourced):,} traced passages is doubtful "
            "(marked with a question mark)."
        )
    return tuple(shown)


def _pair(refs: Refs, row: Any) -> str:
    names = " and ".join(refs.of(end, "relations").name for end in (row.a, row.b))
    if phrases.is_missing(row.p_independent):
        return names
    return f"{names} (related {phrases.probability(1.0 - float(row.p_independent))})"


@dataclass(frozen=True)
class _Doubt:
    """What is uncertain of one edge."""

    words: str
    p: float
    is_rival: bool
    is_weak: bool
    is_turned: bool
    is_alike: bool


def _of_edge(edge: edge_rows.Edge, rows: Mapping[tuple[str, str], Any]) -> list[_Doubt]:
    row = rows[str(edge.source.row.article_id), str(edge.target.row.article_id)]
    p = 1.0 if phrases.is_missing(row.p_edge) else float(row.p_edge)
    source = f"{edge.source.letter} {edge.source.name}"
    target = f"{edge.target.letter} {edge.target.name}"
    if edge.status == "runner_up" and not phrases.is_missing(row.p_edge) and p >= RIVAL:
        beside = f", {edge.alike}" if edge.alike else ""
        words = f"{target}: another possible source is {source} (direct {edge.p_edge}{beside})."
        return [_Doubt(words, 1 - p, is_rival=True, is_weak=False, is_turned=False, is_alike=False)]
    if edge.status != "kept":
        return []
    said = []
    if p < SURE and edge.source.is_absent:
        said.append(f"probability {edge.p_edge}")
    elif p < SURE:
        said.append(f"related with probability {edge.p_link}, directly with {edge.p_edge}")
    if edge.alike:
        said.append(f"the source is {edge.alike}")
    if not edge.is_decided:
        said.append("which came first is not decided")
    elif edge.direction == "likely":
        said.append(f"the direction is likely ({edge.p_direction}), not decided")
    is_turned = not phrases.is_missing(row.lag_s) and float(row.lag_s) < 0
    if is_turned:
        said.append(f"the dates say otherwise ({edge.lag})")
    if not said:
        return []
    words = f"{target}, {_made_from(edge)} {source}: {'; '.join(said)}."
    return [
        _Doubt(
            words,
            p,
            is_rival=False,
            is_weak=p < SURE,
            is_turned=edge.direction != "decided",
            is_alike=edge.alike != "",
        )
    ]


def _made_from(edge: edge_rows.Edge) -> str:
    if edge.relation == "quote":
        return "which credits" if edge.source.is_absent else "with quoted words from"
    if edge.source.is_absent:
        return "which goes back to"
    return "made from" if edge.is_decided else "made from, or the source of,"


def _counts(doubts: Sequence[_Doubt]) -> str:
    """Say how many there are of each kind, where not all are listed."""
    n_weak = sum(doubt.is_weak for doubt in doubts)
    n_turned = sum(doubt.is_turned for doubt in doubts)
    n_rivals = sum(doubt.is_rival for doubt in doubts)
    n_alike = sum(doubt.is_alike for doubt in doubts)
    said = []
    if n_weak:
        said.append(f"{phrases.counted(n_weak, 'edge')} with a probability below {SURE:g}")
    if n_turned:
        said.append(f"{phrases.counted(n_turned, 'direction')} not decided or only likely")
    if n_alike:
        said.append(f"{phrases.counted(n_alike, 'source')} that other texts match")
    if n_rivals:
        said.append(f"{phrases.counted(n_rivals, 'other possible source')}")
    return f"There are {phrases.listed(said)}; the least sure of them:"
