"""Floors for credits on sentences and heads of pages: what tests/credits/score.py prints."""

import pytest

from .credits import score

# As measured: the half that was open while the rules were made, and the one that was not.
FLOORS = {"seen": (0.99, 0.99), "kept": (0.97, 0.95)}


@pytest.mark.parametrize("half", score.HALVES)
def test_precision_and_recall_are_not_below_what_they_were(half):
    precision, recall, _ = score.f1(score.read(half))
    assert precision >= FLOORS[half][0]
    assert recall >= FLOORS[half][1]


@pytest.mark.parametrize("half", score.HALVES)
@pytest.mark.parametrize(("language", "least"), [("de", 0.9), ("fr", 0.9)])
def test_names_stand_where_they_are_said_to(half, language, least):
    items = [each for each in score.read(half) if each.language == language]
    assert score.f1(items, score.is_exact)[2] >= least


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
