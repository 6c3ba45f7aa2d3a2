"""The process that traces: one request, told on standard input, and then it ends.

A trace can be stopped at any moment only from outside, by ending its process. What goes wrong in
one request cannot touch another either.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from .. import config, errors
from . import messages

# Seconds between two messages about one stage; a page that is told more often shows no more.
PAUSE_S = 0.1
# As for the command line: a trace makes some million objects that live to its end.
GC_THRESHOLDS = (200_000, 20, 20)
WARM_UP = (
    "The old harbor bridge was shut on Monday after engineers found cracks in two pylons.",
    "The old harbor bridge was shut on Monday, the city said. It may last for three weeks.",
)


def main() -> None:
    """Read settings, load what a trace needs, read a request, and answer it."""
    # Ctrl-C in the terminal is for the server, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not get between the messages.
    answers_to = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    requests = sys.stdin.buffer
    said = messages.unpack(requests)
    if said is None:
        return
    settings = config.from_dict(said["config"])
    _prepare(settings)
    request = messages.unpack(requests)
    if request is None:
        return
    # From here on the server says nothing more: the end of its pipe is its own end.
    threading.Thread(target=_end_with, args=(requests,), daemon=True).start()

    def tell(message: dict[str, Any]) -> None:
        answers_to.write(messages.pack(message))
        answers_to.flush()

    try:
        tell(_answered(request, settings, tell))
    except errors.LineageError as error:
        tell({"event": "refused", "items": [{"at": None, "problem": str(error)}]})
    except BrokenPipeError:
        pass
    except Exception as error:
        # For whoever started the server; what the page says has no place for it.
        traceback.print_exc()
        said = f"the trace failed ({type(error).__name__}); the terminal says where"
        tell({"event": "failed", "problem": said})
    # At once: nothing is to be saved, and libraries take their time.
    answers_to.flush()
    os._exit(0)


def _prepare(settings: config.TraceConfig) -> None:
    """Load what every trace needs, while nobody waits for it yet: by tracing two lines."""
    from ..engine import pipeline
    from ..report.page import render
    from . import answers, handed_in  # noqa: F401

    gc.set_threshold(*GC_THRESHOLDS)
    try:
        result = pipeline.trace([{"text": text} for text in WARM_UP], settings)
    except errors.LineageError:
        # It is told to whoever asks for a trace.
        return
    render.render(result.frames, result.run)
    gc.freeze()


def _end_with(stream: IO[bytes]) -> None:
    stream.read(1)
    os._exit(1)


class _Progress:
    """Tells how far a trace got, no more often than a page can show."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell
        self._stage = ""
        self._last = 0.0

    def __call__(self, what: str, n_done: int, n_parts: int) -> None:
        now = time.monotonic()
        if what == self._stage and now - self._last < PAUSE_S:
            return
        self._stage, self._last = what, now
        self._tell({"event": "progress", "what": what, "done": n_done, "total": n_parts})


def _answered(
    request: dict[str, Any],
    settings: config.TraceConfig,
    tell: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    from ..engine import pipeline
    from ..report.page import render
    from . import answers, handed_in

    progress = _Progress(tell)
    found = handed_in.gather(
        request["pieces"],
        Path(request["folder"]),
        private_hosts=request["private_hosts"],
        tell=progress,
    )
    if found.complaints:
        return {"event": "refused", "items": [each.to_dict() for each in found.complaints]}
    if found.n_articles < 2:
        said = f"{found.n_articles} text to trace: two or more are needed; add texts"
        return {"event": "refused", "items": [{"at": None, "problem": said}]}
    with warnings.catch_warnings():
        # Dates that cannot be read are told as notes already.
        warnings.simplefilter("ignore", UserWarning)
        result = pipeline.trace(
            found.result(),
            settings,
            progress=lambda seen: progress(seen.stage, seen.done, seen.total),
        )
    answer = {
        **answers.answer(result),
        "notes": [each.to_dict() for each in found.notes],
    }
    report = None
    if request["report"]:
        progress("writing the report", 0, 1)
        report = render.render(result.frames, result.run)
    return {"event": "done", "answer": answer, "report": report}


if __name__ == "__main__":
    main()
