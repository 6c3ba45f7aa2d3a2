import pytest

from lineage.page import desk_notes


class TestStaffCredit:
    @pytest.mark.parametrize(
        "line",
        [
            "Reporting by Mara Sund in Halvane; Editing by Jon Berg",
            "Additional reporting by Eli Moe; Writing by Mara Sund; Editing by Jon Berg and Kit Ro",
            "Writing by Mara Sund. Editing by Jon Berg.",
            "(Reporting by the Halvane newsroom; editing by Jon Berg)",
            "Reporting and writing by Ann d'Ory and Jon van der Berg",
            "— With inputs from agencies",
            "With files from Mara Sund",
            "Mit Material von dpa",
            "Kit Ro contributed to this report.",
            "Ro reported from Varn and Sund from Halvane.",
            "Our Standards: The Trust Principles of the agency.",
            "Produced by Mara Sund. Mixed by Jon Berg. Theme by The Olm Boys.",
            "Music by Eli Moe; sound design by Kit Ro",
            "Mara Sund and agencies",
            "Mara Sund, Eli Moe und Agenturen",
            "Par Mara Sund et la rédaction",
        ],
    )
    def test_is_one(self, line):
        assert desk_notes.is_staff_credit(line)

    @pytest.mark.parametrize(
        "line",
        [
            "Reporting by the Senate committee showed that the fund was empty.",
            "Reporting by the Senate committee led to a hearing in May.",
            "Editing by hand is slow, the printer said.",
            "Writing by candlelight was her habit.",
            "“Reporting by Mara Sund,” the page says at its foot.",
            "Several cases have been reported from Halvane.",
            "Rain contributed to the slide.",
            "With help from neighbours they dug it out.",
            "Music by candlelight drew a hundred people.",
            "The ministry and agencies disagree.",
            "Banks and agencies",
        ],
    )
    def test_sentence_of_a_story_is_none(self, line):
        assert not desk_notes.is_staff_credit(line)


class TestProvenance:
    @pytest.mark.parametrize(
        "line",
        [
            "Originally published on halvane.example",
            "The article was originally published by The River Review. Read the original article.",
            "(This report first appeared in the Halvane Lantern.)",
            "This report by The Canadian Press was first published May 3, 2021.",
            "Mara Sund is a reporter for the Halvane Lantern.",
            "Jon Berg covers harbours for the Lantern.",
            "Reach her at msund@lantern.example or 555-0142.",
            "Mara Sund's column runs on Fridays.",
        ],
    )
    def test_is_told(self, line):
        assert desk_notes.is_provenance(line)

    @pytest.mark.parametrize(
        "line",
        [
            "The book first appeared in 1920.",
            "Mara Sund is a reporter who was arrested in May.",
            "Mara Sund is a teacher at the school.",
            "The ferry reaches the island at noon.",
        ],
    )
    def test_sentence_of_a_story_tells_none(self, line):
        assert not desk_notes.is_provenance(line)


class TestAuthors:
    @pytest.mark.parametrize(
        "line",
        [
            "Mara Sund covers the county council. Reach her at msund@lantern.example.",
            "Mara Sund writes about dams and has done so since 1999. She was born in Olm. More "
            "about Mara Sund",
            "Kit Ro is the harbour editor of the Lantern. Follow him at @kitro.",
            "SOURCE Olm Gates, Inc.",
            "SOURCE: The Olm Gate Company",
        ],
    )
    def test_of_the_text_or_of_a_release_are_told(self, line):
        assert desk_notes.is_provenance(line)

    @pytest.mark.parametrize(
        "line",
        [
            "Mara Sund covers her rent with what the goats bring in.",
            "Mara Sund covers her rent with two jobs. She works on the ferry on Sundays.",
            "Mara Sund covers the gate with tar. “Reach her at the dam,” said a neighbour.",
            "Source of the Olm dries up.",
            "SOURCES of the river are guarded by nobody.",
        ],
    )
    def test_persons_of_a_story_are_none(self, line):
        assert not desk_notes.is_provenance(line)

    def test_what_they_declare_of_their_money(self):
        assert desk_notes.is_disclosure_label("Disclosure statement")
        assert desk_notes.is_disclosure("Mara Sund receives funding from the dam fund.")
        assert not desk_notes.is_disclosure("Mara Sund walked along the dam.")


class TestDeskMark:
    @pytest.mark.parametrize(
        "line",
        [
            "ms/jb",
            "(msu)",
            "MS/JB",
            "dpa ms yy n1 jb",
            "041215 Mai 21",
            "-30-",
            "(ends)",
            "- ENDS -",
        ],
    )
    def test_below_a_story(self, line):
        assert desk_notes.is_desk_mark(line, at_end=True)

    @pytest.mark.parametrize("line", ["Ice.", "no", "He/she", "In 1997", "It ended.", "30 boats"])
    def test_other_short_line_below_is_none(self, line):
        assert not desk_notes.is_desk_mark(line, at_end=True)

    @pytest.mark.parametrize(
        "line",
        [
            "BC-EU--Lock Gate, 2nd Ld-Writethru",
            "Eds: UPDATES with quotes, details. Changes headline.",
            "AP-EU--Lock Gate, 1st Ld",
            "URGENT",
        ],
    )
    def test_above_a_story(self, line):
        assert desk_notes.is_desk_mark(line, at_end=False)

    @pytest.mark.parametrize("line", ["US-led forces leave the valley", "Urgent talks on the gate"])
    def test_headline_above_is_none(self, line):
        assert not desk_notes.is_desk_mark(line, at_end=False)


class TestCorrection:
    @pytest.mark.parametrize(
        "line",
        [
            "A correction was made on May 4, 2021: An earlier version gave the wrong dam.",
            "CORRECTION (May 4, 2021): An earlier version of this article misstated the depth.",
            "Correction, 4 May 2021: The lock is in Halm.",
            "Clarification: The gate is of oak.",
            "Correction — The warden is called Soll.",
            "This story has been updated to correct the depth of the lock.",
            "This article was amended on 4 May 2021. The lock is in Halm.",
            "Editor's note: This story has been updated with the name of the warden.",
            "An earlier version of this story misspelled a name.",
            "(Corrects spelling of warden's name in paragraph 3)",
            "(This May 3 story has been corrected to say four metres in paragraph 2)",
            "Korrektur: Die Schleuse ist in Halm.",
            "In einer früheren Version dieses Artikels war die Schleuse in Varn.",
            "Cet article a été modifié le 4 mai 2021.",
        ],
    )
    def test_is_one(self, line):
        assert desk_notes.is_correction(line)

    @pytest.mark.parametrize(
        "line",
        [
            "Correction officers said that the gate was open.",
            "Corrections are printed on page two.",
            "Corrections: desk@lantern.example",
            "“An earlier version of this article was wrong,” the paper wrote.",
            "The paper printed a correction: the dam is safe.",
            "This story was changed by three generations of tellers.",
            "This report was amended in the Senate on Friday.",
            "The story was changed by its director before the first night.",
            "Updates to the pier cost more than the pier.",
        ],
    )
    def test_sentence_of_a_story_is_none(self, line):
        assert not desk_notes.is_correction(line)
