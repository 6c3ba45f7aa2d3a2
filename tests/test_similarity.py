import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.match import match_settings, similarity
from lineage.text import rarity

from . import reference

stems = st.frozensets(st.sampled_from(["crane", "port", "the", "fell", "halvan"]), max_size=4)
sides = st.lists(stems, max_size=4)


class TestStemWeights:
    def test_a_rare_word_weighs_more_than_a_common_one(self):
        weights = similarity.stem_weights([[frozenset({"the", "gantri", "port"})]])
        assert weights["gantri"] > weights["port"] > weights["the"]

    def test_no_word_weighs_nothing(self):
        weights = similarity.stem_weights([[frozenset({"the"})] * 50])
        assert weights == {"the": match_settings.LEAST_BITS}

    def test_a_word_of_many_sentences_weighs_less_by_the_side_where_it_is_commonest(self):
        once = similarity.stem_weights([[frozenset({"vost"})]])["vost"]
        often = [frozenset({"vost"})] * 4
        assert similarity.stem_weights([often])["vost"] == once - 2
        assert similarity.stem_weights([often, often])["vost"] == once - 2

    def test_no_word_is_rarer_than_a_name(self):
        weights = similarity.stem_weights([[frozenset({"zzyzxq"})]])
        assert rarity.word_bits("zzyzxq") > match_settings.SIMILARITY_RARE_BITS
        assert (
            weights["zzyzxq"]
            == match_settings.SIMILARITY_RARE_BITS - match_settings.SIMILARITY_COMMON_BITS
        )


class TestJoinedWeights:
    @given(sides, sides)
    def test_are_those_of_both_texts_counted_together(self, target, source):
        each = similarity.stem_weights([target]), similarity.stem_weights([source])
        both = similarity.stem_weights([target, source])
        assert similarity.joined_weights(*each) == both
        assert similarity.joined_weights(*reversed(each)) == both


class TestOverlap:
    @given(sides, sides)
    def test_agrees_with_adding_up_each_pair(self, target, source):
        weights = similarity.stem_weights([target, source])
        expected = [[sum(weights[each] for each in t & s) for s in source] for t in target]
        found = similarity.overlap(similarity.bags(target), similarity.bags(source), weights)
        assert found.shape == (len(target), len(source))
        assert found == pytest.approx(np.array(expected).reshape(len(target), len(source)))


class TestTotals:
    def test_adds_up_each_sentence_and_never_gives_less_than_a_bit(self):
        weights = {"crane": 5.0, "port": 3.0}
        sentences = [frozenset({"crane", "port"}), frozenset(), frozenset({"port"})]
        assert similarity.totals(similarity.bags(sentences), weights).tolist() == [8.0, 1.0, 3.0]


class TestMonotonePath:
    def test_the_same_text_matches_itself(self):
        assert similarity.monotone_path(np.eye(5)).tolist() == [0, 1, 2, 3, 4]

    def test_a_sentence_that_nothing_matches_has_none(self):
        score = np.array([[1.0, 0.0], [0.1, 0.2], [0.0, 1.0]])
        assert similarity.monotone_path(score).tolist() == [0, -1, 1]

    def test_several_sentences_may_take_one(self):
        score = np.array([[1.0, 0.0], [0.9, 0.0], [0.0, 1.0]])
        assert similarity.monotone_path(score).tolist() == [0, 0, 1]

    def test_order_decides_between_matches_that_are_as_good(self):
        score = np.array([[1.0, 0.0, 0.0], [0.0, 0.8, 0.0], [0.9, 0.0, 0.9]])
        assert similarity.monotone_path(score).tolist() == [0, 1, 2]

    def test_a_swapped_paragraph_is_found_all_the_same(self):
        score = np.eye(6)[[3, 4, 5, 0, 1, 2]] * 1.2
        assert similarity.monotone_path(score).tolist() == [3, 4, 5, 0, 1, 2]

    @pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
    def test_nothing_matches_nothing(self, shape):
        assert similarity.monotone_path(np.zeros(shape)).tolist() == [-1] * shape[0]

    @given(st.integers(1, 4), st.integers(1, 3), st.data())
    def test_no_other_path_scores_more(self, n_target, n_source, data):
        cells = st.integers(0, 30).map(lambda k: k / 20)
        score = np.array(
            data.draw(st.lists(cells, min_size=n_target * n_source, max_size=n_target * n_source))
        ).reshape(n_target, n_source)
        found = similarity.monotone_path(score)
        every = itertools.product(range(-1, n_source), repeat=n_target)
        best = max(reference.path_score(score, path, match_settings) for path in every)
        assert reference.path_score(score, found, match_settings) == pytest.approx(best)
