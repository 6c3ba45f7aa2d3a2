"""Who wrote the article of a web page: its markup, its metadata and its bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ....page import (
    author_lines,
    author_names,
    boilerplate,
    outlets,
    publishers,
    signed_lines,
)
from . import page_data, page_layout

# Names of meta elements, without marks and in small letters, the surest first.
_META = (
    "parselyauthor sailthruauthor cxenseparseauthor byl byline citationauthor bylineauthor "
    "creator dccreator dctermscreator articleauthor authors author".split()
)
# Words of class names, ids and properties that pages give to who wrote.
_MARKS = frozenset(
    "by byline bylines author authors auteur auteurs autor autores autoren autorin autore autori "
    "writer writers reporter reporters contributor contributors correspondent journalist "
    "journaliste firma signature verfasser redacteur creator".split()
)
# Words of the names of what is said about an author, or shown beside one.
_ABOUT = frozenset(
    "about avatar bio biography box card contact date description email handle headshot image img "
    "job location mail photo picture position published read reading role social time title "
    "twitter updated comment comments bookmark related teaser follow button count quote quotes "
    "blockquote cite testimonial book share".split()
)
_NAME_MARKS = frozenset("name fn author authors".split())
_PROFILE = re.compile(
    r"/(?:authors?|by|people|profiles?|staff|journalists?|reporters?|contributors?|auteurs?|"
    r"autor(?:e[ns]?)?|users?|team|writers?)/|/@\w",
    re.IGNORECASE,
)
# Attributes whose values are names of what an element is.
_NAMING = ("class", "id", "itemprop", "property", "data-component", "data-testid", "data-qa")
_MAX_MARKED_WORDS = 40
# Beside the profiles that a byline links to: "By ... and ..., of". More are a sentence.
_MAX_BESIDE_PROFILES = 4
_TYPE_NO_PERSON = re.compile(r"Organization|Corporation|Brand|Thing$|WebSite")
_MAX_LINES_TO_NAME = 4
_ADDRESS = re.compile(r"https?:|www\.|/|@")
# A name of one word, or in another script, is a person's only where it is said to be one's.
_ONE_NAME = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_’'.-]*(?: [^\W\d_]+){0,4}")


def authors(text: str, outlet: str | None = None) -> tuple[str, ...]:
    """Read who wrote the article of a page.

    Persons alone: no staff, no publisher, nobody who edited or took pictures. In this order: the
    article in JSON-LD; microdata, ``rel=author``, class names and profiles; a line "By Jane Roe"
    around the headline; meta elements. A byline that the page shows is believed before the others
    where it names more persons, or others.

    Parameters
    ----------
    text : str
        The HTML.
    outlet : str, optional
        Who publishes the page, which is no author.

    Returns
    -------
    tuple of str
        In order; each once.

    Raises
    ------
    MissingExtraError
        If lxml, which trafilatura brings, is not installed.
    """
    tree = page_data.parse(text)
    if tree is None:
        return ()
    language = _language(tree)
    layout = page_layout.layout_of(tree)
    stated = _named(_of_data(tree, language), outlet)
    shown, is_led = _shown(layout, language, outlet)
    if stated and shown:
        of_data, of_page = (
            {page_layout.letters(each) for each in names} for names in (stated, shown)
        )
        more = of_data <= of_page or (is_led and not of_data & of_page)
        return shown if more else stated
    return stated or shown or _named(_of_meta(tree, language), outlet)


def marked_lines(layout: page_layout.Layout) -> list[str]:
    """Return the lines that a page marks as bylines of its article, whomever they name."""
    return [line for element in _marked(layout) for line in _lines_of(element)]


def _language(tree: Any) -> str | None:
    tag = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return re.split(r"[-_]", tag.strip().lower())[0] or None


def _named(names: Iterable[str], outlet: str | None) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        if outlet is None or not publishers.same(name, outlet):
            found.setdefault(page_layout.letters(name), name)
    return tuple(found.values())


def _of_data(tree: Any, language: str | None) -> Iterator[str]:
    nodes = page_data.nodes_of(tree)
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    articles = page_data.of_kind(nodes, 0)
    own = page_data.own_articles(articles, tree)
    for node in own or page_data.of_kind(nodes, 1):
        for kind in ("author", "creator"):
            found = [
                name
                for each in page_data.listed(node.get(kind))
                for name in _of_node(each, by_id, language)
            ]
            if found:
                yield from found
                break


def _of_node(value: Any, by_id: dict[str, dict[str, Any]], language: str | None) -> list[str]:
    if isinstance(value, list):
        return [name for each in value for name in _of_node(each, by_id, language)]
    is_person = False
    if isinstance(value, dict):
        # "author": {"@id": "#jane"}, described elsewhere.
        node = value if "name" in value else by_id.get(str(value.get("@id")), value)
        types = " ".join(str(each) for each in page_data.listed(node.get("@type")))
        if _TYPE_NO_PERSON.search(types) is not None:
            return []
        is_person = "Person" in types
        names = list(page_data.values_of(node.get("name") or node.get("@value")))
    else:
        names = list(page_data.values_of(value))
    found: list[str] = []
    for name in (" ".join(str(each).split()) for each in names):
        if _ADDRESS.match(name) is None:
            found += author_lines.listed(name, language=language) or (
                [name] if is_person and _is_one_name(name) else []
            )
    return found


def _is_one_name(name: str) -> bool:
    is_plain = _ONE_NAME.fullmatch(name) is not None and outlets.look_up(name) is None
    return is_plain and not author_lines.is_group(name)


def _of_meta(tree: Any, language: str | None) -> list[str]:
    names = page_data.meta_of(tree)
    for wanted in _META:
        found = [
            person
            for name, value in names
            if name == wanted and value and _ADDRESS.search(value) is None
            for person in author_lines.listed(value, language=language)
        ]
        if found:
            return found
    return []


def _shown(
    layout: page_layout.Layout, language: str | None, outlet: str | None
) -> tuple[tuple[str, ...], bool]:
    """The persons of the bylines that a page shows, and whether a lead says that they wrote."""
    marked: tuple[str, ...] = ()
    parent = None
    is_led = False
    for element in _marked(layout):
        if parent is not None and parent not in (element.getparent(), *_above(element)):
            break
        lines = _lines_of(element)
        names = _named(_of_lines(element, lines, language), outlet)
        if names:
            marked = tuple(dict.fromkeys((*marked, *names)))
            is_led = is_led or any(author_lines.has_lead(each, language=language) for each in lines)
            parent = element.getparent()
    if marked:
        return marked, is_led
    for line in page_layout.lines_of(layout):
        names = _named(author_lines.named(line, language=language), outlet)
        if names:
            return names, True
    return _named(_alone(layout, language), outlet), False


def _alone(layout: page_layout.Layout, language: str | None) -> Iterator[str]:
    """Yield whose name stands alone, or with a day, between the headline and the first words."""
    if layout.headline is None:
        return
    headline = page_layout.letters(" ".join(layout.headline.itertext()))
    for line in page_layout.lines_below(layout)[:_MAX_LINES_TO_NAME]:
        if len(line.split()) >= page_layout.MIN_PROSE_WORDS:
            return
        signed = signed_lines.read(line, order="dmy", language=language)
        if signed is not None:
            yield from (
                each for each in signed.persons if page_layout.letters(each) not in headline
            )
            return
        who = author_lines.person(line)
        # Whom the headline names is whom the story is about.
        is_button = any(boilerplate.is_button(each) for each in line.split())
        if (
            who == line
            and not is_button
            and author_names.has_rare_name(line)
            and page_layout.letters(line) not in headline
        ):
            yield line
            return


def _above(element: Any) -> Iterator[Any]:
    """The items of a list that hold nothing but a byline each."""
    for above in element.iterancestors():
        if len(" ".join(above.itertext()).split()) > _MAX_MARKED_WORDS:
            return
        yield above


def _marked(layout: page_layout.Layout) -> Iterator[Any]:
    """The elements of an article that are marked as its bylines, outermost first, in order."""
    taken: set[Any] = set()
    for element in layout.root.iter():
        if not isinstance(element.tag, str) or any(
            each in taken for each in element.iterancestors()
        ):
            continue
        if not _is_mark(element) or page_layout.is_aside(element, layout):
            continue
        if len(" ".join(element.itertext()).split()) <= _MAX_MARKED_WORDS:
            taken.add(element)
            yield element


def _words_of(element: Any) -> set[str]:
    """The words of the names that an element has: "ArticleAuthor__name" has three."""
    named = " ".join(element.get(each) or "" for each in _NAMING)
    named = re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", named)
    return {each.lower() for each in re.split(r"[\W_]+", named) if each}


def _is_mark(element: Any) -> bool:
    words = _words_of(element)
    if element.tag in ("meta", "link", "input", "label", "textarea", "body", "html"):
        return False
    return (
        _is_author_link(element)
        or _is_profile(element)
        or (bool(words & _MARKS) and not words & _ABOUT)
    )


def _is_author_link(element: Any) -> bool:
    return element.tag == "a" and "author" in (element.get("rel") or "").split()


def _is_profile(element: Any) -> bool:
    """Whether an element links to a person's page, and is not a word of a sentence."""
    if element.tag != "a" or _PROFILE.search(element.get("href") or "") is None:
        return False
    block = next(
        (each for each in element.iterancestors() if not page_layout.is_inline(each)), None
    )
    if block is None:
        return True
    shown = " ".join(block.itertext()).split()
    linked = [word for link in block.iter("a") for word in " ".join(link.itertext()).split()]
    is_sentence = shown[-1].endswith((".", "?", "!"))
    return not is_sentence and len(shown) - len(linked) <= _MAX_BESIDE_PROFILES


def _of_lines(element: Any, lines: Sequence[str], language: str | None) -> list[str]:
    """The persons of a marked byline: of its parts that are names, or of its lines."""
    of_parts = [
        name
        for part in element.iter()
        if isinstance(part.tag, str) and part is not element and _is_name_part(part)
        for line in _lines_of(part)
        for name in author_lines.named(line, language=language, is_byline=True)
    ]
    of_lines = [
        name
        for line in lines
        for name in author_lines.named(line, language=language, is_byline=True)
    ]
    is_more = set(of_parts) <= set(of_lines) and not _has_roles(element)
    return of_lines if is_more or not of_parts else of_parts


def _is_name_part(element: Any) -> bool:
    words = _words_of(element)
    is_link = _is_author_link(element) or _is_profile(element)
    return is_link or (bool(words & _NAME_MARKS) and not words & _ABOUT)


def _has_roles(element: Any) -> bool:
    return any(
        isinstance(part.tag, str) and part is not element and _words_of(part) & _ABOUT
        for part in element.iter()
    )


def _lines_of(element: Any) -> list[str]:
    """The lines of a byline as they are shown, without what is said about its authors."""
    pieces: list[str] = []

    def add(part: Any, is_top: bool) -> None:
        is_block = not page_layout.is_inline(part)
        if is_block:
            pieces.append("\n")
        if isinstance(part.tag, str) and (is_top or not _words_of(part) & _ABOUT):
            pieces.append(part.text or "")
            for child in part:
                add(child, False)
                pieces.append(child.tail or "")
        if is_block:
            pieces.append("\n")

    add(element, True)
    lines = ("".join(pieces)).split("\n")
    return [" ".join(line.split()) for line in lines if re.search(r"\w", line)]
