import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import errors
from lineage.attribution import segmentation
from lineage.io import articles
from lineage.match import document

from . import reference


def compiled(text):
    table = articles.prepare(pd.DataFrame({"text": [text]}))
    (only,) = document.build(table, document.sentence_table(table)).values()
    return only


def divided(sentence, *sources):
    """The words that each source gets of a sentence."""
    target = compiled(sentence)
    parts = segmentation.divide(target, 0, [(compiled(source), 0) for source in sources])
    return [[target.text[start:end] for start, end in each] for each in parts]


@st.composite
def divisions(draw):
    """Bits of words under two sources or three, and of cuts, in numbers that add up exactly."""
    k = draw(st.integers(2, 3))
    n = draw(st.integers(k, 7))
    bits = st.lists(st.integers(0, 4), min_size=n, max_size=n)
    hits = draw(st.lists(bits, min_size=k, max_size=k))
    cuts = draw(st.lists(st.integers(-6, 3), min_size=n, max_size=n))
    return tuple(np.array(each, dtype=float) for each in (hits, cuts))


WORDS = "the council closed two libraries and raised levy for homes when mayor spoke".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=4, max_size=14).map(" ".join)


class TestDivide:
    def test_one_source_has_the_whole_sentence(self):
        said = "The council closed two libraries."
        assert divided(said, "Nothing of the kind was ever said.") == [[said]]

    def test_each_source_gets_the_words_it_has(self):
        one, other = divided(
            "The council closed two libraries and the mayor raised the property levy.",
            "The mayor of the town raised the property levy on Monday.",
            "On Monday the council closed two libraries.",
        )
        assert one == ["and the mayor raised the property levy."]
        assert other == ["The council closed two libraries"]

    def test_a_source_that_is_set_into_another_leaves_it_two_parts(self):
        one, other = divided(
            "The bridge over the Tarn, which had carried trams since 1902, will be torn down.",
            "The bridge over the Tarn will be torn down in the spring.",
            "It had carried trams since 1902 and buses since 1950.",
        )
        assert one == ["The bridge over the Tarn", "will be torn down."]
        assert other == ["which had carried trams since 1902"]

    def test_a_phrase_is_not_cut_behind_its_preposition(self):
        one, other = divided(
            "All 31 sheep were brought ashore by half past nine.",
            "All 31 sheep were brought ashore by a farmer and two of his sons.",
            "The boat left again at half past nine.",
        )
        assert one == ["All 31 sheep were brought ashore"]
        assert other == ["by half past nine."]

    def test_a_verb_of_saying_belongs_to_what_it_introduces(self):
        one, other = divided(
            "The headmaster, Ulf Brandis, warned that pupils would freeze.",
            "The headmaster of the school is Ulf Brandis.",
            "“Pupils will freeze,” he told us.",
        )
        assert one == ["The headmaster, Ulf Brandis"]
        assert other == ["warned that pupils would freeze."]

    @given(TEXTS, st.lists(TEXTS, min_size=2, max_size=3))
    def test_parts_cover_every_word_once_and_every_source_has_one(self, sentence, sources):
        target = compiled(sentence)
        parts = segmentation.divide(target, 0, [(compiled(source), 0) for source in sources])
        assert len(parts) == len(sources)
        assert all(parts)
        for word in target.sentence_words[0]:
            start, end = target.span(int(word), 1)
            spans = itertools.chain.from_iterable(parts)
            assert sum(low <= start and end <= high for low, high in spans) == 1


class TestBest:
    @given(divisions())
    def test_agrees_with_trying_every_division(self, drawn):
        hits, cuts = drawn
        found = segmentation.best(hits, cuts)
        assert set(found) == set(range(len(hits)))
        most = reference.division(hits.tolist(), cuts.tolist())
        assert reference.division_worth(hits.tolist(), cuts.tolist(), found) == most

    def test_of_divisions_equally_good_the_cut_is_early(self):
        hits = np.array([[1.0, 0, 0, 0, 0], [0, 0, 0, 0, 1.0]])
        assert segmentation.best(hits, np.zeros(5)) == [0, 1, 1, 1, 1]


class TestChain:
    def chained(self, text):
        """Words in their order, each with what a cut before it is worth."""
        by = segmentation.Weights(cut=8.0, mark=4.0, binding=1.0, fitted_on={})
        target = compiled(text)
        order, cuts = segmentation.chain(target, 0, by)
        assert sorted(order) == list(range(len(target.sentence_words[0])))
        return [(target.words[k], worth) for k, worth in zip(order, cuts.tolist(), strict=True)]

    def test_a_cut_is_cheap_where_a_clause_may_end_and_dear_inside_a_phrase(self):
        assert self.chained("Taxes will rise, mayors said while others slept.") == [
            ("taxes", -8), ("will", -8), ("rise", -9), ("mayors", -4), ("said", -8),
            ("while", -8), ("others", -9), ("slept", -8),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        [
            "Mayors, who voted no, spoke.",
            "Mayors (they voted no) spoke.",
            "Mayors – they voted no – spoke.",
            "Mayors - they voted no - spoke.",
        ],
    )
    def test_a_clause_runs_on_behind_what_is_set_into_it(self, text):
        found = self.chained(text)
        assert [word for word, _ in found[:2]] == ["mayors", "spoke"]
        assert [word for word, _ in found[3:]] == ["voted", "no"]
        assert [worth for _, worth in found[1:3]] == [-4, -3.5]

    @pytest.mark.parametrize("text", ["Mayors, aldermen, clerks spoke.", "Mayors (they all spoke."])
    def test_a_list_and_a_mark_that_is_never_closed_set_nothing_in(self, text):
        found = [word for word, _ in self.chained(text)]
        assert found == list(compiled(text).words)

    def test_who_said_quoted_words_is_not_cut_from_them(self):
        found = dict(self.chained("“Taxes rise,” mayors said, clerks wept."))
        assert found["mayors"] == -8
        assert found["clerks"] == -4


class TestFromDict:
    def test_reads_what_to_dict_writes(self):
        shipped = segmentation.load()
        assert segmentation.from_dict(segmentation.to_dict(shipped), "here") == shipped

    def test_another_version_or_a_missing_number_is_a_config_error(self):
        values = segmentation.to_dict(segmentation.load())
        with pytest.raises(errors.ConfigError, match="version 0"):
            segmentation.from_dict(values | {"version": 0}, "here")
        del values["cut"]
        with pytest.raises(errors.ConfigError, match="here: cut missing or unknown"):
            segmentation.from_dict(values, "here")
