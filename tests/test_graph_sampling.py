import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.graph import forests, graph_settings, model, sampling

from . import designs, examples, reference_graph

# Of 10,000 forests no share is off by more than five standard errors in a test that is kept.
ERRORS = 5.0


def scored(seed, n, scale=2.0):
    draw = np.random.default_rng(seed)
    return forests.Scores(
        scale * draw.normal(size=(n, n)),
        scale * draw.normal(size=n),
        scale * draw.normal(size=n),
        scale * draw.normal(size=(n, n, n)),
    )


def drawn(scores, seed=1):
    n = len(scores.root)
    return sampling.draw([scores], [forests.infer(scores)], [np.arange(n)], n, seed)


def counted(found):
    """Share of each drawn forest by its parents."""
    shares = {}
    for parents, share in zip(found.parents.tolist(), found.share, strict=True):
        shares[tuple(parents)] = shares.get(tuple(parents), 0.0) + share
    return shares


def assert_near(found, expected):
    """Shares of forests and of their edges agree with those expected."""
    shares = counted(found)
    assert sum(shares.values()) == pytest.approx(1)
    assert set(shares) <= set(expected)
    for parents, p in expected.items():
        error = np.sqrt(p * (1 - p) / found.n_drawn) + 1e-4
        assert shares.get(parents, 0.0) == pytest.approx(p, abs=ERRORS * error)


class TestDraw:
    @pytest.mark.parametrize("n", [1, 2, 3, 4])
    @pytest.mark.parametrize("seed", range(4))
    def test_shares_are_those_of_listing_every_forest(self, n, seed):
        scores = scored(seed, n)
        assert_near(drawn(scores, seed), reference_graph.shares([(scores, range(n))], n))

    def test_shares_of_five_texts_are_those_of_listing_every_forest(self):
        scores = scored(7, 5)
        assert_near(drawn(scores), reference_graph.shares([(scores, range(5))], 5))

    @pytest.mark.parametrize("seed", range(3))
    def test_sources_that_are_not_there_have_no_child(self, seed):
        family = designs.random(seed, 3, named=[(0, 1)])
        weighed = model.weigh(family, designs.weights(log_bayes=1, constant__verbatim=1, named=1))
        posteriors = [forests.infer(each) for each in weighed.scores]
        found = sampling.draw(weighed.scores, posteriors, weighed.nodes, 5, seed)
        choices = list(zip(weighed.scores, weighed.nodes, strict=True))
        assert_near(found, reference_graph.shares(choices, 5))

    def test_the_same_seed_gives_the_same_forests(self):
        scores = scored(3, 6)
        one, other = drawn(scores, 5), drawn(scores, 5)
        assert (one.parents == other.parents).all()
        assert (one.share == other.share).all()

    @pytest.mark.parametrize("seed", range(6))
    def test_the_last_digit_of_a_score_moves_no_probability(self, seed):
        # Processors round the same sum in their own ways.
        scores = scored(seed, 7, scale=1.0)
        noise = 1 + 4e-16 * np.random.default_rng(seed).normal(size=(7, 7))
        rounded = forests.Scores(
            scores.edge * noise, scores.root, scores.further_root, scores.by_root
        )
        one, other = (sampling.kinship(drawn(each), 7) for each in (scores, rounded))
        assert np.abs(one.above - other.above).max() <= 0.001
        assert np.abs(one.shared - other.shared).max() <= 0.001

    def test_copies_bound_more_strongly_than_to_all_else_are_drawn_right(self):
        # Each of two copies is the other's one believable parent, 2^30 times before any other.
        nats = 30 * np.log(2)
        edge = np.array([[0, 0, 0.5], [0, 0, nats], [0.3, nats, 0]])
        scores = forests.Scores(edge, np.zeros(3), np.full(3, -2.0), np.zeros((3, 3, 3)))
        assert_near(drawn(scores), reference_graph.shares([(scores, range(3))], 3))

    def test_three_copies_bound_more_strongly_than_to_all_else_are_drawn_right(self):
        nats = 30 * np.log(2)
        edge = np.full((4, 4), nats)
        edge[0], edge[:, 0] = [0, 0.4, 0, -0.7], [0, 0.2, 0.5, 0.1]
        scores = forests.Scores(edge, np.zeros(4), np.full(4, -2.0), np.zeros((4, 4, 4)))
        assert_near(drawn(scores), reference_graph.shares([(scores, range(4))], 4))

    @pytest.mark.slow
    def test_marginals_of_a_large_family_are_those_of_the_sum(self):
        scores = scored(11, 25, scale=1.0)
        found = drawn(scores)
        edge = np.stack([found.share @ (found.parents == s) for s in range(25)])
        expected = forests.infer(scores).edge
        error = np.sqrt(expected * (1 - expected) / found.n_drawn) + 1e-4
        assert (np.abs(edge - expected) <= ERRORS * error).all()

    @pytest.mark.slow
    def test_larger_families_are_drawn_less_often(self):
        assert drawn(scored(1, 5)).n_drawn == graph_settings.N_DRAWN
        assert graph_settings.LEAST_DRAWN <= drawn(scored(1, 40)).n_drawn < graph_settings.N_DRAWN


class TestDeal:
    @examples.at_most(80)
    @given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1), st.data())
    def test_each_gets_its_share_but_for_one_draw(self, weights, data):
        weight = np.array(weights, dtype=float)
        weight[:, 0] += weight.sum(axis=1) == 0
        counts = np.array([data.draw(st.integers(0, 50)) for _ in weights])
        got = sampling._deal(counts, weight, np.random.default_rng(1))
        assert (got.sum(axis=1) == counts).all()
        share = weight / weight.sum(axis=1, keepdims=True) * counts[:, None]
        assert (np.abs(got - share) < 1 + 1e-9).all()
        assert (got[weight == 0] == 0).all()


@st.composite
def forests_of(draw, n_nodes=5):
    """Random forests with shares, and how many of their nodes are texts."""
    order = draw(st.permutations(range(n_nodes)))
    found = {}
    for _ in range(draw(st.integers(1, 6))):
        parents = [-1] * n_nodes
        for k in range(1, n_nodes):
            parents[order[k]] = draw(st.sampled_from([-1, *order[:k]]))
        found[tuple(parents)] = draw(st.integers(1, 9))
    total = sum(found.values())
    n = draw(st.integers(2, n_nodes))
    return {parents: share / total for parents, share in found.items()}, n


class TestKinship:
    @examples.at_most(80)
    @given(forests_of())
    def test_agrees_with_walking_up_every_forest(self, made):
        shares, n = made
        drawn_ones = sampling.Drawn(np.array(list(shares)), np.array(list(shares.values())), 100)
        found = sampling.kinship(drawn_ones, n)
        above, derived, shared = reference_graph.kinship(shares, n)
        assert found.above == pytest.approx(above)
        assert found.derived == pytest.approx(derived)
        assert found.shared == pytest.approx(shared)

    def test_forests_told_in_parts_are_the_same(self, monkeypatch):
        found = drawn(scored(2, 5))
        whole = sampling.kinship(found, 5)
        monkeypatch.setattr(graph_settings, "AT_ONCE", 60)
        parts = sampling.kinship(found, 5)
        assert parts.above == pytest.approx(whole.above)
        assert parts.shared == pytest.approx(whole.shared)


class TestLines:
    def test_a_long_chain_is_followed_to_its_end(self):
        line = sampling.lines(np.array([[-1, *range(19)]]))
        assert (line[0] == np.triu(np.ones((20, 20)))).all()

    def test_nobody_is_above_a_root(self):
        line = sampling.lines(np.array([[-1, 0, -1]]))
        assert line[0].tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
