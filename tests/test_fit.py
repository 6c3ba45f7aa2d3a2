import json

import typer
from typer.testing import CliRunner

from lineage import errors, fit
from lineage.phylogeny import model

from . import versions


class TestMain:
    def run(self, *arguments):
        app = typer.Typer()
        app.command()(fit.main)
        return CliRunner().invoke(app, [str(each) for each in arguments])

    def test_writes_weights_that_can_be_read(self, tmp_path):
        made = [versions.growing(seed) for seed in range(6)] + [
            versions.strangers(seed) for seed in range(5)
        ]
        made += [versions.turned(versions.growing(seed)) for seed in range(10, 14)]
        path, output = versions.dumped(tmp_path, made), tmp_path / "weights.json"
        result = self.run(path, "-o", output, "--cross-validate", "--leave-genre-out")
        assert result.exit_code == 0, result.output
        fitted = model.from_dict(json.loads(output.read_text(encoding="utf-8")), "weights.json")
        assert fitted.fitted_on["n_cases"] == 15
        assert list(fitted.fitted_on["sha256"]) == ["made.jsonl"]
        for title in ("On the cases of the fit", "Cross-validation", "Leaving a set out"):
            assert title in result.output
        assert result.output.count("| growing |") == 3

    def test_cases_on_one_matter_alone_cannot_be_held_out(self, tmp_path):
        made = [versions.growing(seed, name=f"one:{seed}") for seed in range(3)]
        result = self.run(versions.dumped(tmp_path, made))
        assert isinstance(result.exception, errors.InputError)
        assert "give cases on others too" in str(result.exception)

    def test_without_a_known_graph_there_is_nothing_to_fit(self, tmp_path):
        result = self.run(versions.dumped(tmp_path, [versions.strangers(1)]))
        assert isinstance(result.exception, errors.InputError)
