import pytest

from lineage.page import credits, staff_lines

from . import test_sentence_roles

LINES = [
    ("Staff and agencies", []),
    ("By staff and agencies", []),
    ("Staff and wire reports", []),
    ("From our wire services", []),
    ("Reuters staff", ["Reuters"]),
    ("By AP staff", ["AP"]),
    ("Von Redaktion/dpa", ["dpa"]),
    ("Von unserer Redaktion und dpa", ["dpa"]),
    ("La rédaction avec AFP", ["AFP"]),
    ("Redactie/ANP | 2 november 2011", ["ANP"]),
    ("Redacción/EFE - 21/06/2005", ["EFE"]),
    ("Redazione ANSA", ["ANSA"]),
]


class TestStaffLines:
    @pytest.mark.parametrize(("line", "names"), LINES)
    def test_no_person_and_the_agencies(self, line, names):
        assert staff_lines.is_staff_line(line)
        found = staff_lines.agencies(line)
        assert [name for _, _, name in found] == names
        assert all(line[start:end] for start, end, _ in found)

    @pytest.mark.parametrize(
        "line",
        [
            "Staff walk out",
            "Martha Quill",
            "Agencies deny that mill is at risk",
            "Die Redaktion zieht um",
            "Staff and agencies were told.",
            "Reuters",
            "Home | News",
            "2021",
            "",
        ],
    )
    def test_other_lines(self, line):
        assert not staff_lines.is_staff_line(line)

    @pytest.mark.parametrize(("line", "names"), LINES)
    def test_below_a_headline_it_is_the_credit(self, line, names):
        head = "Home | News | Sport\nCouncil votes to shut bridge"
        text = f"{head}\n{line}\n{test_sentence_roles.STORY}\nShare this:"
        assert test_sentence_roles.role_of(line, text) == "credit"
        found = {each.name for each in credits.find_credits(text) if each.kind != "byline"}
        assert found == set(names)

    @pytest.mark.parametrize(
        "line",
        [
            "(c) 2021",
            "© 2021",
            "(c) 2021. All rights reserved.",
            "© 2019-2021 Tous droits réservés",
        ],
    )
    def test_rights_of_nobody_are_no_story(self, line):
        text = f"Council votes to shut bridge\n{test_sentence_roles.STORY}\n{line}"
        assert test_sentence_roles.role_of(line, text) == "credit"
