import typing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import tables
from lineage.evidence import row
from lineage.graph import edges

from . import examples, invented, posteriors

LEAST = 0.5


@pytest.fixture(scope="module")
def texts():
    return posteriors.reports()


@pytest.fixture(scope="module")
def found(texts):
    return posteriors.compared(texts)


def drawn(texts, found, said, *, p_link=None, parents=None, further=None):
    linked = said.derived + said.shared if p_link is None else np.array(p_link)
    for (s, t), p in (further or {}).items():
        linked[s, t] = linked[t, s] = max(linked[s, t], p)
    chosen = [[s] if s >= 0 else [] for s in said.drawn] if parents is None else parents
    return edges.of_family(texts, found, said, said.direction, linked, chosen, further or {}, LEAST)


def by_place(texts, listed):
    """Edges by the places of their texts."""
    place = {each.article_id: k for k, each in enumerate(texts)}
    return {(place[each.source_id], place[each.target_id]): each for each in listed}


def status(texts, listed):
    return {ends: each.status for ends, each in by_place(texts, listed).items()}


def parents(n, **edges):
    """Probabilities by names such as ``p01``: that text 0 is the parent of text 1."""
    found = np.zeros((n, n))
    for name, p in edges.items():
        found[int(name[1]), int(name[2])] = p
    return found


class TestEdge:
    def test_relations_and_statuses_are_those_of_the_table(self):
        assert typing.get_args(edges.Relation) == tables.RELATIONS
        assert typing.get_args(edges.Status) == tables.STATUSES

    def test_its_score_is_the_sum_of_its_evidence(self):
        listed = (row.Evidence("x", "link", 3.5, ""), row.Evidence("y", "direction", -1.0, ""))
        edge = edges.Edge("a", "b", "edit", "kept", 0.9, 0.8, 0.7, evidence=listed)
        assert edge.score_bits == 2.5
        assert edges.Edge("a", "b", "edit", "kept", 0.9, 0.8, 0.7).score_bits == 0.0

    def test_only_the_kept_are_drawn(self):
        made = [edges.Edge("a", "b", "edit", each, 0.9, 0.8, 0.7) for each in tables.STATUSES]
        assert [each.status for each in made if each.is_kept] == ["kept"]


class TestOfFamily:
    def test_a_probable_parent_is_kept(self, texts, found):
        (only,) = drawn(texts, found, posteriors.said(parents(4, p01=0.8)))
        assert only.key == (texts[0].article_id, texts[1].article_id)
        assert only.is_kept
        assert only.p_edge == pytest.approx(0.8)
        assert only.p_link == pytest.approx(0.8)
        assert only.n_alike == 1

    def test_an_improbable_parent_is_below_the_threshold(self, texts, found):
        (only,) = drawn(texts, found, posteriors.said(parents(4, p01=0.4)))
        assert only.status == "below_threshold"

    @pytest.mark.parametrize(("p_link", "is_kept"), [(0.52, True), (0.48, False)])
    def test_no_edge_is_kept_where_it_is_less_probable_than_no_link(self, p_link, is_kept):
        assert edges.is_kept(0.5, p_link, 0.3) is is_kept

    def test_strangers_have_no_row(self, texts, found):
        assert drawn(texts, found, posteriors.said(parents(4))) == []

    def test_a_linked_pair_without_an_edge_is_explained_away(self, texts, found):
        linked = np.zeros((4, 4))
        linked[0, 1] = linked[1, 0] = 0.9
        (only,) = drawn(texts, found, posteriors.said(parents(4), drawn=(-1,) * 4), p_link=linked)
        assert only.status == "explained_away"

    def test_a_loosely_linked_pair_is_below_the_threshold(self, texts, found):
        linked = np.zeros((4, 4))
        linked[0, 1] = linked[1, 0] = 0.4
        (only,) = drawn(texts, found, posteriors.said(parents(4), drawn=(-1,) * 4), p_link=linked)
        assert only.status == "below_threshold"

    def test_the_next_best_parent_is_the_runner_up(self, texts, found):
        said = posteriors.said(parents(4, p01=0.9, p02=0.3, p12=0.6))
        became = status(texts, drawn(texts, found, said, p_link=np.ones((4, 4))))
        assert became[0, 2] == "runner_up"

    def test_parents_far_behind_the_best_are_explained_away(self, texts, found):
        said = posteriors.said(parents(4, p01=0.9, p12=0.9, p23=0.9, p13=0.05, p03=0.01))
        became = status(texts, drawn(texts, found, said, p_link=np.ones((4, 4))))
        assert became[1, 3] == "runner_up"
        assert became[0, 3] == "explained_away"

    def test_a_close_third_is_a_runner_up_too(self, texts, found):
        said = posteriors.said(parents(4, p01=0.9, p12=0.9, p23=0.5, p13=0.25, p03=0.2))
        became = status(texts, drawn(texts, found, said, p_link=np.ones((4, 4))))
        assert became[0, 3] == became[1, 3] == "runner_up"

    def test_of_those_alike_their_number_is_told_of_the_drawn_edge(self, texts, found):
        said = posteriors.said(parents(4, p01=0.8, p02=0.7, p12=0.2), n_alike=(1, 2, 1, 1))
        rows = drawn(texts, found, said, p_link=np.ones((4, 4)))
        n_alike = {ends: each.n_alike for ends, each in by_place(texts, rows).items()}
        assert n_alike[0, 1] == 2
        assert n_alike[0, 2] == n_alike[1, 2] == 1

    def test_a_further_parent_is_as_probable_as_its_passages(self, texts, found):
        said = posteriors.said(parents(4, p01=0.9))
        rows = drawn(
            texts,
            found,
            said,
            parents=[[], [0, 2], [], []],
            further={(2, 1): 0.75, (1, 2): 0.25},
        )
        edge = by_place(texts, rows)[2, 1]
        assert edge.is_kept
        assert edge.p_edge == pytest.approx(0.75)
        assert edge.p_direction == pytest.approx(0.75)

    def test_texts_of_other_families_are_passed_over(self, texts, found):
        said = posteriors.said(parents(2, p01=0.8))
        assert len(drawn(texts[:2], found, said)) == 1

    @examples.at_most(40)
    @given(st.lists(st.floats(0, 1), min_size=16, max_size=16))
    def test_a_pair_has_one_edge_and_the_likelier_direction(self, texts, found, values):
        parent = np.triu(np.array(values).reshape(4, 4), 1)
        parent /= np.maximum(parent.sum(axis=0), 1.0)
        listed = drawn(texts, found, posteriors.said(parent))
        assert len({frozenset(each.key) for each in listed}) == len(listed)
        for each in listed:
            assert 0.5 <= each.p_direction <= 1.0
            assert each.p_edge <= each.p_link + 1e-12

    @pytest.mark.parametrize("polarity", invented.POLARITIES)
    def test_coverage_is_that_of_each_side(self, polarity):
        source = invented.report(published_at="2024-03-04T08:00Z")
        target = invented.report(*invented.derived(polarity), published_at="2024-03-04T10:00Z")
        ordered = sorted((source, target), key=lambda each: each.key)
        s = ordered.index(source)
        p = np.zeros((2, 2))
        p[s, 1 - s] = 0.9
        (only,) = drawn(ordered, posteriors.compared(ordered), posteriors.said(p))
        shared = min(len(source.words), len(target.words))
        assert only.coverage_target == pytest.approx(shared / len(target.words))
        assert only.coverage_source == pytest.approx(shared / len(source.words))
        assert only.lag_s == 7200.0


class TestRelation:
    def named(self, source, target):
        return edges.relation(source, target, invented.weighed(source, target))

    def pages(self, *lines, outlet="Lathmoor Record", first=invented.REPORT):
        source = invented.report(*first, outlet="Ostrell Courier")
        return source, invented.report(*lines, outlet=outlet)

    def test_nearly_the_same_text_is_a_reprint(self):
        lines = [line.replace("leaking", "dripping") for line in invented.REPORT]
        assert self.named(*self.pages(*lines)) == "reprint"

    @pytest.mark.parametrize(
        "lines",
        [invented.REPORT[:4], (*invented.REPORT, *invented.ADDED, *invented.STRANGER[:1])],
        ids=["shorter", "longer"],
    )
    def test_a_cut_or_padded_text_is_an_edit(self, lines):
        assert self.named(*self.pages(*lines)) == "edit"

    def test_a_text_told_again_is_a_rewrite(self):
        lines = (
            "A leaking barge was found by fishermen near the old ferry of Ostrell harbour.",
            "Registered in Lathmoor, the Brackwater had diesel for ploughs but not any crew.",
            "Before dusk divers had closed valves and the vessel lay at a Pellworth quay.",
        )
        assert self.named(*self.pages(*lines)) == "rewrite"

    def test_a_later_version_of_one_outlet_is_an_update(self):
        lines = (*invented.REPORT, *invented.ADDED)
        assert self.named(*self.pages(*lines, outlet="Ostrell Courier")) == "update"

    def test_without_outlets_the_answer_makes_an_update(self):
        waiting = "Tessaly Freight did not immediately respond to requests for comment on Tuesday."
        answer = "Tessaly Freight said in a letter that thieves had cut the ropes of its barge."
        source = invented.report(*invented.inserted(waiting, invented.REPORT))
        target = invented.report(*invented.inserted(answer, invented.REPORT))
        assert self.named(source, target) == "update"
        assert self.named(invented.report(), target) == "reprint"

    def test_only_quoted_words_are_a_quote(self):
        said = (
            "“We smelled diesel before breakfast and thought nothing of it until the gulls fell.”",
            "“Somebody must pay for every single oyster that dies here by Christmas.”",
        )
        pages = self.pages(
            *said, *invented.STRANGER, *invented.ADDED, first=(*invented.REPORT, *said)
        )
        assert self.named(*pages) == "quote"


class TestLog2Odds:
    def test_even_is_nothing(self):
        assert edges.log2_odds(0.5, 20.0) == 0.0

    @given(st.floats(0, 1))
    def test_is_held_within_the_most(self, p):
        assert abs(edges.log2_odds(p, 20.0)) <= 20.0 + 1e-6

    @given(st.floats(0.001, 0.999))
    def test_the_contrary_has_the_opposite_sign(self, p):
        assert edges.log2_odds(p, 20.0) == pytest.approx(-edges.log2_odds(1 - p, 20.0), abs=1e-6)
