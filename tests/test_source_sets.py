import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import errors
from lineage.attribution import attribution_settings, source_sets

from . import reference

QUARTERS = st.integers(0, 4).map(lambda n: n / 4)


@st.composite
def covers(draw):
    n_words, n_sources = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    weights = np.array(draw(st.lists(st.integers(1, 8), min_size=n_words, max_size=n_words)))
    has = draw(
        st.lists(
            st.lists(QUARTERS, min_size=n_words, max_size=n_words),
            min_size=n_sources,
            max_size=n_sources,
        )
    )
    worth = draw(st.lists(st.integers(-16, 16), min_size=n_sources, max_size=n_sources))
    return weights / weights.sum(), np.array(has), np.array(worth) / 32


class TestLoad:
    def test_the_file_says_what_it_was_fitted_on(self):
        about = source_sets.load().fitted_on
        assert about["n_cases"] > 0
        assert all(len(digest) == 64 for digest in about["sha256"].values())


class TestFromDict:
    def test_what_was_written_is_read_again(self):
        values = json.loads(json.dumps(source_sets.to_dict(source_sets.load())))
        assert source_sets.to_dict(source_sets.from_dict(values, "here")) == values

    def test_a_number_that_is_missing_or_unknown_is_named(self):
        values = source_sets.to_dict(source_sets.load())
        del values["price"]
        with pytest.raises(
            errors.ConfigError, match=r"source_sets\.json: .*prize, price|price, prize"
        ):
            source_sets.from_dict(values | {"prize": 1.0}, "source_sets.json")

    def test_another_version_is_refused(self):
        values = source_sets.to_dict(source_sets.load()) | {"version": 99}
        with pytest.raises(errors.ConfigError, match=r"source_sets\.json: version 99"):
            source_sets.from_dict(values, "source_sets.json")


class TestChoose:
    @given(covers())
    def test_no_set_is_worth_more(self, drawn):
        weights, has, worth = drawn
        slow = reference.cover(
            weights.tolist(),
            has.tolist(),
            worth.tolist(),
            price_of_words=source_sets.load().words,
            least_gain={2: source_sets.load().gain_of_two, 3: source_sets.load().gain_of_three},
        )
        fast = source_sets.choose(weights, has, worth)
        assert (
            abs(
                source_sets.value(weights, has, worth, fast)
                - source_sets.value(weights, has, worth, slow)
            )
            < 1e-9
        )

    def test_two_halves_take_two_sources(self):
        weights = np.full(4, 0.25)
        has = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [0, 1, 0, 0.0]])
        assert source_sets.choose(weights, has, np.zeros(3)) == (0, 1)

    def test_a_source_that_adds_nothing_is_not_taken_however_alike(self):
        has = np.array([[1, 1, 1, 0], [1, 1, 0, 0.0]])
        assert source_sets.choose(np.full(4, 0.25), has, np.array([0.2, 0.3])) == (0,)

    def test_a_source_is_left_out_where_its_price_is_more_than_its_words(self):
        weights = np.array([0.8, 0.2])
        has = np.array([[1, 0], [0, 1.0]])
        assert source_sets.choose(weights, has, np.array([0.0, -0.1])) == (0, 1)
        assert source_sets.choose(weights, has, np.array([0.0, -0.3])) == (0,)

    def test_by_other_weights_another_set_is_chosen(self):
        weights, has = np.array([0.8, 0.2]), np.array([[1, 0], [0, 1.0]])
        strict = dataclasses.replace(source_sets.load(), gain_of_two=0.3)
        assert source_sets.choose(weights, has, np.zeros(2)) == (0, 1)
        assert source_sets.choose(weights, has, np.zeros(2), strict) == (0,)

    def test_three_where_each_has_a_third(self):
        assert source_sets.choose(np.full(3, 1 / 3), np.eye(3), np.zeros(3)) == (0, 1, 2)

    def test_without_sources_nothing_is_chosen(self):
        assert source_sets.choose(np.ones(1), np.zeros((0, 1)), np.zeros(0)) == ()


class TestMargins:
    def test_is_what_the_best_other_source_would_lose(self):
        weights = np.array([0.5, 0.5])
        has = np.array([[1, 1], [1, 0], [0, 0.0]])
        assert source_sets.margins(weights, has, np.zeros(3), (0,)) == [
            source_sets.load().words * 0.5
        ]

    def test_of_equal_sources_is_nothing(self):
        has = np.array([[1.0], [1.0]])
        assert source_sets.margins(np.ones(1), has, np.zeros(2), (0,)) == [0.0]

    def test_without_another_source_it_is_held_against_none(self):
        assert source_sets.margins(np.ones(1), np.ones((1, 1)), np.zeros(1), (0,)) == [
            source_sets.load().words
        ]


class TestHasWord:
    def test_knows_the_word_its_family_and_strangers(self):
        stems = frozenset({"racism", "racket"})
        beginnings = source_sets.families(sorted(stems))
        assert source_sets.has_word("racism", stems, beginnings) == 1.0
        assert (
            source_sets.has_word("racist", stems, beginnings) == attribution_settings.FAMILY_WORTH
        )
        assert source_sets.has_word("raccoon", stems, beginnings) == 0.0
        assert source_sets.has_word("rac", stems, beginnings) == 0.0
