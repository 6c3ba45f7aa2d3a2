import itertools
import json
import re
import shutil
import subprocess
from xml.etree import ElementTree

import networkx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import errors, tables
from lineage.io.writers import export

from . import report_tables

LABELS = st.lists(
    st.one_of(
        st.text(max_size=3),
        st.sampled_from(['"', "\\", "\n", "\r\n", "]", "|", "<b>", "&amp;", "#35;", "--", "\\N"]),
    ),
    max_size=6,
).map("".join)

TRICKY = [
    'say "no"',
    "C:\\new",
    "ends in \\",
    "a\nb",
    "x -> y;",
    "<b>&amp;",
    "#35;",
    "ü 橋 🌉",
    "\0",
]


def articles(rows):
    return tables.build("articles", [{"kind": "supplied", **row} for row in rows])


def edges(rows):
    filled = {
        "relation": "edit",
        "p_link": 0.97,
        "p_edge": 0.9,
        "n_alike": 1,
        "p_direction": 0.95,
        "score_bits": 12.5,
    }
    return tables.build("edges", [{**filled, "status": "kept", **row} for row in rows])


def link(source, target, **values):
    return {"source_id": source, "target_id": target, **values}


def drawing(titles=("One", "Two"), **edge):
    """Draw a graph of articles in a chain, with ids that are as tricky as their titles."""
    ids = [f"{number} {title}" for number, title in enumerate(titles)]
    nodes = [
        {"article_id": name, "title": title, "outlet": title}
        for name, title in zip(ids, titles, strict=True)
    ]
    chain = [link(source, target, **edge) for source, target in itertools.pairwise(ids)]
    return export.graph(articles(nodes), edges(chain))


class TestGraph:
    def test_attributes_are_plain_and_missing_ones_are_left_out(self):
        at = pd.Timestamp("2018-07-16T10:00:00", tz="UTC")
        drawn = export.graph(
            articles(
                [
                    {"article_id": "a", "published_at": at, "text": "long", "n_words": 1},
                    {"article_id": "b", "kind": "absent"},
                ]
            ),
            edges([link("b", "a")]),
        )
        assert isinstance(drawn, networkx.DiGraph)
        assert drawn.nodes["a"] == {
            "kind": "supplied",
            "published_at": "2018-07-16T10:00:00Z",
            "n_words": 1,
        }
        assert drawn.nodes["b"] == {"kind": "absent"}
        assert drawn.edges["b", "a"] == {
            "relation": "edit",
            "p_link": 0.97,
            "p_edge": 0.9,
            "n_alike": 1,
            "p_direction": 0.95,
            "score_bits": 12.5,
            "status": "kept",
        }
        values = [v for _, data in [*drawn.nodes(data=True)] for v in data.values()]
        values += [v for _, _, data in drawn.edges(data=True) for v in data.values()]
        assert {type(value) for value in values} == {str, int, float}

    def test_order_of_the_rows_makes_no_difference(self):
        rows = [{"article_id": name} for name in "abc"]
        links = [link("a", "b"), link("a", "c"), link("b", "c")]
        forward = export.graph(articles(rows), edges(links))
        shuffled = export.graph(articles(rows).iloc[::-1], edges(links).iloc[::-1])
        assert list(forward.nodes(data=True)) == list(shuffled.nodes(data=True))
        assert list(forward.edges(data=True)) == list(shuffled.edges(data=True))

    def test_edge_to_nowhere_is_refused(self):
        with pytest.raises(errors.TableError, match="edge a -> z: no article 'z'"):
            export.graph(articles([{"article_id": "a"}]), edges([link("a", "z")]))

    def test_edge_that_is_there_twice_is_refused(self):
        rows = [{"article_id": "a"}, {"article_id": "b"}]
        with pytest.raises(errors.TableError, match="edge a -> b is there twice"):
            export.graph(articles(rows), edges([link("a", "b"), link("a", "b")]))


class TestWriteGraphml:
    def test_every_attribute_has_its_type(self, tmp_path):
        drawn = export.graph(
            articles([{"article_id": "a", "n_words": 7}, {"article_id": "b"}]),
            edges([link("a", "b")]),
        )
        export.write_graphml(drawn, tmp_path / "g.graphml")
        written = (tmp_path / "g.graphml").read_text(encoding="utf-8")
        keys = re.findall(r"<key [^>]+>", written)
        types = {
            re.search(r'attr.name="(\w+)"', key)[1]: re.search(r'attr.type="(\w+)"', key)[1]
            for key in keys
        }
        assert types["n_words"] == "long"
        assert types["p_edge"] == types["p_direction"] == "double"
        assert types["relation"] == types["kind"] == "string"
        read = networkx.read_graphml(tmp_path / "g.graphml")
        assert read.nodes["a"]["n_words"] == 7

    def test_networkx_reads_the_same_graph(self, tmp_path):
        drawn = drawing([title for title in TRICKY if title != "\0"], lag_s=60.0)
        export.write_graphml(drawn, tmp_path / "g.graphml")
        read = networkx.read_graphml(tmp_path / "g.graphml")
        assert all(data.pop("label") for _, data in read.nodes(data=True))
        for _, _, data in read.edges(data=True):
            assert data.pop("weight") == data["p_edge"]
            assert data.pop("edgelabel") == f"{data['relation']} {data['p_edge']:.2f}"
        assert dict(read.nodes(data=True)) == dict(drawn.nodes(data=True))
        assert list(read.edges(data=True)) == list(drawn.edges(data=True))

    def test_gephi_takes_each_key_for_what_it_is(self, tmp_path):
        """Its importer draws by keys of these ids or names; the rest become columns.

        The names are those of org.gephi.io.importer.plugin.file.ImporterGraphML; d3 and d7 are
        what yEd calls its labels.
        """
        drawn_as = {
            "node": {"label", "d3", "x", "y", "xpos", "ypos", "z", "size", "r", "g", "b", "color"},
            "edge": {"label", "edgelabel", "d7", "weight", "Edge Weight", "id", "edgeid", "r", "g",
                     "b", "color"},
        }  # fmt: skip
        types = {"boolean", "int", "long", "float", "double", "string"}
        made = report_tables.ferry()
        drawn = export.graph(made["articles"], made["edges"])
        export.write_graphml(drawn, tmp_path / "g.graphml")
        root = ElementTree.parse(tmp_path / "g.graphml").getroot()
        space = "{http://graphml.graphdrawing.org/xmlns}"
        keys = [key.attrib for key in root.iter(f"{space}key")]
        assert len({key["id"] for key in keys}) == len(keys)
        assert {key["attr.type"] for key in keys} <= types
        taken = {
            (key["for"], key["attr.name"])
            for key in keys
            if {key["id"], key["attr.name"]} & drawn_as[key["for"]]
        }
        assert taken == {("node", "label"), ("edge", "edgelabel"), ("edge", "weight")}
        columns = {key["attr.name"] for key in keys}
        assert {"byline", "title", "outlet", "p_direction", "relation"} <= columns
        (graph,) = root.iter(f"{space}graph")
        assert graph.get("edgedefault") == "directed"
        for part in graph:
            assert {child.tag for child in part} == {f"{space}data"}
            assert all(len(child) == 0 and child.text for child in part)

    @given(st.lists(LABELS, min_size=1, max_size=3))
    def test_is_xml_whatever_the_titles_hold(self, tmp_path_factory, titles):
        path = tmp_path_factory.getbasetemp() / "g.graphml"
        drawn = drawing(titles)
        export.write_graphml(drawn, path)
        read = networkx.read_graphml(path)
        assert len(read) == len(drawn)
        assert read.number_of_edges() == drawn.number_of_edges()

    def test_control_characters_are_spelled_out(self, tmp_path):
        export.write_graphml(drawing(["a\0b"]), tmp_path / "g.graphml")
        read = networkx.read_graphml(tmp_path / "g.graphml")
        assert [data["title"] for _, data in read.nodes(data=True)] == ["a\\u0000b"]

    def test_ids_that_would_become_one_are_refused(self, tmp_path):
        drawn = export.graph(
            articles([{"article_id": "a\0"}, {"article_id": "a\\u0000"}]), tables.empty("edges")
        )
        with pytest.raises(errors.TableError, match="differ only in what GraphML cannot hold"):
            export.write_graphml(drawn, tmp_path / "g.graphml")

    def test_bytes_are_the_same_every_time(self, tmp_path):
        for name in ("one", "two"):
            export.write_graphml(drawing(TRICKY), tmp_path / name)
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def dot_strings(text):
    """Take the quoted strings out of DOT by its own lexical rule: only ``\\"`` is an escape."""
    return re.findall(r'"((?:[^"\\]|\\.)*)"', text, re.DOTALL)


class TestToDot:
    @given(st.lists(LABELS, min_size=1, max_size=3))
    def test_one_statement_a_line_and_quotes_in_balance(self, titles):
        drawn = drawing(titles)
        lines = export.to_dot(drawn).split("\n")
        statements = [line for line in lines if line.startswith('  "')]
        assert len(statements) == len(drawn) + drawn.number_of_edges()
        for line in statements:
            outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
            assert re.fullmatch(r"  ( -> )? \[label=(, style=dashed|, dir=none)?\];", outside)

    @given(LABELS)
    def test_label_shows_the_title(self, title):
        drawn = export.graph(articles([{"article_id": "a", "title": title}]), tables.empty("edges"))
        label = dot_strings(export.to_dot(drawn).split("\n")[4])[1]
        shown = re.sub(r"\\(.)", r"\1", label).replace("&amp;", "&")
        expected = export.label_lines("a", {"title": title})[0]
        controls = re.compile("[\x00-\x1f\x7f-\x9f]")
        assert shown == controls.sub(lambda found: f"\\u{ord(found[0]):04x}", expected)

    def test_absent_sources_are_dashed(self):
        rows = [{"article_id": "a"}, {"article_id": "AP", "kind": "absent"}]
        dot = export.to_dot(export.graph(articles(rows), tables.empty("edges")))
        assert '"AP" [label="AP", style=dashed];' in dot
        assert '"a" [label="a"];' in dot

    @pytest.mark.parametrize(("p_direction", "drawn"), [(0.69, True), (0.7, False)])
    def test_unsure_direction_has_no_arrowhead(self, p_direction, drawn):
        assert ("dir=none" in export.to_dot(drawing(p_direction=p_direction))) is drawn

    def test_the_limit_can_be_set(self):
        assert "dir=none" in export.to_dot(drawing(p_direction=0.8), arrow=0.85)

    @pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
    def test_graphviz_reads_what_was_meant(self):
        titles = [title for title in TRICKY if title != "\0"]
        drawn = drawing(titles)
        done = subprocess.run(
            ["dot", "-Tjson0"],
            input=export.to_dot(drawn).encode(),
            capture_output=True,
            check=True,
        )
        assert done.stderr == b""
        read = json.loads(done.stdout)
        assert len(read["objects"]) == len(titles)
        assert len(read["edges"]) == len(titles) - 1
        for node, title in zip(read["objects"], titles, strict=True):
            shown = title.replace("\n", " ").replace("\\", "\\\\").replace("&", "&amp;")
            assert node["label"] == f"{shown}\\n{shown}"


class TestWriteDot:
    def test_file_holds_the_text(self, tmp_path):
        drawn = drawing(TRICKY)
        export.write_dot(drawn, tmp_path / "g.dot", arrow=1.0)
        assert (tmp_path / "g.dot").read_bytes().decode() == export.to_dot(drawn, arrow=1.0)


class TestToMermaid:
    @given(st.lists(LABELS, min_size=1, max_size=3))
    def test_labels_hold_nothing_that_mermaid_reads(self, titles):
        drawn = drawing(titles, p_direction=0.6)
        first, *lines, last, end = export.to_mermaid(drawn).split("\n")
        assert first == "flowchart TD"
        assert last == "  classDef absent stroke-dasharray: 5 5"
        assert end == ""
        label = r"(?:[^\W_]| |#\d+;)*"
        node = rf'  n\d+\["{label}(?:<br/>{label})?"\]'
        edge = rf'  n\d+ ---\|"{label}"\| n\d+'
        assert len(lines) == len(drawn) + drawn.number_of_edges()
        for line in lines:
            assert re.fullmatch(f"{node}|{edge}", line)

    @given(LABELS)
    def test_entities_give_the_title_back(self, title):
        drawn = export.graph(articles([{"article_id": "a", "title": title}]), tables.empty("edges"))
        label = re.search(r'"(.*)"', export.to_mermaid(drawn))[1]
        shown = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label)
        assert shown == export.label_lines("a", {"title": title})[0]

    def test_absent_sources_are_dashed_and_unsure_directions_bare(self):
        rows = [{"article_id": "AP", "kind": "absent"}, {"article_id": "a"}, {"article_id": "b"}]
        links = [link("AP", "a"), link("a", "b", p_direction=0.5, relation="update")]
        lines = export.to_mermaid(export.graph(articles(rows), edges(links))).split("\n")
        assert lines[1:6] == [
            '  n0["AP"]:::absent',
            '  n1["a"]',
            '  n2["b"]',
            '  n0 -->|"edit 0#46;90"| n1',
            '  n1 ---|"update 0#46;90"| n2',
        ]


class TestLabelLines:
    def test_outlet_then_short_title(self):
        title = "Bridge shut after engineers find cracks in two pylons"
        first, second = export.label_lines("a", {"outlet": "Harbor  News", "title": title})
        assert first == "Harbor News"
        assert second == "Bridge shut after engineers find cracks…"

    def test_id_where_nothing_else_is_known(self):
        assert export.label_lines("a1", {}) == ["a1"]

    def test_an_absent_source_that_nobody_names_is_called_so(self):
        for node in ("absent:unnamed source", "absent:unnamed source (story-1)"):
            assert export.label_lines(node, {"kind": "absent"}) == ["a source that nobody names"]


class TestToJson:
    def test_records_with_null_and_iso_times(self):
        at = pd.Timestamp("2018-07-16T10:00:00", tz="UTC")
        frames = {"articles": articles([{"article_id": "ä", "published_at": at, "n_words": 3}])}
        read = json.loads(export.to_json(frames, {"version": "0.1.0", "started": at}))
        assert read["run"] == {"version": "0.1.0", "started": "2018-07-16T10:00:00Z"}
        row = read["tables"]["articles"][0]
        assert list(row) == list(tables.TABLES["articles"].columns)
        assert (row["article_id"], row["published_at"], row["n_words"], row["title"]) == (
            "ä",
            "2018-07-16T10:00:00Z",
            3,
            None,
        )

    @pytest.mark.parametrize("value", [float("inf"), "\ud800", object()])
    def test_what_json_cannot_hold_is_refused(self, value):
        with pytest.raises(errors.TableError, match="cannot be written as JSON"):
            export.to_json({}, {"value": value})


class TestFolders:
    def test_parquet_comes_back_with_its_types(self, tmp_path):
        pytest.importorskip("pyarrow")
        at = pd.Timestamp("2018-07-16T10:00:00.000000001", tz="UTC")
        frames = {name: tables.empty(name) for name in tables.TABLES}
        frames["articles"] = articles(
            [{"article_id": "a", "published_at": at, "n_words": 3, "text": "=1\r\n"}]
        )
        frames["edges"] = edges([link("a", "b", lag_s=0.1)])
        export.write_parquet(frames, tmp_path / "new" / "folder")
        for name, frame in frames.items():
            read = pd.read_parquet(tmp_path / "new" / "folder" / f"{name}.parquet")
            pd.testing.assert_frame_equal(tables.coerce(name, read), frame)

    def test_csv_is_written_a_file_a_table(self, tmp_path):
        export.write_csv({"edges": edges([link("a", "b")])}, tmp_path / "csv")
        assert [path.name for path in (tmp_path / "csv").iterdir()] == ["edges.csv"]
