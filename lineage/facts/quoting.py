"""What became of somebody's quoted words: kept, shortened, altered, introduced, reported."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import rapidfuzz.fuzz

from ..text import align, quotes, words
from . import fact_settings
from .grammar import Change

# Words that come and go where quotes are joined, and change nothing.
_SLIGHT = frozenset("and but so well that then oh um you know i mean the a an".split())
# Who leaves one of these out turns what was said.
_TURNING = frozenset(
    "not no never none nobody nothing neither nor cannot can't don't doesn't didn't isn't aren't "
    "wasn't weren't won't wouldn't couldn't shouldn't hasn't haven't hadn't if unless maybe "
    "perhaps might hardly".split()
)
_PRONOUNS = frozenset(
    "i we you he she they it us them him her i'll we'll you'll he'll she'll they'll it'll i'm "
    "we're you're he's she's they're it's i've we've they've this that these those".split()
)
_SPELLINGS = (
    ("isation", "ization"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"),
    ("ours", "ors"), ("oured", "ored"), ("our", "or"), ("yse", "yze"), ("tre", "ter"),
    ("tres", "ters"), ("ogue", "og"), ("lled", "led"), ("lling", "ling"),
)  # fmt: skip
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

    def place(self, first: int, after: int) -> tuple[int, int]:
        """Return the span of words ``[first, after)`` in the text."""
        return int(self.words.starts[first]), int(self.words.ends[after - 1])

    def shown(self, first: int, after: int) -> str:
        """Return the supplied text of words ``[first, after)``, white space made single."""
        start, end = self.place(first, after)
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


@dataclass(frozen=True)
class Around:
    """What the two texts say beyond the sentences that are compared.

    Attributes
    ----------
    quoted_there : tuple of tuple of str
        Of each source text, the words of all that it quotes, in order.
    told_here : frozenset of str
        Words of the target's text.
    """

    quoted_there: tuple[tuple[str, ...], ...] = ()
    told_here: frozenset[str] = frozenset()


def compare(
    target: str,
    sources: Sequence[str],
    in_target: Quoted | None,
    in_sources: Sequence[Quoted | None],
    around: Around,
) -> list[Change]:
    """Say what became of each quote.

    Parameters
    ----------
    target : str
    sources : sequence of str
    in_target : Quoted or None
    in_sources : sequence of Quoted or None
        One for each of `sources`.
    around : Around

    Returns
    -------
    list of Change
        Of kind ``quote``; nothing for a quote that was kept.
    """
    if in_target is None and not any(in_sources):
        return []
    changes: list[Change] = []
    # Sentences of one quote stand together in one of the target.
    together = tuple(
        word
        for source in in_sources
        for first, after in (source.spans if source is not None else ())
        for word in (source.words.words[first:after] if source is not None else ())
    )
    used: set[tuple[int, tuple[int, int]]] = set()
    for span in in_target.spans if in_target is not None else ():
        assert in_target is not None
        mine = in_target.words.words[span[0] : span[1]]
        here = in_target.shown(*span), in_target.place(*span)
        best = _nearest(mine, in_sources)
        if best is not None and _is_one_quote(mine, best):
            used.add((best.source, best.place))
        is_one = best is not None and _is_one_quote(mine, best)
        grade = _became(mine, best.words) if best is not None and is_one else "added"
        # A quote may run on over sentences that this one was not made from.
        if grade not in (None, "shortened") and any(
            _is_run(mine, quoted) for quoted in (*around.quoted_there, together)
        ):
            continue
        if best is not None and is_one:
            source = in_sources[best.source]
            assert source is not None
            if grade is not None:
                at = (best.source, *source.place(*best.place))
                changes.append(
                    Change("quote", source.shown(*best.place), here[0], grade, at, here[1])
                )
            continue
        stretch = _stretch(mine, sources)
        if stretch is not None:
            number, said, place = stretch
            changes.append(Change("quote", said, here[0], "introduced", (number, *place), here[1]))
        else:
            changes.append(Change("quote", None, here[0], "added", None, here[1]))
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
            at = (number, *source.place(*place))
            stretch = _stretch(theirs, [target])
            if stretch is not None:
                _, said, told_at = stretch
                changes.append(Change("quote", source.shown(*place), said, "reported", at, told_at))
            elif sum(word in around.told_here for word in theirs) < fact_settings.TOLD_SHARE * len(
                theirs
            ):
                changes.append(Change("quote", source.shown(*place), None, "omitted", at))
    return changes


@dataclass(frozen=True)
class _Near:
    """The quote of a source that is nearest to one of the target."""

    n_same: int
    source: int
    place: tuple[int, int]
    words: tuple[str, ...]


def _nearest(mine: tuple[str, ...], sources: Sequence[Quoted | None]) -> _Near | None:
    best: tuple[float, _Near] | None = None
    for number, source in enumerate(sources):
        for span in source.spans if source is not None else ():
            assert source is not None
            theirs = source.words.words[span[0] : span[1]]
            same = sum(n for _, _, n in align.matching_blocks(theirs, mine))
            # A shortened quote has all its words there.
            share = 2.0 if theirs == mine else same / min(len(mine), len(theirs))
            if best is None or share > best[0]:
                best = share, _Near(same, number, span, theirs)
    return None if best is None else best[1]


def _is_one_quote(mine: tuple[str, ...], near: _Near) -> bool:
    """Whether two quotes are one, with other words or with fewer."""
    least, most = sorted((len(mine), len(near.words)))
    if near.n_same >= fact_settings.MIN_CUT * least:
        return True
    return near.n_same >= fact_settings.MIN_ALTERED * most


def _became(mine: tuple[str, ...], theirs: tuple[str, ...]) -> str | None:
    """Say what became of quoted words: None for kept, ``shortened``, or ``altered``."""
    ours, other = tuple(map(_plain, mine)), tuple(map(_plain, theirs))
    if ours == other:
        return None
    blocks = [block for block in align.matching_blocks(other, ours) if block[2] > 0]
    matched = {k for _, start, n in blocks for k in range(start, start + n)}
    new = {word for k, word in enumerate(ours) if k not in matched}
    if not blocks or new - _SLIGHT:
        return "contradicts" if _is_turned(ours, other) else "altered"
    first, after = blocks[0][0], blocks[-1][0] + blocks[-1][2]
    there = {k for start, _, n in blocks for k in range(start, start + n)}
    left_out = [other[k] for k in range(first, after) if k not in there]
    if set(left_out) & _TURNING:
        return "contradicts"
    return "shortened"


def _is_turned(ours: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotes are the same to the word, but for words set in place of others.

    Two reporters write down a speech in two ways; who changes a word of a quote leaves the
    rest as it is.
    """
    if abs(len(ours) - len(other)) > fact_settings.MAX_REPLACED:
        return False
    matcher = difflib.SequenceMatcher(None, other, ours, autojunk=False)
    changed = [each for each in matcher.get_opcodes() if each[0] != "equal"]
    if len(changed) != 1 or changed[0][0] != "replace":
        return False
    _, a, b, c, d = changed[0]
    was, became = set(other[a:b]) - _SLIGHT, set(ours[c:d]) - _SLIGHT
    if was <= _PRONOUNS or became <= _PRONOUNS:
        # "We will" and "the crew will" can be the same.
        return False
    if max(b - a, d - c) > fact_settings.MAX_REPLACED or not was or not became:
        return False
    # A slip of the keys is none of the speaker's, and "don't" is "do not".
    if bool(was & _TURNING) != bool(became & _TURNING):
        return True
    alike = rapidfuzz.fuzz.ratio(" ".join(sorted(was)), " ".join(sorted(became)))
    return alike < fact_settings.MIN_SLIP and not (was & _TURNING)


def _is_run(mine: tuple[str, ...], quoted: tuple[str, ...]) -> bool:
    """Whether these words run on in what a text quotes, but for slight ones."""
    ours, other = tuple(map(_plain, mine)), tuple(map(_plain, quoted))
    if set(ours) - set(other) - _SLIGHT:
        return False
    blocks = [block for block in align.matching_blocks(other, ours) if block[2] > 0]
    matched = {k for _, start, n in blocks for k in range(start, start + n)}
    if not blocks or {word for k, word in enumerate(ours) if k not in matched} - _SLIGHT:
        return False
    first, after = blocks[0][0], blocks[-1][0] + blocks[-1][2]
    there = {k for start, _, n in blocks for k in range(start, start + n)}
    return {other[k] for k in range(first, after) if k not in there} <= _SLIGHT


def _plain(word: str) -> str:
    """A word without what only spelling makes different: neighbour, realise, centre."""
    for tail, other in _SPELLINGS:
        if len(word) > len(tail) + 2 and word.endswith(tail):
            return word.removesuffix(tail) + other
    return word


def _is_inside(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether all words of `mine` stand in `theirs` in their order, some left out."""
    following = iter(theirs)
    return len(mine) < len(theirs) and all(word in following for word in mine)


def _stretch(
    mine: tuple[str, ...], texts: Sequence[str]
) -> tuple[int, str, tuple[int, int]] | None:
    """The stretch of a text that has most of these words in order, if there is one."""
    for number, text in enumerate(texts):
        cut = words.split_words(text)
        same = {
            place
            for start, _, n in align.matching_blocks(cut.words, mine)
            for place in range(start, start + n)
        }
        first, after = _densest(
            [1.0 if k in same else -fact_settings.GAP for k in range(len(cut.words))]
        )
        if sum(first <= k < after for k in same) >= fact_settings.MIN_REPORTED * len(mine):
            found = Quoted(text, cut, ())
            return number, found.shown(first, after), found.place(first, after)
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
