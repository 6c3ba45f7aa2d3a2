"""What a user may set; every default has a name and a reason."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import textwrap
import tomllib
from typing import Any

from . import errors


def _setting(default: Any, says: str, reason: str) -> Any:
    """A field that can say what it is for and why its default is what it is."""
    return dataclasses.field(default=default, metadata={"says": says, "reason": reason})


@dataclasses.dataclass(frozen=True)
class TraceConfig:
    """Settings of one trace; the defaults serve every kind of text.

    Attributes
    ----------
    encoder : str
        ``minilm`` (default), ``lexical`` (no embeddings), ``multilingual``, or a
        sentence-transformers model by name or path.
    min_p_edge : float
        An edge less probable than this is listed as ``below_threshold`` and not kept.
    decided : float
        From this `p_direction` on a direction counts as decided.
    arrow : float
        Below this `p_direction` an edge is drawn without an arrowhead.
    compare_all : int
        Up to this many articles every pair is aligned; above it only pairs of one family.
    seed : int
        Of the drawn forests.

    Raises
    ------
    ConfigError
        If a value is out of range.

    Examples
    --------
    >>> from lineage import TraceConfig
    >>> TraceConfig(encoder="lexical").min_p_edge
    0.3
    >>> TraceConfig(min_p_edge=1.5)
    Traceback (most recent call last):
        ...
    lineage.errors.ConfigError: config min_p_edge: 1.5 is not between 0 and 1
    """

    encoder: str = _setting(
        "minilm",
        "what compares meanings: minilm, lexical (no embeddings), multilingual, or a "
        "sentence-transformers model by name or path",
        "it is installed with the package and knows English; multilingual needs an extra",
    )
    min_p_edge: float = _setting(
        0.3,
        "an edge less probable than this is listed as below_threshold and not kept",
        "of several relatives each may be the parent, and a source that is not here too, so that "
        "a true edge is seldom surer than even; from .3 on 6 of 1,000 pairs of independent reports "
        "are given one by their family (mean over cases of the benchmark)",
    )
    decided: float = _setting(
        0.9,
        "from this p_direction on a direction counts as decided",
        "one in ten of those is wrong at the most, if probabilities are what they say",
    )
    arrow: float = _setting(
        0.7,
        "below this p_direction an edge is drawn without an arrowhead",
        "an arrowhead is read as a statement, and two in three is none",
    )
    compare_all: int = _setting(
        80,
        "up to this many articles every pair is aligned; above it only pairs of one family",
        "80 articles are 3,160 pairs, about three seconds; a story's every pair then has a row in "
        "the relations table",
    )
    seed: int = _setting(
        20170803,
        "where the drawing of forests begins",
        "any number; the same one gives the same result",
    )

    def __post_init__(self) -> None:
        for name in ("min_p_edge", "decided", "arrow"):
            value = getattr(self, name)
            if not isinstance(value, int | float) or not 0 <= value <= 1:
                raise errors.ConfigError(f"config {name}: {value!r} is not between 0 and 1")
        for name in ("compare_all", "seed"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                raise errors.ConfigError(f"config {name}: {value!r} is not a whole number from 0")
        if not isinstance(self.encoder, str) or not self.encoder:
            raise errors.ConfigError(f"config encoder: {self.encoder!r} is not a name")

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain values, for ``run.json``.

        Returns
        -------
        dict of str to object

        Examples
        --------
        >>> from lineage import TraceConfig
        >>> TraceConfig(decided=0.95).to_dict()["decided"]
        0.95
        """
        return dataclasses.asdict(self)


def from_dict(values: dict[str, Any]) -> TraceConfig:
    """Make a configuration from names and values.

    Parameters
    ----------
    values : dict
        Keys are fields of `TraceConfig`.

    Returns
    -------
    TraceConfig

    Raises
    ------
    ConfigError
        If a name is unknown or a value is out of range.
    """
    known = {field.name for field in dataclasses.fields(TraceConfig)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise errors.ConfigError(
            f"config: no setting {', '.join(unknown)}; there are {', '.join(sorted(known))}"
        )
    return TraceConfig(**values)


def to_toml(settings: TraceConfig) -> str:
    """Write settings as a file that `load` reads, each with what it is for and its reason.

    Parameters
    ----------
    settings : TraceConfig

    Returns
    -------
    str
        TOML.

    Examples
    --------
    >>> from lineage import config
    >>> print(config.to_toml(config.TraceConfig()).splitlines()[-1])
    seed = 20170803
    """
    lines = ["# Settings of `lineage trace --config FILE`; what is left out keeps its default."]
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        said = f"{field.metadata['says']}. Default {_toml(field.default)}: "
        said += f"{field.metadata['reason']}."
        wrapped = textwrap.wrap(said[0].upper() + said[1:], 96)
        lines += ["", *(f"# {line}" for line in wrapped), f"{field.name} = {_toml(value)}"]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    # Of the texts of JSON all are texts of TOML; numbers are the same.
    return json.dumps(value, ensure_ascii=True)


def load(path: str | pathlib.Path) -> TraceConfig:
    """Read a configuration from a TOML file.

    Parameters
    ----------
    path : path
        A file of ``name = value`` lines.

    Returns
    -------
    TraceConfig

    Raises
    ------
    ConfigError
        If the file is missing, is not TOML, or sets something wrong.
    """
    where = pathlib.Path(path)
    try:
        with where.open("rb") as stream:
            values = tomllib.load(stream)
    except FileNotFoundError:
        raise errors.ConfigError(f"config {where}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise errors.ConfigError(f"config {where}: not TOML ({error})") from error
    return from_dict(values)
