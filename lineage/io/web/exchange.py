"""One request for a web page: to an address that was checked, within size and time."""

from __future__ import annotations

import contextlib
import socket
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib import parse

from ... import __version__, errors

# By which a site's robots.txt can name this program.
ROBOT = "article-lineage"
_USER_AGENT = f"{ROBOT}/{__version__} (fetches single articles that a person named)"

_HEADERS = {
    "User-Agent": _USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}

_READ_BYTES = 65_536


@dataclass(frozen=True)
class Answer:
    """What a server sent.

    Attributes
    ----------
    status : int
    reason : str
    headers : mapping of str to str
        By name in small letters.
    data : bytes
        The body, unpacked; empty unless the status is 200.
    """

    status: int
    reason: str
    headers: Mapping[str, str]
    data: bytes


def get(
    url: str, addresses: Sequence[str], port: int, *, max_bytes: int, max_s: float, cut: bool
) -> Answer:
    """Ask for a page once, without following redirects.

    Parameters
    ----------
    url : str
        As `fetching.check` returned it.
    addresses : sequence of str
        IP addresses of its host, tried in order until one answers; no name is looked up here.
    port : int
    max_bytes : int
        Of the body, as sent and as unpacked.
    max_s : float
        From connecting to the last byte.
    cut : bool
        Take the start of a body that is too long, instead of refusing it.

    Returns
    -------
    Answer

    Raises
    ------
    InputError
        If the host cannot be reached, or a limit is passed; the message has no address.
    """
    import urllib3

    parts = parse.urlsplit(url)
    host = str(parts.hostname)
    for address in addresses:
        pool = _pool(urllib3, parts.scheme, address, port, host)
        with contextlib.closing(pool), _deadline(pool, max_s) as timer:
            try:
                answer = _exchange(urllib3, pool, parts, max_bytes, max_s, cut)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                if timer.is_over:
                    raise _too_slow(max_s) from error
                is_unreached = isinstance(error, urllib3.exceptions.NewConnectionError)
                if is_unreached and address != addresses[-1]:
                    continue
                raise errors.InputError(_reason(urllib3, error, host, max_s)) from error
            if timer.is_over:
                # Shut at the deadline, an answer of unknown length looks whole.
                raise _too_slow(max_s)
            return answer
    raise errors.InputError(f"{host} has no address; correct it")


def _exchange(
    urllib3: Any, pool: Any, parts: parse.SplitResult, max_bytes: int, max_s: float, cut: bool
) -> Answer:
    response = pool.urlopen(
        "GET",
        parse.urlunsplit(("", "", parts.path or "/", parts.query, "")),
        headers={"Host": parts.netloc, **_HEADERS},
        redirect=False,
        retries=False,
        preload_content=False,
        decode_content=False,
        timeout=urllib3.Timeout(connect=max_s, read=max_s),
    )
    try:
        said = {name.casefold(): value for name, value in response.headers.items()}
        data = b""
        if response.status == 200:
            data = _body(response, said.get("content-encoding", ""), max_bytes, cut)
        return Answer(response.status, response.reason or "", said, data)
    finally:
        response.close()


def _reason(urllib3: Any, error: Exception, host: str, max_s: float) -> str:
    problems = urllib3.exceptions
    said = " ".join(str(error).split())
    if isinstance(error, problems.NewConnectionError):
        return f"{host} cannot be reached; is there a network, and is the address right?"
    if isinstance(error, problems.TimeoutError):
        return str(_too_slow(max_s))
    if isinstance(error, problems.SSLError):
        return f"no safe connection to {host}: {said}"
    return f"the connection to {host} broke: {said}; try again"


def _pool(urllib3: Any, scheme: str, address: str, port: int, host: str) -> Any:
    """A connection to the address that was checked; the certificate must be the host's."""
    if scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        address, port, maxsize=1, server_hostname=host, assert_hostname=host
    )


class _Timer:
    """Whether the time is up."""

    def __init__(self) -> None:
        self.is_over = False


@contextlib.contextmanager
def _deadline(pool: Any, max_s: float) -> Iterator[_Timer]:
    """Shut the connection of a pool down when the time is up, whatever it is waiting for.

    A timeout of the socket counts from byte to byte: a server that sends one now and then
    would hold the program for ever.
    """
    state = _Timer()
    opened: list[Any] = []
    make = pool.ConnectionCls

    def connection(*args: Any, **kwargs: Any) -> Any:
        made = make(*args, **kwargs)
        connect = made.connect

        def connected() -> None:
            connect()
            # Held on to: the connection lets go of it once the head of the answer is read.
            opened.append(made.sock)

        made.connect = connected
        return made

    def shut() -> None:
        state.is_over = True
        for each in opened:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    pool.ConnectionCls = connection
    timer = threading.Timer(max_s, shut)
    timer.daemon = True
    timer.start()
    try:
        yield state
    finally:
        timer.cancel()


def _too_slow(max_s: float) -> errors.InputError:
    return errors.InputError(
        f"not there after {max_s:g} s; try again, or save the page in a browser and name the file"
    )


def _body(response: Any, encoding: str, max_bytes: int, cut: bool) -> bytes:
    sent = bytearray()
    while len(sent) <= max_bytes:
        piece = response.read(_READ_BYTES)
        if not piece:
            break
        sent += piece
    data = bytes(sent)
    if encoding.casefold() in ("gzip", "x-gzip", "deflate"):
        try:
            data = zlib.decompressobj(32 + zlib.MAX_WBITS).decompress(data, max_bytes + 1)
        except zlib.error as error:
            raise errors.InputError(f"the server sent damaged {encoding}; try again") from error
    elif encoding.casefold() not in ("", "identity"):
        raise errors.InputError(
            f"the server sent {encoding}, which was not asked for; save the page and name the file"
        )
    if len(data) > max_bytes and not cut:
        raise errors.InputError(
            f"more than {max_bytes // 1_000_000} MB; save its text as .txt and name the file"
        )
    return data[:max_bytes]
