"""What is answered: the verdict in words, the number of origins, and the tables."""

from __future__ import annotations

import json
from typing import Any

from ..io.writers import export
from ..report.page import edge_rows, origins, refs, summary
from ..result import Lineage

# Tables of an answer; all of them are in a run folder.
TABLES = ("articles", "edges", "relations", "attributions")
# The words of the texts are with whoever handed them in.
LEFT_OUT = {"articles": ("text",)}


def answer(result: Lineage) -> dict[str, Any]:
    """Sum up a trace as plain values.

    Parameters
    ----------
    result : Lineage

    Returns
    -------
    dict of str to object
        ``verdict`` (the first sentence of the report), ``n_origins``, ``uncertain`` and
        ``not_measured`` (lines), and the tables `TABLES` as lists of rows; of edges those
        that were kept.

    Examples
    --------
    >>> import lineage
    >>> from lineage.serve import answers
    >>> said = answers.answer(lineage.load("run"))
    >>> said["n_origins"]
    4
    >>> [row["source_id"] for row in said["edges"] if row["target_id"] == "ostrell-page"]
    ['meridian-first']
    """
    frames = result.frames
    named = refs.Refs(frames)
    found = origins.find(frames, named)
    worded, _ = edge_rows.worded(frames, named, result.settings, max_listed=0)
    said = summary.summary(frames, result.run, named, worded, found)
    kept = {name: frames[name] for name in TABLES}
    kept["edges"] = result.edges
    for name, left_out in LEFT_OUT.items():
        kept[name] = kept[name].drop(columns=list(left_out))
    return {
        "verdict": said.finding,
        "n_origins": found.n_origins,
        "uncertain": list(said.uncertain),
        "not_measured": list(said.not_measured + said.limits),
        **json.loads(export.to_json(kept, {}))["tables"],
    }
