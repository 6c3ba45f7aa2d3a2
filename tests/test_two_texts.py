"""compare(): the verdict on two texts, with its direction."""

import json
from pathlib import Path

import pytest

import lineage
from lineage import errors, tables
from lineage.report import verdicts

STORY = Path(__file__).resolve().parent.parent / "data" / "harbour-crane" / "articles"
WIRE, REPRINT = STORY / "meridian-first.txt", STORY / "pellworth-courier.txt"
CRANE = "A crane fell into the port of Halvane on Tuesday, said Ruairi Denholm, the harbour master."
VOTE = "The council of Eastbank voted to shut a library on Plumb Street after a long debate."


def compared(a, b):
    return lineage.compare(a, b, encoder="lexical")


class TestCompare:
    def test_two_files_have_a_verdict_with_its_direction(self):
        found = compared(REPRINT, WIRE)
        said = found.verdict
        assert said.outcome == "derived"
        assert (said.source_id, said.target_id) == ("meridian-first", "pellworth-courier")
        assert said.is_related
        assert said.said.startswith("pellworth-courier was probably made from meridian-first")

    def test_the_order_makes_no_difference(self):
        assert compared(REPRINT, WIRE).verdict == compared(WIRE, REPRINT).verdict

    def test_texts_without_an_id_are_called_a_and_b(self):
        found = compared(CRANE, lineage.Article(VOTE))
        assert (found.verdict.a, found.verdict.b) == ("a", "b")
        assert found.verdict.outcome == "unrelated"
        assert not found.verdict.is_related
        assert str(found) == f"a and b: {verdicts.SAID['unrelated']}"

    def test_a_text_and_a_file_may_be_compared(self):
        found = compared(WIRE.read_text(encoding="utf-8"), WIRE)
        assert {found.verdict.a, found.verdict.b} == {"a", "meridian-first"}

    def test_names_in_a_dict_are_kept(self):
        found = compared({"id": "wire", "text": CRANE}, {"content": VOTE})
        assert {found.verdict.a, found.verdict.b} == {"wire", "b"}

    def test_a_folder_is_not_one_text(self):
        with pytest.raises(errors.InputError, match="give two with one text each"):
            compared(STORY, CRANE)

    def test_its_plain_values_are_json(self):
        said = compared(CRANE, VOTE).to_dict()
        assert json.loads(json.dumps(said)) == said
        assert said["is_related"] is False
        assert any("lexical" in line for line in said["not_measured"])


class TestVerdict:
    def of(self, outcome, p_direction, status="kept"):
        pair = {"a": "post", "b": "wire", "outcome": outcome, "p_derived": 0.8}
        edge = {
            "source_id": "wire",
            "target_id": "post",
            "relation": "rewrite",
            "p_edge": 0.8,
            "p_direction": p_direction,
            "status": status,
        }
        frames = {
            "relations": tables.build("relations", [pair]),
            "edges": tables.build("edges", [edge]),
        }
        return verdicts.of_pair(frames)

    @pytest.mark.parametrize(
        ("p", "direction", "said"),
        [
            (0.95, "decided", "post was probably made from wire (came first: 0.95, decided)"),
            (0.8, "likely", "post was probably made from wire (came first: 0.80, likely)"),
            (
                0.6,
                "not decided",
                "one was probably made from the other; which came first is not decided "
                "(wire: 0.60)",
            ),
        ],
    )
    def test_says_how_sure_the_direction_is(self, p, direction, said):
        found = self.of("derived", p)
        assert (found.direction, found.said) == (direction, said)

    def test_of_what_is_undecided_the_likelier_way_is_told(self):
        said = self.of("undecided", 0.8).said
        assert said.endswith("if one was, post from wire (came first: 0.80)")

    @pytest.mark.parametrize("outcome", ["shared_source", "independent", "unrelated"])
    def test_no_direction_where_none_was_made_from_the_other(self, outcome):
        found = self.of(outcome, 0.95, status="below_threshold")
        assert found.said == verdicts.SAID[outcome]
        assert found.source_id is found.p_direction is None

    def test_every_outcome_has_its_words(self):
        assert set(verdicts.SAID) == set(tables.OUTCOMES)

    def test_what_was_not_measured_is_no_relation_and_no_answer(self):
        found = self.of("not_measured", 0.5)
        assert not found.is_related
        assert not found.is_measured
