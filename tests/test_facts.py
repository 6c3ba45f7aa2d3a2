import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import facts

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number):
    """A number below a million in English words."""
    if number >= 1000:
        rest = f" {spelled(number % 1000)}" if number % 1000 else ""
        return f"{spelled(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {spelled(number % 100)}" if number % 100 else ""
        return f"{UNITS[number // 100]} hundred{rest}"
    if number >= 20:
        rest = f"-{UNITS[number % 10]}" if number % 10 else ""
        return f"{TENS[number // 10 - 2]}{rest}"
    return UNITS[number]


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("1,200 people in 3.5 hours", ["1200", "3.5"]),
            ("The bill was $1.5 million.", ["1500000"]),
            ("a million, a hundred and two thousand", ["1000000", "102000"]),
            ("two or three", ["2", "3"]),
            ("nineteen ninety", ["19", "90"]),
            ("five and six", ["5", "6"]),
            ("one of them", []),
            ("twenty-one", ["21"]),
            ("3.50 euros", ["3.5"]),
            ("on 09 May", ["9"]),
            ("version 1.2.3", ["1.2.3"]),
            ("200", ["200"]),
            ("hundreds, and thousands", []),
            ("", []),
        ],
    )
    def test_digits_and_words_give_the_same(self, text, expected):
        assert facts.numbers(text) == expected

    @given(st.integers(2, 999_999))
    def test_every_spelled_number_is_read(self, number):
        assert facts.numbers(f"About {spelled(number)} of them") == [str(number)]
        assert facts.numbers(f"About {number:,} of them") == [str(number)]

    @given(st.text(alphabet=string.printable, max_size=60))
    def test_any_text_can_be_read(self, text):
        assert all(each for each in facts.numbers(text))


class TestNames:
    def test_capitals_beyond_the_first_word(self):
        assert facts.names("Yesterday Petra Lindholt met the mayor of Halvane.") == [
            "Petra",
            "Lindholt",
            "Halvane",
        ]

    def test_a_first_word_in_capitals_is_a_name(self):
        assert facts.names("NATO met.") == ["NATO"]

    def test_capitals_tell_nothing_in_a_text_of_one_case(self):
        assert facts.names("CRANE FALLS ON SHIP") == []
        assert facts.names("petra lindholt met the mayor") == []

    def test_capitals_tell_nothing_in_a_title(self):
        assert facts.names("Giant Crane Falls on Cargo Ship and Closes Halvane Port") == []

    def test_a_name_that_stands_twice_counts_once(self):
        assert facts.names("When Vost called, VOST was out") == ["Vost"]


class TestChanged:
    def test_nothing_changed(self):
        sentence = "Petra Lindholt counted 412 containers."
        assert facts.changed(sentence, [sentence]) == facts.NONE

    def test_a_figure_that_was_swapped(self):
        assert (
            facts.changed("It speaks for about 460 workers.", ["It represents about 640 workers."])
            == "number 640 -> 460"
        )

    def test_a_figure_that_was_spelled_out_is_the_same(self):
        assert facts.changed("Twelve were hurt.", ["12 were hurt."]) == facts.NONE
        assert facts.changed("It cost 1.5 million.", ["It cost 1,500,000."]) == facts.NONE

    def test_figures_that_came_and_went(self):
        assert facts.changed("It was 5.", ["It was 7, not 8."]).startswith(
            "number added: 5; number gone: 7, 8"
        )
        assert facts.changed("It was 5 of 6.", ["It was."]) == "number added: 5, 6"

    def test_names_that_came_and_went(self):
        told = facts.changed("It lay in Ormsley harbour.", ["It lay in Halvane harbour."])
        assert told == "name added: Ormsley; name gone: Halvane"

    def test_names_are_told_in_the_order_of_the_sources(self):
        sources = ["He met Vost and Alder.", "Then came Denholm and Vost."]
        assert facts.changed("Nobody was there.", sources[:1]).startswith("name gone: Vost, Alder")
        assert "name gone: Vost, Alder, Denholm" in facts.changed("They met.", sources)

    def test_a_name_of_elsewhere_in_the_source_was_not_invented(self):
        told = facts.changed(
            "The mayor of Ormsley spoke.", ["The mayor spoke."], known_elsewhere={"ormsley"}
        )
        assert told == facts.NONE

    def test_a_month_cut_short_is_the_same_name(self):
        assert facts.changed("It fell on Feb. 11.", ["It fell on February 11."]) == facts.NONE

    def test_negations(self):
        assert facts.changed("He did not go.", ["He did go."]) == "negation added"
        assert facts.changed("He went.", ["He never went."]) == "negation gone"
        assert facts.changed("He didn't go.", ["He did not go."]) == facts.NONE

    def test_several_sources_are_read_together(self):
        assert facts.changed("In May 5 fell.", ["It was in May.", "Some 5 fell."]) == facts.NONE
