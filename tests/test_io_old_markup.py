import pytest

from lineage.io.readers.html import old_markup, web_page

STORY = (
    "The granary on Depot Street was still burning on Wednesday, three days after a spark from a "
    "grinder set off the dust in its loading shed.<br><br>Fire Chief Lyle Amundsen said that his "
    "crews had pumped water from the creek all night and would need as much again.<br><br>School "
    "buses will take Mill Road until Friday, and windows should be kept shut."
)
ROW = "<tr><td><a href=/>Home</a> | <a href=n.html>News</a> | <a href=s.html>Sport</a></td></tr>"
HEAD = "<font size=5><b>Granary burns in Harlow</b></font>"


def page(headline=HEAD, title="The Harlow Bee", row=ROW, story=STORY):
    return (
        f"<html><head><title>{title}</title></head><body bgcolor=white><table width=100%>{row}"
        f"</table><table width=600><tr><td>{headline}<br><font size=2>Martha Quill, 14 May 2003"
        f"</font><br><br>{story}</td></tr></table><hr><center><font size=1>(c) 2003 The Harlow Bee"
        "<br>P.O. Box 12, Harlow</font></center></body></html>"
    )


class TestPagesWithoutStyles:
    @pytest.mark.parametrize(
        "headline",
        [
            HEAD,
            "<b><font size='+2'>Granary burns in Harlow</font></b>",
            "<font face=Arial><font size=6>Granary burns in Harlow</font></font>",
            "<big><b>Granary burns in Harlow</b></big>",
            "<p><font size=4 color=red>Granary burns in Harlow</font></p>",
        ],
    )
    def test_headline_byline_date_and_paragraphs(self, headline):
        found = web_page.values(page(headline))
        assert found["title"] == "Granary burns in Harlow"
        assert found["byline"] == "Martha Quill"
        assert str(found["published_at"].at.date()) == "2003-05-14"
        told = found["text"].split("\n")
        assert sum(line.startswith(("The granary", "Fire Chief", "School")) for line in told) == 3
        assert "Home" not in found["text"]
        assert "(c) 2003" not in found["text"]

    def test_the_name_of_the_paper_in_a_cell_of_its_own_is_no_headline(self):
        row = f"<tr><td><font size=7>The Harlow Bee Online</font></td></tr></table><table>{ROW}"
        assert web_page.values(page(row=row))["title"] == "Granary burns in Harlow"

    @pytest.mark.parametrize(
        "headline",
        [
            "<font size=5><a href=x>Buy a subscription now</a></font>",
            "<font size=5>It was a long night.</font>",
            "<font size=2>Granary burns in Harlow</font>",
            "The <font size=5>granary burns in</font> Harlow",
        ],
    )
    def test_other_large_letters_are_none(self, headline):
        assert "<h1" not in old_markup.renew(page(headline))

    @pytest.mark.parametrize(
        "html",
        [
            "<html><body><h1>Mill burns</h1><p>It burned.</p></body></html>",
            page().replace(HEAD, f"<h1>{HEAD}</h1>"),
            "<html><body><font size=3>It burned.</font></body></html>",
            "",
            "no page",
        ],
    )
    def test_other_pages_stay_as_they_are(self, html):
        assert old_markup.renew(html) == html

    def test_a_column_beside_the_story_is_left_out(self):
        html = page().replace(
            "kept shut.</td>", "kept shut.</td><td width=180><b>Poll</b><br>Is it too hot?</td>"
        )
        text = web_page.values(html)["text"]
        assert "Poll" not in text
        assert text.endswith("kept shut.")

    def test_a_day_in_a_column_beside_the_story_is_its_date_where_there_is_no_other(self):
        html = (
            page()
            .replace("<font size=2>Martha Quill, 14 May 2003</font>", "")
            .replace("<table width=600><tr>", "<table><tr><td width=120>May 14, 2003<br>Menu</td>")
        )
        assert "14 May" not in html
        found = web_page.values(html)
        assert str(found["published_at"].at.date()) == "2003-05-14"
        assert "Menu" not in found["text"]

    def test_letters_set_for_the_whole_story_leave_its_paragraphs_apart(self):
        html = page(story=f"<font size=2 face=Verdana>{STORY}</font>")
        assert len(web_page.values(html)["text"].split("\n")) >= 3

    def test_tables_of_figures_are_no_navigation(self):
        table = "<tr><td>Wick</td><td><a href=w>12</a></td></tr><tr><td>Ayr</td><td>14</td></tr>"
        assert "<nav" not in old_markup.renew(page(row=table))
