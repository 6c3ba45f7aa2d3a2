"""Rows of parquet files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from ... import errors
from .. import columns, extras
from . import problems
from .delimited import Record

# Rows that are in memory at a time.
_BATCH_ROWS = 1_000


def records(data: bytes | Path, file: str, found: problems.Problems) -> Iterator[Record]:
    """Read the rows of a parquet file.

    Parameters
    ----------
    data : bytes or Path
        The whole file, or where it is.
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
    number = 0
    try:
        opened = parquet.ParquetFile(io.BytesIO(data) if isinstance(data, bytes) else data)
        names = opened.schema_arrow.names
        positions = columns.match(names)
        wanted = {column: names[position] for column, position in positions.items()}
        for_reading = sorted(set(wanted.values()))
        for batch in opened.iter_batches(batch_size=_BATCH_ROWS, columns=for_reading):
            cells = {column: batch.column(name).to_pylist() for column, name in wanted.items()}
            for index in range(batch.num_rows):
                number += 1
                yield Record(number, {column: values[index] for column, values in cells.items()})
    except (arrow.ArrowException, OSError) as error:
        message = columns.one_line(str(error))
        found.reject(errors.InputError(f"not a parquet file: {message}"), file)
    except errors.InputError as error:
        found.reject(error, file)
