import dataclasses

import numpy as np
import pandas as pd
import pytest

from lineage import errors
from lineage.graph import links
from lineage.learn.evaluation import cases as known
from lineage.learn.fitting import fit_links as fitting
from lineage.learn.fitting import link_pairs
from lineage.match import likeness

from .test_likeness import BUDGET, MORE, STORM, STORM_CUT, STORM_TOLD


def case(edges=(), kind="graph", **texts):
    frame = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    return known.Case("made", "one", frame, kind, edges=tuple(edges))


STRANGERS = case(a=STORM, b=BUDGET, c="The mill stands still." + MORE)
FAMILY = case([("a", "b"), ("a", "c")], a=STORM, b=STORM_CUT, c=STORM_TOLD)


def examples(*some):
    return [each for one in some for each in link_pairs.prepare(one)]


class TestLabels:
    def test_two_texts_made_from_one_are_relatives(self):
        assert link_pairs.labels(FAMILY)[frozenset("bc")] is True

    def test_two_sources_of_one_text_need_not_be(self):
        digest = case([("a", "c"), ("b", "c")], a=STORM, b=BUDGET, c=STORM_CUT)
        assert frozenset("ab") not in link_pairs.labels(digest)

    def test_without_edges_all_are_strangers(self):
        assert set(link_pairs.labels(STRANGERS).values()) == {False}

    def test_where_all_relatives_are_listed_the_others_are_strangers(self):
        told = link_pairs.labels(case([("a", "b")], "collection", a=STORM, b=STORM_CUT, c=BUDGET))
        assert told == {frozenset("ab"): True, frozenset("ac"): False, frozenset("bc"): False}


class TestStrangers:
    SETS = (
        dataclasses.replace(case(a=STORM, b=STORM_CUT), set="storms"),
        dataclasses.replace(case(a=BUDGET), set="budgets"),
    )

    def test_texts_of_different_sets_are_put_together_whole_and_cut(self):
        made = link_pairs.strangers(self.SETS, seed=1, n_times=20)
        assert made
        assert {each.set for each in made} == {link_pairs.STRANGERS}
        assert not any(each.is_linked.any() or each.is_edge.any() for each in made)
        lengths = {float(each.features[0, likeness.NAMES.index("n_words_least")]) for each in made}
        assert len(lengths) > 2

    def test_a_cut_text_counts_as_the_one_it_was_cut_from(self):
        wholes = {text for one in self.SETS for each in examples(one) for text in each.hashes}
        found = {
            text
            for each in link_pairs.strangers(self.SETS, seed=1, n_times=20)
            for text in each.hashes
        }
        assert found & wholes

    def test_texts_on_one_thing_are_not_strangers(self):
        again = dataclasses.replace(case(a=STORM_TOLD), set="tellings")
        assert link_pairs.strangers((self.SETS[0], again), seed=1, n_times=20) == []

    def test_one_set_has_none(self):
        assert link_pairs.strangers(self.SETS[:1], seed=1, n_times=20) == []


class TestPrepare:
    def test_copies_are_one_text(self):
        twice = case([("a", "b"), ("a", "c")], a=STORM, b=STORM, c=STORM_CUT)
        (only,) = link_pairs.prepare(twice)
        assert only.n == 2

    def test_one_text_alone_has_nothing_to_fit(self):
        assert link_pairs.prepare(case(a=STORM)) == []


class TestFit:
    def test_relatives_come_out_above_strangers(self):
        made = examples(FAMILY, STRANGERS)
        nats = fitting.weigh(made, fitting.fit(made))
        assert nats[0].min() > nats[1].max()

    def test_signs_are_kept(self):
        made = examples(FAMILY, STRANGERS)
        slopes = dict(zip(links.TERMS, fitting.fit(made).slopes.tolist(), strict=True))
        assert slopes["pairs_most"] >= 0
        assert slopes["form"] <= fitting.MOST_SLOPES["form"] + 1e-6
        assert slopes["n_words_most>6"] == 0

    def test_one_kind_of_pairs_alone_cannot_be_fitted(self):
        with pytest.raises(errors.InputError, match="both kinds"):
            fitting.fit(examples(FAMILY))


class TestFolds:
    def test_relatives_are_in_one_fold(self):
        made = examples(FAMILY, STRANGERS)
        fold = fitting.folds(made)
        assert len({fold[text] for text in made[0].hashes}) == 1

    def test_every_pair_is_weighed_once(self):
        made = examples(FAMILY, STRANGERS)
        model = fitting.fit(made)
        assert all(np.isfinite(each).all() for each in fitting.weigh(made, model))


class TestFigures:
    def test_sets_and_reliability_are_shown(self):
        made = examples(FAMILY, STRANGERS)
        shown = fitting.figures(made, fitting.weigh(made, fitting.fit(made)))
        assert "| made |" in shown
        assert "mean p" in shown
