import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest

from lineage.evidence.family import features
from lineage.graph import arrangement, design, graph_settings

from . import designs

PAIR = [design.EDGE_NAMES.index(name) for name in design.PAIR_NAMES]
ABSENT = [design.EDGE_NAMES.index(name) for name in design.ABSENT_NAMES]
TEXTS = (
    "The ferry struck the northern pier at dawn. Divers found a crack below the waterline.",
    "The ferry struck the northern pier at dawn. The owners promised to pay for the pier.",
    "The ferry struck the northern pier. Divers found a crack. The harbour master closed it.",
)
WIRE = design.Proposal("Ostrell Wire", (0, 1), frozenset({0}))


def built(proposals=(WIRE,), **changed):
    terms = design.no_terms(3)
    terms.log_bayes[:] = [[0, 4, 1], [4, 0, 2], [1, 2, 0]]
    terms.causes[0, 1] = 0.5
    terms.readings[0, 1] = 0.25
    return arrangement.build(designs.measured(*TEXTS), terms, proposals, n_collection=11, **changed)


def of(family, node, text, name):
    return family.edge[node, text, design.EDGE_NAMES.index(name)]


class TestBuild:
    def test_what_is_measured_stands_first(self):
        family = built()
        apart = ~np.eye(3, dtype=bool)
        expected = designs.measured(*TEXTS).edge[apart]
        assert (family.edge[:3, :, : design.N_STRUCTURE][apart] == expected).all()

    def test_what_pairs_say_comes_after(self):
        family = built()
        there = dict(zip(design.PAIR_NAMES, family.edge[0, 1, PAIR], strict=True))
        back = dict(zip(design.PAIR_NAMES, family.edge[1, 0, PAIR], strict=True))
        assert {name for name, nats in there.items() if nats} == {
            "log_bayes",
            "causes",
            "readings",
        }
        assert (there["log_bayes"], there["causes"], there["readings"]) == (4.0, 0.5, 0.25)
        assert {name for name, nats in back.items() if nats} == {"log_bayes"}

    def test_no_text_is_its_own_parent(self):
        family = built()
        assert not family.possible[:3].diagonal().any()
        assert (family.edge[[0, 1, 2], [0, 1, 2]] == 0).all()

    def test_a_source_is_the_parent_of_its_members_alone(self):
        family = built()
        assert family.possible[3].tolist() == [True, True, True]
        assert family.possible[4].tolist() == [True, True, False]

    def test_the_prior_is_one_text_among_the_others(self):
        assert built().prior[:3] == pytest.approx(
            np.full(3, -graph_settings.SIZE_SHARE * math.log(10))
        )
        assert built(theta=2.0).prior[0] == pytest.approx(
            graph_settings.SIZE_SHARE * math.log(2 / 10)
        )

    def test_a_named_source_stands_behind_as_many_as_are_here(self):
        unnamed, named, behind_all = np.exp(
            built((WIRE, design.Proposal("Harl News", (0, 1, 2)))).prior[3:] - built().prior[0]
        )
        assert (unnamed, named, behind_all) == pytest.approx((1.0, 1.0, 2.0))

    def test_what_the_size_says_of_a_source_without_a_name_is_fitted(self):
        family = built()
        assert of(family, 3, 0, "absent_size") == pytest.approx(math.log(2))
        assert of(family, 4, 0, "absent_size") == 0.0

    def test_texts_of_a_source_without_a_name_have_something_of_each_other(self):
        family = built()
        # The nearest of each aside, texts 0, 1 and 2 have 1, 2 and 1 nats of four.
        found = [of(family, 3, t, "absent_others") for t in range(3)]
        assert found == pytest.approx([1 / 4 - 1, 2 / 4 - 1, 1 / 4 - 1])
        assert of(family, 4, 0, "absent_others") == 0.0

    def test_what_a_pair_shares_counts_otherwise_in_a_small_family(self):
        family = built()
        for name in ("log_bayes", "longest_run"):
            kinds = ("",) if name in design.PAIR_NAMES else ("|verbatim", "|reworded")
            expected = sum(of(family, 0, 1, name + kind) for kind in kinds) / 2
            assert of(family, 0, 1, f"{name}|small") == pytest.approx(expected)

    def test_who_credits_a_source_has_it_from_there(self):
        family = built()
        assert (of(family, 4, 0, "credited"), of(family, 4, 0, "inherited")) == (1, 0)
        assert (of(family, 4, 1, "credited"), of(family, 4, 1, "inherited")) == (0, 1)
        assert (of(family, 3, 0, "credited"), of(family, 3, 0, "inherited")) == (0, 0)

    def test_an_absent_source_is_as_probable_as_the_link_to_the_nearest_relative(self):
        family = built()
        assert of(family, 3, 0, "log_bayes") == 4.0
        assert of(family, 3, 2, "log_bayes") == 2.0

    def test_an_absent_source_has_no_direction(self):
        family = built()
        assert (family.edge[3:, :, design.TURNS] == 0).all()

    def test_edges_of_texts_have_nothing_of_absent_sources(self):
        assert (built().edge[:3][:, :, ABSENT] == 0).all()

    def test_a_source_without_a_name_has_a_root_of_its_own(self):
        family = built()
        named = design.ROOT_NAMES.index("named")
        assert family.root[:, named].tolist() == [0, 0, 0, 0, 1]
        kinds = [design.ROOT_NAMES.index(f"unnamed|{kind}") for kind in ("verbatim", "reworded")]
        assert family.root[3, kinds].sum() == pytest.approx(1)
        assert (family.root[[0, 1, 2, 4]][:, kinds] == 0).all()

    def test_roots_of_texts_are_as_measured(self):
        n = len(features.ROOT_NAMES)
        assert (built().root[:3, :n] == designs.measured(*TEXTS).root).all()
        assert (built().root[3:, :n] == 0).all()

    def test_the_order_of_texts_does_not_matter(self):
        at = [2, 0, 1]
        one = built()
        terms = design.no_terms(3)
        terms.log_bayes[:] = np.array([[0, 4, 1], [4, 0, 2], [1, 2, 0]])[np.ix_(at, at)]
        terms.causes[1, 2], terms.readings[1, 2] = 0.5, 0.25
        wire = design.Proposal("Ostrell Wire", (1, 2), frozenset({1}))
        measured = designs.measured(*(TEXTS[k] for k in at))
        other = arrangement.build(measured, terms, [wire], n_collection=11)
        moved = designs.moved(one, at)
        assert other.edge == pytest.approx(moved.edge)
        assert (other.possible == moved.possible).all()
        assert other.root == pytest.approx(moved.root)


class TestWithout:
    def test_leaves_out_the_terms_named_and_no_other(self):
        family = built()
        found = design.without(family, "causes")
        assert of(found, 0, 1, "causes") == 0
        assert of(found, 0, 1, "log_bayes") == 4.0
        assert of(family, 0, 1, "causes") == 0.5


class TestNoTerms:
    def test_nothing_is_said_of_any_pair(self):
        for field in dataclasses.fields(design.PairTerms):
            assert (getattr(design.no_terms(3), field.name) == np.zeros((3, 3))).all()


class TestNames:
    def test_no_two_features_have_one_name(self):
        assert len(set(design.NAMES)) == len(design.NAMES)

    def test_what_turns_with_the_direction_is_said(self):
        turning = {
            name.split("|")[0]
            for name, turns in zip(design.EDGE_NAMES, design.TURNS, strict=True)
            if turns
        }
        assert {"growth", "inserted_words", "causes", "style_growth"} <= turning
        assert not {"log_bayes", "constant", "credited", "readings"} & turning

    def test_every_feature_and_basis_is_defined_on_the_page(self):
        page = (Path(__file__).parents[1] / "docs" / "model.md").read_text(encoding="utf-8")
        words = {part for name in design.NAMES for part in name.split("|")}
        assert [word for word in sorted(words) if f"`{word}`" not in page] == []
