import ast
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import lineage
from lineage import tables
from lineage.graph import signals
from lineage.report import questions

PACKAGE = Path(lineage.__file__).parent
# What the evidence of a pair says of its link beside these is told by the model in their place.
WORKED_IN = {"credited", "order_of_facts", "whole_text", "closeness"}


def written():
    """Names of signals that the source code gives to evidence."""
    found = set(signals._DIRECTION) | set(signals._BY_ROOT) | set(signals._ABOUT)
    for path in [*PACKAGE.glob("evidence/*.py"), *PACKAGE.glob("graph/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Evidence":
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    found.add(name.value)
    return found


class TestSignals:
    def test_each_that_is_written_has_a_name_and_a_sentence(self):
        assert {"readings", "passages", "growth", "family", "date"} <= written()
        assert written() - set(questions.SIGNALS) <= WORKED_IN
        for signal in questions.SIGNALS.values():
            assert "_" not in signal.name
            assert signal.says.endswith(".")

    def test_those_of_absent_sources_and_copies_too(self):
        assert {"absent_source", "same_text"} <= set(questions.SIGNALS)

    def test_one_that_is_not_known_keeps_its_name(self):
        assert questions.name("house_style") == "house style"
        assert questions.says("house_style") == ""


class TestQuestions:
    def test_are_those_of_the_tables(self):
        assert set(questions.QUESTIONS) == set(questions.ANSWERS) == set(tables.ABOUT)
        assert set(questions.COLUMNS.values()) <= set(tables.TABLES["edges"].columns)


class TestProbability:
    EDGE = SimpleNamespace(p_link=0.9, p_direction=pd.NA)

    def test_is_the_edges_own_where_it_has_one(self):
        assert questions.probability("link", self.EDGE, 20.0) == 0.9
        assert questions.probability("direction", self.EDGE, 20.0) is None

    @pytest.mark.parametrize(("bits", "p"), [(0.0, 0.5), (1.0, 2 / 3), (-2.0, 0.2)])
    def test_of_the_choice_it_is_what_the_bits_come_to(self, bits, p):
        assert questions.probability("parent_choice", self.EDGE, bits) == pytest.approx(p)

    def test_a_pair_without_an_edge_has_none(self):
        assert questions.probability("parent_choice", None, 3.0) is None
