from hypothesis import given
from hypothesis import strategies as st

from lineage.report.page import marked_words


def styled(slices, style):
    return [one.text for one in slices if one.style == style]


class TestMarked:
    def test_what_only_one_has_is_struck_or_underlined(self):
        source, target = marked_words.marked(
            "Eighteen people were hurt on Tuesday.", "Eighty people were hurt.", edited=True
        )
        assert styled(source, "removed") == ["Eighteen", "on Tuesday"]
        assert styled(target, "added") == ["Eighty"]

    def test_words_that_moved_within_the_sentence_are_not(self):
        source, target = marked_words.marked(
            "On Tuesday the crane fell.", "The crane fell on Tuesday.", edited=True
        )
        assert styled(source, "removed") == styled(target, "added") == []

    def test_a_run_that_the_other_text_has_elsewhere_is_not(self):
        a = "The crane fell in a gale, the port authority said on Tuesday night."
        b = "The crane fell in a gale."
        texts = (a, f"{b} It was hurt, the port authority said.")
        source, _ = marked_words.marked(a, b, edited=True, texts=texts)
        assert styled(source, "removed") == ["on Tuesday night"]

    def test_what_another_sentence_was_made_from_is_not(self):
        a = "The crane fell and five were hurt."
        source, _ = marked_words.marked(
            a, "The crane fell.", edited=True, beside=("", "Five workers were hurt.")
        )
        assert styled(source, "removed") == ["and"]

    def test_what_both_have_is_marked_in_other_words(self):
        source, target = marked_words.marked("A gust was recorded", "A gust came", edited=False)
        assert styled(source, "both") == styled(target, "both") == ["A gust"]

    @given(st.text(alphabet="ab c.", max_size=40), st.text(alphabet="ab c.", max_size=40))
    def test_slices_are_the_whole_of_each_sentence(self, a, b):
        for edited in (True, False):
            source, target = marked_words.marked(a, b, edited=edited, texts=(a, b))
            assert "".join(one.text for one in source) == a
            assert "".join(one.text for one in target) == b
