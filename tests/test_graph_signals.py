import dataclasses
import math

import numpy as np
import pytest

from lineage import config
from lineage.evidence import direction as causes
from lineage.evidence.row import Evidence
from lineage.graph import (
    design,
    family_edges,
    graph_settings,
    model,
    posterior,
    signals,
)

from . import designs, invented, posteriors

SETTINGS = config.TraceConfig()
LINES = (
    "The ferry struck the northern pier at dawn on 3 March 2016 and nobody was hurt.",
    "Harbour master Ines Calloway closed the channel for two days.",
    "Divers found a crack of three metres below the waterline.",
    "The owners promised to pay for the pier and for every cancelled crossing since Monday.",
    "In May 2017 the council of Ostrell replaced the fenders and moved the old warning lights.",
    "A new harbour pilot, Jonas Thackeray, has guided every ferry into the port since June 2018.",
)
SAID = {
    "growth__reworded": 2.0,
    "growth__verbatim": 2.0,
    "inserted_words__verbatim": 1.0,
    "inserted_words__reworded": 1.0,
    "later_day__any": 1.5,
    "unnamed__verbatim": -6.0,
    "unnamed__reworded": -6.0,
}


def random_model(seed):
    """Any weights: what is shown must add up all the same."""
    random = np.random.default_rng(seed)
    family, _ = posteriors.measured(*growing())
    places = np.tile(model.place(family.design.measured), (5, 1))
    return model.Model(random.normal(scale=0.3, size=len(design.NAMES)), 1.0, places, {})


def growing():
    """Versions, each with a line more, ids in their order."""
    return [invented.report(*LINES[: 3 + k], article_id=f"v{k}") for k in range(4)]


def explained(monkeypatch, fitted, *made, **changed):
    monkeypatch.setattr(family_edges.model, "load", lambda: fitted)
    family, found = posteriors.measured(*made, **changed)
    solved = family_edges.solve(family, SETTINGS)
    return family_edges.tell(solved, found, {}, SETTINGS), solved, family


def bits(listed, about):
    return sum(each.weight_bits for each in listed if each.about == about)


def probability(weight_bits):
    return 1.0 / (1.0 + 2.0**-weight_bits)


class TestExplain:
    @pytest.mark.parametrize("seed", range(4))
    def test_bits_of_the_link_add_up_to_p_link(self, monkeypatch, seed):
        told, _, _ = explained(monkeypatch, random_model(seed), *growing())
        assert told.edges
        for edge in told.edges:
            assert probability(bits(edge.evidence, "link")) == pytest.approx(edge.p_link, abs=0.003)

    @pytest.mark.parametrize("seed", range(4))
    def test_bits_of_the_direction_add_up_to_p_direction(self, monkeypatch, seed):
        told, _, _ = explained(monkeypatch, random_model(seed), *growing())
        for edge in told.edges:
            found = probability(bits(edge.evidence, "direction"))
            assert found == pytest.approx(edge.p_direction, abs=0.003)

    def test_so_do_those_of_a_further_parent(self, monkeypatch):
        monkeypatch.setattr(family_edges.model, "load", designs.fitted)
        family, found = posteriors.measured(*growing())
        solved = family_edges.solve(family, SETTINGS)
        told = family_edges.tell(solved, found, {(0, 1): 0.8, (1, 0): 0.3}, SETTINGS)
        for edge in told.edges:
            for about, name in (("link", "p_link"), ("direction", "p_direction")):
                expected = pytest.approx(getattr(edge, name), abs=0.003)
                assert probability(bits(edge.evidence, about)) == expected

    @pytest.mark.parametrize("seed", range(4))
    def test_bits_of_the_choice_add_up_to_the_share_among_parents(self, monkeypatch, seed):
        told, solved, _ = explained(monkeypatch, random_model(seed), *growing())
        place = {each.article_id: k for k, each in enumerate(told.documents)}
        parent = solved.said.parent[:4]
        for edge in told.edges:
            s, t = place[edge.source_id], place[edge.target_id]
            # Texts that nothing tells apart count as one candidate.
            as_parent = max(0.0, solved.said.edge[s, t] - parent[t, s])
            share = min(1.0, as_parent / max(parent[:, t].sum(), 1e-9))
            found = probability(bits(edge.evidence, "parent_choice"))
            assert found == pytest.approx(share, abs=0.003)

    def test_of_a_sure_link_no_more_is_shown_than_can_be(self, monkeypatch):
        told, _, _ = explained(monkeypatch, designs.fitted(), *growing(), nats=200.0)
        for edge in told.edges:
            assert bits(edge.evidence, "link") <= graph_settings.MAX_BITS + 0.1

    def test_the_prior_falls_with_the_collection(self, monkeypatch):
        made = {}
        for n in (4, 4000):
            told, _, _ = explained(monkeypatch, designs.fitted(), *growing(), n_collection=n)
            listed = told.edges[0].evidence
            (made[n],) = [each for each in listed if each.signal == "prior"]
        fallen = made[4].weight_bits - made[4000].weight_bits
        assert fallen == pytest.approx(graph_settings.SIZE_SHARE * math.log2(3999 / 3))
        assert "found among 3999 other texts" in made[4000].detail

    def test_what_weighs_nothing_and_points_nowhere_is_left_out(self, monkeypatch):
        told, _, _ = explained(monkeypatch, designs.fitted(), *growing())
        for edge in told.edges:
            assert all(
                abs(each.weight_bits) >= 0.005 or each.source_span is not None
                for each in edge.evidence
            )
            assert "headings" not in {each.signal for each in edge.evidence}

    def test_spans_point_into_the_texts(self, monkeypatch):
        told, _, _ = explained(monkeypatch, designs.fitted(), *growing())
        by_id = {each.article_id: each for each in told.documents}
        for edge in told.edges:
            for each in edge.evidence:
                sides = (each.source_span, edge.source_id), (each.target_span, edge.target_id)
                for span, name in sides:
                    if span is not None:
                        assert 0 <= span[0] < span[1] <= len(by_id[name].text)


class TestHeldBack:
    DATE = Evidence("date", "direction", 5.0, "given date is 2 days earlier")
    CUT = Evidence("tail_cut", "direction", -1.5, "breaks off at the end of a sentence")

    def test_what_a_date_does_not_count_has_a_row_of_its_own(self):
        (row,) = signals._held_back([self.DATE, self.CUT])
        total = self.DATE.weight_bits + self.CUT.weight_bits + row.weight_bits
        assert total == pytest.approx(causes.capped([self.DATE, self.CUT]))
        assert row.weight_bits < 0

    def test_what_counts_in_full_has_none(self):
        assert signals._held_back([self.DATE]) == []


class TestWeigh:
    def weighed(self, fitted=None):
        family, _ = posteriors.measured(*growing())
        fitted = designs.fitted(**SAID) if fitted is None else fitted
        said = posterior.infer(family.design, fitted, seed=1)
        place = {each.article_id: k for k, each in enumerate(family.documents)}
        return family, said, signals._weigh(family.design, fitted, said), place

    @pytest.mark.parametrize("seed", range(3))
    def test_what_speaks_for_an_edge_speaks_as_much_against_its_reverse(self, seed):
        _, _, weighed, _ = self.weighed(random_model(seed))
        for signal, found in weighed.direction.items():
            assert found == pytest.approx(-found.T), signal

    def test_more_nats_of_a_link_are_more_bits(self):
        fitted = designs.fitted()
        family, _ = posteriors.measured(*growing())
        edge = family.design.edge.copy()
        edge[:4, :, design.EDGE_NAMES.index("log_bayes")] += math.log(2)
        more = dataclasses.replace(family.design, edge=edge)
        said = posterior.infer(family.design, fitted, seed=1)
        one, other = (signals._weigh(each, fitted, said) for each in (family.design, more))
        assert other.link - one.link == pytest.approx(np.ones((4, 4)))

    def test_every_signal_has_a_line_for_a_reader(self):
        _, _, weighed, place = self.weighed()
        for signal in weighed.direction:
            assert signals._DETAILS[signal](weighed, place["v0"], place["v1"])

    def test_what_speaks_for_growing_is_said_with_its_numbers(self):
        _, _, weighed, place = self.weighed()
        edge = place["v0"], place["v1"]
        assert weighed.direction["growth"][edge] > 0
        assert signals._growth(weighed, *edge) == "15 words longer"
        assert signals._growth(weighed, *edge[::-1]) == "15 words shorter"
        assert weighed.direction["inserted_blocks"][edge] > 0
        assert signals._inserted(weighed, *edge).startswith("15 words in whole passages are new")

    def test_later_years_are_told_with_their_month(self):
        _, _, weighed, place = self.weighed()
        edge = place["v1"], place["v2"]
        assert weighed.direction["later_years"][edge] > 0
        assert signals._later(weighed, *edge) == "last mentions 2017-05, the other 2016-03"
