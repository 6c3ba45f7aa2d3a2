import pytest

from lineage.facts import tokens
from lineage.text import hyphens, sentences, words


class TestFindDivisions:
    @pytest.mark.parametrize(
        ("text", "whole"),
        [
            ("the cham-\nber", "chamber"),
            ("the cham-\r\n   ber", "chamber"),
            ("the cham- \nber", "chamber"),
            ("the cham\u2010\nber", "chamber"),
            ("the cham\u00ad\nber", "chamber"),
            ("> the cham-\n> ber", "chamber"),
            ("to Nor-\nrowick", "norrowick"),
            ("der Haupt-\nbahnhof", "hauptbahnhof"),
        ],
    )
    def test_a_divided_word_is_one_word_at_its_place(self, text, whole):
        found = words.split_words(text)
        assert found.words[-1] == whole
        place = text[found.starts[-1] : found.ends[-1]]
        assert (place[0].lower(), place[-1]) == (whole[0], whole[-1])
        assert tokens.split(text).low[-1] == whole

    @pytest.mark.parametrize(
        "text",
        [
            "a well-\nknown firm",
            "the Lakeview-\nTarn line",
            "a cham-\n\nber",
            "the cham-ber",
            "pre-\nand post-war",
            "a dash -\nthen words",
            "the mayor\u2014\nwho left",
            "in 2010-\n2012",
        ],
    )
    def test_a_hyphen_of_the_word_stays(self, text):
        parts = words.split_words(text).words
        assert list(parts) == [
            part for line in text.split("\n") for part in words.split_words(line).words
        ]
        assert list(hyphens.find_divisions(text)) == []

    def test_no_sentence_ends_inside_a_divided_word(self):
        for text in (
            "One. The cham-\nber fell.",
            "the cham-\n  ber fell",
            "* a cham-\nber",
            "B. A cham-\na. b",
        ):
            for at in (span[1] for span in hyphens.find_divisions(text)):
                spans = sentences.split_sentences(text, [at])
                assert all(at != start for start, _ in spans)
