"""The date of publication in what the scripts of a web page hold: its state, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .... import errors
from ....text import given_dates
from . import page_data, page_layout

# Names of dates of first publication, without marks and in small letters, the surest first;
# before them what they are of may be named: "articlePublishDate".
_NAMES = (
    "firstpublished firstpublishedat firstpublishedtime firstpublisheddate firstpublishdate "
    "firstpublicationdate initialpublicationdate dateoffirstpublication originalpublishdate "
    "originalpublicationdate publishedfirst datepublished datepublishedutc publishedat publishedon "
    "publisheddate publishedtime publishedtimestamp published publishdate publishtime "
    "publicationdate publicationtime pubdate pubtime datepublication dateofpublication "
    "publisheddatetime publishdatetime publicationdatetime".split()
)
_OF = re.compile(r"^(?:article|story|page|content|post|news|asset|item|doc|document)(?=.)")
_TITLES = re.compile(
    r"^(?:(?:article|story|page|content|post|seo|main)?(?:headlines?|titles?)|name)$"
)
# What a site tells its counters of the page: flat, and of this page alone.
_COUNTERS = re.compile(
    r"(?:window\.)?(?:dataLayer|digitalData|utag_data|analyticsData|pageData|_satellite\w*)"
)
_ASSIGNED = re.compile(
    r"(?P<name>[A-Za-z_$][\w$.\[\]\"']{0,60})\s{0,60}(?:=|\|\||\.push\()\s{0,60}(?:JSON\.parse"
    r"\(\s{0,60}(?=[\"'])|(?=[{\[]))"
)
# Of objects that are no JSON, with names without marks: only pairs of a name and a value.
_PAIR = re.compile(
    r"[\"']?(?P<key>[A-Za-z_]\w{0,60})[\"']?\s{0,60}:\s{0,60}[\"'](?P<value>\d{4}-\d\d-\d"
    r"\d[^\"'<>]{0,25})[\"']"
)
_MAX_SCRIPTS, _MAX_ASSIGNED, _MAX_OBJECTS = 200, 60, 50_000
_MAX_TITLE = 300
# How far below an object with the headline its date may stand: "meta": {"publishedAt": ...}.
_MAX_DEPTH = 2


def published(tree: Any) -> Iterator[Any]:
    """Yield the dates of publication that the state of a page has for its article.

    Parameters
    ----------
    tree : element
        The page, read by lxml.

    Yields
    ------
    object
        A text or a number, the surest first: of objects that have the page's headline, then what
        the page tells its counters, where that is one date.
    """
    titles = _titles(tree)
    stated: list[tuple[int, Any]] = []
    counted: list[tuple[int, Any]] = []
    scripts = [script for script in tree.iter("script") if script.text]
    for script in scripts[:_MAX_SCRIPTS]:
        for name, value in _values(script):
            is_counter = _COUNTERS.fullmatch(name) is not None
            for each in _objects(value):
                if _has_title(each, titles):
                    stated += _dates(each, _MAX_DEPTH)
                elif is_counter:
                    counted += _dates(each, 0)
        if _COUNTERS.search(script.text) is not None:
            pairs = _PAIR.finditer(script.text)
            counted += [(rank, m["value"]) for m in pairs if (rank := _rank(m["key"])) is not None]
    yield from (value for _, value in sorted(stated, key=lambda each: each[0]))
    best = min((rank for rank, _ in counted), default=0)
    values = {str(value): value for rank, value in counted if rank == best}
    if len(values) == 1:
        yield from values.values()


def _titles(tree: Any) -> set[str]:
    """The headline of a page and its title, as letters."""
    headline = page_layout.layout_of(tree).headline
    shown = [] if headline is None else [" ".join(headline.itertext())]
    shown += [title.text or "" for title in tree.iter("title")]
    for name, content in page_data.meta_of(tree):
        shown += [content] if name == "ogtitle" and content else []
    return {page_layout.letters(each) for each in shown} - {""}


def _values(script: Any) -> Iterator[tuple[str, Any]]:
    """The values that a script holds as JSON, and the names that they are given."""
    text = script.text
    kind = (script.get("type") or "").lower()
    if "ld+json" in kind:
        return
    if "json" in kind:
        value = _read(text)
        if value is not None:
            yield script.get("id") or "", value
        return
    reached = 0
    for match in list(_ASSIGNED.finditer(text))[:_MAX_ASSIGNED]:
        if match.start() < reached:
            continue
        try:
            value, reached = json.JSONDecoder(strict=False).raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        yield match["name"], _read(value) if isinstance(value, str) else value


def _read(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a value; in strings of a stream of parts, each line as well."""
    waiting, n_seen = [value], 0
    while waiting and n_seen < _MAX_OBJECTS:
        each = waiting.pop()
        n_seen += 1
        if isinstance(each, dict):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, str) and '":' in each:
            # "5:[...]", and an object within a text.
            for line in each.splitlines():
                inner = _read(line.partition(":")[2]) if line[:1].isalnum() else _read(line)
                if isinstance(inner, (dict, list)):
                    waiting.append(inner)


def _has_title(value: dict[str, Any], titles: set[str]) -> bool:
    for key, shown in value.items():
        if _TITLES.match(_letters(key)) is None:
            continue
        for each in shown.values() if isinstance(shown, dict) else (shown,):
            if not isinstance(each, str) or len(each) > _MAX_TITLE:
                continue
            headline = page_layout.letters(each)
            # The title may have the name of the site behind the headline.
            if headline and any(
                title == headline or (title.startswith(headline) and " " in each.strip())
                for title in titles
            ):
                return True
    return False


def _dates(value: dict[str, Any], depth: int) -> list[tuple[int, Any]]:
    found = []
    for key, each in value.items():
        rank = _rank(key)
        if rank is not None and _is_date(each):
            found.append((rank, each))
        elif depth > 0 and isinstance(each, dict):
            is_other = any(_TITLES.match(_letters(inner)) for inner in each if inner != "name")
            found += [] if is_other else _dates(each, depth - 1)
    return found


def _is_date(value: Any) -> bool:
    """Whether a value is one: "published": true, or "yes", is none."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return False
    try:
        return given_dates.parse_date(value) is not None
    except errors.DateError:
        return False


def _rank(key: str) -> int | None:
    name = _OF.sub("", _letters(key))
    return _NAMES.index(name) if name in _NAMES else None


def _letters(key: str) -> str:
    return re.sub(r"[\W_]", "", str(key)).lower()
