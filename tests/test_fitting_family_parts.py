import dataclasses
import random

import pandas as pd

from lineage.learn.evaluation import cases
from lineage.learn.fitting import family_parts

from . import invented, versions


def prepared(case, part):
    """The one example of a case that is cut in a certain way."""
    (only,) = [each for each in family_parts.prepare(case) if each.part == part]
    return only


def true_parents(example):
    """Ids of parents by that of the child; proposals by their place."""
    n = example.design.n
    return {
        example.ids[child]: example.ids[parent] if parent < n else parent - n
        for child, parent in enumerate(example.true.parents)
        if parent >= 0
    }


class TestPrepare:
    def test_the_true_forest_is_that_of_the_case(self):
        case = versions.growing(1)
        example = prepared(case, "whole")
        found = {(source, target) for target, source in true_parents(example).items()}
        assert found == set(case.edges)
        assert example.ids[example.true.first_root] == case.ids[0]

    def test_without_their_root_two_texts_are_of_the_unnamed_source(self):
        (rootless,) = [
            each for each in family_parts.prepare(versions.fork()) if each.part == "rootless"
        ]
        assert true_parents(rootless) == {"left": 0, "right": 0, "leaf": "left"}
        assert rootless.true.first_root == rootless.design.n

    def test_siblings_by_themselves_are_of_the_unnamed_source(self):
        (siblings,) = [
            each for each in family_parts.prepare(versions.fork()) if each.part == "siblings"
        ]
        assert true_parents(siblings) == {"left": 0, "right": 0}

    def test_labelled_pairs_are_taken_by_themselves(self):
        frame = versions.fork().articles
        case = cases.Case("s", "c", frame, "pairs", edges=(("root", "left"),))
        parts = [each for each in family_parts.prepare(case) if each.part == "part"]
        assert [true_parents(each) for each in parts] == [{"left": "root"}]

    def test_of_two_independent_reports_a_text_is_pasted_that_has_no_source_behind_both(self):
        case = versions.strangers(1)
        example = prepared(case, "pasted")
        ((child, parent),) = true_parents(example).items()
        assert child == "pasted"
        assert parent in set(case.ids).intersection(example.ids)
        assert example.true.first_root < example.design.n
        assert example.texts == prepared(case, "whole").texts

    def test_nothing_is_pasted_from_relatives(self):
        parts = {each.part for each in family_parts.prepare(versions.growing(1))}
        assert "pasted" not in parts

    def test_texts_that_are_the_same_to_the_letter_are_one(self):
        frame = pd.DataFrame({"article_id": ["a", "b"], "text": ["One bell rang."] * 2})
        assert family_parts.prepare(cases.Case("s", "c", frame, "graph")) == []

    def test_a_case_of_another_kind_is_left_out(self):
        frame = versions.growing(1).articles
        assert family_parts.prepare(cases.Case("s", "c", frame, "sources")) == []

    def test_of_a_collection_its_families_are_taken(self):
        case = dataclasses.replace(versions.fork(), kind="collection")
        strangers = {"x": invented.STRANGER, "y": invented.BRIDGE}
        more = [{"article_id": k, "text": invented.text(*v)} for k, v in strangers.items()]
        frame = pd.concat((case.articles, pd.DataFrame(more)), ignore_index=True)
        found = family_parts.prepare(dataclasses.replace(case, articles=frame))
        assert {each.part for each in found} <= {"found"}
        (largest,) = [each for each in found if "root" in each.ids]
        assert set(largest.ids) >= {"root", "left", "leaf"}
        assert true_parents(largest)["leaf"] == "left"
        assert not {"x", "y"} & set(true_parents(largest))

    def test_a_family_with_a_doubtful_pair_teaches_nothing(self):
        doubtful = (("left", "right"),)
        case = dataclasses.replace(versions.fork(), kind="collection", doubtful=doubtful)
        assert family_parts.prepare(case) == []

    def test_the_same_case_gives_the_same(self):
        one, other = family_parts.prepare(versions.fork()), family_parts.prepare(versions.fork())
        assert [each.ids for each in one] == [each.ids for each in other]
        for a, b in zip(one, other, strict=True):
            assert (a.design.edge == b.design.edge).all()


class TestWithheld:
    def outlets(self, seed):
        frame = versions.fork(outlet=["A", "B", "C", "D"]).articles
        return family_parts._withheld(frame, random.Random(seed))["outlet"]

    def test_all_some_or_no_outlets_are_kept(self):
        n_kept = {int(self.outlets(seed).notna().sum()) for seed in range(60)}
        assert {0, 4} < n_kept

    def test_without_outlets_nothing_is_withheld(self):
        frame = versions.fork().articles
        assert family_parts._withheld(frame, random.Random(1)) is frame


class TestStrangers:
    def test_texts_of_different_sets_have_no_parents(self, monkeypatch):
        monkeypatch.setattr(family_parts, "N_STRANGERS", 6)
        known = [versions.growing(1), versions.fork(), versions.turned(versions.growing(2))]
        found = family_parts.strangers(known, 1)
        assert [each.design.n for each in found] == [3, 2, 2, 3, 2, 2]
        assert all(true_parents(each) == {} for each in found)
        assert {each.group for each in found} == {"strangers/strangers"}

    def test_the_same_seed_gives_the_same(self, monkeypatch):
        monkeypatch.setattr(family_parts, "N_STRANGERS", 3)
        known = [versions.growing(1), versions.fork()]
        one, other = (family_parts.strangers(known, 1) for _ in range(2))
        assert [each.texts for each in one] == [each.texts for each in other]

    def test_of_one_set_there_are_none(self):
        assert family_parts.strangers([versions.growing(1), versions.growing(2)], 1) == []
