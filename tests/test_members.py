import importlib.util
import pathlib

import pandas as pd

from lineage import tables
from lineage.report.drawing import clusters, members
from lineage.report.page import refs

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


def listed(made, most):
    folded = clusters.fold(made["articles"], made["edges"], max_boxes=most)
    named = refs.Refs(made)
    kept = made["edges"][made["edges"]["status"] == "kept"]
    ends = list(zip(kept["source_id"], kept["target_id"], strict=True))
    anchors = {pair: f"edge-{number}" for number, pair in enumerate(ends)}
    return list(members.listed(folded, made["edges"], named, anchors).values()), named, anchors


def star(n, relation):
    made = report_tables.bare(n)
    made["edges"]["relation"] = relation
    made["edges"]["p_direction"] = 0.95
    return made


class TestListed:
    def test_says_how_many_of_what_and_from_whom(self):
        for relation, words in (
            ("reprint", "24 reprints of"),
            ("edit", "24 edits of"),
            ("rewrite", "24 rewrites of"),
            ("update", "24 updates of"),
            ("quote", "24 texts quoting"),
        ):
            (one,), named, _ = listed(star(25, relation), 10)
            root = named.of("a000", "articles")
            assert one.name == f"{words} {root.letter}"
            assert one.title == f"{words} {root.letter} {root.name}"

    def test_every_member_has_its_edges(self):
        made = star(25, "reprint")
        (one,), _, anchors = listed(made, 10)
        assert len(one.members) == 24
        for member in one.members:
            (link,) = member.links
            assert anchors["a000", member.ref.row.article_id] == link.anchor
            assert link.relation == "reprint"

    def test_a_chain_is_named_by_its_first_which_comes_first(self):
        made = report_tables.bare(20, chain=True)
        (one,), named, _ = listed(made, 10)
        head = one.members[0].ref
        assert one.words.name == "11 texts"
        assert one.words.lines[0] == f"{head.letter} and texts made from it"
        assert one.name == f"11 texts ({head.letter} and texts made from it)"
        assert one.title == f"11 texts: {head.letter} {head.name} and texts made from it"
        assert head is named.of("a009", "articles")

    def test_texts_alone_and_small_groups(self):
        alone = report_tables.bare(30, stories=30)
        alone["articles"]["story_id"] = "s"
        (one,), _, _ = listed(alone, 10)
        assert one.title == "30 texts: not connected to another"
        pairs = report_tables.bare(60, stories=30)
        found = listed(pairs, 10)[0]
        assert found[0].title == "52 other texts: in 26 small groups or alone"

    def test_dates_are_said_once_where_they_agree(self):
        made = star(25, "reprint")
        articles = made["articles"]
        days = pd.date_range("2024-05-04", periods=25, freq="2h", tz="UTC")
        articles["published_at"] = days
        articles["published_precision"] = "minute"
        made["articles"] = tables.coerce("articles", articles)
        (one,), _, _ = listed(made, 10)
        assert one.dates == "4 to 6 May 2024"
        made["articles"]["published_at"] = days[0]
        (one,), _, _ = listed(made, 10)
        assert one.dates == "4 May 2024"

    def test_without_a_date_nothing_is_said_of_it(self):
        (one,), _, _ = listed(star(25, "reprint"), 10)
        assert one.dates == ""

    def test_the_box_says_outlets_and_dates(self):
        (one,) = listed(star(25, "reprint"), 10)[0]
        assert one.words.lines[0].startswith("The ")
        assert one.words.foot == "listed below"
        assert not one.words.is_absent

    def test_nothing_is_listed_where_every_text_has_its_box(self):
        assert listed(star(5, "reprint"), 10)[0] == []
