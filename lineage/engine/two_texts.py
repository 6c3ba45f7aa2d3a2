"""compare(): two texts, and how they are related."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from .. import errors
from ..config import TraceConfig
from ..io import articles, columns, inputs
from ..report import verdicts
from ..result import Lineage
from . import pipeline


@dataclasses.dataclass(frozen=True)
class Comparison:
    """How two texts are related, and the trace that says so.

    Attributes
    ----------
    verdict : Verdict
        The answer in a sentence (``verdict.said``) and in figures.
    result : Lineage
        All tables of the trace of the two: evidence, sentences, changed facts.

    Examples
    --------
    >>> import lineage
    >>> print(lineage.compare("The quay was shut.", "A council voted.", encoder="lexical"))
    a and b: no link found: no words of one in the other, and too little to tell that they are
    about one event
    """

    verdict: verdicts.Verdict
    result: Lineage

    def __str__(self) -> str:
        """Both ids, and the verdict."""
        return f"{self.verdict.a} and {self.verdict.b}: {self.verdict.said}"

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain values, as ``lineage compare --json`` prints it.

        Returns
        -------
        dict of str to object

        Examples
        --------
        >>> import lineage
        >>> found = lineage.compare("The quay was shut.", "A council voted.", encoder="lexical")
        >>> found.to_dict()["outcome"]
        'unrelated'
        """
        return dataclasses.asdict(self.verdict) | {
            "is_related": self.verdict.is_related,
            "not_measured": list(self.result.run["not_measured"]),
        }


def compare(
    a: inputs.One,
    b: inputs.One,
    config: TraceConfig | None = None,
    encoder: str | object | None = None,
) -> Comparison:
    """Say how two texts are related: one made from the other, a common source, or neither.

    Parameters
    ----------
    a, b : str, Path, Article or dict
        A string is a text, a `pathlib.Path` a file with one text. A text without an id is called
        ``a`` or ``b``.
    config : TraceConfig, optional
    encoder : str or object with ``.encode``, optional
        Instead of ``config.encoder``.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        If a text is unusable, or a file holds several.

    Examples
    --------
    >>> import lineage
    >>> from pathlib import Path
    >>> story = Path("data/harbour-crane/articles")
    >>> found = lineage.compare(story / "meridian-first.txt", story / "pellworth-courier.txt")
    >>> found.verdict.outcome, found.verdict.source_id
    ('derived', 'meridian-first')
    >>> found.verdict.is_related
    True
    """
    supplied = inputs.gather([_named(a, "a"), _named(b, "b")])
    if len(supplied.rows) != 2:
        raise errors.InputError(
            f"compare: {len(supplied.rows)} articles in what was given; give two with one text each"
        )
    return of_trace(pipeline.trace(supplied, config, encoder))


def of_trace(result: Lineage) -> Comparison:
    """Take the verdict out of a trace of two texts.

    Parameters
    ----------
    result : Lineage

    Returns
    -------
    Comparison
    """
    return Comparison(verdicts.of_pair(result.frames, result.settings), result)


def _named(each: Any, letter: str) -> Any:
    """A text without an id gets one that can be spoken of."""
    if isinstance(each, str):
        return articles.Article(each, letter)
    if isinstance(each, articles.Article) and each.article_id is None:
        return dataclasses.replace(each, article_id=letter)
    if isinstance(each, Mapping) and columns.of_object(each).get("article_id") is None:
        return {**each, "article_id": letter}
    return each
