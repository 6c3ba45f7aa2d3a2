import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.io import articles
from lineage.match import document
from lineage.page import credits
from lineage.text import endless_words, hyphens

STORY = "The ferry sank on Monday, Reuters reported. Nobody was hurt, the owner said.\n\n"


class TestBlank:
    @given(st.text(max_size=60), st.integers(400, 900), st.text(max_size=60))
    def test_all_else_keeps_its_place(self, before, n, behind):
        text = f"{before} {'w' * n} {behind}"
        blanked = endless_words.blank(text)
        assert len(blanked) == len(text)
        at = len(before) + 1
        assert blanked[:at] == text[:at]
        assert blanked[at + n :] == text[at + n :]
        assert "w" * n not in blanked

    @pytest.mark.parametrize("text", [STORY * 40, "渡轮周一沉没" * 200, "Ferry " * 300, "w" * 399])
    def test_what_languages_have_stays(self, text):
        assert endless_words.blank(text) == text

    def test_of_a_gap_the_ends_stay(self):
        blanked = endless_words.blank("a" + "\n" * 1000 + "b")
        assert re.fullmatch(r"a\n·+\nb", blanked)


class TestPages:
    """Not timed: with patterns that wear down these would take minutes, and be seen."""

    @pytest.mark.parametrize(
        "endless", ["a" * 300_000, "1" * 300_000, "\n" * 300_000, "é" * 300_000]
    )
    def test_what_stands_around_is_read_as_ever(self, endless):
        text = f"{STORY}{endless}\n\n{STORY}"
        assert {each.name for each in credits.find_credits(text)} == {"Reuters"}
        table = document.sentence_table(articles.prepare([articles.Article(text, "a")]))
        told = table[table["text"].str.startswith(("The ferry", "Nobody"))]
        assert told["role"].tolist() == ["body"] * 4

    def test_divisions_are_looked_for_at_the_beginning_of_words(self):
        assert list(hyphens.find_divisions("x" * 300_000 + "\ndam-\nage")) == [(300_004, 300_006)]
