"""A run as a workbook, opened again by another library than the one that wrote it."""

import io
import sys

import pandas as pd
import pytest

import lineage
from lineage import errors
from lineage.cli import main
from lineage.io.writers import attribution_exports, excel_cells, workbook

from . import traces

pytest.importorskip("xlsxwriter", reason="needs the extra `xlsx`")
openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl, a part of the extra `dev`")

REPORT = (
    "A crane fell into the port of Halvane on Tuesday, said Ruairi Denholm, the harbour master."
)
HOSTILE = [
    '=HYPERLINK("https://x.example","pay here") was what the mayor wrote on Monday.',
    "@SUM(1+1)*cmd|calc was the whole statement, the harbour office said on Friday.",
    "+1 555 0100 is the number that residents may ring, the council of Ormsley said.",
    "https://x.example/a is where the council put the minutes, a spokesman said.",
    "_x0041_ and a bell \x07 stood in the notice, the clerk said to reporters there.",
]


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet):
    head, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in others]


@pytest.fixture(scope="module")
def story():
    return traces.story("harbour-crane", encoder="lexical")


@pytest.fixture(scope="module")
def book(story):
    return opened(workbook.to_xlsx(story.frames, story.run))


class TestSheets:
    def test_every_sheet_has_its_rows(self, story, book):
        counts = {sheet.title: sheet.max_row - 1 for sheet in book}
        assert counts["Edges"] == len(story.edges)
        assert counts["Sentences"] == len(attribution_exports.sentences(story.frames))
        assert counts["Changed facts"] == len(story.facts)
        assert counts["Pairs"] == len(story.relations)
        assert counts["Texts"] == len(story.articles)

    def test_names_are_legal_everywhere(self, book):
        for sheet in book:
            assert 1 <= len(sheet.title) <= 31
            assert not set(sheet.title) & set("[]:*?/\\'")

    def test_the_head_stays_in_sight_and_has_a_filter(self, book):
        for sheet in book.worksheets[1:]:
            assert sheet.freeze_panes == "B2"
            last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
            assert sheet.auto_filter.ref == f"A1:{last}"
            assert all(cell.font.bold for cell in sheet[1])
            assert len({cell.value for cell in sheet[1]}) == sheet.max_column

    def test_words_are_wrapped_in_columns_wide_enough_to_read(self, book):
        sheet = book["Sentences"]
        (column,) = [cell.column_letter for cell in sheet[1] if cell.value == "Text"]
        assert sheet.column_dimensions[column].width >= 50
        assert all(cell.alignment.wrap_text for cell in sheet[column])

    def test_no_row_is_as_high_as_the_screen(self, book):
        for sheet in book:
            heights = [each.height for each in sheet.row_dimensions.values() if each.height]
            assert max(heights, default=0) <= 12 * 15

    def test_sentences_are_counted_as_in_the_report(self, story, book):
        first = {}
        for row in rows(book["Sentences"]):
            first.setdefault(row["Article"], row["Sentence"])
        assert set(first.values()) == {1}
        place = story.sentences.set_index("sentence_id")["position"]
        facts = rows(book["Changed facts"])
        assert [row["Sentence"] for row in facts] == [
            place[name] + 1 for name in story.facts["target_sentence"]
        ]

    def test_columns_of_further_sources_that_nobody_has_are_left_out(self, story):
        article = "ostrell-page"
        book = opened(workbook.to_xlsx(story.frames, story.run, article))
        wide = attribution_exports.sentences(story.frames, article)
        assert wide["source_3"].isna().all()
        assert "Source 3" not in [cell.value for cell in book["Sentences"][1]]

    def test_dates_are_dates_in_utc(self, story, book):
        there = {row["Article"]: row["Published (UTC)"] for row in rows(book["Texts"])}
        dated = story.articles.dropna(subset=["published_at"])
        assert len(dated) > 0
        for name, at in zip(dated["article_id"], dated["published_at"], strict=True):
            assert pd.Timestamp(there[name], tz="UTC") == at

    def test_numbers_are_numbers(self, story, book):
        shown = [row["Directly (probability)"] for row in rows(book["Edges"])]
        assert shown == pytest.approx(story.edges["p_edge"].tolist())

    def test_of_one_article(self, story):
        found = opened(workbook.to_xlsx(story.frames, story.run, "tideline-post"))
        assert {row["Article"] for row in rows(found["Sentences"])} == {"tideline-post"}
        assert [row["Article"] for row in rows(found["Texts"])] == ["tideline-post"]
        for row in rows(found["Edges"]):
            assert "tideline-post" in (row["Source"], row["Made from it"])

    def test_the_same_run_gives_the_same_bytes(self, story):
        one, other = (workbook.to_xlsx(story.frames, story.run) for _ in range(2))
        assert one == other


class TestHostileTexts:
    def test_a_text_is_never_a_formula_a_link_or_a_number(self):
        texts = {f"={number}": f"{text} {REPORT}" for number, text in enumerate(HOSTILE)}
        result = lineage.trace(texts, encoder="lexical")
        book = opened(workbook.to_xlsx(result.frames, result.run))
        for sheet in book:
            assert not sheet._hyperlinks
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", cell.value
        there = {row["Article"]: row["Text"] for row in rows(book["Texts"]) if row["Text"]}
        # Excel turns its escape of a control character back; openpyxl leaves it.
        shown = {name: text.replace("\x07", "_x0007_") for name, text in texts.items()}
        assert there == shown

    def test_a_date_before_1900_is_text(self):
        texts = [{"text": REPORT, "date": "1871-03-18"}, {"text": HOSTILE[2]}]
        result = lineage.trace(texts, encoder="lexical")
        book = opened(workbook.to_xlsx(result.frames, result.run))
        assert "1871-03-18 00:00" in [row["Published (UTC)"] for row in rows(book["Texts"])]

    def test_a_table_that_no_sheet_holds_is_refused(self, story, monkeypatch):
        monkeypatch.setattr(workbook, "MAX_ROWS", 50)
        with pytest.raises(errors.UsageError, match=r"Sentences has \d+ rows, .* --to csv"):
            workbook.to_xlsx(story.frames, story.run)


class TestCells:
    def test_a_text_that_fits_stays(self):
        for text in ("", "x" * excel_cells.MAX_CELL, "\N{PARTY POPPER}" * 16_383):
            assert excel_cells.cut(text) == text

    @pytest.mark.parametrize("letter", ["x", "\N{PARTY POPPER}"])
    def test_a_longer_one_is_cut_as_excel_counts_and_says_so(self, letter):
        found = excel_cells.cut(letter * 40_000)
        assert len(found.encode("utf-16-le")) // 2 <= excel_cells.MAX_CELL
        assert found.endswith("(cut: more than a cell can hold)")
        assert found.startswith(letter * 1000)

    def test_no_cell_of_a_workbook_or_csv_is_longer(self, tmp_path):
        long = "\n".join(f"{REPORT[:-1]} for the {number}th time." for number in range(400))
        result = lineage.trace({"long": long, "short": REPORT}, encoder="lexical")
        cells = [
            cell.value
            for sheet in opened(workbook.to_xlsx(result.frames, result.run))
            for row in sheet.iter_rows()
            for cell in row
        ]
        assert max(len(cell) for cell in cells if isinstance(cell, str)) == excel_cells.MAX_CELL
        excel_cells.write_csv(result.frames, tmp_path)
        shown = pd.read_csv(tmp_path / "articles.csv", encoding="utf-8-sig")
        assert shown["text"].dropna().str.len().max() <= excel_cells.MAX_CELL


@pytest.fixture(scope="module")
def folder(story, tmp_path_factory):
    return story.save(tmp_path_factory.mktemp("xlsx") / "run")


class TestCommand:
    def test_writes_a_workbook(self, folder, tmp_path):
        path = tmp_path / "run.xlsx"
        assert main.run(["export", str(folder), "--to", "xlsx", "-o", str(path)]) == 0
        assert openpyxl.load_workbook(path).sheetnames[:3] == ["About", "Edges", "Sentences"]

    def test_one_for_each_article(self, folder, tmp_path):
        arguments = ["export", str(folder), "--to", "xlsx", "--per-article", "-o", str(tmp_path)]
        assert main.run(arguments) == 0
        assert len(list(tmp_path.glob("*.xlsx"))) == 8

    @pytest.mark.parametrize("to", ["spans-csv", "sentences-csv", "shares-csv", "origins-csv"])
    def test_csv_has_the_mark_where_it_is_asked_for(self, folder, tmp_path, to):
        plain, marked = tmp_path / "plain.csv", tmp_path / "marked.csv"
        arguments = ["export", str(folder), "--to", to, "-o"]
        assert main.run([*arguments, str(plain)]) == 0
        assert main.run([*arguments, str(marked), "--excel-csv"]) == 0
        assert marked.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()

    def test_tables_too(self, folder, tmp_path):
        arguments = ["export", str(folder), "--to", "csv", "-o", str(tmp_path), "--excel-csv"]
        assert main.run(arguments) == 0
        assert len(list(tmp_path.glob("*.csv"))) == 8
        for path in tmp_path.glob("*.csv"):
            assert path.read_bytes()[3:] == (folder / path.name).read_bytes()
            assert path.read_bytes().startswith(b"\xef\xbb\xbf")

    def test_what_is_no_csv_has_no_mark(self, folder, capsys):
        assert main.run(["export", str(folder), "--to", "json", "--excel-csv"]) == 2
        assert "json is no CSV" in capsys.readouterr().err

    def test_the_extra_is_named(self, folder, monkeypatch, capsys):
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        assert main.run(["export", str(folder), "--to", "xlsx"]) == 2
        assert 'needs XlsxWriter: pip install "article-lineage[xlsx]"' in capsys.readouterr().err
