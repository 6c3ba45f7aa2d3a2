import pytest

from lineage.io.readers.html import missed_lines

from .test_io_page_parts import FIRST, LAST, SECOND, THIRD, of_page, story_is_whole

TEXT = "\n".join((FIRST, SECOND, THIRD))
SUMMARY = "Two piles are loose, and nobody knows for how long they have been."


def put_back(above, inside="", text=TEXT):
    html = (
        f"<html><head><title>West quay shut</title></head><body><div><h1>West quay shut</h1>{above}"
        f"<p>{FIRST}</p><p>{SECOND}</p>{inside}<p>{THIRD}</p></div></body></html>"
    )
    return missed_lines.put_back(html, text, "West quay shut").split("\n")


class TestSummary:
    @pytest.mark.parametrize(
        "above",
        [
            f"<p class='standfirst'>{SUMMARY}</p>",
            f"<div class='intro-text'>{SUMMARY}</div>",
            f"<h2 class='css-1x9'>{SUMMARY}</h2>",
            f"<header><p>{SUMMARY}</p><div class='byline'>By Ola Berg</div></header>",
            "<div class='by'>By Ola Berg</div><time>3 May 2021</time>"
            f"<p class='c-entry-summary'>{SUMMARY}</p>",
        ],
    )
    def test_is_put_above_the_first_words(self, above):
        assert put_back(above) == [SUMMARY, FIRST, SECOND, THIRD]

    def test_stands_below_the_headline_where_the_text_has_it(self):
        found = put_back(f"<p class='dek'>{SUMMARY}</p>", text=f"West quay shut\n{TEXT}")
        assert found[:2] == ["West quay shut", SUMMARY]

    def test_bullets_below_the_headline_are_a_summary(self):
        above = "<ul><li>Two piles are loose</li><li>Ships go to Norrow for a month</li></ul>"
        assert put_back(above)[:2] == ["- Two piles are loose", "- Ships go to Norrow for a month"]

    def test_without_a_full_stop_a_name_or_the_description_of_the_page_tells_it(self):
        short = "Two piles loose, ships go to Norrow"
        assert put_back(f"<p>{short}</p>")[0] == FIRST
        assert put_back(f"<p class='sottotitolo'>{short}</p>")[0] == short
        assert put_back(f"<p>{short}</p><meta name='description' content='{short}'>")[0] == short

    @pytest.mark.parametrize(
        "above",
        [
            "<p class='byline'>By Ola Berg, who was on the quay when it shook.</p>",
            "<p>Von Ola Berg und Per Oy, mit Material der Agenturen.</p>",
            "<p>Published 3 May 2021 at 10:15, updated 4 May 2021</p>",
            "<ul class='tools'><li>Share it with a friend</li><li>Print it for later on</li></ul>",
            "<ul><li><a href='/a'>All about the quay</a></li><li><a href='/b'>All about Norrow</a>"
            "</li></ul>",
            "<nav><ul><li>All of the harbour</li><li>All of the town</li></ul></nav>",
            "<figure><img src='q'><figcaption>Divers came up at noon.</figcaption></figure>",
            "<p>We use cookies so that your visit is a pleasant one. You can refuse them.</p>",
            "<p class='disclaimer'>If you buy a boat by this link we may earn a commission.</p>",
            "<p>Sign up for our newsletter to get all quays in your inbox.</p>",
            "<p>Why you can trust the Harbour Post</p>",
        ],
    )  # fmt: skip
    def test_what_else_stands_there_is_none(self, above):
        assert put_back(above) == [FIRST, SECOND, THIRD]

    def test_what_the_text_has_is_not_put_there_twice(self):
        assert put_back(f"<p class='lead'>{SUMMARY}</p>", text=f"{SUMMARY}\n{TEXT}") == [
            SUMMARY, FIRST, SECOND, THIRD,
        ]  # fmt: skip

    def test_of_a_page_as_it_is_read(self):
        lines = of_page(above=f"<div class='sub'><h2>{SUMMARY}</h2></div>")
        assert SUMMARY in lines
        assert story_is_whole(lines)


class TestBetween:
    def test_a_heading_between_two_paragraphs_is_put_back(self):
        found = put_back("", inside="<h3>What becomes of the market</h3>")
        assert found == [FIRST, SECOND, "What becomes of the market", THIRD]

    def test_a_heading_above_a_table_is_put_back(self):
        inside = "<h3>Depths in metres</h3><table><tr><th>Pier</th><th>Depth</th></tr></table>"
        found = put_back(
            "", inside=inside, text="\n".join((FIRST, SECOND, "| Pier | Depth |", THIRD))
        )
        assert found == [FIRST, SECOND, "Depths in metres", "| Pier | Depth |", THIRD]

    def test_a_paragraph_between_two_is_put_back(self):
        assert put_back("", inside=f"<p>{LAST}</p>") == [FIRST, SECOND, LAST, THIRD]

    def test_a_list_between_two_is_put_back_once(self):
        inside = (
            "<ul><li>Two piles are loose in the mud</li><li>Ships go north for a month</li></ul>"
        )
        found = put_back("", inside=inside)
        items = ["- Two piles are loose in the mud", "- Ships go north for a month"]
        assert found == [FIRST, SECOND, *items, THIRD]

    @pytest.mark.parametrize(
        "inside",
        [
            "<p><a href='/x'>The market of Norrow has burnt down in the night.</a></p>",
            "<aside><p>The market of Norrow has burnt down in the night.</p></aside>",
            "<p>Sign up for our newsletter to get all quays in your inbox.</p>",
            "<div class='teaser'><p>The market of Norrow has burnt down in the night.</p></div>",
        ],
    )
    def test_what_is_no_story_is_not(self, inside):
        assert put_back("", inside=inside) == [FIRST, SECOND, THIRD]

    def test_without_a_headline_nothing_is_known_of_the_page(self):
        assert missed_lines.put_back(f"<p>{FIRST}</p>", TEXT, "") == TEXT
