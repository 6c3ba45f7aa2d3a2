"""Every error that the package raises, one tree.

A message is one line that says what is wrong, where, and what to do about it. It speaks of
Python's arguments (``skip_bad=True``); the command line prints `for_command_line`, which speaks
of its options (``--skip-bad``), and exits with the class's ``status``.

Examples
--------
>>> import lineage
>>> from lineage import errors
>>> try:
...     lineage.read("no-such-folder")
... except errors.LineageError as error:
...     print(error)
...     print("exit status", error.status)
no-such-folder: no such file or folder; correct the path (skip_bad=True goes on without)
exit status 3
"""


class LineageError(Exception):
    """Base of all errors raised on purpose; never raised itself.

    Parameters
    ----------
    message : str
        One line, in the words of a Python user.
    typed : str, optional
        The same in the words of somebody at the command line, where options are named.

    Examples
    --------
    >>> from lineage import errors
    >>> error = errors.UsageError("give overwrite=True", typed="give --overwrite")
    >>> print(error)
    give overwrite=True
    >>> error.for_command_line
    'give --overwrite'
    """

    status = 1

    def __init__(self, message: str = "", *, typed: str | None = None) -> None:
        super().__init__(message)
        self._typed = typed

    @property
    def for_command_line(self) -> str:
        """The message as the command line prints it."""
        return str(self) if self._typed is None else self._typed


class UsageError(LineageError):
    """The call does not fit: an option, a name or a combination is wrong."""

    status = 2


class ConfigError(UsageError):
    """A configuration value is unknown or outside its range."""


class InputError(LineageError):
    """An input cannot be used; the message names the file and the row."""

    status = 3


class DateError(InputError):
    """A date was given and cannot be read as one."""


class TableError(InputError):
    """A table lacks a column, has a wrong type or breaks one of its rules."""


class SpanError(InputError):
    """A span is empty, reversed, or outside its text."""


class ArchiveError(InputError):
    """An archive is missing, damaged, of a newer format, or being written to by another process."""


class EngineError(LineageError):
    """The engine that a corpus is traced on cannot be reached, or gave up."""


class EncoderError(LineageError):
    """A sentence encoder is missing, damaged or returns something else than vectors."""

    status = 2


class MissingExtraError(LineageError, ImportError):
    """A part that is installed on demand is not there; the message names the extra."""

    status = 2


class NothingToTraceError(LineageError):
    """The input is readable, but no two texts are left to compare."""

    status = 4
