import json

import numpy as np
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from lineage import errors, fit, outcomes
from lineage.evaluation import cases
from lineage.fitting import outcomes as fitting

from . import invented, versions


def drawn(rng, outcome, n=40, name="drawn"):
    """Pairs whose link tells whether they are related, and whose edge tells how."""
    middle = {"derived": (3, 3), "shared_source": (3, -3), "independent": (-4, -4)}[outcome]
    features = np.zeros((n, len(outcomes.FEATURES)))
    features[:, 0] = 1.0
    features[:, outcomes.FEATURES.index("link")] = rng.normal(middle[0], 1, n)
    features[:, outcomes.FEATURES.index("edge")] = rng.normal(middle[1], 1, n)
    prior = np.log(np.full((n, 3), 1 / 3))
    keys = tuple((f"a{k}", f"b{k}") for k in range(n))
    empty = pd.DataFrame({"article_id": ["x"], "text": ["y"]})
    true = np.full(n, outcomes.OUTCOMES.index(outcome))
    pairs = outcomes.Pairs(keys, (None,) * n, features, prior)
    case = cases.Case(name, outcome, empty, "graph")
    return fitting.Example(case, pairs, true, 2 * n, frozenset())


def three(seed, name="drawn"):
    rng = np.random.default_rng(seed)
    return [drawn(rng, outcome, name=name) for outcome in outcomes.OUTCOMES]


def copied(seed):
    """A case of one text and two made from it, in words that no other case has."""
    one = versions.growing(seed, n=2)
    longer = one.articles["text"].iloc[1].split(". ")
    third = pd.DataFrame({"article_id": ["third"], "text": [". ".join(longer[:5]) + "."]})
    frame = pd.concat([one.articles, third], ignore_index=True)
    edges = (*one.edges, (one.ids[0], "third"))
    return cases.Case("copied", f"c{seed}", frame, "graph", edges=edges)


class TestPrepare:
    def test_truth_and_features_are_those_of_the_pairs(self):
        case = copied(1)
        example = fitting.prepare(case, "lexical")
        told = {
            frozenset(key): outcomes.OUTCOMES[at]
            for key, at in zip(example.pairs.keys, example.true, strict=True)
        }
        first, second, third = case.ids
        assert told == {
            frozenset((first, second)): "derived",
            frozenset((first, third)): "derived",
            frozenset((second, third)): "shared_source",
        }
        assert example.n_texts == 3

    def test_only_labelled_pairs_count(self):
        frame = pd.DataFrame(
            {
                "article_id": ["a", "b", "c"],
                "text": [
                    invented.text(*invented.REPORT),
                    invented.text(*invented.derived("shorter")),
                    invented.text(*invented.INDEPENDENT),
                ],
            }
        )
        case = cases.Case("s", "c", frame, "pairs", edges=(("a", "b"),), independent=(("c", "a"),))
        example = fitting.prepare(case, "lexical")
        assert {frozenset(key) for key in example.pairs.keys} == {
            frozenset("ab"),
            frozenset("ac"),
        }

    def test_a_case_that_tells_of_no_pair_is_left_out(self):
        frame = versions.growing(1).articles
        assert fitting.prepare(cases.Case("s", "c", frame, "pairs"), "lexical") is None


class TestShares:
    def test_sets_weigh_alike_and_cases_by_the_root_of_their_pairs(self):
        rng = np.random.default_rng(0)
        made = [
            drawn(rng, "derived", 100),
            drawn(rng, "derived", 25),
            drawn(rng, "derived", 9, "other"),
        ]
        share = fitting.shares(made)
        assert share[:125].sum() == pytest.approx(share[125:].sum())
        assert share[:100].sum() == pytest.approx(2 * share[100:125].sum())


class TestFit:
    def test_pairs_of_the_same_kind_are_told_apart(self):
        fitted = fitting.fit(three(0))
        for each in three(1):
            p = outcomes.probabilities(each.pairs, fitted)
            assert (p.argmax(axis=1) == each.true).mean() > 0.95

    def test_weights_are_in_units_of_the_features(self):
        """Shifted and stretched features give the same probabilities."""
        made = three(0)
        at = outcomes.FEATURES.index("link")
        before = [outcomes.probabilities(each.pairs, fitting.fit(made)) for each in made]
        for each in made:
            each.pairs.features[:, at] = 50.0 + 3.0 * each.pairs.features[:, at]
        after = [outcomes.probabilities(each.pairs, fitting.fit(made)) for each in made]
        for one, other in zip(before, after, strict=True):
            assert one == pytest.approx(other, abs=1e-3)

    def test_a_feature_that_is_the_same_everywhere_spoils_nothing(self):
        made = three(0)
        before = fitting.fit(made)
        for each in made:
            each.pairs.features[:, outcomes.FEATURES.index("explained")] = 0.1
        after = fitting.fit(made)
        for each in made:
            p = outcomes.probabilities(each.pairs, before)
            assert outcomes.probabilities(each.pairs, after) == pytest.approx(p, abs=1e-3)

    def test_where_nothing_speaks_the_prior_stays(self):
        made = three(0)
        for each in made:
            each.pairs.features[:, 1:] = 0.0
        p = outcomes.probabilities(made[0].pairs, fitting.fit(made))
        assert p == pytest.approx(np.full(p.shape, 1 / 3), abs=1e-3)


class TestHeldOut:
    def test_no_part_is_in_its_own_fit(self):
        """What stands for `derived` in one part only is not known to the fit without it."""
        told = fitting.held_out(three(0), ["derived", "shared_source", "independent"])
        for each, p in told:
            assert p[np.arange(len(each.true)), each.true].mean() < 0.5

    def test_one_part_alone_is_refused(self):
        with pytest.raises(errors.InputError, match="give cases on others too"):
            fitting.held_out(three(0), [0, 0, 0])


class TestMain:
    def test_writes_weights_that_can_be_read(self, tmp_path):
        made = [copied(seed) for seed in range(7)] + [versions.strangers(seed) for seed in range(7)]
        path, output = versions.dumped(tmp_path, made), tmp_path / "outcomes.json"
        app = typer.Typer()
        app.command()(fit.main)
        options = ("--what", "outcomes", "-o", str(output), "--cross-validate", "--leave-genre-out")
        result = CliRunner().invoke(app, [str(path), *options])
        assert result.exit_code == 0, result.output
        fitted = outcomes.from_dict(json.loads(output.read_text(encoding="utf-8")), "outcomes.json")
        assert fitted.fitted_on["n_cases"] == 14
        assert list(fitted.fitted_on["sha256"]) == ["made.jsonl"]
        for title in ("On the cases of the fit", "Cross-validation", "Leaving a set out"):
            assert title in result.output
        assert result.output.count("| strangers |") == 3

    def test_without_a_known_pair_there_is_nothing_to_fit(self, tmp_path):
        path = tmp_path / "none.jsonl"
        article = {"id": "a", "text": "One bell rang in the harbour."}
        path.write_text(json.dumps({"articles": [article], "edges": []}) + "\n", encoding="utf-8")
        with pytest.raises(errors.InputError, match="how two texts are related"):
            fitting.read([path])
