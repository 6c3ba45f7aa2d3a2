"""How far work has got: on a bar, to a callback that may stop it, and in the log."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

logger = logging.getLogger(__name__)

Item = TypeVar("Item")


@dataclass(frozen=True)
class Progress:
    """How far a stage has got.

    Attributes
    ----------
    stage : str
        What is being done: ``comparing words``.
    done, total : int
        Of the items of this stage; `done` is 0 when it begins and `total` when it ends.

    Examples
    --------
    >>> import lineage
    >>> stages = []
    >>> texts = ["The quay was shut on Monday.", "A council voted on its budget in May."]
    >>> result = lineage.trace(
    ...     texts, encoder="lexical", progress=lambda seen: stages.append(seen.stage)
    ... )
    >>> sorted(set(stages))[:2]
    ['attributing sentences', 'choosing parents']
    """

    stage: str
    done: int
    total: int


Told = bool | Callable[[Progress], object]


class Watch:
    """Tells how far stages have got.

    Parameters
    ----------
    progress : bool or callable
        True shows bars on standard error where that is a terminal. A callable gets a `Progress`
        before the first item of a stage and after each; what it raises ends the work.
    """

    def __init__(self, progress: Told) -> None:
        self._callback = progress if callable(progress) else None
        self._shows_bar = progress is True

    def __call__(self, items: Sequence[Item], stage: str, *, unit: str = "it") -> Iterator[Item]:
        """Pass the items of a stage on, and tell how many are done.

        Parameters
        ----------
        items : sequence
        stage : str
            What is done with them.
        unit : str
            What the bar calls one.

        Yields
        ------
        item
        """
        began = time.monotonic()
        total = len(items)
        logger.info("%s: %s to do", stage, total)
        self._tell(stage, 0, total)
        shown = self._with_bar(items, stage, unit)
        for done, item in enumerate(shown, start=1):
            yield item
            self._tell(stage, done, total)
        logger.info("%s: done after %.1f s", stage, time.monotonic() - began)

    @contextlib.contextmanager
    def stage(self, stage: str) -> Iterator[None]:
        """Tell of a stage as one item, where nothing in it can be counted.

        Parameters
        ----------
        stage : str
        """
        for _ in self([stage], stage):
            yield

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self._callback is not None:
            self._callback(Progress(stage, done, total))

    def _with_bar(self, items: Sequence[Item], stage: str, unit: str) -> Iterator[Item]:
        if not self._shows_bar:
            yield from items
            return
        import tqdm

        # None is tqdm's word for: only on a terminal.
        yield from tqdm.tqdm(items, desc=stage, unit=unit, disable=None, leave=False)
