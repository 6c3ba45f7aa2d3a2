"""What became of somebody's quoted words: kept, shortened, altered, introduced, reported."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from .. import align
from ..text import quotes, words
from .grammar import Change

# A quote of which this share of words stands in another's order is the same, altered.
MIN_ALTERED = 0.5
# Of words without quotation marks so many have to agree; person and tense change.
MIN_REPORTED = 0.5
# What a word between two of the quote's costs, in words.
GAP = 0.25
# Of a quote that the sentence lacks, when so many of its words stand elsewhere in the text,
# it is told there.
TOLD_SHARE = 0.9
_MARK = re.compile("[\"“”„‟«»「」『』‘`]|''|’’")


@dataclass(frozen=True)
class Quoted:
    """A sentence's words, and which of them somebody is quoted with.

    Attributes
    ----------
    text : str
    words : Words
    spans : tuple of tuple of int
        Half-open spans of words.
    """

    text: str
    words: words.Words
    spans: tuple[tuple[int, int], ...]

    def shown(self, first: int, after: int) -> str:
        """Return the supplied text of words ``[first, after)``, white space made single."""
        start, end = int(self.words.starts[first]), int(self.words.ends[after - 1])
        return " ".join(self.text[start:end].split())


def find(text: str, quoted: Sequence[tuple[int, int]] | None = None) -> Quoted | None:
    """Find the quotes of a sentence.

    Parameters
    ----------
    text : str
    quoted : sequence of tuple of int, optional
        Spans of characters that are quoted, where the text around tells more than the
        sentence alone.

    Returns
    -------
    Quoted or None
        None where nothing is quoted.
    """
    if quoted is None:
        if _MARK.search(text) is None:
            return None
        quoted = quotes.quoted_spans(text)
    if not quoted:
        return None
    cut = words.split_words(text)
    spans = []
    for start, end in quoted:
        first = int((cut.ends <= start).sum())
        after = int((cut.starts < end).sum())
        if after - first >= quotes.MIN_QUOTED_WORDS:
            spans.append((first, after))
    return Quoted(text, cut, tuple(spans)) if spans else None


def compare(
    target: str,
    sources: Sequence[str],
    in_target: Quoted | None,
    in_sources: Sequence[Quoted | None],
    told_elsewhere: Set[str],
) -> list[Change]:
    """Say what became of each quote.

    Parameters
    ----------
    target : str
    sources : sequence of str
    in_target : Quoted or None
    in_sources : sequence of Quoted or None
        One for each of `sources`.
    told_elsewhere : set of str
        Words of the target's text.

    Returns
    -------
    list of Change
        Of kind ``quote``; nothing for a quote that was kept.
    """
    if in_target is None and not any(in_sources):
        return []
    changes = []
    used: set[tuple[int, tuple[int, int]]] = set()
    for span in in_target.spans if in_target is not None else ():
        assert in_target is not None
        mine = in_target.words.words[span[0] : span[1]]
        shown = in_target.shown(*span)
        best = _nearest(mine, in_sources)
        if best is not None and best[0] >= MIN_ALTERED:
            _, number, place, theirs = best
            used.add((number, place))
            if theirs == mine:
                continue
            source = in_sources[number]
            assert source is not None
            grade = "shortened" if _is_inside(mine, theirs) else "altered"
            changes.append(Change("quote", source.shown(*place), shown, grade))
            continue
        stretch = _stretch(mine, sources)
        if stretch is not None:
            changes.append(Change("quote", stretch, shown, "introduced"))
        else:
            changes.append(Change("quote", None, shown, "added"))
    for number, source in enumerate(in_sources):
        for place in source.spans if source is not None else ():
            if (number, place) in used:
                continue
            assert source is not None
            theirs = source.words.words[place[0] : place[1]]
            if in_target is not None and any(
                _is_inside(in_target.words.words[a:b], theirs) for a, b in in_target.spans
            ):
                continue
            stretch = _stretch(theirs, [target])
            if stretch is not None:
                changes.append(Change("quote", source.shown(*place), stretch, "reported"))
            elif sum(word in told_elsewhere for word in theirs) < TOLD_SHARE * len(theirs):
                changes.append(Change("quote", source.shown(*place), None, "omitted"))
    return changes


def _nearest(
    mine: tuple[str, ...], sources: Sequence[Quoted | None]
) -> tuple[float, int, tuple[int, int], tuple[str, ...]] | None:
    best: tuple[float, int, tuple[int, int], tuple[str, ...]] | None = None
    for number, source in enumerate(sources):
        for span in source.spans if source is not None else ():
            assert source is not None
            theirs = source.words.words[span[0] : span[1]]
            same = sum(n for _, _, n in align.matching_blocks(theirs, mine))
            # A shortened quote has all its words there.
            share = same / min(len(mine), len(theirs))
            if theirs == mine:
                share = 2.0
            if best is None or share > best[0]:
                best = (share, number, span, theirs)
    return best


def _is_inside(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether all words of `mine` stand in `theirs` in their order, some left out."""
    following = iter(theirs)
    return len(mine) < len(theirs) and all(word in following for word in mine)


def _stretch(mine: tuple[str, ...], texts: Sequence[str]) -> str | None:
    """The stretch of a text that has most of these words in order, if there is one."""
    for text in texts:
        cut = words.split_words(text)
        same = {
            place
            for start, _, n in align.matching_blocks(cut.words, mine)
            for place in range(start, start + n)
        }
        first, after = _densest([1.0 if k in same else -GAP for k in range(len(cut.words))])
        if sum(first <= k < after for k in same) >= MIN_REPORTED * len(mine):
            return Quoted(text, cut, ()).shown(first, after)
    return None


def _densest(worth: Sequence[float]) -> tuple[int, int]:
    """The contiguous part of largest sum, the first and shortest of equals."""
    most, found = 0.0, (0, 0)
    total, first = 0.0, 0
    for k, each in enumerate(worth):
        if total <= 0:
            total, first = 0.0, k
        total += each
        if total > most:
            most, found = total, (first, k + 1)
    return found
