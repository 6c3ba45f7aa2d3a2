import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage import pairs
from lineage.evidence import direction, row, weights

from . import invented

COURIER = "Ostrell Courier"
RECORD = "Lathmoor Record"
WAITING = "Tessaly Freight did not immediately respond to requests for comment on Tuesday."
ANSWER = "Tessaly Freight said in a letter that thieves had cut the mooring ropes of its barge."
APPEAL = "Gulls need towels, said the keeper of a shelter that washes birds by hand at night."


polarity = pytest.mark.parametrize("polarity", invented.POLARITIES)


class TestReversed:
    def test_direction_turns_its_sign_and_its_spans(self):
        found = row.Evidence("x", "direction", 2.0, "", (1, 2), (3, 4)).reversed()
        assert (found.weight_bits, found.source_span, found.target_span) == (-2.0, (3, 4), (1, 2))

    @pytest.mark.parametrize("about", ["link", "parent_choice"])
    def test_what_is_not_about_direction_keeps_its_sign(self, about):
        found = row.Evidence("x", about, 2.0, "", (1, 2), None).reversed()
        assert (found.weight_bits, found.source_span, found.target_span) == (2.0, None, (1, 2))

    def test_twice_is_the_same(self):
        found = row.Evidence("x", "direction", 2.0, "said", (1, 2), None)
        assert found.reversed().reversed() == found


class TestCreditsSource:
    @polarity
    @pytest.mark.parametrize(
        ("line", "kind", "pointed"),
        [
            (
                "The leak began at noon, the Ostrell Courier reported.",
                "reported",
                "Ostrell Courier reported",
            ),
            (
                "This article first appeared in the Ostrell Courier.",
                "via_link",
                "first appeared in the Ostrell Courier",
            ),
            ("Copyright 2024 Ostrell Courier", "copyright", "Copyright 2024 Ostrell Courier"),
        ],
    )
    def test_who_names_the_other_outlet_has_it_from_there(self, polarity, line, kind, pointed):
        source = invented.report(outlet=COURIER)
        target = invented.report(*invented.derived(polarity), line, outlet=RECORD)
        found = invented.both_ways(direction.credits_source, source, target)
        assert found.weight_bits == weights.CREDIT_BITS[kind]
        assert found.source_span is None
        assert pointed in invented.words_at(target, found.target_span)

    @pytest.mark.parametrize(
        ("line", "kind"),
        [("By Jane Roe, Associated Press", "byline_agency"), ("OSTRELL (AP) - ", "dateline")],
    )
    def test_the_forms_of_an_agency_name_it(self, line, kind):
        joined = line if line.endswith(" ") else line + "\n"
        source = invented.report(outlet="Associated Press")
        target = invented.compiled(joined + invented.text(*invented.REPORT), outlet=RECORD)
        found = invented.both_ways(direction.credits_source, source, target)
        assert found.weight_bits == weights.CREDIT_BITS[kind]
        assert invented.words_at(target, found.target_span).strip() == line.strip()

    def test_two_credits_say_it_once(self):
        lines = (
            "The Ostrell Courier reported the leak.",
            "This article first appeared in the Ostrell Courier.",
        )
        target = invented.report(*invented.REPORT, *lines, outlet=RECORD)
        found = invented.both_ways(
            direction.credits_source, invented.report(outlet=COURIER), target
        )
        assert found.weight_bits == weights.CREDIT_BITS["via_link"]

    @polarity
    def test_an_interview_given_to_the_other_outlet_in_its_words_is_the_others(self, polarity):
        told = (
            "No valve closed by itself, harbour master Edda Voss told the Ostrell Courier by phone."
        )
        lines = invented.inserted(told, invented.REPORT)
        source = invented.report(*lines, outlet=COURIER)
        target = invented.report(*invented.derived(polarity, lines), outlet=RECORD)
        found = invented.both_ways(direction.credits_source, source, target)
        assert found.weight_bits == weights.TOLD_BITS
        assert invented.words_at(target, found.target_span) == "told the Ostrell Courier"

    def test_an_interview_told_in_own_words_is_no_credit(self):
        told = "Voss, who runs the port, told the Ostrell Courier that she slept through it."
        target = invented.report(*invented.REPORT, told, outlet=RECORD)
        assert invented.ask(direction.credits_source, invented.report(outlet=COURIER), target) == []

    def test_an_outlet_is_no_part_of_a_longer_word(self):
        told = "The skipper told appalled passengers of the Ostrell ferry to stay below the deck."
        source = invented.report(*invented.inserted(told, invented.REPORT), outlet="AP")
        target = invented.report(
            *invented.inserted(told, invented.REPORT), invented.ADDED[0], outlet=RECORD
        )
        assert invented.ask(direction.credits_source, source, target) == []

    @pytest.mark.parametrize(
        "line",
        [
            "Photo: Jane Roe/Ostrell Courier",
            "The Ostrell Courier contributed to this report.",
            "Distributed by Ostrell Courier",
        ],
    )
    def test_pictures_helpers_and_distributors_are_no_credit(self, line):
        target = invented.report(*invented.REPORT, line, outlet=RECORD)
        assert invented.ask(direction.credits_source, invented.report(outlet=COURIER), target) == []

    @pytest.mark.parametrize("name", ["The Ostrell Courier", "ostrellcourier.com", COURIER])
    def test_two_names_of_one_publisher_do_not_credit_each_other(self, name):
        target = invented.report(
            *invented.REPORT, "The Ostrell Courier reported the leak.", outlet=name
        )
        assert invented.ask(direction.credits_source, invented.report(outlet=COURIER), target) == []

    def test_the_paper_of_its_author_is_credited_if_the_story_has_its_text(self):
        head = ("Leak at the quay", "By Jane Roe, Ostrell Courier", "August 3, 2018")
        target = invented.report(*head, *invented.REPORT, outlet=RECORD)
        (found,) = invented.ask(direction.credits_source, invented.report(outlet=COURIER), target)
        assert found.weight_bits > 0
        stranger = invented.report(outlet="Pellworth Mail")
        assert invented.ask(direction.credits_source, stranger, target) == []

    def test_a_text_of_no_known_outlet_cannot_be_credited(self):
        target = invented.report(*invented.REPORT, "The Ostrell Courier reported the leak.")
        assert invented.ask(direction.credits_source, invented.report(), target) == []


class TestCreditLost:
    LINE = "OSTRELL, Aug 3 (Reuters) - "

    def agency(self, **given):
        return invented.compiled(self.LINE + invented.text(*invented.REPORT), **given)

    @polarity
    @pytest.mark.parametrize("given", [{}, {"outlet": "Reuters"}])
    def test_the_text_with_the_dateline_is_the_older(self, polarity, given):
        source = self.agency(**given)
        target = invented.report(*invented.derived(polarity), outlet=RECORD)
        found = invented.both_ways(direction.credit_lost, source, target)
        assert invented.words_at(source, found.source_span).strip() == self.LINE.strip()
        assert found.target_span is None

    def test_a_desk_line_is_a_dateline_at_the_end(self):
        line = "(Reporting by Jane Roe; editing by Paul Ames)"
        source = invented.report(*invented.REPORT, line)
        found = invented.both_ways(direction.credit_lost, source, invented.report(outlet=RECORD))
        assert invented.words_at(source, found.source_span) == line

    def test_who_kept_a_credit_lost_none(self):
        target = invented.compiled(
            "OSTRELL (AP) - " + invented.text(*invented.REPORT), outlet=RECORD
        )
        assert invented.ask(direction.credit_lost, self.agency(), target) == []

    def test_another_house_that_prints_the_dateline_is_not_the_agency(self):
        assert (
            invented.ask(
                direction.credit_lost, self.agency(outlet=COURIER), invented.report(outlet=RECORD)
            )
            == []
        )

    def test_a_text_with_little_of_it_lost_nothing(self):
        target = invented.report(invented.REPORT[0], *invented.STRANGER, *invented.ADDED)
        assert invented.ask(direction.credit_lost, self.agency(), target) == []

    @pytest.mark.parametrize(
        ("written", "house"),
        [
            ("NewsWatch 27", "NewsWatch 27"),
            ("NewsWatch 27", None),
            ("Ostrell Courier", COURIER),
            ("Interlake News Network", "Interlake News Network"),
        ],
    )
    def test_who_names_himself_in_the_dateline_has_no_line_to_lose(self, written, house):
        source = invented.compiled(
            f"OSTRELL, Aug 3 ({written}) - " + invented.text(*invented.REPORT), outlet=house
        )
        target = invented.report(outlet=RECORD)
        assert invented.ask(direction.credit_lost, source, target) == []

    def test_the_paper_of_its_author_is_no_agency(self):
        head = ("Leak at the quay", "By Jane Roe, Ostrell Courier", "August 3, 2018")
        source = invented.report(*head, *invented.REPORT)
        target = invented.report(outlet=RECORD)
        assert invented.ask(direction.credit_lost, source, target) == []

    def test_who_puts_his_own_name_in_its_place_lost_it(self):
        target = invented.compiled(
            "OSTRELL (NewsWatch 27) - " + invented.text(*invented.REPORT), outlet="NewsWatch 27"
        )
        (found,) = invented.ask(direction.credit_lost, self.agency(), target)
        assert found.weight_bits > 0

    def test_a_photo_credit_is_no_line_of_the_agency(self):
        source = invented.report(*invented.REPORT, "Photo: Jane Roe/Reuters")
        assert invented.ask(direction.credit_lost, source, invented.report()) == []


class TestQuotesSource:
    SAID = (
        "“We smelled diesel before breakfast and thought nothing of it,” a rower said at the quay."
    )
    TOLD = invented.REPORT[3]

    def source(self, *added):
        return invented.report(self.SAID, *invented.REPORT, *added)

    @polarity
    def test_who_quotes_the_narration_of_the_other_read_it(self, polarity):
        words = self.TOLD.rstrip(".")
        quoting = f"“{words},” one account puts it."
        lines = invented.derived(polarity, (self.SAID, *invented.REPORT))
        target = invented.report(*(quoting if line == self.TOLD else line for line in lines))
        source = self.source()
        found = invented.both_ways(direction.quotes_source, source, target)
        assert invented.words_at(target, found.target_span) == words
        assert invented.words_at(source, found.source_span) == words

    def test_the_longest_quotation_is_shown(self):
        short = invented.REPORT[6].rstrip(".")
        long = invented.REPORT[7].rstrip(".")
        target = invented.report(
            self.SAID, *invented.REPORT[:5], f"“{short}.”", invented.ADDED[0], f"“{long}.”"
        )
        found = invented.both_ways(direction.quotes_source, self.source(), target)
        assert invented.words_at(target, found.target_span) == long

    def test_a_page_that_lost_its_quotation_marks_tells_nothing(self):
        bare = self.SAID.replace("“", "").replace("”", "")
        quoting = invented.report(self.SAID, *invented.REPORT)
        assert (
            invented.ask(direction.quotes_source, invented.report(bare, *invented.REPORT), quoting)
            == []
        )

    def test_words_that_both_quote_were_heard_by_both(self):
        target = invented.report(self.SAID, *invented.REPORT[:5])
        assert invented.ask(direction.quotes_source, self.source(), target) == []

    def test_a_few_quoted_words_can_be_anybodys(self):
        few = self.TOLD.replace("ordered an inquiry", "“ordered an inquiry")
        few = few.replace("into the owners", "into the owners”")
        target = invented.report(self.SAID, *invented.REPORT[:3], few, *invented.REPORT[4:])
        assert target.quoted.sum() == self.source().quoted.sum() + 6
        assert invented.ask(direction.quotes_source, self.source(), target) == []

    def test_what_the_other_reports_as_said_is_not_its_own_voice(self):
        told = "The rower said that he had smelled diesel on the quay before breakfast that day."
        self.assert_silent(told)

    @pytest.mark.parametrize("verb", ["said", "insisted", "grimly vowed"])
    def test_nor_is_what_he_or_she_says_without_that(self, verb):
        told = f"She {verb} he had smelled diesel on the quay before breakfast that day."
        self.assert_silent(told)

    def assert_silent(self, told):
        said = "“He had smelled diesel on the quay before breakfast that day,” a rower said."
        source = invented.report(*invented.inserted(told, invented.REPORT))
        target = invented.report(*invented.inserted(said, invented.REPORT))
        assert invented.ask(direction.quotes_source, source, target) == []


class TestAnswered:
    @polarity
    def test_who_has_the_answer_is_later(self, polarity):
        source = invented.report(*invented.inserted(WAITING, invented.REPORT))
        target = invented.report(*invented.inserted(ANSWER, invented.derived(polarity)))
        found = invented.both_ways(direction.answered, source, target)
        assert invented.words_at(source, found.source_span) == WAITING
        assert "thieves had cut the mooring ropes" in invented.words_at(target, found.target_span)

    def test_the_answer_of_the_one_who_had_not_replied_is_shown(self):
        source = invented.report(*invented.inserted(WAITING, invented.REPORT))
        another = "Villagers at Marrowby said they would sue over every gull and every cormorant."
        lines = invented.inserted(another, invented.inserted(ANSWER, invented.REPORT, 6), 1)
        target = invented.report(*lines)
        found = invented.both_ways(direction.answered, source, target)
        assert "thieves had cut the mooring ropes" in invented.words_at(target, found.target_span)

    @polarity
    def test_who_waits_for_the_others_only_is_later(self, polarity):
        still = WAITING.replace("Tessaly Freight", "The other owners of Tessaly Freight")
        source = invented.report(*invented.inserted(WAITING, invented.REPORT))
        target = invented.report(
            *invented.inserted(still, invented.inserted(ANSWER, invented.derived(polarity)), 3)
        )
        found = invented.both_ways(direction.answered, source, target)
        assert found.weight_bits == weights.ANSWERED_BITS
        assert invented.words_at(source, found.source_span) == WAITING
        assert invented.words_at(target, found.target_span) == still

    def test_when_both_still_wait_nothing_follows(self):
        source = invented.report(*invented.inserted(WAITING, invented.REPORT))
        target = invented.report(
            *invented.inserted(ANSWER, invented.inserted(WAITING, invented.REPORT), 5)
        )
        assert invented.ask(direction.answered, source, target) == []

    def test_when_both_wait_in_other_words_nothing_follows(self):
        source = invented.report(*invented.inserted(WAITING, invented.REPORT))
        other = "The owners of the barge could not be reached by telephone before the evening."
        target = invented.report(
            *invented.inserted(ANSWER, invented.inserted(other, invented.REPORT), 5)
        )
        assert invented.ask(direction.answered, source, target) == []

    def test_a_dropped_sentence_without_an_answer_is_a_cut(self):
        source = invented.report(*invented.inserted(WAITING, invented.REPORT))
        target = invented.report(*invented.REPORT, *invented.ADDED[:1])
        assert invented.ask(direction.answered, source, target) == []

    def test_texts_with_little_in_common_wait_for_different_things(self):
        source = invented.report(*invented.inserted(WAITING, invented.REPORT))
        target = invented.report(*invented.STRANGER, ANSWER)
        assert invented.ask(direction.answered, source, target) == []

    def test_furniture_of_the_page_waits_for_nobody(self):
        lines = invented.inserted(WAITING, invented.REPORT)
        roles = ["boilerplate" if line == WAITING else "body" for line in lines]
        source = invented.report(*lines, roles=roles)
        assert (
            invented.ask(
                direction.answered,
                source,
                invented.report(*invented.inserted(ANSWER, invented.REPORT)),
            )
            == []
        )


class TestTailCut:
    @pytest.mark.parametrize("lead", [(), invented.STRANGER[:1]])
    def test_who_stops_where_the_other_goes_on_was_cut(self, lead):
        lines = (*invented.REPORT, *invented.ADDED)
        source = invented.report(*lines)
        target = invented.report(*lead, *lines[:8])
        found = invented.both_ways(direction.tail_cut, source, target)
        assert found.weight_bits == weights.TAIL_CUT_BITS
        assert invented.words_at(source, found.source_span) == invented.text(
            *invented.ADDED
        ).rstrip(".")
        assert invented.words_at(target, found.target_span).endswith("mouth of the estuary")

    def test_the_cut_text_may_be_the_longer_one(self):
        source = invented.report(*invented.REPORT, *invented.ADDED[:2])
        target = invented.report(*invented.STRANGER[:3], *invented.REPORT)
        assert len(target.words) > len(source.words)
        found = invented.both_ways(direction.tail_cut, source, target)
        assert "brewery" in invented.words_at(source, found.source_span)

    def test_a_text_that_breaks_off_inside_a_sentence_was_cut_for_sure(self):
        source = invented.report()
        target = invented.report(
            *invented.REPORT[:5], invented.REPORT[5][: invented.REPORT[5].index("months")]
        )
        found = invented.both_ways(direction.tail_cut, source, target)
        assert found.weight_bits == weights.BROKEN_OFF_BITS
        assert invented.words_at(source, found.source_span).startswith("months and ruined")
        assert invented.words_at(target, found.target_span).endswith("for eleven")

    def test_a_last_clause_is_no_tail(self):
        assert (
            invented.ask(
                direction.tail_cut, invented.report(), invented.report(*invented.REPORT[:7])
            )
            == []
        )

    def test_a_text_with_an_end_of_its_own_was_not_cut(self):
        target = invented.report(*invented.REPORT[:5], invented.ADDED[0])
        assert invented.ask(direction.tail_cut, invented.report(), target) == []

    def test_paragraphs_in_another_order_are_no_tail(self):
        target = invented.report(*invented.REPORT[4:], *invented.REPORT[:4])
        assert invented.ask(direction.tail_cut, invented.report(), target) == []

    def test_a_text_that_is_mostly_its_own_was_not_cut(self):
        target = invented.report(*invented.STRANGER, *invented.REPORT[:2])
        assert invented.ask(direction.tail_cut, invented.report(), target) == []


class TestDigest:
    """A digest is the shorter text by what it is: there is no other polarity."""

    LONG = (*invented.REPORT, *invented.ADDED, *invented.STRANGER)

    def test_sentences_gathered_from_far_apart_sum_up(self):
        source = invented.report(*self.LONG)
        target = invented.report(*self.LONG[::5])
        found = invented.both_ways(direction.digest, source, target)
        assert found.weight_bits == weights.DIGEST_BITS
        pointed = invented.words_at(source, found.source_span)
        assert pointed.startswith("Fishermen found")
        assert "seaplane" in pointed

    def test_sentences_that_stand_together_are_an_excerpt(self):
        source = invented.report(*self.LONG)
        found = invented.both_ways(direction.digest, source, invented.report(*self.LONG[3:7]))
        assert 0 < found.weight_bits == weights.EXCERPT_BITS < weights.DIGEST_BITS

    def test_a_text_of_half_the_length_is_a_version(self):
        source, target = invented.report(*self.LONG), invented.report(*self.LONG[::2])
        assert invented.ask(direction.digest, source, target) == []

    def test_a_short_text_of_its_own_sums_up_nothing(self):
        target = invented.report(*invented.INDEPENDENT[:3])
        assert invented.ask(direction.digest, invented.report(*self.LONG), target) == []


class TestDressed:
    HEADING = "What happens to the oysters"

    @polarity
    def test_headings_put_into_the_shared_text_are_of_the_later_page(self, polarity):
        lines = invented.inserted(self.HEADING, invented.derived(polarity))
        roles = ["heading" if line == self.HEADING else "body" for line in lines]
        target = invented.report(*lines, roles=roles)
        found = invented.both_ways(direction.dressed, invented.report(), target)
        assert invented.words_at(target, found.target_span) == self.HEADING
        assert found.source_span is None

    def test_two_pages_with_headings_of_their_own_are_even(self):
        def page(heading):
            lines = invented.inserted(heading, invented.REPORT)
            return invented.report(
                *lines, roles=["heading" if x == heading else "body" for x in lines]
            )

        one, other = page(self.HEADING), page("A boom too short by half")
        assert (
            invented.ask(direction.dressed, one, other)
            == invented.ask(direction.dressed, other, one)
            == []
        )

    def test_a_heading_that_both_have_is_part_of_the_text(self):
        lines = invented.inserted(self.HEADING, invented.REPORT)
        roles = ["heading" if x == self.HEADING else "body" for x in lines]
        one = invented.report(*lines, roles=roles)
        other = invented.report(*lines, invented.ADDED[0], roles=[*roles, "body"])
        assert (
            invented.ask(direction.dressed, one, other)
            == invented.ask(direction.dressed, other, one)
            == []
        )

    def test_a_page_with_a_story_of_its_own_is_not_the_other_dressed(self):
        lines = (self.HEADING, *invented.REPORT[:3], *invented.STRANGER)
        target = invented.report(*lines, roles=["heading", *["body"] * 7])
        assert invented.ask(direction.dressed, invented.report(), target) == []


@st.composite
def lines(draw):
    """Some lines of the report and of what others add, in order, with marks of all kinds."""
    pool = (
        "OSTRELL, Aug 3 (Reuters) - The harbour is closed to ships of every size since dawn.",
        *invented.REPORT,
        WAITING,
        ANSWER,
        APPEAL,
        "“We smelled diesel before breakfast and thought nothing of it,” a rower said at the quay.",
        "The Ostrell Courier reported the leak on March 4, 2024, at 11:40 a.m. at the latest.",
        "Correction: an earlier version of this report gave a wrong name.",
        "The quay reopens on March 9, 2024, and tugs leave it at 6 p.m. every day.",
    )
    keep = draw(st.lists(st.booleans(), min_size=len(pool), max_size=len(pool)))
    chosen = [line for line, kept in zip(pool, keep, strict=True) if kept]
    return tuple(chosen) or (invented.REPORT[0],)


outlets = st.sampled_from([None, COURIER, RECORD, "Reuters"])


class TestSignals:
    @given(lines(), lines(), outlets, outlets)
    @settings(max_examples=25, deadline=None)
    def test_either_way_of_asking_says_the_same(self, one, other, first, second):
        a, b = invented.report(*one, outlet=first), invented.report(*other, outlet=second)
        pair = pairs.compare(a, b)
        forward = direction.signals(a, b, pair)
        backward = direction.signals(b, a, pair)
        assert sorted(map(repr, forward)) == sorted(repr(each.reversed()) for each in backward)

    @given(lines(), lines())
    @settings(max_examples=25, deadline=None)
    def test_spans_lie_in_the_texts_and_hold_words(self, one, other):
        source, target = (
            invented.report(*one, outlet=COURIER),
            invented.report(*other, outlet=RECORD),
        )
        for each in direction.signals(source, target, pairs.compare(source, target)):
            for document, span in ((source, each.source_span), (target, each.target_span)):
                if span is not None:
                    assert 0 <= span[0] < span[1] <= len(document.text)
                    assert invented.words_at(document, span).strip()

    def test_a_text_says_nothing_of_its_own_copy(self):
        a, b = invented.report(outlet=COURIER), invented.report(outlet=RECORD)
        assert direction.signals(a, b, pairs.compare(a, b)) == []

    def test_strangers_say_nothing_of_each_other(self):
        a, b = invented.report(), invented.report(*invented.STRANGER)
        assert direction.signals(a, b, pairs.compare(a, b)) == []

    @polarity
    def test_causes_that_agree_are_all_listed(self, polarity):
        source = invented.report(
            *invented.inserted(WAITING, invented.REPORT),
            outlet=COURIER,
            published_at="2024-03-04T08:00Z",
        )
        target = invented.report(
            *invented.inserted(ANSWER, invented.derived(polarity)),
            "The Ostrell Courier reported the leak.",
            outlet=RECORD,
            published_at="2024-03-04T14:00Z",
        )
        found = direction.signals(source, target, pairs.compare(source, target))
        assert {"credit", "date", "answered"} <= {each.signal for each in found}
        assert all(each.weight_bits > 0 for each in found if each.signal != "tail_cut")
