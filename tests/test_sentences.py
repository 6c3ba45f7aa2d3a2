import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.text import sentences, words

SEEDS = pathlib.Path(__file__).parents[2] / "shared" / "seeds" / "articles"


def split(text, borders=()):
    return [text[start:end] for start, end in sentences.split_sentences(text, borders)]


class TestHasSentenceMarks:
    @pytest.mark.parametrize("text", ["He left.", "Left?", "“Go.”", "他走了。他走", "ok...\nthen"])
    def test_marked(self, text):
        assert sentences.has_sentence_marks(text)

    @pytest.mark.parametrize(
        "text", ["", "?", "the city council  met", "3.5 percent", "a " * 200 + "."]
    )
    def test_not_marked(self, text):
        assert not sentences.has_sentence_marks(text)


class TestMarkedText:
    @pytest.mark.parametrize(
        "expected",
        [
            ["The cities have until Aug. 18 to reply.", "Three did."],
            ["It meets in U.S. cities.", "Mayors object."],
            ["It opened at 5 p.m. Tuesday.", "Nobody came."],
            ["Gov. Jerry Hill refused.", "Lt. Gov. Ann Roe agreed."],
            ["J. K. Marsh wrote it.", "It sold."],
            ['He said, "We lost."', "Then he left."],
            ['"What now?" she asked.', '"Nothing," he said.'],
            ["He left .", "`` It is over , '' he said . ''", "She stayed ."],
            ["Er kam am 3. Oktober.", "Er sprach z.B. mit ihr."],
            ["It rose.[5]", "It fell.[2][3]", "See [here](http://a.org/b?c=d.e)."],
            ["它倒了。", "他走了！", "你好吗？"],
        ],
    )
    def test_splits_inside_a_line(self, expected):
        joiner = "" if expected[0].endswith("。") else " "
        assert split(joiner.join(expected)) == expected

    @pytest.mark.parametrize(
        "expected",
        [
            ["The bridge is shut, NewsWatch 27 reports.", "Her plan is a ferry."],
            ["It fell, the station reports.", "“Nobody knew,” he said."],
            ["It comes at the end of the week.", "Police closed the road."],
            ["He died of cancer.", "Doctors had warned him."],
            ["She moved to New York.", "His brother stayed."],
            ["They met in the park (near the wall).", "Rain fell."],
            ["It shut three years ago.", "Voters noticed."],
            ["He saw it in Utah.", "Officials did not."],
            ["He works at Voss Corp.", "The firm makes rope."],
        ],
    )
    def test_an_ordinary_word_before_a_full_stop_is_no_abbreviation(self, expected):
        assert split(" ".join(expected)) == expected

    @pytest.mark.parametrize(
        "sentence",
        [
            "He lives in Boston, Mass. Avenue residents say.",
            "It runs to Penn. Station at night.",
            "They counted approx. Ten of them.",
            "It was moved to Sept. Nine of them agreed.",
            "Prof. He Wei spoke, and Capt. Her Vang did not.",
            "Messrs. He and Wu agreed.",
            "The plan of the Phila. Board of Trade failed.",
        ],
    )
    def test_a_real_abbreviation_stays_one(self, sentence):
        assert split(sentence) == [sentence]

    @pytest.mark.parametrize(
        "sentence",
        [
            "The Lakeview-St. Olaf merger is off.",
            "It left Minneapolis-St. Paul at noon.",
            "The Raleigh-Ft. Worth line is new.",
            "She came to Port St. Lucie.",
        ],
    )
    def test_two_places_joined_in_one_name_are_not_cut(self, sentence):
        assert split(sentence) == [sentence]

    def test_a_street_at_the_end_of_a_sentence_ends_it(self):
        assert split("It stood at Quay-St. Nobody saw it.") == [
            "It stood at Quay-St.",
            "Nobody saw it.",
        ]

    def test_paragraphs_run_together_are_parted(self):
        assert split("The plane landed.Police came.") == ["The plane landed.", "Police came."]

    def test_lines_are_paragraphs(self):
        lines = ["A council votes", "It met on Monday.", "• first item", "- second", "## Rules"]
        assert split("\n".join(lines)) == lines

    def test_tokenised_lines_stay_apart(self):
        lines = ["The story rumbles on  .", "She won it , he said  . ''", "( AP ) It ended  ."]
        assert split("\n".join(lines) + "\n") == lines

    def test_lines_without_words_are_left_out(self):
        assert split("One here.\n* * *\n• \nTwo here.") == ["One here.", "Two here."]

    def test_wrapped_lines_are_read_on(self):
        text = (
            "The council voted on Monday to close the old bridge over the\n"
            "river, which engineers say can no longer carry buses. It will\n"
            "be replaced by a new one within two years.\n"
            "\n"
            "Costs Rise\n"
            "Nobody knows the price."
        )
        found = split(text)
        assert [" ".join(sentence.split()) for sentence in found] == [
            "The council voted on Monday to close the old bridge over the river, which engineers "
            "say can no longer carry buses.",
            "It will be replaced by a new one within two years.",
            "Costs Rise",
            "Nobody knows the price.",
        ]

    def test_list_of_headlines_is_not_wrapped_prose(self):
        lines = [
            "Council Votes To Close The Old Bridge Over River",
            "Engineers Say That Bridge Can Not Carry Buses Now",
            "Mayor Promises New Bridge Within Two Years Of It",
            "It happened. He left.",
        ]
        assert split("\n".join(lines)) == [*lines[:3], "It happened.", "He left."]


class TestUnmarkedText:
    TEXT = (
        "the council voted on monday to close the old bridge over the river that runs past town  "
        "saying that it can no longer carry buses  the mayor promised a new one within two years "
        "and named a budget of several million for it  roe  a retired engineer  disagreed with him"
    )

    def test_split_at_gaps_into_usual_lengths(self):
        found = split(self.TEXT)
        assert [sentence.split()[0] for sentence in found][:2] == ["the", "the"]
        assert not any(sentence.startswith(("saying", "roe  a retired  eng")) for sentence in found)
        assert all(len(sentence.split()) >= 8 for sentence in found)

    def test_borders_decide(self):
        first, second = self.TEXT.index("saying"), self.TEXT.index("roe")
        found = split(self.TEXT, [first - 2, second + 1])
        assert [sentence.split()[0] for sentence in found] == ["the", "saying", "roe"]

    def test_border_that_would_cut_a_word_is_left_out(self):
        text = "an uninterruptedlylongword here"
        assert split(text, [12]) == [text]

    def test_borders_are_ignored_where_marks_are(self):
        text = "He left the city on Monday. She stayed."
        assert split(text, [12]) == ["He left the city on Monday.", "She stayed."]

    def test_long_stretch_between_borders_is_split(self):
        text = "  ".join(["the mayor promised a new bridge within two years of the vote"] * 8)
        assert len(split(text, [text.index("  ")])) > 2

    @pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there")
    def test_seed_without_punctuation(self):
        text = next(SEEDS.glob("002*")).read_text(encoding="utf-8")
        found = split(text)
        assert 10 <= len(found) <= 22
        assert max(len(sentence.split()) for sentence in found) < 70


class TestSplitSentences:
    @given(
        st.one_of(
            st.text(),
            st.text(alphabet="aB. \n!?\"'”1Ⓐ。-\u200b", max_size=60),
            st.text(alphabet="abB.-\u00ad\u2010 \n\r>|\t*", max_size=60),
            st.lists(
                st.sampled_from(
                    "the chamber fell. Harbour- cham-\nber \n \r\n > a. * Rud".split(" ")
                ),
                max_size=40,
            ).map(" ".join),
        ),
        st.lists(st.integers(0, 60), max_size=4),
    )
    def test_spans_are_in_order_and_cover_every_word(self, text, borders):
        spans = sentences.split_sentences(text, borders)
        reached = 0
        covered = set()
        for start, end in spans:
            assert reached <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            covered.update(range(start, end))
            reached = end
        found = words.split_words(text)
        for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True):
            assert covered.issuperset(range(start, end))
