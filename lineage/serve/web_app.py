"""The page and the API as a web application: what is asked for, what is answered."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import importlib.resources
import json
import secrets
import string
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any

from starlette import applications, requests, responses, routing

from .. import __version__, config
from . import guard, openapi, pieces, workers

_STATIC = importlib.resources.files(__package__) / "static"
# Finished reports that can still be opened; the oldest goes first.
MAX_REPORTS = 8
# A request that is too large is read on for so long, so that its sender hears why it was refused.
_DRAINED = 4
ENDED = "lineage serve was ended before the trace was done; start it again"
# Seconds after which it is looked whether whoever asked is still there.
WATCH_S = 0.25
# The page has no style and no script but those of its own files, and talks to nobody else.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# The report has hostile texts in it: whatever they should achieve, they are in no page of ours.
# What it may load stands in the report itself.
REPORT_POLICY = (
    "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-modals; "
    "frame-ancestors 'self'"
)
_FILES = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}


def build(
    settings: config.TraceConfig,
    *,
    token: str,
    port: int,
    limits: pieces.Limits,
    with_addresses: bool,
    private_hosts: tuple[str, ...] = (),
    is_ending: Callable[[], bool] = lambda: False,
) -> guard.App:
    """Put the application together.

    Parameters
    ----------
    settings : TraceConfig
        Of every trace.
    token, port
        See `guard.Guard`.
    limits : Limits
    with_addresses : bool
        Whether web pages can be fetched.
    private_hosts : tuple of str
        See `read.read`.
    is_ending : callable
        Whether the server is to end; running traces end then.

    Returns
    -------
    ASGI application
    """
    served = _Served(settings, limits, with_addresses, private_hosts, is_ending)
    routes = [
        routing.Route("/", served.page),
        routing.Route("/trace", served.trace, methods=["POST"]),
        routing.Route("/reports/{name}", served.report),
        routing.Route("/api/trace", served.api_trace, methods=["POST"]),
        routing.Route("/api/openapi.json", served.api_description),
        routing.Route("/{name}", served.file),
    ]
    app = applications.Starlette(
        routes=routes,
        lifespan=served.lifespan,
        exception_handlers={
            404: _not_found,
            405: _not_found,
            pieces.RefusedError: _refused,
            requests.ClientDisconnect: _gone,
        },
    )
    return guard.Guard(app, token=token, port=port)


class _Served:
    def __init__(
        self,
        settings: config.TraceConfig,
        limits: pieces.Limits,
        with_addresses: bool,
        private_hosts: tuple[str, ...],
        is_ending: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._limits = limits
        self._with_addresses = with_addresses
        self._private_hosts = private_hosts
        self._is_ending = is_ending
        self._reports: collections.OrderedDict[str, bytes] = collections.OrderedDict()
        self._workers: workers.Workers

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Any) -> AsyncIterator[None]:
        self._workers = workers.Workers(
            self._settings,
            limits=self._limits,
            private_hosts=self._private_hosts,
        )
        self._workers.prepare()
        try:
            yield
        finally:
            await self._workers.close()

    async def page(self, _: requests.Request) -> responses.Response:
        page = string.Template((_STATIC / "page.html").read_text(encoding="utf-8"))
        shown = page.substitute(
            addresses="yes" if self._with_addresses else "no",
            max_texts=self._limits.max_texts,
            max_bytes=self._limits.max_bytes,
            version=__version__,
        )
        headers = {
            "content-security-policy": PAGE_POLICY,
            "cross-origin-opener-policy": "same-origin",
        }
        return responses.HTMLResponse(shown, headers=headers)

    async def file(self, request: requests.Request) -> responses.Response:
        name = request.path_params["name"]
        if name not in _FILES:
            return _error(404, "there is no such page")
        return responses.Response((_STATIC / name).read_bytes(), media_type=_FILES[name])

    async def report(self, request: requests.Request) -> responses.Response:
        page = self._reports.get(request.path_params["name"])
        if page is None:
            return responses.PlainTextResponse(
                "lineage: this report is gone; trace the texts again\n", status_code=404
            )
        return responses.HTMLResponse(page, headers={"content-security-policy": REPORT_POLICY})

    async def trace(self, request: requests.Request) -> responses.Response:
        """Trace for the page: lines of JSON, one for each step."""
        value = await _value(request, self._limits)
        handed = pieces.mixed(value, self._limits, with_addresses=self._with_addresses)

        async def lines() -> AsyncIterator[bytes]:
            async with contextlib.aclosing(self._steps(request, handed, report=True)) as steps:
                async for event in steps:
                    shown = self._kept(event) if event["event"] == "done" else event
                    yield json.dumps(shown).encode("ascii") + b"\n"

        return responses.StreamingResponse(lines(), media_type="application/x-ndjson")

    async def api_trace(self, request: requests.Request) -> responses.Response:
        """Trace for a program: the answer as one object."""
        value = await _value(request, self._limits)
        if isinstance(value, dict) and set(value) == {"texts"}:
            value = value["texts"]
        handed = pieces.texts(value, self._limits)
        async with contextlib.aclosing(self._steps(request, handed, report=False)) as steps:
            async for event in steps:
                if event["event"] == "done":
                    return responses.JSONResponse(event["answer"])
                if event["event"] == "refused":
                    return _error(422, event["items"][0]["problem"], event["items"])
                if event["event"] == "failed":
                    status = 503 if event.get("is_busy") else 500
                    return _error(status, event["problem"])
        return await _gone(request)

    async def api_description(self, request: requests.Request) -> responses.Response:
        server = f"http://{request.headers['host']}"
        return responses.JSONResponse(openapi.document(server, self._limits))

    async def _steps(
        self, request: requests.Request, handed: list[dict[str, Any]], *, report: bool
    ) -> AsyncGenerator[dict[str, Any]]:
        """The steps of a trace, for as long as whoever asked for it is there."""
        steps = self._workers.trace(handed, report=report)
        async with contextlib.aclosing(steps):
            waiting = asyncio.ensure_future(anext(steps))
            try:
                while True:
                    done, _ = await asyncio.wait({waiting}, timeout=WATCH_S)
                    if await request.is_disconnected():
                        return
                    if self._is_ending():
                        yield {"event": "failed", "problem": ENDED, "is_busy": True}
                        return
                    if not done:
                        continue
                    try:
                        event = waiting.result()
                    except StopAsyncIteration:
                        return
                    except workers.BusyError as error:
                        yield {"event": "failed", "problem": str(error), "is_busy": True}
                        return
                    yield event
                    waiting = asyncio.ensure_future(anext(steps))
            finally:
                if not waiting.done():
                    waiting.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await waiting

    def _kept(self, event: dict[str, Any]) -> dict[str, Any]:
        """Keep the report of a finished trace, and say where it is."""
        name = secrets.token_urlsafe(guard.TOKEN_BYTES)
        self._reports[name] = event["report"].encode("utf-8")
        while len(self._reports) > MAX_REPORTS:
            self._reports.popitem(last=False)
        answer = event["answer"]
        return {
            "event": "done",
            "report": f"reports/{name}",
            "verdict": answer["verdict"],
            "notes": answer["notes"],
        }


async def _value(request: requests.Request, limits: pieces.Limits) -> Any:
    """Read the JSON of a request, within the limit of its size."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise _refusal("the request is no JSON; send Content-Type: application/json")
    body = bytearray()
    n_bytes = 0
    async for chunk in request.stream():
        n_bytes += len(chunk)
        if n_bytes <= limits.max_bytes:
            body += chunk
        elif n_bytes > _DRAINED * limits.max_bytes:
            break
    if n_bytes > limits.max_bytes:
        raise _refusal(
            f"the texts have more than {limits.max_bytes / 1e6:g} MB; hand in fewer, or start "
            "lineage serve with a larger --max-mb"
        )
    try:
        return json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise _refusal("the request is no JSON") from error


def _refusal(problem: str) -> pieces.RefusedError:
    return pieces.RefusedError([pieces.Complaint(None, problem)])


def _error(
    status: int, problem: str, items: list[dict[str, Any]] | None = None
) -> responses.Response:
    headers = {"retry-after": "60"} if status == 503 else {}
    return responses.JSONResponse(
        {"error": problem, "items": items or []}, status_code=status, headers=headers
    )


async def _refused(_: requests.Request, error: Exception) -> responses.Response:
    assert isinstance(error, pieces.RefusedError)
    items = [each.to_dict() for each in error.complaints]
    return _error(422, str(error), items)


async def _gone(_: requests.Request, __: Exception | None = None) -> responses.Response:
    """Answer nobody: whoever asked has gone."""
    return responses.Response(status_code=499)


async def _not_found(_: requests.Request, error: Exception) -> responses.Response:
    return _error(
        getattr(error, "status_code", 404), "there is no such page, or not to be asked so"
    )
