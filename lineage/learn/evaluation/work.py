"""Work on many items, in this process or several, in order and with bounded memory."""

from __future__ import annotations

import collections
import concurrent.futures
import concurrent.futures.process
import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from ... import errors

Item = TypeVar("Item")
Made = TypeVar("Made")

# Items handed out and not yet returned, for each process: enough to keep it busy, few enough that
# a million of them need no more memory than a hundred.
_AHEAD = 4

_function: Callable[[Any], Any] | None = None


def in_order(
    function: Callable[[Item], Made], items: Iterable[Item], *, jobs: int = 1
) -> Iterator[Made]:
    """Apply a function to items, results in the order of the items.

    Parameters
    ----------
    function : callable
        With `jobs` above 1 it must be importable by name, or an object made of such
        things; each process gets one copy, which may keep what is costly to load.
    items : iterable
        Drawn as needed.
    jobs : int, default 1
        Processes; 1 is this one.

    Yields
    ------
    result of the function

    Raises
    ------
    UsageError
        If `jobs` is below 1.
    LineageError
        If a process dies.
    """
    if jobs < 1:
        raise errors.UsageError(f"jobs {jobs}: ask for one process or more")
    if jobs == 1:
        yield from map(function, items)
        return
    # Started afresh: a copy of a process that runs a model's threads may hang.
    pool = concurrent.futures.ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_prepare, initargs=(function,)
    )
    waiting: collections.deque[concurrent.futures.Future[Any]] = collections.deque()
    ended = False
    try:
        for item in items:
            waiting.append(pool.submit(_call, item))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        ended = True
    except concurrent.futures.process.BrokenProcessPool as error:
        raise errors.LineageError(
            f"one of {jobs} processes died, for want of memory perhaps; try fewer jobs"
        ) from error
    finally:
        pool.shutdown(wait=ended, cancel_futures=True)


def _prepare(function: Callable[[Any], Any]) -> None:
    global _function
    _function = function
    # An interruption ends a process at once and without a word; the one that started it reports.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _call(item: Any) -> Any:
    assert _function is not None
    return _function(item)


@contextlib.contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Write a file beside its place and rename it into place when it is complete.

    Parameters
    ----------
    path : path
        Where it shall be; folders above it must exist.

    Yields
    ------
    Path
        Where to write. After an exception, an interruption too, nothing of it is left
        and what was there before is untouched.

    Raises
    ------
    UsageError
        If the place is a folder or its folder does not exist.
    """
    place = Path(path)
    if place.is_dir():
        raise errors.UsageError(f"{place} is a folder; give a file's name")
    if not place.parent.is_dir():
        raise errors.UsageError(f"{place}: no folder {place.parent}; make it first")
    partial = place.with_name(f".{place.stem}.partial{place.suffix}")
    try:
        yield partial
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
