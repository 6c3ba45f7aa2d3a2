import pytest

from lineage.page import author_names, credits

STORY = (
    "The council voted on Monday to close the old bridge over the river for good.\n"
    "Engineers had said that it could no longer carry buses and lorries.\n"
)


def named(line):
    """Authors of a page with `line` below its headline."""
    found = credits.find_credits(f"Council votes to close old bridge\n{line}\n{STORY}")
    return [credit.name for credit in found if credit.kind == "byline"]


class TestSplitAuthors:
    @pytest.mark.parametrize(
        ("line", "who"),
        [
            ("By Mara Sund and Jon Berg", ["Mara Sund", "Jon Berg"]),
            ("By Mara Sund, Jon Berg and Kit Ro", ["Mara Sund", "Jon Berg", "Kit Ro"]),
            (
                "By Mara Sund, Jon Berg and Kit Ro, Halvane Lantern",
                ["Mara Sund", "Jon Berg", "Kit Ro"],
            ),
            ("By Mara Sund and Jon Berg | Halvane Lantern", ["Mara Sund", "Jon Berg"]),
            ("By MARA SUND, JON BERG and KIT RO", ["MARA SUND", "JON BERG", "KIT RO"]),
            ("By Mara Sund with Jon Berg in Varn", ["Mara Sund", "Jon Berg"]),
            ("By: Mara Sund & Jon Berg", ["Mara Sund", "Jon Berg"]),
            ("Von Mara Sund und Jon Berg", ["Mara Sund", "Jon Berg"]),
            ("By Mara O'Sund and Ann-Lis d'Ory", ["Mara O'Sund", "Ann-Lis d'Ory"]),
            ("By Dr. Mara Sund, M.D.", ["Dr. Mara Sund"]),
            ("By Sund, Mara", ["Mara Sund"]),
            ("By Mara Sund Follow @marasund", ["Mara Sund"]),
            ("By Mara Sund 5 min read", ["Mara Sund"]),
            ("By Mara Sund for Halvane Lantern", ["Mara Sund"]),
            ("by mara sund", ["mara sund"]),
            ("Mara Sund in Halvane and Jon Berg in Varn", ["Mara Sund", "Jon Berg"]),
            ("By Mara Sund and Jon Berg, Associated Press", ["Mara Sund", "Jon Berg"]),
            ("By MARA SUND (AP)", ["MARA SUND"]),
        ],
    )
    def test_all_are_found(self, line, who):
        assert named(line) == who

    @pytest.mark.parametrize(
        ("line", "who"),
        [
            ("By Mara Sund, Halvane Lantern", ["Mara Sund"]),
            ("By Mara Sund, port reporter", ["Mara Sund"]),
            ("By the Halvane team", ["the Halvane team"]),
        ],
    )
    def test_where_an_author_works_is_no_author(self, line, who):
        assert named(line) == who

    @pytest.mark.parametrize(
        "line",
        [
            "By the river, buses and lorries must turn back",
            "by the river",
            "Gale Fells Old Crane, Shuts Busy Port",
            "Mayor Quits, Council Splits",
            "By and large, a quiet day",
        ],
    )
    def test_headline_names_nobody(self, line):
        assert named(line) == []


class TestArePeople:
    def test_everybody_of_a_line_of_names(self):
        assert author_names.are_people("Mara Sund, Jon Berg and Kit Ro") == (
            "Mara Sund",
            "Jon Berg",
            "Kit Ro",
        )

    @pytest.mark.parametrize("line", ["Mara Sund, harbours", "Halvane", "Mara Sund and the wall"])
    def test_nobody_where_there_is_more(self, line):
        assert author_names.are_people(line) == ()
