import math

import pandas as pd
import pytest

from lineage import tables
from lineage.learn.evaluation import baselines, cases, figures, outcome_scores, scoring

from . import known


def case(ids, kind="graph", **said):
    frame = pd.DataFrame({"article_id": list(ids), "text": list(ids)})
    return cases.Case("s", "c", frame, kind, **said)


def relations(*rows):
    """Rows of the relations table: two ids and three probabilities."""
    columns = ["a", "b", *outcome_scores.COLUMNS.values()]
    return pd.DataFrame(rows, columns=columns)


def told(case):
    return {"".join(sorted(pair)): outcome for pair, outcome in outcome_scores.known(case).items()}


class TestKnown:
    def test_lines_of_descent_and_common_sources_follow_from_the_edges(self):
        edges = (("a", "b"), ("b", "c"), ("a", "d"))
        assert told(case("abcd", edges=edges)) == {
            "ab": "derived",
            "ac": "derived",
            "bc": "derived",
            "ad": "derived",
            "bd": "shared_source",
            "cd": "shared_source",
        }

    def test_without_any_edge_all_are_independent(self):
        assert told(case("abc")) == dict.fromkeys(("ab", "ac", "bc"), "independent")

    def test_what_joins_two_first_texts_of_one_case_is_not_known(self):
        edges = (("a", "b"), ("c", "d"), ("b", "e"), ("d", "e"))
        assert {"ac", "ad", "bc", "bd"}.isdisjoint(told(case("abcde", edges=edges)))

    def test_of_labelled_pairs_only_the_labels_count(self):
        said = case(
            "abcd",
            "pairs",
            edges=(("a", "b"), ("b", "c")),
            siblings=(("c", "d"),),
            independent=(("a", "d"),),
            unrelated=(("b", "d"),),
        )
        assert told(said) == {
            "ab": "derived",
            "bc": "derived",
            "cd": "shared_source",
            "ad": "independent",
            "bd": "independent",
        }

    @pytest.mark.parametrize("folder", known.STORIES, ids=lambda folder: folder.name)
    def test_of_a_shipped_story_every_pair_is_known(self, folder):
        (story,) = cases.read([folder])
        n = len(story.ids)
        assert len(outcome_scores.known(story)) == n * (n - 1) // 2
        assert set(outcome_scores.known(story).values()) <= set(tables.OUTCOMES)

    def test_a_fused_sentence_is_no_pair_of_this_kind(self):
        assert outcome_scores.known(case("ab", "fusion", edges=(("a", "b"),))) == {}


class TestStated:
    def test_each_outcome_has_its_probability_and_whether_it_is_so(self):
        said = relations(("b", "a", 0.7, 0.2, 0.1))
        found = outcome_scores.stated(case("ab", edges=(("a", "b"),)), said)
        assert found == {
            "derived": [(0.7, True)],
            "shared_source": [(0.2, False)],
            "independent": [(0.1, False)],
        }

    def test_a_tracer_without_probabilities_states_none(self):
        said = pd.DataFrame({"a": ["a"], "b": ["b"], "outcome": ["derived"]})
        assert not any(outcome_scores.stated(case("ab", edges=(("a", "b"),)), said).values())


class TestFigures:
    def test_the_calibration_error_is_the_gap_between_stated_and_true(self):
        said = relations(("a", "b", 0.75, 0.25, 0.0), ("a", "c", 0.75, 0.25, 0.0))
        every = case("abc", "pairs", edges=(("a", "b"),), siblings=(("a", "c"),))

        class Result:
            relations = said.assign(outcome="derived")
            edges = pd.DataFrame({"source_id": [], "target_id": [], "p_direction": []})
            articles = pd.DataFrame({"article_id": [], "origin_agency": []})

        found = figures.summarise([scoring.score(every, Result)], n_resamples=0)
        value = found.set_index("figure")["value"]
        assert value["derived_ece"] == pytest.approx(0.25)
        assert value["shared_source_ece"] == pytest.approx(0.25)
        assert value["independent_ece"] == pytest.approx(0.0)


class TestCalibrationError:
    def test_bins_are_counted_apart(self):
        stated, right = [0.95, 0.95, 0.15, 0.15], [True, False, False, True]
        expected = (abs(1.9 - 1) + abs(0.3 - 1)) / 4
        assert scoring.calibration_error(stated, right) == pytest.approx(expected)


class TestScore:
    def scored(self, *rows, **known_pairs):
        class Result:
            relations = pd.DataFrame(
                rows, columns=["a", "b", "outcome", *outcome_scores.COLUMNS.values()]
            )
            edges = pd.DataFrame({"source_id": [], "target_id": [], "p_direction": []})
            articles = pd.DataFrame({"article_id": [], "origin_agency": []})

        every = case("abc", "pairs", **known_pairs)
        found = figures.summarise([scoring.score(every, Result)], n_resamples=0)
        return found.set_index("figure")["value"]

    def test_surprise_is_that_of_the_true_outcome(self):
        value = self.scored(("a", "b", "derived", 0.5, 0.25, 0.25), siblings=(("a", "b"),))
        assert value["log_loss"] == pytest.approx(math.log(4))

    def test_a_pair_without_a_row_is_taken_for_one_with_nothing_in_common(self):
        value = self.scored(siblings=(("a", "b"),))
        assert value["log_loss"] == pytest.approx(-math.log(0.005))
        assert value["incoherent"] == 0.0

    def test_siblings_are_surely_wrong_whatever_the_outcome_says(self):
        value = self.scored(("a", "b", "undecided", 0.8, 0.1, 0.1), siblings=(("a", "b"),))
        assert value["sure_wrong"] == 1.0

    def test_an_outcome_that_is_not_the_most_probable_is_incoherent(self):
        rows = (("a", "b", "derived", 0.3, 0.6, 0.1), ("a", "c", "unrelated", 0.1, 0.1, 0.8))
        value = self.scored(*rows, siblings=(("a", "b"),), independent=(("a", "c"),))
        assert value["incoherent"] == 0.5

    def test_an_outcome_that_no_pair_has_is_not_averaged(self):
        value = self.scored(("a", "b", "derived", 0.8, 0.1, 0.1), edges=(("a", "b"),))
        assert value["pair_f1"] == 1.0
        assert "independent_f1" not in value


class TestConstant:
    def test_reaches_the_entropy_of_the_shares(self):
        pairs = {"siblings": (("a", "b"), ("a", "c"), ("b", "c")), "independent": (("a", "d"),)}
        nothing = pd.DataFrame({"a": [], "b": [], "outcome": []})

        class Result:
            relations = nothing
            edges = pd.DataFrame({"source_id": [], "target_id": [], "p_direction": []})
            articles = pd.DataFrame({"article_id": [], "origin_agency": []})

        scored = scoring.score(case("abcd", "pairs", **pairs), Result)
        found = figures.summarise(baselines.constant([scored]), n_resamples=0)
        value = found.set_index("figure")["value"]
        entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
        assert value["log_loss"] == pytest.approx(entropy)
        assert value["shared_source_f1"] == pytest.approx(2 * 3 / (3 + 4))

    def test_has_nothing_to_say_where_no_pair_is_labelled(self):
        assert baselines.constant([]) == []
