import numpy as np
import pytest

from lineage.learn.fitting import fit_logistic


def drawn(weights, constant, n=6000, seed=0):
    random = np.random.default_rng(seed)
    features = random.normal(size=(n, len(weights))) * 2 + 1
    odds = features @ np.array(weights) + constant
    return features, random.uniform(size=n) < 1 / (1 + np.exp(-odds))


class TestFit:
    def test_finds_what_the_answers_were_drawn_by(self):
        features, right = drawn([1.0, -0.5], 0.3)
        found = fit_logistic.fit(features, right, ("a", "b"))
        assert found.weights == pytest.approx([1.0, -0.5], abs=0.1)
        assert found.constant == pytest.approx(0.3, abs=0.15)

    def test_a_feature_that_never_changes_has_no_weight(self):
        features, right = drawn([1.0], 0.0)
        found = fit_logistic.fit(
            np.column_stack([features, np.ones(len(right))]), right, ("a", "b")
        )
        assert found.weights[1] == 0.0

    def test_what_can_only_speak_for_it_never_speaks_against(self):
        features, right = drawn([1.0, -0.5], 0.0)
        found = fit_logistic.fit(features, right, ("a", "b"), never_against=("b",))
        assert found.weights[0] > 0.5
        assert found.weights[1] == 0.0

    def test_rows_that_count_twice_are_two_rows(self):
        features, right = drawn([0.7], 0.2, n=300)
        counts = np.where(np.arange(300) < 100, 2.0, 1.0)
        twice = np.concatenate([features, features[:100]])
        one = fit_logistic.fit(features, right, ("a",), counts, price=0.0)
        other = fit_logistic.fit(twice, np.concatenate([right, right[:100]]), ("a",), price=0.0)
        assert one.weights == pytest.approx(other.weights, abs=1e-4)
        assert one.constant == pytest.approx(other.constant, abs=1e-4)

    def test_more_price_means_less_weight(self):
        features, right = drawn([1.0], 0.0, n=200)
        found = [fit_logistic.fit(features, right, ("a",), price=price) for price in (0.1, 100.0)]
        assert 0 < found[1].weights[0] < found[0].weights[0]


class TestSurprise:
    def test_of_even_odds_is_one_bit(self):
        found = fit_logistic.surprise(np.array([0.5, 0.5]), np.array([True, False]))
        assert found == pytest.approx(np.log(2))
