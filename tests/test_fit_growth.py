import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest

from lineage import errors
from lineage.graph import growth
from lineage.learn.evaluation import cases as known
from lineage.learn.fitting import fit_growth as fitting

from .test_growth import HANDBOOK, NEWS


def case(name, texts, made="news", edges=None):
    """A chain of texts, each made from the one before."""
    ids = [f"{name}{k}" for k in range(len(texts))]
    frame = pd.DataFrame({"article_id": ids, "text": texts})
    chain = tuple(itertools.pairwise(ids)) if edges is None else edges
    return known.Case(made, name, frame, "graph", chain)


def cut(name):
    """News of a place, each text with an end less."""
    lines = [line.replace("harbour", f"harbour {name}") for line in NEWS]
    return case(name, ["\n".join(lines[:k]) for k in (6, 4, 3)])


def continued(name):
    """Rules of a house, each text with some more."""
    lines = [f"{line} So it is at house {name}." for line in HANDBOOK]
    return case(name, ["\n".join(lines[:k]) for k in (12, 20, 31)], made="handbooks")


@pytest.fixture(scope="module")
def examples():
    listed = [
        make(f"{word}") for make in (cut, continued) for word in "Skell Tarn Voss Pell".split()
    ]
    return [fitting.prepare(each) for each in listed]


class TestPrepare:
    def test_every_ancestor_and_its_descendants_are_a_pair(self, examples):
        assert len(examples[0].measured) == 3
        assert examples[0].direct.sum() == 2

    def test_lengths_are_those_of_the_true_direction(self, examples):
        assert (examples[0].lengths < 0).all()
        assert (examples[-1].lengths > 0).all()

    def test_a_case_without_edges_is_left_out(self):
        assert fitting.prepare(case("none", ["One bell.", "Two bells."], edges=())) is None


class TestWeigh:
    def test_a_set_weighs_the_root_of_its_cases(self, examples):
        total = sum(each.sum() for each in fitting.weigh(examples[:4]))
        assert total == pytest.approx(2 * sum(each.sum() for each in fitting.weigh(examples[:1])))


class TestFit:
    def test_style_tells_what_grows_and_lengths_then_tell_the_direction(self, examples):
        fitted = fitting.fit(examples)
        for each in examples:
            assert min(fitting.odds(each, fitted)) > 0
        p = {each.case.set: growth.p_growing(each.family, fitted) for each in examples}
        assert p["news"] < 0.5 < p["handbooks"]


class TestFolds:
    def test_cases_with_a_text_in_common_are_dealt_together(self, examples):
        twice = [
            *examples,
            fitting.prepare(case("twice", list(cut("Skell").articles["text"]), "b")),
        ]
        part = fitting.folds(twice)
        assert part[-1] == part[0]


class TestHeldOut:
    def test_a_set_left_out_takes_those_with_its_texts_with_it(self, examples, monkeypatch):
        seen = []
        fit = fitting.fit
        monkeypatch.setattr(fitting, "fit", lambda rest: seen.append(rest) or fit(rest))
        twice = fitting.prepare(case("twice", list(cut("Skell").articles["text"]), "handbooks"))
        fitting.held_out([*examples, twice], ["news"] * 4 + ["handbooks"] * 5)
        assert twice not in seen[0]


class TestTable:
    def test_a_row_for_each_set(self, examples):
        said = [[1.0] * len(each.measured) for each in examples]
        rows = fitting.table(examples, said, "Here").strip().splitlines()[4:]
        assert [row.split(" | ")[0] for row in rows] == ["| news", "| handbooks"]
        assert " | 1.000 | 1.000 |" in rows[0]
        assert " | 1.000 | 0.000 |" in rows[1]


class TestRun:
    def test_the_file_is_read_again_and_says_on_what_it_was_fitted(self, tmp_path):
        lines = [
            pd.Series(
                {
                    "set": each.set,
                    "case": each.name,
                    "articles": [
                        {"id": row["article_id"], "text": row["text"]}
                        for row in each.articles.to_dict("records")
                    ],
                    "edges": [list(edge) for edge in each.edges],
                }
            ).to_json()
            for each in (cut("Skell"), cut("Tarn"), continued("Voss"), continued("Pell"))
        ]
        (tmp_path / "made.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        said = []
        found = fitting.run([tmp_path], said.append, leave_genre_out=True)
        assert growth.from_dict(found, "here").places.shape[0] == 4
        assert list(found["fitted_on"]["sha256"]) == ["made.jsonl"]
        assert [each.splitlines()[0][:12] for each in said] == [
            "### On the c",
            "### Leaving ",
        ]

    def test_without_edges_it_says_so(self, tmp_path):
        with pytest.raises(errors.InputError, match="no cases with edges"):
            fitting.run([tmp_path], print)


class TestLabels:
    def test_a_set_that_does_neither_is_in_between(self, examples):
        mixed = [
            dataclasses.replace(each, case=dataclasses.replace(each.case, set="x"))
            for each in examples
        ]
        found = fitting._labels(mixed, [np.ones(len(each.measured)) for each in mixed])
        assert found == {"x": 0.5}
