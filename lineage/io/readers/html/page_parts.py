"""Parts of a web page that are not its story, told by their markup: taken out before it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ....page import boilerplate, reader_notices
from ....text.languages import word_lists
from . import page_data, page_layout

# Words in the names that pages give to what stands around a story. Names of whole pages and of
# their states ("has-newsletter") say nothing of the element itself.
_WORDS = frozenset(
    # What shares and sends.
    "share sharebar sharebuttons sharetools sharing sharedaddy addtoany social socials toolbar "
    "outils teilen partage condividi compartir "
    # What is asked for and offered.
    "newsletter newsletters signup optin subscribe promo promos promobox selfpromo cta donate abo "
    # What a story is filed under.
    "kicker overline eyebrow pretitle dachzeile spitzmarke "
    # Where it stands in the site.
    "breadcrumb breadcrumbs ariane brotkrumen brotkrume kruimelpad "
    "kruimelspoor briciole migas migajas "
    # Other stories.
    "related relateds recommended recommendations teaser teasers readmore mostread trending "
    "nextclick interstitial upnext outbrain taboola "
    # About authors, below what they wrote.
    "bio biography disclosure disclosures "
    # Whom to ask, below a release.
    "contact contacts kontakt pressekontakt "
    # What is said of pictures.
    "caption captions figcaption bildunterschrift bildtext bildzeile legende didascalia piefoto "
    # What is listened to.
    "player audioplayer".split()
)
_COMPOUNDS = re.compile(
    r"(?:^|-)(?:(?:read|see|more)-(?:more|next|also|on|from|info)|most-(?:read|viewed|popular)|"
    r"up-next|also-from|lire-aussi|a-lire|vedi-anche|leggi-anche|(?:lesen-)?sie-auch|mehr-zum|"
    r"lees-ook|lea-tambien|sign-up|author-(?:bio|box|card|info|profile|about)|about-(?:the-)?author|"
    r"(?:published|publication)-dates|(?:change|update|revision|version)s?-history|"
    r"(?:picture|image|photo)-(?:text|credit|info)|"
    r"audio-(?:module|player|tools?|bar)|bild-(?:text|zeile|unterschrift)|pie-(?:de-)?foto)(?:-|$)"
)
# Classes of templates that file a whole page: "category-trending", "tag-newsletter".
_FILED = re.compile(r"(?:post-)?(?:category|tag|type|format|status|single|node|theme)-")
_NEGATED = frozenset("no has with without not is hide show".split())
_STATES = frozenset("active enabled loaded open ready visible page layout template".split())
# A part around a story has fewer words, or most of them in links; what has more of the page's
# words than this is the story.
_MAX_WORDS = 150
_MIN_LINKED_SHARE = 0.5
_MAX_SHARE = 0.3
_NEVER = frozenset("html body head main article h1 form table thead tbody tr td th".split())
_PICTURE = re.compile(r"image|img|photo|foto|picture|bild|figure|immagine|imagen", re.IGNORECASE)
_MAX_CAPTION_WORDS = 50
_PULLED = re.compile(r"(?:^|-)pull(?:ed|ing)?(?:-?quotes?)?(?:-|$)|pullquote")
_SUMMARIES = frozenset(("teaser", "anreisser", "promo"))
_MIN_SUMMARY_WORDS = 8
_MIN_QUOTED_WORDS = 4
# Of a line that is a link to another story, what stands outside the link.
_LABEL = re.compile(
    rf"\W*(?:{word_lists.of_pages('see_also')}|opinion|analysis|explainer|explained|video)?\W*",
    re.IGNORECASE,
)
_MIN_LINK_WORDS = 4
_MIN_LINK_LIST_SHARE = 0.8
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»“«)\]]*\s*$")


def strip(html: str) -> str:
    """Take out of a page what its markup says is no part of the story.

    Share buttons, pitches, teasers, words about the author, captions, links to other stories on
    a line of their own, and words of the story that are set a second time in large letters. What
    has many words of its own stays, however it is named: a sentence of the story is worth more
    than a pitch. Lists whose items are entries of a live page become blocks.

    Parameters
    ----------
    html : str
        The page as its reader sees it.

    Returns
    -------
    str
        The page as it was, if nothing had to be changed.
    """
    from lxml import html as lxml_html

    tree = page_data.parse(html)
    if tree is None:
        return html
    has_roles = next(iter(tree.xpath("//*[@role='heading']")), None) is not None
    n_entries = _open_entries(tree) + _name_summaries(tree)
    layout = page_layout.layout_of(tree)
    if n_entries > 0 and layout.root.tag == "main":
        # Of what has no article, the extraction takes paragraphs and leaves headings out.
        layout.root.tag = "article"
    found = list(_around(tree, layout))
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()
    if n_entries == 0 and len(found) == 0 and not has_roles:
        return html
    return str(lxml_html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))


def _open_entries(tree: Any) -> int:
    """Turn entries of a live page, in lists or each an article, into blocks."""
    parts = tree.iter("article") if _is_live(tree) else ()
    entries = [each for each in parts if next(each.iter("h1"), None) is None]
    for each in tree.iter("ol", "ul"):
        items = [item for item in each if item.tag == "li"]
        if any(_is_entry(item) for item in items):
            entries += [each, *items]
    for each in entries:
        each.tag = "div"
        if "post" in (each.get("class") or ""):
            # By that name the extraction would take one entry for the page.
            del each.attrib["class"]
    return len(entries)


def _is_live(tree: Any) -> bool:
    if any("liveBlogUpdate" in (each.get("itemprop") or "") for each in tree.iter()):
        return True
    return any("LiveBlogPosting" in (script.text or "") for script in tree.iter("script")) or any(
        "LiveBlogPosting" in (each.get("itemtype") or "") for each in tree.iter()
    )


def _name_summaries(tree: Any) -> int:
    """Name what stands directly below the headline and is called a teaser: it is the summary."""
    found = []
    is_below = False
    for element in page_layout.layout_of(tree).root.iter():
        is_below = is_below or element.tag == "h1"
        if not is_below or element.tag not in ("p", "div"):
            continue
        n_words = _n_words(element)
        is_long = n_words >= _MIN_SUMMARY_WORDS
        is_named = any(name.split("-")[0] in _SUMMARIES for name in names_of(element))
        if is_named and is_long and n_words <= _MAX_CAPTION_WORDS and n_linked(element) == 0:
            found.append(element)
        if is_long and element.tag == "p":
            break
    for element in found:
        element.set("class", "standfirst")
    return len(found)


def _is_entry(item: Any) -> bool:
    inside = [part.tag for part in item.iterdescendants() if isinstance(part.tag, str)]
    has_heading = not {"h2", "h3", "h4", "h5"}.isdisjoint(inside)
    told = [part for part in item.iter("p") if _SENTENCE_END.search("".join(part.itertext()))]
    return len(told) > 0 and (has_heading or inside.count("p") >= 2)


def _around(tree: Any, layout: page_layout.Layout) -> Iterator[Any]:
    n_words = max(1, _n_words(tree))
    paragraphs = [(each, _letters(each)) for each in tree.iter("p")]
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str) or tag in _NEVER:
            if tag == "caption" or (tag == "table" and _is_picture(element)):
                yield element
            continue
        if _is_with_headline(element, layout):
            continue
        own = _n_words(element)
        if own == 0 or own > _MAX_SHARE * n_words:
            continue
        few = own <= _MAX_WORDS or n_linked(element) >= _MIN_LINKED_SHARE * own
        if (
            tag == "caption"
            or (few and (is_named_around(element) or page_layout.is_of_another(element)))
            or _is_picture(element)
            or _is_link_line(element)
            or _is_repeated(element, paragraphs)
            or _is_labelled(element)
        ):
            yield element
            continue
        if _is_label_of_links(element):
            yield from (element, element.getnext())


def _is_with_headline(element: Any, layout: page_layout.Layout) -> bool:
    if layout.headline is None:
        return False
    return layout.headline in element.iter("h1", "h2", "h3") or any(
        each is layout.headline for each in element.iterancestors("h1", "h2", "h3")
    )


def is_named_around(element: Any) -> bool:
    """Say whether a page names an element as something beside its story.

    Parameters
    ----------
    element : lxml element

    Returns
    -------
    bool
        By class, id, role and the names that scripts and tests go by.
    """
    return any(_is_around(name) for name in names_of(element))


def names_of(element: Any) -> list[str]:
    """Return what a page calls an element, in small letters with hyphens between the words.

    Parameters
    ----------
    element : lxml element

    Returns
    -------
    list of str
    """
    given = [
        str(value)
        for key, value in element.attrib.items()
        if key in ("class", "id", "role", "itemprop") or key.startswith("data-")
    ]
    found = [name for value in given if len(value) <= 200 for name in value.split()]
    # "shareBar", "gh_signup__card"
    parted = [re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name) for name in found]
    return [re.sub(r"[-_:./]+", "-", name).lower().strip("-") for name in parted]


def _is_around(name: str) -> bool:
    words = name.split("-")
    if _FILED.match(name) or words[0] in _NEGATED or words[-1] in _STATES:
        return False
    return not _WORDS.isdisjoint(words) or _COMPOUNDS.search(name) is not None


def _is_picture(element: Any) -> bool:
    """Say whether an element holds a picture and what is said of it, and nothing else."""
    if element.tag not in ("div", "span", "section", "table"):
        return False
    if next(element.iter("img", "picture"), None) is None:
        return False
    inside = {part.tag for part in element.iterdescendants() if isinstance(part.tag, str)}
    if not inside.isdisjoint(("h1", "h2", "h3", "li", "blockquote", "article")):
        return False
    if _n_words(element) > _MAX_CAPTION_WORDS:
        return False
    if element.tag == "table":
        return sum(1 for _ in element.iter("td", "th")) == 1
    return any(_PICTURE.search(name) is not None for name in names_of(element))


def _is_link_line(element: Any) -> bool:
    """Say whether a paragraph is a link to another story, with at most a label before it."""
    if element.tag not in ("p", "h2", "h3", "h4", "h5", "h6"):
        return False
    linked = n_linked(element)
    if linked < _MIN_LINK_WORDS or any(
        str(link.get("href") or "").startswith("#") for link in element.iter("a")
    ):
        return False
    text = " ".join(element.itertext())
    outside = _outside_links(element)
    label = _LABEL.fullmatch(outside)
    if label is None:
        return False
    is_labelled = re.search(r"\w", outside) is not None or "[" in outside
    is_heading = element.tag != "p"
    return is_labelled or (not is_heading and _SENTENCE_END.search(text) is None)


def _is_labelled(element: Any) -> bool:
    """Say whether a part begins with the label of what stands around a story, and is short."""
    if element.tag not in ("div", "section", "aside") or _n_words(element) > _MAX_WORDS:
        return False
    shown = next((text.strip() for text in element.itertext() if text.strip()), "")
    if _n_words(element) == len(shown.split()):
        return False
    forms = (
        boilerplate.is_list_label,
        reader_notices.is_bio_label,
        reader_notices.is_contact_label,
    )
    if any(form(shown) for form in forms):
        return True
    head = next(
        (part for part in element.iterdescendants() if part.text and part.text.strip()), None
    )
    is_head = head is not None and head.tag in ("h2", "h3", "h4", "h5", "h6")
    return is_head and _n_words(element) <= _MAX_CAPTION_WORDS and boilerplate.begins_appeal(shown)


def _is_label_of_links(element: Any) -> bool:
    """Say whether a heading stands over nothing but a list of links."""
    below = element.getnext()
    if element.tag not in ("h2", "h3", "h4", "h5", "h6") or below is None:
        return False
    if below.tag not in ("ul", "ol"):
        return False
    n_words = _n_words(below)
    return n_words > 0 and n_linked(below) >= _MIN_LINK_LIST_SHARE * n_words


def _is_repeated(element: Any, paragraphs: list[tuple[Any, str]]) -> bool:
    """Say whether an element sets words of the story a second time."""
    is_named = any(_PULLED.search(name) is not None for name in names_of(element))
    is_set_apart = element.tag in ("blockquote", "aside", "figure") or is_named
    if not is_set_apart or next(element.iterancestors("p"), None) is not None:
        return False
    spoken = [text for text in element.itertext() if len(text.split()) >= _MIN_QUOTED_WORDS]
    if len(spoken) == 0:
        return False
    inside = set(element.iter("p"))
    others = [told for each, told in paragraphs if each not in inside]
    return all(any(page_layout.letters(text) in told for told in others) for text in spoken)


def _letters(element: Any) -> str:
    return page_layout.letters(" ".join(element.itertext()))


def _n_words(element: Any) -> int:
    parts = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return len(" ".join(parts).split())


def n_linked(element: Any) -> int:
    """Return how many of an element's words are in links.

    Parameters
    ----------
    element : lxml element

    Returns
    -------
    int
    """
    links = element.xpath(".//a[not(ancestor::a)]")
    return sum(len(" ".join(link.itertext()).split()) for link in links)


def _outside_links(element: Any) -> str:
    return " ".join(" ".join(element.xpath(".//text()[not(ancestor::a)]")).split())
