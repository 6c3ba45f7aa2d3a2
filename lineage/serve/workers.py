"""One trace at a time, each in a process of its own, which waits for it with all loaded."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncGenerator, Collection, Sequence
from pathlib import Path
from typing import Any

from .. import config, errors
from . import messages, pieces

# The module that a worker runs.
PROGRAM = "lineage.serve.trace_worker"
# The name of the folder for temporary files begins so.
PREFIX = "lineage-serve-"


class BusyError(errors.LineageError):
    """So many wait already that one more is turned away."""


class Worker:
    """A process that traces once.

    Parameters
    ----------
    process : Process
        Runs `trace_worker`.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, settings: config.TraceConfig) -> Worker:
        """Start one; it loads what it needs while nobody waits for it."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            # No module of the folder that the server was started in.
            "-P",
            "-m",
            PROGRAM,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Not in the group that Ctrl-C in the terminal interrupts: the server ends it.
            start_new_session=os.name == "posix",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        worker = cls(process)
        await worker.send({"config": settings.to_dict()})
        return worker

    @property
    def is_alive(self) -> bool:
        """Whether the process has not ended."""
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    async def send(self, message: dict[str, Any]) -> None:
        """Tell it something; if it has ended, that shows where an answer is read."""
        pipe = self._process.stdin
        assert pipe is not None
        with contextlib.suppress(ConnectionError):
            pipe.write(messages.pack(message))
            await pipe.drain()

    async def receive(self) -> dict[str, Any] | None:
        """Wait for its next message; None if it has ended."""
        pipe = self._process.stdout
        assert pipe is not None
        try:
            head = await pipe.readexactly(messages.LENGTH)
            body = await pipe.readexactly(int.from_bytes(head, "big"))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        message: dict[str, Any] = messages.loads(body)
        return message

    async def end(self) -> None:
        """End it at once, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class Workers:
    """Gives each request its turn.

    Parameters
    ----------
    settings : TraceConfig
        Of every trace.
    limits : Limits
        How many may wait, and how long a trace may take.
    private_hosts : collection of str
        See `read.read`.
    """

    def __init__(
        self,
        settings: config.TraceConfig,
        *,
        limits: pieces.Limits,
        private_hosts: Collection[str] = (),
    ) -> None:
        self._settings = settings
        self._limits = limits
        self._private_hosts = list(private_hosts)
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._n_waiting = 0
        self._next: asyncio.Task[Worker] | None = None
        self._folder = Path(tempfile.mkdtemp(prefix=PREFIX))

    def prepare(self) -> None:
        """Start the process that will take the next request."""
        if self._next is None:
            self._next = asyncio.create_task(Worker.start(self._settings))

    async def trace(
        self, handed: Sequence[dict[str, Any]], *, report: bool
    ) -> AsyncGenerator[dict[str, Any]]:
        """Trace the pieces of a request.

        Parameters
        ----------
        handed : sequence of dict
            As `pieces.texts` or `pieces.mixed` returns them.
        report : bool
            Whether the report is wanted as well.

        Yields
        ------
        dict
            ``event`` is ``waiting`` (``before``: how many are first), ``progress`` (``what``,
            ``done``, ``total``), and in the end ``done`` (``answer``, ``report``), ``refused``
            (``items``) or ``failed`` (``problem``). Closing the iterator ends the trace.

        Raises
        ------
        BusyError
            If too many wait already.
        """
        if self._n_waiting > self._limits.max_waiting:
            raise BusyError(f"{self._n_waiting} traces are before this one; try again in a minute")
        events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        task = asyncio.create_task(self._work(list(handed), report, events))
        # The loop itself holds on to no task.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        before, self._n_waiting = self._n_waiting, self._n_waiting + 1
        try:
            if before:
                yield {"event": "waiting", "before": before}
            while True:
                event = await events.get()
                yield event
                if event["event"] in ("done", "refused", "failed"):
                    return
        finally:
            self._n_waiting -= 1
            task.cancel()

    async def _work(
        self, handed: list[dict[str, Any]], report: bool, events: asyncio.Queue[dict[str, Any]]
    ) -> None:
        async with self._turn:
            worker = None
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            try:
                worker = await self._take()
                await worker.send(
                    {
                        "pieces": handed,
                        "folder": str(folder),
                        "private_hosts": self._private_hosts,
                        "report": report,
                    }
                )
                async with asyncio.timeout(self._limits.max_s):
                    while (event := await worker.receive()) is not None:
                        events.put_nowait(event)
                # After its last word this is read by nobody.
                ended = "the trace ended before it was done; it may have needed too much memory"
                events.put_nowait({"event": "failed", "problem": ended})
            except TimeoutError:
                said = (
                    f"the trace took longer than {self._limits.max_s:g} seconds and was ended; "
                    "hand in fewer or shorter texts, or start lineage serve with more "
                    "--max-seconds"
                )
                events.put_nowait({"event": "failed", "problem": said})
            except OSError as error:
                said = f"no process for the trace could be started: {error.strerror or error}"
                events.put_nowait({"event": "failed", "problem": said})
            finally:
                if worker is not None:
                    await worker.end()
                shutil.rmtree(folder, ignore_errors=True)
                self.prepare()

    async def _take(self) -> Worker:
        self.prepare()
        assert self._next is not None
        try:
            # Whoever goes away meanwhile leaves it to the one who comes after.
            worker = await asyncio.shield(self._next)
        except OSError:
            self._next = None
            raise
        self._next = None
        if worker.is_alive:
            return worker
        await worker.end()
        return await Worker.start(self._settings)

    async def close(self) -> None:
        """End all processes and remove all files."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._next is not None:
            worker = await self._next
            await worker.end()
        shutil.rmtree(self._folder, ignore_errors=True)
