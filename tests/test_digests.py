import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.attribution import attribution_settings, digests

from . import examples, invented

CITING = (
    "The ferry Osprey will stop calling at Tarrant Quay in November, Reuters reports.",
    "Her owners told the BBC that eleven passengers a day do not pay for the coal she burns.",
    "Pupils must row to lessons, notes the Guardian.",
    "A petition lies on the counter of the chandlery.",
)
PLAIN = (
    "The ferry Osprey will stop calling at Tarrant Quay in November.",
    "Her owners say that eleven passengers a day do not pay for the coal she burns.",
    "Pupils must row to lessons or lodge with aunts in Pellow.",
    "A petition lies on the counter of the chandlery.",
)


def odds(*told):
    return np.array(told, dtype=float)


def measured(documents, drawn, log_bayes=None):
    keys, rows = digests.measure(documents, drawn, log_bayes or {})
    return {
        key: dict(zip(digests.FEATURES, row, strict=True))
        for key, row in zip(keys, rows.tolist(), strict=True)
    }


class TestCited:
    def test_counts_each_outlet_once_and_the_sentences_that_name_one(self):
        found = digests.cited(invented.report(*CITING))
        assert found == digests.Cited(3, 0.75)

    def test_nobody_is_named_by_who_names_nobody(self):
        assert digests.cited(invented.report(*PLAIN)) == digests.Cited(0, 0.0)

    @pytest.mark.parametrize(
        "line",
        [
            "The ferry stops calling at Tarrant Quay in November, per Quillwire.",
            "The ferry stops calling at Tarrant Quay in November, Quillwire reports.",
            "As Quillwire notes, the ferry stops calling at Tarrant Quay in November.",
        ],
    )
    def test_who_reports_or_notes_something_need_be_on_no_list(self, line):
        assert digests.cited(invented.report(line, *PLAIN[1:])) == digests.Cited(1, 0.25)

    @pytest.mark.parametrize(
        "line",
        [
            "The Harbour Authority reports that the ferry stops calling in November.",
            "Captain Voss reports to the harbour master in November.",
        ],
    )
    def test_an_authority_or_who_reports_for_duty_is_no_outlet(self, line):
        assert digests.cited(invented.report(line, *PLAIN[1:])).n_names == 0

    def test_a_name_cut_short_is_the_same_name(self):
        lines = (
            "The ferry stops calling at Tarrant Quay, the New York Times reports.",
            "Pupils must row to lessons, per the Times.",
        )
        assert digests.cited(invented.report(*lines, *PLAIN[2:])) == digests.Cited(1, 0.5)

    def test_the_own_house_is_left_out(self):
        assert digests.cited(invented.report(*CITING, outlet="Reuters")).n_names == 2
        assert digests.cited(invented.report(*CITING, outlet="The Guardian")).n_names == 2

    def test_a_credit_of_the_page_is_no_source_of_a_sentence(self):
        dated = f"TARRANT QUAY, May 3 (Reuters) - {PLAIN[0]}"
        assert digests.cited(invented.report(dated, *PLAIN[1:])).n_names == 0


class TestMeasure:
    DOCUMENTS = tuple(invented.report(*lines) for lines in (CITING, PLAIN, PLAIN[:2]))

    @given(
        st.lists(st.lists(st.floats(-6, 6), min_size=3, max_size=3), min_size=2, max_size=2),
        st.floats(0, 3),
    )
    @examples.at_most(40)
    def test_more_of_the_source_never_explains_less(self, told, more):
        drawn = {(k + 1, 0): odds(*each) for k, each in enumerate(told)}
        before = measured(self.DOCUMENTS, drawn)[1, 0]
        drawn[1, 0] = drawn[1, 0] + more
        assert measured(self.DOCUMENTS, drawn)[1, 0]["explained"] >= before["explained"] - 1e-9

    def test_two_that_have_different_sentences_have_more_together(self):
        apart = {(1, 0): odds(5, 5, -5, -5), (2, 0): odds(-5, -5, 5, 5)}
        alike = {(1, 0): odds(5, 5, -5, -5), (2, 0): odds(5, 5, -5, -5)}
        assert measured(self.DOCUMENTS, apart)[1, 0]["together"] == pytest.approx(0.5, abs=0.02)
        assert measured(self.DOCUMENTS, alike)[1, 0]["together"] == pytest.approx(0.0)

    def test_who_names_outlets_is_told_apart_from_its_source(self):
        there = measured(self.DOCUMENTS, {(1, 0): odds(1, 1, 1, 1), (0, 1): odds(1, 1, 1, 1)})
        assert there[1, 0]["cited"] > there[0, 1]["cited"]
        assert there[1, 0]["n_cited"] == there[0, 1]["n_cited_of_source"] == 3

    def test_naming_others_again_and_again_is_worth_no_more(self):
        often = invented.report(*CITING[:3], *CITING[:3], *CITING[:3])
        there = measured((often, *self.DOCUMENTS[1:]), {(1, 0): odds(1, 1, 1, 1)})[1, 0]
        assert there["cited"] == measured(self.DOCUMENTS, {(1, 0): odds(1, 1, 1, 1)})[1, 0]["cited"]

    def test_a_source_that_grows_by_what_nobody_took_is_not_the_less_likely(self):
        drawn = {(1, 0): odds(1, 1, 1, 1)}
        grown = (self.DOCUMENTS[0], invented.report(*PLAIN, *invented.STRANGER))
        before, after = (measured(texts, drawn)[1, 0] for texts in (self.DOCUMENTS[:2], grown))
        assert after["length"] < before["length"]
        assert after["explained"] == before["explained"]

    def test_links_are_read_by_the_smaller_place_within_bounds(self):
        drawn = {(1, 0): odds(1, 1), (0, 1): odds(1, 1), (2, 0): odds(1, 1)}
        there = measured(self.DOCUMENTS, drawn, {(0, 1): 50.0})
        assert there[1, 0]["linked"] == there[0, 1]["linked"] == attribution_settings.MOST_LINK_NATS
        assert there[2, 0]["linked"] == attribution_settings.LEAST_LINK_NATS

    def test_a_text_without_sentences_has_finite_features(self):
        keys, rows = digests.measure(self.DOCUMENTS[:2], {(0, 1): odds(0, 0), (1, 0): odds()}, {})
        assert keys == [(0, 1), (1, 0)]
        assert rows.shape == (2, len(digests.FEATURES))
        assert np.isfinite(rows).all()
