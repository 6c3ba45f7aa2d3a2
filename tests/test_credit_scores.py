"""Floors for credits on sentences and heads of pages: what tests/credits/score.py prints."""

import pytest

from . import floors
from .credits import score


@pytest.mark.slow
@pytest.mark.parametrize("half", score.HALVES)
def test_precision_and_recall_are_not_below_what_they_were(half):
    floors.check(f"credits {half}", "precision", "recall")


@pytest.mark.parametrize("half", score.HALVES)
@pytest.mark.parametrize("language", ["de", "fr"])
def test_names_stand_where_they_are_said_to(half, language):
    floors.check(f"credits {half}", f"exact_{language}")


def test_there_are_enough_items_of_each_language():
    items = [item for half in score.HALVES for item in score.read(half)]
    counts = {
        language: sum(item.language == language for item in items)
        for language in "en de fr".split()
    }
    assert counts["en"] >= 80
    assert min(counts["de"], counts["fr"]) >= 35


def test_a_wrong_house_and_a_wrong_cover_count_as_wrong():
    one = score.Marked("sentence", "AFP", 0, 3)
    assert score.is_right(one, one)
    assert not score.is_right(one, score.Marked("words", "AFP", 0, 3))
    assert not score.is_right(one, score.Marked("sentence", "AP", 0, 3))
    assert not score.is_right(one, score.Marked("sentence", "AFP", 4, 7))
