import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.text import quotes


def quoted(text):
    return [text[start:end] for start, end in quotes.quoted_spans(text)]


class TestQuotedSpans:
    @pytest.mark.parametrize(
        "text",
        [
            'He said, "we lost the bridge," and left.',
            "He said, “we lost the bridge,” and left.",
            'He said, “we lost the bridge," and left.',
            "Er sagte: „we lost the bridge,“ und ging.",
            "Il a dit «we lost the bridge,» et partit.",
            "He said , ``we lost the bridge,'' and left .",
            "He said, ‘‘we lost the bridge,’’ and left.",
            "He said, ‘we lost the bridge,’ and left.",
            "He said, 'we lost the bridge,' and left.",
        ],
    )
    def test_marks_of_every_style(self, text):
        assert quoted(text) == ["we lost the bridge,"]

    def test_two_quotes_in_one_sentence(self):
        text = '"It fell down," she said, "and nobody was there."'
        assert quoted(text) == ["It fell down,", "and nobody was there."]

    def test_few_words_are_no_quotation(self):
        assert quoted('the "so-called" plan and its "very" limits') == []

    def test_quotation_inside_a_quotation_is_part_of_it(self):
        text = "“They call it ‘the bridge to nowhere at all’ here,” she said."
        assert quoted(text) == ["They call it ‘the bridge to nowhere at all’ here,"]

    def test_quotation_over_paragraphs(self):
        text = "“We saw it fall down.\n“Then we ran away,” she said.\nHe nodded."
        assert quoted(text) == ["We saw it fall down.", "Then we ran away,"]

    def test_what_follows_a_colon_and_lost_its_closing_mark(self):
        text = 'Vost, a mayor, said: "We lost the bridge. Nobody came.\n\nThe "lost bridge" is old.'
        assert quoted(text) == ["We lost the bridge. Nobody came."]

    def test_a_stray_mark_opens_nothing(self):
        assert quoted('The plank was 7 " thick and the bridge was lost.\n\nNobody came.') == []

    def test_paragraph_that_lost_its_closing_mark(self):
        assert quoted("“We saw it fall down.\nHe nodded.") == ["We saw it fall down."]

    def test_mark_that_is_never_closed_opens_nothing(self):
        assert quoted("He called it “a bridge and left town.\nHe nodded.") == []

    @pytest.mark.parametrize(
        "text",
        [
            "Sessions' announcement and the boys' school in the '90s wasn't new",
            "It's the workers' right, isn't it, said the drivers' union",
            'a 6\'2" man with a 30" screen and a 5" knife',
        ],
    )
    def test_apostrophes_and_inches_are_no_marks(self, text):
        assert quoted(text) == []

    @given(st.text(alphabet="ab cd.\n\"“”„«»‘’'`", max_size=60))
    def test_spans_are_in_order_inside_the_text(self, text):
        reached = 0
        for start, end in quotes.quoted_spans(text):
            assert reached <= start < end <= len(text)
            assert "\n" not in text[start:end].strip("\n")
            reached = end
