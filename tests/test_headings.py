"""Headings within a story, and short lines that are none."""

import pytest

from lineage.page import page_lines, reference_texts

from .test_sentence_roles import assign
from .test_surroundings import HEAD, STORY, roles_of, story_is_whole


class TestOverLists:
    @pytest.mark.parametrize(
        "below",
        [
            ("- Small boats for the wardens", "- Lamps along the wall", "- A bell"),
            ("| Gate | Age |", "| West | 41 |", "| East | 12 |"),
        ],
    )
    def test_a_short_line_between_a_paragraph_and_a_list_or_table_is_one(self, below):
        told = roles_of(above=["By Mara Sund", "3 May 2021"], middle=["Three things", *below])
        assert told["Three things"] == "heading"
        assert [told[line] for line in below] == ["body"] * 3
        assert story_is_whole(told)

    def test_what_a_colon_leads_to_is_none(self):
        lead = "The wardens have asked the council of the valley in a letter for these things:"
        told = roles_of(middle=[lead, "Small boats", "- Lamps along the wall", "- A bell"])
        assert told["Small boats"] != "heading"


class TestQuotes:
    @pytest.mark.parametrize(
        "said",
        [
            "„Das Tor ist seit gestern Abend offen, und mehr kann ich dazu heute nicht sagen.“",
            "»Das Tor ist seit gestern Abend offen, und mehr kann ich dazu heute nicht sagen.«",
        ],
    )
    def test_a_heading_below_words_in_marks_of_german(self, said):
        told = roles_of(middle=["„Ja.“", said, "Streit um das Tor"])
        assert told["Streit um das Tor"] == "heading"


class TestTables:
    def test_rows_below_the_story_are_part_of_it(self):
        rows = ("| Gate | Age |", "| West | 41 |", "| East | 12 |")
        told = roles_of(above=["3 May 2021", "By Mara Sund"], below=rows)
        assert [told[line] for line in rows] == ["body"] * 3

    def test_a_row_of_links_is_none(self):
        told = roles_of(above=["Home | News | Sport", "3 May 2021"])
        assert told["Home | News | Sport"] == "boilerplate"


class TestTranscripts:
    def test_a_question_of_a_speaker_is_no_heading(self):
        question = "SUND: Why not just weld it shut?"
        told = roles_of(middle=["SOLL: It moved a hand's breadth.", question, "SOLL: We asked."])
        assert told[question] == "body"

    def test_a_question_over_a_paragraph_is_one(self):
        assert (
            roles_of(middle=["Why not just weld it shut?"])["Why not just weld it shut?"]
            == "heading"
        )


class TestNames:
    def test_a_name_between_the_summary_and_the_story_is_a_byline(self):
        text = "\n\n".join(
            ("Advertisement", HEAD, STORY[1], "Mara Sund", STORY[0], *STORY[2:], "Advertisement")
        )
        assert ("credit", "Mara Sund") in assign({"a": text}, titles={"a": HEAD})["a"]


class TestSummary:
    LABELLED = ("Summary", "- Gate jammed", "- Divers freed it", "- Road shut until Tuesday")

    def test_bullets_above_a_story_make_no_document_of_it(self):
        lines = page_lines.lines_of("\n\n".join((HEAD, *self.LABELLED[1:], *STORY)))
        assert not reference_texts.is_document(lines, "", [])

    def test_a_list_with_little_below_it_is_a_document(self):
        lines = page_lines.lines_of("\n\n".join((*self.LABELLED[1:], STORY[0])))
        assert reference_texts.is_document(lines, "", [])

    @pytest.mark.parametrize("label", ["Summary", "Key points", "Das Wichtigste in Kürze"])
    def test_the_label_over_them_is_boilerplate(self, label):
        told = roles_of(above=[label, *self.LABELLED[1:]])
        assert told[label] == "boilerplate"
        assert [told[line] for line in self.LABELLED[1:]] == ["body"] * 3


class TestInterviews:
    ASKED = (
        "When did you know that the gate had jammed?",
        "Why did nobody tell you?",
        "Would you do it again?",
    )
    ANSWERS = (
        "At six in the morning, when the bell rang and the water was already over the sill.",
        "Because nothing had happened for twenty years, and a gate that works is only a cost.",
        "I would, but I would ask for the money first, and for a boat that does not leak so.",
    )

    def test_questions_are_story(self):
        told = roles_of(
            middle=[line for pair in zip(self.ASKED, self.ANSWERS, strict=True) for line in pair]
        )
        assert {told[line] for line in (*self.ASKED, *self.ANSWERS)} == {"body"}

    def test_questions_that_ask_nobody_are_headings(self):
        heads = ("What jammed the gate?", "Who pays for it?", "What happens next?")
        told = roles_of(
            middle=[line for pair in zip(heads, self.ANSWERS, strict=True) for line in pair]
        )
        assert {told[line] for line in heads} == {"heading"}


class TestShortParagraphs:
    def test_a_heading_where_no_paragraph_is_long_any_more(self):
        below = ["Cars go round by the mill. Walkers may use the gate.", "It is shut until May."]
        above = "The warden has the key, and he does not lend it out."
        told = roles_of(middle=[above, "Way round by the mill", *below])
        assert told["Way round by the mill"] == "heading"
