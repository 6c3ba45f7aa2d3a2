"""Every error that the package raises, one tree.

A message is one line that says what is wrong, where, and what to do about it;
the command line prints it as it stands and exits with the class's ``status``.

Examples
--------
>>> import lineage
>>> from lineage import errors
>>> try:
...     lineage.read("no-such-folder")
... except errors.LineageError as error:
...     print(error)
...     print("exit status", error.status)
no-such-folder: no such file or folder; correct the path (--skip-bad goes on without)
exit status 3
"""


class LineageError(Exception):
    """Base of all errors raised on purpose; never raised itself."""

    status = 1


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


class EncoderError(LineageError):
    """A sentence encoder is missing, damaged or returns something else than vectors."""

    status = 2


class MissingExtraError(LineageError, ImportError):
    """A part that is installed on demand is not there; the message names the extra."""

    status = 2


class NothingToTraceError(LineageError):
    """The input is readable, but no two texts are left to compare."""

    status = 4
