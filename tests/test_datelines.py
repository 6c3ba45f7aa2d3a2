import pytest

from lineage.page import bylines, credits, datelines

STORY = "The council voted on Monday to close the old bridge over the river for good.\n"


def marks(text):
    found = datelines.find_marks(text, bylines.split_lines(text))
    return [(each.covers, each.name, text[each.name_start : each.name_end]) for each in found]


class TestMarks:
    @pytest.mark.parametrize(
        ("text", "name", "written"),
        [
            ("Paris, 3. Juni. (Havas.) Die Kammer tagte.", "Havas", "Havas"),
            ("Berlin, 3. Juni. (W. T. B.) Der Kaiser ist da.", "Wolff", "W. T. B."),
            ("LONDRES, 14 (Reuter). — Le port est fermé.", "Reuters", "Reuter"),
            ("Berne, 7 nov. (ats). — Le Conseil siège.", "Keystone-SDA", "ats"),
            ("Rome, 9 mai (Stefani). — Le roi est là.", "Stefani", "Stefani"),
            ("Tokio, 2. Mai. Domei. Der Rat tagte.", "Domei", "Domei"),
            ("Bern, 3. Nov. ag. Der Bundesrat tagte.", "unnamed agency", "ag."),
            ("New York, 8 octobre (Hayas). — La Bourse est ferme.", "Havas", "Hayas"),
            ("Nobody was hurt in the fire. (Reuters)", "Reuters", "Reuters"),
        ],
    )
    def test_agency_in_a_mark(self, text, name, written):
        assert ("text", name, written) in [
            (each.covers, each.name, text[each.name_start : each.name_end])
            for each in credits.find_credits(text)
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "The Polish Action Party (PAP) won the vote.",
            "He left the Lower Tessaly Assembly (LTA).",
            "The Associated Press (AP) has an office here.",
            "The tower (1931) fell. It was old (very).",
            "Er sah sie im Hafen (Halvane). Sie winkte.",
        ],
    )
    def test_other_parentheses(self, text):
        assert marks(text) == []

    def test_a_column_of_telegrams_is_of_no_single_agency(self):
        text = "PARIS, 12 (Havas). — Le Sénat siège. ROME, 12 (Stefani). — Le pape est là."
        assert {covers for covers, *_ in marks(text)} == {"part"}

    def test_in_the_middle_of_a_long_text_a_mark_covers_its_part(self):
        text = STORY * 6 + "Nobody was hurt. (AFP)\n" + STORY * 6
        assert [covers for covers, *_ in marks(text)] == ["part"]

    @pytest.mark.parametrize(
        ("line", "names"),
        [("(avec AFP)", ["AFP"]), ("(mit Material von dpa und AFP)", ["dpa", "AFP"])],
    )
    def test_helpers_cover_a_part(self, line, names):
        found = credits.find_credits(STORY + line)
        assert [(each.covers, each.name) for each in found] == [("part", name) for name in names]
