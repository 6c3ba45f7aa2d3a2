"""Lines of a story that the extraction left out: its summary, headings, a paragraph between two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ....page import boilerplate, bylines, reader_notices, time_lines
from . import page_data, page_layout, page_parts

_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul".split()
)
_SUBHEADS = frozenset("h2 h3 h4".split())
# What holds no story, and whose words a summary never is.
_SILENT = frozenset(
    "aside nav footer form figure figcaption button script style template noscript select label "
    "time address svg iframe blockquote".split()
)
# How pages name a summary; "lead" and "intro" are of many languages.
_NAMED = re.compile(
    r"(?:^|-)(?:standfirst|stand-first|dek|deck|sub-?head(?:line)?|sub-?title|summary|excerpt|"
    r"lead|lede|intro|introduction|teaser-text|abstract|description|tagline|strapline|"
    r"chapo|chapeau|accroche|sommario|sottotitolo|occhiello|stit|catenaccio|"
    r"vorspann|anrei(?:ß|ss)er|unterzeile|untertitel|entradilla|bajada|copete|subtitulo|ingress)"
    r"(?:-|$)"
)
# How they name what else stands there.
_OTHER = re.compile(
    r"(?:^|-)(?:by-?lines?|authors?|autor\w*|auteurs?|date(?:line)?|time(?:stamp)?|meta(?:data)?|"
    r"publi\w*|credits?|kicker|eyebrow|overline|breadcrumbs?|tags?|topics?|labels?|rubrik|"
    r"tools?|actions?|buttons?|audio|video|player|disclaimer|affiliate|notice|banner|paywall|comments?|nav|menu)(?:-|$)"
)
_MIN_WORDS, _MIN_ITEM_WORDS, _MAX_WORDS = 5, 3, 80
_MIN_ITEMS = 2
_MAX_HEADING_WORDS = 12
_MAX_LINKED_SHARE = 0.5
# The first paragraph of a text is found on the page by so many of its letters.
_KEY_LETTERS = 40
_MAX_LINES = 30
_BYLINE = re.compile(r"\W*(?i:by|von|par|di|por|reporting by|text[eo]?(?: par| von)?)\s+[A-ZÀ-Þ]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»“«)\]]*\s*$")


@dataclass(frozen=True)
class _Line:
    """A block without blocks inside it, below the headline."""

    element: Any
    text: str

    @property
    def n_words(self) -> int:
        return len(self.text.split())


def put_back(html: str, text: str, title: str) -> str:
    """Put into the text of a page what the extraction left out of its story.

    That is the summary between the headline and the first words; and between two lines that
    follow each other in the text, headings and paragraphs that stand between them on the page.

    Parameters
    ----------
    html : str
        The page as its reader sees it, without what stands around its story.
    text : str
        Its story as extracted.
    title : str
        Its title as extracted; empty where there is none.

    Returns
    -------
    str
        The text as it was, if nothing of the story is missing.
    """
    tree = page_data.parse(html)
    if tree is None:
        return text
    layout = page_layout.layout_of(tree)
    if layout.headline is None:
        return text
    shown = text.split("\n")
    headline = page_layout.letters(" ".join(layout.headline.itertext()))
    has_headline = page_layout.letters(shown[0]) in (headline, page_layout.letters(title))
    head, body = (shown[:1], shown[1:]) if has_headline else ([], shown)
    lines = list(_lines(tree, layout))
    return "\n".join([*head, *_summary(tree, lines, body), *_filled(lines, body)])


def _summary(tree: Any, lines: Sequence[_Line], body: Sequence[str]) -> list[str]:
    known = page_layout.letters(" ".join(body))
    above = list(_above(lines, known))
    if len(above) == 0:
        return []
    described = {
        page_layout.letters(str(meta.get("content") or ""))
        for meta in tree.iter("meta")
        if str(meta.get("name") or meta.get("property") or "").endswith("description")
    }
    found = [
        line
        for line in above
        if _is_summary(line, described) and page_layout.letters(line.text) not in known
    ]
    return _shown(found)


def _shown(found: Sequence[_Line]) -> list[str]:
    """Return lines as the extraction shows them; one item alone is no list."""
    items = [line for line in found if line.element.tag == "li"]
    if len(items) < _MIN_ITEMS:
        found = [line for line in found if line not in items]
    return [f"- {line.text}" if line.element.tag == "li" else line.text for line in found]


def _above(lines: Sequence[_Line], known: str) -> Sequence[_Line]:
    """Return the lines between the headline and the first paragraph of the text."""
    for i, line in enumerate(lines[:_MAX_LINES]):
        key = page_layout.letters(line.text)[:_KEY_LETTERS]
        if boilerplate.is_paragraph(line.text) and key in known:
            return lines[:i]
    return ()


def _filled(lines: Sequence[_Line], body: Sequence[str]) -> list[str]:
    """Return the lines of a text with those that stand between two of them on the page."""
    keys = [page_layout.letters(line) for line in body]
    added: dict[int, list[str]] = {}
    last: int | None = None
    missing: list[_Line] = []
    for line in lines:
        place = _place(line, body, keys, 0 if last is None else last + 1)
        if place is None:
            missing.append(line)
            continue
        if last is not None and place == last + 1:
            added[place] = _shown([each for each in missing if _is_missed(each)])
        last = place
        missing = []
    return [text for i, line in enumerate(body) for text in (*added.get(i, ()), line)]


def _place(line: _Line, body: Sequence[str], keys: Sequence[str], first: int) -> int | None:
    wanted = page_layout.letters(line.text)
    if wanted == "":
        return None
    is_cell = line.element.tag in ("td", "th")
    for i in range(first, len(body)):
        if keys[i] == wanted:
            return i
        starts = keys[i].startswith(wanted)
        if starts and (len(wanted) >= _KEY_LETTERS or (is_cell and body[i].startswith("|"))):
            return i
    return None


def _is_missed(line: _Line) -> bool:
    element = line.element
    if _is_in_table(element) or not _is_of_story(line):
        return False
    if page_parts.n_linked(element) > _MAX_LINKED_SHARE * line.n_words:
        return False
    if any(page_parts.is_named_around(each) for each in (element, *_holders(element))):
        return False
    if element.tag in _SUBHEADS:
        return line.n_words <= _MAX_HEADING_WORDS
    if element.tag == "li":
        return line.n_words >= _MIN_WORDS
    ends = _SENTENCE_END.search(line.text) is not None
    return element.tag == "p" and line.n_words >= _MIN_WORDS and ends


def _lines(tree: Any, layout: page_layout.Layout) -> Iterator[_Line]:
    is_below = False
    for element in tree.iter():
        if element is layout.headline:
            is_below = True
            inside = set(element.iter())
            continue
        if not is_below or not isinstance(element.tag, str) or element in inside:
            continue
        if element.tag not in _BLOCKS or _has_blocks(element) or _is_silent(element, layout):
            continue
        text = " ".join(" ".join(element.itertext()).split())
        if text != "":
            yield _Line(element, text)


def _has_blocks(element: Any) -> bool:
    return any(part.tag in _BLOCKS for part in element.iterdescendants())


def _is_silent(element: Any, layout: page_layout.Layout) -> bool:
    if page_layout.is_aside(element, layout):
        return True
    return any(each.tag in _SILENT for each in (element, *element.iterancestors()))


def _is_summary(line: _Line, described: set[str]) -> bool:
    element = line.element
    is_item = element.tag == "li"
    fewest = _MIN_ITEM_WORDS if is_item else _MIN_WORDS
    if _is_in_table(element):
        return False
    if not fewest <= line.n_words <= _MAX_WORDS or not _is_of_story(line):
        return False
    if page_parts.n_linked(element) > _MAX_LINKED_SHARE * line.n_words:
        return False
    near = [element, *_holders(element)]
    names = [name for each in near for name in page_parts.names_of(each)]
    if any(_OTHER.search(name) is not None for name in names):
        return False
    if any(page_parts.is_named_around(each) for each in near):
        return False
    if is_item or element.tag in _SUBHEADS or page_layout.letters(line.text) in described:
        return True
    is_named = any(_NAMED.search(name) is not None for name in names)
    return is_named or _SENTENCE_END.search(line.text) is not None


def _is_in_table(element: Any) -> bool:
    return any(each.tag == "table" for each in (element, *element.iterancestors()))


def _holders(element: Any) -> list[Any]:
    """Return the elements around a line that hold nothing much but it: their names are its own."""
    n_words = len(" ".join(element.itertext()).split())
    found = []
    for each in element.iterancestors():
        is_list = element.tag == "li" and each.tag in ("ul", "ol")
        if not is_list and len(" ".join(each.itertext()).split()) > 2 * n_words:
            break
        found.append(each)
    return found


def _is_of_story(line: _Line) -> bool:
    text = line.text
    forms = (
        boilerplate.is_button,
        boilerplate.is_appeal,
        boilerplate.is_navigation,
        boilerplate.is_list_label,
        reader_notices.is_notice,
        reader_notices.is_filing,
        reader_notices.is_comments_label,
        time_lines.is_time_line,
        bylines.is_name_and_date,
    )
    return not any(form(text) for form in forms) and not _BYLINE.match(text)
