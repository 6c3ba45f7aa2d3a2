import collections
import itertools
import json
import random
import sys

import numpy as np
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from lineage import errors, fit
from lineage.evaluation import cases
from lineage.phylogeny import model, training

THINGS = "house car water money book school work family team game".split()
SYLLABLES = "bram cal dor fen gal hest lor mun nev ost pell quar ren sal tor vand".split()


def people(rng):
    """Eight names that no other story has."""
    return ["".join(rng.choices(SYLLABLES, k=3)).capitalize() for _ in range(8)]


def line(rng, names):
    return (
        f"{rng.choice(names)} saw {rng.randint(100, 999)} people near the {rng.choice(THINGS)} and "
        f"the {rng.choice(THINGS)} of {rng.choice(names)}."
    )


def growing(seed, n=4, name=None):
    """A case of versions, each with two lines more than the one before."""
    rng = random.Random(seed)
    names = people(rng)
    texts = [[line(rng, names) for _ in range(6)]]
    while len(texts) < n:
        grown = list(texts[-1])
        for _ in range(2):
            grown.insert(rng.randint(0, len(grown)), line(rng, names))
        texts.append(grown)
    ids = [f"t{rng.randint(0, 10**6)}" for _ in texts]
    frame = pd.DataFrame({"article_id": ids, "text": [" ".join(each) for each in texts]})
    edges = tuple(itertools.pairwise(ids))
    return cases.Case("growing", name or f"g{seed}", frame, "graph", edges=edges)


def turned(case):
    """The same texts, but each made from the longer one."""
    edges = tuple((target, source) for source, target in case.edges)
    return cases.Case("shrinking", case.name, case.articles, "graph", edges=edges)


def strangers(seed):
    rng = random.Random(1000 + seed)
    names = people(rng)
    texts = [" ".join(line(rng, names) for _ in range(6)) for _ in range(3)]
    frame = pd.DataFrame({"article_id": ["x", "y", "z"], "text": texts})
    return cases.Case("strangers", f"s{seed}", frame, "graph")


@pytest.fixture(scope="module")
def examples():
    made = [growing(seed) for seed in range(8)] + [strangers(seed) for seed in range(4)]
    return [fit.prepare(case) for case in made]


@pytest.fixture(scope="module")
def fitted(examples):
    return fit.fit(examples)


def dumped(folder, made):
    lines = [
        {
            "set": case.set,
            "case": case.name,
            "articles": [
                {"id": row["article_id"], "text": row["text"]}
                for row in case.articles.to_dict("records")
            ],
            "edges": [list(edge) for edge in case.edges],
        }
        for case in made
    ]
    path = folder / "made.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    return path


class TestPrepare:
    def test_the_true_forest_is_that_of_the_case(self):
        case = growing(1)
        example = fit.prepare(case)
        found = {
            (example.ids[source], example.ids[target])
            for target, source in enumerate(example.true.parents)
            if source >= 0
        }
        assert found == set(case.edges)
        assert example.ids[example.true.first_root] == case.ids[0]

    def test_texts_that_are_the_same_to_the_letter_are_one(self):
        frame = pd.DataFrame({"article_id": ["a", "b"], "text": ["One bell rang."] * 2})
        assert fit.prepare(cases.Case("s", "c", frame, "graph")) is None

    def test_a_case_with_some_labels_only_is_left_out(self):
        frame = growing(1).articles
        assert fit.prepare(cases.Case("s", "c", frame, "pairs")) is None


class TestShares:
    def test_cases_of_a_set_weigh_the_same_whatever_their_size(self):
        made = [fit.prepare(growing(1, n=3)), fit.prepare(growing(2, n=6))]
        first, second = fit.shares(made)
        assert first * 3 == pytest.approx(second * 6)

    def test_a_set_grows_with_the_root_of_its_texts(self, examples):
        of_set = collections.Counter()
        for each, share in zip(examples, fit.shares(examples), strict=True):
            of_set[each.case.set] += share * each.features.n
        assert of_set["growing"] / of_set["strangers"] == pytest.approx(np.sqrt(32 / 12))


class TestFit:
    def test_versions_that_grow_are_put_in_order(self, fitted):
        case = growing(77)
        drawn = fit.predict(fit.prepare(case), fitted)
        assert set(zip(drawn["source_id"], drawn["target_id"], strict=True)) == set(case.edges)
        assert (drawn["p_direction"] > 0.6).all()

    def test_versions_that_shrink_are_put_in_order_when_such_were_shown(self):
        shrinking = fit.fit([fit.prepare(turned(growing(seed))) for seed in range(8)])
        example = fit.prepare(turned(growing(77)))
        drawn = fit.predict(example, shrinking)
        found = set(zip(drawn["source_id"], drawn["target_id"], strict=True))
        assert found == set(example.case.edges)

    def test_strangers_are_left_alone(self, fitted):
        assert len(fit.predict(fit.prepare(strangers(77)), fitted)) == 0

    def test_where_it_starts_does_not_matter(self, examples, fitted):
        start = np.random.default_rng(0).normal(size=len(training._price()))
        other = fit.fit(examples, start=start)
        assert other.edge == pytest.approx(fitted.edge, abs=0.05)

    def test_the_order_of_cases_does_not_matter(self, examples, fitted):
        assert fit.fit(examples[::-1]).edge == pytest.approx(fitted.edge, abs=0.02)

    def test_strangers_make_no_kind_familiar(self, examples, fitted):
        assert len(fitted.places) == sum(bool(each.case.edges) for each in examples)

    def test_scipy_is_asked_for_by_the_name_of_its_extra(self, examples, monkeypatch):
        monkeypatch.setitem(sys.modules, "scipy", None)
        with pytest.raises(errors.MissingExtraError, match=r"article-lineage\[fit\]"):
            fit.fit(examples)


class TestFolds:
    def test_cases_on_one_matter_stay_together(self):
        made = [growing(seed, name=f"case {seed}") for seed in range(6)]
        again = cases.Case("growing", "retold", made[0].articles, "graph", edges=made[0].edges)
        prepared = [fit.prepare(case) for case in [*made, again]]
        at = fit.folds(prepared)
        assert at[0] == at[-1]
        assert len(set(at)) > 1

    def test_names_alike_up_to_a_colon_are_one_matter(self):
        made = [growing(seed, name=f"one:{seed}") for seed in range(4)]
        assert len(set(fit.folds([fit.prepare(case) for case in made]))) == 1

    def test_a_seed_gives_the_same_folds_again(self, examples):
        assert fit.folds(examples, 3) == fit.folds(examples, 3)


class TestHeldOut:
    def test_no_part_is_in_its_own_fit(self, examples):
        part = [k % 2 for k in range(len(examples))]
        apart = fit.held_out(examples, part)
        n_related = collections.Counter(
            at for at, each in zip(part, examples, strict=True) if each.case.edges
        )
        assert len(apart[0].places) == n_related[1]
        assert len(apart[1].places) == n_related[0]


class TestTemperature:
    def test_is_low_where_held_out_directions_are_wrong(self, examples, fitted):
        related = [each for each in examples if each.case.edges]
        part = [0] * len(related)
        right = fit.temperature(related, part, {0: fitted})
        wrong = fit.temperature(
            [fit.prepare(turned(each.case)) for each in related], part, {0: fitted}
        )
        assert right == pytest.approx(fit.TEMPERATURES[-1])
        assert wrong == pytest.approx(fit.TEMPERATURES[0])


class TestMain:
    def run(self, *arguments):
        app = typer.Typer()
        app.command()(fit.main)
        return CliRunner().invoke(app, [str(each) for each in arguments])

    def test_writes_weights_that_can_be_read(self, tmp_path):
        made = [growing(seed) for seed in range(6)] + [strangers(seed) for seed in range(5)]
        made += [turned(growing(seed)) for seed in range(10, 14)]
        path, output = dumped(tmp_path, made), tmp_path / "weights.json"
        result = self.run(path, "-o", output, "--cross-validate", "--leave-genre-out")
        assert result.exit_code == 0, result.output
        fitted = model.from_dict(json.loads(output.read_text(encoding="utf-8")), "weights.json")
        assert fitted.fitted_on["n_cases"] == 15
        assert list(fitted.fitted_on["sha256"]) == ["made.jsonl"]
        for title in ("On the cases of the fit", "Cross-validation", "Leaving a set out"):
            assert title in result.output
        assert result.output.count("| growing |") == 3

    def test_cases_on_one_matter_alone_cannot_be_held_out(self, tmp_path):
        made = [growing(seed, name=f"one:{seed}") for seed in range(3)]
        result = self.run(dumped(tmp_path, made))
        assert isinstance(result.exception, errors.InputError)
        assert "give cases on others too" in str(result.exception)

    def test_without_a_known_graph_there_is_nothing_to_fit(self, tmp_path):
        result = self.run(dumped(tmp_path, [strangers(1)]))
        assert isinstance(result.exception, errors.InputError)
