"""The report's first paragraph: what was found, what was not measured, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ... import config
from .. import phrases
from . import finding, hidden_marks_words, origins
from .edge_rows import Edge
from .refs import Ref, Refs

MAX_NAMES = 6
# With more texts that were made from others, the list of edges has to do.
MAX_CLAIMS = 8
# Places of the figures that are there even if they are none: articles and kept edges.
_ALWAYS = (0, 2)
# What an encoder is called in the configuration when there is none.
LEXICAL = "lexical"


@dataclass(frozen=True)
class Claim:
    """What one text was made from: edges by how their claim is worded, the likeliest first.

    Without a target it is about a pair whose direction is not decided.
    """

    target: Ref | None
    parts: tuple[tuple[str, tuple[Edge, ...]], ...]


@dataclass(frozen=True)
class Summary:
    """The beginning of the page.

    Attributes
    ----------
    title : str
    finding : str
        How many origins the texts have, in one sentence; of two texts of which no more is
        known than that they are related, that.
    paragraph : tuple of str
        Sentences.
    claims : tuple of Claim
        What each text was made from; empty where there are too many to be listed.
    encoder : str
        How sentences were compared, in a sentence.
    figures : tuple of (str, str)
        Number and what it counts; but for articles and edges nothing is counted as none.
    uncertain, not_measured, hidden, limits, problems : tuple of str
        One line each; empty where there is nothing to say.
    """

    title: str
    finding: str
    paragraph: tuple[str, ...]
    claims: tuple[Claim, ...]
    encoder: str
    figures: tuple[tuple[str, str], ...]
    uncertain: tuple[str, ...]
    not_measured: tuple[str, ...]
    hidden: tuple[str, ...]
    limits: tuple[str, ...]
    problems: tuple[str, ...]


def summary(
    tables: Mapping[str, pd.DataFrame],
    run: Mapping[str, Any],
    refs: Refs,
    edges: Sequence[Edge],
    found: origins.Origins,
) -> Summary:
    """Sum up a run.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables of a run.
    run : mapping
        What run.json holds; ``encoder``, ``not_measured``, ``limits_hit``, ``problems``
        are used where they are there.
    refs : Refs
        All articles.
    edges : sequence of Edge
        All edges, worded.
    found : Origins
        From `origins.find`.

    Returns
    -------
    Summary
    """
    articles = tables["articles"]
    supplied = articles[articles["kind"] == "supplied"]
    copies = supplied["duplicate_of"].notna()
    n_stories = supplied["story_id"].nunique(dropna=True)
    kept = [edge for edge in edges if edge.status == "kept"]
    undecided_edges = [edge for edge in kept if not edge.is_decided]
    absent = [ref for ref in refs if ref.is_absent]
    outcome = tables["relations"]["outcome"]
    n_independent = int((outcome == "independent").sum())
    n_undecided = int((outcome == "undecided").sum())
    size = phrases.counted(len(supplied), "article")
    figures = (
        (phrases.whole(len(supplied)), "article" if len(supplied) == 1 else "articles"),
        (phrases.whole(n_stories), "story" if n_stories == 1 else "stories"),
        (phrases.whole(len(kept)), "kept edge" if len(kept) == 1 else "kept edges"),
        (
            phrases.whole(len(undecided_edges)),
            "of them without a decided direction",
        ),
        (phrases.whole(len(absent)), "absent source" if len(absent) == 1 else "absent sources"),
        (phrases.whole(n_independent), _pairs(n_independent, "independent")),
        (phrases.whole(n_undecided), _pairs(n_undecided, "undecided")),
    )
    paragraph = [_made_from(kept, size, supplied)]
    paragraph += _not_supplied(absent)
    loose = n_independent + n_undecided
    if loose:
        paragraph.append(_loose(n_independent, n_undecided))
    if copies.any():
        paragraph.append(_copies(int(copies.sum())))
    return Summary(
        f"Lineage of {size}",
        finding.made(tables, kept)
        or finding.pair(tables, found, kept)
        or finding.sentence(found, len(supplied), finding.headlines(tables, refs)),
        tuple(paragraph),
        claims(kept),
        _encoder(run),
        tuple(
            (number, what)
            for place, (number, what) in enumerate(figures)
            if number != "0" or place in _ALWAYS
        ),
        finding.uncertain(tables, refs, edges),
        _not_measured(tables, run),
        _hidden(run, refs),
        _lines(run.get("limits_hit")),
        _lines(run.get("problems")),
    )


def claims(kept: Sequence[Edge]) -> tuple[Claim, ...]:
    """Put together what is said of each text.

    Parameters
    ----------
    kept : sequence of Edge

    Returns
    -------
    tuple of Claim
        By target in the order of the edges, then pairs without a direction; empty if there
        are more than `MAX_CLAIMS`.
    """
    found: dict[str, dict[str, list[Edge]]] = {}
    open_pairs = []
    for edge in kept:
        if edge.is_decided:
            by_words = found.setdefault(edge.target.letter, {})
            by_words.setdefault(edge.claim, []).append(edge)
        else:
            open_pairs.append(Claim(None, ((edge.claim, (edge,)),)))
    made = []
    for by_words in found.values():
        parts = sorted(by_words.items(), key=lambda part: part[1][0].relation == "quote")
        target = parts[0][1][0].target
        made.append(Claim(target, tuple((words, tuple(edges)) for words, edges in parts)))
    listed = (*made, *open_pairs)
    return listed if len(listed) <= MAX_CLAIMS else ()


def _pairs(number: int, kind: str) -> str:
    return f"{kind} pair" if number == 1 else f"{kind} pairs"


def _made_from(kept: Sequence[Edge], size: str, supplied: pd.DataFrame) -> str:
    if len(supplied) == 0:
        return "No article was supplied."
    made = [edge for edge in kept if edge.is_decided and not edge.source.is_absent]
    sure = {edge.target.letter for edge in made if "possibly" not in edge.claim}
    unsure = {edge.target.letter for edge in made} - sure
    parts = []
    for targets, likelihood in ((sure, "probably"), (unsure, "possibly")):
        if targets:
            verb = "was" if len(targets) == 1 else "were"
            parts.append(f"{len(targets):,} of {size} {verb} {likelihood} made from another text")
    undecided = [edge for edge in kept if not edge.is_decided]
    if undecided:
        pairs_said = phrases.counted(len(undecided), "pair")
        verb = "is" if len(undecided) == 1 else "are"
        parts.append(f"{pairs_said} {verb} related, but which came first is not decided")
    return (
        "; ".join(parts) + "."
        if parts
        else f"Among {size}, none was found to be made from another."
    )


def _loose(n_independent: int, n_undecided: int) -> str:
    parts = []
    if n_independent:
        verb = "was" if n_independent == 1 else "were"
        pairs_said = phrases.counted(n_independent, "pair")
        parts.append(f"{pairs_said} of texts {verb} probably written independently")
    if n_undecided:
        verb = "is" if n_undecided == 1 else "are"
        said = phrases.counted(n_undecided, "pair")
        parts.append(f"how {said} {verb} related is not decided")
    said = "; ".join(parts) + "."
    return said[0].upper() + said[1:]


def _not_supplied(absent: Sequence[Ref]) -> list[str]:
    """Name the sources that are not here: those that texts credit, and those that nobody names."""
    named = [ref.name for ref in absent if not phrases.is_unnamed(ref.row)]
    n_unnamed = len(absent) - len(named)
    said = [f"Credited but not supplied: {_listed(named)}."] if named else []
    if n_unnamed == 1:
        said.append("Some texts probably go back to a source that nobody names.")
    elif n_unnamed > 1:
        said.append(f"Some texts probably go back to {n_unnamed:,} sources that nobody names.")
    return said


def _copies(number: int) -> str:
    if number == 1:
        return "1 text is an exact duplicate of another and is shown with it."
    return f"{number:,} texts are exact duplicates of others and are shown with them."


def _listed(names: Sequence[str]) -> str:
    if len(names) > MAX_NAMES:
        return f"{', '.join(names[:MAX_NAMES])} and {len(names) - MAX_NAMES:,} more"
    return ", ".join(names)


def _encoder(run: Mapping[str, Any]) -> str:
    name = encoder_name(run)
    if name is None:
        return "The record of the run does not say which sentence encoder was used."
    if name == LEXICAL:
        return (
            "Lexical mode: no sentence encoder was used, so sentences were matched by their words "
            "alone and a retelling in other words can be missed."
        )
    return f"Sentences were compared by their words and with the encoder {name}."


def encoder_name(run: Mapping[str, Any]) -> str | None:
    """Return the encoder that a run names: ``lexical`` for none, None where it is silent."""
    if "encoder" not in run:
        return None
    encoder = run["encoder"]
    if isinstance(encoder, Mapping):
        encoder = encoder.get("name", LEXICAL if encoder.get("mode") == LEXICAL else None)
    shown = phrases.one_line(phrases.text_or(encoder, LEXICAL))
    return LEXICAL if shown.lower() in (LEXICAL, "none") else shown


def _not_measured(tables: Mapping[str, pd.DataFrame], run: Mapping[str, Any]) -> tuple[str, ...]:
    lines = list(_lines(run.get("not_measured")))
    if encoder_name(run) == LEXICAL:
        lines.insert(0, "Similarity of meaning: no sentence encoder was used.")
    supplied = tables["articles"][tables["articles"]["kind"] == "supplied"]
    n_undated = int(supplied["published_at"].isna().sum())
    if n_undated:
        lines.append(
            f"Date of publication: not known for {n_undated:,} of {len(supplied):,} articles."
        )
    attributed = set(tables["attributions"]["target_id"])
    texts = supplied[supplied["duplicate_of"].isna()]["article_id"]
    n_unattributed = sum(article_id not in attributed for article_id in texts)
    if n_unattributed:
        said = phrases.counted(n_unattributed, "article")
        lines.append(f"Sentences: those of {said} were not traced.")
    return tuple(lines)


def _hidden(run: Mapping[str, Any], refs: Refs) -> tuple[str, ...]:
    names = {str(ref.row.article_id): ref.name for ref in refs}
    return hidden_marks_words.lines(run.get("hidden_marks") or (), names)


def _lines(value: Any) -> tuple[str, ...]:
    """Word a list of a run record: texts, or mappings of file, row and problem."""
    if value is None:
        return ()
    if isinstance(value, str | Mapping):
        value = [value]
    return tuple(_worded(item) for item in value)


def _worded(item: Any) -> str:
    if not isinstance(item, Mapping):
        return phrases.one_line(str(item))
    place = phrases.text_or(item.get("file"), "")
    if not phrases.is_missing(item.get("row")):
        place += f", row {item['row']}"
    said = phrases.text_or(item.get("problem"), "")
    if place and said:
        return phrases.one_line(f"{place}: {said}")
    return phrases.one_line(", ".join(f"{key}: {value}" for key, value in item.items()))


def settings(run: Mapping[str, Any]) -> config.TraceConfig:
    """Return the settings of a run as far as its record has those that the page needs."""
    recorded = run.get("config")
    if not isinstance(recorded, Mapping):
        return phrases.SETTINGS
    known = {name: recorded[name] for name in ("arrow", "decided") if name in recorded}
    return config.from_dict(known)
