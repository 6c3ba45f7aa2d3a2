"""What a web page says of itself to machines: JSON-LD and meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from . import page_layout

# Where a description of the page keeps the one of its article; lists of others are passed over.
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")


def parse(text: str) -> Any:
    """Return the tree of a page as lxml reads it, or None where there is nothing to read.

    Raises
    ------
    MissingExtraError
        If lxml, which trafilatura brings, is not installed.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    _name_headings(tree)
    return tree


def _name_headings(tree: Any) -> None:
    """Turn what is a heading by its role into one by its element."""
    has_first = next(tree.iter("h1"), None) is not None
    for element in tree.xpath("//div[@role='heading'] | //p[@role='heading']"):
        level = str(element.get("aria-level") or "2").strip()
        level = level if re.fullmatch(r"[1-6]", level) else "2"
        if level == "1" and has_first:
            continue
        if next(element.iter("p", "div", "ul", "table"), element) is element:
            element.tag = f"h{level}"


def headline(html: str) -> str | None:
    """Return the headline of a page that has no first-level heading and another title, or None."""
    tree = parse(html)
    if tree is None or next(tree.iter("h1"), None) is not None:
        return None
    found = page_layout.layout_of(tree).headline
    shown = "" if found is None else " ".join(" ".join(found.itertext()).split())
    titles = page_layout.letters(" ".join(each.text or "" for each in tree.iter("title")))
    return shown if shown and page_layout.letters(shown) not in titles else None


# Between a headline and the name of the site in a title.
_TITLE_PARTS = re.compile(r"\s{1,60}[|–—:-]\s{1,60}|\s{0,60}\|\s{0,60}")
_SITE_NAMES = re.compile(
    r"(?:^|[-_ ])(?:site-?(?:title|name)|logo|masthead|brand|navbar-brand)(?:$|[-_ ])", re.I
)


def site_name(tree: Any) -> str | None:
    """Return the name of the site that a page's title ends with, if it stands over the page too.

    Parameters
    ----------
    tree : element

    Returns
    -------
    str or None
        As the title has it: what follows the headline there, and is the text of a link to the
        front page or of what the page names as its site's.
    """
    parts = _TITLE_PARTS.split(next((each.text or "" for each in tree.iter("title")), "").strip())
    last = parts[-1].strip()
    wanted = page_layout.letters(last)
    if len(parts) < 2 or not wanted:
        return None
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("title", "head", "html", "body"):
            continue
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        is_front = element.tag == "a" and re.fullmatch(
            r"(?:https?://[^/]+)?/?(?:index\.\w+)?", element.get("href") or "-"
        )
        if (is_front or _SITE_NAMES.search(named)) and page_layout.letters(
            " ".join(element.itertext())
        ) == wanted:
            return last
    return None


def meta_of(tree: Any) -> list[tuple[str, str | None]]:
    """Return names and contents of the meta elements, names without marks, in small letters."""
    return [(_meta_name(meta), meta.get("content")) for meta in tree.iter("meta")]


def _meta_name(meta: Any) -> str:
    name = meta.get("property") or meta.get("name") or ""
    return re.sub(r"[\W_]", "", name).lower()


def listed(value: Any) -> list[Any]:
    """Return the values of a property that has one, several or none."""
    return value if isinstance(value, list) else [] if value is None else [value]


def values_of(value: Any) -> Iterator[Any]:
    """Yield the plain values of a property: of one or several, bare or as ``@value``."""
    for each in listed(value):
        inner = each.get("@value") if isinstance(each, dict) else each
        if isinstance(inner, (str, int, float)) and not isinstance(inner, bool):
            yield inner


def nodes_of(tree: Any) -> list[dict[str, Any]]:
    """Return what JSON-LD describes, of the page and its article: no lists of others.

    Parameters
    ----------
    tree : element

    Returns
    -------
    list of dict
        By the names of schema.org, whatever their prefix.
    """
    return list(_json_nodes(tree))


def of_kind(nodes: Sequence[dict[str, Any]], kind: int) -> list[dict[str, Any]]:
    """Return those of a kind of `page_layout.kind_of`: 0 for articles, 1 for pages."""
    return [node for node in nodes if page_layout.kind_of(listed(node.get("@type"))) == kind]


def own_articles(articles: Sequence[dict[str, Any]], tree: Any) -> list[dict[str, Any]]:
    """Return the page's own article; of several, those that have its headline or address."""
    if len(articles) <= 1:
        return list(articles)
    return [node for node in articles if _is_own(node, tree)]


def _json_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        written = re.sub(
            r"^\s*+(?://\s*+)?<!(?:--|\[CDATA\[)|(?://)?\s{0,60}(?:-->|\]\]>)"
            r"\s*$",
            "",
            script.text or "",
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
    for each in listed(value):
        if isinstance(each, list):
            yield from _nodes(each)
        elif isinstance(each, dict):
            node = {str(key).rsplit("/", 1)[-1].removeprefix("schema:"): each[key] for key in each}
            yield node
            for name in _NESTED:
                yield from _nodes(node.get(name))


def _is_own(node: dict[str, Any], tree: Any) -> bool:
    headline = page_layout.letters(str(node.get("headline") or node.get("name") or ""))
    titles = [page_layout.letters(" ".join(h1.itertext())) for h1 in tree.iter("h1")]
    titles += [page_layout.letters(title.text or "") for title in tree.iter("title")]
    if headline and any(title and (headline in title or title in headline) for title in titles):
        return True
    links = (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical")
    addresses = {link.rstrip("/") for link in links if link}
    mine = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    mine = [each.get("@id") if isinstance(each, dict) else each for each in mine]
    return any(str(each).split("#")[0].rstrip("/") in addresses for each in mine if each)
