"""How a run came about, in words: what the last part of the page says."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from .. import config
from . import phrases, summary


def facts(run: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Word encoder, hashes and settings of a run.

    Parameters
    ----------
    run : mapping
        What run.json holds.

    Returns
    -------
    tuple of (str, str)
        What, and its value; what the record lacks is said to be not recorded.
    """
    encoder = run.get("encoder")
    encoder = encoder if isinstance(encoder, Mapping) else {}
    inputs = run.get("inputs")
    inputs = inputs if isinstance(inputs, Mapping) else {}
    recorded = run.get("config")
    settings = recorded if isinstance(recorded, Mapping) else {}
    defaults = dataclasses.asdict(config.TraceConfig())
    changed = [
        f"{name} = {value}"
        for name, value in settings.items()
        if name not in defaults or defaults[name] != value
    ]
    files = inputs.get("files")
    return (
        ("sentence encoder", _known(summary.encoder_name(run))),
        ("its sha256", _known(encoder.get("sha256"))),
        ("input files", _known(len(files) if isinstance(files, list) else None)),
        ("sha256 of all texts", _known(inputs.get("sha256"))),
        (
            "settings",
            "not recorded"
            if not settings
            else ", ".join(changed)
            if changed
            else "all as they come (below)",
        ),
    )


def _known(value: Any) -> str:
    return phrases.one_line(phrases.text_or(value, "not recorded"))
