"""How well pages are read, measured on the invented pages in `tests/pages`.

    python -m tests.pages_score [seen|kept|all] [NAME ...] [--lines]

reads each page as the program does and compares with what is written in the page itself:
the role of every line, the date of publication, authors and credits. See
`tests/pages/README.md` for how the truth was made and what counts as right.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd

import lineage
from lineage import tables
from lineage.graph import absent_sources
from lineage.io import articles
from lineage.match import document
from lineage.page import releases

PAGES = Path(__file__).resolve().parent / "pages"
HALVES = ("seen", "kept")
LEFT_OUT = "left out"
_STORY = {"body", "quote"}
_AROUND = {"boilerplate", "credit", LEFT_OUT}
# What each truth may be read as. What never counts as evidence (credit, caption, boilerplate, left
# out of the text) is told apart only where a later stage needs it.
ACCEPTED = {
    "headline": {"headline", "heading"},
    "heading": {"heading", "headline"},
    "body": _STORY,
    "body standfirst": _STORY | {"heading", "headline"},
    # A sentence of the story, printed a second time in large letters.
    "quote pulled": {"quote", "heading", "caption", "boilerplate", LEFT_OUT},
    "caption": {"caption", "boilerplate", LEFT_OUT},
    "caption photo": {"caption"} | _AROUND,
    "credit byline": _AROUND,
    "credit date": _AROUND,
    "credit note": _AROUND | {"correction"},
    "credit tail": _AROUND,
    "boilerplate": {"boilerplate", LEFT_OUT},
    "boilerplate bio": _AROUND,
    "hidden": {LEFT_OUT},
}
# A line is read right if nearly all of its words are: a dateline within it may be a credit.
MIN_SHARE = 0.8
# A page that gives a time is read right to the minute.
_TOLERANCE = pd.Timedelta(minutes=1)
_RELEASE = re.compile(
    r"^(?:an? |the )?(?:press )?(?:release|statement) (?:of|from|by) ", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
_TRUTH = re.compile(r"<!--truth\n(.*?)-->\n?", re.DOTALL)
_MARK = re.compile(r"<!--(" + "|".join(ACCEPTED) + r")-->")
_LINE_ENDS = set(
    "address article aside blockquote body br button caption dd dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre "
    "section select table template noscript tr ul".split()
)
_NOT_TEXT = {"script", "style", "title"}


@dataclass(frozen=True)
class Line:
    """A line of a page and what it truly is, a key of `ACCEPTED`."""

    role: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page without its marks, and what is true of it."""

    name: str
    half: str
    html: str
    lines: tuple[Line, ...]
    published: tuple[str, ...]
    authors: tuple[str, ...]
    credits: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...]


@dataclass
class Score:
    """What was right and wrong of one page."""

    page: Page
    # (truth, as read, right) of every line.
    lines: list[tuple[Line, str, bool]]
    date: bool
    authors: bool
    credits_found: int
    credits_false: int
    wrong: list[str] = field(default_factory=list)


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._role = ""
        self._text: list[str] = []
        self._silent: list[str] = []

    def end_line(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        if _WORD.search(text):
            self.lines.append(Line(self._role, text))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _NOT_TEXT:
            self._silent.append(tag)
        elif tag in _LINE_ENDS:
            self.end_line()
        elif tag in ("td", "th"):
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_TEXT and self._silent:
            self._silent.pop()
        elif tag in _LINE_ENDS:
            self.end_line()

    def handle_comment(self, data: str) -> None:
        if data in ACCEPTED:
            self.end_line()
            self._role = data

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)


def read_page(path: Path) -> Page:
    """Read a page of the set: its HTML without the marks, and the truth."""
    source = path.read_text("utf-8")
    found = _TRUTH.match(source)
    if found is None:
        raise ValueError(f"{path}: does not begin with its truth")
    truth = tomllib.loads(found[1])
    marked = source[found.end() :]
    parser = _Lines()
    parser.feed(marked)
    parser.end_line()
    published = truth["published"]
    return Page(
        name=path.stem,
        half=path.parent.name,
        html=_MARK.sub("", marked),
        lines=tuple(parser.lines),
        published=(published,) if isinstance(published, str) else tuple(published),
        authors=tuple(truth["authors"]),
        credits=tuple(tuple(name.split("|")) for name in truth["credits"]),
        groups=tuple(truth.get("groups", ())),
    )


def pages(half: str = "all") -> list[Page]:
    """Read the pages of one half, or all."""
    halves = HALVES if half == "all" else (half,)
    return [read_page(path) for each in halves for path in sorted((PAGES / each).glob("*.html"))]


def score(page: Page) -> Score:
    """Read a page as the program does, and compare with the truth."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page.html, "utf-8")
        read = lineage.read(file, skip_bad=True).articles
    if len(read) == 0:
        lines = [(line, LEFT_OUT, LEFT_OUT in ACCEPTED[line.role]) for line in page.lines]
        return Score(page, lines, False, False, 0, 0, ["the page could not be read"])
    prepared = articles.prepare(read)
    row = tables.records(prepared)[0]
    sentences = document.sentence_table(prepared)
    lines = _score_lines(page, row["text"], row["title"] or "", sentences)
    made = next(iter(document.build(prepared, sentences).values()))
    named = {credit.name for credit in absent_sources.credited_parts(made)}
    source = absent_sources.body_source(made)
    if source is not None:
        named.add(source)
    # "The company said in a statement" names nobody.
    named.discard(releases.UNNAMED)
    # A text that its own publisher is named in is told to be from there; that is no credit.
    named = {name for name in named if _plain(name) != _plain(row["outlet"] or "")}
    wrong = [
        f"{line.role} read as {as_read}: {_short(line.text)}"
        for line, as_read, right in lines
        if not right
    ]
    is_date = _is_date(page.published, row["published_at"], row["published_precision"])
    if not is_date:
        as_read = f"{row['published_at']} ({row['published_precision']}, {row['published_source']})"
        wrong.append(f"date {' or '.join(page.published) or 'none'} read as {as_read}")
    names = _names(row["byline"] or "", page)
    are_authors = names == [_plain(name) for name in page.authors]
    if not are_authors:
        wrong.append(f"authors {list(page.authors)} read as {row['byline']!r}")
    false = [name for name in sorted(named) if not any(_is_one(name, x) for x in page.credits)]
    missed = [x for x in page.credits if not any(_is_one(name, x) for name in named)]
    wrong += [f"credit missed: {x[0]}" for x in missed]
    wrong += [f"credit false: {name}" for name in false]
    n_found = len(page.credits) - len(missed)
    return Score(page, lines, is_date, are_authors, n_found, len(false), wrong)


def _score_lines(
    page: Page, text: str, title: str, sentences: pd.DataFrame
) -> list[tuple[Line, str, bool]]:
    role_at = np.full(len(text) + 1, "boilerplate", dtype=object)
    for each in sentences.itertuples():
        role_at[each.start : each.end] = each.role
    read = [(found[0].casefold(), role_at[found.start()]) for found in _WORD.finditer(text)]
    true = [
        (word.casefold(), number)
        for number, line in enumerate(page.lines)
        for word in _WORD.findall(line.text)
    ]
    where = _align(
        [word for word, _ in true],
        [word for word, _ in read],
        [ACCEPTED[page.lines[number].role] for _, number in true],
        [role for _, role in read],
    )
    as_read: list[list[str]] = [[] for _ in page.lines]
    for (_, number), place in zip(true, where, strict=True):
        as_read[number].append(LEFT_OUT if place < 0 else read[place][1])
    found = []
    for line, words in zip(page.lines, as_read, strict=True):
        role = Counter(words).most_common(1)[0][0]
        right = sum(word in ACCEPTED[line.role] for word in words) >= MIN_SHARE * len(words)
        if line.role == "headline" and role == LEFT_OUT:
            # The headline is kept as the title of the article.
            right = _plain(line.text) in _plain(title) or _plain(title) in _plain(line.text)
            right = right and title != ""
        found.append((line, role, right))
    return found


def _align(
    true: Sequence[str], read: Sequence[str], accepted: Sequence[set[str]], roles: Sequence[str]
) -> list[int]:
    """Place of each word of the page among the words read, or -1; in order, by dynamic programming.

    Runs count more than single words. Where words stand on the page twice and were read once, the
    place that would be right is taken.
    """
    numbers = {word: k for k, word in enumerate(dict.fromkeys([*true, *read]))}
    a = np.array([numbers[word] for word in true], dtype=np.int64)
    b = np.array([numbers[word] for word in read], dtype=np.int64)
    same = (a[:, None] == b[None, :]).astype(float)
    run = np.zeros_like(same)
    run[1:, 1:] += same[:-1, :-1]
    run[:-1, :-1] += same[1:, 1:]
    kinds = sorted(set(roles))
    fits = np.array([[role in each for role in kinds] for each in accepted], dtype=float)
    fits = fits.reshape(len(a), len(kinds))
    worth = same * (0.1 + run + 0.01 * fits[:, [kinds.index(role) for role in roles]])
    best = np.zeros((len(a) + 1, len(b) + 1))
    for i in range(len(a)):
        step = np.maximum(best[i, 1:], best[i, :-1] + worth[i])
        best[i + 1, 1:] = np.maximum.accumulate(step)
    where = [-1] * len(a)
    i, j = len(a), len(b)
    while i > 0 and j > 0:
        if best[i, j] == best[i, j - 1]:
            j -= 1
        elif best[i, j] == best[i - 1, j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            where[i] = j
    return where


def _is_date(wanted: Sequence[str], found: object, precision: object) -> bool:
    if tables.is_missing(found):
        return "" in wanted
    return any(each != "" and _agrees(each, pd.Timestamp(found), precision) for each in wanted)


def _agrees(wanted: str, found: pd.Timestamp, precision: object) -> bool:
    true = pd.Timestamp(wanted)
    is_day = len(wanted) == len("2021-03-12")
    if is_day:
        return precision == "day" and found.date() == true.date()
    if true.tzinfo is None:
        # Without a zone the clock of the page is all there is to compare; the day is right too.
        is_clock = abs(found.tz_convert(None) - true) <= _TOLERANCE
        return is_clock or (precision in ("day", "hour") and found.date() == true.date())
    return precision != "day" and abs(found - true) <= _TOLERANCE


def _names(byline: str, page: Page) -> list[str]:
    """Names in a byline as read, without the groups that may stand there or not."""
    line = re.sub(r"^\s*(?:by|von|par|por|di)\s+", "", byline, flags=re.IGNORECASE)
    parts = re.split(r"\s*[,;&/|\n]\s*|\s+(?:and|und|et|y|e|with|avec|mit|con)\s+", line)
    groups = {_plain(name) for name in page.groups}
    groups |= {_plain(part) for name in page.groups for part in re.split(r" and | et | und ", name)}
    groups |= {_source(name) for x in page.credits for name in x}
    return [_plain(part) for part in parts if _plain(part) and _plain(part) not in groups]


def _is_one(name: str, wanted: Sequence[str]) -> bool:
    return _source(name) in {_source(each) for each in wanted}


def _source(name: str) -> str:
    return _plain(_RELEASE.sub("", name))


def _plain(text: str) -> str:
    words = _WORD.findall(text.casefold())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "..."


@dataclass(frozen=True)
class Figures:
    """Shares over a set of pages; see `tests/pages/README.md`."""

    n_pages: int
    n_lines: int
    roles: float
    dates: float
    authors: float
    credit_precision: float
    credit_recall: float

    @property
    def credit_f1(self) -> float:
        both = self.credit_precision + self.credit_recall
        return 2 * self.credit_precision * self.credit_recall / both if both else 0.0


def figures(scores: Sequence[Score]) -> Figures:
    """Sum up the scores of some pages."""
    lines = [right for each in scores for _, _, right in each.lines]
    found = sum(each.credits_found for each in scores)
    false = sum(each.credits_false for each in scores)
    given = sum(len(each.page.credits) for each in scores)
    return Figures(
        n_pages=len(scores),
        n_lines=len(lines),
        roles=float(np.mean(lines)),
        dates=float(np.mean([each.date for each in scores])),
        authors=float(np.mean([each.authors for each in scores])),
        credit_precision=found / (found + false) if found + false else 1.0,
        credit_recall=found / given if given else 1.0,
    )


def confusion(scores: Sequence[Score]) -> pd.DataFrame:
    """Count lines by what they are and what they were read as, with the share that is right."""
    rows = [
        {"truth": line.role, "read": role, "right": right}
        for each in scores
        for line, role, right in each.lines
    ]
    frame = pd.DataFrame(rows)
    counts = pd.crosstab(frame["truth"], frame["read"])
    order = [role for role in ACCEPTED if role in counts.index]
    columns = [role for role in (*tables.ROLES, LEFT_OUT) if role in counts.columns]
    table = counts.loc[order, columns]
    table["right"] = frame.groupby("truth")["right"].mean().round(3)
    return table


def main() -> None:
    """Print the figures, the table of roles, and what is wrong of each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", choices=(*HALVES, "all"), default="all")
    parser.add_argument("names", nargs="*", help="only these pages")
    parser.add_argument("--lines", action="store_true", help="every line as it was read")
    parser.add_argument("--brief", action="store_true", help="the figures alone")
    options = parser.parse_args()
    chosen = [
        each for each in pages(options.half) if not options.names or each.name in options.names
    ]
    scores = [score(page) for page in chosen]
    for half in HALVES:
        of_half = [each for each in scores if each.page.half == half]
        if not of_half:
            continue
        made = figures(of_half)
        print(f"{half}: {made.n_pages} pages, {made.n_lines} lines")
        print(
            f"  roles {made.roles:.3f}  dates {made.dates:.3f}  authors {made.authors:.3f}  "
            f"credits P {made.credit_precision:.3f} R {made.credit_recall:.3f} "
            f"F1 {made.credit_f1:.3f}"
        )
        if options.brief:
            continue
        print(confusion(of_half).to_string())
        for each in of_half:
            if each.wrong:
                print(f"\n{each.page.name}")
            for fault in each.wrong:
                print(f"  {fault}")
            if options.lines:
                for line, role, right in each.lines:
                    print(f"    {'ok ' if right else 'BAD'} {line.role} | {role} | {line.text}")
        print()


if __name__ == "__main__":
    main()
