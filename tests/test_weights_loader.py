import pytest

from lineage import errors
from lineage.weights import loader


class TestRead:
    @pytest.mark.parametrize(
        "name",
        [
            "source_sets.json",
            "confidence.json",
            "segmentation.json",
            "passages.json",
            "family.json",
            "growth.json",
            "links.json",
        ],
    )
    def test_weights_ship_and_say_what_they_were_fitted_on(self, name):
        found = loader.read(name)
        assert all(len(each) == 64 for each in found["fitted_on"]["sha256"].values())


class TestCheckVersion:
    def test_the_right_version_passes(self):
        loader.check_version({"version": 3}, 3, "here")

    @pytest.mark.parametrize("values", [{"version": 4}, {}])
    def test_another_is_refused_by_name(self, values):
        with pytest.raises(errors.ConfigError, match=r"here: version .*, expected 3; fit"):
            loader.check_version(values, 3, "here")


VALUES = {"version": 2, "fitted_on": {}, "price": 3}


class TestNumbers:
    def test_are_taken_by_name(self):
        assert loader.numbers(VALUES, 2, ("price",), "here") == {"price": 3.0}

    @pytest.mark.parametrize("names", [("price", "worth"), ()])
    def test_a_missing_and_an_unknown_number_are_refused(self, names):
        with pytest.raises(
            errors.ConfigError, match=r"here: (worth|price) missing or unknown; fit"
        ):
            loader.numbers(VALUES, 2, names, "here")
