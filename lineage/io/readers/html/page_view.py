"""A web page as its reader sees it: without what is hidden, dialogs and readers' comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from . import hidden_parts

# Names that pages give to what readers write and to dialogs over the page.
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|commentary-list|disqus|replies|respond|responses|"
    r"discussion|(?:user|reader)s?[-_]?(?:posts?|comments?|letters|voices|reactions)|talkback|"
    r"kommentare?|leserkommentare|commentaires?|reacties|commenti|comentarios)(?:$|[\s_-](?:area|list|section|thread|wrapper|box|block|form|"
    r"container|body|item|feed|module|respond|widget)?(?:$|\s))",
    re.IGNORECASE,
)
_DIALOG = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr|cmp|ccpa)(?:$|[\s_-])", re.IGNORECASE)
_DIALOG_ROLES = frozenset(("dialog", "alertdialog"))
# What has more of the page's words than this is the page.
_MAX_ASIDE_SHARE = 0.5
_MIN_TOLD_WORDS = 5


@dataclass(frozen=True)
class View:
    """A page without what its reader does not see as its story.

    Attributes
    ----------
    html : str
        The page; as supplied where nothing had to be changed.
    unread : str or None
        What is to be told of words that were left out because a browser would not show them.
    """

    html: str
    unread: str | None


def view(text: str) -> View:
    """Take out of a page what a browser would not show, and what readers wrote below it.

    Parameters
    ----------
    text : str
        The HTML.

    Returns
    -------
    View
    """
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8")
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return View(text, None)
    removed = hidden_parts.remove(tree)
    n_aside = _drop_asides(tree)
    if not removed and n_aside == 0:
        return View(text, None)
    made = html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
    return View(made, _told(removed))


def _told(removed: list[hidden_parts.Hidden]) -> str | None:
    told = [each for each in removed if each.is_prose and len(each.text.split()) >= _MIN_TOLD_WORDS]
    if not told:
        return None
    n_words = sum(len(each.text.split()) for each in told)
    why = ", ".join(dict.fromkeys(each.why for each in told))
    begins = " ".join(told[0].text.split()[:_MIN_TOLD_WORDS])
    return f'not read: {n_words} words that a browser does not show ({why}), from "{begins} ..."'


def _drop_asides(tree: Any) -> int:
    n_words = max(1, len(" ".join(tree.itertext()).split()))
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "head", "article"):
            continue
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        is_dialog = element.tag == "dialog" or element.get("role") in _DIALOG_ROLES
        if not is_dialog and _DIALOG.search(named) is None and _COMMENTS.search(named) is None:
            continue
        few = len(" ".join(element.itertext()).split()) <= _MAX_ASIDE_SHARE * n_words
        if few and element.find(".//h1") is None and element.find(".//article") is None:
            found.append(element)
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()
    return len(found)
