"""The command `lineage export`: parses, calls, writes."""

from __future__ import annotations

import enum
import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import errors
from . import article_ids, run_places

if TYPE_CHECKING:
    from ..result import Lineage


# With which a workbook begins.
_ZIP = b"PK"


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
    spans_csv = "spans-csv"
    spans_jsonl = "spans-jsonl"
    spans_parquet = "spans-parquet"
    sentences_csv = "sentences-csv"
    sentences_jsonl = "sentences-jsonl"
    sentences_parquet = "sentences-parquet"
    shares_csv = "shares-csv"
    origins_csv = "origins-csv"
    annotations = "annotations"
    xlsx = "xlsx"


def export(
    to: Annotated[Format, typer.Option(help="What to write.")],
    run: Annotated[
        Path | None, typer.Argument(help="A run folder, written by `lineage trace`.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File, or folder for csv and parquet; default stdout."),
    ] = None,
    article: Annotated[
        str | None,
        typer.Option(help="Only this article: for spans, sentences, shares, origins, annotations."),
    ] = None,
    per_article: Annotated[
        bool,
        typer.Option(
            "--per-article", help="One file for each article, in the folder given with -o."
        ),
    ] = False,
    excel_csv: Annotated[
        bool,
        typer.Option(
            "--excel-csv",
            help="CSV as Excel needs it: with the mark of UTF-8, cells of 32,767 characters.",
        ),
    ] = False,
) -> None:
    """Write a run in a format that other programs read.

    csv, parquet: one file for each table. json: all tables and the run; json-schema: the
    schema of that JSON (needs no RUN). graphml, dot, mermaid: the graph. json-ld: schema.org's
    NewsArticle with isBasedOn. prov-json, prov-n: W3C provenance (extra prov).
    Where sentences came from: spans (one row for each), sentences (one row for each), shares
    (by source and reuse type), origins (of each story), annotations (W3C Web Annotation).
    xlsx: a workbook that can be read as it opens (extra xlsx).
    """
    from .. import result

    if to is Format.json_schema:
        _put(_json_schema(), output)
        return
    if run is None:
        raise errors.UsageError(f"export --to {to.value} takes a run: give its folder")
    loaded = result.load(run)
    if to not in OF_ATTRIBUTIONS and (article is not None or per_article):
        raise errors.UsageError(
            f"export --to {to.value} writes the whole run: leave out --article and --per-article"
        )
    if article is not None:
        article = article_ids.resolve(article, list(loaded.articles["article_id"]), "export")
    if excel_csv and to not in (Format.csv, *FOR_EXCEL):
        raise errors.UsageError(f"export --excel-csv: {to.value} is no CSV; leave it out")
    if per_article:
        _each(loaded, to, output, excel_csv=excel_csv)
        return
    if to in TO_FOLDER:
        if output is None:
            raise errors.UsageError(f"export --to {to.value} writes a folder: give -o FOLDER")
        (_excel_csv if excel_csv else TO_FOLDER[to])(loaded, output)
        return
    if to in OF_ATTRIBUTIONS:
        _put(_of_attributions(to, excel_csv)(loaded, article), output)
        return
    _put(TO_FILE[to](loaded), output)


def _put(written: str | bytes, output: Path | None) -> None:
    data = written.encode() if isinstance(written, str) else written
    if output is None:
        if data.startswith(_ZIP) and sys.stdout.isatty():
            raise errors.UsageError("export: a workbook is nothing for a screen: give -o FILE")
        sys.stdout.buffer.write(data)
    else:
        write_file(data, output)


def write_file(data: bytes, output: Path, command: str = "export") -> None:
    """Write a file, whole or not at all.

    Parameters
    ----------
    data : bytes
    output : Path
    command : str
        Named in messages.

    Raises
    ------
    UsageError
        If it cannot be written.
    """
    if output.is_dir():
        raise errors.UsageError(f"{command}: {output} is a folder; give a file's name")
    partial = output.with_name(f".{output.name}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(output)
    except OSError as error:
        raise errors.UsageError(
            f"{command}: {output}: cannot be written: {error.strerror}"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _each(loaded: Lineage, to: Format, folder: Path | None, *, excel_csv: bool) -> None:
    if folder is None:
        raise errors.UsageError("export --per-article writes a folder: give -o FOLDER")
    folder.mkdir(parents=True, exist_ok=True)
    supplied = loaded.articles.loc[loaded.articles["kind"] == "supplied", "article_id"]
    for name, stem in zip(supplied, _stems(list(supplied)), strict=True):
        written = _of_attributions(to, excel_csv)(loaded, name)
        data = written.encode() if isinstance(written, str) else written
        write_file(data, folder / f"{stem}.{_ending(to)}")


def _stems(names: list[str]) -> list[str]:
    """Names of files: the ids without what no file system takes; a number where two meet."""
    stems: list[str] = []
    for name in names:
        stem = run_places.stem(name, "article")
        known = {each.casefold() for each in stems}
        number = 2
        unique = stem
        while unique.casefold() in known:
            unique, number = f"{stem}-{number}", number + 1
        stems.append(unique)
    return stems


def _ending(to: Format) -> str:
    return "jsonld" if to is Format.annotations else to.value.rpartition("-")[2]


def _of_attributions(to: Format, excel_csv: bool) -> Callable[[Lineage, str | None], str | bytes]:
    return FOR_EXCEL[to] if excel_csv else OF_ATTRIBUTIONS[to]


def _excel_csv(loaded: Lineage, folder: Path) -> None:
    from ..io.writers import excel_cells

    excel_cells.write_csv(loaded.frames, folder)


def _csv(loaded: Lineage, folder: Path) -> None:
    from ..io.writers import export as writers

    writers.write_csv(loaded.frames, folder)


def _parquet(loaded: Lineage, folder: Path) -> None:
    from ..io.writers import export as writers

    writers.write_parquet(loaded.frames, folder)


def _json(loaded: Lineage) -> str:
    from ..io.writers import export as writers

    return writers.to_json(loaded.frames, loaded.run)


def _graphml(loaded: Lineage) -> bytes:
    from ..io.writers import export as writers

    stream = io.BytesIO()
    writers.write_graphml(loaded.to_networkx(), stream)
    return stream.getvalue()


def _dot(loaded: Lineage) -> str:
    from ..io.writers import export as writers

    return writers.to_dot(loaded.to_networkx(), arrow=loaded.settings.arrow)


def _mermaid(loaded: Lineage) -> str:
    from ..io.writers import export as writers

    return writers.to_mermaid(loaded.to_networkx(), arrow=loaded.settings.arrow)


def _json_schema() -> str:
    from ..io.writers import export as writers
    from ..io.writers import json_schema

    return writers.dump(json_schema.schema())


def _json_ld(loaded: Lineage) -> str:
    from ..io.writers import json_ld

    return json_ld.to_json_ld(loaded.articles, loaded.edges, arrow=loaded.settings.arrow)


def _prov_json(loaded: Lineage) -> str:
    from ..io.writers import prov

    return prov.to_json(loaded.to_prov())


def _prov_n(loaded: Lineage) -> str:
    from ..io.writers import prov

    return prov.to_provn(loaded.to_prov())


def _of(table: str, form: str) -> Callable[[Lineage, str | None], bytes]:
    def written(loaded: Lineage, article: str | None) -> bytes:
        from ..io.writers import attribution_exports as writers
        from ..io.writers import excel_cells

        write = {
            "excel-csv": excel_cells.to_csv,
            "csv": writers.to_csv,
            "jsonl": writers.to_jsonl,
            "parquet": writers.to_parquet,
        }
        return write[form](writers.TABLES[table](loaded.frames, article))

    return written


def _annotations(loaded: Lineage, article: str | None) -> str:
    from ..io.writers import annotations

    return annotations.to_json(loaded.frames, article)


def _xlsx(loaded: Lineage, article: str | None) -> bytes:
    from ..io.writers import workbook

    return workbook.to_xlsx(loaded.frames, loaded.run, article)


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
# These can be had of one article.
OF_ATTRIBUTIONS: Mapping[Format, Callable[[Lineage, str | None], str | bytes]] = {
    Format.spans_csv: _of("spans", "csv"),
    Format.spans_jsonl: _of("spans", "jsonl"),
    Format.spans_parquet: _of("spans", "parquet"),
    Format.sentences_csv: _of("sentences", "csv"),
    Format.sentences_jsonl: _of("sentences", "jsonl"),
    Format.sentences_parquet: _of("sentences", "parquet"),
    Format.shares_csv: _of("shares", "csv"),
    Format.origins_csv: _of("origins", "csv"),
    Format.annotations: _annotations,
    Format.xlsx: _xlsx,
}
# With --excel-csv; the tables of a run are written by `_excel_csv`.
FOR_EXCEL: Mapping[Format, Callable[[Lineage, str | None], str | bytes]] = {
    Format.spans_csv: _of("spans", "excel-csv"),
    Format.sentences_csv: _of("sentences", "excel-csv"),
    Format.shares_csv: _of("shares", "excel-csv"),
    Format.origins_csv: _of("origins", "excel-csv"),
}
