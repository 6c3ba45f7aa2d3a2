"""What a request hands in: texts, files and addresses, checked for their form and number."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import errors

# What may be said of a text; the id aside, columns of the articles table.
FIELDS = ("id", "text", "title", "outlet", "byline", "url", "language", "published_at")
KINDS = ("text", "file", "address")


@dataclass(frozen=True)
class Limits:
    """How much one request may hand in, and how many may wait.

    Attributes
    ----------
    max_texts : int
        Texts, files and addresses of one request. Two hundred texts are traced in a minute.
    max_bytes : int
        Size of a request.
    max_waiting : int
        Requests that wait for their turn; one more is turned away.
    max_s : float
        Seconds of a trace, so that one of a text that is no text does not keep all others waiting.

    Examples
    --------
    >>> from lineage.serve import pieces
    >>> pieces.Limits(max_texts=50).max_bytes
    20000000
    """

    max_texts: int = 200
    max_bytes: int = 20_000_000
    max_waiting: int = 8
    max_s: float = 600.0


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one piece, or with the request as a whole.

    Attributes
    ----------
    at : int or None
        Place of the piece in the request, from 0; None for the whole.
    problem : str
        One line: what is wrong and what to do about it.
    """

    at: int | None
    problem: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"at": self.at, "problem": self.problem}


class RefusedError(errors.InputError):
    """A request cannot be used; `complaints` says what is wrong with which piece."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__(complaints[0].problem)
        self.complaints = complaints


def texts(value: Any, limits: Limits) -> list[dict[str, Any]]:
    """Check the texts that a program hands in.

    Parameters
    ----------
    value : object
        From JSON: a list of objects with ``text`` and whatever else of `FIELDS` is known.
    limits : Limits

    Returns
    -------
    list of dict
        Pieces for the worker, in the same order.

    Raises
    ------
    RefusedError
        If it is something else, with a complaint for each item.

    Examples
    --------
    >>> from lineage.serve import pieces
    >>> pieces.texts([{"text": "A crane fell.", "id": "a"}], pieces.Limits())
    [{'kind': 'text', 'id': 'a', 'text': 'A crane fell.'}]
    >>> pieces.texts([{"txt": "A crane fell."}], pieces.Limits())
    Traceback (most recent call last):
        ...
    lineage.serve.pieces.RefusedError: unknown field 'txt'; there are id, text, title, outlet, \
byline, url, language, published_at
    """
    return _checked(value, limits, lambda item: _text(item))


def mixed(value: Any, limits: Limits, *, with_addresses: bool) -> list[dict[str, Any]]:
    """Check what the page hands in: pasted texts, files and addresses.

    Parameters
    ----------
    value : object
        From JSON: a list of objects with ``kind`` (one of `KINDS`); a text has what `texts`
        takes, a file ``name`` and ``data`` (base64), an address ``address``.
    limits : Limits
    with_addresses : bool
        Whether web pages can be fetched here.

    Returns
    -------
    list of dict
        Pieces for the worker, in the same order.

    Raises
    ------
    RefusedError
        If it is something else, with a complaint for each item.
    """

    def checked(item: Mapping[str, Any]) -> dict[str, Any]:
        kind = item.get("kind")
        rest = {name: each for name, each in item.items() if name != "kind"}
        if kind == "text":
            return _text(rest)
        if kind == "file":
            return _file(rest)
        if kind == "address":
            return _address(rest, with_addresses)
        raise errors.InputError(f"kind is {kind!r}, not one of {', '.join(KINDS)}")

    return _checked(value, limits, checked)


def _checked(value: Any, limits: Limits, check: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise RefusedError([Complaint(None, "the request is no list of texts")])
    if len(value) > limits.max_texts:
        said = (
            f"{len(value)} texts are more than {limits.max_texts}; hand in fewer, or start "
            "lineage serve with a larger --max-texts"
        )
        raise RefusedError([Complaint(None, said)])
    made, complaints = [], []
    first: dict[str, int] = {}
    for at, item in enumerate(value):
        try:
            if not isinstance(item, dict):
                raise errors.InputError(f"item {at} is no object with a text")
            piece = check(item)
            name = piece.get("id")
            if name is not None and name in first:
                raise errors.InputError(
                    f"id {name!r} is that of item {first[name]} too; ids must differ"
                )
            first.setdefault(name, at)
            made.append(piece)
        except errors.InputError as error:
            complaints.append(Complaint(at, str(error)))
    if complaints:
        raise RefusedError(complaints)
    return made


def _text(item: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in item.items():
        if name not in FIELDS:
            raise errors.InputError(f"unknown field {name!r}; there are {', '.join(FIELDS)}")
        if value is not None and not isinstance(value, str):
            raise errors.InputError(f"{name} is a {type(value).__name__}, not a text")
    if item.get("text") is None:
        raise errors.InputError("the field text is missing")
    said = {name: item[name] for name in FIELDS if item.get(name) not in (None, "")}
    return {"kind": "text", **said, "text": item["text"]}


def _file(item: Mapping[str, Any]) -> dict[str, Any]:
    name, data = item.get("name"), item.get("data")
    if not isinstance(name, str) or not isinstance(data, str):
        raise errors.InputError("a file has a name, and its bytes as base64 in data")
    try:
        base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise errors.InputError("data is no base64") from error
    return {"kind": "file", "name": name, "data": data}


def _address(item: Mapping[str, Any], with_addresses: bool) -> dict[str, Any]:
    if not with_addresses:
        raise errors.InputError(
            "fetching web pages needs a part that is not installed: "
            'pip install "article-lineage[web]"; or paste the text of the page'
        )
    address = item.get("address")
    if not isinstance(address, str) or not address.strip():
        raise errors.InputError("the field address is missing")
    return {"kind": "address", "address": address.strip()}
