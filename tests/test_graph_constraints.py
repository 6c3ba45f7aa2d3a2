import numpy as np
import pytest

from lineage.graph import constraints, known_facts, sampling

from . import designs

PARENTS = np.array([[-1, 0, 1], [-1, 0, 0], [1, -1, 1], [-1, -1, -1]])


def drawn(parents=PARENTS, n_drawn=10_000):
    parents = np.array(parents)
    share = np.full(len(parents), 1 / len(parents))
    return sampling.Drawn(parents, share, n_drawn)


class TestForbid:
    def possible(self, **said):
        return constraints.forbid(designs.apart(3), known_facts.Known(**said)).possible

    def test_nothing_known_forbids_nothing(self):
        family = designs.apart(3)
        assert constraints.forbid(family, known_facts.NOTHING) is family

    def test_a_source_is_not_made_from_its_child(self):
        found = self.possible(made_from=((0, 1),))
        assert not found[1, 0]
        assert found[0, 1]

    def test_what_was_not_made_from_a_text_has_not_that_parent(self):
        found = self.possible(not_made_from=((0, 1),))
        assert not found[0, 1]
        assert found[1, 0]

    def test_an_earlier_text_is_not_made_from_a_later_one(self):
        found = self.possible(before=((0, 1),))
        assert not found[1, 0]
        assert found[0, 1]

    def test_of_two_texts_of_one_source_neither_is_the_parent(self):
        found = self.possible(same_source=((0, 1),))
        assert not found[0, 1]
        assert not found[1, 0]

    def test_the_family_is_left_as_it_was(self):
        family = designs.apart(3)
        constraints.forbid(family, known_facts.Known(made_from=((0, 1),)))
        assert family.possible[1, 0]


class TestSettle:
    def settled(self, **said):
        return constraints.settle(np.full((3, 3), 0.4), known_facts.Known(**said))

    def test_nothing_known_settles_nothing(self):
        assert (self.settled() == 0.4).all()

    def test_a_source_and_an_earlier_text_were_first(self):
        found = self.settled(made_from=((2, 1),), before=((0, 1),))
        assert (found[2, 1], found[1, 2]) == (1.0, 0.0)
        assert (found[0, 1], found[1, 0]) == (1.0, 0.0)
        assert found[0, 2] == 0.4

    def test_what_was_before_the_earlier_one_was_before_the_later_one(self):
        found = self.settled(made_from=((2, 1),), before=((1, 0),))
        assert (found[2, 0], found[0, 2]) == (1.0, 0.0)

    def test_not_made_from_says_nothing_of_the_direction(self):
        assert (self.settled(not_made_from=((2, 1),)) == 0.4).all()


class TestAgreeing:
    def kept(self, **said):
        found = constraints.agreeing(drawn(), known_facts.Known(**said), 3)
        return found.parents.tolist()

    def test_where_nothing_is_known_all_do(self):
        every = drawn()
        assert constraints.agreeing(every, known_facts.NOTHING, 3) is every

    def test_an_ancestor_is_enough_for_made_from(self):
        assert self.kept(made_from=((0, 2),)) == [[-1, 0, 1], [-1, 0, 0]]

    def test_no_ancestor_is_left_for_not_made_from(self):
        assert self.kept(not_made_from=((0, 2),)) == [[1, -1, 1], [-1, -1, -1]]

    def test_a_later_text_is_not_above_an_earlier_one(self):
        assert self.kept(before=((1, 0),)) == [[1, -1, 1], [-1, -1, -1]]

    def test_texts_of_one_source_have_a_third_above_both(self):
        assert self.kept(same_source=((1, 2),)) == [[-1, 0, 0]]

    def test_shares_of_those_left_add_up_to_one(self):
        found = constraints.agreeing(drawn(), known_facts.Known(made_from=((0, 2),)), 3)
        assert found.share.sum() == pytest.approx(1)

    def test_too_few_are_none(self):
        few = drawn(n_drawn=4)
        assert constraints.agreeing(few, known_facts.Known(made_from=((0, 2),)), 3) is None


class TestForce:
    def parents(self, n=4, **said):
        """What is left as parent of each text."""
        possible = constraints.force(designs.apart(n), known_facts.Known(**said)).possible
        return [np.flatnonzero(possible[:, t]).tolist() for t in range(n)]

    def test_only_the_edge_that_is_known_is_left(self):
        assert self.parents(made_from=((0, 1),))[1] == [0]

    def test_of_one_source_are_both_from_the_unnamed_one(self):
        found = self.parents(same_source=((0, 2),))
        assert found[0] == found[2] == [4]

    def test_of_several_known_sources_one_is_made_from_the_other(self):
        found = self.parents(made_from=((0, 2), (1, 2)))
        assert (found[2], found[1]) == ([1], [0])

    def test_known_sources_stand_in_the_order_that_is_known(self):
        found = self.parents(made_from=((0, 2), (1, 2)), before=((1, 0),))
        assert (found[2], found[0]) == ([0], [1])

    def test_a_common_source_is_above_the_known_sources_of_either(self):
        found = self.parents(made_from=((0, 1),), same_source=((1, 2),))
        assert found[1] == [0]
        assert found[0] == found[2] == [4]

    def test_what_may_have_no_such_ancestor_has_no_parent_here(self):
        assert self.parents(not_made_from=((0, 1),))[1] == [4]

    def test_nor_has_the_text_that_it_is_known_to_be_from(self):
        found = self.parents(not_made_from=((0, 1),), made_from=((2, 1),))
        assert (found[1], found[2]) == ([2], [4])

    def test_an_earlier_text_has_no_parent_here(self):
        assert self.parents(before=((0, 1),))[0] == [4]
