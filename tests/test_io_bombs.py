"""Files that are no files, and files made to fill the memory: refused in a line."""

import io
import os
import socket
import zipfile
import zlib

import pytest

import lineage
from lineage import errors
from lineage.io.readers import docx, pdf

TEXT = "Halvane had rain on Monday, and the ferry to Sandvik was late again.\n"


def _document(n_bytes: int) -> bytes:
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        part = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
        body = head + part * (n_bytes // len(part)) + "</w:body></w:document>"
        archive.writestr("word/document.xml", body)
    return written.getvalue()


def _pdf(n_bytes: int, times: int = 1, kind: bytes = b"") -> bytes:
    packed = b" " * n_bytes
    for _ in range(times):
        packed = zlib.compress(packed, 9)
    head = b"%%PDF-1.4\n1 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n"
    return head % (kind, len(packed)) + packed + b"\nendstream\nendobj\n%%EOF\n"


class TestBombs:
    def test_a_small_document_that_unpacks_to_much_xml_is_refused(self):
        data = _document(docx.MAX_XML_BYTES + 1_000)
        assert len(data) < 200_000
        with pytest.raises(errors.InputError, match="unpacks to 20 MB of text"):
            docx.values(data)

    @pytest.mark.parametrize("times", [1, 2])
    def test_a_small_pdf_that_unpacks_to_much_is_refused(self, times):
        data = _pdf(pdf.MAX_UNPACKED_BYTES + 1_000, times)
        assert len(data) < 100_000
        with pytest.raises(errors.InputError, match="unpacks to more than 50 MB"):
            pdf.values(data)

    def test_a_large_picture_in_a_pdf_is_not_unpacked(self):
        data = _pdf(pdf.MAX_UNPACKED_BYTES + 1_000, kind=b"/Subtype /Image")
        with pytest.raises(errors.InputError, match=r"not a PDF that can be read|no text"):
            pdf.values(data)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
class TestNoFiles:
    def test_a_pipe_is_refused_and_not_waited_for(self, tmp_path):
        pipe = tmp_path / "a.txt"
        os.mkfifo(pipe)
        with pytest.raises(errors.InputError, match=r"a\.txt: a pipe, not a file"):
            lineage.read(pipe)

    def test_a_device_is_refused(self):
        with pytest.raises(errors.InputError, match="/dev/zero: a device, not a file"):
            lineage.read("/dev/zero")

    def test_pipes_and_sockets_in_a_folder_are_told_and_passed_over(self, tmp_path, monkeypatch):
        (tmp_path / "a.txt").write_text(TEXT, "utf-8")
        os.mkfifo(tmp_path / "b.txt")
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("c.txt")
            found = lineage.check(tmp_path)
        assert len(found.articles) == 1
        assert found.problems["problem"].tolist() == [
            "not read: a pipe, not a file",
            "not read: a socket, not a file",
        ]

    def test_a_link_out_of_the_folder_is_not_followed_and_one_within_is(self, tmp_path):
        folder = tmp_path / "texts"
        folder.mkdir()
        (tmp_path / "secret.txt").write_text("Not for this folder.\n", "utf-8")
        (folder / "a.txt").write_text(TEXT, "utf-8")
        (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
        (folder / "c.txt").symlink_to("a.txt")
        found = lineage.check(folder)
        assert not found.articles["text"].str.contains("Not for this").any()
        assert any("leaves the folder" in problem for problem in found.problems["problem"])
        assert len(lineage.read(folder / "b.txt").articles) == 1
