"""The head of a Markdown file: `key: value` lines between two lines of dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .. import columns

_FENCED = re.compile(
    r"---[ \t]*\r?\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]*):(?:[ \t]+(?P<value>.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.+)")


@dataclass(frozen=True)
class Markdown:
    """A Markdown file taken apart.

    Attributes
    ----------
    values : dict of str to object
        Column of the articles table to value, from the head.
    text : str
        What follows the head; the whole file where there is no head.
    """

    values: dict[str, Any]
    text: str


def split(text: str) -> Markdown:
    """Take the head off a Markdown file and read what it says of the article.

    Flat `key: value` pairs and lists are understood, the rest of YAML is passed over. Three
    dashes that are followed by prose are a rule across the page, not a head.

    Parameters
    ----------
    text : str
        The whole file.

    Returns
    -------
    Markdown

    Raises
    ------
    InputError
        If two keys mean the same column; the message has no file.
    """
    fenced = _FENCED.match(text)
    pairs = {} if fenced is None else _pairs(fenced["head"])
    if fenced is None or not pairs:
        return Markdown({}, text)
    found = columns.match(list(pairs), need=None)
    values = list(pairs.values())
    said = {column: values[position] for column, position in found.items()}
    return Markdown(said, text[fenced.end() :])


def _pairs(head: str) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    key = None
    for line in head.splitlines():
        pair = _PAIR.fullmatch(line.rstrip())
        item = _ITEM.fullmatch(line.rstrip())
        if pair is not None:
            key = pair["key"].strip()
            pairs[key] = _value(pair["value"] or "")
        elif item is not None and key is not None and pairs[key] in ("", [], None):
            pairs[key] = [_value(item["value"])]
        elif item is not None and key is not None and isinstance(pairs[key], list):
            pairs[key].append(_value(item["value"]))
        elif line.strip() and line[0] not in " \t#-":
            # Prose between two rules across the page.
            return {}
    return pairs


def _value(written: str) -> Any:
    value = written.strip()
    if len(value) >= 2 and value[0] == "[" and value[-1] == "]":
        # Lists within lists are passed over: their depth is for others to choose.
        return [_plain(part) for part in value[1:-1].split(",") if part.strip()]
    return _plain(value)


def _plain(written: str) -> str:
    value = written.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    # A comment, as YAML has it: after a space.
    return re.split(r"\s#", value, maxsplit=1)[0].rstrip()
