import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.learn.evaluation import cases
from lineage.learn.fitting import lineages

# a has two children, b and c; b has d and e.
TREE = lineages.Lineage(tuple("abcde"), {"b": "a", "c": "a", "d": "b", "e": "b"})


def case(ids, edges, **more):
    frame = pd.DataFrame({"article_id": list(ids), "text": [f"Text {each}." for each in ids]})
    return cases.Case("made", "tree", frame, "graph", edges=tuple(edges), **more)


class TestOfCase:
    def test_parents_are_those_of_the_case(self):
        found = lineages.of_case(case("abc", [("a", "b"), ("b", "c")]), "abc")
        assert found.parents == {"b": "a", "c": "b"}
        assert found.siblings == ()

    def test_of_several_parents_the_first_counts(self):
        found = lineages.of_case(case("abc", [("a", "c"), ("b", "c")]), "abc")
        assert found.parents == {"c": "a"}

    def test_edges_of_texts_that_are_not_there_do_not_count(self):
        found = lineages.of_case(case("abc", [("a", "b"), ("b", "c")]), "bc")
        assert found.parents == {"c": "b"}

    def test_siblings_of_an_absent_source_are_a_group(self):
        found = lineages.of_case(case("abcd", [], siblings=(("a", "b"), ("b", "c"))), "abcd")
        assert found.siblings == (("a", "b", "c"),)

    def test_of_siblings_with_children_their_heads_are_the_group(self):
        made = case("abcd", [("a", "b"), ("c", "d")], siblings=(("b", "d"),))
        assert lineages.of_case(made, "abcd").siblings == (("a", "c"),)


class TestAmong:
    def test_the_nearest_ancestor_left_is_the_parent(self):
        found = lineages.among(TREE, "acde")
        assert found.parents == {"c": "a", "d": "a", "e": "a"}
        assert found.siblings == ()

    def test_children_of_a_removed_root_are_siblings(self):
        found = lineages.among(TREE, "bcde")
        assert found.parents == {"d": "b", "e": "b"}
        assert found.siblings == (("b", "c"),)

    def test_grandchildren_of_a_removed_root_are_siblings_too(self):
        assert lineages.among(TREE, "cde").siblings == (("c", "d", "e"),)

    def test_one_text_left_has_no_sibling(self):
        found = lineages.among(TREE, "d")
        assert (found.parents, found.siblings) == ({}, ())

    def test_siblings_of_a_source_that_never_was_there_stay_siblings(self):
        whole = lineages.Lineage(tuple("abcd"), {"c": "a", "d": "b"}, (("a", "b"),))
        assert lineages.among(whole, "cd").siblings == (("c", "d"),)

    def test_texts_of_two_families_are_no_siblings(self):
        whole = lineages.Lineage(tuple("abcd"), {"c": "a", "d": "b"})
        assert lineages.among(whole, "cd").siblings == ()

    @given(st.sets(st.sampled_from("abcde"), min_size=1), st.data())
    def test_taking_texts_away_at_once_or_one_by_one_is_the_same(self, left, data):
        last = sorted(data.draw(st.sets(st.sampled_from(sorted(left)), min_size=1)))
        at_once = lineages.among(TREE, last)
        in_two = lineages.among(lineages.among(TREE, sorted(left)), last)
        assert at_once.parents == in_two.parents
        assert at_once.siblings == in_two.siblings


class TestParts:
    def parts(self, whole=TREE, seed="s"):
        return list(lineages.parts(whole, seed))

    def test_a_first_text_of_two_children_is_taken_away(self):
        rootless = [found for part, found in self.parts() if part == "rootless"]
        assert rootless == [lineages.among(TREE, "bcde")]

    def test_siblings_have_no_parent_among_them(self):
        siblings = [found for part, found in self.parts() if part == "siblings"]
        assert {found.siblings for found in siblings} == {(("b", "c"),), (("d", "e"),)}
        assert all(found.parents == {} for found in siblings)

    def test_parts_are_smaller_than_the_whole_and_larger_than_one(self):
        for part, found in self.parts():
            assert 1 < len(found.ids) < len(TREE.ids), part

    def test_the_same_seed_gives_the_same(self):
        assert self.parts() == self.parts()

    def test_ids_alone_decide_not_their_order(self):
        turned = lineages.Lineage(TREE.ids[::-1], dict(reversed(TREE.parents.items())))
        assert [(part, sorted(found.ids), found.parents) for part, found in self.parts(turned)] == [
            (part, sorted(found.ids), found.parents) for part, found in self.parts()
        ]

    def test_a_chain_has_parts_only(self):
        chain = lineages.Lineage(tuple("abc"), {"b": "a", "c": "b"})
        assert {part for part, _ in self.parts(chain)} == {"part"}


class TestLabelled:
    def test_each_label_is_a_pair_of_its_own(self):
        made = case(
            "abcdef",
            [("a", "b")],
            siblings=(("c", "d"),),
            independent=(("e", "f"),),
        )
        assert lineages.labelled(made, "abcdef", "s") == [
            ("siblings", lineages.Lineage(("c", "d"), {}, (("c", "d"),))),
            ("part", lineages.Lineage(("a", "b"), {"b": "a"})),
            ("part", lineages.Lineage(("e", "f"), {})),
        ]

    def test_a_pair_of_which_a_text_is_missing_is_left_out(self):
        assert lineages.labelled(case("ab", [("a", "b")]), "a", "s") == []

    @pytest.mark.parametrize("n", [3, 40])
    def test_of_many_some_are_taken(self, n):
        ids = [f"t{k:02}" for k in range(n + 1)]
        made = case(ids, [(ids[0], each) for each in ids[1:]])
        assert len(lineages.labelled(made, ids, "s")) == min(n, lineages.N_LABELLED)
