import numpy as np
import pandas as pd
import pytest

from lineage import errors
from lineage.evaluation import cases as known
from lineage.fitting import link_pairs
from lineage.fitting import links as fitting
from lineage.graph import links

from .test_graph_likeness import BUDGET, MORE, STORM, STORM_CUT, STORM_TOLD


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
