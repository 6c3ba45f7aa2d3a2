"""Rows of JSON and JSON lines files: one object an article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ... import errors
from .. import columns
from . import problems
from .delimited import Record


def lines(text: str, file: str, found: problems.Problems, *, first: int = 1) -> Iterator[Record]:
    """Read JSON lines: one object a line, blank lines skipped.

    Parameters
    ----------
    text : str
        The whole file.
    file : str
        Its name in messages.
    found : Problems
        Told of lines that are no object with a text.
    first : int
        Number of the first line, where the file is read in pieces.

    Yields
    ------
    Record
        Its row is the number of the line.

    Raises
    ------
    InputError
        Unless bad parts are skipped.
    """
    # Not splitlines: a JSON string may hold U+2028 and its like as they are.
    for number, line in enumerate(text.split("\n"), start=first):
        if not line.strip():
            continue
        try:
            yield Record(number, _values(_parse(line)))
        except errors.InputError as error:
            found.reject(error, file, number)


def objects(text: str, file: str, found: problems.Problems) -> Iterator[Record]:
    """Read a JSON file: a list of objects, or one object that is an article itself.

    Parameters
    ----------
    text : str
        The whole file.
    file : str
        Its name in messages.
    found : Problems
        Told of a file that is no JSON and of items that are no object with a text.

    Yields
    ------
    Record
        Its row is the number of the item, from 1.

    Raises
    ------
    InputError
        Unless bad parts are skipped.
    """
    try:
        parsed = _parse(text)
    except errors.InputError as error:
        found.reject(error, file)
        return
    items = parsed if isinstance(parsed, list) else [parsed]
    for number, item in enumerate(items, start=1):
        try:
            yield Record(number, _values(item))
        except errors.InputError as error:
            found.reject(error, file, number if isinstance(parsed, list) else None)


def holds_articles(text: str) -> bool:
    """Tell whether a JSON file is meant as articles: a list of objects, or one with a text."""
    try:
        parsed = _parse(text)
    except errors.InputError:
        # Broken, and perhaps meant: better said than passed over.
        return True
    if isinstance(parsed, dict):
        return "text" in columns.known(list(parsed))
    return isinstance(parsed, list) and all(isinstance(item, dict) for item in parsed)


def is_lines(text: str) -> bool:
    """Tell whether a text without a file name is JSON lines: its first line is an object."""
    first, _, rest = text.lstrip().partition("\n")
    try:
        return isinstance(_parse(first), dict) and (not rest.strip() or rest.lstrip()[0] == "{")
    except errors.InputError:
        return False


def is_json(text: str) -> bool:
    """Tell whether a text without a file name is one JSON list or object."""
    try:
        return text.lstrip()[:1] in ("[", "{") and isinstance(_parse(text), (list, dict))
    except errors.InputError:
        return False


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}"
        raise errors.InputError(f"not JSON at {at}: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise errors.InputError(f"not JSON that can be read: {error}") from error


def _values(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise errors.InputError(f"a {type(item).__name__}, not an object with a column 'text'")
    return columns.of_object(item)
