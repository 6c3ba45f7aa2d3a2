import dataclasses

import numpy as np
import pandas as pd
import pytest

from lineage.attribution import digests
from lineage.learn.evaluation import cases
from lineage.learn.fitting import fit_passages, material


def case(kind, names, **given):
    table = pd.DataFrame({"article_id": list(names), "text": [f"Text {name}." for name in names]})
    return cases.Case("made", f"{kind} {names}", table, kind=kind, **given)


def example(given, places, right, likely=None, *, is_made=True):
    features = np.zeros((len(places), len(digests.FEATURES)))
    features[:, digests.FEATURES.index("cited")] = right if likely is None else likely
    return fit_passages.Example(
        given, features, np.ones(len(places)), np.array(right, dtype=bool), is_made, tuple(places)
    )


DIGEST = case("sources", "abd", edges=(("a", "d"), ("b", "d")))
MANY = case(
    "collection", "abcde", edges=(("a", "b"),), relatives=(("b", "c"),), same_event=(("c", "d"),)
)


class TestHasDigests:
    def test_where_most_that_is_made_is_made_from_several(self):
        assert fit_passages.has_digests(DIGEST)
        assert fit_passages.has_digests(dataclasses.replace(DIGEST, kind="collection"))

    def test_not_where_each_has_one_source(self):
        assert not fit_passages.has_digests(MANY)
        assert not fit_passages.has_digests(case("graph", "ab"))


class TestIsCounted:
    def test_of_two_sources_of_a_digest_nothing_is_known(self):
        assert not fit_passages.is_counted(DIGEST, "a", "b")
        assert fit_passages.is_counted(DIGEST, "a", "d")
        assert fit_passages.is_counted(DIGEST, "d", "a")

    def test_relatives_of_another_kind_are_left_out(self):
        assert not fit_passages.is_counted(MANY, "b", "a")
        assert not fit_passages.is_counted(MANY, "b", "c")
        assert fit_passages.is_counted(MANY, "c", "d")


class TestFolds:
    def test_a_small_case_is_one_matter(self):
        (part,) = fit_passages.folds([example(DIGEST, [(0, 2)], [1])])
        assert len(set(part.tolist())) == 1

    def test_what_is_related_or_of_one_event_is_one_matter(self):
        (part,) = fit_passages.folds([example(MANY, [(0, 1)], [1])])
        assert len(set(part[:4].tolist())) == 1

    def test_a_text_is_in_one_fold_whatever_case_it_stands_in(self):
        both = [example(DIGEST, [(0, 2)], [1]), example(MANY, [(0, 1)], [1])]
        small, large = fit_passages.folds(both)
        assert small[0] == large[0]

    def test_matters_are_spread_evenly(self):
        many = [example(case("sources", (f"{k}a", f"{k}b")), [(0, 1)], [1]) for k in range(10)]
        counts = np.bincount([part[0] for part in fit_passages.folds(many)])
        assert counts.tolist() == [10 // material.N_FOLDS] * material.N_FOLDS


class TestHeldOut:
    def test_no_pair_is_judged_by_a_fit_that_saw_its_texts(self):
        # The last case is the other way round: a fit that had seen it would waver.
        n = 20
        names = [(f"{k}a", f"{k}b") for k in range(n)]
        made = [
            example(case("sources", each), [(0, 1), (1, 0)], [1, 0], [k < n - 1, k == n - 1])
            for k, each in enumerate(names)
        ]
        part = [np.full(2, k) for k in range(n)]
        found = fit_passages.held_out(made, part)
        assert found[0][0] > found[0][1]
        assert found[-1][0] < found[-1][1]
        alone = fit_passages.fit(made[:-1])
        assert found[-1] == pytest.approx(alone.p(made[-1].features))

    def test_a_pair_of_two_parts_teaches_neither(self):
        sure = example(DIGEST, [(0, 2), (2, 0), (1, 2), (2, 1)], [1, 0, 1, 0])
        odd = example(MANY, [(0, 1)], [0], [1], is_made=False)
        apart = example(case("graph", "xy"), [(0, 1)], [0], is_made=False)
        part = [np.zeros(3, dtype=int), np.array([0, 1, 1, 1, 1]), np.full(2, 2)]
        found = fit_passages.held_out([sure, odd, apart], part)
        assert found[2] == pytest.approx(fit_passages.fit([sure, odd]).p(apart.features))
        assert found[1] == pytest.approx(fit_passages.fit([sure, apart]).p(odd.features))


class TestNaming:
    APART = case("graph", "abc")
    PLACES = ((0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1))

    def named(self, **said):
        given = example(self.APART, self.PLACES, [0] * 6, **said)
        made = fit_passages.naming(given)
        cited, n_cited, of_source = (
            made.features[:, digests.FEATURES.index(name)]
            for name in ("cited", "n_cited", "n_cited_of_source")
        )
        return given, made, cited, n_cited, of_source

    def test_one_report_names_others(self):
        _, made, cited, n_cited, of_source = self.named(likely=[-3.5] * 6)
        targets = {place[1] for place, n in zip(self.PLACES, n_cited, strict=True) if n > 0}
        sources = {place[0] for place, n in zip(self.PLACES, of_source, strict=True) if n > 0}
        assert targets == sources
        assert len(targets) == 1
        assert ((cited > -3.5) == (n_cited > 0)).all()
        assert not made.right.any()

    def test_nothing_else_is_changed_and_the_same_comes_again(self):
        given, made, *_ = self.named(likely=[-3.5] * 6)
        told = [digests.FEATURES.index(k) for k in ("cited", "n_cited", "n_cited_of_source")]
        others = np.setdiff1d(np.arange(len(digests.FEATURES)), told)
        assert (made.features[:, others] == given.features[:, others]).all()
        assert (fit_passages.naming(given).features == made.features).all()

    def test_who_names_more_already_still_does(self):
        _, _, cited, _, _ = self.named(likely=[0.0] * 6)
        assert (cited == 0.0).all()


class TestChosen:
    def test_keeps_rows_of_all_parts_alike(self):
        kept = fit_passages.chosen(
            example(MANY, [(0, 1), (1, 4), (4, 0)], [1, 0, 0]), np.array([True, False, True])
        )
        assert kept.places == ((0, 1), (4, 0))
        assert kept.right.tolist() == [True, False]
        assert len(kept.features) == len(kept.left) == 2
