import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.graph import design, likelihood, model

from . import designs, examples, reference_graph

seeds = st.integers(0, 2**32 - 1)
# Members of the named proposals of a family of three texts.
NAMED = st.sampled_from([(), ((0, 1),), ((0, 1, 2),), ((0, 1), (1, 2))])


@st.composite
def families(draw):
    """A family of random numbers, a true forest of it, and weights."""
    seed = draw(seeds)
    random = np.random.default_rng(seed)
    n = 3
    family = designs.random(seed, n, draw(NAMED))
    size = len(family.possible)
    order = draw(st.permutations(range(n)))
    parents = [-1] * n
    for k, text in enumerate(order):
        sources = [-1, *order[:k], *(s for s in range(n, size) if family.possible[s, text])]
        parents[text] = draw(st.sampled_from(sources))
    weights = random.normal(scale=0.2, size=likelihood.N_WEIGHTS)
    return family, likelihood.true_forest(parents, size), weights


class TestNegativeLog:
    @pytest.mark.slow
    @examples.at_most(25)
    @given(families())
    def test_is_the_share_of_the_true_forest(self, drawn):
        family, true, weights = drawn
        weighed = model.weigh(family, weights)
        size = len(family.possible)
        wanted = tuple(sorted({at - family.n for at in true.parents if at > family.n}))
        listed, total = [], []
        for active, scores, nodes in zip(
            weighed.active, weighed.scores, weighed.nodes, strict=True
        ):
            place = {int(node): k for k, node in enumerate(nodes)}
            forests = reference_graph.log_weights(scores)
            total += forests.values()
            if active == wanted:
                parents = tuple(
                    place[true.parents[node]] if node < family.n and true.parents[node] >= 0 else -1
                    for node in nodes
                )
                listed.append(forests[place[true.first_root], parents])
        assert size >= family.n + 1
        (own,) = listed
        expected = np.logaddexp.reduce(total) - own
        assert likelihood.negative_log(family, true, weights)[0] == pytest.approx(expected)

    @examples.at_most(40)
    @given(families(), seeds)
    def test_gradient_is_that_of_small_steps(self, drawn, seed):
        family, true, weights = drawn
        step = np.random.default_rng(seed).normal(size=len(weights))
        _, gradient = likelihood.negative_log(family, true, weights)
        above, _ = likelihood.negative_log(family, true, weights + 1e-5 * step)
        below, _ = likelihood.negative_log(family, true, weights - 1e-5 * step)
        assert gradient @ step == pytest.approx((above - below) / 2e-5, rel=1e-4, abs=1e-4)

    def test_gradient_of_every_weight_is_that_of_a_small_step(self):
        family = designs.random(5, 3, [(0, 1)])
        # Text 0 and 1 from the named source, text 2 from text 1.
        true = likelihood.true_forest([4, 4, 1], len(family.possible))
        weights = np.random.default_rng(5).normal(scale=0.2, size=likelihood.N_WEIGHTS)
        _, gradient = likelihood.negative_log(family, true, weights)
        for k, name in enumerate(design.NAMES):
            step = np.zeros(len(weights))
            step[k] = 1e-5
            above, _ = likelihood.negative_log(family, true, weights + step)
            below, _ = likelihood.negative_log(family, true, weights - step)
            assert gradient[k] == pytest.approx((above - below) / 2e-5, abs=1e-4), name


class TestBatch:
    def batch(self, seeds, n=3):
        made = [designs.random(seed, n) for seed in seeds]
        # The unnamed source, a chain, a root of its own.
        parents = [[n, n, 1], [-1, 0, 1], [-1, 0, -1]]
        true = [
            likelihood.true_forest(parents[k % 3], len(each.possible))
            for k, each in enumerate(made)
        ]
        return made, true, [0.5 + k for k in range(len(made))]

    @examples.at_most(20)
    @given(st.lists(seeds, min_size=1, max_size=5), seeds)
    def test_is_the_sum_over_its_families_one_by_one(self, each_seed, seed):
        made, true, share = self.batch(each_seed)
        weights = np.random.default_rng(seed).normal(scale=0.2, size=likelihood.N_WEIGHTS)
        value, gradient = likelihood.Batch(made, true, share).negative_log(weights)
        alone = [
            likelihood.negative_log(family, forest, weights)
            for family, forest in zip(made, true, strict=True)
        ]
        assert value == pytest.approx(sum(w * v for w, (v, _) in zip(share, alone, strict=True)))
        expected = sum(w * slope for w, (_, slope) in zip(share, alone, strict=True))
        assert gradient == pytest.approx(expected, abs=1e-8)


class TestTrueForest:
    def test_the_first_root_is_the_one_with_most_below(self):
        assert likelihood.true_forest([-1, 0, -1, 2, 3], 6).first_root == 2

    def test_the_unnamed_source_is_the_first_root_where_it_has_a_child(self):
        # Texts 0 and 1 of the unnamed source, which is node 5; 2 has two below it.
        assert likelihood.true_forest([5, 5, -1, 2, 3], 6).first_root == 5

    def test_a_named_source_is_the_first_root_where_most_is_below_it(self):
        assert likelihood.true_forest([4, 4, -1], 5).first_root == 4

    def test_a_source_without_a_child_is_no_root(self):
        assert likelihood.true_forest([-1, 0], 4).first_root == 0

    def test_parents_are_kept(self):
        assert likelihood.true_forest([-1, 0], 3).parents == (-1, 0)


class TestScale:
    def test_what_comes_in_nats_has_a_unit_of_its_own(self):
        found = likelihood.scale([designs.random(1, 3)], [1.0])
        for name in (*design.PAIR_NAMES, *design.ABSENT_NAMES, *design.FURTHER_NAMES):
            assert found[design.NAMES.index(name)] == 1.0

    def test_is_the_root_mean_square_of_a_feature(self):
        family = designs.random(1, 3)
        doubled = dataclasses.replace(family, edge=family.edge * 2)
        one, other = likelihood.scale([family], [1.0]), likelihood.scale([doubled], [1.0])
        assert other[: design.N_STRUCTURE] == pytest.approx(2 * one[: design.N_STRUCTURE], rel=1e-4)
        apart = ~np.eye(3, dtype=bool)
        expected = np.sqrt((family.edge[:3][apart][:, 0] ** 2).mean())
        assert one[0] == pytest.approx(expected, rel=1e-4)

    def test_a_family_counts_with_its_share(self):
        made = [designs.random(1, 3), designs.random(2, 4)]
        first = likelihood.scale(made[:1], [1.0])
        assert likelihood.scale(made, [1.0, 0.0]) == pytest.approx(first)
