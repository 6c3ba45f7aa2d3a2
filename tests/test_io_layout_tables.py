import pytest

from lineage.io.readers.html import layout_tables, web_page

LEAD = "The harbour board shut the west quay on Monday after a survey found two of its piles loose."
REST = "Ships will go to Norrow until the end of the month, harbour master Ola Rud told the board."
HEAD = "<!DOCTYPE html><html lang='en'><head><title>Quay shut</title></head><body>"


def wrapped(inner):
    return f"{HEAD}{inner}</body></html>"


class TestUnfold:
    @pytest.mark.parametrize(
        "body",
        [
            f"<table><tr><td><a href='/'>Home</a></td><td><h1>West quay shut</h1><p>{LEAD}"
            f"<p>{REST}</td></tr></table>",
            f"<table><tr><td>Home</td></tr><tr><td><table><tr><td><h2>West quay shut</h2>"
            f"<p>{LEAD}</p><p>{REST}</p></td></tr></table></td></tr></table>",
            f"<center><table width='90%'><tbody><tr><td><h1>West quay shut</h1></td></tr><tr><td>"
            f"<p>{LEAD}</p><p>{REST}</p></td></tr></tbody></table></center>",
        ],
    )
    def test_headline_and_paragraphs_of_a_layout_are_lines_of_their_own(self, body):
        lines = web_page.values(wrapped(body))["text"].split("\n")
        assert LEAD in lines
        assert REST in lines

    @pytest.mark.parametrize(
        "body",
        [
            f"<p>{LEAD}</p><p>{REST}</p>",
            f"<p>{LEAD}</p><table><tr><th>Quay</th><th>Piles</th></tr><tr><td>West</td><td>2</td>"
            "</tr></table>",
            f"<p>{LEAD}</p><table><tr><td><p>West</p></td><td><p>2</p></td></tr></table>",
        ],
    )
    def test_a_page_without_one_stays_as_it_is(self, body):
        assert layout_tables.unfold(wrapped(body)) == wrapped(body)
