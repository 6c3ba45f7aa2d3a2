import dataclasses
import sys

import numpy as np
import pytest

from lineage import errors
from lineage.graph import design, forests, likelihood, model, training

from . import designs

GROWTH = design.EDGE_NAMES.index("growth|reworded")
LENGTH = design.ROOT_NAMES.index("length|any")


def family(seed, n=4, *, growing=True, related=True):
    """Texts of random length: the others were made from the shortest one, or from the longest."""
    length = np.random.default_rng(seed).permutation(n) - (n - 1) / 2
    links = [(a, b, 6.0) for a in range(n) for b in range(a)] if related else []
    found = designs.apart(n, links)
    edge, root = found.edge.copy(), found.root.copy()
    edge[:n, :, GROWTH] = length[None, :] - length[:, None]
    root[:n, LENGTH] = length
    first = int(length.argmin() if growing else length.argmax())
    parents = [-1 if t == first or not related else first for t in range(n)]
    made = dataclasses.replace(found, edge=edge, root=root)
    true = likelihood.true_forest(parents, len(made.possible))
    return training.Family(made, true, 1.0, related)


def likeliest_root(fitted, made):
    (scores,) = model.weigh(made.design, fitted.weights).scores
    return int(forests.infer(scores).root.argmax())


@pytest.fixture(scope="module")
def grown():
    return [family(seed) for seed in range(10)]


@pytest.fixture(scope="module")
def fitted(grown):
    return training.fit(grown)


class TestFit:
    def test_tells_the_root_of_families_that_grow(self, fitted):
        for seed in range(50, 58):
            unseen = family(seed)
            assert likeliest_root(fitted, unseen) == unseen.true.first_root

    def test_tells_the_root_of_families_that_shrink_when_such_were_shown(self):
        shown = training.fit([family(seed, growing=False) for seed in range(10)])
        for seed in range(50, 58):
            unseen = family(seed, growing=False)
            assert likeliest_root(shown, unseen) == unseen.true.first_root

    def test_makes_the_true_forests_more_probable_than_where_it_starts(self, grown, fitted):
        origin = np.array([training.START.get(name, 0.0) for name in design.NAMES])
        before, after = (
            sum(likelihood.negative_log(each.design, each.true, weights)[0] for each in grown)
            for weights in (origin, fitted.weights)
        )
        assert after < before / 2

    def test_where_it_starts_does_not_matter(self, grown, fitted):
        start = np.random.default_rng(0).normal(size=len(design.NAMES))
        other = training.fit(grown, start=start)
        apart = training.standardised(grown, other) - training.standardised(grown, fitted)
        assert apart == pytest.approx(np.zeros(len(apart)), abs=0.1)

    def test_what_no_family_speaks_of_stays_where_it_starts(self, fitted):
        for name in ("credited", "headings|verbatim", "named"):
            expected = training.START.get(name, 0.0)
            assert fitted.weights[design.NAMES.index(name)] == pytest.approx(expected), name

    def test_independent_reports_make_no_kind_familiar(self, grown):
        apart = [family(seed, related=False) for seed in range(2)]
        assert len(training.fit([*grown[:3], *apart]).places) == 3

    def test_a_family_of_no_share_changes_nothing(self, grown):
        silent = dataclasses.replace(family(1, growing=False), share=0.0)
        one, other = training.fit(grown[:4]), training.fit([*grown[:4], silent])
        assert other.weights == pytest.approx(one.weights, abs=0.02)

    def test_scipy_is_asked_for_by_the_name_of_its_extra(self, grown, monkeypatch):
        monkeypatch.setitem(sys.modules, "scipy", None)
        with pytest.raises(errors.MissingExtraError, match=r"article-lineage\[fit\]"):
            training.fit(grown)


class TestStandardised:
    def test_is_in_units_of_the_spread_of_the_features(self, grown, fitted):
        scale = likelihood.scale([each.design for each in grown], [1.0] * len(grown))
        assert training.standardised(grown, fitted) == pytest.approx(fitted.weights * scale)
