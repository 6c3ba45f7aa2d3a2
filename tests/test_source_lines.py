import pytest

from lineage.page import credits

HEADLINE = "The old bridge is shut"
STORY = "The council voted on Monday to close the old bridge over the river for good.\n"


def found(text):
    return [(each.covers, each.name) for each in credits.find_credits(text)]


class TestAboveTheStory:
    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("Agence France-Presse", "AFP"),
            ("Reuters, LONDON", "Reuters"),
            ("dpa/ots", "news aktuell"),
            ("lathmoorecho.com ^ | 4 Aug 2017 | by JANE ROE", "lathmoorecho.com"),
            ("from CNN.com - RSS Channel - http://lathmoor.example/feed", "CNN"),
            ("dpa/Jana Rohe", "dpa"),
            ("Redactie/ANP", "ANP"),
        ],
    )
    def test_a_line_that_names_the_source(self, line, name):
        assert found(f"{HEADLINE}\n{line}\n{STORY}") == [("text", name)]

    @pytest.mark.parametrize(
        "line",
        ["Halvane, LONDON", "Home, News", "The Halvane Harbour Board", "Bridges, Reuters, Roads"],
    )
    def test_other_short_lines(self, line):
        assert found(f"{HEADLINE}\n{line}\n{STORY}") == []

    def test_a_name_below_a_button_is_a_picture_s(self):
        assert found(f"Enlarge this\nReuters\n{STORY}") == []


class TestBelowTheStory:
    @pytest.mark.parametrize(
        ("line", "covers", "name"),
        [
            ("SOURCE: TRT World and agencies", "text", "TRT World"),
            ("Quelle: dpa", "text", "dpa"),
            ("Source : AFP", "text", "AFP"),
            ("Avec AFP", "part", "AFP"),
            ("Mit Material von dpa", "part", "dpa"),
            ("Foto: dpa", "photo", "dpa"),
            ("Crédit photo : AFP", "photo", "AFP"),
            ("Photo: Getty Images", "photo", "Getty Images"),
            ("Mit Informationen von Jana Rohe, und dpa", "part", "dpa"),
            ("With files from Jane Roe and The Canadian Press", "part", "Canadian Press"),
            ("Con informazioni di ANSA", "part", "ANSA"),
            ("Fuente: EFE", "text", "EFE"),
            ("jro/mst/dpa", "part", "dpa"),
            ("jro mit dpa-Material", "part", "dpa"),
            ("M. K. avec AFP", "part", "AFP"),
            ("Le Sémaphore avec AFP", "part", "AFP"),
            ("(dpa/lno)", "part", "dpa"),
            ("(red, APA)", "part", "APA"),
            ("Redazione ANSA", "text", "ANSA"),
            ("SOURCE Ardent Looms, Inc.", "sentence", "Ardent Looms, Inc."),
            ("Source: Ardent Looms, Inc.", "sentence", "Ardent Looms, Inc."),
            ("This content was produced by AFP.", "text", "AFP"),
            ("This report by The Canadian Press was cut.", "text", "Canadian Press"),
            ("This article includes reporting from AFP.", "part", "AFP"),
            ("Republished with permission from Reuters.", "part", "Reuters"),
            ("Dieses ist ein Beitrag der Deutschen Presse-Agentur.", "part", "dpa"),
            ("Direkt aus dem dpa-Newskanal", "part", "dpa"),
            ("Le Monde avec AFP", "part", "AFP"),
            ("Redaktion mit dpa", "part", "dpa"),
            (
                "Original-Content von: Werke Ostrell, übermittelt durch news aktuell",
                "sentence",
                "Werke Ostrell",
            ),
        ],
    )
    def test_a_line_that_names_somebody(self, line, covers, name):
        assert found(f"{HEADLINE}\n{STORY}{line}") == [(covers, name)]

    @pytest.mark.parametrize(
        ("line", "credits"),
        [
            ("Quelle: ntv.de, jro/dpa", [("text", "n-tv"), ("text", "dpa")]),
            ("jro/dpa/Reuters", [("part", "dpa"), ("part", "Reuters")]),
            ("dpa/AFP", [("text", "dpa"), ("text", "AFP")]),
            ("Par Jeanne Roux avec AFP", [("text", "Jeanne Roux"), ("part", "AFP")]),
            ("Verwendete Quellen: dpa, AFP", [("text", "dpa"), ("text", "AFP")]),
            ("Von AFP und dpa", [("text", "AFP"), ("text", "dpa")]),
            ("Von Jana Rohe und dpa", [("text", "Jana Rohe"), ("text", "dpa")]),
            ("Von Jana Rohe mit dpa", [("text", "Jana Rohe"), ("part", "dpa")]),
        ],
    )
    def test_a_line_that_names_several(self, line, credits):
        assert found(f"{HEADLINE}\n{STORY}{line}") == credits

    def test_the_name_below_a_label_issued_the_release(self):
        head = "News provided by\nArdent Looms, Inc.\nMar 12, 2021"
        assert found(f"{HEADLINE}\n{head}\n{STORY}") == [("sentence", "Ardent Looms, Inc.")]

    @pytest.mark.parametrize(
        "line",
        [
            "Source: the harbour board",
            "SOURCE: Harbour Board",
            "Mit Liebe gemacht",
            "Avec vous",
            "and/or",
            "The mayor dined with AFP and nobody else was let in",
            "This report was written by Jane Roe.",
            "ab/cd",
            "The source Ardent Looms found",
        ],
    )
    def test_other_lines(self, line):
        assert found(f"{HEADLINE}\n{STORY}{line}") == []

    @pytest.mark.parametrize(("wire", "issued"), [("PRNewswire", True), ("Reuters", False)])
    def test_a_plain_source_issued_what_a_wire_for_releases_carries(self, wire, issued):
        text = f"Looms opens mill\nHALVANE, May 3, 2021 ({wire}) -- {STORY}Source: Ardent Looms"
        assert (("sentence", "Ardent Looms") in found(text)) is issued
