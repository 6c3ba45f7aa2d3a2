import datetime
import io
import zipfile

import pytest

from lineage import errors
from lineage.io.readers import docx as reader
from lineage.io.readers import read

docx = pytest.importorskip("docx")

STORY = "The old harbor bridge was shut on Monday after engineers found cracks in two pylons."
OTHER = "Some thousands of drivers use the bridge each day and will have to take the tunnel."

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def made(*paragraphs, title=""):
    document = docx.Document()
    for each in paragraphs:
        document.add_paragraph(each)
    document.core_properties.title = title
    return document


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def insert(document, xml):
    from docx.oxml import parse_xml

    document.element.body.insert(1, parse_xml(xml))


class TestText:
    def test_a_paragraph_is_a_line(self):
        assert reader.values(saved(made(STORY, "", OTHER)))["text"] == f"{STORY}\n{OTHER}"

    def test_tables_stand_where_they_stood(self):
        document = made("Before the table.")
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "left cell"
        table.cell(0, 1).text = "right cell"
        document.add_paragraph("After the table.")
        assert reader.values(saved(document))["text"].split("\n") == [
            *("Before the table.", "left cell", "right cell", "After the table.")
        ]

    def test_inserted_text_counts_and_deleted_and_hidden_text_does_not(self):
        document = made("First.", "Last.")
        insert(
            document,
            f'<w:p xmlns:w="{W}"><w:r><w:t xml:space="preserve">The bridge </w:t></w:r>'
            '<w:ins w:id="1" w:author="x"><w:r><w:t>was shut</w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="x"><w:r><w:delText>is open</w:delText></w:r></w:del>'
            '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>elsewhere</w:t></w:r></w:moveFrom>'
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
            "<w:r><w:instrText>DATE</w:instrText></w:r>"
            "<w:r><w:noBreakHyphen/><w:t>on</w:t><w:br/><w:t>Monday.</w:t></w:r></w:p>",
        )
        assert reader.values(saved(document))["text"].split("\n") == [
            *("First.", "The bridge was shut\N{NON-BREAKING HYPHEN}on", "Monday.", "Last.")
        ]

    def test_content_controls_and_text_boxes_are_read_once(self):
        document = made("First.", "Last.")
        mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
        insert(
            document,
            f'<w:sdt xmlns:w="{W}" xmlns:mc="{mc}"><w:sdtContent><w:p><w:r>'
            f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
            "</mc:AlternateContent><w:t>In the control.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        )
        lines = reader.values(saved(document))["text"].split("\n")
        assert sorted(lines) == ["First.", "In the box.", "In the control.", "Last."]


class TestProperties:
    def test_a_title_that_is_set_as_one_counts(self):
        document = docx.Document()
        document.add_paragraph("Bridge  shut", style="Title")
        document.add_paragraph(STORY)
        document.core_properties.title = "Template 3"
        assert reader.values(saved(document))["title"] == "Bridge shut"

    def test_a_title_property_counts_only_where_the_text_has_it(self):
        assert reader.values(saved(made("Bridge shut", STORY, title="BRIDGE SHUT")))["title"] == (
            "Bridge shut"
        )
        assert reader.values(saved(made(STORY, title="Word Document")))["title"] is None

    def test_dates_and_authors_of_the_file_are_not_those_of_the_article(self, tmp_path):
        document = made(STORY)
        document.core_properties.author = "Jane Roe"
        document.core_properties.created = datetime.datetime(2018, 7, 16)
        (tmp_path / "a.docx").write_bytes(saved(document))
        article = read.read(tmp_path / "a.docx").articles.iloc[0]
        assert article[["byline", "published_at"]].isna().all()
        assert article["published_source"] == "none"
        assert article["article_id"] == "a"


class TestRefusal:
    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", STORY.encode()])
    def test_what_is_no_document_is_refused(self, data):
        with pytest.raises(errors.InputError, match="not a Word document"):
            reader.values(data)

    def test_a_zip_archive_of_something_else_is_refused(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.txt", STORY)
        with pytest.raises(errors.InputError, match="not a Word document that can be read"):
            reader.values(stream.getvalue())

    def test_a_document_without_text_is_refused(self):
        with pytest.raises(errors.InputError, match="no text in the document"):
            reader.values(saved(made("", " ")))

    def test_a_document_that_unpacks_to_too_much_is_refused(self, monkeypatch):
        monkeypatch.setattr(reader, "MAX_UNPACKED_BYTES", 1000)
        with pytest.raises(errors.InputError, match="unpacks to"):
            reader.values(saved(made(STORY)))


class TestStandardInput:
    def test_a_document_is_recognised(self):
        found = read.read("-", stdin=io.BytesIO(saved(made(STORY))))
        assert found.files["kind"].tolist() == ["docx"]
        assert found.articles["text"].tolist() == [STORY]

    def test_another_zip_archive_is_not(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.txt", STORY)
        with pytest.raises(errors.InputError, match="a zip archive"):
            read.read("-", stdin=io.BytesIO(stream.getvalue()))
