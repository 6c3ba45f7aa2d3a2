"""Rows of parquet files."""

from __future__ import annotations

import io
from collections.abc import Iterator

from ... import errors
from .. import columns, extras
from . import problems
from .delimited import Record


def records(data: bytes, file: str, found: problems.Problems) -> Iterator[Record]:
    """Read the rows of a parquet file.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name in messages.
    found : Problems
        Told of a file that is no parquet or has no column with texts.

    Yields
    ------
    Record
        Its row is counted from 1: there is no header row.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    InputError
        Unless bad parts are skipped.
    """
    parquet = extras.need("pyarrow.parquet", "parquet", "reading parquet")
    arrow = extras.need("pyarrow", "parquet", "reading parquet")
    try:
        opened = parquet.ParquetFile(io.BytesIO(data))
        names = opened.schema_arrow.names
        positions = columns.match(names)
        wanted = {column: names[position] for column, position in positions.items()}
        for_reading = sorted(set(wanted.values()))
        table = opened.read(columns=for_reading)
    except arrow.ArrowException as error:
        message = columns.one_line(str(error))
        found.reject(errors.InputError(f"not a parquet file: {message}"), file)
        return
    except errors.InputError as error:
        found.reject(error, file)
        return
    cells = {column: table.column(name).to_pylist() for column, name in wanted.items()}
    for index in range(table.num_rows):
        yield Record(index + 1, {column: values[index] for column, values in cells.items()})
