import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import articles, division, document, pipeline


def compiled(text):
    table = articles.prepare(pd.DataFrame({"text": [text]}))
    (only,) = document.build(table, pipeline._sentences(table)).values()
    return only


SENTENCE = compiled("The council closed two libraries and the mayor raised the property levy.")
N_WORDS = len(SENTENCE.sentence_words[0])


class TestDivide:
    def test_one_source_has_the_whole_sentence(self):
        assert division.divide(SENTENCE, 0, [np.ones(N_WORDS)]) == [(0, len(SENTENCE.text))]

    def test_each_source_gets_the_words_it_has(self):
        first = np.array([1.0] * 5 + [0.0] * (N_WORDS - 5))
        one, other = division.divide(SENTENCE, 0, [1 - first, first])
        assert SENTENCE.text[slice(*other)] == "The council closed two libraries"
        assert SENTENCE.text[slice(*one)] == "and the mayor raised the property levy."

    @given(
        st.integers(1, 3).flatmap(
            lambda k: st.lists(
                st.lists(st.sampled_from([0.0, 1.0]), min_size=N_WORDS, max_size=N_WORDS),
                min_size=k,
                max_size=k,
            )
        )
    )
    def test_parts_cover_every_word_once(self, hits):
        spans = division.divide(SENTENCE, 0, [np.array(each) for each in hits])
        assert len(spans) == len(hits)
        for word in SENTENCE.sentence_words[0]:
            start, end = SENTENCE.span(int(word), 1)
            assert sum(low <= start and end <= high for low, high in spans) == 1

    @pytest.mark.parametrize("k", [2, 3])
    def test_no_division_has_more_hits(self, k):
        random = np.random.default_rng(4)
        hits = [random.integers(0, 2, N_WORDS).astype(float) for _ in range(k)]
        spans = division.divide(SENTENCE, 0, hits)

        def value(parts):
            return sum(
                hits[source][i]
                for i, word in enumerate(SENTENCE.sentence_words[0])
                for source, (low, high) in enumerate(parts)
                if low <= SENTENCE.starts[word] < high
            )

        best = 0
        for cuts in np.ndindex(*[N_WORDS] * (k - 1)):
            bounds = [0, *(c for c in cuts), N_WORDS]
            if any(a >= b for a, b in itertools.pairwise(bounds)):
                continue
            for order in itertools.permutations(range(k)):
                best = max(
                    best,
                    sum(hits[s][bounds[n] : bounds[n + 1]].sum() for n, s in enumerate(order)),
                )
        assert value(spans) == best
