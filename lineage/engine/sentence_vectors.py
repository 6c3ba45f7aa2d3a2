"""Sentence vectors on demand: the encoder loads in the background, and keeps what it made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from .. import errors
from ..evidence import gather, translation
from ..match import encoders, match_settings
from ..match.document import CONTENT_ROLES, Document, once
from ..text.languages import detection

PairKey = tuple[str, str]


class Embedder:
    """Loads an encoder while texts are being aligned, and keeps the vectors.

    Parameters
    ----------
    wanted : str or object with ``.encode``
        See `encoders.load`.
    meanwhile : callable, optional
        Called once, in a thread of its own, when sentences first go to the encoder.
    """

    def __init__(self, wanted: str | object, meanwhile: Callable[[], object] | None = None) -> None:
        self._wanted = wanted
        self._meanwhile = meanwhile
        self._loaded: encoders.Encoder | None = None
        self._error: BaseException | None = None
        # No daemon: ending the process while a library starts threads of its own aborts it.
        self._thread = threading.Thread(target=self._load)
        self._thread.start()

    def _load(self) -> None:
        try:
            wanted = None if self._wanted == encoders.DEFAULT else self._wanted
            found = encoders.load(wanted)
            self._loaded = None if found is None else encoders.CachedEncoder(found)
        except errors.LineageError as error:
            self._error = error

    @property
    def encoder(self) -> encoders.CachedEncoder | None:
        """The loaded encoder, None in lexical mode."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._loaded  # type: ignore[return-value]

    def prepare(self, wanted: Iterable[tuple[Document, np.ndarray | None]]) -> None:
        """Embed sentences of several documents together; full batches are twice as fast."""
        if self._meanwhile is not None:
            threading.Thread(target=self._meanwhile, daemon=True).start()
            self._meanwhile = None
        if self.encoder is not None:
            known = self.languages
            self.encoder.encode(
                [
                    text
                    for each, rows in wanted
                    if translation.is_known(each, known)
                    for text in _texts(each, rows)
                ]
            )

    @property
    def languages(self) -> frozenset[str] | None:
        """Codes of the languages that the encoder knows; None if it does not say."""
        return detection.known_by(self.encoder)

    @property
    def scale(self) -> tuple[float, float] | None:
        """Cosines of no match and of a full one across languages, see `translation.scale_of`."""
        return None if self.encoder is None else translation.scale_of(self.encoder.name)

    def is_measured(self, one: Document, other: Document) -> bool:
        """Whether that two texts have nothing of each other can be told at all.

        Words show a copy in any language. That there is none can only be told of texts in one
        language, which the encoder knows, or by an encoder that compares languages.
        """
        known = self.languages
        if not all(translation.is_known(each, known) for each in (one, other)):
            return False
        return self.scale is not None or not translation.are_apart(one, other)

    def across(
        self, documents: Sequence[Document], screened: Mapping[PairKey, gather.Screened]
    ) -> dict[PairKey, gather.Screened]:
        """Pairs of texts in two languages that are near in meaning, if the encoder can tell."""
        scale = self.scale
        if scale is None:
            return {}
        return translation.screen(documents, screened, self.vectors, scale)

    def vectors(self, document: Document, rows: np.ndarray | None = None) -> np.ndarray | None:
        """Sentence vectors of a document; None in lexical mode.

        What an encoder makes of a language that it does not know means nothing, so that no
        sentence of such a text has a vector.

        Parameters
        ----------
        document : Document
        rows : ndarray of shape (n_sentences,), bool, optional
            Which sentences; all that are not the page's boilerplate where left out.

        Returns
        -------
        ndarray of shape (n_sentences, d), float32, or None
            NaN for the other sentences.
        """
        if self.encoder is None:
            return None
        if not translation.is_known(document, self.languages):
            rows = np.zeros(len(document.roles), dtype=bool)
        found = self.encoder.encode(_texts(document, rows))
        vectors = np.full((len(document.roles), found.shape[1]), np.nan, dtype=np.float32)
        vectors[_rows(document, rows)] = found
        return vectors


def describe(encoder: encoders.Encoder | None) -> dict[str, Any]:
    """Say what embedded the sentences, for ``run.json``.

    Parameters
    ----------
    encoder : Encoder or None
        None is lexical mode.

    Returns
    -------
    dict
        ``name``, ``mode`` (semantic or lexical), and for the default model its
        checksum.
    """
    if encoder is None:
        return {"name": None, "mode": encoders.LEXICAL}
    said: dict[str, Any] = {"name": encoders.name_of(encoder), "mode": "semantic"}
    if said["name"].startswith("sentence-transformers/all-MiniLM-L6-v2 (onnx)"):
        said["sha256"] = encoders.MINILM_SHA256
        said["max_tokens"] = match_settings.MINILM_MAX_TOKENS
    return said


def _rows(document: Document, rows: np.ndarray | None) -> np.ndarray:
    told = _told(document)
    return told if rows is None else told & rows


def _texts(document: Document, rows: np.ndarray | None) -> list[str]:
    texts = _of_sentences(document)
    return [texts[k] for k in np.flatnonzero(_rows(document, rows))]


@once
def _told(document: Document) -> np.ndarray:
    """Sentences that are not the page's boilerplate."""
    return np.array([role in CONTENT_ROLES for role in document.roles], dtype=bool)


@once
def _of_sentences(document: Document) -> list[str]:
    """The text of each sentence."""
    return list(document.sentences["text"])
