import itertools

import numpy as np
import pandas as pd
import pytest

import lineage
from lineage import config, tables
from lineage.graph import family_edges, known_facts

from . import council_vote, designs, invented

STRANGERS = {"report": council_vote.OTHER_REPORT, "matter": council_vote.OTHER_MATTER}
# Most of one report and of another story: a text of two sources.
TEXTS = {
    "report": invented.text(*invented.REPORT),
    "story": invented.text(*invented.STRANGER),
    "both": invented.text(*invented.REPORT[:5], *invented.STRANGER[:3]),
}


def frame(texts):
    return pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})


def traced(texts, *facts, **changed):
    given = pd.DataFrame(list(facts), columns=list(known_facts.COLUMNS)) if facts else None
    settings = config.TraceConfig(**changed)
    return lineage.trace(frame(texts), settings, encoder="lexical", known=given)


def kept(found):
    rows = found.edges[found.edges["status"] == "kept"]
    return set(zip(rows["source_id"], rows["target_id"], strict=True))


def pairs(found):
    return {frozenset(edge) for edge in kept(found)}


def relation(found, a, b):
    rows = found.relations
    (row,) = rows[(rows["a"] == min(a, b)) & (rows["b"] == max(a, b))].to_dict("records")
    return row


@pytest.fixture
def plain_model(monkeypatch):
    """Weights that no fit changes."""
    monkeypatch.setattr(family_edges.model, "load", lambda: designs.fitted(growth__growing=0.5))


@pytest.mark.usefixtures("plain_model")
class TestInfer:
    def test_tables_never_contradict_each_other(self):
        found = traced(council_vote.VERSIONS | STRANGERS)
        for row in tables.records(found.relations):
            p = [row[f"p_{name}"] for name in ("derived", "shared_source", "independent")]
            assert sum(p) == pytest.approx(1.0, abs=2e-4)
        for row in tables.records(found.all_edges):
            if row["source_id"].startswith("absent:"):
                continue
            said = relation(found, row["source_id"], row["target_id"])
            linked = said["p_derived"] + said["p_shared_source"]
            assert row["p_edge"] <= said["p_derived"] + 2e-4
            assert row["p_link"] == pytest.approx(linked, abs=2e-4)

    def test_evidence_adds_up_for_each_question(self):
        found = traced(council_vote.VERSIONS)
        for row in tables.records(found.edges):
            listed = found.evidence
            mine = listed[
                (listed["source_id"] == row["source_id"])
                & (listed["target_id"] == row["target_id"])
            ]
            for about, name in (("link", "p_link"), ("direction", "p_direction")):
                bits = mine.loc[mine["about"] == about, "weight_bits"].sum()
                assert 1 / (1 + 2.0**-bits) == pytest.approx(row[name], abs=0.005)

    def test_neither_ids_nor_order_matter(self):
        names = dict(zip(TEXTS, ("z", "y", "x"), strict=True))
        one = traced(TEXTS)
        other = traced({names[each]: TEXTS[each] for each in reversed(TEXTS)})
        assert {(names[s], names[t]) for s, t in kept(one)} == kept(other)
        for a, b in itertools.combinations(TEXTS, 2):
            here, there = relation(one, a, b), relation(other, names[a], names[b])
            assert here["p_derived"] == there["p_derived"]
            assert here["outcome"] == there["outcome"]


@pytest.mark.usefixtures("plain_model")
class TestKnown:
    def test_a_known_source_is_drawn_whatever_the_texts_say(self):
        apart = {name: TEXTS[name] for name in ("report", "story")}
        found = traced(apart, ("report", "story", "from"))
        assert ("story", "report") in kept(found)
        assert found.edges["p_direction"].tolist() == [1.0]
        assert relation(found, "report", "story")["p_derived"] == pytest.approx(1.0, abs=1e-3)

    def test_a_text_is_not_made_from_one_that_it_is_known_not_to_be_from(self):
        found = traced(TEXTS, ("both", "report", "not_from"), ("both", "story", "not_from"))
        assert not {("report", "both"), ("story", "both")} & kept(found)

    def test_an_earlier_text_is_not_made_from_a_later_one(self):
        found = traced(TEXTS, ("both", "report", "before"), ("both", "story", "before"))
        assert not {("report", "both"), ("story", "both")} & kept(found)

    def test_texts_of_one_source_are_not_made_from_each_other(self):
        found = traced(TEXTS, ("both", "report", "same_source"))
        assert frozenset({"both", "report"}) not in pairs(found)
        row = relation(found, "both", "report")
        assert row["outcome"] == "shared_source"
        assert row["p_shared_source"] == pytest.approx(1.0, abs=1e-3)

    def test_a_fact_of_a_copy_is_one_of_its_text(self):
        copied = TEXTS | {"copy": TEXTS["both"]}
        found = traced(copied, ("copy", "report", "not_from"), ("copy", "story", "not_from"))
        assert ("report", "both") not in kept(found)
        assert ("report", "copy") not in kept(found)

    def test_what_was_given_is_recorded(self):
        found = traced(TEXTS, ("both", "report", "before"))
        said = [{"a": "both", "b": "report", "what": "before"}]
        assert said in found.run.values() or said == found.run["inputs"].get("known")

    @pytest.mark.parametrize("what", ["kept_up", "passed_on"])
    def test_a_word_on_all_texts_turns_what_length_says(self, what):
        texts = {name: council_vote.VERSIONS[name] for name in ("first", "second", "third")}
        directions = {}
        for said in ("kept_up", "passed_on"):
            found = traced(texts, (None, None, said))
            rows = found.all_edges
            p = {
                (row["source_id"], row["target_id"]): row["p_direction"]
                for row in tables.records(rows)
            }
            forward = p.get(("first", "third"))
            directions[said] = forward if forward is not None else 1 - p["third", "first"]
        assert directions["kept_up"] > directions["passed_on"]
        assert np.isfinite(directions[what])


class TestWithShippedWeights:
    def test_strangers_beside_versions_get_no_edge(self):
        found = traced(council_vote.VERSIONS | STRANGERS)
        assert {name for edge in kept(found) for name in edge} <= set(council_vote.VERSIONS)

    def test_a_text_of_two_sources_has_both(self):
        expected = {frozenset({"report", "both"}), frozenset({"story", "both"})}
        assert pairs(traced(TEXTS)) == expected
