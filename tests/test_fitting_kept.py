import pytest

from lineage.learn.fitting import kept

from . import versions


@pytest.fixture
def case():
    return versions.growing(1)


class Counting:
    """Measures a case, and counts how often."""

    def __init__(self):
        self.times = 0

    def __call__(self, case):
        self.times += 1
        return [len(text) for text in case.articles["text"]]


class TestFeatures:
    def test_a_case_is_measured_once(self, case, tmp_path):
        measure = Counting()
        found = [kept.Features(tmp_path / "new", "links", "1").of(case, measure) for _ in range(2)]
        assert found[0] == found[1] == [len(text) for text in case.articles["text"]]
        assert measure.times == 1

    @pytest.mark.parametrize(("part", "program"), [("growth", "1"), ("links", "2")])
    def test_another_fit_and_another_program_measure_anew(self, case, tmp_path, part, program):
        measure = Counting()
        kept.Features(tmp_path, "links", "1").of(case, measure)
        kept.Features(tmp_path, part, program).of(case, measure)
        assert measure.times == 2

    def test_another_text_is_another_case(self, case, tmp_path):
        measure = Counting()
        kept.Features(tmp_path, "links", "1").of(case, measure)
        case.articles.loc[0, "text"] += " More."
        kept.Features(tmp_path, "links", "1").of(case, measure)
        assert measure.times == 2

    def test_the_same_case_read_twice_is_the_same(self, tmp_path):
        measure = Counting()
        for _ in range(2):
            kept.Features(tmp_path, "links", "1").of(versions.growing(1), measure)
        assert measure.times == 1

    def test_what_is_damaged_is_measured_anew(self, case, tmp_path):
        measure = Counting()
        where = kept.Features(tmp_path, "links", "1")
        found = where.of(case, measure)
        (path,) = tmp_path.iterdir()
        path.write_bytes(path.read_bytes()[:7])
        assert where.of(case, measure) == found
        assert measure.times == 2

    def test_nowhere_nothing_is_kept(self, case, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        kept.NOWHERE.of(case, Counting())
        assert list(tmp_path.iterdir()) == []


def test_the_program_is_another_with_other_weights_that_it_builds_on():
    assert kept.program(()) == kept.program(("no such file",))
    assert kept.program(()) != kept.program(("links.json",))
