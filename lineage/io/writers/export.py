"""The lineage DAG and its tables in the formats of other programs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pandas as pd

from ... import config, errors, tables
from ...graph import absent_sources
from .. import extras, tables_csv

if TYPE_CHECKING:
    import networkx

# Below this `p_direction` an edge is drawn without an arrowhead, unless the caller says else.
_ARROW = config.TraceConfig.arrow

# Characters of a title that a node's label shows: enough to tell the headlines of one story
# apart, and a box of that width still stands beside three others on a page.
_LABEL_CHARS = 40

# The columns of an article that a graph leaves out: the text itself would swamp it.
_NOT_IN_GRAPH = ("article_id", "text")

# Line ends would break a line of DOT, and the rest cannot be seen or not be written.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# What XML 1.0 cannot hold, even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graph(articles: pd.DataFrame, edges: pd.DataFrame) -> networkx.DiGraph:
    """Make a networkx graph of articles and edges.

    Parameters
    ----------
    articles : DataFrame
        The articles table; a node for each row, named by its article_id.
    edges : DataFrame
        Rows of the edges table, those to be drawn; an edge for each.

    Returns
    -------
    networkx.DiGraph
        Nodes and edges in the order of their ids. Attributes are the columns of the tables but
        for the text, as str, int, float or bool, times in ISO 8601; a missing value is no
        attribute.

    Raises
    ------
    TableError
        If an edge is there twice or leads to an article that is not there.
    """
    import networkx

    drawn = networkx.DiGraph()
    for row in _records(tables.sort("articles", articles)):
        shown = {key: value for key, value in row.items() if key not in _NOT_IN_GRAPH}
        drawn.add_node(row["article_id"], **_present(shown))
    for row in _records(tables.sort("edges", edges)):
        source, target = row.pop("source_id"), row.pop("target_id")
        for end in (source, target):
            if end not in drawn:
                raise errors.TableError(f"edge {source} -> {target}: no article {end!r}")
        if drawn.has_edge(source, target):
            raise errors.TableError(f"edge {source} -> {target} is there twice")
        drawn.add_edge(source, target, **_present(row))
    return drawn


def write_graphml(drawn: networkx.DiGraph, path: Path | IO[bytes]) -> None:
    r"""Write a graph as GraphML, for Gephi, yEd, Cytoscape and networkx.

    Parameters
    ----------
    drawn : networkx.DiGraph
        As `graph` returns it.
    path : Path or binary stream
        A file that is there is replaced.

    Raises
    ------
    TableError
        If two ids become the same when what XML cannot hold is replaced in them.

    Notes
    -----
    XML cannot hold control characters; they are written as their code, ``\u0000``. Line ends
    become line feeds, as any reader of XML makes them.

    Programs that draw graphs look for certain names, so nodes also have a ``label`` (outlet and
    title, or else the id), edges an ``edgelabel`` (relation and probability) and a ``weight``
    (``p_edge``). Keys are called by their names: Gephi takes the keys that are usually called d3
    and d7 for labels, whatever they hold.
    """
    import networkx

    safe = networkx.DiGraph()
    for node, data in drawn.nodes(data=True):
        shown = {"label": ": ".join(label_lines(node, data)), **data}
        safe.add_node(_xml_safe(node), **_xml_safe_values(shown))
    for source, target, data in drawn.edges(data=True):
        shown = {"edgelabel": _edge_label(data), **data}
        if "p_edge" in data:
            shown["weight"] = data["p_edge"]
        safe.add_edge(_xml_safe(source), _xml_safe(target), **_xml_safe_values(shown))
    if len(safe) < len(drawn):
        raise errors.TableError("ids of articles differ only in what GraphML cannot hold")
    networkx.write_graphml_xml(safe, path, named_key_ids=True)


def to_dot(drawn: networkx.DiGraph, *, arrow: float = _ARROW) -> str:
    """Write a graph in the DOT language of Graphviz.

    Absent sources are dashed; an edge whose direction is not shown has no arrowhead.

    Parameters
    ----------
    drawn : networkx.DiGraph
        As `graph` returns it.
    arrow : float
        An edge with a smaller `p_direction` has no arrowhead.

    Returns
    -------
    str
    """
    lines = ["digraph lineage {", "  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];']
    lines.append('  edge [fontname="sans-serif", fontsize=10];')
    for node, data in drawn.nodes(data=True):
        style = ", style=dashed" if data.get("kind") == "absent" else ""
        label = r"\n".join(_dot_label(line) for line in label_lines(node, data))
        lines.append(f'  {_dot_id(node)} [label="{label}"{style}];')
    for source, target, data in drawn.edges(data=True):
        head = "" if data.get("p_direction", 1.0) >= arrow else ", dir=none"
        label = _dot_label(_edge_label(data))
        lines.append(f'  {_dot_id(source)} -> {_dot_id(target)} [label="{label}"{head}];')
    lines.append("}")
    return "\n".join(lines) + "\n"


def write_dot(drawn: networkx.DiGraph, path: Path, *, arrow: float = _ARROW) -> None:
    """Write a graph to a DOT file; see `to_dot`.

    Parameters
    ----------
    drawn : networkx.DiGraph
        As `graph` returns it.
    path : Path
        The file; what is there is replaced.
    arrow : float
        As for `to_dot`.
    """
    path.write_bytes(to_dot(drawn, arrow=arrow).encode("utf-8"))


def to_mermaid(drawn: networkx.DiGraph, *, arrow: float = _ARROW) -> str:
    """Write a graph as a Mermaid flowchart, which wikis and Markdown viewers draw.

    Parameters
    ----------
    drawn : networkx.DiGraph
        As `graph` returns it.
    arrow : float
        An edge with a smaller `p_direction` has no arrowhead.

    Returns
    -------
    str
        Nodes are n0, n1, ... in the order of the graph.
    """
    names = {node: f"n{index}" for index, node in enumerate(drawn)}
    lines = ["flowchart TD"]
    for node, data in drawn.nodes(data=True):
        label = "<br/>".join(_mermaid_label(line) for line in label_lines(node, data))
        style = ":::absent" if data.get("kind") == "absent" else ""
        lines.append(f'  {names[node]}["{label}"]{style}')
    for source, target, data in drawn.edges(data=True):
        line = "-->" if data.get("p_direction", 1.0) >= arrow else "---"
        label = _mermaid_label(_edge_label(data))
        lines.append(f'  {names[source]} {line}|"{label}"| {names[target]}')
    lines.append("  classDef absent stroke-dasharray: 5 5")
    return "\n".join(lines) + "\n"


def to_json(frames: Mapping[str, pd.DataFrame], run: Mapping[str, Any]) -> str:
    """Write tables and run as one JSON object.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Tables by name.
    run : mapping
        What run.json holds.

    Returns
    -------
    str
        ``{"run": {...}, "tables": {name: [{column: value}, ...]}}``; times in ISO 8601, null for
        a missing value.

    Raises
    ------
    TableError
        If a number is infinite, which JSON cannot hold.
    """
    listed = {name: _records(frame) for name, frame in frames.items()}
    return dump({"run": run, "tables": listed})


def dump(value: Any) -> str:
    """Write a value as JSON, indented, with a line feed at its end.

    Parameters
    ----------
    value : object
        Mappings, sequences, texts, numbers; also paths, times and numpy's and pandas' scalars.

    Returns
    -------
    str

    Raises
    ------
    TableError
        If a number is infinite or a value is of a kind that JSON cannot hold.
    """
    try:
        written = json.dumps(_plain(value), ensure_ascii=False, indent=1, allow_nan=False)
        written.encode("utf-8")
    except ValueError as error:
        raise errors.TableError(f"cannot be written as JSON: {error}") from error
    return f"{written}\n"


def write_csv(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write a CSV file a table into a folder, which is made if it is not there.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Tables by name.
    folder : Path
        Files of the same names in it are replaced.

    Raises
    ------
    TableError
        If a frame does not keep the rules of its table.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        tables_csv.write(folder / f"{name}.csv", name, frame)


def write_parquet(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write a parquet file a table into a folder, which is made if it is not there.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Tables by name.
    folder : Path
        Files of the same names in it are replaced.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    TableError
        If a frame does not keep the rules of its table.
    """
    arrow = extras.need("pyarrow", "parquet", "writing parquet")
    parquet = extras.need("pyarrow.parquet", "parquet", "writing parquet")
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        checked = arrow.Table.from_pandas(tables.check(name, frame), preserve_index=False)
        parquet.write_table(checked, folder / f"{name}.parquet")


def label_lines(node: str, data: Mapping[str, Any]) -> list[str]:
    """Return the lines of a node's label: outlet and shortened title, or else its id.

    Parameters
    ----------
    node : str
        Its article_id.
    data : mapping
        Its attributes.

    Returns
    -------
    list of str
        One or two lines; of an absent source that nobody names, that.
    """
    title = " ".join(str(data.get("title", "")).split())
    if len(title) > _LABEL_CHARS:
        title = title[: _LABEL_CHARS - 1].rstrip() + "…"
    outlet = " ".join(str(data.get("outlet", "")).split())
    if node.startswith(absent_sources.UNNAMED_ID):
        return [absent_sources.UNNAMED_SAID]
    return [line for line in (outlet, title) if line] or [" ".join(node.split())]


def _edge_label(data: Mapping[str, Any]) -> str:
    p_edge = data.get("p_edge")
    parts = [data.get("relation"), None if p_edge is None else f"{p_edge:.2f}"]
    return " ".join(part for part in parts if part is not None)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = [_plain_values(frame[column]) for column in frame.columns]
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain_values(values: pd.Series) -> list[Any]:
    return [_plain(value) for value in values.astype(object).tolist()]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat() if value.tzinfo is None else tables_csv.iso_time(value)
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Path):
        return str(value)
    raise errors.TableError(f"a {type(value).__name__} cannot be written as JSON")


def _present(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}


def _xml_safe(text: str) -> str:
    with_feeds = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", with_feeds)


def _xml_safe_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _xml_safe(value) if isinstance(value, str) else value for key, value in data.items()
    }


def _dot_id(node: str) -> str:
    escaped = node.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_no_controls(escaped)}"'


def _dot_label(line: str) -> str:
    # A label's backslashes are escapes (\N is the node's name) and its entities are resolved.
    escaped = line.replace("\\", "\\\\").replace("&", "&amp;").replace('"', '\\"')
    return _no_controls(escaped)


def _no_controls(text: str) -> str:
    return _CONTROLS.sub(lambda found: f"\\\\u{ord(found[0]):04x}", text)


def _mermaid_label(line: str) -> str:
    # Mermaid reads marks, tags, lists, comments and directives inside quotes too: everything but
    # letters, digits and blanks goes as an entity.
    return "".join(char if char.isalnum() or char == " " else f"#{ord(char)};" for char in line)
