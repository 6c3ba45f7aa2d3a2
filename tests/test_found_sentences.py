import numpy as np
import pytest

from lineage.attribution import (
    attribution_settings,
    confidence,
    found_sentences,
    measures,
    sentence_index,
)
from lineage.match import pairs

from . import invented

LONG = (
    "The barge Brackwater, which had been laid up in the creek behind the ropewalk since the "
    "herring left, was bought by a company of two brothers who meant to carry gravel, hymnals "
    "and salted butter to the islands beyond Skell."
)


def answered(source, target, among=()):
    match = pairs.match_sentences(source, target, None, None)
    parent = measures.Parent(source, pairs.compare(source, target), match)
    return found_sentences.answer(
        target, parent, sentence_index.build([source, target, *among]).bits
    )


class TestAnswer:
    def test_the_best_answer_to_a_kept_sentence_is_itself(self):
        source = invented.report()
        found = answered(source, invented.report(*invented.derived("longer")))
        assert found.measured.usable[found.best[: len(invented.REPORT)]].tolist() == list(
            range(len(invented.REPORT))
        )

    def test_a_kept_sentence_is_surer_than_an_added_one(self):
        target = invented.report(*invented.derived("longer"))
        found = answered(invented.report(), target)
        kept, added = found.p_sentence[: len(invented.REPORT)], found.p_sentence[-3:]
        assert kept.min() > 0.9
        assert added.max() < 0.5

    def test_sentences_of_another_story_were_not_drawn_from_it(self):
        found = answered(invented.report(), invented.report(*invented.STRANGER))
        assert (found.drawn < 0).all()

    def test_a_line_of_few_words_is_less_sure_than_a_sentence(self):
        lines = ("Seven.", *invented.REPORT[:3])
        found = answered(invented.report(*lines), invented.report(*lines))
        assert found.drawn[0] < found.drawn[1:].min()

    def test_without_sentences_nothing_is_said(self):
        source = invented.report("Sign up for the letter.", roles=["boilerplate"])
        found = answered(source, invented.report())
        assert not found.told.any()
        assert (found.p_sentence == 0).all()
        assert np.isnan(found.drawn).all()
        assert (found.proof == 0).all()

    def test_features_are_those_that_the_weights_are_for(self):
        found = answered(invented.report(), invented.report())
        row = found.features(np.array([0]), np.array([0]), [0.5])
        assert row.shape == (1, len(confidence.FEATURES))
        named = dict(zip(confidence.FEATURES, row[0].tolist(), strict=True))
        assert named["lexical"] == pytest.approx(1.0)
        assert named["verbatim"] == 1.0
        assert named["margin"] == 0.5


class TestProof:
    def test_a_long_sentence_word_for_word_is_proof_in_a_text_of_any_length(self):
        for more in (2, 8):
            source = invented.report(*invented.STRANGER, LONG)
            target = invented.report(*invented.REPORT[:more], LONG)
            found = answered(source, target)
            assert found.proof[-1] > 0.9
            assert found.proof[:-1].max() < 0.05

    def test_somebodys_quoted_words_are_none(self):
        quoted = f"“{LONG}” said the harbour master, who had a parrot."
        source = invented.report(*invented.STRANGER, quoted)
        target = invented.report(*invented.REPORT[:3], f"A clerk recalled: “{LONG}”")
        assert answered(source, target).proof.max() < 0.1

    def test_the_words_of_a_form_are_less(self):
        source = invented.report(*invented.STRANGER, LONG)
        target = invented.report(*invented.REPORT[:2], LONG)
        forms = [invented.report(LONG, outlet=str(k)) for k in range(40)]
        assert answered(source, target, forms).run.max() < 0.6 * answered(source, target).run.max()


class TestBrief:
    def test_says_the_same_as_the_tables_that_it_leaves_out(self):
        source, target = invented.report(), invented.report(*invented.derived("longer"))
        bits = sentence_index.build([source, target]).bits
        tables = found_sentences.by_words(source, target, pairs.compare(source, target), bits)
        found = found_sentences.brief(tables, bits)
        for name in ("near", "drawn", "proof", "p_sentence"):
            assert np.array_equal(getattr(found, name), getattr(tables, name), equal_nan=True)
        again = found_sentences.whole(found)
        assert np.array_equal(again.alone, tables.alone)
        assert found_sentences.whole(tables) is tables

    def test_the_nearest_is_the_best(self):
        found = answered(invented.report(), invented.report(*invented.derived("longer")))
        assert found.near[:, 0].tolist() == found.measured.usable[found.best].tolist()
        assert found.near.shape[1] == attribution_settings.N_NEAR

    def test_words_weigh_what_they_do_in_the_collection_at_hand(self):
        source, target = invented.report(), invented.report(*invented.derived("longer"))
        alone = answered(source, target).target_bits
        forms = [invented.report(outlet=str(k)) for k in range(40)]
        assert answered(source, target, forms).target_bits.sum() < alone.sum()
        assert answered(source, target).target_bits.tolist() == alone.tolist()
