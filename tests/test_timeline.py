import importlib.util
import pathlib

import pandas as pd
import pytest

from lineage import tables
from lineage.report.page import refs, timeline

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


@pytest.fixture(scope="module")
def ferry():
    made = report_tables.ferry()
    return made, refs.Refs(made)


def ids(found):
    return [one.ref.row.article_id for one in found]


class TestTimeline:
    def test_in_order_of_time_the_undated_last(self, ferry):
        found = timeline.timeline(ferry[1])
        assert ids(found)[:3] == ["w1", "tv", "own"]
        assert set(ids(found)[3:]) == {"blog", "live"}
        assert [one.x for one in found[3:]] == [None, None]
        assert {one.when for one in found[3:]} == {"no date"}

    def test_a_vague_date_is_a_wide_mark_and_says_how_it_is_known(self, ferry):
        first, _, day, *_ = timeline.timeline(ferry[1])
        assert (first.width, first.is_given, first.known) == (0.0, True, "supplied with the text")
        assert day.width > 30
        assert (day.is_given, day.known) == (False, "printed on the page")

    def test_marks_stay_on_the_line(self, ferry):
        for one in timeline.timeline(ferry[1]):
            if one.x is not None:
                assert 0 <= one.x <= one.x + one.width <= 100.01

    def test_absent_sources_have_no_date(self, ferry):
        assert "absent:harbour-gazette" not in ids(timeline.timeline(ferry[1]))

    def test_one_moment_for_all(self):
        made = report_tables.bare(3)
        made["articles"]["published_at"] = pd.Timestamp("2024-05-04T09:00Z")
        made["articles"]["published_precision"] = "minute"
        made["articles"] = tables.coerce("articles", made["articles"])
        assert {one.x for one in timeline.timeline(refs.Refs(made))} == {0.0}


class TestMatrix:
    def test_each_row_is_the_share_of_its_own_text(self, ferry):
        made, named = ferry
        found = timeline.matrix(made["relations"], named)
        place = {ref.row.article_id: number for number, ref in enumerate(found.refs)}
        rows = {row.ref.row.article_id: row.cells for row in found.rows}
        assert rows["tv"][place["w1"]] == ("80 %", 4)
        assert rows["w1"][place["tv"]] == ("87 %", 5)
        assert rows["w1"][place["w1"]] is None

    def test_what_was_not_measured_is_a_dash_and_nothing_in_common_is_zero(self, ferry):
        made, named = ferry
        found = timeline.matrix(made["relations"], named)
        place = {ref.row.article_id: number for number, ref in enumerate(found.refs)}
        rows = {row.ref.row.article_id: row.cells for row in found.rows}
        assert rows["live"][place["own"]] == ("–", 0)
        assert rows["own"][place["tv"]] == ("0 %", 0)

    def test_of_many_texts_those_that_share_most(self):
        made = report_tables.bare(40)
        relations = made["relations"].copy()
        relations["containment_a"] = 0.0
        relations["containment_b"] = [0.01 * n for n in range(len(relations))]
        found = timeline.matrix(tables.coerce("relations", relations), refs.Refs(made))
        assert len(found.refs) == len(found.rows) == timeline.MAX_MATRIX
        assert found.n_left_out == 40 - timeline.MAX_MATRIX
        shown = {ref.row.article_id for ref in found.refs}
        assert {f"a{n:03}" for n in range(20, 40)} <= shown

    def test_one_text_has_no_matrix(self):
        made = report_tables.bare(1)
        assert timeline.matrix(made["relations"], refs.Refs(made)) is None


class TestAbsent:
    def test_why_it_is_thought_to_exist(self, ferry):
        made, named = ferry
        (one,) = timeline.absent(made["evidence"], named)
        assert one.ref.is_absent
        ((ref, detail, words, bits),) = one.reasons
        assert ref is named.of("blog", "evidence")
        assert detail == "credits the outlet by name"
        assert words == "the Harbour Gazette reported"
        assert bits == "+2.0"

    def test_what_speaks_against_it_or_is_of_something_else_is_no_reason(self, ferry):
        made, named = ferry
        more = made["evidence"].copy()
        own = more["source_id"] == "absent:harbour-gazette"
        for change in ({"weight_bits": -2.0}, {"about": "direction"}):
            changed = more.copy()
            for column, value in change.items():
                changed.loc[own, column] = value
            (one,) = timeline.absent(changed, named)
            assert one.reasons == ()
