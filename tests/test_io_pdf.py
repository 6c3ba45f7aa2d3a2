import io

import pytest

from lineage import errors
from lineage.io.readers import pdf, read

pytest.importorskip("pdfminer")
canvas = pytest.importorskip("reportlab.pdfgen.canvas")

WIDTH, HEIGHT = 595, 842


def made(*pages, title=None, **kwargs):
    """A PDF whose pages are lists of (left, top, text) or (left, top, text, size)."""
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream, pagesize=(WIDTH, HEIGHT), **kwargs)
    if title is not None:
        sheet.setTitle(title)
    for page in pages:
        for left, top, text, *size in page:
            sheet.setFont("Helvetica", *(size or [12]))
            sheet.drawString(left, HEIGHT - top, text)
        sheet.showPage()
    sheet.save()
    return stream.getvalue()


def column(left, top, *lines):
    return [(left, top + 14 * k, line) for k, line in enumerate(lines)]


def text_of(*pages, **kwargs):
    return pdf.values(made(*pages, **kwargs))["text"]


class TestLines:
    def test_printed_lines_become_a_paragraph(self):
        page = column(
            60, 100, "The old harbor bridge was shut on Monday after", "engineers found it."
        )
        assert text_of(page) == "The old harbor bridge was shut on Monday after engineers found it."

    @pytest.mark.parametrize(
        ("above", "below", "joined"),
        [
            ("There was much dam-", "age to it.", "There was much damage to it."),
            ("It was a well-", "known bridge.", "It was a well-known bridge."),
            ("He met Mrs Smith-", "Jones there.", "He met Mrs Smith-Jones there."),
            ("They saw Kaldo-", "via from it.", "They saw Kaldovia from it."),
            ("It was open -", "for a day.", "It was open - for a day."),
            ("In the years 1990-", "1995 it was.", "In the years 1990- 1995 it was."),
        ],
    )
    def test_a_divided_word_is_put_together_and_a_compound_keeps_its_hyphen(
        self, above, below, joined
    ):
        assert text_of(column(60, 100, above, below)) == joined

    def test_columns_are_read_one_after_the_other_though_drawn_line_by_line(self):
        left = [
            "The old harbor bridge was shut",
            "on Monday after engineers had",
            "found the cracks.",
        ]
        right = [
            "A second report was written by",
            "the newspaper on Tuesday and it",
            "told of queues.",
        ]
        both = zip(column(60, 100, *left), column(320, 100, *right), strict=True)
        page = [line for pair in both for line in pair]
        assert text_of(page) == f"{' '.join(left)}\n{' '.join(right)}"

    def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page(self):
        first = [
            *column(60, 100, "The bridge was shut on Monday", "after engineers found many"),
            *column(320, 100, "cracks, and the city would not", "say when it would be"),
        ]
        second = column(60, 100, "opened again.")
        assert text_of(first, second) == (
            "The bridge was shut on Monday after engineers found many cracks, and the city would "
            "not say when it would be opened again."
        )

    def test_a_short_last_line_an_indent_and_another_size_end_a_paragraph(self):
        page = [
            (60, 100, "Bridge is shut after cracks are found", 18),
            (60, 120, "The old harbor bridge was shut on Monday and"),
            (60, 134, "is closed."),
            (60, 148, "Drivers have to take the tunnel until then,"),
            (60, 162, "the city said, and it is sorry for all of it."),
            (75, 176, "A spokesman would not say more than"),
            (60, 190, "that about it when he was asked by them."),
        ]
        assert text_of(page).split("\n") == [
            "Bridge is shut after cracks are found",
            "The old harbor bridge was shut on Monday and is closed.",
            "Drivers have to take the tunnel until then, the city said, and it is sorry for all "
            "of it.",
            "A spokesman would not say more than that about it when he was asked by them.",
        ]


class TestHeaders:
    def test_page_numbers_and_repeated_headers_are_left_out(self):
        def page(number, *lines):
            return [
                (60, 30, f"Harbor Daily, page {number}"),
                (290, 820, str(number)),
                *column(60, 100, *lines),
            ]

        found = text_of(
            page(1, "The bridge was shut"), page(2, "on Monday."), page(3, "It is old.")
        )
        assert found == "The bridge was shut on Monday.\nIt is old."

    def test_a_line_at_the_top_of_one_page_is_text(self):
        assert "Bridge shut" in text_of([(60, 30, "Bridge shut"), (60, 200, "It was shut.")])


class TestProperties:
    def test_a_title_counts_only_where_the_text_has_it(self):
        page = [(60, 100, "Bridge shut", 20), (60, 200, "It was shut on Monday.")]
        assert pdf.values(made(page, title="bridge  shut"))["title"] == "Bridge shut"
        assert pdf.values(made(page, title="Microsoft Word - a.doc"))["title"] is None
        assert pdf.values(made(page))["title"] is None

    def test_the_date_of_the_file_is_not_that_of_the_article(self, tmp_path):
        (tmp_path / "a.pdf").write_bytes(made([(60, 100, "It was shut on Monday.")]))
        article = read.read(tmp_path).articles.iloc[0]
        assert article["published_source"] == "none"
        assert article["article_id"] == "a"


class TestRefusal:
    def test_a_page_without_text_is_refused(self):
        with pytest.raises(errors.InputError, match="no text in the PDF"):
            pdf.values(made([]))

    def test_a_locked_file_is_refused(self):
        with pytest.raises(errors.InputError, match="locked by a password"):
            pdf.values(made([(60, 100, "It was shut.")], encrypt="secret"))

    @pytest.mark.parametrize("keep", [8, 200, 900])
    def test_a_damaged_file_is_refused(self, keep):
        data = made([(60, 100, "It was shut.")])[:keep]
        with pytest.raises(errors.InputError, match="PDF"):
            pdf.values(data)


class TestStandardInput:
    def test_a_pdf_is_recognised(self):
        found = read.read("-", stdin=io.BytesIO(made([(60, 100, "It was shut.")])))
        assert found.files["kind"].tolist() == ["pdf"]
        assert found.articles["text"].tolist() == ["It was shut."]
