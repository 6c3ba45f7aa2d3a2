import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lineage import articles, division, document

from . import reference


def compiled(text):
    table = articles.prepare(pd.DataFrame({"text": [text]}))
    (only,) = document.build(table, document.sentence_table(table)).values()
    return only


SENTENCE = compiled("The council closed two libraries and the mayor raised the property levy.")
N_WORDS = len(SENTENCE.sentence_words[0])


@st.composite
def divisions(draw, n_words=None):
    """Bits of words under two sources or three, and of cuts, in numbers that add up exactly."""
    k = draw(st.integers(2, 3))
    n = draw(st.integers(k, 7) if n_words is None else n_words)
    bits = st.lists(st.integers(0, 4), min_size=n, max_size=n)
    hits = draw(st.lists(bits, min_size=k, max_size=k))
    return np.array(hits, dtype=float), np.array(draw(bits), dtype=float)


class TestDivide:
    def test_one_source_has_the_whole_sentence(self):
        assert division.divide(SENTENCE, 0, [np.ones(N_WORDS)]) == [(0, len(SENTENCE.text))]

    def test_each_source_gets_the_words_it_has(self):
        first = np.array([1.0] * 5 + [0.0] * (N_WORDS - 5))
        one, other = division.divide(SENTENCE, 0, [1 - first, first])
        assert SENTENCE.text[slice(*other)] == "The council closed two libraries"
        assert SENTENCE.text[slice(*one)] == "and the mayor raised the property levy."

    def test_what_joins_two_clauses_begins_the_second(self):
        first = np.array([1.0] * 6 + [0.0] * (N_WORDS - 6))
        one, other = division.divide(SENTENCE, 0, [first, 1 - first])
        assert SENTENCE.words[5] == "and"
        assert SENTENCE.text[slice(*one)] == "The council closed two libraries"
        assert SENTENCE.text[slice(*other)] == "and the mayor raised the property levy."

    @given(divisions(n_words=st.just(N_WORDS)))
    def test_parts_cover_every_word_once(self, drawn):
        hits, _ = drawn
        spans = division.divide(SENTENCE, 0, list(hits))
        assert len(spans) == len(hits)
        for word in SENTENCE.sentence_words[0]:
            start, end = SENTENCE.span(int(word), 1)
            assert sum(low <= start and end <= high for low, high in spans) == 1


class TestBest:
    @given(divisions())
    def test_agrees_with_trying_every_division(self, drawn):
        hits, borders = drawn
        order, cuts = division.best(hits, borders)
        slow = reference.division(hits.tolist(), borders.tolist())
        assert reference.division_worth(hits.tolist(), borders.tolist(), order, cuts) == slow
        assert sorted(order) == list(range(len(hits)))


class TestClauseBits:
    def test_are_given_before_joining_words_and_behind_marks(self):
        text = "The mayor, who voted no, spoke; the levy rose while others slept."
        found = division.clause_bits(compiled(text), 0)
        words = compiled(text).words
        assert [words[k] for k in np.flatnonzero(found)] == ["who", "spoke", "the", "while"]
