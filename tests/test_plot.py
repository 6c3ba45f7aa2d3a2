"""Plots: what they show and how they look; `python tests/test_plot.py` draws golden/ anew."""

import functools
import importlib.util
import itertools
import pathlib
import re

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import patches
from matplotlib.figure import Figure
from matplotlib.testing import compare

import lineage
from lineage import errors, plot, tables
from lineage.learn import evaluate, simulate
from lineage.report.plots import evidence_charts, fact_charts, sentence_charts, style, time_charts

mpl.use("agg", force=True)

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE / "golden"
# Root mean square of the difference in 256 levels. Another release of FreeType moves letters by
# less; an edge or a bar that is missing moves more (TestGolden holds the latter).
TOLERANCE = 4.0
GOLDEN_DPI = 60

_spec = importlib.util.spec_from_file_location("report_tables", HERE / "report_tables.py")
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


@functools.cache
def crane():
    """Trace a shipped story by words alone: the same on every machine."""
    # Not above: as a script this file is no part of a package.
    from . import traces

    return traces.story("harbour-crane", encoder="lexical")


def ferry():
    return lineage.Lineage(report_tables.ferry(), {})


def bets():
    """Return an evaluation with stated probabilities that are right as often as they say."""
    rows = [(p, k < round(p * 20)) for p in (0.55, 0.75, 0.95) for k in range(20)]
    frame = pd.DataFrame(rows, columns=["p_direction", "right"]).assign(set="real", case="c")
    edges = frame.rename(columns={"p_direction": "p_edge", "right": "linked"})
    claims = frame.rename(columns={"p_direction": "confidence"})
    empty = pd.DataFrame()
    return evaluate.Evaluation(empty, empty, frame, edges, claims, empty, empty, {})


# Of fixed tables, so that a change of what is found does not change how it is drawn.
PICTURES = {
    "dag": lambda: plot.dag(ferry()),
    "dag-time": lambda: plot.dag(ferry(), axis="time"),
    "timeline": lambda: plot.timeline(ferry()),
    "attribution-bars": lambda: plot.attribution_bars(ferry()),
    "changed-facts": lambda: plot.changed_facts(ferry()),
    "sentence-barcode": lambda: plot.sentence_barcode(ferry()),
    "share-matrix": lambda: plot.share_matrix(ferry()),
    "waterfall": lambda: plot.waterfall(ferry(), "w1", "tv"),
    "stemma-readings": lambda: plot.stemma_readings(ferry(), "blog"),
    "reliability": lambda: plot.reliability(bets()),
}


def drawn(name, folder):
    from matplotlib import pyplot

    ax = PICTURES[name]()
    path = folder / f"{name}.png"
    plot.save(ax, path, dpi=GOLDEN_DPI)
    pyplot.close(ax.figure)
    return path


def difference(expected, actual, folder):
    """Return the root mean square difference of two pictures, infinite if their sizes differ."""
    found = compare.compare_images(str(expected), str(actual), tol=0, in_decorator=True)
    return 0.0 if found is None else found["rms"]


class TestGolden:
    @pytest.mark.skipif(
        mpl.__version_info__ < (3, 11, 1),
        reason="the pictures were drawn by matplotlib 3.11.1 or newer",
    )
    @pytest.mark.parametrize("name", PICTURES)
    def test_looks_as_it_did_when_it_was_looked_at(self, name, tmp_path):
        assert difference(GOLDEN / f"{name}.png", drawn(name, tmp_path), tmp_path) < TOLERANCE

    def test_there_is_a_picture_for_each_and_no_other(self):
        assert {path.stem for path in GOLDEN.glob("*.png")} == set(PICTURES)

    def test_the_comparison_sees_an_edge_that_is_missing(self, tmp_path):
        made = report_tables.ferry()
        edges = made["edges"]
        made["edges"] = edges[edges["target_id"] != "tv"]
        path = tmp_path / "dag.png"
        full, less = (plot.dag(each) for each in (ferry(), lineage.Lineage(made, {})))
        plot.save(less, path, dpi=GOLDEN_DPI)
        if full.figure.get_size_inches().tolist() == less.figure.get_size_inches().tolist():
            assert difference(GOLDEN / "dag.png", path, tmp_path) > TOLERANCE
        else:
            with pytest.raises(compare.ImageComparisonFailure):
                difference(GOLDEN / "dag.png", path, tmp_path)


def many(n):
    """Return a lineage of n dated articles, each made from one of those before it."""
    made = report_tables.bare(n)
    made["articles"]["published_at"] = pd.date_range("2024-05-01", periods=n, freq="7h", tz="UTC")
    made["articles"]["published_precision"] = "minute"
    made["articles"]["published_source"] = "given"
    made["articles"]["outlet"] = [f"The Harbour Gazette of Elsmouth {k % 7}" for k in range(n)]
    made["articles"] = tables.coerce("articles", made["articles"])
    ids = made["articles"]["article_id"].tolist()
    made["edges"] = tables.build(
        "edges",
        [
            {
                "source_id": ids[(k * 7) % k],
                "target_id": ids[k],
                "relation": "edit",
                "p_link": 0.97,
                "p_edge": 0.9,
                "n_alike": 1,
                "p_direction": 0.95,
                "coverage_target": 0.5,
                "score_bits": 5.0,
                "status": "kept",
            }
            for k in range(1, n)
        ],
    )
    made["relations"] = tables.empty("relations")
    return lineage.Lineage(made, {})


class TestDag:
    @pytest.mark.parametrize("axis", ["generation", "time"])
    @pytest.mark.parametrize("n", [12, 40])
    def test_no_words_overlap_up_to_forty_articles(self, axis, n):
        ax = plot.dag(many(n), ax=None, axis=axis)
        ax.figure.draw_without_rendering()
        frames = [text.get_window_extent() for text in ax.texts if text.get_text().strip()]
        assert len(frames) >= n
        for one, other in itertools.combinations(frames, 2):
            assert not one.padded(-0.5).overlaps(other.padded(-0.5))

    def test_time_runs_from_left_to_right(self):
        made = many(20)
        chart = time_charts.arrange(made.articles, made.all_edges)
        x = {row.article_id: row.x for row in chart.rows}
        times = made.articles.set_index("article_id")["published_at"]
        assert times.sort_values().index.tolist() == sorted(x, key=x.get)

    def test_undated_sources_stand_left_and_undated_targets_right(self):
        made = report_tables.ferry()
        chart = time_charts.arrange(made["articles"], made["edges"])
        x = {row.article_id: row.x for row in chart.rows}
        assert x["blog"] > chart.right
        assert chart.left < x["w1"] < x["tv"] < chart.right

    def test_no_arrowhead_hides_another(self):
        ax = plot.dag(ferry(), axis="time")
        tips = [
            tuple(patch.get_xy()[1].round(1))
            for patch in ax.patches
            if isinstance(patch, patches.Polygon) and len(patch.get_xy()) == 4
        ]
        with_head = ferry().edges["p_direction"] >= ferry().settings.arrow
        assert len(tips) - len(set(tips)) == 0
        assert len(tips) >= with_head.sum()
        for (x0, y0), (x1, y1) in itertools.combinations(tips, 2):
            assert abs(x0 - x1) > 2 or abs(y0 - y1) > 2

    def test_undated_sources_do_not_stand_on_each_others_lines(self):
        made = report_tables.ferry()
        articles = tables.records(made["articles"])
        articles.append({**articles[0], "article_id": "absent:other", "outlet": "The Other"})
        edges = tables.records(made["edges"])
        edges.append({**edges[0], "source_id": "absent:other"})
        chart = time_charts.arrange(
            tables.build("articles", articles), tables.build("edges", edges)
        )
        x = {row.article_id: row.x for row in chart.rows}
        assert abs(x["absent:other"] - x["absent:harbour-gazette"]) > 8

    def test_order_of_rows_and_ids_move_nothing(self):
        made = report_tables.ferry()
        one = time_charts.arrange(made["articles"], made["edges"])
        again = report_tables.shuffled(made, 3)
        assert time_charts.arrange(again["articles"], again["edges"]) == one

    def test_without_any_date_it_says_so(self):
        with pytest.raises(errors.UsageError, match="no article has a date"):
            plot.dag(lineage.Lineage(report_tables.bare(3), {}), axis="time")

    def test_another_axis_is_refused(self):
        with pytest.raises(errors.UsageError, match="'generation' or 'time'"):
            plot.dag(ferry(), axis="space")


class TestTimeline:
    def test_without_any_date_it_says_so(self):
        ax = plot.timeline(lineage.Lineage(report_tables.bare(3), {}))
        assert [text.get_text() for text in ax.texts] == ["No article has a date."]


class TestAttributionBars:
    def test_shares_of_a_text_sum_to_one(self):
        shares = sentence_charts.kind_shares(crane().attributions)
        assert shares.sum(axis=1).round(9).eq(1.0).all()

    def test_a_bar_is_as_long_as_its_share(self):
        ax = plot.attribution_bars(crane(), articles=["tideline-post"])
        shares = sentence_charts.kind_shares(crane().attributions).loc["tideline-post"]
        widths = sorted(bar.get_width() for bar in ax.patches)
        assert widths == pytest.approx(sorted(share for share in shares if share > 0))

    def test_an_unknown_article_is_refused(self):
        with pytest.raises(errors.UsageError, match="no supplied article 'nobody'"):
            plot.attribution_bars(crane(), articles=["nobody"])


class TestSentenceBarcode:
    def test_stripes_follow_the_text_and_do_not_overlap(self):
        for article_id in crane().articles["article_id"]:
            found = sentence_charts.stripes(crane().attributions, article_id)
            for one, other in itertools.pairwise(found):
                assert one.end <= other.start

    def test_a_changed_fact_is_marked(self):
        rows = ferry().attributions
        mine = rows[rows["target_id"] == "blog"]
        changed = mine["changed_facts"].notna() & (mine["changed_facts"] != "none")
        marked = sentence_charts.stripes(rows, "blog")
        assert sum(part.has_changed_facts for part in marked) == changed.sum() > 0


class TestWaterfall:
    def test_bars_follow_on_each_other_and_end_at_the_log_odds_of_each_question(self):
        edge = ("meridian-first", "ostrell-page")
        evidence = crane().evidence
        mine = evidence[(evidence["source_id"] == edge[0]) & (evidence["target_id"] == edge[1])]
        steps = evidence_charts.waterfall_steps(mine)
        found = crane().edges.set_index(["source_id", "target_id"]).loc[edge]
        for about, column in (("link", "p_link"), ("direction", "p_direction")):
            mine = [step for step in steps if step.about == about]
            assert mine[0].start == 0.0
            for one, other in itertools.pairwise(mine):
                assert one.start + one.bits == pytest.approx(other.start)
            reached = mine[-1].start + mine[-1].bits
            assert 1 / (1 + 2**-reached) == pytest.approx(found[column], abs=1e-3)

    def test_each_question_has_a_sum_with_its_probability(self):
        ax = plot.waterfall(ferry(), "w1", "blog")
        labels = [label.get_text() for label in ax.get_yticklabels()]
        assert labels.count("together") == 3
        said = [text.get_text() for text in ax.texts]
        assert {"+4.2, p 0.95", "−0.5, p 0.81", "+2.5, p 0.85"} <= set(said)
        assert any("one of 2 texts that may each be the source" in words for words in said)

    def test_an_unknown_edge_is_refused(self):
        with pytest.raises(errors.UsageError, match="no edge 'a' -> 'b'"):
            plot.waterfall(crane(), "a", "b")


class TestStemmaReadings:
    def test_a_row_says_how_often_a_source_agrees(self):
        readings = crane().readings
        mine = readings[readings["target_id"] == "tideline-post"]
        ax = plot.stemma_readings(crane(), "tideline-post")
        said = {text.get_text() for text in ax.texts}
        for _, part in mine.groupby("candidate_id"):
            assert f"{part['agrees'].sum()} of {len(part)}" in said

    def test_a_text_without_readings_says_so(self):
        ax = plot.stemma_readings(crane(), "halvane-evening-post")
        assert "No place where possible sources differ" in ax.texts[0].get_text()


class TestReliability:
    def test_draws_what_evaluate_returns(self, tmp_path):
        path = tmp_path / "cases.jsonl"
        with path.open("w", encoding="utf-8") as stream:
            simulate.write_lines(simulate.stories(1), stream)
        made = evaluate.run(path, crane_trace)
        assert plot.reliability(made, measure="p_edge").get_xlabel() == "stated p_edge"

    def test_another_measure_is_refused(self):
        with pytest.raises(errors.UsageError, match="no measure 'p_luck'"):
            plot.reliability(bets(), measure="p_luck")


class TestChangedFacts:
    def test_counts_by_kind_and_grade(self):
        facts = report_tables.facts()
        counted = fact_charts.counts(facts)
        assert counted.loc["number"].to_dict() == {
            "contradicts": 1,
            "rounded": 2,
            "added": 0,
            "omitted": 0,
        }
        assert counted.to_numpy().sum() == len(facts)

    def test_of_some_texts_only(self):
        ax = plot.changed_facts(ferry(), articles=["tv"])
        assert "No changed facts." in [each.get_text() for each in ax.texts]

    def test_an_unknown_text_is_refused(self):
        with pytest.raises(errors.UsageError, match="nobody"):
            plot.changed_facts(ferry(), articles=["nobody"])


def crane_trace(frame):
    return lineage.trace(frame, encoder="lexical")


class TestAxes:
    def test_each_draws_on_given_axes(self):
        calls = [
            functools.partial(plot.dag, crane()),
            functools.partial(plot.dag, crane(), axis="time"),
            functools.partial(plot.timeline, crane()),
            functools.partial(plot.attribution_bars, crane()),
            functools.partial(plot.changed_facts, crane()),
            functools.partial(plot.sentence_barcode, crane()),
            functools.partial(plot.share_matrix, crane()),
            functools.partial(plot.waterfall, crane(), "meridian-first", "ostrell-page"),
            functools.partial(plot.stemma_readings, crane(), "tideline-post"),
            functools.partial(plot.reliability, bets()),
        ]
        for call in calls:
            ax = Figure().add_subplot()
            assert call(ax=ax) is ax
            assert ax.has_data() or ax.texts

    def test_the_axes_may_still_be_second_for_a_while(self):
        ax = Figure().add_subplot()
        with pytest.warns(DeprecationWarning, match="ids come before the Axes"):
            assert plot.sentence_barcode(crane(), ax) is ax

    def test_what_is_no_axes_is_refused_in_a_line(self):
        for call in (plot.timeline, plot.dag, plot.share_matrix):
            with pytest.raises(errors.UsageError, match="ax is 'tideline-post', which is no Axes"):
                call(crane(), "tideline-post")


class TestIdsFirst:
    @pytest.mark.parametrize(
        "call", [plot.sentence_barcode, plot.attribution_bars], ids=lambda call: call.__name__
    )
    def test_an_id_or_several_come_right_after_the_result(self, call):
        assert len(call(crane(), "tideline-post").get_yticklabels()) == 1
        assert len(call(crane(), ["tideline-post", "ostrell-page"]).get_yticklabels()) == 2

    def test_of_the_facts_of_one_text(self):
        ax = plot.changed_facts(ferry(), "tv")
        assert "No changed facts." in [each.get_text() for each in ax.texts]

    def test_an_unknown_id_is_refused(self):
        with pytest.raises(errors.UsageError, match="no supplied article 'post'"):
            plot.sentence_barcode(crane(), "post")


class TestNames:
    def test_outlets_that_repeat_have_their_ids(self):
        names = style.names(crane().articles)
        assert names["tideline-post"] == "Tideline Brief"
        assert names["ostrell-page"] == "Ostrell World Radio (ostrell-page)"
        assert len(set(names.values())) == len(names)


class TestSave:
    def test_letters_of_a_pdf_are_letters(self, tmp_path):
        plot.save(plot.timeline(ferry()), tmp_path / "a.pdf")
        assert b"/Type42" in (tmp_path / "a.pdf").read_bytes() or re.search(
            rb"/FontFile2", (tmp_path / "a.pdf").read_bytes()
        )

    def test_words_of_an_svg_are_words(self, tmp_path):
        plot.save(plot.timeline(ferry()), tmp_path / "a.svg")
        assert "Channel Six" in (tmp_path / "a.svg").read_text(encoding="utf-8")

    @pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
    def test_the_same_plot_gives_the_same_bytes(self, ending, tmp_path):
        for name in ("a", "b"):
            plot.save(plot.waterfall(ferry(), "w1", "tv"), tmp_path / f"{name}.{ending}")
        one, other = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("a", "b"))
        assert one == other

    def test_colours_of_sources_do_not_repeat_before_the_twenty_ninth(self):
        looks = [(style.source_look(k).fill, style.source_look(k).hatch) for k in range(28)]
        assert len(set(looks)) == 28


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in PICTURES:
        drawn(each, GOLDEN)
