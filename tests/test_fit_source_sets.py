import json

import pytest
import typer
from typer.testing import CliRunner

from lineage import errors, fit
from lineage.attribution import source_sets
from lineage.learn.evaluation import cases
from lineage.learn.fitting import fit_confidence, known_sentences
from lineage.learn.fitting import fit_source_sets as fitting

from . import versions


@pytest.fixture(scope="module")
def fusions(tmp_path_factory):
    path = versions.dumped_fusions(tmp_path_factory.mktemp("fusions"), range(12))
    return [
        each
        for case in cases.read([path])
        for each in known_sentences.prepare(case, fit_confidence.Meaning("lexical"))
    ]


class TestSearch:
    def test_a_score_is_that_of_the_sources_that_the_program_names(self, fusions):
        search = fitting.Search(fusions)
        scores = search.scores(source_sets.load())
        for each, score in zip(fusions, scores, strict=True):
            named = each.named(source_sets.load())
            assert (score == 1) == (named == each.true)
            assert (score == 0) == (not named & each.true)

    def test_the_fit_is_no_worse_than_where_it_started(self, fusions):
        search = fitting.Search(fusions)
        every = range(len(fusions))
        found = search.fit(every)
        assert all(getattr(found, name) in values for name, values in fitting.GRID.items())
        assert search.mean(found, every) >= search.mean(fitting.START, every)

    def test_where_nothing_changes_anything_the_start_stays(self, fusions):
        """A sentence whose sources every weight names decides nothing."""
        search = fitting.Search(fusions)
        plain = [k for k in range(len(fusions)) if search.scores(fitting.START)[k] == 1][:1]
        same = search.fit(plain)
        assert search.mean(same, plain) == 1
        assert same == fitting.START

    def test_a_price_that_is_too_high_leaves_one_source(self, fusions):
        dear = source_sets.Weights(1.2, 0.4, 5.0, 0.12, 0.22, {})
        assert {len(each.named(dear)) for each in fusions} <= {0, 1}


class TestMain:
    def run(self, *arguments):
        app = typer.Typer()
        app.command()(fit.main)
        return CliRunner().invoke(app, [str(each) for each in arguments])

    def test_writes_weights_that_can_be_read(self, tmp_path):
        path, output = versions.dumped_fusions(tmp_path, range(10)), tmp_path / "source_sets.json"
        result = self.run("--what", "source_sets", path, "-o", output, "--cross-validate")
        assert result.exit_code == 0, result.output
        fitted = source_sets.from_dict(
            json.loads(output.read_text(encoding="utf-8")), "source_sets.json"
        )
        assert fitted.fitted_on["n_cases"] == 10
        assert list(fitted.fitted_on["sha256"]) == ["fusions.jsonl"]
        for row in ("rare words left over", "shipped weights", "cross-validation, 5 folds"):
            assert f"| {row}" in result.output

    def test_one_set_alone_cannot_be_left_out(self, tmp_path):
        path = versions.dumped_fusions(tmp_path, range(3))
        result = self.run("--what", "source_sets", path, "--leave-genre-out")
        assert isinstance(result.exception, errors.InputError)

    def test_without_known_sentences_there_is_nothing_to_fit(self, tmp_path):
        result = self.run("--what", "source_sets", versions.dumped(tmp_path, [versions.growing(1)]))
        assert "no sentences of which the sources are known" in str(result.exception)
