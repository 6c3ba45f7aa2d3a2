import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.graph import forests, graph_settings

from . import examples, reference_phylogeny

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


@st.composite
def with_absent(draw):
    """Texts and absent nodes without a parent, the first of them a first root or not there."""
    n, m = draw(st.sampled_from([(2, 1), (3, 1), (4, 1), (2, 2), (3, 2), (2, 3)]))
    size = n + m
    edge, by_root = array(draw, size, size), np.zeros((size, size, size))
    edge[:, n:] = -np.inf
    by_root[:n, :n, :n] = array(draw, n, n, n)
    by_root[:, n, :] = -np.inf
    by_root[n, n, :] = draw(nats)
    further = array(draw, size)
    further[n] = 0.0
    for k in range(n + 1, size):
        members = draw(st.sets(st.integers(0, n - 1), max_size=n))
        edge[k, sorted(set(range(n)) - members)] = -np.inf
    return n, forests.Scores(edge, array(draw, size), further, by_root)


class TestInfer:
    @examples.at_most(50)
    @given(scored())
    def test_agrees_with_listing_every_forest(self, scores):
        log_total, edge, root = reference_phylogeny.posterior(scores)
        found = forests.infer(scores)
        assert found.log_total == pytest.approx(log_total, abs=1e-9)
        assert found.edge == pytest.approx(edge, abs=1e-9)
        assert found.root == pytest.approx(root, abs=1e-9)

    @examples.at_most(10)
    @given(scored(least=5, most=5))
    def test_agrees_with_listing_every_forest_of_five_texts(self, scores):
        log_total, edge, root = reference_phylogeny.posterior(scores)
        found = forests.infer(scores)
        assert found.log_total == pytest.approx(log_total, abs=1e-9)
        assert found.edge == pytest.approx(edge, abs=1e-9)
        assert found.root == pytest.approx(root, abs=1e-9)

    @examples.at_most(40)
    @given(with_absent())
    def test_absent_nodes_have_children_and_no_parent(self, drawn):
        n, scores = drawn
        log_total, edge, root = reference_phylogeny.posterior(scores)
        found = forests.infer(scores)
        assert found.log_total == pytest.approx(log_total, abs=1e-9)
        assert found.edge == pytest.approx(edge, abs=1e-9)
        assert found.root == pytest.approx(root, abs=1e-9)
        assert found.edge[:, n:] == pytest.approx(0, abs=1e-12)

    @examples.at_most(20)
    @given(with_absent())
    def test_a_node_that_is_only_a_first_root_has_no_child_under_another(self, drawn):
        n, scores = drawn
        found = forests.infer(scores)
        others = [k for k in range(len(scores.root)) if k != n]
        assert found.edge_by_root[others, n] == pytest.approx(0, abs=1e-12)

    @examples.at_most(30)
    @given(scored(least=2, most=7))
    def test_every_text_has_one_parent_or_none(self, scores):
        found = forests.infer(scores)
        assert found.edge.sum(axis=0) + found.no_parent == pytest.approx(np.ones(len(scores.root)))
        assert found.root.sum() == pytest.approx(1)
        assert np.diag(found.edge) == pytest.approx(0)

    @examples.at_most(30)
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
        monkeypatch.setattr(graph_settings, "FORESTS_HELD", 2 * n**3)
        assert forests.infer(scores).edge == pytest.approx(whole.edge, abs=1e-14)

    def test_scores_are_left_as_they_were(self):
        scores = plain(np.ones((3, 3)))
        forests.infer(scores)
        assert (scores.edge == 1).all()
        assert (scores.by_root == 0).all()

    @examples.at_most(20)
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


class TestInferMany:
    @examples.at_most(20)
    @given(st.data(), st.integers(2, 4), st.integers(1, 4))
    def test_agrees_with_one_by_one(self, data, n, n_families):
        made = [data.draw(scored(least=n, most=n)) for _ in range(n_families)]
        stacked = [
            np.stack([getattr(each, name) for each in made])
            for name in ("edge", "root", "further_root", "by_root")
        ]
        found = forests.infer_many(*stacked)
        for k, each in enumerate(made):
            alone = forests.infer(each)
            assert found.log_total[k] == pytest.approx(alone.log_total)
            assert found.edge[k] == pytest.approx(alone.edge)
            assert found.root[k] == pytest.approx(alone.root)
            assert found.no_parent[k] == pytest.approx(alone.no_parent)
            assert found.further_by_root[k] == pytest.approx(alone.further_by_root)
