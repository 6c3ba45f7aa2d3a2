"""The pairs of sentences in `changed_facts/` and the floors that hold on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import facts
from lineage.facts import slots, tokens

from . import changed_facts, floors


@pytest.mark.parametrize("half", changed_facts.HALVES)
class TestPairs:
    def test_most_of_them_have_no_changed_fact(self, half):
        floors.check(f"changed_facts {half}", "pairs", "unchanged")

    def test_the_words_of_the_truth_stand_in_the_sentences(self, half):
        for pair in changed_facts.read(half):
            for fact in pair.changes:
                assert fact.became in pair.child
                assert any(fact.was in source for source in pair.sources)

    def test_nothing_is_called_a_contradiction_that_is_none(self, half):
        assert changed_facts.score(half)["accused"] == []

    def test_no_contradiction_is_missed(self, half):
        missed = [fact for _, fact in changed_facts.score(half)["missed"]]
        assert [fact for fact in missed if fact.grade == "contradicts"] == []

    def test_few_facts_are_false(self, half):
        floors.check(f"changed_facts {half}")


def graded(source, target):
    found = facts.compare(target, [source])
    return [(each.kind, facts.grade_of(each)) for each in found if facts.grade_of(each) != "same"]


class TestOneThing:
    @pytest.mark.parametrize(
        ("source", "target", "grades"),
        [
            ("A 12-year lease was signed.", "The owner, 44, signed a lease.", {"added", "omitted"}),
            ("It is a two-star inn.", "It is a six-room inn.", {"added", "omitted"}),
            ("The mill was built in 1880.", "The mill burned in 1921.", {"added", "omitted"}),
            ("The mill was built in 1880.", "The mill was built in 1808.", {"contradicts"}),
            ("It lies a mile from the dyke.", "It lies a kilometre from the dyke.",
             {"contradicts"}),
            ("It lies a mile from the dyke.", "It lies 1.6 km from the dyke.", set()),
            ("It carried 20 tons.", "It carried 20 tonnes.", set()),
            ("It was 50 degrees Fahrenheit.", "It was 10C.", set()),
            ("It was 50 degrees Fahrenheit.", "It was 15 degrees Celsius.", {"contradicts"}),
            ("It burned 100 acres.", "It burned 40 hectares.", set()),
            ("It costs C$4 million.", "It costs 4 million dollars.", set()),
            ("It costs $4m.", "It costs €4m.", {"contradicts"}),
            ("It costs $4m.", "It costs €3.7m.", {"added", "omitted"}),
            ("It grew by 3 percent.", "It grew by 3 percentage points.", {"contradicts"}),
            ("Rates stood at 5-1/4 percent.", "Rates stood at 5.25 percent.", set()),
            ("They are in their seventies.", "They are in their 70s.", set()),
            ("One in four pupils walks.", "A quarter of pupils walk.", set()),
        ],
    )  # fmt: skip
    def test_only_of_one_thing_do_values_contradict(self, source, target, grades):
        assert {grade for _, grade in graded(source, target)} == grades

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("The guide, Nils Aker, spoke.", "Mr Aker spoke."),
            ("Where was Aker then?", "He asked where Aker had been. Where? Nobody knew."),
            ("Police in Norway held him.", "He was held by Norwegian police."),
            ("Aker works for the Port Safety Board.", "Aker works for the PSB."),
            ("Dale Corp. sank.", "Then the Dale Corporation sank."),
            ('Aker said: "The gate was open. Nobody saw it."', 'Aker said "the gate was open".'),
            ("See https://mole.example/2026/03/aker-7 for more.", "See there for more."),
        ],
    )
    def test_what_is_no_other_name_or_number(self, source, target):
        assert graded(source, target) == []

    @pytest.mark.parametrize(
        ("source", "target", "grades"),
        [
            ('"The gate was open," he said.', '"The gate was shut," he said.', ["contradicts"]),
            ('"I did not see the gate," he said.', '"I did see the gate," he said.',
             ["contradicts"]),
            ('"We saw it was open and we ran to it," he said.',
             '"We saw that it stood open, and then ran over there," he said.', ["rounded"]),
            ("The gate was open, he said.", '"The gate was open," he said.', []),
            ("He said the gate was left open all night.",
             '"I left the gate open all night," he said.', ["added"]),
        ],
    )  # fmt: skip
    def test_what_became_of_a_quote(self, source, target, grades):
        assert [grade for kind, grade in graded(source, target) if kind == "quote"] == grades

    @given(st.text(max_size=80), st.text(max_size=80))
    def test_places_hold_the_words_that_are_told(self, target, source):
        for change in facts.compare(target, [source]):
            if change.became_at is not None and change.became is not None:
                start, end = change.became_at
                assert " ".join(target[start:end].split()) == change.became
            if change.was_at is not None and change.was is not None:
                _, start, end = change.was_at
                assert " ".join(source[start:end].split()) == change.was


class TestFind:
    def test_a_clause_ends_where_another_begins(self):
        cut = tokens.split("The mill was built in 1880, and it burned down twice.")
        slot = slots.find(cut, 5, 6)
        assert slot.clause == {"mill", "built"}
        assert slot.left == "built"
        assert slot.heads == frozenset()

    def test_a_number_counts_what_it_is_tied_to(self):
        cut = tokens.split("A four-star spa hotel")
        assert slots.find(cut, 1, 2).heads == {"star"}
