import importlib.util
import pathlib

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import tables
from lineage.report.drawing import clusters, layout

from . import examples

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


def tangle(n, edges):
    """Return articles and kept edges: (source, target) and what differs from a reprint."""
    made = report_tables.bare(n, stories=n)
    made["articles"]["story_id"] = "s"
    usual = {
        "relation": "reprint",
        "p_link": 0.97,
        "p_edge": 0.9,
        "n_alike": 1,
        "p_direction": 0.95,
        "coverage_target": 0.5,
        "score_bits": 1.0,
        "status": "kept",
    }
    rows = [
        {"source_id": f"a{source:03}", "target_id": f"a{target:03}", **usual, **other}
        for source, target, other in edges
    ]
    return made["articles"], tables.build("edges", rows)


def star(n, **other):
    return [(0, target, other) for target in range(1, n)]


def kinds(folded):
    return sorted((one.kind, one.relation, len(one.members)) for one in folded.clusters.values())


class TestFold:
    def test_few_boxes_stay_as_they_are(self):
        articles, edges = tangle(clusters.MAX_BOXES, star(clusters.MAX_BOXES))
        folded = clusters.fold(articles, edges)
        assert folded.clusters == {}
        assert folded.articles is articles
        assert len(folded.lines) == clusters.MAX_BOXES - 1

    def test_leaves_of_one_source_and_relation_become_one_box(self):
        edges = star(21) + [(0, n, {"relation": "edit"}) for n in range(21, 26)]
        folded = clusters.fold(*tangle(26, edges), max_boxes=10)
        assert kinds(folded) == [("alike", "edit", 5), ("alike", "reprint", 20)]
        assert {one.main for one in folded.clusters.values()} == {"a000"}
        assert sorted(len(behind) for behind in folded.lines.values()) == [5, 20]

    def test_a_text_that_others_were_made_from_keeps_its_box(self):
        folded = clusters.fold(*tangle(22, [*star(21), (20, 21, {})]), max_boxes=10)
        assert folded.shown["a020"] == "a020"
        assert folded.shown["a021"] == "a021"
        assert kinds(folded) == [("alike", "reprint", 19)]

    def test_a_direction_that_is_not_decided_is_not_mixed_with_others(self):
        edges = star(11) + [(0, n, {"p_direction": 0.5}) for n in range(11, 21)]
        folded = clusters.fold(*tangle(21, edges), max_boxes=10)
        assert kinds(folded) == [("alike", "reprint", 10), ("alike", "reprint", 10)]

    def test_two_alike_stay_two_boxes(self):
        edges = [(n, 20 + 2 * n + k, {}) for n in range(10) for k in range(2)]
        folded = clusters.fold(*tangle(40, edges), max_boxes=39)
        assert ("alike", "reprint", 2) not in kinds(folded)

    def test_texts_without_an_edge_become_one_box_a_story(self):
        articles, edges = tangle(40, star(4))
        articles.loc[articles.index >= 20, "story_id"] = "t"
        folded = clusters.fold(articles, edges, max_boxes=10)
        assert ("apart", "", 16) in kinds(folded)
        assert ("apart", "", 20) in kinds(folded)

    def test_a_chain_ends_in_one_box_that_names_its_first(self):
        folded = clusters.fold(
            *tangle(30, [(n, n + 1, {"relation": "update"}) for n in range(29)]), max_boxes=10
        )
        (one,) = folded.clusters.values()
        assert (one.kind, len(folded.articles)) == ("family", 10)
        assert one.members[0] == "a009"
        assert set(one.members) == {f"a{n:03}" for n in range(9, 30)}

    def test_small_families_go_before_large_ones(self):
        edges = [(n, 10 + n, {}) for n in range(10)] + [(20, n, {}) for n in range(21, 24)]
        folded = clusters.fold(*tangle(24, edges), max_boxes=4)
        (group,) = [one for one in folded.clusters.values() if one.kind == "groups"]
        assert group.n_groups == 10
        assert folded.shown["a020"] == "a020"

    @pytest.mark.slow
    @examples.at_most(60)
    @given(
        st.sets(
            st.tuples(st.integers(0, 29), st.integers(0, 29)).filter(
                lambda pair: pair[0] < pair[1]
            ),
            max_size=50,
        ),
        st.integers(2, 20),
    )
    def test_every_article_is_in_one_box_and_there_is_no_circle(self, pairs, most):
        articles, edges = tangle(30, [(*pair, {}) for pair in sorted(pairs)])
        folded = clusters.fold(articles, edges, max_boxes=most)
        members = [name for one in folded.clusters.values() for name in one.members]
        alone = [name for name in folded.articles["article_id"] if name not in folded.clusters]
        assert sorted(members + alone) == sorted(articles["article_id"])
        assert nx.is_directed_acyclic_graph(nx.DiGraph(list(folded.lines)))
        inside = sum(folded.shown[s] == folded.shown[t] for s, t in _ends(edges))
        assert sum(map(len, folded.lines.values())) + inside == len(edges)
        placed = layout.dag_layout(folded.articles, folded.edges)
        assert sorted(placed.order) == sorted(folded.articles["article_id"])

    @examples.at_most(25)
    @given(
        st.sets(
            st.tuples(st.integers(0, 15), st.integers(0, 15)).filter(
                lambda pair: pair[0] < pair[1]
            ),
            max_size=24,
        ),
        st.integers(0, 99),
    )
    def test_neither_ids_nor_order_of_rows_change_who_is_together(self, pairs, seed):
        articles, edges = tangle(16, [(*pair, {}) for pair in sorted(pairs)])
        new = {old: f"{999 - place:03}" for place, old in enumerate(articles["article_id"])}
        other = articles.assign(article_id=articles["article_id"].map(new))
        ends = {name: edges[name].map(new) for name in ("source_id", "target_id")}
        other_edges = edges.assign(**ends) if len(edges) else edges
        folded = clusters.fold(articles, edges, max_boxes=5)
        again = clusters.fold(
            other.sample(frac=1, random_state=seed),
            other_edges.sample(frac=1, random_state=seed),
            max_boxes=5,
        )
        there = [[new[name] for name in one.members] for one in folded.clusters.values()]
        assert [list(one.members) for one in again.clusters.values()] == there

    def test_the_usual_size_is_drawn_whatever_the_story(self):
        for made in (
            report_tables.bare(400),
            report_tables.bare(300, stories=150),
            report_tables.bare(300, chain=True),
        ):
            folded = clusters.fold(made["articles"], made["edges"])
            assert len(folded.articles) <= clusters.MAX_BOXES

    def test_no_articles(self):
        made = report_tables.empty()
        assert len(clusters.fold(made["articles"], made["edges"]).articles) == 0


def _ends(edges):
    return list(zip(edges["source_id"], edges["target_id"], strict=True))
