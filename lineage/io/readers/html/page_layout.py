"""Where the article of a web page stands, and which lines are shown around its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ....text import date_forms

# Types of schema.org, the surest first; what is of no such type says nothing of the article.
_ARTICLE = re.compile(r"(?:.{0,60}Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report)$")
_PAGE = re.compile(r"(?:WebPage|ItemPage|CreativeWork)$")
_KINDS = (_ARTICLE, _PAGE)
# Parts of a page that are not of its article, by element and by class or id.
_ASIDE_TAGS = frozenset(
    "aside nav footer form script style template noscript iframe blockquote figure".split()
)
_ASIDE = re.compile(
    r"comments?|replies|respond|disqus\w*|related\w*|recommend\w*|sidebar|aside|widgets?|teasers?"
    r"|promos?|newsletter|(?:site|page|global)[-_]?footer|footer|most[-_]?(?:read|popular)|trending"
    r"|popular|more[-_](?:news|stories|from)|read[-_]?(?:more|next)|latest([-_]\w+)?|up[-_]?next"
    r"|print(?:ed)?|print[-_]?(?:only|info|date|header|footer)|only[-_]?print|show-for-print"
    r"|visible-print(?:-\w+)?|d-print-(?!none)\w+|print:(?!hidden)\w+|ticker|breaking",
    re.IGNORECASE,
)
_ASIDE_WORDS = frozenset(
    "comment comments related recommended recommendations sidebar widget widgets teaser teasers "
    "promo newsletter trending popular".split()
)
# What an entry of a live page is to the page.
_ENTRY = frozenset(("liveBlogUpdate", "blogPost", "hasPart"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi button cite data em font i img label mark q s small span strong sub sup svg time "
    "u".split()
)
# Elements that are a moment to a machine; names with a dash are those of a site's own elements.
_MOMENT = re.compile(r"time|abbr|(?:\w+-)+time(?:stamp|ago)?|time-\w+")
MIN_PROSE_WORDS = 20
# Above the headline a date can be the article's; further above it is the masthead's.
_MAX_LINES_ABOVE = 5
_MAX_LINES_BELOW = 3
_MIN_PARAGRAPHS, _MIN_TITLE_WORDS, _MAX_TITLE_WORDS = 3, 3, 20


@dataclass(frozen=True)
class Layout:
    """Where the article of a page stands.

    Attributes
    ----------
    headline : element or None
    root : element
        What holds the article, headline included.
    is_article : bool
        Whether the page says that it does.
    others : list of element
        Further ``article`` elements: teasers, comments.
    """

    headline: Any
    root: Any
    is_article: bool
    others: list[Any]


def layout_of(tree: Any) -> Layout:
    """Find where the article of a page stands, by its headline.

    Parameters
    ----------
    tree : element
        The page, read by lxml.

    Returns
    -------
    Layout
    """
    headline = _headline(tree)
    articles = list(tree.iter("article"))
    own = None if headline is None else next(headline.iterancestors("article"), None)
    # One that only follows the headline is its body, if there is prose in it.
    if own is None:
        long = [each for each in articles if _n_words(each) >= 2 * MIN_PROSE_WORDS]
        own = max(long, key=_n_words, default=None)
    inside = [] if own is None else [own, *own.iterancestors("article")]
    others = [each for each in articles if each not in inside]
    if headline is None:
        body = next(tree.iter("body"), tree)
        return Layout(None, body if own is None else own, own is not None, others)
    described = _article_around(headline)
    if described is not None:
        return Layout(headline, described, True, others)
    for above in headline.iterancestors("main"):
        return Layout(headline, above, True, others)
    return Layout(headline, next(headline.iterancestors("body"), tree), False, others)


def _article_around(element: Any) -> Any:
    """What describes itself as an article around an element, by its tag or its type."""
    for above in element.iterancestors():
        if above.tag in ("body", "html"):
            return None
        types = (above.get("itemtype") or above.get("typeof") or "").split()
        if above.tag == "article" or kind_of(types) == 0:
            return above
    return None


def _n_words(element: Any) -> int:
    return len(" ".join(element.itertext()).split())


def _headline(tree: Any) -> Any:
    """The longest first-level heading, one of an article before others; else one like the title."""
    found = [h1 for h1 in tree.iter("h1") if re.search(r"\w", "".join(h1.itertext()))]
    inside = [h1 for h1 in found if next(h1.iterancestors("article", "main"), None) is not None]
    if found:
        return max(inside or found, key=lambda h1: len("".join(h1.itertext())))
    title = letters(" ".join(each.text or "" for each in tree.iter("title")))
    lower = (each for each in tree.iter("h2", "h3") if letters("".join(each.itertext())))
    like = next((each for each in lower if letters("".join(each.itertext())) in title), None)
    return _first_over_prose(tree) if like is None else like


def _first_over_prose(tree: Any) -> Any:
    """The one heading that stands over all the prose of a page without a first-level heading."""
    prose = [each for each in tree.iter("p") if _n_words(each) >= MIN_PROSE_WORDS // 2]
    if len(prose) < _MIN_PARAGRAPHS:
        return None
    for heading in tree.iter("h2"):
        is_title = _MIN_TITLE_WORDS <= _n_words(heading) <= _MAX_TITLE_WORDS
        if is_title and next(heading.iter("a"), None) is None:
            # The same part of the page holds the headline and the story.
            around = heading.getparent()
            return (
                heading
                if sum(around in each.iterancestors() for each in prose) >= _MIN_PARAGRAPHS
                else None
            )
    return None


def is_aside(element: Any, layout: Layout) -> bool:
    """Whether an element stands beside the article, or is not shown."""
    return any(_stands_apart(each, layout) for each in (element, *element.iterancestors()))


def _stands_apart(element: Any, layout: Layout) -> bool:
    tag = element.tag
    if tag == "article":
        return element in layout.others
    if not isinstance(tag, str) or tag in ("html", "body", "main", "time", "meta"):
        return False
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    itemtype = element.get("itemtype") or ""
    named = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    is_of_article = tag == "footer" and _article_around(element) is not None
    apart = (
        (tag in _ASIDE_TAGS and not is_of_article)
        or any(_ASIDE.fullmatch(name) or _has_aside_word(name) for name in named)
        or "Comment" in itemtype
        or is_of_another(element)
    )
    # What wraps the whole page may be a form, or named after its sidebar.
    return apart and layout.headline not in element.iter("h1", "h2", "h3")


def is_of_another(element: Any) -> bool:
    """Say whether an element describes another article than that of the title, as teasers do.

    Parameters
    ----------
    element : lxml element

    Returns
    -------
    bool
        False for the entries of a live page, which describe themselves as well.
    """
    if kind_of((element.get("itemtype") or "").split()) != 0:
        return False
    if not _ENTRY.isdisjoint((element.get("itemprop") or "").split()):
        return False
    own = letters(" ".join(each.text or "" for each in element.getroottree().iter("title")))
    named = [each for each in element.iter() if each.get("itemprop") == "headline"]
    return bool(own) and any(letters(value_of(each)) not in own for each in named)


def _has_aside_word(name: str) -> bool:
    """Whether a compound name begins or ends in one: "article-comments", not "no-sidebar"."""
    words = [word for word in re.split(r"[-_:]+", name.lower()) if word]
    if len(words) < 2 or words[0] in ("no", "has", "with", "without", "not"):
        return False
    return words[0] in _ASIDE_WORDS or words[-1] in _ASIDE_WORDS


def lines_of(layout: Layout, *, n_below: int = _MAX_LINES_BELOW) -> list[str]:
    """Return the lines shown from the headline on, to a few below the last paragraph.

    Within an ``article`` also those just above the headline. A ``time`` element reads as its
    machine has it, under the label that its names are.

    Parameters
    ----------
    layout : Layout
    n_below : int, optional
        How many lines below the last paragraph.

    Returns
    -------
    list of str
        Without blank ones and without the headline.
    """
    lines: list[str] = []
    above = 0
    for line, is_headline in _blocks(layout):
        if is_headline:
            above = len(lines)
        elif re.search(r"\w", line) is not None:
            lines.append(line)
    if layout.headline is not None:
        lines = lines[max(0, above - _MAX_LINES_ABOVE) if layout.is_article else above :]
    prose = [i for i, line in enumerate(lines) if len(line.split()) >= MIN_PROSE_WORDS]
    return lines[: prose[-1] + 1 + n_below] if prose else lines


def lines_below(layout: Layout) -> list[str]:
    """Return the lines shown below the headline, without blank ones."""
    lines: list[str] = []
    is_below = layout.headline is None
    for line, is_headline in _blocks(layout):
        is_below = is_below or is_headline
        if is_below and re.search(r"\w", line) is not None:
            lines.append(line)
    return lines


def _blocks(layout: Layout) -> Iterator[tuple[str, bool]]:
    """The lines of an element as they are shown, and whether one is the headline."""
    from lxml import etree

    walker = etree.iterwalk(layout.root, events=("start", "end"))
    pieces: list[str] = []
    for event, element in walker:
        if not isinstance(element.tag, str):
            if event == "end":
                pieces.append(element.tail or "")
            continue
        is_block = element.tag not in _INLINE
        if is_block and pieces:
            yield _joined(pieces), False
            pieces = []
        if event == "start":
            if element is layout.headline:
                yield "", True
            if element is not layout.root and (
                element is layout.headline or _stands_apart(element, layout)
            ):
                walker.skip_subtree()
                continue
            is_moment = _MOMENT.fullmatch(element.tag) is not None
            shown = _moment(element) if is_moment else element.text or ""
            if element.tag == "pre":
                # Its lines are those of the page.
                *ended, shown = shown.split("\n")
                yield from ((_joined([line]), False) for line in ended)
            pieces += [" ", shown]
            if is_moment:
                walker.skip_subtree()
            continue
        if element is not layout.root:
            pieces += [" ", element.tail or ""]
    yield _joined(pieces), False


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _moment(element: Any) -> str:
    """What a ``time`` element says: its machine's time, under the label that its names are.

    It stands apart in its line: a name beside it needs no mark between.
    """
    properties = (element.get("itemprop") or "").split()
    classes = (element.get("class") or "").split()
    shown = " ".join(" ".join(element.itertext()).split())
    if "datePublished" not in properties and properties:
        return f"updated {shown}"
    if "updated" in classes and "published" not in classes:
        return f"updated {shown}"
    label = date_forms.labels().match(shown)
    written = str(element.get("title" if element.tag == "abbr" else "datetime") or "").strip()
    if re.match(r"\d{4}-\d\d-\d\d", written) is None:
        return shown if label is not None or element.tag == "abbr" else f"| {shown} |"
    written = re.sub(r"(?<=\d)T(?=\d)", " ", written)
    return f"| {written} |" if label is None else f"{label.group()} {written} |"


def is_inline(element: Any) -> bool:
    """Whether an element stands in a line with what is beside it."""
    return element.tag in _INLINE


def kind_of(types: Iterable[Any]) -> int | None:
    """Return 0 for types of an article, 1 for types of a page, None for something else."""
    names = [str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in types]
    kinds = [k for k, kind in enumerate(_KINDS) for name in names if kind.match(name)]
    return min(kinds, default=None)


def letters(text: str) -> str:
    """Return the letters and digits of a text, small, by which headlines are compared."""
    return re.sub(r"[\W_]", "", text).lower()


def value_of(element: Any) -> str:
    """Return what an element says: to a machine where it does, else what it shows."""
    for name in ("content", "datetime", "title"):
        if element.get(name):
            return str(element.get(name))
    return " ".join(" ".join(element.itertext()).split())
