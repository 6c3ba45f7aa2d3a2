import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lineage import errors
from lineage.text import dates


def read(value):
    found = dates.parse_date(value)
    return found.at.isoformat(), found.precision


class TestParseDate:
    @pytest.mark.parametrize(
        "value", [None, "", "  ", "NaN", "n/a", float("nan"), np.nan, pd.NA, pd.NaT, "None", "-"]
    )
    def test_missing_is_missing(self, value):
        assert dates.parse_date(value) is None

    @pytest.mark.parametrize(
        ("value", "at", "precision"),
        [
            ("2018", "2018-01-01T00:00:00", "year"),
            ("2018-07", "2018-07-01T00:00:00", "month"),
            ("2018-07-16", "2018-07-16T00:00:00", "day"),
            ("20180716", "2018-07-16T00:00:00", "day"),
            ("2018-07-16T05", "2018-07-16T05:00:00", "hour"),
            ("2018-07-16 05:57", "2018-07-16T05:57:00", "minute"),
            ("2018-07-16T05:57:30", "2018-07-16T05:57:30", "second"),
            ("2018-07-16T05:57:30.500Z", "2018-07-16T05:57:30.500000", "second"),
            ("2018-07-16 05:57:30 +0200", "2018-07-16T03:57:30", "second"),
            ("2018-07-16T05:57:30-04:00", "2018-07-16T09:57:30", "second"),
            ("2018年7月16日", "2018-07-16T00:00:00", "day"),
            ("2018/07/16", "2018-07-16T00:00:00", "day"),
        ],
    )
    def test_iso(self, value, at, precision):
        assert read(value) == (at + "+00:00", precision)

    @pytest.mark.parametrize(
        ("value", "at", "precision"),
        [
            ("Mon, 16 Jul 2018 09:57:00 -0400", "2018-07-16T13:57:00", "second"),
            ("Thu Jul 16 10:00:00 +0000 2020", "2020-07-16T10:00:00", "second"),
            ("July 16, 2018 at 5:57 am ET", "2018-07-16T09:57:00", "minute"),
            ("January 16, 2018 5 a.m. ET", "2018-01-16T10:00:00", "hour"),
            ("4:53 am PDT, Monday, July 16, 2018", "2018-07-16T11:53:00", "minute"),
            ("Posted: 3:14 AM, July 16, 2018", "2018-07-16T03:14:00", "minute"),
            ("July 16, 2018 — 3:55am", "2018-07-16T03:55:00", "minute"),
            ("16 July 2018 5.57pm BST", "2018-07-16T16:57:00", "minute"),
            ("16 July 2018, 10:00 GMT+2", "2018-07-16T08:00:00", "minute"),
            ("16. Juli 2018 14:30 Uhr", "2018-07-16T14:30:00", "minute"),
            ("lundi 16 juillet 2018 à 14h30", "2018-07-16T14:30:00", "minute"),
            ("07/15/2018 10:09 am ET", "2018-07-15T14:09:00", "minute"),
            ("16.07.2018", "2018-07-16T00:00:00", "day"),
            ("03/03/2018", "2018-03-03T00:00:00", "day"),
            ("16-Jul-2018", "2018-07-16T00:00:00", "day"),
            ("Sept. 5, 2018", "2018-09-05T00:00:00", "day"),
            ("July 2018", "2018-07-01T00:00:00", "month"),
            ("Feb. 29, 2016", "2016-02-29T00:00:00", "day"),
        ],
    )
    def test_written_out(self, value, at, precision):
        assert read(value) == (at + "+00:00", precision)

    @pytest.mark.parametrize(
        ("value", "at", "precision"),
        [
            (1531737000, "2018-07-16T10:30:00", "second"),
            ("1531737000", "2018-07-16T10:30:00", "second"),
            (1531737000000, "2018-07-16T10:30:00", "second"),
            (np.int64(1531737000000), "2018-07-16T10:30:00", "second"),
            (1531737000.5, "2018-07-16T10:30:00.500000", "second"),
            (2018.0, "2018-01-01T00:00:00", "year"),
            (20180716, "2018-07-16T00:00:00", "day"),
            (datetime.date(2018, 7, 16), "2018-07-16T00:00:00", "day"),
            (datetime.datetime(2018, 7, 16, 5, 3), "2018-07-16T05:03:00", "minute"),
            (np.datetime64("2018-07"), "2018-07-01T00:00:00", "month"),
            (pd.Timestamp("2018-07-16 02:00:01", tz="Asia/Tokyo"), "2018-07-15T17:00:01", "second"),
        ],
    )
    def test_numbers_and_objects(self, value, at, precision):
        assert read(value) == (at + "+00:00", precision)

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ("03/04/2018", "2018-03-04 or 2018-04-03"),
            ("3.4.2018", "two ways"),
            ("16/07/18", "two digits"),
            ("16 Jul 18", "four digits"),
            ("Aug. 18", "year"),
            ("2018-02-30", "does not exist"),
            ("February 30, 2018", "does not exist"),
            ("2018-13-01", "does not exist"),
            ("31/31/2018", "does not exist"),
            ("July 16, 2018 25:00", "does not exist"),
            ("July 16, 2018 5:57 XYZ", "XYZ is not known"),
            ("July 16 2018 2019", "cannot be read"),
            ("next week", "year"),
            ("99999", "no date"),
            (True, "no date"),
            (12, "no date"),
            (-5, "no date"),
            (float("inf"), "no date"),
            (b"2018", "bytes"),
            ([2018], "list"),
            ("1/1/0001", "out of range"),
        ],
    )
    def test_what_is_no_date_is_an_error(self, value, said):
        with pytest.raises(errors.DateError, match=said) as caught:
            dates.parse_date(value)
        assert "\n" not in str(caught.value)

    @given(st.datetimes(datetime.datetime(1700, 1, 1), datetime.datetime(2200, 1, 1)))
    def test_iso_is_read_back(self, moment):
        found = dates.parse_date(moment.isoformat(timespec="microseconds"))
        assert found.at == pd.Timestamp(moment, tz="UTC")
        assert found.precision == "second"

    @given(st.dates(datetime.date(1700, 1, 1), datetime.date(2200, 1, 1)))
    def test_days_written_out_are_read_back(self, day):
        for pattern in ("%B %d, %Y", "%d %b %Y", "%A, %d %B %Y"):
            assert read(day.strftime(pattern)) == (f"{day.isoformat()}T00:00:00+00:00", "day")

    @example(9_223_372_036_854_775_296)
    @given(st.text(max_size=30) | st.floats() | st.integers())
    def test_anything_is_a_date_missing_or_a_date_error(self, value):
        try:
            found = dates.parse_date(value)
        except errors.DateError as error:
            said = str(error)
            found = None
        else:
            said = ""
        assert "\n" not in said
        assert found is None or found.at.tzinfo is not None


def mentions(text, page=None):
    return [
        (text[found.start : found.end], found.kind, found.precision)
        for found in dates.find_dates(text, page)
    ]


class TestFindDates:
    @pytest.mark.parametrize(
        ("text", "expected", "at"),
        [
            ("It was July 16, 2018.", "July 16, 2018", "2018-07-16"),
            ("on 16 July 2018, he", "16 July 2018", "2018-07-16"),
            ("the 16th of July 2018", "16th of July 2018", "2018-07-16"),
            ("am 16. Juli 2018 in", "16. Juli 2018", "2018-07-16"),
            ("Thursday, March 28, 2024", "Thursday, March 28, 2024", "2024-03-28"),
            ("from March 3-5, 2018.", "March 3-5, 2018", "2018-03-03"),
            ("see 2018-07-16.", "2018-07-16", "2018-07-16"),
            ("on 07/16/2018 and", "07/16/2018", "2018-07-16"),
            ("in July 2018,", "July 2018", "2018-07-01"),
            ("since 2016.", "2016", "2016-01-01"),
            ("on the july 16, 2018 vote", "july 16, 2018", "2018-07-16"),
        ],
    )
    def test_absolute(self, text, expected, at):
        (found,) = dates.find_dates(text)
        assert text[found.start : found.end] == expected
        assert found.at == pd.Timestamp(at, tz="UTC")
        assert found.kind == "absolute"

    def test_day_without_year_has_no_moment(self):
        (found,) = dates.find_dates("questions by Aug. 18 confirming")
        assert (found.at, found.kind, found.precision) == (None, "no_year", "day")

    def test_day_without_year_takes_the_nearest_one(self):
        page = dates.parse_date("2018-01-05")
        early, late = dates.find_dates("From Dec. 30 to Jan. 12 it snowed", page)
        assert early.at == pd.Timestamp("2017-12-30", tz="UTC")
        assert late.at == pd.Timestamp("2018-01-12", tz="UTC")

    def test_weekday(self):
        (found,) = dates.find_dates("he said on Thursday that")
        assert (found.weekday, found.at, found.kind) == ("Thursday", None, "weekday")

    def test_weekday_in_text_that_lost_its_case(self):
        assert mentions("sessions said on thursday") == [("thursday", "weekday", "day")]

    @pytest.mark.parametrize(
        "text",
        [
            "last month he may 5 times march 3 miles",
            "Some May 5,000 people",
            "on 03/04/2018",
            "Feb. 30, 2018",
            "the 2018 season of 2000 people",
            "version 2.0 on a sunday-like day",
        ],
    )
    def test_not_a_date(self, text):
        assert mentions("He said: " + text) == []

    @given(st.text(alphabet="Mayul Ju1268,.ndo 0Thrs-/", max_size=40))
    def test_spans_are_in_order(self, text):
        reached = 0
        for found in dates.find_dates(text):
            assert reached <= found.start < found.end <= len(text)
            reached = found.end


BODY = "\n".join(
    ["The council voted on Monday to close the bridge " + "over the river " * 6 + "."] * 3
)


class TestPageDate:
    @pytest.mark.parametrize(
        ("head", "at", "precision"),
        [
            ("Posted: 3:14 AM ET, July 16, 2018", "2018-07-16T07:14", "minute"),
            ("Posted: 3:14 AM, July 16, 2018", "2018-07-16", "day"),
            ("July 16, 2018 — 3:55am", "2018-07-16", "day"),
            ("By Jane Roe\nJuly 16, 2018", "2018-07-16", "day"),
            ("Updated July 17, 2018\nOriginally published July 16, 2018", "2018-07-16", "day"),
            ("The Daily | Monday, July 16, 2018, 9:06 a.m.", "2018-07-16", "day"),
            ("Published\n4:53 am PDT, Monday, July 16, 2018", "2018-07-16T11:53", "minute"),
            ("Roe, Agency Published 6:18 a.m. ET July 16, 2018", "2018-07-16T10:18", "minute"),
            ("*Last updated: August 6, 2020*", "2020-08-06", "day"),
            ("EDITION\n07/15/2018 10:09 am ET", "2018-07-15T14:09", "minute"),
        ],
    )
    def test_line_above_the_story(self, head, at, precision):
        found = dates.page_date(f"Council closes bridge\n{head}\n{BODY}")
        assert (found.at, found.precision) == (pd.Timestamp(at, tz="UTC"), precision)

    @pytest.mark.parametrize(
        "head",
        [
            "A new bridge opens on July 16, 2019, the mayor says",
            "Thursday, March 28, 2024 | Back issues",
            "— Jane Roe (@roe) July 16, 2018",
            "A post shared by Roe (@roe) on\nJul 15, 2018 at 11:08am PDT",
            "The Post posted at 2:40 pm on July 15, 2018",
            "Updated: 3/4/2018",
            "*Last updated: April DD, 2020*",
        ],
    )
    def test_other_dates_are_not_the_page_s(self, head):
        assert dates.page_date(f"Council closes bridge\n{head}\n{BODY}") is None

    def test_date_inside_the_story_is_not_the_page_s(self):
        assert dates.page_date(f"{BODY}\nJuly 16, 2018\n{BODY}") is None
