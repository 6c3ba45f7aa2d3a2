"""The lineage in the W3C's provenance model: PROV-JSON and PROV-N, through the library `prov`."""

from __future__ import annotations

import importlib
import urllib.parse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ... import config, errors, tables
from .. import extras

if TYPE_CHECKING:
    from prov.model import ProvDocument

# Names of this package's own attributes, and of the things of one run.
VOCABULARY = "urn:lineage:vocabulary#"
THINGS = "urn:lineage:run#"

# What PROV calls each relation. "A quotation is the repeat of (some or all of) an entity", so a
# reprint is one; a rewriting is a derivation of no closer type.
_SUBTYPES = {
    "update": "Revision",
    "edit": "Revision",
    "reprint": "Quotation",
    "quote": "Quotation",
}
_ARTICLE = ("kind", "origin_agency", "byline", "language", "text_sha256", "n_words", "story_id")
_EDGE = (
    "relation",
    "p_link",
    "p_edge",
    "n_alike",
    "p_direction",
    "coverage_target",
    "score_bits",
)


def is_installed() -> bool:
    """Whether the library is there."""
    try:
        importlib.import_module("prov.model")
    except ImportError:
        return False
    return True


def document(
    articles: pd.DataFrame,
    edges: pd.DataFrame,
    run: Mapping[str, Any],
    *,
    settings: config.TraceConfig | None = None,
) -> ProvDocument:
    """Describe a lineage as a PROV document.

    Parameters
    ----------
    articles : DataFrame
        The articles table. Each is an entity; its outlet is an agent to which it is
        attributed.
    edges : DataFrame
        Rows of the edges table. Each is a derivation: a revision (`update`, `edit`), a
        quotation (`reprint`, `quote`), a primary source (an absent source), or of no closer
        type (`rewrite`).
    run : mapping
        What run.json holds. The trace is an activity, this package the agent associated.
    settings : TraceConfig, optional
        From which p_direction on a direction counts as likely and as decided.

    Returns
    -------
    prov.model.ProvDocument
        ``lineage:p_link``, ``lineage:p_edge``, ``lineage:n_alike``, ``lineage:p_direction`` and
        ``lineage:direction`` (``decided``, ``likely``, ``undecided``) are attributes of a
        derivation: PROV itself has no doubt.

    Raises
    ------
    MissingExtraError
        If the library `prov` is not installed.
    TableError
        If an edge names an article that is not there.
    """
    model = extras.need("prov.model", "prov", "writing PROV")
    limits = config.TraceConfig() if settings is None else settings
    made = model.ProvDocument()
    made.add_namespace("lineage", VOCABULARY)
    made.add_namespace("run", THINGS)
    trace = made.activity("run:trace", other_attributes=_present(_about(run)))
    program = made.agent("run:lineage", {"prov:type": _name(made, "prov", "SoftwareAgent")})
    made.wasAssociatedWith(trace, program)
    entities, outlets = {}, {}
    for row in tables.records(tables.sort("articles", articles)):
        entity = made.entity(f"run:article/{_local(row['article_id'])}", _entity_values(row))
        entities[row["article_id"]] = (entity, row["kind"])
        if row["kind"] == "supplied":
            made.used(trace, entity)
        outlet = row["outlet"]
        if outlet is None:
            continue
        if outlet not in outlets:
            kind = _name(made, "prov", "Organization")
            values = {"prov:type": kind, "prov:label": _safe(outlet)}
            outlets[outlet] = made.agent(f"run:outlet/{_local(outlet)}", values)
        made.wasAttributedTo(entity, outlets[outlet])
    for number, row in enumerate(tables.records(tables.sort("edges", edges)), start=1):
        for end in (row["source_id"], row["target_id"]):
            if end not in entities:
                raise errors.TableError(
                    f"edge {row['source_id']} -> {row['target_id']}: no article {end!r}"
                )
        source, kind = entities[row["source_id"]]
        values = _present({f"lineage:{name}": row[name] for name in _EDGE})
        values["lineage:direction"] = _direction(row["p_direction"], limits)
        subtype = "PrimarySource" if kind == "absent" else _SUBTYPES.get(row["relation"])
        if subtype is not None:
            values["prov:type"] = _name(made, "prov", subtype)
        made.wasDerivedFrom(
            entities[row["target_id"]][0],
            source,
            identifier=f"run:edge/{number}",
            other_attributes=values,
        )
    return made


def to_json(made: ProvDocument) -> str:
    """Write a document as PROV-JSON, with a line feed at its end."""
    return f"{made.serialize(format='json', indent=1, ensure_ascii=False)}\n"


def to_provn(made: ProvDocument) -> str:
    """Write a document in PROV-N, the notation for people."""
    return f"{made.get_provn()}\n"


def _name(made: Any, prefix: str, local: str) -> Any:
    return made.valid_qualified_name(f"{prefix}:{local}")


def _about(run: Mapping[str, Any]) -> dict[str, Any]:
    encoder = run.get("encoder")
    inputs = run.get("inputs")
    return {
        "lineage:version": run.get("lineage"),
        "lineage:encoder": encoder.get("name") if isinstance(encoder, Mapping) else None,
        "lineage:inputs_sha256": inputs.get("sha256") if isinstance(inputs, Mapping) else None,
    }


def _entity_values(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {f"lineage:{name}": row[name] for name in _ARTICLE}
    values["lineage:article_id"] = row["article_id"]
    values["prov:label"] = row["title"] or row["outlet"] or row["article_id"]
    values["lineage:url"] = row["url"]
    if row["published_at"] is not None:
        values["lineage:published_at"] = pd.Timestamp(row["published_at"]).to_pydatetime()
        values["lineage:published_precision"] = row["published_precision"]
        values["lineage:published_source"] = row["published_source"]
    return _present(values)


def _direction(p_direction: float, limits: config.TraceConfig) -> str:
    if p_direction >= limits.decided:
        return "decided"
    return "likely" if p_direction >= limits.arrow else "undecided"


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _safe(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }


def _safe(text: str) -> str:
    # Halves of surrogate pairs cannot be written in any encoding.
    return text.encode("utf-8", "replace").decode("utf-8")


def _local(name: str) -> str:
    """Return a name as the local part of a qualified name; different names stay different."""
    # A full stop may not end a local part, and quote() leaves it as it is.
    return urllib.parse.quote(name, safe="", errors="surrogatepass").replace(".", "%2E")
