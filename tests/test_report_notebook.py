import importlib.util
import pathlib
import re
from xml.etree import ElementTree

import lineage
from lineage import tables
from lineage.report import notebook

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


def shown(made):
    return lineage.Lineage(made, {})._repr_html_()


class TestRender:
    def test_has_counts_picture_and_edges(self):
        html = shown(report_tables.ferry())
        assert "5 articles, 1 absent source, 4 edges" in html
        tree = ElementTree.fromstring(html)
        svg = tree.find("{http://www.w3.org/2000/svg}svg")
        assert len(svg.findall("{http://www.w3.org/2000/svg}rect")) == 6
        assert len(svg.findall("{http://www.w3.org/2000/svg}path")) == 4
        assert len(tree.findall("table/tbody/tr")) == 4

    def test_words_from_articles_are_escaped(self):
        html = shown(report_tables.ferry())
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert "Quay &lt;Watch&gt; &amp; Co" in html

    def test_needs_nothing_from_elsewhere(self):
        html = shown(report_tables.ferry())
        assert set(re.findall(r"https?://[^\"<]+", html)) == {"http://www.w3.org/2000/svg"}

    def test_of_many_articles_some_are_drawn_as_one(self):
        made = report_tables.bare(notebook.MAX_BOXES + 3)
        made["edges"]["relation"] = "edit"
        made["edges"]["p_direction"] = 0.95
        made["edges"] = tables.coerce("edges", made["edges"])
        html = shown(made)
        n = notebook.MAX_BOXES + 3
        assert f'aria-label="Lineage of {n} articles"' in html
        assert f"{n - 1} edits of The" in html
        assert html.count("<rect") == 3

    def test_nothing_at_all_is_said(self):
        assert "No article was found to be made from another" in shown(
            report_tables.bare(2, stories=2)
        )
        assert "0 articles" in shown(report_tables.empty())

    def test_order_of_rows_makes_no_difference(self):
        made = report_tables.ferry()
        assert shown(report_tables.shuffled(made, 2)) == shown(made)
