import json

import numpy as np
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from lineage import attribute, errors, fit
from lineage.evaluation import cases
from lineage.fitting import confidence

from . import versions


def example(margin, right, name="c", set_name="s"):
    frame = pd.DataFrame({"article_id": ["a"], "text": ["b"]})
    case = cases.Case(set_name, name, frame, "fusion")
    return confidence.Example(case, np.array(margin, float), np.array(right))


def drawn(slope, seed=0, n=4000):
    """Margins, and answers that are as often right as the slope says."""
    rng = np.random.default_rng(seed)
    margin = rng.uniform(0, 0.6, n)
    return example(margin, rng.uniform(size=n) < 1 / (1 + np.exp(-slope * margin)))


class TestPrepare:
    def test_margins_and_truth_are_those_of_the_trace(self, tmp_path):
        (case,) = cases.read([versions.dumped_fusions(tmp_path, [3])])
        made = confidence.prepare(case, "lexical")
        assert made.right.all()
        assert len(made.margin) == len(case.fused_from)
        assert (made.margin > 0).all()

    def test_without_known_sentences_there_is_none(self):
        assert confidence.prepare(versions.growing(1), "lexical") is None


class TestFit:
    @pytest.mark.parametrize("slope", [0.0, 3.0, 9.0])
    def test_finds_what_the_answers_were_drawn_by(self, slope):
        assert confidence.fit([drawn(slope)]) == pytest.approx(slope, abs=0.6)

    def test_where_none_is_right_nothing_is_claimed(self):
        assert confidence.fit([example([0.1, 0.5], [False, False])]) == pytest.approx(0, abs=0.1)


class TestStated:
    def test_is_even_without_a_margin_and_never_certain(self):
        p = confidence.stated(example([0.0, 40.0], [True, True]), 7.0)
        assert p.tolist() == [0.5, attribute.MAX_CONFIDENCE]


class TestMain:
    def run(self, *arguments):
        app = typer.Typer()
        app.command()(fit.main)
        return CliRunner().invoke(app, [str(each) for each in arguments])

    def test_writes_what_the_program_reads(self, tmp_path, monkeypatch):
        path, output = versions.dumped_fusions(tmp_path, range(10)), tmp_path / "confidence.json"
        result = self.run("--what", "confidence", path, "-o", output, "--cross-validate")
        assert result.exit_code == 0, result.output
        written = json.loads(output.read_text(encoding="utf-8"))
        assert written.keys() == {"version", "fitted_on", "per_margin"}
        assert written["version"] == attribute.CONFIDENCE_VERSION
        assert f"{written['per_margin']:g} per unit of margin" in result.output
        assert "| cross-validation, 5 folds" in result.output

    def test_one_set_alone_cannot_be_left_out(self, tmp_path):
        path = versions.dumped_fusions(tmp_path, range(3))
        result = self.run("--what", "confidence", path, "--leave-genre-out")
        assert isinstance(result.exception, errors.InputError)
