"""No line that somebody writes on purpose wears a regular expression down."""

import re

import pytest

from lineage.io.readers import feed, formats
from lineage.io.readers.html import web_page
from lineage.page import boilerplate, line_roles
from tests import patterns

# Characters that a pattern is tried on first, and four times as many. What takes less than this
# on the second is done with a megabyte in seconds, or is cut by a limit of its own.
_N_CHARS = 4_000
_SLOW_S = 0.025
_MAX_GROWTH = 8


def _worst(used: patterns.Used) -> list[str]:
    """Texts on which a pattern is slow, and becomes slower by more than their length."""
    found = []
    for method in used.methods or ("fullmatch",):
        for start, part, end in patterns.hostile(used.pattern):

            def text(n: int, start: str = start, part: str = part, end: str = end) -> str:
                return start + part * (n // len(part) + 1) + end

            if patterns.apply(used.pattern, method, text(28)) > _SLOW_S:
                found.append(f"{used.name}.{method}: {start!r} {part!r} {end!r}, 28 characters")
                break
            short = patterns.apply(used.pattern, method, text(_N_CHARS))
            if short < _SLOW_S:
                continue
            short = min(short, patterns.apply(used.pattern, method, text(_N_CHARS)))
            long = patterns.apply(used.pattern, method, text(4 * _N_CHARS))
            if long > _MAX_GROWTH * short:
                found.append(f"{used.name}.{method}: {start!r} {part!r} {end!r}")
                break
    return found


class TestCollect:
    def test_the_patterns_of_the_whole_package_are_met(self):
        names = {used.name for used in patterns.collect()}
        assert len(names) > 300
        assert "lineage.page.boilerplate._BUTTON" in names
        assert any(name.startswith("lineage.page.mention_grammar") for name in names)

    def test_a_pattern_that_doubles_is_found(self):
        used = patterns.Used("doubling", re.compile(r"(?:\w+\s?)+!"), ("match",))
        assert _worst(used)

    def test_a_pattern_that_is_square_is_found(self):
        used = patterns.Used("square", re.compile(r"\s+$"), ("search",))
        assert patterns.apply(used.pattern, "search", " " * 16_000 + "x") > _SLOW_S
        assert _worst(used)


@pytest.mark.slow
class TestPatterns:
    @pytest.mark.parametrize("part", range(8))
    def test_time_grows_with_the_length_of_a_text_and_not_faster(self, part):
        assert [text for used in patterns.collect()[part::8] for text in _worst(used)] == []


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
