"""Who may ask the server: those who know its token, under its own name, from its own page."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Random bytes of a token: nobody guesses 192 bits.
TOKEN_BYTES = 24
API = "/api/"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Guard:
    """Turns away requests that do not come from the user of this machine.

    Another page in the user's browser can send requests to this machine too. It does not know the
    token; and where its own name was made to lead here (DNS rebinding), the name shows it.

    Parameters
    ----------
    app : ASGI application
        Is asked with the token taken off the path.
    token : str
        First part of the path of a page; of the API, behind "Bearer" in the header Authorization.
    port : int
        That the server listens on.
    """

    def __init__(self, app: App, *, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] != "http":
            # Starting and stopping; a web socket has nobody here to talk to.
            await self._app(scope, receive, send)
            return

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await _say(with_headers, *refusal)
            return
        path = scope["path"]
        if path == f"/{self._token}":
            # What the page names is beside it, not beside its folder.
            await _say(with_headers, 308, "the page is below", location=f"{path}/")
            return
        if not path.startswith(API):
            rest = "/" + path[1:].partition("/")[2]
            scope = {**scope, "path": rest, "raw_path": rest.encode("utf-8", "replace")}
        await self._app(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Say why a request is turned away, with its status; None where it is not."""
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 421, "this server answers to 127.0.0.1 and localhost only"
        origins = _values(scope, b"origin")
        if any(origin.removeprefix("http://") != hosts[0].lower() for origin in origins):
            return 403, "requests from other pages are not answered"
        path = scope["path"]
        if path.startswith(API):
            given = _values(scope, b"authorization")
            scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
            if scheme.lower() != "bearer" or not self._is_token(token.strip()):
                return 401, (
                    "no valid token: send the header 'Authorization: Bearer TOKEN' with the token "
                    "in the address that lineage serve printed"
                )
            return None
        if not self._is_token(path[1:].partition("/")[0]):
            return 403, "no valid token: open the whole address that lineage serve printed"
        return None

    def _is_token(self, given: str) -> bool:
        # As bytes: letters beyond ASCII are no error of the server's.
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


async def _say(send: Send, status: int, words: str, location: str | None = None) -> None:
    body = f"lineage: {words}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        *([(b"www-authenticate", b"Bearer")] if status == 401 else []),
        *([(b"location", location.encode())] if location is not None else []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
