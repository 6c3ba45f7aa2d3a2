"""trace(): the stages in order, progress, and how the run came about."""

from __future__ import annotations

import functools
import hashlib
import json
import platform
import threading
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from typing import Any

import numpy as np
import pandas as pd

from . import (
    __version__,
    articles,
    assemble,
    candidates,
    edges,
    encoders,
    errors,
    infer,
    pairs,
    tables,
)
from .config import TraceConfig
from .document import CONTENT_ROLES, Document, build
from .evidence import gather
from .io.read import ReadResult
from .result import Lineage
from .text import roles, sentences

PairKey = tuple[str, str]

# Packages whose version can change a result.
_RECORDED = ("numpy", "pandas", "nupunkt", "onnxruntime", "rapidfuzz", "tokenizers", "wordfreq")


def trace(
    texts: pd.DataFrame | Sequence[articles.Article] | ReadResult,
    config: TraceConfig | None = None,
    encoder: str | object | None = None,
    progress: bool = False,
) -> Lineage:
    """Infer which text derived from which, and where each sentence came from.

    Parameters
    ----------
    texts : DataFrame, sequence of Article, or ReadResult
        One row an article; a frame needs the column ``text``. With what `lineage.read`
        returned, the run also says which files were read and what was left out.
    config : TraceConfig, optional
    encoder : str or object with ``.encode``, optional
        Instead of ``config.encoder``.
    progress : bool, default False
        Show bars on standard error.

    Returns
    -------
    Lineage

    Raises
    ------
    InputError
        If a text is unusable; the row is named.
    NothingToTraceError
        If there are no articles.

    Examples
    --------
    >>> import pandas as pd, lineage
    >>> story = pd.DataFrame({"text": ["A crane fell into the port.", "Tax is due in May."]})
    >>> lineage.trace(story).relations["outcome"].tolist()
    ['unrelated']
    """
    settings = config if config is not None else TraceConfig()
    was_read = texts if isinstance(texts, ReadResult) else None
    table = articles.prepare(texts.articles if isinstance(texts, ReadResult) else texts)
    chosen = _Encoder(encoder if encoder is not None else settings.encoder)
    with _Bars(progress) as bar:
        sentence_table = _sentences(table)
        unique = table[table["duplicate_of"].isna()]
        documents = list(build(unique, sentence_table).values())
        found = _compare(documents, chosen, settings, bar)
        stories = _stories(documents, found)
        inferred = [
            infer.infer(
                story,
                {key: each for key, each in found.items() if key[0] in ids and key[1] in ids},
                pairs.compare,
                settings,
            )
            for story, ids in ((each, {d.article_id for d in each}) for each in stories)
        ]
        frames = assemble.assemble(
            table, sentence_table, documents, found, inferred, chosen.vectors, settings
        )
    run = _run(table, frames, chosen, settings, found, was_read)
    return Lineage(frames, run)


class _Encoder:
    """Loads the encoder in the background while texts are being aligned, and caches vectors."""

    def __init__(self, wanted: str | object) -> None:
        self._wanted = wanted
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

    @functools.cached_property
    def _vectors(self) -> dict[str, np.ndarray]:
        return {}

    def prepare(self, documents: Sequence[Document]) -> None:
        """Embed the sentences of several documents together."""
        if self.encoder is not None and documents:
            self.encoder.encode([text for each in documents for text in _told(each)])

    def vectors(self, document: Document) -> np.ndarray | None:
        """Sentence vectors of a document, shape (n_sentences, d); None in lexical mode.

        A sentence of the page's furniture has a vector of zeros.
        """
        if self.encoder is None:
            return None
        if document.key not in self._vectors:
            told = self.encoder.encode(_told(document))
            vectors = np.zeros((len(document.roles), told.shape[1]), dtype=np.float32)
            vectors[[role in CONTENT_ROLES for role in document.roles]] = told
            self._vectors[document.key] = vectors
        return self._vectors[document.key]


def _told(document: Document) -> list[str]:
    texts = document.sentences["text"]
    return [text for text, role in zip(texts, document.roles, strict=True) if role in CONTENT_ROLES]


def _sentences(table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for article_id, text in zip(table["article_id"], table["text"], strict=True):
        spans = sentences.split_sentences(text)
        rows += [
            {
                "sentence_id": f"{article_id}:{position}",
                "article_id": article_id,
                "position": position,
                "start": start,
                "end": end,
                "text": text[start:end],
                "role": "body",
            }
            for position, (start, end) in enumerate(spans)
        ]
    return tables.sort("sentences", roles.assign_roles(tables.build("sentences", rows), table))


def _compare(
    documents: Sequence[Document], chosen: _Encoder, settings: TraceConfig, bar: Any
) -> dict[PairKey, gather.PairEvidence]:
    by_id = {each.article_id: each for each in documents}
    if len(documents) <= settings.compare_all:
        keys = candidates.all_pairs(documents)
    else:
        keys = candidates.by_shared_words(documents, per_article=settings.candidates_per_article)
    screened = {
        key: gather.screen(pairs.compare(by_id[key[0]], by_id[key[1]]))
        for key in bar(keys, "comparing words")
    }
    # All open texts at once: full batches are twice as fast as a text at a time.
    wanted = {article for key, each in screened.items() if each.open for article in key}
    chosen.prepare([each for each in documents if each.article_id in wanted])
    found = {}
    for key in bar(keys, "comparing meaning"):
        found[key] = gather.gather(screened.pop(key), chosen.vectors)
    return found


def _stories(
    documents: Sequence[Document], found: Mapping[PairKey, gather.PairEvidence]
) -> list[list[Document]]:
    """Connected components of pairs that tell of one event, in order of key."""
    parent = {each.article_id: each.article_id for each in documents}

    def top(at: str) -> str:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for (first, second), each in found.items():
        if each.p_link >= edges.LISTED_P_LINK or candidates.same_event(each.pair.a, each.pair.b):
            parent[top(second)] = top(first)
    groups: dict[str, list[Document]] = {}
    for each in documents:
        groups.setdefault(top(each.article_id), []).append(each)
    return list(groups.values())


def _run(
    table: pd.DataFrame,
    frames: Mapping[str, pd.DataFrame],
    chosen: _Encoder,
    settings: TraceConfig,
    found: Mapping[PairKey, gather.PairEvidence],
    was_read: ReadResult | None,
) -> dict[str, Any]:
    encoder = chosen.encoder
    drawn = frames["edges"]
    hashes = sorted(table["text_sha256"])
    n_unique = int(table["duplicate_of"].isna().sum())
    n_pairs = n_unique * (n_unique - 1) // 2
    not_measured = []
    if encoder is None:
        not_measured.append("meaning of sentences (lexical mode: no sentence encoder)")
    if len(found) < n_pairs:
        not_measured.append(f"{n_pairs - len(found)} pairs that share few rare words")
    said = encoders.describe(encoder)
    if encoder is not None:
        said["n_embedded"] = encoder.n_embedded
    return {
        "lineage": __version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _RECORDED},
        "config": settings.to_dict(),
        "encoder": said,
        "inputs": {
            "n_articles": len(table),
            "text_sha256": hashes,
            "sha256": hashlib.sha256("\n".join(hashes).encode()).hexdigest(),
            "files": [] if was_read is None else _records(was_read.files),
        },
        "counts": {
            "articles": len(table),
            "duplicates": len(table) - n_unique,
            "absent_sources": int((frames["articles"]["kind"] == "absent").sum()),
            "stories": int(frames["articles"]["story_id"].nunique()),
            "pairs_compared": len(found),
            "edges_kept": int((drawn["status"] == "kept").sum()),
        },
        "not_measured": not_measured,
        "limits_hit": [],
        "problems": [] if was_read is None else _records(was_read.problems),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values, sorted, so that the order of the paths does not matter."""
    plain = frame.astype(object).where(frame.notna(), None)
    return sorted(plain.to_dict("records"), key=lambda row: json.dumps(list(row.values())))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


class _Bars:
    """Progress bars that know when to be silent."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown

    def __enter__(self) -> Any:
        return self._bar

    def __exit__(self, *_: object) -> None:
        return None

    def _bar(self, items: Sequence[Any], what: str) -> Iterable[Any]:
        if not self._shown:
            return items
        import tqdm

        return tqdm.tqdm(items, desc=what, disable=None, leave=False)
