import json

import pytest
import typer
from typer.testing import CliRunner

from lineage import errors, fit
from lineage.graph import model

from . import versions


class TestMain:
    @pytest.fixture(autouse=True)
    def elsewhere(self, tmp_path, monkeypatch):
        """Features are kept in the folder where the fit is begun."""
        monkeypatch.chdir(tmp_path)

    def run(self, *arguments):
        app = typer.Typer()
        app.command()(fit.main)
        return CliRunner().invoke(app, [str(each) for each in arguments])

    @pytest.mark.slow
    def test_writes_weights_that_can_be_read(self, tmp_path):
        made = [versions.growing(seed) for seed in range(6)] + [
            versions.strangers(seed) for seed in range(5)
        ]
        made += [versions.turned(versions.growing(seed)) for seed in range(10, 14)]
        path, output = versions.dumped(tmp_path, made), tmp_path / "weights.json"
        result = self.run(
            path, "--what", "families", "-o", output, "--cross-validate", "--leave-genre-out"
        )
        assert result.exit_code == 0, result.output
        fitted = model.from_dict(json.loads(output.read_text(encoding="utf-8")), "weights.json")
        assert fitted.fitted_on["n_cases"] == 15
        assert list(fitted.fitted_on["sha256"]) == ["made.jsonl"]
        assert len(list((tmp_path / "build" / "features").glob("families-*.pkl"))) == 15
        for title in ("On the cases of the fit", "Cross-validation", "Leaving a set out"):
            assert title in result.output
        assert result.output.count("| growing |") == 3

    @pytest.mark.slow
    def test_the_weights_of_the_posterior_are_fitted_into_a_folder(self, tmp_path):
        made = [versions.growing(seed) for seed in range(4)]
        made += [versions.strangers(seed) for seed in range(3)]
        made += [versions.turned(versions.growing(seed)) for seed in range(10, 13)]
        (tmp_path / "weights").mkdir()
        result = self.run(versions.dumped(tmp_path, made), "-o", tmp_path / "weights")
        assert result.exit_code == 0, result.output
        found = {each.name: each for each in (tmp_path / "weights").iterdir()}
        assert set(found) == set(fit.POSTERIOR.values())
        family = json.loads(found["family.json"].read_text(encoding="utf-8"))
        assert model.from_dict(family, "family.json").fitted_on["n_cases"] == 10

    def test_a_file_for_the_posterior_is_refused_before_the_fit(self, tmp_path):
        path = versions.dumped(tmp_path, [versions.growing(1)])
        result = self.run(path, "-o", tmp_path / "family.json")
        assert isinstance(result.exception, errors.UsageError)
        assert result.output == ""

    def test_cases_that_share_their_texts_cannot_be_held_out(self, tmp_path):
        made = [versions.growing(1, name=f"one:{k}") for k in range(3)]
        path = versions.dumped(tmp_path, made)
        result = self.run(path, "--what", "families", "--cross-validate")
        assert isinstance(result.exception, errors.InputError)
        assert "give cases on others too" in str(result.exception)

    def test_without_a_known_graph_there_is_nothing_to_fit(self, tmp_path):
        path = versions.dumped(tmp_path, [versions.strangers(1)])
        result = self.run(path, "--what", "families")
        assert isinstance(result.exception, errors.InputError)
