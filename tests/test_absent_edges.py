import dataclasses

import pytest

from lineage import tables
from lineage.graph import absent_edges, absent_sources, edges, family_edges
from lineage.page import credits

from . import invented, posteriors

LINE = "OSTRELL, Aug 3 (Reuters) - "


def edge(source, target, status="kept", p_edge=0.8, p_direction=0.75):
    return edges.Edge(source, target, "edit", status, p_edge, p_edge, p_direction)


def part(name="Lathmoor Record", kind="reported"):
    return absent_sources.Part(name, credits.Credit(name, kind, 0, 9, 0, 9), 0.6)


def story(*documents, behind=(), parents=None):
    """A family of texts; `behind` are their absent sources."""
    made = posteriors.family(documents, parents=parents)
    attached = {
        document.article_id: tuple(sources)
        for document, sources in zip(documents, behind, strict=False)
    }
    origins = tuple(absent_sources.find_origins(list(documents), {}))
    return dataclasses.replace(made, attached=attached, origins=origins)


def page(name, line=LINE):
    return invented.compiled(line + invented.text(*invented.REPORT), article_id=name)


REUTERS = family_edges.Absent("Reuters", 0.9)
NOBODY = family_edges.Absent(None, 0.9)


class TestFind:
    def found(self, *stories, has_relatives=(), explained=0.0, min_p_edge=0.3):
        names = {
            document.article_id: f"story-{k}"
            for k, each in enumerate(stories)
            for document in each.documents
        }
        return absent_edges.find(
            stories,
            names,
            set(has_relatives),
            lambda *_: explained,
            lambda *_: 0.9,
            min_p_edge,
        )

    def test_a_source_has_a_node_and_an_edge_to_each_of_its_texts(self):
        (node,), listed = self.found(story(page("a"), page("b"), behind=[[REUTERS], [REUTERS]]))
        assert node == absent_edges.AbsentNode("absent:Reuters", "story-0", "Reuters", True)
        assert [each.key for each in listed] == [("absent:Reuters", "a"), ("absent:Reuters", "b")]
        assert {(each.relation, each.status) for each in listed} == {("reprint", "kept")}
        assert {each.p_direction for each in listed} == {1.0}

    def test_what_speaks_for_it_is_the_credit(self):
        _, (only,) = self.found(story(page("a"), behind=[[REUTERS]]))
        (row,) = only.evidence
        assert (row.signal, row.detail) == ("absent_source", "credits it for the text")
        assert "Reuters" in page("a").text[slice(*row.target_span)]
        assert 1 / (1 + 2**-only.score_bits) == pytest.approx(0.9)

    @pytest.mark.parametrize(
        ("p", "related", "status"),
        [(0.9, [], "credited"), (0.9, ["a"], "kept"), (0.4, ["a"], "below_threshold")],
    )
    def test_a_credit_that_nothing_else_goes_back_to_is_no_lineage(self, p, related, status):
        source = family_edges.Absent("Reuters", p)
        _, (only,) = self.found(story(page("a"), behind=[[source]]), has_relatives=related)
        assert only.status == status

    def test_what_the_user_asks_of_an_edge_holds_for_these_too(self):
        shared = story(page("a"), page("b"), behind=[[REUTERS], [REUTERS]])
        for min_p_edge, status in ((0.85, "kept"), (0.95, "below_threshold")):
            _, listed = self.found(shared, min_p_edge=min_p_edge)
            assert {each.status for each in listed} == {status}

    def test_one_source_of_two_stories_is_two_nodes(self):
        one, other = (story(page(name), behind=[[REUTERS]]) for name in "ab")
        nodes, listed = self.found(one, other)
        assert len({node.article_id for node in nodes}) == 2
        assert {each.source_id for each in listed} == {node.article_id for node in nodes}

    def test_one_that_nobody_names_has_no_publisher(self):
        (node,), _ = self.found(story(page("a", ""), page("b", ""), behind=[[NOBODY], [NOBODY]]))
        assert node.article_id == tables.ABSENT_PREFIX + absent_sources.UNNAMED
        assert (node.name, node.is_agency) == (None, False)

    def test_a_credited_part_is_a_quote_unless_a_text_at_hand_explains_it(self):
        said = "Thirty sheep are lost, said the shepherd, according to an AFP report."
        text = invented.report(*invented.REPORT[:3], said, article_id="a")
        (node,), (only,) = self.found(story(text))
        assert (node.name, node.is_agency, only.relation) == ("AFP", False, "quote")
        assert self.found(story(text), explained=1.0) == ([], [])


class TestByPublisher:
    OUTLETS = {"rec": {"Lathmoor Record"}, "top": {"Lathmoor Record"}}  # noqa: RUF012

    def explained(self, *drawn, named="Lathmoor Record", kind="reported"):
        return absent_edges.by_publisher(drawn, self.OUTLETS)("page", part(named, kind))

    def test_a_text_of_the_house_that_it_goes_back_to_is_enough(self):
        assert self.explained(edge("mid", "page"), edge("top", "mid")) == 1.0

    def test_one_that_is_not_kept_explains_as_much_as_it_is_probable(self):
        assert self.explained(edge("rec", "page", "runner_up")) == pytest.approx(0.6)
        assert self.explained(edge("page", "rec", "runner_up")) == pytest.approx(0.2)

    def test_others_explain_nothing(self):
        assert self.explained(edge("rec", "page"), named="Reuters") == 0.0
        assert self.explained() == 0.0

    def test_a_release_comes_with_the_parent_whoever_that_is(self):
        assert self.explained(edge("mid", "page"), kind="release") == 1.0
        assert self.explained(edge("page", "mid"), kind="release") == 0.0


class TestOriginAgencies:
    def handed_down(self, coverage):
        texts = sorted(
            (page("a"), invented.report(*invented.REPORT[:5], article_id="b")),
            key=lambda each: each.key,
        )
        place = {each.article_id: k for k, each in enumerate(texts)}
        parents = tuple((place["a"],) if each.article_id == "b" else () for each in texts)
        drawn = dataclasses.replace(edge("a", "b"), coverage_target=coverage)
        made = story(*texts, parents=parents)
        return absent_edges.origin_agencies([dataclasses.replace(made, edges=(drawn,))])

    def test_is_handed_down_to_what_is_mostly_of_it(self):
        assert self.handed_down(0.9) == {"a": "Reuters", "b": "Reuters"}
        assert self.handed_down(0.1) == {"a": "Reuters"}
