import dataclasses
import json

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from lineage import errors, fit
from lineage.attribution import segmentation
from lineage.learn.evaluation import cases, labels
from lineage.learn.fitting import fit_segmentation as fitting

from . import invented, known, versions


def case(*parts):
    """The bridge with the parts of its fused sentence, as far as they are given."""
    sources = tuple(("wire", line) for line in invented.BRIDGE[:2])
    told = labels.Attribution("post", invented.INSET[0], sources, "fusion", parts)
    return cases.Case("made", "bridge", invented.bridge(), "graph", attributions=(told,))


PARTS = (
    ("The bridge over the Tarn at Oddmoor,", 0),
    ("which had carried trams since 1902,", 1),
    ("will be torn down in the spring.", 0),
)


class TestPrepare:
    def test_every_word_has_the_source_of_its_part(self):
        (made,) = fitting.prepare(case(*PARTS))
        assert made.true.tolist() == [0] * 7 + [1] * 6 + [0] * 7
        assert [document.article_id for document, _ in made.sources] == ["wire", "wire"]
        assert [sentence for _, sentence in made.sources] == [0, 1]

    def test_sentences_without_known_parts_are_left_out(self):
        assert fitting.prepare(case()) == []

    @pytest.mark.slow
    def test_all_of_the_shipped_ones_are_found(self):
        listed = list(cases.read([known.ROOT / "data"]))
        n_told = sum(bool(each.parts) for one in listed for each in one.attributions)
        assert sum(len(fitting.prepare(each)) for each in listed) == n_told


class TestSentence:
    def test_right_is_the_share_of_words_under_their_source(self):
        (made,) = fitting.prepare(case(*PARTS))
        assert made.right(segmentation.load()) == 1.0
        # Where cuts are worth more than words there is one before every word.
        cheap = dataclasses.replace(segmentation.load(), cut=-1e6)
        assert 0.3 < made.right(cheap) < 0.7


class TestSearch:
    @pytest.mark.slow
    def test_the_fit_is_no_worse_than_where_it_started(self):
        made = [each for one in cases.read([known.ROOT / "data"]) for each in fitting.prepare(one)]
        search = fitting.Search(made)
        found = search.fit(range(len(made)))
        assert all(getattr(found, name) in values for name, values in fitting.GRID.items())
        assert search.scores(found).mean() >= search.scores(fitting.START).mean()

    def test_the_fit_divides_what_can_be_divided(self):
        search = fitting.Search(fitting.prepare(case(*PARTS)))
        assert search.scores(search.fit([0])) == np.ones(1)


class TestMain:
    def run(self, *arguments):
        app = typer.Typer()
        app.command()(fit.main)
        words = ["--what", "segmentation", *(str(each) for each in arguments)]
        return CliRunner().invoke(app, words)

    @pytest.mark.slow
    def test_writes_weights_that_can_be_read(self, tmp_path):
        output = tmp_path / "segmentation.json"
        result = self.run(known.ROOT / "data", "-o", output, "--cross-validate")
        assert result.exit_code == 0, result.output
        fitted = segmentation.from_dict(
            json.loads(output.read_text(encoding="utf-8")), "segmentation.json"
        )
        assert "budget-fusion" in fitted.fitted_on["sha256"]
        for row in ("shipped weights", "on the sentences of the fit", "cross-validation, 5 folds"):
            assert f"| {row}" in result.output

    def test_without_known_parts_there_is_nothing_to_fit(self, tmp_path):
        result = self.run(versions.dumped(tmp_path, [versions.growing(1)]))
        assert isinstance(result.exception, errors.InputError)
        assert "no fused sentences of known parts" in str(result.exception)
