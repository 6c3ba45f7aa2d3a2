import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.report import differences
from lineage.text import words

# Texts of few words, so that they share some; brackets and signs of the marks stay out.
tokens = st.sampled_from(
    ["ship", "Ship", "wall", "18", "1,000", "harbour's", "so-called", "é", "ß", "漢字", "نص", "."]
)
gaps = st.sampled_from([" ", "  ", "\n", "\n\n", ", ", ". "])
texts = st.lists(st.tuples(tokens, gaps), max_size=14).map(
    lambda parts: "".join(token + gap for token, gap in parts)
)


def split(text):
    return list(words.split_words(text).words)


def plain(a, b, width=60):
    segments = differences.word_differences(a, b)
    return differences.render_terminal(segments, a, b, colour=False, width=width)


def columns(line):
    line = re.sub("\x1b\\[[0-9;]*m", "", line)
    wide = sum(unicodedata.east_asian_width(letter) in ("W", "F") for letter in line)
    return len(line) + wide


class TestWordDifferences:
    def test_kinds_and_offsets(self):
        a = "The ferry hit the wall on Tuesday."
        b = "A ferry hit the wall, twice."
        shown = [
            (s.kind, a[s.a_start : s.a_end], b[s.b_start : s.b_end])
            for s in differences.word_differences(a, b)
        ]
        assert shown == [
            ("changed", "The", "A"),
            ("same", "ferry hit the wall", "ferry hit the wall"),
            ("changed", "on Tuesday", "twice"),
        ]

    def test_words_of_one_text_alone_stand_where_the_other_lacks_them(self):
        (same, lacking, after) = differences.word_differences("one two four", "one two three four")
        assert (same.kind, lacking.kind, after.kind) == ("same", "only_b", "same")
        assert lacking.a_start == lacking.a_end == len("one two")
        (_, lacking, _) = differences.word_differences("one two three four", "one two four")
        assert lacking.kind == "only_a"
        assert lacking.b_start == lacking.b_end == len("one two")

    def test_case_quotation_marks_and_punctuation_make_no_difference(self):
        segments = differences.word_differences("“It’s HERE,” she said", '"it\'s here" she said.')
        assert [segment.kind for segment in segments] == ["same"]

    def test_empty_texts(self):
        assert differences.word_differences("", "") == []
        (segment,) = differences.word_differences("", "new words")
        assert (segment.kind, segment.b_start, segment.b_end) == ("only_b", 0, 9)
        assert differences.word_differences("...", "?") == []

    @given(texts, texts)
    def test_every_word_is_in_one_segment_and_same_words_are_the_same(self, a, b):
        segments = differences.word_differences(a, b)
        in_a = [word for s in segments for word in split(a[s.a_start : s.a_end])]
        in_b = [word for s in segments for word in split(b[s.b_start : s.b_end])]
        assert in_a == split(a)
        assert in_b == split(b)
        for segment in segments:
            assert segment.kind in differences.KINDS
            left = split(a[segment.a_start : segment.a_end])
            right = split(b[segment.b_start : segment.b_end])
            if segment.kind == "same":
                assert left == right != []
            else:
                assert bool(left) == (segment.kind in ("only_a", "changed"))
                assert bool(right) == (segment.kind in ("only_b", "changed"))


class TestRenderTerminal:
    def test_marks_like_wdiff_without_colour(self):
        assert plain("The old wall fell.", "The new wall fell down.") == (
            "The [-old-] {+new+} wall fell {+down+}."
        )

    def test_a_full_stop_closes_up_to_words_put_in(self):
        assert plain("one two three. End", "one two. End") == "one two [-three-]. End"
        assert plain("zero one", "one") == "[-zero-] one"

    def test_colour_is_not_all_that_tells_them_apart(self):
        a, b = "The old wall", "The new wall"
        segments = differences.word_differences(a, b)
        shown = differences.render_terminal(segments, a, b, colour=True, width=80)
        assert shown == "The \x1b[9;31mold\x1b[0m \x1b[4;32mnew\x1b[0m wall"

    def test_every_line_opens_and_closes_its_own_colour(self):
        b = "word " * 40
        segments = differences.word_differences("", b)
        lines = differences.render_terminal(segments, "", b, colour=True, width=30).split("\n")
        assert len(lines) > 5
        for line in lines:
            assert line.startswith("\x1b[4;32m")
            assert line.endswith("\x1b[0m")

    @pytest.mark.parametrize("colour", [True, False])
    def test_a_text_cannot_steer_the_terminal(self, colour):
        a = "fine\x1b]0;title\x07 words \u202eback"
        b = "fine\x1b[2J\x9b31m words"
        segments = differences.word_differences(a, b)
        shown = differences.render_terminal(segments, a, b, colour=colour, width=80)
        left = re.sub("\x1b\\[(?:0|9;31|4;32)m", "", shown)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", left)

    @given(texts, texts)
    def test_reads_as_either_text_when_the_other_words_are_dropped(self, a, b):
        shown = plain(a, b)
        as_b = re.sub(r"\[-.*?-\]", " ", shown, flags=re.DOTALL)
        as_a = re.sub(r"\{\+.*?\+\}", " ", shown, flags=re.DOTALL)
        assert split(as_b) == split(b)
        assert split(as_a) == split(a)

    @given(texts, texts, st.integers(0, 50), st.booleans())
    def test_no_line_is_wider_than_the_terminal(self, a, b, width, colour):
        segments = differences.word_differences(a, b)
        shown = differences.render_terminal(segments, a, b, colour=colour, width=width)
        limit = max(width, differences.MIN_WIDTH)
        assert all(columns(line) <= limit for line in shown.split("\n"))

    def test_paragraphs_stay_and_blank_lines_do_not_pile_up(self):
        assert plain("", "one\n\n\n\ntwo\nthree") == "{+one\n\ntwo\nthree+}"
