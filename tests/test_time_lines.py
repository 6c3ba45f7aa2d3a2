import pytest

from lineage.page import time_lines

from .test_sentence_roles import assign


class TestTimeLine:
    @pytest.mark.parametrize(
        "line",
        [
            "Tuesday 4 May 2021 18:30, UK",
            "04/05/2021 - 18:30",
            "May 4, 2021, 6:30pm CET",
            "Published: 18:30, 4 May 2021 | Updated: 09:15, 5 May 2021",
            "4.5.2021 18.30",
            "2 hours ago",
            "Yesterday at 6:30 PM",
            "12. Juni 2022, 18:30 Uhr",
            "Publié le 3 mai 2021 à 18h30",
            "19:42",
        ],
    )
    def test_is_one(self, line):
        assert time_lines.is_time_line(line)

    @pytest.mark.parametrize(
        "line",
        [
            "47 minutes",
            "5",
            "2021",
            "Two days in May",
            "At 6:30 the gate fell",
            "4 May boats",
            "On time",
        ],
    )
    def test_other_line_is_none(self, line):
        assert not time_lines.is_time_line(line)


def test_entries_of_a_live_page_keep_their_story():
    entries = [
        ("19:42", "The ferry to Holm is off for the rest of the evening, the operator says."),
        ("19:15", "Two cars were hit by a falling tree on the ring road. No one was hurt."),
        (
            "18:50",
            "The wind at the lighthouse has reached 31 metres a second, it is measured there.",
        ),
        ("18:20", "Schools in the north of the county will be shut on Thursday, the council says."),
    ]
    lines = [
        "Storm reaches the coast",
        "By Mara Sund",
        *(part for each in entries for part in each),
    ]
    found = assign({"a": "\n\n".join(lines)})["a"]
    story = {sentence for _, entry in entries for sentence in [entry]}
    assert all(role == "body" for role, text in found if any(text in entry for entry in story))
    assert {role for role, text in found if text[:1].isdigit()} == {"credit"}
