import pytest

from lineage.text import credits

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
        ],
    )
    def test_a_line_that_names_somebody(self, line, covers, name):
        assert found(f"{HEADLINE}\n{STORY}{line}") == [(covers, name)]

    @pytest.mark.parametrize(
        "line", ["Source: the harbour board", "Mit Liebe gemacht", "Avec vous"]
    )
    def test_other_lines(self, line):
        assert found(f"{HEADLINE}\n{STORY}{line}") == []
