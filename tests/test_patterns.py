"""No line that somebody writes on purpose wears a regular expression down."""

import re

import pytest

from lineage.io.readers import feed, formats
from lineage.io.readers.html import web_page
from lineage.page import boilerplate, line_roles
from tests import patterns


class TestCollect:
    def test_the_patterns_of_the_whole_package_are_met(self):
        names = {used.name for used in patterns.collect()}
        assert len(names) > 300
        assert "lineage.page.boilerplate._BUTTON" in names
        assert any(name.startswith("lineage.page.mention_grammar") for name in names)

    def test_a_pattern_that_doubles_is_found(self):
        used = patterns.Used("doubling", re.compile(r"(?:\w+\s?)+!"), ("match",))
        assert patterns.worst(used)

    def test_a_pattern_that_is_square_is_found(self):
        used = patterns.Used("square", re.compile(r"\s+$"), ("search",))
        assert patterns.apply(used.pattern, "search", " " * 16_000 + "x") > patterns.SLOW_S
        assert patterns.worst(used)


class TestHostileTexts:
    def test_names_of_buttons_over_and_over(self):
        line = "google + " * 20_000 + "x"
        assert not boilerplate.is_button(line)

    def test_comments_at_the_head_of_a_page_and_of_a_feed(self):
        head = "<!-- a -->" * 20_000
        assert not web_page.is_page(head + "x")
        assert not feed.is_feed((head + "x").encode())
        assert web_page.is_page(head + "<html>")
        assert feed.is_feed((head[:200] + "<rss>").encode())

    @pytest.mark.parametrize("unit", [" ", "\n", "a", "A. ", "google + ", "@a.", "-", "1", "(A "])
    def test_a_line_of_200000_characters_has_roles(self, unit):
        line = unit * (200_000 // len(unit))
        text = f"Halvane had rain on Monday.\n\n{line}x\n\nThe ferry was late again, they said.\n"
        assert len(line_roles.line_roles(text, "", "", [])) > 0

    def test_deep_brackets_in_the_head_of_markdown_are_a_value(self):
        text = "---\ntags: " + "[" * 5_000 + "]" * 5_000 + "\n---\nA text.\n"
        content = formats.Content(b"", text, "a.md", None)
        (record,) = formats.by_kind("markdown").read(content)
        assert record.values["text"].strip() == "A text."
