"""Tell where news texts come from.

>>> import lineage
>>> result = lineage.trace(lineage.read("data/harbour-crane/articles"))
>>> result
<Lineage: 8 articles, 2 absent sources, 6 edges>
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import plot
    from .config import TraceConfig
    from .engine.archive.archive import Archive
    from .engine.cluster.engines import LocalEngine, SparkEngine
    from .engine.pipeline import trace
    from .engine.two_texts import compare
    from .io.articles import Article
    from .io.readers.read import check, read
    from .result import Lineage, load

__version__ = "0.1.0"

__all__ = [
    "Archive",
    "Article",
    "Lineage",
    "LocalEngine",
    "SparkEngine",
    "TraceConfig",
    "__version__",
    "check",
    "compare",
    "load",
    "plot",
    "read",
    "trace",
]

# Loaded when first asked for, so that importing the package costs next to nothing.
_WHERE = {
    "Archive": "engine.archive.archive",
    "Article": "io.articles",
    "Lineage": "result",
    "LocalEngine": "engine.cluster.engines",
    "SparkEngine": "engine.cluster.engines",
    "TraceConfig": "config",
    "check": "io.readers.read",
    "compare": "engine.two_texts",
    "load": "result",
    "read": "io.readers.read",
    "trace": "engine.pipeline",
}
# Modules that are used under a shorter name: ``lineage.plot.dag(result)``.
_MODULES = {"evaluate": "learn.evaluate", "plot": "plot", "simulate": "learn.simulate"}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        value = getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)
    elif name in _MODULES:
        value = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
