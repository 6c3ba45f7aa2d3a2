import difflib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lineage.text import align

words = st.lists(st.sampled_from(["the", "a", "port", "fire", "said", "crane", "of"]), max_size=60)


class TestMatchingBlocks:
    @given(words, words)
    def test_agrees_with_difflib(self, a, b):
        plain = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        assert align.matching_blocks(a, b) == [tuple(block) for block in plain if block.size]

    def test_frequent_words_of_a_long_text_are_kept(self):
        a = ["the", "x"] * 150
        assert sum(n for *_, n in align.matching_blocks(a, a)) == 300

    def test_nothing_matches_an_empty_text(self):
        assert align.matching_blocks([], ["a"]) == []


class TestAlign:
    def test_swapped_paragraphs_are_both_found(self):
        first = [f"a{i}" for i in range(20)]
        second = [f"b{i}" for i in range(12)]
        found = align.align(first + second, second + first)
        assert found.blocks.tolist() == [[0, 12, 20], [20, 0, 12]]
        assert found.moved.tolist() == [False, True]

    def test_moved_stock_phrase_is_not_recovered(self):
        first = [f"a{i}" for i in range(20)]
        found = align.align([*first, "in", "a", "statement"], ["in", "a", "statement", *first])
        assert found.blocks.tolist() == [[0, 3, 20]]

    @given(words, words)
    def test_no_word_is_used_twice_and_runs_are_equal(self, a, b):
        found = align.align(a, b)
        used_a = [i for start, _, n in found.blocks for i in range(start, start + n)]
        used_b = [j for _, start, n in found.blocks for j in range(start, start + n)]
        assert len(used_a) == len(set(used_a))
        assert len(used_b) == len(set(used_b))
        for i, j, n in found.blocks:
            assert a[i : i + n] == b[j : j + n]

    def test_a_run_does_not_reach_across_words_left_out(self):
        found = align.align(
            ["x", "y"], ["x", "y"], a_positions=np.array([0, 5]), b_positions=np.array([0, 1])
        )
        assert found.blocks.tolist() == [[0, 0, 1], [5, 1, 1]]

    @given(words)
    def test_a_text_covers_itself(self, a):
        assert align.align(a, a).blocks[:, 2].sum() == len(a)
