import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage import dag

from . import reference

bits = st.floats(-8, 8).map(lambda x: round(x, 3))


@st.composite
def problems(draw, least=1, most=4, doubles=True):
    n = draw(st.integers(least, most))
    single = np.array(draw(st.lists(bits, min_size=n * n, max_size=n * n))).reshape(n, n)
    root = np.array(draw(st.lists(bits, min_size=n, max_size=n)))
    double = {}
    if doubles and n >= 3:
        for child in range(n):
            one, other = sorted(p for p in range(n) if p != child)[:2]
            double[child, one, other] = draw(bits)
    return dag.Problem(single, root, double)


class TestMarginals:
    @given(problems(doubles=False))
    def test_agrees_with_listing_every_tree(self, problem):
        edge, root = reference.marginals(problem.single, problem.root)
        found = dag.marginals(problem.single, problem.root)
        assert found.edge == pytest.approx(edge, abs=1e-6)
        assert found.root == pytest.approx(root, abs=1e-6)

    def test_two_texts_without_a_clue_are_even(self):
        found = dag.marginals(np.array([[0, 10.0], [10.0, 0]]), np.zeros(2))
        assert found.edge[0, 1] == pytest.approx(found.edge[1, 0])
        assert found.edge[0, 1] + found.edge[1, 0] > 0.99

    def test_odds_of_two_to_the_hundred_are_certainty_not_an_overflow(self):
        found = dag.marginals(np.array([[0, 100.0], [-100.0, 0]]), np.zeros(2))
        assert found.edge[0, 1] == pytest.approx(1)
        assert np.isfinite(found.edge).all()

    def test_no_texts_give_empty_tables(self):
        assert dag.marginals(np.zeros((0, 0)), np.zeros(0)).edge.shape == (0, 0)


class TestSolveExactly:
    @settings(max_examples=60, deadline=None)
    @given(problems())
    def test_no_graph_is_better(self, problem):
        found = dag.solve_exactly(problem)
        assert reference.acyclic(found)
        assert problem.score(found) == pytest.approx(reference.best_graph_score(problem))

    def test_two_real_parents_are_kept(self):
        single = np.array([[0, -9, 3.0], [-9, 0, 2.5], [1, 1, 0]])
        problem = dag.Problem(single, np.zeros(3), {(2, 0, 1): 5.0})
        assert dag.solve_exactly(problem) == ((), (), (0, 1))


class TestBestTree:
    @settings(max_examples=100, deadline=None)
    @given(problems(doubles=False, most=5))
    def test_is_the_best_without_double_parents(self, problem):
        found = dag.best_tree(problem)
        assert reference.acyclic(found)
        assert problem.score(found) == pytest.approx(problem.score(dag.solve_exactly(problem)))


class TestSearchLocally:
    @settings(max_examples=60, deadline=None)
    @given(problems(least=3, most=6))
    def test_stays_near_the_exact_solution(self, problem):
        exact = problem.score(dag.solve_exactly(problem))
        found = dag.search_locally(problem, seed=1)
        assert reference.acyclic(found)
        tree = problem.score(dag.best_tree(problem))
        assert tree - 1e-9 <= problem.score(found) <= exact + 1e-9

    def test_finds_the_exact_solution_of_random_stories(self):
        random = np.random.default_rng(7)
        missed = 0
        for _ in range(40):
            n = 7
            single = random.normal(0, 4, (n, n))
            double = {
                (t, a, b): max(single[a, t], single[b, t]) + random.normal(0, 2)
                for t in range(n)
                for a in range(n)
                for b in range(a + 1, n)
                if t not in (a, b)
            }
            problem = dag.Problem(single, np.zeros(n), double)
            exact = problem.score(dag.solve_exactly(problem))
            missed += problem.score(dag.search_locally(problem, seed=3)) < exact - 1e-6
        assert missed <= 6

    def test_same_seed_same_graph(self):
        random = np.random.default_rng(5)
        problem = dag.Problem(random.normal(0, 3, (12, 12)), np.zeros(12), {})
        assert dag.search_locally(problem, seed=9) == dag.search_locally(problem, seed=9)


class TestAncestors:
    def test_follows_both_parents(self):
        assert dag.ancestors(((), (), (0, 1), (2,))) == [set(), set(), {0, 1}, {0, 1, 2}]
