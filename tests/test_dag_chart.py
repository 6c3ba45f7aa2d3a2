import importlib.util
import itertools
import pathlib
import re
import subprocess
import sys
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

import lineage
from lineage import errors, plot, tables
from lineage.report import phrases
from lineage.report.drawing import box_labels, layout
from lineage.report.plots import dag_chart

from . import examples

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


def lay(made):
    return layout.dag_layout(made["articles"], made["edges"])


def renamed(made, suffix):
    """Give every article another id, so that ids sort the other way round."""
    ids = sorted(made["articles"]["article_id"], reverse=True)
    new = {old: f"{place:03}-{suffix}" for place, old in enumerate(ids)}
    columns = {"article_id", "source_id", "target_id", "a", "b", "candidate_id", "duplicate_of"}
    changed = {}
    for name, frame in made.items():
        frame = frame.copy()
        for column in columns & set(frame.columns):
            frame[column] = frame[column].map(lambda old: new.get(old, old)).astype("string")
        changed[name] = frame
    return changed, new


def words_of(ax):
    return [text.get_text() for text in ax.texts]


def tangle(n, pairs):
    """Return tables of n articles with kept edges between the given numbers."""
    made = report_tables.bare(n, stories=n)
    made["articles"]["story_id"] = "s"
    made["edges"] = tables.build(
        "edges",
        [
            {
                "source_id": f"a{source:03}",
                "target_id": f"a{target:03}",
                "relation": "edit",
                "p_link": 0.97,
                "p_edge": 0.9,
                "n_alike": 1,
                "p_direction": 0.9,
                "coverage_target": 0.5,
                "score_bits": 1.0,
                "status": "kept",
            }
            for source, target in pairs
        ],
    )
    return made


class TestDagLayout:
    def test_sources_stand_left_of_what_was_made_from_them(self):
        made = report_tables.ferry()
        placed = lay(made)
        left = {box.article_id: box.x for box in placed.boxes}
        kept = made["edges"][made["edges"]["status"] == "kept"]
        assert len(placed.lines) == len(kept) == 4
        for edge in kept.itertuples():
            assert left[edge.source_id] + layout.BOX_WIDTH < left[edge.target_id]

    def test_every_article_has_one_box_and_unconnected_ones_stand_apart(self):
        made = report_tables.ferry()
        placed = lay(made)
        assert sorted(placed.order) == sorted(made["articles"]["article_id"])
        (band,) = placed.bands
        assert band.text == "Not connected to another article of this story"
        below = [box.article_id for box in placed.boxes if box.y > band.y]
        assert below == ["own"]

    @pytest.mark.slow
    @examples.at_most(60)
    @given(
        st.sets(
            st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(
                lambda pair: pair[0] < pair[1]
            ),
            max_size=24,
        )
    )
    def test_no_box_touches_another_box_a_label_or_a_line_that_is_not_its_own(self, pairs):
        placed = lay(tangle(12, sorted(pairs)))
        frames = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in placed.boxes]
        for one, other in itertools.combinations(frames, 2):
            assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        for box in placed.boxes:
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.width <= placed.width
            assert box.y + box.height <= placed.height
        for line in placed.lines:
            ends = (line.source_id, line.target_id)
            # Level runs, which come after each bend.
            for (x0, y0), (x1, y1) in zip(line.points[1::2], line.points[2::2], strict=True):
                assert y0 == y1
                for box in placed.boxes:
                    across = x0 < box.x + box.width and box.x < x1
                    if box.article_id not in ends and across:
                        assert not box.y <= y0 <= box.y + box.height
        labels = [(line.label_x, line.label_y) for line in placed.lines]
        for (x0, y0), (x1, y1) in itertools.combinations(labels, 2):
            assert abs(x0 - x1) >= layout.LABEL_RUN or abs(y0 - y1) >= 14

    @examples.at_most(25)
    @given(
        st.sets(
            st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]),
            max_size=16,
        ),
        st.integers(0, 99),
    )
    def test_neither_ids_nor_order_of_rows_move_anything(self, pairs, seed):
        made = tangle(9, sorted(pairs))
        placed = lay(made)
        changed, new = renamed(made, "z")
        again = lay(report_tables.shuffled(changed, seed))
        assert again.order == tuple(new[article_id] for article_id in placed.order)
        there = {(new[line.source_id], new[line.target_id]): line.points for line in placed.lines}
        assert {(line.source_id, line.target_id): line.points for line in again.lines} == there
        assert (again.width, again.height) == (placed.width, placed.height)

    def test_copies_have_no_box_of_their_own(self):
        made = report_tables.bare(3)
        made["articles"].loc[2, "duplicate_of"] = "a001"
        made["edges"] = made["edges"][made["edges"]["target_id"] != "a002"]
        assert lay(made).order == ("a000", "a001")
        assert "same text: a002" in box_labels.box_texts(made["articles"])["a001"].lines

    def test_stories_are_headed_when_there_are_several(self):
        placed = lay(report_tables.bare(12, stories=3))
        heads = [band.text for band in placed.bands]
        assert sorted(heads) == [f"Story s{n}: 4 articles" for n in range(3)]

    def test_what_does_not_fit_is_counted(self):
        made = report_tables.bare(90, stories=3)
        placed = layout.dag_layout(made["articles"], made["edges"], max_boxes=70)
        assert len(placed.boxes) + placed.n_left_out == 90
        assert len(placed.boxes) == 60
        assert len(placed.bands) == 2
        one = report_tables.bare(90)
        placed = layout.dag_layout(one["articles"], one["edges"], max_boxes=70)
        assert (len(placed.boxes), placed.n_left_out) == (70, 20)
        assert "a000" in placed.order

    def test_a_circle_of_kept_edges_is_refused(self):
        with pytest.raises(errors.TableError, match="run in a circle"):
            lay(tangle(3, [(0, 1), (1, 2), (2, 0)]))

    def test_an_edge_to_an_unknown_article_is_refused(self):
        made = tangle(3, [(0, 1)])
        made["articles"] = made["articles"].iloc[1:]
        with pytest.raises(errors.TableError, match="no article 'a000'"):
            lay(made)


class TestBoxTexts:
    def test_a_missing_title_is_the_headline_and_not_what_the_page_begins_with(self):
        made = report_tables.ferry()
        made["articles"]["title"] = pd.NA
        made["articles"]["title"] = made["articles"]["title"].astype("string")
        texts = box_labels.box_texts(made["articles"], made["sentences"])
        assert " ".join(texts["tv"].lines).startswith("“Ferry hits harbour wall, 18 hurt")
        assert " ".join(texts["blog"].lines).startswith("“Eighty people were hurt")
        without = box_labels.box_texts(made["articles"])
        assert " ".join(without["tv"].lines).startswith("“Skip to main content")

    def test_an_absent_source_that_nobody_names_is_called_so(self):
        row = {"article_id": "absent:unnamed source", "kind": "absent"}
        (box,) = box_labels.box_texts(tables.build("articles", [row])).values()
        assert (box.name, box.lines) == ("unnamed source", ("a source that nobody names",))
        assert box.is_absent


class TestLineMark:
    def edge(self, **values):
        row = {column: pd.NA for column in tables.TABLES["edges"].columns}
        row |= {
            "relation": "edit",
            "p_link": 0.97,
            "p_edge": 0.8,
            "n_alike": 1,
            "p_direction": 0.8,
            **values,
        }
        return tables.build("edges", [row]).iloc[0]

    @pytest.mark.parametrize(
        ("p_direction", "head"),
        [(0.5, "undecided"), (0.69, "undecided"), (0.7, "likely"), (0.9, "decided")],
    )
    def test_only_likely_and_decided_directions_have_a_head(self, p_direction, head):
        assert box_labels.line_mark(self.edge(p_direction=p_direction)).head == head

    def test_missing_coverage_is_a_dash_and_not_zero(self):
        assert box_labels.line_mark(self.edge()).label == "– · p 0.80"
        assert box_labels.line_mark(self.edge(coverage_target=0.0)).label == "0 % · p 0.80"

    def test_edges_that_account_for_more_are_wider(self):
        thin = box_labels.line_mark(self.edge(coverage_target=0.2)).width
        assert thin < box_labels.line_mark(self.edge(coverage_target=0.9)).width

    def test_relations_differ_in_colour_and_in_dash(self):
        assert set(box_labels.STROKES) == set(tables.RELATIONS) == set(box_labels.RELATION_MEANINGS)
        strokes = box_labels.STROKES.values()
        assert len({stroke.colour for stroke in strokes}) == len(tables.RELATIONS)
        assert len({stroke.dash for stroke in strokes}) == len(tables.RELATIONS)


class TestLinesMark:
    def row(self, **values):
        return TestLineMark().edge(**values)

    def test_one_edge_looks_as_it_is(self):
        edge = self.row(coverage_target=0.5)
        assert box_labels.lines_mark([edge]) == (box_labels.line_mark(edge), "edit")

    def test_several_end_as_the_least_sure_and_are_counted(self):
        look, relation = box_labels.lines_mark([self.row(p_direction=p) for p in (0.95, 0.5, 0.8)])
        assert (look.head, look.label, relation) == ("undecided", "3 edges", "edit")
        assert look.stroke == box_labels.STROKES["edit"]

    def test_several_relations_are_mixed(self):
        edges = [self.row(), self.row(relation="quote")]
        look, relation = box_labels.lines_mark(edges)
        assert (look.stroke, relation) == (box_labels.MIXED, "mixed")


class TestDrawDag:
    def test_says_outlets_titles_dates_and_what_is_missing(self):
        ax = dag_chart.draw_dag(report_tables.ferry())
        said = words_of(ax)
        for words in (
            "Channel Six",
            "Harbour Gazette",
            "not supplied",
            "w1 · 14 May 2024, 09:05 UTC",
            "live · no date",
            "own · 15 May 2024",
            "84 % · p >0.99",
            "– · p 0.70",
            "circles: direction not decided",
            "Not connected to another article of this story",
        ):
            assert words in said

    def test_letters_stay_inside_their_boxes(self):
        ax = dag_chart.draw_dag(report_tables.ferry())
        figure = ax.figure
        placed = lay(report_tables.ferry())
        renderer = figure.canvas.get_renderer()
        inverse = ax.transData.inverted()
        n_inside = 0
        for text in ax.texts:
            extent = inverse.transform_bbox(text.get_window_extent(renderer))
            for box in placed.boxes:
                if box.x <= extent.x0 <= box.x + box.width and box.y <= text.get_position()[1] <= (
                    box.y + box.height
                ):
                    assert extent.x1 <= box.x + box.width
                    n_inside += 1
        assert n_inside >= 3 * len(placed.boxes)

    def test_many_texts_made_in_the_same_way_are_one_box_with_their_names(self):
        made = report_tables.bare(100)
        made["edges"]["relation"] = "reprint"
        made["edges"]["p_direction"] = 0.95
        said = words_of(dag_chart.draw_dag(made))
        assert any(words.startswith("99 reprints of The") for words in said)
        assert "99 edges" in said
        assert any(words.startswith("A box behind another") for words in said)
        assert len([words for words in said if words.startswith("a0")]) <= 1

    def test_dollar_signs_are_no_formulas(self):
        ax = dag_chart.draw_dag(report_tables.ferry())
        assert not any(text.get_parse_math() for text in ax.texts)

    def test_draws_on_given_axes_and_shrinks_to_them(self):
        figure = Figure(figsize=(4, 3))
        ax = figure.add_subplot()
        assert dag_chart.draw_dag(report_tables.ferry(), ax) is ax
        own = dag_chart.draw_dag(report_tables.ferry())
        assert ax.texts[0].get_fontsize() < own.texts[0].get_fontsize()

    def test_no_articles_and_no_edges_are_said(self):
        assert "No articles to draw." in words_of(dag_chart.draw_dag(report_tables.empty()))
        made = tangle(4, [])
        assert "No article was found to be made from another." in words_of(dag_chart.draw_dag(made))


class TestSharedWords:
    def test_rows_are_the_texts_whose_words_are_counted(self):
        made = report_tables.ferry()
        rows, shares, n_left_out = dag_chart.shared_words(made)
        order = [row.article_id for row in rows]
        assert "absent:harbour-gazette" not in order
        assert n_left_out == 0
        tv, wire = order.index("tv"), order.index("w1")
        assert shares[tv, wire] == 0.8
        assert shares[wire, tv] == 0.87

    def test_not_measured_is_not_zero(self):
        rows, shares, _ = dag_chart.shared_words(report_tables.ferry())
        order = [row.article_id for row in rows]
        own = order.index("own")
        assert np.isnan(shares[own, order.index("live")])
        assert np.isnan(shares[own, order.index("w1")])
        assert shares[own, order.index("tv")] == 0


class TestDrawShared:
    def test_cells_are_written_out_where_there_are_few(self):
        ax = dag_chart.draw_shared(report_tables.ferry())
        numbers = [words for words in words_of(ax) if re.fullmatch(r"\d+", words)]
        rows, shares, _ = dag_chart.shared_words(report_tables.ferry())
        assert len(numbers) == np.isfinite(shares).sum() == 16
        assert len(rows) == 5

    def test_many_articles_are_not_written_out(self):
        ax = dag_chart.draw_shared(report_tables.bare(30))
        assert not [words for words in words_of(ax) if re.fullmatch(r"\d+", words)]

    def test_labels_keep_the_ids_that_tell_rows_apart(self):
        ax = dag_chart.draw_shared(report_tables.bare(30))
        labels = [label.get_text() for label in ax.get_yticklabels()]
        assert len(set(labels)) == 30
        assert all(re.search(r"… \(a\d{3}\)$|…\(a\d{3}\)$", label) for label in labels)

    @pytest.mark.parametrize("made", [report_tables.empty(), report_tables.bare(1)])
    def test_fewer_than_two_texts_are_said(self, made):
        assert "fewer than two texts" in words_of(dag_chart.draw_shared(made))[0]


def png_size(path):
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


@pytest.mark.slow
class TestWriteFigures:
    def test_writes_pictures_and_drawings_of_the_layout_size(self, tmp_path):
        written = dag_chart.write_figures(report_tables.ferry(), tmp_path / "figures")
        names = ["dag.png", "dag.svg", "shared.png", "shared.svg"]
        assert [path.name for path in written] == names
        placed = lay(report_tables.ferry())
        width, height = png_size(written[0])
        assert width == pytest.approx(placed.width * 1.2, abs=2)
        assert height > placed.height * 1.2
        for path in (written[1], written[3]):
            root = ElementTree.parse(path).getroot()
            assert root.tag == "{http://www.w3.org/2000/svg}svg"

    def test_text_is_text_in_drawings(self, tmp_path):
        _, dag, _, shared = dag_chart.write_figures(report_tables.ferry(), tmp_path)
        for path in (dag, shared):
            said = "".join(ElementTree.parse(path).getroot().itertext())
            assert "North Sea Wire" in said
            assert "Quay <Watch> & Co" in said

    def test_same_bytes_again_and_for_shuffled_rows(self, tmp_path):
        made = report_tables.ferry()
        first = dag_chart.write_figures(made, tmp_path / "first")
        again = dag_chart.write_figures(made, tmp_path / "again")
        mixed = dag_chart.write_figures(report_tables.shuffled(made), tmp_path / "mixed")
        for one, two, three in zip(first, again, mixed, strict=True):
            assert one.read_bytes() == two.read_bytes() == three.read_bytes()

    def test_characters_that_xml_forbids_do_not_break_the_drawing(self, tmp_path):
        made = report_tables.bare(2)
        made["articles"]["title"] = pd.array(["bell \x07 \ufffe \u202eback", pd.NA], "string")
        for path in dag_chart.write_figures(made, tmp_path)[1::2]:
            ElementTree.parse(path)

    def test_letters_without_a_font_are_one_line_in_the_log(self, tmp_path, caplog, recwarn):
        made = report_tables.bare(2)
        # The last private code point: no font has it.
        made["articles"]["title"] = pd.array(["\U0010fffd", "\U0010fffd"], "string")
        dag_chart.write_figures(made, tmp_path)
        assert len(recwarn) == 0
        (record,) = caplog.records
        # Of no folder: it is renamed when the run is complete.
        assert record.getMessage().startswith("pictures: letters that no installed font has")
        assert str(tmp_path) not in record.getMessage()

    @pytest.mark.parametrize("n", [0, 1, 2, 80])
    def test_any_number_of_articles_can_be_drawn(self, n, tmp_path):
        for path in dag_chart.write_figures(report_tables.bare(n), tmp_path)[::2]:
            assert min(png_size(path)) > 100

    def test_leaves_settings_as_they_are_and_pyplot_alone(self, tmp_path):
        before = dict(mpl.rcParams)
        dag_chart.write_figures(report_tables.bare(2), tmp_path)
        assert dict(mpl.rcParams) == before
        script = (
            "import pathlib, sys, importlib.util as u\n"
            f"s = u.spec_from_file_location('rt', {str(report_tables.__file__)!r})\n"
            "rt = u.module_from_spec(s); s.loader.exec_module(rt)\n"
            "from lineage.report.plots import dag_chart as charts\n"
            "assert 'matplotlib' not in sys.modules\n"
            f"charts.write_figures(rt.bare(2), pathlib.Path({str(tmp_path)!r}))\n"
            "assert 'matplotlib.pyplot' not in sys.modules\n"
        )
        subprocess.run([sys.executable, "-c", script], check=True)


def result_of(made):
    return lineage.Lineage(made, {})


class TestPlot:
    def test_draws_a_result_on_a_figure_of_pyplot(self):
        from matplotlib import pyplot

        mpl.use("agg", force=True)
        for draw in (plot.dag, plot.share_matrix):
            ax = draw(result_of(report_tables.ferry()))
            assert pyplot.fignum_exists(ax.figure.number)
            pyplot.close(ax.figure)

    def test_draws_on_given_axes(self):
        for draw in (plot.dag, plot.share_matrix):
            ax = Figure().add_subplot()
            assert draw(result_of(report_tables.ferry()), ax=ax) is ax


class TestPhrases:
    @pytest.mark.parametrize(
        ("share", "worded"),
        [(0.0, "0 %"), (0.001, "<1 %"), (0.5, "50 %"), (0.999, ">99 %"), (1.0, "100 %")],
    )
    def test_rounding_claims_neither_nothing_nor_all(self, share, worded):
        assert phrases.percent(share) == worded

    @pytest.mark.parametrize("missing", [None, pd.NA, float("nan"), pd.NaT])
    def test_missing_is_not_measured(self, missing):
        assert phrases.percent(missing) == "not measured"
        assert phrases.probability(missing) == "not measured"
        assert phrases.bits(missing) == "not measured"
        assert phrases.lag(missing) == "not measured"
        assert phrases.whole(missing) == "not measured"
        assert phrases.direction(missing) == "direction not decided"
        assert phrases.when(missing, "day") == ""

    @given(st.text(max_size=60), st.floats(4, 30), st.integers(1, 3))
    def test_fitted_lines_are_few_and_no_wider_than_asked(self, text, width, n_lines):
        lines = phrases.fit(text, width, n_lines)
        assert len(lines) <= n_lines
        assert all(len(line) == 1 or phrases.width_em(line) <= width for line in lines)

    @given(st.text())
    def test_cleaning_keeps_offsets_and_leaves_nothing_unencodable(self, text):
        cleaned = phrases.clean(text)
        assert len(cleaned) == len(text)
        cleaned.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e\u2066]", cleaned)

    @pytest.mark.parametrize(
        ("precision", "worded"),
        [
            ("minute", "3 Aug 2017, 14:05 UTC"),
            ("day", "3 Aug 2017"),
            ("month", "Aug 2017"),
            ("year", "2017"),
            (pd.NA, "3 Aug 2017"),
        ],
    )
    def test_a_date_is_no_finer_than_it_is_known(self, precision, worded):
        assert phrases.when(pd.Timestamp("2017-08-03T14:05Z"), precision) == worded
