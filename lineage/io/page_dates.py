"""The date of publication that the markup of a web page states."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import errors
from ..text import date_forms, given_dates, printed_dates
from . import extras

# Types of schema.org, the surest first; what is of no such type says nothing of the article.
_ARTICLE = re.compile(r"(?:.*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report)$")
_PAGE = re.compile(r"(?:WebPage|ItemPage|CreativeWork)$")
_KINDS = (_ARTICLE, _PAGE)
# Where a description of the page keeps the one of its article; lists of others are passed over.
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")

# Names of meta elements, the surest first, without marks and in small letters.
_META = (
    "articlepublishedtime ogarticlepublishedtime ogpublishedtime articlepublished datepublished "
    "articledatepublished publishedtime publishedat publishdate publisheddate pubdate "
    "publicationdate parselypubdate sailthrudate dcdateissued dctermsissued "
    "citationpublicationdate citationonlinedate rnewsdatepublished originalpublicationdate "
    "dateissued articleoriginaldate "
    "cxenseparserecspublishtime btpubdate dcdatepublished dctermsdatepublished".split()
)
# A date of something: of publication where no other is stated.
_LOOSE_META = frozenset(("date", "dcdate", "dctermsdate", "citationdate", "dccreated"))

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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi button cite data em font i img label mark q s small span strong sub sup svg time "
    "u".split()
)
_MIN_PROSE_WORDS = 20
# Above the headline a date can be the article's; further above it is the masthead's.
_MAX_LINES_ABOVE = 5
_MAX_LINES_BELOW = 3


@dataclass(frozen=True)
class Found:
    """What a page says of its date.

    Attributes
    ----------
    date : ParsedDate or None
    unread : str or None
        A date of publication that is stated and cannot be read, where no other can.
    """

    date: given_dates.ParsedDate | None
    unread: str | None = None


def published(text: str, latest: pd.Timestamp | None = None) -> Found:
    """Read when a page was published, from what its markup says of its article.

    In this order: the article in JSON-LD, meta elements, microdata and the like, the page in
    JSON-LD, lines and ``time`` elements above the story. Never a date of a change, of the site,
    of a comment, of a list beside the story or in an address: it will count as evidence of
    direction. What cannot be read, or lies in the future, is passed over for the next.

    Parameters
    ----------
    text : str
        The HTML.
    latest : Timestamp, optional
        A date after it is none.

    Returns
    -------
    Found

    Raises
    ------
    MissingExtraError
        If lxml, which trafilatura brings, is not installed.
    """
    html = extras.need("lxml.html", "html", "reading web pages")
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=_parser(html))
    except (ValueError, extras.need("lxml.etree", "html", "reading web pages").ParserError):
        return Found(None)
    order = _order(tree)
    unread = None
    for value in _stated(tree, order):
        try:
            date = given_dates.parse_date(value, order=order)
        except errors.DateError:
            unread = str(value) if unread is None else unread
            continue
        if date is not None and (latest is None or date.at <= latest):
            return Found(date)
    return Found(None, unread)


def _parser(html: Any) -> Any:
    return html.HTMLParser(encoding="utf-8", huge_tree=True)


def _order(tree: Any) -> str | None:
    """How the language of the page writes dates in numbers; two that differ settle nothing."""
    tags = [tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang")]
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("http-equiv") or "").lower()
        if name in ("og:locale", "content-language"):
            tags.append(meta.get("content"))
    orders = {date_forms.order_of(tag) for tag in tags if tag} - {None}
    return orders.pop() if len(orders) == 1 else None


def _stated(tree: Any, order: str | None) -> Iterator[Any]:
    """Every date of publication that is stated, the surest first."""
    nodes = list(_json_nodes(tree))
    articles = [node for node in nodes if _kind(node.get("@type")) == 0]
    yield from _of_articles(articles, tree)
    names = [(_meta_name(meta), meta.get("content")) for meta in tree.iter("meta")]
    for wanted in _META:
        yield from (value for name, value in names if name == wanted and value)
    micro = sorted(_microdata(tree), key=lambda each: each[0])
    yield from (value for _, value in micro)
    for node in nodes:
        if _kind(node.get("@type")) == 1:
            yield from _values(node.get("datePublished"))
    labelled, plain = _lines(tree, order)
    yield from labelled
    yield from (value for name, value in names if name in _LOOSE_META and value)
    yield from plain


def _meta_name(meta: Any) -> str:
    name = meta.get("property") or meta.get("name") or ""
    return re.sub(r"[\W_]", "", name).lower()


def _kind(types: Any) -> int | None:
    """Index into `_KINDS` of the surest of the types, None for something else."""
    names = [str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in _listed(types)]
    kinds = [k for k, kind in enumerate(_KINDS) for name in names if kind.match(name)]
    return min(kinds, default=None)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _values(value: Any) -> Iterator[Any]:
    for each in _listed(value):
        inner = each.get("@value") if isinstance(each, dict) else each
        if isinstance(inner, (str, int, float)) and not isinstance(inner, bool):
            yield inner


def _json_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        written = re.sub(
            r"^\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$", "", script.text or ""
        )
        # Templates leave a comma behind the last item.
        for attempt in (written, re.sub(r",\s*([}\]])", r"\1", written.strip().rstrip(";"))):
            try:
                parsed = json.loads(attempt, strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _nodes(parsed)
            break


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    for each in _listed(value):
        if isinstance(each, list):
            yield from _nodes(each)
        elif isinstance(each, dict):
            node = {str(key).rsplit("/", 1)[-1].removeprefix("schema:"): each[key] for key in each}
            yield node
            for name in _NESTED:
                yield from _nodes(node.get(name))


def _of_articles(articles: list[dict[str, Any]], tree: Any) -> Iterator[Any]:
    """The dates of the page's article; of several, of the one that has its headline or address."""
    if len(articles) > 1:
        own = [node for node in articles if _is_own(node, tree)]
        dated = {str(value) for node in articles for value in _values(node.get("datePublished"))}
        articles = own if own else articles if len(dated) == 1 else []
    for node in articles:
        yield from _values(node.get("datePublished"))


def _is_own(node: dict[str, Any], tree: Any) -> bool:
    headline = _letters(str(node.get("headline") or node.get("name") or ""))
    titles = [_letters(" ".join(h1.itertext())) for h1 in tree.iter("h1")]
    titles += [_letters(title.text or "") for title in tree.iter("title")]
    if headline and any(title and (headline in title or title in headline) for title in titles):
        return True
    links = (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical")
    addresses = {link.rstrip("/") for link in links if link}
    mine = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    mine = [each.get("@id") if isinstance(each, dict) else each for each in mine]
    return any(str(each).split("#")[0].rstrip("/") in addresses for each in mine if each)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _microdata(tree: Any) -> Iterator[tuple[int, Any]]:
    """Dates of publication of microdata, RDFa and hNews, with how sure they are."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        names = re.split(
            r"[\s:]+", f"{element.get('itemprop') or ''} {element.get('property') or ''}"
        )
        classes = (element.get("class") or "").split()
        if "datePublished" in names:
            rank = _scope(element)
        elif (
            "dt-published" in classes
            or (element.tag == "time" and element.get("pubdate") is not None)
            or (element.tag in ("time", "abbr") and "published" in classes)
        ):
            rank = 1
        else:
            continue
        if rank is not None and not _is_aside(element):
            yield rank, _value(element)


def _scope(element: Any) -> int | None:
    """How sure a property is by the type of the item that has it; None for somebody else's."""
    for above in element.iterancestors():
        types = above.get("itemtype") or above.get("typeof")
        if types is not None:
            return _kind(types.split())
    return 1


def _value(element: Any) -> str:
    for name in ("content", "datetime", "title"):
        if element.get(name):
            return str(element.get(name))
    return " ".join(" ".join(element.itertext()).split())


def _is_aside(element: Any) -> bool:
    """Whether an element stands beside the article, or is not shown."""
    return any(_stands_apart(each) for each in (element, *element.iterancestors()))


def _stands_apart(element: Any) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in ("html", "body", "main", "article", "time", "meta"):
        return False
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    itemtype = element.get("itemtype") or ""
    named = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    is_of_article = tag == "footer" and next(element.iterancestors("article"), None) is not None
    if (tag in _ASIDE_TAGS and not is_of_article) or (itemtype and "Comment" in itemtype):
        apart = True
    else:
        apart = any(_ASIDE.fullmatch(name) or _has_aside_word(name) for name in named)
    # What wraps the whole page may be a form, or named after its sidebar.
    return apart and next(element.iter("h1"), None) is None


def _has_aside_word(name: str) -> bool:
    """Whether a compound name begins or ends in one: "article-comments", not "no-sidebar"."""
    words = [word for word in re.split(r"[-_:]+", name.lower()) if word]
    if len(words) < 2 or words[0] in ("no", "has", "with", "without", "not"):
        return False
    return words[0] in _ASIDE_WORDS or words[-1] in _ASIDE_WORDS


def _lines(tree: Any, order: str | None) -> tuple[list[Any], list[Any]]:
    """The labelled and the bare dates of the lines around the headline."""
    headline = _headline(tree)
    root, is_article = _root(tree, headline)
    lines: list[str] = []
    above = 0
    for line, is_headline in _blocks(root, headline):
        if is_headline:
            above = len(lines)
        elif re.search(r"\w", line) is not None:
            lines.append(line)
    if headline is not None:
        lines = lines[max(0, above - _MAX_LINES_ABOVE) if is_article else above :]
    prose = [i for i, line in enumerate(lines) if len(line.split()) >= _MIN_PROSE_WORDS]
    if prose:
        lines = lines[: prose[-1] + 1 + _MAX_LINES_BELOW]
    labelled, plain = printed_dates.read_lines(lines, order)
    if len({each.day for each in plain}) > 1:
        plain = []
    plain.sort(key=lambda each: not each.has_clock)
    return [each.date for each in labelled], [each.date for each in plain]


def _headline(tree: Any) -> Any:
    """The longest first-level heading, one of an article before others."""
    found = [h1 for h1 in tree.iter("h1") if re.search(r"\w", "".join(h1.itertext()))]
    inside = [h1 for h1 in found if next(h1.iterancestors("article", "main"), None) is not None]
    return max(inside or found, key=lambda h1: len("".join(h1.itertext())), default=None)


def _root(tree: Any, headline: Any) -> tuple[Any, bool]:
    """The element that holds the article, and whether the page says that it does."""
    if headline is not None:
        for tag in ("article", "main"):
            for above in headline.iterancestors(tag):
                return above, True
        body = next(headline.iterancestors("body"), tree)
        return body, False
    articles = list(tree.iter("article"))
    if articles:
        return max(articles, key=lambda each: len("".join(each.itertext()))), True
    return next(tree.iter("body"), tree), False


def _blocks(root: Any, headline: Any) -> Iterator[tuple[str, bool]]:
    """The lines of an element as they are shown, and whether one is the headline."""
    etree = extras.need("lxml.etree", "html", "reading web pages")
    walker = etree.iterwalk(root, events=("start", "end"))
    pieces: list[str] = []
    skipped: Any = None
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
            if element is headline:
                yield "", True
            if element is headline or (element is not root and _stands_apart(element)):
                walker.skip_subtree()
                skipped = element
                continue
            pieces += [" ", _moment(element) if element.tag == "time" else element.text or ""]
            if element.tag == "time":
                walker.skip_subtree()
            continue
        if element is skipped:
            skipped = None
        if element is not root:
            pieces += [" ", element.tail or ""]
    yield _joined(pieces), False


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _moment(element: Any) -> str:
    """What a ``time`` element says: its machine's time, under the label that its names are."""
    properties = (element.get("itemprop") or "").split()
    classes = (element.get("class") or "").split()
    shown = " ".join(" ".join(element.itertext()).split())
    if "datePublished" not in properties and properties:
        return f"updated {shown}"
    if "updated" in classes and "published" not in classes:
        return f"updated {shown}"
    label = date_forms.labels().match(shown)
    written = str(element.get("datetime") or "").strip()
    if re.match(r"\d{4}-\d\d-\d\d", written) is None:
        return shown
    written = re.sub(r"(?<=\d)T(?=\d)", " ", written)
    return written if label is None else f"{label.group()} {written}"
