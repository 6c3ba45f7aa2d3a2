import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.text import words

from . import reference_text as reference

AWKWARD = "aBé0٣1.,'’-_ \n½²Ⅳ\u0301\u200b漢字かカーไทยก\u0e35क\u093f한국ﬁß"


class TestSplitWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("The administration's so-called plan", "the administration s so called plan"),
            ("1,000 of 3.5m, 2.", "1,000 of 3.5 m 2"),
            ("U.S.-Mexico", "u s mexico"),
            ("G20 in 2018-07", "g 20 in 2018 07"),
            ("漢字 and かな", "漢 字 and か な"),
            ("हिन्दी है", "हिन्दी है"),
            ("snake_case", "snake case"),
            ("... !", ""),
            ("", ""),
        ],
    )
    def test_splits(self, text, expected):
        assert " ".join(words.split_words(text).words) == expected

    def test_offsets_are_in_the_supplied_text(self):
        text = "\ufeffＴhe e\u0301te\u0301 ﬁrst—so\u00adon"
        found = words.split_words(text)
        slices = [text[i:j] for i, j in zip(found.starts, found.ends, strict=True)]
        assert found.words == ("the", "été", "first", "soon")
        assert slices == ["Ｔhe", "e\u0301te\u0301", "ﬁrst", "so\u00adon"]

    @given(st.one_of(st.text(), st.text(alphabet=AWKWARD, max_size=40)))
    def test_agrees_with_looking_at_each_character(self, text):
        found = words.split_words(text)
        rows = list(zip(found.words, found.starts.tolist(), found.ends.tolist(), strict=True))
        assert rows == reference.split_words(text)
