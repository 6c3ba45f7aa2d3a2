"""The bytes of a user's file: of regular files alone, and of no more than memory holds."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import IO, Any

from ... import errors

# A hundred times the largest collection in one file that the project was tried on.
MAX_FILE_BYTES = 2_000_000_000

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


def what_else(path: Path) -> str | None:
    """Say what something is that is no regular file, or None if it is one.

    Parameters
    ----------
    path : Path
        Links are followed.

    Returns
    -------
    str or None

    Raises
    ------
    OSError
        If nothing is there.
    """
    mode = os.stat(path).st_mode
    return next((name for is_kind, name in _KINDS if is_kind(mode)), None)


def read(path: Path) -> bytes:
    """Read a regular file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        If it is a pipe, a device, a socket or larger than `MAX_FILE_BYTES`, or cannot be read;
        the message has no file.
    """
    try:
        # Without waiting for somebody who writes to a pipe.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except OSError as error:
        other = _special(path)
        reason = f"cannot be read: {error.strerror}" if other is None else f"{other}, not a file"
        raise errors.InputError(reason) from error
    with open(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            what = next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "no file")
            raise errors.InputError(f"{what}, not a file; save what it gives as a file")
        if status.st_size > MAX_FILE_BYTES:
            raise errors.InputError(
                f"{status.st_size // 1_000_000} MB, more than {MAX_FILE_BYTES // 1_000_000}; "
                "divide it into several files"
            )
        try:
            return stream.read()
        except MemoryError as error:
            raise errors.InputError(
                "too large for the memory; divide it into several files"
            ) from error
        except OSError as error:
            raise errors.InputError(f"cannot be read: {error.strerror}") from error


def read_input(path: Path | None, stdin: IO[Any] | None) -> bytes:
    """Read a file, or standard input where there is no path; `stdin` stands for the process's."""
    if path is not None:
        return read(path)
    stream = sys.stdin if stdin is None else stdin
    data = getattr(stream, "buffer", stream).read()
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data


def _special(path: Path) -> str | None:
    try:
        return what_else(path)
    except OSError:
        return None
