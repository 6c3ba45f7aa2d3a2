"""A run as a workbook for Excel and its like: sheets that can be read as they open.

Written with XlsxWriter, which does nothing else and needs nothing else; openpyxl also reads and
changes workbooks, which is not wanted here.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ... import errors
from .. import extras
from . import attribution_exports, excel_cells

# Of a sheet in Excel, its head row included.
MAX_ROWS = 1_048_576
# In characters. A sentence of news has some 25 words: three lines of 55.
_WORDS, _NAME, _SHORT, _NUMBER = 55, 24, 14, 11
# Above it a cell says more than can be read beside others: its first lines are shown.
_MAX_LINES = 12
_LINE_POINTS = 15

_WIDTHS: Mapping[str, int] = {
    **dict.fromkeys(("text", "words", "source_words", "origin_words", "detail"), _WORDS),
    **dict.fromkeys(("changed_facts", "title", "url", "origins"), 36),
    **dict.fromkeys(("kind", "role", "relation", "status", "outcome", "grade"), _SHORT),
    **dict.fromkeys(("published_at", "published_precision", "about"), 18),
}
# What tables call it, in the words of the report.
_HEADS: Mapping[str, str] = {
    "source_id": "Source",
    "target_id": "Made from it",
    "p_link": "Related (probability)",
    "p_edge": "Directly (probability)",
    "p_direction": "This way round (probability)",
    "n_alike": "Texts that may each be the source",
    "coverage_target": "Share of target",
    "coverage_source": "Share of source",
    "lag_s": "Later by (seconds)",
    "score_bits": "Evidence (bits)",
    "p_derived": "One from the other (probability)",
    "p_shared_source": "Common source (probability)",
    "p_independent": "Neither (probability)",
    "containment_a": "Share of A in B",
    "containment_b": "Share of B in A",
    "target_value": "Here",
    "source_value": "In the source",
    "target_sentence": "Sentence",
    "article_id": "Article",
    "published_at": "Published (UTC)",
    "url": "Address",
}
# Offsets and hashes tell a person nothing; the other formats have them.
_LEFT_OUT = frozenset(
    "words_start words_end source_start source_end text_start text_end text_sha256 "
    "published_source target_start target_end origin_start origin_end".split()
)


@dataclass(frozen=True)
class _Sheet:
    """A sheet: its name (31 characters at the most), what it is for, and its rows."""

    name: str
    says: str
    of: Callable[[Mapping[str, pd.DataFrame], str | None], pd.DataFrame]


def _edges(frames: Mapping[str, pd.DataFrame], article: str | None) -> pd.DataFrame:
    edges = frames["edges"]
    kept = edges[edges["status"] == "kept"]
    return kept if article is None else kept[_ends(kept, "source_id", "target_id", article)]


def _pairs(frames: Mapping[str, pd.DataFrame], article: str | None) -> pd.DataFrame:
    pairs = frames["relations"]
    return pairs if article is None else pairs[_ends(pairs, "a", "b", article)]


def _facts(frames: Mapping[str, pd.DataFrame], article: str | None) -> pd.DataFrame:
    facts = frames["facts"]
    found = facts if article is None else facts[facts["target_id"] == article]
    places = frames["sentences"].set_index("sentence_id")["position"]
    numbered = {
        name: found[name].map(places).astype("Int64")
        for name in ("target_sentence", "source_sentence")
    }
    return found.assign(**numbered)


def _texts(frames: Mapping[str, pd.DataFrame], article: str | None) -> pd.DataFrame:
    texts = frames["articles"]
    return texts if article is None else texts[texts["article_id"] == article]


def _ends(frame: pd.DataFrame, one: str, other: str, article: str) -> pd.Series:
    return (frame[one] == article) | (frame[other] == article)


_SHEETS = (
    _Sheet("Edges", "which text was made from which, and how sure that is", _edges),
    _Sheet(
        "Sentences",
        "where each sentence came from: kind of reuse, sources side by side, changed facts",
        attribution_exports.sentences,
    ),
    _Sheet(
        "Changed facts", "numbers, dates, names and quotes that are not as in the source", _facts
    ),
    _Sheet("Shares", "how much of each text has which source", attribution_exports.shares),
    _Sheet("Origins", "how many independent origins each story has", attribution_exports.origins),
    _Sheet("Pairs", "how any two texts are related", _pairs),
    _Sheet("Texts", "the texts themselves, and sources that were not supplied", _texts),
)


def to_xlsx(
    frames: Mapping[str, pd.DataFrame], run: Mapping[str, Any], article: str | None = None
) -> bytes:
    """Write a run as a workbook.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of a run by name.
    run : mapping
        What run.json holds.
    article : str, optional
        Only this article.

    Returns
    -------
    bytes
        An .xlsx file. The head row of each sheet stays in sight and has a filter; texts are
        wrapped. A text is never a formula, a link or a number, whatever it looks like, and is
        cut where a cell cannot hold it. The same run gives the same bytes.

    Raises
    ------
    MissingExtraError
        If XlsxWriter is not installed.
    UsageError
        If a table has more rows than a sheet can hold.
    """
    xlsxwriter = extras.need("xlsxwriter", "xlsx", "writing .xlsx")
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    )
    # The time of writing would make every file another.
    book.set_properties({"created": datetime.datetime(2000, 1, 1), "title": "lineage"})
    looks = _Looks(book)
    tables = [(sheet, sheet.of(frames, article)) for sheet in _SHEETS]
    _about(book, looks, run, tables)
    for sheet, frame in tables:
        _write(book.add_worksheet(sheet.name), looks, sheet.name, frame)
    book.close()
    return stream.getvalue()


class _Looks:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        top = {"valign": "top"}
        self.head = book.add_format(
            {**top, "bold": True, "bg_color": "#E8ECF1", "bottom": 1, "text_wrap": True}
        )
        self.words = book.add_format({**top, "text_wrap": True, "num_format": "@"})
        self.number = book.add_format({**top, "num_format": "0"})
        self.share = book.add_format({**top, "num_format": "0.00"})
        self.time = book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm"})


def _about(book: Any, looks: _Looks, run: Mapping[str, Any], tables: Any) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, _NAME, looks.words)
    sheet.set_column(1, 1, 90, looks.words)
    counts = run.get("counts", {})
    rows = [
        ("lineage", str(run.get("lineage", ""))),
        *((name.replace("_", " "), f"{value:,}") for name, value in counts.items()),
        *(("not measured", str(line)) for line in run.get("not_measured", ())),
        ("", "An edge is a lead to check, not a finding of fault."),
        ("", "Sentences are counted from 1, as in the report. Times are UTC."),
        *((each.name, f"{each.says} ({len(frame):,} rows)") for each, frame in tables),
    ]
    for place, (name, said) in enumerate(rows):
        sheet.write_string(place, 0, excel_cells.cut(name))
        sheet.write_string(place, 1, excel_cells.cut(said))


def _write(sheet: Any, looks: _Looks, name: str, frame: pd.DataFrame) -> None:
    if len(frame) + 1 > MAX_ROWS:
        raise errors.UsageError(
            f"export --to xlsx: {name} has {len(frame):,} rows, and a sheet holds {MAX_ROWS:,}; "
            "export one --article, or --to csv"
        )
    shown = frame[[column for column in frame.columns if _is_shown(str(column), frame[column])]]
    widths = [_width(str(column), shown[column]) for column in shown.columns]
    for place, column in enumerate(shown.columns):
        sheet.set_column(place, place, widths[place])
        sheet.write_string(0, place, _headed(str(column)), looks.head)
    columns = [_cells(str(column), shown[column]) for column in shown.columns]
    for number, row in enumerate(zip(*columns, strict=True), start=1):
        lines = max(
            (_lines(cell, width) for cell, width in zip(row, widths, strict=True)), default=1
        )
        sheet.set_row(number, _LINE_POINTS * min(lines, _MAX_LINES))
        for place, cell in enumerate(row):
            _put(sheet, looks, number, place, cell)
    sheet.freeze_panes(1, 1)
    if len(shown.columns):
        sheet.autofilter(0, 0, len(shown), len(shown.columns) - 1)


def _is_shown(column: str, values: pd.Series) -> bool:
    # Columns of a second or third source where no sentence has one.
    is_spare = column.startswith("source_") and column[7:8].isdigit() and column[7:8] != "1"
    return column not in _LEFT_OUT and not (is_spare and values.isna().all())


def _cells(column: str, values: pd.Series) -> list[Any]:
    # The report counts sentences from 1, the tables from 0.
    is_counted = column.rpartition("_")[2] == "sentence" and values.dtype == "Int64"
    shown = values + 1 if is_counted else values
    return [None if pd.isna(value) else value for value in shown.astype(object)]


def _put(sheet: Any, looks: _Looks, row: int, place: int, cell: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, pd.Timestamp):
        # Excel has no zones, and no days before 1900.
        naive = cell.tz_convert("UTC").tz_localize(None).to_pydatetime()
        if naive.year >= 1900:
            sheet.write_datetime(row, place, naive, looks.time)
        else:
            sheet.write_string(row, place, naive.isoformat(" ", "minutes"), looks.words)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, place, cell, looks.words)
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell, looks.number)
    elif isinstance(cell, float):
        sheet.write_number(row, place, cell, looks.share)
    else:
        sheet.write_string(row, place, excel_cells.cut(str(cell)), looks.words)


def _headed(column: str) -> str:
    if column in _HEADS:
        return _HEADS[column]
    words = re.sub(r"^n_", "number of ", column).replace("_", " ")
    return words[:1].upper() + words[1:]


def _width(column: str, values: pd.Series) -> int:
    if column in _WIDTHS:
        return _WIDTHS[column]
    if column.startswith("source_") and column.endswith("_words"):
        return _WORDS
    if column.endswith("_value"):
        return _NAME
    return _NAME if values.dtype == "string" else _NUMBER


def _lines(cell: Any, width: int) -> int:
    """How many lines a cell takes, so that no program has to find out."""
    if not isinstance(cell, str):
        return 1
    return sum(1 + len(line) // width for line in cell[: width * _MAX_LINES].split("\n"))
