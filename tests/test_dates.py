import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lineage import errors
from lineage.text import date_forms, dates, given_dates


def read(value):
    found = dates.parse_date(value)
    return found.at.isoformat(), found.precision


class TestParseDate:
    @pytest.mark.parametrize(
        "value",
        [
            None,
            "",
            "  ",
            "NaN",
            "n/a",
            float("nan"),
            np.nan,
            pd.NA,
            pd.NaT,
            "None",
            "-",
            "0000-00-00 00:00:00",
        ],
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
            ("2018-07-16T05", "2018-07-16T05:00:00", "local"),
            ("2018-07-16 05:57", "2018-07-16T05:57:00", "local"),
            ("2018-07-16T05:57:30", "2018-07-16T05:57:30", "local"),
            ("2018-07-16T05:57:30.500Z", "2018-07-16T05:57:30.500000", "second"),
            ("2018-07-16 05:57:30 +0200", "2018-07-16T03:57:30", "second"),
            ("2018-07-16T05:57:30-04:00", "2018-07-16T09:57:30", "second"),
            ("2018年7月16日", "2018-07-16T00:00:00", "day"),
            ("2018/07/16", "2018-07-16T00:00:00", "day"),
            ("2018.7.16", "2018-07-16T00:00:00", "day"),
            ("2018-07-16T05:57:30 +0200", "2018-07-16T03:57:30", "second"),
            ("2018-07-16T05:57:30+02:00[Europe/Berlin]", "2018-07-16T03:57:30", "second"),
            ("2018-07-16 05:57:30 UT", "2018-07-16T05:57:30", "second"),
            ("1.531737e+09", "2018-07-16T10:30:00", "second"),
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
            ("Posted: 3:14 AM, July 16, 2018", "2018-07-16T03:14:00", "local"),
            ("July 16, 2018 — 3:55am", "2018-07-16T03:55:00", "local"),
            ("16 July 2018 5.57pm BST", "2018-07-16T16:57:00", "minute"),
            ("16 July 2018, 10:00 GMT+2", "2018-07-16T08:00:00", "minute"),
            ("16. Juli 2018 14:30 Uhr", "2018-07-16T14:30:00", "local"),
            ("lundi 16 juillet 2018 à 14h30", "2018-07-16T14:30:00", "local"),
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
            (datetime.datetime(2018, 7, 16, 5, 3), "2018-07-16T05:03:00", "local"),
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
            ("Aug. 18", "year"),
            ("2018-02-30", "does not exist"),
            ("February 30, 2018", "does not exist"),
            ("2018-13-01", "does not exist"),
            ("31/31/2018", "does not exist"),
            ("July 16, 2018 25:00", "does not exist"),
            ("July 16 2018 2019", "is no date"),
            ("next week", "year"),
            ("99999", "no date"),
            (True, "no date"),
            (12, "no date"),
            (-5, "no date"),
            (float("inf"), "no date"),
            (b"2018", "bytes"),
            ([2018], "list"),
            ("1/1/0001", "is no date"),
            ("12 May 1640", "out of range"),
        ],
    )
    def test_what_is_no_date_is_an_error(self, value, said):
        with pytest.raises(errors.DateError, match=said) as caught:
            dates.parse_date(value)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(
        ("value", "at", "precision"),
        [
            ("20210503143000", "2021-05-03T14:30:00", "second"),
            ("2021-05-03T9:30:00Z", "2021-05-03T09:30:00", "second"),
            ("2021-05-03T14:30:00 GMT", "2021-05-03T14:30:00", "second"),
            ("/Date(1620052200000)/", "2021-05-03T14:30:00", "second"),
            ("3. Mai 2021, 14.30", "2021-05-03T14:30:00", "local"),
            (20210503143000, "2021-05-03T14:30:00", "second"),
            (20210503143000.0, "2021-05-03T14:30:00", "second"),
            ("202105031430", "2021-05-03T14:30:00", "local"),
            ("20210503000000", "2021-05-03T00:00:00", "day"),
            # Nine seconds' worth of milliseconds since 1970 that are no calendar date.
            ("1620052200000", "2021-05-03T14:30:00", "second"),
        ],
    )
    def test_times_in_one_number(self, value, at, precision):
        assert read(value) == (at + "+00:00", precision)

    @pytest.mark.parametrize("value", ["20211303143000", "20210532143000", "99991231235959"])
    def test_numbers_that_are_no_time_are_none(self, value):
        with pytest.raises(errors.DateError):
            dates.parse_date(value)

    @pytest.mark.parametrize(
        ("value", "at", "precision"),
        [
            # A database or a page fills in midnight where it has no time.
            ("2021-05-03 00:00:00", "2021-05-03", "day"),
            ("2021-05-03T00:00:00Z", "2021-05-03", "day"),
            ("2021-05-03T00:00:00+02:00", "2021-05-03", "day"),
            ("Mon, 03 May 2021 00:00:00 GMT", "2021-05-03", "day"),
            ("May 3, 2021 12:00 AM EST", "2021-05-03", "day"),
            ("2021-05-03T24:00:00Z", "2021-05-03", "day"),
            ("Mon, 03 May 2021 24:00:00 GMT", "2021-05-03", "day"),
            (pd.Timestamp("2021-05-03", tz="Europe/Berlin"), "2021-05-03", "day"),
            # Midnight is one moment of the day only.
            ("2021-05-03T00:00:01Z", "2021-05-03T00:00:01", "second"),
            ("2021-05-03T00:01Z", "2021-05-03T00:01", "minute"),
            ("2021-05-03T12:00Z", "2021-05-03T12:00", "minute"),
        ],
    )
    def test_midnight_is_a_day(self, value, at, precision):
        assert read(value) == (pd.Timestamp(at, tz="UTC").isoformat(), precision)

    @pytest.mark.parametrize(
        ("value", "at"),
        [
            ("Mo, 03 Mai 2021 18:30:00 +0200", "2021-05-03T16:30"),
            ("Die, 05 Mär 2024 18:30:00 +0100", "2024-03-05T17:30"),
            ("mar. 5 mars 2024 18:30 CET", "2024-03-05T17:30"),
            ("mar, 05 mar 2024 18:30:00 +0100", "2024-03-05T17:30"),
            ("Tue, 5 Mar 24 17:30:00 GMT", "2024-03-05T17:30"),
            ("5 déc. 2024 à 18h30 CET", "2024-12-05T17:30"),
            ("5 dic 2024, 18:30 CET", "2024-12-05T17:30"),
            ("5 de diciembre de 2024 18:30 CET", "2024-12-05T17:30"),
            ("5 dicembre 2024, ore 18:30 CET", "2024-12-05T17:30"),
            ("5. Dez. 2024, 18.30 Uhr MEZ", "2024-12-05T17:30"),
            ("1er août 2024 18:30 CEST", "2024-08-01T16:30"),
            ("1st of August, 2024 18:30 CEST", "2024-08-01T16:30"),
            ("Tue 5 Mar 2024 18.30 CET", "2024-03-05T17:30"),
            (
                "Tue Mar 05 2024 18:30:00 GMT+0100 (Central European Standard Time)",
                "2024-03-05T17:30",
            ),
            ("Tue Mar 05 18:30:00 CET 2024", "2024-03-05T17:30"),
            ("2024-03-05 18:30 CET", "2024-03-05T17:30"),
            ("March 5, 2024 / 12:30 PM EST", "2024-03-05T17:30"),
            ("Tuesday 5 March 2024 17:30, UK", "2024-03-05T17:30"),
            ("5 March 2024 12:30 p.m. Eastern Time", "2024-03-05T17:30"),
        ],
    )
    def test_languages_zones_and_habits(self, value, at):
        found = dates.parse_date(value)
        assert found.at == pd.Timestamp(at, tz="UTC")
        assert found.precision in ("minute", "second")

    @pytest.mark.parametrize(
        "value",
        [
            "5 March 2024 18:30",
            "5 March 2024 18:30 IST",
            "5 March 2024 18:30 XYZ",
            "5 March 2024 6:30 pm",
            "05.03.2024, 18.30 Uhr",
            "2024-03-05T18:30",
            pd.Timestamp("2024-03-05 18:30"),
            np.datetime64("2024-03-05T18:30"),
        ],
    )
    def test_a_time_without_a_known_zone_is_local(self, value):
        found = dates.parse_date(value, order="dmy")
        assert (found.at, found.precision) == (pd.Timestamp("2024-03-05 18:30", tz="UTC"), "local")

    @pytest.mark.parametrize(
        ("value", "order", "at"),
        [
            ("03/05/2021", "dmy", "2021-05-03"),
            ("03/05/2021", "mdy", "2021-03-05"),
            ("3.5.21", "dmy", "2021-05-03"),
            ("3-5-2021", "dmy", "2021-05-03"),
            # What can be read one way only is read that way.
            ("03/25/2021", "dmy", "2021-03-25"),
            ("25/03/2021", "mdy", "2021-03-25"),
        ],
    )
    def test_numbers_are_read_as_the_language_has_them(self, value, order, at):
        assert dates.parse_date(value, order=order) == dates.ParsedDate(
            pd.Timestamp(at, tz="UTC"), "day"
        )

    @pytest.mark.parametrize(
        "value",
        [
            "Updated: March 5, 2024",
            "Last modified on 5 March 2024",
            "Stand: 05.03.2024",
            "zuletzt aktualisiert am 5. März 2024",
            "Mis à jour le 5 mars 2024",
            "Printed: 5 March 2024",
            "Retrieved 5 March 2024",
        ],
    )
    def test_the_date_of_something_else_is_not_that_of_publication(self, value):
        with pytest.raises(errors.DateError, match="not that of publication"):
            dates.parse_date(value)

    @pytest.mark.parametrize(
        "value",
        [
            "1970-01-01T00:00:00Z",
            "1 Jan 1970 00:00:00 GMT",
            "3-5 March 2024",
            "March 5 - 7, 2024",
            "2024-03-05/2024-03-07",
            "4 hours ago",
            "vor 3 Stunden",
            "il y a 2 heures",
        ],
    )
    def test_nothing_no_day_and_several_days_are_none(self, value):
        with pytest.raises(errors.DateError):
            dates.parse_date(value)

    @given(st.datetimes(datetime.datetime(1700, 1, 1), datetime.datetime(2200, 1, 1)))
    def test_iso_is_read_back(self, moment):
        # The first moment of 1970 is what computers write for no date.
        assume(moment != datetime.datetime(1970, 1, 1))
        found = dates.parse_date(moment.isoformat(timespec="microseconds") + "Z")
        assert found.at == pd.Timestamp(moment, tz="UTC")
        assert found.precision == ("day" if moment.time() == datetime.time() else "second")

    @given(st.dates(datetime.date(1700, 1, 1), datetime.date(2200, 1, 1)))
    def test_days_written_out_are_read_back(self, day):
        assume(day != datetime.date(1970, 1, 1))
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


class TestOrderOf:
    @pytest.mark.parametrize(
        ("language", "order"),
        [
            ("en-US", "mdy"),
            ("en_us", "mdy"),
            ("en-GB", "dmy"),
            ("en-AU", "dmy"),
            ("de", "dmy"),
            ("de-AT", "dmy"),
            ("fr-CA", None),
            ("fr", "dmy"),
            ("pt-BR", "dmy"),
            ("zh-Hans-CN", None),
            ("en", None),
            ("en-CA", None),
            ("", None),
            (None, None),
        ],
    )
    def test_is_told_by_language_and_country(self, language, order):
        assert date_forms.order_of(language) == order


def at(moment, precision):
    return dates.ParsedDate(pd.Timestamp(moment, tz="UTC"), precision)


class TestLag:
    @pytest.mark.parametrize(
        ("first", "second", "hours"),
        [
            (at("2024-03-05 10:00", "minute"), at("2024-03-05 11:00", "second"), 1),
            (at("2024-03-05 11:00", "minute"), at("2024-03-05 10:00", "second"), -1),
            # A time without a zone says nothing within 14 hours.
            (at("2024-03-05 10:00", "local"), at("2024-03-05 23:59", "minute"), None),
            (at("2024-03-05 23:59", "minute"), at("2024-03-05 10:00", "local"), None),
            (at("2024-03-05 10:00", "local"), at("2024-03-05 11:00", "local"), None),
            (at("2024-03-05 10:00", "local"), at("2024-03-05 10:00", "local"), None),
            (at("2024-03-05 10:00", "local"), at("2024-03-06 00:00", "minute"), 14),
            (at("2024-03-06 00:00", "minute"), at("2024-03-05 10:00", "local"), -14),
            (at("2024-03-05", "day"), at("2024-03-06 13:00", "local"), None),
            # A day covers its hours.
            (at("2024-03-05", "day"), at("2024-03-05 18:00", "minute"), None),
            (at("2024-03-05", "day"), at("2024-03-06", "day"), 24),
            (at("2024-03-01", "month"), at("2024-03-31", "day"), None),
            (at("2024-03-05", "day"), at("2024-03-05", "day"), None),
            (at("2024-03-05 10:00", "minute"), at("2024-03-05 10:00", "minute"), 0),
        ],
    )
    def test_is_told_only_where_it_is_sure(self, first, second, hours):
        assert given_dates.lag_s(first, second) == (None if hours is None else hours * 3600)
