import copy
import dataclasses
import json

import numpy as np
import pytest

from lineage import errors
from lineage.graph import design, graph_settings, model

from . import designs

LINES = (
    "The ferry struck the northern pier at dawn on 3 March 2016 and nobody was hurt.",
    "Harbour master Ines Calloway closed the channel for two days.",
    "Divers found a crack of three metres below the waterline.",
    "The owners promised to pay for the pier and for every cancelled crossing since Monday.",
    "In May 2017 the council of Ostrell replaced the fenders and moved the old warning lights.",
)


def measured():
    """Three versions, each with a line more."""
    return designs.measured(*(" ".join(LINES[: 3 + k]) for k in range(3)))


def changed(**values):
    return dataclasses.replace(designs.fitted(), **values)


class TestLoad:
    def test_the_packaged_weights_fit_the_features(self):
        fitted = model.load()
        assert fitted.weights.shape == (len(design.NAMES),)
        assert np.isfinite(fitted.weights).all()
        assert fitted.places.shape[1] == len(model.PLACE_WIDTHS)

    def test_the_file_says_what_it_was_fitted_on(self):
        about = model.load().fitted_on
        assert about["n_cases"] > 0
        assert all(len(digest) == 64 for digest in about["sha256"].values())

    def test_is_read_once(self):
        assert model.load() is model.load()


class TestFromDict:
    def values(self):
        return json.loads(json.dumps(model.to_dict(designs.fitted(named=-1.25, credited=2.5))))

    def test_what_was_written_is_read_again(self):
        assert model.to_dict(model.from_dict(self.values(), "here")) == self.values()

    def test_weights_are_read_by_name_in_any_order(self):
        turned = self.values()
        turned["weights"] = dict(reversed(turned["weights"].items()))
        one, other = (model.from_dict(each, "here") for each in (self.values(), turned))
        assert (one.weights == other.weights).all()
        assert one.weights[design.NAMES.index("named")] == -1.25

    def test_a_missing_feature_is_named(self):
        values = copy.deepcopy(self.values())
        del values["weights"]["inherited"]
        with pytest.raises(
            errors.ConfigError, match=r"family\.json: .*inherited missing or unknown"
        ):
            model.from_dict(values, "family.json")

    def test_an_unknown_feature_is_refused_by_name(self):
        values = self.values()
        values["weights"]["colour"] = 1.0
        with pytest.raises(errors.ConfigError, match="colour missing or unknown; fit the we"):
            model.from_dict(values, "family.json")

    def test_another_version_is_refused(self):
        with pytest.raises(errors.ConfigError, match=r"family\.json: version 99"):
            model.from_dict(self.values() | {"version": 99}, "family.json")

    def test_a_model_of_no_families_is_read(self):
        values = model.to_dict(changed(places=np.zeros((0, len(model.PLACE_WIDTHS)))))
        assert model.from_dict(values, "here").places.shape == (0, len(model.PLACE_WIDTHS))


class TestSplit:
    def test_cuts_the_weights_by_what_they_are_of(self):
        edge, root, by_root, further = model.split(np.arange(len(design.NAMES)))
        assert len(edge) == len(design.EDGE_NAMES)
        assert len(root) == len(design.ROOT_NAMES)
        assert len(by_root) == len(design.BY_ROOT_NAMES)
        assert [design.NAMES[k] for k in further] == list(design.FURTHER_NAMES)


class TestChoices:
    def test_without_named_sources_there_is_one(self):
        assert model.choices(designs.random(1, 3)) == [()]

    def test_every_set_of_named_sources_is_one_the_empty_first(self):
        found = model.choices(designs.random(1, 3, [(0, 1), (1, 2)]))
        assert found[0] == ()
        assert set(found) == {(), (1,), (2,), (1, 2)}

    def test_of_too_many_those_with_the_fewest_members_are_taken_for_there(self):
        named = [(0, 1), *[(0, 1, 2)] * graph_settings.MAX_NAMED, (1, 2)]
        found = model.choices(designs.random(1, 3, named))
        assert len(found) == 2**graph_settings.MAX_NAMED
        assert all({1, len(named)} <= set(each) for each in found)


class TestWeigh:
    def test_is_linear_in_the_features(self):
        family = designs.random(4, 3)
        weights = np.random.default_rng(4).normal(size=len(design.NAMES))
        of_edge, of_root, of_by_root, of_further = model.split(weights)
        (scores,) = model.weigh(family, weights).scores
        assert scores.edge[0, 1] == pytest.approx(family.edge[0, 1] @ of_edge + family.prior[0])
        assert scores.root[2] == pytest.approx(family.root[2] @ of_root)
        assert scores.by_root[2, 0, 1] == pytest.approx(family.by_root[2, 0, 1] @ of_by_root)
        price = scores.further_root[:3] - scores.root[:3]
        assert price == pytest.approx(np.full(3, family.kinds @ of_further[:2]))

    def test_what_cannot_be_weighs_nothing(self):
        weighed = model.weigh(designs.random(4, 3, [(0, 1)]), designs.weights())
        scores = weighed.scores[-1]
        assert np.isneginf(np.diag(scores.edge)[:3]).all()
        assert np.isneginf(scores.edge[:, 3:]).all()
        assert np.isneginf(scores.edge[4, 2])

    def test_an_unnamed_source_is_the_first_root_or_has_no_child(self):
        (scores,) = model.weigh(designs.random(4, 3), designs.weights()).scores
        assert np.isneginf(scores.by_root[:3, 3]).all()
        assert np.isfinite(scores.by_root[3, 3]).all()
        assert scores.further_root[3] == 0.0

    def test_a_source_does_not_pay_the_link_of_its_nearest_member(self):
        family = designs.random(4, 3, [(0, 1)])
        weights = designs.weights(log_bayes=1.0)
        weighed = model.weigh(family, weights)
        link = family.edge[:, :, design.EDGE_NAMES.index("log_bayes")] + family.prior[:, None]
        for nodes, spared, scores in zip(
            weighed.nodes, weighed.spared, weighed.scores, strict=True
        ):
            for k, node in enumerate(nodes[3:]):
                members = list(family.proposals[node - 3].members)
                assert link[node, spared[k]] == link[node, members].max()
                assert scores.root[3 + k] == pytest.approx(-link[node, members].max())

    def test_a_source_without_a_possible_child_has_no_link_to_spare(self):
        family = designs.random(4, 3)
        possible = family.possible.copy()
        possible[3] = False
        barred = dataclasses.replace(family, possible=possible)
        (scores,) = model.weigh(barred, designs.weights(log_bayes=1.0)).scores
        assert np.isfinite(scores.root).all()

    def test_nodes_are_the_texts_the_unnamed_source_and_those_chosen(self):
        weighed = model.weigh(designs.random(4, 3, [(0, 1), (1, 2)]), designs.weights())
        by_choice = dict(zip(weighed.active, weighed.nodes, strict=True))
        assert by_choice[()].tolist() == [0, 1, 2, 3]
        assert by_choice[2,].tolist() == [0, 1, 2, 3, 5]


class TestFamiliarity:
    def test_counts_families_at_the_same_place(self):
        found = measured()
        near = changed(places=np.tile(model.place(found), (7, 1)))
        assert model.familiarity(found, near) == pytest.approx(7)

    def test_is_near_zero_far_away(self):
        far = changed(places=np.full((7, len(model.PLACE_WIDTHS)), 50.0))
        assert model.familiarity(measured(), far) < 1e-6

    def of_length(self, n_words):
        found = measured()
        lengths = np.full(found.n, float(n_words))
        return dataclasses.replace(
            found, measures=dataclasses.replace(found.measures, n_words=lengths)
        )

    def test_short_texts_are_another_kind_than_long_ones(self):
        fitted = changed(places=np.tile(model.place(self.of_length(60)), (7, 1)))
        near = model.familiarity(self.of_length(65), fitted)
        assert model.familiarity(self.of_length(180), fitted) < 0.1 < 6 < near

    def test_beyond_a_page_longer_is_no_other_kind(self):
        assert (model.place(self.of_length(400)) == model.place(self.of_length(4000))).all()


class TestTrust:
    def test_is_half_with_one_family_of_the_kind(self):
        found = measured()
        fitted = changed(places=model.place(found)[None], temperature=0.8)
        third_texts = (found.n - 2) / (found.n - 1)
        assert model.trust(found, fitted) == pytest.approx(0.4 * third_texts)

    def test_two_texts_alone_have_no_structure_that_could_tell(self):
        found = designs.measured(*(" ".join(LINES[: 3 + k]) for k in range(2)))
        assert model.trust(found, changed(places=np.tile(model.place(found), (9, 1)))) == 0

    def test_grows_with_families_of_the_kind_up_to_the_temperature(self):
        found = measured()
        trusted = [
            model.trust(found, changed(places=np.tile(model.place(found), (k, 1))))
            for k in (1, 4, 400)
        ]
        assert trusted[0] < trusted[1] < trusted[2] < 1.0
