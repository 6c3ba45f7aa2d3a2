"""A socket of this machine alone, and the server on it."""

from __future__ import annotations

import dataclasses
import importlib.util
import socket
from collections.abc import Callable

from .. import config, errors
from ..io import extras
from . import guard, pieces

HOST = "127.0.0.1"
EXTRA = "serve"
# Seconds that a page with a running trace gets when the server ends.
GRACE_S = 1


@dataclasses.dataclass(frozen=True)
class Settings:
    """What a server is started with.

    Attributes
    ----------
    trace : TraceConfig
        Of every trace.
    port : int
        To listen on; 0 for any that is free.
    limits : Limits
    private_hosts : tuple of str
        Hosts that pages may be fetched from though they are not public.
    """

    trace: config.TraceConfig
    port: int = 0
    limits: pieces.Limits = dataclasses.field(default_factory=pieces.Limits)
    private_hosts: tuple[str, ...] = ()


def can_fetch() -> bool:
    """Whether web pages can be fetched: the extra ``web`` is there."""
    wanted = ("urllib3", "protego", "trafilatura")
    return all(importlib.util.find_spec(name) is not None for name in wanted)


def serve(settings: Settings, started: Callable[[str], object]) -> None:
    """Serve the page and the API until somebody ends the process.

    Parameters
    ----------
    settings : Settings
    started : callable
        Called with the address of the page, token included, as soon as it can be opened.

    Raises
    ------
    MissingExtraError
        If the extra ``serve`` is not installed.
    UsageError
        If the port is taken.
    """
    for name in ("starlette", "uvicorn"):
        extras.need(name, EXTRA, "lineage serve")
    import uvicorn

    from . import web_app

    with _listen(settings.port) as listening:
        port = listening.getsockname()[1]
        token = guard.new_token()
        app = web_app.build(
            settings.trace,
            token=token,
            port=port,
            limits=settings.limits,
            with_addresses=can_fetch(),
            private_hosts=settings.private_hosts,
            is_ending=lambda: server.should_exit,
        )
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                # No line for each request: its path has the token.
                access_log=False,
                log_level="warning",
                server_header=False,
                proxy_headers=False,
                ws="none",
                lifespan="on",
                timeout_graceful_shutdown=GRACE_S,
            )
        )
        started(f"http://{HOST}:{port}/{token}/")
        server.run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    try:
        # Other machines cannot reach this address.
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise errors.UsageError(
            f"port {port}: {reason}; name another with --port, or none for any that is free"
        ) from error
