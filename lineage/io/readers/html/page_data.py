"""What a web page says of itself to machines: JSON-LD and meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ... import extras
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
    html = extras.need("lxml.html", "html", "reading web pages")
    etree = extras.need("lxml.etree", "html", "reading web pages")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
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
