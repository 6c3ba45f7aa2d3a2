import copy
import dataclasses
import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from lineage import errors
from lineage.phylogeny import features, forests, likelihood, model, signals

from . import made

LINES = (
    "The ferry struck the northern pier at dawn on 3 March 2016 and nobody was hurt.",
    "Harbour master Ines Calloway closed the channel for two days.",
    "Divers found a crack of three metres below the waterline.",
    "The owners promised to pay for the pier and for every cancelled crossing since Monday.",
    "In May 2017 the council of Ostrell replaced the fenders and moved the old warning lights.",
    "A new harbour pilot, Jonas Thackeray, has guided every ferry into the port since June 2018.",
)


def growing():
    """Four versions, each with a line more, in the order of their ids."""
    return made.documents(**{f"v{k}": " ".join(LINES[: 3 + k]) for k in range(4)})


def measured():
    documents = list(growing().values())
    place = {each.article_id: k for k, each in enumerate(documents)}
    return features.build(documents), [place[f"v{k}"] for k in range(4)]


def changed(**values):
    return dataclasses.replace(model.load(), **values)


class TestLoad:
    def test_the_packaged_weights_fit_the_features(self):
        fitted = model.load()
        assert len(fitted.edge) == len(features.EDGE_NAMES)
        assert len(fitted.root) == len(features.ROOT_NAMES)
        assert len(fitted.by_root) == len(features.BY_ROOT_NAMES)
        assert fitted.places.shape[1] == len(model.PLACE_WIDTHS)

    def test_the_file_says_what_it_was_fitted_on(self):
        about = model.load().fitted_on
        assert about["n_cases"] > 0
        assert all(len(digest) == 64 for digest in about["sha256"].values())

    def test_is_read_once(self):
        assert model.load() is model.load()


class TestFromDict:
    def test_what_was_written_is_read_again(self):
        values = json.loads(json.dumps(model.to_dict(model.load())))
        again = model.to_dict(model.from_dict(values, "here"))
        assert again == values

    @pytest.mark.parametrize("part", ["edge", "root", "by_root", "further_root"])
    def test_a_missing_feature_is_named(self, part):
        values = copy.deepcopy(model.to_dict(model.load()))
        gone = next(iter(values[part]))
        del values[part][gone]
        with pytest.raises(errors.ConfigError, match="fit the weights again") as raised:
            model.from_dict(values, "weights.json")
        assert gone in str(raised.value)

    def test_another_version_is_refused(self):
        values = model.to_dict(model.load()) | {"version": 99}
        with pytest.raises(errors.ConfigError, match=r"weights\.json: version 99"):
            model.from_dict(values, "weights.json")


class TestScore:
    def test_is_linear_in_the_features(self):
        found, _ = measured()
        fitted = model.load()
        scores = model.score(found)
        assert scores.edge[0, 1] == pytest.approx(found.edge[0, 1] @ fitted.edge)
        assert scores.root[2] == pytest.approx(found.root[2] @ fitted.root)

    def test_a_further_root_has_a_price_of_its_kind(self):
        found, _ = measured()
        scores = model.score(found, changed(further_root=np.array([2.0, 5.0])))
        assert scores.further_root - scores.root == pytest.approx(
            2 * found.verbatim + 5 * (1 - found.verbatim)
        )


class TestPDirection:
    def test_both_directions_add_up_to_one(self):
        found, _ = measured()
        p = model.p_direction(forests.infer(model.score(found)), found)
        assert p + p.T == pytest.approx(np.ones((4, 4)))

    def test_growing_versions_are_put_in_order(self):
        found, place = measured()
        posterior = forests.infer(model.score(found))
        p = model.p_direction(posterior, found)
        drawn = set(forests.decode(posterior))
        for older, newer in itertools.pairwise(place):
            assert p[older, newer] > 0.5
            assert (older, newer) in drawn

    def test_a_story_of_a_kind_never_seen_is_left_open(self):
        found, _ = measured()
        far = changed(places=np.full((3, len(model.PLACE_WIDTHS)), 99.0))
        p = model.p_direction(forests.infer(model.score(found)), found, far)
        assert p == pytest.approx(np.full((4, 4), 0.5))

    def test_more_stories_of_the_kind_make_it_surer(self):
        found, place = measured()
        posterior = forests.infer(model.score(found))
        edge = place[0], place[1]
        few = model.p_direction(
            posterior, found, changed(places=np.tile(model.place(found), (2, 1)))
        )
        many = model.p_direction(
            posterior, found, changed(places=np.tile(model.place(found), (40, 1)))
        )
        assert many[edge] > few[edge] > 0.5

    def test_without_a_difference_nothing_is_known(self):
        posterior = forests.Posterior(
            root=np.full(2, 0.5),
            edge=np.array([[0, 0.5], [0.5, 0]]),
            edge_by_root=np.zeros((2, 2, 2)),
            no_parent=np.full(2, 0.5),
            further_by_root=np.zeros((2, 2)),
            log_total=0.0,
        )
        found, _ = measured()
        assert model.p_direction(posterior, found) == pytest.approx(np.full((2, 2), 0.5))


class TestFamiliarity:
    def test_counts_the_stories_at_the_same_place(self):
        found, _ = measured()
        fitted = changed(places=np.tile(model.place(found), (7, 1)))
        assert model.familiarity(found, fitted) == pytest.approx(7)

    def test_is_near_zero_far_away(self):
        found, _ = measured()
        far = np.full((7, len(model.PLACE_WIDTHS)), 50.0)
        assert model.familiarity(found, changed(places=far)) < 1e-6

    def of_length(self, n_words):
        found, _ = measured()
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


class TestSignals:
    def weighed(self):
        found, place = measured()
        scores = model.score(found)
        return found, place, scores, signals.weigh(found, scores, forests.infer(scores))

    def rows(self, source, target):
        _, place, _, weighed = self.weighed()
        return {row.signal: row for row in weighed.rows(place[source], place[target])}

    def test_direction_has_the_opposite_sign_the_other_way(self):
        _, _, _, weighed = self.weighed()
        for signal, bits in weighed.direction.items():
            assert bits == pytest.approx(-bits.T), signal

    def test_link_and_choice_add_up_to_the_score_without_direction(self):
        found, _, scores, weighed = self.weighed()
        of_edge = {"growth", "inserted_blocks", "later_years", "centre", "headings"}
        directed = sum(bits for signal, bits in weighed.direction.items() if signal in of_edge)
        total = (weighed.link + weighed.parent_choice + directed) * np.log(2)
        apart = ~np.eye(found.n, dtype=bool)
        expected = scores.edge - scores.further_root[None, :]
        assert total[apart] == pytest.approx(expected[apart])

    def test_what_speaks_for_growing_is_said_with_its_numbers(self):
        rows = self.rows(0, 1)
        assert rows["growth"].weight_bits > 0
        assert rows["growth"].detail == "15 words longer"
        assert rows["inserted_blocks"].weight_bits > 0
        assert rows["inserted_blocks"].detail.startswith("15 words in whole passages are new")

    def test_the_reverse_says_what_is_shorter(self):
        rows = self.rows(1, 0)
        assert rows["growth"].weight_bits < 0
        assert rows["growth"].detail == "15 words shorter"

    def test_later_years_are_told_with_their_month(self):
        rows = self.rows(1, 2)
        assert rows["later_years"].weight_bits > 0
        assert rows["later_years"].detail == "last mentions 2017-05, the other 2016-03"

    def test_what_weighs_nothing_is_left_out(self):
        assert "headings" not in self.rows(0, 1)


class TestNames:
    def test_no_feature_is_unnamed(self):
        n_named = sum(map(len, (features.EDGE_NAMES, features.ROOT_NAMES, features.BY_ROOT_NAMES)))
        assert n_named + likelihood.N_FURTHER == likelihood.N_WEIGHTS
        assert len(set(features.EDGE_NAMES)) == len(features.EDGE_NAMES)


class TestPage:
    def test_defines_every_feature_and_basis(self):
        page = (Path(__file__).parents[1] / "docs" / "model.md").read_text(encoding="utf-8")
        named = (*features.EDGE_NAMES, *features.ROOT_NAMES, *features.BY_ROOT_NAMES)
        words = {part for name in named for part in name.split("|")}
        assert [word for word in sorted(words) if f"`{word}`" not in page] == []
