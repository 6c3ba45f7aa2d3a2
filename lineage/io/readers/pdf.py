"""PDF files: their text, with columns, paragraphs and divided words put together again."""

from __future__ import annotations

import io
import itertools
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ... import errors
from ...text import hyphens
from .. import extras
from . import titles

# Page headers and footers stand in these shares of a page's height, at the top and the bottom.
_MARGIN = 0.1
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d+(?:\s*(?:/|of)\s*\d+)?\W*", re.IGNORECASE)
# A line in the margin is a header if so large a share of the pages has it.
_MIN_SHARE = 0.5

# Letters of two sizes on neighbouring lines: a headline and the text below it.
_SAME_SIZE = 0.15
# A last line that ends before so much of the column's width ends a paragraph.
_SHORT = 0.85
# A first line that begins so many times its height to the right begins one.
_INDENT = 0.6

_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_DIVIDED = re.compile(r"([^\W\d_]{1,60})(-|\N{SOFT HYPHEN}|\N{HYPHEN})$")
# What the pages of a book of 100,000 words unpack to is some 5 MB, and fonts a few more.
MAX_UNPACKED_BYTES = 50_000_000
_STREAM = re.compile(rb"stream\r?\n")
# Of a stream's dictionary so much is looked at; the first byte of what zlib packed.
_STREAM_HEAD, _ZLIB = 400, b"\x78"
_REST = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class _Line:
    """One line of one column, in points from the lower left of its page."""

    text: str
    left: float
    right: float
    height: float


@dataclass(frozen=True)
class _Box:
    """Lines that stand close together, and where on the page."""

    lines: tuple[_Line, ...]
    in_margin: bool

    @property
    def said(self) -> str:
        """The words, any number for any other, as a header is told by."""
        return re.sub(r"\d+", "0", " ".join(line.text for line in self.lines)).casefold()


def values(data: bytes) -> dict[str, Any]:
    """Read the text of a PDF, by pdfminer.six.

    Columns are read one after the other. A paragraph is a line: the ends of printed lines
    become spaces and a word divided at one is put together where that makes a known word.
    Page numbers, and lines in the margins that come again on most pages, are left out. What is
    returned counts as the text as supplied.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    dict of str to object
        Column of the articles table to value: the text, and a title if the one among the
        document's properties is also a line of the text. Dates and authors of a document are
        those of the file, not of the article: they are not taken.

    Raises
    ------
    MissingExtraError
        If pdfminer.six is not installed.
    InputError
        If it is no PDF, is locked, or has no text; the message has no file.
    """
    extras.need("pdfminer", "documents", "reading .pdf")
    # What it finds odd about a file is of no use to who hands it in.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    layout = extras.need("pdfminer.high_level", "documents", "reading .pdf")
    locked = extras.need("pdfminer.pdfdocument", "documents", "reading .pdf")
    _check_size(data)
    try:
        pages = [list(_boxes(page)) for page in layout.extract_pages(io.BytesIO(data))]
        said = _title(data)
    except locked.PDFEncryptionError as error:
        raise errors.InputError("locked by a password; save it again without one") from error
    except Exception as error:
        # A damaged file fails anywhere in the parser, with an error of any kind.
        reason = " ".join(str(error).split()) or type(error).__name__
        raise errors.InputError(
            f"not a PDF that can be read: {reason}; save its text as .txt"
        ) from error
    paragraphs = _paragraphs(_without_headers(pages))
    if not paragraphs:
        raise errors.InputError(
            "no text in the PDF (a scan?); run text recognition on it, or save its text as .txt"
        )
    return {"title": titles.confirmed(said, paragraphs), "text": "\n".join(paragraphs)}


def _check_size(data: bytes) -> None:
    """Refuse what unpacks to more than a text can, before anything is made of it."""
    n_bytes = 0
    for begin in _STREAM.finditer(data):
        head = data[max(0, begin.start() - _STREAM_HEAD) : begin.start()]
        # Pictures are not unpacked.
        if b"/Image" in head[head.rfind(b" obj") + 1 :]:
            continue
        piece = data[begin.end() :]
        # A stream may be packed more than once.
        while piece[:1] == _ZLIB and n_bytes <= MAX_UNPACKED_BYTES:
            try:
                piece = zlib.decompressobj().decompress(piece, MAX_UNPACKED_BYTES + 1)
            except zlib.error:
                break
            n_bytes += len(piece)
        if n_bytes > MAX_UNPACKED_BYTES:
            raise errors.InputError(
                f"unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB; save its text as .txt"
            )


def _title(data: bytes) -> str | None:
    parser = extras.need("pdfminer.pdfparser", "documents", "reading .pdf")
    documents = extras.need("pdfminer.pdfdocument", "documents", "reading .pdf")
    utils = extras.need("pdfminer.utils", "documents", "reading .pdf")
    types = extras.need("pdfminer.pdftypes", "documents", "reading .pdf")
    for info in documents.PDFDocument(parser.PDFParser(io.BytesIO(data))).info:
        said = types.resolve1(info.get("Title"))
        if isinstance(said, bytes):
            return str(utils.decode_text(said))
    return None


def _boxes(page: Any) -> Iterator[_Box]:
    layout = extras.need("pdfminer.layout", "documents", "reading .pdf")
    for box in page:
        if not isinstance(box, layout.LTTextBox):
            continue
        found = (
            _Line(" ".join(line.get_text().split()), line.x0, line.x1, line.height)
            for line in box
            if isinstance(line, layout.LTTextLine)
        )
        lines = tuple(line for line in found if line.text)
        if lines:
            height = page.height or 1.0
            in_margin = box.y0 > (1 - _MARGIN) * height or box.y1 < _MARGIN * height
            yield _Box(lines, in_margin)


def _without_headers(pages: Sequence[Sequence[_Box]]) -> list[_Box]:
    on_pages = Counter(
        said for page in pages for said in {box.said for box in page if box.in_margin}
    )
    repeated = {said for said, n in on_pages.items() if n > 1 and n >= _MIN_SHARE * len(pages)}
    return [
        box
        for page in pages
        for box in page
        if not (
            box.in_margin
            and (
                box.said in repeated or all(_PAGE_NUMBER.fullmatch(line.text) for line in box.lines)
            )
        )
    ]


def _paragraphs(boxes: Iterable[_Box]) -> list[str]:
    made: list[str] = []
    for box in boxes:
        for lines in _split(box.lines):
            text = _joined(lines)
            goes_on = text[:1].islower() and made and _ENDS_SENTENCE.search(made[-1]) is None
            if goes_on:
                # From the foot of a column or page to the head of the next.
                made[-1] = _join(made[-1], text)
            else:
                made.append(text)
    return made


def _split(lines: Sequence[_Line]) -> Iterator[list[str]]:
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    paragraph = [lines[0].text]
    for above, line in itertools.pairwise(lines):
        ends = above.right < left + _SHORT * (right - left) and _ENDS_SENTENCE.search(above.text)
        indented = line.left > left + _INDENT * line.height and above.left < line.left - 1
        resized = abs(line.height - above.height) > _SAME_SIZE * above.height
        if ends or indented or resized:
            yield paragraph
            paragraph = []
        paragraph.append(line.text)
    yield paragraph


def _joined(lines: Sequence[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = _join(text, line)
    return text


def _join(above: str, below: str) -> str:
    """Put two printed lines together, and the word that is divided between them."""
    divided = _DIVIDED.search(above)
    rest = _REST.match(below)
    if divided is None or rest is None:
        return f"{above} {below}"
    first, mark = divided.groups()
    if mark == "\N{SOFT HYPHEN}" or hyphens.is_one_word(first, rest[0]):
        return above[: -len(mark)] + below
    return above + below
