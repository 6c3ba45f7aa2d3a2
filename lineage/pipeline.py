"""trace(): the stages in order, progress, and how the run came about."""

from __future__ import annotations

import hashlib
import json
import platform
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import numpy as np
import pandas as pd

from . import (
    __version__,
    articles,
    assemble,
    candidates,
    encoders,
    errors,
    infer,
    kin,
    pairs,
    solve,
    tables,
)
from .config import TraceConfig
from .document import CONTENT_ROLES, Document, build, sentence_table
from .evidence import direction, gather, translation
from .io.read import ReadResult
from .result import Lineage

PairKey = tuple[str, str]

# Of a story for the fitted model, which takes time and memory with the cube of this.
MAX_VERSIONS = 200
# Packages whose version can change a result.
_RECORDED = ("numpy", "pandas", "nupunkt", "onnxruntime", "rapidfuzz", "tokenizers", "wordfreq")


def trace(
    texts: pd.DataFrame | Sequence[articles.Article] | ReadResult,
    config: TraceConfig | None = None,
    encoder: str | object | None = None,
    progress: bool = False,
    *,
    meanwhile: Callable[[], object] | None = None,
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
    meanwhile : callable, optional
        Called once, in a thread of its own, when sentences go to the encoder: until they
        come back nothing else runs.

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
    chosen = _Encoder(encoder if encoder is not None else settings.encoder, meanwhile)
    with _Bars(progress) as bar:
        found = _infer(table, chosen, settings, bar)
        frames = assemble.assemble(
            table, found.sentences, found.documents, found.pairs, found.stories, chosen, settings
        )
    run = _run(table, frames, chosen, settings, found, was_read)
    return Lineage(frames, run, None if was_read is None else was_read.pages)


@dataclass(frozen=True)
class Inferred:
    """What a trace knows before it writes its tables.

    Attributes
    ----------
    sentences : DataFrame
        The sentences table.
    documents : tuple of Document
        Of the texts that are not duplicates.
    pairs : mapping of (article_id, article_id) to PairEvidence
        Every compared pair.
    stories : tuple of Story
    limits_hit : tuple of str
    meaning : Meaning
        What embedded their sentences.
    """

    sentences: pd.DataFrame
    documents: tuple[Document, ...]
    pairs: Mapping[PairKey, gather.PairEvidence]
    stories: tuple[infer.Story, ...]
    limits_hit: tuple[str, ...]
    meaning: gather.Meaning


def infer_stories(
    texts: pd.DataFrame, config: TraceConfig | None = None, encoder: str | object | None = None
) -> Inferred:
    """Choose the parents of texts as `trace` does, without tables.

    Parameters
    ----------
    texts : DataFrame
    config, encoder
        As in `trace`.

    Returns
    -------
    Inferred
    """
    settings = config if config is not None else TraceConfig()
    chosen = _Encoder(encoder if encoder is not None else settings.encoder)
    with _Bars(False) as bar:
        return _infer(articles.prepare(texts), chosen, settings, bar)


def _infer(table: pd.DataFrame, chosen: _Encoder, settings: TraceConfig, bar: Any) -> Inferred:
    sentences = sentence_table(table)
    unique = table[table["duplicate_of"].isna()]
    documents = list(build(unique, sentences).values())
    screened = _screen(documents, settings, bar)
    if len({translation.language(each) for each in documents}) > 1:
        screened |= chosen.across(documents, screened)
    stories = [_Story(each, screened) for each in _group(documents, screened)]
    chosen.prepare((each, None) for story in stories for each in story.open_documents())
    found: dict[PairKey, gather.PairEvidence] = {}
    for story in bar(stories, "weighing evidence"):
        story.weigh(found, chosen.vectors)
    for key in [key for key in screened if key not in found]:
        found[key] = gather.gather(screened[key], _no_vectors)
    inferred = [
        infer.infer(
            story.documents,
            {key: found[key] for key in story.keys},
            pairs.compare,
            settings,
            as_versions=story.as_versions,
        )
        for story in bar(stories, "choosing parents")
    ]
    limits_hit = [
        f"story of {len(each.documents)} texts: the model of versions takes {MAX_VERSIONS} at most"
        for each in stories
        if len(each.documents) > MAX_VERSIONS and solve.are_versions(each.documents)
    ]
    return Inferred(sentences, tuple(documents), found, tuple(inferred), tuple(limits_hit), chosen)


class _Encoder:
    """Loads the encoder in the background while texts are being aligned, and caches vectors."""

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
            self.encoder.encode([text for each, rows in wanted for text in _texts(each, rows)])

    def across(
        self, documents: Sequence[Document], screened: Mapping[PairKey, gather.Screened]
    ) -> dict[PairKey, gather.Screened]:
        """Pairs of texts in two languages that are near in meaning, if the encoder can tell."""
        scale = None if self.encoder is None else translation.scale_of(self.encoder.name)
        if scale is None:
            return {}
        return translation.screen(documents, screened, self.vectors, scale)

    def vectors(self, document: Document, rows: np.ndarray | None = None) -> np.ndarray | None:
        """Sentence vectors of a document; None in lexical mode.

        Parameters
        ----------
        document : Document
        rows : ndarray of shape (n_sentences,), bool, optional
            Which sentences; all that are not the page's furniture where left out.

        Returns
        -------
        ndarray of shape (n_sentences, d), float32, or None
            NaN for the other sentences.
        """
        if self.encoder is None:
            return None
        found = self.encoder.encode(_texts(document, rows))
        vectors = np.full((len(document.roles), found.shape[1]), np.nan, dtype=np.float32)
        vectors[_rows(document, rows)] = found
        return vectors


def _rows(document: Document, rows: np.ndarray | None) -> np.ndarray:
    told = np.array([role in CONTENT_ROLES for role in document.roles], dtype=bool)
    return told if rows is None else told & rows


def _texts(document: Document, rows: np.ndarray | None) -> list[str]:
    texts = document.sentences["text"].tolist()
    return [texts[k] for k in np.flatnonzero(_rows(document, rows))]


def _screen(
    documents: Sequence[Document], settings: TraceConfig, bar: Any
) -> dict[PairKey, gather.Screened]:
    """Align all pairs that are worth a look, and match their sentences by words."""
    by_id = {each.article_id: each for each in documents}
    if len(documents) <= settings.compare_all:
        keys = candidates.all_pairs(documents)
    else:
        keys = candidates.by_shared_words(documents, per_article=settings.candidates_per_article)
    return {
        key: gather.screen(pairs.compare(by_id[key[0]], by_id[key[1]]))
        for key in bar(keys, "comparing words")
    }


def _group(
    documents: Sequence[Document], screened: Mapping[PairKey, gather.Screened]
) -> list[list[Document]]:
    """Connected components of pairs that tell of one event, in order of key."""
    parent = {each.article_id: each.article_id for each in documents}

    def top(at: str) -> str:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for (first, second), each in screened.items():
        if each.together or candidates.same_event(each.pair.a, each.pair.b):
            parent[top(second)] = top(first)
    groups: dict[str, list[Document]] = {}
    for document in documents:
        groups.setdefault(top(document.article_id), []).append(document)
    return list(groups.values())


class _Story:
    """Texts that tell of one event, and how their pairs are to be weighed."""

    def __init__(
        self, documents: list[Document], screened: Mapping[PairKey, gather.Screened]
    ) -> None:
        self.documents = documents
        self._screened = dict(screened)
        every = candidates.all_pairs(documents)
        # It knows nothing of translations.
        names = {each.article_id for each in documents}
        is_mixed = any(
            each.by_meaning and names.issuperset(key) for key, each in self._screened.items()
        )
        self.as_versions = (
            solve.are_versions(documents) and len(documents) <= MAX_VERSIONS and not is_mixed
        )
        # The fitted model reads the whole set: pairs that share no rare word as well.
        if self.as_versions:
            by_id = {each.article_id: each for each in documents}
            for key in every:
                if key not in self._screened:
                    pair = pairs.compare(by_id[key[0]], by_id[key[1]])
                    self._screened[key] = gather.screen(pair)
            compared = {key: self._screened[key] for key in every}
            self.as_versions = not kin.are_reports(documents, compared)
        self.keys = [key for key in every if key in self._screened]

    def open_documents(self) -> list[Document]:
        """Documents whose meaning decides about a link."""
        if self.as_versions:
            return []
        wanted = {name for key in self.keys if self._screened[key].open for name in key}
        return [each for each in self.documents if each.article_id in wanted]

    def weigh(self, found: dict[PairKey, gather.PairEvidence], vectors: gather.Vectors) -> None:
        """Gather the evidence of its pairs."""
        asked = _no_vectors if self.as_versions else vectors
        causes = direction.SIGNALS
        if self.as_versions:
            causes = direction.VERSION_SIGNALS
        elif not solve.knows_publishers(self.documents):
            causes = direction.GENRE_FREE_SIGNALS
        for key in self.keys:
            found[key] = gather.gather(self._screened[key], asked, causes)


def _no_vectors(document: Document, rows: np.ndarray | None = None) -> None:
    return None


def _run(
    table: pd.DataFrame,
    frames: Mapping[str, pd.DataFrame],
    chosen: _Encoder,
    settings: TraceConfig,
    found: Inferred,
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
    if len(found.pairs) < n_pairs:
        not_measured.append(f"{n_pairs - len(found.pairs)} pairs that share few rare words")
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
            "pairs_compared": len(found.pairs),
            "edges_kept": int((drawn["status"] == "kept").sum()),
        },
        "not_measured": not_measured,
        "limits_hit": list(found.limits_hit),
        "problems": [] if was_read is None else _records(was_read.problems),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values, sorted, so that the order of the paths does not matter."""
    return sorted(tables.records(frame), key=lambda row: json.dumps(list(row.values())))


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
