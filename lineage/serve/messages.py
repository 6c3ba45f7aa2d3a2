"""Messages between the server and its worker: JSON behind its length, on a pipe."""

from __future__ import annotations

import json
from typing import IO, Any

# Bytes of the length that goes before each message.
LENGTH = 8


def pack(value: Any) -> bytes:
    r"""Write a message.

    Parameters
    ----------
    value : object
        Whatever JSON holds.

    Returns
    -------
    bytes

    Examples
    --------
    >>> from lineage.serve import messages
    >>> messages.pack([1])
    b'\x00\x00\x00\x00\x00\x00\x00\x03[1]'
    """
    body = json.dumps(value).encode("ascii")
    return len(body).to_bytes(LENGTH, "big") + body


def unpack(stream: IO[bytes]) -> Any:
    """Read the next message.

    Parameters
    ----------
    stream : binary file
        Whose `read` waits for as many bytes as are asked for.

    Returns
    -------
    object or None
        None where the stream ends.
    """
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    return loads(body) if len(body) == size else None


def loads(body: bytes) -> Any:
    """Read the body of a message."""
    return json.loads(body)
