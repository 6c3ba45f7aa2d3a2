import dataclasses
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lineage import errors, outcomes, pipeline, tables

from . import invented, versions

UNFITTED = outcomes.Model(np.zeros((len(outcomes.FEATURES), len(outcomes.OUTCOMES))), {})


def frame(**texts):
    return pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})


def inferred(**texts):
    return pipeline.infer_stories(frame(**texts), encoder="lexical")


@pytest.fixture(scope="module")
def mixed():
    """A report, a text made from it, another report of the event, and another story."""
    return inferred(
        report=invented.text(*invented.REPORT),
        copy=invented.text(*invented.derived("shorter")),
        other=invented.text(*invented.INDEPENDENT),
        stranger=invented.text(*invented.STRANGER),
    )


@pytest.fixture(scope="module")
def rows(mixed):
    return {
        frozenset((row["a"], row["b"])): row
        for row in outcomes.relations(mixed.pairs, mixed.stories)
    }


class TestLoad:
    def test_the_packaged_weights_fit_the_features(self):
        fitted = outcomes.load()
        assert fitted.weights.shape == (len(outcomes.FEATURES), len(outcomes.OUTCOMES))
        assert np.abs(fitted.weights).sum() > 0

    def test_the_file_says_what_it_was_fitted_on(self):
        about = outcomes.load().fitted_on
        assert about["n_cases"] > 0
        assert all(len(digest) == 64 for digest in about["sha256"].values())


class TestFromDict:
    def test_what_was_written_is_read_again(self):
        values = json.loads(json.dumps(outcomes.to_dict(outcomes.load())))
        assert outcomes.to_dict(outcomes.from_dict(values, "here")) == values

    def test_a_missing_feature_is_named(self):
        values = json.loads(json.dumps(outcomes.to_dict(outcomes.load())))
        del values["weights"]["derived"]["chain"]
        with pytest.raises(errors.ConfigError, match=r"features of derived .*: chain; fit the"):
            outcomes.from_dict(values, "outcomes.json")

    def test_another_version_is_refused(self):
        values = outcomes.to_dict(outcomes.load()) | {"version": 99}
        with pytest.raises(errors.ConfigError, match=r"outcomes\.json: version 99"):
            outcomes.from_dict(values, "outcomes.json")


class TestMeasure:
    def measured(self, found):
        pairs = outcomes.measure(found.pairs, found.stories)
        return {
            frozenset(key): dict(zip(outcomes.FEATURES, row.tolist(), strict=True))
            for key, row in zip(pairs.keys, pairs.features, strict=True)
        }

    def test_a_copy_is_linked_contained_and_joined(self, mixed):
        found = self.measured(mixed)
        copy, other = found[frozenset({"report", "copy"})], found[frozenset({"report", "other"})]
        for name in outcomes.MEASURED:
            if name != "constant":
                assert copy[name] > other[name], name
        assert copy["contained_more"] == pytest.approx(1.0)

    def test_what_two_stories_share_has_no_edge_to_expect(self, mixed):
        found = self.measured(mixed)[frozenset({"report", "stranger"})]
        least = outcomes.log_odds(0.0)
        assert [found[name] for name in ("edge", "chain", "related")] == [least] * 3

    def test_only_stories_left_to_the_model_of_versions_have_its_features(self, mixed):
        case = versions.growing(3)
        of_versions = pipeline.infer_stories(case.frame(), encoder="lexical")
        assert all(story.as_versions for story in of_versions.stories)
        for found, there in ((mixed, False), (of_versions, True)):
            told = [row["constant|versions"] for row in self.measured(found).values()]
            assert set(told) == {float(there)}

    def test_one_line_of_descent_is_derived_whatever_lies_between(self):
        case = versions.growing(3)
        found = pipeline.infer_stories(case.frame(), encoder="lexical")
        drawn = outcomes.measure(found.pairs, found.stories).drawn
        assert drawn == ("derived",) * 6


class TestProbabilities:
    @given(
        arrays.arrays(float, (5, len(outcomes.FEATURES)), elements=st.floats(-10, 10)),
        st.lists(st.floats(0, 1), min_size=5, max_size=5),
    )
    def test_add_up_to_one(self, features, p_links):
        prior = np.array([outcomes._prior(p, None) for p in p_links])
        pairs = outcomes.Pairs((("a", "b"),) * 5, (None,) * 5, features, prior)
        p = outcomes.probabilities(pairs)
        assert p.sum(axis=1) == pytest.approx(np.ones(5))
        assert (p >= 0).all()

    def test_without_weights_the_graph_and_the_link_decide(self):
        prior = np.array([outcomes._prior(0.9, drawn) for drawn in ("derived", "shared_source")])
        features = np.ones((2, len(outcomes.FEATURES)))
        pairs = outcomes.Pairs((("a", "b"),) * 2, ("derived", "shared_source"), features, prior)
        expected = [[0.81, 0.09, 0.1], [0.09, 0.81, 0.1]]
        assert outcomes.probabilities(pairs, UNFITTED) == pytest.approx(np.array(expected))

    def test_of_no_pairs_are_none(self):
        pairs = outcomes.measure({}, ())
        assert outcomes.probabilities(pairs).shape == (0, 3)


class TestRelations:
    def test_each_outcome_is_the_probable_one(self, rows):
        copy = rows[frozenset({"report", "copy"})]
        other = rows[frozenset({"report", "other"})]
        stranger = rows[frozenset({"report", "stranger"})]
        assert (copy["outcome"], other["outcome"]) == ("derived", "independent")
        assert stranger["outcome"] == "unrelated"
        assert copy["p_derived"] > 0.7
        assert other["p_independent"] > 0.9
        assert stranger["p_independent"] > 0.95

    def test_are_rows_of_the_table(self, rows):
        tables.check("relations", tables.build("relations", list(rows.values())))
        for row in rows.values():
            assert math.fsum(row[f"p_{name}"] for name in outcomes.OUTCOMES) == pytest.approx(1)

    def test_neither_ids_nor_order_matter(self, mixed, rows):
        texts = {"a": "stranger", "b": "copy", "c": "other", "d": "report"}
        by_id = {each.article_id: each.text for each in mixed.documents}
        again = inferred(**{name: by_id[was] for name, was in texts.items()})
        found = {
            frozenset((texts[row["a"]], texts[row["b"]])): row
            for row in outcomes.relations(again.pairs, again.stories)
        }
        for key, row in rows.items():
            for name in ("outcome", "p_derived", "p_shared_source", "p_independent"):
                assert found[key][name] == row[name]

    def test_what_the_graph_does_not_join_and_is_more_probably_related_is_undecided(
        self, mixed, monkeypatch
    ):
        weights = UNFITTED.weights.copy()
        weights[0, outcomes.OUTCOMES.index("shared_source")] = 12.0
        monkeypatch.setattr(
            outcomes, "load", lambda: dataclasses.replace(UNFITTED, weights=weights)
        )
        rows = outcomes.relations(mixed.pairs, mixed.stories)
        assert {row["outcome"] for row in rows} == {"derived", "undecided"}
