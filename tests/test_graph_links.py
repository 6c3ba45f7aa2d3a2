import dataclasses
import random

import numpy as np
import pytest

from lineage import errors
from lineage.graph import graph_settings, links
from lineage.match import likeness

from . import made
from .test_likeness import BUDGET, MORE, STORM, STORM_CUT, STORM_TOLD

FINNISH = (
    "Eilen illalla satamassa nähtiin vanha laiva, jonka kapteeni kertoi toimittajille matkansa "
    "vaiheista. Miehistö jäi kaupunkiin odottamaan korjausta, joka kestää kaksi viikkoa."
)
FORM = (
    "A tremor of magnitude {} was felt {} miles west of {} on {}, according to the survey. There "
    "were no reports of damage, the survey said. It was noticed as far away as {}."
)


def found(**texts):
    return links.find(list(made.documents(**texts).values()))


def p(**texts):
    (only,) = links.p_link(found(**texts))
    return float(only)


def invented(n):
    """Chance pairs with chance evidence."""
    dice = np.random.default_rng(3)
    pairs = np.array([(a, b) for a in range(n) for b in range(a + 1, n)])
    return links.Links(n, pairs[:, 0], pairs[:, 1], dice.normal(-4, 4, len(pairs)), pairs)


class TestFind:
    def test_a_cut_text_is_linked(self):
        assert p(a=STORM, b=STORM_CUT) > 0.95

    def test_a_retelling_is_linked_in_a_small_collection(self):
        assert p(a=STORM, b=STORM_TOLD) > 0.5

    def test_two_events_are_not(self):
        assert p(a=STORM, b=BUDGET) < 0.25

    def test_near_identical_texts_of_an_unknown_language_are_linked(self):
        assert p(a=FINNISH, b=FINNISH.replace("vanha", "ikivanha")) > 0.9

    def test_one_form_filled_in_twice_is_no_link(self):
        one = FORM.format("3.1", 12, "Ambry", "Monday", "Lake Sloe")
        other = FORM.format("4.4", 27, "Tarnfield", "Friday", "Mount Wexcombe")
        assert p(a=one, b=other) < 0.5

    def test_a_source_that_grows_keeps_its_link(self):
        assert p(a=STORM + MORE * 3, b=STORM_CUT) > 0.9

    def test_order_and_ids_do_not_matter(self):
        one = found(a=STORM, b=STORM_TOLD, c=BUDGET, d=STORM_CUT)
        other = found(w=STORM_CUT, x=BUDGET, y=STORM_TOLD, z=STORM)
        assert np.array_equal(one.log_bayes, other.log_bayes)
        assert np.array_equal(links.p_link(one), links.p_link(other))

    def test_no_text_and_one_text_have_no_pairs(self):
        assert len(links.find([]).a) == 0
        assert links.families(links.find([])) == []
        assert links.families(found(a=STORM)) == [[0]]


class TestPrior:
    def test_the_same_evidence_is_worth_less_in_a_larger_collection(self):
        pair = np.array([0]), np.array([1]), np.array([3.0]), np.zeros((1, 1))
        small, large = (links.p_link(links.Links(n, *pair))[0] for n in (2, 500))
        assert small > 0.9
        assert large < 0.1

    def test_a_collection_that_tells_nothing_has_even_odds(self):
        assert links.theta(links.Links(0, *(np.zeros(0, dtype=int),) * 4)) == 1.0

    def test_relatives_everywhere_raise_the_odds_and_strangers_lower_them(self):
        pairs = np.arange(0, 40, 2), np.arange(1, 40, 2)
        none = np.zeros((20, 1))
        assert links.theta(links.Links(40, *pairs, np.full(20, 20.0), none)) > 3
        assert links.theta(links.Links(40, *pairs, np.full(20, -20.0), none)) < 0.2


class TestFamilies:
    def test_every_text_is_in_one_family(self):
        families = links.families(invented(15))
        assert sorted(text for family in families for text in family) == list(range(15))

    def test_a_lower_floor_joins_more(self):
        some = invented(15)
        assert len(links.families(some, least=0.01)) <= len(links.families(some, least=0.9))

    @pytest.mark.parametrize(("n_weak", "together"), [(1, False), (3, True)])
    def test_a_text_joins_a_family_that_it_belongs_to_by_all_its_pairs(self, n_weak, together):
        # Three relatives among ten texts, and a fourth that is linked weakly to some of them.
        pairs = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, 9.0)]
        pairs += [(k, 3, 2.2) for k in range(n_weak)]
        a, b, nats = (np.array(each) for each in zip(*sorted(pairs), strict=True))
        some = links.Links(10, a, b, nats, np.zeros((len(a), 0)))
        assert (links.p_link(some) >= graph_settings.LEAST_RELATED).sum() == 3
        assert ([0, 1, 2, 3] in links.families(some)) == together

    def test_relatives_are_one_family_and_a_stranger_is_alone(self):
        texts = dict(a=STORM, b=STORM_TOLD, c=BUDGET, d=STORM_CUT)
        documents = made.documents(**texts)
        names = list(documents)
        got = links.families(links.find(list(documents.values())), least=0.5)
        assert {frozenset(names[k] for k in family) for family in got} == {
            frozenset("abd"),
            frozenset("c"),
        }


class TestTerms:
    def test_parts_of_a_feature_add_up_to_it(self):
        dice = random.Random(1)
        features = np.array([[dice.uniform(-1, 9) for _ in likeness.NAMES] for _ in range(5)])
        cut = links.terms(features)
        for k, name in enumerate(likeness.NAMES):
            mine = [j for j, term in enumerate(links.TERMS) if term.partition(">")[0] == name]
            assert cut[:, mine].sum(axis=1) == pytest.approx(features[:, k])

    @pytest.mark.parametrize("name", ["words", "pairs_most", "longest", "facts", "numbers"])
    def test_more_in_common_never_speaks_against_a_link(self, name):
        ladder = np.zeros((30, len(likeness.NAMES)))
        ladder[:, likeness.NAMES.index(name)] = np.linspace(0, 6, 30)
        assert np.all(np.diff(links.log_bayes(ladder)) >= -1e-9)


class TestModel:
    def test_survives_its_file(self):
        model = links.load()
        again = links.from_dict(links.to_dict(model), "file")
        assert np.allclose(again.slopes, model.slopes)
        assert again.constant == pytest.approx(model.constant)

    def test_a_missing_term_is_told(self):
        values = links.to_dict(links.load())
        slopes = dict(values["slopes"])
        slopes.pop("words")
        with pytest.raises(errors.ConfigError, match="words"):
            links.from_dict({**values, "slopes": slopes}, "file")

    def test_other_weights_can_be_asked_for(self):
        flat = dataclasses.replace(links.load(), slopes=np.zeros(len(links.TERMS)), constant=2.0)
        documents = list(made.documents(a=STORM, b=f"{STORM} {BUDGET}").values())
        assert links.find(documents, flat).log_bayes.tolist() == [2.0]
