import math
import typing

import numpy as np
import pytest

from lineage import tables
from lineage.graph import edges, outcomes

from . import invented, posteriors


@pytest.fixture(scope="module")
def texts():
    """A report, a text made from it, another report of the event, and another story."""
    return {
        "report": invented.report(article_id="report"),
        "copy": invented.report(*invented.derived("shorter"), article_id="copy"),
        "other": invented.report(*invented.INDEPENDENT, article_id="other"),
        "stranger": invented.report(*invented.STRANGER, article_id="stranger"),
    }


@pytest.fixture(scope="module")
def found(texts):
    return posteriors.compared(list(texts.values()))


def square(n, **pairs):
    made = np.zeros((n, n))
    for name, p in pairs.items():
        a, b = int(name[1]), int(name[2])
        made[a, b] = made[b, a] = p
    return made


def related(texts, found, *, p_link=None, joins=(), derived=0.9, shared=0.05):
    """Relations where report and copy are a family, and the others are alone."""
    names = ("report", "copy")
    joined = posteriors.family(
        [texts[name] for name in names], square(2, p01=derived), square(2, p01=shared)
    )
    alone = [posteriors.family([texts[name]]) for name in ("other", "stranger")]
    listed = outcomes.of_pairs(found, [joined, *alone], p_link or {}, joins)
    return {frozenset((each.a, each.b)): each for each in listed}


def joining(source, target, p):
    return edges.Edge(source, target, "edit", "kept", p, p, 1.0)


COPY, OTHER = frozenset({"report", "copy"}), frozenset({"report", "other"})
STRANGER = frozenset({"report", "stranger"})


class TestOutcome:
    def test_is_one_that_the_table_has(self):
        assert typing.get_args(outcomes.Outcome) == tables.OUTCOMES


class TestOfPairs:
    def test_the_most_probable_of_three_is_the_outcome(self, texts, found):
        assert related(texts, found)[COPY].outcome == "derived"
        turned = related(texts, found, derived=0.2, shared=0.7)
        assert turned[COPY].outcome == "shared_source"

    def test_below_one_half_nothing_is_decided(self, texts, found):
        row = related(texts, found, derived=0.45, shared=0.25)[COPY]
        assert row.outcome == "undecided"
        assert row.p_derived == pytest.approx(0.45)

    def test_reports_of_one_event_are_independent_and_others_unrelated(self, texts, found):
        rows = related(texts, found)
        assert rows[OTHER].outcome == "independent"
        assert rows[STRANGER].outcome == "unrelated"
        assert rows[STRANGER].p_independent == 1.0

    def test_a_link_of_two_families_is_of_either_kind_alike(self, texts, found):
        by_key = {key: 0.3 for key in found if set(key) == OTHER}
        row = related(texts, found, p_link=by_key)[OTHER]
        assert row.p_derived == row.p_shared_source == pytest.approx(0.15)
        assert row.p_independent == pytest.approx(0.7)

    def test_an_edge_between_families_makes_one_from_the_other(self, texts, found):
        row = related(texts, found, joins=[joining("other", "report", 0.8)])[OTHER]
        assert row.outcome == "derived"
        assert row.p_derived == pytest.approx(0.8)

    def test_the_link_of_such_an_edge_is_that_of_its_row(self, texts, found):
        by_key = dict.fromkeys(found, 0.3)
        row = related(texts, found, p_link=by_key, joins=[joining("other", "report", 0.8)])[OTHER]
        assert row.p_derived + row.p_shared_source == pytest.approx(0.8)

    def test_every_pair_has_one_and_its_probabilities_add_up(self, texts, found):
        by_key = dict.fromkeys(found, 0.4)
        rows = related(texts, found, p_link=by_key, joins=[joining("other", "copy", 0.7)])
        assert len(rows) == len(found)
        for row in rows.values():
            stated = (getattr(row, f"p_{name}") for name in outcomes.OUTCOMES)
            assert math.fsum(stated) == pytest.approx(1)

    def test_containment_is_that_of_each_side(self, texts, found):
        row = related(texts, found)[COPY]
        assert (row.a, row.b) == ("copy", "report")
        assert row.containment_a == pytest.approx(1.0)
        assert row.containment_b < 0.8
