"""The command `lineage export`: parses, calls, writes."""

from __future__ import annotations

import enum
import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import errors

if TYPE_CHECKING:
    from .result import Lineage


class Format(enum.StrEnum):
    """What a run can be turned into."""

    csv = "csv"
    parquet = "parquet"
    json = "json"
    graphml = "graphml"
    dot = "dot"
    mermaid = "mermaid"
    json_schema = "json-schema"
    json_ld = "json-ld"
    prov_json = "prov-json"
    prov_n = "prov-n"


def export(
    to: Annotated[Format, typer.Option(help="What to write.")],
    run: Annotated[
        Path | None, typer.Argument(help="A run folder, written by `lineage trace`.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File, or folder for csv and parquet; default stdout."),
    ] = None,
) -> None:
    """Write a run in a format of other programs.

    csv, parquet: a file a table. json: all tables and the run; json-schema: what that
    JSON is like (needs no RUN). graphml, dot, mermaid: the graph. json-ld: schema.org's
    NewsArticle with isBasedOn. prov-json, prov-n: W3C provenance (extra prov).
    """
    from . import result

    if to is Format.json_schema:
        _put(_json_schema(), output)
        return
    if run is None:
        raise errors.UsageError(f"export --to {to.value} takes a run: give its folder")
    loaded = result.load(run)
    if to in TO_FOLDER:
        if output is None:
            raise errors.UsageError(f"export --to {to.value} writes a folder: give -o FOLDER")
        TO_FOLDER[to](loaded, output)
        return
    _put(TO_FILE[to](loaded), output)


def _put(written: str | bytes, output: Path | None) -> None:
    data = written.encode() if isinstance(written, str) else written
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        _write(data, output)


def _write(data: bytes, output: Path) -> None:
    if output.is_dir():
        raise errors.UsageError(f"export: {output} is a folder; give a file's name")
    partial = output.with_name(f".{output.name}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(output)
    except OSError as error:
        raise errors.UsageError(f"export: {output}: cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


def _csv(loaded: Lineage, folder: Path) -> None:
    from .io import export as writers

    writers.write_csv(loaded.frames, folder)


def _parquet(loaded: Lineage, folder: Path) -> None:
    from .io import export as writers

    writers.write_parquet(loaded.frames, folder)


def _json(loaded: Lineage) -> str:
    from .io import export as writers

    return writers.to_json(loaded.frames, loaded.run)


def _graphml(loaded: Lineage) -> bytes:
    from .io import export as writers

    stream = io.BytesIO()
    writers.write_graphml(loaded.to_networkx(), stream)
    return stream.getvalue()


def _dot(loaded: Lineage) -> str:
    from .io import export as writers

    return writers.to_dot(loaded.to_networkx(), arrow=loaded.settings.arrow)


def _mermaid(loaded: Lineage) -> str:
    from .io import export as writers

    return writers.to_mermaid(loaded.to_networkx(), arrow=loaded.settings.arrow)


def _json_schema() -> str:
    from .io import export as writers
    from .io import json_schema

    return writers.dump(json_schema.schema())


def _json_ld(loaded: Lineage) -> str:
    from .io import json_ld

    return json_ld.to_json_ld(loaded.articles, loaded.edges, arrow=loaded.settings.arrow)


def _prov_json(loaded: Lineage) -> str:
    from .io import prov

    return prov.to_json(loaded.to_prov())


def _prov_n(loaded: Lineage) -> str:
    from .io import prov

    return prov.to_provn(loaded.to_prov())


# A new format is a member of `Format` and a row in one of these.
TO_FOLDER: Mapping[Format, Callable[[Lineage, Path], None]] = {
    Format.csv: _csv,
    Format.parquet: _parquet,
}
TO_FILE: Mapping[Format, Callable[[Lineage], str | bytes]] = {
    Format.json: _json,
    Format.graphml: _graphml,
    Format.dot: _dot,
    Format.mermaid: _mermaid,
    Format.json_ld: _json_ld,
    Format.prov_json: _prov_json,
    Format.prov_n: _prov_n,
}
