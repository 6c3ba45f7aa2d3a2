"""Lines of credits that the main text of a page lacks."""

import re

import pytest

from lineage.io.readers.html import page_credits

STORY = (
    "The ferry over the Ostrell will not run in the winter, the county said on Monday, because "
    "the two boats are as old as the pier and nobody has money for a third.\n"
    "The last one leaves on Friday at noon, with a band on board and a cake for the captain who "
    "has steered it for thirty years and will keep bees from now on."
)


def page(head="", tail=""):
    prose = "".join(f"<p>{line}</p>" for line in STORY.splitlines())
    return (
        f"<html><head><title>Ferry stops</title></head><body><main><article><h1>Ferry stops</h1>"
        f"{head}{prose}<ul><li>Read on</li><li>Boats</li></ul>{tail}</article></main></body></html>"
    )


@pytest.fixture(autouse=True)
def _needs_lxml():
    pytest.importorskip("lxml")


class TestWithCredits:
    @pytest.mark.parametrize(
        ("head", "tail", "line"),
        [
            ('<p class="byline">By Mara Sund, Associated Press</p>', "", None),
            ('<p class="byline">Associated Press</p>', "", None),
            ('<span class="auteur">Par Mara Sund avec AFP</span>', "", None),
            ("", "<div>jro/dpa/Reuters</div>", "jro/dpa/Reuters"),
            ('<p class="autore">Mara Sund / ANSA</p>', "", "Mara Sund, ANSA"),
            ("", "<p><i>With files from The Canadian Press</i></p>", None),
            ("", "<p>SOURCE Ardent Looms, Inc.</p>", None),
            ("", "<div>Quelle: dpa</div>", None),
        ],
    )
    def test_a_line_that_was_left_out_is_added(self, head, tail, line):
        made = page_credits.with_credits(STORY, page(head, tail), None)
        assert made == f"{STORY}\n{line or re.sub('<[^>]*>', '', head or tail)}"

    @pytest.mark.parametrize(
        ("head", "tail"),
        [
            ('<p class="byline">By Mara Sund</p>', ""),
            ('<p class="byline">By Mara Sund, Pier Post</p>', ""),
            ("<div>Reuters</div>", ""),
            ("<div>Foto: Mara Sund / dpa</div>", ""),
            ("", "<aside>With files from AFP</aside>"),
            ("", "<p>Boats of AFP are painted</p>"),
        ],
    )
    def test_other_lines_are_not(self, head, tail):
        assert page_credits.with_credits(STORY, page(head, tail), "Pier Post") == STORY

    def test_a_house_that_the_text_credits_is_not_credited_twice(self):
        text = f"{STORY} (AFP)"
        tail = "<p>© 2024 AFP. All rights reserved.</p><div>Quelle: AFP</div>"
        assert page_credits.with_credits(text, page(tail=tail), None) == text

    def test_a_line_that_the_text_has_is_not_added_twice(self):
        text = f"{STORY}\nWith files from The Canadian Press"
        tail = "<p>With files from The Canadian Press</p>"
        assert page_credits.with_credits(text, page(tail=tail), None) == text
