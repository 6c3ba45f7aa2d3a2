"""One writer at a time: a lock that is free again when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ... import errors

_LOCK, _WHO = "writer.lock", "writer.json"


@contextlib.contextmanager
def held(folder: Path, doing: str) -> Iterator[None]:
    """Be the one writer of an archive for the length of a block.

    Parameters
    ----------
    folder : Path
        The archive.
    doing : str
        What for, as others are told: "lineage archive add".

    Raises
    ------
    ArchiveError
        If another process writes; the message says who, and what to do.
    """
    import filelock

    lock = filelock.FileLock(folder / _LOCK, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise errors.ArchiveError(
            f"{folder}: {_who(folder)} writes to it; wait until it has ended, or stop it"
        ) from None
    except OSError as error:
        raise errors.ArchiveError(
            f"{folder}: cannot be written to: {error.strerror}; it can still be queried"
        ) from error
    try:
        said = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "doing": doing,
            "since": f"{pd.Timestamp.now(tz='UTC'):%Y-%m-%d %H:%M:%S} UTC",
        }
        # Only for messages: a full disk is said where it matters.
        with contextlib.suppress(OSError):
            (folder / _WHO).write_text(json.dumps(said), encoding="utf-8")
        yield
    finally:
        (folder / _WHO).unlink(missing_ok=True)
        lock.release()


def _who(folder: Path) -> str:
    try:
        said = json.loads((folder / _WHO).read_text(encoding="utf-8"))
        return f"process {said['pid']} on {said['host']} ({said['doing']}, since {said['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"
