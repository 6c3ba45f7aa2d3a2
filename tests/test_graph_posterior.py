import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.graph import arrangement, design, graph_settings, known_facts, model, posterior

from . import designs, examples, reference_graph

FITTED = designs.fitted()
# Five standard errors of a share of 10,000 drawn forests, at most.
NEAR = 0.025


def infer(family, **said):
    return posterior.infer(family, FITTED, seed=7, given=known_facts.Known(**said))


@st.composite
def families(draw, least=2, most=5):
    """Links and causes at random, with a credited source or without one."""
    n = draw(st.integers(least, most))
    pairs = list(itertools.combinations(range(n), 2))
    nats = draw(st.lists(st.floats(-6, 12), min_size=len(pairs), max_size=len(pairs)))
    turned = draw(st.lists(st.floats(-8, 8), min_size=len(pairs), max_size=len(pairs)))
    links = [(a, b, each) for (a, b), each in zip(pairs, nats, strict=True)]
    causes = [(a, b, each) for (a, b), each in zip(pairs, turned, strict=True)]
    named = draw(st.sets(st.integers(0, n - 1), max_size=n))
    proposals = ()
    if len(named) > 1:
        members = tuple(sorted(named))
        proposals = (design.Proposal("Ostrell Wire", members, frozenset(members[:1])),)
    return designs.apart(n, links, causes=causes, proposals=proposals)


def chain(n=3, nats=9.0, turned=7.0):
    """A chain of texts of which each is surely made from the one before."""
    links = [(k, k + 1, nats) for k in range(n - 1)]
    return designs.apart(n, links, causes=[(k, k + 1, turned) for k in range(n - 1)])


def siblings():
    """Three texts linked alike, so that an absent source is as good as any of them."""
    links = [(a, b, 6.0) for a, b in itertools.combinations(range(3), 2)]
    return designs.apart(3, links)


class TestInfer:
    @examples.at_most(30)
    @given(families())
    def test_probabilities_of_a_pair_are_coherent(self, family):
        found = infer(family)
        total = found.derived + found.shared + found.independent
        apart = ~np.eye(family.n, dtype=bool)
        assert total[apart] == pytest.approx(1.0)
        assert (found.edge <= found.derived + 1e-12).all()
        for each in (found.edge, found.derived, found.shared, found.direction, found.above):
            assert (each >= 0).all()
            assert (each <= 1 + 1e-9).all()
        for each in (found.edge, found.derived, found.shared):
            assert each == pytest.approx(each.T)
        assert found.direction + found.direction.T == pytest.approx(np.ones((family.n,) * 2))

    @examples.at_most(15)
    @given(families())
    def test_every_text_has_one_parent_or_none(self, family):
        found = infer(family)
        assert found.parent.sum(axis=0) + found.no_parent == pytest.approx(np.ones(family.n))

    @examples.at_most(8)
    @given(families(most=3))
    def test_agrees_with_listing_every_forest(self, family):
        found = infer(family)
        weighed = model.weigh(family, FITTED.weights)
        choices = list(zip(weighed.scores, weighed.nodes, strict=True))
        n_nodes = len(family.possible)
        shares = reference_graph.shares(choices, n_nodes)
        parent = np.zeros((n_nodes, family.n))
        for parents, share in shares.items():
            for t in range(family.n):
                if parents[t] >= 0:
                    parent[parents[t], t] += share
        above, derived, shared = reference_graph.kinship(shares, family.n)
        assert found.parent == pytest.approx(parent, abs=1e-9)
        assert found.above == pytest.approx(above, abs=NEAR)
        assert found.derived == pytest.approx(derived, abs=NEAR)
        assert found.shared == pytest.approx(shared, abs=NEAR)

    @examples.at_most(15)
    @given(families(), st.randoms(use_true_random=False))
    def test_the_order_of_texts_does_not_matter(self, family, random):
        at = list(range(family.n))
        random.shuffle(at)
        one, other = infer(family), infer(designs.moved(family, at))
        square = np.ix_(at, at)
        assert other.parent[: family.n] == pytest.approx(one.parent[square], abs=1e-9)
        assert other.no_parent == pytest.approx(one.no_parent[at], abs=1e-9)
        assert other.edge == pytest.approx(one.edge[square], abs=1e-9)
        assert other.direction == pytest.approx(one.direction[square], abs=1e-6)
        for name in ("above", "derived", "shared"):
            expected = getattr(one, name)[square]
            assert getattr(other, name) == pytest.approx(expected, abs=2 * NEAR)

    def test_the_same_seed_gives_the_same(self):
        one, other = infer(siblings()), infer(siblings())
        assert (one.derived == other.derived).all()
        assert (one.shared == other.shared).all()

    def test_a_chain_is_drawn_and_its_ends_are_related(self):
        found = infer(chain())
        assert found.drawn == (-1, 0, 1)
        assert found.derived[0, 2] > 0.9
        assert found.above[0, 2] > 0.9
        assert found.edge[0, 2] < 0.05

    def test_strangers_have_nothing_of_each_other(self):
        found = infer(designs.apart(3, strangers=-30.0))
        assert found.drawn == (-1, -1, -1)
        assert found.independent[0, 1] > 0.999

    def test_without_a_cause_both_directions_are_even(self):
        found = infer(designs.apart(2, [(0, 1, 9.0)]))
        assert found.direction[0, 1] == pytest.approx(0.5)
        assert found.edge[0, 1] > 0.5

    def test_an_absent_source_is_behind_siblings_where_such_are_usual(self):
        cheap = designs.fitted(absent__reworded=6.0)
        dear = designs.fitted(unnamed__verbatim=-9.0, unnamed__reworded=-9.0)
        one, other = (posterior.infer(siblings(), each, seed=7) for each in (cheap, dear))
        assert one.shared[0, 1] > 0.8
        assert one.parent[3].min() > 0.8
        assert other.parent[3].max() < 0.05

    def test_a_text_of_a_larger_collection_is_a_relative_less_probably(self):
        few, many = (
            infer(designs.apart(2, [(0, 1, 4.0)], n_collection=n)).edge[0, 1] for n in (2, 2000)
        )
        assert many < few

    def test_what_structure_tells_of_an_unknown_kind_is_not_believed(self):
        family = designs.apart(3, [(0, 1, 9.0), (1, 2, 9.0)])
        growing = family.edge.copy()
        growing[0, 1, design.EDGE_NAMES.index("growth|reworded")] = 5.0
        growing[1, 0, design.EDGE_NAMES.index("growth|reworded")] = -5.0
        told = dataclasses.replace(family, edge=growing)
        found = posterior.infer(told, designs.fitted(growth__reworded=1.0), seed=7)
        assert found.parent[0, 1] > 0.9
        assert found.direction[0, 1] == pytest.approx(0.5)


def copies(n=4):
    """Texts that differ by a word each, linked alike, and a stranger."""
    line = (
        "The ferry struck the northern pier at dawn and nobody aboard was hurt, although the "
        "channel was closed for two days while divers looked for cracks below the waterline of "
        "every pillar that holds the old quay of Ostrell above the tide in autumn."
    )
    texts = [f"{line} {word}" for word in ("Alpha.", "Bravo.", "Charlie.", "Delta.")[:n]]
    terms = design.no_terms(n)
    terms.log_bayes[:] = 14.0
    return arrangement.build(designs.measured(*texts), terms, n_collection=n)


class TestAlike:
    def test_copies_that_differ_by_a_word_count_as_one_parent(self):
        found = infer(copies())
        for t, s in enumerate(found.drawn):
            assert found.n_alike[t] == (3 if s >= 0 else 1)

    def test_an_edge_that_is_drawn_is_to_any_of_those_alike(self):
        found = infer(copies())
        apart = ~np.eye(4, dtype=bool)
        assert found.parent[:4][apart].max() < 0.5
        drawn = [found.edge[s, t] for t, s in enumerate(found.drawn) if s >= 0]
        assert len(drawn) == 3
        assert min(drawn) > 0.7

    def test_a_copy_that_is_surely_not_the_parent_does_not_count(self):
        family = copies(3)
        edge = family.edge.copy()
        causes = design.EDGE_NAMES.index("causes")
        edge[1, 2, causes] = edge[1, 0, causes] = -8.0
        found = infer(dataclasses.replace(family, edge=edge))
        child = next(t for t, s in enumerate(found.drawn) if s >= 0 and t != 1)
        assert found.n_alike[child] == 1

    def test_of_texts_that_are_alike_the_one_whose_readings_a_text_has_is_drawn(self, monkeypatch):
        family = copies()
        edge = family.edge.copy()
        reads, tells = (design.EDGE_NAMES.index(name) for name in ("readings", "causes"))
        # The last was made from one of the others, by its looks from the second.
        edge[3, :, tells] = -9.0
        edge[0, 3, reads], edge[1, 3, reads] = 2.0, -2.0
        # Half a nat beyond what readings tell in the sum; between those alike they tell one more.
        edge[1, 3, tells] += (4.0 * FITTED.weights[reads] + 0.5) / FITTED.weights[tells]
        family = dataclasses.replace(family, edge=edge)
        assert infer(family).drawn[3] == 0
        monkeypatch.setattr(graph_settings, "READINGS_AMONG_ALIKE", 0.0)
        assert infer(family).drawn[3] == 1

    def test_texts_without_a_common_word_are_not_alike(self):
        assert infer(siblings()).n_alike == (1, 1, 1)


FACTS = st.sampled_from(("made_from", "not_made_from", "before", "same_source"))


def assert_holds(found, what, one, other):
    """What is known has probability one, or its contrary none."""
    if what == "made_from":
        assert found.above[one, other] == pytest.approx(1)
        assert found.derived[one, other] == pytest.approx(1)
        assert found.parent[other, one] == pytest.approx(0, abs=1e-9)
    elif what == "not_made_from":
        assert found.above[one, other] == pytest.approx(0, abs=1e-9)
        assert found.parent[one, other] == pytest.approx(0, abs=1e-9)
    elif what == "before":
        assert found.above[other, one] == pytest.approx(0, abs=1e-9)
        assert found.parent[other, one] == pytest.approx(0, abs=1e-9)
    else:
        assert found.shared[one, other] == pytest.approx(1)
        assert found.edge[one, other] == pytest.approx(0, abs=1e-9)


class TestKnown:
    @examples.at_most(60)
    @given(families(), FACTS, st.data())
    def test_a_fact_holds_whatever_the_texts_say(self, family, what, data):
        one, other = data.draw(st.permutations(range(family.n)))[:2]
        pair = (min(one, other), max(one, other)) if what == "same_source" else (one, other)
        assert_holds(infer(family, **{what: (pair,)}), what, *pair)

    @examples.at_most(25)
    @given(families(least=3), st.data())
    def test_several_facts_hold_together(self, family, data):
        a, b, c = data.draw(st.permutations(range(family.n)))[:3]
        said = {
            "made_from": ((a, b),),
            "same_source": ((min(b, c), max(b, c)),),
            "before": ((c, a),),
        }
        found = infer(family, **said)
        for what, (pair,) in said.items():
            assert_holds(found, what, *pair)

    @examples.at_most(40)
    @given(families(least=3), FACTS, st.data())
    def test_what_is_drawn_does_not_contradict_a_fact(self, family, what, data):
        one, other = data.draw(st.permutations(range(family.n)))[:2]
        pair = (min(one, other), max(one, other)) if what == "same_source" else (one, other)
        given = known_facts.Known(**{what: (pair,)})
        found = posterior.infer(family, FITTED, seed=7, given=given)
        for above, below in given.barred:
            assert above not in reference_graph.line(found.drawn, below)
        if what == "made_from":
            assert one in reference_graph.line(found.drawn, other)

    def test_a_source_that_no_forest_draws_is_forced(self):
        found = infer(designs.apart(3, [(0, 1, -40.0)]), made_from=((0, 1),))
        assert found.parent[0, 1] == pytest.approx(1)
        assert found.drawn[1] == 0

    def test_an_absent_source_that_no_forest_draws_is_forced(self):
        found = infer(chain(nats=30.0, turned=20.0), same_source=((0, 1),))
        assert found.shared[0, 1] == pytest.approx(1)
        assert found.parent[3, [0, 1]] == pytest.approx(1)

    def test_a_way_round_is_closed_too(self):
        found = infer(chain(nats=30.0, turned=20.0), not_made_from=((0, 2),))
        assert found.above[0, 2] == pytest.approx(0, abs=1e-9)

    def test_a_known_source_settles_the_direction(self):
        found = infer(designs.apart(2, [(0, 1, 9.0)], causes=[(1, 0, 6.0)]), made_from=((0, 1),))
        assert found.direction[0, 1] > 0.999

    def test_a_known_ancestor_settles_the_direction_of_texts_between_which_others_stand(self):
        found = infer(chain(nats=30.0, turned=20.0), made_from=((0, 2),))
        assert found.direction[0, 2] > 0.999

    def test_an_earlier_text_settles_the_direction(self):
        found = infer(designs.apart(2, [(0, 1, 9.0)], causes=[(1, 0, 2.0)]), before=((0, 1),))
        assert found.direction[0, 1] > 0.999
        assert found.edge[0, 1] > 0.5

    def test_what_is_known_of_two_says_something_of_others(self):
        free = infer(designs.apart(3, [(0, 1, 9.0), (1, 2, 9.0)]))
        told = infer(designs.apart(3, [(0, 1, 9.0), (1, 2, 9.0)]), made_from=((0, 1),))
        assert told.above[1, 2] > free.above[1, 2] + 0.1
