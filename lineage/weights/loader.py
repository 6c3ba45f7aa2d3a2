"""Files that ship with the package: read once, and weights only of the right version."""

from __future__ import annotations

import functools
import importlib.resources
import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .. import errors


@functools.cache
def read(name: str) -> Mapping[str, Any]:
    """Read a file of weights.

    Parameters
    ----------
    name : str
        Of a file of this room, such as ``"links.json"``.

    Returns
    -------
    mapping
        Its contents as plain values; not to be changed.
    """
    text = (importlib.resources.files(__package__) / name).read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


@functools.cache
def read_toml(room: str, name: str) -> Mapping[str, Any]:
    """Read a TOML file that stands below the code which uses it, such as a list of words.

    Parameters
    ----------
    room : str
        The package that holds it, ``__package__`` of the reader.
    name : str
        With folders, by slashes.

    Returns
    -------
    mapping
        Its contents as plain values; not to be changed.
    """
    text = importlib.resources.files(room).joinpath(*name.split("/")).read_text(encoding="utf-8")
    found: Mapping[str, Any] = tomllib.loads(text)
    return found


def check_version(values: Mapping[str, Any], version: int, where: str) -> None:
    """Refuse weights of another version: they need another program.

    Parameters
    ----------
    values : mapping
        Contents of a weights file.
    version : int
        The one that this program reads.
    where : str
        Name of the file, for messages.

    Raises
    ------
    ConfigError
    """
    if values.get("version") != version:
        raise errors.ConfigError(
            f"{where}: version {values.get('version')!r}, expected {version}; fit the weights again"
        )


def numbers(
    values: Mapping[str, Any], version: int, names: Sequence[str], where: str
) -> dict[str, float]:
    """Take the numbers out of a weights file that holds nothing else.

    Parameters
    ----------
    values : mapping
        Contents of the file: the numbers, ``version`` and ``fitted_on``.
    version : int
        The one that this program reads.
    names : sequence of str
        Of the numbers.
    where : str
        Name of the file, for messages.

    Returns
    -------
    dict of str to float

    Raises
    ------
    ConfigError
        If the version is another one, or a number is missing or unknown.
    """
    check_version(values, version, where)
    odd = sorted(set(values) ^ {"version", "fitted_on", *names})
    if odd:
        raise errors.ConfigError(
            f"{where}: {', '.join(odd)} missing or unknown; fit the weights again"
        )
    return {name: float(values[name]) for name in names}


def named(values: Mapping[str, Any], part: str, names: Sequence[str], where: str) -> np.ndarray:
    """Take one part of a weights file, a number for each name.

    Parameters
    ----------
    values : mapping
        Contents of the file.
    part : str
        Key of the numbers by name.
    names : sequence of str
        In the order of the answer.
    where : str
        Name of the file, for messages.

    Returns
    -------
    ndarray of shape (len(names),), float64

    Raises
    ------
    ConfigError
        If a name is missing or unknown.
    """
    given = values.get(part, {})
    odd = sorted(set(given) ^ set(names))
    if odd:
        raise errors.ConfigError(
            f"{where}: {part} has {', '.join(odd)} missing or unknown; fit the weights again"
        )
    return np.array([given[name] for name in names], dtype=np.float64)
