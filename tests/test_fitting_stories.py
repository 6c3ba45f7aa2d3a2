import collections
import dataclasses
import sys

import numpy as np
import pandas as pd
import pytest

from lineage import errors
from lineage.evaluation import cases
from lineage.fitting import stories
from lineage.phylogeny import training

from . import versions


@pytest.fixture(scope="module")
def examples():
    made = [versions.growing(seed) for seed in range(8)] + [
        versions.strangers(seed) for seed in range(4)
    ]
    return [stories.prepare(case) for case in made]


@pytest.fixture(scope="module")
def fitted(examples):
    return stories.fit(examples)


class TestPrepare:
    def test_the_true_forest_is_that_of_the_case(self):
        case = versions.growing(1)
        example = stories.prepare(case)
        found = {
            (example.ids[source], example.ids[target])
            for target, source in enumerate(example.true.parents)
            if source >= 0
        }
        assert found == set(case.edges)
        assert example.ids[example.true.first_root] == case.ids[0]

    def test_texts_that_are_the_same_to_the_letter_are_one(self):
        frame = pd.DataFrame({"article_id": ["a", "b"], "text": ["One bell rang."] * 2})
        assert stories.prepare(cases.Case("s", "c", frame, "graph")) is None

    def test_a_case_with_some_labels_only_is_left_out(self):
        frame = versions.growing(1).articles
        assert stories.prepare(cases.Case("s", "c", frame, "pairs")) is None


class TestShares:
    def test_cases_of_a_set_weigh_the_same_whatever_their_size(self):
        made = [
            stories.prepare(versions.growing(1, n=3)),
            stories.prepare(versions.growing(2, n=6)),
        ]
        first, second = stories.shares(made)
        assert first * 3 == pytest.approx(second * 6)

    def test_a_set_grows_with_the_root_of_its_texts(self, examples):
        of_set = collections.Counter()
        for each, share in zip(examples, stories.shares(examples), strict=True):
            of_set[each.case.set] += share * each.features.n
        assert of_set["growing"] / of_set["strangers"] == pytest.approx(np.sqrt(32 / 12))


class TestFit:
    def test_versions_that_grow_are_put_in_order(self, fitted):
        case = versions.growing(77)
        drawn = stories.predict(stories.prepare(case), fitted)
        assert set(zip(drawn["source_id"], drawn["target_id"], strict=True)) == set(case.edges)
        assert (drawn["p_direction"] > 0.6).all()

    def test_versions_that_shrink_are_put_in_order_when_such_were_shown(self):
        shrinking = stories.fit(
            [stories.prepare(versions.turned(versions.growing(seed))) for seed in range(8)]
        )
        example = stories.prepare(versions.turned(versions.growing(77)))
        drawn = stories.predict(example, shrinking)
        found = set(zip(drawn["source_id"], drawn["target_id"], strict=True))
        assert found == set(example.case.edges)

    def test_strangers_are_left_alone(self, fitted):
        assert len(stories.predict(stories.prepare(versions.strangers(77)), fitted)) == 0

    def test_where_it_starts_does_not_matter(self, examples, fitted):
        start = np.random.default_rng(0).normal(size=len(training._price()))
        other = stories.fit(examples, start=start)
        assert other.edge == pytest.approx(fitted.edge, abs=0.05)

    def test_the_order_of_cases_does_not_matter(self, examples, fitted):
        assert stories.fit(examples[::-1]).edge == pytest.approx(fitted.edge, abs=0.02)

    def test_strangers_make_no_kind_familiar(self, examples, fitted):
        assert len(fitted.places) == sum(bool(each.case.edges) for each in examples)

    def test_scipy_is_asked_for_by_the_name_of_its_extra(self, examples, monkeypatch):
        monkeypatch.setitem(sys.modules, "scipy", None)
        with pytest.raises(errors.MissingExtraError, match=r"article-lineage\[fit\]"):
            stories.fit(examples)


class TestHeldOut:
    def test_no_part_is_in_its_own_fit(self, examples):
        part = [k % 2 for k in range(len(examples))]
        apart = stories.held_out(examples, part)
        n_related = collections.Counter(
            at for at, each in zip(part, examples, strict=True) if each.case.edges
        )
        assert len(apart[0].places) == n_related[1]
        assert len(apart[1].places) == n_related[0]


class TestTemperature:
    def test_is_low_where_held_out_directions_are_wrong(self, examples, fitted):
        related = [each for each in examples if each.case.edges]
        part = [0] * len(related)
        right = stories.temperature(related, part, {0: fitted})
        wrong = stories.temperature(
            [stories.prepare(versions.turned(each.case)) for each in related], part, {0: fitted}
        )
        assert right == pytest.approx(stories.TEMPERATURES[-1])
        assert wrong == pytest.approx(stories.TEMPERATURES[0])

    def both_ways(self, examples):
        """The same stories with their true lineage, and with it turned round."""
        related = [each for each in examples if each.case.edges]
        return related + [stories.prepare(versions.turned(each.case)) for each in related]

    def free_and_held(self, examples, fitted, unseen):
        """The factor for the first half, and that which the second half leaves of it."""
        part = [each.case.set == "growing" for each in examples]
        free = stories.temperature(examples, part, {True: fitted})
        return free, stories.temperature(examples, part, {True: fitted}, {"shrinking": unseen})

    def test_is_held_down_by_a_set_left_out_whose_decided_edges_are_wrong(self, examples, fitted):
        both = self.both_ways(examples)
        # A model that knows one such story is half as sure.
        unsure = dataclasses.replace(fitted, places=fitted.places[:1])
        free, held = self.free_and_held(both, fitted, unsure)
        assert stories.TEMPERATURES[0] < held < free
        at = dataclasses.replace(unsure, temperature=held)
        turned = [each for each in both if each.case.set == "shrinking"]
        bets = [bet for each in turned for bet in stories.score(each, at).bets]
        assert bets
        assert all(bet.p_direction < 0.9 for bet in bets)

    def test_is_not_held_down_by_a_set_left_out_in_which_nothing_is_decided(self, examples, fitted):
        silent = dataclasses.replace(fitted, places=fitted.places + 99)
        free, held = self.free_and_held(self.both_ways(examples), fitted, silent)
        assert held == free

    def test_where_no_factor_will_do_the_lowest_is_taken_and_said(self, examples, fitted, caplog):
        _, held = self.free_and_held(self.both_ways(examples), fitted, fitted)
        assert held == pytest.approx(stories.TEMPERATURES[0])
        assert "under no temperature" in caplog.text
