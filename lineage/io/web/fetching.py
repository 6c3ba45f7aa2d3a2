"""Web addresses: pages fetched politely, within limits, and only from where it is allowed."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib import parse

from ... import errors
from ..readers import formats
from . import exchange, hosts

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)

# RFC 9309: a parser must take so much of a robots.txt, and five redirects on the way to it.
_ROBOTS_BYTES = 512_000


@dataclass(frozen=True)
class Limits:
    """Limits of size, time and pauses for pages that are fetched.

    Attributes
    ----------
    max_bytes : int
        Of a page, as sent and as unpacked. Pages of newspapers have up to 3 MB.
    max_s : float
        From connecting to the last byte of one request.
    max_redirects : int
        As browsers and RFC 9309 allow at least five.
    pause_s : float
        Between two requests to one host; longer where its robots.txt asks for it.
    max_pause_s : float
        A site that asks for a longer pause is not fetched from.

    Examples
    --------
    >>> from lineage.io.web import fetching
    >>> fetching.Limits(pause_s=5.0).max_redirects
    5
    """

    max_bytes: int = 10_000_000
    max_s: float = 30.0
    max_redirects: int = 5
    pause_s: float = 1.0
    max_pause_s: float = 60.0


@dataclass(frozen=True)
class Page:
    """One page as it was fetched.

    Attributes
    ----------
    address : str
        The one that was asked for.
    url : str
        Where it was found in the end.
    kind : str or None
        The format that the server declares; None where it declares none that is known.
    encoding : str or None
        The one that the server declares.
    data : bytes
        The body, unpacked.
    fetched_at : str
        UTC, ISO 8601, to the second.
    """

    address: str
    url: str
    kind: str | None
    encoding: str | None
    data: bytes
    fetched_at: str


@dataclass
class Session:
    """Fetches pages one after the other, with a pause between two requests to one host.

    Parameters
    ----------
    private_hosts : collection of str
        Hosts that may be at addresses that are not public.
    limits : Limits
    """

    private_hosts: Collection[str] = ()
    limits: Limits = field(default_factory=Limits)
    _last: dict[str, float] = field(default_factory=dict)
    # By scheme and host; None where everything is allowed.
    _robots: dict[str, Any] = field(default_factory=dict)

    def fetch(self, address: str) -> Page:
        """Fetch one page, if its robots.txt and all limits allow it.

        Parameters
        ----------
        address : str
            http or https.

        Returns
        -------
        Page

        Raises
        ------
        InputError
            If it is not allowed, not there, or too large or slow; the message has no address.
        """
        url = check(address)
        for _ in range(self.limits.max_redirects + 1):
            self._ask_robots(url)
            answer = self._get(url, self._resolve(url), self.limits.max_bytes)
            if answer.status not in _REDIRECTS:
                break
            url = _target(url, answer)
        else:
            raise errors.InputError(
                f"more than {self.limits.max_redirects} redirects; open it in a browser and give "
                "the address where it ends"
            )
        if answer.status != 200:
            raise errors.InputError(_refusal(answer))
        if not answer.data:
            raise errors.InputError("the server sent nothing; save the page and name the file")
        declared = answer.headers.get("content-type", "")
        charset = _CHARSET.search(declared)
        known = formats.by_media_type(declared)
        return Page(
            address=address,
            url=url,
            kind=None if known is None else known.kind,
            encoding=None if charset is None else charset[1],
            data=answer.data,
            fetched_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        )

    def _ask_robots(self, url: str) -> None:
        parts = parse.urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(f"{site}/robots.txt")
        rules = self._robots[site]
        if rules is None:
            return
        if not rules.can_fetch(url, exchange.ROBOT):
            raise errors.InputError(
                "the site's robots.txt asks programs not to fetch it; save the page in a browser "
                "and name the file"
            )
        asked_s = rules.crawl_delay(exchange.ROBOT) or 0.0
        if asked_s > self.limits.max_pause_s:
            raise errors.InputError(
                f"the site's robots.txt asks for {asked_s:g} s between requests, which is longer "
                "than is waited; save the page in a browser and name the file"
            )

    def _read_robots(self, url: str) -> Any:
        import protego

        for _ in range(self.limits.max_redirects + 1):
            # A host that may not be asked at all is told as that.
            addresses = self._resolve(url)
            try:
                answer = self._get(url, addresses, _ROBOTS_BYTES, cut=True)
            except errors.InputError as error:
                raise errors.InputError(f"its robots.txt cannot be read: {error}") from error
            if answer.status not in _REDIRECTS:
                break
            url = _target(url, answer)
        # RFC 9309: one that is not there allows all, one that cannot be had forbids all.
        if answer.status >= 500:
            raise errors.InputError(f"its robots.txt cannot be read: {_refusal(answer)}")
        if answer.status != 200:
            return None
        return protego.Protego.parse(answer.data.decode("utf-8", "replace"))

    def _wait(self, host: str, site: str) -> None:
        rules = self._robots.get(site)
        asked_s = 0.0 if rules is None else rules.crawl_delay(exchange.ROBOT) or 0.0
        pause_s = max(self.limits.pause_s, asked_s)
        left_s = self._last.get(host, -pause_s) + pause_s - time.monotonic()
        if host in self._last and left_s > 0:
            time.sleep(left_s)

    def _resolve(self, url: str) -> list[str]:
        return hosts.resolve(*_place(url), private_hosts=self.private_hosts)

    def _get(
        self, url: str, addresses: list[str], max_bytes: int, *, cut: bool = False
    ) -> exchange.Answer:
        host, port = _place(url)
        parts = parse.urlsplit(url)
        self._wait(host, f"{parts.scheme}://{parts.netloc}")
        try:
            return exchange.get(
                url, addresses, port, max_bytes=max_bytes, max_s=self.limits.max_s, cut=cut
            )
        finally:
            self._last[host] = time.monotonic()


def _place(url: str) -> tuple[str, int]:
    parts = parse.urlsplit(url)
    return str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)


def check(address: str) -> str:
    """Bring a web address to the form in which it is asked for.

    Parameters
    ----------
    address : str
        As typed or as found in a redirect.

    Returns
    -------
    str
        Without a fragment; letters that may not stand in it are encoded.

    Raises
    ------
    InputError
        If it is not http or https, has no host, or holds a password.
    """
    try:
        parts = parse.urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise errors.InputError(f"not a web address: {error}; correct it") from error
    if parts.scheme not in ("http", "https"):
        raise errors.InputError(
            f"addresses of {parts.scheme}:// are not fetched, http and https are"
        )
    if parts.username is not None or parts.password is not None:
        raise errors.InputError(
            "an address with a user's name or password in it would be written into the run; save "
            "the page and name the file"
        )
    if not parts.hostname:
        raise errors.InputError("a web address without a host; correct it")
    try:
        host = parts.hostname
        named = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise errors.InputError(f"no host can be called {parts.hostname!r}; correct it") from error
    place = named if port is None else f"{named}:{port}"
    path = parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = parse.quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return parse.urlunsplit((parts.scheme, place, path, query, ""))


def is_address(text: str) -> bool:
    """Tell a web address, or one of another scheme, from the name of a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text) is not None


def _target(url: str, answer: exchange.Answer) -> str:
    location = answer.headers.get("location", "")
    if not location:
        raise errors.InputError("a redirect to nowhere; open it in a browser")
    try:
        return check(parse.urljoin(url, location))
    except errors.InputError as error:
        raise errors.InputError(f"redirects to {location[:200]!r}: {error}") from error


def _refusal(answer: exchange.Answer) -> str:
    said = f"{answer.status} {answer.reason}".strip()
    if answer.status in (404, 410):
        return f"the server says {said}; correct the address"
    if answer.status in (429, 503):
        return f"the server says {said}; try again later"
    return f"the server says {said}; save the page in a browser and name the file"
