import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.evidence import evidence_settings, time_signals
from lineage.match import pairs

from . import examples, invented

polarity = pytest.mark.parametrize("polarity", invented.POLARITIES)


def dated(at, *lines, **given):
    return invented.report(*lines, published_at=at, **given)


def posted(day, *lines):
    """A page that prints its date, without one given."""
    return invented.compiled(f"Posted: {day}\n" + invented.text(*(lines or invented.REPORT)))


class TestEarlierDate:
    @polarity
    def test_who_was_published_first_was_there_first(self, polarity):
        source = dated("2024-03-04T08:00:00Z")
        target = dated("2024-03-04T11:00:00Z", *invented.derived(polarity))
        found = invented.both_ways(time_signals.earlier_date, source, target)
        assert found.weight_bits == evidence_settings.GIVEN_DATE_BITS
        assert found.detail == "given date is 3 hours earlier"

    def test_an_earlier_zone_is_no_earlier_time(self):
        source = dated("2024-03-04T08:00:00+03:00")
        target = dated("2024-03-04T06:00:00+00:00", *invented.derived("longer"))
        invented.both_ways(time_signals.earlier_date, source, target)

    def test_within_the_slack_of_clocks_order_says_less(self):
        source = dated("2024-03-04T08:00:00Z")
        near = dated("2024-03-04T08:01:00Z", *invented.derived("longer"))
        far = dated("2024-03-04T09:00:00Z", *invented.derived("longer"))
        weak = invented.both_ways(time_signals.earlier_date, source, near)
        strong = invented.both_ways(time_signals.earlier_date, source, far)
        assert evidence_settings.GIVEN_DATE_BITS / 2 < weak.weight_bits < strong.weight_bits

    @given(st.integers(1, 10_000), st.integers(1, 10_000))
    @examples.at_most(25)
    def test_more_time_between_is_never_less_evidence(self, one, other):
        start = datetime.datetime(2024, 3, 4, 8, tzinfo=datetime.UTC)
        source = dated(start.isoformat())
        bits = [
            invented.ask(
                time_signals.earlier_date,
                source,
                dated((start + datetime.timedelta(seconds=s)).isoformat(), *invented.ADDED),
            )[0].weight_bits
            for s in sorted((one, other))
        ]
        assert bits[0] <= bits[1] <= evidence_settings.GIVEN_DATE_BITS

    def test_printed_dates_say_less_than_given_ones(self):
        found = invented.both_ways(
            time_signals.earlier_date, posted("March 4, 2024"), posted("March 6, 2024")
        )
        assert found.weight_bits == evidence_settings.PRINTED_DATE_BITS
        assert found.detail == "printed date is 2 days earlier"

    def test_one_given_and_one_printed_say_least(self):
        found = invented.both_ways(
            time_signals.earlier_date, posted("March 4, 2024"), dated("2024-03-06T08:00Z")
        )
        assert (
            0
            < found.weight_bits
            == evidence_settings.MIXED_DATE_BITS
            < evidence_settings.PRINTED_DATE_BITS
        )

    @pytest.mark.parametrize("hour", ["00:00", "08:00", "23:59"])
    def test_a_printed_day_and_an_hour_of_that_day_are_in_no_order(self, hour):
        one, other = posted("March 4, 2024"), dated(f"2024-03-04T{hour}Z")
        assert (
            invented.ask(time_signals.earlier_date, one, other)
            == invented.ask(time_signals.earlier_date, other, one)
            == []
        )

    def test_a_day_and_an_hour_of_the_next_day_are_in_order(self):
        invented.both_ways(
            time_signals.earlier_date, posted("March 4, 2024"), dated("2024-03-05T08:00Z")
        )

    def test_one_moment_or_a_missing_date_say_nothing(self):
        one = dated("2024-03-04T08:00:00Z")
        same = dated("2024-03-04T08:00:00Z", *invented.derived("longer"))
        for other in (same, invented.report(*invented.ADDED)):
            assert invented.ask(time_signals.earlier_date, one, other) == []
            assert invented.ask(time_signals.earlier_date, other, one) == []


class TestLaterDateMentioned:
    FIRST = "The council last met about the boom on March 4, 2024, and found no money for it."
    LATER = "A hearing of all the parties will open in the chapel on March 9, 2024, at the latest."

    def source(self):
        return invented.report(*invented.inserted(self.FIRST, invented.REPORT))

    def target(self, line, polarity="longer", **given):
        lines = invented.derived(polarity, invented.inserted(self.FIRST, invented.REPORT))
        return invented.report(*invented.inserted(line, lines, 4), **given)

    @polarity
    def test_who_knows_of_a_later_day_is_later(self, polarity):
        target = self.target(self.LATER, polarity)
        found = invented.both_ways(time_signals.later_date_mentioned, self.source(), target)
        assert invented.words_at(target, found.target_span) == "March 9, 2024"
        assert found.source_span is None
        assert "5 days" in found.detail

    @pytest.mark.parametrize(
        "line",
        [
            "The same estuary burned on March 2, 2019, when a tug hit the pier.",
            "The chapel was built for another town in March 2024 by the sailors.",
            "The insurance of the barge ran until March 9, 2031, by its papers.",
            "A hearing of all the parties will open in the chapel on Thursday.",
        ],
        ids=["an earlier day", "a month", "years ahead", "a weekday"],
    )
    def test_other_dates_say_nothing(self, line):
        assert (
            invented.ask(time_signals.later_date_mentioned, self.source(), self.target(line)) == []
        )

    def test_a_text_without_a_date_waits_for_none(self):
        target = self.target(self.LATER)
        assert invented.ask(time_signals.later_date_mentioned, invented.report(), target) == []

    def test_a_date_of_the_page_is_not_of_the_story(self):
        lines = (self.FIRST, *invented.REPORT, self.LATER)
        target = invented.report(*lines, roles=["body"] * 9 + ["boilerplate"])
        assert invented.ask(time_signals.later_date_mentioned, self.source(), target) == []

    def test_a_later_date_in_shared_words_is_known_to_both(self):
        lines = invented.inserted(self.LATER, invented.inserted(self.FIRST, invented.REPORT), 4)
        one, other = invented.report(*lines), invented.report(*lines, *invented.ADDED)
        assert invented.ask(time_signals.later_date_mentioned, one, other) == []
        assert invented.ask(time_signals.later_date_mentioned, other, one) == []


class TestLaterClockTime:
    NOON = "Tugs reached the barge at 11:40 a.m. and put a line aboard her."
    EVENING = "By 6 p.m. the last of the tugs had gone home with a broken winch."

    @polarity
    def test_who_tells_of_a_later_hour_is_later(self, polarity):
        source = invented.report(self.NOON, *invented.REPORT)
        target = invented.report(self.NOON, *invented.derived(polarity), self.EVENING)
        found = invented.both_ways(time_signals.later_clock_time, source, target)
        assert invented.words_at(target, found.target_span) == "6 p.m."
        assert "380 minutes" in found.detail

    @pytest.mark.parametrize(
        ("hour", "minutes"),
        [("12:15 p.m.", 35), ("12.30 pm", 50), ("1 PM", 80), ("11:59 p.m.", 739)],
    )
    def test_noon_is_before_one(self, hour, minutes):
        source = invented.report(self.NOON, *invented.REPORT)
        late = f"Volunteers put down their sponges at {hour} to eat some soup together."
        found = invented.both_ways(
            time_signals.later_clock_time,
            source,
            invented.report(self.NOON, *invented.REPORT, late),
        )
        assert f" {minutes} minutes" in found.detail

    @pytest.mark.parametrize("hour", ["11:45 a.m.", "12:10 a.m.", "9 am", "11:40 a.m."])
    def test_a_moment_later_or_an_earlier_hour_say_nothing(self, hour):
        late = f"Volunteers put down their sponges at {hour} to eat some soup together."
        source = invented.report(self.NOON, *invented.REPORT)
        target = invented.report(self.NOON, *invented.REPORT, late)
        assert invented.ask(time_signals.later_clock_time, source, target) == []

    def test_an_hour_in_shared_words_is_known_to_both(self):
        one = invented.report(self.NOON, *invented.REPORT, self.EVENING)
        other = invented.report(self.NOON, *invented.REPORT, self.EVENING, *invented.ADDED)
        assert invented.ask(time_signals.later_clock_time, one, other) == []
        assert invented.ask(time_signals.later_clock_time, other, one) == []

    def test_reports_of_two_days_have_no_common_clock(self):
        source = invented.report(self.NOON, *invented.REPORT)
        target = invented.report(self.EVENING, *invented.STRANGER, invented.REPORT[0])
        assert invented.ask(time_signals.later_clock_time, source, target) == []

    def test_the_hour_of_a_page_is_not_of_the_story(self):
        source = invented.report(self.NOON, *invented.REPORT)
        lines = (
            self.NOON,
            *invented.REPORT,
            "Last edited at 6 p.m. by the night desk of the page.",
        )
        target = invented.report(*lines, roles=["body"] * 9 + ["boilerplate"])
        assert invented.ask(time_signals.later_clock_time, source, target) == []


class TestCorrects:
    NOTE = "Correction: an earlier version of this report gave a wrong name for the barge."

    @polarity
    @pytest.mark.parametrize("outlet", ["Ostrell Courier", None])
    def test_the_page_with_the_note_is_the_later(self, polarity, outlet):
        source = invented.report(outlet=outlet)
        target = invented.report(*invented.derived(polarity), self.NOTE, outlet=outlet)
        found = invented.both_ways(time_signals.corrects, source, target)
        assert invented.words_at(target, found.target_span) == self.NOTE

    @pytest.mark.parametrize(
        "note",
        [
            "An earlier version of this story misspelled a name.",
            "This article was amended on Tuesday.",
            "(Corrects spelling of the barge in paragraph 2)",
        ],
    )
    def test_notes_have_many_forms(self, note):
        target = invented.report(*invented.REPORT, note)
        found = invented.both_ways(time_signals.corrects, invented.report(), target)
        assert invented.words_at(target, found.target_span) == note

    def test_a_note_that_a_story_quotes_corrects_nothing(self):
        cited = (
            f"The harbour's own sheet printed a line on Friday below its tide table: {self.NOTE}"
        )
        quoted = f"“{self.NOTE}” the sheet of the harbour said on Friday of its own page."
        for line in (cited, quoted):
            target = invented.report(*invented.REPORT, line)
            assert invented.ask(time_signals.corrects, invented.report(), target) == []

    def test_another_outlets_note_is_about_its_own_page(self):
        source = invented.report(outlet="Ostrell Courier")
        target = invented.report(*invented.REPORT, self.NOTE, outlet="Lathmoor Record")
        assert invented.ask(time_signals.corrects, source, target) == []

    def test_two_names_of_one_publisher_are_one_outlet(self):
        source = invented.report(outlet="Ostrell Courier")
        target = invented.report(*invented.REPORT, self.NOTE, outlet="The Ostrell Courier")
        invented.both_ways(time_signals.corrects, source, target)

    def test_two_pages_with_notes_are_even(self):
        one = invented.report(*invented.REPORT, self.NOTE)
        other = invented.report(*invented.REPORT, "This story has been corrected.")
        assert (
            invented.ask(time_signals.corrects, one, other)
            == invented.ask(time_signals.corrects, other, one)
            == []
        )

    def test_a_note_on_another_story_corrects_nothing_here(self):
        target = invented.report(*invented.STRANGER, invented.REPORT[0], self.NOTE)
        assert invented.ask(time_signals.corrects, invented.report(), target) == []


class TestCoveredAt:
    def test_only_words_of_a_shared_run_are_covered(self):
        one = invented.report()
        other = invented.report(*invented.REPORT[:3], *invented.STRANGER[:1])
        pair = pairs.compare(one, other)
        assert time_signals.covered_at(other, pair, other.text.index("Brackwater"))
        assert not time_signals.covered_at(other, pair, other.text.index("Quarrendon"))

    def test_after_the_last_word_nothing_is_covered(self):
        one, other = invented.report(), invented.report(*invented.derived("longer"))
        assert not time_signals.covered_at(one, pairs.compare(one, other), len(one.text))
