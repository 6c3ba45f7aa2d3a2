import datetime
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


def check(pairs):
    """Parameters (source, target, what is said)."""
    return pytest.mark.parametrize(("source", "target", "said"), pairs)


class TestNumbers:
    @check(
        [
            ("It represents about 640 workers.", "About 460 workers are represented by it.",
             "number about 640 -> About 460 (contradicts)"),
            ("12 were hurt.", "Twelve were hurt.", "none"),
            ("It cost 1,500,000.", "It cost 1.5 million.", "none"),
            ("It was $1.5 million.", "It was $1.5bn.",
             "money $1.5 million -> $1.5bn (contradicts)"),
            ("It fills an $18.6 million gap.", "It fills a hole of almost $19 million.",
             "money $18.6 million -> almost $19 million (rounded)"),
            ("It rose 3.1 percent.", "It rose by just over 3 per cent.",
             "percent 3.1 percent -> just over 3 per cent (rounded)"),
            ("It rose 3.1%.", "It rose by 3.1 per cent.", "none"),
            ("At least 12 people died.", "12 people died.", "number At least 12 -> 12 (same)"),
            ("Some 38 people were hurt.", "Dozens were hurt.",
             "number Some 38 -> Dozens (rounded)"),
            ("There were 38 jobs.", "There were 83 jobs.", "number 38 -> 83 (contradicts)"),
            ("74 passengers and nine crew were on it, police said.",
             "31 of the 74 passengers had been landed, police said.",
             "number added: 31; number omitted: nine"),
            ("It took an hour and a half.", "It took 90 minutes.",
             "measure an hour and a half -> 90 minutes (same)"),
            ("It held 412 crates.", "It held 400 crates.", "number 412 -> 400 (rounded)"),
            ("There were 12 of them.", "There were 10 of them.", "number 12 -> 10 (contradicts)"),
            ("The crane is 70 metres tall.", "The crane is 230 feet tall.",
             "measure 70 metres -> 230 feet (same)"),
            ("The crane is 70 metres tall.", "The crane is 320 feet tall.",
             "measure 70 metres -> 320 feet (contradicts)"),
            ("It has 900 litres of oil.", "It has 900 liters of oil.", "none"),
            ("About 20 percent ran.", "About a fifth of them ran.", "none"),
            ("Wages rose by 19 percent and receipts fell by 10 percent.",
             "Wages rose by almost a fifth, and receipts fell by a tenth.",
             "percent 19 percent -> almost a fifth (rounded)"),
            ("He was the fifth man.", "He was a fifth man in the boat.", "none"),
            ("It fell for two quarters.", "It fell for 2 quarters.", "none"),
            ("Six ran.", "Half a dozen ran.", "none"),
            ("It is fourth of 20.", "It is 4th of 20.", "none"),
            ("It has 119 goals.", "It is fifth in the table.",
             "number added: fifth; number omitted: 119"),
            ("It has as much as 11 tonnes.", "It has up to 11 tonnes.", "none"),
            ("Two thirds live there.", "67 per cent live there.",
             "percent Two thirds -> 67 per cent (rounded)"),
            ("It was 7, not 8.", "It was 5.", "number added: 5; number omitted: 7, 8"),
            ("It was.", "It was 5 of 6.", "number added: 5, 6"),
            ("It entered service in 1997.", "It entered service in 1979.",
             "date 1997 -> 1979 (contradicts)"),
        ]
    )  # fmt: skip
    def test_what_became_of_a_number(self, source, target, said):
        assert facts.changed(target, [source]) == said

    @given(st.integers(2, 999_999))
    def test_every_spelled_number_is_read(self, number):
        assert facts.changed(f"It saw {spelled(number)} ships.", [f"It saw {number:,} ships."]) == (
            facts.NONE
        )

    def test_a_number_of_the_other_half_of_a_split_sentence_is_not_gone(self):
        source = "A 70-metre crane fell and 412 crates slid."
        assert "412" in facts.changed("A 70-metre crane fell.", [source])
        told = frozenset("a 70 metre crane fell some 412 crates slid".split())
        assert facts.changed("A 70-metre crane fell.", [source], told_elsewhere=told) == "none"

    def test_a_number_that_the_source_has_elsewhere_was_not_invented(self):
        said = facts.changed("It fell, 7 said.", ["It fell, they said."], known_elsewhere={"7"})
        assert said == "none"

    def test_numbers_of_german_are_read(self):
        source = "About 40 people were hurt on the quay, and 1.5 million is lost."
        target = "Rund vierzig Menschen wurden auf dem Kai verletzt, und 1,5 Millionen sind weg."
        assert facts.changed(target, [source]) == "none"

    @given(st.text(alphabet=string.printable, max_size=60), st.text(max_size=60))
    def test_any_text_can_be_compared_and_read_back(self, target, source):
        said = facts.changed(target, [source])
        assert facts.render(facts.parse(said)) == said


class TestDates:
    def test_a_dateline_is_no_fact(self):
        source = "HALVANE, Feb. 11 (Meridian News Agency) - A crane fell on Tuesday."
        assert facts.changed("A crane fell on Tuesday.", [source]) == "none"

    @check(
        [
            ("It fell on February 11.", "It fell on Feb. 11.", "none"),
            ("It fell on Feb. 11.", "It fell on 11 February 2025.", "none"),
            ("It fell on August 18 this year.", "It fell on Aug. 18.", "none"),
            ("It closes on Aug. 30.", "It closes in August.", "date Aug. 30 -> August (rounded)"),
            ("It closes on Aug. 30.", "It closes on Aug. 31.",
             "date Aug. 30 -> Aug. 31 (contradicts)"),
            ("It fell on Aug. 18.", "It fell on Thursday.", "none"),
            ("It fell at 11:52 p.m.", "It fell just before midnight.",
             "time 11:52 p.m. -> just before midnight (rounded)"),
            ("It fell at 6:40 a.m.", "It fell at 6.40am.", "none"),
            ("It fell at 6:40 a.m.", "It fell at 6:40 in the morning.", "none"),
            ("It fell at 6:40 a.m.", "It fell at 6:40 p.m.",
             "time 6:40 a.m. -> 6:40 p.m. (contradicts)"),
            ("It fell between 26 and 29 June 1967.", "It fell between June 26 and 29, 1967.",
             "none"),
            ("It lasts from 3 to 5 May.", "It lasts from May 3 to 5.", "none"),
            ("It fell on 3/5/2026.", "It fell on 5 March 2026.", "none"),
            ("It fell on 25/3/2026.", "It fell on 26 March 2026.",
             "date 25/3/2026 -> 26 March 2026 (contradicts)"),
            ("It may fall.", "It may fall in May.", "date added: May"),
            ("It was noticed at 5:50 a.m.", "It was noticed before six in the morning.",
             "time 5:50 a.m. -> before six in the morning (rounded)"),
        ]
    )  # fmt: skip
    def test_what_became_of_a_date(self, source, target, said):
        assert facts.changed(target, [source]) == said

    @pytest.mark.parametrize(
        ("source", "target", "said"),
        [
            ("It fell on Aug. 18.", "It fell on Thursday.", "date Aug. 18 -> Thursday (same)"),
            ("It fell on Aug. 18.", "It fell yesterday.", "date Aug. 18 -> yesterday (same)"),
            ("It fell yesterday.", "It fell on Wednesday.",
             "date yesterday -> Wednesday (contradicts)"),
        ],
    )  # fmt: skip
    def test_the_day_of_publication_tells_which_day_is_meant(self, source, target, said):
        day = datetime.date(2016, 8, 19)
        assert facts.changed(facts.Sentence(target, day), [facts.Sentence(source, day)]) == said

    @pytest.mark.parametrize(("words", "said"), [("last year", "none"), ("yesterday", "date")])
    def test_the_same_words_a_day_later_mean_the_same_year_and_another_day(self, words, said):
        first, second = datetime.date(2016, 8, 18), datetime.date(2016, 8, 19)
        text = f"It fell {words}."
        found = facts.changed(
            facts.Sentence(f"{text[:-1]} too.", second), [facts.Sentence(text, first)]
        )
        assert found.startswith(said)


class TestNames:
    def test_a_time_that_another_sentence_tells_is_not_gone(self):
        told = frozenset("it fell at 6 40 in the morning and was one of four".split())
        source = "The crane, one of four, fell at 6:40 a.m."
        assert facts.changed("It was one of four.", [source], told_elsewhere=told) == "none"

    @check(
        [
            ("It lay in Halvane harbour.", "It lay in Ormsley harbour.",
             "name Halvane -> Ormsley (contradicts)"),
            ("It lay in Halvane harbour.", "A ferry to Ormsley lay in the harbour.",
             "name added: Ormsley; name omitted: Halvane"),
            ("Then Emmet Valcourt spoke.", "Then Emmet Valcort spoke.",
             "name Emmet Valcourt -> Emmet Valcort (contradicts)"),
            ("Then Emmet Valcourt spoke.", "Then Edward Valcourt spoke.",
             "name Emmet Valcourt -> Edward Valcourt (contradicts)"),
            ("Then Mayor Emmet Valcourt spoke.", "Then Valcourt spoke.",
             "name Mayor Emmet Valcourt -> Valcourt (same)"),
            ("Then Mayor Emmet Valcourt spoke.", "Then Emmet Valcourt spoke.", "none"),
            ("Then Emmet Valcourt spoke.", "Skipper Valcourt spoke.",
             "name Emmet Valcourt -> Skipper Valcourt (same)"),
            ("Then Emmet Valcourt spoke.", "Edward Valcourt spoke.",
             "name Emmet Valcourt -> Edward Valcourt (contradicts)"),
            ("It fell, Radio 12 reports.", "It fell, Radio 12 reports. Her house fell.", "none"),
            ("They chose Alder, Vost, Buffalo, New York, and Denholm.",
             "They chose Alder, Vost, New York, and Denholm.",
             'name "Buffalo, New York" -> New York (contradicts)'),
            ("A man of Buffalo, New York was held.", "A man of New York was held.",
             'name "Buffalo, New York" -> New York (rounded)'),
            ("GIANT CRANE FALLS", "Giant Crane Falls on Ship in Halvane", "none"),
        ]
    )  # fmt: skip
    def test_what_became_of_a_name(self, source, target, said):
        assert facts.changed(target, [source]) == said

    def test_a_short_form_is_not_listed_where_the_text_gives_the_rest(self):
        told = frozenset(("emmet", "valcourt"))
        source = "Then Mayor Emmet Valcourt spoke."
        assert facts.changed("Then Valcourt spoke.", [source], told_elsewhere=told) == "none"

    def test_a_name_of_elsewhere_in_the_source_was_not_invented(self):
        said = facts.changed(
            "The mayor of Ormsley spoke.", ["The mayor spoke."], known_elsewhere={"ormsley"}
        )
        assert said == facts.NONE

    def test_letters_that_only_look_alike_and_unseen_ones_make_no_other_name(self):
        disguised = "Then P\u0435tra Lind\u200bholt spoke."
        assert facts.changed(disguised, ["Then Petra Lindholt spoke."]) == facts.NONE


class TestStance:
    @check(
        [
            ("He did go.", "He did not go.", "negation added: not go"),
            ("He never went.", "He went.", "negation omitted: never went"),
            ("He did not go.", "He didn’t go.", "none"),
            ("The rain could not have been foreseen, and the culvert was blocked by roots.",
             "The culvert was blocked by roots.", "none"),
            ("He may have been hurt.", "He was hurt.", "hedge omitted: may have been hurt"),
            ("He was hurt.", "He was reportedly hurt.", "hedge added: reportedly hurt"),
            ("It closes in May.", "It closes in May.", "none"),
            ("The crew of 17 was unhurt.", "None of the crew of 17 was harmed.", "none"),
            ("Most of the night shift had left the quay.",
             "Most of the night shift was no longer on the quay.", "none"),
            ("The last bad accident at the quay was in 2008.",
             "The quay had not seen so bad an accident since 2008.", "none"),
            ("It was the worst flood since 1953.",
             "There had been no such flood since 1953.", "none"),
            ("The village has not had so much as a puddle.",
             "The village was spared so much as a puddle.", "none"),
            ("She did not know how many of the staff she could place.",
             "She doesn't know how many of the staff she can place.", "none"),
        ]
    )  # fmt: skip
    def test_what_became_of_a_denial_or_a_doubt(self, source, target, said):
        assert facts.changed(target, [source]) == said

    def test_may_is_no_doubt_in_a_name(self):
        found = facts.compare("They came to the fair of Ostrell.", ["They came to the May Fair."])
        assert {each.kind for each in found} <= {"name"}


class TestSpeakers:
    @check(
        [
            ("Police said the man ran.", "Witnesses said the man ran.",
             "none"),
            ("Joss Denholm said the man ran.", "Kit Amory said the man ran.",
             "speaker Joss Denholm -> Kit Amory (contradicts)"),
            ("Joss Denholm said the man ran.", "The town council said the man ran.", "none"),
            ("Police said the man ran.", "The man ran, officers said.", "none"),
            ("The man ran, according to police.", "The man ran.", "speaker omitted: police"),
            ("The man ran.", "The man ran, police said.", "speaker added: police"),
            ("Then Joss Denholm said it fell.", "It fell, Denholm said.", "none"),
            ("He said it fell.", "It fell.", "none"),
            ("It fell, she told them at a news conference said to be short.", "It fell.", "none"),
            ("It leaked, said Dunstan Pryce.",
             "The Business Review reported Dunstan Pryce as saying that it leaked.", "none"),
            ("Inspectors would come on Monday, the ministry said.",
             "Inspectors came on Monday, a spokesman said.", "none"),
            ("Skerrow Water, which owns the dam, opened two outlets and said the level must fall.",
             "The level must fall, Skerrow Council said.",
             "speaker Skerrow Water -> Skerrow Council (contradicts)"),
            ("Marit Oldroyd, its chief engineer, said the dam would hold.",
             "The dam would hold, according to Oldroyd.", "none"),
            ("The dam would hold, said Dr. Marit Oldroyd, head of works at the dam.",
             "The dam would hold, while Marit Oldroyd, head of works, said it leaked.", "none"),
            ("It leaked, said Dr. Oldroyd.", "It leaked, said Dr. Pryce.",
             "speaker Dr. Oldroyd -> Dr. Pryce (contradicts)"),
            ("The dam would hold, Dunstan Pryce told reporters.",
             "Its engineer, Dunstan Pryce, told reporters that it would hold.", "none"),
            ("The dam leaked, the complaint said.", "The dam leaked, the document said.", "none"),
            ("The dam would hold until the spring, Dunstan Pryce said.",
             "The dam would hold until the spring. Its engineer, Marit Oldroyd, told the radio so.",
             "speaker Dunstan Pryce -> Marit Oldroyd (contradicts)"),
            ("He left at once, two days before anybody told him to.", "He left at once.", "none"),
            ("“I ran at once,” said Tobin Askew, who is 19.",
             "The 19-year-old said that he ran at once.", "none"),
        ]
    )  # fmt: skip
    def test_whose_word_is_given(self, source, target, said):
        found = [each for each in facts.compare(target, [source]) if each.kind == "speaker"]
        assert facts.render(found) == said


class TestQuotes:
    @check(
        [
            ('"We heard it before we saw it," he said.', "“We heard it before we saw it,” he said.",
             "none"),
            ('"We heard it before we saw it," he said.', '"We heard it," he said.',
             'quote "We heard it before we saw it" -> "We heard it" (shortened)'),
            ('"We will not cut jobs at the port," he said.',
             '"We will never cut any jobs at the port," he said.',
             'quote "We will not cut jobs at the port" -> '
             '"We will never cut any jobs at the port" (altered)'),
            ("He said the city would cut jobs and close halls.",
             '"We will cut jobs and close halls," he said.',
             'quote "cut jobs and close halls" -> "We will cut jobs and close halls" (introduced)'),
            ('"I heard it before I saw it," he said.', "He said he heard it before he saw it.",
             'quote "I heard it before I saw it" -> "heard it before he saw it" (reported)'),
            ('"Do not taste it, do not smell it and do not feed it to the cat," she said.',
             "A woman of the board, in a note to the press, told people not to taste it, not to "
             "smell it and not to feed it to the cat, and left.",
             'quote "Do not taste it, do not smell it and do not feed it to the cat" -> '
             '"not to taste it, not to smell it and not to feed it to the cat" (reported)'),
            ("He left.", '"Nobody asked me anything," he said.',
             'quote added: "Nobody asked me anything"'),
            ('"Nobody asked me anything," he said.', "He left.",
             'quote omitted: "Nobody asked me anything"'),
        ]
    )  # fmt: skip
    def test_what_became_of_a_quote(self, source, target, said):
        assert facts.changed(target, [source]) == said

    def test_spans_of_the_text_around_tell_of_quotes_without_marks(self):
        middle = facts.Sentence("We heard it before we saw it.", quoted=((0, 29),))
        assert facts.changed("We heard it before we saw it!", [middle]).startswith("quote")


class TestSeveralSources:
    def test_are_read_together(self):
        assert facts.changed("5 fell in May.", ["It was in May.", "Then 5 fell."]) == facts.NONE
