"""Rows of the tables have the columns of their tables, and no value is lost on the way."""

import dataclasses

import pytest

from lineage import facts, tables
from lineage.attribution import attributions
from lineage.engine import assemble
from lineage.evidence import row
from lineage.graph import edges, outcomes

EVIDENCE = row.Evidence("shared_wording", "link", 4.5, "seven words", (3, 9), (0, 6))
EDGE = edges.Edge("wire", "page", "edit", "kept", 0.9, 0.8, 0.7, 2, 0.6, 0.5, 3600.0, (EVIDENCE,))
PAIR = outcomes.PairOutcome("page", "wire", "derived", 0.9, 0.05, 0.05, 40, 0.6, 0.5)
FACT = attributions.Fact(
    facts.Change("number", "Forty", "Fifty", "contradicts"), "wire", "wire:0", (0, 5), (0, 5)
)
PART = attributions.Attribution(
    "page", "page:0", 0, 20, "edited", "wire", "wire:0", 0, 21, 0.8, 0.9, 0.7, 0.1, (FACT,),
    "wire", "wire:0",
)  # fmt: skip
TEXTS = {"page": "Fifty boats came in.", "wire": "Forty boats came in."}


class TestRows:
    @pytest.mark.parametrize(
        ("name", "listed", "record"),
        [
            ("edges", [assemble._edge(EDGE)], EDGE),
            ("evidence", [assemble._evidence(EDGE, EVIDENCE)], EVIDENCE),
            ("relations", [assemble._relation(PAIR)], PAIR),
            ("attributions", [assemble._attribution(PART)], PART),
            ("facts", assemble._facts([PART], TEXTS), FACT),
        ],
    )
    def test_has_every_column_of_its_table(self, name, listed, record):
        (only,) = listed
        assert set(only) == set(tables.TABLES[name].columns)
        for column, value in only.items():
            assert value is not None
            assert getattr(record, column, value) == value or column == "facts"
        tables.check(name, tables.build(name, listed))

    def test_the_score_of_an_edge_is_that_of_its_evidence(self):
        assert assemble._edge(EDGE)["score_bits"] == 4.5

    def test_no_changed_facts_are_said_to_be_none_and_those_not_compared_are_missing(self):
        same = dataclasses.replace(PART, facts=())
        assert assemble._attribution(same)["changed_facts"] == "none"
        unknown = dataclasses.replace(PART, facts=None)
        assert assemble._attribution(unknown)["changed_facts"] is None

    def test_a_fact_shows_the_words_at_its_places(self):
        (only,) = assemble._facts([PART], TEXTS)
        assert (only["source_value"], only["target_value"]) == ("Forty", "Fifty")
        lost = dataclasses.replace(FACT, target_span=None)
        (only,) = assemble._facts([dataclasses.replace(PART, facts=(lost,))], TEXTS)
        assert (only["source_value"], only["target_value"]) == ("Forty", None)
