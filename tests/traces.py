"""Traces that several tests ask for, each made once in a run of the tests.

What `trace` returns is read back from a file in the temporary folder of the run, which all workers
share, so that nobody gets an object that another test has changed. The name of the file is the
hash of the package, of the texts and of the settings: what was made by other code is never found.
Tests that change the package for a while (`monkeypatch`) call `lineage.trace` themselves.
"""

import contextlib
import functools
import hashlib
import json
import pickle

import filelock

import lineage
from lineage.engine import pipeline
from lineage.io.readers import read_result

from . import known

# Set by conftest.py; all workers of a run have the same one.
FOLDER = None
PACKAGE = known.ROOT / "lineage"


@functools.cache
def code():
    """Hash of every file of the package."""
    made = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            made.update(f"{path.relative_to(PACKAGE)}\n".encode())
            made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


def _frame(frame):
    if frame is None:
        return None
    return [
        [(str(column), str(dtype)) for column, dtype in frame.dtypes.items()],
        list(map(repr, frame.index)),
        [list(map(repr, row)) for row in frame.itertuples(index=False, name=None)],
    ]


def _texts(texts):
    if not isinstance(texts, read_result.ReadResult):
        return _frame(texts)
    pages = {name: hashlib.sha256(page).hexdigest() for name, page in sorted(texts.pages.items())}
    return ["read", _frame(texts.articles), _frame(texts.files), _frame(texts.problems), pages]


def key(texts, config=None, encoder=None, known=None):
    """Hash of all that a trace depends on."""
    settings = config if config is not None else lineage.TraceConfig()
    said = [code(), _texts(texts), settings.to_dict(), encoder, _frame(known)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def trace(texts, config=None, *, encoder=None, known=None):
    """What `lineage.trace` returns, made once; `encoder` is a name."""
    path = FOLDER / f"{key(texts, config, encoder, known)}.pickle"
    FOLDER.mkdir(exist_ok=True)
    with filelock.FileLock(path.with_suffix(".lock")):
        if not path.exists():
            made = pipeline.trace(texts, config, encoder, known=known)
            unfinished = path.with_suffix(".new")
            unfinished.write_bytes(pickle.dumps(made))
            unfinished.replace(path)
    return pickle.loads(path.read_bytes())


def read_story(name):
    """Read a story as `reports/make.py` reads it: named from the root of the project."""
    with contextlib.chdir(known.ROOT):
        return lineage.read(f"data/{name}/articles")


def story(name, *, encoder=None):
    """Trace a shipped story with all that is known of it."""
    return trace(read_story(name), encoder=encoder)
