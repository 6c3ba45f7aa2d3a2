"""The floors are of the cases that are here, and one that is missed is told."""

import pytest

from . import floors


@pytest.mark.parametrize("cases", floors.names())
class TestCases:
    def test_are_those_that_the_floors_were_set_for(self, cases):
        if not floors.files(cases):
            pytest.skip("the cases are not beside the project")
        assert floors.sha256(cases) == floors._tables()[cases]["sha256"]

    def test_have_a_scorer_and_floors(self, cases):
        assert cases.partition(" ")[0] in floors.SCORERS
        assert list(floors.floors(cases))


class TestCheck:
    def test_a_figure_below_its_floor_is_told_with_both(self):
        low = {"precision": 0.5, "recall": 1.0, "paragraphs": 25}
        with pytest.raises(AssertionError, match=r"borders de, precision: 0\.5000, at least 0\.97"):
            floors.check("borders de", measured_as=low)

    def test_a_figure_above_what_it_may_be_at_most_is_told(self):
        with pytest.raises(AssertionError, match=r"false: 0\.5000, at most 0\.06"):
            floors.check("changed_facts kept", "false", measured_as={"false": 0.5})

    def test_only_the_figures_asked_for_are_compared(self):
        floors.check("borders de", "recall", measured_as={"precision": 0.5, "recall": 1.0})

    def test_a_figure_that_has_no_floor_is_refused(self):
        with pytest.raises(AssertionError, match="lacks one of"):
            floors.check("borders de", "beauty", measured_as={"beauty": 1.0})

    def test_other_cases_are_no_cases_of_the_floor(self, monkeypatch):
        monkeypatch.setattr(floors, "files", lambda _: [floors.FLOORS])
        with pytest.raises(AssertionError, match="the cases of 'borders de' changed"):
            floors.check("borders de", measured_as={"precision": 1.0, "recall": 1.0})


class TestMain:
    def test_prints_figures_and_floors_and_fails_where_one_is_missed(self, monkeypatch, capsys):
        monkeypatch.setattr(floors, "names", lambda: ["borders de"])
        assert floors.main([]) == 0
        said = capsys.readouterr().out
        assert "borders de, paragraphs: 25.0000, at least 25\n" in said
        monkeypatch.setattr(
            floors, "measured", lambda _: dict.fromkeys(("paragraphs", "precision", "recall"), 0.0)
        )
        assert floors.main([]) == 1
        assert capsys.readouterr().out.count("MISSED") == 3
