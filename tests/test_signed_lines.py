import pandas as pd
import pytest

from lineage.io.readers.html import page_authors, page_dates
from lineage.page import signed_lines

PAGE = """<html lang="{language}"><head><title>Mill burns in Wick</title></head><body>
<h1>Mill burns in Wick</h1><div class="m">{line}</div>
<p>The mill in Wick burned down on Monday night, and nobody was hurt, the fire chief said when he
had counted everyone who lives there and found them all.</p></body></html>"""
LINES = [
    ("Martha Quill, 14 May 2021", "en", ("Martha Quill",)),
    ("14 May 2021, Martha Quill", "en", ("Martha Quill",)),
    ("May 14, 2021 · Martha Quill", "en-US", ("Martha Quill",)),
    ("Martha Quill and Jon Berg - May 14, 2021", "en", ("Martha Quill", "Jon Berg")),
    ("Martha Quill, 14.05.2021", "de", ("Martha Quill",)),
    ("Von Martha Quill | 14. Mai 2021", "de", ("Martha Quill",)),
    ("Solenn Le Gac, 14/05/2021", "fr", ("Solenn Le Gac",)),
    ("di Fulvio Derosas - 14 maggio 2021", "it", ("Fulvio Derosas",)),
    ("Femke Wijdeveld, 14 mei 2021", "nl", ("Femke Wijdeveld",)),
    ("14 de mayo de 2021 | Remedios Cano", "es", ("Remedios Cano",)),
]


class TestRead:
    @pytest.mark.parametrize(("line", "language", "persons"), LINES)
    def test_persons_and_a_day(self, line, language, persons):
        found = signed_lines.read(line, order="dmy", language=language[:2])
        assert found.persons == persons
        assert str(found.stated.day) == "2021-05-14"

    @pytest.mark.parametrize(
        "line",
        [
            "Halvane, 5 March 2024",
            "New Ostrell, 5 March 2024",
            "Jane Roe died, 5 March 2024",
            "Battle of Ostrell, 5 March 2024",
            "Martha Quill 14 May 2021",
            "The mill burned, 14 May 2021.",
            "Jane Roe (@roe) July 16, 2018",
            "Martha Quill, May 2021",
            "Freitag, 14. Mai 2021",
            "Updated 14 May 2021, Martha Quill",
            "Martha Quill, 31.02.2021",
            "",
        ],
    )
    def test_other_lines(self, line):
        assert signed_lines.read(line, order="dmy") is None


class TestOfPages:
    @pytest.mark.parametrize(("line", "language", "persons"), LINES)
    def test_directly_below_the_headline_it_is_byline_and_date(self, line, language, persons):
        html = PAGE.format(language=language, line=line)
        assert page_authors.authors(html) == persons
        assert page_dates.published(html).date.at == pd.Timestamp("2021-05-14", tz="UTC")

    def test_below_the_story_it_is_nobody_s(self):
        html = PAGE.format(language="en", line="").replace(
            "</body>", "<div>Martha Quill, 14 May 2021</div></body>"
        )
        assert page_authors.authors(html) == ()
        assert page_dates.published(html).date is None

    def test_whom_the_headline_names_is_no_author(self):
        html = PAGE.format(language="en", line="Martha Quill, 14 May 2021")
        assert page_authors.authors(html.replace("Mill burns", "Martha Quill seen")) == ()

    def test_two_way_numbers_need_a_language(self):
        html = PAGE.format(language="", line="Martha Quill, 04/05/2021")
        assert page_dates.published(html).date is None
