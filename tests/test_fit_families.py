import collections
import itertools

import numpy as np
import pytest

from lineage import errors
from lineage.learn.fitting import family_parts, fit_families

from . import versions


@pytest.fixture(scope="module")
def examples():
    made = [versions.growing(seed) for seed in range(6)] + [
        versions.strangers(seed) for seed in range(3)
    ]
    return list(itertools.chain.from_iterable(family_parts.prepare(case) for case in made))


@pytest.fixture(scope="module")
def fitted(examples):
    return fit_families.fit(examples)


def whole(case):
    (only,) = [each for each in family_parts.prepare(case) if each.part == "whole"]
    return only


def drawn(example, fitted):
    found = fit_families.predict(example, fitted, 0.5).edges
    return set(zip(found["source_id"], found["target_id"], strict=True))


class TestShares:
    def test_cases_of_a_set_weigh_the_same_whatever_their_size(self):
        first, second = fit_families.shares(
            [whole(versions.growing(1, n=3)), whole(versions.growing(2, n=6))]
        )
        assert first * 3 == pytest.approx(second * 6)

    def test_a_set_grows_with_the_root_of_its_texts(self, examples):
        of_set = collections.Counter()
        n_texts = collections.Counter()
        for each, share in zip(examples, fit_families.shares(examples), strict=True):
            if each.part == "whole":
                of_set[each.case.set] += share * each.design.n
                n_texts[each.case.set] += each.design.n
        expected = np.sqrt(n_texts["growing"] / n_texts["strangers"])
        assert of_set["growing"] / of_set["strangers"] == pytest.approx(expected)


class TestFit:
    def test_versions_that_grow_are_put_in_order(self, fitted):
        case = versions.growing(77)
        example = whole(case)
        assert drawn(example, fitted) == set(case.edges)
        assert (fit_families.predict(example, fitted, 0.5).edges["p_direction"] > 0.6).all()

    def test_versions_that_shrink_are_put_in_order_when_such_were_shown(self):
        shown = [whole(versions.turned(versions.growing(seed))) for seed in range(6)]
        example = whole(versions.turned(versions.growing(77)))
        assert drawn(example, fit_families.fit(shown)) == set(example.case.edges)

    def test_strangers_are_left_alone(self, fitted):
        assert drawn(whole(versions.strangers(77)), fitted) == set()

    def test_the_order_of_cases_does_not_matter(self, examples, fitted):
        other = fit_families.fit(examples[::-1])
        example = whole(versions.growing(77))
        one, two = (fit_families.predict(example, each, 0.0).relations for each in (fitted, other))
        assert two["p_derived"].to_numpy() == pytest.approx(one["p_derived"].to_numpy(), abs=0.03)


class TestPredict:
    def test_relations_add_up_and_have_every_pair(self, fitted):
        found = fit_families.predict(whole(versions.fork()), fitted, 0.5).relations
        assert len(found) == 6
        total = found[["p_derived", "p_shared_source", "p_independent"]].sum(axis=1)
        assert total.to_numpy() == pytest.approx(np.ones(6))

    def test_edges_below_the_threshold_are_not_drawn(self, fitted):
        assert drawn(whole(versions.fork()), fitted)
        assert len(fit_families.predict(whole(versions.fork()), fitted, 1.01).edges) == 0


class TestFolds:
    def test_what_shares_a_text_is_dealt_together(self, examples):
        part = fit_families.folds(examples)
        of_text = collections.defaultdict(set)
        for each, at in zip(examples, part, strict=True):
            for text in each.texts:
                of_text[text].add(at)
        assert all(len(found) == 1 for found in of_text.values())

    def test_sets_are_dealt_evenly(self, examples):
        part = fit_families.folds(examples)
        growing = {
            each.case.name: at
            for each, at in zip(examples, part, strict=True)
            if each.case.set == "growing"
        }
        counted = collections.Counter(growing.values())
        assert max(counted.values()) - min(counted.values()) <= 1

    def test_the_order_of_cases_does_not_matter(self, examples):
        assert fit_families.folds(examples[::-1]) == fit_families.folds(examples)[::-1]


class TestHeldOut:
    def test_no_part_is_in_its_own_fit(self, examples, fitted):
        some = [each for each in examples if each.part == "whole"]
        part = [k % 2 for k in range(len(some))]
        apart = fit_families.held_out(some, part, np.zeros_like(fitted.weights))
        n_related = collections.Counter(
            at for at, each in zip(part, some, strict=True) if each.case.edges
        )
        assert len(apart[0].places) == n_related[1]
        assert len(apart[1].places) == n_related[0]

    def test_without_edges_left_there_is_nothing_to_fit(self, examples, fitted):
        some = [each for each in examples if each.part == "whole"]
        part = [bool(each.case.edges) for each in some]
        with pytest.raises(errors.InputError, match="give cases on others too"):
            fit_families.held_out(some, part, np.zeros_like(fitted.weights))

    def test_strangers_made_of_all_sets_leave_something_to_fit(self, fitted, monkeypatch):
        monkeypatch.setattr(family_parts, "N_STRANGERS", 6)
        known = [versions.growing(1), versions.fork(), versions.turned(versions.growing(9))]
        some = [whole(case) for case in known]
        mixed = family_parts.strangers(known, 1)
        apart = fit_families.held_out(some, [0, 1, 2], np.zeros_like(fitted.weights), mixed)
        assert [len(each.places) for each in apart.values()] == [2, 2, 2]


class TestTemperature:
    def test_is_low_where_held_out_directions_are_wrong(self, examples, fitted):
        related = [each for each in examples if each.case.edges and each.part == "whole"]
        part = [0] * len(related)
        right = fit_families.temperature(related, part, {0: fitted})
        turned = [whole(versions.turned(each.case)) for each in related]
        wrong = fit_families.temperature(turned, part, {0: fitted})
        assert wrong == pytest.approx(fit_families.TEMPERATURES[0])
        assert right > wrong
