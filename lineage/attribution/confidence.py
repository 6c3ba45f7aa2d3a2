"""How sure it is that a sentence was made from another, by what the two have in common."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..weights import loader, logistic

# What the weights file must say; another version needs another program.
VERSION = 2

# What is measured of two sentences, see `found_sentences.Answers.features`.
FEATURES = (
    "lexical",
    "of_target_bits",
    "of_source_bits",
    "semantic",
    "verbatim",
    "run",
    "shared_bits",
    "in_order",
    "margin",
    "length",
    "is_quote",
    "is_heading",
    "is_short",
)


@dataclass(frozen=True, eq=False)
class Weights:
    """Two readings of the same features, fitted by `learn.fitting.fit_confidence`.

    Attributes
    ----------
    sentence : Logistic
        That this very sentence is the source, if the text was made from that text.
    drawn : Logistic
        That the sentence was drawn from there at all, against sentences of reports of one
        event that were made each for itself; as many of the one as of the other.
    fitted_on : mapping
        Names of files and stories with their sha256, numbers of cases and texts.
    """

    sentence: logistic.Logistic
    drawn: logistic.Logistic
    fitted_on: Mapping[str, Any]


@functools.cache
def load() -> Weights:
    """Return the weights that ship with the package."""
    return from_dict(loader.read("confidence.json"), "confidence.json")


def from_dict(values: Mapping[str, Any], where: str) -> Weights:
    """Make weights from the contents of a weights file.

    Parameters
    ----------
    values : mapping
        As `to_dict` writes them.
    where : str
        Name of the file, for messages.

    Raises
    ------
    ConfigError
        If the version is another one, or a feature is missing or unknown.
    """
    loader.check_version(values, VERSION, where)
    return Weights(
        logistic.from_dict(values["sentence"], FEATURES, where),
        logistic.from_dict(values["drawn"], FEATURES, where),
        values["fitted_on"],
    )


def to_dict(weights: Weights) -> dict[str, Any]:
    """Return what a weights file holds, as plain values."""
    return {
        "version": VERSION,
        "fitted_on": dict(weights.fitted_on),
        "sentence": logistic.to_dict(weights.sentence),
        "drawn": logistic.to_dict(weights.drawn),
    }
