"""How a run came about, in words: what the last part of the page says."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from ... import config
from .. import phrases
from . import summary

# So many facts that a user gave are listed.
MAX_FACTS = 20
_FACTS = {
    "from": "{a} was made from {b}",
    "not_from": "{a} was not made from {b}",
    "before": "{a} is older than {b}",
    "same_source": "{a} and {b} go back to a third text",
    "kept_up": "all are versions of one text that is kept up to date",
    "passed_on": "all were retold from one to the next",
}


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
    known = run.get("known")
    told = [_fact(row) for row in known] if isinstance(known, list) else []
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
            else "defaults (below)",
        ),
        *((("known in advance", _listed(told)),) if told else ()),
    )


def _fact(row: Mapping[str, Any]) -> str:
    a, b = (phrases.one_line(phrases.text_or(row.get(end))) for end in ("a", "b"))
    return _FACTS.get(str(row.get("what")), "{a}, {b}: " + str(row.get("what"))).format(a=a, b=b)


def _listed(told: list[str]) -> str:
    more = len(told) - MAX_FACTS
    return "; ".join(told[:MAX_FACTS]) + (f"; and {more:,} more, in run.json" if more > 0 else "")


def _known(value: Any) -> str:
    return phrases.one_line(phrases.text_or(value, "not recorded"))
