import json

import numpy as np
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from lineage import errors, fit
from lineage.attribution import confidence as shipped
from lineage.learn.evaluation import cases, labels
from lineage.learn.fitting import fit_confidence

from . import invented, versions

N = len(shipped.FEATURES)


def apart(name="apart"):
    """Reports of one event, each made for itself."""
    texts = [invented.text(*invented.REPORT), invented.text(*invented.INDEPENDENT)]
    frame = pd.DataFrame({"article_id": ["a", "b"], "text": texts})
    return cases.Case("reports", name, frame, "graph")


def marked():
    """A text of which a stretch is marked as made from another."""
    texts = {"wire": invented.text(*invented.REPORT), "brief": invented.text(*invented.REPORT[2:4])}
    frame = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    start = texts["wire"].index(invented.REPORT[2])
    n = len(invented.REPORT[2])
    mark = labels.Mark("brief", 0, n, "wire", start, start + n)
    return cases.Case("marked", "m", frame, "graph", edges=(("wire", "brief"),), marks=(mark,))


def drawn(weight, seed=0, n=4000):
    """Features, and answers that are as often right as one of them says."""
    random = np.random.default_rng(seed)
    features = random.uniform(-1, 1, size=(n, N))
    right = random.uniform(size=n) < 1 / (1 + np.exp(-weight * features[:, 0]))
    case = cases.Case("s", "c", pd.DataFrame({"article_id": ["a"], "text": ["b"]}), "fusion")
    return fit_confidence.Example(case, features, right, True, frozenset())


def chance(n=4000):
    features = np.random.default_rng(1).uniform(-1, 1, size=(n, N))
    return fit_confidence.Example(apart(), features, np.zeros(n, dtype=bool), False, frozenset())


class TestPrepare:
    def test_the_best_answer_is_held_against_the_marked_ones(self, tmp_path):
        (case,) = cases.read([versions.dumped_fusions(tmp_path, [3])])
        made = fit_confidence.prepare(case, fit_confidence.Meaning("lexical"))
        assert made.right.any()
        assert made.features.shape == (len(made.right), N)
        assert made.is_made

    def test_only_what_is_marked_is_known(self):
        made = fit_confidence.prepare(marked(), fit_confidence.Meaning("lexical"))
        assert made.right.tolist() == [True]

    def test_of_reports_apart_no_answer_is_right(self):
        made = fit_confidence.prepare(apart(), fit_confidence.Meaning("lexical"))
        assert not made.is_made
        assert not made.right.any()
        assert len(made.right) == len(invented.REPORT) + len(invented.INDEPENDENT)

    def test_without_known_sentences_there_is_none(self):
        case = versions.growing(1)
        assert fit_confidence.prepare(case, fit_confidence.Meaning("lexical")) is None


class TestFit:
    @pytest.mark.parametrize("weight", [0.0, 3.0])
    def test_finds_what_the_answers_were_drawn_by(self, weight):
        found = fit_confidence.fit([drawn(weight), chance()])
        assert found.sentence.weights[0] == pytest.approx(weight, abs=0.3)

    def test_against_chance_the_same_sentence_is_less_sure(self):
        found = fit_confidence.fit([drawn(1.0), chance()])
        middle = np.zeros(N)
        assert found.drawn.p(middle) < found.sentence.p(middle)


class TestMain:
    def run(self, *arguments):
        app = typer.Typer()
        app.command()(fit.main)
        return CliRunner().invoke(app, [str(each) for each in arguments])

    def test_writes_what_the_program_reads(self, tmp_path, monkeypatch):
        monkeypatch.setattr(fit_confidence.encoders, "load", lambda wanted=None: None)
        path, output = versions.dumped_fusions(tmp_path, range(10)), tmp_path / "confidence.json"
        result = self.run("--what", "confidence", path, "-o", output, "--cross-validate")
        assert result.exit_code == 0, result.output
        written = json.loads(output.read_text(encoding="utf-8"))
        read = shipped.from_dict(written, "confidence.json")
        assert read.sentence.names == shipped.FEATURES
        assert "| cross-validation, 5 folds" in result.output

    def test_one_set_alone_cannot_be_left_out(self, tmp_path, monkeypatch):
        monkeypatch.setattr(fit_confidence.encoders, "load", lambda wanted=None: None)
        path = versions.dumped_fusions(tmp_path, range(3))
        result = self.run("--what", "confidence", path, "--leave-genre-out")
        assert isinstance(result.exception, errors.InputError)
