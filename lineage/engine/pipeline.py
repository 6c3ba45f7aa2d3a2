"""trace(): the stages in order, progress, and how the run came about."""

from __future__ import annotations

import collections
import hashlib
import itertools
import json
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from typing import Any

import pandas as pd

from .. import __version__, tables
from ..config import TraceConfig
from ..graph import known_facts
from ..io import articles, inputs
from ..io import progress as told
from ..io.readers.read_result import ReadResult
from ..match import encoders
from ..match.document import Document
from ..result import Lineage
from ..text import hidden_characters
from . import assemble, infer, sentence_vectors

# Packages whose version can change a result.
_RECORDED = (
    "numpy",
    "pandas",
    "onnxruntime",
    "py3langid",
    "rapidfuzz",
    "tokenizers",
    "wordfreq",
)


def trace(
    texts: inputs.Texts,
    config: TraceConfig | None = None,
    encoder: str | object | None = None,
    progress: told.Told = False,
    *,
    known: pd.DataFrame | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Lineage:
    """Infer which text was made from which, and where each sentence came from.

    Parameters
    ----------
    texts : DataFrame, ReadResult, sequence, mapping or Path
        A frame has one row an article and needs the column ``text``. A sequence holds texts,
        `Article`, dicts or `pathlib.Path`; a mapping has them by id. A string is always a text,
        a `pathlib.Path` always a file or folder to read. Where files were read, the run also
        says which, and what was left out.
    config : TraceConfig, optional
    encoder : str or object with ``.encode``, optional
        Instead of ``config.encoder``.
    progress : bool or callable, default False
        True shows bars on standard error. A callable gets a `Progress` (``stage``, ``done``,
        ``total``) as the work goes on; what it raises ends the trace and comes out of it. Stages
        are logged as well (``logging``, level INFO).
    known : DataFrame, optional
        What is known beforehand, one row each: ``a``, ``b`` (article ids) and ``what``:
        ``from`` (a was made from b), ``not_from``, ``before`` (a is older than b),
        ``same_source``; or, with a and b empty, ``kept_up`` (versions of one text) or
        ``passed_on`` (retold from one to the next), of all texts.
    meanwhile : callable, optional
        Called once, in a thread of its own, when sentences go to the encoder: until they
        come back nothing else runs.

    Returns
    -------
    Lineage

    Raises
    ------
    InputError
        If a text is unusable, or what is known contradicts itself; the row is named.
    NothingToTraceError
        If there are no articles.

    Examples
    --------
    Texts come as they are, by their ids, as a data frame, as a list of `Article`, or from
    `read`:

    >>> import lineage
    >>> lineage.trace(["The quay was shut on Monday.", "A council voted in May."])
    <Lineage: 2 articles, 0 absent sources, 0 edges>
    >>> import pandas as pd
    >>> bridge = "The harbour bridge was shut on Monday after engineers found cracks in two pylons."
    >>> story = pd.DataFrame(
    ...     {
    ...         "article_id": ["gazette", "post", "budget"],
    ...         "text": [
    ...             f"{bridge} Some 4,000 drivers use it a day, the city said.",
    ...             f"{bridge} Drivers will have to take the tunnel.",
    ...             "The council will vote on its budget in May.",
    ...         ],
    ...     }
    ... )
    >>> result = lineage.trace(story)
    >>> result.relations[["a", "b", "outcome"]].to_numpy().tolist()[0]
    ['budget', 'gazette', 'unrelated']
    >>> result.relations[["a", "b", "outcome"]].to_numpy().tolist()[2]
    ['gazette', 'post', 'shared_source']

    As far as the words go, both may have the report of an agency that is not here. What you
    know beforehand is taken as given:

    >>> known = pd.DataFrame([{"a": "post", "b": "gazette", "what": "from"}])
    >>> result = lineage.trace(story, known=known)
    >>> result.edges[["source_id", "target_id"]].to_numpy().tolist()
    [['gazette', 'post']]
    """
    settings = config if config is not None else TraceConfig()
    supplied = inputs.gather(texts)
    was_read = supplied.was_read
    latest = pd.Timestamp.now(tz="UTC") + pd.Timedelta(days=1)
    table = articles.prepare(supplied.rows, latest=latest)
    given = known_facts.parse(known, table["article_id"].tolist())
    chosen = sentence_vectors.Embedder(
        encoder if encoder is not None else settings.encoder, meanwhile
    )
    watch = told.Watch(progress)
    found = infer.infer(table, chosen, settings, watch, given)
    with watch.stage("attributing sentences"):
        frames = assemble.assemble(table, found, settings.min_p_edge)
    run = _run(table, frames, chosen, settings, found, was_read, given)
    return Lineage(frames, run, None if was_read is None else was_read.pages)


def _run(
    table: pd.DataFrame,
    frames: Mapping[str, pd.DataFrame],
    chosen: sentence_vectors.Embedder,
    settings: TraceConfig,
    found: infer.Inferred,
    was_read: ReadResult | None,
    given: known_facts.Known,
) -> dict[str, Any]:
    encoder = chosen.encoder
    drawn = frames["edges"]
    hashes = sorted(table["text_sha256"])
    n_unique = int(table["duplicate_of"].isna().sum())
    n_pairs = n_unique * (n_unique - 1) // 2
    not_measured = []
    if encoder is None:
        not_measured.append("meaning of sentences (lexical mode: no sentence encoder)")
    not_measured += _languages(found.documents, chosen)
    if len(found.pairs) < n_pairs:
        not_measured.append(f"{n_pairs - len(found.pairs)} pairs that share few rare words")
    said = sentence_vectors.describe(encoder)
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
        "known": given.rows(table["article_id"].tolist()),
        "counts": {
            "articles": len(table),
            "duplicates": len(table) - n_unique,
            "absent_sources": int((frames["articles"]["kind"] == "absent").sum()),
            "stories": int(frames["articles"]["story_id"].nunique()),
            "pairs_compared": len(found.pairs),
            "edges_kept": int((drawn["status"] == "kept").sum()),
        },
        "not_measured": not_measured,
        "hidden_marks": hidden_characters.rows(
            dict(zip(table["article_id"], table["text"], strict=True))
        ),
        "limits_hit": list(found.limits_hit),
        "problems": [] if was_read is None else _records(was_read.problems),
    }


def _languages(documents: Sequence[Document], chosen: sentence_vectors.Embedder) -> list[str]:
    """Say of which pairs words alone cannot tell that there is no link, for their languages."""
    first: dict[str | None, Document] = {}
    n_texts = collections.Counter(each.language for each in documents)
    for each in documents:
        first.setdefault(each.language, each)
    across, within = 0, 0
    several: set[str | None] = set()
    unknown: set[str | None] = set()
    for one, other in itertools.combinations_with_replacement(first.values(), 2):
        if chosen.is_measured(one, other):
            continue
        n = n_texts[one.language]
        if one is other:
            within += n * (n - 1) // 2
            unknown.add(one.language)
        else:
            across += n * n_texts[other.language]
            several |= {one.language, other.language}
    said = []
    hint = "" if chosen.scale is not None else f"; --encoder {encoders.MULTILINGUAL} compares them"
    if across:
        listed = ", ".join(sorted(each or "unknown" for each in several))
        n_pairs = f"{across:,} {'pair' if across == 1 else 'pairs'}"
        said.append(f"texts in several languages ({listed}): {n_pairs} across languages{hint}")
    if within:
        listed = ", ".join(sorted(each or "unknown" for each in unknown))
        n_pairs = f"{within:,} {'pair' if within == 1 else 'pairs'}"
        said.append(
            f"texts in a language that the sentence encoder does not know ({listed}): {n_pairs} "
            f"compared by words alone{hint}"
        )
    return said


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values, sorted, so that the order of the paths does not matter."""
    return sorted(tables.records(frame), key=lambda row: json.dumps(list(row.values())))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
