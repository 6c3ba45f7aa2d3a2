"""From bytes to characters: byte order marks, UTF-8, other encodings, and what is no text."""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass

import charset_normalizer

from ... import errors

logger = logging.getLogger(__name__)

# UTF-32 before UTF-16: the mark of the first begins with that of the second.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# First bytes of what people hand in by mistake, with a word for it.
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"PAR1", "a parquet file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)

# In UTF-16 without a mark, every second byte of Western text is NUL and hardly any other.
_UTF16_MIN_NUL = 0.3
_UTF16_MAX_OTHER_NUL = 0.05

# What Western text without a label is taken for by browsers too (WHATWG Encoding Standard).
_WESTERN = "cp1252"

# With fewer accented letters than this share of the bytes, and no word that decides, the letter
# statistics behind a detection speak of the plain letters only.
_FEW_ACCENTED = 0.02

# Languages whose 8-bit encodings are confused with each other: a right decoding shows in their
# words. In a wrong one, words of one or two letters are found by chance.
_LANGUAGES = (
    *("ca", "cs", "da", "de", "en", "es", "fi", "fr", "hu", "is", "it", "lt", "lv", "nb", "nl"),
    *("pl", "pt", "ro", "sh", "sk", "sl", "sv", "tr", "bg", "el", "mk", "ru", "uk"),
)
_ACCENTED_WORD = re.compile(r"(?=[a-zA-Z]{0,60}[^\W\d_a-zA-Z])[^\W\d_]{3,}")

# Enough words to decide, and little to decode for each candidate.
_SAMPLE_BYTES = 200_000

# The head of a page in which a browser looks for the charset it declares (HTML standard).
_PRESCAN_BYTES = 1024
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,60}=\s{0,60}["']?\s{0,60}"
                       rb"([\w.:-]{1,60})""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Decoded:
    """Characters of a file and the encoding that they were read with."""

    text: str
    encoding: str


def decode(data: bytes, *, declares: bool = False, label: str | None = None) -> Decoded:
    """Turn the bytes of a text file into characters, line ends as they are in the file.

    A byte order mark decides, then UTF-8 if the bytes are valid UTF-8, then the label, then what
    the page itself declares, then detection by charset-normalizer.

    Parameters
    ----------
    data : bytes
        The whole file.
    declares : bool
        Whether the file is a page that may name its encoding in its head.
    label : str, optional
        The encoding as a web server or a metadata.csv says it.

    Returns
    -------
    Decoded
        The text without its byte order mark.

    Raises
    ------
    InputError
        If the bytes are not text, or in no encoding that can be told; the message has no file.
    """
    for start, what in _BINARY:
        if data.startswith(start):
            raise errors.InputError(f"{what}, not a text; save its text as .txt, UTF-8")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], encoding), encoding)
    if b"\x00" in data:
        return _without_mark(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    labelled = None if label is None else _lookup(label)
    if labelled is not None:
        try:
            return Decoded(data.decode(labelled), labelled)
        except (UnicodeError, LookupError):
            logger.info("labelled %s and not in it", labelled)
    declared = _declared(data) if declares else None
    if declared is not None:
        try:
            return Decoded(data.decode(declared), declared)
        except (UnicodeError, LookupError):
            logger.info("a page declares %s and is not in it", declared)
    return _detected(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise errors.InputError(
            f"starts as {encoding} and breaks off at byte {error.start}; save it again as UTF-8"
        ) from error
    if "\x00" in text:
        raise errors.InputError("a binary file, not a text; save its text as .txt, UTF-8")
    return text


def _without_mark(data: bytes) -> Decoded:
    half = max(len(data) // 2, 1)
    even, odd = data[0::2].count(0) / half, data[1::2].count(0) / half
    for many, few, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if len(data) % 2 == 0 and many >= _UTF16_MIN_NUL and few <= _UTF16_MAX_OTHER_NUL:
            return Decoded(_strict(data, encoding), encoding)
    raise errors.InputError("a binary file, not a text; save its text as .txt, UTF-8")


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_PRESCAN_BYTES])
    if found is None:
        return None
    return _lookup(found.group(1).decode("ascii", "replace"))


def _lookup(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    # Browsers read both labels as Windows-1252, and so do the authors of such pages.
    return _WESTERN if name in ("iso8859-1", "ascii") else name


def _detected(data: bytes) -> Decoded:
    matches = charset_normalizer.from_bytes(data)
    best = matches.best()
    if best is None:
        raise errors.InputError("the encoding cannot be told; save it again as UTF-8")
    encodings = [match.encoding for match in matches]
    if any(_WESTERN in match.could_be_from_charset for match in matches):
        n_accented = len(data.translate(None, bytes(range(0x80))))
        first = n_accented < _FEW_ACCENTED * len(data)
        encodings.insert(0 if first else len(encodings), _WESTERN)
    encoding = max(encodings, key=lambda name: _n_known_words(data[:_SAMPLE_BYTES], name))
    logger.info("not UTF-8, read as %s", encoding)
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise errors.InputError(
            f"taken for {encoding}, which fails at byte {error.start}; save it again as UTF-8"
        ) from error


def _n_known_words(data: bytes, encoding: str) -> int:
    """Count words with accents or of another alphabet that some language really has.

    The detector weighs letters, by which Windows-1250 and 1252 cannot be told apart; words can:
    French has "après", and no language has "aprčs".
    """
    import wordfreq

    words = _ACCENTED_WORD.findall(data.decode(encoding, "replace").lower())
    lists = [wordfreq.get_frequency_dict(language, "small") for language in _LANGUAGES]
    return sum(any(word in known for known in lists) for word in words)
