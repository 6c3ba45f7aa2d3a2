"""Word documents (.docx): their text, paragraph by paragraph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from ... import errors
from .. import extras
from . import titles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Text that is in the file and not in the document: struck out, moved away, an older copy of a
# text box for older programs. (Deleted text has an element of its own and is not met.)
_NOT_SHOWN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback"})

_MARKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}

# A report of 100,000 words unpacks to some 10 MB, pictures aside; a file made to fill the memory,
# to much more. Parsed, XML takes some 25 times its size.
MAX_UNPACKED_BYTES = 200_000_000
MAX_XML_BYTES = 20_000_000

# The main part of a document, by which it is told from other zip archives.
_MAIN_PART = "word/document.xml"
_ZIP = b"PK\x03\x04"


def values(data: bytes) -> dict[str, Any]:
    """Read the text of a Word document, by python-docx.

    A paragraph is a line; tables and text boxes are read where they stand, what was inserted
    under revision counts and what was deleted does not. Page headers and footers, footnotes
    and comments are not part of it.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    dict of str to object
        Column of the articles table to value: the text, and a title if a paragraph is set as
        one, or if the title among the document's properties is also a line of the text. Dates
        and authors of a document are those of the file, not of the article: they are not taken.

    Raises
    ------
    MissingExtraError
        If python-docx is not installed.
    InputError
        If it is no Word document, or has no text; the message has no file.
    """
    docx = extras.need("docx", "documents", "reading .docx")
    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document.element.body))
        lines = [line for paragraph in paragraphs for line in _lines(paragraph)]
        marked = [_text(paragraph) for paragraph in paragraphs if _style(paragraph) == "Title"]
        said = document.core_properties.title
    except Exception as error:
        # A damaged file fails in zip, XML or python-docx, with an error of any kind.
        reason = " ".join(str(error).split())
        raise errors.InputError(
            f"not a Word document that can be read: {reason}; save it again as .docx"
        ) from error
    if not lines:
        raise errors.InputError("no text in the document; save its text as .txt")
    title = " ".join(marked[0].split()) if marked else titles.confirmed(said, lines)
    return {"title": title or None, "text": "\n".join(lines)}


def is_document(data: bytes) -> bool:
    """Tell whether bytes are a Word document, by the main part in their archive."""
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _MAIN_PART in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            n_bytes = sum(part.file_size for part in parts)
            n_xml = sum(
                part.file_size
                for part in parts
                if part.filename.lower().endswith((".xml", ".rels"))
            )
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise errors.InputError("not a Word document; save it again as .docx") from error
    if n_bytes > MAX_UNPACKED_BYTES:
        raise errors.InputError(
            f"unpacks to {n_bytes // 1_000_000} MB, more than {MAX_UNPACKED_BYTES // 1_000_000}; "
            "save its text as .txt"
        )
    if n_xml > MAX_XML_BYTES:
        raise errors.InputError(
            f"unpacks to {n_xml // 1_000_000} MB of text and format, more than "
            f"{MAX_XML_BYTES // 1_000_000}; save its text as .txt"
        )


def _paragraphs(element: Any) -> Iterator[Any]:
    """All paragraphs in their order, wherever they are nested; one around a box before it."""
    for child in element:
        if child.tag in _NOT_SHOWN:
            continue
        if child.tag == f"{_W}p":
            yield child
        yield from _paragraphs(child)


def _lines(paragraph: Any) -> list[str]:
    return [line.strip() for line in _text(paragraph).split("\n") if line.strip()]


def _text(paragraph: Any) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}p" or child.tag in _NOT_SHOWN or _is_hidden(child):
            # A paragraph in a paragraph is one of a text box: it is met on its own.
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        else:
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish") if run.tag == f"{_W}r" else None
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off")


def _style(paragraph: Any) -> str | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return None if style is None else style.get(f"{_W}val")
