import pandas as pd
import pytest

from lineage import kin
from lineage.evaluation import cases as known
from lineage.fitting import strangers

from . import council_vote

TEXTS = {**council_vote.VERSIONS, "report": council_vote.OTHER_REPORT}


def case(*names, **given):
    frame = pd.DataFrame([{"article_id": name, "text": TEXTS[name]} for name in names])
    said = {"kind": "both"} | given
    return known.Case("made", "vote", frame, **said)


@pytest.fixture
def vote():
    return case(
        "first",
        "second",
        "report",
        edges=(("first", "second"),),
        independent=(("first", "report"),),
    )


class TestMeasure:
    def test_true_edges_and_independent_pairs_are_measured(self, vote):
        found = strangers.measure([vote]).set_index("truth")
        assert found.loc["edge", "in_common"] == pytest.approx(1.0)
        assert found.loc["independent", "in_common"] < kin.STRANGERS_SHARE
        assert (found["n_words"] >= kin.REPORT_MIN_WORDS).all()

    def test_without_edges_all_pairs_are_independent(self):
        found = strangers.measure([case("first", "report", kind="graph")])
        assert found["truth"].tolist() == ["independent"]


class TestTable:
    def test_says_which_part_has_less_in_common(self, vote):
        lines = strangers.table(strangers.measure([vote])).splitlines()
        assert lines[0].split(" | ")[-1] == "below 0.4 |"
        assert lines[2:] == [
            "| made | edge | 100 or more | 1 |" + " 0.000 |" * len(strangers.SHARES),
            "| made | independent | 100 or more | 1 |" + " 1.000 |" * len(strangers.SHARES),
        ]
