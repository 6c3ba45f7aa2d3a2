import math

import numpy as np
import pytest

from lineage.evidence import gather, row
from lineage.graph import graph_settings, pair_terms
from lineage.match import pairs

from . import invented

LINES = invented.REPORT[:2], invented.STRANGER[:2], invented.INDEPENDENT[:2]


def documents(*outlets):
    return [
        invented.report(
            *lines, article_id=f"t{k}", **({} if outlet is None else {"outlet": outlet})
        )
        for k, (lines, outlet) in enumerate(zip(LINES, outlets, strict=False))
    ]


def of_pairs(rows=None, outlets=(None, None)):
    made = documents(*outlets)
    n = len(made)
    return pair_terms.of_pairs(made, {}, {}, rows or {}, np.full((n, n), -2.0), np.zeros((n, n)))


def of_texts(one, other):
    """Terms of two texts that were compared."""
    made = sorted((one, other), key=lambda each: each.key)
    key = made[0].article_id, made[1].article_id
    nothing = np.zeros((2, 2))
    pair = pairs.compare(*made)
    contents = {key: gather.screen(pair).content}
    return pair_terms.of_pairs(made, {key: pair}, contents, {}, nothing, nothing)


def direction(bits):
    return row.Evidence("cuts", "direction", bits, "said outright")


class TestOfPairs:
    def test_without_evidence_nothing_is_said(self):
        found = of_pairs()
        assert (found.causes == 0).all()
        assert (found.readings == 0).all()
        assert (found.publishers == 0).all()

    def test_the_link_and_the_growth_are_handed_on(self):
        assert (of_pairs().log_bayes == -2.0).all()

    def test_texts_that_were_not_compared_have_nothing_of_each_other(self):
        found = of_pairs()
        for each in (found.explained_most, found.explained_least):
            assert each == pytest.approx(np.where(np.eye(2), 0.0, -3.0))

    def test_causes_are_the_log_of_twice_a_probability(self):
        rows = {("t0", "t1"): [direction(3.0)], ("t1", "t0"): [direction(-3.0)]}
        found = of_pairs(rows).causes
        shares = np.exp(found) / 2
        assert shares[0, 1] + shares[1, 0] == pytest.approx(1.0)
        assert math.log2(shares[0, 1] / shares[1, 0]) == pytest.approx(3.0)

    def test_a_link_is_no_cause(self):
        rows = {("t0", "t1"): [row.Evidence("overlap", "link", 9.0, "")]}
        assert of_pairs(rows).causes[0, 1] == pytest.approx(0.0)

    def test_readings_count_for_their_bits(self):
        rows = {("t0", "t1"): [row.Evidence("readings", "parent_choice", 2.0, "")] * 2}
        assert of_pairs(rows).readings[0, 1] == pytest.approx(4.0 * math.log(2))

    def test_a_citation_is_a_sign_of_a_link_either_way(self):
        credit = row.Evidence("credit", "direction", 4.0, "")
        found = of_pairs({("t0", "t1"): [credit], ("t1", "t0"): [credit.reversed()]})
        assert found.cited.tolist() == [[0, 1], [1, 0]]
        assert (found.quoted == 0).all()

    def test_publishers_are_two_or_one_or_unknown(self):
        courier, record = "Ostrell Courier", "Lathmoor Record"
        assert of_pairs(outlets=(courier, record)).publishers.tolist() == [[0, 1], [1, 0]]
        assert of_pairs(outlets=(courier, courier)).publishers.tolist() == [[0, -1], [-1, 0]]
        assert of_pairs(outlets=(courier, None)).publishers.tolist() == [[0, 0], [0, 0]]

    def test_narration_counts_by_the_larger_share_that_stands_in_the_other(self):
        whole = invented.report(article_id="whole")
        part = invented.report(*invented.REPORT[:3], article_id="part")
        found = of_texts(whole, part).narrated
        most = math.log(
            (1 + graph_settings.LEAST_NARRATED_SHARE) / graph_settings.USUAL_NARRATED_SHARE
        )
        assert found[0, 1] == found[1, 0] == pytest.approx(most)

    def test_what_a_cut_text_has_is_in_the_whole_and_not_the_other_way_round(self):
        whole = invented.report(article_id="whole")
        part = invented.report(*invented.REPORT[:3], article_id="part")
        found = of_texts(whole, part)
        assert found.explained_most[0, 1] == found.explained_most[1, 0] > 6.0
        assert found.explained_least[0, 1] == found.explained_least[1, 0] < 3.0

    def test_shares_are_in_tenths_above_a_usual_one(self):
        one = invented.report(article_id="one")
        other = invented.report(*invented.STRANGER, article_id="other")
        found = of_texts(one, other)
        assert found.explained_most[0, 1] == pytest.approx(
            -10 * graph_settings.USUAL_NARRATED_SHARE, abs=0.5
        )

    def test_nothing_in_common_is_less_than_usual(self):
        one = invented.report(article_id="one")
        other = invented.report(*invented.STRANGER, article_id="other")
        assert of_texts(one, other).narrated[0, 1] < 0
        assert of_texts(one, other).spoken[0, 1] == 0

    def test_words_that_somebody_said_are_told_apart(self):
        said = "“Somebody must pay for every single oyster that dies here by Christmas,” she said."
        one = invented.report(said, *invented.REPORT[:3], article_id="one")
        quoting = invented.report(said, *invented.STRANGER, article_id="quoting")
        copying = invented.report(*invented.REPORT[:3], *invented.STRANGER, article_id="copying")
        quoted, copied = (of_texts(one, each).spoken[0, 1] for each in (quoting, copying))
        assert copied == 0.0
        assert 0.3 < quoted < 1.0
