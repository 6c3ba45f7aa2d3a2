"""metadata.csv: what is known of the text files beside it, one row a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

import pandas as pd

from ... import errors
from .. import columns
from . import decode, delimited, problems

NAME = "metadata.csv"

# What a row may say of its file; more columns are ignored.
_SAYS = ("article_id", "title", "outlet", "byline", "url", "published_at", "language")
_SAYS_OF_DATES = ("published_precision", "published_source")


@dataclass(frozen=True)
class Metadata:
    """The rows of one metadata.csv.

    Attributes
    ----------
    file : str
        The metadata.csv as the user knows it.
    rows : mapping of str to mapping
        Name of a text file, relative to the folder of the metadata.csv and with forward
        slashes, to what its row says: column of the articles table to value.
    at : mapping of str to int
        The same names to the row's number.
    encodings : mapping of str to str
        The same names to the encoding of the file, where the row says it.
    """

    file: str
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    at: Mapping[str, int] = field(default_factory=dict)
    encodings: Mapping[str, str] = field(default_factory=dict)


def key(name: str | PurePath) -> str:
    """Bring a file name to the form in which names are compared.

    Forward slashes, and composed letters: some systems hand accented names out decomposed.
    """
    posix = str(name).strip().replace("\\", "/")
    return unicodedata.normalize("NFC", PurePath(posix).as_posix())


def parse(
    data: bytes,
    folder: Path,
    file: str,
    found: problems.Problems,
    *,
    whole: bool,
    latest: pd.Timestamp | None = None,
) -> Metadata:
    """Read a metadata.csv.

    Parameters
    ----------
    data : bytes
        The file.
    folder : Path
        Where it lies.
    file : str
        Its name in messages.
    found : Problems
        Told of rows without a file and of a file with two rows: such a row is left out and its
        file is read without it. Told of dates that cannot be read; they are missing.
    whole : bool
        Whether the folder is read as a whole, so that a row for a file that does not exist is a
        problem; where single files are read the other rows are nobody's concern.
    latest : Timestamp, optional
        A date after it is none.

    Returns
    -------
    Metadata

    Raises
    ------
    InputError
        Unless bad parts are skipped.
    """
    try:
        text = decode.decode(data).text
    except errors.InputError as error:
        found.reject(error, file)
        return Metadata(file)
    rows: dict[str, Mapping[str, Any]] = {}
    at: dict[str, int] = {}
    encodings: dict[str, str] = {}
    for record in delimited.records(text, file, found, need="file"):
        name = key(record.values.get("file", ""))
        try:
            _check(name, record.values, folder, at, whole=whole)
        except errors.InputError as error:
            found.reject(error, file, record.row)
            continue
        said = {c: record.values.get(c) for c in (*_SAYS, *_SAYS_OF_DATES)}
        try:
            columns.published(said, latest=latest)
        except errors.DateError as error:
            found.note(f"{error}; the text is taken without this date", file, record.row)
            said["published_at"] = None
        rows[name] = {c: value for c, value in said.items() if not columns.is_missing(value, c)}
        at[name] = record.row
        encoding = record.values.get("encoding")
        if not columns.is_missing(encoding):
            encodings[name] = str(encoding)
    return Metadata(file, rows, at, encodings)


def _check(
    name: str, values: Mapping[str, Any], folder: Path, at: Mapping[str, int], *, whole: bool
) -> None:
    if name in ("", "."):
        raise errors.InputError("no file is named; fill in the column 'file'")
    if name in at:
        raise errors.InputError(f"{name!r} has a row already, row {at[name]}; keep one")
    if whole and not (folder / values["file"].strip().replace("\\", "/")).exists():
        raise errors.InputError(f"no file {name!r} beside it; correct the name")
    columns.published({**values, "published_at": None})
