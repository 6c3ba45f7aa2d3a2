"""What finds a text among many: its rare words, and fingerprints of its runs of words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lineage.match import match_settings, word_runs

SURE = match_settings.SURE_RUN
# Few words, so that runs come again, and some that are not ASCII.
WORD = st.sampled_from("the a crane fell on pier 9 1,487 hafen kräne Кран of to in".split())
TEXT = st.lists(WORD, max_size=60)
# Archives keep them: if these change, `word_runs.VERSION` is counted up.
KNOWN = [808637271]


class TestFingerprints:
    @given(TEXT, TEXT, TEXT, TEXT, st.lists(WORD, min_size=SURE, max_size=SURE + 8))
    def test_texts_that_share_a_run_share_a_fingerprint(self, before, after, head, tail, run):
        one = word_runs.fingerprints([*before, *run, *after])
        other = word_runs.fingerprints([*head, *run, *tail])
        assert len(np.intersect1d(one, other)) > 0

    @given(TEXT, TEXT, st.lists(WORD, min_size=SURE, max_size=SURE + 8))
    def test_whatever_way_the_run_is_set(self, before, after, run):
        plain = word_runs.marks(" ".join([*before, *run, *after]))
        set_anew = word_runs.marks("\u201c" + "\n ".join(run).upper() + ".\u201d")
        assert len(np.intersect1d(plain.runs, set_anew.runs)) > 0

    @given(st.lists(WORD, min_size=SURE, max_size=300))
    def test_a_third_is_kept_or_less_than_all(self, text):
        kept = word_runs.fingerprints(text)
        assert 1 <= len(kept) <= len(text) - match_settings.HASHED_RUN + 1
        assert kept.tolist() == sorted(set(kept.tolist()))

    def test_of_a_long_text_about_a_third_is_kept(self):
        text = [f"word{number}" for number in range(3_000)]
        assert 0.28 < len(word_runs.fingerprints(text)) / len(text) < 0.39

    def test_they_are_the_same_on_every_machine(self):
        text = "The harbour crane fell on a ship on Tuesday night and nobody was hurt".split()
        assert word_runs.fingerprints(text).tolist() == KNOWN

    def test_a_short_text_has_none(self):
        assert len(word_runs.fingerprints(["crane"] * (match_settings.HASHED_RUN - 1))) == 0


class TestRareWords:
    def test_names_and_long_numbers_and_no_usual_words(self):
        found = word_runs.rare_words(
            "the halvane crane was in the way for 25 days and 1,487 people".split()
        )
        assert {"1,487", "crane", "halvane"} <= set(found)
        assert not {"the", "was", "in", "25", "people"} & set(found)
