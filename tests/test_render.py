import base64
import hashlib
import html.parser
import importlib.util
import json
import pathlib
import re

import pandas as pd
import pytest

from lineage import errors, tables
from lineage.report import phrases
from lineage.report.drawing import box_labels
from lineage.report.page import article_text, origins, pair_rows, refs, render, summary

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)

# As the page names three of the texts.
WIRE = "North Sea Wire, “Ferry strikes harbour wall, injuring 18”"
LIVE = "North Sea Wire, “ELSMOUTH (NSW) - A passenger ferry struck the …”"
POST = "“Eighty people were hurt when a ferry rammed …”"

VOID = {"meta", "br", "img", "input", "link", "hr"}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children = []

    def all(self, tag=None, **wanted):
        """Return the elements below, by tag, class (a word of it) and other attributes."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if child.fits(tag, wanted):
                    found.append(child)
                found.extend(child.all(tag, **wanted))
        return found

    def fits(self, tag, wanted):
        if tag is not None and self.tag != tag:
            return False
        for name, value in wanted.items():
            has = self.attributes.get(name.rstrip("_").replace("_", "-")) or ""
            if value not in (has.split() if name == "class_" else [has]):
                return False
        return True

    def one(self, tag=None, **wanted):
        (found,) = self.all(tag, **wanted)
        return found

    def text(self, without=()):
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif not set(without) & set((child.attributes.get("class") or "").split()):
                parts.append(child.text(without))
        return "".join(parts)

    def words(self):
        return " ".join(self.text().split())


class Page(html.parser.HTMLParser):
    """A parser that takes no tag on trust: every element is closed by its own end tag."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("root", {}, None)
        self.feed(page)
        self.close()
        assert self.here is self.root, f"<{self.here.tag}> is never closed"

    def handle_starttag(self, tag, attributes):
        assert len(dict(attributes)) == len(attributes), f"<{tag}> repeats an attribute"
        element = Element(tag, dict(attributes), self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.here = self.here.parent

    def handle_endtag(self, tag):
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


@pytest.fixture(scope="module")
def page():
    return render.render(report_tables.ferry(), report_tables.run_record())


@pytest.fixture(scope="module")
def root(page):
    return Page(page).root


def article(root, name):
    """Return the folded part of the page about one article."""
    (found,) = [
        part
        for part in root.all("details", class_="article")
        if name in [one.words() for one in part.all("summary")[0].all("span", class_="small")]
    ]
    return found


def claim(root, *parts):
    (found,) = [
        part
        for part in root.all("details", class_="edge")
        if all(words in part.all("summary")[0].words() for words in parts)
    ]
    return found


class TestPageIsSound:
    def test_well_formed_with_unique_ids_and_links_that_lead_somewhere(self, root):
        ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
        assert len(ids) == len(set(ids))
        targets = [link.attributes["href"] for link in root.all("a") if "href" in link.attributes]
        inside = [target for target in targets if target.startswith("#")]
        assert len(inside) > 40
        assert {target[1:] for target in inside} <= set(ids)

    def test_needs_no_network(self, page, root):
        for element in root.all():
            for name in ("src", "srcset", "data", "poster", "action", "background", "xlink:href"):
                assert name not in element.attributes
            assert element.tag not in ("link", "img", "iframe", "object", "embed", "base")
        outside = [
            link.attributes["href"]
            for link in root.all("a")
            if not link.attributes["href"].startswith("#")
        ]
        assert outside == ["https://channelsix.example/ferry?a=1&b=2"]
        style = root.one("style").text()
        assert "url(" not in style
        assert "@import" not in style

    def test_policy_allows_this_style_and_this_script_alone(self, root):
        (policy,) = [
            meta.attributes["content"]
            for meta in root.all("meta")
            if meta.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        directives = dict(part.split(" ", 1) for part in policy.split("; "))
        assert directives["default-src"] == "'none'"
        for name, tag in (("style-src", "style"), ("script-src", "script")):
            (inside,) = [part for part in root.all(tag) if "type" not in part.attributes]
            digest = hashlib.sha256(inside.text().encode()).digest()
            assert directives[name] == f"'sha256-{base64.b64encode(digest).decode()}'"
        for element in root.all():
            assert "style" not in element.attributes
            assert not [name for name in element.attributes if name.startswith("on")]

    def test_hostile_text_stays_text(self, page, root):
        assert [part.attributes for part in root.all("script")] == [
            {"type": "application/json", "id": "data"},
            {},
        ]
        data = root.one("script", id="data").text()
        assert not set("<>&") & set(data)
        assert "<b>anybody" in json.loads(data)["texts"]["D"]
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>anybody" not in page
        assert "javascript:" in article(root, "own").words()
        assert not [a for a in root.all("a") if a.attributes["href"].startswith("javascript")]
        assert "{{ 7 * 7 }}" in article(root, "own").words()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e]", page)

    def test_landmarks_headings_and_table_headers(self, root):
        for tag in ("header", "nav", "main", "footer", "h1"):
            assert len(root.all(tag)) == 1
        assert root.one("html").attributes["lang"] == "en"
        for table in root.all("table"):
            heads = table.one("thead").all("th")
            assert all(head.attributes.get("scope") == "col" for head in heads)
            for row in table.all("tr"):
                cells = [cell for cell in row.children if isinstance(cell, Element)]
                wide = sum(int(cell.attributes.get("colspan", 1)) for cell in cells)
                assert wide == len(heads)

    def test_same_page_for_shuffled_rows_and_again(self, page):
        made, run = report_tables.ferry(), report_tables.run_record()
        assert render.render(made, run) == page
        assert render.render(report_tables.shuffled(made), run) == page

    @pytest.mark.parametrize("scheme", [0, 1])
    def test_words_stand_out_from_every_background(self, root, scheme):
        style = root.one("style").text()
        light, dark = re.findall(r":root\{(.*?)\}", style, re.DOTALL)[:2]
        colours = dict(re.findall(r"--([\w-]+):(#\w+)", (light, dark)[scheme]))
        grounds = [name for name in colours if re.fullmatch(r"c\d+", name)]
        assert len(grounds) == len(refs.PALETTE)
        for ground in [*grounds, "paper", "panel", "absent", "removed", "added"]:
            assert contrast(colours["ink"], colours[ground]) >= 4.5
        for ground in ("paper", "panel", "absent"):
            assert contrast(colours["soft"], colours[ground]) >= 4.5
        for ground in ("paper", "panel"):
            assert contrast(colours["link"], colours[ground]) >= 4.5
            for relation in box_labels.STROKES:
                assert contrast(colours[relation], colours[ground]) >= 3


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2 defines it."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class TestSummary:
    def test_says_how_much_was_found(self, root):
        figures = {
            part.one("dt").words(): part.one("dd").words()
            for part in root.one("dl", class_="figures").all("div")
        }
        assert figures == {
            "articles": "5",
            "story": "1",
            "kept edges": "4",
            "of them without a decided direction": "1",
            "absent source": "1",
            "independent pair": "1",
            "undecided pair": "1",
        }
        lead = root.one("p", class_="lead").words()
        assert "2 of 5 articles were probably made from another text" in lead
        assert "Harbour Gazette" in lead
        assert "with the encoder all-MiniLM-L6-v2" in root.one("main").words()

    def test_each_text_is_told_once_with_all_that_it_was_made_from(self, root):
        said = [item.words() for item in root.one("ul", class_="claims").all("li")]
        wire = f"A {WIRE}"
        assert said == [
            f"C Channel Six was very probably made from {wire} (4 of 4 sentences, 2 word for word) "
            "why",
            f"D {POST} was probably made from "
            f"{wire} (one of 2 texts that may each be the source) (5 of 6 sentences, none word for "
            "word, one quoted words only) why, and credits F Harbour Gazette; the words are in "
            f"{wire} why",
            f"{wire} and B {LIVE}: one "
            "was very probably made from the other; which came first is not decided (2 of 3 "
            "sentences, one word for word) why",
        ]

    def test_nothing_is_counted_as_none_but_articles_and_edges(self):
        figures = Page(render.render(report_tables.bare(1), {})).root.one("dl", class_="figures")
        counted = {part.one("dt").words(): part.one("dd").words() for part in figures.all("div")}
        assert counted == {"article": "1", "story": "1", "kept edges": "0"}

    def test_finding_is_one_sentence_that_adds_up(self, root):
        assert root.one("p", class_="finding").words() == (
            "Five texts, up to two origins: four of the five come from one North Sea Wire "
            "report (A, which you supplied); one could not be placed."
        )

    def test_says_what_was_left_out_and_not_measured(self, root):
        left_out, uncertain, not_measured = [
            part.words() for part in root.all("section", class_="note")
        ]
        assert "in/empty.txt: the text is empty" in left_out
        assert (
            f"D {POST}, made from A {WIRE}: the source is one of 2 texts that may each "
            "be the source; the direction is likely (0.81)" in uncertain
        )
        assert "which came first is not decided" in uncertain
        assert f"D {POST}: another possible source is C Channel Six" in uncertain
        assert "not decided for 1 pair" in uncertain
        assert "The source of 1 of 13 traced passages is doubtful" in uncertain
        assert "1 pair that shares few rare words" in not_measured
        assert "not known for 2 of 5 articles" in not_measured

    @pytest.mark.parametrize(
        ("run", "words"),
        [
            ({"encoder": {"name": None, "mode": "lexical"}}, "Lexical mode: no sentence encoder"),
            ({"encoder": None}, "Lexical mode: no sentence encoder"),
            ({"encoder": "lexical"}, "Lexical mode: no sentence encoder"),
            ({"encoder": "my/model"}, "with the encoder my/model"),
            ({}, "does not say which sentence encoder"),
        ],
    )
    def test_encoder_or_its_lack_is_said_aloud(self, run, words):
        header = Page(render.render(report_tables.ferry(), run)).root.one("main").words()
        assert words in header
        assert ("no sentence encoder was used. " in header) == ("Lexical" in words)

    def test_careful_words(self, page):
        assert not re.search("plagiar|stolen|stole |copied|guilty", page, re.IGNORECASE)

    def test_the_whole_record_is_there(self, root):
        run = json.loads(root.one("pre").text())
        assert run == report_tables.run_record()

    def test_problem_lines_name_file_and_row(self):
        run = {"problems": [{"file": "a.csv", "row": 7, "problem": "no text"}, "b.txt: binary"]}
        made = report_tables.ferry()
        kept = summary.summary(made, run, refs.Refs(made), [], origins.find(made, refs.Refs(made)))
        assert kept.problems == ("a.csv, row 7: no text", "b.txt: binary")


class TestEdges:
    def test_table_words_direction_and_coverage(self, root):
        (table,) = root.one("section", aria_labelledby="edges").all("table")[:1]
        rows = [[cell.words() for cell in row.all("td")] for row in table.one("tbody").all("tr")]
        assert rows == [
            [f"A {WIRE}", f"B {LIVE}", "update", "0.97",
             "0.97", "direction not decided", "2 of 3", "76 %", "not measured", "1 signal"],
            [f"A {WIRE}", "C Channel Six", "reprint", ">0.99",
             ">0.99", "decided (0.98)", "4 of 4", "84 %", "2 h later", "3 signals"],
            [f"A {WIRE}", f"D {POST}", "rewrite", "0.95",
             "0.91 one of 2 texts that may each be the source", "likely (0.81)", "5 of 6", "61 %",
             "not measured", "3 signals"],
            ["F Harbour Gazette", f"D {POST}", "quote", "0.70",
             "0.70", "decided (0.99)", "–", "not measured", "not measured", "1 signal"],
        ]  # fmt: skip

    def test_evidence_quotes_both_texts(self, root):
        edge = claim(
            root,
            f"Channel Six was very probably made from A {WIRE}",
        )
        rows = [
            [cell.words() for cell in row.all("td")]
            for body in edge.all("tbody")
            for row in body.all("tr")
            if row.all("td")
        ]
        assert rows == [
            ["+9.0", "62 words in 5 runs", "lost steering at (in both)"],
            ["+9.0", "probability >0.99 that the two are related"],
            ["+3.0", "dateline of an agency is gone", "ELSMOUTH (NSW) -", "–"],
            ["+1.5", "harbour -> harbor, twice", "harbour master", "harbor master"],
            ["+4.5", "probability 0.98 that it came first"],
        ]

    def test_bars_are_a_waterfall_each_from_where_the_one_before_ended(self, root):
        edge = claim(
            root,
            f"{POST} was probably made from A North Sea Wire",
        )
        bars = [
            [float(bar.attributes[name]) for name in ("x", "width")]
            for bar in edge.all("rect", class_="bar")
        ]
        unit = 132 / 4.25
        # Each question's signals and their sum, from a zero of its own.
        expected = [
            [0, 4.25 * unit], [0, 4.25 * unit],
            [0, 0.5 * unit], [0, 0.5 * unit],
            [0, 2.5 * unit], [0, 2.5 * unit],
        ]  # fmt: skip
        assert bars == [pytest.approx(one, abs=0.01) for one in expected]
        assert len(edge.all("td", class_="against")) == 1

    def test_a_sum_is_told_of_each_question_and_none_of_all(self, root):
        edge = claim(
            root,
            f"{POST} was probably made from A North Sea Wire",
        )
        sums = [row.all("td")[-1].words() for row in edge.all("tr", class_="together")]
        assert sums == [
            "probability 0.95 that the two are related",
            "probability 0.81 that it came first",
            "probability 0.85 that it is this one, if the text was made from one of those here",
        ]
        assert "6.2" not in edge.one("table", class_="evidence").words()

    def test_a_waterfall_that_falls_keeps_its_zero_inside(self, root):
        edge = claim(
            root,
            f"D {POST} made from B {LIVE}",
        )
        (bar, total) = edge.all("rect", class_="bar")
        axis = edge.all("line", class_="axis")[0]
        assert float(axis.attributes["x1"]) == pytest.approx(132 / 2)
        assert float(bar.attributes["x"]) == float(total.attributes["x"]) == 0

    def test_verdict_in_words(self, root):
        edge = claim(
            root,
            f"{POST} was probably made from A North Sea Wire",
        )
        said = edge.one("p", class_="verdict").words()
        assert (
            "Content from the source: 5 of 6 sentences, none word for word, one quoted words only."
        ) in said
        assert "The direction is likely (0.81), not decided." in said
        assert "Strongest evidence for it: facts in the same order (+4.2 bits)." in said
        assert "Strongest evidence against it: the post knows the Gazette (−0.5 bits)." in said

    def test_readings_for_and_against_stand_with_the_edge(self, root):
        edge = claim(
            root,
            f"{POST} was probably made from A North Sea Wire",
        )
        assert edge.one("p", class_="subhead").words() == ("Readings: 2 for this source, 1 against")
        rows = edge.one("table", class_="reading").one("tbody").all("tr")
        assert [[cell.words() for cell in row.all("td")] for row in rows] == [
            ["harbour master", "✓ for harbour master", "C harbor master"],
            ["checked in spring", "✓ for an inspection in March", "C (lacks these words)"],
            ["eight in the morning", "✗ against 7.40 a.m.", "–"],
        ]

    def test_a_credit_is_not_said_to_be_the_making(self, root):
        assert claim(
            root,
            f"D {POST} credits F Harbour Gazette; the words are in A {WIRE}",
        )

    def test_long_quotes_are_cut_between_words_and_say_by_how_much(self):
        made = report_tables.ferry()
        evidence = made["evidence"]
        row = evidence.index[evidence["signal"] == "house_style"][0]
        evidence.loc[row, ["source_start", "source_end"]] = [0, 400]
        root = Page(render.render(made, {})).root
        (quote,) = [q.text() for q in root.all("q") if "characters…" in q.text()]
        head, left_out, tail = re.fullmatch(
            r"(.*) \[…(\d+) characters…\] (.*)", quote, re.DOTALL
        ).groups()
        wire = report_tables.WIRE[:400]
        assert len(head) + int(left_out) + len(tail) == 400
        assert wire.startswith(head + " ")
        assert wire.endswith(tail)
        assert wire[-len(tail) - 1].isspace()

    def test_undecided_direction_names_no_source(self, root):
        edge = claim(root, "which came first is not decided")
        said = edge.all("summary")[0].words()
        assert said.startswith(f"A {WIRE} and B {LIVE}")

    def test_candidates_that_were_not_kept_are_shown_with_their_evidence(self, root):
        others = root.one("section", aria_labelledby="others")
        heads = [head.words().split(":")[0] for head in others.all("h3")]
        assert heads == ["Runners-up", "Explained away", "Below the threshold"]
        assert "15 words in 2 runs" in claim(others, f"{POST}", "Channel Six").words()

    def test_settings_of_the_run_decide_what_is_decided(self):
        run = {"config": {"arrow": 0.5, "decided": 0.8}}
        root = Page(render.render(report_tables.ferry(), run)).root
        assert claim(
            root,
            f"{LIVE} was possibly made from",
        )
        assert "decided (0.81)" in root.one("section", aria_labelledby="edges").words()

    def test_a_span_outside_the_text_is_an_error_that_says_where(self):
        made = report_tables.ferry()
        row = made["evidence"]["source_end"].first_valid_index()
        made["evidence"].loc[row, "source_end"] = 99999
        with pytest.raises(errors.SpanError, match=r"evidence: span \[\d+, 99999\) is outside"):
            render.render(made, {})

    def test_an_unknown_article_is_an_error(self):
        made = report_tables.ferry()
        made["attributions"].loc[made["attributions"]["source_id"].notna(), "source_id"] = "who"
        with pytest.raises(errors.TableError, match="attributions: no article 'who'"):
            render.render(made, {})


class TestPicture:
    def test_boxes_and_lines_lead_to_what_they_show(self, root):
        dag = root.one("svg", class_="dag")
        boxes = dag.all("a", class_="box")
        lines = [link for link in dag.all("a") if "line" in link.attributes["class"].split()]
        assert (len(boxes), len(lines)) == (6, 4)
        assert len(dag.all("a", class_="absent")) == 1
        decided = [line for line in lines if "decided" in line.attributes["class"].split()]
        undecided = dag.one("a", class_="undecided")
        assert all(len(line.all("polygon")) == 1 for line in decided)
        assert undecided.all("polygon") == []
        assert len(undecided.all("circle")) == 2

    def test_relations_differ_by_dash(self, root):
        dashes = [
            path.attributes.get("stroke-dasharray") for path in root.all("path", class_="stroke")
        ]
        assert len(set(dashes)) == 4

    def test_letters_of_the_picture_are_those_of_the_articles(self, root):
        letters = [
            text.words() for text in root.one("svg", class_="dag").all("text", class_="tagged")
        ]
        heads = [
            part.all("summary")[0].words().split()[0]
            for part in root.all("details", class_="article")
        ]
        # Sources that were not supplied come last, wherever the picture has them.
        assert letters == ["A", "F", "B", "C", "D", "E"]
        # The text to ask about, its sources, all others.
        assert heads == ["D", "A", "F", "B", "C", "E"]


class TestReadings:
    def test_both_sides_are_shown_place_by_place(self, root):
        table = root.one("details", class_="readings").one("table")
        heads = [head.words() for head in table.one("thead").all("th")]
        assert heads == [
            "Place", "D reads", f"A {WIRE}agrees in 2 of 3",
            "C Channel Sixagrees in 0 of 3",
        ]  # fmt: skip
        second = table.one("tbody").all("tr")[1]
        assert [cell.words() for cell in second.all("td")] == [
            "checked in spring", "✓ agrees an inspection in March", "✗ differs (lacks these words)",
        ]  # fmt: skip


class TestStory:
    def test_time_line_orders_and_says_how_dates_are_known(self, root):
        rows = root.one("table", class_="timeline").one("tbody").all("tr")
        assert [[cell.words() for cell in row.all("td")][:3] for row in rows] == [
            [
                f"A {WIRE}",
                "14 May 2024, 09:05 UTC",
                "supplied with the text",
            ],
            ["C Channel Six", "14 May 2024, 11:30 UTC", "supplied with the text"],
            ["E Quay <Watch> & Co $1 $2", "15 May 2024", "printed on the page"],
            [
                f"B {LIVE}",
                "no date",
                "not known",
            ],
            [f"D {POST}", "no date", "not known"],
        ]
        marks_drawn = [row.all(class_="moment") for row in rows]
        assert [len(found) for found in marks_drawn] == [1, 1, 1, 0, 0]
        # A day is a bar, a minute a point; what was read from a page is hollow.
        assert [found[0].tag for found in marks_drawn[:3]] == ["circle", "circle", "rect"]
        assert "read" in marks_drawn[2][0].attributes["class"].split()

    def test_matrix_has_both_directions_and_a_dash_for_what_was_not_measured(self, root):
        rows = root.one("table", class_="matrix").one("tbody").all("tr")
        cells = [[cell.words() for cell in row.all("td")] for row in rows]
        assert [row.one("th").words()[0] for row in rows] == ["A", "B", "C", "D", "E"]
        assert cells[0] == ["·", "43 %", "87 %", "22 %", "–"]
        assert cells[2] == ["80 %", "41 %", "·", "18 %", "0 %"]

    def test_absent_sources_say_why(self, root):
        said = root.one("ul", class_="absents").words()
        assert "F Harbour Gazette" in said
        assert "D credits the outlet by name: the Harbour Gazette reported +2.0 bits" in said


class TestPairs:
    def test_those_that_need_a_person_come_first_and_missing_is_no_zero(self, root):
        parts = root.all("details", class_="pairs")
        assert [part.all("summary")[0].words().split(":")[0] for part in parts] == [
            "Related, but not decided how", "Independent", "Common source",
            "One was made from the other, directly or through others 3 pairs", "No link found",
        ]  # fmt: skip
        cells = [cell.words() for cell in parts[0].one("tbody").all("td")]
        assert cells[2:] == ["not measured"] * 6
        assert "open" not in parts[-1].attributes
        assert (
            "1 pair of texts not compared" in root.one("section", aria_labelledby="pairs").words()
        )

    def test_shares_follow_the_article_when_a_pair_is_turned(self):
        made = report_tables.ferry()
        outcome = pair_rows.outcomes(made["relations"], refs.Refs(made))
        (row,) = [
            row
            for group in outcome
            for row in group.rows
            if {row.a.letter, row.b.letter} == {"A", "C"}
        ]
        assert (row.a.letter, row.a_in_b, row.b_in_a) == ("A", "87 %", "80 %")

    def test_evidence_about_pairs_without_an_edge_is_kept(self, root):
        part = claim(root, "$1 $2 and C Channel Six")
        assert "no rare word in common <i>" in part.words()


class TestArticles:
    @pytest.mark.parametrize("article_id", list(report_tables.TEXTS))
    def test_text_reads_as_supplied(self, root, article_id):
        shown = article(root, article_id).one("div", class_="text")
        supplied = report_tables.TEXTS[article_id]
        assert shown.text(without=("mark", "role")) == phrases.clean(supplied)

    def test_words_carry_colour_letter_and_sign_of_their_source(self, root):
        wire = root.one("svg", class_="dag").all("rect", class_="tag")[0]
        (colour,) = set(wire.attributes["class"].split()) - {"tag"}
        text = article(root, "blog").one("div", class_="text")
        coloured = [
            piece for piece in text.all(class_="piece") if colour in piece.attributes["class"]
        ]
        assert len(coloured) == 6
        badges = [mark.words() for mark in text.all("a", class_="mark")]
        assert badges == ["A≈ Δ", "A+", "A+?", "A/", "A/", "A”"]

    def test_badges_tell_kind_confidence_and_changed_facts_and_lead_to_the_words(self, root):
        mark = article(root, "blog").all("a", class_="mark")[0]
        assert mark.attributes["data-tip"] == (
            f"From {WIRE}: paraphrase, same content, other words; confidence 0.82; "
            "changed facts: 18 -> eighty."
        )
        assert mark.attributes["aria-label"] == f"{mark.words()}: {mark.attributes['data-tip']}"
        target = root.one(id=mark.attributes["href"][1:])
        assert target.words().startswith("ELSMOUTH (NSW) - A passenger ferry")

    def test_every_kind_of_sentence_is_told_apart(self, root):
        kinds = {
            word
            for piece in root.all("span", class_="piece")
            for word in piece.attributes["class"].split()
        }
        assert set(tables.ATTRIBUTION_KINDS) <= kinds
        signs = [sign for sign in article_text.SIGNS.values() if sign]
        assert len(signs) == len(set(signs)) == len(tables.ATTRIBUTION_KINDS) - 2
        assert (
            set(article_text.SIGNS)
            == set(article_text.KIND_MEANINGS)
            == set(tables.ATTRIBUTION_KINDS)
        )

    def test_bar_covers_the_text_in_order(self, root):
        bar = article(root, "blog").one("svg", class_="barcode")
        at = 0.0
        for part in bar.all("rect"):
            assert float(part.attributes["x"].rstrip("%")) == pytest.approx(at, abs=0.05)
            at += float(part.attributes["width"].rstrip("%"))
        assert at == pytest.approx(100, abs=0.1)

    def test_changed_facts_come_first(self, root):
        table = article(root, "blog").one("details", class_="compared").one("table")
        heads = [row.words() for row in table.all("tr", class_="about")]
        assert heads == ["Facts that changed", "No changed fact found"]
        first = table.all("tr", data_changed="yes")
        assert [row.one("bdi", class_="changed").words() for row in first] == ["18 -> eighty"]

    def test_what_was_only_left_out_or_added_stands_apart(self):
        made = report_tables.ferry()
        rows = made["attributions"]
        mine = rows.index[(rows["target_id"] == "blog") & rows["source_id"].notna()]
        rows.loc[mine, "changed_facts"] = "name omitted: Kold"
        rows.loc[mine[0], "changed_facts"] = "negation omitted: not hurt; name added: Kold"
        rows.loc[mine[1], "changed_facts"] = "number 12 -> 21 (contradicts)"
        root = Page(render.render(made, report_tables.run_record())).root
        table = article(root, "blog").one("details", class_="compared").one("table")
        heads = [row.words() for row in table.all("tr", class_="about")]
        assert heads == ["Facts that changed", "Facts only left out or added"]
        rows_told = table.all("tr", data_changed="yes")
        told = [row.one("bdi", class_="changed").words() for row in rows_told]
        assert told[:2] == rows.loc[mine[:2], "changed_facts"].tolist()
        assert set(told[2:]) == {"name omitted: Kold"}

    def test_what_is_not_body_is_labelled(self, root):
        text = article(root, "tv").one("div", class_="text")
        assert [part.words() for part in text.all("span", class_="role")] == [
            "boilerplate",
            "caption",
        ]

    def test_sentences_without_a_row_are_not_called_new(self, root):
        text = article(root, "own").one("div", class_="text")
        kinds = [piece.attributes["class"].split()[1] for piece in text.all("span", class_="piece")]
        assert kinds == ["new", "new", "unattributed", "unattributed"]

    def test_an_article_that_was_not_traced_says_so(self):
        made = report_tables.ferry()
        made["attributions"] = tables.empty("attributions")
        root = Page(render.render(made, {})).root
        assert "were not traced (not measured)" in article(root, "tv").words()
        assert "those of 5 articles were not traced" in root.one("main").words()

    def test_sentences_beside_their_sources_with_differences(self, root):
        table = article(root, "tv").one("details", class_="compared").one("table")
        rows = table.one("tbody").all("tr")
        edited = next(row for row in rows if row.attributes.get("data-kind") == "edited")
        assert [part.words() for part in edited.all("ins")] == ["harbor"]
        # "Harbour" stands in the headline, which was made from the same sentence.
        assert [part.words() for part in edited.all("del")] == ["ELSMOUTH (NSW"]
        cells = [cell.words() for cell in edited.all("td")]
        assert cells[0] == report_tables.sentences().set_index("sentence_id").loc["tv:3", "text"]
        assert cells[4:] == ["0.99", "0.97", "0.99", "not measured", "–"]

    def test_copies_point_to_the_article_they_repeat(self):
        made = report_tables.ferry()
        copy = made["articles"][made["articles"]["article_id"] == "tv"].assign(
            article_id="tv-2", duplicate_of="tv"
        )
        made["articles"] = tables.coerce("articles", pd.concat([made["articles"], copy]))
        root = Page(render.render(made, {})).root
        assert "The same text as C Channel Six" in article(root, "tv-2").words()
        assert "1 text is an exact duplicate of another" in root.one("main").words()


class TestSizes:
    @pytest.mark.parametrize("n", [0, 1, 2])
    def test_few_articles(self, n):
        root = Page(render.render(report_tables.bare(n), {})).root
        assert len(root.all("details", class_="article")) == n
        if n < 2:
            assert "No edge was kept" in root.words()

    def test_many_articles_are_folded(self):
        made = report_tables.bare(200, stories=4)
        root = Page(render.render(made, {})).root
        parts = root.all("details")
        assert len(root.all("details", class_="article")) == 200
        opened = [part for part in parts if "open" in part.attributes]
        assert {part.attributes["class"] for part in opened} <= {"part"}
        boxes = root.one("svg", class_="dag").all("a", class_="box")
        stacks = [box for box in boxes if "cluster" in box.attributes["class"].split()]
        lists = root.all("details", class_="cluster")
        rows = [row for one in lists for row in one.all("tr", class_="member")]
        assert sorted(box.attributes["href"][1:] for box in stacks) == sorted(
            one.attributes["id"] for one in lists
        )
        assert len(boxes) - len(stacks) + len(rows) == 200

    def test_long_lists_are_cut_and_say_by_how_much(self):
        made = report_tables.bare(40)
        ids = list(made["articles"]["article_id"])
        rows = [
            {"a": a, "b": b, "outcome": "unrelated"}
            for place, a in enumerate(ids)
            for b in ids[place + 1 :]
        ]
        made["relations"] = tables.build("relations", rows)
        root = Page(render.render(made, {})).root
        assert len(root.one("details", class_="pairs").one("tbody").all("tr")) == pair_rows.MAX_ROWS
        assert "480 more pairs in relations.csv" in root.words()

    def test_a_page_has_room_for_so_many_and_links_to_no_more(self, monkeypatch):
        made = report_tables.ferry()
        monkeypatch.setattr(render, "MAX_EDGES", 2)
        monkeypatch.setattr(render, "MAX_ARTICLES", 4)
        root = Page(render.render(made, report_tables.run_record())).root
        assert len(root.all("details", class_="article")) == 4
        said = root.one("main").words()
        assert "2 more articles in articles.csv" in said
        assert "2 more kept edges in edges.csv" in said
        ids = {element.attributes.get("id") for element in root.all()}
        links = [link.attributes.get("href", "#main") for link in root.all("a")]
        assert {link[1:] for link in links if link.startswith("#")} <= ids

    def test_everything_that_may_be_missing_is_missing(self):
        made = report_tables.ferry()
        for name, frame in made.items():
            for column in set(frame.columns) - set(tables.TABLES[name].required):
                if (name, column) == ("articles", "text"):
                    continue
                frame[column] = frame[column].where(pd.Series(False, index=frame.index))
            made[name] = tables.check(name, frame)
        page = render.render(made, {})
        root = Page(page).root
        for bad in ("<NA>", "NaT", "nan", "None"):
            assert bad not in root.one("body").text()


class TestWebAddress:
    @pytest.mark.parametrize(
        "url",
        ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " java\tscript:x", "data:text/html,x",
         "file:///etc/passwd", "//host/x", "http:", "http://[", "", pd.NA],
    )  # fmt: skip
    def test_only_the_web_is_linked(self, url):
        assert render.web_address(url) == ""

    def test_the_web_is_linked(self):
        assert render.web_address(" https://a.example/x?y=1 ") == "https://a.example/x?y=1"


class TestLetter:
    def test_goes_on_after_z(self):
        letters = [refs.letter(number) for number in (0, 25, 26, 51, 52, 701, 702)]
        assert letters == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
