"""How a text is written, in numbers that the format of its file does not change."""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Sequence

import numpy as np

from ..match.document import CONTENT_ROLES, Document, once
from ..text import normalise
from . import graph_settings

# Letter case, line breaks and signs of markup come and go with the format of a file.
_MARKUP = re.compile(r"[#*_`|<>\[\]{}\\~=^]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_COUNTED = {
    "said": re.compile(r"\b(?:said|says|told|added)\b"),
    "brackets": re.compile(r"\("),
    "years": re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    "you": re.compile(r"\b(?:you|your|yours)\b"),
    "persons": re.compile(r"\b(?:he|she|him|her|his|hers)\b"),
    "quotes": re.compile(r'["“”]'),
    "modals": re.compile(r"\b(?:must|should|shall|may|can|will)\b"),
    "money": re.compile(r"[$£€%]|\b(?:pct|percent|mln|bln|dlrs|million|billion)\b"),
}
STYLE_NAMES = ("length", *_COUNTED, "digits", "sentence_length", "compressed")


def style(documents: Sequence[Document]) -> np.ndarray:
    """Measure how texts are written.

    Parameters
    ----------
    documents : sequence of Document
        A family or two texts, in any order.

    Returns
    -------
    ndarray of shape (len(STYLE_NAMES),)
        Mean over the texts of logarithms of one plus each measure. Letter case, line breaks
        and signs of markup do not change it.
    """
    # Added up in order of size, so that the order of input moves no digit.
    listed = np.sort([_style_of(each) for each in documents], axis=0)
    return np.asarray(listed.mean(axis=0))


@once
def _style_of(document: Document) -> np.ndarray:
    text = _bare(_story(document))
    n_words = max(1, len(_WORD.findall(text)))
    counted = {
        name: graph_settings.PER_WORDS * len(pattern.findall(text)) / n_words
        for name, pattern in _COUNTED.items()
    }
    counted["length"] = n_words
    counted["digits"] = 100.0 * sum(map(str.isdigit, text)) / max(1, len(text))
    counted["sentence_length"] = n_words / max(1, len(_SENTENCE_END.findall(text)))
    counted["compressed"] = _compressed(text)
    return np.log1p([counted[name] for name in STYLE_NAMES])


def _story(document: Document) -> str:
    """Return what the text tells, without the page around it."""
    told = [
        document.text[slice(*document.sentence_span(k))]
        for k, role in enumerate(document.roles)
        if role in CONTENT_ROLES
    ]
    return "\n".join(told) if told else document.text


@functools.lru_cache(maxsize=256)
def _bare(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", normalise.seen(text)).split()).lower()


def _compressed(text: str) -> float:
    """Bytes left of each byte, on the mean over pieces of one length."""
    last = max(1, len(text) - graph_settings.PIECE // 2)
    pieces = [
        text[start : start + graph_settings.PIECE].encode()
        for start in range(0, last, graph_settings.PIECE)
    ]
    return float(np.mean([len(zlib.compress(each, 9)) / max(1, len(each)) for each in pieces]))


@once
def polish(document: Document) -> tuple[float, float]:
    """Measure by what rewording at one length is known.

    Parameters
    ----------
    document : Document

    Returns
    -------
    (float, float)
        Letters of a word, and commas of a hundred words.
    """
    text = _bare(_story(document))
    words = _WORD.findall(text)
    n_words = max(1, len(words))
    return sum(map(len, words)) / n_words, graph_settings.PER_WORDS * text.count(",") / n_words
