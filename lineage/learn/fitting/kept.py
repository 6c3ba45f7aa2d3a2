"""What a fit measures of cases, kept on disk: a second fit measures only what is new."""

from __future__ import annotations

import hashlib
import importlib.resources
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ... import errors
from ..evaluation import cases as known
from ..evaluation import work

logger = logging.getLogger(__name__)

Example = TypeVar("Example")


@dataclass(frozen=True)
class Features:
    """A folder of measured cases.

    Attributes
    ----------
    folder : Path or None
        None keeps nothing. Files are pickles: read none that somebody else wrote.
    part : str
        What is fitted.
    program : str
        Hash of what measures, see `program`.
    """

    folder: Path | None
    part: str = ""
    program: str = ""

    def of(
        self, case: known.Case, prepare: Callable[[known.Case], Sequence[Example]]
    ) -> Sequence[Example]:
        """Return the examples of a case, from the folder where it was measured before.

        Parameters
        ----------
        case : Case
        prepare : callable
            Measures it.

        Returns
        -------
        sequence

        Raises
        ------
        MissingExtraError
            If joblib is not installed.
        """
        if self.folder is None:
            return prepare(case)
        joblib = _joblib()
        name = joblib.hash((self.part, self.program, case), hash_name="sha1")
        path = self.folder / f"{self.part}-{name}.pkl"
        if path.is_file():
            try:
                found: Sequence[Example] = joblib.load(path)
            except Exception:  # A damaged pickle raises anything.
                logger.warning("%s is damaged and measured anew", path)
            else:
                return found
        made = prepare(case)
        self.folder.mkdir(parents=True, exist_ok=True)
        with work.whole_file(path) as partial:
            joblib.dump(made, partial, compress=3)
        return made


NOWHERE = Features(None)


def _joblib() -> Any:
    try:
        import joblib
    except ImportError:
        raise errors.MissingExtraError(
            "keeping features needs joblib: pip install 'article-lineage[fit]'"
        ) from None
    return joblib


def program(weights: Sequence[str]) -> str:
    """Hash the code of the package and the weights that measuring builds on.

    Parameters
    ----------
    weights : sequence of str
        Names of weights files; the others do not count.

    Returns
    -------
    str
        SHA-256, in hex.
    """
    whole = hashlib.sha256()
    package = Path(str(importlib.resources.files(__package__.partition(".")[0])))
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py" or path.name in weights:
            name = path.relative_to(package).as_posix()
            whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
