import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage.phylogeny import features, forests, likelihood

from . import reference, reference_phylogeny

nats = st.floats(-12, 12).map(lambda x: round(x, 3))


def array(draw, *shape):
    size = int(np.prod(shape))
    return np.array(draw(st.lists(nats, min_size=size, max_size=size))).reshape(shape)


@st.composite
def scored(draw, least=1, most=4):
    n = draw(st.integers(least, most))
    return forests.Scores(
        edge=array(draw, n, n),
        root=array(draw, n),
        further_root=array(draw, n),
        by_root=array(draw, n, n, n),
    )


def plain(edge, root=None, further_root=None):
    n = len(edge)
    return forests.Scores(
        edge=np.array(edge, dtype=float),
        root=np.zeros(n) if root is None else np.array(root, dtype=float),
        further_root=np.full(n, -50.0) if further_root is None else np.array(further_root),
        by_root=np.zeros((n, n, n)),
    )


class TestInfer:
    @settings(max_examples=50, deadline=None)
    @given(scored())
    def test_agrees_with_listing_every_forest(self, scores):
        log_total, edge, root = reference_phylogeny.posterior(scores)
        found = forests.infer(scores)
        assert found.log_total == pytest.approx(log_total, abs=1e-9)
        assert found.edge == pytest.approx(edge, abs=1e-9)
        assert found.root == pytest.approx(root, abs=1e-9)

    @settings(max_examples=30, deadline=None)
    @given(scored(least=2, most=7))
    def test_every_text_has_one_parent_or_none(self, scores):
        found = forests.infer(scores)
        assert found.edge.sum(axis=0) + found.no_parent == pytest.approx(np.ones(len(scores.root)))
        assert found.root.sum() == pytest.approx(1)
        assert np.diag(found.edge) == pytest.approx(0)

    @settings(max_examples=30, deadline=None)
    @given(scored(least=2, most=5), st.data())
    def test_extra_evidence_is_added_to_the_edges(self, scores, data):
        extra = array(data.draw, *scores.edge.shape)
        added = dataclasses.replace(scores, edge=scores.edge + extra)
        one, other = forests.infer(scores, extra), forests.infer(added)
        assert one.edge == pytest.approx(other.edge, abs=1e-12)

    def test_two_all_but_equal_texts_keep_every_digit(self):
        # Each is the other's one believable parent; the way in from outside is e^-60 of it.
        edge = np.array([[0, -40.0, -41.0], [-40.0, 0, 20.0], [-41.0, 20.0, 0]])
        scores = plain(edge, root=[0.0, -90.0, -90.0])
        log_total, expected, _ = reference_phylogeny.posterior(scores)
        found = forests.infer(scores)
        assert found.log_total == pytest.approx(log_total, abs=1e-9)
        assert found.edge == pytest.approx(expected, abs=1e-9)

    def test_a_story_of_more_texts_than_fit_in_memory_at_once_is_the_same(self, monkeypatch):
        random = np.random.default_rng(3)
        n = 9
        scores = forests.Scores(
            random.normal(size=(n, n)),
            random.normal(size=n),
            random.normal(size=n),
            random.normal(size=(n, n, n)),
        )
        whole = forests.infer(scores)
        monkeypatch.setattr(forests, "_HELD", 2 * n**3)
        assert forests.infer(scores).edge == pytest.approx(whole.edge, abs=1e-14)

    def test_scores_are_left_as_they_were(self):
        scores = plain(np.ones((3, 3)))
        forests.infer(scores)
        assert (scores.edge == 1).all()
        assert (scores.by_root == 0).all()

    @settings(max_examples=20, deadline=None)
    @given(scored(least=3, most=5), st.randoms(use_true_random=False))
    def test_the_order_of_texts_does_not_matter(self, scores, random):
        n = len(scores.root)
        at = list(range(n))
        random.shuffle(at)
        moved = forests.Scores(
            scores.edge[np.ix_(at, at)],
            scores.root[at],
            scores.further_root[at],
            scores.by_root[np.ix_(at, at, at)],
        )
        found, expected = forests.infer(moved), forests.infer(scores)
        assert found.edge == pytest.approx(expected.edge[np.ix_(at, at)], abs=1e-10)


class TestDecode:
    @settings(max_examples=50, deadline=None)
    @given(scored(least=2, most=4))
    def test_no_forest_is_expected_to_be_right_more_often(self, scores):
        found = forests.infer(scores)

        def expected(parents):
            return sum(
                found.edge[chosen[0], child] if chosen else found.no_parent[child]
                for child, chosen in enumerate(parents)
            )

        n = len(scores.root)
        options = [[(), *[(s,) for s in range(n) if s != child]] for child in range(n)]
        best = max(map(expected, reference.all_graphs(n, options)))
        drawn = [()] * n
        for source, target in forests.decode(found):
            drawn[target] = (source,)
        assert reference.acyclic(tuple(drawn))
        assert expected(drawn) == pytest.approx(best, abs=1e-9)

    def test_a_chain_is_drawn_as_a_chain(self):
        edge = np.full((4, 4), -9.0)
        for k in range(3):
            edge[k, k + 1] = 4.0
        assert forests.decode(forests.infer(plain(edge))) == [(0, 1), (1, 2), (2, 3)]

    def test_strangers_get_no_edge(self):
        scores = plain(np.full((3, 3), -20.0), further_root=[0.0, 0.0, 0.0])
        assert forests.decode(forests.infer(scores)) == []


@st.composite
def story(draw):
    """Features of random size one, a true forest and weights."""
    n = draw(st.integers(2, 4))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    found = features.Features(
        edge=random.normal(size=(n, n, likelihood.N_EDGE)),
        root=random.normal(size=(n, likelihood.N_ROOT)),
        by_root=random.normal(size=(n, n, n, likelihood.N_BY_ROOT)),
        verbatim=0.3,
        closeness=0.5,
        rephrased=0.1,
        spread=0.2,
        measures=None,
    )
    parents = draw(st.sampled_from([p for _, p in reference_phylogeny.forests(n)]))
    edges = [(chosen[0], child) for child, chosen in enumerate(parents) if chosen]
    weights = random.normal(scale=0.2, size=likelihood.N_WEIGHTS)
    return found, edges, weights


class TestNegativeLog:
    @settings(max_examples=25, deadline=None)
    @given(story())
    def test_is_the_share_of_the_true_forest(self, drawn):
        found, edges, weights = drawn
        true = likelihood.true_forest(edges, found.n)
        edge, root, by_root, further = likelihood.split(weights)
        scores = forests.Scores(
            found.edge @ edge,
            found.root @ root,
            found.root @ root + further @ [0.3, 0.7],
            found.by_root @ by_root,
        )
        log_total, *_ = reference_phylogeny.posterior(scores)
        parents = [(p,) if p >= 0 else () for p in true.parents]
        expected = log_total - reference_phylogeny.log_weight(scores, true.first_root, parents)
        assert likelihood.negative_log(found, true, weights)[0] == pytest.approx(expected)

    @settings(max_examples=25, deadline=None)
    @given(story(), st.integers(0, 2**32 - 1))
    def test_gradient_is_that_of_small_steps(self, drawn, seed):
        found, edges, weights = drawn
        true = likelihood.true_forest(edges, found.n)
        step = np.random.default_rng(seed).normal(size=len(weights))
        _, gradient = likelihood.negative_log(found, true, weights)
        above, _ = likelihood.negative_log(found, true, weights + 1e-5 * step)
        below, _ = likelihood.negative_log(found, true, weights - 1e-5 * step)
        assert gradient @ step == pytest.approx((above - below) / 2e-5, rel=1e-4, abs=1e-4)


class TestTrueForest:
    def test_of_two_parents_the_first_counts(self):
        assert likelihood.true_forest([(0, 2), (1, 2)], 3).parents == (-1, -1, 0)

    def test_the_first_root_is_the_one_with_most_below(self):
        found = likelihood.true_forest([(0, 1), (2, 3), (3, 4)], 5)
        assert found.first_root == 2
