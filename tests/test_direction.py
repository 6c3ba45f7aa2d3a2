import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.evidence import direction, evidence_settings, row
from lineage.match import pairs

from . import examples, invented

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


class TestAgencyServes:
    AGENCY = "Ostrell News Agency"

    def test_an_agency_writes_for_papers(self):
        source, target = invented.report(outlet=self.AGENCY), invented.report(outlet=COURIER)
        found = invented.both_ways(direction.agency_serves, source, target)
        assert found.weight_bits == evidence_settings.AGENCY_BITS
        assert self.AGENCY in found.detail

    @pytest.mark.parametrize("outlets", [(COURIER, RECORD), (AGENCY, AGENCY), (AGENCY, None)])
    def test_of_two_of_a_kind_or_one_unknown_nothing_follows(self, outlets):
        made = [
            invented.report(**({} if outlet is None else {"outlet": outlet})) for outlet in outlets
        ]
        assert invented.ask(direction.agency_serves, *made) == []
        assert invented.ask(direction.agency_serves, *made[::-1]) == []


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
        assert found.weight_bits == evidence_settings.CREDIT_BITS[kind]
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
        assert found.weight_bits == evidence_settings.CREDIT_BITS[kind]
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
        assert found.weight_bits == evidence_settings.CREDIT_BITS["via_link"]

    @polarity
    def test_an_interview_given_to_the_other_outlet_in_its_words_is_the_others(self, polarity):
        told = (
            "No valve closed by itself, harbour master Edda Voss told the Ostrell Courier by phone."
        )
        lines = invented.inserted(told, invented.REPORT)
        source = invented.report(*lines, outlet=COURIER)
        target = invented.report(*invented.derived(polarity, lines), outlet=RECORD)
        found = invented.both_ways(direction.credits_source, source, target)
        assert found.weight_bits == evidence_settings.TOLD_BITS
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

    def test_a_column_without_quotation_marks_is_quoted_all_the_same(self):
        quoting = f"“{self.TOLD.rstrip('.')},” the Ledger wrote."
        target = invented.report(*invented.inserted(quoting, invented.ADDED))
        found = invented.both_ways(direction.quotes_source, invented.report(), target)
        assert invented.words_at(target, found.target_span) == self.TOLD.rstrip(".")

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
        assert found.weight_bits == evidence_settings.ANSWERED_BITS
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

    def test_boilerplate_of_the_page_waits_for_nobody(self):
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
    @examples.at_most(25)
    def test_either_way_of_asking_says_the_same(self, one, other, first, second):
        a, b = invented.report(*one, outlet=first), invented.report(*other, outlet=second)
        pair = pairs.compare(a, b)
        forward = direction.signals(a, b, pair)
        backward = direction.signals(b, a, pair)
        assert sorted(map(repr, forward)) == sorted(repr(each.reversed()) for each in backward)

    @given(lines(), lines())
    @examples.at_most(25)
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


class TestDeveloping:
    NOTE = "More to follow."

    def test_who_promises_more_was_there_before_who_has_more(self):
        source = invented.report(*invented.REPORT[:5], self.NOTE)
        target = invented.report(*invented.inserted(invented.ADDED[0], invented.REPORT[:5]))
        found = invented.both_ways(direction.developing, source, target)
        assert found.weight_bits == evidence_settings.DEVELOPING_BITS
        assert invented.words_at(source, found.source_span) == "More to follow"
        assert invented.words_at(target, found.target_span).startswith("Schools in Marrowby")

    def test_a_copy_without_the_promise_says_nothing(self):
        source = invented.report(*invented.REPORT, self.NOTE)
        assert invented.ask(direction.developing, source, invented.report()) == []

    def test_two_that_promise_more_say_nothing(self):
        source = invented.report(*invented.REPORT[:5], self.NOTE)
        target = invented.report(*invented.REPORT, self.NOTE)
        assert invented.ask(direction.developing, source, target) == []

    def test_a_promise_in_another_story_is_none_in_this(self):
        source = invented.report(*invented.STRANGER, self.NOTE)
        assert invented.ask(direction.developing, source, invented.report()) == []


class TestAsFromHouse:
    LINE = "OSTRELL (Reuters) - "

    def credit(self, page, copy):
        source = invented.report(*page, outlet="Reuters")
        target = invented.compiled(self.LINE + invented.text(*copy), outlet=RECORD)
        (found,) = invented.ask(direction.credits_source, source, target)
        return found

    def test_a_page_with_much_put_into_the_shared_text_may_be_an_update(self):
        updated = invented.inserted(" ".join(invented.ADDED), invented.REPORT[:4])
        found = self.credit(updated, invented.REPORT[:4])
        assert 0 < found.weight_bits < evidence_settings.CREDIT_BITS["dateline"] / 2
        assert "more words in the middle of the shared text" in found.detail

    def test_one_that_merely_goes_on_is_the_page(self):
        found = self.credit((*invented.REPORT, *invented.ADDED), invented.REPORT)
        assert found.weight_bits == evidence_settings.CREDIT_BITS["dateline"]


class TestByKind:
    CUT = invented.REPORT[:5]

    @pytest.mark.parametrize(("growing", "sign"), [(0.0, 1), (None, 1), (1.0, -1)])
    def test_a_cut_in_news_is_a_beginning_in_a_handbook(self, growing, sign):
        source, target = invented.report(), invented.report(*self.CUT)
        listed = direction.signals(source, target, pairs.compare(source, target), growing)
        (found,) = invented.signal(listed, "tail_cut")
        assert found.weight_bits * sign > 0

    def test_a_credit_is_one_in_every_text(self):
        source = invented.report(outlet=COURIER)
        line = "The leak began at noon, the Ostrell Courier reported."
        target = invented.report(*self.CUT, line, outlet=RECORD)
        pair = pairs.compare(source, target)
        for growing in (0.0, 0.5, 1.0):
            (found,) = invented.signal(direction.signals(source, target, pair, growing), "credit")
            assert found.weight_bits == evidence_settings.CREDIT_BITS["reported"]

    def test_what_has_no_weight_is_not_listed(self):
        source, target = invented.report(), invented.report(*self.CUT)
        neither = 1.0 / 1.5  # where a cut counts like a beginning
        listed = direction.signals(source, target, pairs.compare(source, target), neither)
        assert all(abs(each.weight_bits) > 0 for each in listed)


def said(signal, bits):
    return row.Evidence(signal, "direction", bits, "")


class TestCapped:
    def test_causes_add_up(self):
        assert direction.capped([said("answered", 4.0), said("tail_cut", 1.5)]) == 5.5

    def test_many_declarations_count_like_one(self):
        listed = [said("credit", 6.0), said("date", 5.0), said("credit_lost", 3.2)]
        assert direction.capped(listed) == evidence_settings.DECLARED_MAX_BITS

    def test_what_is_not_about_direction_is_passed_over(self):
        assert direction.capped([row.Evidence("credit", "link", 2.0, "")]) == 0.0

    @pytest.mark.parametrize("told", [1.5, 2.0, 4.0, 6.0, 9.0])
    def test_no_declaration_turns_what_the_texts_say(self, told):
        found = direction.capped([said("answered", told), said("credit", -6.0), said("date", -5.0)])
        assert found >= 0.0

    def test_a_weak_cause_does_not_outweigh_a_credit(self):
        assert direction.capped([said("told_indirectly", -0.5), said("credit", 6.0)]) > 3.0

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["credit", "date", "answered", "tail_cut", "headings_added"]),
                st.floats(-7, 7),
            )
        )
    )
    def test_the_other_way_round_turns_the_sign_and_nothing_else(self, drawn):
        listed = [said(*each) for each in drawn]
        turned = [each.reversed() for each in listed]
        assert direction.capped(listed) == -direction.capped(turned)
