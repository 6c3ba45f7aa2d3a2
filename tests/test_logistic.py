import numpy as np
import pytest

from lineage import errors
from lineage.weights import logistic

MODEL = logistic.Logistic(("height", "age"), np.array([2.0, -1.0]), 0.5)


class TestLogistic:
    def test_odds_are_the_weighted_sum(self):
        assert MODEL.log_odds(np.array([1.0, 3.0])) == pytest.approx(-0.5)

    def test_rows_are_judged_one_by_one(self):
        p = MODEL.p(np.array([[0.0, 0.5], [9.0, 0.0]]))
        assert p[0] == pytest.approx(0.5)
        assert p[1] > 0.99

    def test_nothing_is_certain(self):
        assert 0.0 < MODEL.p(np.array([-1e9, 0.0])) < MODEL.p(np.array([1e9, 0.0])) < 1.0


class TestFromDict:
    def test_reads_what_is_written(self):
        again = logistic.from_dict(logistic.to_dict(MODEL), MODEL.names, "a.json")
        assert again.weights.tolist() == MODEL.weights.tolist()
        assert again.constant == MODEL.constant

    def test_an_unknown_feature_is_named(self):
        values = logistic.to_dict(MODEL) | {"shoe_size": 1.0}
        with pytest.raises(errors.ConfigError, match="shoe_size"):
            logistic.from_dict(values, MODEL.names, "a.json")
