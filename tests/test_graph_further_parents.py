import pytest

from lineage.attribution import passages
from lineage.graph import further_parents

from . import invented, posteriors

LEAST = 0.5


@pytest.fixture(scope="module")
def texts():
    return posteriors.reports()


def further(*p, passed=()):
    return passages.Further(p[0], tuple(passed))


def choose(texts, said, parents=((), (), (), ()), related=(), barred=()):
    relatives = {frozenset(pair) for pair in related}
    return further_parents.choose(
        said, parents, texts, lambda a, b: frozenset((a, b)) in relatives, LEAST, barred
    )


class TestWeigh:
    def weighed(self, said, linked=((0, 1),), siblings=(), first=0.5):
        return further_parents.weigh(
            {key: further(p) for key, p in said.items()},
            dict.fromkeys(linked, 1.0),
            lambda one, other: (one, other) in siblings,
            lambda one, other: first if one < other else 1.0 - first,
        )

    def test_a_further_edge_is_as_probable_as_its_passages(self):
        assert self.weighed({(0, 1): 0.7}) == {(0, 1): 0.7}

    def test_links_are_kept_by_the_smaller_place(self):
        assert self.weighed({(1, 0): 0.7}) == {(1, 0): 0.7}

    def test_of_texts_that_were_not_compared_there_is_none(self):
        assert self.weighed({(0, 1): 0.9}, linked=()) == {}

    def test_siblings_are_not_each_others_parents(self):
        assert self.weighed({(0, 1): 0.98}, siblings=[(0, 1)]) == {}

    def test_who_is_the_likelier_source_is_the_earlier(self):
        assert set(self.weighed({(0, 1): 0.9, (1, 0): 0.6})) == {(0, 1)}

    @pytest.mark.parametrize(("first", "way"), [(0.95, (0, 1)), (0.8, (1, 0)), (0.05, (1, 0))])
    def test_who_was_first_is_told_by_the_family_where_it_is_sure(self, first, way):
        assert set(self.weighed({(0, 1): 0.6, (1, 0): 0.9}, first=first)) == {way}


class TestChoose:
    # A text that has a parent by its family takes a further one.
    PARENTS = ((), (), (), (0,))

    def test_a_text_has_as_many_parents_as_it_drew_on(self, texts):
        assert set(choose(texts, {(0, 3): 0.98, (1, 3): 0.8, (2, 3): 0.7})) == {
            (0, 3),
            (1, 3),
            (2, 3),
        }

    def test_a_text_without_a_parent_takes_no_single_one(self, texts):
        assert choose(texts, {(0, 3): 0.99}) == {}

    def test_it_takes_two_of_which_one_is_sure(self, texts):
        assert set(choose(texts, {(0, 3): 0.98, (1, 3): 0.65})) == {(0, 3), (1, 3)}
        assert choose(texts, {(0, 3): 0.9, (1, 3): 0.9}) == {}

    def test_a_text_with_a_parent_takes_one(self, texts):
        assert set(choose(texts, {(1, 3): 0.65}, parents=self.PARENTS)) == {(1, 3)}

    def test_the_improbable_are_left_out(self, texts):
        assert choose(texts, {(1, 3): 0.4}, parents=self.PARENTS) == {}

    def test_of_two_directions_the_surer_is_chosen(self, texts):
        said = {(0, 1): 0.7, (1, 0): 0.8}
        assert set(choose(texts, said, parents=((2,), (3,), (), ()))) == {(1, 0)}

    def test_no_circle_is_closed(self, texts):
        said = {(0, 1): 0.9, (1, 2): 0.8, (2, 0): 0.7}
        assert set(choose(texts, said, parents=((3,), (3,), (3,), ()))) == {(0, 1), (1, 2)}

    def test_no_circle_is_closed_with_the_parents_of_families(self, texts):
        assert choose(texts, {(2, 0): 0.9, (3, 0): 0.7}, parents=((), (0,), (1,), ())) == {}

    def test_a_second_source_that_a_tree_has_no_room_for_is_confirmed(self, texts):
        said = {(1, 3): 0.8}
        assert choose(texts, said, parents=((), (), (), (0, 1))) == said

    def test_the_source_that_the_tree_is_about_is_not(self, texts):
        assert choose(texts, {(0, 3): 0.8}, parents=((), (), (), (0, 1))) == {}

    def test_an_ancestor_is_no_further_parent(self, texts):
        assert choose(texts, {(0, 2): 0.9}, parents=((), (0,), (1,), ())) == {}

    def test_two_wordings_of_one_source_are_not_two_parents(self, texts):
        said = {(0, 3): 0.98, (1, 3): 0.8, (2, 3): 0.7}
        assert set(choose(texts, said, related=[(0, 1)])) == {(0, 3), (2, 3)}

    def test_nor_is_a_relative_of_the_parent_of_the_family(self, texts):
        assert choose(texts, {(1, 3): 0.8}, parents=self.PARENTS, related=[(0, 1)]) == {}

    def test_what_is_known_not_to_be_is_not_chosen(self, texts):
        assert choose(texts, {(1, 3): 0.9}, parents=self.PARENTS, barred=[(1, 3)]) == {}

    def test_nor_is_it_made_so_by_way_of_a_third(self, texts):
        said = {(0, 1): 0.9, (1, 3): 0.8}
        parents = ((), (2,), (), (2,))
        assert set(choose(texts, said, parents=parents)) == {(0, 1), (1, 3)}
        assert set(choose(texts, said, parents=parents, barred=[(0, 3)])) == {(0, 1)}

    def test_those_as_sure_are_chosen_in_order_of_their_texts(self, texts):
        said = {(1, 3): 0.8, (0, 3): 0.8}
        parents = ((), (), (), (2,))
        assert set(choose(texts, said, parents=parents, related=[(0, 1)])) == {(0, 3)}
        turned = dict(reversed(said.items()))
        assert set(choose(texts, turned, parents=parents, related=[(0, 1)])) == {(0, 3)}


def two_sources():
    """A report, another story, and a text with passages of both; with the second as source."""
    one = invented.report(article_id="one")
    other = invented.report(*invented.STRANGER, article_id="other")
    both = invented.report(*invented.REPORT[:4], *invented.STRANGER[:3], article_id="both")
    return one, other, both


def passage(*sentences, n_words=20, p=0.9):
    return passages.Passage(tuple(sentences), n_words, p)


class TestTell:
    def told(self, p=0.8, back=None, passed=None):
        _, other, both = two_sources()
        given = (passage((4, 0), (5, 1)), passage((6, 2), n_words=10)) if passed is None else passed
        said = {(0, 1): passages.Further(p, given)}
        if back is not None:
            said[1, 0] = passages.Further(back, ())
        pair = invented.weighed(other, both)
        return further_parents.tell((0, 1), p, said, [other, both], pair)

    def test_is_kept_as_probable_as_it_was_said(self):
        edge = self.told()
        assert (edge.source_id, edge.target_id, edge.status) == ("other", "both", "kept")
        assert edge.p_edge == edge.p_link == 0.8
        assert edge.n_alike == 1

    def test_direction_is_by_the_passages_of_either(self):
        assert self.told(0.8).p_direction == 1.0
        assert self.told(0.8, back=0.2).p_direction == pytest.approx(0.8)
        assert self.told(0.6, back=0.9).p_direction == 0.5

    def test_bits_add_up_to_the_probabilities_beside_them(self):
        told = self.told(0.8, back=0.2)
        for about, name in (("link", "p_link"), ("direction", "p_direction")):
            bits = sum(each.weight_bits for each in told.evidence if each.about == about)
            assert 1 / (1 + 2**-bits) == pytest.approx(getattr(told, name))

    def test_coverage_is_what_either_has_of_the_other(self):
        edge = self.told()
        assert 0 < edge.coverage_target < edge.coverage_source < 1


class TestSaidBy:
    def said_by(self, *passed):
        _, other, both = two_sources()
        return further_parents.said_by(passages.Further(0.8, passed), other, both, 6.0), other, both

    def test_bits_are_shared_by_words(self):
        (one, two), *_ = self.said_by(
            passage((4, 0), (5, 1), n_words=20), passage((6, 2), n_words=10)
        )
        assert one.weight_bits == pytest.approx(4.0)
        assert two.weight_bits == pytest.approx(2.0)
        assert one.detail == "2 sentences, 20 words"

    def test_points_at_the_whole_passage_and_where_it_begins_in_the_source(self):
        (only,), other, both = self.said_by(passage((4, 0), (5, 1)))
        assert invented.words_at(other, only.source_span) == invented.STRANGER[0]
        assert invented.words_at(both, only.target_span).startswith(invented.STRANGER[0])
        assert invented.words_at(both, only.target_span).endswith(invented.STRANGER[1])

    def test_without_passages_the_bits_are_kept(self):
        (only,), *_ = self.said_by()
        assert only.weight_bits == 6.0
        assert only.source_span is None
