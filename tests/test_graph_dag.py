import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.graph import dag

from . import examples, reference

bits = st.floats(-8, 8).map(lambda x: round(x, 3))


@st.composite
def problems(draw, most=5):
    n = draw(st.integers(1, most))
    single = np.array(draw(st.lists(bits, min_size=n * n, max_size=n * n))).reshape(n, n)
    return single, np.array(draw(st.lists(bits, min_size=n, max_size=n)))


def worth(single, root, parents):
    return sum(
        single[parent, child] if parent >= 0 else root[child]
        for child, parent in enumerate(parents)
    )


def as_sets(parents):
    return tuple((each,) if each >= 0 else () for each in parents)


class TestBestTree:
    @examples.at_most(100)
    @given(problems())
    def test_no_forest_is_heavier(self, problem):
        single, root = problem
        found = dag.best_tree(single, root)
        assert reference.acyclic(as_sets(found))
        assert worth(single, root, found) == pytest.approx(reference.best_forest(single, root))

    def test_a_chain_is_drawn_as_a_chain(self):
        single = np.full((4, 4), -9.0)
        for older, newer in itertools.pairwise(range(4)):
            single[older, newer] = 4.0
        assert dag.best_tree(single, np.zeros(4)) == (-1, 0, 1, 2)

    def test_what_cannot_be_is_not_drawn(self):
        single = np.array([[0, -np.inf], [1.0, 0]])
        assert dag.best_tree(single, np.zeros(2)) == (1, -1)

    def test_a_circle_is_broken_where_it_costs_least(self):
        single = np.array([[0, 5.0, 0], [0, 0, 5.0], [5.0, 0, 0]])
        assert dag.best_tree(single, np.array([0.0, 1.0, 0.0])) == (2, -1, 1)

    def test_strangers_stay_alone(self):
        assert dag.best_tree(np.full((3, 3), -1.0), np.zeros(3)) == (-1, -1, -1)

    def test_one_text_has_no_parent(self):
        assert dag.best_tree(np.zeros((1, 1)), np.zeros(1)) == (-1,)


class TestAncestors:
    def test_follows_both_parents(self):
        assert dag.ancestors(((), (), (0, 1), (2,))) == [set(), set(), {0, 1}, {0, 1, 2}]

    def test_the_order_of_texts_does_not_matter(self):
        assert dag.ancestors(((1,), (2,), ())) == [{1, 2}, {2}, set()]


class TestComponents:
    def test_what_hangs_together_by_any_way_is_one(self):
        assert dag.components(6, [(4, 2), (2, 5), (1, 0)]) == [[0, 1], [2, 4, 5], [3]]

    def test_nothing_is_joined_without_pairs(self):
        assert dag.components(2, []) == [[0], [1]]
        assert dag.components(0, []) == []
