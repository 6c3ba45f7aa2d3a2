"""Which parts of a web page a browser would not show: hidden by attribute, by style, by colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What styles say of these decides whether words can be seen.
_PROPERTIES = frozenset(
    (
        *("display", "visibility", "opacity", "color", "background", "background-color"),
        *("font-size", "position", "left", "top", "right", "bottom", "text-indent", "width"),
        *("height", "max-height", "overflow", "clip", "clip-path", "transform", "animation"),
        *("transition", "background-clip", "-webkit-background-clip", "background-image"),
    )
)
_NEVER = frozenset(("html", "body", "head"))
# Text outside the screen starts far outside: designs move things by less.
_FAR_PX = 500
_TINY_PX = 1.0
# Two colours, as parts of full brightness, that nobody tells apart.
_SAME_COLOUR = 0.06
# A page of which so much is hidden is shown by a script.
_MAX_HIDDEN_SHARE = 0.5

_LENGTH = re.compile(
    r"(-?\d{0,60}\.?\d{1,60})\s{0,60}(px|r?em|vw|vh|%"
    r"|pt)?\s{0,60}$",
    re.IGNORECASE,
)
_PX_OF = {"": 1.0, "px": 1.0, "em": 16.0, "rem": 16.0, "vw": 10.0, "vh": 10.0, "%": 10.0, "pt": 1.3}

_Styles = Mapping[Any, Mapping[str, str]]


@dataclass(frozen=True)
class Hidden:
    """A part of a page that a browser would not show.

    Attributes
    ----------
    text : str
        Its words, in one line.
    why : str
        What hides it: ``display: none``, ``hidden``, ``<template>``, ``off screen``, ...
    is_prose : bool
        Whether it stands where a story could: not in a menu, form, dialog, head or foot.
    """

    text: str
    why: str
    is_prose: bool


_ASIDE = frozenset(("nav", "header", "footer", "form", "dialog", "button", "select", "svg", "menu"))


def remove(tree: Any) -> list[Hidden]:
    """Take what a browser would not show out of a page.

    Only the page's own styles are known, not those that it loads; what a style sheet or a
    script would show later is taken for hidden, unless it is most of the page.

    Parameters
    ----------
    tree : lxml element
        The page; changed in place.

    Returns
    -------
    list of Hidden
        What was taken out, in order.
    """
    styles = _styles(tree)
    loads_styles = any(
        "stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link")
    )
    n_words = max(1, len(_text(tree).split()))
    removed: list[Hidden] = []
    gone: set[Any] = set()
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _NEVER:
            continue
        if element in gone:
            continue
        why = _why(element, styles, loads_styles=loads_styles)
        if why is None:
            continue
        text = _text(element)
        if len(text.split()) > _MAX_HIDDEN_SHARE * n_words:
            continue
        gone.update(element.iter())
        aside = any(
            above.tag in _ASIDE or above.get("role") in ("dialog", "navigation")
            for above in (element, *element.iterancestors())
        )
        if text != "" and element.tag not in ("script", "style"):
            removed.append(Hidden(text, why, not aside))
        element.drop_tree()
    return removed


def _text(element: Any) -> str:
    parts = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join(parts).split())


def _why(element: Any, styles: _Styles, *, loads_styles: bool) -> str | None:
    if element.tag == "template":
        return "<template>"
    if element.tag == "noscript":
        return "<noscript>"
    style = styles.get(element, {})
    display = style.get("display")
    if display == "none":
        return "display: none"
    if element.get("hidden") is not None and display is None:
        return "hidden"
    if not style:
        return None
    below = [styles[each] for each in element.iterdescendants() if each in styles]
    shown_below = any(each.get("visibility") == "visible" for each in below)
    if style.get("visibility") in ("hidden", "collapse") and not shown_below:
        return "visibility: hidden"
    for found, why in ((_is_outside(style), "off screen"), (_is_flat(style), "size 0")):
        if found:
            return why
    size = _px(style.get("font-size"))
    # Gaps between boxes are closed by a size of 0 around boxes with a size of their own.
    if size is not None and size <= _TINY_PX and not any("font-size" in each for each in below):
        return "size 0"
    moving = any(style.get(name) is not None for name in ("transform", "animation", "transition"))
    if _px(style.get("opacity")) == 0 and not moving:
        return "opacity: 0"
    coloured_below = any("color" in each for each in below)
    if "color" not in style or coloured_below:
        return None
    unseen = _is_unseen(element, styles, loads_styles=loads_styles)
    return "the colour of its ground" if unseen else None


def _px(value: str | None) -> float | None:
    match = _LENGTH.match(value.strip()) if value is not None else None
    if match is None:
        return None
    return float(match[1]) * _PX_OF[(match[2] or "").lower()]


def _is_outside(style: Mapping[str, str]) -> bool:
    indent = _px(style.get("text-indent"))
    if indent is not None and indent <= -_FAR_PX:
        return True
    moved = re.search(r"translate\w*\(\s*(-?\d+)px", style.get("transform", ""))
    if moved is not None and abs(float(moved[1])) >= _FAR_PX:
        return True
    if style.get("position") not in ("absolute", "fixed"):
        return False
    places = [_px(style.get(side)) for side in ("left", "top", "right", "bottom")]
    return any(place is not None and place <= -_FAR_PX for place in places)


def _is_flat(style: Mapping[str, str]) -> bool:
    clipped = re.match(r"rect\(\s*(?:0|1)(?:px)?[\s,]", style.get("clip", "")) is not None
    if (clipped and style.get("position") in ("absolute", "fixed")) or re.match(
        r"inset\(\s*(?:50|100)%", style.get("clip-path", "")
    ):
        return True
    if style.get("overflow") not in ("hidden", "clip"):
        return False
    sides = [_px(style.get(side)) for side in ("width", "height", "max-height")]
    return any(side is not None and side <= _TINY_PX for side in sides)


def _is_unseen(element: Any, styles: _Styles, *, loads_styles: bool) -> bool:
    style = styles[element]
    colour = _colour(style["color"])
    if colour is None:
        return False
    if colour[3] == 0:
        clips = ("background-clip", "-webkit-background-clip")
        return not any(style.get(name) == "text" for name in clips)
    ground = None if loads_styles else (1.0, 1.0, 1.0, 1.0)
    for above in (element, *element.iterancestors()):
        own = styles.get(above, {})
        said = own.get("background-color") or own.get("background")
        if said is not None or own.get("background-image") is not None:
            ground = _colour(said or "")
            break
        if above.get("bgcolor") is not None:
            ground = _colour(above.get("bgcolor"))
            break
    if ground is None or ground[3] == 0:
        return False
    return all(abs(a - b) <= _SAME_COLOUR for a, b in zip(colour[:3], ground[:3], strict=True))


def _colour(value: str) -> tuple[float, float, float, float] | None:
    from tinycss2 import color3

    found = color3.parse_color(value.strip())
    return None if found is None or isinstance(found, str) else tuple(found)


def _styles(tree: Any) -> dict[Any, dict[str, str]]:
    """Return what the page's own styles say of each element, the strongest for each property."""
    strongest: dict[Any, dict[str, tuple[tuple[Any, ...], str]]] = {}
    for order, (weight, elements, said) in enumerate(_rules(tree)):
        for name, value, is_important in said:
            for element in elements:
                own = strongest.setdefault(element, {})
                rank = (is_important, weight, order)
                if name not in own or own[name][0] <= rank:
                    own[name] = (rank, value)
    return {
        element: {name: value for name, (_, value) in own.items()}
        for element, own in strongest.items()
    }


_Said = list[tuple[str, str, bool]]


def _rules(tree: Any) -> Iterator[tuple[tuple[int, ...], Sequence[Any], _Said]]:
    import cssselect
    import tinycss2

    translator = cssselect.HTMLTranslator()
    named = _names(tree)
    for sheet in tree.iter("style"):
        if (sheet.get("media") or "all").lower() not in ("all", "screen"):
            continue
        rules = tinycss2.parse_stylesheet(sheet.text or "", True, True)
        for rule in _on_screen(rules, tinycss2):
            said = _declared(tinycss2.parse_declaration_list(rule.content, True, True))
            if not said:
                continue
            try:
                selectors = cssselect.parse(tinycss2.serialize(rule.prelude))
                for selector in selectors:
                    if selector.pseudo_element is None and _can_match(selector, named):
                        path = translator.selector_to_xpath(selector)
                        yield (0, *selector.specificity()), tree.xpath(path), said
            except (cssselect.SelectorError, ValueError):
                # A selector that is not known hides nothing.
                continue
    for element in tree.xpath("//*[@style]"):
        said = _declared(tinycss2.parse_declaration_list(element.get("style"), True, True))
        if said:
            yield (1,), [element], said


def _names(tree: Any) -> set[str]:
    """Return the classes and ids of a page."""
    found: set[str] = set()
    for element in tree.iter():
        if isinstance(element.tag, str):
            found.update((element.get("class") or "").split())
            found.add(element.get("id") or "")
    return found


def _can_match(selector: Any, named: set[str]) -> bool:
    """Say whether the page has the names that a selector asks for.

    Most rules of a large style sheet are for other pages, and each costs a search.
    """
    wanted = re.sub(r"\[[^\]]*\]|:(?:not|is|where|has)\(.*\)", "", selector.canonical())
    return all(name in named for name in re.findall(r"[.#]((?:[\w-]|[^\x00-\x7f])+)", wanted))


def _on_screen(rules: Iterable[Any], tinycss2: Any) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
            continue
        is_media = rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content
        if is_media and tinycss2.serialize(rule.prelude).strip().lower() in ("all", "screen"):
            yield from _on_screen(tinycss2.parse_rule_list(rule.content, True, True), tinycss2)


def _declared(found: Iterable[Any]) -> _Said:
    import tinycss2

    return [
        (each.lower_name, tinycss2.serialize(each.value).strip().lower(), each.important)
        for each in found
        if each.type == "declaration" and each.lower_name in _PROPERTIES
    ]
