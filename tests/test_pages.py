"""The invented pages in `tests/pages`, and how well they are read."""

import pytest

from tests import floors, pages_score

HTML = """<!DOCTYPE html><html><head><title>Mill burns</title></head><body><article>
<p>The mill in Wick burned down on Monday night. Nobody was hurt in the fire.</p>
<p>The owner says that he will build it up again, with a roof of slate and not of straw.</p>
</article></body></html>"""


class TestPages:
    def test_each_line_of_a_page_has_a_role(self):
        bare = [page.name for page in pages_score.pages() if any(not x.role for x in page.lines)]
        assert bare == []

    def test_each_page_has_a_story_with_a_headline_and_boilerplate(self):
        for page in pages_score.pages():
            roles = [line.role for line in page.lines]
            assert roles.count("headline") == 1, page.name
            assert roles.count("body") >= 5, page.name
            assert "boilerplate" in roles, page.name

    def test_names_and_dates_of_the_truth_stand_on_the_page(self):
        for page in pages_score.pages():
            shown = pages_score._plain(page.html)
            for name in page.authors:
                assert pages_score._plain(name) in shown, (page.name, name)
            for names in page.credits:
                assert any(pages_score._source(name) in shown for name in names), (page.name, names)

    def test_marks_are_taken_out_before_a_page_is_read(self):
        for page in pages_score.pages():
            assert "truth" not in page.html[:40], page.name
            assert "<!--body-->" not in page.html, page.name

    @pytest.mark.parametrize("half", pages_score.HALVES)
    def test_each_half_has_pages_of_many_kinds(self, half):
        assert len(pages_score.pages(half)) >= 20

    def test_names_are_unique(self):
        names = [page.name for page in pages_score.pages()]
        assert len(names) == len(set(names))


class TestScore:
    def test_a_text_read_without_error_is_right_in_every_line(self):
        lines = (pages_score.Line("body", "The mill in Wick burned down on Monday night."),)
        page = pages_score.Page("mill", "seen", HTML, lines, ("",), (), (), ())
        made = pages_score.score(page)
        assert made.wrong == []
        assert pages_score.figures([made]).roles == 1.0

    def test_a_hidden_line_that_was_read_is_wrong(self):
        lines = (pages_score.Line("hidden", "The mill in Wick burned down on Monday night."),)
        page = pages_score.Page("mill", "seen", HTML, lines, ("",), (), (), ())
        assert [fault[:6] for fault in pages_score.score(page).wrong] == ["hidden"]

    def test_missing_dates_authors_and_credits_are_wrong(self):
        page = pages_score.Page(
            "mill", "seen", HTML, (pages_score.Line("body", "in Wick"),), ("2021-03-12",), ("A B",),
            (("Reuters",),), (),
        )  # fmt: skip
        made = pages_score.score(page)
        assert not made.date
        assert not made.authors
        assert pages_score.figures([made]).credit_recall == 0.0

    @pytest.mark.parametrize(
        ("wanted", "found", "precision", "right"),
        [
            ("2021-03-12", "2021-03-12T00:00Z", "day", True),
            ("2021-03-12", "2021-03-13T00:00Z", "day", False),
            ("2021-03-12", "2021-03-12T09:00Z", "minute", False),
            ("2021-03-12T10:00+01:00", "2021-03-12T09:00Z", "minute", True),
            ("2021-03-12T10:00+01:00", "2021-03-12T00:00Z", "day", False),
            ("2021-03-12T10:00", "2021-03-12T10:00Z", "minute", True),
            ("2021-03-12T10:00", "2021-03-12T00:00Z", "day", True),
            ("2021-03-12T10:00", "2021-03-11T00:00Z", "day", False),
            ("", None, None, True),
            ("", "2021-03-12T00:00Z", "day", False),
            ("2021-03-12", None, None, False),
        ],
    )
    def test_dates_are_compared_at_the_precision_of_the_page(self, wanted, found, precision, right):
        assert pages_score._is_date((wanted,), found, precision) is right


@pytest.mark.slow
@pytest.mark.parametrize("half", ["seen", pytest.param("kept", marks=pytest.mark.slow)])
class TestFigures:
    def test_roles(self, half):
        floors.check(f"pages {half}", "roles")

    def test_dates(self, half):
        floors.check(f"pages {half}", "dates")

    def test_authors(self, half):
        floors.check(f"pages {half}", "authors")

    def test_credits(self, half):
        floors.check(f"pages {half}", "credits")
