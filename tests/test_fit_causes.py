import math

import pandas as pd
import pytest

from lineage.evidence import evidence_settings
from lineage.learn.evaluation import cases as known
from lineage.learn.fitting import fit_causes

from . import invented

COURIER, RECORD = "Ostrell Courier", "Lathmoor Record"
CREDIT = "The leak began at noon, the Ostrell Courier reported."


def case(name, source, target, edges=(("a", "b"),), **given):
    frame = pd.DataFrame(
        [
            {"article_id": "a", "text": source, "outlet": COURIER},
            {"article_id": "b", "text": target, "outlet": RECORD},
        ]
    )
    said = {"kind": "graph", "edges": tuple(edges)} | given
    return known.Case("made", name, frame, **said)


def credited(name="credited", **given):
    made = invented.text(*invented.derived("shorter"), CREDIT)
    return case(name, invented.text(*invented.REPORT), made, **given)


class TestCount:
    def test_a_cause_that_points_along_the_edge_is_right(self):
        found = fit_causes.count(fit_causes.ask([credited()]))
        row = found[found["signal"] == "credit"].iloc[0]
        assert (row["right"], row["wrong"], row["set"]) == (1, 0, "made")
        assert row["said_bits"] == evidence_settings.CREDIT_BITS["reported"]

    def test_one_that_points_against_it_is_wrong(self):
        found = fit_causes.count(fit_causes.ask([credited(edges=[("b", "a")])]))
        row = found[found["signal"] == "credit"].iloc[0]
        assert (row["right"], row["wrong"]) == (0, 1)

    def test_cases_are_counted_together(self):
        found = fit_causes.count(fit_causes.ask([credited("one"), credited("two")]))
        assert found.set_index("signal").loc["credit", "right"] == 2

    def test_without_edges_nothing_is_counted(self):
        assert len(fit_causes.count(fit_causes.ask([credited(edges=())]))) == 0


class TestCountedBits:
    def test_without_a_count_the_judged_weight_stands(self):
        assert fit_causes.counted_bits(2.5, 0, 0) == pytest.approx(2.5)

    def test_many_counts_outweigh_the_judgement(self):
        assert fit_causes.counted_bits(5.0, 3000, 1000) == pytest.approx(math.log2(3), abs=0.05)

    def test_a_cause_that_is_mostly_wrong_turns_its_sign(self):
        assert fit_causes.counted_bits(1.5, 10, 60) < 0


class TestTable:
    def test_a_row_for_each_signal_and_a_column_for_each_set(self):
        shown = fit_causes.table(fit_causes.count(fit_causes.ask([credited()])))
        header, _, *rows = shown.strip().splitlines()
        assert header == "| signal | bits | made |"
        (credit,) = [row for row in rows if row.startswith("| credit |")]
        assert credit.startswith("| credit | 4.0 | 1/0 (+")


class TestRun:
    def test_the_file_says_what_was_counted_and_on_which_cases(self, tmp_path):
        texts = [
            {"id": "a", "outlet": COURIER, "text": invented.text(*invented.REPORT)},
            {"id": "b", "outlet": RECORD, "text": invented.text(*invented.REPORT[:5], CREDIT)},
        ]
        file = tmp_path / "made.jsonl"
        line = {"set": "made", "case": "one", "articles": texts, "edges": [["a", "b"]]}
        file.write_text(pd.Series(line).to_json() + "\n", encoding="utf-8")
        said = []
        found = fit_causes.run([tmp_path], said.append)
        assert found["fitted_on"]["n_cases"] == 1
        assert set(found["fitted_on"]["sha256"]) == {"made.jsonl"}
        assert {"credit"} <= {row["signal"] for row in found["counts"]}
        assert "| credit |" in said[0]


def edges(signal, growing, right, wrong, bits=2.0):
    """Edges of one kind of texts of which a cause was right and wrong so often."""
    said = [bits] * right + [-bits] * wrong
    return [fit_causes.Edge(f"set {growing}", {signal: each}, growing, 0.0) for each in said]


def factors(*listed):
    (found,) = fit_causes.factors([each for part in listed for each in part]).to_dict("records")
    return found


class TestFactors:
    def test_where_cases_say_what_is_in_use_it_stays(self):
        found = factors(edges("answered", 0.0, 80, 20))
        assert found["shrinking"] == pytest.approx(1.0, abs=0.01)
        assert found["growing"] == pytest.approx(1.0)
        assert found["n_edges"] == 100

    def test_a_cause_that_turns_with_the_kind_of_texts_does_so(self):
        found = factors(edges("answered", 0.0, 80, 20), edges("answered", 1.0, 20, 80))
        assert found["shrinking"] > 0.8
        assert found["growing"] < 0.0

    def test_few_cases_move_little(self):
        assert factors(edges("answered", 0.0, 0, 1))["shrinking"] == pytest.approx(1.0, abs=0.2)

    def test_what_lengths_say_already_is_not_told_again(self):
        plain = edges("answered", 0.0, 80, 20)
        known = [
            fit_causes.Edge(each.set, each.said, 0.0, each.said["answered"] / 2) for each in plain
        ]
        assert factors(known)["shrinking"] < factors(plain)["shrinking"]


class TestSurprise:
    def test_fitted_factors_surprise_less(self):
        listed = edges("answered", 1.0, 20, 80)
        in_use = fit_causes.surprise(listed, pd.DataFrame(columns=["signal"]))
        assert fit_causes.surprise(listed, fit_causes.factors(listed)) < in_use

    def test_without_a_cause_nothing_is_known(self):
        listed = [fit_causes.Edge("set", {}, 0.5, 0.0)]
        found = fit_causes.surprise(listed, pd.DataFrame(columns=["signal"]))
        assert found == pytest.approx(math.log(2))
