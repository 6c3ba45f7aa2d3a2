import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.text import rarity, words

letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


class TestWordBits:
    def test_rarer_words_tell_more(self):
        bits = [rarity.word_bits(word) for word in ("the", "harbour", "estuary", "brackwater")]
        assert bits == sorted(bits)
        assert bits[0] < 6 < bits[1]

    def test_a_word_that_nobody_uses_has_the_most(self):
        assert rarity.word_bits("tessalyfreight") == rarity.UNLISTED_BITS

    @pytest.mark.parametrize(
        ("number", "bits"),
        [
            ("7", rarity.ONE_DIGIT_BITS),
            ("1994", rarity.NUMBER_BITS),
            ("1,000", rarity.NUMBER_BITS),
            ("3.5", rarity.NUMBER_BITS),
        ],
    )
    def test_a_longer_number_tells_more_than_a_digit(self, number, bits):
        assert rarity.word_bits(number) == bits

    @given(letters)
    def test_no_word_tells_less_than_the_commonest_or_more_than_an_unknown_one(self, word):
        assert rarity.word_bits("the") <= rarity.word_bits(word) <= rarity.UNLISTED_BITS


class TestStem:
    @pytest.mark.parametrize(
        "forms",
        [
            ("programme", "programmes"),
            ("close", "closed", "closing", "closes"),
            ("leak", "leaks", "leaked", "leaking"),
            ("grower", "growers"),
        ],
    )
    def test_forms_of_one_word_meet(self, forms):
        assert len({rarity.stem(form) for form in forms}) == 1

    @pytest.mark.parametrize("pair", [("barge", "badge"), ("valve", "value"), ("quay", "quiet")])
    def test_other_words_do_not(self, pair):
        assert rarity.stem(pair[0]) != rarity.stem(pair[1])

    @given(letters)
    def test_a_stem_begins_as_its_word_does(self, word):
        assert rarity.stem(word)[:1] == word[:1]


class TestBits:
    def test_one_number_for_each_word(self):
        split = words.split_words("The barge Brackwater leaked 400 tonnes.").words
        found = rarity.bits(split)
        assert found.dtype == np.float64
        assert found.tolist() == [rarity.word_bits(word) for word in split]

    def test_of_no_words_is_empty(self):
        assert rarity.bits([]).shape == (0,)
