import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import chains


def ways(n, one, other):
    """Every way between two of `n` texts that visits none twice."""
    between = [k for k in range(n) if k not in (one, other)]
    return [
        (one, *way, other) for size in range(n - 1) for way in itertools.permutations(between, size)
    ]


def some_steps(seed, n):
    random = np.random.default_rng(seed)
    steps = random.uniform(size=(n, n)) * (random.uniform(size=(n, n)) < 0.5)
    steps[steps < chains.LEAST] = 0.0
    np.fill_diagonal(steps, 0.0)
    return steps


class TestLikeliest:
    @given(st.integers(0, 10**6), st.integers(2, 6))
    def test_is_the_best_product_over_all_ways(self, seed, n):
        steps = some_steps(seed, n)
        best = chains.likeliest(steps)
        for one, other in itertools.permutations(range(n), 2):
            products = [
                math.prod(steps[a, b] for a, b in itertools.pairwise(way))
                for way in ways(n, one, other)
            ]
            assert best[one, other] == pytest.approx(max(products))


class TestRelated:
    def joined(self, n, **edges):
        made = np.zeros((n, n))
        for name, p in edges.items():
            a, b = (int(digit) for digit in name[1:])
            made[a, b] = made[b, a] = p
        return made

    def test_a_text_made_from_two_does_not_relate_them(self):
        joined = self.joined(4, _02=0.9, _12=0.8, _23=0.7)
        chain = chains.related(joined, ((), (), (0, 1), (2,)))
        assert chain[0, 1] == 0
        assert chain[0, 3] == pytest.approx(0.63)
        assert chain[1, 3] == pytest.approx(0.56)

    def test_a_text_from_which_two_were_made_does(self):
        joined = self.joined(3, _02=0.9, _12=0.8)
        chain = chains.related(joined, ((2,), (2,), ()))
        assert chain[0, 1] == pytest.approx(0.72)

    def test_children_of_the_one_and_of_both_have_a_common_source(self):
        joined = self.joined(4, _02=0.9, _12=0.8, _13=0.7)
        chain = chains.related(joined, ((), (), (0, 1), (1,)))
        assert chain[2, 3] == pytest.approx(0.56)
        assert chain[0, 3] == 0

    @given(st.integers(0, 10**6), st.integers(2, 6))
    def test_where_each_has_one_parent_it_is_the_likeliest_chain(self, seed, n):
        steps = some_steps(seed, n)
        joined = np.maximum(steps, steps.T)
        chain = chains.related(joined, ((),) * n)
        assert chain == pytest.approx(chains.likeliest(joined))
        assert chain == pytest.approx(chain.T)
